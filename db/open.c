/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/open.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "db/cipher.h"
#include "db/file.h"
#include "db/people_impl.h"
#include "db/place.h"
#include "db/remember.h"
#include "db/shim.h"
#include "db/tries.h"

#define PASS_CHARACTERS 14
#define PASS_WORDS 5

/* Both copies of a header, read from the file. */
struct reading {
	struct front front;
	struct header copies[2];
	enum header_state state[2];
};

static size_t
count_words(const char *s, size_t n)
{
	size_t words = 0;
	bool inside = false;

	for (size_t i = 0; i < n; i++) {
		bool space = s[i] == ' ' || s[i] == '\t';

		words += !space && !inside;
		inside = !space;
	}
	return words;
}

enum rc
store_passphrase_check(const struct secret *pass, struct err *e)
{
	const void *p = pass->p;
	size_t characters = 0;

	if (!utf8_valid(p, pass->len, NULL))
		return err_set(e, RC_INPUT, "the passphrase is not valid "
		    "UTF-8 text; set the terminal to UTF-8 or use plain "
		    "letters");
	for (size_t i = 0; i < pass->len; i++)
		characters += (pass->p[i] & 0xc0u) != 0x80u;
	if (characters >= PASS_CHARACTERS ||
	    count_words(p, pass->len) >= PASS_WORDS)
		return RC_OK;
	return err_set(e, RC_INPUT, "the passphrase is too short: use at "
	    "least %d characters or %d words", PASS_CHARACTERS, PASS_WORDS);
}

enum medium_use
store_use(const struct store_opts *opts)
{
	if (opts->any_disk)
		return USE_COPY;
	return opts->allow_network_fs ? USE_ANYWHERE : USE_STORE;
}

static enum rc
read_header(const char *path, enum medium_use use, struct reading *r,
    struct err *e)
{
	bool newer, sound;
	enum rc rc = file_read_front(path, use, &r->front, e);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < 2; i++)
		r->state[i] = header_parse(r->front.copies[i],
		    &r->copies[i]);
	newer = r->state[0] == HEADER_NEWER || r->state[1] == HEADER_NEWER;
	sound = r->state[0] == HEADER_SOUND || r->state[1] == HEADER_SOUND;
	if (newer)
		return err_set(e, RC_NEWER, "%s was written by a newer "
		    "version of Hearken; use that version", path);
	return sound ? RC_OK : err_set(e, RC_DAMAGED, "%s: both copies of "
	    "the header are damaged; keep the file and restore a backup",
	    path);
}

/* The sound copy of the highest generation. */
static unsigned
best_copy(const struct reading *r)
{
	if (r->state[0] != HEADER_SOUND)
		return 1;
	if (r->state[1] != HEADER_SOUND)
		return 0;
	return r->copies[1].generation > r->copies[0].generation ? 1 : 0;
}

static bool
copies_differ(const struct reading *r)
{
	return memcmp(r->front.copies[0], r->front.copies[1], HEADER_COPY) != 0;
}

static enum rc
unlock_copy(struct store *s, const struct reading *r, unsigned copy,
    const struct slot_request *req, struct err *e)
{
	enum rc rc = slot_unlock(&r->copies[copy], req, s->keys, &s->slot, e);

	if (rc == RC_OK &&
	    !header_mac_holds(r->front.copies[copy], s->keys->mac))
		rc = err_set(e, RC_TAMPERED, "the header was changed by "
		    "someone without the store's key; keep the file and "
		    "restore a backup");
	if (rc == RC_OK)
		s->header = r->copies[copy];
	return rc;
}

/* An altered copy must not shut people out while the other one is whole. */
static enum rc
unlock(struct store *s, const struct reading *r, unsigned *used,
    const struct slot_request *req, struct err *e)
{
	unsigned copy = best_copy(r), other = 1 - copy;
	enum rc rc = unlock_copy(s, r, copy, req, e);
	struct err second;

	*used = copy;
	if (rc == RC_OK || rc == RC_USAGE || rc == RC_NOMEM ||
	    r->state[other] != HEADER_SOUND || !copies_differ(r))
		return rc;
	if (unlock_copy(s, r, other, req, &second) != RC_OK)
		return rc;
	*used = other;
	return RC_OK;
}

static enum rc
check_data_area(const struct store *s, const struct reading *r,
    struct err *e)
{
	if (!cipher_known(s->header.cipher))
		return err_set(e, RC_NEWER, "%s uses the cipher \"%s\", which "
		    "this version does not know; use a newer version",
		    s->path, s->header.cipher);
	if (r->front.size < HEADER_SIZE + 4096)
		return err_set(e, RC_DAMAGED, "%s ends after its header: the "
		    "data was cut off; restore a backup", s->path);
	if (!cipher_front_holds(s->header.cipher, r->front.db))
		return err_set(e, RC_DAMAGED, "%s: the data after the header "
		    "is damaged or was replaced; keep the file and restore a "
		    "backup", s->path);
	return RC_OK;
}

void
store_add_notice(struct store *s, const char *text)
{
	size_t used = strlen(s->notice);

	(void)snprintf(s->notice + used, sizeof(s->notice) - used, "%s%s",
	    used != 0 ? " " : "", text);
}

/* What was read before the lock was ours may have changed until it was. */
static enum rc
confirm_header(const struct store *s, const struct reading *r,
    const struct header_io *io, struct err *e)
{
	unsigned char *now = malloc(HEADER_SIZE);
	enum rc rc;

	if (now == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to open a "
		    "store");
	rc = io->read(io->ctx, 0, now, HEADER_SIZE, e);
	if (rc == RC_OK && memcmp(now, r->front.copies, HEADER_SIZE) != 0)
		rc = err_set(e, RC_BUSY, "%s was changed by another process "
		    "just now; open it again", s->path);
	free(now);
	return rc;
}

static enum rc
mend_header(struct store *s, const struct reading *r, unsigned used,
    struct err *e)
{
	struct header_io io = shim_io(s->db);
	enum rc rc = confirm_header(s, r, &io, e);

	if (rc != RC_OK || !copies_differ(r))
		return rc;
	rc = header_save(&io, &s->header, s->keys->mac, 1 - used, e);
	if (rc == RC_OK)
		store_add_notice(s, "One of the two copies of the store's "
		    "header was damaged or half written; it has been mended "
		    "from the other. If this happens again, look at the "
		    "disk.");
	return rc;
}

/* Nobody else is at it: the lock is ours. */
static void
sweep(const struct store *s)
{
	place_sweep(s->path, "new");
	place_sweep(s->path, "before");
	place_sweep(s->path, "rekey");
	place_sweep(s->path, "restore");
}

static enum rc
open_with(struct store *s, struct reading *r,
    const struct slot_request *req, struct err *e)
{
	unsigned used = 0;
	enum rc rc = unlock(s, r, &used, req, e);

	if (rc == RC_OK)
		rc = check_data_area(s, r, e);
	if (rc != RC_OK)
		return rc;
	memcpy(s->author.b, s->keys->ed_sk + 32, AUTHOR_LEN);
	s->dev = r->front.dev;
	s->ino = r->front.ino;
	rc = store_connect(s, e);
	if (rc == RC_OK)
		rc = store_enlist(s, e);
	if (rc == RC_OK)
		sweep(s);
	if (rc == RC_OK)
		rc = schema_check(s, e);
	if (rc == RC_OK)
		free_mend_if_torn(s);
	if (rc == RC_OK)
		rc = mend_header(s, r, used, e);
	if (rc == RC_OK)
		rc = store_migrate(s, e);
	if (rc == RC_OK)
		rc = schema_only_ours(s, e);
	if (rc == RC_OK)
		rc = store_load(s, e);
	if (rc == RC_OK)
		rc = people_at_open(s, e);
	if (rc == RC_OK && !cipher_is_fast(s->header.cipher))
		store_add_notice(s, "This store's cipher is made for "
		    "processors with AES instructions; on this one it is "
		    "slow.");
	return rc;
}

/*
 * The header is read before the lock is ours, and the key derived meanwhile
 * for a second: that somebody else changed it in between is no fault of the
 * file.  The database is closed first, since closing another descriptor of
 * the file would end its lock.
 */
static enum rc
tell_change(struct store *s, const struct reading *r, enum rc found,
    struct err *e)
{
	struct reading *now = malloc(sizeof(*now));
	bool changed = false;

	store_disconnect(s);
	if (now != NULL && read_header(s->path, USE_COPY, now, NULL) == RC_OK)
		changed = memcmp(now->front.copies, r->front.copies,
		    sizeof(now->front.copies)) != 0;
	free(now);
	return changed ? err_set(e, RC_BUSY, "%s was changed by another "
	    "process just now; open it again", s->path) : found;
}

static enum rc
read_and_open(struct store *s, const struct store_opts *opts,
    const struct slot_request *req, struct err *e)
{
	struct reading *r = malloc(sizeof(*r));
	enum rc rc;

	if (r == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to open a "
		    "store");
	rc = store_not_open_here(s->path, e);
	if (rc == RC_OK)
		rc = read_header(s->path, store_use(opts), r, e);
	if (rc == RC_OK)
		rc = file_check_folder(s->path, store_use(opts), e);
	if (rc == RC_OK)
		rc = tries_check(r->copies[best_copy(r)].uuid, opts, e);
	if (rc == RC_OK) {
		rc = open_with(s, r, req, e);
		if (rc == RC_DAMAGED || rc == RC_TAMPERED)
			rc = tell_change(s, r, rc, e);
		if (rc == RC_PASSPHRASE)
			tries_count(r->copies[best_copy(r)].uuid, opts);
	}
	free(r);
	return rc;
}

enum rc
store_open_with(const char *path, const struct slot_request *req,
    const struct store_opts *opts, struct store **out, struct err *e)
{
	struct store *s;
	enum rc rc = store_alloc(path, opts, &s, e);

	if (rc != RC_OK)
		return rc;
	rc = read_and_open(s, opts, req, e);
	if (rc != RC_OK) {
		store_close(s);
		return rc;
	}
	heads_look(s);
	tries_settle(s, opts);
	*out = s;
	return RC_OK;
}

enum rc
store_open(const char *path, const char *user, const struct secret *pass,
    const struct store_opts *opts, struct store **out, struct err *e)
{
	const struct slot_request req = {
		.user = user, .pass = pass, .cost = kdf_cost_full(&opts->kdf)
	};

	return store_open_with(path, &req, opts, out, e);
}

enum rc
store_header_of(const char *path, struct header *out, struct err *e)
{
	struct reading *r;
	char *real;
	enum rc rc = file_resolve(path, &real, e);

	if (rc != RC_OK)
		return rc;
	r = malloc(sizeof(*r));
	if (r == NULL)
		rc = err_set(e, RC_NOMEM, "not enough memory to look at a "
		    "store");
	if (rc == RC_OK)
		rc = store_not_open_here(real, e);
	if (rc == RC_OK)
		rc = read_header(real, USE_COPY, r, e);
	if (rc == RC_OK)
		*out = r->copies[best_copy(r)];
	free(r);
	free(real);
	return rc;
}

enum rc
store_slot_count(const char *path, size_t *n, struct err *e)
{
	struct header h;
	enum rc rc = store_header_of(path, &h, e);

	if (rc == RC_OK)
		*n = header_slots(&h);
	return rc;
}

enum rc
store_uuid_of(const char *path, unsigned char uuid[UUID_LEN], struct err *e)
{
	struct header h;
	enum rc rc = store_header_of(path, &h, e);

	if (rc == RC_OK)
		memcpy(uuid, h.uuid, UUID_LEN);
	return rc;
}

const char *
store_path(const struct store *s)
{
	return s->path;
}

const char *
store_user(const struct store *s)
{
	return s->user;
}

const struct author_id *
store_author(const struct store *s)
{
	return &s->author;
}

/* A clock that was put back does not take a role away. */
unsigned
store_role(const struct store *s)
{
	int64_t now = clock_now(s->clock);

	return roster_roles(&s->roster, &s->author,
	    now > s->chain.at ? now : s->chain.at);
}

const char *
store_cipher(const struct store *s)
{
	return s->header.cipher;
}

const struct roster *
store_roster(const struct store *s)
{
	return &s->roster;
}

const char *
store_notice(const struct store *s)
{
	return s->notice[0] != '\0' ? s->notice : NULL;
}

struct case_id
store_new_case_id(struct store *s)
{
	struct case_id id;

	rng_fill(s->rng, id.b, sizeof(id.b));
	return id;
}

const char *
store_library(void)
{
	return sqlite3mc_version();
}
