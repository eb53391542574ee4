/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Search by words: folded, each the beginning of a word.
 */
#include "config.h"

#include <string.h>

#include "core/rights.h"
#include "db/mask.h"

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

/* Each word somewhere in the case; entries need not share them. */
static bool
add_each_word(struct sql *q, const char *folded)
{
	struct str one;
	const char *p;
	size_t n;

	str_init(&one);
	for (p = folded; *p != '\0'; p += n + 1) {
		n = strcspn(p, " ");
		str_clear(&one);
		str_add_char(&one, '"');
		str_add_n(&one, p, n);
		str_add(&one, "\" *");
		if (p != folded)
			sql_add(q, " AND ");
		add_match(q, &one);
	}
	str_release(&one);
	return p != folded;
}

/* A hit in the reference comes first, then one in the name, then others. */
static void
add_rank(struct sql *q, const char *folded)
{
	size_t n = strcspn(folded, " ");

	sql_add(q, " ORDER BY CASE WHEN instr(' ' || l.reference_words,"
	    " ' ' || ");
	sql_text(q, folded, n);
	sql_add(q, ") > 0 THEN 0 WHEN instr(' ' || l.name_words, ' ' || ");
	sql_text(q, folded, n);
	sql_add(q, ") > 0 THEN 1 ELSE 2 END, l.judgement, l.due,"
	    " l.changed DESC, l.book LIMIT ");
}

static enum rc
search_visible(struct store *s, const char *folded, size_t limit,
    struct case_sink *to, struct err *e)
{
	sqlite3_stmt *st;
	struct sql q;
	enum rc rc = RC_OK;

	sql_init(&q);
	sql_add(&q, "SELECT " CASE_COLUMNS " FROM case_list l"
	    " JOIN book b ON b.id = l.book WHERE ");
	sql_visible(s, &q);
	sql_add(&q, " AND ");
	if (add_each_word(&q, folded)) {
		add_rank(&q, folded);
		sql_number(&q, limit != 0 ? (int64_t)limit : -1);
		rc = sql_prepare(s, &q, &st, e);
		if (rc == RC_OK)
			rc = sql_rows(s, st, case_sink_take, to, e);
	}
	sql_release(&q);
	return rc;
}

/*
 * Restricted cases that match by reference or name keep their place however
 * many others hold the words.
 */
static enum rc
search_all(struct store *s, const char *words, size_t limit,
    struct case_sink *to, struct err *e)
{
	struct case_range range = {NULL, words, 0, limit};
	struct str folded;
	size_t masked = 0;
	enum rc rc = mask_count(s, &range, &masked, e);

	str_init(&folded);
	words_of_text(&folded, words);
	if (rc == RC_OK && (limit == 0 || masked < limit))
		rc = search_visible(s, folded.s,
		    limit == 0 ? 0 : limit - masked, to, e);
	if (rc == RC_OK && !to->stopped)
		rc = mask_rows(s, &range, to, e);
	str_release(&folded);
	return rc;
}

enum rc
store_search(struct store *s, const char *words, size_t limit,
    store_case_fn fn, void *ctx, struct err *e)
{
	struct case_sink to = {fn, ctx, 0, false};
	enum rc rc = right_check(store_role(s), RIGHT_READ, e);

	return rc == RC_OK ? search_all(s, words, limit, &to, e) : rc;
}
