/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/entryclock.h"

#include <string.h>

#include "core/date.h"
#include "core/kind_checks.h"

struct clock_start {
	const char *kind, *rule;
	const char *due;		/* hidden field that takes the moment */
	const char *from;		/* moment it runs from; NULL: the date */
	const char *only, *code;	/* runs only if this field is this */
};

static const struct clock_start starts[] = {
	{"located", "return-interview", "interview_due", "at", NULL, NULL},
	{"nrm", "nrm-reasonable-grounds", "decision_due", NULL, "decision",
	    "waiting"},
	{"person-of-concern", "lado", "lado_due", NULL,
	    "works_with_children", "yes"},
};

/* An entry of today starts it now; one of another day starts it that day. */
static bool
start_of(const struct casework *w, const struct clock_start *s,
    const struct span *on, const json_t *body, int64_t *at)
{
	const char *text;

	if (s->from != NULL) {
		text = json_string_value(json_object_get(body, s->from));
		return text != NULL && moment_parse(text, at, NULL) == RC_OK;
	}
	if (span_is_none(on))
		return false;
	*at = on->first == DAY_NONE || on->first == w->today ?
	    w->door.now(w->door.ctx) : moment_of_day(on->first);
	return true;
}

static void
count(const struct casework *w, const struct clock_start *s, int64_t at,
    json_t *body)
{
	char text[SPAN_TEXT_MAX];
	struct counted c;
	struct err e;

	counted_init(&c);
	if (w->door.count(w->door.ctx, s->rule, at, &c, &e) == RC_OK) {
		moment_format(c.due, text);
		json_object_set_new(body, s->due, json_string(text));
	} else {
		str_clear(&c.words);
		str_add_fmt(&c.words, "Not counted: %s", e.text);
	}
	json_object_set_new(body, "counted", json_string(c.words.s));
	counted_release(&c);
}

void
entryclock_put(const struct casework *w, const char *kind,
    const struct span *on, json_t *body)
{
	int64_t at;

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		const struct clock_start *s = &starts[i];

		if (strcmp(s->kind, kind) != 0)
			continue;
		json_object_del(body, s->due);
		json_object_del(body, "counted");
		if ((s->only == NULL || body_is(body, s->only, s->code)) &&
		    start_of(w, s, on, body, &at))
			count(w, s, at, body);
	}
}
