/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Stores of earlier versions.  What people wrote has had the same tables
 * since the first version, and one more since the fourth; what is derived
 * from it is dropped and made anew, in one transaction, after a proved copy
 * of the store as it was stands beside it.  Only then does the header take
 * this version's number, so that a failure at any moment leaves a store that
 * opens.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/copy.h"
#include "db/file.h"
#include "db/open.h"
#include "db/place.h"

#define NAMES_MAX 1000	/* copies of one store that may stand beside it */
#define DROP_MAX 64

/* Everything that is not what people wrote; shadows go with their table. */
static const char derived[] =
    "SELECT type, name FROM sqlite_schema WHERE sql IS NOT NULL AND"
    " (type = 'index' AND name NOT IN ('entry_book', 'entry_author')"
    " OR type IN ('view', 'trigger')"
    " OR type = 'table' AND name NOT IN ('meta', 'author', 'book', 'entry',"
    " 'seal', 'vouch', 'draft') AND name NOT IN (SELECT name"
    " FROM pragma_table_list WHERE type = 'shadow'))"
    " ORDER BY type = 'table', name";

static enum rc
publish_somewhere(struct store *s, const char *beside, char **out,
    struct err *e)
{
	enum rc rc = RC_EXISTS;

	*out = NULL;
	for (int i = 0; i < NAMES_MAX && rc == RC_EXISTS; i++) {
		free(*out);
		*out = i == 0 ?
		    file_name("%s.before-%d", s->path, SCHEMA_VERSION) :
		    file_name("%s.before-%d.%d", s->path, SCHEMA_VERSION, i);
		if (*out == NULL)
			return err_set(e, RC_NOMEM, "no memory for a file "
			    "name");
		rc = file_publish(beside, *out, e);
	}
	return rc;
}

/* *out is the owned name of the copy, also when it was not made. */
static enum rc
copy_before(struct store *s, char **out, struct err *e)
{
	struct copy c = {
		.from = s, .shown = s->path, .header = &s->header,
		.keys = s->keys
	};
	char *beside;
	enum rc rc = place_beside(s->path, "before", s->rng, &beside, e);

	*out = NULL;
	if (rc != RC_OK)
		return rc;
	c.beside = beside;
	rc = copy_make(&c, e);
	if (rc == RC_OK)
		rc = copy_prove(&c, e);
	if (rc == RC_OK)
		rc = publish_somewhere(s, beside, out, e);
	if (rc != RC_OK) {
		copy_remove(&c);
		(void)err_prefix(e, "this store of an earlier version has to "
		    "be copied before it can be opened, and the copy failed");
	}
	free(beside);
	return rc;
}

struct drops {
	char *sql[DROP_MAX];
	size_t n;
};

static enum rc
list_drops(struct store *s, struct drops *d, struct err *e)
{
	sqlite3_stmt *st = NULL;
	int code = sqlite3_prepare_v2(s->db, derived, -1, &st, NULL);

	d->n = 0;
	if (code == SQLITE_OK)
		code = sqlite3_step(st);
	while (code == SQLITE_ROW && d->n < DROP_MAX) {
		d->sql[d->n] = sqlite3_mprintf("DROP %s \"%w\"",
		    stmt_text(st, 0), stmt_text(st, 1));
		if (d->sql[d->n++] == NULL)
			code = SQLITE_NOMEM;
		else
			code = sqlite3_step(st);
	}
	sqlite3_finalize(st);
	return code == SQLITE_DONE ? RC_OK : stmt_fail(s, code,
	    "read the tables", e);
}

static enum rc
drop_derived(struct store *s, struct err *e)
{
	struct drops d;
	enum rc rc = list_drops(s, &d, e);
	int code = SQLITE_OK;

	for (size_t i = 0; i < d.n; i++) {
		if (rc == RC_OK && code == SQLITE_OK)
			code = sqlite3_exec(s->db, d.sql[i], NULL, NULL, NULL);
		sqlite3_free(d.sql[i]);
	}
	return rc != RC_OK || code == SQLITE_OK ? rc : stmt_fail(s, code,
	    "bring the store to this version", e);
}

static enum rc
make_anew(struct store *s, struct err *e)
{
	enum rc rc = drop_derived(s, e);

	if (rc == RC_OK)
		rc = schema_vouches(s, e);
	if (rc == RC_OK)
		rc = schema_projections(s, e);
	/* Only now are there the indexes that the register is read by. */
	if (rc == RC_OK)
		rc = store_load_people(s, e);
	if (rc == RC_OK)
		rc = rebuild_projections(s, NULL, NULL, e);
	if (rc == RC_OK)
		rc = meta_set_int(s, "day", s->day, e);
	if (rc == RC_OK)
		rc = meta_set_int(s, "zone", s->zone, e);
	return rc == RC_OK ? meta_set_int(s, "schema", SCHEMA_VERSION, e) : rc;
}

/* The day is today's already, so that beginning projects nothing. */
static enum rc
migrate_tables(struct store *s, struct err *e)
{
	enum rc rc;

	s->day = moment_day(clock_now(s->clock));
	s->zone = s->zone_here = zone_print();
	rc = tx_begin(s, e);
	if (rc != RC_OK)
		return rc;
	rc = make_anew(s, e);
	if (rc != RC_OK) {
		tx_undo(s);
		return rc;
	}
	return tx_seal(s, e);
}

/* A disk that is failing may need the copy; one that is full needs its room. */
static bool
copy_is_only_in_the_way(enum rc rc)
{
	return rc == RC_NOSPACE || rc == RC_NOMEM;
}

static void
say_so(struct store *s, const char *copy)
{
	char text[400];

	(void)snprintf(text, sizeof(text), "The store was of an earlier "
	    "version and has been brought to this one. As it was before it "
	    "stands beside it as %.200s; remove that when you have seen that "
	    "all is there.", strrchr(copy, '/') + 1);
	store_add_notice(s, text);
}

static enum rc
migrate(struct store *s, struct err *e)
{
	char *copy;
	enum rc rc;

	if (s->is_copy)
		return migrate_tables(s, e);
	rc = copy_before(s, &copy, e);
	if (rc == RC_OK) {
		rc = migrate_tables(s, e);
		if (rc == RC_OK)
			say_so(s, copy);
		else if (copy_is_only_in_the_way(rc))
			place_remove(copy);
	}
	free(copy);
	return rc;
}

static enum rc
raise_header(struct store *s, struct err *e)
{
	struct header *next = malloc(sizeof(*next));
	enum rc rc;

	if (next == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to open a "
		    "store");
	*next = s->header;
	next->version = HEADER_VERSION;
	rc = header_change(s, next, e);
	free(next);
	return rc;
}

enum rc
store_migrate(struct store *s, struct err *e)
{
	int64_t version = 0;
	enum rc rc = meta_get_int(s, "schema", &version, e);

	if (rc == RC_OK && version < SCHEMA_VERSION)
		rc = migrate(s, e);
	if (rc == RC_OK && s->header.version < HEADER_VERSION)
		rc = raise_header(s, e);
	return rc;
}
