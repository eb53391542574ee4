/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The family "missing": episodes, the return, and the interview after it.
 */
#include "config.h"

#include "core/kinds.h"

#include "core/kind_checks.h"

static const struct code missing_from[] = {
	{"home", "Home"},
	{"care", "Care placement"},
	{"school", "School"},
	{"other", "Other; said below"},
	{NULL, NULL}
};

static const struct code missing_kinds[] = {
	{"missing", "Missing: whereabouts not known"},
	{"away", "Away without leave: whereabouts known or thought known"},
	{NULL, NULL}
};

const struct field fields_missing[] = {
	{"since", FIELD_MOMENT, "Missing since", "Date and time.",
	    FIELD_REQUIRED, 0, NULL},
	{"from", FIELD_CODE, "From", "Where they went missing from.",
	    FIELD_REQUIRED, 0, missing_from},
	{"kind", FIELD_CODE, "Missing or away", "As it was recorded.",
	    FIELD_REQUIRED, 0, missing_kinds},
	{"reported_by", FIELD_LINE, "Reported by", "Who, and to whom.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 200, NULL},
	{"police_reference", FIELD_LINE, "Police reference", "If any.",
	    FIELD_SEARCHED, 64, NULL},
	{"reasons", FIELD_TEXT, "Reasons",
	    "What may have led to it: what pushes them away, what draws "
	    "them.", FIELD_SEARCHED, 0, NULL},
	REPLACES_FIELD,
	{.name = NULL}
};

const struct field fields_located[] = {
	{"episode", FIELD_ENTRY, "Episode", "The time they were missing.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, NULL},
	{"at", FIELD_MOMENT, "Back or found at", "Date and time.",
	    FIELD_REQUIRED, 0, NULL},
	{"where", FIELD_LINE, "Where", "Where they were found or came to.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 500, NULL},
	{"with", FIELD_LINE, "With whom", "If it is known.",
	    FIELD_SEARCHED, 500, NULL},
	{"state", FIELD_TEXT, "How they were",
	    "In plain words; what help they need now.", FIELD_SEARCHED, 0,
	    NULL},
	{"interview_due", FIELD_MOMENT, "Return interview by",
	    "72 hours from being found.", FIELD_HIDDEN, 0, NULL},
	{"counted", FIELD_TEXT, "How it was counted", "In words.",
	    FIELD_HIDDEN, 0, NULL},
	{.name = NULL}
};

static const struct code told_of[] = {
	{"episode", "This episode; there is no pattern yet"},
	{"pattern", "This episode and the pattern of episodes"},
	{NULL, NULL}
};

const struct field fields_officer_told[] = {
	{"episode", FIELD_ENTRY, "Episode", "The time they were missing.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, NULL},
	{"officer", FIELD_LINE, "Reviewing officer", "Name and service.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 200, NULL},
	{"of", FIELD_CODE, "Told of", "Three episodes within 30 days are a "
	    "pattern; you may see one earlier.", FIELD_REQUIRED, 0, told_of},
	{"by", FIELD_LINE, "Told by", "Name and service, and how.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 200, NULL},
	{"words", FIELD_TEXT, "What they said", "And what follows from it.",
	    FIELD_SEARCHED, 0, NULL},
	{.name = NULL}
};

enum rc
officer_told_check(const struct span *on, const json_t *body, struct err *e)
{
	(void)body;
	return !span_is_none(on) ? RC_OK : err_set(e, RC_INPUT, "Date: say "
	    "when they were told");
}

static const struct code interview_states[] = {
	{"offered", "Offered; not held yet"},
	{"held", "Held"},
	{"declined", "Declined by the young person; to be offered again"},
	{"not-offered", "Not offered; said why below"},
	{NULL, NULL}
};

static const struct code independences[] = {
	{"yes", "Yes: nobody who cares for or looks after them"},
	{"no", "No; said why below"},
	{NULL, NULL}
};

const struct field fields_interview[] = {
	{"episode", FIELD_ENTRY, "Episode", "The time they were missing.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, NULL},
	{"state", FIELD_CODE, "Return interview", "What became of it.",
	    FIELD_REQUIRED, 0, interview_states},
	{"by", FIELD_LINE, "By whom", "Name and service.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 200, NULL},
	{"independent", FIELD_CODE, "Independent",
	    "Of the home, the placement and the police.", 0, 0,
	    independences},
	{"words", FIELD_TEXT, "What the young person said",
	    "In their own words, and what they want.", FIELD_SEARCHED, 0,
	    NULL},
	{"why", FIELD_TEXT, "Why not, or why not independent",
	    "If so.", FIELD_SEARCHED, 0, NULL},
	{"action", FIELD_TEXT, "What follows",
	    "What will be done so that they need not leave again.",
	    FIELD_SEARCHED, 0, NULL},
	{.name = NULL}
};

enum rc
interview_check(const struct span *on, const json_t *body, struct err *e)
{
	const char *state =
	    json_string_value(json_object_get(body, "state"));
	const char *own =
	    json_string_value(json_object_get(body, "independent"));

	if (span_is_none(on))
		return err_set(e, RC_INPUT, "Date: say the day");
	if (body_is(body, "state", "held") && own == NULL)
		return err_set(e, RC_INPUT, "Independent: say whether the "
		    "interview was");
	if ((body_is(body, "state", "not-offered") ||
	    body_is(body, "independent", "no")) &&
	    !body_has_text(body, "why"))
		return err_set(e, RC_INPUT, "Why not: say why it was not "
		    "%s", state[0] == 'n' ? "offered" : "independent");
	return RC_OK;
}
