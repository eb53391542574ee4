/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table `look`: who looked at what, one line for each access entry.
 */
#include "config.h"

#include "db/look.h"

#include <string.h>

#include "core/kinds.h"
#include "db/bytes.h"

static const struct code *
codes(void)
{
	return kind_field(kind_find("access"), "what")->codes;
}

const char *
look_code(enum look what)
{
	return codes()[what].id;
}

const char *
look_label(enum look what)
{
	return codes()[what].label;
}

bool
look_flagged(enum look what)
{
	return what == LOOK_BREAK_GLASS || what == LOOK_FAILED_UNLOCK;
}

static bool
look_from_code(const char *id, enum look *out)
{
	const struct code *c = codes();

	for (int i = LOOK_OPEN; i <= LOOK_LOOKED_UP && id != NULL; i++) {
		if (strcmp(c[i].id, id) == 0) {
			*out = (enum look)i;
			return true;
		}
	}
	return false;
}

void
look_tally(struct tally *t, int64_t row, const struct look_line *l)
{
	unsigned char line[8 + 8 + 2 + CASE_ID_LEN], *p = line;

	p = put_uint(p, (uint64_t)l->at, 8);
	p = put_uint(p, (uint64_t)l->author, 8);
	p = put_uint(p, (uint64_t)l->what, 1);
	p = put_uint(p, l->has_case, 1);
	(void)put_bytes(p, l->case_id.b, CASE_ID_LEN);
	tally_add(t, line, sizeof(line), row);
}

enum rc
look_tally_table(struct store *s, struct tally *t, struct err *e)
{
	struct look_line l;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_LOOK_ALL, e, "");

	while (rc == RC_OK && stmt_next(&rows)) {
		look_line_read(rows.st, &l);
		/* A flag that was taken away makes it another line. */
		if (sqlite3_column_int(rows.st, 5) != look_flagged(l.what) ||
		    sqlite3_column_int64(rows.st, 3) != (int64_t)l.what)
			l.at = ~l.at;
		look_tally(t, sqlite3_column_int64(rows.st, 0), &l);
	}
	return stmt_close(&rows, rc, "read who looked at what", e);
}

void
look_line_read(sqlite3_stmt *st, struct look_line *l)
{
	int64_t what;

	memset(l, 0, sizeof(*l));
	l->at = sqlite3_column_int64(st, 1);
	l->author = sqlite3_column_int64(st, 2);
	what = sqlite3_column_int64(st, 3);
	l->what = what >= LOOK_OPEN && what <= LOOK_LOOKED_UP ?
	    (enum look)what : LOOK_FAILED_UNLOCK;
	l->has_case = stmt_blob(st, 4, l->case_id.b, CASE_ID_LEN);
}

bool
look_line_make(const struct entry *en, int64_t author, const json_t *body,
    struct look_line *l)
{
	const char *hex = json_string_value(json_object_get(body, "case"));

	memset(l, 0, sizeof(*l));
	l->at = en->at;
	l->author = author;
	l->has_case = hex != NULL && hex_parse(hex, l->case_id.b, CASE_ID_LEN);
	return look_from_code(json_string_value(json_object_get(body, "what")),
	    &l->what);
}

enum rc
project_look(struct store *s, int64_t row, const struct entry *en,
    const json_t *body, struct err *e)
{
	struct look_line l;
	int64_t author = 0;
	enum rc rc = author_row_of(s, &en->author, &author, e);

	if (rc != RC_OK || !look_line_make(en, author, body, &l))
		return rc;
	return stmt_do(s, STMT_LOOK_ADD, e, "iiiibi", row, l.at, l.author,
	    (int64_t)l.what, l.has_case ? (const void *)l.case_id.b : NULL,
	    (size_t)CASE_ID_LEN, (int64_t)look_flagged(l.what));
}
