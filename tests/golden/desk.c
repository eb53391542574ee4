/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/golden/desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/deadline.h"
#include "core/vec.h"
#include "core/walk.h"
#include "core/xalloc.h"
#include "tests/golden/golden.h"

struct kept {
	char *key, *text;
};

struct desk {
	struct case_id id;
	struct instrument *in;
	struct deadlines *rules;
	struct services *services;	/* NULL until asked for */
	struct calendar *calendar;
	struct roster roster;
	struct entry *entries;
	size_t nentries, capentries;
	struct kept *kept;
	size_t nkept, capkept;
	struct { const char *reference, *item; } near[4];
	size_t nnear;
	int64_t at;		/* when the next entry is signed */
	bool read_only, fail, supervisor, training;
};

static const struct {
	const char *who, *name;
	struct author_id key;
} people[] = {
	{"me", "R. Example", {{1}}},
	{"Q. Sample", "Q. Sample", {{2}}},
	{"T. Third", "T. Third", {{3}}},
};
#define PEOPLE (sizeof(people) / sizeof(people[0]))

/* ---- content ---- */

static char *
read_content(const char *path, size_t *n)
{
	const char *src = getenv("HEARKEN_SRCDIR");
	char name[512], *text;
	FILE *f;

	(void)snprintf(name, sizeof(name), "%s/content/%s",
	    src != NULL ? src : ".", path);
	f = fopen(name, "rb");
	if (f == NULL)
		fail_msg("%s cannot be read", name);
	text = xcalloc(1, 1 << 20);
	*n = fread(text, 1, (1 << 20) - 1, f);
	(void)fclose(f);
	return text;
}

static void
read_all(struct desk *d)
{
	struct faults faults;
	struct err e;
	char *text;
	size_t n;

	faults_init(&faults, "content");
	text = read_content("instruments/occ-csegg.yaml", &n);
	if (instrument_parse(text, n, "occ-csegg.yaml", &d->in, &faults,
	    &e) != RC_OK)
		fail_msg("%s", e.text);
	free(text);
	text = read_content("deadlines/england.yaml", &n);
	d->rules = deadlines_parse(text, n, &faults);
	free(text);
	text = read_content("calendars/england-wales.yaml", &n);
	d->calendar = calendar_parse(text, n, &faults);
	free(text);
	faults_release(&faults);
	assert_non_null(d->rules);
	assert_non_null(d->calendar);
}

/* ---- entries ---- */

static const struct author_id *
author_key(const char *who)
{
	size_t i;

	for (i = 0; i < PEOPLE; i++)
		if (strcmp(people[i].who, who) == 0)
			return &people[i].key;
	fail_msg("nobody is called %s", who);
	return NULL;
}

static struct entry_id
put_entry(struct desk *d, const struct author_id *key, const char *kind,
    const struct span *on, const json_t *body)
{
	struct entry *e;

	d->entries = vec_room(d->entries, d->nentries, &d->capentries,
	    sizeof(*d->entries));
	e = &d->entries[d->nentries++];
	memset(e, 0, sizeof(*e));
	e->author = *key;
	e->n = d->nentries;
	e->case_id = d->id;
	(void)snprintf(e->kind, sizeof(e->kind), "%s", kind);
	e->at = d->at;
	e->on = *on;
	e->body = entry_canonical_body(body);
	entry_seal_id(e);
	return e->id;
}

struct entry_id
desk_sign(struct desk *d, const char *who, const char *kind, const char *on,
    json_t *body)
{
	struct span span = span_none();
	struct entry_id id;
	struct err e;

	if (*on != '\0' && span_parse(on, &span, &e) != RC_OK)
		fail_msg("%s", e.text);
	if (kind_check_draft(kind_find(kind), &span, body, &e) != RC_OK)
		fail_msg("%s", e.text);
	id = put_entry(d, author_key(who), kind, &span, body);
	json_decref(body);
	d->at += 60000;
	return id;
}

struct entry_id
desk_add(struct desk *d, const char *who, const char *kind, const char *on,
    const char *body)
{
	struct span span = span_none();
	json_t *parsed = json_loads(body, 0, NULL);
	struct entry_id id;

	assert_non_null(parsed);
	if (*on != '\0')
		assert_int_equal(span_parse(on, &span, NULL), RC_OK);
	id = put_entry(d, author_key(who), kind, &span, parsed);
	json_decref(parsed);
	d->at += 60000;
	return id;
}

json_t *
desk_observation(const char *item, const char *state, const char *agency,
    const char *evidence)
{
	return json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s}", "instrument",
	    "occ-csegg", "indicator", item, "state", state, "agency", agency,
	    "source", "Ms Invented, head of year", "evidence", evidence,
	    "confidence", "seen");
}

struct entry_id
desk_observe(struct desk *d, const char *item, const char *state,
    const char *agency, const char *evidence)
{
	return desk_sign(d, "Q. Sample", "observation", "2026-11-18",
	    desk_observation(item, state, agency, evidence));
}

size_t
desk_entries(const struct desk *d)
{
	return d->nentries;
}

/* ---- the door ---- */

static int64_t
door_now(void *ctx)
{
	(void)ctx;
	return GOLDEN_NOW;
}

static enum rc
door_load(void *ctx, const struct case_id *id, struct casefile *out,
    struct err *e)
{
	struct desk *d = ctx;
	size_t i;

	(void)e;
	casefile_init(out, id);
	for (i = 0; i < d->nentries; i++)
		casefile_apply(out, &d->entries[i]);
	casefile_settle(out, NULL);
	return RC_OK;
}

static bool
fails(struct desk *d)
{
	bool now = d->fail;

	d->fail = false;
	return now;
}

static enum rc
door_append(void *ctx, const struct entry_draft *drafts, size_t n,
    struct entry_id *ids, struct err *e)
{
	struct desk *d = ctx;
	size_t i;

	if (fails(d))
		return err_set(e, RC_NOSPACE, "The disk is full. Nothing was "
		    "signed; make room and sign again.");
	for (i = 0; i < n; i++)
		if (kind_check_draft(kind_find(drafts[i].kind),
		    &drafts[i].on, drafts[i].body, e) != RC_OK)
			return RC_INPUT;
	d->at = GOLDEN_NOW;
	for (i = 0; i < n; i++) {
		struct entry_id id = put_entry(d, &people[0].key,
		    drafts[i].kind, &drafts[i].on, drafts[i].body);

		if (ids != NULL)
			ids[i] = id;
	}
	return RC_OK;
}

static struct kept *
kept_of(struct desk *d, const char *kind, const char *what)
{
	char key[256];
	size_t i;

	(void)snprintf(key, sizeof(key), "%s/%s", kind,
	    what != NULL ? what : "");
	for (i = 0; i < d->nkept; i++)
		if (strcmp(d->kept[i].key, key) == 0)
			return &d->kept[i];
	d->kept = vec_room(d->kept, d->nkept, &d->capkept, sizeof(*d->kept));
	d->kept[d->nkept] = (struct kept){xstrdup(key), NULL};
	return &d->kept[d->nkept++];
}

static enum rc
door_save(void *ctx, const char *kind, const char *what, const char *text,
    struct err *e)
{
	struct kept *k = kept_of(ctx, kind, what);

	if (fails(ctx))
		return err_set(e, RC_NOSPACE, "The disk is full. What you "
		    "typed is on the screen and not kept yet.");
	free(k->text);
	k->text = *text != '\0' ? xstrdup(text) : NULL;
	return RC_OK;
}

static enum rc
door_restore(void *ctx, const char *kind, const char *what, char **text,
    struct err *e)
{
	struct kept *k = kept_of(ctx, kind, what);

	(void)e;
	*text = k->text != NULL ? xstrdup(k->text) : NULL;
	return RC_OK;
}

const char *
desk_draft(struct desk *d, const char *kind, const char *what)
{
	return kept_of(d, kind, what)->text;
}

static void
door_drafts(void *ctx, draft_fn fn, void *arg)
{
	struct desk *d = ctx;

	for (size_t i = 0; i < d->nkept; i++) {
		const char *slash = strchr(d->kept[i].key, '/');
		char *kind;

		if (d->kept[i].text == NULL)
			continue;
		kind = xstrdup(d->kept[i].key);
		kind[slash - d->kept[i].key] = '\0';
		fn(arg, kind, slash + 1);
		free(kind);
	}
}

static enum rc
door_count(void *ctx, const char *rule, int64_t start, struct counted *out,
    struct err *e)
{
	struct desk *d = ctx;
	struct deadline_start from = deadline_start_moment(start);
	const struct deadline_rule *r;
	struct due due;

	if (deadlines_find(d->rules, rule, moment_day(start), &r, e) !=
	    RC_OK ||
	    deadline_count(r, d->calendar, &from, &due, e) != RC_OK)
		return RC_NOTFOUND;
	out->due = due.at;
	str_add(&out->words, due.how);
	due_release(&due);
	return RC_OK;
}

/* Invented, so that a board's own changes to the content change no test. */
static const char directory[] = "id: t\ntitle: T\nservices:\n"
    "  - id: line\n    name: A line for young people\n"
    "    kind: voluntary\n    areas: [everywhere]\n"
    "    takes: Young people who want to talk.\n"
    "    telephone: 00 000\n    source: Invented\n    verified: yes\n"
    "  - id: hub-other\n    name: Hub of the Other Borough\n    kind: hub\n"
    "    areas: [Other Borough]\n    takes: Worries.\n"
    "    route: hub@other.example\n    source: Invented\n"
    "    verified: yes\n"
    "  - id: hub-zoe\n    name: \"Zo\xc3\xab O'Brien-\xc3\x91" "and\xc3\xba "
    "\xe7\x8e\x8b hub\"\n    kind: hub\n"
    "    areas: [Invented Borough]\n    takes: Worries of Invented "
    "Borough that several agencies put together.\n"
    "    telephone: 00 111\n    route: hub@invented.example, secure mail\n"
    "    hours: 9 to 5\n    source: Invented\n    verified: no\n"
    "    note: Ring before you rely on it.\n";

static const struct services *
door_services(void *ctx, struct err *e)
{
	struct desk *d = ctx;
	struct faults f;

	if (d->services == NULL) {
		d->services = services_new();
		faults_init(&f, "directory");
		if (!services_add(d->services, directory,
		    sizeof(directory) - 1, &f))
			fail_msg("%s", f.list[0].text);
		faults_release(&f);
	}
	err_clear(e);
	return d->services;
}

static bool
door_may_write(void *ctx, const char *kind)
{
	const struct desk *d = ctx;

	return !d->read_only && (d->supervisor ||
	    strcmp(kind, "review") != 0);
}

static void
door_near(void *ctx, const struct case_id *id, int32_t today,
    struct joined_near *out)
{
	const struct desk *d = ctx;

	joined_near_init(out, d->in, today);
	for (size_t i = 0; i < d->nnear; i++) {
		struct desk *other = desk_new();
		struct casefile c;

		assert_true(case_id_equal(id, &d->id));
		(void)desk_observe(other, d->near[i].item, "present",
		    d->near[i].reference, "In another case.");
		assert_int_equal(door_load(other, id, &c, NULL), RC_OK);
		c.reference = d->near[i].reference;
		joined_near_add(out, &c);
		casefile_release(&c);
		desk_free(other);
	}
}

void
desk_near(struct desk *d, const char *reference, const char *item)
{
	assert_true(d->nnear < sizeof(d->near) / sizeof(d->near[0]));
	d->near[d->nnear].reference = reference;
	d->near[d->nnear++].item = item;
}

struct case_door
desk_door(struct desk *d)
{
	return (struct case_door){
		.ctx = d, .in = d->in, .roster = &d->roster,
		.me = people[0].key, .user = people[0].name, .now = door_now,
		.load = door_load, .append = door_append, .save = door_save,
		.restore = door_restore, .drafts = door_drafts, .count = door_count,
		.may_write = door_may_write, .services = door_services,
		.near = d->nnear > 0 ? door_near : NULL,
	};
}

/* ---- the desk ---- */

struct case_id
desk_case(const struct desk *d)
{
	return d->id;
}

const struct instrument *
desk_instrument(const struct desk *d)
{
	return d->in;
}

void
desk_read_only(struct desk *d)
{
	d->read_only = true;
}

void
desk_supervise(struct desk *d)
{
	d->supervisor = true;
	d->roster.users[0].roles[0].roles = ROLE_SUPERVISOR;
}

void
desk_fail_next(struct desk *d)
{
	d->fail = true;
}

static void
fill_roster(struct desk *d)
{
	size_t i;

	roster_init(&d->roster);
	d->roster.users = xcalloc(PEOPLE, sizeof(*d->roster.users));
	d->roster.nusers = d->roster.capusers = PEOPLE;
	for (i = 0; i < PEOPLE; i++) {
		struct roster_user *u = &d->roster.users[i];

		u->key = people[i].key;
		u->name = xstrdup(people[i].name);
		u->roles = xcalloc(1, sizeof(*u->roles));
		u->roles[0] = (struct roster_role){0, UINT64_MAX,
		    i == 0 ? ROLE_PRACTITIONER : ROLE_SUPERVISOR};
		u->revoked = INT64_MAX;
		u->last = UINT64_MAX;
		u->nroles = u->caproles = 1;
	}
}

static struct desk *
desk_bare(void)
{
	struct desk *d = xcalloc(1, sizeof(*d));

	d->id = (struct case_id){{4, 2}};
	d->at = GOLDEN_NOW - INT64_C(3) * 24 * 3600 * 1000;
	read_all(d);
	fill_roster(d);
	return d;
}

struct desk *
desk_session(const char *who, const char *reference, const char *text)
{
	struct desk *d = desk_bare();
	struct entry_draft drafts[WALK_BEGIN_DRAFTS];
	struct walk_order o = {.id = d->id, .reference = reference,
	    .text = text, .sitting = ""};
	struct study *study;
	struct faults f;

	faults_init(&f, "study");
	study = study_parse(text, strlen(text), &f);
	if (study == NULL)
		fail_msg("%s", f.list[0].text);
	o.study = study;
	walk_begin(&o, drafts);
	for (size_t i = 0; i < WALK_BEGIN_DRAFTS; i++)
		(void)desk_sign(d, who, drafts[i].kind, "", drafts[i].body);
	study_free(study);
	faults_release(&f);
	return d;
}

struct desk *
desk_new(void)
{
	struct desk *d = desk_bare();

	(void)desk_sign(d, "Q. Sample", "open", "", json_pack("{s:s,s:s}",
	    "reference", "K-0142", "why", "School is worried."));
	(void)desk_sign(d, "Q. Sample", "identity", "", json_pack(
	    "{s:s,s:s,s:s}", "name",
	    "Zo\xc3\xab O'Brien-\xc3\x91""and\xc3\xba \xe7\x8e\x8b",
	    "known_as", "Zed", "birth", "2012-03-04"));
	return d;
}

void
desk_free(struct desk *d)
{
	size_t i;

	for (i = 0; i < d->nentries; i++)
		entry_release(&d->entries[i]);
	for (i = 0; i < d->nkept; i++) {
		free(d->kept[i].key);
		free(d->kept[i].text);
	}
	free(d->entries);
	free(d->kept);
	roster_release(&d->roster);
	deadlines_free(d->rules);
	services_free(d->services);
	calendar_free(d->calendar);
	instrument_free(d->in);
	free(d);
}

void
desk_train(struct desk *d)
{
	d->training = true;
}

struct pane *
desk_screen(struct desk *d)
{
	struct case_screen_opts o = {.door = desk_door(d), .id = d->id,
	    .training = d->training};
	struct err e;
	struct pane *p = case_screen_on(&o, &e);

	if (p == NULL)
		fail_msg("%s", e.text);
	return p;
}
