/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bundles that came and that left: the two lists and their forms.
 */
#include "config.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/date.h"
#include "core/xalloc.h"
#include "tests/golden/golden.h"
#include "tui/bundlescreen.h"

#define ZOE "Zo\xC3\xAB O'Brien-\xC3\x91" "and\xC3\xBA \xE7\x8E\x8B"
#define DAY INT64_C(86400000)

static const int sizes[][2] = {{120, 40}, {80, 24}, {40, 10}, {1, 1}};

static struct golden *golden;
/* What the fake store was asked for, in words. */
static char asked[512];
static bool none, failing, read_only, stopping;
static size_t steps;
static struct unite_sum sum;
static bool gap, recalls;
static const char *selection;

static const struct case_id cases[] = {{{1}}, {{2}}, {{3}}};

static struct bundle_row
row_of(enum bundle_side side, unsigned char n, const char *who)
{
	return (struct bundle_row){.side = side, .id = {{0xab, 0xcd, 0xef, n}},
	    .at = GOLDEN_NOW - n * DAY, .who = who, .file = "K-0142.bundle",
	    .selection = "all", .cases = 1, .entries = 42, .added = 12,
	    .sequence = n, .people = 1, .receipt_due = INT64_MAX,
	    .case_ids = cases, .ncase_ids = 1};
}

static size_t
inbox(struct bundle_row *r)
{
	r[0] = row_of(BUNDLE_IN, 1, "Ada Invented (Marlow Street School)");
	r[0].conflicts = 3;
	r[1] = row_of(BUNDLE_IN, 2, ZOE " (Harbour Clinic)");
	r[1].cases = 3;
	r[1].ncase_ids = 2;
	r[1].hidden = 1;
	r[1].missing_before = true;
	r[2] = row_of(BUNDLE_IN, 5, "Ada Invented (Marlow Street School)");
	r[2].selection = "receipt";
	r[3] = row_of(BUNDLE_IN, 40, "\x1b[2Jquiet (\x1b[31mred)");
	r[3].recalled = true;
	r[3].ncase_ids = 0;
	r[3].hidden = 1;
	r[3].selection = "part";
	return 4;
}

static size_t
outbox(struct bundle_row *r)
{
	r[0] = row_of(BUNDLE_OUT, 1, "Ada Invented (Marlow Street School), "
	    ZOE " (Harbour Clinic)");
	r[0].people = 2;
	r[0].receipts = 1;
	r[0].receipt_due = moment_of_day(moment_day(GOLDEN_NOW) + 6);
	r[1] = row_of(BUNDLE_OUT, 12, ZOE " (Harbour Clinic)");
	r[1].receipt_due = moment_of_day(moment_day(GOLDEN_NOW) - 3);
	r[1].cases = r[1].ncase_ids = 2;
	r[2] = row_of(BUNDLE_OUT, 14, "Ada Invented (Marlow Street School)");
	r[2].receipts = 1;
	r[3] = row_of(BUNDLE_OUT, 15, "Ada Invented (Marlow Street School)");
	r[3].selection = "receipt";
	r[4] = row_of(BUNDLE_OUT, 16, "Ben Made-Up (Council)");
	r[4].recalled = true;
	return 5;
}

static enum rc
fake_each(void *ctx, enum bundle_side side, const struct bundle_sink *to,
    struct err *e)
{
	struct bundle_row r[5];
	size_t n = side == BUNDLE_IN ? inbox(r) : outbox(r);

	(void)ctx;
	if (failing)
		return err_set(e, RC_DAMAGED, "the register is damaged");
	for (size_t i = 0; i < n && !none; i++)
		if (!to->fn(&r[i], to->ctx))
			break;
	return RC_OK;
}

static void
fill(struct bundle_report *out)
{
	memset(out, 0, sizeof(*out));
	out->head = (struct bundle_head){.id = {{0xab, 0xcd, 0xef, 9}},
	    .made = GOLDEN_NOW - DAY, .from_name = xstrdup("Ada Invented"),
	    .selection = xstrdup(selection), .what = xstrdup("kind:missing"),
	    .purpose = xstrdup("The conference on 1 December"),
	    .basis = xstrdup("safeguarding"),
	    .expires = moment_day(GOLDEN_NOW) + 27};
	out->head.to = xcalloc(2, sizeof(*out->head.to));
	out->head.nto = 2;
	out->head.to[0].name = xstrdup("R. Example");
	out->head.to[1].name = xstrdup(ZOE);
	out->sender = xstrdup("Ada Invented (Marlow Street School)");
	out->sum = sum;
	out->known.gap = gap;
	out->recalls = recalls;
}

static enum rc
fake_look(void *ctx, const char *path, struct bundle_report *out,
    struct err *e)
{
	(void)ctx;
	if (strcmp(path, "other.bundle") == 0)
		return err_set(e, RC_REFUSED, "other.bundle is not sealed to "
		    "you: it is for somebody else.");
	fill(out);
	(void)snprintf(asked, sizeof(asked), "look %s", path);
	return RC_OK;
}

static enum rc
fake_open(void *ctx, const char *path, const struct bundle_watch *watch,
    struct bundle_report *out, struct err *e)
{
	(void)ctx;
	for (uint64_t i = 1; i <= 4; i++) {
		steps++;
		if (stopping && i == 3)
			faketerm_key(golden_term(golden), KC_ESC);
		if (!watch->fn(i * 250, 1000, watch->ctx))
			return err_set(e, RC_CANCELLED, "stopped");
	}
	fill(out);
	(void)snprintf(asked, sizeof(asked), "open %s", path);
	return RC_OK;
}

static void
fake_release(struct bundle_report *r)
{
	for (size_t i = 0; i < r->head.nto; i++)
		free(r->head.to[i].name);
	free(r->head.to);
	free(r->head.from_name);
	free(r->head.selection);
	free(r->head.what);
	free(r->head.purpose);
	free(r->head.basis);
	free(r->sender);
	memset(r, 0, sizeof(*r));
}

static enum rc
fake_make(void *ctx, const struct bundle_order *o, struct bundle_made *out,
    struct err *e)
{
	(void)ctx;
	(void)e;
	(void)out;
	(void)snprintf(asked, sizeof(asked), "make %s: %s, %zu cases, to %x",
	    o->path, o->receipts ? "receipts" : "all", o->ncases,
	    o->to[0].b[0]);
	return RC_OK;
}

static enum rc
fake_recall(void *ctx, const struct bundle_recall *r, size_t *n,
    struct err *e)
{
	(void)ctx;
	(void)e;
	(void)snprintf(asked, sizeof(asked), "recall %s in %zu: %s", r->ask,
	    r->ncases, r->reason);
	*n = r->ncases;
	return RC_OK;
}

static enum rc
fake_find(void *ctx, const char *name, struct author_id *key, struct err *e)
{
	(void)ctx;
	if (strcmp(name, "Ada Invented (Marlow Street School)") != 0)
		return err_set(e, RC_NOTFOUND, "nobody");
	*key = (struct author_id){{0xa}};
	return RC_OK;
}

static enum rc
fake_may(void *ctx, const char *path, struct err *e)
{
	(void)ctx;
	return path[0] != '/' ? RC_OK : err_set(e, RC_REFUSED, "This run does "
	    "not reach %s.", path);
}

static bool
fake_complete(void *ctx, const char *text, size_t i, struct str *out)
{
	(void)ctx;
	(void)text;
	str_add(out, "from-ada.bundle");
	return i == 0;
}

static void
fake_words(void *ctx, const struct case_id *id, struct str *out)
{
	(void)ctx;
	str_add_fmt(out, "K-014%d  " ZOE, id->b[0]);
}

static bool
fake_may_send(void *ctx)
{
	(void)ctx;
	return !read_only;
}

static int64_t
fake_now(void *ctx)
{
	(void)ctx;
	return GOLDEN_NOW;
}

static void
fake_case(void *ctx, struct app *app, const struct case_id *id)
{
	(void)ctx;
	(void)app;
	(void)snprintf(asked, sizeof(asked), "case %d", id->b[0]);
}

static struct golden *
bundles_golden(const int size[2])
{
	static const struct bundle_source_ops ops = {
		fake_each, fake_look, fake_open, fake_release, fake_make,
		fake_recall, fake_find, fake_may, fake_may, fake_complete,
		fake_words, fake_may_send, fake_now,
	};
	struct bundlescreen_opts o = {.source = {&ops, NULL},
	    .open_case = fake_case};

	golden = golden_new(NULL, size[0], size[1]);
	asked[0] = '\0';
	steps = 0;
	app_push(golden_app(golden), bundlescreen_new(&o));
	golden_keys(golden, "");
	return golden;
}

static int
fresh(void **state)
{
	(void)state;
	none = failing = read_only = stopping = gap = recalls = false;
	selection = "all";
	sum = (struct unite_sum){.cases = 2, .opened = 1, .entries = 40,
	    .added = 34, .known = 6};
	return 0;
}

static void
at_every_size(const char *keys, const char *name)
{
	for (size_t i = 0; i < 4; i++) {
		struct golden *g = bundles_golden(sizes[i]);

		golden_keys(g, keys);
		golden_check(g, name);
		golden_free(g);
	}
}

static void
every_size(void **state)
{
	(void)state;
	at_every_size("", "bundles");
	at_every_size("Tab j", "bundles-out");
	none = true;
	at_every_size("", "bundles-none");
}

static void
forms_every_size(void **state)
{
	(void)state;
	sum.conflicts = 3;
	sum.sealed = 2;
	sum.uncounted = 1;
	gap = recalls = true;
	at_every_size("o 'from' Tab Enter", "bundles-look");
	at_every_size("r Enter", "bundles-receipt");
	at_every_size("Tab x Enter 'Consent withdrawn' Enter",
	    "bundles-recall");
}

static void
rows_say_what_to_do(void **state)
{
	struct golden *g = bundles_golden(sizes[1]);

	(void)state;
	golden_shows(g, "<> 3 to settle");
	golden_shows(g, "i settles them");
	golden_keys(g, "j");
	golden_shows(g, "number 1, never came: ask for it");
	golden_shows(g, "1 case not for your eyes");
	golden_keys(g, "j");
	golden_shows(g, "receipts alone");
	golden_keys(g, "r");
	golden_shows(g, "none is waited for");
	golden_keys(g, "x");
	golden_shows(g, "Tab goes to the Outbox");
	golden_keys(g, "j Enter");
	golden_shows(g, "None of its cases is one that you may see");
	golden_keys(g, "Tab");
	golden_shows(g, "waited for until 27 November 2026");
	golden_shows(g, "receipts 1 of 2");
	golden_keys(g, "j");
	golden_shows(g, "overdue 3 d");
	golden_shows(g, "They were due on 18 November 2026");
	golden_keys(g, "j");
	golden_shows(g, "all that were waited for");
	golden_keys(g, "G x");
	golden_shows(g, "recalled already");
	golden_free(g);
}

static void
enter_goes_to_the_cases(void **state)
{
	struct golden *g = bundles_golden(sizes[1]);

	(void)state;
	golden_keys(g, "Enter");
	assert_string_equal(asked, "case 1");
	golden_keys(g, "j Enter");
	golden_check(g, "bundles-cases");
	golden_keys(g, "j Enter");
	assert_string_equal(asked, "case 2");
	golden_keys(g, "Esc");
	golden_shows(g, "Harbour Clinic");
	golden_free(g);
}

static void
one_is_looked_into_and_taken_in(void **state)
{
	struct golden *g = bundles_golden(sizes[1]);

	(void)state;
	golden_keys(g, "o '/else/x.bundle' Enter");
	golden_shows(g, "does not reach /else/x.bundle");
	/* What was typed is there again, to be put right. */
	golden_shows(g, "Bundle file: /else/x.bundle");
	golden_keys(g, "^U 'other.bundle' Enter");
	golden_shows(g, "it is for somebody else");
	golden_keys(g, "o 'f' Tab Enter");
	assert_string_equal(asked, "look from-ada.bundle");
	golden_shows(g, "Nothing of it is taken in yet");
	golden_shows(g, "34 of them new here");
	golden_shows(g, "The conference on 1 December");
	golden_shows(g, "19 December 2026");
	golden_keys(g, "'yes' Enter");
	golden_shows(g, "Type Ada Invented, or abcdef09, to take it in");
	assert_int_equal(steps, 0);
	golden_keys(g, "^U 'Ada Invented' Enter");
	assert_string_equal(asked, "open from-ada.bundle");
	golden_shows(g, "Taken in from Ada Invented (Marlow Street School): 34 "
	    "new entries");
	golden_shows(g, "send the receipt: r");
	golden_free(g);
}

static void
taking_in_can_be_stopped(void **state)
{
	struct golden *g = bundles_golden(sizes[1]);

	(void)state;
	stopping = true;
	golden_keys(g, "o 'f' Tab Enter 'abcdef09' Enter");
	golden_shows(g, "Nothing of it was taken in.");
	assert_int_equal(steps, 4);
	golden_keys(g, "Esc");
	golden_shows(g, "Inbox (4)");
	golden_free(g);
}

static void
receipts_of_a_sender(void **state)
{
	struct golden *g = bundles_golden(sizes[1]);

	(void)state;
	golden_keys(g, "r Enter 'Ben' Enter");
	golden_shows(g, "Type Ada Invented, whom it is for");
	assert_string_equal(asked, "");
	golden_keys(g, "^U 'Ada Invented' Enter");
	assert_string_equal(asked,
	    "make receipts.bundle: receipts, 1 cases, to a");
	golden_shows(g, "receipts.bundle is written for Ada Invented");
	golden_free(g);
}

static void
one_is_recalled(void **state)
{
	struct golden *g = bundles_golden(sizes[1]);

	(void)state;
	golden_keys(g, "Tab j x Down Enter 'Sent to the wrong clinic' Enter "
	    "'me' Enter");
	golden_shows(g, "abcdef0c.");
	golden_keys(g, "^U 'abcdef0c' Enter");
	assert_string_equal(asked,
	    "recall hold in 2: Sent to the wrong clinic");
	golden_shows(g, "Recalled in 2 cases");
	golden_free(g);
}

static void
who_may_not_reads_only(void **state)
{
	struct golden *g;

	(void)state;
	read_only = true;
	g = bundles_golden(sizes[1]);
	golden_keys(g, "o");
	golden_shows(g, "Your role writes nothing in cases");
	golden_free(g);
	failing = true;
	g = bundles_golden(sizes[1]);
	golden_shows(g, "The register is damaged.");
	golden_free(g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(every_size, fresh),
		cmocka_unit_test_setup(forms_every_size, fresh),
		cmocka_unit_test_setup(rows_say_what_to_do, fresh),
		cmocka_unit_test_setup(enter_goes_to_the_cases, fresh),
		cmocka_unit_test_setup(one_is_looked_into_and_taken_in,
		    fresh),
		cmocka_unit_test_setup(taking_in_can_be_stopped, fresh),
		cmocka_unit_test_setup(receipts_of_a_sender, fresh),
		cmocka_unit_test_setup(one_is_recalled, fresh),
		cmocka_unit_test_setup(who_may_not_reads_only, fresh),
	};

	if (sodium_init() < 0)
		return 99;
	return cmocka_run_group_tests_name("bundles", tests, NULL, NULL);
}
