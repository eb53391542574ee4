/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of a filter, and the cases of a search.
 */
#include "config.h"

#include <string.h>

#include "db/find.h"
#include "db/sql.h"

/* Folded words hold neither quotes nor spaces, so each can stand in quotes. */
static void
match_expression(struct str *out, const char *folded)
{
	const char *p;
	size_t n;

	for (p = folded; *p != '\0'; p += n + 1) {
		n = strcspn(p, " ");
		if (out->len != 0)
			str_add(out, " AND ");
		str_add_char(out, '"');
		str_add_n(out, p, n);
		str_add(out, "\" *");
	}
}

static void
add_match(struct sql *q, const struct str *expression)
{
	sql_add(q, "l.book IN (SELECT h.book FROM words w CROSS JOIN"
	    " word_home h ON h.row = w.rowid WHERE w.words MATCH ");
	sql_text(q, expression->s, expression->len);
	sql_add(q, ")");
}

void
sql_words(struct sql *q, const char *words)
{
	struct str folded, expression;

	str_init(&folded);
	str_init(&expression);
	words_of_text(&folded, words);
	match_expression(&expression, folded.s);
	if (expression.len != 0)
		add_match(q, &expression);
	else
		sql_add(q, "1");
	str_release(&folded);
	str_release(&expression);
}

/* Cases out of hits, as many as there is room for. */
struct gathering {
	store_case_fn fn;
	void *ctx;
	size_t n, limit;	/* 0: none */
	const struct find_sum *sum;
};

static bool
take_case(const struct find_row *r, void *ctx)
{
	struct gathering *g = ctx;
	size_t kept = g->sum->restricted;

	if (!r->first)
		return true;
	if (g->limit != 0 && r->why != FIND_RESTRICTED &&
	    g->n + kept >= g->limit)
		return kept > 0;
	g->n++;
	return g->fn(r->row, g->ctx);
}

enum rc
store_search(struct store *s, const char *words, size_t limit,
    store_case_fn fn, void *ctx, struct err *e)
{
	struct find_want want = {words, limit * 2};
	struct find_sum sum;
	struct gathering g = {fn, ctx, 0, limit, &sum};
	struct store_find_to to = {take_case, &g};

	return store_find(s, &want, &sum, &to, e);
}
