/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/due_line.h"

#include <string.h>

#include "core/clocks.h"
#include "core/utf8.h"

#define WHAT_COLUMNS 100	/* of the words of an action */

struct due_line {
	int64_t at;
	const char *rule, *who, *counted;	/* borrowed */
	struct str what, named;
	int64_t opener, author;
	struct entry_id entry;
};

void
due_fold_name(struct str *out, const char *text)
{
	size_t n;

	text += strspn(text, " ");
	n = strcspn(text, ",;(");
	while (n > 0 && text[n - 1] == ' ')
		n--;
	utf8_fold(out, text, n);
}

static int64_t
author_row(const struct store *s, const struct record *r)
{
	if (r == NULL)
		return 0;
	for (size_t i = 0; i < s->nauthors; i++)
		if (memcmp(&s->authors[i], &r->entry.author,
		    sizeof(s->authors[i])) == 0)
			return (int64_t)i + 1;
	return 0;
}

static int64_t
place_of(const struct clock_row *row)
{
	if (row->due == INT64_MAX)
		return DUE_UNCOUNTED;
	return row->kind == DEADLINE_NOT_BEFORE ? DUE_FROM + row->due :
	    row->due;
}

/* Of an action its own words say more: the first line of them. */
static void
add_what(const struct clock_row *row, struct str *out)
{
	const char *text;

	str_add(out, row->label);
	if (strcmp(row->id, "action") != 0)
		return;
	text = record_text(row->record, "what");
	str_add(out, ": ");
	utf8_fit(out, text, strcspn(text, "\r\n"), WHAT_COLUMNS);
}

static void
line_release(struct due_line *l)
{
	str_release(&l->what);
	str_release(&l->named);
}

static void
line_make(const struct store *s, const struct casefile *c,
    const struct clock_row *row, struct due_line *l)
{
	memset(l, 0, sizeof(*l));
	l->at = place_of(row);
	l->rule = row->id;
	l->who = row->owner;
	l->counted = row->counted;
	str_init(&l->what);
	add_what(row, &l->what);
	str_init(&l->named);
	due_fold_name(&l->named, row->owner);
	l->opener = author_row(s, c->opened);
	l->author = author_row(s, row->record);
	l->entry = row->record->entry.id;
}

struct writing {
	struct store *s;
	const struct casefile *c;
	int64_t book, n;
	struct err *e;
	enum rc rc;
};

static bool
write_line(const struct clock_row *row, void *ctx)
{
	struct writing *w = ctx;
	struct due_line l;

	line_make(w->s, w->c, row, &l);
	w->rc = stmt_do(w->s, STMT_DUE_PUT, w->e, "iiitttttiib", w->book,
	    w->n++, l.at, l.rule, l.what.s, l.who, l.named.s, l.counted,
	    l.opener, l.author, (const void *)l.entry.b,
	    (size_t)ENTRY_ID_LEN);
	line_release(&l);
	return w->rc == RC_OK;
}

enum rc
due_lines_write(struct store *s, int64_t book, const struct casefile *c,
    struct err *e)
{
	struct writing w = {s, c, book, 0, e, RC_OK};

	w.rc = stmt_do(s, STMT_DUE_DROP, e, "i", book);
	if (w.rc == RC_OK)
		casefile_clocks(c, write_line, &w);
	return w.rc;
}

static bool
same_text(sqlite3_stmt *st, int column, const char *text)
{
	return strcmp(stmt_text(st, column), text) == 0;
}

static bool
line_equals(const struct due_line *l, sqlite3_stmt *st)
{
	struct entry_id id;

	return sqlite3_column_int64(st, 0) == l->at &&
	    same_text(st, 1, l->rule) && same_text(st, 2, l->what.s) &&
	    same_text(st, 3, l->who) && same_text(st, 4, l->named.s) &&
	    same_text(st, 5, l->counted) &&
	    sqlite3_column_int64(st, 6) == l->opener &&
	    sqlite3_column_int64(st, 7) == l->author &&
	    stmt_blob(st, 8, id.b, ENTRY_ID_LEN) &&
	    memcmp(id.b, l->entry.b, ENTRY_ID_LEN) == 0;
}

struct comparing {
	struct store *s;
	const struct casefile *c;
	sqlite3_stmt *st;
	uint64_t n;
	bool same;
	int code;
};

/* The other lines are counted even after one that differs. */
static bool
compare_line(const struct clock_row *row, void *ctx)
{
	struct comparing *k = ctx;
	struct due_line l;

	k->n++;
	if (!k->same)
		return true;
	k->code = sqlite3_step(k->st);
	line_make(k->s, k->c, row, &l);
	k->same = k->code == SQLITE_ROW && line_equals(&l, k->st);
	line_release(&l);
	return true;
}

enum rc
due_lines_compare(struct store *s, int64_t book, const struct casefile *c,
    bool *same, uint64_t *n, struct err *e)
{
	struct comparing k = {.s = s, .c = c, .same = true};
	enum rc rc = stmt_get(s, STMT_DUE_OF_BOOK, &k.st, e);

	*same = true;
	*n = 0;
	if (rc != RC_OK)
		return rc;
	k.code = stmt_bind(k.st, "i", book);
	if (k.code == SQLITE_OK) {
		casefile_clocks(c, compare_line, &k);
		if (k.same)
			k.code = sqlite3_step(k.st);
	}
	if (k.code != SQLITE_ROW && k.code != SQLITE_DONE)
		rc = stmt_fail(s, k.code, "read what is due", e);
	*same = k.same && k.code == SQLITE_DONE;
	*n = k.n;
	sqlite3_reset(k.st);
	return rc;
}
