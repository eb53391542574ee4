/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/entry.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/lean.h"
#include "core/xalloc.h"

#define KEY_MAX 64	/* of a plain body; a longer one is parsed */

static const char magic[16] = "hearken.entry.1";

void
entry_release(struct entry *e)
{
	free(e->body);
	e->body = NULL;
}

void
entry_copy(struct entry *to, const struct entry *from)
{
	*to = *from;
	to->body = from->body != NULL ? xstrdup(from->body) : NULL;
}

char *
entry_canonical_body(const json_t *body)
{
	char *s = json_dumps(body, JSON_COMPACT | JSON_SORT_KEYS |
	    JSON_ENSURE_ASCII);
	char *own = xstrdup(s != NULL ? s : "{}");

	free(s);
	return own;
}

/* Most bodies are plain texts: then nothing has to be unescaped. */
static json_t *
parse_plain(const struct lean *l)
{
	json_t *body = json_object();
	char key[KEY_MAX];

	for (size_t i = 0; i < l->n && body != NULL; i++) {
		const struct lean_field *f = &l->fields[i];

		memcpy(key, f->key, f->nkey);
		key[f->nkey] = '\0';
		if (json_object_set_new_nocheck(body, key,
		    json_stringn_nocheck(f->text, f->n)) != 0) {
			json_decref(body);
			body = NULL;
		}
	}
	return body;
}

static bool
is_plain(const struct lean *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->fields[i].text == NULL || l->fields[i].nkey >= KEY_MAX)
			return false;
	return true;
}

json_t *
entry_body_parse(const char *body)
{
	struct lean l;
	json_t *plain = NULL;

	if (lean_read(body, strlen(body), &l) && is_plain(&l))
		plain = parse_plain(&l);
	return plain != NULL ? plain :
	    json_loads(body, JSON_REJECT_DUPLICATES, NULL);
}

/* All that an id covers, with the longest kind and date. */
#define HEAD_MAX (sizeof(magic) + AUTHOR_LEN + 8 + ENTRY_ID_LEN + \
	CASE_ID_LEN + KIND_NAME_MAX + 8 + SPAN_TEXT_MAX + ENTRY_ID_LEN)

static unsigned char *
put(unsigned char *p, const void *from, size_t n)
{
	memcpy(p, from, n);
	return p + n;
}

static unsigned char *
put_u64(unsigned char *p, uint64_t v)
{
	for (size_t i = 0; i < 8; i++)
		p[i] = (unsigned char)(v >> (8 * i));
	return p + 8;
}

/* Length in one byte, then the bytes; kinds and spans are short by contract. */
static unsigned char *
put_short(unsigned char *p, const char *s, size_t n)
{
	*p = (unsigned char)n;
	return put(p + 1, s, n);
}

/* n < SPAN_TEXT_MAX: the date as it stands in the canonical bytes. */
static void
hash_head(const struct entry *e, const char *on, size_t n,
    struct entry_id *out)
{
	unsigned char head[HEAD_MAX], *p = head;

	p = put(p, magic, sizeof(magic));
	p = put(p, e->author.b, AUTHOR_LEN);
	p = put_u64(p, e->n);
	p = put(p, e->prev.b, ENTRY_ID_LEN);
	p = put(p, e->case_id.b, CASE_ID_LEN);
	p = put_short(p, e->kind, strlen(e->kind));
	p = put_u64(p, (uint64_t)e->at);
	p = put_short(p, on, n);
	p = put(p, e->body_hash.b, ENTRY_ID_LEN);
	(void)crypto_generichash(out->b, ENTRY_ID_LEN, head,
	    (unsigned long long)(p - head), NULL, 0);
}

static void
hash_body(const char *body, size_t n, struct entry_id *out)
{
	(void)crypto_generichash(out->b, ENTRY_ID_LEN,
	    (const unsigned char *)body, n, NULL, 0);
}

void
entry_seal_id(struct entry *e)
{
	char on[SPAN_TEXT_MAX];

	span_format(&e->on, on);
	hash_body(e->body, strlen(e->body), &e->body_hash);
	hash_head(e, on, strlen(on), &e->id);
}

bool
entry_id_holds_text(const struct entry *e, const char *on, size_t non,
    size_t nbody)
{
	struct entry_id want;

	if (non >= SPAN_TEXT_MAX)
		return false;
	if (e->body != NULL) {
		hash_body(e->body, nbody, &want);
		if (!entry_id_equal(&want, &e->body_hash))
			return false;
	}
	hash_head(e, on, non, &want);
	return entry_id_equal(&want, &e->id);
}

bool
entry_id_holds(const struct entry *e)
{
	char on[SPAN_TEXT_MAX];

	span_format(&e->on, on);
	return entry_id_holds_text(e, on, strlen(on),
	    e->body != NULL ? strlen(e->body) : 0);
}

bool
entry_id_equal(const struct entry_id *a, const struct entry_id *b)
{
	return memcmp(a->b, b->b, ENTRY_ID_LEN) == 0;
}

bool
entry_id_zero(const struct entry_id *a)
{
	return sodium_is_zero(a->b, ENTRY_ID_LEN) == 1;
}

bool
case_id_equal(const struct case_id *a, const struct case_id *b)
{
	return memcmp(a->b, b->b, CASE_ID_LEN) == 0;
}

struct case_id
case_id_register(void)
{
	struct case_id id = {{0}};

	return id;
}

void
hex_format(const unsigned char *p, size_t n, char *out)
{
	(void)sodium_bin2hex(out, 2 * n + 1, p, n);
}

bool
hex_parse(const char *s, unsigned char *p, size_t n)
{
	size_t got = 0;

	return strlen(s) == 2 * n &&
	    sodium_hex2bin(p, n, s, 2 * n, NULL, &got, NULL) == 0 && got == n;
}

int
entry_compare(const struct entry *a, const struct entry *b)
{
	int d;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	d = memcmp(a->author.b, b->author.b, AUTHOR_LEN);
	if (d != 0)
		return d;
	if (a->n != b->n)
		return a->n < b->n ? -1 : 1;
	return memcmp(a->id.b, b->id.b, ENTRY_ID_LEN);
}

void
entry_draft_release(struct entry_draft *d)
{
	json_decref(d->body);
	d->body = NULL;
}
