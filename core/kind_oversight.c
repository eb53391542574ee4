/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The family "oversight": what a second person decides.
 */
#include "config.h"

#include "core/kinds.h"

#include "core/kind_checks.h"

const struct field fields_review_request[] = {
	{"screening", FIELD_ENTRY, "Screening",
	    "The snapshot that it is about.", FIELD_HIDDEN, 0, NULL},
	{"level", FIELD_LINE, "Level by the rules", "Id of the level.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 32, NULL},
	{"asked_level", FIELD_LINE, "Level asked for", "Id of the level.",
	    FIELD_REQUIRED, 32, NULL},
	{"reason", FIELD_TEXT, "Why lower",
	    "What you know that the rules do not.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 0, NULL},
	{.name = NULL}
};

const struct field fields_flag[] = {
	{"why", FIELD_TEXT, "Why it needs a look",
	    "What worries you, in a sentence or two.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 0, NULL},
	{.name = NULL}
};

const struct field fields_unflag[] = {
	{"flag", FIELD_ENTRY, "Flag", "The flag that it takes down.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, NULL},
	{"why", FIELD_TEXT, "Why it needs no look any more",
	    "What was done, or what turned out.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 0, NULL},
	{.name = NULL}
};

static const struct code decisions[] = {
	{"agree", "Agree"},
	{"raise", "Raise the level"},
	{"lower", "Lower the level"},
	{"return", "Return with questions"},
	{NULL, NULL}
};

/*
 * Recommendations on supervision ask that a lowering be a second person's,
 * with a reason: the fold (core/oversight.h) lets it take effect only here.
 */
const struct field fields_review[] = {
	{"about", FIELD_ENTRY, "About",
	    "The request, the screening or the flag that it decides on.",
	    FIELD_HIDDEN, 0, NULL},
	{"decision", FIELD_CODE, "Decision", "One of the list.",
	    FIELD_REQUIRED, 0, decisions},
	{"rules_level", FIELD_LINE, "Level by the rules",
	    "Id of the level on that day.", FIELD_HIDDEN, 32, NULL},
	{"level", FIELD_LINE, "Level from now on",
	    "Id of the level; of a return none.", FIELD_NEEDED, 32, NULL},
	{"reason", FIELD_TEXT, "Why", "What it rests on.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 0, NULL},
	{"questions", FIELD_TEXT, "Questions",
	    "What has to be found out or put right first.",
	    FIELD_NEEDED | FIELD_SEARCHED, 0, NULL},
	{"second", FIELD_LINE, "Second look at",
	    "Id of the review that was drawn for a second, blind look.",
	    FIELD_HIDDEN, 64, NULL},
	{"saw", FIELD_LINES, "Seen", "Ids of the screenings, requests, flags "
	    "and reviews that its author had before them.", FIELD_HIDDEN, 0,
	    NULL},
	{.name = NULL}
};

const struct field fields_supervision[] = {
	{"with", FIELD_LINE, "With", "Whom you talked with.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 200, NULL},
	{"talked", FIELD_TEXT, "What was talked through",
	    "Also what weighs on the practitioner, if it matters to the case.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 0, NULL},
	{"agreed", FIELD_TEXT, "What was agreed",
	    "Who does what by when.", FIELD_REQUIRED | FIELD_SEARCHED, 0,
	    NULL},
	{"next", FIELD_DAY, "Next supervision on", "The day.", 0, 0, NULL},
	REPLACES_FIELD,
	{.name = NULL}
};

enum rc
review_check(const struct span *on, const json_t *body, struct err *e)
{
	bool returned = body_is(body, "decision", "return");

	(void)on;
	if (returned && !body_has_text(body, "questions"))
		return err_set(e, RC_INPUT, "Questions: say what has to be "
		    "found out or put right before you decide");
	if (!returned && !body_has_text(body, "level"))
		return err_set(e, RC_INPUT, "Level from now on: say which "
		    "level holds by your decision");
	return RC_OK;
}
