/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The family "oversight": what a second person decides.
 */
#include "config.h"

#include "core/kinds.h"

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
