/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The cases that go by the words, by the marks that their words bear in the
 * index.  For a beginning of many words the index first gathers the rows of
 * all of them, so it is not asked for a word that very many references begin
 * with, nor for a single letter beside other words: whether these are there
 * too is read in the text.
 */
#include "config.h"

#include <stdlib.h>

#include "db/find_impl.h"

#define DENSE 1000		/* references that begin alike */

static bool
is_one_letter(const struct needle *nd)
{
	return nd->n == 1 && nd->lens[0] == 1 && nd->prefix;
}

/* Room is left for what stands in the texts. */
static bool
has_enough(const struct finder *f)
{
	return f->n >= (f->thorough ? f->limit : (f->limit + 1) / 2);
}

static enum rc
take_named(struct finder *f, sqlite3_stmt *st, bool *stop, struct err *e)
{
	struct holding h;
	enum rc rc;

	if (has_enough(f)) {
		f->cut = *stop = true;
		return RC_OK;
	}
	rc = hit_look(f, st, &h, e);
	if (rc == RC_OK && h.reference == f->ns.all)
		rc = hit_keep(f, st, FIND_REFERENCE, e);
	else if (rc == RC_OK && h.name == f->ns.all)
		rc = hit_keep(f, st, FIND_NAME, e);
	return rc;
}

static enum rc
ask_marked(struct finder *f, uint32_t set, const char *mark, struct err *e)
{
	struct index_rows r = {.most = f->thorough ? SIZE_MAX : INDEX_READ};
	enum rc rc = index_ask(f, set, mark, &r, e);

	if (rc == RC_OK)
		rc = index_read(f, &r, take_named, e);
	free(r.list);
	return rc;
}

/* Without those that are left out; with them when that was not enough. */
static enum rc
find_marked(struct finder *f, uint32_t left_out, const char *mark,
    struct err *e)
{
	uint32_t all = f->ns.all;
	enum rc rc;

	f->cut = false;
	rc = ask_marked(f, all & ~left_out, mark, e);
	if (rc != RC_OK || left_out == 0 || !f->cut || has_enough(f))
		return rc;
	return ask_marked(f, all, mark, e);
}

/* True if very many references begin with the needle. */
static enum rc
ask_dense(struct finder *f, const struct needle *nd, bool *dense,
    struct err *e)
{
	struct stmt_rows rows;
	enum rc rc;

	*dense = false;
	if (nd->n != 1 || !nd->prefix)
		return RC_OK;
	rc = stmt_open(&rows, f->s, STMT_FIND_DENSE, e, "ti", nd->words[0],
	    (int64_t)DENSE);
	if (rc == RC_OK && stmt_next(&rows))
		*dense = sqlite3_column_int64(rows.st, 0) == DENSE;
	return stmt_close(&rows, rc, "search the store", e);
}

static enum rc
read_dense(struct finder *f, struct err *e)
{
	enum rc rc = RC_OK;
	bool dense;

	for (size_t i = 0; i < f->ns.n && rc == RC_OK; i++) {
		rc = ask_dense(f, &f->ns.list[i], &dense, e);
		if (dense)
			f->dense |= UINT32_C(1) << i;
	}
	return rc;
}

/* The last of the references that begin with the first needle. */
static enum rc
find_beginning(struct finder *f, struct err *e)
{
	bool stop = false;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, f->s, STMT_FIND_REFERENCE, e, "ti",
	    f->ns.list[0].words[0], (int64_t)INDEX_READ);

	while (rc == RC_OK && !stop && stmt_next(&rows))
		rc = take_named(f, rows.st, &stop, e);
	return stmt_close(&rows, rc, "search the store", e);
}

static enum rc
find_by_reference(struct finder *f, struct err *e)
{
	return f->dense == f->ns.all ? find_beginning(f, e) :
	    find_marked(f, f->dense, WORD_MARK_REFERENCE, e);
}

static enum rc
find_by_name(struct finder *f, struct err *e)
{
	uint32_t letters = 0;

	for (size_t i = 0; i < f->ns.n && !f->thorough; i++)
		if (is_one_letter(&f->ns.list[i]))
			letters |= UINT32_C(1) << i;
	if (letters == f->ns.all)
		letters = 0;
	return find_marked(f, letters, WORD_MARK_NAME, e);
}

enum rc
find_named(struct finder *f, struct err *e)
{
	enum rc rc = RC_OK;

	/* One letter begins too many names for any to be said soon. */
	if (!f->thorough && f->ns.n == 1 && is_one_letter(&f->ns.list[0]))
		return RC_OK;
	if (!f->thorough)
		rc = read_dense(f, e);
	if (rc == RC_OK)
		rc = find_by_reference(f, e);
	if (rc == RC_OK && !has_enough(f))
		rc = find_by_name(f, e);
	return rc;
}
