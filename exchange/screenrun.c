/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/screenrun.h"

#include <stdlib.h>
#include <string.h>

#include "exchange/children.h"
#include "exchange/hash.h"

#define PROGRESS_ROWS 65536u

/*
 * What is kept of a child.  An instrument without windows needs four sets;
 * only one that looks at dates pays for whole answers.
 */
struct kept {
	struct itemset state[ANSWER_STATES - 1];	/* by enum answer - 1 */
	int32_t birth;	/* 0: none, else the day plus KEPT_BIRTH */
	int32_t age;	/* 0: none, else years plus 1 */
};
#define KEPT_BIRTH (INT32_C(1) << 24)

struct kept_dated {
	struct kept plain;	/* birth and age only */
	struct answers answers;
	bool begun;
};

struct screenrun {
	struct screenrun_opts opts;
	struct children *children;
	struct screenrun_totals totals;
	bool dated;
};

static void
note_dated(struct screenrun *r, struct kept_dated *k,
    const struct obs_row *row)
{
	struct sighting s;
	size_t i;

	if (!k->begun) {
		answers_init(&k->answers);
		k->begun = true;
	}
	for (i = 0; i < row->nmarks; i++) {
		s = (struct sighting){row->marks[i].item,
		    row->marks[i].state, row->on};
		answers_note(&k->answers, r->opts.instrument, &s, r->opts.on);
	}
}

static inline void
note_plain(struct kept *k, const struct obs_row *row)
{
	size_t i;

	for (i = 0; i < row->nmarks; i++)
		if (row->marks[i].state != ANSWER_NOT_ASKED)
			itemset_add(&k->state[row->marks[i].state - 1],
			    row->marks[i].item);
}

/*
 * Where rows differ about the age the youngest is kept: rules protect
 * younger children more, and a disputed age is taken as a child's.
 */
static inline void
note_age(struct kept *k, const struct obs_row *row)
{
	if (row->birth != DAY_NONE && (k->birth == 0 ||
	    row->birth + KEPT_BIRTH > k->birth))
		k->birth = row->birth + KEPT_BIRTH;
	if (row->age != AGE_NONE && (k->age == 0 || row->age + 1 < k->age))
		k->age = row->age + 1;
}

static inline enum rc
take(struct screenrun *r, const struct obs *o, const struct obs_row *row,
    struct err *e)
{
	struct child *ch = children_find(r->children, row->child.s,
	    row->child.n);
	uint64_t hash, earlier = 0;

	if (ch != NULL)
		__builtin_prefetch(ch->rows);
	hash = hash_bytes(row->row->raw, row->row->raw_n, r->opts.seed);
	if (ch == NULL || !children_repeats(r->children, ch, hash,
	    row->row->number, &earlier))
		return err_set(e, RC_NOMEM, "no memory for more children");
	if (earlier != 0)
		return obs_fail_repeat(o, earlier, e);
	if (!span_is_none(&row->on) && row->on.first > r->opts.on) {
		r->totals.later++;
		return RC_OK;
	}
	note_age(child_payload(ch), row);
	if (r->dated)
		note_dated(r, child_payload(ch), row);
	else
		note_plain(child_payload(ch), row);
	return RC_OK;
}

/* A bad row goes to the rejects, if that is wished and can be done. */
static enum rc
reject(struct screenrun *r, const struct obs *o, struct err *e)
{
	struct err why = *e;

	if (why.rc != RC_INPUT || r->opts.rejects == NULL ||
	    !csv_can_go_on(obs_csv(o)))
		return why.rc;
	r->totals.bad++;
	err_clear(e);
	return rejects_add(r->opts.rejects, obs_csv(o), why.text, e);
}

static enum rc
read_all(struct screenrun *r, struct obs *o, struct source *src,
    struct err *e)
{
	const struct obs_row *row = NULL;
	enum rc rc;

	do {
		rc = obs_next(o, &row, e);
		if (rc == RC_OK && row == NULL)
			return RC_OK;
		if (rc == RC_OK)
			rc = take(r, o, row, e);
		if (rc != RC_OK)
			rc = reject(r, o, e);
		if (obs_rows(o) % PROGRESS_ROWS == 0 &&
		    r->opts.progress != NULL)
			r->opts.progress(src->done, src->size,
			    r->opts.progress_ctx);
	} while (rc == RC_OK);
	return rc;
}

enum rc
screenrun_read(struct source *src, const struct screenrun_opts *opts,
    struct screenrun **out, struct err *e)
{
	struct obs_opts oo = {.instrument = opts->instrument,
	    .csv = opts->csv, .latest = opts->today};
	struct screenrun *r = calloc(1, sizeof(*r));
	struct obs *o = NULL;
	enum rc rc;

	*out = NULL;
	if (r == NULL)
		return err_set(e, RC_NOMEM, "no memory to screen");
	r->opts = *opts;
	r->dated = opts->instrument->nwindows != 0;
	oo.csv.lenient = opts->rejects != NULL;
	rc = children_new(r->dated ? sizeof(struct kept_dated) :
	    sizeof(struct kept), opts->seed, &r->children, e);
	if (rc == RC_OK)
		rc = obs_open(src, &oo, &o, e);
	if (rc == RC_OK)
		rc = read_all(r, o, src, e);
	if (o != NULL) {
		r->totals.rows = obs_rows(o);
		r->totals.memory = csv_memory(obs_csv(o));
	}
	obs_free(o);
	if (rc != RC_OK) {
		screenrun_free(r);
		return rc;
	}
	*out = r;
	return RC_OK;
}

void
screenrun_free(struct screenrun *r)
{
	if (r == NULL)
		return;
	children_free(r->children);
	free(r);
}

const struct instrument *
screenrun_instrument(const struct screenrun *r)
{
	return r->opts.instrument;
}

int32_t
screenrun_on(const struct screenrun *r)
{
	return r->opts.on;
}

void
screenrun_totals(const struct screenrun *r, struct screenrun_totals *t)
{
	*t = r->totals;
	t->children = children_count(r->children);
	t->memory += sizeof(*r) + children_memory(r->children);
}

size_t
screenrun_children(const struct screenrun *r)
{
	return children_count(r->children);
}

const char *
screenrun_child(const struct screenrun *r, size_t i)
{
	return children_at(r->children, i)->name;
}

/* Where several states stand for an item, the strongest wins. */
static void
settle(const struct kept *k, struct answers *a)
{
	struct itemset stronger;

	a->present = k->state[ANSWER_PRESENT - 1];
	stronger = a->present;
	a->suspected = itemset_minus(k->state[ANSWER_SUSPECTED - 1],
	    &stronger);
	stronger = itemset_or(stronger, &a->suspected);
	a->absent = itemset_minus(k->state[ANSWER_ABSENT - 1], &stronger);
	stronger = itemset_or(stronger, &a->absent);
	a->not_known = itemset_minus(k->state[ANSWER_NOT_KNOWN - 1],
	    &stronger);
}

static int
age_of(const struct kept *k, int32_t on)
{
	if (k->birth != 0)
		return day_age(k->birth - KEPT_BIRTH, on);
	return k->age != 0 ? k->age - 1 : AGE_NONE;
}

void
screenrun_answers(const struct screenrun *r, size_t i, struct answers *out)
{
	const struct kept *k = child_payload(children_at(r->children, i));
	const struct kept_dated *d = (const struct kept_dated *)(const void *)k;

	answers_init(out);
	if (!r->dated)
		settle(k, out);
	else if (d->begun)
		*out = d->answers;
	out->age = age_of(k, r->opts.on);
}
