/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The family "register": entries of the store's own case.
 */
#include "config.h"

#include "core/kinds.h"

static const struct code role_codes[] = {
	{"practitioner", "Practitioner"},
	{"supervisor", "Supervisor"},
	{"trainer", "Trainer"},
	{"administrator", "Administrator"},
	{"auditor", "Auditor"},
	{NULL, NULL}
};

const struct field fields_user[] = {
	{"name", FIELD_LINE, "Name", "As colleagues know the person.",
	    FIELD_REQUIRED, 200, NULL},
	{"key", FIELD_LINE, "Signing key", "Ed25519 public key, hex.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{.name = NULL}
};

const struct field fields_role[] = {
	{"key", FIELD_LINE, "Signing key", "Whose role it is, hex.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"role", FIELD_CODE, "Role", "What the person may do from now on.",
	    FIELD_REQUIRED, 0, role_codes},
	{.name = NULL}
};

const struct field fields_adopt[] = {
	{"instrument", FIELD_LINE, "Checklist", "Its id.", FIELD_REQUIRED,
	    64, NULL},
	{"version", FIELD_LINE, "Version", "Of the checklist.",
	    FIELD_REQUIRED, 64, NULL},
	{"hash", FIELD_LINE, "Content hash", "BLAKE2b-256 of the text.",
	    FIELD_REQUIRED, 64, NULL},
	{"text", FIELD_TEXT, "Text", "The whole content file.",
	    FIELD_REQUIRED, 500000, NULL},
	{"default", FIELD_BOOL, "Default",
	    "Whether new cases are screened with it.", 0, 0, NULL},
	{.name = NULL}
};
