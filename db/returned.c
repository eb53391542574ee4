/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/returned.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/mask.h"

#define KEY_LEN 16
#define NONE 0u			/* rows are numbered from 1 */

/* A correction: what it strikes, and whether a return wrote it. */
struct strike {
	struct entry_id target;
	bool of_return;
};

struct returned {
	struct returned_row *rows;	/* rows[0] is not used */
	unsigned char (*keys)[KEY_LEN];	/* of the agency and the row */
	size_t n, cap;
	uint32_t *slots;	/* the first of each row, by key */
	size_t nslots, used;	/* nslots is a power of two */
	struct strike *strikes;
	size_t nstrikes, capstrikes;
	struct str texts;
	int64_t last_book;	/* whose mask is known */
	bool last_masked;
};

static enum rc
no_memory(struct err *e)
{
	return err_set(e, RC_NOMEM, "no memory for the rows of earlier "
	    "returns");
}

static void
key_of(const char *agency, const char *row, unsigned char out[KEY_LEN])
{
	crypto_generichash_state h;

	(void)crypto_generichash_init(&h, NULL, 0, KEY_LEN);
	(void)crypto_generichash_update(&h, (const unsigned char *)agency,
	    strlen(agency) + 1);
	(void)crypto_generichash_update(&h, (const unsigned char *)row,
	    strlen(row));
	(void)crypto_generichash_final(&h, out, KEY_LEN);
}

void
returned_said(const struct entry_draft *d, unsigned char out[SAID_LEN])
{
	const char *source = json_string_value(json_object_get(d->body,
	    "source"));
	unsigned char key[OBSERVED_KEY_LEN];
	crypto_generichash_state h;

	observed_key(&d->case_id, &d->on, d->body, key);
	(void)crypto_generichash_init(&h, NULL, 0, SAID_LEN);
	(void)crypto_generichash_update(&h, key, sizeof(key));
	if (source != NULL)
		(void)crypto_generichash_update(&h,
		    (const unsigned char *)source, strlen(source));
	(void)crypto_generichash_final(&h, out, SAID_LEN);
}

uint64_t
returned_file(const char *hex)
{
	char start[17];

	(void)snprintf(start, sizeof(start), "%.16s", hex);
	return strtoull(start, NULL, 16);
}

/* ---- the table ---- */

/* The slot of a key: of its first row, or the free one where it belongs. */
static size_t
slot_of(const struct returned *r, const unsigned char key[KEY_LEN])
{
	uint64_t h;
	size_t i;

	memcpy(&h, key, sizeof(h));
	for (i = (size_t)h & (r->nslots - 1); r->slots[i] != NONE &&
	    memcmp(r->keys[r->slots[i]], key, KEY_LEN) != 0;
	    i = (i + 1) & (r->nslots - 1))
		;
	return i;
}

static bool
more_slots(struct returned *r)
{
	size_t n = r->nslots == 0 ? 1024 : 2 * r->nslots;
	uint32_t *old = r->slots;
	size_t nold = r->nslots;

	r->slots = calloc(n, sizeof(*r->slots));
	if (r->slots == NULL) {
		r->slots = old;
		return false;
	}
	r->nslots = n;
	for (size_t i = 0; i < nold; i++)
		if (old[i] != NONE)
			r->slots[slot_of(r, r->keys[old[i]])] = old[i];
	free(old);
	return true;
}

static bool
more_rows(struct returned *r)
{
	size_t cap = r->cap == 0 ? 1024 : 2 * r->cap;
	struct returned_row *rows;
	unsigned char (*keys)[KEY_LEN];

	if (cap > UINT32_MAX)
		return false;
	rows = realloc(r->rows, cap * sizeof(*rows));
	if (rows != NULL)
		r->rows = rows;
	keys = realloc(r->keys, cap * sizeof(*keys));
	if (keys != NULL)
		r->keys = keys;
	if (rows == NULL || keys == NULL)
		return false;
	r->cap = cap;
	return true;
}

/* Behind those of the same row, so that the latest is last. */
static bool
add_row(struct returned *r, const unsigned char key[KEY_LEN],
    const struct returned_row *row)
{
	uint32_t *at;

	if ((r->n + 1 >= r->cap && !more_rows(r)) ||
	    (2 * r->used >= r->nslots && !more_slots(r)))
		return false;
	r->n++;
	r->rows[r->n] = *row;
	memcpy(r->keys[r->n], key, KEY_LEN);
	at = &r->slots[slot_of(r, key)];
	r->used += *at == NONE;
	while (*at != NONE)
		at = &r->rows[*at].next;
	*at = (uint32_t)r->n;
	return true;
}

static enum rc
keep_row(struct returned *r, const json_t *body, struct returned_row *row,
    struct err *e)
{
	const char *agency = json_string_value(json_object_get(body,
	    "agency"));
	const char *text = json_string_value(json_object_get(body, "row"));
	const char *file = json_string_value(json_object_get(body, "return"));
	unsigned char key[KEY_LEN];

	if (agency == NULL || text == NULL || file == NULL)
		return RC_OK;
	key_of(agency, text, key);
	row->file = returned_file(file);
	row->text = r->texts.len;
	str_add_n(&r->texts, text, strlen(text) + 1);
	return add_row(r, key, row) ? RC_OK : no_memory(e);
}

enum rc
returned_note(struct returned *r, const struct entry_draft *d,
    const struct entry_id *id, struct err *e)
{
	struct returned_row row = {.id = *id, .case_id = d->case_id,
	    .seen = true, .kept = true};

	returned_said(d, row.said);
	return keep_row(r, d->body, &row, e);
}

/* ---- reading ---- */

static enum rc
take_strike(struct returned *r, const json_t *body, struct err *e)
{
	const char *hex = json_string_value(json_object_get(body, "target"));
	struct strike *more, s;
	size_t cap;

	if (hex == NULL || strlen(hex) != 2 * ENTRY_ID_LEN ||
	    !hex_parse(hex, s.target.b, ENTRY_ID_LEN))
		return RC_OK;
	s.of_return = json_object_get(body, "return") != NULL;
	if (r->nstrikes == r->capstrikes) {
		cap = r->capstrikes == 0 ? 256 : 2 * r->capstrikes;
		more = realloc(r->strikes, cap * sizeof(*more));
		if (more == NULL)
			return no_memory(e);
		r->strikes = more;
		r->capstrikes = cap;
	}
	r->strikes[r->nstrikes++] = s;
	return RC_OK;
}

/* Of a case restricted to others nobody is told what others wrote. */
static enum rc
take_observation(struct store *s, struct returned *r,
    const struct entry_row *en, const json_t *body, struct err *e)
{
	struct entry_draft d = {en->entry.case_id, "observation",
	    en->entry.on, NULL};
	struct returned_row row = {.id = en->entry.id,
	    .case_id = en->entry.case_id};
	enum rc rc = RC_OK;

	if (en->book != r->last_book)
		rc = mask_book(s, en->book, &r->last_masked, e);
	r->last_book = en->book;
	if (rc != RC_OK || (r->last_masked &&
	    en->author_row != s->author_row))
		return rc;
	row.shut = r->last_masked;
	d.body = json_incref((json_t *)(uintptr_t)body);
	returned_said(&d, row.said);
	entry_draft_release(&d);
	return keep_row(r, body, &row, e);
}

static enum rc
take_entry(struct store *s, struct returned *r, const struct entry_row *en,
    const char *agency, struct err *e)
{
	const char *whose;
	enum rc rc = RC_OK;
	json_t *body;

	if (en->entry.body == NULL)
		return RC_OK;
	body = json_loads(en->entry.body, 0, NULL);
	whose = json_string_value(json_object_get(body, "agency"));
	if (strcmp(en->entry.kind, "strike") == 0)
		rc = take_strike(r, body, e);
	else if (whose != NULL &&
	    (agency == NULL || strcmp(whose, agency) == 0))
		rc = take_observation(s, r, en, body, e);
	json_decref(body);
	return rc;
}

static int
by_target(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct entry_id));
}

static void
mark_struck(struct returned *r)
{
	const struct strike *s, *from;

	if (r->nstrikes == 0)
		return;
	qsort(r->strikes, r->nstrikes, sizeof(*r->strikes), by_target);
	for (size_t i = 1; i <= r->n; i++) {
		from = bsearch(&r->rows[i].id, r->strikes, r->nstrikes,
		    sizeof(*r->strikes), by_target);
		if (from == NULL)
			continue;
		while (from > r->strikes && by_target(from - 1, from) == 0)
			from--;
		r->rows[i].struck = true;
		for (s = from; s < r->strikes + r->nstrikes &&
		    by_target(s, from) == 0; s++)
			r->rows[i].replaced |= s->of_return;
	}
}

static enum rc
read_all(struct store *s, struct returned *r, const char *agency,
    struct err *e)
{
	struct entry_row en;
	sqlite3_stmt *st;
	enum rc rc = stmt_get(s, STMT_ENTRY_RETURNED, &st, e);
	int code = SQLITE_DONE;

	while (rc == RC_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
		rc = entry_row_read(s, st, &en, e);
		if (rc == RC_OK)
			rc = take_entry(s, r, &en, agency, e);
	}
	if (rc == RC_OK && code != SQLITE_DONE)
		rc = stmt_fail(s, code, "read the entries", e);
	sqlite3_reset(st);
	return rc;
}

enum rc
store_returned(struct store *s, const char *agency, struct returned **out,
    struct err *e)
{
	struct returned *r = calloc(1, sizeof(*r));
	enum rc rc;

	*out = NULL;
	if (r == NULL)
		return no_memory(e);
	str_init(&r->texts);
	rc = more_slots(r) ? read_all(s, r, agency, e) : no_memory(e);
	if (rc != RC_OK) {
		returned_free(r);
		return rc;
	}
	mark_struck(r);
	*out = r;
	return RC_OK;
}

void
returned_free(struct returned *r)
{
	if (r == NULL)
		return;
	free(r->rows);
	free(r->keys);
	free(r->slots);
	free(r->strikes);
	str_release(&r->texts);
	free(r);
}

/* ---- asking ---- */

struct returned_row *
returned_first(struct returned *r, const char *agency, const char *row)
{
	unsigned char key[KEY_LEN];
	uint32_t at;

	if (r->n == 0)
		return NULL;
	key_of(agency, row, key);
	at = r->slots[slot_of(r, key)];
	return at == NONE ? NULL : &r->rows[at];
}

struct returned_row *
returned_next(struct returned *r, const struct returned_row *row)
{
	return row->next == NONE ? NULL : &r->rows[row->next];
}

size_t
returned_count(const struct returned *r)
{
	return r->n;
}

struct returned_row *
returned_at(struct returned *r, size_t i)
{
	return &r->rows[i + 1];
}

const char *
returned_text(const struct returned *r, const struct returned_row *row)
{
	return r->texts.s + row->text;
}
