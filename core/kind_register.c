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

/* Proves that whoever wrote the entry held the store's root key (grant.h). */
#define GRANT_FIELD \
	{"grant", FIELD_LINE, "Grant", \
	    "The root key's signature over this entry, hex.", \
	    FIELD_HIDDEN, 128, NULL}

/* Dates can be invented, places in a chain cannot (roster.h). */
#define AFTER_FIELD \
	{"after", FIELD_COUNT, "After", \
	    "How many entries the person had written by then.", \
	    FIELD_HIDDEN, 0, NULL}

const struct field fields_user[] = {
	{"name", FIELD_LINE, "Name", "As colleagues know the person.",
	    FIELD_REQUIRED, 200, NULL},
	{"key", FIELD_LINE, "Signing key", "Ed25519 public key, hex.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"box", FIELD_LINE, "Box key", "X25519 public key, hex.",
	    FIELD_HIDDEN, 64, NULL},
	{"system", FIELD_BOOL, "Not a person",
	    "Whether the key stands for a recovery code.", FIELD_HIDDEN, 0,
	    NULL},
	{"keeper", FIELD_BOOL, "Keeper",
	    "Whether the key takes the founder's place.", FIELD_HIDDEN, 0,
	    NULL},
	GRANT_FIELD,
	{.name = NULL}
};

const struct field fields_role[] = {
	{"key", FIELD_LINE, "Signing key", "Whose role it is, hex.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"role", FIELD_CODE, "Role", "What the person may do from now on.",
	    FIELD_REQUIRED, 0, role_codes},
	AFTER_FIELD,
	GRANT_FIELD,
	{.name = NULL}
};

const struct field fields_revoke[] = {
	{"key", FIELD_LINE, "Signing key", "Whose access ends, hex.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"reason", FIELD_LINE, "Reason",
	    "Why: left, changed post, passphrase forgotten or seen.",
	    FIELD_REQUIRED, 500, NULL},
	AFTER_FIELD,
	GRANT_FIELD,
	{.name = NULL}
};

static const struct code recovery_codes[] = {
	{"made", "Code made"},
	{"pair", "Pair of codes made"},
	{"used", "Used"},
	{"removed", "Taken away"},
	{NULL, NULL}
};

const struct field fields_recovery[] = {
	{"what", FIELD_CODE, "What", "What was done.", FIELD_REQUIRED, 0,
	    recovery_codes},
	{"holders", FIELD_LINES, "Holders",
	    "Who keeps the codes, as they were named.", 0, 3, NULL},
	{"for", FIELD_LINE, "For", "Whose access was given back.", 0, 200,
	    NULL},
	{.name = NULL}
};

const struct field fields_rekey[] = {
	{"cipher", FIELD_LINE, "Cipher", "Its name.", FIELD_REQUIRED, 16,
	    NULL},
	{"epoch", FIELD_COUNT, "Number", "How often the key has changed.",
	    FIELD_REQUIRED, 0, NULL},
	{"reason", FIELD_LINE, "Reason", "Why the key was changed.",
	    FIELD_REQUIRED, 500, NULL},
	{.name = NULL}
};

const struct field fields_setting[] = {
	{"name", FIELD_LINE, "Setting", "Its name (settings.def).",
	    FIELD_REQUIRED, 64, NULL},
	{"value", FIELD_LINE, "Value", "What it is from now on.",
	    FIELD_REQUIRED, 200, NULL},
	{.name = NULL}
};

const struct code access_codes[] = {
	{"open", "Opened"},
	{"search", "Searched"},
	{"list", "Listed cases"},
	{"export", "Exported"},
	{"print", "Printed"},
	{"break-glass", "Opened a restricted case"},
	{"failed-unlock", "Let in after wrong tries"},
	{"looked-up", "Looked up who looked"},
	{NULL, NULL}
};

const struct field fields_access[] = {
	{"what", FIELD_CODE, "What", "What was done.", FIELD_REQUIRED, 0,
	    access_codes},
	{"case", FIELD_LINE, "Case", "Its id, hex.", FIELD_HIDDEN, 32, NULL},
	{"words", FIELD_LINE, "Words",
	    "The words searched for, the filter, or the file's name.",
	    0, 500, NULL},
	{"count", FIELD_COUNT, "How many", "Cases shown, or tries.", 0, 0,
	    NULL},
	{"reason", FIELD_TEXT, "Reason", "Why a restricted case was opened.",
	    0, 2000, NULL},
	{.name = NULL}
};

const struct field fields_backup[] = {
	{"file", FIELD_LINE, "File", "The backup's name, without its folder.",
	    FIELD_REQUIRED, 255, NULL},
	{"entries", FIELD_COUNT, "Entries", "How many it holds.",
	    FIELD_REQUIRED, 0, NULL},
	{"heads", FIELD_LINE, "Heads",
	    "BLAKE2b-256 of the ends of all chains in it.", FIELD_REQUIRED,
	    64, NULL},
	{.name = NULL}
};

const struct field fields_restore[] = {
	{"entries", FIELD_COUNT, "Entries", "How many it held then.",
	    FIELD_REQUIRED, 0, NULL},
	{"lost", FIELD_COUNT, "Lost",
	    "How many entries were known that are not in it.", 0, 0, NULL},
	{"reason", FIELD_LINE, "Reason", "Why the older state is right.",
	    FIELD_REQUIRED, 500, NULL},
	{.name = NULL}
};

static const struct code hold_codes[] = {
	{"set", "Hold set"},
	{"lifted", "Hold lifted"},
	{NULL, NULL}
};

const struct field fields_hold[] = {
	{"case", FIELD_LINE, "Case", "Its id, hex.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 32, NULL},
	{"state", FIELD_CODE, "State", "Whether the hold stands.",
	    FIELD_REQUIRED, 0, hold_codes},
	{"reason", FIELD_LINE, "Reason", "The inquiry, claim or order.",
	    FIELD_REQUIRED, 500, NULL},
	{.name = NULL}
};

const struct field fields_dispose_request[] = {
	{"case", FIELD_LINE, "Case", "Its id, hex.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 32, NULL},
	{"rule", FIELD_LINE, "Rule", "Its id in the table of retention.",
	    FIELD_REQUIRED, 64, NULL},
	{"kept_until", FIELD_DAY, "Kept until", "By the rule.", 0, 0, NULL},
	{"reason", FIELD_TEXT, "Reason", "Why the case is disposed of.",
	    FIELD_REQUIRED, 2000, NULL},
	{.name = NULL}
};

const struct field fields_dispose[] = {
	{"case", FIELD_LINE, "Case", "Its id, hex.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 32, NULL},
	{"request", FIELD_ENTRY, "Request", "The request agreed to.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, NULL},
	{"entries", FIELD_COUNT, "Entries", "How many were blanked.",
	    FIELD_REQUIRED, 0, NULL},
	{"digest", FIELD_LINE, "Digest", "BLAKE2b-256 of their ids.",
	    FIELD_REQUIRED, 64, NULL},
	{"reason", FIELD_TEXT, "Reason", "Why the second person agrees.",
	    FIELD_REQUIRED, 2000, NULL},
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
