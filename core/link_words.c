/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words as numbers, so that a million names are compared as numbers. */
#include "config.h"

#include "core/link_impl.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"

uint64_t
link_mix(uint64_t x)
{
	x ^= x >> 30;
	x *= UINT64_C(0xbf58476d1ce4e5b9);
	x ^= x >> 27;
	x *= UINT64_C(0x94d049bb133111eb);
	return x ^ x >> 31;
}

uint64_t
link_hash(const char *s, size_t n)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * UINT64_C(0x100000001b3);
	return link_mix(h);
}

void
link_words_release(struct link_words *w)
{
	free(w->text);
	free(w->at);
	free(w->slots);
}

const char *
link_words_text(const struct link_words *w, uint32_t id)
{
	return id == 0 ? "" : w->text + w->at[id - 1];
}

static bool
is_word(const struct link_words *w, uint32_t id, const char *s, size_t n)
{
	const char *t = link_words_text(w, id);

	return strncmp(t, s, n) == 0 && t[n] == '\0';
}

/* The slot that holds it, or the empty one where it belongs. */
static size_t
slot_of(const struct link_words *w, const char *s, size_t n)
{
	size_t i = link_hash(s, n) & (w->nslots - 1);

	while (w->slots[i] != 0 && !is_word(w, w->slots[i], s, n))
		i = (i + 1) & (w->nslots - 1);
	return i;
}

static void
grow(struct link_words *w)
{
	size_t n = w->nslots == 0 ? 1024 : w->nslots * 2;

	free(w->slots);
	w->slots = xcalloc(n, sizeof(*w->slots));
	w->nslots = n;
	for (uint32_t id = 1; id <= w->n; id++) {
		const char *t = link_words_text(w, id);

		w->slots[slot_of(w, t, strlen(t))] = id;
	}
}

static void
keep_text(struct link_words *w, const char *s, size_t n)
{
	if (w->len + n + 1 > w->cap) {
		w->cap = (w->cap + n + 1) * 2;
		w->text = xrealloc(w->text, w->cap);
	}
	if (w->n == w->capat) {
		w->capat = w->capat == 0 ? 256 : w->capat * 2;
		w->at = xreallocarray(w->at, w->capat, sizeof(*w->at));
	}
	w->at[w->n++] = (uint32_t)w->len;
	memcpy(w->text + w->len, s, n);
	w->text[w->len + n] = '\0';
	w->len += n + 1;
}

uint32_t
link_words_find(const struct link_words *w, const char *s, size_t n)
{
	return w->nslots == 0 ? 0 : w->slots[slot_of(w, s, n)];
}

uint32_t
link_words_add(struct link_words *w, const char *s, size_t n)
{
	size_t slot;

	if (w->n * 2 >= w->nslots)
		grow(w);
	slot = slot_of(w, s, n);
	if (w->slots[slot] == 0) {
		keep_text(w, s, n);
		w->slots[slot] = (uint32_t)w->n;
	}
	return w->slots[slot];
}

size_t
link_words_memory(const struct link_words *w)
{
	return w->cap + w->capat * sizeof(*w->at) +
	    w->nslots * sizeof(*w->slots);
}
