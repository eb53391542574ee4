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

#define HOUR INT64_C(3600000)
#define COLLEAGUE "Nell Quarry"

static const char *const founders[SIDES] = {
	"Ada Invented", "Ben Made-Up", "Cy Notreal"
};
static const char *const agencies[SIDES] = {
	"Marlow Street School", "The Hub", "Harbour Health"
};

/*
 * What is written: %t is the id of an entry of the kind `about' (any kind
 * where that is ""), %d the writer's day, %m the moment, %k the keys of all,
 * %s another word each time.
 */
struct recipe {
	const char *kind, *about, *body;
	bool replaces;		/* of one of the same kind, if there is one */
};

static const struct recipe recipes[] = {
	{"note", NULL, "{\"facts\":\"%s\"}", false},
	{"note", NULL, "{\"facts\":\"%s\"}", true},
	{"identity", NULL, "{\"name\":\"%s\",\"birth\":\"2012-03-04\"}", false},
	{"identity", NULL, "{\"name\":\"%s\",\"birth\":\"2011-03-04\"}", true},
	{"observation", NULL, "{\"instrument\":\"occ-csegg\",\"indicator\":"
	    "\"B1\",\"state\":\"present\",\"agency\":\"School\","
	    "\"evidence\":\"%s\"}", false},
	{"observation", NULL, "{\"instrument\":\"occ-csegg\",\"indicator\":"
	    "\"B3\",\"state\":\"absent\",\"agency\":\"School\","
	    "\"evidence\":\"%s\"}", false},
	{"observation", NULL, "{\"instrument\":\"occ-csegg\",\"indicator\":"
	    "\"A6\",\"state\":\"present\",\"agency\":\"Health\","
	    "\"evidence\":\"%s\"}", false},
	{"strike", "", "{\"target\":\"%t\",\"reason\":\"%s\"}", false},
	{"strike", "strike", "{\"target\":\"%t\",\"reason\":\"%s\"}", false},
	{"voice", NULL, "{\"words\":\"%s\"}", false},
	{"flag", NULL, "{\"why\":\"%s\"}", false},
	{"unflag", "flag", "{\"flag\":\"%t\",\"why\":\"%s\"}", false},
	{"review-request", NULL, "{\"level\":\"high\",\"asked_level\":"
	    "\"potential\",\"reason\":\"%s\"}", false},
	{"review", "review-request", "{\"about\":\"%t\",\"decision\":"
	    "\"agree\",\"rules_level\":\"high\",\"level\":\"potential\","
	    "\"reason\":\"%s\"}", false},
	{"review", "flag", "{\"about\":\"%t\",\"decision\":\"return\","
	    "\"reason\":\"%s\",\"questions\":\"%s\"}", false},
	{"review", "screening", "{\"about\":\"%t\",\"decision\":\"raise\","
	    "\"level\":\"high\",\"reason\":\"%s\"}", false},
	{"screening", NULL, "{\"instrument\":\"occ-csegg\",\"version\":\"1\","
	    "\"hash\":\"00\",\"answers\":{\"B1\":\"present\"},\"level\":"
	    "\"potential\",\"could_be\":\"high\",\"judgement\":\"high\","
	    "\"reason\":\"%s\",\"review\":\"2026-03-01\"}", false},
	{"supervision", NULL, "{\"with\":\"%s\",\"talked\":\"%s\","
	    "\"agreed\":\"%s\"}", true},
	{"restrict", NULL, "{\"state\":\"set\",\"people\":[%k],\"reason\":"
	    "\"%s\",\"review\":\"2026-04-01\"}", false},
	{"restrict", NULL, "{\"state\":\"lifted\",\"people\":[],\"reason\":"
	    "\"%s\"}", false},
	{"restrict", "restrict", "{\"state\":\"set\",\"people\":[%k],"
	    "\"reason\":\"%s\",\"over\":[\"%t\"]}", false},
	{"restrict", "restrict", "{\"state\":\"lifted\",\"reason\":\"%s\","
	    "\"over\":[\"%t\"]}", false},
	{"restrict", NULL, "{\"state\":\"set\",\"people\":[%k],"
	    "\"reason\":\"%s\",\"over\":[]}", false},
	{"close", NULL, "{\"why\":\"safe\",\"words\":\"%s\",\"child\":\"c\"}",
	    false},
	{"reopen", "close", "{\"why\":\"%s\",\"close\":\"%t\"}", false},
	{"reopen", NULL, "{\"why\":\"%s\"}", false},
	{"missing", NULL, "{\"since\":\"%m\",\"from\":\"home\",\"kind\":"
	    "\"missing\",\"reported_by\":\"%s\"}", false},
	{"located", "missing", "{\"episode\":\"%t\",\"at\":\"%m\","
	    "\"where\":\"%s\",\"interview_due\":\"%m\"}", false},
	{"interview", "missing", "{\"episode\":\"%t\",\"state\":\"held\","
	    "\"by\":\"%s\",\"independent\":\"yes\"}", false},
	{"plan", NULL, "{\"aim\":\"%s\",\"negotiated\":\"n\",\"danger\":"
	    "\"d\",\"review\":\"2026-02-18\"}", true},
	{"action", NULL, "{\"what\":\"%s\",\"owner\":\"Ms Example\","
	    "\"due\":\"2026-02-27\"}", true},
	{"action-outcome", "action", "{\"action\":\"%t\",\"outcome\":"
	    "\"done\",\"words\":\"%s\"}", false},
	{"consent", NULL, "{\"state\":\"given\",\"by\":\"child\",\"to\":"
	    "\"t\",\"words\":\"%s\"}", false},
	{"consent", NULL, "{\"state\":\"withdrawn\",\"by\":\"child\","
	    "\"to\":\"t\",\"words\":\"%s\"}", false},
	{"bundle-recall", "bundle-sent", "{\"sent\":\"%t\",\"ask\":\"stop\","
	    "\"reason\":\"%s\"}", false},
	{"recall-answer", "bundle-recall", "{\"recall\":\"%t\",\"done\":"
	    "\"stopped\",\"words\":\"%s\"}", false},
};
#define NRECIPES (sizeof(recipes) / sizeof(recipes[0]))

static const char *const whats[WHATS] = {
	"open", "write", "pack", "deliver", "lose", "clock", "reopen"
};

void
trio_words(const struct step *s, struct str *out)
{
	str_add_fmt(out, "%-7s who %u  a %u  b %u  c %u", whats[s->what],
	    s->who % SIDES, s->a, s->b, s->c);
	if (s->what == WHAT_WRITE)
		str_add_fmt(out, "  (%s%s)", recipes[s->a % NRECIPES].kind,
		    recipes[s->a % NRECIPES].replaces ? ", replaces" : "");
}

static bool
fault(struct trio *t, const char *what, const struct err *e)
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
		.user = founders[i], .role = ROLE_SUPERVISOR
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
	    founders[i], &w->pass, &w->opts, &w->s, &w->e));
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

/* ---- writing ---- */

static bool
has_case(struct trio *t, unsigned who, const struct case_id *id,
    struct casefile *c)
{
	struct err e;

	return store_case_load(t->side[who].s, id, c, &e) == RC_OK;
}

/* The at-th of those that are here, going round. */
static bool
some_case(struct trio *t, unsigned who, unsigned at, struct casefile *c)
{
	for (size_t i = 0; i < t->ncases; i++)
		if (has_case(t, who, &t->cases[(at + i) % t->ncases], c))
			return true;
	return false;
}

/* The c-th entry of that kind ("": any), going round; NULL: there is none. */
static const struct record *
pick(const struct casefile *c, const char *kind, unsigned at)
{
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[(at + i) % c->nrecords];

		if (*kind == '\0' || strcmp(r->entry.kind, kind) == 0)
			return r;
	}
	return NULL;
}

static void
add_keys(const struct trio *t, struct str *out)
{
	char hex[2 * AUTHOR_LEN + 1];

	for (unsigned i = 0; i <= SIDES; i++) {
		hex_format(t->key[i].b, AUTHOR_LEN, hex);
		str_add_fmt(out, "%s\"%s\"", i > 0 ? "," : "", hex);
	}
}

static void
add_moment(const struct world *w, bool day, struct str *out)
{
	char text[SPAN_TEXT_MAX];

	if (day)
		day_format(moment_day(w->now), text);
	else
		moment_format(w->now, text);
	str_add(out, text);
}

static void
fill_in(const struct trio *t, unsigned who, const char *body,
    const struct record *about, struct str *out)
{
	char hex[2 * ENTRY_ID_LEN + 1];

	for (; *body != '\0'; body++) {
		if (*body != '%') {
			str_add_char(out, *body);
			continue;
		}
		switch (*++body) {
		case 't':
			hex_format(about->entry.id.b, ENTRY_ID_LEN, hex);
			str_add(out, hex);
			break;
		case 'k':
			add_keys(t, out);
			break;
		case 'd':
		case 'm':
			add_moment(&t->side[who], *body == 'd', out);
			break;
		default:
			str_add_fmt(out, "%.3s says %lld", founders[who],
			    (long long)t->side[who].now % 1000003);
		}
	}
}

static json_t *
body_of(const struct trio *t, unsigned who, const struct recipe *r,
    const struct record *about, const struct record *before)
{
	char hex[2 * ENTRY_ID_LEN + 1];
	struct str text;
	json_t *body;

	str_init(&text);
	fill_in(t, who, r->body, about, &text);
	body = json_loads(text.s, 0, NULL);
	str_release(&text);
	if (body == NULL)
		abort();
	if (r->replaces && before != NULL) {
		hex_format(before->entry.id.b, ENTRY_ID_LEN, hex);
		json_object_set_new(body, "replaces",
		    json_pack("[s]", hex));
	}
	return body;
}

/* What a role or a check refuses is not written: that is no fault. */
static bool
append(struct trio *t, unsigned who, struct entry_draft *d)
{
	struct world *w = &t->side[who];
	enum rc rc = store_append(w->s, d, 1, NULL, &w->e);

	entry_draft_release(d);
	if (rc == RC_OK)
		return true;
	t->skipped++;
	if (rc == RC_REFUSED || rc == RC_INPUT)
		return true;
	return fault(t, "writing", &w->e);
}

static bool
write_one(struct trio *t, const struct step *s)
{
	unsigned who = s->who % SIDES;
	const struct recipe *r = &recipes[s->a % NRECIPES];
	const struct kind *k = kind_find(r->kind);
	const struct record *about = NULL, *before;
	struct entry_draft d;
	struct casefile c;

	if (!some_case(t, who, s->b, &c)) {
		t->skipped++;
		return true;
	}
	about = r->about != NULL ? pick(&c, r->about, s->c) : NULL;
	before = pick(&c, r->kind, s->c);
	if (r->about != NULL && about == NULL) {
		t->skipped++;
		casefile_release(&c);
		return true;
	}
	d = (struct entry_draft){
		.case_id = c.id, .kind = k->name,
		.on = k->on_label != NULL ?
		    span_of_day(moment_day(t->side[who].now)) : span_none(),
		.body = body_of(t, who, r, about, before),
	};
	casefile_release(&c);
	return append(t, who, &d);
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
	return append(t, who, &d);
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
		if (!has_case(t, who, &t->cases[i], &c))
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
		return fault(t, "introductions", &w->e);
	if (store_carry(w->s, &want, pack_item, &k, &w->e) != RC_OK)
		return fault(t, "carrying", &w->e);
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
	    "bundle", "00", "to", founders[p->to], "keys", key, "selection",
	    "all", "purpose", "p", "basis", "safeguarding", "expires",
	    "2026-12-31", "receipt_due", "2026-02-03T00:00:00Z");
	rc = store_append(w->s, &d, 1, &p->sent[i], &w->e);
	entry_draft_release(&d);
	return rc == RC_OK || fault(t, "bundle-sent", &w->e);
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
	    fault(t, "making a bundle", &w->e);
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
	return rc == RC_OK || fault(t, "uniting", &w->e);
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
			"bundle", "00", "from", founders[p->from], "added",
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
	    fault(t, "opening a bundle", &w->e);
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
		return fault(t, "beginning a union", &w->e);
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
		return fault(t, "finishing a union", &w->e);
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
		return write_one(t, s);
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
