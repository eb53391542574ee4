/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Entries of the register about returns of agencies and about which cases are
 * of one child.
 */
#include "config.h"

#include "core/kinds.h"

const struct field fields_return_[] = {
	{"agency", FIELD_LINE, "Agency", "Whose return it is.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 120, NULL},
	{"file", FIELD_LINE, "File", "Its name, without its folder.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 255, NULL},
	{"hash", FIELD_LINE, "Content hash", "BLAKE2b-256 of its bytes.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"mapping", FIELD_LINE, "Mapping", "Its id and version.",
	    FIELD_HIDDEN, 140, NULL},
	{"mapping_hash", FIELD_LINE, "Mapping's hash",
	    "BLAKE2b-256 of its text.", FIELD_HIDDEN, 64, NULL},
	{"sender", FIELD_LINE, "Sender", "The id of the mapping, where its "
	    "rows name their agencies; else the agency.", FIELD_HIDDEN, 64,
	    NULL},
	{"rows", FIELD_COUNT, "Rows", "Read.", FIELD_REQUIRED | FIELD_HIDDEN,
	    0, NULL},
	{"bad", FIELD_COUNT, "Rows with faults", "Not taken in.",
	    FIELD_HIDDEN, 0, NULL},
	{"added", FIELD_COUNT, "Added", "Observations.", FIELD_HIDDEN, 0,
	    NULL},
	{"known", FIELD_COUNT, "Known", "Observations that were here.",
	    FIELD_HIDDEN, 0, NULL},
	{"struck", FIELD_COUNT, "Struck",
	    "Observations whose row came back corrected.", FIELD_HIDDEN, 0,
	    NULL},
	{.name = NULL}
};

const struct field fields_mapping_kept[] = {
	{"mapping", FIELD_LINE, "Mapping", "Its id.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"version", FIELD_LINE, "Version", "Of the mapping.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"hash", FIELD_LINE, "Content hash", "BLAKE2b-256 of its text.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"text", FIELD_TEXT, "Text", "The whole mapping.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 100000, NULL},
	{.name = NULL}
};

static const struct code deciders[] = {
	{"person", "A person"},
	{"model", "The model, above its threshold"},
	{NULL, NULL}
};

/* weights: {field, level, weight in thousandths of a bit, with its sign}. */
#define LINK_FIELDS \
	{"a", FIELD_LINE, "Case", "Its id, hex.", \
	    FIELD_REQUIRED | FIELD_HIDDEN, 32, NULL}, \
	{"b", FIELD_LINE, "Other case", "Its id, hex.", \
	    FIELD_REQUIRED | FIELD_HIDDEN, 32, NULL}, \
	{"by", FIELD_CODE, "Decided by", "A person or the model.", \
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, deciders}, \
	{"model", FIELD_LINE, "Model", "Hash of its text.", \
	    FIELD_HIDDEN, 64, NULL}, \
	{"weight", FIELD_LINE, "Weight", "In all, in bits.", \
	    FIELD_HIDDEN, 32, NULL}, \
	{"weights", FIELD_LIST, "Weights", "Of each field.", \
	    FIELD_HIDDEN, 16, NULL}, \
	{"reason", FIELD_TEXT, "Why", "What the person saw.", \
	    FIELD_HIDDEN, 2000, NULL}

const struct field fields_same_child[] = {
	LINK_FIELDS,
	{.name = NULL}
};

const struct field fields_not_same_child[] = {
	LINK_FIELDS,
	{.name = NULL}
};
