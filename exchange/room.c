/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/room.h"

#include <stdint.h>
#include <stdlib.h>

#define MORE ((size_t)16 << 20)

enum rc
room_ask(size_t n, const char *what, struct err *e)
{
	/* A pair of calls that nobody looks at is left out by compilers. */
	void *volatile room = n < SIZE_MAX - MORE ? malloc(n + MORE) : NULL;

	if (room == NULL)
		return err_set(e, RC_NOMEM, "no memory for %s", what);
	free(room);
	return RC_OK;
}
