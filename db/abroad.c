/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/abroad.h"

#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "db/people_impl.h"

#define CLOCKS_APART 86400000	/* ms by which another's clock may be ahead */

/* ---- one's own card ---- */

static enum rc
check_line(const char *what, const char *s, struct err *e)
{
	if (utf8_valid(s, strlen(s), NULL) && *s != '\0' &&
	    strlen(s) <= CARD_LINE_MAX)
		return RC_OK;
	return err_set(e, RC_INPUT, "the %s has to be 1 to %d bytes of UTF-8; "
	    "give the one that others know", what, CARD_LINE_MAX);
}

static enum rc
may_have_card(struct store *s, const struct roster_user *me, unsigned role,
    struct err *e)
{
	if (s->header.slots[s->slot].must_change)
		return err_set(e, RC_REFUSED, "your passphrase was given to "
		    "you by somebody else; choose your own before you show "
		    "your card");
	if (me == NULL || me->system)
		return err_set(e, RC_REFUSED, "a recovery code stands for no "
		    "person; unlock the store with a passphrase of your own");
	if (!card_role_fits(role))
		return err_set(e, RC_REFUSED, "your role exchanges no cases; a "
		    "practitioner, supervisor or trainer of the store has a "
		    "card");
	return RC_OK;
}

enum rc
store_card(struct store *s, const char *agency, struct card *out,
    struct err *e)
{
	const struct roster_user *me = roster_own(&s->roster, &s->author);
	unsigned role = role_now(s, &s->author);
	enum rc rc = may_have_card(s, me, role, e);

	memset(out, 0, sizeof(*out));
	if (rc != RC_OK)
		return rc;
	out->role = (enum role)role;
	out->key = s->author;
	memcpy(out->box, s->header.slots[s->slot].x_pk, sizeof(out->box));
	memcpy(out->store, s->header.uuid, GRANT_UUID_LEN);
	memcpy(out->root, s->header.root_pk, GRANT_KEY_LEN);
	memcpy(out->founder.b, s->header.founder, AUTHOR_LEN);
	out->name = card_line(me->name);
	out->agency = card_line(agency);
	rc = check_line("name", out->name, e);
	if (rc == RC_OK)
		rc = check_line("agency", out->agency, e);
	if (rc != RC_OK)
		card_release(out);
	return rc;
}

/* ---- taking one in ---- */

static bool
same_card(const struct card *a, const struct card *b)
{
	unsigned char x[CARD_KEY_BYTES], y[CARD_KEY_BYTES];

	card_keys_put(a, x);
	card_keys_put(b, y);
	return memcmp(x, y, sizeof(x)) == 0 && a->role == b->role &&
	    strcmp(a->name, b->name) == 0 &&
	    strcmp(a->agency, b->agency) == 0;
}

/* A store has one root key and one founder for all its life. */
static bool
other_root(const struct store *s, const struct card *c)
{
	for (size_t i = 0; i < s->roster.nusers; i++) {
		const struct card *known = s->roster.users[i].card;

		if (known != NULL && memcmp(known->store, c->store,
		    GRANT_UUID_LEN) == 0 && (memcmp(known->root, c->root,
		    GRANT_KEY_LEN) != 0 || memcmp(known->founder.b,
		    c->founder.b, AUTHOR_LEN) != 0))
			return true;
	}
	return false;
}

static enum rc
check_known(const struct store *s, const struct roster_user *u,
    const struct card *c, struct err *e)
{
	if (!u->abroad)
		return err_set(e, RC_REFUSED, "this is the card of %s, who "
		    "has access to this store already; a card is for people "
		    "of other stores", u->name);
	if (u->revoked != INT64_MAX)
		return err_set(e, RC_REFUSED, "the keys of %s were ended here "
		    "(%s), for good; ask for a card with new keys", u->name,
		    u->reason);
	if (u->card == NULL || roster_card_fits(&s->roster, c)) {
		if (u->card != NULL && same_card(u->card, c))
			return err_set(e, RC_EXISTS, "the card of %s is known "
			    "already", u->name);
		return RC_OK;
	}
	return err_set(e, RC_TAMPERED, "the card has the signing key of %s, "
	    "but another name, box key or store; one of the two cards is "
	    "false: do not take it in, and ask both", u->name);
}

static enum rc
check_card(const struct store *s, const struct card *c, struct err *e)
{
	const struct roster_user *u = roster_find(&s->roster, &c->key);
	enum rc rc = u != NULL ? check_known(s, u, c, e) : RC_OK;

	if (rc != RC_OK)
		return rc;
	if (memcmp(c->store, s->header.uuid, GRANT_UUID_LEN) == 0)
		return err_set(e, RC_REFUSED, "this is a card of this very "
		    "store, which does not know its keys; let the person in "
		    "(hearken user add) instead");
	if (other_root(s, c))
		return err_set(e, RC_TAMPERED, "the card names a store that is "
		    "known here, but with another root key or founder; one of "
		    "the cards is false: do not take it in, and ask both");
	if (!roster_card_fits(&s->roster, c))
		return err_set(e, RC_TAMPERED, "the card names the root key of "
		    "this store as that of another; it is false: do not take "
		    "it in, and ask who made it");
	return RC_OK;
}

/* A role that is taken away is taken from what is not known here yet, too. */
static enum rc
say_after(struct store *s, const struct card *c, json_t *body, struct err *e)
{
	const struct roster_user *u = roster_find(&s->roster, &c->key);
	uint64_t n;
	enum rc rc;

	if (body == NULL || u == NULL || u->card == NULL ||
	    u->card->role != ROLE_SUPERVISOR || c->role == ROLE_SUPERVISOR)
		return RC_OK;
	rc = people_written(s, &c->key, &n, e);
	if (rc == RC_OK)
		(void)json_object_set_new(body, "after",
		    json_integer((json_int_t)n));
	return rc;
}

/*
 * Dates what follows behind the person's last entry: clocks of two places
 * are never quite the same, and what came is not to be lost by it.
 */
static enum rc
date_behind(struct store *s, const struct author_id *key, struct err *e)
{
	int64_t now = clock_now(s->clock), at;
	enum rc rc = people_last_at(s, key, &at, e);

	if (rc == RC_OK && at >= s->not_before && at < now + CLOCKS_APART)
		s->not_before = at + 1;
	return rc;
}

/* One granted entry about somebody's key; takes body. */
static enum rc
write_about(struct step *t, const struct author_id *key, const char *kind,
    json_t *body, struct err *e)
{
	int64_t before = t->s->not_before;
	enum rc rc = step_entry(t, kind, body, e);

	if (rc == RC_OK)
		rc = date_behind(t->s, key, e);
	if (rc == RC_OK)
		rc = step_commit(t, e);
	t->s->not_before = before;
	return rc;
}

enum rc
store_trust(struct store *s, const struct card *card, const char *checked,
    struct err *e)
{
	struct step *t = NULL;
	json_t *body = NULL;
	enum rc rc = step_begin(s, &t, e);

	if (rc == RC_OK)
		rc = check_card(s, card, e);
	if (rc == RC_OK) {
		body = card_body(card, checked);
		rc = say_after(s, card, body, e);
	}
	if (rc == RC_OK)
		rc = write_about(t, &card->key, "trust", body, e);
	else
		json_decref(body);
	step_release(t);
	return rc;
}

/* ---- ending ---- */

static enum rc
check_ending(const struct roster_user *u, struct err *e)
{
	if (u == NULL)
		return err_set(e, RC_NOTFOUND, "nobody elsewhere with this key "
		    "is known here; hearken card list shows who is");
	if (!u->abroad)
		return err_set(e, RC_REFUSED, "%s is of this store; end their "
		    "access instead (hearken user revoke)", u->name);
	if (u->revoked != INT64_MAX)
		return err_set(e, RC_EXISTS, "%s was ended already (%s)",
		    u->name, u->reason);
	return RC_OK;
}

static enum rc
make_distrust(struct store *s, const struct author_id *key,
    const char *reason, json_t **body, struct err *e)
{
	char hex[2 * AUTHOR_LEN + 1];
	uint64_t n;
	enum rc rc = people_written(s, key, &n, e);

	if (rc != RC_OK)
		return rc;
	hex_format(key->b, AUTHOR_LEN, hex);
	*body = json_pack("{s:s, s:s, s:I}", "key", hex, "reason", reason,
	    "after", (json_int_t)n);
	if (*body != NULL)
		return RC_OK;
	return err_set(e, RC_INPUT, "the reason is not valid UTF-8; write it "
	    "in plain letters");
}

enum rc
store_distrust(struct store *s, const struct author_id *key,
    const char *reason, struct err *e)
{
	struct author_id whose = *key;
	struct step *t = NULL;
	json_t *body;
	enum rc rc = step_begin(s, &t, e);

	if (rc == RC_OK)
		rc = check_ending(roster_find(&s->roster, &whose), e);
	if (rc == RC_OK)
		rc = make_distrust(s, &whose, reason, &body, e);
	if (rc == RC_OK)
		rc = write_about(t, &whose, "distrust", body, e);
	step_release(t);
	return rc;
}

/* ---- the list ---- */

static struct foreigner
foreigner_of(const struct roster *r, const struct roster_user *u)
{
	const struct roster_user *there = roster_at_home(r, u);
	struct foreigner f = {
		.name = u->plain, .agency = u->agency, .key = u->key,
		.role = roster_roles(r, &u->key, INT64_MAX),
		.carded = u->card != NULL, .card = u->card,
		.why_ended = "", .since = u->since, .ended = u->revoked
	};

	memcpy(f.box, u->box, sizeof(f.box));
	f.ended_here = u->revoked != INT64_MAX;
	f.ended_there = there != NULL && there->revoked != INT64_MAX;
	if (f.ended_here) {
		f.why_ended = u->reason;
	} else if (f.ended_there) {
		f.ended = there->revoked;
		f.why_ended = there->reason;
	}
	if (f.ended != INT64_MAX)
		f.role = 0;
	return f;
}

/* Those to whom a bundle can go, those only named, those who were ended. */
static int
rank(const struct foreigner *f)
{
	if (f->ended != INT64_MAX)
		return 2;
	return f->carded ? 0 : 1;
}

static int
compare(const void *a, const void *b)
{
	const struct foreigner *x = a, *y = b;
	int d = rank(x) - rank(y);

	if (d == 0)
		d = strcmp(x->agency, y->agency);
	if (d == 0)
		d = strcmp(x->name, y->name);
	return d != 0 ? d : memcmp(x->key.b, y->key.b, AUTHOR_LEN);
}

enum rc
store_foreigners(struct store *s, store_foreigner_fn fn, void *ctx,
    struct err *e)
{
	const struct roster *r = &s->roster;
	struct foreigner *list = calloc(r->nusers + 1, sizeof(*list));
	size_t n = 0;

	if (list == NULL)
		return err_set(e, RC_NOMEM, "%s: not enough memory to list "
		    "the people of other stores", s->path);
	for (size_t i = 0; i < r->nusers; i++)
		if (r->users[i].abroad && !r->users[i].system)
			list[n++] = foreigner_of(r, &r->users[i]);
	qsort(list, n, sizeof(*list), compare);
	for (size_t i = 0; i < n && fn(&list[i], ctx); i++)
		;
	free(list);
	return RC_OK;
}

/* ---- by name ---- */

struct finding {
	struct str want;	/* folded */
	const char *name;
	unsigned best, found;	/* rank, and how many have it */
	struct author_id key;
};

static bool
is_called(const struct finding *fd, const char *name)
{
	struct str have;
	bool same;

	str_init(&have);
	utf8_fold(&have, name, strlen(name));
	same = strcmp(have.s, fd->want.s) == 0;
	str_release(&have);
	return same;
}

static bool
look_at(const struct foreigner *f, void *ctx)
{
	struct finding *fd = ctx;
	struct str label;
	bool called;

	str_init(&label);
	str_add_fmt(&label, "%s (%s)", f->name, f->agency);
	called = is_called(fd, f->name) || is_called(fd, label.s);
	str_release(&label);
	if (!called || (unsigned)rank(f) > fd->best)
		return true;
	if ((unsigned)rank(f) < fd->best)
		fd->found = 0;
	fd->best = (unsigned)rank(f);
	fd->found++;
	fd->key = f->key;
	return true;
}

static enum rc
say_found(const struct finding *fd, struct err *e)
{
	if (fd->found == 0)
		return err_set(e, RC_NOTFOUND, "nobody elsewhere called "
		    "\"%s\" is known here; take in their card (hearken card "
		    "take)", fd->name);
	if (fd->best == 2)
		return err_set(e, RC_NOTFOUND, "\"%s\" was ended, here or in "
		    "their own store; ask for a card with new keys", fd->name);
	if (fd->found > 1)
		return err_set(e, RC_INPUT, "%u people elsewhere are called "
		    "\"%s\"; add the agency, as in \"Ada Invented (School)\", "
		    "and end the one who is gone (hearken card end)",
		    fd->found, fd->name);
	return RC_OK;
}

enum rc
store_foreigner_find(struct store *s, const char *name,
    struct author_id *key, struct err *e)
{
	struct finding fd = {.name = name, .best = 2};
	enum rc rc;

	str_init(&fd.want);
	utf8_fold(&fd.want, name, strlen(name));
	rc = store_foreigners(s, look_at, &fd, e);
	str_release(&fd.want);
	if (rc == RC_OK)
		rc = say_found(&fd, e);
	if (rc == RC_OK)
		*key = fd.key;
	return rc;
}
