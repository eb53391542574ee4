/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/gather.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK ((size_t)1 << 20)

/* One entry; the ring of a book ends with its latest row. */
struct gathered {
	struct gathered *next;
	struct entry_id id;
	struct author_id author;
	uint64_t n;
	int64_t at;
	struct span on;
	bool blank;	/* disposed of */
	char text[];	/* the kind and the body, each with its NUL */
};

struct gather_block {
	struct gather_block *next;
	size_t size;
	alignas(max_align_t) unsigned char bytes[];
};

void
gather_init(struct gather *g, const struct books *b)
{
	memset(g, 0, sizeof(*g));
	g->books = b;
}

static void
forget(struct gather *g)
{
	struct gather_block *b;

	while ((b = g->blocks) != NULL) {
		g->blocks = b->next;
		free(b);
	}
	free(g->ends);
	g->ends = NULL;
	g->room = 0;
}

void
gather_release(struct gather *g)
{
	forget(g);
}

size_t
gather_fits(const struct books *b, size_t first)
{
	uint64_t bytes = 0;
	size_t i;

	for (i = first; i < b->n; i++) {
		bytes += b->list[i].bytes;
		if (bytes > GATHER_MAX)
			break;
	}
	return i > first ? i - first : 1;
}

enum rc
gather_begin(struct gather *g, size_t first, size_t n, struct err *e)
{
	forget(g);
	g->first = first;
	g->n = n;
	g->ends = calloc(n + 1, sizeof(struct gathered *));
	return g->ends != NULL ? RC_OK : err_set(e, RC_NOMEM, "not enough "
	    "memory to check the cases");
}

static void *
take(struct gather *g, size_t n)
{
	size_t align = alignof(max_align_t);
	size_t want = (n + align - 1) / align * align;
	size_t size = want > BLOCK ? want : BLOCK;
	struct gather_block *b;

	if (want > g->room) {
		b = malloc(sizeof(*b) + size);
		if (b == NULL)
			return NULL;
		b->next = g->blocks;
		b->size = size;
		g->blocks = b;
		g->room = size;
	}
	g->room -= want;
	return g->blocks->bytes + g->room;
}

static void
link_last(struct gathered **end, struct gathered *k)
{
	if (*end == NULL) {
		k->next = k;
	} else {
		k->next = (*end)->next;
		(*end)->next = k;
	}
	*end = k;
}

enum rc
gather_keep(struct gather *g, const struct scan_row *r, struct err *e)
{
	const struct entry *en = &r->r.entry;
	size_t nkind = strlen(en->kind) + 1;
	size_t at = (size_t)(r->book - g->books->list) - g->first;
	struct gathered *k = take(g, sizeof(*k) + nkind + r->nbody + 1);

	if (k == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to check the "
		    "cases");
	k->id = en->id;
	k->author = en->author;
	k->n = en->n;
	k->at = en->at;
	k->on = en->on;
	k->blank = en->body == NULL;
	memcpy(k->text, en->kind, nkind);
	if (en->body != NULL)
		memcpy(k->text + nkind, en->body, r->nbody);
	k->text[nkind + r->nbody] = '\0';
	link_last(&g->ends[at], k);
	return RC_OK;
}

static void
apply(struct casefile *c, struct gathered *k)
{
	size_t nkind = strlen(k->text) + 1;
	struct entry en;

	memset(&en, 0, sizeof(en));
	en.id = k->id;
	en.author = k->author;
	en.n = k->n;
	en.case_id = c->id;
	en.at = k->at;
	en.on = k->on;
	memcpy(en.kind, k->text, nkind);
	en.body = k->blank ? NULL : k->text + nkind;
	casefile_apply(c, &en);
}

enum rc
gather_case(const struct gather *g, size_t i, struct casefile *out,
    struct err *e)
{
	struct gathered *end = g->ends[i - g->first], *k = end;

	if (end == NULL)
		return err_set(e, RC_NOTFOUND, "there is no such case");
	casefile_init(out, &g->books->list[i].case_id);
	do {
		k = k->next;
		/* The next lies far away: it is fetched while this is read. */
		__builtin_prefetch(k->next);
		__builtin_prefetch(k->next->text);
		apply(out, k);
	} while (k != end);
	return RC_OK;
}
