/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The filter language as conditions over the case list.
 */
#include "config.h"

#include <string.h>

#include "core/utf8.h"
#include "db/sql.h"

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
		/* What waits without a day to count to is due all the same. */
		sql_add(q, "(l.due = ");
		sql_number(q, INT64_MAX);
		sql_add(q, " AND NOT EXISTS (SELECT 1 FROM due d"
		    " WHERE d.book = l.book))");
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

/* Each item of a value by itself, joined by "or". */
typedef void (*item_fn)(struct store *s, struct sql *q, const char *item);

static enum rc
any_item(struct store *s, struct sql *q, const struct query_term *t,
    item_fn add, struct err *e)
{
	const char *p = t->text, *from;
	struct str item;

	(void)e;
	str_init(&item);
	while (p != NULL) {
		from = p;
		str_clear(&item);
		str_add_n(&item, from, query_item(t, &p));
		add(s, q, item.s);
		if (p != NULL)
			sql_add(q, " OR ");
	}
	str_release(&item);
	return RC_OK;
}

static void
add_owner(struct store *s, struct sql *q, const char *name)
{
	bool me = str_equal(name, "me");

	sql_add(q, "l.owner IN (0");
	sql_add(q, " + ");
	sql_number(q, me ? s->author_row : -1);
	for (size_t i = 0; i < s->nauthors && !me; i++) {
		if (!names_equal(name, roster_name(&s->roster,
		    &s->authors[i])))
			continue;
		sql_add(q, ", ");
		sql_number(q, (int64_t)i + 1);
	}
	sql_add(q, ")");
}

static enum rc
term_owner(struct store *s, struct sql *q, const struct query_term *t,
    struct err *e)
{
	return any_item(s, q, t, add_owner, e);
}

/* A birthday on or before this day means at least so many years today. */
static void
add_age(struct store *s, struct sql *q, const char *op, int64_t years)
{
	int32_t today = moment_day(clock_now(s->clock));

	sql_add(q, "l.birth");
	sql_add(q, op);
	sql_number(q, day_add_months(today, years > 150 ? -1800 :
	    -12 * (int)years));
}

static enum rc
term_age(struct store *s, struct sql *q, const struct query_term *t,
    struct err *e)
{
	bool next = t->op == QUERY_LE || t->op == QUERY_GT;

	(void)e;
	sql_add(q, "l.birth <> ");
	sql_number(q, DAY_NONE);
	sql_add(q, " AND ");
	if (t->op == QUERY_EQ) {
		add_age(s, q, " <= ", t->number);
		sql_add(q, " AND ");
		add_age(s, q, " > ", t->number + 1);
	} else {
		add_age(s, q, t->op == QUERY_LT || t->op == QUERY_LE ?
		    " > " : " <= ", t->number + (next ? 1 : 0));
	}
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

static void
add_reference(struct store *s, struct sql *q, const char *text)
{
	(void)s;
	add_word_starts(q, text, "l.reference_words");
}

static void
add_name(struct store *s, struct sql *q, const char *text)
{
	(void)s;
	add_word_starts(q, text, "l.name_words");
}

static enum rc
term_ref(struct store *s, struct sql *q, const struct query_term *t,
    struct err *e)
{
	return any_item(s, q, t, add_reference, e);
}

static enum rc
term_name(struct store *s, struct sql *q, const struct query_term *t,
    struct err *e)
{
	return any_item(s, q, t, add_name, e);
}

/* Whole: the facet has this word; else a word that begins so. */
static void
add_facet(struct sql *q, const char *facet, const char *word, size_t n,
    bool whole)
{
	struct str one;

	str_init(&one);
	str_add_fmt(&one, " %s=%.*s%s", facet, (int)n, word,
	    whole ? " " : "");
	sql_add(q, "instr(l.facets, ");
	sql_text(q, one.s, one.len);
	sql_add(q, ") > 0");
	str_release(&one);
}

static void
add_kind(struct store *s, struct sql *q, const char *kind)
{
	(void)s;
	add_facet(q, "kind", kind, strlen(kind), true);
}

static enum rc
term_kind(struct store *s, struct sql *q, const struct query_term *t,
    struct err *e)
{
	return any_item(s, q, t, add_kind, e);
}

/* Every word of the item begins a word of the facet. */
static void
add_facet_words(struct sql *q, const char *facet, const char *text)
{
	struct str words;
	size_t n;

	str_init(&words);
	words_of_text(&words, text);
	sql_add(q, "(1");
	for (const char *p = words.s; *p != '\0'; p += n + 1) {
		n = strcspn(p, " ");
		sql_add(q, " AND ");
		add_facet(q, facet, p, n, false);
	}
	sql_add(q, ")");
	str_release(&words);
}

static const char *const facet_of[] = {
	[QUERY_AREA] = "area",
	[QUERY_SCHOOL] = "school",
	[QUERY_AGENCY] = "agency",
	[QUERY_WITH] = "with"
};

static enum rc
term_facet(struct store *s, struct sql *q, const struct query_term *t,
    struct err *e)
{
	const char *p = t->text, *from;
	struct str item;

	(void)s;
	(void)e;
	str_init(&item);
	while (p != NULL) {
		from = p;
		str_clear(&item);
		str_add_n(&item, from, query_item(t, &p));
		add_facet_words(q, facet_of[t->key], item.s);
		if (p != NULL)
			sql_add(q, " OR ");
	}
	str_release(&item);
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

/* What is: takes, as a condition; query.c of core/ lists the same words. */
static const struct {
	const char *name, *sql;
} states[] = {
	{"screened", "l.screened"},
	{"unscreened", "NOT l.screened"},
	{"lowering", "l.lowering"},
	{"conflict", "l.conflict"},
	{"restricted", "l.restricted"},
	{"flagged", "instr(l.facets, ' is=flagged ') > 0"},
	{"returned", "instr(l.facets, ' is=returned ') > 0"},
	{"downgraded", "instr(l.facets, ' is=downgraded ') > 0"},
	{"closed-lately", "instr(l.facets, ' is=closed-lately ') > 0"},
	{"closed", "instr(l.facets, ' is=closed ') > 0"},
	{"open", "instr(l.facets, ' is=closed ') = 0"},
};

static void
add_state(struct store *s, struct sql *q, const char *name)
{
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (strcmp(states[i].name, name) == 0) {
			sql_add(q, states[i].sql);
			return;
		}
	sql_add(q, "l.due < ");
	sql_number(q, clock_now(s->clock));
}

static enum rc
term_is(struct store *s, struct sql *q, const struct query_term *t,
    struct err *e)
{
	return any_item(s, q, t, add_state, e);
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
	[QUERY_IS] = term_is,
	[QUERY_AGE] = term_age,
	[QUERY_KIND] = term_kind,
	[QUERY_AREA] = term_facet,
	[QUERY_SCHOOL] = term_facet,
	[QUERY_AGENCY] = term_facet,
	[QUERY_WITH] = term_facet
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
