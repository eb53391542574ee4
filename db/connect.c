/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "db/cipher.h"
#include "db/file.h"
#include "db/open.h"
#include "db/remember.h"
#include "db/shim.h"

/*
 * The stores of this process.  A second open and close of one of their files
 * would drop the lock of the first without a word.
 */
static struct store *open_stores;

enum rc
store_not_open_here(const char *path, struct err *e)
{
	struct stat st;

	if (lstat(path, &st) != 0)
		return RC_OK;
	for (struct store *o = open_stores; o != NULL; o = o->next) {
		if (o->dev == st.st_dev && o->ino == st.st_ino)
			return err_set(e, RC_BUSY, "%s is open in this "
			    "program already; close it there first", path);
	}
	return RC_OK;
}

enum rc
store_enlist(struct store *s, struct err *e)
{
	struct stat st;

	if (lstat(s->path, &st) != 0 || !S_ISREG(st.st_mode))
		return err_set(e, RC_SYSTEM, "%s was replaced while it was "
		    "being opened; try again", s->path);
	if (s->ino != 0 && (s->ino != st.st_ino || s->dev != st.st_dev))
		return err_set(e, RC_SYSTEM, "%s was replaced while it was "
		    "being opened; try again", s->path);
	s->dev = st.st_dev;
	s->ino = st.st_ino;
	s->next = open_stores;
	open_stores = s;
	return RC_OK;
}

void
store_delist(struct store *s)
{
	for (struct store **p = &open_stores; *p != NULL; p = &(*p)->next) {
		if (*p == s) {
			*p = s->next;
			s->ino = 0;
			return;
		}
	}
}

enum rc
store_alloc(const char *path, const struct store_opts *opts,
    struct store **out, struct err *e)
{
	struct store *s;
	enum rc rc;

	if (sodium_init() < 0)
		return err_set(e, RC_SYSTEM, "the system gives no random "
		    "numbers; the store cannot be opened safely");
	s = calloc(1, sizeof(*s));
	if (s == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to open a "
		    "store");
	roster_init(&s->roster);
	s->clock = opts->clock;
	s->rng = opts->rng;
	s->is_copy = opts->is_copy;
	s->kdf = kdf_cost_full(&opts->kdf);
	s->chosen = SIZE_MAX;
	rc = file_resolve(path, &s->path, e);
	if (rc == RC_OK && opts->state_dir != NULL &&
	    (s->state_dir = strdup(opts->state_dir)) == NULL)
		rc = err_set(e, RC_NOMEM, "not enough memory to open a "
		    "store");
	s->keys = keys_new();
	if (rc == RC_OK && s->keys == NULL)
		rc = err_set(e, RC_NOMEM, "no protected memory for keys; "
		    "close other programs and try again");
	if (rc != RC_OK) {
		store_close(s);
		return rc;
	}
	*out = s;
	return RC_OK;
}

/* Text from outside never becomes SQL, and no second file is ever opened. */
static int
authorise(void *ctx, int action, const char *a, const char *b,
    const char *database, const char *trigger)
{
	(void)ctx, (void)a, (void)b, (void)database, (void)trigger;
	return action == SQLITE_ATTACH || action == SQLITE_DETACH ?
	    SQLITE_DENY : SQLITE_OK;
}

static enum rc
take_lock(struct store *s, struct err *e)
{
	int code = sqlite3_exec(s->db, "BEGIN EXCLUSIVE; COMMIT", NULL, NULL,
	    NULL);

	return code == SQLITE_OK ? RC_OK :
	    stmt_fail(s, code, "open the store", e);
}

/* Who holds the file is looked up only after SQLite has let go of it. */
static enum rc
tell_busy(struct store *s, struct err *e)
{
	pid_t pid;

	sqlite3_close(s->db);
	s->db = NULL;
	pid = file_holder(s->path);
	if (pid > 0)
		return err_set(e, RC_BUSY, "%s is in use in another window or "
		    "by another person (process %ld); close it there first",
		    s->path, (long)pid);
	return err_set(e, RC_BUSY, "%s is in use in another window or by "
	    "another person; close it there first", s->path);
}

static enum rc
set_up(struct store *s, struct err *e)
{
	enum rc rc;
	int code;

	code = cipher_key(s->db, s->header.cipher, s->keys->page);
	if (code != SQLITE_OK)
		return stmt_fail(s, code, "set the store's key", e);
	(void)sqlite3_limit(s->db, SQLITE_LIMIT_ATTACHED, 0);
	(void)sqlite3_busy_timeout(s->db, 0);
	(void)sqlite3_set_authorizer(s->db, authorise, NULL);
	rc = schema_settings(s, e);
	if (rc == RC_OK)
		rc = take_lock(s, e);
	return rc == RC_BUSY ? tell_busy(s, e) : rc;
}

enum rc
store_connect(struct store *s, struct err *e)
{
	enum rc rc = shim_register(e);
	int code;

	if (rc != RC_OK)
		return rc;
	s->torn = journal_is_hot(s->beside != NULL ? s->beside : s->path);
	code = sqlite3_open_v2(s->beside != NULL ? s->beside : s->path,
	    &s->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW |
	    SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX, SHIM_VFS);
	if (code != SQLITE_OK)
		return stmt_fail(s, code, "open the store", e);
	return set_up(s, e);
}

void
store_disconnect(struct store *s)
{
	tx_undo(s);
	free_mend_if_torn(s);
	stmt_release_all(s);
	sqlite3_close(s->db);
	s->db = NULL;
	free(s->authors);
	s->authors = NULL;
	s->nauthors = s->capauthors = 0;
	roster_release(&s->roster);
	roster_init(&s->roster);
	register_drop_instruments(s, 0, SIZE_MAX);
	free(s->instruments);
	s->instruments = NULL;
	s->capinstruments = 0;
}

static enum rc
load_chain(struct store *s, struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_ENTRY_LAST, e, "i",
	    s->author_row);

	memset(&s->chain, 0, sizeof(s->chain));
	if (rc == RC_OK && stmt_next(&rows)) {
		s->chain.n = (uint64_t)sqlite3_column_int64(rows.st, 0);
		s->chain.at = sqlite3_column_int64(rows.st, 2);
		if (!stmt_blob(rows.st, 1, s->chain.head.b, ENTRY_ID_LEN))
			rc = err_set(e, RC_TAMPERED, "%s: the last entry of "
			    "your chain has no id; restore a backup",
			    s->path);
	}
	return stmt_close(&rows, rc, "read the store", e);
}

static enum rc
load_author(struct store *s, struct err *e)
{
	struct roster fresh;
	enum rc rc = author_load_all(s, e);

	if (rc == RC_OK)
		rc = author_row_of(s, &s->author, &s->author_row, e);
	if (rc == RC_OK)
		rc = load_chain(s, e);
	if (rc == RC_OK)
		rc = register_load_roster(s, &fresh, e);
	if (rc == RC_OK) {
		roster_release(&s->roster);
		s->roster = fresh;
	}
	if (rc == RC_OK) {
		disposals_release(&s->disposals);
		rc = register_load_disposals(s, &s->roster, &s->disposals, e);
	}
	return rc;
}

enum rc
store_load_people(struct store *s, struct err *e)
{
	enum rc rc = load_author(s, e);

	if (rc == RC_OK)
		rc = register_load_instruments(s, e);
	return rc == RC_OK ? settings_load(s, e) : rc;
}

enum rc
store_make_sure(struct store *s, struct err *e)
{
	enum rc rc = s->unsure ? store_load_people(s, e) : RC_OK;

	if (rc == RC_OK)
		s->unsure = false;
	return rc;
}

enum rc
store_load(struct store *s, struct err *e)
{
	int64_t day = 0;
	enum rc rc = store_load_people(s, e);

	if (rc == RC_OK)
		rc = meta_get_int(s, "day", &day, e);
	if (rc != RC_OK)
		return rc;
	s->day = (int32_t)day;
	s->zone_here = zone_print();
	/* Unknown in a store of before: another zone, to be safe. */
	if (meta_get_int(s, "zone", &s->zone, NULL) != RC_OK)
		s->zone = ~s->zone_here;
	rc = project_day(s, e);
	if (rc != RC_OK)
		return rc;
	free(s->user);
	s->user = strdup(roster_name(&s->roster, &s->author));
	return s->user != NULL ? RC_OK : err_set(e, RC_NOMEM, "not enough "
	    "memory to open a store");
}

void
store_close(struct store *s)
{
	if (s == NULL)
		return;
	tx_undo(s);
	heads_save(s);
	store_delist(s);
	store_disconnect(s);
	roster_release(&s->roster);
	disposals_release(&s->disposals);
	keys_free(s->keys);
	free(s->touched.words);
	free(s->broken);
	free(s->user);
	free(s->path);
	free(s->state_dir);
	free(s);
}
