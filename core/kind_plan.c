/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The family "plan": the safety plan made with the young person, its
 * actions, and what is offered to a victim and witness.
 */
#include "config.h"

#include "core/kinds.h"

#include "core/kind_checks.h"

static const struct code in_care_plan[] = {
	{"yes", "Yes"},
	{"not-yet", "Not yet"},
	{"no-care", "Not looked after: no care plan"},
	{NULL, NULL}
};

const struct field fields_plan[] = {
	{"aim", FIELD_TEXT, "What the plan is for",
	    "What should be different, as the young person would say it.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 0, NULL},
	{"negotiated", FIELD_TEXT, "How it was made with them",
	    "What they agreed to, what they did not, and what was done "
	    "about it.", FIELD_REQUIRED | FIELD_SEARCHED, 0, NULL},
	{"family", FIELD_TEXT, "Family and carers",
	    "Their part, and what they need.", FIELD_SEARCHED, 0, NULL},
	{"trusted", FIELD_TEXT, "Adults they trust",
	    "Who stays with them through this.", FIELD_SEARCHED, 0, NULL},
	{"agencies", FIELD_TEXT, "Police and other services",
	    "Who does what to stop those who exploit.", FIELD_SEARCHED, 0,
	    NULL},
	{"care_plan", FIELD_CODE, "In the care plan",
	    "Of a looked-after child: whether it is part of it.", 0, 0,
	    in_care_plan},
	{"danger", FIELD_TEXT, "If there is danger",
	    "Whom to ring, where to go, a word that means come and get me.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 0, NULL},
	{"review", FIELD_DAY, "Review on", "The day the plan is looked at.",
	    FIELD_REQUIRED, 0, NULL},
	REPLACES_FIELD,
	{.name = NULL}
};

const struct field fields_action[] = {
	{"what", FIELD_TEXT, "Action", "What will be done.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 2000, NULL},
	{"owner", FIELD_LINE, "Owner", "One person, by name and service.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 200, NULL},
	{"due", FIELD_DAY, "By", "The day by which it is done.",
	    FIELD_REQUIRED, 0, NULL},
	REPLACES_FIELD,
	{.name = NULL}
};

static const struct code outcomes[] = {
	{"done", "Done"},
	{"partly", "Partly done; a new action follows"},
	{"not-done", "Not done; said why below"},
	{"not-needed", "Not needed any more"},
	{NULL, NULL}
};

const struct field fields_action_outcome[] = {
	{"action", FIELD_ENTRY, "Action", "The action it is about.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, NULL},
	{"outcome", FIELD_CODE, "Outcome", "What became of it.",
	    FIELD_REQUIRED, 0, outcomes},
	{"words", FIELD_TEXT, "In words",
	    "What changed for the young person; or why not.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 0, NULL},
	{.name = NULL}
};

/* Government response to the Home Affairs Committee, 2013: rec. 21, 22, 25. */
static const struct code supports[] = {
	{"adviser", "Independent sexual violence adviser, before interview "
	    "and throughout"},
	{"therapy", "Therapy before the trial"},
	{"court-visit", "Visit to the court"},
	{"barrister", "Meeting the barrister"},
	{"screens", "Screens in court"},
	{"live-link", "Live link"},
	{"no-gowns", "Wigs and gowns taken off"},
	{"private", "Evidence in private"},
	{"recorded-chief", "Recorded evidence-in-chief"},
	{"recorded-cross", "Recorded cross-examination"},
	{"aid", "Communication aid"},
	{"intermediary", "Intermediary"},
	{"other", "Other; said below"},
	{NULL, NULL}
};

static const struct code support_states[] = {
	{"offered", "Offered"},
	{"accepted", "Accepted"},
	{"declined", "Declined"},
	{"in-place", "In place"},
	{"not-offered", "Not offered; said why below"},
	{NULL, NULL}
};

const struct field fields_support[] = {
	{"support", FIELD_CODE, "Support", "What it is.", FIELD_REQUIRED, 0,
	    supports},
	{"state", FIELD_CODE, "State", "What became of it.", FIELD_REQUIRED,
	    0, support_states},
	{"by", FIELD_LINE, "By whom", "Name and service.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 200, NULL},
	{"words", FIELD_TEXT, "In words",
	    "What the young person said to it.", FIELD_SEARCHED, 0, NULL},
	{.name = NULL}
};

enum rc
support_check(const struct span *on, const json_t *body, struct err *e)
{
	if (span_is_none(on))
		return err_set(e, RC_INPUT, "Date: say the day");
	if ((body_is(body, "state", "not-offered") ||
	    body_is(body, "support", "other")) &&
	    !body_has_text(body, "words"))
		return err_set(e, RC_INPUT, "In words: say %s",
		    body_is(body, "support", "other") ? "which support" :
		    "why it was not offered");
	return RC_OK;
}
