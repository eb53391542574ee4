/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Changing the header of an open store.
 *
 * Of two copies the one that does not stand is written first, so that until
 * its sync the old header is whole in the other, and after it the new one.
 * A failure before that sync puts the first copy back; a failure after it
 * leaves the new header in one copy, which counts, and which the next open
 * copies over the other.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "db/impl.h"
#include "db/shim.h"

struct copies {
	unsigned char standing[HEADER_COPY];
	unsigned char fresh[HEADER_COPY];
	unsigned char other[HEADER_COPY];
	struct header parsed;
	unsigned spare;		/* the copy to write first */
};

static uint64_t
place(unsigned copy)
{
	return (uint64_t)copy * HEADER_COPY;
}

/* Which copy stands is looked up each time: an earlier write may have failed. */
static enum rc
look_at_copies(struct store *s, const struct header_io *io,
    struct copies *c, struct err *e)
{
	enum rc rc;

	c->spare = 1;
	rc = io->read(io->ctx, place(0), c->standing, HEADER_COPY, e);
	if (rc == RC_OK)
		rc = io->read(io->ctx, place(1), c->other, HEADER_COPY, e);
	if (rc != RC_OK)
		return rc;
	header_format(&s->header, s->keys->mac, c->fresh);
	if (memcmp(c->standing, c->fresh, HEADER_COPY) == 0)
		return RC_OK;
	c->spare = 0;
	if (memcmp(c->other, c->fresh, HEADER_COPY) != 0)
		return err_set(e, RC_TAMPERED, "%s: the header on the disk is "
		    "no longer the one that was read; another program wrote "
		    "to the file: close the store and verify it", s->path);
	memcpy(c->standing, c->other, HEADER_COPY);
	return RC_OK;
}

static enum rc
write_copy(const struct header_io *io, unsigned copy,
    const unsigned char *bytes, struct err *e)
{
	enum rc rc = io->write(io->ctx, place(copy), bytes, HEADER_COPY, e);

	return rc == RC_OK ? io->sync(io->ctx, e) : rc;
}

static enum rc
write_first(struct store *s, const struct header_io *io, struct copies *c,
    struct err *e)
{
	enum rc rc = write_copy(io, c->spare, c->fresh, e);

	if (rc == RC_OK)
		return RC_OK;
	if (write_copy(io, c->spare, c->standing, NULL) != RC_OK)
		return err_prefix(e, "%s: the change may or may not have been "
		    "kept; close the store and open it again to see", s->path);
	return rc;
}

static enum rc
write_both(struct store *s, const struct header *next, struct copies *c,
    struct err *e)
{
	struct header_io io = shim_io(s->db);
	enum rc rc = look_at_copies(s, &io, c, e);

	if (rc != RC_OK)
		return rc;
	c->parsed = *next;
	c->parsed.generation = s->header.generation + 1;
	header_format(&c->parsed, s->keys->mac, c->fresh);
	rc = write_first(s, &io, c, e);
	if (rc != RC_OK)
		return rc;
	s->header = c->parsed;
	/* It stands: a second copy that cannot be written is mended later. */
	rc = write_copy(&io, 1 - c->spare, c->fresh, NULL);
	(void)rc;
	return RC_OK;
}

/* Should it fail, the next open tells the database. */
static void
tell_database(struct store *s)
{
	enum rc told = meta_set_int(s, "generation",
	    (int64_t)s->header.generation, NULL);

	(void)told;
}

enum rc
header_change(struct store *s, const struct header *next, struct err *e)
{
	struct copies *c = malloc(sizeof(*c));
	enum rc rc;

	if (c == NULL)
		return err_set(e, RC_NOMEM, "%s: not enough memory to change "
		    "the list of passphrases", s->path);
	rc = write_both(s, next, c, e);
	free(c);
	if (rc == RC_OK)
		tell_database(s);
	return rc;
}
