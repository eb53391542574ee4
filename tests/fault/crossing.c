/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/fault/crossing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/abroad.h"
#include "exchange/bundle.h"
#include "exchange/leave.h"
#include "tests/fault/between.h"

#define PATH_MAX_HERE 700

/* In the folder where things fail. */
static void
path_of(const struct stage *g, const char *name, char path[PATH_MAX_HERE])
{
	(void)snprintf(path, PATH_MAX_HERE, "%s/%s", g->store, name);
}

/* ---- an archive ---- */

static void
archive_path(const struct stage *g, char path[PATH_MAX_HERE])
{
	(void)snprintf(path, PATH_MAX_HERE, "%s/left.zip", g->w.dir);
}

void
crossing_no_archive(struct stage *g)
{
	char path[PATH_MAX_HERE];

	archive_path(g, path);
	(void)remove(path);
}

enum rc
crossing_archive(struct stage *g)
{
	const struct archive_member m = {"case.txt", "lantern", 7};
	char path[PATH_MAX_HERE];
	const struct leaving l = {.case_id = &g->id, .what = "the whole case",
		.reason = "for the case conference", .path = path,
		.password = &g->fresh, .now = 0};
	struct stat st;
	enum rc rc;

	archive_path(g, path);
	rc = leave(g->w.s, &l, &m, 1, &g->w.e);
	if (rc == RC_OK && (stat(path, &st) != 0 || st.st_size < 150))
		abort();
	return rc;
}

/* ---- a bundle that leaves ---- */

void
crossing_know(struct stage *g)
{
	char path[PATH_MAX_HERE];

	between_know(g);
	path_of(g, "left.bundle", path);
	(void)remove(path);
}

static struct bundle_order
order_of(struct world *w, const struct case_id *id,
    const struct author_id *to, const char *path)
{
	return (struct bundle_order){.cases = id, .ncases = 1, .to = to,
		.nto = 1, .purpose = "an invented purpose",
		.basis = "safeguarding", .expires = DAY_NONE, .path = path,
		.now = w->now};
}

enum rc
crossing_make(struct stage *g)
{
	const struct author_id to = between_key();
	char path[PATH_MAX_HERE];
	const struct bundle_order o = order_of(&g->w, &g->id, &to, path);
	struct bundle_made made;
	struct stat st;
	enum rc rc;

	path_of(g, "left.bundle", path);
	rc = bundle_make(g->w.s, &o, &made, &g->w.e);
	if (rc == RC_OK && (stat(path, &st) != 0 ||
	    (uint64_t)st.st_size != made.bytes))
		abort();
	return rc;
}

struct book {
	size_t sent, stayed;
};

static bool
count_row(const struct bundle_row *row, void *ctx)
{
	struct book *b = ctx;

	b->sent += !row->stayed;
	b->stayed += row->stayed;
	return true;
}

/*
 * A file that the book does not know must never be.  That the book knows of
 * one that is not there may be, when the process ended between the two.
 */
enum left
crossing_made(struct stage *g)
{
	struct book b = {0, 0};
	char path[PATH_MAX_HERE];
	bool there;

	path_of(g, "left.bundle", path);
	there = access(path, F_OK) == 0;
	world_ok(&g->w, store_bundles(g->w.s, BUNDLE_OUT, count_row, &b,
	    &g->w.e));
	if (b.sent + b.stayed > 1 || (there && b.sent != 1))
		return LEFT_BROKEN;
	if (b.sent == 0)
		return LEFT_BEFORE;
	return there ? LEFT_AFTER : LEFT_EITHER;
}

/* ---- a bundle that comes ---- */

/* Of another school, for whoever made the stage's store; made once. */
struct coming {
	struct card card;
	unsigned char *bytes;
	size_t n;
};

static void
make_coming(struct stage *g, struct coming *c)
{
	struct author_id to = *store_author(g->w.s);
	struct bundle_made made;
	struct bundle_order o;
	struct case_id id;
	struct card ours;
	char path[PATH_MAX_HERE];
	struct world w;

	world_init(&w);
	w.seed = 2000000;
	world_create(&w);
	world_ok(&g->w, store_card(g->w.s, "an invented stage", &ours,
	    &g->w.e));
	world_ok(&w, store_trust(w.s, &ours, "person", &w.e));
	world_ok(&w, store_card(w.s, "another school", &c->card, &w.e));
	id = world_case(&w, "LARK-8");
	world_ok(&w, world_append(&w, draft_observation(id, "B1", "present",
	    "far words"), NULL));
	(void)snprintf(path, sizeof(path), "%s/far.bundle", w.dir);
	o = order_of(&w, &id, &to, path);
	world_ok(&w, bundle_make(w.s, &o, &made, &w.e));
	c->bytes = file_load(path, &c->n);
	card_release(&ours);
	world_release(&w);
}

void
crossing_bundle(struct stage *g)
{
	static struct coming c;
	char path[PATH_MAX_HERE];

	if (c.bytes == NULL)
		make_coming(g, &c);
	world_ok(&g->w, store_trust(g->w.s, &c.card, "person", &g->w.e));
	path_of(g, "far.bundle", path);
	(void)remove(path);
	file_save(path, c.bytes, c.n);
}

enum rc
crossing_look(struct stage *g)
{
	struct bundle_report r;
	char path[PATH_MAX_HERE];
	enum rc rc;

	path_of(g, "far.bundle", path);
	rc = bundle_look(g->w.s, path, &g->w.clock, &r, &g->w.e);
	if (rc != RC_OK)
		return rc;
	if (r.sum.added != 3)
		rc = RC_TAMPERED;
	bundle_report_release(&r);
	return rc;
}

enum rc
crossing_open(struct stage *g)
{
	struct bundle_report r;
	char path[PATH_MAX_HERE];
	enum rc rc;

	path_of(g, "far.bundle", path);
	rc = bundle_open(g->w.s, path, &g->w.clock, NULL, NULL, &r,
	    &g->w.e);
	if (rc == RC_OK)
		bundle_report_release(&r);
	return rc;
}
