/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is done under faults, a row each.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "db/backup.h"
#include "db/dispose.h"
#include "db/people.h"
#include "db/recovery.h"
#include "db/sessions.h"
#include "db/setting.h"
#include "db/watch.h"
#include "tests/fault/between.h"
#include "tests/fault/crossing.h"
#include "tests/fault/kinship.h"
#include "tests/fault/returning.h"
#include "tests/fault/sitting.h"
#include "tests/fault/studying.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* ---- writing and reading ---- */

static enum rc
append(struct stage *g)
{
	struct entry_draft d[2] = {
		draft_observation(g->id, "A1", "present", "first words"),
		draft_observation(g->id, "B2", "present", "other words")
	};
	enum rc rc = store_append(g->w.s, d, 2, NULL, &g->w.e);

	entry_draft_release(&d[0]);
	entry_draft_release(&d[1]);
	return rc;
}

static enum rc
strike(struct stage *g)
{
	char hex[2 * ENTRY_ID_LEN + 1];
	struct entry_draft d = {g->id, "strike", span_none(), NULL};

	hex_format(g->struck.b, ENTRY_ID_LEN, hex);
	d.body = json_pack("{s:s, s:s}", "target", hex, "reason",
	    "an invented slip");
	return world_append(&g->w, d, NULL);
}

static enum rc
bulk(struct stage *g)
{
	enum rc rc = store_bulk_begin(g->w.s, &g->w.e);

	for (int i = 0; i < 20 && rc == RC_OK; i++) {
		struct entry_draft d = draft_observation(g->id, "B3",
		    "present", i % 2 == 0 ? "some words" : "more words");
		bool known;

		rc = store_bulk_knows(g->w.s, &d, &known, &g->w.e);
		if (rc == RC_OK)
			rc = store_bulk_add(g->w.s, &d, NULL, &g->w.e);
		entry_draft_release(&d);
	}
	if (rc == RC_OK)
		rc = store_bulk_seal(g->w.s, &g->w.e);
	else
		store_bulk_abandon(g->w.s);
	return rc;
}

static enum rc
save_draft(struct stage *g)
{
	return store_draft_save(g->w.s, "note/1", "new words", &g->w.e);
}

static enum left
draft_left(struct stage *g)
{
	char *text = NULL;
	enum left left = LEFT_BROKEN;

	world_ok(&g->w, store_draft_load(g->w.s, "note/1", &text, &g->w.e));
	if (text != NULL && strcmp(text, "old words") == 0)
		left = LEFT_BEFORE;
	else if (text != NULL && strcmp(text, "new words") == 0)
		left = LEFT_AFTER;
	free(text);
	return left;
}

static bool
count_row(const struct case_row *row, void *ctx)
{
	(void)row;
	++*(int *)ctx;
	return true;
}

static enum rc
search(struct stage *g)
{
	int found = 0;
	enum rc rc = store_search(g->w.s, "wren", 0, count_row, &found,
	    &g->w.e);

	/* Less than there is, and no word of it, would be a gap. */
	return rc == RC_OK && found != 2 ? RC_TAMPERED : rc;
}

static enum rc
list(struct stage *g)
{
	struct query_context qc = {g->w.now, moment_day(g->w.now), NULL, NULL};
	struct query q;
	size_t at, n = 0;
	int found = 0;
	enum rc rc;

	query_init(&q);
	rc = query_parse("ref:wren changed>=2020-01-01", &qc, &q, &at,
	    &g->w.e);
	if (rc == RC_OK)
		rc = store_cases(g->w.s, &q, 0, 0, count_row, &found, &g->w.e);
	if (rc == RC_OK)
		rc = store_cases_count(g->w.s, &q, &n, &g->w.e);
	query_release(&q);
	return rc == RC_OK && (found != 2 || n != 2) ? RC_TAMPERED : rc;
}

static enum rc
load(struct stage *g)
{
	struct casefile c;
	enum rc rc = store_case_load(g->w.s, &g->id, &c, &g->w.e);
	size_t n = rc == RC_OK ? c.nrecords : 0;

	if (rc == RC_OK)
		casefile_release(&c);
	return rc == RC_OK && n != 5 ? RC_TAMPERED : rc;
}

static enum rc
rebuild(struct stage *g)
{
	return store_rebuild(g->w.s, NULL, NULL, &g->w.e);
}

static enum rc
verify(struct stage *g)
{
	struct store_verdict v;
	enum rc rc = store_verify(g->w.s, NULL, NULL, &v, &g->w.e);

	/* A fault of the disk is not a fault of the store. */
	return rc == RC_OK && !v.sound ? RC_TAMPERED : rc;
}

static enum rc
open_and_close(struct stage *g)
{
	enum rc rc = world_open(&g->w);

	world_close(&g->w);
	return rc;
}

static enum rc
create_for(struct stage *g, bool training)
{
	struct store_founder f = {.user = WORLD_USER, .role = ROLE_SUPERVISOR,
	    .training = training};
	struct store_text text = {.file = "one"};
	static char *one;	/* read once, before anything fails */
	static size_t n;

	if (one == NULL)
		one = world_text("content/instruments/met-safeguard.yaml", &n);
	text.text = one;
	text.n = n;
	f.instruments = &text;
	f.ninstruments = 1;
	/* In the place of the one that is there. */
	(void)remove(g->w.path);
	return store_create(g->w.path, &f, &g->w.pass, &g->w.opts, &g->w.s,
	    &g->w.e);
}

static enum rc
create(struct stage *g)
{
	return create_for(g, false);
}

static enum rc
create_training(struct stage *g)
{
	return create_for(g, true);
}

static enum rc
open_made(struct stage *g)
{
	return world_open(&g->w);
}

static enum left
made_left(struct stage *g)
{
	return store_instruments(g->w.s) == 1 && !store_training(g->w.s) ?
	    LEFT_AFTER : LEFT_BROKEN;
}

/* One that does not say what it is for would take a real case. */
static enum left
training_left(struct stage *g)
{
	return store_instruments(g->w.s) == 1 && store_training(g->w.s) ?
	    LEFT_AFTER : LEFT_BROKEN;
}

/* ---- people ---- */

static enum rc
person_add(struct stage *g)
{
	return store_person_add(g->w.s, "Tobias Quill", ROLE_PRACTITIONER,
	    &g->fresh, &g->w.e);
}

static void
let_one_in(struct stage *g)
{
	world_ok(&g->w, person_add(g));
}

static enum rc
person_role(struct stage *g)
{
	return store_person_role(g->w.s, "Tobias Quill", ROLE_SUPERVISOR,
	    &g->w.e);
}

static enum rc
person_reset(struct stage *g)
{
	return store_person_reset(g->w.s, "Tobias Quill", &g->w.pass,
	    &g->w.e);
}

static enum rc
open_named(struct stage *g)
{
	g->w.s = NULL;
	return store_open(g->w.path, WORLD_USER, &g->w.pass, &g->w.opts,
	    &g->w.s, &g->w.e);
}

static enum rc
passphrase(struct stage *g)
{
	return store_passphrase_change(g->w.s, &g->w.pass, &g->fresh,
	    &g->w.e);
}

static bool changed;

static enum rc
open_either(struct stage *g)
{
	enum rc rc;

	g->w.s = NULL;
	rc = store_open(g->w.path, WORLD_USER, &g->fresh, &g->w.opts,
	    &g->w.s, &g->w.e);
	changed = rc == RC_OK;
	return rc == RC_PASSPHRASE ? open_named(g) : rc;
}

static enum left
passphrase_left(struct stage *g)
{
	(void)g;
	return changed ? LEFT_AFTER : LEFT_BEFORE;
}

static enum rc
revoke(struct stage *g)
{
	return store_person_revoke(g->w.s, "Tobias Quill",
	    "left for another post", NULL, NULL, &g->w.e);
}

static enum rc
rekey(struct stage *g)
{
	return store_rekey(g->w.s, NULL, "an invented reason", NULL, NULL,
	    &g->w.e);
}

static enum rc
recovery(struct stage *g)
{
	struct secret code;
	enum rc rc = secret_init(&code, RECOVERY_TEXT_MAX, &g->w.e);

	if (rc == RC_OK)
		rc = store_recovery_make(g->w.s, &code, &g->w.e);
	secret_release(&code);
	return rc;
}

static enum rc
pairs(struct stage *g)
{
	static const char *const holders[] = {"Ada Fenn", "Bo Larch"};
	struct secret codes[PAIR_HOLDERS_MAX] = {{0}};
	enum rc rc = RC_OK;

	for (size_t i = 0; i < PAIR_HOLDERS_MAX && rc == RC_OK; i++)
		rc = secret_init(&codes[i], RECOVERY_TEXT_MAX, &g->w.e);
	if (rc == RC_OK)
		rc = store_pair_make(g->w.s, holders, 2, codes, &g->w.e);
	for (size_t i = 0; i < PAIR_HOLDERS_MAX; i++)
		secret_release(&codes[i]);
	return rc;
}

/* ---- watching ---- */

static enum rc
look(struct stage *g)
{
	struct look_note n = {.what = LOOK_OPEN, .case_id = &g->id};

	return store_look(g->w.s, &n, &g->w.e);
}

static enum rc
restrict_case(struct stage *g)
{
	const char *const people[] = {WORLD_USER};
	struct restriction r = {&g->id, people, 1, "an invented reason",
	    DAY_NONE};

	return store_restrict(g->w.s, &r, &g->w.e);
}

/* ---- keeping ---- */

static enum rc
hold(struct stage *g)
{
	return store_hold(g->w.s, &g->id, true, "an invented reason",
	    &g->w.e);
}

static enum rc
dispose_ask(struct stage *g)
{
	struct dispose_request r = {&g->id, "child-in-need", DAY_NONE,
	    "kept for as long as the rule says"};

	return store_dispose_ask(g->w.s, &r, NULL, &g->w.e);
}

static void
ask_and_let_in(struct stage *g)
{
	world_ok(&g->w, store_person_add(g->w.s, "Tobias Quill",
	    ROLE_SUPERVISOR, &g->fresh, &g->w.e));
	world_ok(&g->w, dispose_ask(g));
}

static enum rc
enter_second(struct stage *g)
{
	g->w.s = NULL;
	return store_open(g->w.path, "Tobias Quill", &g->fresh, &g->w.opts,
	    &g->w.s, &g->w.e);
}

static enum rc
dispose_agree(struct stage *g)
{
	struct disposal d;
	enum rc rc = store_dispose_agree(g->w.s, &g->id,
	    "looked at the rule", &d, &g->w.e);

	if (rc == RC_OK)
		disposal_release(&d);
	return rc;
}

static enum rc
setting(struct stage *g)
{
	return store_setting_set(g->w.s, (enum store_setting)0, 9, &g->w.e);
}

/* ---- copies ---- */

static void
backup_path(const struct stage *g, char path[700])
{
	(void)snprintf(path, 700, "%s/backups/copy.hearken", g->store);
}

static enum rc
backup(struct stage *g)
{
	char path[700];

	backup_path(g, path);
	return store_backup(g->w.s, path, NULL, NULL, &g->w.e);
}

static void
have_backup(struct stage *g)
{
	world_ok(&g->w, backup(g));
}

/* A backup that has its name is whole. */
static void
check_backup(struct stage *g)
{
	struct store_verdict v;
	struct store *copy;
	char path[700];
	enum rc rc;

	backup_path(g, path);
	rc = store_open(path, WORLD_USER, &g->w.pass, &g->w.opts, &copy,
	    &g->w.e);
	if (rc == RC_NOTFOUND)
		return;
	world_ok(&g->w, rc);
	world_ok(&g->w, store_verify(copy, NULL, NULL, &v, &g->w.e));
	store_close(copy);
	if (!v.sound)
		abort();
}

static enum rc
open_backed_up(struct stage *g)
{
	check_backup(g);
	return open_named(g);
}

static enum rc
restore(struct stage *g)
{
	char path[700];

	backup_path(g, path);
	(void)remove(g->w.path);
	/* On another machine: this one would tell that entries are gone. */
	stage_forget(g);
	return store_restore(path, g->w.path, WORLD_USER, &g->w.pass,
	    &g->w.opts, NULL, NULL, &g->w.s, &g->w.e);
}

static enum left
restore_left(struct stage *g)
{
	size_t n = 0;

	world_ok(&g->w, store_cases_count(g->w.s, NULL, &n, &g->w.e));
	return n == 2 ? LEFT_AFTER : LEFT_BROKEN;
}

/* Opens a store of the first format, put in the place of the other. */
static enum rc
migrate(struct stage *g)
{
	static unsigned char *old;
	static size_t n;

	if (old == NULL)
		old = stage_old(g, &n);
	(void)remove(g->w.path);
	file_save(g->w.path, old, n);
	(void)chmod(g->w.path, 0600);
	return world_open(&g->w);
}

static enum left
migrate_left(struct stage *g)
{
	uint64_t n = 0;

	world_ok(&g->w, store_entry_count(g->w.s, &n, &g->w.e));
	return n == 35 ? LEFT_AFTER : LEFT_BROKEN;
}

static const struct op ops[] = {
	{.name = "append", .run = append},
	{.name = "strike", .run = strike},
	{.name = "bulk", .run = bulk},
	{.name = "import", .run = returning_plain},
	{.name = "return", .run = returning_corrected, .before = returning_before},
	{.name = "draft", .run = save_draft, .left = draft_left},
	{.name = "search", .run = search},
	{.name = "list", .run = list},
	{.name = "load", .run = load},
	{.name = "rebuild", .run = rebuild},
	{.name = "verify", .run = verify},
	{.name = "open", .run = open_and_close, .closed = true},
	{.name = "create", .run = create, .closed = true, .reopen = open_made,
	    .left = made_left},
	{.name = "create-training", .run = create_training, .closed = true,
	    .reopen = open_made, .left = training_left},
	{.name = "person-add", .run = person_add, .reopen = open_named},
	{.name = "person-role", .run = person_role, .reopen = open_named, .before = let_one_in},
	{.name = "person-reset", .run = person_reset, .reopen = open_named,
	    .before = let_one_in},
	{.name = "revoke", .run = revoke, .reopen = open_named, .before = let_one_in},
	{.name = "passphrase", .run = passphrase, .reopen = open_either,
	    .left = passphrase_left},
	{.name = "rekey", .run = rekey},
	{.name = "recovery", .run = recovery},
	{.name = "pairs", .run = pairs},
	{.name = "look", .run = look},
	{.name = "restrict", .run = restrict_case},
	{.name = "hold", .run = hold},
	{.name = "dispose-ask", .run = dispose_ask},
	{.name = "dispose-agree", .run = dispose_agree, .before = ask_and_let_in,
	    .enter = enter_second, .reopen = open_named},
	{.name = "study-draft", .run = studying_keep},
	{.name = "study-sign", .run = studying_sign, .before = studying_kept,
	    .enter = enter_second, .reopen = open_named},
	{.name = "link-read", .run = kinship_read, .before = kinship_before},
	{.name = "link-auto", .run = kinship_auto, .before = kinship_before},
	{.name = "link-split", .run = kinship_split, .before = kinship_linked},
	{.name = "session-begin", .run = sitting_begin, .before = sitting_made},
	{.name = "session-list", .run = sitting_list, .before = sitting_made},
	{.name = "training-log", .run = sitting_log, .before = sitting_made},
	{.name = "study-keep", .run = sitting_keep, .before = sitting_made},
	{.name = "setting", .run = setting},
	{.name = "backup", .run = backup, .reopen = open_backed_up},
	{.name = "backup-again", .run = backup, .reopen = open_backed_up,
	    .before = have_backup},
	{.name = "restore", .run = restore, .closed = true, .before = have_backup,
	    .reopen = open_named, .left = restore_left},
	{.name = "leave", .run = crossing_archive, .before = crossing_no_archive},
	{.name = "carry", .run = between_carry, .before = between_import},
	{.name = "bundle-leaves", .run = between_leaves},
	{.name = "trust", .run = between_trust, .before = between_meet},
	{.name = "distrust", .run = between_distrust, .before = between_know},
	{.name = "unite", .run = between_unite, .before = between_know},
	{.name = "unite-try", .run = between_try, .before = between_know},
	{.name = "bundle-make", .run = crossing_make, .before = crossing_know,
	    .left = crossing_made},
	{.name = "bundle-look", .run = crossing_look, .before = crossing_bundle},
	{.name = "bundle-open", .run = crossing_open, .before = crossing_bundle},
	{.name = "migrate", .run = migrate, .closed = true, .left = migrate_left},
};

const struct op *
stage_ops(size_t *n)
{
	const char *one = getenv("HEARKEN_FAULT_OP");
	const struct op *op = one != NULL ? stage_op(one) : NULL;

	*n = op != NULL ? 1 : COUNT(ops);
	return op != NULL ? op : ops;
}

const struct op *
stage_op(const char *name)
{
	for (size_t i = 0; i < COUNT(ops); i++)
		if (strcmp(ops[i].name, name) == 0)
			return &ops[i];
	return NULL;
}
