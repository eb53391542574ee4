/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The family "voice": the child first (See Me, Hear Me).
 */
#include "config.h"

#include "core/kinds.h"

#include "core/kind_checks.h"

static const struct code why_not[] = {
	{"not-seen", "Not seen yet; being arranged"},
	{"not-safe", "Not safe to ask at the moment"},
	{"not-ready", "Asked; not ready to talk"},
	{"no-interpreter", "Waiting for an interpreter or communication help"},
	{"missing", "Missing at the moment"},
	{"other", "Other; said below"},
	{NULL, NULL}
};

const struct field fields_voice[] = {
	{"words", FIELD_TEXT, "In their own words",
	    "What they said, as they said it.", FIELD_SEARCHED, 0, NULL},
	{"wishes", FIELD_TEXT, "What they want to happen",
	    "Also what they do not want.", FIELD_SEARCHED, 0, NULL},
	{"trusts", FIELD_TEXT, "Whom they trust",
	    "Who should stay with them through this.", FIELD_SEARCHED, 0,
	    NULL},
	{"why_not", FIELD_CODE, "If not asked, why",
	    "Only when their own words are not known yet.", 0, 0, why_not},
	{"plan", FIELD_TEXT, "When and how it will be asked",
	    "Who will listen, and when.", FIELD_SEARCHED, 0, NULL},
	{.name = NULL}
};

enum rc
voice_check(const struct span *on, const json_t *body, struct err *e)
{
	bool heard = body_has_text(body, "words") ||
	    body_has_text(body, "wishes") || body_has_text(body, "trusts");

	if (!heard && !body_has_text(body, "why_not"))
		return err_set(e, RC_INPUT, "In their own words: write what "
		    "the young person said, or choose why it is not known");
	if (heard && span_is_none(on))
		return err_set(e, RC_INPUT, "Date: say when they said it");
	return RC_OK;
}
