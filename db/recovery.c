/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The slots of codes.  Each holds an identity of its own, made, granted and
 * ended like a person's (people_impl.h), so a code that was replaced is an
 * access that ended, and the register says when.
 */
#include "config.h"

#include "db/recovery.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "core/kinds.h"
#include "db/open.h"
#include "db/people_impl.h"

#define HOLDER_MAX 80		/* so that two fit into one name */
#define PAIR_KEY_LEN 32

enum rc
store_recovery_state(const char *path, struct recovery_state *out,
    struct err *e)
{
	struct header h;
	enum rc rc = store_header_of(path, &h, e);

	if (rc != RC_OK)
		return rc;
	*out = (struct recovery_state){.code = false};
	for (size_t i = 0; i < SLOTS; i++) {
		out->code |= h.slots[i].type == SLOT_RECOVERY;
		out->pairs += h.slots[i].type == SLOT_PAIR;
	}
	return RC_OK;
}

/* Ends every key of a type; the one in use last, for it signs until then. */
static enum rc
end_all(struct step *t, enum slot_type type, const char *reason,
    struct err *e)
{
	const struct store *s = t->s;
	struct author_id key;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < SLOTS && rc == RC_OK; i++) {
		if (s->header.slots[i].type != type || i == s->slot)
			continue;
		memcpy(key.b, s->header.slots[i].ed_pk, AUTHOR_LEN);
		rc = step_revoke(t, &key, reason, e);
	}
	if (rc == RC_OK && s->header.slots[s->slot].type == type)
		rc = step_revoke(t, &s->author, reason, e);
	return rc;
}

static enum rc
add_code(struct step *t, enum slot_type type, const struct secret *key,
    const char *name, struct err *e)
{
	const struct slot_request req = {
		.pass = key, .role = ROLE_ADMINISTRATOR, .type = type,
		.has_root = true, .rng = t->s->rng
	};
	struct author_id id;
	enum rc rc = step_slot(t, &req, &id, e);

	if (rc == RC_OK)
		rc = step_user(t, &id, name, WHO_CODE, e);
	return rc == RC_OK ? step_role(t, &id, ROLE_ADMINISTRATOR, e) : rc;
}

/* Random bytes, and their text for a person. */
static enum rc
new_code(struct store *s, struct secret *bytes, struct secret *text,
    struct err *e)
{
	enum rc rc = secret_init(bytes, RECOVERY_BYTES, e);

	if (rc == RC_OK)
		rc = secret_init(text, RECOVERY_TEXT_MAX, e);
	if (rc != RC_OK)
		return rc;
	rng_fill(s->rng, bytes->p, RECOVERY_BYTES);
	bytes->len = RECOVERY_BYTES;
	recovery_format(bytes->p, (char *)text->p);
	text->len = strlen((const char *)text->p);
	return RC_OK;
}

static enum rc
make_code(struct step *t, struct secret *code, struct err *e)
{
	struct secret bytes = {.p = NULL};
	enum rc rc = new_code(t->s, &bytes, code, e);

	if (rc == RC_OK)
		rc = add_code(t, SLOT_RECOVERY, &bytes, "Recovery code", e);
	secret_release(&bytes);
	if (rc == RC_OK)
		rc = step_entry(t, "recovery", json_pack("{s:s}", "what",
		    "made"), e);
	if (rc == RC_OK)
		rc = end_all(t, SLOT_RECOVERY, "a new code was made", e);
	return rc == RC_OK ? step_commit(t, e) : rc;
}

enum rc
store_recovery_make(struct store *s, struct secret *code, struct err *e)
{
	struct step *t = NULL;
	enum rc rc = step_begin(s, &t, e);

	*code = (struct secret){.p = NULL};
	if (rc == RC_OK)
		rc = make_code(t, code, e);
	step_release(t);
	if (rc != RC_OK)
		secret_release(code);
	return rc;
}

/* ---- pairs ---- */

/* The order in which two codes are given does not matter. */
static enum rc
pair_key(const unsigned char *a, const unsigned char *b, struct secret *out,
    struct err *e)
{
	static const unsigned char label[16] = "hearken.pair.1";
	bool swap = sodium_compare(a, b, RECOVERY_BYTES) > 0;
	crypto_generichash_state st;
	enum rc rc = secret_init(out, PAIR_KEY_LEN, e);

	if (rc != RC_OK)
		return rc;
	crypto_generichash_init(&st, NULL, 0, PAIR_KEY_LEN);
	crypto_generichash_update(&st, label, sizeof(label));
	crypto_generichash_update(&st, swap ? b : a, RECOVERY_BYTES);
	crypto_generichash_update(&st, swap ? a : b, RECOVERY_BYTES);
	crypto_generichash_final(&st, out->p, PAIR_KEY_LEN);
	sodium_memzero(&st, sizeof(st));
	out->len = PAIR_KEY_LEN;
	return RC_OK;
}

struct pair_request {
	const char *const *holders;
	size_t n;
	struct secret bytes[PAIR_HOLDERS_MAX];
	struct secret *texts;
};

static enum rc
check_holders(const struct pair_request *r, struct err *e)
{
	enum rc rc = RC_OK;

	if (r->n < 2 || r->n > PAIR_HOLDERS_MAX)
		return err_set(e, RC_INPUT, "name two or three people to keep "
		    "the codes");
	for (size_t i = 0; i < r->n && rc == RC_OK; i++) {
		rc = check_person_name(r->holders[i], e);
		if (rc == RC_OK && strlen(r->holders[i]) > HOLDER_MAX)
			rc = err_set(e, RC_INPUT, "a name of at most %d bytes "
			    "is enough to know who keeps a code", HOLDER_MAX);
		for (size_t k = 0; k < i && rc == RC_OK; k++)
			if (strcmp(r->holders[i], r->holders[k]) == 0)
				rc = err_set(e, RC_INPUT, "\"%s\" is named "
				    "twice; a pair is two people",
				    r->holders[i]);
	}
	return rc;
}

static enum rc
add_pair(struct step *t, const struct pair_request *r, size_t i, size_t k,
    struct err *e)
{
	char name[2 * HOLDER_MAX + 32];
	struct secret key = {.p = NULL};
	enum rc rc = pair_key(r->bytes[i].p, r->bytes[k].p, &key, e);

	(void)snprintf(name, sizeof(name), "Recovery pair: %s and %s",
	    r->holders[i], r->holders[k]);
	if (rc == RC_OK)
		rc = add_code(t, SLOT_PAIR, &key, name, e);
	secret_release(&key);
	return rc;
}

static json_t *
pair_body(const struct pair_request *r)
{
	json_t *body = json_pack("{s:s, s:[]}", "what", "pair", "holders");
	json_t *list = json_object_get(body, "holders");

	for (size_t i = 0; i < r->n && list != NULL; i++)
		(void)json_array_append_new(list,
		    json_string(r->holders[i]));
	return body;
}

static enum rc
make_pairs(struct step *t, struct pair_request *r, struct err *e)
{
	enum rc rc = check_holders(r, e);

	for (size_t i = 0; i < r->n && rc == RC_OK; i++)
		rc = new_code(t->s, &r->bytes[i], &r->texts[i], e);
	for (size_t i = 0; i < r->n && rc == RC_OK; i++)
		for (size_t k = i + 1; k < r->n && rc == RC_OK; k++)
			rc = add_pair(t, r, i, k, e);
	if (rc == RC_OK)
		rc = step_entry(t, "recovery", pair_body(r), e);
	if (rc == RC_OK)
		rc = end_all(t, SLOT_PAIR, "new pairs were made", e);
	return rc == RC_OK ? step_commit(t, e) : rc;
}

enum rc
store_pair_make(struct store *s, const char *const *holders, size_t n,
    struct secret codes[PAIR_HOLDERS_MAX], struct err *e)
{
	struct pair_request r = {
		.holders = holders, .n = n, .texts = codes
	};
	struct step *t = NULL;
	enum rc rc = step_begin(s, &t, e);

	for (size_t i = 0; i < PAIR_HOLDERS_MAX; i++)
		codes[i] = (struct secret){.p = NULL};
	if (rc == RC_OK)
		rc = make_pairs(t, &r, e);
	step_release(t);
	for (size_t i = 0; i < PAIR_HOLDERS_MAX; i++) {
		secret_release(&r.bytes[i]);
		if (rc != RC_OK)
			secret_release(&codes[i]);
	}
	return rc;
}

/* ---- taking away ---- */

static enum rc
remove_all(struct step *t, enum slot_type type, struct err *e)
{
	enum rc rc = step_entry(t, "recovery", json_pack("{s:s}", "what",
	    "removed"), e);
	size_t before = t->n;

	if (rc == RC_OK)
		rc = end_all(t, type, "taken away", e);
	if (rc == RC_OK && t->n == before)
		return err_set(e, RC_NOTFOUND, "the store has no %s to take "
		    "away", type == SLOT_PAIR ? "pairs of codes" :
		    "recovery code");
	return rc == RC_OK ? step_commit(t, e) : rc;
}

enum rc
store_recovery_remove(struct store *s, bool pairs, struct err *e)
{
	struct step *t = NULL;
	enum rc rc = step_begin(s, &t, e);

	if (rc == RC_OK)
		rc = remove_all(t, pairs ? SLOT_PAIR : SLOT_RECOVERY, e);
	step_release(t);
	return rc;
}

/* ---- opening ---- */

static enum rc
read_code(const struct secret *typed, struct secret *out, struct err *e)
{
	enum rc rc = secret_init(out, RECOVERY_BYTES, e);

	if (rc != RC_OK)
		return rc;
	out->len = RECOVERY_BYTES;
	return recovery_parse((const char *)typed->p, typed->len, out->p, e);
}

static enum rc
read_pair(const struct secret *codes, struct secret *out, struct err *e)
{
	struct secret a = {.p = NULL}, b = {.p = NULL};
	enum rc rc = read_code(&codes[0], &a, e);

	if (rc != RC_OK)
		rc = err_prefix(e, "the first code");
	if (rc == RC_OK) {
		rc = read_code(&codes[1], &b, e);
		if (rc != RC_OK)
			rc = err_prefix(e, "the second code");
	}
	if (rc == RC_OK && sodium_memcmp(a.p, b.p, RECOVERY_BYTES) == 0)
		rc = err_set(e, RC_INPUT, "the same code was given twice; a "
		    "pair is the codes of two people");
	if (rc == RC_OK)
		rc = pair_key(a.p, b.p, out, e);
	secret_release(&a);
	secret_release(&b);
	return rc;
}

static enum rc
check_has(const char *path, size_t n, struct err *e)
{
	struct recovery_state has;
	enum rc rc = store_recovery_state(path, &has, e);

	if (rc != RC_OK || (n == 1 ? has.code : has.pairs != 0))
		return rc;
	if (!has.code && has.pairs == 0)
		return err_set(e, RC_NOTFOUND, "%s has neither a recovery "
		    "code nor a pair of codes. Without a passphrase nothing "
		    "can be done: nobody can open it, not its makers either. "
		    "If somebody else has a passphrase, they can let you in "
		    "again", path);
	return err_set(e, RC_NOTFOUND, n == 1 ? "%s has no recovery code of "
	    "its own; two people's codes open it together" : "%s has no pair "
	    "of codes; a single recovery code opens it", path);
}

enum rc
store_recover(const char *path, const struct secret *codes, size_t n,
    const struct store_opts *opts, struct store **out, struct err *e)
{
	struct secret key = {.p = NULL};
	const struct slot_request req = {
		.pass = &key, .cost = kdf_cost_full(&opts->kdf),
		.type = n == 1 ? SLOT_RECOVERY : SLOT_PAIR
	};
	enum rc rc;

	if (n < 1 || n > 2)
		return err_set(e, RC_USAGE, "one code or two open a store");
	rc = check_has(path, n, e);
	if (rc == RC_OK)
		rc = n == 1 ? read_code(&codes[0], &key, e) :
		    read_pair(codes, &key, e);
	if (rc == RC_OK)
		rc = store_open_with(path, &req, opts, out, e);
	secret_release(&key);
	return rc;
}
