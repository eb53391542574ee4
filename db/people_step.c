/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/kinds.h"
#include "core/utf8.h"
#include "db/people_impl.h"

/* Dates beyond this one are left where they are; what follows must count. */
#define FOLLOWED_MAX (ENTRY_AT_MAX - INT64_C(1000000000000))

enum rc
check_person_name(const char *name, struct err *e)
{
	struct str words;
	bool empty;

	if (!utf8_valid(name, strlen(name), NULL))
		return err_set(e, RC_INPUT, "the name is not valid UTF-8; "
		    "write it in plain letters");
	str_init(&words);
	words_of_text(&words, name);
	empty = words.len == 0;
	str_release(&words);
	if (empty || strlen(name) > 200)
		return err_set(e, RC_INPUT, "the name \"%.*s\" cannot be "
		    "used; give the name that colleagues know, up to 200 "
		    "bytes", utf8_cut(name, 200), name);
	return RC_OK;
}

void
step_release(struct step *t)
{
	if (t == NULL)
		return;
	for (size_t i = 0; i < t->n; i++)
		entry_draft_release(&t->drafts[i]);
	slot_root_free(t->root);
	free(t->next);
	free(t);
}

/* What an earlier step left unsettled is settled before the next begins. */
static enum rc
settle_anew(struct store *s, struct err *e)
{
	struct roster fresh;
	enum rc rc = register_load_roster(s, &fresh, e);

	if (rc != RC_OK)
		return rc;
	roster_release(&s->roster);
	s->roster = fresh;
	return people_settle(s, e);
}

static enum rc
settle_pending(struct store *s, struct err *e)
{
	for (size_t i = 0; i < SLOTS; i++)
		if (s->header.slots[i].pending)
			return settle_anew(s, e);
	return RC_OK;
}

static enum rc
check_may(const struct store *s, struct err *e)
{
	const struct slot *own = &s->header.slots[s->slot];

	if (s->in_tx)
		return err_set(e, RC_BUSY, "%s: an import is under way; "
		    "finish or abandon it first", s->path);
	if (own->must_change)
		return err_set(e, RC_REFUSED, "your passphrase was given to "
		    "you by somebody else; choose your own before you change "
		    "anything for others");
	return RC_OK;
}

enum rc
step_begin(struct store *s, struct step **out, struct err *e)
{
	struct step *t;
	enum rc rc = check_may(s, e);

	if (rc == RC_OK)
		rc = settle_pending(s, e);
	if (rc != RC_OK)
		return rc;
	t = calloc(1, sizeof(*t));
	if (t != NULL)
		t->next = malloc(sizeof(*t->next));
	if (t == NULL || t->next == NULL) {
		step_release(t);
		return err_set(e, RC_NOMEM, "%s: not enough memory to change "
		    "the list of people", s->path);
	}
	t->s = s;
	*t->next = s->header;
	rc = slot_root_open(&s->header, s->slot, s->keys, &t->root, e);
	if (rc != RC_OK) {
		step_release(t);
		return rc;
	}
	t->by = (struct granting){t->root, s->keys};
	*out = t;
	return RC_OK;
}

enum rc
step_slot(struct step *t, const struct slot_request *req,
    struct author_id *key, struct err *e)
{
	size_t index;
	enum rc rc = slot_add(t->next, req, &t->by, &index, e);

	if (rc != RC_OK)
		return rc;
	memcpy(key->b, t->next->slots[index].ed_pk, AUTHOR_LEN);
	t->slots = true;
	return RC_OK;
}

enum rc
step_root(struct step *t, const struct author_id *key, unsigned role,
    struct err *e)
{
	const struct slot_request req = {.role = role, .has_root = true};
	size_t index = slot_of_key(t->next, key->b);

	if (index == SLOTS || t->next->slots[index].has_root)
		return RC_OK;
	t->slots = true;
	return slot_regrant(t->next, index, &req, &t->by, e);
}

enum rc
step_entry(struct step *t, const char *kind, json_t *body, struct err *e)
{
	if (body == NULL || t->n == STEP_DRAFTS) {
		json_decref(body);
		return err_set(e, RC_NOMEM, "%s: not enough memory to change "
		    "the list of people", t->s->path);
	}
	t->drafts[t->n++] = (struct entry_draft){
		case_id_register(), kind, span_none(), body
	};
	return RC_OK;
}

enum rc
step_user(struct step *t, const struct author_id *key, const char *name,
    enum who who, struct err *e)
{
	size_t index = slot_of_key(t->next, key->b);
	char key_hex[2 * AUTHOR_LEN + 1], box[65];
	json_t *body;

	hex_format(key->b, AUTHOR_LEN, key_hex);
	hex_format(t->next->slots[index].x_pk, 32, box);
	body = json_pack("{s:s, s:s, s:s}", "name", name, "key", key_hex,
	    "box", box);
	if (body != NULL && who != WHO_PERSON)
		(void)json_object_set_new(body, who == WHO_CODE ? "system" :
		    "keeper", json_true());
	return step_entry(t, "user", body, e);
}

/*
 * The entry that changes one's own role is still by the old one.  A new key
 * has nothing to be held to.
 */
static enum rc
say_after(const struct step *t, const struct author_id *key, json_t *body,
    struct err *e)
{
	struct store *s = t->s;
	uint64_t n = s->chain.n + t->n + 1;
	enum rc rc = RC_OK;

	if (roster_own(&s->roster, key) == NULL)
		return RC_OK;
	if (memcmp(key->b, s->author.b, AUTHOR_LEN) != 0)
		rc = people_written(s, key, &n, e);
	if (rc == RC_OK)
		(void)json_object_set_new(body, "after",
		    json_integer((json_int_t)n));
	return rc;
}

/* Takes body. */
static enum rc
step_change(struct step *t, const char *kind, const struct author_id *key,
    json_t *body, struct err *e)
{
	enum rc rc = body != NULL ? say_after(t, key, body, e) : RC_OK;

	if (rc == RC_OK)
		return step_entry(t, kind, body, e);
	json_decref(body);
	return rc;
}

enum rc
step_role(struct step *t, const struct author_id *key, unsigned role,
    struct err *e)
{
	char hex[2 * AUTHOR_LEN + 1];

	hex_format(key->b, AUTHOR_LEN, hex);
	return step_change(t, "role", key, json_pack("{s:s, s:s}", "key",
	    hex, "role", role_name((enum role)role)), e);
}

enum rc
step_revoke(struct step *t, const struct author_id *key, const char *reason,
    struct err *e)
{
	char hex[2 * AUTHOR_LEN + 1];

	hex_format(key->b, AUTHOR_LEN, hex);
	return step_change(t, "revoke", key, json_pack("{s:s, s:s}", "key",
	    hex, "reason", reason), e);
}

enum rc
append_granted(struct store *s, const struct root_key *root,
    const struct entry_draft *d, struct err *e)
{
	bool before = s->may_register;
	enum rc rc;

	s->root = root;
	s->may_register = true;
	rc = append_draft(s, d, NULL, e);
	s->may_register = before;
	s->root = NULL;
	return rc;
}

/* An author's last entry: its number and time; 0 and INT64_MIN: none. */
static enum rc
last_of(struct store *s, int64_t author, uint64_t *n, int64_t *at,
    struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_ENTRY_LAST, e, "i", author);

	*n = 0;
	*at = INT64_MIN;
	if (rc == RC_OK && stmt_next(&rows)) {
		*n = (uint64_t)sqlite3_column_int64(rows.st, 0);
		*at = sqlite3_column_int64(rows.st, 2);
	}
	return stmt_close(&rows, rc, "read the store", e);
}

static enum rc
last_of_key(struct store *s, const struct author_id *key, uint64_t *n,
    int64_t *at, struct err *e)
{
	*n = 0;
	*at = INT64_MIN;
	for (size_t i = 0; i < s->nauthors; i++)
		if (memcmp(s->authors[i].b, key->b, AUTHOR_LEN) == 0)
			return last_of(s, (int64_t)i + 1, n, at, e);
	return RC_OK;
}

enum rc
people_written(struct store *s, const struct author_id *key, uint64_t *n,
    struct err *e)
{
	int64_t at;

	return last_of_key(s, key, n, &at, e);
}

enum rc
people_last_at(struct store *s, const struct author_id *key, int64_t *at,
    struct err *e)
{
	uint64_t n;

	return last_of_key(s, key, &n, at, e);
}

static bool
is_abroad(const struct store *s, const struct author_id *key)
{
	const struct roster_user *u = roster_find(&s->roster, key);

	return u != NULL && u->abroad;
}

enum rc
date_after_all(struct store *s, struct err *e)
{
	uint64_t n;
	int64_t at;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < s->nauthors && rc == RC_OK; i++) {
		/* Clocks of other stores do not set this one. */
		if ((int64_t)i + 1 == s->author_row ||
		    is_abroad(s, &s->authors[i]))
			continue;
		rc = last_of(s, (int64_t)i + 1, &n, &at, e);
		if (rc == RC_OK && at >= s->chain.at && at < FOLLOWED_MAX)
			s->chain.at = at + 1;
	}
	return rc;
}

static enum rc
write_entries(struct step *t, struct err *e)
{
	struct store *s = t->s;
	enum rc rc = tx_begin(s, e);

	if (rc != RC_OK)
		return rc;
	rc = date_after_all(s, e);
	for (size_t i = 0; i < t->n && rc == RC_OK; i++)
		rc = append_granted(s, t->root, &t->drafts[i], e);
	if (rc == RC_OK)
		return tx_seal(s, e);
	tx_undo(s);
	return rc;
}

/*
 * With the entries on the disk it is done: what the header still lacks, the
 * next open gives it.  When they fail, what is on the disk is asked and not
 * assumed, for a commit may be reported as failed and stand.
 */
enum rc
step_commit(struct step *t, struct err *e)
{
	enum rc rc = RC_OK, settled;

	if (t->slots)
		rc = header_change(t->s, t->next, e);
	if (rc == RC_OK)
		rc = write_entries(t, e);
	settled = rc == RC_OK ? people_settle(t->s, NULL) :
	    settle_anew(t->s, NULL);
	(void)settled;
	return rc;
}
