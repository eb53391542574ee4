/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The projections: the case list line by line, the index of observations
 * and the words, each against what the entries give now.
 */
#include "config.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/rights.h"
#include "db/bytes.h"
#include "db/look.h"

#define REBUILD "the entries are sound: run \"hearken verify --mend\" to " \
	"make it anew, and look at the disk"

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
compare_line(struct walk *w, int64_t book, const struct casefile *c,
    struct err *e)
{
	char name[CASE_NAME_MAX];
	struct list_line l;
	sqlite3_stmt *st;
	enum rc rc = stmt_get(w->s, STMT_LIST_ROW, &st, e);
	int code;

	if (rc != RC_OK)
		return rc;
	name_case(w, c, name);
	list_line_make(w->s, c, &l);
	code = stmt_bind(st, "i", book);
	if (code == SQLITE_OK)
		code = sqlite3_step(st);
	if (code == SQLITE_DONE)
		walk_fault(w, FAULT_DAMAGED,
		    "case %s is missing from the case list; " REBUILD, name);
	else if (code != SQLITE_ROW)
		rc = stmt_fail(w->s, code, "read the list of cases", e);
	else if (!list_line_equals(&l, st))
		walk_fault(w, FAULT_DAMAGED,
		    "the case list does not say of case %s what its "
		    "entries say; " REBUILD, name);
	sqlite3_reset(st);
	list_line_release(&l);
	return rc;
}

static enum rc
compare_book(struct walk *w, int64_t book, struct err *e)
{
	struct casefile c;
	enum rc rc = casefile_load(w->s, book, &c, e);

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
		rc = compare_line(w, book, &c, e);
	casefile_release(&c);
	w->v->cases++;
	return rc;
}

static enum rc
compare_count(struct walk *w, struct err *e)
{
	sqlite3_stmt *st;
	enum rc rc = stmt_get(w->s, STMT_LIST_COUNT, &st, e);

	if (rc != RC_OK)
		return rc;
	if (sqlite3_step(st) == SQLITE_ROW &&
	    (uint64_t)sqlite3_column_int64(st, 0) !=
	    w->v->cases - w->disposed)
		walk_fault(w, FAULT_DAMAGED,
		    "the case list holds %lld cases, the entries "
		    "%llu; " REBUILD,
		    (long long)sqlite3_column_int64(st, 0),
		    (unsigned long long)(w->v->cases - w->disposed));
	sqlite3_reset(st);
	return rc;
}

enum rc
walk_cases(struct walk *w, struct err *e)
{
	struct case_id reg = case_id_register(), id;
	sqlite3_stmt *st;
	enum rc rc = stmt_get(w->s, STMT_BOOK_ALL, &st, e);
	int code = SQLITE_DONE;

	while (rc == RC_OK && w->v->sound &&
	    (code = sqlite3_step(st)) == SQLITE_ROW) {
		if (!stmt_blob(st, 1, id.b, CASE_ID_LEN) ||
		    case_id_equal(&id, &reg))
			continue;
		rc = compare_book(w, sqlite3_column_int64(st, 0), e);
		if (rc == RC_OK)
			rc = walk_step(w, e);
	}
	if (rc == RC_OK && w->v->sound && code != SQLITE_DONE)
		rc = stmt_fail(w->s, code, "read the cases", e);
	sqlite3_reset(st);
	return rc == RC_OK && w->v->sound ? compare_count(w, e) : rc;
}

struct tallies {
	struct tally words, homes, observed, looks;
};

static void
tallies_init(struct tallies *t, const struct walk *w)
{
	tally_init(&t->words, w);
	tally_init(&t->homes, w);
	tally_init(&t->observed, w);
	tally_init(&t->looks, w);
}

static int
compare_words(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

/* Each different word of a text once; text is cut up. */
static enum rc
tally_words(struct tally *t, char *text, int64_t row, struct err *e)
{
	size_t n = 0, i = 0;
	const char **list;
	char *p;

	for (p = text; *p != '\0'; p++)
		n += *p == ' ';
	if (n == 0)
		return RC_OK;
	list = malloc(n * sizeof(*list));
	if (list == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to check the "
		    "words");
	for (p = text; i < n; p += strlen(p) + 1) {
		p[strcspn(p, " ")] = '\0';
		list[i++] = p;
	}
	qsort(list, n, sizeof(*list), compare_words);
	for (i = 0; i < n; i++) {
		if (i == 0 || strcmp(list[i], list[i - 1]) != 0)
			tally_add(t, list[i], strlen(list[i]), row);
	}
	free(list);
	return RC_OK;
}

static enum rc
tally_entry(struct tallies *t, const struct entry_row *r, struct err *e)
{
	unsigned char key[OBSERVED_KEY_LEN];
	const struct entry *en = &r->entry;
	struct look_line look;
	struct str text;
	json_t *body;
	enum rc rc;

	if (en->body == NULL)
		return RC_OK;
	body = json_loads(en->body, 0, NULL);
	str_init(&text);
	words_of_body(&text, kind_find(en->kind), body);
	rc = tally_words(&t->words, text.s, r->row, e);
	if (text.len != 0)
		tally_add(&t->homes, &r->book, sizeof(r->book), r->row);
	if (strcmp(en->kind, "observation") == 0) {
		observed_key(&en->case_id, &en->on, body, key);
		tally_add(&t->observed, key, sizeof(key), 0);
	}
	if (strcmp(en->kind, "access") == 0 &&
	    look_line_make(en, r->author_row, body, &look))
		look_tally(&t->looks, r->row, &look);
	str_release(&text);
	json_decref(body);
	return rc;
}

static enum rc
tally_entries(struct walk *w, struct tallies *t, struct err *e)
{
	struct entry_row r;
	sqlite3_stmt *st;
	enum rc rc = stmt_get(w->s, STMT_ENTRY_ALL, &st, e);
	int code = SQLITE_DONE;

	while (rc == RC_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
		rc = entry_row_read(w->s, st, &r, e);
		if (rc == RC_OK)
			rc = tally_entry(t, &r, e);
		if (rc == RC_OK)
			rc = walk_step(w, e);
	}
	if (rc == RC_OK && code != SQLITE_DONE)
		rc = stmt_fail(w->s, code, "read the entries", e);
	sqlite3_reset(st);
	return rc;
}

static enum rc
tally_observed(struct walk *w, struct tally *t, struct err *e)
{
	unsigned char key[OBSERVED_KEY_LEN];
	sqlite3_stmt *st;
	enum rc rc = stmt_get(w->s, STMT_OBSERVED_ALL, &st, e);
	int code = SQLITE_DONE;

	while (rc == RC_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
		if (!stmt_blob(st, 0, key, sizeof(key)))
			continue;
		for (int64_t i = sqlite3_column_int64(st, 1); i > 0; i--)
			tally_add(t, key, sizeof(key), 0);
	}
	if (rc == RC_OK && code != SQLITE_DONE)
		rc = stmt_fail(w->s, code, "read the observations", e);
	sqlite3_reset(st);
	return rc;
}

static enum rc
tally_index(struct walk *w, struct tally *t, struct err *e)
{
	sqlite3_stmt *st;
	enum rc rc = words_open(w->s, &st, e);
	int code = SQLITE_DONE;

	while (rc == RC_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
		const char *term = stmt_text(st, 0);

		tally_add(t, term, strlen(term), sqlite3_column_int64(st, 1));
	}
	if (rc == RC_OK && code != SQLITE_DONE)
		rc = stmt_fail(w->s, code, "read the words", e);
	sqlite3_reset(st);
	return rc;
}

static enum rc
tally_homes(struct walk *w, struct tally *t, struct err *e)
{
	sqlite3_stmt *st;
	enum rc rc = stmt_get(w->s, STMT_HOME_ALL, &st, e);
	int code = SQLITE_DONE;

	while (rc == RC_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
		int64_t book = sqlite3_column_int64(st, 1);

		tally_add(t, &book, sizeof(book),
		    sqlite3_column_int64(st, 0));
	}
	if (rc == RC_OK && code != SQLITE_DONE)
		rc = stmt_fail(w->s, code, "read the words", e);
	sqlite3_reset(st);
	return rc;
}

enum rc
walk_indexes(struct walk *w, struct err *e)
{
	struct tallies want, have;
	enum rc rc;

	tallies_init(&want, w);
	tallies_init(&have, w);
	rc = tally_entries(w, &want, e);
	if (rc == RC_OK)
		rc = tally_observed(w, &have.observed, e);
	if (rc == RC_OK)
		rc = tally_index(w, &have.words, e);
	if (rc == RC_OK)
		rc = tally_homes(w, &have.homes, e);
	if (rc == RC_OK)
		rc = look_tally_table(w->s, &have.looks, e);
	if (rc != RC_OK)
		return rc;
	if (!tally_equal(&want.observed, &have.observed))
		walk_fault(w, FAULT_DAMAGED,
		    "the index of observations is not what the "
		    "entries give; " REBUILD);
	if (!tally_equal(&want.words, &have.words) ||
	    !tally_equal(&want.homes, &have.homes))
		walk_fault(w, FAULT_DAMAGED,
		    "the index of words is not what the entries "
		    "give; " REBUILD);
	if (!tally_equal(&want.looks, &have.looks))
		walk_fault(w, FAULT_DAMAGED,
		    "the list of who looked at what is not what "
		    "the entries give; " REBUILD);
	return RC_OK;
}
