/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "cli/door.h"
#include "cli/print.h"
#include "cli/unlock.h"
#include "core/carried.h"
#include "core/recordwords.h"
#include "core/reference.h"
#include "core/str.h"
#include "core/untold.h"
#include "exchange/casejson.h"
#include "exchange/casenear.h"

static enum rc show_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_show = {
	.name = "show",
	.usage = "STORE CASE [--json] [--reason TEXT]",
	.summary = "show one case: level, reasons, and every entry",
	.help = "Shows the case with the reference CASE: the level and why, the "
	    "answers, and every entry in order of time. Struck entries are "
	    "shown as struck.\n\n"
	    "That you opened the case is noted before anything is shown. A "
	    "case that is restricted to others opens with --reason only: the "
	    "reason is kept, and every supervisor sees it. CASE may then be "
	    "the id that \"hearken list\" gives.",
	.options = (const struct option_def[]){
		{"json", NULL, "as a JSON object"},
		{"reason", "TEXT", "why you open a case restricted to others"},
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 2,
	.max_args = 2,
	.paths = "w-",
	.run = show_run,
};

static void
say_field(const char *label, const char *text)
{
	if (text[0] == '\0')
		return;
	if (strlen(label) + strlen(text) < 70 && strchr(text, '\n') == NULL) {
		say("    %s: %s\n", label, text);
		return;
	}
	say("    %s:\n", label);
	say_wrapped("      ", text);
}

/* All of them on one line, as the form says them. */
static void
say_codes(const struct field *f, const json_t *v)
{
	struct str words;
	size_t i;

	str_init(&words);
	for (i = 0; i < json_array_size(v); i++) {
		const char *id = json_string_value(json_array_get(v, i));
		const char *label = id != NULL ? code_label(f->codes, id) :
		    NULL;

		str_add_fmt(&words, "%s%s", i > 0 ? ", " : "",
		    label != NULL ? label : id != NULL ? id : "?");
	}
	say_field(f->label, words.s);
	str_release(&words);
}

static void
say_value(const struct field *f, const json_t *v)
{
	const char *s = json_string_value(v);
	size_t i;

	if (s != NULL && f->type == FIELD_CODE &&
	    code_label(f->codes, s) != NULL)
		s = code_label(f->codes, s);
	if (s != NULL)
		say_field(f->label, s);
	else if (json_is_integer(v))
		say("    %s: %lld\n", f->label,
		    (long long)json_integer_value(v));
	else if (json_is_boolean(v))
		say_field(f->label, json_is_true(v) ? "yes" : "no");
	else if (f->type == FIELD_CODES)
		say_codes(f, v);
	else if (f->type == FIELD_LINES && !(f->flags & FIELD_HIDDEN))
		for (i = 0; i < json_array_size(v); i++)
			say_field(f->label,
			    json_string_value(json_array_get(v, i)));
}

static void
say_body(const struct casefile *c, const struct record *r)
{
	const struct field *f;

	if (r->kind == NULL || r->body == NULL)
		return;
	for (f = r->kind->fields; f->name != NULL; f++)
		if (!record_untold(c, r, f->name))
			say_value(f, json_object_get(r->body, f->name));
}

static void
say_record(const struct store *s, const struct casefile *c,
    const struct record *r)
{
	char when[SPAN_WORDS_MAX], on[SPAN_WORDS_MAX];
	struct str why;

	moment_words(r->entry.at, when);
	span_words(&r->entry.on, on);
	say("\n  %s%s%s%s%s - %s, %s\n",
	    r->kind != NULL ? r->kind->label : r->entry.kind,
	    on[0] != '\0' ? ", " : "", on,
	    r->struck_by != NULL ? " [STRUCK]" : "",
	    r->replaced_by != NULL ? " [replaced]" : "",
	    roster_name(store_roster(s), &r->entry.author), when);
	str_init(&why);
	if (record_uncounted(r, &why))
		say_wrapped("    ", why.s);
	str_release(&why);
	say_body(c, r);
}

static void
say_answers(const struct instrument *in, const struct answers *a)
{
	enum answer state;
	size_t i;

	say("\n  Answers (%s)\n", in->title);
	for (i = 0; i < in->nitems; i++) {
		state = answers_get(a, (unsigned)i);
		if (state != ANSWER_NOT_ASKED)
			say("    %-10s %-10s %s\n", in->items[i].id,
			    answer_name(state), in->items[i].label);
	}
}

static void
say_screening(const struct instrument *in, const struct casefile *c,
    int32_t today)
{
	struct screening sc;
	struct answers a;
	struct str words;
	size_t i;

	casefile_answers(c, in, today, &a);
	screen_run(in, &a, &sc);
	say("  %s\n  Vulnerabilities %u, signs %u, %u of %u not known\n",
	    screen_label(in, &sc), sc.vulnerabilities, sc.signs, sc.not_known,
	    sc.listed);
	str_init(&words);
	for (i = 0; i < sc.nfired; i++) {
		str_clear(&words);
		screen_rule_words(in, &a, sc.fired[i], &words);
		say("  - %s\n", words.s);
		say_wrapped("    ", in->rules[sc.fired[i]].because);
		str_clear(&words);
		str_add_fmt(&words, "Source: %s", in->rules[sc.fired[i]].source);
		say_wrapped("    ", words.s);
	}
	say("  Could be: %s\n", screen_level_label(in, sc.could_be));
	for (i = 0; i < sc.nchanges; i++) {
		str_clear(&words);
		screen_change_words(in, &sc.changes[i], &words);
		say_wrapped("    ", words.s);
	}
	str_release(&words);
	say("  A screening aid, not validated; it never rules out "
	    "exploitation.\n");
	say_answers(in, &a);
}

/* Nobody must take the level of one case for the child's. */
static void
say_near(struct store *s, const char *content, const struct casefile *c,
    int32_t today)
{
	const struct instrument *in = store_default_instrument(s);
	struct joined_near near;
	struct screening sc;
	struct answers a;
	struct str words;
	struct err e;
	bool warn;

	casefile_answers(c, in, today, &a);
	screen_run(in, &a, &sc);
	if (case_near_load(s, content, &c->id, today, &near, &e) != RC_OK)
		tell("%s\n", e.text);
	str_init(&words);
	warn = joined_near_any(&near) &&
	    joined_near_words(&near, c, sc.level, &words);
	if (words.len > 0)
		say_wrapped(warn ? "  !! " : "  + ", words.s);
	str_release(&words);
	joined_near_release(&near);
}

static void
say_restriction(struct store *s, const struct casefile *c)
{
	char *names = NULL;

	if (store_named(s, &c->id, &names, NULL) == RC_OK && names != NULL)
		say("  Restricted to %s\n", names[0] != '\0' ? names :
		    "people who have no access any more");
	free(names);
}

/* What has to be seen before anything of the case. */
static void
say_first(struct store *s, const struct casefile *c)
{
	struct str words, twins;
	struct err ignored;

	str_init(&words);
	str_init(&twins);
	if (recall_words(c, store_roster(s), &words))
		say_wrapped("  ! ", words.s);
	str_clear(&words);
	if (store_case_twins(s, &c->id, c->reference, &twins, &ignored) ==
	    RC_OK && twins.len > 0) {
		reference_tag(c->reference, &c->id, &words);
		str_add_fmt(&words, " shares its reference with %s", twins.s);
		say_wrapped("  ! ", words.s);
	}
	str_release(&twins);
	str_release(&words);
}

static void
show_text(struct store *s, const char *content, const struct casefile *c,
    int32_t today)
{
	struct span born = span_of_day(c->birth);
	char words[SPAN_WORDS_MAX] = "not known";
	size_t i;

	if (c->birth != DAY_NONE)
		span_words(&born, words);
	say("%s  %s\n  Born: %s\n", c->reference,
	    c->name[0] != '\0' ? c->name : "(name not recorded)", words);
	say_restriction(s, c);
	say_first(s, c);
	say("\n");
	say_near(s, content, c, today);
	say_screening(store_default_instrument(s), c, today);
	for (i = 0; i < c->nrecords; i++)
		say_record(s, c, c->records[i]);
}

static enum rc
show_run(const struct call *c, bool *attention, struct err *e)
{
	int32_t today = moment_day(clock_now(c->host->clock));
	struct case_id id;
	struct casefile cf;
	struct store *s = NULL;
	json_t *json;
	enum rc rc;

	(void)attention;
	rc = unlock_store(c, c->args[0], &s, e);
	if (rc == RC_OK)
		rc = door_find(s, c->args[1], &id, e);
	if (rc == RC_OK)
		rc = door_open(s, &id, call_option(c, "json") != NULL ?
		    LOOK_EXPORT : LOOK_OPEN, call_option(c, "reason"), e);
	if (rc == RC_OK)
		rc = store_case_load(s, &id, &cf, e);
	if (rc != RC_OK) {
		store_close(s);
		return rc;
	}
	if (call_option(c, "json") != NULL) {
		json = case_json(s, &cf, today);
		say_json(json);
		json_decref(json);
	} else {
		show_text(s, c->host->content_dir, &cf, today);
	}
	casefile_release(&cf);
	store_close(s);
	return RC_OK;
}
