/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/entryask.h"

#include <string.h>

#include "core/closing.h"
#include "core/kind_checks.h"
#include "tui/firstbody.h"
#include "tui/referral.h"

static enum rc
ask_step(const struct casework *w, const struct span *on, const json_t *body,
    struct err *e)
{
	(void)w;
	return referral_step_ask(on, body, e);
}

static enum rc
ask_interview(const struct casework *w, const struct span *on,
    const json_t *body, struct err *e)
{
	(void)w, (void)on;
	if (body_is(body, "state", "held") && !body_has_text(body, "words"))
		return err_set(e, RC_INPUT, "What the young person said: say "
		    "it in their words, or that they said nothing");
	return RC_OK;
}

/* Nothing is left behind without a word. */
static enum rc
ask_closing(const struct casework *w, const struct span *on,
    const json_t *body, struct err *e)
{
	const char *text = json_string_value(json_object_get(body, "open"));
	struct open_things t;
	enum rc rc;

	(void)on;
	closing_things(w, &t);
	rc = closing_check(&t, text != NULL ? text : "", e);
	closing_release(&t);
	return rc;
}

/* Somebody else's flag is answered by a review, not taken down. */
static enum rc
ask_unflag(const struct casework *w, const struct span *on,
    const json_t *body, struct err *e)
{
	const char *hex = json_string_value(json_object_get(body, "flag"));
	const struct record *r = NULL;
	struct entry_id id;

	(void)on;
	if (hex != NULL && hex_parse(hex, id.b, ENTRY_ID_LEN))
		r = casefile_find(&w->signed_, &id);
	if (r == NULL || casework_is_mine(w, r))
		return RC_OK;
	return err_set(e, RC_REFUSED, "%s set this flag and may take it "
	    "down. A supervisor answers it with V.", casework_author(w, r));
}

static const struct {
	const char *kind;
	enum rc (*ask)(const struct casework *w, const struct span *on,
	    const json_t *body, struct err *e);
} asks[] = {
	{"close", ask_closing},
	{"interview", ask_interview},
	{"referral-step", ask_step},
	{"unflag", ask_unflag},
};

enum rc
entry_ask(const struct casework *w, const char *kind, const struct span *on,
    const json_t *body, struct err *e)
{
	for (size_t i = 0; i < sizeof(asks) / sizeof(asks[0]); i++)
		if (strcmp(asks[i].kind, kind) == 0)
			return asks[i].ask(w, on, body, e);
	return RC_OK;
}
