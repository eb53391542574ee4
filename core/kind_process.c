/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The family "process": the national steps after a referral, each held or
 * planned, and the file that goes elsewhere.
 */
#include "config.h"

#include "core/kinds.h"

#include "core/factors.h"
#include "core/kind_checks.h"

extern const struct code factor_codes[];	/* core/factors.c */

static const struct code process_steps[] = {
	{"strategy", "Strategy discussion"},
	{"section47", "Section 47 enquiry"},
	{"assessment", "Assessment"},
	{"conference", "Initial child protection conference"},
	{"core-group", "Core group"},
	{"review-conference", "Review conference"},
	{"investigation", "Police investigation opened"},
	{"prosecution", "Prosecution begun"},
	{"conviction", "Conviction"},
	{NULL, NULL}
};

static const struct code process_states[] = {
	{"planned", "Planned for the day above"},
	{"held", "Held or completed on the day above"},
	{"not-held", "Not held; said why below"},
	{NULL, NULL}
};

static const struct code process_results[] = {
	{"section47", "A section 47 enquiry is opened"},
	{"conference", "An initial conference is to be held"},
	{"protection-plan", "A child protection plan"},
	{"child-in-need", "A child in need plan"},
	{"plan-ends", "The child protection plan ends"},
	{"no-action", "No further action"},
	{"other", "Other; in words below"},
	{NULL, NULL}
};

const struct field fields_process[] = {
	{"step", FIELD_CODE, "Step", "What is planned or was held.",
	    FIELD_REQUIRED, 0, process_steps},
	{"state", FIELD_CODE, "Planned or held",
	    "What was planned is put right with e once it was held.",
	    FIELD_REQUIRED, 0, process_states},
	{"who", FIELD_TEXT, "Who took part",
	    "Who led it, who was there, who was asked and did not come.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 0, NULL},
	{"result", FIELD_CODE, "What came of it",
	    "What follows has a clock of its own.", 0, 0, process_results},
	{"outcome", FIELD_TEXT, "In words",
	    "What was decided and why; who does what by when.",
	    FIELD_SEARCHED, 0, NULL},
	{"child", FIELD_TEXT, "The young person's voice in it",
	    "Were they there, or who spoke for them? What did they say and "
	    "want? Or why nobody asked.", FIELD_SEARCHED, 0, NULL},
	{"factors", FIELD_CODES, "Factors at its end",
	    "Of an assessment that is complete: each that was found. "
	    "`hearken report cin-factors` says what the answers suggest.", 0,
	    0, factor_codes},
	{"next", FIELD_DAY, "Next meeting on", "If a day is set.", 0, 0,
	    NULL},
	{"conference_due", FIELD_MOMENT, "Initial conference by",
	    "By the deadline rule, from the strategy discussion.",
	    FIELD_HIDDEN, 0, NULL},
	{"core_group_due", FIELD_MOMENT, "First core group by",
	    "By the deadline rule, from the conference.", FIELD_HIDDEN, 0,
	    NULL},
	{"counted", FIELD_TEXT, "How it was counted", "In words.",
	    FIELD_HIDDEN, 0, NULL},
	REPLACES_FIELD,
	{.name = NULL}
};

static bool
has_none_and_more(const json_t *codes)
{
	const uint64_t bits = factors_of(codes);
	json_t *none = json_pack("[s]", "21");
	const bool is = (bits & factors_of(none)) != 0 &&
	    bits != factors_of(none);

	json_decref(none);
	return is;
}

enum rc
process_check(const struct span *on, const json_t *body, struct err *e)
{
	if (span_is_none(on))
		return err_set(e, RC_INPUT, "Date: say the day");
	if (body_is(body, "state", "not-held") &&
	    !body_has_text(body, "outcome"))
		return err_set(e, RC_INPUT, "In words: say why it was not "
		    "held");
	if (json_array_size(json_object_get(body, "factors")) > 0 &&
	    (!body_is(body, "step", "assessment") ||
	    !body_is(body, "state", "held")))
		return err_set(e, RC_INPUT, "Factors at its end: they are "
		    "those of an assessment that was completed; clear them, "
		    "or say so");
	if (has_none_and_more(json_object_get(body, "factors")))
		return err_set(e, RC_INPUT, "Factors at its end: \"no "
		    "factor\" stands alone; clear it, or the others");
	if (!body_is(body, "state", "held"))
		return RC_OK;
	if (json_object_get(body, "result") == NULL)
		return err_set(e, RC_INPUT, "What came of it: choose one of "
		    "the list");
	if (!body_has_text(body, "outcome"))
		return err_set(e, RC_INPUT, "In words: say what was decided "
		    "and why");
	if (!body_has_text(body, "child"))
		return err_set(e, RC_INPUT, "The young person's voice in it: "
		    "say what they said, or why nobody asked");
	return RC_OK;
}

static const struct code transfer_files[] = {
	{"case", "The case file"},
	{"protection", "The child protection file of a school"},
	{"other", "Other; said below"},
	{NULL, NULL}
};

const struct field fields_transfer[] = {
	{"to", FIELD_LINE, "Sent to",
	    "The area, school or service, and the person there.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 200, NULL},
	{"file", FIELD_CODE, "What was sent", "One of the list.",
	    FIELD_REQUIRED, 0, transfer_files},
	{"route", FIELD_LINE, "By which secure route",
	    "By hand, registered post, secure mail.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 500, NULL},
	{"words", FIELD_TEXT, "Why, and what the young person was told",
	    "And what they said to it.", FIELD_REQUIRED | FIELD_SEARCHED, 0,
	    NULL},
	{"receipt_due", FIELD_MOMENT, "Receipt due by",
	    "By the deadline rule.", FIELD_HIDDEN, 0, NULL},
	{"counted", FIELD_TEXT, "How it was counted", "In words.",
	    FIELD_HIDDEN, 0, NULL},
	REPLACES_FIELD,
	{.name = NULL}
};

const struct field fields_transfer_receipt[] = {
	{"transfer", FIELD_ENTRY, "File sent on", "What was sent.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, NULL},
	{"who", FIELD_LINE, "Confirmed by", "Name, service, and how.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 200, NULL},
	{"words", FIELD_TEXT, "What was said",
	    "What came, what was missing.", FIELD_SEARCHED, 0, NULL},
	{.name = NULL}
};

/* Both: a file that goes or comes does so on a day. */
enum rc
transfer_check(const struct span *on, const json_t *body, struct err *e)
{
	(void)body;
	return span_is_none(on) ?
	    err_set(e, RC_INPUT, "Date: say the day") : RC_OK;
}
