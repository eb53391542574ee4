/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cases go from one store to another in a bundle and come back; and what is
 * not sent, with its own message and nothing written.
 */
#include "config.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/watch.h"
#include "exchange/bundle_head.h"
#include "tests/store/twostores.h"

/* ---- there and back ---- */

static void
there_and_back(void **state)
{
	struct two *t = *state;
	struct case_id id = sent_case(t, false);
	const struct state_of before = state_of(&t->b);
	struct bundle_order o;
	struct bundle_report r;

	world_ok(&t->b, bundle_look(t->b.s, t->path, &t->b.clock, &r,
	    &t->b.e));
	assert_int_equal(r.sum.added, 4);
	assert_int_equal(r.sum.opened, 1);
	bundle_report_release(&r);
	assert_untouched(&t->b, &before);

	r = opened_by(t, &t->b);
	assert_string_equal(r.sender, ADA " (" SCHOOL ")");
	assert_string_equal(r.file, "one.bundle");
	assert_string_equal(r.head.purpose, "for the review of the plan");
	assert_int_equal(r.sum.added, 4);
	assert_int_equal(r.sum.uncounted, 0);
	assert_int_equal(r.ncases, 1);
	assert_false(r.known.gap || r.recalls);
	bundle_report_release(&r);

	world_ok(&t->b, world_append(&t->b, draft_observation(id, "B3",
	    "present", "said at the review"), NULL));
	o = order_of(&t->b, &id, &t->ada, t->path);
	make_anew(&t->b, &o);
	r = opened_by(t, &t->a);
	assert_int_equal(r.sum.added, 3);
	assert_int_equal(r.sum.uncounted, 0);
	assert_int_equal(r.sum.opened, 0);
	bundle_report_release(&r);

	o = order_of(&t->a, &id, &t->ben, t->path);
	o.receipts = true;
	make_anew(&t->a, &o);
	r = opened_by(t, &t->b);
	assert_string_equal(r.head.selection, "receipt");
	assert_int_equal(r.sum.added, 2);
	bundle_report_release(&r);
	assert_same_case(&t->a, &t->b, &id);
}

static void
out_of_order(void **state)
{
	struct two *t = *state;
	struct case_id id = sent_case(t, false);
	struct bundle_order o = order_of(&t->a, &id, &t->ben, t->path);
	struct bundle_report r;

	world_ok(&t->a, world_append(&t->a, draft_observation(id, "B3",
	    "present", "later"), NULL));
	make_anew(&t->a, &o);
	r = opened_by(t, &t->b);
	assert_true(r.known.gap);
	assert_int_equal(r.head.to[0].sequence, 2);
	bundle_report_release(&r);
}

static void
nothing_readable_outside(void **state)
{
	static const char *const planted[] = {PLANTED, "Wilhelmina",
		"Plantagenet", PLANTED_TEXT, PLANTED_AGENCY, ADA, BEN,
		SCHOOL, TEAM, "WREN-1", "review of the plan", "observation",
		"safeguarding"};
	struct two *t = *state;
	struct bundle_outside outside;
	unsigned char *p;
	size_t n;

	(void)sent_case(t, false);
	p = file_load(t->path, &n);
	for (size_t i = 0; i < sizeof(planted) / sizeof(*planted); i++)
		assert_null(memmem(p, n, planted[i], strlen(planted[i])));
	assert_null(memmem(p, n, t->ada.b, AUTHOR_LEN));
	assert_null(memmem(p, n, t->ben.b, AUTHOR_LEN));
	free(p);
	/* And they are inside. */
	p = unsealed(&t->b, t->path, &n);
	for (size_t i = 0; i < sizeof(planted) / sizeof(*planted); i++)
		if (strcmp(planted[i], SCHOOL) != 0)
			assert_non_null(memmem(p, n, planted[i],
			    strlen(planted[i])));
	free(p);
	world_ok(&t->a, bundle_inspect(t->path, &outside, &t->a.e));
	assert_true(outside.whole);
	assert_int_equal(outside.version, 1);
}

/* ---- parts ---- */

static bool
holds(struct two *t, const char *words)
{
	size_t n;
	unsigned char *p = unsealed(&t->b, t->path, &n);
	bool found = memmem(p, n, words, strlen(words)) != NULL;

	free(p);
	return found;
}

static struct entry_draft
draft_of(struct case_id id, const char *kind, json_t *body)
{
	return (struct entry_draft){id, kind, strcmp(kind, "strike") == 0 ?
	    span_none() : span_of_day(20454), body};
}

static void
a_part_and_what_goes_along(void **state)
{
	struct two *t = *state;
	struct case_id id = ada_case(t, "WREN-1", false);
	struct bundle_order o = order_of(&t->a, &id, &t->ben, t->path);
	struct entry_id tick;
	char hex[2 * ENTRY_ID_LEN + 1];
	struct bundle_report r;

	world_ok(&t->a, world_append(&t->a, draft_observation(id, "B4",
	    "present", "a mistake, struck later"), &tick));
	hex_format(tick.b, ENTRY_ID_LEN, hex);
	world_ok(&t->a, world_append(&t->a, draft_of(id, "strike",
	    json_pack("{s:s, s:s}", "target", hex, "reason",
	    "it was another child")), NULL));
	world_ok(&t->a, world_append(&t->a, draft_of(id, "consent",
	    json_pack("{s:s, s:s, s:s}", "state", "given", "by", "child",
	    "to", "telling the club")), NULL));
	world_ok(&t->a, world_append(&t->a, draft_of(id, "consent",
	    json_pack("{s:s, s:s, s:s}", "state", "withdrawn", "by", "child",
	    "to", "telling the school")), NULL));
	o.only = "\"struck later\"";
	make_anew(&t->a, &o);
	assert_true(holds(t, "struck later"));
	assert_true(holds(t, "another child"));
	assert_true(holds(t, "telling the school"));
	assert_false(holds(t, "telling the club"));
	assert_false(holds(t, "kiosk"));
	assert_false(holds(t, PLANTED));
	r = opened_by(t, &t->b);
	assert_string_equal(r.head.selection, "part");
	assert_string_equal(r.head.what, "\"struck later\"");
	assert_int_equal(r.sum.added, 5);
	assert_int_equal(r.sum.uncounted, 0);
	bundle_report_release(&r);

	o.only = "kind:";
	(void)unlink(t->path);
	assert_int_equal(bundle_make(t->a.s, &o, &(struct bundle_made){{{0}},
	    0, 0, 0, 0}, &t->a.e), RC_INPUT);
}

static uint64_t
first_number(struct two *t)
{
	struct bundle_report r;
	uint64_t n;

	world_ok(&t->b, bundle_look(t->b.s, t->path, &t->b.clock, &r,
	    &t->b.e));
	n = r.head.to[0].sequence;
	bundle_report_release(&r);
	return n;
}

/* ---- what is not sent ---- */

static void
not_sent(struct two *t, const struct bundle_order *o, enum rc want,
    const char *words)
{
	const struct state_of before = state_of(&t->a);
	struct bundle_made made;

	(void)unlink(t->path);
	assert_int_equal(bundle_make(t->a.s, o, &made, &t->a.e), want);
	if (strstr(t->a.e.text, words) == NULL)
		fail_msg("\"%s\" is not in: %s", words, t->a.e.text);
	assert_untouched(&t->a, &before);
	assert_int_equal(access(t->path, F_OK), -1);
}

static void
orders_that_say_too_little(void **state)
{
	struct two *t = *state;
	struct case_id ids[2] = {ada_case(t, "WREN-1", false)};
	struct author_id people[2] = {t->ben, t->ben};
	const struct bundle_order good = order_of(&t->a, ids, people,
	    t->path);
	struct bundle_order o = good;

	ids[1] = ids[0];
	o.purpose = "because";
	not_sent(t, &o, RC_INPUT, "10 letters");
	o = good;
	o.basis = "none";
	not_sent(t, &o, RC_INPUT, "lawful basis");
	o.basis = "whatever";
	not_sent(t, &o, RC_INPUT, "lawful basis");
	o = good;
	o.expires = moment_day(t->a.now) - 1;
	not_sent(t, &o, RC_INPUT, "in the past");
	o.expires = moment_day(t->a.now) + 400;
	not_sent(t, &o, RC_INPUT, "days ahead");
	o = good;
	o.ncases = 2;
	not_sent(t, &o, RC_INPUT, "same case");
	o.ncases = 0;
	not_sent(t, &o, RC_INPUT, "1 to 20000 cases");
	o = good;
	o.nto = 2;
	not_sent(t, &o, RC_INPUT, "same person");
	o.nto = 49;
	not_sent(t, &o, RC_INPUT, "1 to 48 people");
	o = good;
	memset(ids[0].b, 7, CASE_ID_LEN);
	not_sent(t, &o, RC_NOTFOUND, "case");
}

static void
people_who_are_not_known(void **state)
{
	struct two *t = *state;
	struct case_id id = ada_case(t, "WREN-1", false);
	struct bundle_order o = order_of(&t->a, &id, &t->ada, t->path);

	not_sent(t, &o, RC_REFUSED, "card is not known");
	o.to = &t->ben;
	world_ok(&t->a, store_distrust(t->a.s, &t->ben, "left the team",
	    &t->a.e));
	not_sent(t, &o, RC_REFUSED, "was ended");
}

static void
a_restricted_case(void **state)
{
	static const char *const named[] = {ADA};
	struct two *t = *state;
	struct case_id id = ada_case(t, "WREN-1", false);
	struct bundle_order o = order_of(&t->a, &id, &t->ben, t->path);
	struct restriction r = {.case_id = &id, .people = named, .n = 1,
		.reason = "her aunt works in this office",
		.review = DAY_NONE};

	world_ok(&t->a, store_restrict(t->a.s, &r, &t->a.e));
	not_sent(t, &o, RC_REFUSED, "WREN-1 is restricted, and " BEN);
}

static void
never_over_another_file(void **state)
{
	struct two *t = *state;
	struct case_id id = sent_case(t, false);
	const struct state_of before = state_of(&t->a);
	struct bundle_order o = order_of(&t->a, &id, &t->ben, t->path);
	struct bundle_made made;
	unsigned char *was, *is;
	size_t n, k;

	was = file_load(t->path, &n);
	assert_int_equal(bundle_make(t->a.s, &o, &made, &t->a.e), RC_EXISTS);
	is = file_load(t->path, &k);
	assert_int_equal(n, k);
	assert_memory_equal(was, is, n);
	assert_untouched(&t->a, &before);
	free(was);
	free(is);
}

static size_t
files_in(const char *dir)
{
	struct dirent *f;
	DIR *d = opendir(dir);
	size_t n = 0;

	assert_non_null(d);
	while ((f = readdir(d)) != NULL)
		n += f->d_name[0] != '.';
	(void)closedir(d);
	return n;
}

/* First its own file does not fit, then what the store notes of it. */
static void
a_full_disk_while_it_is_made(void **state)
{
	struct two *t = *state;
	struct case_id id = ada_case(t, "WREN-1", true);
	struct bundle_order o = order_of(&t->a, &id, &t->ben, t->path);
	const struct state_of before = state_of(&t->a);
	struct state_of now;
	struct bundle_made made;
	const size_t files = files_in(t->a.dir);
	char nowhere[800];
	int refused = 0;

	for (rlim_t size = 0; size < 3000000; size += 50000) {
		enum rc rc;

		limit_files(size);
		rc = bundle_make(t->a.s, &o, &made, &t->a.e);
		limit_files(RLIM_INFINITY);
		if (rc == RC_OK)
			break;
		assert_int_equal(rc, RC_NOSPACE);
		refused++;
		assert_int_equal(access(t->path, F_OK), -1);
		assert_int_equal(files_in(t->a.dir), files);
		assert_untouched(&t->a, &before);
	}
	assert_int_equal(size_of(t->path), made.bytes);
	assert_int_equal(first_number(t), 1);
	(void)unlink(t->path);
	now = state_of(&t->a);
	assert_true(refused > 5);
	(void)snprintf(nowhere, sizeof(nowhere), "%s/no/b", t->a.dir);
	o.path = nowhere;
	assert_int_equal(bundle_make(t->a.s, &o, &made, &t->a.e),
	    RC_NOTFOUND);
	assert_untouched(&t->a, &now);
}

static void
a_name_without_a_folder(void **state)
{
	struct two *t = *state;
	struct case_id id = ada_case(t, "WREN-1", false);
	struct bundle_order o = order_of(&t->a, &id, &t->ben, "one.bundle");
	char was[4096];

	assert_non_null(getcwd(was, sizeof(was)));
	assert_int_equal(chdir(t->a.dir), 0);
	make_anew(&t->a, &o);
	assert_int_equal(chdir(was), 0);
	assert_int_equal(first_number(t), 1);
}

/* ---- what happens on the way ---- */

/* So many that progress is told of. */
static void
many_entries(struct world *w, struct case_id id)
{
	world_ok(w, store_bulk_begin(w->s, &w->e));
	for (int i = 0; i < 4100; i++) {
		struct entry_draft d = draft_observation(id, "B2",
		    "present", "one of many");

		world_ok(w, store_bulk_add(w->s, &d, NULL, &w->e));
		entry_draft_release(&d);
	}
	world_ok(w, store_bulk_seal(w->s, &w->e));
}

static bool
stop(uint64_t done, uint64_t all, void *ctx)
{
	(void)done;
	(void)all;
	++*(int *)ctx;
	return false;
}

static void
stopped_on_the_way(void **state)
{
	struct two *t = *state;
	struct case_id id = ada_case(t, "WREN-1", false);
	struct bundle_order o = order_of(&t->a, &id, &t->ben, t->path);
	int told = 0;

	many_entries(&t->a, id);
	o.progress = stop;
	o.progress_ctx = &told;
	not_sent(t, &o, RC_CANCELLED, "nothing says that it left");
	assert_int_equal(told, 1);
	o.progress = NULL;
	make_anew(&t->a, &o);
	assert_int_equal(first_number(t), 1);
}

static bool
take_its_name(uint64_t done, uint64_t all, void *ctx)
{
	(void)done;
	(void)all;
	file_save(ctx, (const unsigned char *)"mine", 4);
	return true;
}

struct outbox {
	size_t n, stayed, waiting;
};

static bool
count_row(const struct bundle_row *row, void *ctx)
{
	struct outbox *b = ctx;

	b->n++;
	b->stayed += row->stayed;
	b->waiting += row->receipt_due != INT64_MAX;
	return true;
}

static struct outbox
outbox_of(struct world *w)
{
	struct outbox b = {0, 0, 0};

	world_ok(w, store_bundles(w->s, BUNDLE_OUT, count_row, &b, &w->e));
	return b;
}

/* The entries that say that it left: how many there are, and stand. */
static void
count_sent(struct world *w, struct case_id id, size_t *all, size_t *stand)
{
	struct casefile c;

	*all = *stand = 0;
	world_ok(w, store_case_load(w->s, &id, &c, &w->e));
	for (size_t i = 0; i < c.nrecords; i++) {
		if (strcmp(c.records[i]->entry.kind, "bundle-sent") != 0)
			continue;
		++*all;
		*stand += record_stands(c.records[i]);
	}
	casefile_release(&c);
}

/* The entries are on the disk, and then its name is taken. */
static void
noted_and_not_left(void **state)
{
	struct two *t = *state;
	struct case_id id = ada_case(t, "WREN-1", false);
	struct bundle_order o = order_of(&t->a, &id, &t->ben, t->path);
	struct bundle_made made;
	struct bundle_report r;
	struct store_verdict v;
	struct outbox box;
	size_t all, stand, files;
	char content[1000];

	many_entries(&t->a, id);
	files = files_in(t->a.dir);
	(void)snprintf(content, sizeof(content), "%s/content",
	    getenv("HEARKEN_SRCDIR"));
	o.content = content;
	o.progress = take_its_name;
	o.progress_ctx = t->path;
	assert_int_equal(bundle_make(t->a.s, &o, &made, &t->a.e), RC_EXISTS);
	assert_non_null(strstr(t->a.e.text, "exists already"));
	assert_int_equal(size_of(t->path), 4);
	assert_int_equal(files_in(t->a.dir), files + 1);
	box = outbox_of(&t->a);
	assert_true(box.n == 1 && box.stayed == 1 && box.waiting == 0);
	count_sent(&t->a, id, &all, &stand);
	assert_true(all == 1 && stand == 0);

	/* Its number is that of the one that leaves, and none is missed. */
	o.progress = NULL;
	make_anew(&t->a, &o);
	box = outbox_of(&t->a);
	assert_true(box.n == 2 && box.stayed == 1 && box.waiting == 1);
	r = opened_by(t, &t->b);
	assert_int_equal(r.head.to[0].sequence, 1);
	assert_false(r.known.gap);
	bundle_report_release(&r);
	count_sent(&t->b, id, &all, &stand);
	assert_true(all == 2 && stand == 1);
	make_anew(&t->a, &o);
	r = opened_by(t, &t->b);
	assert_int_equal(r.head.to[0].sequence, 2);
	assert_false(r.known.gap);
	bundle_report_release(&r);
	world_ok(&t->a, store_verify(t->a.s, NULL, NULL, &v, &t->a.e));
	assert_true(v.sound);
}

int
main(void)
{
#define EACH(f) cmocka_unit_test_setup_teardown(f, two_make, two_unmake)
	const struct CMUnitTest tests[] = {
		EACH(there_and_back),
		EACH(out_of_order),
		EACH(nothing_readable_outside),
		EACH(a_part_and_what_goes_along),
		EACH(orders_that_say_too_little),
		EACH(people_who_are_not_known),
		EACH(a_restricted_case),
		EACH(never_over_another_file),
		EACH(a_full_disk_while_it_is_made),
		EACH(a_name_without_a_folder),
		EACH(stopped_on_the_way),
		EACH(noted_and_not_left),
	};

	return cmocka_run_group_tests_name("store: bundles", tests, NULL,
	    NULL);
}
