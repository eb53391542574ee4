/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/fault/stage.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/header.h"
#include "db/impl.h"
#include "db/slot.h"

#define REFERENCE "WREN-1"

static void
empty_folder(const char *folder)
{
	DIR *d = opendir(folder);
	struct dirent *f;
	char path[1024];

	while (d != NULL && (f = readdir(d)) != NULL) {
		if (strcmp(f->d_name, ".") == 0 ||
		    strcmp(f->d_name, "..") == 0)
			continue;
		(void)snprintf(path, sizeof(path), "%s/%.300s", folder,
		    f->d_name);
		/* Not by unlink(), which is one of the calls that fail. */
		if (remove(path) != 0) {
			empty_folder(path);
			(void)remove(path);
		}
	}
	if (d != NULL)
		(void)closedir(d);
}

void
stage_forget(struct stage *g)
{
	empty_folder(g->state);
}

static void
name_places(struct stage *g)
{
	struct world *w = &g->w;

	(void)snprintf(g->store, sizeof(g->store), "%s/store", w->dir);
	(void)snprintf(g->attic, sizeof(g->attic), "%s/attic", w->dir);
	(void)snprintf(g->master, sizeof(g->master), "%s/master", w->dir);
	(void)snprintf(g->old, sizeof(g->old), "%s/old", w->dir);
	(void)snprintf(g->state, sizeof(g->state), "%s/state", g->store);
	(void)snprintf(w->path, sizeof(w->path), "%.500s/test.hearken",
	    g->store);
	w->opts.state_dir = g->state;
	(void)mkdir(g->store, 0700);
	(void)mkdir(g->attic, 0700);
	calls_watch(g->store, g->attic);
	world_ok(w, secret_init(&g->fresh, 256, &w->e));
	(void)secret_add(&g->fresh, "thimble orchard velvet eleven gate", 34);
}

/*
 * The passphrase of a released store costs what a real one does, a second at
 * each opening; the stage's copy has the same keys in a cheaper slot.
 */
static void
cheapen(struct stage *g, unsigned char *bytes)
{
	struct slot_request req = {.pass = &g->w.pass, .cost = g->w.opts.kdf,
	    .rng = &g->w.rng};
	struct keys *keys = keys_new();
	struct header *h = malloc(sizeof(*h));
	size_t index;

	if (keys == NULL || h == NULL ||
	    header_parse(bytes, h) != HEADER_SOUND)
		abort();
	world_ok(&g->w, slot_unlock(h, &req, keys, &index, &g->w.e));
	world_ok(&g->w, slot_rewrap(h, index, &req, keys, &g->w.e));
	header_format(h, keys->mac, bytes);
	memcpy(bytes + HEADER_COPY, bytes, HEADER_COPY);
	free(h);
	keys_free(keys);
}

unsigned char *
stage_old(struct stage *g, size_t *n)
{
	unsigned char *bytes;

	if (access(g->old, F_OK) == 0)
		return file_load(g->old, n);
	bytes = (unsigned char *)world_text("tests/data/store-1.hearken", n);
	cheapen(g, bytes);
	file_save(g->old, bytes, *n);
	return bytes;
}

void
stage_init(struct stage *g)
{
	unsigned char *bytes;
	size_t n;

	memset(g, 0, sizeof(*g));
	world_init(&g->w);
	g->ours = true;
	name_places(g);
	/* A supervisor, so that one person may do all that is tried. */
	world_create_as(&g->w, ROLE_SUPERVISOR);
	world_adopt_file(&g->w, "tests/data/small.yaml");
	g->id = world_case(&g->w, REFERENCE);
	world_ok(&g->w, world_append(&g->w, draft_identity(g->id,
	    "Wren Invented", "2010-05-01"), NULL));
	for (int i = 0; i < 3; i++)
		world_ok(&g->w, world_append(&g->w, draft_observation(g->id,
		    "B1", "present", "words"), &g->struck));
	(void)world_case(&g->w, "WREN-2");
	world_ok(&g->w, store_draft_save(g->w.s, "note/1", "old words",
	    &g->w.e));
	world_close(&g->w);
	bytes = file_load(g->w.path, &n);
	file_save(g->master, bytes, n);
	free(bytes);
}

void
stage_join(struct stage *g, const char *dir)
{
	memset(g, 0, sizeof(*g));
	world_init(&g->w);
	(void)rmdir(g->w.dir);
	(void)snprintf(g->w.dir, sizeof(g->w.dir), "%s", dir);
	name_places(g);
}

void
stage_release(struct stage *g)
{
	secret_release(&g->fresh);
	if (g->ours) {
		world_close(&g->w);
		empty_folder(g->w.dir);
	}
	world_release(&g->w);
}

static void
note_entries(struct stage *g)
{
	world_ok(&g->w, store_entry_count(g->w.s, &g->entries, &g->w.e));
}

/* By name: a row may have let somebody else in. */
static void
open_named(struct stage *g)
{
	g->w.s = NULL;
	world_ok(&g->w, store_open(g->w.path, WORLD_USER, &g->w.pass,
	    &g->w.opts, &g->w.s, &g->w.e));
}

static void
find_case(struct stage *g)
{
	struct casefile c;

	world_ok(&g->w, store_case_by_reference(g->w.s, REFERENCE, &g->id,
	    &g->w.e));
	world_ok(&g->w, store_case_load(g->w.s, &g->id, &c, &g->w.e));
	g->struck = c.records[c.nrecords - 1]->entry.id;
	casefile_release(&c);
}

void
stage_open(struct stage *g, const struct op *op)
{
	if (op->closed)
		return;
	if (op->enter != NULL)
		world_ok(&g->w, op->enter(g));
	else
		open_named(g);
	find_case(g);
}

static void
prepare(struct stage *g, const struct op *op)
{
	open_named(g);
	find_case(g);
	if (op->before != NULL)
		op->before(g);
	note_entries(g);
	if (op->closed || op->enter != NULL)
		world_close(&g->w);
	if (op->enter != NULL)
		world_ok(&g->w, op->enter(g));
}

void
stage_reset(struct stage *g, const struct op *op)
{
	unsigned char *bytes;
	char folder[600];
	size_t n;

	world_close(&g->w);
	empty_folder(g->store);
	(void)snprintf(folder, sizeof(folder), "%s/backups", g->store);
	(void)mkdir(folder, 0700);
	g->w.seed = 1000;
	bytes = file_load(g->master, &n);
	file_save(g->w.path, bytes, n);
	free(bytes);
	(void)chmod(g->w.path, 0600);
	prepare(g, op);
}

static enum rc
open_left(struct stage *g, const struct op *op)
{
	world_close(&g->w);
	return op->reopen != NULL ? op->reopen(g) : world_open(&g->w);
}

void
stage_rehearse(struct stage *g, const struct op *op)
{
	uint64_t before = g->entries, after = 0;

	world_ok(&g->w, op->run(g));
	world_ok(&g->w, open_left(g, op));
	world_ok(&g->w, store_entry_count(g->w.s, &after, &g->w.e));
	assert_true(op->left != NULL || after >= before);
	g->adds = after - before;
}

/*
 * Nothing half made lies beside the store once it was opened again.  An empty
 * journal may: the next write takes it.
 */
static void
check_folder(struct stage *g, const struct ending *how)
{
	DIR *d = opendir(g->store);
	struct dirent *f;

	assert_non_null(d);
	while ((f = readdir(d)) != NULL)
		if (f->d_name[0] == '.' && strlen(f->d_name) > 2)
			fail_msg("%s: %s is left", how->where, f->d_name);
	(void)closedir(d);
	if (journal_is_hot(g->w.path))
		fail_msg("%s: a journal is left", how->where);
}

static void
check_sound(struct stage *g, const struct ending *how)
{
	struct store_verdict v;

	world_ok(&g->w, store_verify(g->w.s, NULL, NULL, &v, &g->w.e));
	if (!v.sound || v.fault[0] != '\0')
		fail_msg("%s: %s", how->where, v.fault);
}

static enum left
look(struct stage *g, const struct op *op, uint64_t more)
{
	uint64_t now = 0;

	world_ok(&g->w, store_entry_count(g->w.s, &now, &g->w.e));
	if (op->left != NULL)
		return op->left(g);
	if (now == g->entries + more)
		return g->adds == 0 ? LEFT_EITHER : LEFT_BEFORE;
	return now == g->entries + g->adds + more ? LEFT_AFTER : LEFT_BROKEN;
}

/* One entry more in the same handle; 1 if it was taken. */
static uint64_t
go_on(struct stage *g, const struct ending *how)
{
	enum rc rc;

	if (!how->goes_on || g->w.s == NULL)
		return 0;
	rc = world_append(&g->w, draft_observation(g->id, "B2", "present",
	    "words later"), NULL);
	if (rc != RC_OK && g->w.e.text[0] == '\0')
		fail_msg("%s: no word of what keeps it from going on",
		    how->where);
	return rc == RC_OK ? 1 : 0;
}

void
stage_check(struct stage *g, const struct op *op, const struct ending *how)
{
	uint64_t more = go_on(g, how);
	enum left left;
	enum rc rc = open_left(g, op);

	/* What makes a store has left none, or the whole of it. */
	if (rc == RC_NOTFOUND && op->closed && op->reopen != NULL) {
		if (how->told && how->rc == RC_OK)
			fail_msg("%s: done, and nothing is there",
			    how->where);
		world_ok(&g->w, op->run(g));
		world_close(&g->w);
		check_folder(g, how);
		return;
	}
	if (rc != RC_OK)
		fail_msg("%s: cannot be opened: %s", how->where,
		    g->w.e.text);
	check_sound(g, how);
	left = look(g, op, more);
	if (left == LEFT_BROKEN)
		fail_msg("%s: neither before nor after", how->where);
	if (how->told && how->rc == RC_OK && left == LEFT_BEFORE)
		fail_msg("%s: done, and it is lost", how->where);
	world_close(&g->w);
	check_folder(g, how);
}

static const char *
asked(void)
{
	const char *s = getenv("HEARKEN_FAULTS");

	return s != NULL ? s : "";
}

bool
stage_is_long(void)
{
	return asked()[0] != '\0';
}

static long walked, there;	/* places, by all walks of this program */

static uint64_t
seed(void)
{
	const char *s = getenv("HEARKEN_FAULT_SEED");

	return s != NULL ? strtoull(s, NULL, 10) : 1;
}

long
stage_points(long n, long sample, long many)
{
	long most = strcmp(asked(), "nightly") == 0 ? n :
	    stage_is_long() ? many : sample;
	long points = n < most ? n : most;

	walked += points;
	there += n;
	return points;
}

/* The ends, and one by lot out of each of as many equal parts between. */
long
stage_point(long i, long points, long n)
{
	long from = i * n / points, to = (i + 1) * n / points;
	uint64_t lot = (seed() * UINT64_C(0x9e3779b97f4a7c15) +
	    (uint64_t)from) * UINT64_C(0xd1342543de82ef95);

	if (stage_is_long() && (i == 0 || i == points - 1))
		return i == 0 ? 1 : n;
	return 1 + from + (long)((lot >> 33) % (uint64_t)(to - from));
}

int
stage_tell(const char *what, int failed)
{
	printf("%s: walked %ld of %ld places", what, walked, there);
	if (walked < there)
		printf(", HEARKEN_FAULT_SEED=%llu",
		    (unsigned long long)seed());
	printf("\n");
	return failed;
}

bool
stage_takes(size_t turn)
{
	/* In memcheck all takes thirty times as long. */
	size_t every = getenv("HEARKEN_VALGRIND") != NULL ? 10 : 2;

	return stage_is_long() || getenv("HEARKEN_FAULT_OP") != NULL ||
	    turn % every == 0;
}
