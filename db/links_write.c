/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Decisions on which cases are of one child, as entries of the register.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/links_impl.h"
#include "db/open.h"

#define CLOCK_SLACK 60000	/* ms that two clocks may differ */

/* As entries name them; what screens say may change. */
static const char *const field_codes[LINK_FIELDS] = {
	[LINK_FORENAME] = "forename", [LINK_SURNAME] = "surname",
	[LINK_BIRTH] = "birth", [LINK_SEX] = "sex",
	[LINK_POSTCODE] = "postcode", [LINK_NHS] = "nhs",
	[LINK_UPN] = "upn"
};
static const char *const level_codes[LINK_LEVELS] = {
	[LEVEL_EXACT] = "exact", [LEVEL_CLOSE] = "close",
	[LEVEL_NEAR] = "near", [LEVEL_APART] = "apart",
	[LEVEL_MISSING] = "missing"
};

/* ---- who may ---- */

static enum rc
may(struct store *s, struct err *e)
{
	const struct roster_user *me;
	enum rc rc = store_make_sure(s, e);

	if (rc == RC_OK)
		rc = link_check_store(s, e);
	if (rc != RC_OK)
		return rc;
	if ((store_role(s) & kind_find("same-child")->roles) == 0)
		return err_set(e, RC_REFUSED, "which cases are of one child "
		    "is decided by a practitioner or a supervisor; your role "
		    "is another");
	me = roster_own(&s->roster, &s->author);
	if (me == NULL || me->system)
		return err_set(e, RC_REFUSED, "a recovery code stands for no "
		    "person; unlock the store with a passphrase of your own");
	return RC_OK;
}

/* ---- an entry ---- */

static long
thousandths(float bits)
{
	double t = (double)bits * 1000.0;

	return (long)(t < 0 ? t - 0.5 : t + 0.5);
}

static json_t *
weights_json(const struct link_pair *p)
{
	json_t *list = json_array();

	for (size_t f = 0; list != NULL && f < LINK_FIELDS; f++) {
		if (p->levels[f] >= LEVEL_MISSING)
			continue;
		if (json_array_append_new(list, json_pack("{s:s, s:s, s:I}",
		    "field", field_codes[f], "level",
		    level_codes[p->levels[f]], "weight",
		    (json_int_t)thousandths(p->weights[f]))) != 0) {
			json_decref(list);
			return NULL;
		}
	}
	return list;
}

static bool
add_weights(json_t *body, const struct link_pair *p)
{
	long t = thousandths(p->weight);
	json_t *list = weights_json(p);
	char total[32];

	if (list == NULL || json_array_size(list) == 0) {
		json_decref(list);
		return list != NULL;
	}
	(void)snprintf(total, sizeof(total), "%s%ld.%03ld", t < 0 ? "-" : "",
	    labs(t) / 1000, labs(t) % 1000);
	return json_object_set_new(body, "weights", list) == 0 &&
	    json_object_set_new(body, "weight", json_string(total)) == 0;
}

struct ruling {
	const struct link_case *a, *b;
	const struct link_pair *pair;	/* what was seen; NULL: nothing */
	const struct link_model *model;	/* NULL: none was looked at */
	const char *reason;
	bool same, by_model;
};

static json_t *
ruling_json(const struct ruling *r)
{
	char a[2 * CASE_ID_LEN + 1], b[2 * CASE_ID_LEN + 1];
	json_t *body;
	bool good;

	hex_format(r->a->id.b, CASE_ID_LEN, a);
	hex_format(r->b->id.b, CASE_ID_LEN, b);
	body = json_pack("{s:s, s:s, s:s}", "a", a, "b", b, "by",
	    r->by_model ? "model" : "person");
	good = body != NULL;
	if (good && r->model != NULL)
		good = json_object_set_new(body, "model",
		    json_string(r->model->hash)) == 0;
	if (good && r->pair != NULL)
		good = add_weights(body, r->pair);
	if (good && r->reason != NULL && *r->reason != '\0')
		good = json_object_set_new(body, "reason",
		    json_string(r->reason)) == 0;
	if (good)
		return body;
	json_decref(body);
	return NULL;
}

static enum rc
add_ruling(struct store *s, const struct ruling *r, struct err *e)
{
	struct entry_draft d = {case_id_register(), r->same ? "same-child" :
	    "not-same-child", span_none(), ruling_json(r)};
	enum rc rc;

	if (d.body == NULL)
		return err_set(e, RC_INPUT, "the reason is not valid UTF-8, "
		    "or there is not enough memory to keep it");
	rc = append_draft(s, &d, NULL, e);
	entry_draft_release(&d);
	return rc;
}

/* ---- after what was decided before ---- */

/* A decision has to be dated after the one that it takes the place of. */
static enum rc
decide_after(struct store *s, const struct link_ruling *before,
    struct err *e)
{
	if (before == NULL)
		return RC_OK;
	if (clock_now(s->clock) + CLOCK_SLACK < before->basis.at)
		return err_set(e, RC_REFUSED, "this machine's clock is behind "
		    "what %s decided on the same two cases; set it right and "
		    "try again", roster_name(&s->roster, &before->basis.by));
	if (s->not_before <= before->basis.at)
		s->not_before = before->basis.at + 1;
	return RC_OK;
}

/* Ends what begin() began: all under one seal, or nothing. */
static enum rc
finish(struct store *s, enum rc rc, struct err *e)
{
	if (rc == RC_OK)
		rc = tx_seal(s, e);
	else if (s->in_tx)
		tx_undo(s);
	s->may_register = false;
	s->not_before = 0;
	return rc;
}

static enum rc
begin(struct store *s, struct err *e)
{
	enum rc rc = tx_begin(s, e);

	s->may_register = rc == RC_OK;
	return rc;
}

/* ---- a person ---- */

static enum rc
check_choice(const struct linkage *l, const struct link_choice *c,
    struct err *e)
{
	if (c->pair.a < l->n && c->pair.b < l->n && c->pair.a != c->pair.b)
		return RC_OK;
	return err_set(e, RC_NOTFOUND, "one of the two cases takes no part "
	    "in linkage: nobody is named in it, or it is not open to you");
}

static enum rc
dates_of(struct store *s, const struct linkage *l,
    const struct link_choice *choices, size_t n, struct err *e)
{
	struct link_rulings known;
	enum rc rc = link_rulings_load(s, &known, e);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		rc = check_choice(l, &choices[i], e);
		if (rc == RC_OK)
			rc = decide_after(s, link_ruling_of(&known,
			    &l->cases[choices[i].pair.a].id,
			    &l->cases[choices[i].pair.b].id), e);
	}
	link_rulings_release(&known);
	return rc;
}

enum rc
store_link_decide_all(struct store *s, const struct linkage *l,
    const struct link_choice *choices, size_t n, const struct link_model *m,
    struct err *e)
{
	enum rc rc = may(s, e);

	if (rc == RC_OK)
		rc = dates_of(s, l, choices, n, e);
	if (rc == RC_OK && n > 0)
		rc = begin(s, e);
	if (rc != RC_OK || n == 0) {
		s->not_before = 0;
		return rc;
	}
	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		const struct link_choice *c = &choices[i];
		const struct ruling r = {.a = &l->cases[c->pair.a],
		    .b = &l->cases[c->pair.b], .pair = &c->pair, .model = m,
		    .reason = c->reason, .same = c->same};

		rc = add_ruling(s, &r, e);
	}
	return finish(s, rc, e);
}

enum rc
store_link_decide(struct store *s, const struct linkage *l,
    const struct link_pair *p, bool same, const struct link_model *m,
    const char *reason, struct err *e)
{
	const struct link_choice one = {*p, same, reason};

	return store_link_decide_all(s, l, &one, 1, m, e);
}

/* ---- the model ---- */

enum rc
store_link_auto(struct store *s, const struct linkage *l,
    const struct link_model *m, size_t *n, struct err *e)
{
	struct link_rulings known;
	enum rc rc = may(s, e);

	*n = 0;
	if (rc == RC_OK)
		rc = link_rulings_load(s, &known, e);
	if (rc != RC_OK)
		return rc;
	rc = begin(s, e);
	for (size_t i = 0; i < l->result.npairs && rc == RC_OK; i++) {
		const struct link_pair *p = &l->result.pairs[i];
		const struct ruling r = {.a = &l->cases[p->a],
		    .b = &l->cases[p->b], .pair = p, .model = m,
		    .same = true, .by_model = true};

		if (p->verdict != LINK_AUTO || link_ruling_of(&known,
		    &r.a->id, &r.b->id) != NULL)
			continue;
		rc = known.read == l->nrulings ? add_ruling(s, &r, e) :
		    err_set(e, RC_REFUSED, "links were decided on since the "
		    "cases were compared; compare them again, then sign");
		*n += rc == RC_OK;
	}
	link_rulings_release(&known);
	rc = finish(s, rc, e);
	if (rc != RC_OK)
		*n = 0;
	return rc;
}

/* ---- a split ---- */

static enum rc
find_both(const struct linkage *l, const struct case_id *a,
    const struct case_id *b, struct link_choice *out, struct err *e)
{
	size_t x = linkage_find(l, a), y = linkage_find(l, b);

	if (x == SIZE_MAX || y == SIZE_MAX || x == y)
		return err_set(e, RC_NOTFOUND, "a case that is to be parted "
		    "takes no part in linkage, or stands on both sides");
	(void)linkage_pair(l, (uint32_t)x, (uint32_t)y, &out->pair);
	return RC_OK;
}

enum rc
store_link_split(struct store *s, const struct linkage *l,
    const struct case_id *part, size_t npart, const struct case_id *rest,
    size_t nrest, const char *reason, struct err *e)
{
	struct link_choice *list;
	enum rc rc = RC_OK;
	size_t n = 0;

	if (npart == 0 || nrest == 0)
		return err_set(e, RC_USAGE, "a split needs a case on either "
		    "side: whoever is parted, and from whom");
	list = nrest > SIZE_MAX / npart ? NULL :
	    calloc(npart * nrest, sizeof(*list));
	if (list == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to part the "
		    "cases");
	for (size_t i = 0; i < npart && rc == RC_OK; i++)
		for (size_t k = 0; k < nrest && rc == RC_OK; k++) {
			list[n].reason = reason;
			rc = find_both(l, &part[i], &rest[k], &list[n++], e);
		}
	if (rc == RC_OK)
		rc = store_link_decide_all(s, l, list, n, NULL, e);
	free(list);
	return rc;
}
