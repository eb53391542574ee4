/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/children.h"

#include <stdlib.h>
#include <string.h>

#include "exchange/arena.h"

#define CHUNK_CHILDREN 1024u
#define TEXT_CHUNK (64u << 10)
#define SLOTS_FIRST 1024u
#define ROWS_FIRST 8u

struct slot {
	uint32_t tag;		/* upper half of the hash */
	uint32_t index;		/* of the child, plus 1; 0: free */
};

struct text_chunk {
	struct text_chunk *next;
	size_t used, size;
	char bytes[];
};

/*
 * A ring of the latest rows.  Rows come in any order of children, so that
 * every line of memory that is looked at is a wait: the tags of all the rows
 * fill one, and a row's entry is read only when its tag is met.
 */
struct child_row {
	uint64_t hash, number;
};

struct child_rows {
	uint16_t tags[CHILD_ROWS_KEPT];
	struct child_row list[];
};

/* In the place of a ring that nobody uses. */
struct spare {
	struct spare *next;
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
	struct arena arena;	/* of the chunks and the rings */
	struct spare *spares;	/* rings outgrown, for the next children */
	size_t memory;		/* beside the arena */
};

enum rc
children_new(size_t payload, uint64_t seed, struct children **out,
    struct err *e)
{
	struct children *c = calloc(1, sizeof(*c));

	*out = NULL;
	if (c != NULL) {
		c->seed = seed;
		c->record = lines_of(sizeof(struct child) + payload);
		c->nslots = SLOTS_FIRST;
		c->slots = arena_alone(c->nslots * sizeof(*c->slots));
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
	if (c == NULL)
		return;
	arena_release(&c->arena);
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
	return c->memory + c->arena.memory;
}

static char *
keep_text(struct children *c, const char *s, size_t n)
{
	struct text_chunk *t = c->text;
	size_t size;
	char *at;

	if (t == NULL || t->size - t->used < n + 1) {
		size = n + 1 > TEXT_CHUNK ? n + 1 : TEXT_CHUNK;
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
	t->used += n + 1;
	return at;
}

static bool
add_chunk(struct children *c)
{
	size_t cap = c->capchunks != 0 ? 2 * c->capchunks : 16;
	char **more, *chunk;

	if (c->nchunks == c->capchunks) {
		more = realloc(c->chunks, cap * sizeof(*more));
		if (more == NULL)
			return false;
		c->memory += (cap - c->capchunks) * sizeof(*more);
		c->chunks = more;
		c->capchunks = cap;
	}
	chunk = arena_take(&c->arena, CHUNK_CHILDREN * c->record);
	if (chunk == NULL)
		return false;
	c->chunks[c->nchunks++] = chunk;
	return true;
}

static struct child *
add_child(struct children *c, const char *s, size_t n, struct hash_key key)
{
	struct child *ch;
	char *name;

	if (c->n == c->nchunks * CHUNK_CHILDREN && !add_chunk(c))
		return NULL;
	name = keep_text(c, s, n);
	if (name == NULL)
		return NULL;
	ch = children_at(c, c->n);
	*ch = (struct child){.key = key, .name = name,
	    .n = (uint8_t)n};
	c->n++;
	return ch;
}

static inline uint64_t
hash_child(const struct children *c, const char *s, size_t n,
    struct hash_key key)
{
	return n <= HASH_KEY_MAX ? hash_of_key(key, c->seed) :
	    hash_bytes(s, n, c->seed);
}

static inline bool
is_child(const struct child *ch, const char *s, size_t n,
    struct hash_key key)
{
	return ch->key.a == key.a && ch->key.b == key.b && ch->n == n &&
	    (n <= HASH_KEY_MAX || memcmp(ch->name, s, n) == 0);
}

static bool
double_slots(struct children *c)
{
	size_t nslots = 2 * c->nslots, i, at;
	struct slot *slots = arena_alone(nslots * sizeof(*slots));
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

uint64_t
children_hash(const struct children *c, const char *s, size_t n)
{
	uint64_t h = hash_child(c, s, n, hash_key_padded(s, n));

	__builtin_prefetch(&c->slots[h & (c->nslots - 1)]);
	return h;
}

void
children_expect(const struct children *c, uint64_t hash)
{
	size_t at = hash & (c->nslots - 1);
	const struct child *ch;

	while (c->slots[at].index != 0 &&
	    c->slots[at].tag != (uint32_t)(hash >> 32))
		at = (at + 1) & (c->nslots - 1);
	if (c->slots[at].index == 0)
		return;
	ch = children_at(c, c->slots[at].index - 1);
	__builtin_prefetch(ch, 1);
	__builtin_prefetch((const char *)ch + LINE, 1);
}

struct child *
children_find_hashed(struct children *c, const char *s, size_t n,
    uint64_t hash)
{
	struct hash_key key = hash_key_padded(s, n);
	struct child *ch = NULL;
	size_t at;

	for (at = hash & (c->nslots - 1); c->slots[at].index != 0;
	    at = (at + 1) & (c->nslots - 1)) {
		if (c->slots[at].tag != (uint32_t)(hash >> 32))
			continue;
		ch = children_at(c, c->slots[at].index - 1);
		if (is_child(ch, s, n, key))
			break;
	}
	if (c->slots[at].index == 0) {
		if (c->n >= UINT32_MAX - 1 || n > CHILD_NAME_MAX)
			return NULL;
		ch = add_child(c, s, n, key);
		if (ch == NULL)
			return NULL;
		c->slots[at] = (struct slot){(uint32_t)(hash >> 32),
		    (uint32_t)c->n};
		if (3 * c->n > 2 * c->nslots && !double_slots(c))
			return NULL;
	}
	if (ch->rows != NULL) {
		__builtin_prefetch(ch->rows, 1);
		__builtin_prefetch(&ch->rows->list[ch->rows_next], 1);
	}
	return ch;
}

struct child *
children_find(struct children *c, const char *s, size_t n)
{
	return children_find_hashed(c, s, n, hash_child(c, s, n,
	    hash_key_padded(s, n)));
}

static size_t
ring_size(size_t cap)
{
	return lines_of(sizeof(struct child_rows) +
	    cap * sizeof(struct child_row));
}

static struct child_rows *
first_ring(struct children *c)
{
	struct spare *s = c->spares;

	if (s == NULL)
		return arena_take(&c->arena, ring_size(ROWS_FIRST));
	c->spares = s->next;
	return memset(s, 0, ring_size(ROWS_FIRST));
}

static void
spare_ring(struct children *c, struct child_rows *r)
{
	struct spare *s = (void *)r;

	s->next = c->spares;
	c->spares = s;
}

/* Room for the ring: 8 rows at first, all 32 when these are full. */
static bool
more_rows(struct children *c, struct child *ch)
{
	struct child_rows *r = ch->rows == NULL ? first_ring(c) :
	    arena_take(&c->arena, ring_size(CHILD_ROWS_KEPT));

	if (r == NULL)
		return false;
	if (ch->rows != NULL) {
		memcpy(r, ch->rows, sizeof(*r) +
		    ch->rows_n * sizeof(struct child_row));
		spare_ring(c, ch->rows);
	}
	ch->rows_cap = ch->rows != NULL ? CHILD_ROWS_KEPT : ROWS_FIRST;
	ch->rows = r;
	ch->rows_next = ch->rows_n;
	return true;
}

static bool
has_tag(const struct child_rows *r, uint16_t tag)
{
	uint16_t hit = 0;
	size_t i;

	for (i = 0; i < CHILD_ROWS_KEPT; i++)
		hit |= (uint16_t)(r->tags[i] == tag);
	return hit != 0;
}

static uint64_t
find_row(const struct child *ch, uint64_t hash)
{
	size_t i;

	for (i = 0; i < ch->rows_n; i++)
		if (ch->rows->list[i].hash == hash)
			return ch->rows->list[i].number;
	return 0;
}

bool
children_repeats(struct children *c, struct child *ch, uint64_t hash,
    uint64_t row, uint64_t *earlier)
{
	uint16_t tag = (uint16_t)(hash >> 48);

	*earlier = 0;
	if (ch->rows != NULL && has_tag(ch->rows, tag)) {
		*earlier = find_row(ch, hash);
		if (*earlier != 0)
			return true;
	}
	if ((ch->rows == NULL || (ch->rows_n == ch->rows_cap &&
	    ch->rows_cap < CHILD_ROWS_KEPT)) && !more_rows(c, ch))
		return false;
	ch->rows->tags[ch->rows_next] = tag;
	ch->rows->list[ch->rows_next] = (struct child_row){hash, row};
	ch->rows_next = ch->rows_next + 1u == ch->rows_cap ? 0 :
	    (uint8_t)(ch->rows_next + 1u);
	ch->rows_n = (uint8_t)(ch->rows_n + (ch->rows_n < ch->rows_cap));
	return true;
}
