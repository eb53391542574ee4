/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/groupfile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/near.h"
#include "core/utf8.h"
#include "exchange/obs_header.h"

enum column { LEARNER, ITEM, STATE, STAGE, ROUND, ROLES };

static const char *const role_names[ROLES] = {
	"learner", "item", "state", "stage", "round"
};

static const struct {
	const char *name;
	enum column role;
} names[] = {
	{"learner", LEARNER}, {"rater", LEARNER}, {"participant", LEARNER},
	{"person", LEARNER}, {"name", LEARNER}, {"number", LEARNER},
	{"item", ITEM}, {"indicator", ITEM}, {"sign", ITEM},
	{"question", ITEM},
	{"state", STATE}, {"answer", STATE}, {"rating", STATE},
	{"value", STATE}, {"code", STATE},
	{"stage", STAGE}, {"round", ROUND},
};

/* The answers of one learner to a stage in a round, as rows add to them. */
struct sheet {
	size_t learner;
	uint32_t stage;
	unsigned round;
	struct answers answers;
	struct itemset given;
	uint64_t rows[ITEMS_MAX];	/* where each was given */
};

struct reader {
	const struct groupfile_opts *opts;
	const char *name;	/* of the file */
	struct csv *csv;
	const struct csv_row *row;
	size_t column[ROLES];
	char learners[GROUP_LEARNERS_MAX][GROUPFILE_NAME_MAX + 1];
	size_t nlearners, last;		/* last: whose row came before */
	struct sheet *sheets;
	size_t nsheets, capsheets;
	/* Number of a sheet from 1; 0: none yet. */
	uint16_t at[GROUP_LEARNERS_MAX][STUDY_STAGES_MAX][GROUP_ROUNDS];
};

struct text {
	const char *s;
	size_t n;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static struct text
cell_of(const struct reader *rd, enum column role)
{
	const struct csv_cell *c = &rd->row->cells[rd->column[role]];
	struct text t = {c->s, c->n};

	while (t.n != 0 && is_blank(t.s[0])) {
		t.s++;
		t.n--;
	}
	while (t.n != 0 && is_blank(t.s[t.n - 1]))
		t.n--;
	return t;
}

static bool
says(struct text t, const char *word)
{
	return strlen(word) == t.n && strncasecmp(word, t.s, t.n) == 0;
}

/* ---- the header ---- */

static enum column
role_of(const char *header)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcasecmp(header, names[i].name) == 0)
			return names[i].role;
	return ROLES;
}

/*
 * The plain name of a role goes before its other names, so that a list with
 * both learner and name is read by the first of the two.
 */
static enum rc
find_columns(struct reader *rd, struct err *e)
{
	for (size_t i = 0; i < ROLES; i++)
		rd->column[i] = CSV_NO_COLUMN;
	for (size_t i = 0; i < csv_columns(rd->csv); i++) {
		const char *h = csv_header(rd->csv, i);
		enum column r = role_of(h);
		size_t old = r != ROLES ? rd->column[r] : CSV_NO_COLUMN;
		bool plain = r != ROLES && strcasecmp(h, role_names[r]) == 0;

		if (r == ROLES)
			continue;
		if (old == CSV_NO_COLUMN || (plain && strcasecmp(csv_header(
		    rd->csv, old), role_names[r]) != 0))
			rd->column[r] = i;
		else if (plain || strcasecmp(csv_header(rd->csv, old),
		    role_names[r]) != 0)
			return csv_fail(rd->csv, i, e, "this column means the "
			    "same as column %zu \"%.64s\"; expected one of "
			    "the two", old + 1, csv_header(rd->csv, old));
	}
	return RC_OK;
}

static enum rc
read_header(struct reader *rd, struct err *e)
{
	enum rc rc = find_columns(rd, e);

	for (size_t i = LEARNER; rc == RC_OK && i <= STATE; i++)
		if (rd->column[i] == CSV_NO_COLUMN)
			rc = csv_fail(rd->csv, CSV_NO_COLUMN, e, "there is no "
			    "column \"%s\"; expected learner,item,state and, "
			    "if you like, stage and round", role_names[i]);
	return rc;
}

/* ---- the cells of a row ---- */

static enum rc
add_learner(struct reader *rd, const char *name, size_t *out, struct err *e)
{
	if (rd->nlearners == GROUP_LEARNERS_MAX)
		return csv_fail(rd->csv, rd->column[LEARNER], e, "more than "
		    "%d learners; expected at most that", GROUP_LEARNERS_MAX);
	*out = rd->nlearners++;
	memcpy(rd->learners[*out], name, strlen(name) + 1);
	return RC_OK;
}

static enum rc
read_learner(struct reader *rd, size_t *out, struct err *e)
{
	struct text t = cell_of(rd, LEARNER);
	char name[GROUPFILE_NAME_MAX + 1];

	if (t.n == 0)
		return csv_fail(rd->csv, rd->column[LEARNER], e, "the cell is "
		    "empty; expected a learner's name or number");
	if (t.n > GROUPFILE_NAME_MAX || memchr(t.s, '\n', t.n) != NULL ||
	    memchr(t.s, '\0', t.n) != NULL)
		return csv_fail(rd->csv, rd->column[LEARNER], e, "the name is "
		    "longer than %u bytes or than a line; expected at most "
		    "that", GROUPFILE_NAME_MAX);
	memcpy(name, t.s, t.n);
	name[t.n] = '\0';
	if (rd->nlearners > 0 && strcmp(rd->learners[rd->last], name) == 0) {
		*out = rd->last;
		return RC_OK;
	}
	for (*out = 0; *out < rd->nlearners; ++*out)
		if (strcmp(rd->learners[*out], name) == 0)
			return RC_OK;
	for (*out = 0; *out < rd->nlearners; ++*out)
		if (group_same_name(rd->learners[*out], name))
			return RC_OK;
	return add_learner(rd, name, out, e);
}

static enum rc
read_item(const struct reader *rd, unsigned *out, struct err *e)
{
	const struct instrument *in = rd->opts->w->in;
	struct text t = cell_of(rd, ITEM);
	char quoted[OBS_QUOTE_MAX];
	struct near near;

	*out = instrument_item(in, t.s, t.n);
	if (*out != NO_ITEM)
		return RC_OK;
	near_init(&near, t.s, t.n);
	for (size_t i = 0; i < in->nitems; i++)
		near_offer(&near, in->items[i].id);
	obs_quote(t.s, t.n, quoted);
	return csv_fail(rd->csv, rd->column[ITEM], e, "%s is no item of %s; "
	    "%s%s%s", quoted, in->id, near.best != NULL ? "did you mean \"" :
	    "expected one such as \"", near.best != NULL ? near.best :
	    in->nitems > 0 ? in->items[0].id : "",
	    near.best != NULL ? "\"?" : "\"");
}

/* ANSWER_NOT_ASKED: no answer. */
static enum rc
read_state(const struct reader *rd, enum answer *out, struct err *e)
{
	static const char *const none[] = {"", "na", "n/a", ".", "-"};
	static const struct {
		const char *word;
		enum answer state;
	} shorts[] = {
		{"p", ANSWER_PRESENT}, {"s", ANSWER_SUSPECTED},
		{"a", ANSWER_ABSENT}, {"n", ANSWER_NOT_KNOWN},
		{"unknown", ANSWER_NOT_KNOWN},
	};
	struct text t = cell_of(rd, STATE);
	char quoted[OBS_QUOTE_MAX];

	*out = ANSWER_NOT_ASKED;
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		if (says(t, none[i]))
			return RC_OK;
	for (size_t i = 0; i < sizeof(shorts) / sizeof(shorts[0]); i++) {
		*out = shorts[i].state;
		if (says(t, shorts[i].word))
			return RC_OK;
	}
	if (answer_from_name(t.s, t.n, out))
		return RC_OK;
	obs_quote(t.s, t.n, quoted);
	return csv_fail(rd->csv, rd->column[STATE], e, "%s is no state; "
	    "expected present, suspected, absent or not known (or p, s, a, "
	    "n), or nothing", quoted);
}

/* A number from 1 to max; 0: none. */
static size_t
small_number(struct text t, size_t max)
{
	size_t n = 0;

	if (t.n == 0 || t.n > 2)
		return 0;
	for (size_t i = 0; i < t.n; i++) {
		if (t.s[i] < '0' || t.s[i] > '9')
			return 0;
		n = 10 * n + (size_t)(t.s[i] - '0');
	}
	return n <= max ? n : 0;
}

static enum rc
read_stage(const struct reader *rd, uint32_t *out, struct err *e)
{
	const struct study *st = rd->opts->w->study;
	char quoted[OBS_QUOTE_MAX];
	struct text t = {"", 0};
	size_t n;

	*out = rd->opts->stage;
	if (rd->column[STAGE] != CSV_NO_COLUMN)
		t = cell_of(rd, STAGE);
	if (t.n == 0)
		return RC_OK;
	for (uint32_t i = 0; i < st->nstages; i++)
		if (says(t, st->stages[i].id)) {
			*out = i;
			return RC_OK;
		}
	n = small_number(t, st->nstages);
	if (n > 0) {
		*out = (uint32_t)(n - 1);
		return RC_OK;
	}
	obs_quote(t.s, t.n, quoted);
	return csv_fail(rd->csv, rd->column[STAGE], e, "%s is no stage of "
	    "\"%.64s\"; expected a number from 1 to %zu or an id such as "
	    "\"%.64s\"", quoted, st->id, st->nstages, st->stages[0].id);
}

static enum rc
read_round(const struct reader *rd, unsigned *out, struct err *e)
{
	char quoted[OBS_QUOTE_MAX];
	struct text t = {"", 0};
	size_t n;

	*out = rd->opts->round;
	if (rd->column[ROUND] != CSV_NO_COLUMN)
		t = cell_of(rd, ROUND);
	if (t.n == 0)
		return RC_OK;
	n = small_number(t, GROUP_ROUNDS);
	if (n > 0) {
		*out = (unsigned)n;
		return RC_OK;
	}
	obs_quote(t.s, t.n, quoted);
	return csv_fail(rd->csv, rd->column[ROUND], e, "%s is no round; "
	    "expected 1 or 2", quoted);
}

/* ---- sheets ---- */

static enum rc
sheet_for(struct reader *rd, const struct sheet *key, struct sheet **out,
    struct err *e)
{
	uint16_t *at = &rd->at[key->learner][key->stage][key->round - 1];
	struct sheet *list = rd->sheets;
	size_t cap = rd->capsheets;

	if (*at == 0 && rd->nsheets == cap) {
		cap = cap != 0 ? 2 * cap : 16;
		list = reallocarray(list, cap, sizeof(*list));
		if (list == NULL)
			return err_set(e, RC_NOMEM, "no memory for the answers");
		rd->sheets = list;
		rd->capsheets = cap;
	}
	if (*at == 0) {
		rd->sheets[rd->nsheets] = *key;
		*at = (uint16_t)++rd->nsheets;
	}
	*out = &rd->sheets[*at - 1];
	return RC_OK;
}

static enum rc
take_answer(struct reader *rd, const struct sheet *key, unsigned item,
    enum answer state, struct err *e)
{
	struct sheet *s;
	enum rc rc = sheet_for(rd, key, &s, e);

	if (rc != RC_OK)
		return rc;
	if (itemset_has(&s->given, item) &&
	    answers_get(&s->answers, item) != state)
		return csv_fail(rd->csv, rd->column[STATE], e, "row %llu says "
		    "that \"%s\" answered %s \"%s\" already; expected one "
		    "answer to an item in a round",
		    (unsigned long long)s->rows[item],
		    rd->learners[key->learner],
		    rd->opts->w->in->items[item].id,
		    answer_name(answers_get(&s->answers, item)));
	itemset_add(&s->given, item);
	answers_set(&s->answers, item, state);
	s->rows[item] = rd->row->number;
	return RC_OK;
}

static enum rc
take_row(struct reader *rd, struct err *e)
{
	struct sheet key = {.learner = 0};
	enum answer state;
	unsigned item;
	enum rc rc = read_learner(rd, &key.learner, e);

	if (rc == RC_OK)
		rc = read_item(rd, &item, e);
	if (rc == RC_OK)
		rc = read_state(rd, &state, e);
	if (rc == RC_OK)
		rc = read_stage(rd, &key.stage, e);
	if (rc == RC_OK)
		rc = read_round(rd, &key.round, e);
	if (rc != RC_OK)
		return rc;
	rd->last = key.learner;
	if (state == ANSWER_NOT_ASKED)
		return RC_OK;
	answers_init(&key.answers);
	return take_answer(rd, &key, item, state, e);
}

static enum rc
read_rows(struct reader *rd, struct err *e)
{
	enum rc rc;

	for (;;) {
		rc = csv_next(rd->csv, &rd->row, e);
		if (rc != RC_OK)
			return rc;
		if (rd->row == NULL)
			break;
		rc = take_row(rd, e);
		if (rc != RC_OK)
			return rc;
	}
	if (rd->nsheets > 0)
		return RC_OK;
	return err_set(e, RC_INPUT, "%s: the file has a header and no answer "
	    "below it; expected at least one", rd->name);
}

static enum rc
hand_over(const struct reader *rd, const struct groupfile_sink *to,
    struct err *e)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < rd->nsheets; i++) {
		const struct sheet *s = &rd->sheets[i];
		struct groupfile_answers a = {
			.learner = rd->learners[s->learner],
			.stage = s->stage, .round = s->round,
			.answers = &s->answers, .given = &s->given,
		};

		rc = to->fn(to->ctx, &a, e);
	}
	return rc;
}

enum rc
groupfile_read(struct source *src, const struct groupfile_opts *opts,
    const struct groupfile_sink *to, struct err *e)
{
	struct csv_opts csv = opts->csv;
	struct reader *rd = calloc(1, sizeof(*rd));
	enum rc rc;

	if (rd == NULL)
		return err_set(e, RC_NOMEM, "no memory for the answers");
	rd->opts = opts;
	rd->name = src->name;
	csv.lenient = false;
	rc = csv_open(src, &csv, &rd->csv, e);
	if (rc == RC_OK)
		rc = read_header(rd, e);
	if (rc == RC_OK)
		rc = read_rows(rd, e);
	if (rc == RC_OK)
		rc = hand_over(rd, to, e);
	csv_free(rd->csv);
	free(rd->sheets);
	free(rd);
	return rc;
}
