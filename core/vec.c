/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/vec.h"

#include <string.h>

#include "core/xalloc.h"

void *
vec_room(void *items, size_t n, size_t *cap, size_t size)
{
	size_t more = *cap != 0 ? *cap + *cap / 2 + 1 : 8;

	if (n < *cap)
		return items;
	items = xreallocarray(items, more, size);
	memset((char *)items + *cap * size, 0, (more - *cap) * size);
	*cap = more;
	return items;
}
