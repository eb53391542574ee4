/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fold of a session.  Its steps are taken in the order of the learner's
 * own chain: a clock that is put back cannot move a later answer before the
 * one that was committed to.  Those of a group may have several authors and
 * are taken in the order of the case.  A strike undoes nothing here, for the
 * model has been seen by then.
 */
#include "config.h"

#include "core/walk.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/walk_impl.h"
#include "core/xalloc.h"

static bool
is_kind(const struct record *r, const char *kind)
{
	return r->validity == RECORD_VALID && strcmp(r->entry.kind, kind) == 0;
}

static bool
same_author(const struct author_id *a, const struct author_id *b)
{
	return memcmp(a->b, b->b, AUTHOR_LEN) == 0;
}

/* ---- which session it is ---- */

/* True if the text is the one whose hash the session gives. */
static bool
hash_holds(const struct record *r)
{
	const char *text = record_text(r, "text");
	unsigned char h[ENTRY_ID_LEN];
	char hex[2 * ENTRY_ID_LEN + 1];

	(void)crypto_generichash(h, sizeof(h), (const unsigned char *)text,
	    strlen(text), NULL, 0);
	hex_format(h, sizeof(h), hex);
	return strcmp(hex, record_text(r, "hash")) == 0;
}

/* The first that whoever opened the case wrote, of the study it is of. */
static const struct record *
find_session(const struct casefile *c)
{
	const struct record *found = NULL;

	if (c->opened == NULL)
		return NULL;
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];

		if (is_kind(r, "session") &&
		    same_author(&r->entry.author, &c->opened->entry.author) &&
		    strcmp(record_text(r, "hash"),
		    record_text(c->opened, "study")) == 0 &&
		    (found == NULL || r->entry.n < found->entry.n))
			found = r;
	}
	return found;
}

static enum rc
read_study(const struct record *r, struct study **out, struct err *e)
{
	const char *text = record_text(r, "text");
	struct faults f;
	enum rc rc = RC_OK;

	if (!hash_holds(r))
		return err_set(e, RC_INPUT, "the case study of this session "
		    "is not the one that it was begun with: its text has "
		    "another hash; begin a new session");
	faults_init(&f, "the study of this session");
	*out = study_parse(text, strlen(text), &f);
	if (*out == NULL)
		rc = faults_result(&f, e);
	faults_release(&f);
	return rc;
}

static enum rc
find_study(const struct casefile *c, const struct record **session,
    struct study **out, struct err *e)
{
	*session = find_session(c);
	if (*session == NULL)
		return err_set(e, RC_NOTFOUND, "this case is no training "
		    "session: it was not begun with a case study");
	return read_study(*session, out, e);
}

enum rc
walk_checklist(const struct casefile *c, char **out, struct err *e)
{
	const struct record *session;
	struct study *study = NULL;
	enum rc rc = find_study(c, &session, &study, e);

	if (rc == RC_OK)
		*out = xstrdup(study->instrument);
	study_free(study);
	return rc;
}

/* ---- studies that sessions have in common ---- */

#define KNOWN_MAX 64	/* then they are read anew: no store has so many */

void
walk_studies_release(struct walk_studies *k)
{
	for (size_t i = 0; i < k->n; i++) {
		free(k->list[i].text);
		free(k->list[i].hash);
		study_free(k->list[i].study);
	}
	free(k->list);
	memset(k, 0, sizeof(*k));
}

static void
keep_study(struct walk_studies *k, const struct record *r,
    struct study *study)
{
	if (k->n == KNOWN_MAX)
		walk_studies_release(k);
	k->list = vec_room(k->list, k->n, &k->cap, sizeof(*k->list));
	k->list[k->n++] = (struct walk_known){ xstrdup(record_text(r,
	    "text")), xstrdup(record_text(r, "hash")), study };
}

/* The same text under the same hash was found sound before. */
static enum rc
known_study(const struct casefile *c, struct walk_studies *k,
    const struct record **session, struct study **out, struct err *e)
{
	const struct record *r = *session = find_session(c);
	enum rc rc;

	for (size_t i = 0; r != NULL && i < k->n; i++)
		if (strcmp(k->list[i].hash, record_text(r, "hash")) == 0 &&
		    strcmp(k->list[i].text, record_text(r, "text")) == 0) {
			*out = k->list[i].study;
			return RC_OK;
		}
	rc = find_study(c, session, out, e);
	if (rc == RC_OK)
		keep_study(k, r, *out);
	return rc;
}

enum rc
walk_checklist_known(const struct casefile *c, struct walk_studies *k,
    const char **id, struct err *e)
{
	const struct record *session;
	struct study *study = NULL;
	enum rc rc = known_study(c, k, &session, &study, e);

	if (rc == RC_OK)
		*id = study->instrument;
	return rc;
}

/* With the study at hand. */
static enum rc
begin(const struct casefile *c, const struct instrument *in, struct walk *w,
    struct err *e)
{
	enum rc rc = RC_OK;

	w->c = c;
	w->in = in;
	if (strcmp(w->study->instrument, in->id) != 0)
		rc = err_set(e, RC_INPUT, "the case study \"%s\" is answered "
		    "with the checklist \"%.64s\", not with \"%.64s\"; adopt "
		    "that one", w->study->id, w->study->instrument, in->id);
	if (rc != RC_OK)
		return rc;
	w->learner = w->session->entry.author;
	w->sitting = record_text(w->session, "sitting");
	w->mode = strcmp(record_text(w->session, "mode"), "group") == 0 ?
	    WALK_GROUP : WALK_ALONE;
	if (strcmp(record_text(w->session, "part"), "before") == 0)
		w->part = WALK_BEFORE;
	else if (strcmp(record_text(w->session, "part"), "after") == 0)
		w->part = WALK_AFTER;
	w->way.n = 1;
	return RC_OK;
}

/* ---- step by step ---- */

struct steps {
	const struct record **list;
	size_t n, cap;
};

static int
by_chain(const void *a, const void *b)
{
	const struct record *const *x = a, *const *y = b;
	const struct entry *p = &(*x)->entry, *q = &(*y)->entry;

	if (p->n != q->n)
		return p->n < q->n ? -1 : 1;
	/* Two at one place of a chain: somebody forked it. */
	return memcmp(p->id.b, q->id.b, ENTRY_ID_LEN);
}

/* In a session alone nobody answers for the learner. */
static void
collect(const struct walk *w, struct steps *out)
{
	for (size_t i = 0; i < w->c->nrecords; i++) {
		const struct record *r = w->c->records[i];

		if (!is_kind(r, "attempt") && !is_kind(r, "lookback") &&
		    !(w->mode == WALK_GROUP && is_kind(r, "reveal")))
			continue;
		if (w->mode == WALK_ALONE &&
		    !same_author(&r->entry.author, &w->learner))
			continue;
		out->list = vec_room(out->list, out->n, &out->cap,
		    sizeof(const struct record *));
		out->list[out->n++] = r;
	}
	if (w->mode == WALK_ALONE && out->n > 1)
		qsort(out->list, out->n, sizeof(const struct record *),
		    by_chain);
}

static uint32_t
here(const struct walk *w)
{
	return w->way.stages[w->way.n - 1];
}

/* Rounds of the stage in hand that were answered. */
static unsigned
rounds_done(const struct walk *w)
{
	const struct walk_attempt *last = w->nattempts > 0 ?
	    &w->attempts[w->nattempts - 1] : NULL;

	return last != NULL && last->stage == here(w) ? last->round : 0;
}

static void
take_attempt(struct walk *w, const struct record *r)
{
	unsigned round = walk_round(r), could_be;
	struct walk_attempt a;

	if (round != rounds_done(w) + 1)
		return;
	walk_read_attempt(w, r, &a);
	a.stage = here(w);
	a.round = round;
	walk_date(w, w->way.n - 1, &a.answers, &a.answers);
	screen_levels(w->in, &a.answers, &a.level, &could_be);
	w->attempts = vec_room(w->attempts, w->nattempts, &w->capattempts,
	    sizeof(*w->attempts));
	w->attempts[w->nattempts++] = a;
	w->state = WALK_MODEL;
}

static void
go_on(struct walk *w, uint32_t next)
{
	/* A study leads only downwards, so a way has room for every stage. */
	if (next == STUDY_END || w->way.n == STUDY_STAGES_MAX) {
		w->state = WALK_END;
		return;
	}
	w->way.stages[w->way.n++] = next;
	w->state = WALK_ANSWER;
}

static void
take_lookback(struct walk *w, const struct record *r)
{
	const struct study_stage *st = &w->study->stages[here(w)];
	struct walk_lookback l = { .record = r, .stage = here(w) };

	l.round = walk_round(r);
	l.choice = walk_read_choice(st, r);
	if (l.round == 0 || (st->nchoices > 0 && l.choice == STUDY_END))
		return;
	if (w->mode == WALK_ALONE && l.round > rounds_done(w))
		return;
	walk_read_points(st, r, l.points);
	w->lookbacks = vec_room(w->lookbacks, w->nlookbacks,
	    &w->caplookbacks, sizeof(*w->lookbacks));
	w->lookbacks[w->nlookbacks++] = l;
	go_on(w, st->nchoices > 0 ? st->choices[l.choice].next : st->next);
}

static void
take_step(struct walk *w, const struct record *r)
{
	if (w->state == WALK_END ||
	    walk_stage_index(w->study, record_text(r, "stage")) != here(w))
		return;
	if (is_kind(r, "attempt"))
		take_attempt(w, r);
	else if (is_kind(r, "lookback"))
		take_lookback(w, r);
	else if (walk_round(r) != 0)
		w->state = WALK_MODEL;
}

enum rc
walk_of(const struct casefile *c, const struct instrument *in,
    struct walk *out, struct err *e)
{
	return walk_of_known(c, in, NULL, out, e);
}

enum rc
walk_of_known(const struct casefile *c, const struct instrument *in,
    struct walk_studies *k, struct walk *out, struct err *e)
{
	struct steps steps = { .n = 0 };
	enum rc rc;

	memset(out, 0, sizeof(*out));
	out->lent = k != NULL;
	rc = k != NULL ? known_study(c, k, &out->session, &out->study, e) :
	    find_study(c, &out->session, &out->study, e);
	if (rc == RC_OK)
		rc = begin(c, in, out, e);
	if (rc != RC_OK) {
		walk_release(out);
		return rc;
	}
	collect(out, &steps);
	for (size_t i = 0; i < steps.n; i++)
		take_step(out, steps.list[i]);
	free(steps.list);
	return RC_OK;
}

void
walk_release(struct walk *w)
{
	for (size_t i = 0; i < w->nattempts; i++) {
		free(w->attempts[i].changes);
		free(w->attempts[i].notes);
	}
	free(w->attempts);
	free(w->lookbacks);
	if (!w->lent)
		study_free(w->study);
	memset(w, 0, sizeof(*w));
}

/* ---- what is read from it ---- */

const struct study_stage *
walk_stage(const struct walk *w)
{
	return &w->study->stages[here(w)];
}

const struct walk_attempt *
walk_attempt_at(const struct walk *w, uint32_t stage, unsigned round)
{
	for (size_t i = 0; i < w->nattempts; i++)
		if (w->attempts[i].stage == stage &&
		    w->attempts[i].round == round)
			return &w->attempts[i];
	return NULL;
}

size_t
walk_place(const struct walk *w, uint32_t stage)
{
	for (size_t i = 0; i < w->way.n; i++)
		if (w->way.stages[i] == stage)
			return i;
	return SIZE_MAX;
}

/* One lookback leads from each stage of the way to the next. */
void
walk_disclosed(const struct walk *w, size_t i, struct str *out)
{
	const struct walk_lookback *l;

	if (i == 0 || i > w->nlookbacks)
		return;
	l = &w->lookbacks[i - 1];
	if (l->choice != STUDY_END)
		str_add(out,
		    w->study->stages[l->stage].choices[l->choice].discloses);
}

/* ---- when the answers' signs were seen ---- */

static bool
says_seen(const struct answers *a, unsigned item)
{
	return answers_get(a, item) >= ANSWER_SUSPECTED;
}

/*
 * The day of the first of the latest attempts up to here that have seen it
 * without a break; `today' if the last of them has not.
 */
static int32_t
seen_since(const struct walk *w, uint32_t stage, unsigned item,
    int32_t today)
{
	for (size_t i = w->nattempts; i-- > 0;) {
		const struct walk_attempt *a = &w->attempts[i];

		if (a->stage >= stage)
			continue;
		if (!says_seen(&a->answers, item))
			break;
		today = w->study->stages[a->stage].day;
	}
	return today;
}

void
walk_date(const struct walk *w, size_t i, const struct answers *given,
    struct answers *out)
{
	struct study_way way = w->way;
	const struct study_stage *st = &w->study->stages[way.stages[i]];
	struct answers from = *given;

	way.n = i + 1;
	answers_init(out);
	out->age = st->age;
	for (uint32_t item = 0; item < w->in->nitems; item++) {
		const struct study_answer *model =
		    study_standing(w->study, w->in, &way, item);
		struct sighting seen = { .item = item,
		    .state = answers_get(&from, item) };

		if (seen.state == ANSWER_NOT_ASKED)
			continue;
		if (model != NULL && model->state >= ANSWER_SUSPECTED)
			seen.on = model->on;
		else
			seen.on = span_of_day(seen_since(w, way.stages[i], item,
			    st->day));
		answers_note(out, w->in, &seen, st->day);
	}
}

void
walk_place_words(const struct walk *w, size_t place, struct str *out)
{
	struct study_ahead left = {0, 0};

	if (w->state != WALK_END)
		left = study_ahead(w->study, w->way.stages[w->way.n - 1]);
	str_add_fmt(out, "stage %zu of %s%zu", place + 1,
	    left.least == left.most ? "" : "up to ", w->way.n + left.most);
}
