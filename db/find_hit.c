/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One entry that may hold what is looked for: whether it does, where, and
 * what has become of it.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/lean.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "db/find_impl.h"
#include "db/mask.h"

#define SNIPPET_BEFORE 40	/* columns before the first place */
#define SNIPPET_COLUMNS 240

/* ---- which cases ---- */

static int
compare_books(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static bool
is_masked(const struct finder *f, int64_t book)
{
	return book == REGISTER_BOOK || (f->nmasked != 0 && bsearch(&book,
	    f->masked, f->nmasked, sizeof(book), compare_books) != NULL);
}

static enum rc
add_masked(struct finder *f, int64_t book, struct err *e)
{
	int64_t *more = vec_try_room(f->masked, f->nmasked, &f->capmasked,
	    sizeof(*more));

	if (more == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to search");
	f->masked = more;
	f->masked[f->nmasked++] = book;
	return RC_OK;
}

enum rc
hit_masked(struct finder *f, struct err *e)
{
	sqlite3_stmt *st = NULL;
	struct sql q;
	enum rc rc;
	int code = SQLITE_DONE;

	sql_init(&q);
	sql_add(&q, "SELECT l.book FROM case_list l"
	    " INDEXED BY case_list_restricted WHERE ");
	sql_masked(f->s, &q);
	sql_add(&q, " ORDER BY l.book");
	rc = sql_prepare(f->s, &q, &st, e);
	while (rc == RC_OK && (code = sqlite3_step(st)) == SQLITE_ROW)
		rc = add_masked(f, sqlite3_column_int64(st, 0), e);
	if (rc == RC_OK && code != SQLITE_DONE)
		rc = stmt_fail(f->s, code, "read the list of cases", e);
	sqlite3_finalize(st);
	sql_release(&q);
	return rc;
}

enum rc
hit_home(struct finder *f, int64_t row, int64_t *book, struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, f->s, STMT_HOME_OF, e, "i", row);

	*book = 0;
	if (rc == RC_OK && stmt_next(&rows))
		*book = sqlite3_column_int64(rows.st, 0);
	rc = stmt_close(&rows, rc, "search the store", e);
	if (is_masked(f, *book))
		*book = 0;
	return rc;
}

/* ---- whether ---- */

static void
add_holding(struct holding *h, enum word_class class, uint32_t found)
{
	h->text |= found;
	if (class == WORDS_NAME)
		h->name |= found;
	else if (class == WORDS_REFERENCE)
		h->reference |= found;
}

/* True if no phrase or word needs more than one text to be looked at. */
static bool
look_lean(struct finder *f, const struct kind *k, const char *body, size_t n,
    struct holding *out)
{
	const struct lean_field *have;
	struct lean l;

	if (!lean_read(body, n, &l))
		return false;
	for (const struct field *fd = k->fields; fd->name != NULL; fd++) {
		if ((fd->flags & FIELD_SEARCHED) == 0)
			continue;
		have = lean_find(&l, fd->name);
		if (have != NULL && have->text != NULL)
			add_holding(out, words_class(k, fd),
			    needles_in_ascii(&f->ns, have->text, have->n));
	}
	return true;
}

/* As the index goes through a value: every text in it. */
static uint32_t
look_json(struct finder *f, const json_t *j, int depth)
{
	uint32_t found = 0;
	const json_t *v;
	size_t i;

	if (json_is_string(j))
		return needles_in(&f->ns, json_string_value(j),
		    json_string_length(j), &f->scratch);
	if (json_is_array(j) && depth < 4)
		json_array_foreach(j, i, v)
			found |= look_json(f, v, depth + 1);
	if (json_is_object(j) && depth < 4)
		for (void *it = json_object_iter((json_t *)(uintptr_t)j);
		    it != NULL; it = json_object_iter_next(
		    (json_t *)(uintptr_t)j, it))
			found |= look_json(f, json_object_iter_value(it),
			    depth + 1);
	return found;
}

enum rc
hit_look(struct finder *f, sqlite3_stmt *st, struct holding *out,
    struct err *e)
{
	const struct kind *k = kind_find(stmt_text(st, 4));
	const char *body = stmt_text(st, 9);
	json_t *j;

	memset(out, 0, sizeof(*out));
	if (is_masked(f, sqlite3_column_int64(st, 11)))
		return RC_OK;
	if (k == NULL || *body == '\0' || look_lean(f, k, body,
	    (size_t)sqlite3_column_bytes(st, 9), out))
		return RC_OK;
	j = json_loads(body, 0, NULL);
	if (j == NULL)
		return RC_OK;
	(void)e;
	for (const struct field *fd = k->fields; fd->name != NULL; fd++)
		if ((fd->flags & FIELD_SEARCHED) != 0)
			add_holding(out, words_class(k, fd), look_json(f,
			    json_object_get(j, fd->name), 0));
	json_decref(j);
	return RC_OK;
}

/* ---- where ---- */

/* The text with the most needles; *label is its field's. */
struct best {
	const char *text, *label;
	int score;
};

static int
bits(uint32_t set)
{
	return __builtin_popcount(set);
}

static void
best_text(struct finder *f, const json_t *j, const char *label,
    struct best *b)
{
	const json_t *v;
	size_t i;
	int score;

	if (json_is_string(j)) {
		score = bits(needles_in(&f->ns, json_string_value(j),
		    json_string_length(j), &f->scratch));
		if (score > b->score)
			*b = (struct best){json_string_value(j), label,
			    score};
	} else if (json_is_array(j)) {
		json_array_foreach(j, i, v)
			best_text(f, v, label, b);
	} else if (json_is_object(j)) {
		for (void *it = json_object_iter((json_t *)(uintptr_t)j);
		    it != NULL; it = json_object_iter_next(
		    (json_t *)(uintptr_t)j, it))
			best_text(f, json_object_iter_value(it), label, b);
	}
}

/* Where the snippet begins: at a word, a few columns before the place. */
static size_t
snippet_from(const char *text, size_t place)
{
	size_t at = place, n;
	int columns = 0;

	while (at > 0 && columns < SNIPPET_BEFORE) {
		n = utf8_cluster_before(text, at);
		columns += utf8_columns(text + at - n, n);
		at -= n;
	}
	while (at > 0 && at < place && text[at - 1] != ' ' &&
	    text[at - 1] != '\n')
		at++;
	return at;
}

static size_t
snippet_to(const char *text, size_t from)
{
	size_t at = from, all = strlen(text);
	int columns = 0, w;

	while (at < all && columns < SNIPPET_COLUMNS) {
		at += utf8_cluster(text + at, all - at, &w);
		columns += w;
	}
	return at;
}

static void
keep_marks(struct hit *h, const struct find_mark *marks, size_t n,
    size_t from)
{
	size_t end = strlen(h->snippet);

	for (size_t i = 0; i < n; i++) {
		if (marks[i].at < from ||
		    marks[i].at + marks[i].n > from + end)
			continue;
		h->marks[h->nmarks] = marks[i];
		h->marks[h->nmarks++].at -= from;
	}
}

static enum rc
make_snippet(struct finder *f, struct hit *h, const char *text,
    struct err *e)
{
	struct find_mark marks[FIND_MARKS];
	size_t n = needles_places(&f->ns, text, strlen(text), marks);
	size_t from = snippet_from(text, n > 0 ? marks[0].at : 0);
	size_t to = snippet_to(text, from);

	h->snippet = strndup(text + from, to - from);
	if (h->snippet == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to search");
	for (char *p = h->snippet; *p != '\0'; p++)
		if (*p == '\n' || *p == '\t')
			*p = ' ';
	keep_marks(h, marks, n, from);
	return RC_OK;
}

static enum rc
take_text(struct finder *f, struct hit *h, const char *body, struct err *e)
{
	struct best b = {"", "", 0};
	json_t *j = json_loads(body, 0, NULL);
	enum rc rc;

	for (const struct field *fd = h->kind->fields; fd->name != NULL; fd++)
		if ((fd->flags & FIELD_SEARCHED) != 0)
			best_text(f, json_object_get(j, fd->name), fd->label,
			    &b);
	h->field = b.label;
	rc = make_snippet(f, h, b.text, e);
	json_decref(j);
	return rc;
}

/* ---- what became of it ---- */

/* True in *named if another entry of the case speaks of it by its id. */
static enum rc
is_named(struct finder *f, const struct hit *h, bool *named, struct err *e)
{
	char hex[2 * ENTRY_ID_LEN + 1];
	struct stmt_rows rows;
	enum rc rc;

	hex_format(h->id.b, ENTRY_ID_LEN, hex);
	rc = stmt_open(&rows, f->s, STMT_ENTRY_NAMED, e, "it", h->book, hex);
	*named = rc == RC_OK && stmt_next(&rows);
	return stmt_close(&rows, rc, "search the store", e);
}

static enum find_state
state_of(const struct record *r)
{
	if (r == NULL || r->validity == RECORD_NO_ROLE)
		return FIND_UNCOUNTED;
	if (r->struck_by != NULL)
		return FIND_STRUCK;
	return r->replaced_by != NULL ? FIND_REPLACED : FIND_STANDS;
}

/* Only the fold says what a correction does; few entries are corrected. */
static enum rc
take_state(struct finder *f, struct hit *h, const struct entry *en,
    struct err *e)
{
	struct casefile c;
	bool named = false;
	enum rc rc;

	h->state = (roster_entry_roles(&f->s->roster, en) &
	    h->kind->roles) != 0 ? FIND_STANDS : FIND_UNCOUNTED;
	rc = is_named(f, h, &named, e);
	if (rc != RC_OK || !named)
		return rc;
	rc = casefile_load(f->s, h->book, &c, e);
	if (rc != RC_OK)
		return rc;
	casefile_settle(&c, &f->s->roster);
	h->state = state_of(casefile_find(&c, &h->id));
	casefile_release(&c);
	return RC_OK;
}

/* ---- keeping ---- */

bool
hit_is_kept(const struct finder *f, int64_t row)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->hits[i].row == row)
			return true;
	return false;
}

static enum rc
make_room(struct finder *f, struct err *e)
{
	struct hit *more = vec_try_room(f->hits, f->n, &f->cap,
	    sizeof(*more));

	if (more == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to search");
	f->hits = more;
	return RC_OK;
}

/*
 * A case with many hits does not take the place of the others: what comes
 * after enough that are as good and newer is only counted.
 */
static bool
is_only_counted(const struct finder *f, int64_t book, enum find_why why)
{
	size_t n = 0;

	for (size_t i = 0; !f->thorough && i < f->n && n < FIND_OF_CASE; i++)
		n += f->hits[i].book == book && f->hits[i].why <= why &&
		    f->hits[i].state == FIND_STANDS ? 1 : 0;
	return n == FIND_OF_CASE;
}

static enum rc
fill_hit(struct finder *f, struct hit *h, const struct entry_row *r,
    struct err *e)
{
	enum rc rc;

	h->row = r->row;
	h->book = r->book;
	h->id = r->entry.id;
	h->kind = kind_find(r->entry.kind);
	h->on = r->entry.on;
	h->at = r->entry.at;
	h->counted = is_only_counted(f, h->book, h->why);
	if (h->counted) {
		h->field = "";
		h->snippet = strdup("");
		return h->snippet != NULL ? RC_OK : err_set(e, RC_NOMEM,
		    "not enough memory to search");
	}
	rc = take_state(f, h, &r->entry, e);
	return rc == RC_OK ? take_text(f, h, r->entry.body, e) : rc;
}

enum rc
hit_keep(struct finder *f, sqlite3_stmt *st, enum find_why why,
    struct err *e)
{
	struct hit h = {.why = why};
	struct entry_row r;
	enum rc rc;

	if (hit_is_kept(f, sqlite3_column_int64(st, 0)))
		return RC_OK;
	rc = entry_row_read(f->s, st, &r, e);
	if (rc == RC_OK)
		rc = make_room(f, e);
	if (rc == RC_OK)
		rc = fill_hit(f, &h, &r, e);
	if (rc != RC_OK)
		return rc;
	f->shown += h.counted ? 0 : 1;
	f->hits[f->n++] = h;
	return RC_OK;
}
