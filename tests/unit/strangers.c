/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What somebody of another store, whose card is known, may write into a case
 * of ours without its having any effect: Ilse, a supervisor, and Oda are
 * ours; Ada and Ben are not.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "core/carried.h"
#include "core/doubts.h"
#include "core/oversight.h"
#include "core/str.h"
#include "core/xalloc.h"
#include "tests/unit/registers.h"

#define DAY "2026-11-20"
#define SEEN "{'instrument':'t','indicator':'B1','state':'present'," \
	"'agency':'School','evidence':'told'}"
#define CLOSE "{'why':'safe','words':'w','child':'c'}"

struct scene {
	struct stores *st;
	struct casefile c;
	char hex[2 * ENTRY_ID_LEN + 1];	/* id of the last entry */
};

/* Ben's card is a supervisor's, under whatever name. */
static void
begin(struct scene *s, void **state, const char *ben)
{
	const struct case_id id = {{9}};
	struct card c;

	s->st = *state;
	reg_trust(s->st, 200, &s->st->theirs, ADA, ROLE_PRACTITIONER);
	c = reg_card_of(s->st, &s->st->theirs, BEN, ROLE_SUPERVISOR);
	free(c.name);
	c.name = xstrdup(ben);
	reg_trust_card(s->st, ILSE, 201, c);
	casefile_init(&s->c, &id);
}

/* ' is ", and @ the entry before. */
static json_t *
body_of(const struct scene *s, const char *text)
{
	struct str out;
	json_t *body;

	str_init(&out);
	for (; *text != '\0'; text++)
		if (*text == '@')
			str_add(&out, s->hex);
		else
			str_add_char(&out, *text == '\'' ? '"' : *text);
	body = json_loads(out.s, 0, NULL);
	assert_non_null(body);
	str_release(&out);
	return body;
}

static const struct record *
put(struct scene *s, enum who who, int64_t at, const char *kind,
    const char *body)
{
	struct entry e = reg_entry_of(s->st, &s->st->ours, who, at, kind,
	    body_of(s, body));
	struct entry_id id;

	e.case_id = s->c.id;
	if (kind_find(kind)->on_label != NULL)
		assert_int_equal(span_parse(DAY, &e.on, NULL), RC_OK);
	entry_seal_id(&e);
	id = e.id;
	casefile_apply(&s->c, &e);
	entry_release(&e);
	casefile_settle(&s->c, &s->st->ours.r);
	hex_format(id.b, ENTRY_ID_LEN, s->hex);
	assert_int_equal(casefile_find(&s->c, &id)->validity, RECORD_VALID);
	return casefile_find(&s->c, &id);
}

static unsigned
waits(const struct scene *s)
{
	struct oversight o;

	casefile_oversight(&s->c, NULL, 0, 0, &o);
	return o.why;
}

/* ---- flags ---- */

static void
a_flag_is_not_struck_by_others(void **state)
{
	char flag[sizeof(((struct scene *)NULL)->hex)];
	struct scene s;

	begin(&s, state, "Ben Fictive");
	put(&s, ODA, 300, "flag", "{'why':'w'}");
	memcpy(flag, s.hex, sizeof(flag));
	put(&s, ADA, 301, "strike", "{'target':'@','reason':'r'}");
	assert_int_equal(waits(&s), QUEUE_FLAG);
	memcpy(s.hex, flag, sizeof(flag));
	put(&s, ODA, 302, "strike", "{'target':'@','reason':'r'}");
	assert_int_equal(waits(&s), 0);
	put(&s, ODA, 303, "flag", "{'why':'w'}");
	put(&s, ILSE, 304, "strike", "{'target':'@','reason':'r'}");
	assert_int_equal(waits(&s), 0);
	casefile_release(&s.c);
}

/* Nor replaced: a flag has no versions. */
static void
a_flag_is_not_replaced(void **state)
{
	struct scene s;

	begin(&s, state, "Ben Fictive");
	put(&s, ODA, 300, "flag", "{'why':'w'}");
	put(&s, ADA, 301, "flag", "{'why':'w','replaces':['@']}");
	put(&s, ADA, 302, "unflag", "{'flag':'@','why':'w'}");
	assert_int_equal(waits(&s), QUEUE_FLAG);
	casefile_release(&s.c);
}

static void
a_borrowed_name_takes_no_flag_down(void **state)
{
	struct scene s;

	begin(&s, state, "Oda Fennimore");
	put(&s, ODA, 300, "flag", "{'why':'w'}");
	put(&s, BEN, 301, "unflag", "{'flag':'@','why':'w'}");
	assert_int_equal(waits(&s), QUEUE_FLAG);
	casefile_release(&s.c);
}

/* ---- one's own work, from another store ---- */

static void
ones_own_work_of_another_store(void **state)
{
	const struct record *flag;
	struct scene s;
	struct err e;

	begin(&s, state, "ODA FENNIMORE");
	flag = put(&s, ODA, 300, "flag", "{'why':'w'}");
	assert_int_equal(oversight_may(&s.c, flag, &s.st->key[BEN], &e),
	    RC_REFUSED);
	assert_int_equal(oversight_may(&s.c, flag, &s.st->key[ILSE], &e),
	    RC_OK);
	put(&s, BEN, 301, "review", "{'about':'@','decision':'agree',"
	    "'level':'high','reason':'r'}");
	assert_int_equal(waits(&s), QUEUE_FLAG);
	casefile_release(&s.c);
}

/* ---- closing ---- */

/*
 * Ada saw something before Oda closed the case, but it came behind that: the
 * case is not over because her clock is the earlier one.
 */
static void
what_came_behind_a_closing_waits(void **state)
{
	struct scene s;
	char tool[] = "t", high[] = "high";
	struct instrument in = {.id = tool};
	struct level level = {.id = high, .refer = true};
	struct oversight o;

	in.levels = &level;
	in.nlevels = 1;
	begin(&s, state, "Ben Fictive");
	put(&s, ODA, 300, "observation", SEEN);
	put(&s, ODA, 302, "close", CLOSE);
	casefile_oversight(&s.c, &in, 0, 0, &o);
	assert_int_equal(o.why, 0);
	put(&s, ADA, 301, "observation", SEEN);
	casefile_oversight(&s.c, &in, 0, 0, &o);
	assert_int_equal(o.why, QUEUE_LEVEL);
	/* Once her bundle was here, closing again ends it. */
	put(&s, ADA, 303, "bundle-sent", "{'bundle':'b1','to':['Oda'],"
	    "'keys':[],'selection':'all','purpose':'p','basis':"
	    "'safeguarding','expires':'2026-12-18'}");
	put(&s, ILSE, 304, "bundle-received", "{'sent':'@','bundle':'b1',"
	    "'from':'Ada','added':1}");
	put(&s, ODA, 305, "close", CLOSE);
	casefile_oversight(&s.c, &in, 0, 0, &o);
	assert_int_equal(o.why, 0);
	casefile_release(&s.c);
}

/* ---- bundles ---- */

static void
nobody_recalls_what_others_sent(void **state)
{
	const struct record *sent, *recall;
	char id[sizeof(((struct scene *)NULL)->hex)];
	struct carried_list l;
	struct scene s;

	begin(&s, state, "Ben Fictive");
	sent = put(&s, ODA, 300, "bundle-sent", "{'bundle':'b1','to':['Ben'],"
	    "'keys':[],'selection':'all','purpose':'p','basis':"
	    "'safeguarding','expires':'2026-12-18'}");
	memcpy(id, s.hex, sizeof(id));
	recall = put(&s, ADA, 301, "bundle-recall", "{'sent':'@','ask':"
	    "'stop','reason':'r'}");
	assert_null(recall_of(&s.c, recall));
	/* A colleague may. */
	memcpy(s.hex, id, sizeof(id));
	recall = put(&s, ILSE, 302, "bundle-recall", "{'sent':'@','ask':"
	    "'stop','reason':'r'}");
	assert_ptr_equal(recall_of(&s.c, recall), sent);
	carried_to(&s.c, &s.st->ours.r, &l);
	assert_int_equal(l.n, 1);
	carried_release(&l);
	casefile_release(&s.c);
}

/* ---- restrictions ---- */

/* Only an older version writes none, and of its own store. */
static void
a_lifting_without_names_lifts_nothing_of_ours(void **state)
{
	struct scene s;

	begin(&s, state, "Ben Fictive");
	put(&s, ILSE, 300, "restrict", "{'state':'set','people':['aa'],"
	    "'reason':'r','review':'2027-02-01','over':[]}");
	put(&s, BEN, 9000, "restrict", "{'state':'lifted','reason':'r'}");
	assert_false(casefile_open_to(&s.c, "bb"));
	put(&s, ILSE, 9001, "restrict", "{'state':'lifted','reason':'r'}");
	assert_true(casefile_open_to(&s.c, "bb"));
	casefile_release(&s.c);
}

/* ---- values by the thousand ---- */

#define VALUES 30000	/* minutes, were each compared with all others */

static void
many_values_are_settled_in_time(void **state)
{
	struct scene s;
	char body[200];

	begin(&s, state, "Ben Fictive");
	for (int i = 0; i < VALUES; i++) {
		struct entry e;

		(void)snprintf(body, sizeof(body), "{'name':'Name %d',"
		    "'school':'S %d','agency':'%d'}", i, i, i);
		e = reg_entry_of(s.st, &s.st->ours, ADA, 301 + i, "identity",
		    body_of(&s, body));
		e.case_id = s.c.id;
		entry_seal_id(&e);
		casefile_apply(&s.c, &e);
		entry_release(&e);
	}
	casefile_settle(&s.c, &s.st->ours.r);
	assert_int_equal(s.c.nconflicts, 2 * (VALUES - 1));
	casefile_release(&s.c);
}

/* ---- a closing written apart ---- */

static const struct record *
put_closing(struct scene *s, enum who who, int64_t at, json_t *seen)
{
	json_t *body = json_pack("{s:s, s:s, s:s}", "why", "other", "words",
	    "w", "child", "c");
	const struct record *r;
	char *text;

	if (seen != NULL)
		(void)json_object_set_new(body, "seen", seen);
	text = json_dumps(body, JSON_COMPACT);
	r = put(s, who, at, "close", text);
	json_decref(body);
	free(text);
	return r;
}

static int64_t
next_due(const struct scene *s)
{
	const char *why;

	return casefile_next_due(&s->c, &why);
}

#define ACTION "{'what':'ring the school','owner':'Oda','due':'2026-12-01'}"

/* Ada's clock is ahead: her closing is the last, and she knew of nothing. */
static void
a_closing_silences_only_what_it_saw(void **state)
{
	const struct record *action, *closing;
	struct scene s;
	struct str why;
	json_t *seen;

	begin(&s, state, "Ben Fictive");
	put(&s, ODA, 300, "open", "{'reference':'WREN-1'}");
	seen = casefile_seen(&s.c);
	action = put(&s, ODA, 301, "action", ACTION);
	closing = put_closing(&s, ADA, 9000, seen);
	assert_ptr_equal(s.c.closed, closing);
	assert_true(casefile_unseen(&s.c, action));
	assert_true(next_due(&s) != INT64_MAX);
	str_init(&why);
	assert_true(record_doubt(&s.c, closing, &why));
	str_release(&why);

	/* One that was written with it in sight ends it. */
	closing = put_closing(&s, ILSE, 9001, casefile_seen(&s.c));
	assert_ptr_equal(s.c.closed, closing);
	assert_false(casefile_unseen(&s.c, action));
	assert_int_equal(next_due(&s), INT64_MAX);
	casefile_release(&s.c);
}

/* Whatever their clocks say: it saw what was dated behind it. */
static void
a_closing_by_a_slow_clock_ends_what_it_saw(void **state)
{
	struct scene s;

	begin(&s, state, "Ben Fictive");
	put(&s, ODA, 300, "open", "{'reference':'WREN-1'}");
	put(&s, ODA, 9000, "action", ACTION);
	put_closing(&s, ILSE, 400, casefile_seen(&s.c));
	assert_non_null(s.c.closed);
	assert_int_equal(next_due(&s), INT64_MAX);
	casefile_release(&s.c);
}

/* One of an older version does not say: what follows it is not ended. */
static void
an_older_closing_ends_what_is_before_it(void **state)
{
	struct scene s;

	begin(&s, state, "Ben Fictive");
	put(&s, ODA, 300, "open", "{'reference':'WREN-1'}");
	put(&s, ODA, 301, "action", ACTION);
	put_closing(&s, ILSE, 400, NULL);
	assert_int_equal(next_due(&s), INT64_MAX);
	put(&s, ODA, 401, "action", ACTION);
	assert_true(next_due(&s) != INT64_MAX);
	casefile_release(&s.c);
}

/* ---- strikes of strikes ---- */

#define CHAIN 20001

static void
a_long_chain_of_strikes_needs_no_stack(void **state)
{
	struct rlimit now, little;
	const struct record *note;
	struct scene s;

	begin(&s, state, "Ben Fictive");
	note = put(&s, ODA, 300, "note", "{'facts':'f'}");
	for (int i = 0; i < CHAIN; i++) {
		struct entry e = reg_entry_of(s.st, &s.st->ours, ADA, 301 + i,
		    "strike", body_of(&s, "{'target':'@','reason':'r'}"));

		e.case_id = s.c.id;
		entry_seal_id(&e);
		hex_format(e.id.b, ENTRY_ID_LEN, s.hex);
		casefile_apply(&s.c, &e);
		entry_release(&e);
	}
	assert_int_equal(getrlimit(RLIMIT_STACK, &now), 0);
	little = (struct rlimit){256 * 1024, now.rlim_max};
	assert_int_equal(setrlimit(RLIMIT_STACK, &little), 0);
	casefile_settle(&s.c, &s.st->ours.r);
	assert_int_equal(setrlimit(RLIMIT_STACK, &now), 0);
	assert_non_null(note->struck_by);
	casefile_release(&s.c);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, reg_make, reg_unmake)
	const struct CMUnitTest tests[] = {
		TEST(a_flag_is_not_struck_by_others),
		TEST(a_flag_is_not_replaced),
		TEST(a_borrowed_name_takes_no_flag_down),
		TEST(ones_own_work_of_another_store),
		TEST(what_came_behind_a_closing_waits),
		TEST(nobody_recalls_what_others_sent),
		TEST(a_lifting_without_names_lifts_nothing_of_ours),
		TEST(many_values_are_settled_in_time),
		TEST(a_closing_silences_only_what_it_saw),
		TEST(a_closing_by_a_slow_clock_ends_what_it_saw),
		TEST(an_older_closing_ends_what_is_before_it),
		TEST(a_long_chain_of_strikes_needs_no_stack),
	};
#undef TEST

	return cmocka_run_group_tests_name("strangers", tests, NULL, NULL);
}
