/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/str.h"

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"

static char empty[1];

void
str_init(struct str *b)
{
	b->s = empty;
	b->len = 0;
	b->cap = 0;
}

void
str_release(struct str *b)
{
	if (b->cap != 0)
		free(b->s);
	str_init(b);
}

void
str_clear(struct str *b)
{
	b->len = 0;
	if (b->cap != 0)
		b->s[0] = '\0';
}

void
str_reserve(struct str *b, size_t extra)
{
	size_t need = b->len + extra + 1;
	size_t cap = b->cap != 0 ? b->cap : 32;

	assert(need > b->len);
	if (need <= b->cap)
		return;
	while (cap < need)
		cap = cap + cap / 2;
	b->s = xrealloc(b->cap != 0 ? b->s : NULL, cap);
	b->cap = cap;
	b->s[b->len] = '\0';
}

void
str_add_n(struct str *b, const char *s, size_t n)
{
	str_reserve(b, n);
	if (n != 0)
		memcpy(b->s + b->len, s, n);
	b->len += n;
	b->s[b->len] = '\0';
}

void
str_add(struct str *b, const char *s)
{
	str_add_n(b, s, strlen(s));
}

void
str_add_char(struct str *b, char c)
{
	str_add_n(b, &c, 1);
}

void
str_add_fmt(struct str *b, const char *fmt, ...)
{
	va_list ap, again;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n > 0) {
		str_reserve(b, (size_t)n);
		(void)vsnprintf(b->s + b->len, (size_t)n + 1, fmt, again);
		b->len += (size_t)n;
	}
	va_end(again);
}

void
str_splice(struct str *b, size_t at, size_t del, const char *s, size_t n)
{
	assert(at <= b->len && del <= b->len - at);
	str_reserve(b, n);
	memmove(b->s + at + n, b->s + at + del, b->len - at - del + 1);
	if (n != 0)
		memcpy(b->s + at, s, n);
	b->len = b->len - del + n;
}

char *
str_take(struct str *b)
{
	char *s = b->cap != 0 ? b->s : xstrdup("");

	str_init(b);
	return s;
}

bool
str_equal(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(a, b) == 0;
}
