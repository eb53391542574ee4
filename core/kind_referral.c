/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The family "referral": asking another service to act.
 */
#include "config.h"

#include "core/kinds.h"

#include <string.h>

#include "core/ident.h"
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
	{"route", FIELD_LINE, "How it is sent",
	    "Telephone, secure mail or address: F3 takes it from the "
	    "directory.", FIELD_SEARCHED, 500, NULL},
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
	{"assessment_due", FIELD_MOMENT, "Assessment due by",
	    "By the deadline rule, if it goes to children's social care.",
	    FIELD_HIDDEN, 0, NULL},
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

/* What a service decides to do; what follows has clocks of its own. */
static const struct code results[] = {
	{"assessment", "An assessment"},
	{"strategy", "A strategy discussion"},
	{"accepted", "Accepted; the service acts"},
	{"early-help", "Early help"},
	{"no-action", "No further action"},
	{"more", "More is asked before they decide"},
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
	    "Sent: by which route. Decision, outcome, recalled: what and "
	    "why.", FIELD_SEARCHED, 0, NULL},
	{"result", FIELD_CODE, "What was decided",
	    "Needed with a decision.", 0, 0, results},
	{"child", FIELD_TEXT, "What the young person says to it",
	    "Needed with a decision or an outcome; or why they were not "
	    "asked.", FIELD_SEARCHED, 0, NULL},
	{"decision_due", FIELD_MOMENT, "Decision due by",
	    "One working day after it is received.", FIELD_HIDDEN, 0, NULL},
	{"counted", FIELD_TEXT, "How it was counted", "In words.",
	    FIELD_HIDDEN, 0, NULL},
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

/* Sources 000 and 001: offences, age, decision and reference. */
static const struct code linked[] = {
	{"none", "No offence by the young person is known"},
	{"linked", "Offences linked to the exploitation: a victim, not an "
	    "offender"},
	{"not-linked", "Offences not linked, as far as is known"},
	{"unknown", "Not known"},
	{NULL, NULL}
};

static const struct code ages[] = {
	{"child", "Under 18"},
	{"disputed", "Age disputed: treated as a child"},
	{"adult", "18 or over"},
	{NULL, NULL}
};

static const struct code nrm_decisions[] = {
	{"waiting", "Waiting"},
	{"rg-yes", "Reasonable grounds: yes"},
	{"rg-no", "Reasonable grounds: no"},
	{"cg-yes", "Conclusive grounds: yes"},
	{"cg-no", "Conclusive grounds: no"},
	{"withdrawn", "Withdrawn"},
	{NULL, NULL}
};

const struct field fields_nrm[] = {
	{"referral", FIELD_ENTRY, "Referral", "The referral it belongs to.",
	    FIELD_HIDDEN, 0, NULL},
	{"reference", FIELD_LINE, "NRM reference",
	    "As it was given: most are digits, some with letters in front.",
	    FIELD_SEARCHED, NRM_REFERENCE_MAX, NULL},
	{"responder", FIELD_LINE, "First responder",
	    "The organisation that refers.", FIELD_REQUIRED | FIELD_SEARCHED,
	    200, NULL},
	{"age", FIELD_CODE, "Age", "A child needs no consent to be referred.",
	    FIELD_REQUIRED, 0, ages},
	{"offences", FIELD_CODE, "Offences linked to the exploitation",
	    "What they were made to do is part of what was done to them.",
	    FIELD_REQUIRED, 0, linked},
	{"offences_words", FIELD_TEXT, "Which, and who was told",
	    "Police and prosecutors are asked not to prosecute where it is "
	    "linked.", FIELD_SEARCHED, 0, NULL},
	{"decision", FIELD_CODE, "Decision", "As it stands.", FIELD_REQUIRED,
	    0, nrm_decisions},
	{"decided", FIELD_DAY, "Decided on", "The day, once decided.", 0, 0,
	    NULL},
	{"words", FIELD_TEXT, "In words", "What was said and what follows.",
	    FIELD_SEARCHED, 0, NULL},
	{"decision_due", FIELD_MOMENT, "Decision aimed for by",
	    "By the deadline rule.", FIELD_HIDDEN, 0, NULL},
	{"conclusive_after", FIELD_MOMENT, "Conclusive decision not before",
	    "By the deadline rule, from the reasonable grounds decision.",
	    FIELD_HIDDEN, 0, NULL},
	{"counted", FIELD_TEXT, "How it was counted", "In words.",
	    FIELD_HIDDEN, 0, NULL},
	REPLACES_FIELD,
	{.name = NULL}
};

enum rc
nrm_check(const struct span *on, const json_t *body, struct err *e)
{
	const char *reference =
	    json_string_value(json_object_get(body, "reference"));

	if (reference != NULL && nrm_reference_check(reference, e) != RC_OK)
		return err_prefix(e, "NRM reference");
	if (span_is_none(on))
		return err_set(e, RC_INPUT, "Date: say the day of the "
		    "referral");
	if (body_is(body, "offences", "linked") &&
	    !body_has_text(body, "offences_words"))
		return err_set(e, RC_INPUT, "Which, and who was told: say "
		    "which offences and who knows that they are linked");
	if (!body_is(body, "decision", "waiting") &&
	    json_object_get(body, "decided") == NULL)
		return err_set(e, RC_INPUT, "Decided on: say the day");
	return RC_OK;
}
