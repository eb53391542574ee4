/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/golden/groupfake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/kinds.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "tests/golden/golden.h"
#include "tests/unit/loaded.h"
#include "tests/unit/memsource.h"

/* ---- entries ---- */

void
put(struct fake *f, struct held *h, unsigned char who,
    const struct entry_draft *d)
{
	struct entry *e;
	struct err err;

	if (kind_check_draft(kind_find(d->kind), &d->on, d->body,
	    &err) != RC_OK)
		fail_msg("%s", err.text);
	h->entries = vec_room(h->entries, h->n, &h->cap, sizeof(*h->entries));
	e = &h->entries[h->n++];
	memset(e, 0, sizeof(*e));
	e->author = (struct author_id){{who}};
	e->n = h->n;
	e->case_id = h->id;
	(void)snprintf(e->kind, sizeof(e->kind), "%s", d->kind);
	e->at = f->at += 1000;
	e->on = d->on;
	e->body = entry_canonical_body(d->body);
	entry_seal_id(e);
}

struct held *
begin(struct fake *f, const char *path, enum walk_mode mode,
    unsigned char who)
{
	struct held *h = &f->cases[f->ncases++];
	struct entry_draft d[WALK_BEGIN_DRAFTS];
	struct faults faults;
	struct walk_order o = {.mode = mode, .sitting = "Invented Board"};
	char *text = load_text(path);

	assert_true(f->ncases <= HELD);
	h->id = (struct case_id){{(unsigned char)f->ncases}};
	faults_init(&faults, path);
	o.id = h->id;
	o.study = study_parse(text, strlen(text), &faults);
	o.text = text;
	o.reference = o.study->id;
	walk_begin(&o, d);
	for (size_t i = 0; i < WALK_BEGIN_DRAFTS; i++) {
		put(f, h, who, &d[i]);
		entry_draft_release(&d[i]);
	}
	{
		struct study *st;

		memcpy(&st, &o.study, sizeof(st));
		study_free(st);
	}
	faults_release(&faults);
	free(text);
	return h;
}

struct fake
some(void)
{
	struct fake f = {.at = GOLDEN_NOW,
	    .in = load_instrument("content/instruments/occ-csegg.yaml")};

	(void)begin(&f, HEADSET, WALK_GROUP, 1);
	return f;
}

void
gone(struct fake *f)
{
	for (size_t i = 0; i < f->ncases; i++) {
		for (size_t k = 0; k < f->cases[i].n; k++)
			entry_release(&f->cases[i].entries[k]);
		free(f->cases[i].entries);
	}
	for (size_t i = 0; i < f->ndrafts; i++) {
		free(f->drafts[i].what);
		free(f->drafts[i].text);
	}
	instrument_free(f->in);
}

/* ---- the door ---- */

enum rc
fake_load(void *ctx, const struct case_id *id, struct casefile *c,
    struct walk *w, struct err *e)
{
	struct fake *f = ctx;
	const struct held *h = &f->cases[id->b[0] - 1];
	enum rc rc;

	casefile_init(c, id);
	for (size_t i = 0; i < h->n; i++)
		casefile_apply(c, &h->entries[i]);
	casefile_settle(c, NULL);
	rc = walk_of(c, f->in, w, e);
	if (rc != RC_OK)
		casefile_release(c);
	return rc;
}

static enum rc
fake_append(void *ctx, const struct entry_draft *d, size_t n, struct err *e)
{
	struct fake *f = ctx;

	if (f->fail) {
		f->fail = false;
		return err_set(e, RC_NOSPACE, "the disk is full");
	}
	f->appends++;
	for (size_t i = 0; i < n; i++)
		put(f, &f->cases[d[i].case_id.b[0] - 1], 1, &d[i]);
	return RC_OK;
}

static struct kept *
draft_of(struct fake *f, const char *what)
{
	for (size_t i = 0; i < f->ndrafts; i++)
		if (strcmp(f->drafts[i].what, what) == 0)
			return &f->drafts[i];
	return NULL;
}

static enum rc
fake_save(void *ctx, const char *what, const char *text, struct err *e)
{
	struct fake *f = ctx;
	struct kept *k = draft_of(f, what);

	(void)e;
	if (k == NULL) {
		k = &f->drafts[f->ndrafts++];
		k->what = xstrdup(what);
		k->text = NULL;
	}
	free(k->text);
	k->text = xstrdup(text);
	return RC_OK;
}

static enum rc
fake_restore(void *ctx, const char *what, char **text, struct err *e)
{
	const struct kept *k = draft_of(ctx, what);

	(void)e;
	*text = k != NULL && k->text[0] != '\0' ? xstrdup(k->text) : NULL;
	return RC_OK;
}

static void
fake_drafts(void *ctx, draft_fn fn, void *arg)
{
	struct fake *f = ctx;

	for (size_t i = 0; i < f->ndrafts; i++)
		if (f->drafts[i].text[0] != '\0')
			fn(arg, "group-answers", f->drafts[i].what);
}

static enum rc
fake_sessions(void *ctx, group_session_fn fn, void *arg, struct err *e)
{
	struct fake *f = ctx;
	bool more = true;

	for (size_t i = 0; i < f->ncases && more; i++) {
		struct casefile c;
		struct walk w;

		if (fake_load(f, &f->cases[i].id, &c, &w, e) != RC_OK)
			return e->rc;
		more = fn(&c, &w, arg);
		walk_release(&w);
		casefile_release(&c);
	}
	return RC_OK;
}

static enum rc
fake_read(void *ctx, const char *path, const struct groupfile_opts *o,
    const struct groupfile_sink *to, struct err *e)
{
	struct fake *f = ctx;
	struct memsource m;

	if (f->file == NULL)
		return err_set(e, RC_NOTFOUND, "%s: no such file", path);
	memsource_init(&m, f->file, strlen(f->file), 0);
	return groupfile_read(&m.src, o, to, e);
}

static const char *
fake_person(void *ctx, const struct author_id *who)
{
	(void)ctx;
	return who->b[0] == 2 ? "Ada Invented" : "Ben Sample";
}

static bool
fake_may_write(void *ctx)
{
	return !((struct fake *)ctx)->read_only;
}

static const struct group_door_ops door_ops = {
	.load = fake_load, .append = fake_append, .save = fake_save,
	.restore = fake_restore, .drafts = fake_drafts,
	.sessions = fake_sessions, .read = fake_read,
	.person = fake_person, .may_write = fake_may_write,
};

struct group_door
fake_door(struct fake *f)
{
	return (struct group_door){&door_ops, f};
}
