/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/alike.h"

#include <stdlib.h>
#include <string.h>

#include "core/reference.h"
#include "exchange/hash.h"

/* An open table of the keys; a key is made again when its tag is met. */
struct slot {
	uint32_t tag;
	uint32_t index;		/* of the child, plus 1; 0: free */
};

struct table {
	const struct children *children;
	struct slot *slots;
	size_t nslots;		/* a power of two, at most half used */
	struct str key, other;
};

static bool
same_key(struct table *t, uint32_t index)
{
	str_clear(&t->other);
	reference_key(&t->other, children_at(t->children, index)->name);
	return strcmp(t->key.s, t->other.s) == 0;
}

static uint32_t
find(struct table *t, uint32_t i, uint64_t seed)
{
	size_t at, mask = t->nslots - 1;
	uint32_t tag;
	uint64_t h;

	str_clear(&t->key);
	reference_key(&t->key, children_at(t->children, i)->name);
	h = hash_bytes(t->key.s, t->key.len, seed);
	tag = (uint32_t)(h >> 32);
	for (at = h & mask; t->slots[at].index != 0; at = (at + 1) & mask)
		if (t->slots[at].tag == tag &&
		    same_key(t, t->slots[at].index - 1))
			return t->slots[at].index - 1;
	t->slots[at] = (struct slot){tag, i + 1};
	return i;
}

enum rc
alike_find(const struct children *c, uint64_t seed, uint32_t **first,
    size_t *others, struct err *e)
{
	struct table t = {.children = c, .nslots = 16};
	size_t n = children_count(c);

	*others = 0;
	while (t.nslots < 2 * n)
		t.nslots *= 2;
	t.slots = calloc(t.nslots, sizeof(*t.slots));
	*first = malloc((n != 0 ? n : 1) * sizeof(**first));
	if (t.slots == NULL || *first == NULL) {
		free(t.slots);
		free(*first);
		*first = NULL;
		return err_set(e, RC_NOMEM, "no memory to compare the "
		    "references of the children");
	}
	str_init(&t.key);
	str_init(&t.other);
	for (uint32_t i = 0; i < n; i++) {
		(*first)[i] = find(&t, i, seed);
		*others += (*first)[i] != i;
	}
	str_release(&t.key);
	str_release(&t.other);
	free(t.slots);
	return RC_OK;
}
