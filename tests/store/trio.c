/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/store/trio.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/vec.h"
#include "db/abroad.h"
#include "db/people.h"
#include "db/unite.h"
#include "exchange/bundle.h"
#include "tests/store/trio_impl.h"

#define HOUR INT64_C(3600000)
#define COLLEAGUE "Nell Quarry"

const char *
trio_founder(unsigned side)
{
	static const char *const founders[SIDES] = {
		"Ada Invented", "Ben Made-Up", "Cy Notreal"
	};

	return founders[side];
}

static const char *const agencies[SIDES] = {
	"Marlow Street School", "The Hub", "Harbour Health"
};

bool
trio_fault(struct trio *t, const char *what, const struct err *e)
{
	if (t->fault.len == 0)
		str_add_fmt(&t->fault, "%s: %s", what, e->text);
	return false;
}

/* ---- the stores ---- */

static void
make_side(struct trio *t, unsigned i)
{
	struct world *w = &t->side[i];
	struct store_founder f = {
		.user = trio_founder(i), .role = ROLE_SUPERVISOR
	};

	world_init(w);
	w->seed = 1000000 * (i + 1);
	world_ok(w, store_create(w->path, &f, &w->pass, &w->opts, &w->s,
	    &w->e));
	world_adopt(w);
	t->key[i] = *store_author(w->s);
}

static void
take_cards(struct trio *t)
{
	for (unsigned i = 0; i < SIDES; i++)
		for (unsigned j = 0; j < SIDES; j++) {
			struct world *w = &t->side[i], *from = &t->side[j];
			struct card card;

			if (i == j)
				continue;
			world_ok(from, store_card(from->s, agencies[j], &card,
			    &from->e));
			world_ok(w, store_trust(w->s, &card, "telephone",
			    &w->e));
			card_release(&card);
		}
}

static void
open_as_user(struct trio *t, unsigned i, unsigned user)
{
	struct world *w = &t->side[i];

	world_close(w);
	world_ok(w, store_open(w->path, user == SIDES ? COLLEAGUE :
	    trio_founder(i), &w->pass, &w->opts, &w->s, &w->e));
	if (i == 0)
		t->user = user;
}

void
trio_make(struct trio *t, bool files)
{
	struct world *w = &t->side[0];

	memset(t, 0, sizeof(*t));
	t->files = files;
	str_init(&t->fault);
	for (unsigned i = 0; i < SIDES; i++)
		make_side(t, i);
	world_ok(w, store_person_add(w->s, COLLEAGUE, ROLE_PRACTITIONER,
	    &w->pass, &w->e));
	take_cards(t);
	open_as_user(t, 0, SIDES);
	t->key[SIDES] = *store_author(w->s);
	open_as_user(t, 0, 0);
}

static void
parcel_release(struct parcel *p)
{
	for (size_t i = 0; i < p->n; i++)
		entry_release(&p->items[i].entry);
	free(p->items);
	json_decref(p->people);
	if (p->path[0] != '\0')
		(void)unlink(p->path);
	memset(p, 0, sizeof(*p));
}

void
trio_release(struct trio *t)
{
	for (size_t i = 0; i < t->nparcels; i++)
		parcel_release(&t->parcels[i]);
	for (unsigned i = 0; i < SIDES; i++)
		world_release(&t->side[i]);
	str_release(&t->fault);
}

/* The same reference at several stores is no accident here. */
static bool
open_one(struct trio *t, const struct step *s)
{
	unsigned who = s->who % SIDES;
	struct entry_draft d;
	char reference[32];

	if (t->ncases == TRIO_CASES) {
		t->skipped++;
		return true;
	}
	memset(&t->cases[t->ncases], 0, sizeof(t->cases[0]));
	t->cases[t->ncases].b[0] = (unsigned char)(t->ncases + 1);
	t->cases[t->ncases].b[1] = (unsigned char)who;
	(void)snprintf(reference, sizeof(reference), "C-%u", 1 + s->a % 3);
	d = draft_open(t->cases[t->ncases], reference);
	t->ncases++;
	return trio_append(t, who, &d);
}

/* ---- packing ---- */

struct packing {
	struct parcel *p;
	unsigned part;		/* 0: all; else what a part leaves out */
};

/* A part has the opening and what corrects; of the rest, some. */
static bool
is_in_part(const struct entry *en, void *ctx)
{
	const struct packing *k = ctx;

	return strcmp(en->kind, "open") == 0 ||
	    strcmp(en->kind, "strike") == 0 ||
	    strcmp(en->kind, "bundle-sent") == 0 ||
	    en->id.b[0] % 3 != k->part % 3;
}

static enum rc
pack_item(const struct carried *c, void *ctx, struct err *e)
{
	struct parcel *p = ((struct packing *)ctx)->p;
	struct parcel_item *item;

	(void)e;
	p->items = vec_room(p->items, p->n, &p->cap, sizeof(*p->items));
	item = &p->items[p->n++];
	memset(item, 0, sizeof(*item));
	item->is_proof = c->entry == NULL;
	if (c->entry != NULL)
		entry_copy(&item->entry, c->entry);
	else
		item->proof = *c->proof;
	return RC_OK;
}

/* Those of the cases that who may carry, all or the one. */
static void
choose_cases(struct trio *t, unsigned who, unsigned which, struct parcel *p)
{
	struct casefile c;

	for (size_t i = 0; i < t->ncases; i++) {
		if (which % (t->ncases + 1) != t->ncases &&
		    which % (t->ncases + 1) != i)
			continue;
		if (!trio_has_case(t, who, &t->cases[i], &c))
			continue;
		casefile_release(&c);
		p->cases[p->ncases++] = t->cases[i];
	}
}

static bool
fill_parcel(struct trio *t, struct parcel *p, unsigned part)
{
	struct world *w = &t->side[p->from];
	struct packing k = {p, part};
	const struct carry_want want = {
		.cases = p->cases, .ncases = p->ncases,
		.pick = part != 0 ? is_in_part : NULL, .ctx = &k
	};

	if (store_introductions(w->s, &p->people, &w->e) != RC_OK)
		return trio_fault(t, "introductions", &w->e);
	if (store_carry(w->s, &want, pack_item, &k, &w->e) != RC_OK)
		return trio_fault(t, "carrying", &w->e);
	return true;
}

static bool
write_sent(struct trio *t, struct parcel *p, size_t i)
{
	struct world *w = &t->side[p->from];
	char key[2 * AUTHOR_LEN + 1];
	struct entry_draft d = {.case_id = p->cases[i],
	    .kind = "bundle-sent", .on = span_of_day(moment_day(w->now))};
	enum rc rc;

	hex_format(t->key[p->to].b, AUTHOR_LEN, key);
	d.body = json_pack("{s:s, s:[s], s:[s], s:s, s:s, s:s, s:s, s:s}",
	    "bundle", "00", "to", trio_founder(p->to), "keys", key, "selection",
	    "all", "purpose", "p", "basis", "safeguarding", "expires",
	    "2026-12-31", "receipt_due", "2026-02-03T00:00:00Z");
	rc = store_append(w->s, &d, 1, &p->sent[i], &w->e);
	entry_draft_release(&d);
	return rc == RC_OK || trio_fault(t, "bundle-sent", &w->e);
}

/* One that may not leave, or of nothing, is not made: that is no fault. */
static bool
make_file(struct trio *t, struct parcel *p, unsigned part)
{
	struct world *w = &t->side[p->from];
	struct bundle_made made;
	const struct bundle_order o = {
		.cases = p->cases, .ncases = p->ncases,
		.to = &t->key[p->to], .nto = 1,
		.only = part == 1 ? "kind:note,flag" : part == 2 ?
		    "kind:screening,restrict" : part == 3 ? "-kind:note" :
		    NULL,
		.purpose = "To be reviewed.", .basis = "safeguarding",
		.expires = DAY_NONE, .path = p->path, .now = w->now
	};
	struct str path;
	enum rc rc;

	if (p->from == 0 && t->user != 0)
		open_as_user(t, 0, 0);
	str_init(&path);
	str_add_fmt(&path, "%s/%u.bundle", w->dir, ++t->nfiles);
	if (path.len >= sizeof(p->path))
		abort();
	memcpy(p->path, path.s, path.len + 1);
	str_release(&path);
	rc = bundle_make(w->s, &o, &made, &w->e);
	if (rc == RC_OK)
		return true;
	parcel_release(p);
	t->nparcels--;
	t->skipped++;
	return rc == RC_INPUT || rc == RC_REFUSED ||
	    trio_fault(t, "making a bundle", &w->e);
}

static bool
pack_one(struct trio *t, const struct step *s)
{
	struct parcel *p = &t->parcels[t->nparcels];

	if (t->nparcels == TRIO_PARCELS) {
		t->skipped++;
		return true;
	}
	memset(p, 0, sizeof(*p));
	p->from = s->who % SIDES;
	p->to = (p->from + 1 + s->a % (SIDES - 1)) % SIDES;
	choose_cases(t, p->from, s->b, p);
	if (p->ncases == 0) {
		t->skipped++;
		return true;
	}
	t->nparcels++;
	if (t->files)
		return make_file(t, p, s->c % 4 == 0 ? 1 + s->c / 4 % 3 : 0);
	for (size_t i = 0; i < p->ncases; i++)
		if (!write_sent(t, p, i))
			return false;
	return fill_parcel(t, p, s->c % 4 == 0 ? 1 + s->c / 4 % 3 : 0);
}

/* ---- opening ---- */

static bool
unite_items(struct trio *t, const struct parcel *p, struct unite *u)
{
	struct world *w = &t->side[p->to];
	enum rc rc = unite_introduce(u, p->people, &w->e);

	for (size_t i = 0; rc == RC_OK && i < p->n; i++) {
		struct parcel_item *item = &p->items[i];
		struct entry copy;

		if (item->is_proof) {
			rc = unite_proof(u, &item->proof, &w->e);
			continue;
		}
		entry_copy(&copy, &item->entry);
		rc = unite_entry(u, &copy, &w->e);
		entry_release(&copy);
	}
	return rc == RC_OK || trio_fault(t, "uniting", &w->e);
}

static size_t
write_receipts(const struct trio *t, const struct parcel *p,
    const struct unite *u, struct entry_draft *d)
{
	const struct world *w = &t->side[p->to];
	char hex[2 * ENTRY_ID_LEN + 1];

	for (size_t i = 0; i < p->ncases; i++) {
		hex_format(p->sent[i].b, ENTRY_ID_LEN, hex);
		d[i] = (struct entry_draft){.case_id = p->cases[i],
		    .kind = "bundle-received",
		    .on = span_of_day(moment_day(w->now)),
		    .body = json_pack("{s:s, s:s, s:s, s:I}", "sent", hex,
			"bundle", "00", "from", trio_founder(p->from), "added",
			(json_int_t)unite_added(u, &p->cases[i]))};
	}
	return p->ncases;
}

/* The same one again is refused, and so is one whose day has passed. */
static bool
open_file(struct trio *t, const struct parcel *p, uint64_t *added)
{
	struct world *w = &t->side[p->to];
	struct bundle_report report;
	enum rc rc;

	if (p->to == 0 && t->user != 0)
		open_as_user(t, 0, 0);
	rc = bundle_open(w->s, p->path, &w->clock, NULL, NULL, &report,
	    &w->e);
	if (rc == RC_OK) {
		*added = report.sum.added;
		t->added += report.sum.added;
		bundle_report_release(&report);
		return true;
	}
	t->skipped++;
	return rc == RC_EXISTS || strstr(w->e.text, "expired") != NULL ||
	    trio_fault(t, "opening a bundle", &w->e);
}

static bool
open_parcel(struct trio *t, const struct parcel *p, bool receipts,
    uint64_t *added)
{
	struct world *w = &t->side[p->to];
	struct entry_draft d[TRIO_CASES];
	struct unite_sum sum;
	struct unite *u;
	size_t n = 0;
	enum rc rc;

	*added = 0;
	if (p->path[0] != '\0')
		return open_file(t, p, added);
	if (p->to == 0 && t->user != 0)
		open_as_user(t, 0, 0);
	if (unite_begin(w->s, &u, &w->e) != RC_OK)
		return trio_fault(t, "beginning a union", &w->e);
	if (!unite_items(t, p, u)) {
		unite_abandon(u);
		return false;
	}
	if (receipts)
		n = write_receipts(t, p, u, d);
	rc = unite_finish(u, d, n, &sum, &w->e);
	for (size_t i = 0; i < n; i++)
		entry_draft_release(&d[i]);
	if (rc != RC_OK)
		return trio_fault(t, "finishing a union", &w->e);
	*added = sum.added;
	t->added += sum.added;
	return true;
}

static bool
deliver_one(struct trio *t, const struct step *s, bool lost)
{
	size_t i = t->nparcels > 0 ? s->a % t->nparcels : 0;
	uint64_t added;

	if (t->nparcels == 0) {
		t->skipped++;
		return true;
	}
	if (!lost && !open_parcel(t, &t->parcels[i], true, &added))
		return false;
	if (!lost && s->b % 3 == 0)
		return true;
	parcel_release(&t->parcels[i]);
	t->parcels[i] = t->parcels[--t->nparcels];
	memset(&t->parcels[t->nparcels], 0, sizeof(t->parcels[0]));
	return true;
}

/* ---- all of it ---- */

/* Three hours back to three days on; mostly a few minutes on. */
static void
move_clock(struct world *w, unsigned a)
{
	static const int64_t jumps[] = {-3 * HOUR, 72 * HOUR, 5 * HOUR,
	    -HOUR, HOUR / 4, 0};

	w->now += jumps[a % (sizeof(jumps) / sizeof(jumps[0]))];
}

bool
trio_step(struct trio *t, const struct step *s)
{
	unsigned who = s->who % SIDES;

	t->side[who].now += 1 + s->c % 60000;
	switch (s->what) {
	case WHAT_OPEN:
		return open_one(t, s);
	case WHAT_WRITE:
		return trio_write(t, s);
	case WHAT_PACK:
		return pack_one(t, s);
	case WHAT_DELIVER:
		return deliver_one(t, s, false);
	case WHAT_LOSE:
		return deliver_one(t, s, true);
	case WHAT_CLOCK:
		move_clock(&t->side[who], s->a);
		return true;
	default:
		open_as_user(t, who, who == 0 && s->a % 2 == 0 ? SIDES : 0);
		return true;
	}
}

static bool
exchange(struct trio *t, unsigned from, unsigned to, uint64_t *added)
{
	struct parcel p;
	bool ok;

	*added = 0;
	memset(&p, 0, sizeof(p));
	p.from = from;
	p.to = to;
	choose_cases(t, from, (unsigned)t->ncases, &p);
	ok = p.ncases == 0 || (fill_parcel(t, &p, 0) &&
	    open_parcel(t, &p, false, added));
	parcel_release(&p);
	return ok;
}

bool
trio_settle(struct trio *t)
{
	uint64_t added, all = 1;

	if (t->user != 0)
		open_as_user(t, 0, 0);
	for (int pass = 0; all > 0; pass++) {
		all = 0;
		for (unsigned i = 0; i < SIDES * SIDES; i++) {
			if (i / SIDES == i % SIDES)
				continue;
			if (!exchange(t, i / SIDES, i % SIDES, &added))
				return false;
			all += added;
		}
		if (pass == 5) {
			str_add(&t->fault, "there is always something new");
			return false;
		}
	}
	return true;
}
