/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The family "case": the file itself and who it is about.
 */
#include "config.h"

#include "core/kinds.h"

/* DfE sex codes. */
static const struct code sexes[] = {
	{"M", "Male"},
	{"F", "Female"},
	{"U", "Not known or not recorded"},
	{NULL, NULL}
};

/* DfE ethnicity codes; "not obtained" stays visible, never a blank. */
static const struct code ethnicities[] = {
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

const struct field fields_open[] = {
	{"reference", FIELD_LINE, "Reference",
	    "The number or name by which your service knows the case.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 64, NULL},
	{"why", FIELD_TEXT, "Why now",
	    "What made someone worry, in a sentence or two.",
	    FIELD_SEARCHED, 0, NULL},
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
	    "than guess.", 0, 0, ethnicities},
	{"school", FIELD_LINE, "School or college",
	    "Where they go, or \"none\".", FIELD_SEARCHED, 200, NULL},
	{"area", FIELD_LINE, "Area",
	    "Where they live: district or postcode.", FIELD_SEARCHED, 200,
	    NULL},
	{"replaces", FIELD_LINES, "Replaces",
	    "The earlier entries that this one takes the place of.",
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
	{.name = NULL}
};
