/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/verify.h"

#include <stdio.h>
#include <string.h>

#define STEP 256	/* how often progress is told */

void
walk_fault(struct walk *w, enum store_fault kind, const char *fmt, ...)
{
	va_list ap;

	if (!w->v->sound)
		return;
	w->v->sound = false;
	w->v->kind = kind;
	va_start(ap, fmt);
	(void)vsnprintf(w->v->fault, sizeof(w->v->fault), fmt, ap);
	va_end(ap);
}

enum rc
walk_step(struct walk *w, struct err *e)
{
	w->done++;
	if (w->fn == NULL || w->done % STEP != 0 ||
	    w->fn(w->done < w->all ? w->done : w->all, w->all, w->ctx))
		return RC_OK;
	return err_set(e, RC_CANCELLED, "the check was stopped before its "
	    "end; nothing is known of the rest");
}

enum rc
walk_failed(struct walk *w, enum rc rc, struct err *e)
{
	if (rc != RC_DAMAGED && rc != RC_TAMPERED)
		return rc;
	walk_fault(w, rc == RC_DAMAGED ? FAULT_DAMAGED : FAULT_TAMPERED, "%s",
	    e != NULL ? e->text : "the data is damaged");
	return RC_OK;
}

/* One number; a count that cannot be had is no count of none. */
static enum rc
read_number(struct walk *w, enum stmt_id id, uint64_t *out, struct err *e)
{
	int64_t n = 0;
	enum rc rc = stmt_number(w->s, id, "read from the store", &n, e);

	*out = (uint64_t)n;
	return rc;
}

bool
walk_is_damage(int code)
{
	return code == SQLITE_DONE || stmt_rc(code) == RC_DAMAGED;
}

/* Every page is read, free ones too, so that each one's seal is looked at. */
enum rc
walk_pages(struct walk *w, struct err *e)
{
	sqlite3_stmt *st;
	uint64_t pages = 0;
	enum rc rc = read_number(w, STMT_PAGE_COUNT, &pages, e);
	int code;

	w->all += pages;
	for (uint64_t p = 1; rc == RC_OK && p <= pages && w->v->sound; p++) {
		rc = stmt_get(w->s, STMT_PAGE_READ, &st, e);
		if (rc != RC_OK)
			break;
		code = stmt_bind(st, "i", (int64_t)p);
		if (code == SQLITE_OK)
			code = sqlite3_step(st);
		sqlite3_reset(st);
		if (code != SQLITE_ROW && !walk_is_damage(code))
			return stmt_fail(w->s, code, "read a page", e);
		if (code != SQLITE_ROW)
			walk_fault(w, FAULT_DAMAGED,
			    "page %llu of %llu of the file is "
			    "damaged or was altered; keep the file and "
			    "restore a backup", (unsigned long long)p,
			    (unsigned long long)pages);
		rc = walk_step(w, e);
	}
	return rc;
}

static enum rc
count_work(struct walk *w, struct err *e)
{
	uint64_t entries = 0, books = 0;
	enum rc rc = store_entry_count(w->s, &entries, e);

	if (rc == RC_OK)
		rc = read_number(w, STMT_BOOK_COUNT, &books, e);
	w->all += 2 * entries + books;
	return rc;
}

/* What was found at opening; a copy that lies elsewhere may be a backup. */
enum rc
walk_heads(struct walk *w, struct err *e)
{
	const struct heads_verdict *h = store_heads(w->s);

	(void)e;
	if (h->state == HEADS_OTHER)
		walk_fault(w, FAULT_TAMPERED, "%s", h->words);
	else if (h->state == HEADS_BEHIND && !h->elsewhere)
		walk_fault(w, FAULT_ROLLED_BACK, "%s", h->words);
	return RC_OK;
}

const struct walk_def *
walk_table(size_t *n)
{
	static const struct walk_def walks[] = {
		{"pages", walk_pages}, {"structure", walk_structure},
		{"chains", walk_chains}, {"people", walk_people},
		{"disposals", walk_disposals}, {"cases", walk_cases},
		{"indexes", walk_indexes}, {"heads", walk_heads}
	};

	*n = sizeof(walks) / sizeof(walks[0]);
	return walks;
}

enum rc
verify_begin(struct walk *w, struct store *s, struct store_verdict *v,
    struct err *e)
{
	enum rc rc;

	memset(v, 0, sizeof(*v));
	memset(w, 0, sizeof(*w));
	v->sound = true;
	w->s = s;
	w->v = v;
	rng_fill(s->rng, w->key, sizeof(w->key));
	roster_init(&w->roster);
	disposals_init(&w->disposals);
	if (s->in_tx)
		return err_set(e, RC_BUSY, "%s: an import is under way; "
		    "verify when it is done", s->path);
	free_mend_if_torn(s);
	rc = walk_failed(w, project_day(s, e), e);
	if (rc == RC_OK && v->sound)
		rc = walk_failed(w, count_work(w, e), e);
	if (rc == RC_OK && v->sound)
		rc = walk_failed(w, books_load(s, &w->books, e), e);
	return rc;
}

void
verify_end(struct walk *w)
{
	disposals_release(&w->disposals);
	books_release(&w->books);
	roster_release(&w->roster);
}

enum rc
store_verify(struct store *s, store_progress_fn fn, void *ctx,
    struct store_verdict *v, struct err *e)
{
	size_t n;
	const struct walk_def *walks = walk_table(&n);
	struct walk w;
	enum rc rc = verify_begin(&w, s, v, e);

	w.fn = fn;
	w.ctx = ctx;
	for (size_t i = 0; i < n && rc == RC_OK && v->sound; i++)
		rc = walk_failed(&w, walks[i].fn(&w, e), e);
	verify_end(&w);
	return rc;
}
