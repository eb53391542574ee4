/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/returned.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/kinds.h"
#include "core/lean.h"
#include "db/bytes.h"
#include "db/mask.h"
#include "db/returned_strikes.h"

#define KEY_LEN 16
#define NONE 0u			/* rows are numbered from 1 */

struct returned {
	struct returned_row *rows;	/* rows[0] is not used */
	unsigned char (*keys)[KEY_LEN];	/* of the agency and the row */
	size_t n, cap;
	uint32_t *slots;	/* the first of each row, by key */
	size_t nslots, used;	/* nslots is a power of two */
	struct strikes strikes;
	unsigned may;		/* the roles that write observations */
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

/*
 * The texts of a body that rows are known by, borrowed: of a plain body where
 * they stand, of any other out of its JSON.
 */
enum { AGENCY, ROW, RETURN, INSTRUMENT, INDICATOR, STATE, EVIDENCE, SOURCE,
    TEXTS };

struct texts {
	const char *s[TEXTS];	/* NULL: not there */
	size_t n[TEXTS];
};

static const char *const names[TEXTS] = {"agency", "row", "return",
    "instrument", "indicator", "state", "evidence", "source"};

static void
texts_of_json(const json_t *body, struct texts *t)
{
	for (size_t i = 0; i < TEXTS; i++) {
		const json_t *v = json_object_get(body, names[i]);

		t->s[i] = json_string_value(v);
		t->n[i] = json_string_length(v);
	}
}

static bool
texts_of_lean(const char *body, struct texts *t)
{
	const struct lean_field *f;
	struct lean l;

	if (!lean_read(body, strlen(body), &l))
		return false;
	for (size_t i = 0; i < TEXTS; i++) {
		f = lean_find(&l, names[i]);
		t->s[i] = f != NULL ? f->text : NULL;
		t->n[i] = f != NULL && f->text != NULL ? f->n : 0;
	}
	return true;
}

static void
key_of(const char *agency, size_t nagency, const char *row, size_t nrow,
    unsigned char out[KEY_LEN])
{
	crypto_generichash_state h;

	(void)crypto_generichash_init(&h, NULL, 0, KEY_LEN);
	(void)crypto_generichash_update(&h, (const unsigned char *)agency,
	    nagency);
	(void)crypto_generichash_update(&h, (const unsigned char *)"", 1);
	(void)crypto_generichash_update(&h, (const unsigned char *)row, nrow);
	(void)crypto_generichash_final(&h, out, KEY_LEN);
}

static void
said_of(const struct case_id *id, const struct span *on,
    const struct texts *t, unsigned char out[SAID_LEN])
{
	crypto_generichash_state h;
	unsigned char len[8];

	(void)crypto_generichash_init(&h, NULL, 0, SAID_LEN);
	(void)crypto_generichash_update(&h, id->b, CASE_ID_LEN);
	put_uint(len, (uint64_t)(uint32_t)on->first << 32 |
	    (uint32_t)on->last, 8);
	(void)crypto_generichash_update(&h, len, sizeof(len));
	put_uint(len, (uint64_t)on->from << 8 | (uint64_t)on->to, 8);
	(void)crypto_generichash_update(&h, len, sizeof(len));
	for (size_t i = INSTRUMENT; i < TEXTS; i++) {
		put_uint(len, t->n[i], 8);
		(void)crypto_generichash_update(&h, len, sizeof(len));
		if (t->n[i] != 0)
			(void)crypto_generichash_update(&h,
			    (const unsigned char *)t->s[i], t->n[i]);
	}
	(void)crypto_generichash_final(&h, out, SAID_LEN);
}

void
returned_said(const struct entry_draft *d, unsigned char out[SAID_LEN])
{
	struct texts t;

	texts_of_json(d->body, &t);
	said_of(&d->case_id, &d->on, &t, out);
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
keep_row(struct returned *r, const struct texts *t, struct returned_row *row,
    struct err *e)
{
	unsigned char key[KEY_LEN];

	if (t->s[AGENCY] == NULL || t->s[ROW] == NULL || t->s[RETURN] == NULL)
		return RC_OK;
	key_of(t->s[AGENCY], t->n[AGENCY], t->s[ROW], t->n[ROW], key);
	row->file = returned_file(t->s[RETURN]);
	row->text = r->texts.len;
	str_add_n(&r->texts, t->s[ROW], t->n[ROW]);
	str_add_char(&r->texts, '\0');
	return add_row(r, key, row) ? RC_OK : no_memory(e);
}

enum rc
returned_note(struct returned *r, const struct entry_draft *d,
    const struct entry_id *id, struct err *e)
{
	struct returned_row row = {.id = *id, .case_id = d->case_id,
	    .seen = true, .kept = true};
	struct texts t;

	texts_of_json(d->body, &t);
	said_of(&d->case_id, &d->on, &t, row.said);
	return keep_row(r, &t, &row, e);
}

/* ---- reading ---- */

/* Of a case restricted to others nobody is told what others wrote. */
static enum rc
take_observation(struct store *s, struct returned *r,
    const struct entry_row *en, const struct texts *t, struct err *e)
{
	struct returned_row row = {.id = en->entry.id,
	    .case_id = en->entry.case_id};
	enum rc rc = RC_OK;

	/* What does not count in the case was not said. */
	if ((roster_entry_roles(&s->roster, &en->entry) & r->may) == 0)
		return RC_OK;
	if (en->book != r->last_book)
		rc = mask_book(s, en->book, &r->last_masked, e);
	r->last_book = en->book;
	if (rc != RC_OK || (r->last_masked &&
	    en->author_row != s->author_row))
		return rc;
	row.shut = r->last_masked;
	said_of(&en->entry.case_id, &en->entry.on, t, row.said);
	return keep_row(r, t, &row, e);
}

static enum rc
take_texts(struct store *s, struct returned *r, const struct entry_row *en,
    const struct texts *t, const char *agency, struct err *e)
{
	if (t->s[AGENCY] == NULL || (agency != NULL &&
	    (strlen(agency) != t->n[AGENCY] ||
	    memcmp(agency, t->s[AGENCY], t->n[AGENCY]) != 0)))
		return RC_OK;
	return take_observation(s, r, en, t, e);
}

static enum rc
take_entry(struct store *s, struct returned *r, const struct entry_row *en,
    const char *agency, struct err *e)
{
	struct texts t;
	json_t *body;
	enum rc rc;

	if (en->entry.body == NULL)
		return RC_OK;
	if (strcmp(en->entry.kind, "strike") == 0)
		return strikes_add(&r->strikes, &s->roster, &en->entry) ?
		    RC_OK : no_memory(e);
	if (texts_of_lean(en->entry.body, &t))
		return take_texts(s, r, en, &t, agency, e);
	body = json_loads(en->entry.body, 0, NULL);
	texts_of_json(body, &t);
	rc = take_texts(s, r, en, &t, agency, e);
	json_decref(body);
	return rc;
}

static void
mark_struck(struct returned *r)
{
	struct returned_row *row;
	const struct strike *s;

	for (size_t i = 1; i <= r->n; i++) {
		row = &r->rows[i];
		for (s = strikes_of(&r->strikes, &row->id, &row->case_id,
		    NULL); s != NULL; s = strikes_of(&r->strikes, &row->id,
		    &row->case_id, s)) {
			row->struck = true;
			if (s->file != 0)
				row->struck_by = s->file;
		}
	}
}

static enum rc
read_all(struct store *s, struct returned *r, const char *agency,
    struct err *e)
{
	struct entry_row en;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_ENTRY_RETURNED, e, "");

	while (rc == RC_OK && stmt_next(&rows)) {
		rc = entry_row_read(s, rows.st, &en, e);
		if (rc == RC_OK)
			rc = take_entry(s, r, &en, agency, e);
	}
	return stmt_close(&rows, rc, "read the entries", e);
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
	r->may = kind_find("observation")->roles;
	rc = more_slots(r) ? read_all(s, r, agency, e) : no_memory(e);
	if (rc == RC_OK && !strikes_settle(&r->strikes))
		rc = no_memory(e);
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
	strikes_release(&r->strikes);
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
	key_of(agency, strlen(agency), row, strlen(row), key);
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
