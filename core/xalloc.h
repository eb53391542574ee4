/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Allocation for core/, tui/, cli/ and help/, where running out of memory
 * ends the program: each call returns memory or does not return.  The last
 * words go through a hook, so that the terminal is restored and the draft is
 * saved first.  db/ and exchange/ use malloc and report RC_NOMEM instead.
 */
#ifndef HEARKEN_CORE_XALLOC_H
#define HEARKEN_CORE_XALLOC_H

#include <stddef.h>

void *xmalloc(size_t size) __attribute__((malloc, returns_nonnull));
void *xcalloc(size_t n, size_t size) __attribute__((malloc, returns_nonnull));
void *xrealloc(void *p, size_t size) __attribute__((returns_nonnull));
/* n * size, checked for overflow. */
void *xreallocarray(void *p, size_t n, size_t size)
    __attribute__((returns_nonnull));
char *xstrdup(const char *s) __attribute__((malloc, returns_nonnull));
/* Copies at most n bytes and ends them with NUL. */
char *xstrndup(const char *s, size_t n)
    __attribute__((malloc, returns_nonnull));
void *xmemdup(const void *p, size_t n)
    __attribute__((malloc, returns_nonnull));

typedef void (*xalloc_words_fn)(void);

/*
 * fn is called once before the program ends for want of memory; NULL for none.
 * It may end it itself.  Returns the one before.
 */
xalloc_words_fn xalloc_set_last_words(xalloc_words_fn fn);

#endif
