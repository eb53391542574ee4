/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The case list, what is due and the review queue, line by line, against what
 * the entries give now.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "core/rights.h"
#include "db/due_line.h"
#include "db/gather.h"
#include "db/verify.h"

#define REBUILD "the entries that are there are sound: compare with a " \
	"backup (--against), then \"hearken verify --mend\" makes it anew"

#define CASE_NAME_MAX 80

/* Its reference is not for everybody who may verify. */
static void
name_case(const struct walk *w, const struct casefile *c,
    char out[CASE_NAME_MAX])
{
	bool may = right_held(store_role(w->s), RIGHT_READ) &&
	    casefile_named(c, &w->s->author);
	char hex[2 * CASE_ID_LEN + 1];

	hex_format(c->id.b, CASE_ID_LEN, hex);
	(void)snprintf(out, CASE_NAME_MAX, may ? "\"%s\"" : "%s",
	    may ? c->reference : hex);
}

static enum rc
compare_queue(struct walk *w, int64_t book, const struct casefile *c,
    const struct queue_line *l, struct err *e)
{
	char name[CASE_NAME_MAX];
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, w->s, STMT_QUEUE_ROW, e, "i", book);
	bool same = rc == RC_OK && stmt_next(&rows) &&
	    queue_line_equals(l, rows.st);

	rc = stmt_close(&rows, rc, "read the queue", e);
	if (rc != RC_OK || same)
		return rc;
	name_case(w, c, name);
	walk_fault(w, FAULT_DAMAGED, "the review queue does not say of case "
	    "%s what its entries say; " REBUILD, name);
	return RC_OK;
}

static enum rc
compare_line(struct walk *w, int64_t book, const struct casefile *c,
    struct err *e)
{
	char name[CASE_NAME_MAX];
	struct list_line l;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, w->s, STMT_LIST_ROW, e, "i", book);

	if (rc != RC_OK)
		return rc;
	name_case(w, c, name);
	list_line_make(w->s, c, &l);
	if (stmt_next(&rows)) {
		if (!list_line_equals(&l, rows.st))
			walk_fault(w, FAULT_DAMAGED,
			    "the case list does not say of case %s what its "
			    "entries say; " REBUILD, name);
	} else if (rows.code == SQLITE_DONE) {
		walk_fault(w, FAULT_DAMAGED,
		    "case %s is missing from the case list; " REBUILD, name);
	}
	rc = stmt_close(&rows, rc, "read the list of cases", e);
	if (rc == RC_OK && w->v->sound)
		rc = compare_queue(w, book, c, &l.queue, e);
	list_line_release(&l);
	return rc;
}

static enum rc
compare_due(struct walk *w, int64_t book, const struct casefile *c,
    struct err *e)
{
	char name[CASE_NAME_MAX];
	bool same;
	uint64_t n;
	enum rc rc = due_lines_compare(w->s, book, c, &same, &n, e);

	w->due += n;
	name_case(w, c, name);
	if (rc == RC_OK && !same)
		walk_fault(w, FAULT_DAMAGED,
		    "the list of what is due does not say of case %s what its "
		    "entries say; " REBUILD, name);
	return rc;
}

static enum rc
compare_book(struct walk *w, const struct gather *g, size_t i, struct err *e)
{
	struct casefile c;
	enum rc rc = gather_case(g, i, &c, e);

	if (rc == RC_NOTFOUND) {
		walk_fault(w, FAULT_TAMPERED,
		    "a case has lost all its entries; it was "
		    "changed outside Hearken: restore a backup");
		return RC_OK;
	}
	if (rc != RC_OK)
		return rc;
	casefile_settle(&c, &w->roster);
	if (disposals_cover(&w->disposals, &c.id))
		w->disposed++;
	else
		rc = compare_line(w, w->books.list[i].id, &c, e);
	if (rc == RC_OK && !disposals_cover(&w->disposals, &c.id))
		rc = compare_due(w, w->books.list[i].id, &c, e);
	casefile_release(&c);
	w->v->cases++;
	return rc;
}

static enum rc
count_rows(struct walk *w, enum stmt_id id, uint64_t *n, struct err *e)
{
	int64_t found = 0;
	enum rc rc = stmt_number(w->s, id, "read the list of cases", &found,
	    e);

	*n = (uint64_t)found;
	return rc;
}

/* No line is left over of a case that is not there. */
static enum rc
compare_count(struct walk *w, struct err *e)
{
	uint64_t listed, due = 0, queued = 0;
	enum rc rc = count_rows(w, STMT_LIST_COUNT, &listed, e);

	if (rc == RC_OK)
		rc = count_rows(w, STMT_DUE_COUNT, &due, e);
	if (rc == RC_OK)
		rc = count_rows(w, STMT_QUEUE_COUNT, &queued, e);
	if (rc != RC_OK)
		return rc;
	if (listed != w->v->cases - w->disposed)
		walk_fault(w, FAULT_DAMAGED,
		    "the case list holds %llu cases, the entries "
		    "%llu; " REBUILD, (unsigned long long)listed,
		    (unsigned long long)(w->v->cases - w->disposed));
	else if (queued != listed)
		walk_fault(w, FAULT_DAMAGED,
		    "the review queue holds %llu lines for %llu cases; "
		    REBUILD, (unsigned long long)queued,
		    (unsigned long long)listed);
	else if (due != w->due)
		walk_fault(w, FAULT_DAMAGED,
		    "the list of what is due holds %llu lines, the entries "
		    "%llu; " REBUILD, (unsigned long long)due,
		    (unsigned long long)w->due);
	return rc;
}

static enum rc
gather_some(struct walk *w, struct gather *g, size_t first, size_t n,
    struct err *e)
{
	const struct book *b = w->books.list;
	struct scan_row r;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, w->s, STMT_ENTRY_SCAN_SOME, e, "ii",
	    b[first].id, b[first + n - 1].id);

	while (rc == RC_OK && stmt_next(&rows)) {
		rc = scan_row_read(w->s, &w->books, rows.st, &r, e);
		if (rc == RC_OK)
			rc = scan_row_date(w->s, &r, e);
		if (rc == RC_OK && r.book != NULL)
			rc = gather_keep(g, &r, e);
	}
	return stmt_close(&rows, rc, "read the cases", e);
}

static enum rc
compare_some(struct walk *w, struct gather *g, size_t first, size_t n,
    struct err *e)
{
	struct case_id reg = case_id_register();
	enum rc rc = gather_begin(g, first, n, e);

	if (rc == RC_OK)
		rc = gather_some(w, g, first, n, e);
	for (size_t i = first; i < first + n && rc == RC_OK && w->v->sound;
	    i++) {
		if (case_id_equal(&w->books.list[i].case_id, &reg))
			continue;
		rc = compare_book(w, g, i, e);
		if (rc == RC_OK)
			rc = walk_step(w, e);
	}
	return rc;
}

enum rc
walk_cases(struct walk *w, struct err *e)
{
	struct gather g;
	enum rc rc = RC_OK;
	size_t n;

	gather_init(&g, &w->books);
	for (size_t i = 0; i < w->books.n && rc == RC_OK && w->v->sound;
	    i += n) {
		n = gather_fits(&w->books, i);
		rc = compare_some(w, &g, i, n, e);
	}
	gather_release(&g);
	return rc == RC_OK && w->v->sound ? compare_count(w, e) : rc;
}
