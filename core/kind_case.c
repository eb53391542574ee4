/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The family "case": the file itself and who it is about.
 */
#include "config.h"

#include "core/kinds.h"

#include <string.h>

#include "core/ident.h"
#include "core/kind_checks.h"

/* DfE sex codes. */
static const struct code sexes[] = {
	{"M", "Male"},
	{"F", "Female"},
	{"U", "Not known or not recorded"},
	{NULL, NULL}
};

extern const struct code ethnicity_codes[];

/*
 * DfE ethnicity codes, shared with kind_person.c; "not obtained" stays
 * visible, never a blank.
 */
const struct code ethnicity_codes[] = {
	{"NOBT", "Not recorded yet"},
	{"REFU", "Asked; preferred not to say"},
	{"WBRI", "White British"},
	{"WIRI", "White Irish"},
	{"WIRT", "Traveller of Irish heritage"},
	{"WROM", "Gypsy or Roma"},
	{"WOTH", "Any other White background"},
	{"MWBC", "White and Black Caribbean"},
	{"MWBA", "White and Black African"},
	{"MWAS", "White and Asian"},
	{"MOTH", "Any other mixed background"},
	{"AIND", "Indian"},
	{"APKN", "Pakistani"},
	{"ABAN", "Bangladeshi"},
	{"AOTH", "Any other Asian background"},
	{"CHNE", "Chinese"},
	{"BCRB", "Black Caribbean"},
	{"BAFR", "Black African"},
	{"BOTH", "Any other Black background"},
	{"OOTH", "Any other ethnic group"},
	{NULL, NULL}
};

/* DfE disability codes. */
static const struct code disabilities[] = {
	{"NONE", "None"},
	{"MOB", "Mobility"},
	{"HAND", "Hand function"},
	{"PC", "Personal care"},
	{"INC", "Incontinence"},
	{"COMM", "Communication"},
	{"LD", "Learning"},
	{"HEAR", "Hearing"},
	{"VIS", "Vision"},
	{"BEH", "Behaviour"},
	{"CON", "Consciousness"},
	{"AUT", "Autism"},
	{"DDA", "Other"},
	{NULL, NULL}
};

/* NHS codes. */
static const struct code orientations[] = {
	{"1", "Heterosexual"},
	{"2", "Gay or lesbian"},
	{"3", "Bisexual"},
	{"4", "Other"},
	{"U", "Asked; does not know or is not sure"},
	{"Z", "Asked; preferred not to say"},
	{NULL, NULL}
};

static const struct code care_states[] = {
	{"none", "Not looked after"},
	{"order", "Looked after under an order"},
	{"voluntary", "Looked after by agreement"},
	{"leaver", "Care leaver"},
	{"private", "Private fostering"},
	{"unknown", "Not known"},
	{NULL, NULL}
};

static const struct code plan_states[] = {
	{"none", "No plan"},
	{"early-help", "Early help"},
	{"cin", "Child in need"},
	{"cp", "Child protection"},
	{"unknown", "Not known"},
	{NULL, NULL}
};

static const struct code cpis_states[] = {
	{"now", "Flagged now"},
	{"last-year", "Flagged in the last 12 months"},
	{"no", "Not flagged"},
	{"unknown", "Not known"},
	{NULL, NULL}
};

const struct field fields_open[] = {
	{"reference", FIELD_LINE, "Reference",
	    "The number or name by which your service knows the case.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 64, NULL},
	{"why", FIELD_TEXT, "Why now",
	    "What made someone worry, in a sentence or two.",
	    FIELD_SEARCHED, 0, NULL},
	{"study", FIELD_LINE, "Case study",
	    "The study that a training case is of; a real case has none.",
	    FIELD_HIDDEN, 64, NULL},
	{.name = NULL}
};

const struct field fields_identity[] = {
	{"name", FIELD_LINE, "Name",
	    "The young person's name, as they or their family write it.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 200, NULL},
	{"known_as", FIELD_LINE, "Known as",
	    "Other names: nicknames, earlier names, online names.",
	    FIELD_SEARCHED, 200, NULL},
	{"birth", FIELD_DAY, "Date of birth",
	    "If their age is disputed, treat them as a child.",
	    0, 0, NULL},
	{"sex", FIELD_CODE, "Sex", "As recorded. Boys are often missed.",
	    0, 0, sexes},
	{"ethnicity", FIELD_CODE, "Ethnicity",
	    "As the young person says it; choose \"not recorded\" rather "
	    "than guess.", 0, 0, ethnicity_codes},
	{"age_about", FIELD_COUNT, "Age, if only about",
	    "In years, when no date of birth is known.", 0, 0, NULL},
	{"age_disputed", FIELD_BOOL, "Age disputed",
	    "Then they are treated as a child.", 0, 0, NULL},
	{"disability", FIELD_CODES, "Disability",
	    "Every one that fits; \"none\" alone.", 0, 0, disabilities},
	{"orientation", FIELD_CODE, "Sexual orientation",
	    "From 16, as they say it themselves; never inferred.", 0, 0,
	    orientations},
	{"languages", FIELD_LINE, "Languages",
	    "The first is the one they speak best.", FIELD_SEARCHED, 200,
	    NULL},
	{"interpreter", FIELD_LINE, "Interpreter or communication help",
	    "What they need; never a relative or somebody they fear.",
	    FIELD_SEARCHED, 200, NULL},
	{"school", FIELD_LINE, "School or college",
	    "Where they go, or \"none\".", FIELD_SEARCHED, 200, NULL},
	{"area", FIELD_LINE, "Area",
	    "Where they live: district or postcode.", FIELD_SEARCHED, 200,
	    NULL},
	{"care", FIELD_CODE, "Care status", "At present.", 0, 0,
	    care_states},
	{"placement", FIELD_LINE, "Placement", "Where, and since when.",
	    FIELD_SEARCHED, 200, NULL},
	{"plan_status", FIELD_CODE, "Plan", "At present.", 0, 0,
	    plan_states},
	{"cpis", FIELD_CODE, "CP-IS flag",
	    "In the system shared with health.", 0, 0, cpis_states},
	{"cpis_checked", FIELD_DAY, "CP-IS last checked", "The day.", 0, 0,
	    NULL},
	{"upn", FIELD_LINE, "Unique pupil number", "13 characters.",
	    FIELD_SEARCHED, 20, NULL},
	{"nhs", FIELD_LINE, "NHS number", "10 digits.", FIELD_SEARCHED, 20,
	    NULL},
	{"la_id", FIELD_LINE, "Local authority's id",
	    "Up to 20 letters and digits.", FIELD_SEARCHED, 20, NULL},
	{"nrm_reference", FIELD_LINE, "NRM reference", "If any.",
	    FIELD_SEARCHED, 64, NULL},
	{"forename", FIELD_LINE, "Forename",
	    "Apart, as an agency's return had it.", FIELD_HIDDEN, 100, NULL},
	{"surname", FIELD_LINE, "Surname",
	    "Apart, as an agency's return had it.", FIELD_HIDDEN, 100, NULL},
	{"postcode", FIELD_LINE, "Postcode",
	    "As an agency's return had it.", FIELD_HIDDEN, 12, NULL},
	{"agency", FIELD_LINE, "Agency", "Whose return it was.",
	    FIELD_HIDDEN, 120, NULL},
	REPLACES_FIELD,
	{.name = NULL}
};

static enum rc
check_numbers(const json_t *body, struct err *e)
{
	const char *upn = json_string_value(json_object_get(body, "upn"));
	const char *nhs = json_string_value(json_object_get(body, "nhs"));
	const char *la = json_string_value(json_object_get(body, "la_id"));
	const char *nrm = json_string_value(json_object_get(body,
	    "nrm_reference"));
	char grouped[NHS_TEXT_MAX];
	struct upn number;

	if (body_has_text(body, "upn") &&
	    upn_check(upn, &number, e) != RC_OK)
		return err_prefix(e, "Unique pupil number");
	if (body_has_text(body, "nhs") && nhs_check(nhs, grouped, e) != RC_OK)
		return err_prefix(e, "NHS number");
	if (body_has_text(body, "la_id") && la_id_check(la, e) != RC_OK)
		return err_prefix(e, "Local authority's id");
	if (body_has_text(body, "nrm_reference") &&
	    nrm_reference_check(nrm, e) != RC_OK)
		return err_prefix(e, "NRM reference");
	return RC_OK;
}

/* "None" excludes every other disability. */
enum rc
identity_check(const struct span *on, const json_t *body, struct err *e)
{
	const json_t *list = json_object_get(body, "disability");
	const char *s;

	(void)on;
	for (size_t i = 0; i < json_array_size(list); i++) {
		s = json_string_value(json_array_get(list, i));
		if (json_array_size(list) > 1 && s != NULL &&
		    strcmp(s, "NONE") == 0)
			return err_set(e, RC_INPUT, "Disability: \"none\" "
			    "stands alone");
	}
	return check_numbers(body, e);
}

static const struct code close_reasons[] = {
	{"safe", "The risk has gone down; a plan is in place"},
	{"moved", "Moved; handed over"},
	{"adult", "Grown up; handed over to adult services"},
	{"other-case", "Carried on under another case"},
	{"not-needed", "Not needed after all"},
	{"other", "Other; said below"},
	{NULL, NULL}
};

const struct field fields_close[] = {
	{"open", FIELD_TEXT, "What is still open",
	    "Say after each \"->\" what becomes of it. Empty: nothing is open.",
	    FIELD_SEARCHED, 0, NULL},
	{"why", FIELD_CODE, "Why it is closed", "One of the list.",
	    FIELD_REQUIRED, 0, close_reasons},
	{"words", FIELD_TEXT, "In words",
	    "What changed, what stays to be done, and by whom.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 0, NULL},
	{"child", FIELD_TEXT, "What the young person says to it",
	    "Or why they were not asked.", FIELD_REQUIRED | FIELD_SEARCHED,
	    0, NULL},
	{"agreed_by", FIELD_LINE, "Agreed with", "Name and role.",
	    FIELD_SEARCHED, 200, NULL},
	{"seen", FIELD_LINES, "Seen",
	    "The last entry of each person that was here then.",
	    FIELD_HIDDEN, 1000, NULL},
	{.name = NULL}
};

const struct field fields_reopen[] = {
	{"why", FIELD_TEXT, "Why it is opened again",
	    "What made someone worry.", FIELD_REQUIRED | FIELD_SEARCHED, 0,
	    NULL},
	{"close", FIELD_ENTRY, "Closing", "The closing that it undoes.",
	    FIELD_HIDDEN, 0, NULL},
	{.name = NULL}
};

static const struct code restriction_states[] = {
	{"set", "Restricted to the people named"},
	{"lifted", "Open to everyone again"},
	{NULL, NULL}
};

const struct field fields_restrict[] = {
	{"state", FIELD_CODE, "State", "Whether the restriction stands.",
	    FIELD_REQUIRED, 0, restriction_states},
	{"people", FIELD_LINES, "People",
	    "The signing keys, hex, of those who may open the case.",
	    FIELD_HIDDEN, 48, NULL},
	{"reason", FIELD_TEXT, "Reason",
	    "A relative on the staff, a case in the news: say why.",
	    FIELD_REQUIRED, 2000, NULL},
	{"review", FIELD_DAY, "Review on",
	    "When to look whether it is still needed.", 0, 0, NULL},
	{"over", FIELD_LINES, "Takes the place of",
	    "Ids of the restrictions that were in force.", FIELD_HIDDEN, 48,
	    NULL},
	{.name = NULL}
};
