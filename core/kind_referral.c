/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The family "referral": asking another service to act.
 */
#include "config.h"

#include "core/kinds.h"

#include <string.h>

#include "core/kind_checks.h"

static const struct code services[] = {
	{"social-care", "Children's social care"},
	{"hub", "Multi-agency safeguarding hub"},
	{"police", "Police"},
	{"health", "Health service"},
	{"lado", "Designated officer (LADO)"},
	{"nrm", "National Referral Mechanism"},
	{"voluntary", "Voluntary service"},
	{"other", "Other; named below"},
	{NULL, NULL}
};

static const struct code urgencies[] = {
	{"immediate", "Immediate: significant harm or danger now"},
	{"today", "Within one working day"},
	{NULL, NULL}
};

static const struct code consents[] = {
	{"given", "Consent given"},
	{"refused", "Refused; shared to protect the child"},
	{"not-safe", "Not sought: asking could put the child in danger"},
	{"not-able", "Not sought: nobody could be reached in time"},
	{NULL, NULL}
};

const struct field fields_referral[] = {
	{"service", FIELD_CODE, "Service", "Who is asked to act.",
	    FIELD_REQUIRED, 0, services},
	{"to", FIELD_LINE, "Team or person",
	    "As exactly as you know it.", FIELD_REQUIRED | FIELD_SEARCHED,
	    200, NULL},
	{"urgency", FIELD_CODE, "How soon",
	    "In danger now: ring 999 first, write afterwards.",
	    FIELD_REQUIRED, 0, urgencies},
	{"concern", FIELD_TEXT, "Concern",
	    "What you are worried about, and what has been seen.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 0, NULL},
	{"words", FIELD_TEXT, "The child's own words",
	    "What they said and want; or why it is not known.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 0, NULL},
	{"asked", FIELD_TEXT, "What is asked",
	    "What you want the service to do.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 0, NULL},
	{"consent", FIELD_CODE, "Consent",
	    "Consent is not needed to protect a child; say what was done.",
	    FIELD_REQUIRED, 0, consents},
	{"basis", FIELD_TEXT, "Basis for sharing",
	    "Needed when there is no consent: why sharing is necessary.",
	    FIELD_SEARCHED, 0, NULL},
	{"told", FIELD_LINE, "Who was told",
	    "Whether child and family know of the referral; if not, why.",
	    FIELD_SEARCHED, 500, NULL},
	{"contact", FIELD_LINE, "Whom to ring back",
	    "Your name, role and number.", FIELD_REQUIRED, 200, NULL},
	{"indicators", FIELD_LIST, "Indicators carried over",
	    "Each with its date, agency and evidence.", FIELD_HIDDEN, 0,
	    NULL},
	{"level", FIELD_LINE, "Level", "As it stood.", FIELD_HIDDEN, 32,
	    NULL},
	{"rules", FIELD_LINES, "Rules that fired", "With their sources.",
	    FIELD_HIDDEN, 0, NULL},
	{"due", FIELD_MOMENT, "To be made by", "By the deadline rule.",
	    FIELD_HIDDEN, 0, NULL},
	{"decision_due", FIELD_MOMENT, "Decision due by",
	    "One working day after it is received.", FIELD_HIDDEN, 0, NULL},
	{"counted", FIELD_TEXT, "How it was counted", "In words.",
	    FIELD_HIDDEN, 0, NULL},
	{.name = NULL}
};

static const struct code steps[] = {
	{"sent", "Sent"},
	{"received", "Receipt confirmed"},
	{"decision", "Decision made by the service"},
	{"outcome", "Outcome"},
	{"recalled", "Recalled"},
	{NULL, NULL}
};

const struct field fields_referral_step[] = {
	{"referral", FIELD_ENTRY, "Referral", "The referral it belongs to.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, NULL},
	{"step", FIELD_CODE, "Step", "What happened.", FIELD_REQUIRED, 0,
	    steps},
	{"who", FIELD_LINE, "By whom",
	    "Who sent, received or decided, and how.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 200, NULL},
	{"words", FIELD_TEXT, "What was said",
	    "The decision and its reasons, as given.", FIELD_SEARCHED, 0,
	    NULL},
	{.name = NULL}
};

enum rc
referral_check(const struct span *on, const json_t *body, struct err *e)
{
	const char *consent =
	    json_string_value(json_object_get(body, "consent"));

	if (span_is_none(on))
		return err_set(e, RC_INPUT, "Date: say the day of the "
		    "referral");
	if (strcmp(consent, "given") != 0 && !body_has_text(body, "basis"))
		return err_set(e, RC_INPUT, "Basis for sharing: say why "
		    "sharing without consent is necessary to protect the "
		    "child");
	return RC_OK;
}
