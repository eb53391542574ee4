/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The family "training": a session on a case study, entry by entry
 * (core/walk.h, core/groupwork.h, core/retest.h say what they add up to).
 */
#include "config.h"

#include "core/kinds.h"

static const struct code modes[] = {
	{"alone", "Alone"},
	{"group", "A group and a facilitator"},
	{NULL, NULL}
};

/* Two studies that are as hard, one before the training and one after. */
static const struct code parts[] = {
	{"none", "A session by itself"},
	{"before", "Before the training"},
	{"after", "After the training"},
	{NULL, NULL}
};

/*
 * The text is the whole study file as it was then: a session can be gone
 * through again when the file is another or gone.
 */
const struct field fields_session[] = {
	{"study", FIELD_LINE, "Case study", "Its id.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"version", FIELD_LINE, "Version", "Of the study.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"hash", FIELD_LINE, "Content hash", "BLAKE2b-256 of the text.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"text", FIELD_TEXT, "Text", "The whole study file.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 200000, NULL},
	{"mode", FIELD_CODE, "How", "Alone or in a group.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, modes},
	{"part", FIELD_CODE, "Part", "Before or after a training, or neither.",
	    FIELD_HIDDEN, 0, parts},
	{"sitting", FIELD_LINE, "Sitting",
	    "What the training is called, the same for all who take part.",
	    FIELD_HIDDEN, 120, NULL},
	{.name = NULL}
};

/*
 * changes: {at: moment, item, state}, in the order in which they were made.
 * judgement is "" when the level of the rules was taken as it was.
 */
const struct field fields_attempt[] = {
	{"stage", FIELD_LINE, "Stage", "Its id.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"round", FIELD_COUNT, "Round", "1 is the first.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, NULL},
	{"started", FIELD_MOMENT, "Begun", "When the stage was first shown.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, NULL},
	{"answers", FIELD_ANSWERS, "Answers", "As they were committed to.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, NULL},
	{"changes", FIELD_LIST, "Changes", "Every change and its time.",
	    FIELD_HIDDEN, 2000, NULL},
	{"level", FIELD_LINE, "Level by the rules", "Id of the level.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 32, NULL},
	{"judgement", FIELD_LINE, "Your judgement", "Id of the level.",
	    FIELD_HIDDEN, 32, NULL},
	{"why", FIELD_TEXT, "Why", "In the learner's words.",
	    FIELD_HIDDEN | FIELD_SEARCHED, 4000, NULL},
	{"note", FIELD_LINES, "Note", "Ids of the notes of the stage; none: those signed with it.",
	    FIELD_HIDDEN, 64, NULL},
	{.name = NULL}
};

/* points: {point: text of the model's note, state: named|partly|missing}. */
const struct field fields_lookback[] = {
	{"stage", FIELD_LINE, "Stage", "Its id.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"round", FIELD_COUNT, "Round", "1 is the first.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, NULL},
	{"points", FIELD_LIST, "Points", "Of the model's note.",
	    FIELD_HIDDEN, 64, NULL},
	{"choice", FIELD_LINE, "Choice", "Id of the choice that was made.",
	    FIELD_HIDDEN, 64, NULL},
	{.name = NULL}
};

static const struct code sources[] = {
	{"typed", "Typed in by the facilitator"},
	{"file", "Out of a file"},
	{"session", "Out of the learner's own session"},
	{NULL, NULL}
};

const struct field fields_group_answers[] = {
	{"learner", FIELD_LINE, "Learner", "A name or a number.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 80, NULL},
	{"stage", FIELD_LINE, "Stage", "Its id.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"round", FIELD_COUNT, "Round", "1 is the first.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, NULL},
	{"answers", FIELD_ANSWERS, "Answers", "Those that were given.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, NULL},
	{"from", FIELD_CODE, "How it came", "Typed, a file or a session.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, sources},
	{"attempt", FIELD_ENTRY, "Attempt", "The learner's own entry, if any.",
	    FIELD_HIDDEN, 0, NULL},
	{.name = NULL}
};

const struct field fields_reveal[] = {
	{"stage", FIELD_LINE, "Stage", "Its id.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"round", FIELD_COUNT, "Round", "1 is the first.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, NULL},
	{.name = NULL}
};

/*
 * answers: to the indicator in question and to those asked with it.  right:
 * whether the one in question was answered as the model does.
 */
const struct field fields_retest[] = {
	{"study", FIELD_LINE, "Case study", "Its id.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"stage", FIELD_LINE, "Stage", "Its id.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"instrument", FIELD_LINE, "Checklist", "Its id.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"indicator", FIELD_LINE, "Indicator", "The one in question.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 32, NULL},
	{"answers", FIELD_ANSWERS, "Answers", "To all that were asked.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, NULL},
	{"right", FIELD_BOOL, "Right", "As the model answers.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, NULL},
	{.name = NULL}
};

static const struct code activities[] = {
	{"study", "Case study, alone"},
	{"group", "Case study, in a group"},
	{"retest", "Indicators asked again"},
	{"other", "Something else"},
	{NULL, NULL}
};

const struct field fields_training_log[] = {
	{"title", FIELD_LINE, "What", "What it was about.",
	    FIELD_REQUIRED | FIELD_SEARCHED, 200, NULL},
	{"activity", FIELD_CODE, "Kind", "What kind of training.",
	    FIELD_REQUIRED, 0, activities},
	{"minutes", FIELD_COUNT, "Minutes", "How long it took.",
	    FIELD_REQUIRED, 0, NULL},
	{"reflection", FIELD_TEXT, "What you take from it",
	    "What you saw, what you missed, what you will do differently.",
	    FIELD_SEARCHED, 0, NULL},
	REPLACES_FIELD,
	{.name = NULL}
};

/* ---- of the register ---- */

static const struct code purposes[] = {
	{"training", "Training"},
	{NULL, NULL}
};

const struct field fields_purpose[] = {
	{"purpose", FIELD_CODE, "Purpose", "What the store is for.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, purposes},
	{"grant", FIELD_LINE, "Grant",
	    "The root key's signature over this entry, hex.",
	    FIELD_HIDDEN, 128, NULL},
	{.name = NULL}
};

#define STUDY_FIELDS \
	{"study", FIELD_LINE, "Case study", "Its id.", \
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL}, \
	{"version", FIELD_LINE, "Version", "Of the study.", \
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL}, \
	{"hash", FIELD_LINE, "Content hash", "BLAKE2b-256 of the text.", \
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL}, \
	{"text", FIELD_TEXT, "Text", "The whole study file.", \
	    FIELD_REQUIRED | FIELD_HIDDEN, 200000, NULL}

const struct field fields_study_kept[] = {
	STUDY_FIELDS,
	{.name = NULL}
};

/* Nothing here names the case, the names replaced, or the days between. */
const struct field fields_study_draft[] = {
	STUDY_FIELDS,
	{"report", FIELD_TEXT, "Report", "What may still identify.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 50000, NULL},
	{.name = NULL}
};

static const struct code outcomes[] = {
	{"signed", "Let out"},
	{"returned", "Given back"},
	{NULL, NULL}
};

const struct field fields_study_signed[] = {
	{"draft", FIELD_ENTRY, "Draft", "The study that it is about.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 0, NULL},
	{"hash", FIELD_LINE, "Content hash", "Of the text that was read.",
	    FIELD_REQUIRED | FIELD_HIDDEN, 64, NULL},
	{"outcome", FIELD_CODE, "Outcome", "Let out or given back.",
	    FIELD_REQUIRED, 0, outcomes},
	{"reason", FIELD_TEXT, "Why",
	    "Why it cannot be told whose case it was; or what is left to do.",
	    FIELD_REQUIRED, 2000, NULL},
	{.name = NULL}
};
