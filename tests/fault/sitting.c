/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/fault/sitting.h"

#include <stdio.h>
#include <stdlib.h>

#include "db/sessions.h"

#define STUDY "content/studies/the-headset.yaml"

/* Read once, before anything fails. */
static const char *
study_text(size_t *n)
{
	static char *text;
	static size_t size;

	if (text == NULL)
		text = world_text(STUDY, &size);
	*n = size;
	return text;
}

static enum rc
begin(struct stage *g, const char *reference)
{
	struct walk_order o = { .reference = reference };
	struct case_id id;
	struct study *study;
	struct faults f;
	size_t n;
	enum rc rc;

	o.text = study_text(&n);
	faults_init(&f, STUDY);
	study = study_parse(o.text, n, &f);
	faults_release(&f);
	if (study == NULL)
		abort();
	o.study = study;
	rc = store_session_begin(g->w.s, &o, &id, &g->w.e);
	study_free(study);
	return rc;
}

void
sitting_made(struct stage *g)
{
	struct store_founder f = {.user = WORLD_USER,
	    .role = ROLE_SUPERVISOR, .training = true};

	world_close(&g->w);
	(void)remove(g->w.path);
	world_ok(&g->w, store_create(g->w.path, &f, &g->w.pass, &g->w.opts,
	    &g->w.s, &g->w.e));
	world_adopt(&g->w);
	/* Under the reference of the case that each stage has. */
	world_ok(&g->w, begin(g, "WREN-1"));
}

enum rc
sitting_begin(struct stage *g)
{
	return begin(g, NULL);
}

static bool
count(const struct casefile *c, const struct walk *w, const struct err *e,
    void *ctx)
{
	size_t *n = ctx;

	(void)c;
	(void)e;
	*n += w != NULL;
	return true;
}

/* What is told is whole, or a failure is. */
enum rc
sitting_list(struct stage *g)
{
	struct retests r;
	size_t n = 0;
	enum rc rc = store_sessions(g->w.s, count, &n, &g->w.e);

	if (rc == RC_OK && n != 1)
		abort();
	if (rc == RC_OK)
		rc = store_retests(g->w.s, &r, &g->w.e);
	if (rc == RC_OK)
		retests_release(&r);
	return rc;
}

enum rc
sitting_log(struct stage *g)
{
	struct case_id id;

	return store_log_case(g->w.s, true, &id, &g->w.e);
}

enum rc
sitting_keep(struct stage *g)
{
	size_t n;
	const char *text = study_text(&n);

	return store_study_keep(g->w.s, text, n, &g->w.e);
}
