/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/out.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "core/utf8.h"

#define SETTLE_AT (64u << 10)

void
out_init(struct out *o, out_fn fn, void *ctx)
{
	o->fn = fn;
	o->ctx = ctx;
	o->failed = false;
	str_init(&o->pending);
}

void
out_release(struct out *o)
{
	str_release(&o->pending);
}

void
out_add(struct out *o, const char *s)
{
	str_add(&o->pending, s);
}

void
out_add_n(struct out *o, const char *s, size_t n)
{
	str_add_n(&o->pending, s, n);
}

void
out_add_fmt(struct out *o, const char *fmt, ...)
{
	char small[256];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(small, sizeof(small), fmt, ap);
	va_end(ap);
	if (n > 0)
		str_add_n(&o->pending, small, (size_t)n < sizeof(small) ?
		    (size_t)n : sizeof(small) - 1);
}

static void
hand_on(struct out *o)
{
	if (o->pending.len != 0 && !o->failed &&
	    !o->fn(o->pending.s, o->pending.len, o->ctx))
		o->failed = true;
	str_clear(&o->pending);
}

void
out_settle(struct out *o)
{
	if (o->pending.len >= SETTLE_AT)
		hand_on(o);
}

bool
out_finish(struct out *o)
{
	hand_on(o);
	return !o->failed;
}

bool
out_runs_as_formula(char c)
{
	return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' ||
	    c == '\r';
}

static bool
needs_quotes(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (s[i] == ',' || s[i] == '"' || s[i] == '\n' ||
		    s[i] == '\r' || s[i] == ';' || s[i] == '\t')
			return true;
	return n != 0 && (s[0] == ' ' || s[n - 1] == ' ');
}

void
out_csv_cell(struct out *o, const char *s, size_t n)
{
	bool quotes = needs_quotes(s, n);
	const char *end = s + n, *q;

	if (quotes)
		out_add_n(o, "\"", 1);
	if (n != 0 && out_runs_as_formula(s[0]))
		out_add_n(o, "'", 1);
	while (quotes && (q = memchr(s, '"', (size_t)(end - s))) != NULL) {
		out_add_n(o, s, (size_t)(q - s) + 1);
		out_add_n(o, "\"", 1);
		s = q + 1;
	}
	out_add_n(o, s, (size_t)(end - s));
	if (quotes)
		out_add_n(o, "\"", 1);
}

/* One character as \uXXXX, or two of them beyond the basic plane. */
static void
json_escape(struct out *o, uint32_t cp)
{
	if (cp == '"' || cp == '\\')
		out_add_fmt(o, "\\%c", (char)cp);
	else if (cp == '\n')
		out_add(o, "\\n");
	else if (cp == '\t')
		out_add(o, "\\t");
	else if (cp < 0x10000)
		out_add_fmt(o, "\\u%04x", (unsigned)cp);
	else
		out_add_fmt(o, "\\u%04x\\u%04x",
		    0xd800u + (unsigned)((cp - 0x10000) >> 10),
		    0xdc00u + (unsigned)((cp - 0x10000) & 0x3ffu));
}

void
out_json_string(struct out *o, const char *s, size_t n)
{
	uint32_t cp;
	size_t i, k;

	out_add_n(o, "\"", 1);
	for (i = 0; i < n; i += k) {
		k = utf8_decode(s + i, n - i, &cp);
		if (k == 0) {
			cp = 0xfffd;
			k = 1;
		}
		if (cp >= 0x20 && cp < 0x7f && cp != '"' && cp != '\\')
			out_add_n(o, s + i, 1);
		else
			json_escape(o, cp);
	}
	out_add_n(o, "\"", 1);
}
