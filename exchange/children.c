/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/children.h"

#include <stdlib.h>
#include <string.h>

#define CHUNK_CHILDREN 1024u
#define TEXT_CHUNK (64u << 10)
#define SLOTS_FIRST 1024u
#define ROWS_FIRST 4u

struct slot {
	uint32_t tag;		/* upper half of the hash */
	uint32_t index;		/* of the child, plus 1; 0: free */
};

struct text_chunk {
	struct text_chunk *next;
	size_t used, size;
	char bytes[];
};

/* A ring of the latest rows: hashes together, for the search. */
struct child_rows {
	uint32_t cap, next, n;
	uint64_t *hash;		/* cap of them, then cap row numbers */
	uint64_t *row;
};

struct children {
	uint64_t seed;
	size_t record;		/* bytes of a child with its payload */
	struct slot *slots;
	size_t nslots;		/* a power of two, at most 2/3 used */
	char **chunks;
	size_t nchunks, capchunks;
	size_t n;
	struct text_chunk *text;
	struct child *latest;	/* rows of one child often follow each other */
	size_t memory;
};

enum rc
children_new(size_t payload, uint64_t seed, struct children **out,
    struct err *e)
{
	struct children *c = calloc(1, sizeof(*c));

	*out = NULL;
	if (c != NULL) {
		c->seed = seed;
		/* Whole 16 bytes, so that every payload is aligned alike. */
		c->record = (sizeof(struct child) + payload + 15) & ~(size_t)15;
		c->nslots = SLOTS_FIRST;
		c->slots = calloc(c->nslots, sizeof(*c->slots));
		c->memory = sizeof(*c) + c->nslots * sizeof(*c->slots);
	}
	if (c == NULL || c->slots == NULL) {
		free(c);
		return err_set(e, RC_NOMEM, "no memory for the table of "
		    "children");
	}
	*out = c;
	return RC_OK;
}

static void
free_text(struct text_chunk *t)
{
	struct text_chunk *next;

	for (; t != NULL; t = next) {
		next = t->next;
		free(t);
	}
}

void
children_free(struct children *c)
{
	size_t i;

	if (c == NULL)
		return;
	for (i = 0; i < c->n; i++)
		free(children_at(c, i)->rows);
	for (i = 0; i < c->nchunks; i++)
		free(c->chunks[i]);
	free(c->chunks);
	free(c->slots);
	free_text(c->text);
	free(c);
}

size_t
children_count(const struct children *c)
{
	return c->n;
}

struct child *
children_at(const struct children *c, size_t i)
{
	return (struct child *)(void *)(c->chunks[i / CHUNK_CHILDREN] +
	    i % CHUNK_CHILDREN * c->record);
}

size_t
children_memory(const struct children *c)
{
	return c->memory;
}

static char *
keep_text(struct children *c, const char *s, uint32_t n)
{
	struct text_chunk *t = c->text;
	size_t size;
	char *at;

	if (t == NULL || t->size - t->used < (size_t)n + 1) {
		size = n + 1u > TEXT_CHUNK ? n + 1u : TEXT_CHUNK;
		t = malloc(sizeof(*t) + size);
		if (t == NULL)
			return NULL;
		*t = (struct text_chunk){.next = c->text, .size = size};
		c->text = t;
		c->memory += sizeof(*t) + size;
	}
	at = t->bytes + t->used;
	memcpy(at, s, n);
	at[n] = '\0';
	t->used += n + 1u;
	return at;
}

static bool
add_chunk(struct children *c)
{
	size_t cap = c->capchunks != 0 ? 2 * c->capchunks : 16;
	char **more;

	if (c->nchunks == c->capchunks) {
		more = realloc(c->chunks, cap * sizeof(*more));
		if (more == NULL)
			return false;
		c->memory += (cap - c->capchunks) * sizeof(*more);
		c->chunks = more;
		c->capchunks = cap;
	}
	c->chunks[c->nchunks] = calloc(CHUNK_CHILDREN, c->record);
	if (c->chunks[c->nchunks] == NULL)
		return false;
	c->nchunks++;
	c->memory += CHUNK_CHILDREN * c->record;
	return true;
}

static struct child *
add_child(struct children *c, const char *s, uint32_t n, struct hash_key key)
{
	struct child *ch;
	char *name;

	if (c->n == c->nchunks * CHUNK_CHILDREN && !add_chunk(c))
		return NULL;
	name = keep_text(c, s, n);
	if (name == NULL)
		return NULL;
	ch = children_at(c, c->n);
	*ch = (struct child){.key = key, .name = name, .n = n};
	c->n++;
	return ch;
}

static inline uint64_t
hash_child(const struct children *c, const char *s, uint32_t n,
    struct hash_key key)
{
	return n <= HASH_KEY_MAX ? hash_of_key(key, c->seed) :
	    hash_bytes(s, n, c->seed);
}

static inline bool
is_child(const struct child *ch, const char *s, uint32_t n,
    struct hash_key key)
{
	return ch->key.a == key.a && ch->key.b == key.b && ch->n == n &&
	    (n <= HASH_KEY_MAX || memcmp(ch->name, s, n) == 0);
}

static bool
double_slots(struct children *c)
{
	size_t nslots = 2 * c->nslots, i, at;
	struct slot *slots = calloc(nslots, sizeof(*slots));
	const struct child *ch;
	uint64_t h;

	if (slots == NULL)
		return false;
	for (i = 0; i < c->n; i++) {
		ch = children_at(c, i);
		h = hash_child(c, ch->name, ch->n, ch->key);
		for (at = h & (nslots - 1); slots[at].index != 0;)
			at = (at + 1) & (nslots - 1);
		slots[at] = (struct slot){(uint32_t)(h >> 32),
		    (uint32_t)i + 1};
	}
	free(c->slots);
	c->memory += (nslots - c->nslots) * sizeof(*slots);
	c->slots = slots;
	c->nslots = nslots;
	return true;
}

struct child *
children_find(struct children *c, const char *s, uint32_t n)
{
	struct hash_key key = hash_key_padded(s, n);
	struct child *ch = c->latest;
	uint64_t h;
	size_t at;

	if (ch != NULL && is_child(ch, s, n, key))
		return ch;
	h = hash_child(c, s, n, key);
	for (at = h & (c->nslots - 1); c->slots[at].index != 0;
	    at = (at + 1) & (c->nslots - 1)) {
		if (c->slots[at].tag != (uint32_t)(h >> 32))
			continue;
		ch = children_at(c, c->slots[at].index - 1);
		if (is_child(ch, s, n, key))
			return c->latest = ch;
	}
	if (c->n >= UINT32_MAX - 1)
		return NULL;
	ch = add_child(c, s, n, key);
	if (ch == NULL)
		return NULL;
	c->slots[at] = (struct slot){(uint32_t)(h >> 32), (uint32_t)c->n};
	if (3 * c->n > 2 * c->nslots && !double_slots(c))
		return NULL;
	return c->latest = ch;
}

/* Room for the ring: 4 rows at first, twice as many when full, up to 32. */
static struct child_rows *
more_rows(struct children *c, struct child_rows *old)
{
	uint32_t cap = old != NULL ? 2 * old->cap : ROWS_FIRST;
	size_t size = sizeof(*old) + 2 * cap * sizeof(uint64_t);
	struct child_rows *r = calloc(1, size);

	if (r == NULL)
		return NULL;
	r->cap = cap;
	r->hash = (uint64_t *)(void *)(r + 1);
	r->row = r->hash + cap;
	c->memory += size;
	if (old != NULL) {
		memcpy(r->hash, old->hash, old->n * sizeof(uint64_t));
		memcpy(r->row, old->row, old->n * sizeof(uint64_t));
		r->n = old->n;
		r->next = old->n;
		c->memory -= sizeof(*old) + 2 * old->cap * sizeof(uint64_t);
		free(old);
	}
	return r;
}

bool
children_repeats(struct children *c, struct child *ch, uint64_t hash,
    uint64_t row, uint64_t *earlier)
{
	struct child_rows *r = ch->rows;
	uint32_t i;

	*earlier = 0;
	for (i = 0; r != NULL && i < r->n; i++)
		if (r->hash[i] == hash) {
			*earlier = r->row[i];
			return true;
		}
	if (r == NULL || (r->n == r->cap && r->cap < CHILD_ROWS_KEPT)) {
		r = more_rows(c, r);
		if (r == NULL)
			return false;
		ch->rows = r;
	}
	r->hash[r->next] = hash;
	r->row[r->next] = row;
	r->next = r->next + 1 == r->cap ? 0 : r->next + 1;
	r->n += r->n < r->cap;
	return true;
}
