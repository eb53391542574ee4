/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Making a store.  It is built under another name beside its place and given
 * its own when it is whole, so that a failure leaves nothing half made.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/cipher.h"
#include "db/file.h"
#include "db/open.h"
#include "db/people_impl.h"
#include "db/place.h"
#include "db/remember.h"

static enum rc
check_request(const struct store *s, const struct store_founder *f,
    const struct secret *pass, const struct store_opts *opts, struct err *e)
{
	struct stat st;
	enum rc rc;

	if (role_name((enum role)f->role) == NULL)
		return err_set(e, RC_USAGE, "the founder needs one role: "
		    "practitioner, supervisor, trainer, administrator or "
		    "auditor");
	if (opts->cipher != NULL && !cipher_known(opts->cipher))
		return err_set(e, RC_USAGE, "there is no cipher \"%s\"; "
		    "choose aegis-256 or chacha20", opts->cipher);
	if (lstat(s->path, &st) == 0)
		return err_set(e, RC_EXISTS, "%s exists already and is not "
		    "replaced; choose another name", s->path);
	rc = check_person_name(f->user, e);
	if (rc == RC_OK)
		rc = store_passphrase_check(pass, e);
	if (rc == RC_OK)
		rc = file_check_folder(s->path, store_use(opts), e);
	return rc;
}

static enum rc
make_header(struct store *s, const struct store_founder *f,
    const struct secret *pass, const struct store_opts *opts, struct err *e)
{
	const char *cipher = opts->cipher != NULL ? opts->cipher :
	    cipher_choose();
	struct slot_request req = {
		.user = f->user, .pass = pass, .role = f->role,
		.cost = s->kdf, .rng = opts->rng
	};
	enum rc rc;

	s->header.version = HEADER_VERSION;
	s->header.generation = 1;
	rng_fill(opts->rng, s->header.uuid, UUID_LEN);
	memcpy(s->header.cipher, cipher, strlen(cipher) + 1);
	rc = slot_found(&s->header, &req, s->keys, e);
	memcpy(s->author.b, s->keys->ed_sk + 32, AUTHOR_LEN);
	return rc;
}

/* The first two entries of the register, by which all later rights hold. */
static enum rc
found_register(struct store *s, const struct store_founder *f, struct err *e)
{
	char key[2 * AUTHOR_LEN + 1], box[65];
	struct entry_draft d[2] = {
		{case_id_register(), "user", span_none(), NULL},
		{case_id_register(), "role", span_none(), NULL}
	};
	enum rc rc;

	hex_format(s->author.b, AUTHOR_LEN, key);
	hex_format(s->header.slots[0].x_pk, 32, box);
	d[0].body = json_pack("{s:s, s:s, s:s}", "name", f->user, "key", key,
	    "box", box);
	d[1].body = json_pack("{s:s, s:s}", "key", key, "role",
	    role_name((enum role)f->role));
	s->may_register = true;
	if (d[0].body == NULL || d[1].body == NULL)
		rc = err_set(e, RC_INPUT, "the name is not valid UTF-8; "
		    "write it in plain letters");
	else
		rc = store_append(s, d, 2, NULL, e);
	s->may_register = false;
	entry_draft_release(&d[0]);
	entry_draft_release(&d[1]);
	return rc;
}

/*
 * In a transaction of its own: the founding is sealed where it ends, for
 * that is what other stores are told of it.
 */
static enum rc
write_purpose(struct store *s, const struct root_key *root, struct err *e)
{
	struct entry_draft d = {case_id_register(), "purpose", span_none(),
	    json_pack("{s:s}", "purpose", "training")};
	enum rc rc = d.body != NULL ? tx_begin(s, e) : err_set(e, RC_NOMEM,
	    "not enough memory to make a store");

	if (rc != RC_OK) {
		entry_draft_release(&d);
		return rc;
	}
	rc = append_granted(s, root, &d, e);
	entry_draft_release(&d);
	if (rc == RC_OK)
		return tx_seal(s, e);
	tx_undo(s);
	return rc;
}

static enum rc
found_training(struct store *s, struct err *e)
{
	struct root_key *root = NULL;
	enum rc rc = slot_root_open(&s->header, s->slot, s->keys, &root, e);

	memcpy(s->roster.grantor.root_pk, s->header.root_pk, GRANT_KEY_LEN);
	memcpy(s->roster.grantor.uuid, s->header.uuid, GRANT_UUID_LEN);
	if (rc == RC_OK)
		rc = write_purpose(s, root, e);
	slot_root_free(root);
	return rc;
}

static enum rc
adopt_all(struct store *s, const struct store_founder *f, struct err *e)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < f->ninstruments && rc == RC_OK; i++) {
		const struct store_text *t = &f->instruments[i];

		rc = store_adopt(s, t->text, t->n, i == 0, e);
		if (rc == RC_INPUT)
			rc = err_prefix(e, "%s", t->file);
	}
	return rc;
}

static enum rc
build_at(struct store *s, const struct store_founder *f, struct err *e)
{
	enum rc rc = store_file_create(s->beside, s->path, &s->header,
	    s->keys->mac, e);

	if (rc == RC_OK)
		rc = store_connect(s, e);
	s->day = moment_day(clock_now(s->clock));
	s->zone = s->zone_here = zone_print();
	if (rc == RC_OK)
		rc = schema_create(s, e);
	if (rc == RC_OK)
		rc = author_row_of(s, &s->author, &s->author_row, e);
	if (rc == RC_OK)
		rc = found_register(s, f, e);
	if (rc == RC_OK && f->training)
		rc = found_training(s, e);
	if (rc == RC_OK)
		rc = adopt_all(s, f, e);
	store_disconnect(s);
	return rc;
}

static enum rc
check_encrypted(const struct store *s, struct err *e)
{
	struct front *front = malloc(sizeof(*front));
	enum rc rc;

	if (front == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to make a "
		    "store");
	rc = file_read_front(s->beside, USE_ANYWHERE, front, NULL);
	if (rc != RC_OK)
		rc = err_set(e, rc, "%s: the new store could not be read "
		    "back and was not kept; look at the disk", s->path);
	else if (!cipher_front_holds(s->header.cipher, front->db))
		rc = err_set(e, RC_SYSTEM, "%s: the new store did not come "
		    "out encrypted and was not kept", s->path);
	free(front);
	return rc;
}

static enum rc
build(struct store *s, const struct store_founder *f, struct err *e)
{
	enum rc rc = place_beside(s->path, "new", s->rng, &s->beside, e);

	if (rc != RC_OK)
		return rc;
	place_sweep(s->path, "new");
	rc = build_at(s, f, e);
	if (rc == RC_OK)
		rc = check_encrypted(s, e);
	if (rc == RC_OK)
		rc = file_publish(s->beside, s->path, e);
	if (rc != RC_OK)
		place_remove(s->beside);
	free(s->beside);
	s->beside = NULL;
	return rc;
}

static enum rc
open_built(struct store *s, struct err *e)
{
	enum rc rc = store_connect(s, e);

	if (rc == RC_OK)
		rc = store_enlist(s, e);
	if (rc == RC_OK)
		rc = schema_check(s, e);
	if (rc == RC_OK)
		rc = store_load(s, e);
	if (rc != RC_OK)
		place_remove(s->path);
	return rc;
}

enum rc
store_create(const char *path, const struct store_founder *founder,
    const struct secret *pass, const struct store_opts *opts,
    struct store **out, struct err *e)
{
	struct store *s;
	enum rc rc = store_alloc(path, opts, &s, e);

	if (rc != RC_OK)
		return rc;
	rc = check_request(s, founder, pass, opts, e);
	if (rc == RC_OK)
		rc = make_header(s, founder, pass, opts, e);
	if (rc == RC_OK)
		rc = build(s, founder, e);
	if (rc == RC_OK)
		rc = open_built(s, e);
	if (rc != RC_OK) {
		store_close(s);
		return rc;
	}
	heads_look(s);
	*out = s;
	return RC_OK;
}
