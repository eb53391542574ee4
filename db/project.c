/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "core/reference.h"
#include "db/bytes.h"
#include "db/due_line.h"
#include "db/mask.h"

static void
hash_field(crypto_generichash_state *h, const char *text)
{
	unsigned char len[8];
	size_t n = text != NULL ? strlen(text) : 0;

	put_uint(len, n, 8);
	crypto_generichash_update(h, len, 8);
	crypto_generichash_update(h, (const unsigned char *)text, n);
}

const char *
observed_field(size_t i)
{
	static const char *const names[] = {
		"instrument", "indicator", "state", "agency", "evidence"
	};

	return i < sizeof(names) / sizeof(names[0]) ? names[i] : NULL;
}

void
observed_key(const struct case_id *id, const struct span *on,
    const json_t *body, unsigned char out[OBSERVED_KEY_LEN])
{
	crypto_generichash_state h;
	char span[SPAN_TEXT_MAX];
	const char *name;

	crypto_generichash_init(&h, NULL, 0, OBSERVED_KEY_LEN);
	crypto_generichash_update(&h, id->b, CASE_ID_LEN);
	for (size_t i = 0; (name = observed_field(i)) != NULL; i++)
		hash_field(&h,
		    json_string_value(json_object_get(body, name)));
	span_format(on, span);
	hash_field(&h, span);
	crypto_generichash_final(&h, out, OBSERVED_KEY_LEN);
}

static enum rc
add_words(struct store *s, int64_t row, int64_t book,
    const struct str *text, struct err *e)
{
	enum rc rc;

	if (text->len == 0)
		return RC_OK;
	rc = stmt_do(s, STMT_WORDS_ADD, e, "it", row, text->s);
	return rc != RC_OK ? rc : stmt_do(s, STMT_HOME_ADD, e, "ii", row,
	    book);
}

static enum rc
project_words(struct store *s, int64_t row, int64_t book,
    const struct kind *k, const json_t *body, struct err *e)
{
	struct str text;
	enum rc rc;

	str_init(&text);
	words_of_body(&text, k, body);
	rc = add_words(s, row, book, &text, e);
	str_release(&text);
	return rc;
}

static enum rc
project_observed(struct store *s, const struct entry *en,
    const json_t *body, struct err *e)
{
	unsigned char key[OBSERVED_KEY_LEN];

	observed_key(&en->case_id, &en->on, body, key);
	return stmt_do(s, STMT_OBSERVED_ADD, e, "b", (const void *)key,
	    sizeof(key));
}

/* The case can be found by its reference before the import is sealed. */
static enum rc
project_early(struct store *s, int64_t book, const json_t *body,
    struct err *e)
{
	const char *ref = json_string_value(json_object_get(body,
	    "reference"));
	struct str key;
	enum rc rc;

	if (ref == NULL)
		return RC_OK;
	str_init(&key);
	reference_key(&key, ref);
	rc = stmt_do(s, STMT_LIST_EARLY, e, "itt", book, ref, key.s);
	str_release(&key);
	return rc;
}

enum rc
project_entry(struct store *s, int64_t row, int64_t book,
    const struct entry *en, const json_t *body, struct err *e)
{
	enum rc rc = project_words(s, row, book, kind_find(en->kind), body,
	    e);

	if (rc == RC_OK && strcmp(en->kind, "observation") == 0)
		rc = project_observed(s, en, body, e);
	if (rc == RC_OK && strcmp(en->kind, "access") == 0)
		rc = project_look(s, row, en, body, e);
	if (rc == RC_OK && s->in_bulk && strcmp(en->kind, "open") == 0)
		rc = project_early(s, book, body, e);
	return rc;
}

/* Of these something else than words is kept. */
static bool
has_more(const struct store *s, const char *kind)
{
	return strcmp(kind, "observation") == 0 ||
	    strcmp(kind, "access") == 0 ||
	    (s->in_bulk && strcmp(kind, "open") == 0);
}

enum rc
project_text(struct store *s, int64_t row, int64_t book,
    const struct entry *en, struct err *e)
{
	struct str text;
	json_t *body;
	enum rc rc;

	str_init(&text);
	if (!has_more(s, en->kind) &&
	    words_of_plain(&text, kind_find(en->kind), en->body)) {
		rc = add_words(s, row, book, &text, e);
	} else {
		body = json_loads(en->body, 0, NULL);
		rc = project_entry(s, row, book, en, body, e);
		json_decref(body);
	}
	str_release(&text);
	return rc;
}

enum rc
casefile_load(struct store *s, int64_t book, struct casefile *out,
    struct err *e)
{
	struct entry_row r;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_ENTRY_OF_BOOK, e, "i", book);
	bool begun = false;

	while (rc == RC_OK && stmt_next(&rows)) {
		rc = entry_row_read(s, rows.st, &r, e);
		if (rc != RC_OK)
			break;
		if (!begun)
			casefile_init(out, &r.entry.case_id);
		begun = true;
		casefile_apply(out, &r.entry);
	}
	rc = stmt_close(&rows, rc, "read the store", e);
	if (rc == RC_OK && !begun)
		rc = err_set(e, RC_NOTFOUND, "there is no such case");
	else if (rc != RC_OK && begun)
		casefile_release(out);
	return rc;
}

enum rc
project_book(struct store *s, int64_t book, struct err *e)
{
	struct list_line l;
	struct casefile c;
	enum rc rc = casefile_load(s, book, &c, e);

	if (rc != RC_OK)
		return rc;
	/* What was disposed of has no line any more. */
	if (disposals_cover(&s->disposals, &c.id)) {
		casefile_release(&c);
		rc = stmt_do(s, STMT_LIST_DROP, e, "i", book);
		if (rc == RC_OK)
			rc = stmt_do(s, STMT_QUEUE_DROP, e, "i", book);
		return rc == RC_OK ? stmt_do(s, STMT_DUE_DROP, e, "i", book) :
		    rc;
	}
	casefile_settle(&c, &s->roster);
	if (casefile_named(&c, &s->author) || mask_broken(s, book))
		s->conflicts += c.nconflicts;
	list_line_make(s, &c, &l);
	rc = list_line_write(s, book, &l, e);
	if (rc == RC_OK)
		rc = queue_line_write(s, book, &l.queue, e);
	list_line_release(&l);
	if (rc == RC_OK)
		rc = due_lines_write(s, book, &c, e);
	casefile_release(&c);
	return rc;
}

enum rc
project_touched(struct store *s, struct err *e)
{
	enum rc rc = RC_OK;
	uint64_t bits;

	for (size_t i = 0; i < s->touched.nwords; i++) {
		bits = s->touched.words[i];
		while (bits != 0 && rc == RC_OK) {
			rc = project_book(s, (int64_t)i * 64 +
			    __builtin_ctzll(bits), e);
			bits &= bits - 1;
		}
	}
	return rc;
}

/* Marks the books that a statement names in its first column. */
static enum rc
touch_selected(struct store *s, enum stmt_id id, int64_t day, struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, id, e,
	    id == STMT_LIST_CHANGING ? "i" : "", day);

	while (rc == RC_OK && stmt_next(&rows))
		rc = touch_book(s, sqlite3_column_int64(rows.st, 0), e);
	return stmt_close(&rows, rc, "read the store", e);
}

enum rc
project_all_cases(struct store *s, struct err *e)
{
	enum rc rc = touch_selected(s, STMT_BOOK_ALL, 0, e);

	return rc == RC_OK ? project_touched(s, e) : rc;
}

/*
 * Tells time zones apart by when the days of some years begin.  The list
 * holds when things are due, the end of a day where the person is: in another
 * zone it is made anew, or verify would take the difference for a fault.
 */
int64_t
zone_print(void)
{
	int32_t day = day_from_civil((struct civil){2024, 1, 1});
	uint64_t print = UINT64_C(0xcbf29ce484222325);

	for (int week = 0; week < 4 * 52; week++, day += 7)
		print = (print ^ (uint64_t)(moment_of_day(day) -
		    INT64_C(86400000) * day)) * UINT64_C(0x100000001b3);
	return (int64_t)print;
}

/* A clock that was put back, or another zone, makes every line suspect. */
static enum rc
project_for_day(struct store *s, int32_t from, struct err *e)
{
	enum rc rc;

	if (s->day > from)
		rc = touch_selected(s, STMT_LIST_CHANGING, s->day, e);
	else
		rc = touch_selected(s, STMT_BOOK_ALL, 0, e);
	if (rc == RC_OK)
		rc = project_touched(s, e);
	if (rc == RC_OK)
		rc = meta_set_int(s, "day", s->day, e);
	if (rc == RC_OK)
		rc = meta_set_int(s, "zone", s->zone, e);
	return rc;
}

enum rc
project_day(struct store *s, struct err *e)
{
	int32_t from = s->day, today = moment_day(clock_now(s->clock));
	int64_t zone = s->zone;
	enum rc rc;

	if (today == from && zone == s->zone_here)
		return RC_OK;
	rc = stmt_do(s, STMT_BEGIN, e, "");
	if (rc != RC_OK)
		return rc;
	s->in_tx = true;
	s->before = s->chain;
	s->authors_before = s->nauthors;
	s->added = 0;
	s->day = today;
	s->zone = s->zone_here;
	rc = project_for_day(s, zone == s->zone ? from : today, e);
	if (rc == RC_OK)
		rc = tx_seal(s, e);
	if (rc != RC_OK) {
		tx_undo(s);
		s->day = from;
		s->zone = zone;
	}
	return rc;
}
