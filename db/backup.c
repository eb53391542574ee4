/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing a backup, and when the last one was written.
 */
#include "config.h"

#include "db/backup.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/rights.h"
#include "core/utf8.h"
#include "db/copy.h"
#include "db/file.h"
#include "db/open.h"
#include "db/place.h"
#include "db/remember.h"
#include "db/setting.h"

#define DAY_MS INT64_C(86400000)

static const char *
base_of(const char *path)
{
	return strrchr(path, '/') + 1;
}

static enum rc
not_replaced(const char *path, const char *why, struct err *e)
{
	return err_set(e, RC_EXISTS, "%s exists already and is not replaced: "
	    "%s; give another name", path, why);
}

/* An earlier backup holds nothing that the store does not hold. */
static enum rc
compare_earlier(struct store *s, struct store *earlier, const char *path,
    struct err *e)
{
	struct heads_verdict v;
	struct heads known;
	enum rc rc = author_load_all(earlier, e);

	if (rc == RC_OK)
		rc = heads_of_store(earlier, &known, e);
	if (rc != RC_OK)
		return rc;
	known.generation = 0;
	rc = heads_compare(s, &known, &v, e);
	heads_release(&known);
	if (rc == RC_OK && v.state != HEADS_SOUND)
		rc = not_replaced(path, "it holds entries that this store "
		    "does not hold, so it is no earlier state of it", e);
	return rc;
}

static enum rc
open_earlier(struct store *s, const struct header *h, const char *path,
    struct err *e)
{
	const struct copy c = {
		.from = s, .beside = path, .shown = path, .header = h,
		.keys = s->keys
	};
	struct store *earlier;
	enum rc rc = copy_connect(&c, false, &earlier, e);

	if (rc == RC_OK) {
		rc = compare_earlier(s, earlier, path, e);
		copy_close(earlier);
	}
	if (rc != RC_DAMAGED && rc != RC_TAMPERED && rc != RC_NOTSTORE)
		return rc;
	return not_replaced(path, "it is a backup of this store that cannot "
	    "be read. Look at the disk", e);
}

static enum rc
check_front(struct store *s, const struct front *f, const char *path,
    struct err *e)
{
	struct header *h = malloc(sizeof(*h));
	unsigned copy = 0;
	enum rc rc;

	if (h == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to write a "
		    "backup");
	if (header_parse(f->copies[0], h) != HEADER_SOUND)
		copy = 1;
	if (header_parse(f->copies[copy], h) != HEADER_SOUND)
		rc = not_replaced(path, "it is a store whose header cannot "
		    "be read", e);
	else if (memcmp(h->uuid, s->header.uuid, UUID_LEN) != 0)
		rc = not_replaced(path, "it is another store", e);
	else if (!header_mac_holds(f->copies[copy], s->keys->mac))
		rc = not_replaced(path, "it is from before the store's key "
		    "was changed, and cannot be compared", e);
	else
		rc = open_earlier(s, h, path, e);
	free(h);
	return rc;
}

static enum rc
check_file(struct store *s, const char *path, struct err *e)
{
	struct front *f;
	enum rc rc;

	if (store_not_open_here(path, NULL) != RC_OK)
		return not_replaced(path, "it is the store itself, or another "
		    "that is open", e);
	if (file_holder(path) != 0)
		return not_replaced(path, "another process has it open", e);
	f = malloc(sizeof(*f));
	if (f == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to write a "
		    "backup");
	rc = file_read_front(path, USE_COPY, f, e);
	if (rc == RC_OK)
		rc = check_front(s, f, path, e);
	else if (rc == RC_NOTSTORE)
		rc = not_replaced(path, "it is not a backup of this store",
		    e);
	free(f);
	return rc;
}

/* Only a file that is known to be an earlier backup of s is replaced. */
static enum rc
check_place(struct store *s, const char *path, bool *there, struct err *e)
{
	struct stat st;
	enum rc rc = file_check_folder(path, USE_COPY, e);

	*there = false;
	if (rc != RC_OK)
		return rc;
	if (!utf8_valid(base_of(path), strlen(base_of(path)), NULL))
		return err_set(e, RC_INPUT, "the name of the backup is not "
		    "valid UTF-8, and it becomes part of an entry; use plain "
		    "letters");
	if (lstat(path, &st) != 0)
		return errno == ENOENT ? RC_OK : err_sys(e, errno,
		    "%s cannot be looked at", path);
	*there = true;
	if (!S_ISREG(st.st_mode))
		return not_replaced(path, "it is not a file", e);
	return check_file(s, path, e);
}

static enum rc
write_proved(const struct copy *c, const char *path, bool there,
    struct err *e)
{
	enum rc rc = copy_make(c, e);

	if (rc == RC_OK)
		rc = copy_prove(c, e);
	if (rc == RC_OK)
		rc = there ? place_replace(c->beside, path, e) :
		    file_publish(c->beside, path, e);
	/* Where it has its name there is nothing under this one. */
	copy_remove(c);
	return rc;
}

static enum rc
note_backup(struct store *s, const char *path, const struct copy_ends *ends,
    struct err *e)
{
	struct entry_draft d = {
		case_id_register(), "backup", span_none(), NULL
	};
	char hex[2 * sizeof(ends->hash) + 1];
	uint64_t entries = 0;
	enum rc rc = store_entry_count(s, &entries, e);

	if (rc != RC_OK)
		return rc;
	hex_format(ends->hash, sizeof(ends->hash), hex);
	d.body = json_pack("{s:s, s:I, s:s}", "file", base_of(path),
	    "entries", (json_int_t)entries, "heads", hex);
	if (d.body == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to note the "
		    "backup");
	s->may_register = true;
	rc = store_append(s, &d, 1, NULL, e);
	s->may_register = false;
	entry_draft_release(&d);
	return rc == RC_OK ? rc : err_prefix(e, "the backup %s is whole, but "
	    "the store could not note it", path);
}

static enum rc
backup_at(struct store *s, const char *path, bool there,
    struct copy *c, struct err *e)
{
	struct copy_ends ends;
	char *beside;
	enum rc rc;

	place_sweep(path, "backup");
	rc = place_beside(path, "backup", s->rng, &beside, e);
	if (rc != RC_OK)
		return rc;
	c->from = s;
	c->beside = beside;
	c->shown = path;
	c->header = &s->header;
	c->keys = s->keys;
	rc = copy_ends(s, &ends, e);
	if (rc == RC_OK)
		rc = write_proved(c, path, there, e);
	free(beside);
	return rc == RC_OK ? note_backup(s, path, &ends, e) : rc;
}

enum rc
store_backup(struct store *s, const char *path, store_progress_fn fn,
    void *ctx, struct err *e)
{
	struct copy c = {.fn = fn, .ctx = ctx};
	char *to = NULL;
	bool there;
	enum rc rc = right_check(store_role(s), RIGHT_BACKUP, e);

	if (rc == RC_OK)
		rc = copy_may_begin(s, e);
	if (rc == RC_OK)
		rc = file_resolve(path, &to, e);
	if (rc == RC_OK)
		rc = check_place(s, to, &there, e);
	if (rc == RC_OK)
		rc = backup_at(s, to, there, &c, e);
	free(to);
	return rc;
}

const char *
store_backup_notice(const char *path)
{
	return file_notice(path);
}

enum rc
store_last_backup(struct store *s, int64_t *at, struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_REGISTER_LAST, e, "t", "backup");

	*at = INT64_MIN;
	if (rc == RC_OK && stmt_next(&rows))
		*at = sqlite3_column_int64(rows.st, 0);
	return stmt_close(&rows, rc, "read the store", e);
}

/* The number that a statement gives, or 0. */
static int64_t
number_of(struct store *s, enum stmt_id id)
{
	int64_t n = 0;

	return stmt_number(s, id, "read the store", &n, NULL) == RC_OK ? n : 0;
}

/* Whoever has just made a store is not asked for a backup of it at once. */
static bool
lacks_first(struct store *s, int64_t now)
{
	return number_of(s, STMT_LIST_COUNT) != 0 &&
	    now - number_of(s, STMT_ENTRY_FIRST) > DAY_MS;
}

const char *
store_backup_reminder(struct store *s)
{
	int64_t days = store_setting_or_usual(s, SETTING_BACKUP_DAYS), at;
	int64_t now = clock_now(s->clock);

	if (days == 0 || store_last_backup(s, &at, NULL) != RC_OK)
		return NULL;
	if (at == INT64_MIN) {
		(void)snprintf(s->reminder, sizeof(s->reminder), "There is no "
		    "backup of this store yet; write one to another disk.");
		return lacks_first(s, now) ? s->reminder : NULL;
	}
	if (now - at <= days * DAY_MS)
		return NULL;
	(void)snprintf(s->reminder, sizeof(s->reminder), "The last backup of "
	    "this store is %" PRId64 " days old; write another.",
	    (now - at) / DAY_MS);
	return s->reminder;
}
