/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/vec.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"

static size_t
more_than(size_t cap)
{
	return cap != 0 ? cap + cap / 2 + 1 : 8;
}

/* Zeroes what is new of items, which have room for `more` now. */
static void *
grown(void *items, size_t *cap, size_t more, size_t size)
{
	memset((char *)items + *cap * size, 0, (more - *cap) * size);
	*cap = more;
	return items;
}

void *
vec_room(void *items, size_t n, size_t *cap, size_t size)
{
	size_t more = more_than(*cap);

	return n < *cap ? items :
	    grown(xreallocarray(items, more, size), cap, more, size);
}

void *
vec_try_room(void *items, size_t n, size_t *cap, size_t size)
{
	size_t more = more_than(*cap);

	if (n < *cap)
		return items;
	items = more <= SIZE_MAX / size ? realloc(items, more * size) : NULL;
	return items != NULL ? grown(items, cap, more, size) : NULL;
}
