/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/bundle_entry.h"

#include <stdlib.h>
#include <string.h>

#include "core/lean.h"

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

static unsigned char *
put_short(unsigned char *p, const char *s)
{
	const size_t n = strlen(s);

	*p = (unsigned char)n;
	return put(p + 1, s, n);
}

size_t
bundle_entry_front(const struct entry *en,
    unsigned char out[BUNDLE_ENTRY_FRONT])
{
	char on[SPAN_TEXT_MAX];
	unsigned char *p = out;

	span_format(&en->on, on);
	p = put(p, en->author.b, AUTHOR_LEN);
	p = put_u64(p, en->n);
	p = put(p, en->prev.b, ENTRY_ID_LEN);
	p = put(p, en->case_id.b, CASE_ID_LEN);
	p = put_short(p, en->kind);
	p = put_u64(p, (uint64_t)en->at);
	return (size_t)(put_short(p, on) - out);
}

/* ---- reading ---- */

/* What is left to read; short is set once more was asked for. */
struct bytes {
	const unsigned char *p;
	size_t n;
	bool isshort;
};

static const unsigned char *
get(struct bytes *b, size_t n)
{
	static const unsigned char zeros[256];
	const unsigned char *p = b->p;

	b->isshort |= n > b->n;
	if (b->isshort)
		return zeros;
	b->p += n;
	b->n -= n;
	return p;
}

static uint64_t
get_u64(struct bytes *b)
{
	const unsigned char *p = get(b, 8);
	uint64_t v = 0;

	for (size_t i = 8; i > 0; i--)
		v = v << 8 | p[i - 1];
	return v;
}

/* False when it is longer than room allows, or ends before its length. */
static bool
get_short(struct bytes *b, char *out, size_t room)
{
	const size_t n = *get(b, 1);

	out[0] = '\0';
	if (n >= room)
		return false;
	memcpy(out, get(b, n), n);
	out[n] = '\0';
	return strlen(out) == n || b->isshort;
}

static bool
is_kind_name(const char *s)
{
	const char *p = s;

	while ((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') ||
	    *p == '-')
		p++;
	return p > s && *p == '\0';
}

/* A number of n digits; -1 when it is none. */
static int
digits(const char *p, size_t n)
{
	int v = 0;

	for (size_t i = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '9')
			return -1;
		v = v * 10 + (p[i] - '0');
	}
	return v;
}

/* Most dates are a day: "2026-03-04". */
static bool
read_day(const char *text, struct span *on)
{
	const struct civil c = {digits(text, 4), digits(text + 5, 2),
		digits(text + 8, 2)};

	if (text[4] != '-' || text[7] != '-' || !civil_valid(c))
		return false;
	*on = span_of_day(day_from_civil(c));
	return true;
}

/* The date as it is written here, and nothing that only means the same. */
static bool
read_on(const char *text, struct span *on)
{
	char again[SPAN_TEXT_MAX];

	*on = span_none();
	if (*text == '\0' || (strlen(text) == 10 && read_day(text, on)))
		return true;
	if (span_parse(text, on, NULL) != RC_OK)
		return false;
	span_format(on, again);
	return strcmp(text, again) == 0;
}

static bool
is_printable(const char *p, size_t n)
{
	bool odd = false;

	for (size_t i = 0; i < n; i++)
		odd |= p[i] < 0x20 || p[i] > 0x7e;
	return !odd;
}

/* True of an object of plain texts, which can be written in one way only. */
static bool
is_plain(const char *body, size_t n)
{
	struct lean l;

	if (!lean_read(body, n, &l))
		return false;
	for (size_t i = 0; i < l.n; i++)
		if (l.fields[i].text == NULL)
			return false;
	return true;
}

/* Of a body that is not plain the one form is made, and compared. */
static bool
is_canonical(const char *body, size_t n)
{
	json_t *json;
	char *again;
	bool same;

	if (is_plain(body, n))
		return true;
	if (!is_printable(body, n))
		return false;
	json = json_loadb(body, n, JSON_REJECT_DUPLICATES, NULL);
	if (!json_is_object(json)) {
		json_decref(json);
		return false;
	}
	again = entry_canonical_body(json);
	same = strlen(again) == n && memcmp(again, body, n) == 0;
	free(again);
	json_decref(json);
	return same;
}

/* What is wrong with the parts, or NULL. */
static const char *
fault_of(const struct entry *en, const struct bytes *b, const char *on,
    struct span *span)
{
	if (b->isshort)
		return "it is too short";
	if (!is_kind_name(en->kind))
		return "its kind is no name";
	if (en->n == 0 || en->n > INT64_MAX || (en->n == 1) !=
	    entry_id_zero(&en->prev))
		return "it has no place in its author's chain";
	if (en->at < 0 || en->at > ENTRY_AT_MAX)
		return "it was written at no time that there is";
	if (!read_on(on, span))
		return "its date is not written as dates are";
	if (b->n > ENTRY_BODY_MAX)
		return "it is longer than an entry may be";
	if (!is_canonical((const char *)b->p, b->n))
		return "its text is not written as entries are";
	return NULL;
}

enum rc
bundle_entry_read(unsigned char *p, size_t n, struct entry *out,
    struct err *e)
{
	struct bytes b = {p, n, false};
	char on[SPAN_TEXT_MAX];
	const struct case_id reg = case_id_register();
	const char *fault;
	bool fits;

	memset(out, 0, sizeof(*out));
	memcpy(out->author.b, get(&b, AUTHOR_LEN), AUTHOR_LEN);
	out->n = get_u64(&b);
	memcpy(out->prev.b, get(&b, ENTRY_ID_LEN), ENTRY_ID_LEN);
	memcpy(out->case_id.b, get(&b, CASE_ID_LEN), CASE_ID_LEN);
	fits = get_short(&b, out->kind, sizeof(out->kind));
	out->at = (int64_t)get_u64(&b);
	fits = fits && get_short(&b, on, sizeof(on));
	fault = !fits ? "its kind or date is too long, or none" :
	    fault_of(out, &b, on, &out->on);
	if (fault == NULL && case_id_equal(&out->case_id, &reg))
		fault = "it is of a register, which does not travel";
	if (fault != NULL)
		return err_set(e, RC_INPUT, "an entry in it cannot be read: "
		    "%s", fault);
	out->body = (char *)p + (b.p - p);
	return RC_OK;
}

/* ---- proofs ---- */

void
bundle_proof_write(const struct proof *p,
    unsigned char out[BUNDLE_PROOF_LEN])
{
	unsigned char *at = put(out, p->author.b, AUTHOR_LEN);

	at = put_u64(at, p->n);
	at = put(at, p->head.b, ENTRY_ID_LEN);
	at = put(at, p->by.b, AUTHOR_LEN);
	at = put_u64(at, (uint64_t)p->at);
	(void)put(at, p->signature, sizeof(p->signature));
}

enum rc
bundle_proof_read(const unsigned char *p, size_t n, struct proof *out,
    struct err *e)
{
	struct bytes b = {p, n, false};

	if (n != BUNDLE_PROOF_LEN)
		return err_set(e, RC_INPUT, "a proof in it has %zu bytes, "
		    "not %d", n, BUNDLE_PROOF_LEN);
	memcpy(out->author.b, get(&b, AUTHOR_LEN), AUTHOR_LEN);
	out->n = get_u64(&b);
	memcpy(out->head.b, get(&b, ENTRY_ID_LEN), ENTRY_ID_LEN);
	memcpy(out->by.b, get(&b, AUTHOR_LEN), AUTHOR_LEN);
	out->at = (int64_t)get_u64(&b);
	memcpy(out->signature, get(&b, sizeof(out->signature)),
	    sizeof(out->signature));
	if (out->n == 0 || out->n > INT64_MAX || out->at < 0 ||
	    out->at > ENTRY_AT_MAX)
		return err_set(e, RC_INPUT, "a proof in it has no place in a "
		    "chain");
	return RC_OK;
}
