/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What travels between stores: in the case, what was sent, received and
 * recalled; in the register, people elsewhere and the bundles themselves.
 */
#include "config.h"

#include "core/kinds.h"

#include "core/kind_checks.h"

static const struct code bundle_bases[] = {
	SHARED_BASES,
	{NULL, NULL}
};

/* ---- in the case: these travel with it ---- */

static const struct code selections[] = {
	{"all", "The whole case"},
	{"part", "A part of it"},
	{"receipt", "Receipts alone"},
	{NULL, NULL}
};

const struct field fields_bundle_sent[] = {
	{"bundle", FIELD_LINE, "Bundle", "Its id, hex.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 32, NULL},
	{"to", FIELD_LINES, "To", "Names and agencies of those it is for.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 48, NULL},
	{"keys", FIELD_LINES, "Keys", "Their signing keys, hex.",
	    FIELD_HIDDEN, 48, NULL},
	{"selection", FIELD_CODE, "What went", "All of the case or a part.",
	    FIELD_REQUIRED, 0, selections},
	{"what", FIELD_LINE, "Which part", "The filter that chose it.", 0,
	    500, NULL},
	{"purpose", FIELD_TEXT, "Purpose", "What it is needed for.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 2000, NULL},
	{"basis", FIELD_CODE, "Lawful basis", "One of the list.",
	    FIELD_REQUIRED, 0, bundle_bases},
	{"expires", FIELD_DAY, "To be opened by",
	    "After this day it cannot be taken in.", FIELD_REQUIRED, 0, NULL},
	{"receipt_due", FIELD_MOMENT, "Receipt due",
	    "Five working days after it was sent.", FIELD_HIDDEN, 0, NULL},
	{"counted", FIELD_TEXT, "How it was counted", "In words.",
	    FIELD_HIDDEN, 0, NULL},
	{.name = NULL}
};

const struct field fields_bundle_received[] = {
	{"sent", FIELD_ENTRY, "Bundle sent", "The entry it is a receipt for.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, NULL},
	{"bundle", FIELD_LINE, "Bundle", "Its id, hex.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 32, NULL},
	{"from", FIELD_LINE, "From", "Who sent it.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 200, NULL},
	{"added", FIELD_COUNT, "New", "Entries that were not here before.",
	    FIELD_REQUIRED, 0, NULL},
	{.name = NULL}
};

static const struct code asks[] = {
	{"stop", "Stop using it; keep it as a record of what was known"},
	{"hold", "Wait: it is being put right, a new bundle follows"},
	{NULL, NULL}
};

const struct field fields_bundle_recall[] = {
	{"sent", FIELD_ENTRY, "Bundle sent", "The entry it takes back.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, NULL},
	{"ask", FIELD_CODE, "What is asked", "One of the list.",
	    FIELD_REQUIRED, 0, asks},
	{"reason", FIELD_TEXT, "Why", "Consent withdrawn, sent to the wrong "
	    "person, a mistake in it.", FIELD_REQUIRED | FIELD_SEARCHED,
	    2000, NULL},
	{.name = NULL}
};

static const struct code dones[] = {
	{"stopped", "Stopped using it; kept as a record of what was known"},
	{"waiting", "Waiting for the new bundle"},
	{"passed-on", "It had gone further; they were told as well"},
	{"not", "Not done, and why"},
	{NULL, NULL}
};

const struct field fields_recall_answer[] = {
	{"recall", FIELD_ENTRY, "Recall", "The recall that it answers.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, NULL},
	{"done", FIELD_CODE, "What was done", "One of the list.",
	    FIELD_REQUIRED, 0, dones},
	{"words", FIELD_TEXT, "In words",
	    "What rested on it, who else had it, what happens now.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 2000, NULL},
	{.name = NULL}
};

/* ---- in the register ---- */

static const struct code card_roles[] = {
	{"practitioner", "Practitioner"},
	{"supervisor", "Supervisor"},
	{"trainer", "Trainer"},
	{NULL, NULL}
};

static const struct code card_checks[] = {
	{"telephone", "Its words were read over the telephone"},
	{"person", "Handed over by the person themselves"},
	{NULL, NULL}
};

const struct field fields_trust[] = {
	{"name", FIELD_LINE, "Name", "As the card says it.", FIELD_REQUIRED,
	    200, NULL},
	{"agency", FIELD_LINE, "Agency", "As the card says it.",
	    FIELD_REQUIRED, 200, NULL},
	{"role", FIELD_CODE, "Role", "What their entries count as here.",
	    FIELD_REQUIRED, 0, card_roles},
	{"key", FIELD_LINE, "Signing key", "Ed25519 public key, hex.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"box", FIELD_LINE, "Box key", "X25519 public key, hex.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"store", FIELD_LINE, "Store", "Id of their store, hex.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 32, NULL},
	{"root", FIELD_LINE, "Root key", "Of their store, hex.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"founder", FIELD_LINE, "Founder", "Of their store, signing key, hex.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"checked", FIELD_CODE, "How it was made sure", "One of the list.",
	    FIELD_REQUIRED, 0, card_checks},
	{"after", FIELD_COUNT, "After",
	    "Of a later card that takes a role away: how many of their "
	    "entries were known here by then.", FIELD_HIDDEN, 0, NULL},
	{"grant", FIELD_LINE, "Grant",
	    "The root key's signature over this entry, hex.", FIELD_HIDDEN,
	    128, NULL},
	{.name = NULL}
};

const struct field fields_distrust[] = {
	{"key", FIELD_LINE, "Signing key", "Whose it is, hex.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"reason", FIELD_LINE, "Reason", "Left, lost the laptop, a mistake.",
	    FIELD_REQUIRED, 500, NULL},
	{"after", FIELD_COUNT, "After",
	    "How many of their entries were known here by then.",
	    FIELD_HIDDEN, 0, NULL},
	{"grant", FIELD_LINE, "Grant",
	    "The root key's signature over this entry, hex.", FIELD_HIDDEN,
	    128, NULL},
	{.name = NULL}
};

/*
 * Each record of entries is an entry of the other store's register, of kind
 * user, role or revoke: {author, n, prev, kind, at, on, body, seal}; seal is
 * there in those of its founding, which no grant covers.
 */
const struct field fields_introduced[] = {
	{"store", FIELD_LINE, "Store", "Whose register it is, hex.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 32, NULL},
	{"entries", FIELD_LIST, "Entries", "As they stand there.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 1000, NULL},
	{.name = NULL}
};

/* Each record of to: {key, name, sequence, previous}. */
const struct field fields_bundle_out[] = {
	{"bundle", FIELD_LINE, "Bundle", "Its id, hex.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 32, NULL},
	{"to", FIELD_LIST, "To", "Whom it is for.", FIELD_REQUIRED, 48, NULL},
	{"cases", FIELD_LINES, "Cases", "Their ids, hex.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 20000, NULL},
	{"selection", FIELD_CODE, "What went", "All, a part, or receipts.",
	    FIELD_REQUIRED, 0, selections},
	{"file", FIELD_LINE, "File", "Its name, without its folder.",
	    FIELD_REQUIRED, 255, NULL},
	{"entries", FIELD_COUNT, "Entries", "How many it holds.",
	    FIELD_REQUIRED, 0, NULL},
	{"expires", FIELD_DAY, "To be opened by", "The day.", FIELD_REQUIRED,
	    0, NULL},
	{"stayed", FIELD_LINE, "Stayed",
	    "Of a second entry for a bundle: why it never left after all.",
	    0, 500, NULL},
	{.name = NULL}
};

const struct field fields_bundle_in[] = {
	{"bundle", FIELD_LINE, "Bundle", "Its id, hex.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 32, NULL},
	{"from", FIELD_LINE, "From", "The sender's signing key, hex.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"name", FIELD_LINE, "Sender", "As known here then.", FIELD_REQUIRED,
	    200, NULL},
	{"sequence", FIELD_COUNT, "Number", "Of theirs to this person.",
	    FIELD_REQUIRED, 0, NULL},
	{"previous", FIELD_LINE, "Bundle before", "Its id, hex; or empty.",
	    FIELD_HIDDEN, 32, NULL},
	{"cases", FIELD_LINES, "Cases", "Their ids, hex.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 20000, NULL},
	{"selection", FIELD_CODE, "What came", "All, a part, or receipts.",
	    FIELD_REQUIRED, 0, selections},
	{"file", FIELD_LINE, "File", "Its name, without its folder.",
	    FIELD_REQUIRED, 255, NULL},
	{"entries", FIELD_COUNT, "Entries", "How many it held.",
	    FIELD_REQUIRED, 0, NULL},
	{"added", FIELD_COUNT, "New", "How many were not here before.",
	    FIELD_REQUIRED, 0, NULL},
	{"conflicts", FIELD_COUNT, "Conflicts", "That it left to be settled.",
	    0, 0, NULL},
	{"held", FIELD_COUNT, "Held",
	    "Entries of people elsewhere that were here from then on.",
	    FIELD_HIDDEN, 0, NULL},
	{.name = NULL}
};
