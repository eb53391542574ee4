/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/unit/walked.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/xalloc.h"
#include "tests/unit/loaded.h"

struct author_id
walked_author(unsigned who)
{
	struct author_id a;

	memset(a.b, (int)(16 + who), AUTHOR_LEN);
	return a;
}

struct study *
walked_study(const char *text)
{
	struct study *s;
	struct faults f;
	struct str lines;

	faults_init(&f, "study");
	str_init(&lines);
	s = study_parse(text, strlen(text), &f);
	faults_lines(&f, &lines);
	assert_string_equal(lines.s, "");
	assert_non_null(s);
	faults_release(&f);
	str_release(&lines);
	return s;
}

void
walked_init(struct walked *w, const struct instrument *in, const char *text,
    enum walk_mode mode)
{
	struct entry_draft d[WALK_BEGIN_DRAFTS];
	struct walk_order o = { .reference = "a-study-1", .mode = mode,
	    .sitting = "Autumn" };

	memset(w, 0, sizeof(*w));
	memset(w->id.b, 7, CASE_ID_LEN);
	w->now = WALKED_BASE;
	w->in = in;
	w->text = xstrdup(text);
	w->study = walked_study(text);
	o.id = w->id;
	o.study = w->study;
	o.text = w->text;
	walk_begin(&o, d);
	for (size_t i = 0; i < WALK_BEGIN_DRAFTS; i++)
		(void)walked_add(w, WALKED_ME, d[i]);
}

void
walked_init_shipped(struct walked *w, const struct instrument *in,
    const char *id)
{
	struct str name;
	char *text;

	str_init(&name);
	str_add_fmt(&name, "content/studies/%s.yaml", id);
	text = load_text(name.s);
	walked_init(w, in, text, WALK_ALONE);
	free(text);
	str_release(&name);
}

static void
forget_walk(struct walked *w)
{
	if (!w->walking)
		return;
	walk_release(&w->w);
	casefile_release(&w->c);
	w->walking = false;
}

void
walked_release(struct walked *w)
{
	forget_walk(w);
	for (size_t i = 0; i < w->n; i++)
		entry_release(&w->entries[i]);
	free(w->entries);
	free(w->text);
	study_free(w->study);
}

static struct entry_id
add_entry(struct walked *w, unsigned who, const char *kind,
    const struct span *on, char *body)
{
	struct entry *e;

	assert_true(who < WALKED_AUTHORS);
	w->entries = xreallocarray(w->entries, w->n + 1, sizeof(*w->entries));
	e = &w->entries[w->n++];
	memset(e, 0, sizeof(*e));
	e->author = walked_author(who);
	e->n = ++w->chain[who];
	e->case_id = w->id;
	e->at = w->now;
	e->on = *on;
	e->body = body;
	memcpy(e->kind, kind, strlen(kind) + 1);
	entry_seal_id(e);
	w->now += 60000;
	return e->id;
}

struct entry_id
walked_add(struct walked *w, unsigned who, struct entry_draft d)
{
	struct entry_id id;
	struct err e;

	err_clear(&e);
	if (kind_check_draft(kind_find(d.kind), &d.on, d.body, &e) != RC_OK)
		fail_msg("%s", e.text);
	id = add_entry(w, who, d.kind, &d.on, entry_canonical_body(d.body));
	entry_draft_release(&d);
	return id;
}

struct entry_id
walked_write(struct walked *w, unsigned who, const char *kind,
    const char *body)
{
	struct span none = span_none();

	return add_entry(w, who, kind, &none, xstrdup(body));
}

void
walked_case(const struct walked *w, uint64_t seed, struct casefile *out)
{
	size_t *order = xcalloc(w->n, sizeof(*order));

	for (size_t i = 0; i < w->n; i++)
		order[i] = i;
	for (size_t i = w->n; i > 1 && seed != 0; i--) {
		size_t k, swap = order[i - 1];

		seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
		k = (size_t)((seed >> 33) % i);
		order[i - 1] = order[k];
		order[k] = swap;
	}
	casefile_init(out, &w->id);
	for (size_t i = 0; i < w->n; i++)
		casefile_apply(out, &w->entries[order[i]]);
	/* Some of them once more. */
	for (size_t i = 0; i < w->n && seed != 0; i += 2)
		casefile_apply(out, &w->entries[order[i]]);
	casefile_settle(out, NULL);
	free(order);
}

const struct walk *
walked_walk(struct walked *w)
{
	struct err e;

	forget_walk(w);
	err_clear(&e);
	walked_case(w, 0, &w->c);
	if (walk_of(&w->c, w->in, &w->w, &e) != RC_OK)
		fail_msg("%s", e.text);
	w->walking = true;
	return &w->w;
}

struct entry_id
walked_attempt(struct walked *w, const struct answers *a)
{
	const struct walk *k = walked_walk(w);
	struct walk_commit commit = { .started = w->now - 30000,
	    .answers = a, .judgement = NO_ITEM, .why = "" };

	commit.stage = k->way.stages[k->way.n - 1];
	commit.round = walk_attempt_at(k, commit.stage, 1) != NULL ? 2 : 1;
	return walked_add(w, WALKED_ME, walk_attempt_draft(k, &commit));
}

void
walked_lookback(struct walked *w, uint32_t choice)
{
	enum walk_point points[STUDY_LIST_MAX] = { POINT_NAMED,
	    POINT_PARTLY };

	(void)walked_add(w, WALKED_ME,
	    walk_lookback_draft(walked_walk(w), 1, points, choice));
}

uint32_t
walked_choice_to(const struct walk *w, uint32_t stage)
{
	const struct study_stage *st = walk_stage(w);

	for (uint32_t i = 0; i < st->nchoices; i++)
		if (st->choices[i].next == stage)
			return i;
	return STUDY_END;
}

struct answers
walked_model(const struct walk *w)
{
	struct answers a;

	study_answers(w->study, w->in, &w->way, &a);
	return a;
}

struct answers
walked_all(const struct instrument *in, enum answer state)
{
	struct answers a;

	answers_init(&a);
	for (unsigned i = 0; i < in->nitems; i++)
		answers_set(&a, i, state);
	return a;
}
