/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/secret.h"

#include <sodium.h>
#include <stdbool.h>
#include <string.h>

enum rc
secret_init(struct secret *s, size_t cap, struct err *e)
{
	s->len = 0;
	s->cap = 0;
	s->p = sodium_malloc(cap);
	if (s->p == NULL)
		return err_set(e, RC_NOMEM,
		    "no protected memory for a key (%zu bytes); close other "
		    "programs and try again", cap);
	s->cap = cap;
	return RC_OK;
}

void
secret_release(struct secret *s)
{
	sodium_free(s->p);
	s->p = NULL;
	s->len = 0;
	s->cap = 0;
}

void
secret_wipe(struct secret *s)
{
	if (s->p != NULL)
		sodium_memzero(s->p, s->cap);
	s->len = 0;
}

__attribute__((noinline)) void
secret_wipe_stack(void)
{
	unsigned char left[256u << 10];

	sodium_memzero(left, sizeof(left));
}

bool
secret_add(struct secret *s, const void *p, size_t n)
{
	if (n > s->cap - s->len)
		return false;
	memcpy(s->p + s->len, p, n);
	s->len += n;
	return true;
}
