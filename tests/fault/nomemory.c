/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "tests/fault/calls.h"
#include "tests/fault/wrap.h"

static long countdown, counted;
static bool for_ever, struck;
static int in_core;	/* inside the xmalloc family */

void
memory_fail(long at, bool ever)
{
	countdown = at;
	counted = 0;
	for_ever = ever;
	struck = false;
}

bool
memory_mend(void)
{
	countdown = 0;
	for_ever = false;
	return struck;
}

long
memory_counted(void)
{
	return counted;
}

static bool
strikes(void)
{
	if (in_core > 0 || (countdown == 0 && !(struck && for_ever)))
		return false;
	counted++;
	if (struck)
		return for_ever;
	if (--countdown > 0)
		return false;
	struck = true;
	return true;
}

void *
__wrap_malloc(size_t n)
{
	return strikes() ? NULL : __real_malloc(n);
}

void *
__wrap_aligned_alloc(size_t align, size_t n)
{
	return strikes() ? NULL : __real_aligned_alloc(align, n);
}

void *
__wrap_calloc(size_t n, size_t size)
{
	return strikes() ? NULL : __real_calloc(n, size);
}

void *
__wrap_realloc(void *p, size_t n)
{
	return strikes() ? NULL : __real_realloc(p, n);
}

char *
__wrap_strdup(const char *s)
{
	return strikes() ? NULL : __real_strdup(s);
}

char *
__wrap_strndup(const char *s, size_t n)
{
	return strikes() ? NULL : __real_strndup(s, n);
}

#define IN_CORE(type, call) \
	type got; \
	in_core++; \
	got = call; \
	in_core--; \
	return got

void *
__wrap_xmalloc(size_t n)
{
	IN_CORE(void *, __real_xmalloc(n));
}

void *
__wrap_xcalloc(size_t n, size_t size)
{
	IN_CORE(void *, __real_xcalloc(n, size));
}

void *
__wrap_xrealloc(void *p, size_t n)
{
	IN_CORE(void *, __real_xrealloc(p, n));
}

void *
__wrap_xreallocarray(void *p, size_t n, size_t size)
{
	IN_CORE(void *, __real_xreallocarray(p, n, size));
}

void *
__wrap_xmemdup(const void *p, size_t n)
{
	IN_CORE(void *, __real_xmemdup(p, n));
}

char *
__wrap_xstrdup(const char *s)
{
	IN_CORE(char *, __real_xstrdup(s));
}

char *
__wrap_xstrndup(const char *s, size_t n)
{
	IN_CORE(char *, __real_xstrndup(s, n));
}
