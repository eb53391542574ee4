/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a casefile comes to as one line of the review queue.
 */
#include "config.h"

#include <string.h>

#include "core/clocks.h"
#include "db/impl.h"

static bool
take_due(const struct clock_row *row, void *ctx)
{
	struct queue_line *l = ctx;

	/* From when something may be done is no limit. */
	if (row->kind != DEADLINE_NOT_BEFORE && row->due < l->due) {
		l->due = row->due;
		l->due_rule = row->id;
		l->due_why = row->label;
	}
	return true;
}

static int64_t
author_row(const struct store *s, const struct author_id *key)
{
	for (size_t i = 0; i < s->nauthors; i++)
		if (memcmp(&s->authors[i], key, sizeof(*key)) == 0)
			return (int64_t)i + 1;
	return 0;
}

struct authors {
	const struct store *s;
	struct str *out;
};

static void
add_author(const struct author_id *key, void *ctx)
{
	struct authors *a = ctx;
	struct str one;

	str_init(&one);
	str_add_fmt(&one, " %lld ", (long long)author_row(a->s, key));
	if (strstr(a->out->s, one.s) == NULL)
		str_add(a->out, one.s + 1);
	str_release(&one);
}

static void
add_conflicts(const struct casefile *c, struct queue_line *l)
{
	for (size_t i = 0; i < c->nconflicts; i++) {
		l->why |= QUEUE_CONFLICT;
		if (c->conflicts[i].b->entry.at < l->since)
			l->since = c->conflicts[i].b->entry.at;
	}
}

void
queue_line_make(const struct store *s, const struct casefile *c,
    const struct oversight *o, unsigned rules, struct queue_line *l)
{
	struct authors a = {s, &l->authors};

	memset(l, 0, sizeof(*l));
	str_init(&l->authors);
	l->level = o->level;
	l->rules = rules;
	l->why = o->why;
	l->since = o->since;
	add_conflicts(c, l);
	l->due = INT64_MAX;
	l->due_rule = l->due_why = "";
	casefile_clocks(c, take_due, l);
	l->whose = author_row(s, &o->whose);
	str_add_char(&l->authors, ' ');
	oversight_authors(c, o->about, add_author, &a);
	casefile_second_looks(c, s->second_look, &l->looks);
}

void
queue_line_release(struct queue_line *l)
{
	str_release(&l->authors);
}

enum rc
queue_line_write(struct store *s, int64_t book, const struct queue_line *l,
    struct err *e)
{
	return stmt_do(s, STMT_QUEUE_PUT, e, "iiiiittiitiiii", book,
	    (int64_t)l->level, (int64_t)l->rules, (int64_t)l->why, l->due,
	    l->due_rule, l->due_why, l->since, l->whose, l->authors.s,
	    (int64_t)l->looks.drawn, (int64_t)l->looks.seen,
	    (int64_t)l->looks.agreed, (int64_t)l->looks.differed);
}

static bool
same_int(sqlite3_stmt *st, int column, int64_t v)
{
	return sqlite3_column_int64(st, column) == v;
}

bool
queue_line_equals(const struct queue_line *l, sqlite3_stmt *st)
{
	return same_int(st, 0, l->level) && same_int(st, 1, l->rules) &&
	    same_int(st, 2, l->why) && same_int(st, 3, l->due) &&
	    strcmp(stmt_text(st, 4), l->due_rule) == 0 &&
	    strcmp(stmt_text(st, 5), l->due_why) == 0 &&
	    same_int(st, 6, l->since) && same_int(st, 7, l->whose) &&
	    strcmp(stmt_text(st, 8), l->authors.s) == 0 &&
	    same_int(st, 9, (int64_t)l->looks.drawn) &&
	    same_int(st, 10, (int64_t)l->looks.seen) &&
	    same_int(st, 11, (int64_t)l->looks.agreed) &&
	    same_int(st, 12, (int64_t)l->looks.differed);
}
