/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The filter language as conditions over the case list.
 */
#include "config.h"

#include <string.h>

#include "core/rights.h"
#include "core/utf8.h"
#include "db/mask.h"

#define DAY_MS INT64_C(86400000)

typedef enum rc (*term_fn)(struct store *s, struct sql *q,
    const struct query_term *t, struct err *e);

static const char *
op_text(enum query_op op)
{
	switch (op) {
	case QUERY_LT:
		return " < ";
	case QUERY_LE:
		return " <= ";
	case QUERY_GT:
		return " > ";
	case QUERY_GE:
		return " >= ";
	default:
		return " = ";
	}
}

/* Levels are numbered from the highest down, so the order turns round. */
static enum query_op
turned(enum query_op op)
{
	switch (op) {
	case QUERY_LT:
		return QUERY_GT;
	case QUERY_LE:
		return QUERY_GE;
	case QUERY_GT:
		return QUERY_LT;
	case QUERY_GE:
		return QUERY_LE;
	default:
		return op;
	}
}

static enum rc
level_number(struct store *s, const char *id, size_t n, int64_t *out,
    struct err *e)
{
	const struct instrument *in = store_default_instrument(s);
	char name[64];
	unsigned level = NO_ITEM;

	if (in != NULL && n < sizeof(name)) {
		memcpy(name, id, n);
		name[n] = '\0';
		level = screen_level_from_id(in, name);
	}
	if (level == NO_ITEM)
		return err_set(e, RC_INPUT, "there is no level \"%.*s\" in "
		    "the instrument that is used", (int)n, id);
	*out = level;
	return RC_OK;
}

static enum rc
add_levels(struct store *s, struct sql *q, const struct query_term *t,
    const char *column, struct err *e)
{
	const char *p = t->text;
	int64_t level = 0;
	enum rc rc;

	sql_add(q, "(");
	for (;;) {
		size_t n = strcspn(p, ",");

		rc = level_number(s, p, n, &level, e);
		if (rc != RC_OK)
			return rc;
		sql_add(q, column);
		sql_add(q, op_text(turned(t->op)));
		sql_number(q, level);
		if (p[n] == '\0')
			break;
		sql_add(q, " OR ");
		p += n + 1;
	}
	sql_add(q, ")");
	return RC_OK;
}

static enum rc
term_risk(struct store *s, struct sql *q, const struct query_term *t,
    struct err *e)
{
	return add_levels(s, q, t, "l.judgement", e);
}

static enum rc
term_could(struct store *s, struct sql *q, const struct query_term *t,
    struct err *e)
{
	return add_levels(s, q, t, "l.could_be", e);
}

static enum rc
add_number(struct sql *q, const struct query_term *t, const char *column)
{
	sql_add(q, column);
	sql_add(q, op_text(t->op));
	sql_number(q, t->number);
	return RC_OK;
}

static enum rc
term_count(struct store *s, struct sql *q, const struct query_term *t,
    struct err *e)
{
	(void)s;
	(void)e;
	return add_number(q, t, t->key == QUERY_SIGNS ? "l.signs" :
	    t->key == QUERY_NOTKNOWN ? "l.not_known" : "l.vulnerabilities");
}

/* A moment: "=" and "<=" and ">" speak of its whole day. */
static void
add_moment(struct sql *q, const struct query_term *t, const char *column)
{
	int64_t from = t->number, to = t->number + DAY_MS;

	sql_add(q, "(");
	sql_add(q, column);
	switch (t->op) {
	case QUERY_EQ:
		sql_add(q, " >= ");
		sql_number(q, from);
		sql_add(q, " AND ");
		sql_add(q, column);
		sql_add(q, " < ");
		sql_number(q, to);
		break;
	case QUERY_LE:
	case QUERY_GT:
		sql_add(q, t->op == QUERY_LE ? " < " : " >= ");
		sql_number(q, to);
		break;
	default:
		sql_add(q, op_text(t->op));
		sql_number(q, from);
		break;
	}
	sql_add(q, ")");
}

static enum rc
term_due(struct store *s, struct sql *q, const struct query_term *t,
    struct err *e)
{
	(void)e;
	if (str_equal(t->text, "overdue")) {
		sql_add(q, "l.due < ");
		sql_number(q, clock_now(s->clock));
	} else if (str_equal(t->text, "none")) {
		sql_add(q, "l.due = ");
		sql_number(q, INT64_MAX);
	} else {
		sql_add(q, "(l.due < ");
		sql_number(q, INT64_MAX);
		sql_add(q, " AND ");
		add_moment(q, t, "l.due");
		sql_add(q, ")");
	}
	return RC_OK;
}

static enum rc
term_changed(struct store *s, struct sql *q, const struct query_term *t,
    struct err *e)
{
	(void)s;
	(void)e;
	add_moment(q, t, "l.changed");
	return RC_OK;
}

static enum rc
term_born(struct store *s, struct sql *q, const struct query_term *t,
    struct err *e)
{
	(void)s;
	(void)e;
	sql_add(q, "(l.birth <> ");
	sql_number(q, DAY_NONE);
	sql_add(q, " AND ");
	(void)add_number(q, t, "l.birth");
	sql_add(q, ")");
	return RC_OK;
}

static bool
names_equal(const char *a, const char *b)
{
	struct str ka, kb;
	bool equal;

	str_init(&ka);
	str_init(&kb);
	utf8_fold(&ka, a, strlen(a));
	utf8_fold(&kb, b, strlen(b));
	equal = str_equal(ka.s, kb.s);
	str_release(&ka);
	str_release(&kb);
	return equal;
}

static enum rc
term_owner(struct store *s, struct sql *q, const struct query_term *t,
    struct err *e)
{
	bool me = str_equal(t->text, "me");

	(void)e;
	sql_add(q, "l.owner IN (0");
	sql_add(q, " + ");
	sql_number(q, me ? s->author_row : -1);
	for (size_t i = 0; i < s->nauthors && !me; i++) {
		if (!names_equal(t->text, roster_name(&s->roster,
		    &s->authors[i])))
			continue;
		sql_add(q, ", ");
		sql_number(q, (int64_t)i + 1);
	}
	sql_add(q, ")");
	return RC_OK;
}

/* Every word of the text begins a word of the column. */
static void
add_word_starts(struct sql *q, const char *text, const char *column)
{
	struct str words;
	const char *p;

	str_init(&words);
	words_of_text(&words, text);
	sql_add(q, "(1");
	for (p = words.s; *p != '\0'; p += strcspn(p, " ") + 1) {
		sql_add(q, " AND instr(' ' || ");
		sql_add(q, column);
		sql_add(q, ", ' ' || ");
		sql_text(q, p, strcspn(p, " "));
		sql_add(q, ") > 0");
	}
	sql_add(q, ")");
	str_release(&words);
}

static enum rc
term_ref(struct store *s, struct sql *q, const struct query_term *t,
    struct err *e)
{
	(void)s;
	(void)e;
	add_word_starts(q, t->text, "l.reference_words");
	return RC_OK;
}

static enum rc
term_name(struct store *s, struct sql *q, const struct query_term *t,
    struct err *e)
{
	(void)s;
	(void)e;
	add_word_starts(q, t->text, "l.name_words");
	return RC_OK;
}

static enum rc
term_text(struct store *s, struct sql *q, const struct query_term *t,
    struct err *e)
{
	(void)s;
	(void)e;
	sql_words(q, t->text);
	return RC_OK;
}

static enum rc
term_is(struct store *s, struct sql *q, const struct query_term *t,
    struct err *e)
{
	(void)s;
	if (str_equal(t->text, "screened"))
		sql_add(q, "l.screened");
	else if (str_equal(t->text, "unscreened"))
		sql_add(q, "NOT l.screened");
	else if (str_equal(t->text, "lowering"))
		sql_add(q, "l.lowering");
	else if (str_equal(t->text, "conflict"))
		sql_add(q, "l.conflict");
	else if (str_equal(t->text, "restricted"))
		sql_add(q, "l.restricted");
	else
		return err_set(e, RC_INPUT, "\"is:%s\" is not known; use "
		    "screened, unscreened, lowering, conflict or restricted",
		    t->text);
	return RC_OK;
}

static const term_fn terms[] = {
	[QUERY_RISK] = term_risk,
	[QUERY_COULD] = term_could,
	[QUERY_SIGNS] = term_count,
	[QUERY_VULNERABILITIES] = term_count,
	[QUERY_NOTKNOWN] = term_count,
	[QUERY_DUE] = term_due,
	[QUERY_BORN] = term_born,
	[QUERY_CHANGED] = term_changed,
	[QUERY_OWNER] = term_owner,
	[QUERY_REF] = term_ref,
	[QUERY_NAME] = term_name,
	[QUERY_TEXT] = term_text,
	[QUERY_IS] = term_is
};

enum rc
sql_conditions(struct store *s, struct sql *q, const struct query *query,
    struct err *e)
{
	enum rc rc = RC_OK;

	sql_add(q, "1");
	for (size_t i = 0; query != NULL && i < query->n && rc == RC_OK; i++) {
		const struct query_term *t = &query->terms[i];

		sql_add(q, t->not ? " AND NOT (" : " AND (");
		rc = terms[t->key](s, q, t, e);
		sql_add(q, ")");
	}
	return rc;
}

#define URGENCY " ORDER BY l.judgement, l.due, l.changed DESC, l.book"

/*
 * A page is chosen from the index of urgency alone, and only its rows are
 * read: the end of a long list costs what the index costs.
 */
static enum rc
add_page(struct store *s, struct sql *q, const struct case_range *range,
    struct err *e)
{
	enum rc rc;

	sql_add(q, "SELECT " CASE_COLUMNS " FROM (SELECT l.book AS chosen"
	    " FROM case_list l WHERE ");
	sql_visible(s, q);
	sql_add(q, " AND ");
	rc = sql_conditions(s, q, range->query, e);
	sql_add(q, URGENCY " LIMIT ");
	sql_number(q, (int64_t)range->limit);
	sql_add(q, " OFFSET ");
	sql_number(q, (int64_t)range->offset);
	sql_add(q, ") JOIN case_list l ON l.book = chosen"
	    " JOIN book b ON b.id = l.book" URGENCY);
	return rc;
}

static enum rc
add_all(struct store *s, struct sql *q, const struct case_range *range,
    struct err *e)
{
	enum rc rc;

	sql_add(q, "SELECT " CASE_COLUMNS " FROM case_list l"
	    " JOIN book b ON b.id = l.book WHERE ");
	sql_visible(s, q);
	sql_add(q, " AND ");
	rc = sql_conditions(s, q, range->query, e);
	sql_add(q, URGENCY " LIMIT -1 OFFSET ");
	sql_number(q, (int64_t)range->offset);
	return rc;
}

static enum rc
list_visible(struct store *s, const struct case_range *range,
    struct case_sink *to, struct err *e)
{
	sqlite3_stmt *st;
	struct sql q;
	enum rc rc;

	sql_init(&q);
	rc = range->limit != 0 ? add_page(s, &q, range, e) :
	    add_all(s, &q, range, e);
	if (rc == RC_OK)
		rc = sql_prepare(s, &q, &st, e);
	if (rc == RC_OK)
		rc = sql_rows(s, st, case_sink_take, to, e);
	sql_release(&q);
	return rc;
}

static enum rc
count_visible(struct store *s, const struct query *query, size_t *n,
    struct err *e)
{
	struct sql q;
	enum rc rc;

	sql_init(&q);
	sql_add(&q, "SELECT count(*) FROM case_list l WHERE ");
	sql_visible(s, &q);
	sql_add(&q, " AND ");
	rc = sql_conditions(s, &q, query, e);
	if (rc == RC_OK)
		rc = sql_count(s, &q, n, e);
	sql_release(&q);
	return rc;
}

/* What is left of the page after the n rows that could be shown. */
static enum rc
list_masked(struct store *s, const struct case_range *range,
    struct case_sink *to, struct err *e)
{
	struct case_range rest = *range;
	size_t before = 0;
	enum rc rc = RC_OK;

	if (to->stopped || (range->limit != 0 && to->n == range->limit))
		return RC_OK;
	if (to->n == 0 && range->offset != 0)
		rc = count_visible(s, range->query, &before, e);
	rest.offset = to->n == 0 && range->offset > before ?
	    range->offset - before : 0;
	rest.limit = range->limit != 0 ? range->limit - to->n : 0;
	return rc == RC_OK ? mask_rows(s, &rest, to, e) : rc;
}

enum rc
store_cases(struct store *s, const struct query *query, size_t offset,
    size_t limit, store_case_fn fn, void *ctx, struct err *e)
{
	struct case_range range = {query, NULL, offset, limit};
	struct case_sink to = {fn, ctx, 0, false};
	enum rc rc = right_check(store_role(s), RIGHT_READ, e);

	if (rc == RC_OK)
		rc = list_visible(s, &range, &to, e);
	return rc == RC_OK ? list_masked(s, &range, &to, e) : rc;
}

enum rc
store_cases_count(struct store *s, const struct query *query, size_t *n,
    struct err *e)
{
	struct case_range range = {query, NULL, 0, 0};
	size_t masked = 0;
	enum rc rc = right_check(store_role(s), RIGHT_READ, e);

	if (rc == RC_OK)
		rc = count_visible(s, query, n, e);
	if (rc == RC_OK)
		rc = mask_count(s, &range, &masked, e);
	*n += masked;
	return rc;
}
