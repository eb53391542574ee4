/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The family "sharing": what was asked for, what was decided, and what went
 * to whom.  A decision not to share is recorded in the same way.
 */
#include "config.h"

#include "core/kinds.h"

#include "core/kind_checks.h"

static const struct code decisions[] = {
	{"share", "Share"},
	{"part", "Share in part"},
	{"not", "Do not share"},
	{NULL, NULL}
};

static const struct code sharing_bases[] = {
	SHARED_BASES,
	{"none", "None: not shared"},
	{NULL, NULL}
};

static const struct code consents[] = {
	{"given", "Given"},
	{"refused", "Refused"},
	{"not-safe", "Not sought: asking could put the child in danger"},
	{"not-able", "Not sought: nobody could be reached in time"},
	{"not-shared", "Not sought: nothing is shared"},
	{NULL, NULL}
};

static const struct code tolds[] = {
	{"both", "Child and family"},
	{"child", "The child only"},
	{"family", "The family only"},
	{"nobody", "Nobody; said why below"},
	{NULL, NULL}
};

const struct field fields_sharing[] = {
	{"referral", FIELD_ENTRY, "About", "The referral that it is about.",
	    FIELD_HIDDEN, 0, NULL},
	{"asked_by", FIELD_LINE, "Asked by", "Who asked, of which agency; or "
	    "own initiative.", FIELD_REQUIRED | FIELD_SEARCHED, 200, NULL},
	{"asked", FIELD_TEXT, "What was asked", "As exactly as it was put.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 0, NULL},
	{"decision", FIELD_CODE, "Decision", "What was decided.",
	    FIELD_REQUIRED, 0, decisions},
	{"reasons", FIELD_TEXT, "Reasons", "Why; also why not.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 0, NULL},
	{"purpose", FIELD_TEXT, "Purpose", "What it is needed for.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 0, NULL},
	{"basis", FIELD_CODE, "Lawful basis", "One of the list.",
	    FIELD_REQUIRED, 0, sharing_bases},
	{"consent", FIELD_CODE, "Consent", "Sought, and if not, why.",
	    FIELD_REQUIRED, 0, consents},
	{"told", FIELD_CODE, "Who was told", "That it is shared, or was asked for.",
	    FIELD_REQUIRED, 0, tolds},
	{"told_why", FIELD_TEXT, "Why not told", "If somebody was not.",
	    FIELD_SEARCHED, 0, NULL},
	{"what", FIELD_TEXT, "What went", "Exactly which records or words.",
	    FIELD_SEARCHED, 0, NULL},
	{"to", FIELD_LINE, "To whom", "Person, role and agency.",
	    FIELD_SEARCHED, 200, NULL},
	{"went_on", FIELD_DAY, "When it went", "The day; empty until then.",
	    0, 0, NULL},
	{"route", FIELD_LINE, "By which route", "A secure one.",
	    FIELD_SEARCHED, 200, NULL},
	{"advice", FIELD_TEXT, "Advice taken", "From whom.", FIELD_SEARCHED,
	    0, NULL},
	{"withheld", FIELD_TEXT, "Withheld", "About third parties, and why.",
	    FIELD_SEARCHED, 0, NULL},
	{"decider", FIELD_LINE, "Decided by", "Name and role.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 200, NULL},
	{"review", FIELD_DAY, "Review on", "When it is looked at again.", 0,
	    0, NULL},
	REPLACES_FIELD,
	{.name = NULL}
};

static const struct code consent_states[] = {
	{"given", "Given"},
	{"withdrawn", "Withdrawn"},
	{"refused", "Refused"},
	{NULL, NULL}
};

static const struct code consent_givers[] = {
	{"child", "The young person"},
	{"parent", "A person with parental responsibility"},
	{"both", "Both"},
	{NULL, NULL}
};

const struct field fields_consent[] = {
	{"state", FIELD_CODE, "Consent", "What was said.", FIELD_REQUIRED, 0,
	    consent_states},
	{"by", FIELD_CODE, "By", "Who said it.", FIELD_REQUIRED, 0,
	    consent_givers},
	{"to", FIELD_TEXT, "To what", "To which sharing or support.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 0, NULL},
	{"words", FIELD_TEXT, "In their words", "As they said it.",
	    FIELD_SEARCHED, 0, NULL},
	{"understood", FIELD_BOOL, "Understood what it means",
	    "And that protecting the child may still need sharing.", 0, 0,
	    NULL},
	{"until", FIELD_DAY, "Ask again on", "Consent is not for ever.", 0,
	    0, NULL},
	{.name = NULL}
};

enum rc
sharing_check(const struct span *on, const json_t *body, struct err *e)
{
	bool shared = !body_is(body, "decision", "not");

	if (span_is_none(on))
		return err_set(e, RC_INPUT, "Date: say the day of the "
		    "decision");
	if (shared && (!body_has_text(body, "what") ||
	    !body_has_text(body, "to") || !body_has_text(body, "route")))
		return err_set(e, RC_INPUT, "What went, to whom, by which "
		    "route: say all three for what is shared");
	if (shared && body_is(body, "basis", "none"))
		return err_set(e, RC_INPUT, "Lawful basis: say on which it "
		    "is shared");
	if (shared && body_is(body, "consent", "not-shared"))
		return err_set(e, RC_INPUT, "Consent: something is shared: "
		    "say what they said to it, or why they were not asked");
	if (!body_is(body, "told", "both") && shared &&
	    !body_has_text(body, "told_why"))
		return err_set(e, RC_INPUT, "Why not told: say why child or "
		    "family does not know");
	return RC_OK;
}

enum rc
consent_check(const struct span *on, const json_t *body, struct err *e)
{
	(void)body;
	return !span_is_none(on) ? RC_OK : err_set(e, RC_INPUT, "Date: say "
	    "when they said it");
}
