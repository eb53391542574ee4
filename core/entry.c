/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/entry.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"

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

static void
hash_u64(crypto_generichash_state *h, uint64_t v)
{
	unsigned char b[8];
	unsigned i;

	for (i = 0; i < sizeof(b); i++)
		b[i] = (unsigned char)(v >> (8 * i));
	(void)crypto_generichash_update(h, b, sizeof(b));
}

/* Length in one byte, then the bytes; kinds and spans are short by contract. */
static void
hash_short(crypto_generichash_state *h, const char *s)
{
	unsigned char n = (unsigned char)strlen(s);

	(void)crypto_generichash_update(h, &n, 1);
	(void)crypto_generichash_update(h, (const unsigned char *)s, n);
}

static void
hash_head(const struct entry *e, struct entry_id *out)
{
	crypto_generichash_state h;
	char on[SPAN_TEXT_MAX];

	span_format(&e->on, on);
	(void)crypto_generichash_init(&h, NULL, 0, ENTRY_ID_LEN);
	(void)crypto_generichash_update(&h, (const unsigned char *)magic,
	    sizeof(magic));
	(void)crypto_generichash_update(&h, e->author.b, AUTHOR_LEN);
	hash_u64(&h, e->n);
	(void)crypto_generichash_update(&h, e->prev.b, ENTRY_ID_LEN);
	(void)crypto_generichash_update(&h, e->case_id.b, CASE_ID_LEN);
	hash_short(&h, e->kind);
	hash_u64(&h, (uint64_t)e->at);
	hash_short(&h, on);
	(void)crypto_generichash_update(&h, e->body_hash.b, ENTRY_ID_LEN);
	(void)crypto_generichash_final(&h, out->b, ENTRY_ID_LEN);
}

static void
hash_body(const char *body, struct entry_id *out)
{
	(void)crypto_generichash(out->b, ENTRY_ID_LEN,
	    (const unsigned char *)body, strlen(body), NULL, 0);
}

void
entry_seal_id(struct entry *e)
{
	hash_body(e->body, &e->body_hash);
	hash_head(e, &e->id);
}

bool
entry_id_holds(const struct entry *e)
{
	struct entry_id want;

	if (e->body != NULL) {
		hash_body(e->body, &want);
		if (!entry_id_equal(&want, &e->body_hash))
			return false;
	}
	hash_head(e, &want);
	return entry_id_equal(&want, &e->id);
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
