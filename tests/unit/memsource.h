/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A source of bytes held in memory, given out a few at a time, for tests of
 * readers.
 */
#ifndef HEARKEN_TESTS_UNIT_MEMSOURCE_H
#define HEARKEN_TESTS_UNIT_MEMSOURCE_H

#include <string.h>

#include "exchange/source.h"

struct memsource {
	struct source src;
	const char *bytes;
	size_t n, at;
	size_t step;		/* bytes at a time; 0: all */
	uint64_t repeat;	/* how often the bytes from `again` come again */
	size_t again;
};

static enum rc
memsource_read(void *ctx, char *buf, size_t n, size_t *got, struct err *e)
{
	struct memsource *m = ctx;

	(void)e;
	if (m->at == m->n && m->repeat != 0) {
		m->repeat--;
		m->at = m->again;
	}
	if (n > m->n - m->at)
		n = m->n - m->at;
	if (m->step != 0 && n > m->step)
		n = m->step;
	memcpy(buf, m->bytes + m->at, n);
	m->at += n;
	*got = n;
	return RC_OK;
}

static void
memsource_init(struct memsource *m, const char *bytes, size_t n, size_t step)
{
	memset(m, 0, sizeof(*m));
	m->src.name = "t.csv";
	m->src.read = memsource_read;
	m->src.ctx = m;
	m->bytes = bytes;
	m->n = n;
	m->step = step;
}

#endif
