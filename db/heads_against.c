/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A store held against another copy of itself.
 */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "db/impl.h"
#include "db/remember.h"

static bool
same_entry(struct store *s, struct store *copy, const struct author_id *key,
    uint64_t n)
{
	struct entry_id a, b;

	return heads_nth(s, key, n, &a, NULL) == RC_OK &&
	    heads_nth(copy, key, n, &b, NULL) == RC_OK &&
	    entry_id_equal(&a, &b);
}

/* Each id covers the one before it, so two chains that part stay apart. */
static uint64_t
first_apart(struct store *s, struct store *copy, const struct head *h)
{
	uint64_t same = 0, apart = h->n, middle;

	while (same + 1 < apart) {
		middle = same + (apart - same) / 2;
		if (same_entry(s, copy, &h->author, middle))
			same = middle;
		else
			apart = middle;
	}
	return apart;
}

static void
say_apart(struct store *s, struct store *copy, const struct heads *known,
    struct heads_verdict *v)
{
	const struct head *h = NULL;
	struct entry_id id;

	for (size_t i = 0; i < known->n && h == NULL; i++)
		if (heads_nth(s, &known->list[i].author, known->list[i].n,
		    &id, NULL) == RC_OK &&
		    !entry_id_equal(&id, &known->list[i].id))
			h = &known->list[i];
	if (h == NULL)
		return;
	(void)snprintf(v->words, sizeof(v->words), "entry %" PRIu64 " of %s "
	    "is not the one in the copy: entries were written anew after the "
	    "copy was made, or the two were worked in apart. Keep both.",
	    first_apart(s, copy, h), roster_name(&s->roster, &h->author));
}

static void
say_lost(struct heads_verdict *v)
{
	if (v->lost == 0)
		(void)snprintf(v->words, sizeof(v->words), "the list of "
		    "people and passphrases is older than the copy's: an "
		    "earlier copy of the file was put back.");
	else
		(void)snprintf(v->words, sizeof(v->words), "entries that the "
		    "copy holds are not in the store (%" PRIu64 " at least): "
		    "an earlier copy of the file was put back, or the newest "
		    "entries were cut off. Keep both.", v->lost);
}

static enum rc
compare(struct store *s, struct store *copy, struct heads_verdict *out,
    struct err *e)
{
	struct heads known;
	enum rc rc;

	if (memcmp(s->header.uuid, copy->header.uuid, UUID_LEN) != 0)
		return err_set(e, RC_INPUT, "%s is a copy of another store",
		    copy->path);
	rc = heads_of_store(copy, &known, e);
	if (rc != RC_OK)
		return rc;
	rc = heads_compare(s, &known, out, e);
	out->known_at = copy->chain.at;
	if (rc == RC_OK && out->state == HEADS_OTHER)
		say_apart(s, copy, &known, out);
	else if (rc == RC_OK && out->state == HEADS_BEHIND)
		say_lost(out);
	heads_release(&known);
	return rc;
}

enum rc
store_heads_against(struct store *s, const char *path, const char *user,
    const struct secret *pass, const struct store_opts *opts,
    struct heads_verdict *out, struct err *e)
{
	struct store_opts quiet = *opts;
	struct store *copy = NULL;
	enum rc rc;

	/* An old copy is no news: nothing is remembered of it. */
	quiet.state_dir = NULL;
	quiet.any_disk = true;
	rc = store_open(path, user, pass, &quiet, &copy, e);
	if (rc != RC_OK) {
		(void)err_prefix(e, "the copy");
		return rc;
	}
	rc = compare(s, copy, out, e);
	store_close(copy);
	return rc;
}
