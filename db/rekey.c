/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Encrypting a store anew.  All of it is done in a new file beside the old
 * one: header with the new master key granted to everybody who stays, pages,
 * the entry that says so.  The new file is closed, opened, read back page by
 * page and compared, and only then takes the old one's name in one step.  A
 * kill at any moment leaves the old store or the new one, and what it leaves
 * beside them is removed at the next open.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "db/copy.h"
#include "db/file.h"
#include "db/open.h"
#include "db/people.h"
#include "db/place.h"
#include "db/remember.h"

struct rekey {
	struct store *s;
	const struct rekey_plan *plan;
	struct header *next;
	struct keys *keys;	/* as s's, but from another master */
	char *beside;
	struct copy copy;
	struct copy_ends ends;	/* of the new file when it is finished */
};

static bool
is_blank(const char *text)
{
	return text[strspn(text, " \t\r\n")] == '\0';
}

static enum rc
check_plan(const struct rekey_plan *plan, struct err *e)
{
	if (plan->cipher != NULL && !cipher_known(plan->cipher))
		return err_set(e, RC_USAGE, "there is no cipher \"%s\"; "
		    "choose aegis-256 or chacha20", plan->cipher);
	if (is_blank(plan->reason))
		return err_set(e, RC_INPUT, "say why the key is changed; the "
		    "reason becomes an entry");
	return RC_OK;
}

/* Another master key, granted to all who stay: nobody's passphrase is asked. */
static enum rc
grant_anew(struct rekey *r, struct err *e)
{
	struct granting by = {NULL, r->keys};
	struct root_key *root;
	enum rc rc = slot_root_open(&r->s->header, r->s->slot, r->s->keys,
	    &root, e);

	if (rc != RC_OK)
		return rc;
	by.root = root;
	if (r->plan->header != NULL)
		rc = r->plan->header(r->next, r->plan->ctx, e);
	if (rc == RC_OK)
		rc = slot_regrant_all(r->next, &by, e);
	slot_root_free(root);
	return rc;
}

static enum rc
make_header(struct rekey *r, struct err *e)
{
	const char *cipher = r->plan->cipher;

	r->next = malloc(sizeof(*r->next));
	r->keys = keys_new();
	if (r->next == NULL || r->keys == NULL)
		return err_set(e, RC_NOMEM, "not enough protected memory to "
		    "change the key; close other programs and try again");
	*r->next = r->s->header;
	r->next->version = HEADER_VERSION;
	r->next->generation++;
	if (cipher != NULL) {
		memset(r->next->cipher, 0, sizeof(r->next->cipher));
		memcpy(r->next->cipher, cipher, strlen(cipher) + 1);
	}
	*r->keys = *r->s->keys;
	rng_fill(r->s->rng, r->keys->master, sizeof(r->keys->master));
	keys_derive(r->keys);
	return grant_anew(r, e);
}

/* A store of the same person on the new file, with all that is loaded. */
static enum rc
open_new(struct rekey *r, struct store **out, struct err *e)
{
	struct store *t;
	enum rc rc = copy_connect(&r->copy, false, &t, e);

	if (rc != RC_OK)
		return rc;
	t->author = r->s->author;
	t->slot = r->s->slot;
	rc = store_load(t, e);
	if (rc != RC_OK) {
		copy_close(t);
		return rc;
	}
	*out = t;
	return RC_OK;
}

static enum rc
write_entries(struct rekey *r, struct store *t, struct err *e)
{
	struct entry_draft d = {
		case_id_register(), "rekey", span_none(), NULL
	};
	enum rc rc;

	d.body = json_pack("{s:s, s:I, s:s}", "cipher", r->next->cipher,
	    "epoch", (json_int_t)r->next->slots[r->s->slot].epoch, "reason",
	    r->plan->reason);
	if (d.body == NULL)
		return err_set(e, RC_INPUT, "the reason is not valid UTF-8 "
		    "text; write it in plain letters");
	t->may_register = true;
	rc = append_draft(t, &d, NULL, e);
	t->may_register = false;
	entry_draft_release(&d);
	if (rc == RC_OK && r->plan->entries != NULL)
		rc = r->plan->entries(t, r->plan->ctx, e);
	return rc;
}

static enum rc
sign_entries(struct rekey *r, struct store *t, struct err *e)
{
	enum rc rc = tx_begin(t, e);

	if (rc != RC_OK)
		return rc;
	rc = meta_set_int(t, "generation", (int64_t)r->next->generation, e);
	if (rc == RC_OK)
		rc = write_entries(r, t, e);
	if (rc != RC_OK) {
		tx_undo(t);
		return rc;
	}
	rc = tx_seal(t, e);
	return rc == RC_OK ? copy_ends(t, &r->ends, e) : rc;
}

/* The new file has all of the old one; then it gets its own entries. */
static enum rc
finish_new(struct rekey *r, struct err *e)
{
	struct store *t;
	enum rc rc = open_new(r, &t, e);

	if (rc != RC_OK)
		return rc;
	rc = copy_compare(&r->copy, t, e);
	if (rc == RC_OK)
		rc = sign_entries(r, t, e);
	copy_close(t);
	return rc;
}

static enum rc
prove_new(struct rekey *r, struct store *t, struct err *e)
{
	struct copy_ends now;
	enum rc rc = copy_walk(&r->copy, t, e);

	if (rc == RC_OK)
		rc = copy_ends(t, &now, e);
	if (rc == RC_OK && (now.last != r->ends.last ||
	    memcmp(now.hash, r->ends.hash, sizeof(now.hash)) != 0))
		rc = err_set(e, RC_SYSTEM, "%s: the new file does not read "
		    "back as it was written; the old one stays. Look at the "
		    "disk", r->s->path);
	return rc;
}

/* Everything but this is in the file that s still has open. */
static enum rc
move_to_new(struct rekey *r, struct store *t, struct err *e)
{
	struct store *s = r->s;
	enum rc rc;

	stmt_release_all(s);
	sqlite3_close(s->db);
	s->db = NULL;
	*s->keys = *r->keys;
	s->header = *r->next;
	s->unsure = true;
	store_delist(s);
	/* Until here the new file was locked. */
	copy_close(t);
	rc = store_connect(s, e);
	if (rc == RC_OK)
		rc = store_enlist(s, e);
	if (rc == RC_OK)
		rc = store_make_sure(s, e);
	if (rc != RC_OK)
		return err_prefix(e, "the key was changed, but the store "
		    "could not be opened again; close it and open it");
	heads_save(s);
	return RC_OK;
}

static enum rc
prove_and_swap(struct rekey *r, struct err *e)
{
	struct store *t;
	enum rc rc = copy_connect(&r->copy, false, &t, e), synced;

	if (rc != RC_OK)
		return rc;
	rc = prove_new(r, t, e);
	if (rc == RC_OK)
		rc = place_rename(r->beside, r->s->path, e);
	if (rc != RC_OK) {
		copy_close(t);
		return rc;
	}
	synced = place_sync_folder(r->s->path, e);
	rc = move_to_new(r, t, synced == RC_OK ? e : NULL);
	if (synced != RC_OK)
		return err_prefix(e, "the key was changed, but might be the "
		    "old one again if the power failed now");
	return rc;
}

static enum rc
build_and_swap(struct rekey *r, struct err *e)
{
	bool same = strcmp(r->next->cipher, r->s->header.cipher) == 0;
	enum rc rc;

	place_sweep(r->s->path, "rekey");
	rc = place_beside(r->s->path, "rekey", r->s->rng, &r->beside, e);
	if (rc != RC_OK)
		return rc;
	r->copy = (struct copy){
		.from = r->s, .beside = r->beside, .shown = r->s->path,
		.header = r->next, .keys = r->keys,
		.fn = r->plan->fn, .ctx = r->plan->fn_ctx
	};
	rc = same ? copy_make(&r->copy, e) : copy_rows(&r->copy, e);
	if (rc == RC_OK)
		rc = finish_new(r, e);
	if (rc == RC_OK)
		rc = prove_and_swap(r, e);
	/* After the swap there is nothing of this name. */
	copy_remove(&r->copy);
	return rc;
}

enum rc
rekey_with(struct store *s, const struct rekey_plan *plan, struct err *e)
{
	struct rekey r = {.s = s, .plan = plan};
	enum rc rc = copy_may_begin(s, e);

	if (rc == RC_OK)
		rc = check_plan(plan, e);
	/* So that the new file has nothing to bring to today. */
	if (rc == RC_OK)
		rc = project_day(s, e);
	if (rc == RC_OK)
		rc = make_header(&r, e);
	if (rc == RC_OK)
		rc = build_and_swap(&r, e);
	keys_free(r.keys);
	free(r.next);
	free(r.beside);
	return rc;
}

enum rc
store_rekey(struct store *s, const char *cipher, const char *reason,
    store_progress_fn fn, void *ctx, struct err *e)
{
	const struct rekey_plan plan = {
		.cipher = cipher, .reason = reason, .fn = fn, .fn_ctx = ctx
	};

	return rekey_with(s, &plan, e);
}
