/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The family "note": one shape, so that every agency writes it down alike.
 */
#include "config.h"

#include "core/kinds.h"

static const struct code natures[] = {
	{"fact", "Fact: seen, heard or recorded"},
	{"opinion", "Opinion: professional judgement"},
	{"both", "Both; kept apart in the text"},
	{NULL, NULL}
};

const struct field fields_note[] = {
	{"facts", FIELD_TEXT, "Facts",
	    "What happened, who saw it, when and where.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 0, NULL},
	{"concern", FIELD_TEXT, "Concern",
	    "What worries you about it.", FIELD_SEARCHED, 0, NULL},
	{"risk", FIELD_TEXT, "Risk",
	    "What may happen to the young person if nothing is done.",
	    FIELD_SEARCHED, 0, NULL},
	{"action", FIELD_TEXT, "Action",
	    "What was done or will be done, by whom, by when.",
	    FIELD_SEARCHED, 0, NULL},
	{"justification", FIELD_TEXT, "Justification",
	    "Why this and not something else; why nothing, if nothing.",
	    FIELD_SEARCHED, 0, NULL},
	{"nature", FIELD_CODE, "Fact or opinion",
	    "What this note mostly is.", 0, 0, natures},
	{"answers", FIELD_LINE, "Answers",
	    "Id of the review that came back with questions.",
	    FIELD_HIDDEN, 64, NULL},
	REPLACES_FIELD,
	{.name = NULL}
};
