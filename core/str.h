/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A growing byte string, always NUL-terminated.  Knows nothing of characters
 * (see utf8.h) and nothing of files.  Ends the program when memory runs out.
 */
#ifndef HEARKEN_CORE_STR_H
#define HEARKEN_CORE_STR_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"

struct str {
	char *s;	/* never NULL after str_init */
	size_t len;	/* bytes before the NUL */
	size_t cap;	/* bytes allocated; 0 while s is the shared empty */
};

void str_init(struct str *b);
void str_release(struct str *b);
/* Makes it empty and keeps the memory. */
void str_clear(struct str *b);
void str_reserve(struct str *b, size_t extra);
void str_add(struct str *b, const char *s);
void str_add_n(struct str *b, const char *s, size_t n);
void str_add_char(struct str *b, char c);
void str_add_fmt(struct str *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Replaces the `del` bytes at `at` by n bytes of s; at + del <= len. */
void str_splice(struct str *b, size_t at, size_t del, const char *s, size_t n);
/* Returns owned the NUL-terminated bytes; b is empty afterwards. */
char *str_take(struct str *b);

/* True if a and b are both NULL or equal. */
bool str_equal(const char *a, const char *b);

#endif
