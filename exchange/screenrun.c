/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/screenrun.h"

#include <stdlib.h>
#include <string.h>

#include "exchange/alike.h"
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

/*
 * A row waiting for its turn.  Rows name children in any order, so that each
 * is several waits for memory.  It goes through them in steps, with some rows
 * read between each step and the next, so that nothing stands still: asked
 * for, found, taken.
 */
struct waiting {
	char child[REFERENCE_MAX + HASH_KEY_MAX];
	size_t n;
	uint64_t child_hash, row_hash;
	uint64_t number, line;
	struct obs_mark mark;
	int32_t birth, age;
	bool later;
	struct child *found;
};
#define STEP 8u		/* rows between one step and the next */
#define QUEUE 32u	/* a power of two, more than three steps */

struct screenrun {
	struct screenrun_opts opts;
	struct children *children;
	struct screenrun_totals totals;
	bool dated;
	uint32_t *shown;	/* children by their first spelling; or NULL: all */
	size_t nshown;
	struct waiting queue[QUEUE];
	uint64_t queued;	/* rows ever put into it */
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
note_plain(struct kept *k, const struct obs_mark *marks, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (marks[i].state != ANSWER_NOT_ASKED)
			itemset_add(&k->state[marks[i].state - 1],
			    marks[i].item);
}

/*
 * Where rows differ about the age the youngest is kept: rules protect
 * younger children more, and a disputed age is taken as a child's.
 */
static inline void
note_age(struct kept *k, int32_t birth, int32_t age)
{
	if (birth != DAY_NONE && (k->birth == 0 ||
	    birth + KEPT_BIRTH > k->birth))
		k->birth = birth + KEPT_BIRTH;
	if (age != AGE_NONE && (k->age == 0 || age + 1 < k->age))
		k->age = age + 1;
}

static enum rc
no_memory(struct err *e)
{
	return err_set(e, RC_NOMEM, "no memory for more children");
}

static inline bool
is_later(const struct screenrun *r, const struct obs_row *row)
{
	return !span_is_none(&row->on) && row->on.first > r->opts.on;
}

/* ---- one row at a time ---- */

static enum rc
take(struct screenrun *r, const struct obs *o, const struct obs_row *row,
    struct err *e)
{
	struct child *ch = children_find(r->children, row->child.s,
	    row->child.n);
	uint64_t hash, earlier = 0;

	hash = hash_bytes(row->row->raw, row->row->raw_n, r->opts.seed);
	if (ch == NULL || !children_repeats(r->children, ch, hash,
	    row->row->number, &earlier))
		return no_memory(e);
	if (earlier != 0)
		return obs_fail_repeat(o, row->row->number, row->row->line,
		    earlier, e);
	if (is_later(r, row)) {
		r->totals.later++;
		return RC_OK;
	}
	note_age(child_payload(ch), row->birth, row->age);
	if (r->dated)
		note_dated(r, child_payload(ch), row);
	else
		note_plain(child_payload(ch), row->marks, row->nmarks);
	return RC_OK;
}

/* ---- many rows at a time ---- */

static enum rc
take_waiting(struct screenrun *r, const struct obs *o, struct waiting *w,
    struct err *e)
{
	uint64_t earlier = 0;

	if (w->found == NULL || !children_repeats(r->children, w->found,
	    w->row_hash, w->number, &earlier))
		return no_memory(e);
	if (earlier != 0)
		return obs_fail_repeat(o, w->number, w->line, earlier, e);
	if (w->later) {
		r->totals.later++;
		return RC_OK;
	}
	note_age(child_payload(w->found), w->birth, w->age);
	note_plain(child_payload(w->found), &w->mark, 1);
	return RC_OK;
}

/* The row that was put `steps` before row i, when there is one. */
static inline struct waiting *
behind(struct screenrun *r, uint64_t i, unsigned steps)
{
	uint64_t at = i - (uint64_t)steps * STEP;

	return at < r->queued ? &r->queue[at & (QUEUE - 1)] : NULL;
}

/* Row i has been put, or would have been: those before it go a step on. */
static inline enum rc
go_on(struct screenrun *r, const struct obs *o, uint64_t i, struct err *e)
{
	struct waiting *w = behind(r, i, 1);
	enum rc rc;

	if (w != NULL)
		children_expect(r->children, w->child_hash);
	w = behind(r, i, 2);
	if (w != NULL)
		w->found = children_find_hashed(r->children, w->child, w->n,
		    w->child_hash);
	w = behind(r, i, 3);
	rc = w != NULL ? take_waiting(r, o, w, e) : RC_OK;
	if (rc != RC_OK)
		r->queued = 0;	/* those behind the first fault do not count */
	return rc;
}

/* Takes all that wait. */
static enum rc
finish_queue(struct screenrun *r, const struct obs *o, struct err *e)
{
	uint64_t i = r->queued, end = i + (uint64_t)3 * STEP;
	enum rc rc = RC_OK;

	for (; i < end && rc == RC_OK; i++)
		rc = go_on(r, o, i, e);
	r->queued = 0;
	return rc;
}

/* Keeps what is needed of a row of the long form; its bytes go away. */
static inline enum rc
take_later(struct screenrun *r, const struct obs *o,
    const struct obs_row *row, struct err *e)
{
	struct waiting *w = &r->queue[r->queued & (QUEUE - 1)];

	/* Bytes behind the reference are copied and never looked at. */
	if (row->child.n <= HASH_KEY_MAX)
		memcpy(w->child, row->child.s, HASH_KEY_MAX);
	else
		memcpy(w->child, row->child.s, row->child.n);
	w->n = row->child.n;
	w->child_hash = children_hash(r->children, row->child.s,
	    row->child.n);
	w->row_hash = hash_bytes(row->row->raw, row->row->raw_n,
	    r->opts.seed);
	w->number = row->row->number;
	w->line = row->row->line;
	w->mark = row->marks[0];
	w->birth = row->birth;
	w->age = row->age;
	w->later = is_later(r, row);
	r->queued++;
	return go_on(r, o, r->queued - 1, e);
}

/* ---- the file ---- */

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
take_row(struct screenrun *r, const struct obs *o, const struct obs_row *row,
    bool queues, struct err *e)
{
	enum rc rc = queues ? take_later(r, o, row, e) : take(r, o, row, e);

	return rc == RC_OK ? rc : reject(r, o, e);
}

/* The fault of a row that waits comes before that of a later one. */
static enum rc
end_queue(struct screenrun *r, const struct obs *o, enum rc rc,
    struct err *e)
{
	struct err earlier;

	err_clear(&earlier);
	if (finish_queue(r, o, &earlier) == RC_OK)
		return rc;
	*e = earlier;
	return e->rc;
}

static enum rc
read_all(struct screenrun *r, struct obs *o, struct source *src,
    struct err *e)
{
	/* A rejected row is written out while its cells are at hand. */
	bool queues = obs_form(o) == OBS_LONG && !r->dated &&
	    r->opts.rejects == NULL;
	const struct obs_row *row = NULL;
	enum rc rc;

	do {
		rc = obs_next(o, &row, e);
		if (rc == RC_OK && row == NULL)
			break;
		rc = rc == RC_OK ? take_row(r, o, row, queues, e) :
		    reject(r, o, e);
		if (obs_rows(o) % PROGRESS_ROWS == 0 &&
		    r->opts.progress != NULL)
			r->opts.progress(src->done, src->size,
			    r->opts.progress_ctx);
	} while (rc == RC_OK);
	return end_queue(r, o, rc, e);
}

/* ---- one child, written in several ways ---- */

static void
merge_child(struct screenrun *r, const void *other, void *first)
{
	const struct kept *from = other;
	struct kept *to = first;
	struct kept_dated *d = first;
	size_t i;

	note_age(to, from->birth != 0 ? from->birth - KEPT_BIRTH : DAY_NONE,
	    from->age != 0 ? from->age - 1 : AGE_NONE);
	for (i = 0; !r->dated && i < ANSWER_STATES - 1; i++)
		to->state[i] = itemset_or(to->state[i], &from->state[i]);
	if (r->dated && ((const struct kept_dated *)other)->begun) {
		if (!d->begun)
			answers_init(&d->answers);
		d->begun = true;
		answers_merge(&d->answers,
		    &((const struct kept_dated *)other)->answers);
	}
}

static enum rc
join_alike(struct screenrun *r, struct err *e)
{
	uint32_t *first;
	size_t n = children_count(r->children), i;
	enum rc rc = alike_find(r->children, r->opts.seed, &first,
	    &r->totals.alike, e);

	if (rc != RC_OK || r->totals.alike == 0) {
		free(first);
		return rc;
	}
	for (i = 0; i < n; i++) {
		if (first[i] != i)
			merge_child(r,
			    child_payload(children_at(r->children, i)),
			    child_payload(children_at(r->children, first[i])));
		else
			first[r->nshown++] = (uint32_t)i;
	}
	r->shown = first;
	return RC_OK;
}

enum rc
screenrun_read(struct source *src, const struct screenrun_opts *opts,
    struct screenrun **out, struct err *e)
{
	struct obs_opts oo = {.instrument = opts->instrument,
	    .csv = opts->csv, .latest = opts->today,
	    .mapping = opts->mapping, .bare = true};
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
	if (rc == RC_OK)
		rc = join_alike(r, e);
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
	free(r->shown);
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
	t->children = screenrun_children(r);
	t->memory += sizeof(*r) + children_memory(r->children);
}

size_t
screenrun_children(const struct screenrun *r)
{
	return r->shown != NULL ? r->nshown : children_count(r->children);
}

static struct child *
shown_child(const struct screenrun *r, size_t i)
{
	return children_at(r->children, r->shown != NULL ? r->shown[i] : i);
}

const char *
screenrun_child(const struct screenrun *r, size_t i)
{
	return shown_child(r, i)->name;
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
	const struct kept *k = child_payload(shown_child(r, i));
	const struct kept_dated *d = (const struct kept_dated *)(const void *)k;

	answers_init(out);
	if (!r->dated)
		settle(k, out);
	else if (d->begun)
		*out = d->answers;
	out->age = age_of(k, r->opts.on);
}
