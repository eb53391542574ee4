/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is found by search and by imports: the words, the observations and
 * the looks, each against what the entries give now.  Both sides are added
 * up as sets, so that neither has to be sorted or held.
 */
#include "config.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/lean.h"
#include "db/bytes.h"
#include "db/look.h"

#define REBUILD "the entries that are there are sound: compare with a " \
	"backup (--against), then \"hearken verify --mend\" makes it anew"
#define WORDS_LEAN 64		/* different words of one body */
#define WORD_LEAN 64		/* bytes of one word */
#define OBSERVED_LEAN 2048	/* bytes that an observation's key covers */

struct tallies {
	struct tally words, homes, observed, looks;
	const struct kind *kind;	/* of the entry before */
};

static void
tallies_init(struct tallies *t, const struct walk *w)
{
	tally_init(&t->words, w);
	tally_init(&t->homes, w);
	tally_init(&t->observed, w);
	tally_init(&t->looks, w);
	t->kind = NULL;
}

/* A word first becomes a sum of its own: an index names it many times. */
static void
add_word(struct tally *t, uint64_t sum, int64_t row)
{
	tally_add(t, &sum, sizeof(sum), row);
}

/* ---- by the JSON library ---- */

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
		if (i != 0 && strcmp(list[i], list[i - 1]) == 0)
			continue;
		add_word(t, tally_sum(t, list[i], strlen(list[i])), row);
	}
	free(list);
	return RC_OK;
}

static enum rc
tally_json(struct tallies *t, const struct entry_row *r, struct err *e)
{
	unsigned char key[OBSERVED_KEY_LEN];
	const struct entry *en = &r->entry;
	struct look_line look;
	struct str text;
	json_t *body = json_loads(en->body, 0, NULL);
	enum rc rc;

	str_init(&text);
	words_of_body(&text, t->kind, body);
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

/* ---- where it stands ---- */

struct word_set {
	uint64_t sums[WORDS_LEAN];
	size_t n;
};

/* False when there is no room for one more. */
static bool
set_add(struct word_set *set, const struct tally *t, const char *word,
    size_t n)
{
	uint64_t sum = tally_sum(t, word, n);

	for (size_t i = 0; i < set->n; i++)
		if (set->sums[i] == sum)
			return true;
	if (set->n == WORDS_LEAN)
		return false;
	set->sums[set->n++] = sum;
	return true;
}

/* As words_of_text has it for ASCII; an apostrophe is dropped. */
static char
word_char(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c - 'A' + 'a');
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    c == '\'' ? c : '\0';
}

static bool
add_text(struct word_set *set, const struct tally *t, const char *s,
    size_t n)
{
	char word[WORD_LEAN], c;
	size_t len = 0;

	for (size_t i = 0; i <= n; i++) {
		c = i < n ? word_char(s[i]) : '\0';
		if (c == '\'')
			continue;
		if (c != '\0' && len == WORD_LEAN)
			return false;
		if (c != '\0')
			word[len++] = c;
		else if (len != 0 && !set_add(set, t, word, len))
			return false;
		if (c == '\0')
			len = 0;
	}
	return true;
}

static bool
lean_words(const struct tallies *t, const struct lean *l,
    struct word_set *set)
{
	const struct lean_field *have;

	set->n = 0;
	if (t->kind == NULL)
		return true;
	for (const struct field *f = t->kind->fields; f->name != NULL; f++) {
		if ((f->flags & FIELD_SEARCHED) == 0)
			continue;
		have = lean_find(l, f->name);
		if (have != NULL && have->text != NULL &&
		    !add_text(set, &t->words, have->text, have->n))
			return false;
	}
	return true;
}

/* Length in eight bytes, then the text, as observed_key hashes them. */
static unsigned char *
put_text(unsigned char *p, const char *text, size_t n)
{
	p = put_uint(p, n, 8);
	return n != 0 ? put_bytes(p, text, n) : p;
}

static bool
lean_observed(const struct lean *l, const struct scan_row *r,
    unsigned char key[OBSERVED_KEY_LEN])
{
	unsigned char all[OBSERVED_LEAN], *p = all;
	const struct lean_field *f;
	const char *name;

	if (r->nbody + CASE_ID_LEN + 8 * 8 + SPAN_TEXT_MAX > sizeof(all))
		return false;
	p = put_bytes(p, r->r.entry.case_id.b, CASE_ID_LEN);
	for (size_t i = 0; (name = observed_field(i)) != NULL; i++) {
		f = lean_find(l, name);
		p = put_text(p, f != NULL ? f->text : NULL,
		    f != NULL ? f->n : 0);
	}
	p = put_text(p, r->on, r->non);
	crypto_generichash(key, OBSERVED_KEY_LEN, all,
	    (unsigned long long)(p - all), NULL, 0);
	return true;
}

/* False: nothing was added, and the JSON library has to be asked. */
static bool
tally_lean(struct tallies *t, const struct scan_row *r)
{
	bool observation = strcmp(r->r.entry.kind, "observation") == 0;
	unsigned char key[OBSERVED_KEY_LEN];
	struct word_set set;
	struct lean l;

	if (strcmp(r->r.entry.kind, "access") == 0 ||
	    (t->kind != NULL && words_marked(t->kind)) ||
	    !lean_read(r->r.entry.body, r->nbody, &l) ||
	    !lean_words(t, &l, &set) ||
	    (observation && !lean_observed(&l, r, key)))
		return false;
	for (size_t i = 0; i < set.n; i++)
		add_word(&t->words, set.sums[i], r->r.row);
	if (set.n != 0)
		tally_add(&t->homes, &r->r.book, sizeof(r->r.book), r->r.row);
	if (observation)
		tally_add(&t->observed, key, sizeof(key), 0);
	return true;
}

/* ---- the entries ---- */

static enum rc
tally_entry(struct walk *w, struct tallies *t, struct scan_row *r,
    struct err *e)
{
	const struct entry *en = &r->r.entry;
	enum rc rc;

	if (en->body == NULL)
		return RC_OK;
	if (t->kind == NULL || strcmp(t->kind->name, en->kind) != 0)
		t->kind = kind_find(en->kind);
	if (tally_lean(t, r))
		return RC_OK;
	rc = scan_row_date(w->s, r, e);
	return rc == RC_OK ? tally_json(t, &r->r, e) : rc;
}

static enum rc
tally_entries(struct walk *w, struct tallies *t, struct err *e)
{
	struct scan_row r;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, w->s, STMT_ENTRY_SCAN, e, "");

	while (rc == RC_OK && stmt_next(&rows)) {
		rc = scan_row_read(w->s, &w->books, rows.st, &r, e);
		if (rc == RC_OK)
			rc = tally_entry(w, t, &r, e);
		if (rc == RC_OK)
			rc = walk_step(w, e);
	}
	return stmt_close(&rows, rc, "read the entries", e);
}

/* ---- the projections ---- */

static enum rc
tally_observed(struct walk *w, struct tally *t, struct err *e)
{
	unsigned char key[OBSERVED_KEY_LEN], last[OBSERVED_KEY_LEN] = {0};
	bool sorted = true;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, w->s, STMT_OBSERVED_ALL, e, "");

	while (rc == RC_OK && stmt_next(&rows)) {
		if (!stmt_blob(rows.st, 0, key, sizeof(key)))
			continue;
		sorted = sorted && (t->n == 0 ||
		    memcmp(last, key, sizeof(key)) < 0);
		memcpy(last, key, sizeof(key));
		tally_add_times(t, key, sizeof(key),
		    (uint64_t)sqlite3_column_int64(rows.st, 1));
	}
	rc = stmt_close(&rows, rc, "read the observations", e);
	/* What stands out of order is not found, so it is not there. */
	if (!sorted)
		tally_init(t, w);
	return rc;
}

/* The index gives its words in order, each with its rows. */
static enum rc
tally_index(struct walk *w, struct tally *t, struct err *e)
{
	uint64_t sum = 0;
	struct str last;
	sqlite3_stmt *st;
	enum rc rc = words_open(w->s, &st, e);
	int code = SQLITE_DONE;

	str_init(&last);
	while (rc == RC_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
		const char *term = stmt_text(st, 0);
		size_t n = (size_t)sqlite3_column_bytes(st, 0);

		if (t->n == 0 || n != last.len ||
		    memcmp(term, last.s, n) != 0) {
			str_clear(&last);
			str_add_n(&last, term, n);
			sum = tally_sum(t, term, n);
		}
		add_word(t, sum, sqlite3_column_int64(st, 1));
	}
	if (rc == RC_OK && code != SQLITE_DONE)
		rc = stmt_fail(w->s, code, "read the words", e);
	sqlite3_reset(st);
	str_release(&last);
	return rc;
}

static enum rc
tally_homes(struct walk *w, struct tally *t, struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, w->s, STMT_HOME_ALL, e, "");

	while (rc == RC_OK && stmt_next(&rows)) {
		int64_t book = sqlite3_column_int64(rows.st, 1);

		tally_add(t, &book, sizeof(book),
		    sqlite3_column_int64(rows.st, 0));
	}
	return stmt_close(&rows, rc, "read the words", e);
}

static void
compare_tallies(struct walk *w, const struct tallies *want,
    const struct tallies *have)
{
	if (!tally_equal(&want->observed, &have->observed))
		walk_fault(w, FAULT_DAMAGED, "the index of observations is "
		    "not what the entries give; " REBUILD);
	if (!tally_equal(&want->words, &have->words) ||
	    !tally_equal(&want->homes, &have->homes))
		walk_fault(w, FAULT_DAMAGED, "the index of words is not what "
		    "the entries give; " REBUILD);
	if (!tally_equal(&want->looks, &have->looks))
		walk_fault(w, FAULT_DAMAGED, "the list of who looked at what "
		    "is not what the entries give; " REBUILD);
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
	if (rc == RC_OK)
		compare_tallies(w, &want, &have);
	return rc;
}
