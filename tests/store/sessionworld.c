/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/store/sessionworld.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/people.h"

void
sessions_create(struct world *w, bool training)
{
	struct store_founder f = {.user = WORLD_USER,
	    .role = ROLE_SUPERVISOR, .training = training};

	world_init(w);
	world_ok(w, store_create(w->path, &f, &w->pass, &w->opts, &w->s,
	    &w->e));
	world_adopt(w);
}

int
sessions_make(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	sessions_create(w, true);
	*state = w;
	return 0;
}

int
sessions_unmake(void **state)
{
	world_release(*state);
	free(*state);
	return 0;
}

void
let_in(struct world *w, const char *name, enum role role)
{
	world_ok(w, store_person_add(w->s, name, role, &w->pass, &w->e));
}

void
enter(struct world *w, const char *name)
{
	world_close(w);
	world_ok(w, store_open(w->path, name, &w->pass, &w->opts, &w->s,
	    &w->e));
}

/* Owned; the text too. */
struct study *
study_of(const char *file, char **text)
{
	struct study *study;
	struct faults f;
	size_t n;

	*text = world_text(file, &n);
	faults_init(&f, file);
	study = study_parse(*text, n, &f);
	assert_non_null(study);
	faults_release(&f);
	return study;
}

enum rc
begin_file(struct world *w, const char *file, const char *reference,
    struct case_id *id)
{
	struct walk_order o = { .reference = reference, .part = WALK_BEFORE,
	    .sitting = "Autumn" };
	char *text;
	struct study *study = study_of(file, &text);
	enum rc rc;

	o.study = study;
	o.text = text;
	rc = store_session_begin(w->s, &o, id, &w->e);
	study_free(study);
	free(text);
	return rc;
}

struct case_id
begin(struct world *w)
{
	struct case_id id;

	w->now += 60000;
	world_ok(w, begin_file(w, HEADSET, NULL, &id));
	return id;
}

/* "the-headset-2 credit answer 1/1; ", or what is wrong. */
bool
tell(const struct casefile *c, const struct walk *k, const struct err *e,
    void *ctx)
{
	static const char *const states[] = { "answer", "model", "end" };

	if (k == NULL)
		str_add_fmt(ctx, "%s %.30s; ", c->reference, e->text);
	else
		str_add_fmt(ctx, "%s %s %s %zu/%zu; ", c->reference,
		    walk_stage(k)->id, states[k->state], k->nattempts,
		    k->nlookbacks);
	return true;
}

void
stand(struct world *w, const char *wanted)
{
	struct str out;

	str_init(&out);
	world_ok(w, store_sessions(w->s, tell, &out, &w->e));
	assert_string_equal(out.s, wanted);
	str_release(&out);
}

void
refused(struct world *w, enum rc rc, enum rc wanted, const char *words)
{
	assert_int_equal(rc, wanted);
	if (strstr(w->e.text, words) == NULL)
		fail_msg("\"%s\" is not in: %s", words, w->e.text);
}
