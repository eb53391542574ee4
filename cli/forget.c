/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory that is given back is wiped first, whoever gives it back: what was
 * typed passes through JSON, the Unicode library, the terminal library and
 * libc itself, and none of them wipes its copies.  So the programs, not the
 * libraries that tests link, bring their own free() and realloc() over those
 * of glibc.  A sanitizer has an allocator of its own and is left alone.
 */
#include "config.h"

#include <stdlib.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || \
    __has_feature(thread_sanitizer)
#define OTHER_ALLOCATOR
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || \
    !defined(__GLIBC__)
#define OTHER_ALLOCATOR
#endif

#ifndef OTHER_ALLOCATOR

#include <errno.h>
#include <malloc.h>
#include <string.h>

/* Under this name glibc gives its own to a program that replaces it. */
void __libc_free(void *p);

void
free(void *p)
{
	int kept = errno;

	if (p == NULL)
		return;
	explicit_bzero(p, malloc_usable_size(p));
	__libc_free(p);
	errno = kept;
}

/* Never grows in place at the cost of a copy that nobody can wipe. */
void *
realloc(void *p, size_t size)
{
	size_t had = p != NULL ? malloc_usable_size(p) : 0;
	void *q;

	if (p != NULL && size == 0) {
		free(p);
		return NULL;
	}
	if (p != NULL && size <= had && size > had / 2)
		return p;
	q = malloc(size);
	if (q == NULL || p == NULL)
		return q;
	memcpy(q, p, had < size ? had : size);
	free(p);
	return q;
}

#else

/* An empty file is no C. */
struct forget_nothing;

#endif
