/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/lean.h"

#include <stdint.h>
#include <string.h>

struct cursor {
	const char *p, *end;
};

static bool
take(struct cursor *c, char want)
{
	if (c->p == c->end || *c->p != want)
		return false;
	c->p++;
	return true;
}

/*
 * True of printable ASCII without a backslash.  Eight bytes at a time: of
 * each its high bit is set when it is beyond ASCII, when it is below a space,
 * when it is DEL, or when it is a backslash.
 */
static bool
is_plain(const char *p, size_t n)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t w, slash;

	for (; n >= sizeof(w); p += sizeof(w), n -= sizeof(w)) {
		memcpy(&w, p, sizeof(w));
		slash = w ^ (ones * '\\');
		if (((w | (w - ones * 0x20) | (w + ones) |
		    ((slash - ones) & ~slash)) & (ones * 0x80)) != 0)
			return false;
	}
	for (size_t i = 0; i < n; i++)
		if (p[i] < 0x20 || p[i] > 0x7e || p[i] == '\\')
			return false;
	return true;
}

/* "..." without a backslash in it, c at the first quote. */
static bool
take_string(struct cursor *c, const char **text, size_t *n)
{
	const char *p;

	if (!take(c, '"'))
		return false;
	p = memchr(c->p, '"', (size_t)(c->end - c->p));
	if (p == NULL || !is_plain(c->p, (size_t)(p - c->p)))
		return false;
	*text = c->p;
	*n = (size_t)(p - c->p);
	c->p = p + 1;
	return true;
}

static bool
is_literal(char ch)
{
	return (ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'z') ||
	    ch == '-' || ch == '+' || ch == '.' || ch == 'E';
}

static bool
take_value(struct cursor *c, struct lean_field *f)
{
	const char *from = c->p;

	f->text = NULL;
	f->n = 0;
	if (c->p < c->end && *c->p == '"')
		return take_string(c, &f->text, &f->n);
	while (c->p < c->end && is_literal(*c->p))
		c->p++;
	return c->p > from;
}

static bool
comes_after(const struct lean_field *f, const struct lean_field *before)
{
	size_t n = f->nkey < before->nkey ? f->nkey : before->nkey;
	int d = memcmp(f->key, before->key, n);

	return d > 0 || (d == 0 && f->nkey > before->nkey);
}

bool
lean_read(const char *body, size_t n, struct lean *out)
{
	struct cursor c = {body, body + n};
	struct lean_field *f;

	out->n = 0;
	if (!take(&c, '{'))
		return false;
	if (take(&c, '}'))
		return c.p == c.end;
	do {
		if (out->n == LEAN_FIELDS)
			return false;
		f = &out->fields[out->n];
		if (!take_string(&c, &f->key, &f->nkey) || !take(&c, ':') ||
		    !take_value(&c, f) ||
		    (out->n > 0 && !comes_after(f, f - 1)))
			return false;
		out->n++;
	} while (take(&c, ','));
	return take(&c, '}') && c.p == c.end;
}

const struct lean_field *
lean_find(const struct lean *l, const char *key)
{
	size_t n = strlen(key);

	for (size_t i = 0; i < l->n; i++)
		if (l->fields[i].nkey == n &&
		    memcmp(l->fields[i].key, key, n) == 0)
			return &l->fields[i];
	return NULL;
}
