/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The family "screening": what was observed, its corrections, and dated
 * snapshots of what it added up to.
 */
#include "config.h"

#include "core/kinds.h"

#include <string.h>

#include "core/answers.h"
#include "core/kind_checks.h"

static const struct code states[] = {
	{"present", "Present"},
	{"suspected", "Suspected"},
	{"absent", "Absent"},
	{"not known", "Not known"},
	{"not asked", "Not asked"},
	{NULL, NULL}
};

static const struct code confidences[] = {
	{"seen", "Seen or heard by the person named"},
	{"child", "Told by the young person"},
	{"told", "Told by someone else"},
	{"record", "From a record"},
	{"inferred", "Put together from several things"},
	{NULL, NULL}
};

const struct field fields_observation[] = {
	{"instrument", FIELD_LINE, "Checklist",
	    "The instrument that the indicator belongs to.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"indicator", FIELD_LINE, "Indicator", "Its id in the checklist.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 32, NULL},
	{"state", FIELD_CODE, "Answer",
	    "Not known is never counted as absent.",
	    FIELD_REQUIRED, 0, states},
	{"agency", FIELD_LINE, "Agency",
	    "Whose knowledge it is: school, police, health, care ...",
	    FIELD_SEARCHED | FIELD_NEEDED, 120, NULL},
	{"source", FIELD_LINE, "Who observed it",
	    "Name and role of the person who saw it or was told.",
	    FIELD_SEARCHED, 200, NULL},
	{"evidence", FIELD_TEXT, "Evidence in words",
	    "What was seen or said, plainly. Keep fact apart from opinion.",
	    FIELD_SEARCHED | FIELD_NEEDED, 0, NULL},
	{"confidence", FIELD_CODE, "How it is known",
	    "Seen, told, from a record, or put together.", 0, 0,
	    confidences},
	{"row", FIELD_LINE, "Row", "The agency's own reference of the row.",
	    FIELD_HIDDEN, 120, NULL},
	{"return", FIELD_LINE, "Return", "Hash of the file that it came in.",
	    FIELD_HIDDEN, 64, NULL},
	{.name = NULL}
};

const struct field fields_strike[] = {
	{"target", FIELD_ENTRY, "Entry", "The entry that is struck.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, NULL},
	{"reason", FIELD_TEXT, "Why it is wrong",
	    "The struck entry stays visible; say what was wrong with it.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 0, NULL},
	{"return", FIELD_LINE, "Return",
	    "Hash of the agency's file that says otherwise.", FIELD_HIDDEN,
	    64, NULL},
	{.name = NULL}
};

const struct field fields_screening[] = {
	{"instrument", FIELD_LINE, "Checklist", "Its id.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"version", FIELD_LINE, "Version", "Of the checklist.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"hash", FIELD_LINE, "Content hash", "Of the checklist's text.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"answers", FIELD_ANSWERS, "Answers", "As they stood.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, NULL},
	{"age", FIELD_COUNT, "Age", "On that day, where known.",
	    FIELD_HIDDEN, 0, NULL},
	{"level", FIELD_LINE, "Level by the rules", "Id of the level.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 32, NULL},
	{"could_be", FIELD_LINE, "Could be",
	    "The level if all that is not absent were present.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 32, NULL},
	{"vulnerabilities", FIELD_COUNT, "Vulnerabilities", "Present.",
	    FIELD_HIDDEN, 0, NULL},
	{"signs", FIELD_COUNT, "Signs", "Present.", FIELD_HIDDEN, 0, NULL},
	{"not_known", FIELD_COUNT, "Not known", "Or not asked.",
	    FIELD_HIDDEN, 0, NULL},
	{"rules", FIELD_LINES, "Rules that fired", "Their ids.",
	    FIELD_HIDDEN, 0, NULL},
	{"judgement", FIELD_LINE, "Your judgement",
	    "You may raise the level freely. To lower it, a second person "
	    "must agree.", FIELD_REQUIRED, 32, NULL},
	{"reason", FIELD_TEXT, "Why",
	    "Needed when your judgement differs from the rules.",
	    FIELD_SEARCHED, 0, NULL},
	{"review", FIELD_DAY, "Look again on",
	    "The screening is a snapshot; it is looked at again then.",
	    FIELD_REQUIRED, 0, NULL},
	{"act_by", FIELD_MOMENT, "Refer by",
	    "When the level asks for a referral.", FIELD_HIDDEN, 0, NULL},
	{"counted", FIELD_TEXT, "How it was counted", "In words.",
	    FIELD_HIDDEN, 0, NULL},
	{.name = NULL}
};

bool
body_has_text(const json_t *body, const char *field)
{
	const char *s = json_string_value(json_object_get(body, field));

	return s != NULL && s[strspn(s, " \t\r\n")] != '\0';
}

bool
body_is(const json_t *body, const char *field, const char *code)
{
	const char *s = json_string_value(json_object_get(body, field));

	return s != NULL && strcmp(s, code) == 0;
}

/* No tick without date, source and words (domain: rule 4 of ten). */
enum rc
observation_check(const struct span *on, const json_t *body, struct err *e)
{
	const char *s = json_string_value(json_object_get(body, "state"));
	enum answer state = ANSWER_NOT_ASKED;

	(void)answer_from_name(s, strlen(s), &state);
	if (state == ANSWER_NOT_ASKED)
		return RC_OK;
	if (span_is_none(on))
		return err_set(e, RC_INPUT, "Date: say when it was seen; a "
		    "month or a span is enough");
	if (!body_has_text(body, "agency"))
		return err_set(e, RC_INPUT, "Agency: say whose knowledge it "
		    "is");
	if (state >= ANSWER_SUSPECTED && !body_has_text(body, "evidence"))
		return err_set(e, RC_INPUT, "Evidence in words: say what was "
		    "seen or said");
	return RC_OK;
}

enum rc
screening_check(const struct span *on, const json_t *body, struct err *e)
{
	const char *level = json_string_value(json_object_get(body, "level"));
	const char *own =
	    json_string_value(json_object_get(body, "judgement"));

	if (span_is_none(on))
		return err_set(e, RC_INPUT, "Date: a screening is a snapshot "
		    "of one day");
	if (strcmp(level, own) != 0 && !body_has_text(body, "reason"))
		return err_set(e, RC_INPUT, "Why: say why your judgement "
		    "differs from the rules");
	return RC_OK;
}
