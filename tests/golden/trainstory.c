/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/golden/trainstory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/xalloc.h"
#include "tests/golden/golden.h"

#define SECOND INT64_C(1000)

struct trainstory {
	struct instrument *in;
	struct study *study;
	char *text;
	struct casefile c;
	struct walk w;
	bool walked;
	uint64_t n;
	struct entry_id last;
	int64_t at;
};

static char *
read_content(const char *path, size_t *n)
{
	const char *src = getenv("HEARKEN_SRCDIR");
	char name[512], *text;
	FILE *f;

	(void)snprintf(name, sizeof(name), "%s/content/%s",
	    src != NULL ? src : ".", path);
	f = fopen(name, "rb");
	if (f == NULL)
		fail_msg("%s cannot be read", name);
	text = xcalloc(1, 1 << 20);
	*n = fread(text, 1, (1 << 20) - 1, f);
	(void)fclose(f);
	return text;
}

static void
load(struct trainstory *t)
{
	struct faults faults;
	struct err e;
	char *text;
	size_t n;

	faults_init(&faults, "content");
	text = read_content("instruments/occ-csegg.yaml", &n);
	if (instrument_parse(text, n, "occ-csegg.yaml", &t->in, &faults,
	    &e) != RC_OK)
		fail_msg("%s", e.text);
	free(text);
	t->text = read_content("studies/the-headset.yaml", &n);
	t->study = study_parse(t->text, n, &faults);
	assert_non_null(t->study);
	faults_release(&faults);
}

static void
walk_again(struct trainstory *t)
{
	struct err e;

	if (t->walked)
		walk_release(&t->w);
	casefile_settle(&t->c, NULL);
	if (walk_of(&t->c, t->in, &t->w, &e) != RC_OK)
		fail_msg("%s", e.text);
	t->walked = true;
}

/* Takes what the draft owns. */
static struct entry_id
sign(struct trainstory *t, struct entry_draft *d)
{
	struct entry e = {.author = {{1}}, .n = ++t->n, .prev = t->last,
	    .case_id = d->case_id, .at = t->at, .on = d->on};

	(void)snprintf(e.kind, sizeof(e.kind), "%s", d->kind);
	e.body = entry_canonical_body(d->body);
	entry_seal_id(&e);
	casefile_apply(&t->c, &e);
	t->last = e.id;
	free(e.body);
	entry_draft_release(d);
	return t->last;
}

static void
begin(struct trainstory *t)
{
	struct walk_order o = {.id = t->c.id, .reference = "the-headset-1",
	    .study = t->study, .text = t->text, .mode = WALK_ALONE,
	    .part = WALK_BEFORE, .sitting = "Spring 2026"};
	struct entry_draft d[WALK_BEGIN_DRAFTS];

	walk_begin(&o, d);
	for (size_t i = 0; i < WALK_BEGIN_DRAFTS; i++)
		(void)sign(t, &d[i]);
	walk_again(t);
}

static struct entry_id
note(struct trainstory *t, const char *facts)
{
	struct entry_draft d = {.case_id = t->c.id, .kind = "note",
	    .on = span_of_day(t->study->stages[0].day),
	    .body = json_pack("{s:s,s:s}", "facts", facts, "action",
	    "Ask him who the friend is, on Monday")};

	return sign(t, &d);
}

static unsigned
item(const struct trainstory *t, const char *id)
{
	return instrument_item(t->in, id, strlen(id));
}

/* What is given at a stage, a change every 40 seconds. */
static void
commit(struct trainstory *t, const char *const items[],
    const enum answer states[], const struct entry_id *written)
{
	struct walk_change changes[8];
	struct walk_commit a = {.stage = t->w.way.stages[t->w.way.n - 1],
	    .round = 1, .started = t->at, .changes = changes,
	    .judgement = NO_ITEM, .why = "He is alone with it.",
	    .notes = written, .nnotes = written != NULL ? 1 : 0};
	struct answers given;
	struct entry_draft d;

	if (t->w.nattempts > 0)
		given = t->w.attempts[t->w.nattempts - 1].answers;
	else
		answers_init(&given);
	while (items[a.nchanges] != NULL) {
		struct walk_change *c = &changes[a.nchanges];

		t->at += 40 * SECOND;
		*c = (struct walk_change){t->at, item(t, items[a.nchanges]),
		    states[a.nchanges]};
		answers_set(&given, c->item, c->state);
		a.nchanges++;
	}
	t->at += 50 * SECOND;
	a.answers = &given;
	d = walk_attempt_draft(&t->w, &a);
	(void)sign(t, &d);
	walk_again(t);
}

static void
look_back(struct trainstory *t)
{
	const struct study_stage *g = walk_stage(&t->w);
	enum walk_point points[STUDY_LIST_MAX] = {POINT_NAMED, POINT_PARTLY};
	struct entry_draft d;

	t->at += 30 * SECOND;
	d = walk_lookback_draft(&t->w, 1, points,
	    g->nchoices > 0 ? 0 : STUDY_END);
	(void)sign(t, &d);
	walk_again(t);
}

struct trainstory *
trainstory_new(void)
{
	static const char *const first[] = {"B7", "A10", "A10", NULL};
	static const enum answer first_states[] = {ANSWER_PRESENT,
	    ANSWER_PRESENT, ANSWER_SUSPECTED};
	static const char *const second[] = {"B8", NULL};
	static const enum answer second_states[] = {ANSWER_SUSPECTED};
	static const struct case_id id = {{1}};
	struct trainstory *t = xcalloc(1, sizeof(*t));
	struct entry_id written;

	load(t);
	casefile_init(&t->c, &id);
	t->at = GOLDEN_NOW - 3600 * SECOND;
	begin(t);
	t->at += 10 * SECOND;
	written = note(t, "B. falls asleep in lessons.");
	commit(t, first, first_states, &written);
	look_back(t);
	commit(t, second, second_states, NULL);
	look_back(t);
	return t;
}

void
trainstory_free(struct trainstory *t)
{
	walk_release(&t->w);
	casefile_release(&t->c);
	instrument_free(t->in);
	study_free(t->study);
	free(t->text);
	free(t);
}

const struct walk *
trainstory_walk(const struct trainstory *t)
{
	return &t->w;
}

const struct instrument *
trainstory_instrument(const struct trainstory *t)
{
	return t->in;
}
