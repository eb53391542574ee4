/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The family "person": those around the young person, where they live, and
 * the kind of exploitation that is suspected.
 */
#include "config.h"

#include "core/kinds.h"

#include "core/kind_checks.h"

/* DfE ethnicity codes, the same for everybody; in kind_case.c. */
extern const struct code ethnicity_codes[];

static const struct code relations[] = {
	{"mother", "Mother"},
	{"father", "Father"},
	{"parent", "Other parent or step-parent"},
	{"sibling", "Brother or sister"},
	{"twin", "Twin"},
	{"grandparent", "Grandparent"},
	{"relative", "Other relative"},
	{"carer", "Foster carer or guardian"},
	{"partner", "Partner, as they call them"},
	{"friend", "Friend"},
	{"associate", "Associate"},
	{"professional", "Professional"},
	{"other", "Other; said below"},
	{NULL, NULL}
};

const struct field fields_associate[] = {
	{"name", FIELD_LINE, "Name", "As far as it is known.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 200, NULL},
	{"relation", FIELD_CODE, "Who they are to the young person",
	    "Mark twins: their records are often taken for one.",
	    FIELD_REQUIRED, 0, relations},
	{"birth", FIELD_DAY, "Date of birth", "If it is known.", 0, 0, NULL},
	{"reference", FIELD_LINE, "Their own case",
	    "The reference, if there is one.", FIELD_SEARCHED, 64, NULL},
	{"lives_with", FIELD_BOOL, "Lives with them", "At present.", 0, 0,
	    NULL},
	{"contact", FIELD_LINE, "How to reach them",
	    "And whether it is safe to.", FIELD_SEARCHED, 500, NULL},
	{"notes", FIELD_TEXT, "What matters about them",
	    "Protective, worrying, or both.", FIELD_SEARCHED, 0, NULL},
	REPLACES_FIELD,
	{.name = NULL}
};

const struct field fields_address[] = {
	{"address", FIELD_TEXT, "Address", "As it is written.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 1000, NULL},
	{"area", FIELD_LINE, "Area", "District or postcode.",
	    FIELD_SEARCHED, 200, NULL},
	{"authority", FIELD_LINE, "Local authority",
	    "Whose area it is; it may not be the placing one.",
	    FIELD_SEARCHED, 200, NULL},
	{"with", FIELD_LINE, "Lives there with", "Or the placement.",
	    FIELD_SEARCHED, 500, NULL},
	REPLACES_FIELD,
	{.name = NULL}
};

static const struct code yes_no_unknown[] = {
	{"unknown", "Not known"},
	{"yes", "Yes"},
	{"no", "No"},
	{NULL, NULL}
};

const struct field fields_person_of_concern[] = {
	{"name", FIELD_LINE, "Name",
	    "Or what they are called, or how they look.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 200, NULL},
	{"why", FIELD_TEXT, "Why they are of concern",
	    "What was seen or said, by whom, when.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 0, NULL},
	{"ways", FIELD_TEXT, "Where and how they are met",
	    "Places, vehicles, names online.", FIELD_SEARCHED, 0, NULL},
	{"more_than_one", FIELD_CODE, "More than one person",
	    "Whether others act together with them.", FIELD_REQUIRED, 0,
	    yes_no_unknown},
	{"exploitation", FIELD_CODE, "Linked to sexual exploitation",
	    "The flag that agencies are asked to set.", FIELD_REQUIRED, 0,
	    yes_no_unknown},
	{"works_with_children", FIELD_CODE, "Works with children",
	    "If so, the designated officer is told in one working day.",
	    FIELD_REQUIRED, 0, yes_no_unknown},
	{"ethnicity", FIELD_CODE, "Ethnicity",
	    "Recorded in the same way for everybody.", 0, 0,
	    ethnicity_codes},
	{"police_reference", FIELD_LINE, "Police reference", "If any.",
	    FIELD_SEARCHED, 64, NULL},
	{"lado_due", FIELD_MOMENT, "Designated officer told by",
	    "By the deadline rule.", FIELD_HIDDEN, 0, NULL},
	{"counted", FIELD_TEXT, "How it was counted", "In words.",
	    FIELD_HIDDEN, 0, NULL},
	REPLACES_FIELD,
	{.name = NULL}
};

/* The names that the Inquiry's report gives and the project has verified. */
static const struct code models[] = {
	{"gang", "Gang-associated"},
	{"group", "Group-associated"},
	{"peer", "Peer-on-peer"},
	{"school", "School-based"},
	{"inter-gang", "Inter-gang"},
	{"organised", "Organised crime group or network"},
	{"online", "Online"},
	{"trafficking", "Trafficking"},
	{"lone", "Lone perpetrator"},
	{"other", "Other; said below"},
	{NULL, NULL}
};

const struct field fields_model[] = {
	{"models", FIELD_CODES, "Model of exploitation",
	    "What it looks like so far; more than one may fit.",
	    FIELD_REQUIRED, 0, models},
	{"why", FIELD_TEXT, "What points to it", "In words.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 0, NULL},
	REPLACES_FIELD,
	{.name = NULL}
};

enum rc
concern_check(const struct span *on, const json_t *body, struct err *e)
{
	(void)body;
	if (span_is_none(on))
		return err_set(e, RC_INPUT, "Date: say when it became known; "
		    "a clock may run from it");
	return RC_OK;
}
