/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who elsewhere has a case and what they were not told, and recalls: as the
 * sender's store sees them and as the recipient's does.
 */
#include "config.h"

#include "core/carried.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/roster.h"
#include "core/xalloc.h"

#define BASE INT64_C(1795190400000)
#define ENTRIES_MAX 16
#define ADA 1		/* of this store */
#define BEN 2		/* elsewhere */
#define CY 3

#define HEX_OF(digit) \
	digit digit digit digit digit digit digit digit digit digit digit \
	digit digit digit digit digit digit digit digit digit digit digit \
	digit digit digit digit digit digit digit digit digit digit

#define BUNDLE(to, keys, what) "{'bundle':'b1','to':[" to "],'keys':[" keys \
	"],'selection':'" what "','purpose':'p','basis':'safeguarding'," \
	"'expires':'2026-12-18'}"
#define TO_BEN BUNDLE("'Ben Made-Up (Hub)'", "'" HEX_OF("02") "'", "all")
#define TO_BOTH BUNDLE("'Ben Made-Up (Hub)','Cy Notreal'", "'" HEX_OF("02") \
	"','" HEX_OF("03") "'", "part")
#define TO_CY BUNDLE("'Cy Notreal'", "'" HEX_OF("03") "'", "part")
#define TO_ADA BUNDLE("'Ada Invented'", "'" HEX_OF("01") "'", "part")
#define WITHDRAWN "{'state':'withdrawn','by':'child','to':'the hub'}"
#define GIVEN "{'state':'given','by':'child','to':'the hub'}"

struct world {
	struct casefile c;
	struct roster ours[4];	/* of the store of ADA, of BEN, of CY */
	struct entry e[ENTRIES_MAX];
	size_t n;
	uint64_t count[4];
	int64_t skew[4];
};

static int
make(void **state)
{
	struct world *w = xcalloc(1, sizeof(*w));
	const struct case_id id = {{9}};

	casefile_init(&w->c, &id);
	for (int i = ADA; i <= CY; i++) {
		static const char *const names[] = {"", "Ada Invented",
		    "Ben Made-Up", "Cy Notreal"};
		struct entry e = {.at = BASE, .n = 1};
		char hex[2 * AUTHOR_LEN + 1];
		json_t *body;

		memset(e.author.b, i, AUTHOR_LEN);
		hex_format(e.author.b, AUTHOR_LEN, hex);
		memcpy(e.kind, "user", sizeof("user"));
		e.on = span_none();
		body = json_pack("{s:s, s:s}", "name", names[i], "key", hex);
		e.body = entry_canonical_body(body);
		entry_seal_id(&e);
		roster_init(&w->ours[i]);
		roster_apply(&w->ours[i], &e);
		json_decref(body);
		entry_release(&e);
	}
	*state = w;
	return 0;
}

static int
unmake(void **state)
{
	struct world *w = *state;

	casefile_release(&w->c);
	for (size_t i = 0; i < w->n; i++)
		entry_release(&w->e[i]);
	for (int i = ADA; i <= CY; i++)
		roster_release(&w->ours[i]);
	free(w);
	return 0;
}

/* ' is ", and @3 the id of the fourth entry. */
static char *
json_of(const struct world *w, const char *text)
{
	char hex[2 * ENTRY_ID_LEN + 1];
	struct str out;

	str_init(&out);
	for (; *text != '\0'; text++) {
		if (*text == '@') {
			hex_format(w->e[*++text - '0'].id.b, ENTRY_ID_LEN,
			    hex);
			str_add(&out, hex);
		} else {
			str_add_char(&out, *text == '\'' ? '"' : *text);
		}
	}
	return str_take(&out);
}

static void
put(struct world *w, int who, const char *kind, const char *body)
{
	struct entry *e = &w->e[w->n];

	assert_true(w->n < ENTRIES_MAX);
	memset(e, 0, sizeof(*e));
	memset(e->author.b, who, AUTHOR_LEN);
	e->n = ++w->count[who];
	e->case_id = w->c.id;
	e->at = BASE + (int64_t)w->n * 60000 + w->skew[who];
	memcpy(e->kind, kind, strlen(kind) + 1);
	e->on = kind_find(kind)->on_label != NULL ?
	    span_of_day(moment_day(e->at)) : span_none();
	e->body = json_of(w, body);
	entry_seal_id(e);
	casefile_apply(&w->c, e);
	casefile_settle(&w->c, NULL);
	w->n++;
	assert_int_equal(casefile_find(&w->c, &e->id)->validity,
	    RECORD_VALID);
}

/* "Ben Made-Up: 1 bundle, untold" as the store of `who` sees it. */
static void
expect(struct world *w, int who, const char *words)
{
	struct carried_list l;
	struct str got;

	carried_to(&w->c, &w->ours[who], &l);
	str_init(&got);
	for (size_t i = 0; i < l.n; i++) {
		const struct carried_to *p = &l.list[i];

		str_add_fmt(&got, "%s%.3s %zu%s%s%s%s", i > 0 ? "; " : "",
		    p->name, p->bundles, p->whole ? " all" : "",
		    p->received != NULL ? " got" : "", p->recalled > 0 ?
		    " recalled" : "", p->wrote ? " wrote" : "");
		for (size_t j = 0; j < p->nnews; j++)
			str_add_fmt(&got, " %s:%s", p->news[j].entry->entry.kind,
			    p->news[j].sent != NULL ? "sent" : "untold");
	}
	assert_string_equal(got.s, words);
	assert_int_equal(carried_count_untold(&l) > 0,
	    strstr(words, "untold") != NULL);
	str_release(&got);
	carried_release(&l);
}

static void
expect_words(struct world *w, int who, const char *words)
{
	struct str got;

	str_init(&got);
	assert_int_equal(recall_words(&w->c, &w->ours[who], &got),
	    *words != '\0');
	assert_string_equal(got.s, words);
	str_release(&got);
}

#define RECEIPT(n) "{'sent':'@" n "','bundle':'b1','from':'f','added':3}"

static void
who_has_it_is_read_from_bundles_and_authors(void **state)
{
	struct world *w = *state;

	put(w, ADA, "open", "{'reference':'C-1'}");
	expect(w, ADA, "");
	put(w, ADA, "bundle-sent", TO_BOTH);
	expect(w, ADA, "Ben 1; Cy  1");
	put(w, BEN, "bundle-received", RECEIPT("1"));
	expect(w, ADA, "Ben 1 got wrote; Cy  1");
	/* At the other end Ada has it, who wrote it. */
	expect(w, BEN, "som 0 wrote; Cy  1");
	put(w, ADA, "bundle-sent", TO_BEN);
	expect(w, ADA, "Ben 2 all got wrote; Cy  1");
}

static void
consent_withdrawn_is_told_by_the_next_bundle(void **state)
{
	struct world *w = *state;

	put(w, ADA, "open", "{'reference':'C-1'}");
	put(w, ADA, "consent", GIVEN);
	put(w, ADA, "bundle-sent", TO_BOTH);
	expect(w, ADA, "Ben 1; Cy  1");
	put(w, ADA, "consent", WITHDRAWN);
	expect(w, ADA, "Ben 1 consent:untold; Cy  1 consent:untold");
	put(w, ADA, "bundle-sent", TO_BEN);
	expect(w, ADA, "Ben 2 all consent:sent; Cy  1 consent:untold");
	put(w, BEN, "bundle-received", RECEIPT("4"));
	expect(w, ADA, "Ben 2 all got wrote; Cy  1 consent:untold");
	/* Given again: there is nothing to tell. */
	put(w, ADA, "consent", GIVEN);
	expect(w, ADA, "Ben 2 all got wrote; Cy  1");
}

/* Refused before anything went: it went along with the first bundle. */
static void
what_was_known_before_is_no_news(void **state)
{
	struct world *w = *state;

	put(w, ADA, "open", "{'reference':'C-1'}");
	put(w, ADA, "consent", "{'state':'refused','by':'child','to':'t'}");
	put(w, ADA, "bundle-sent", TO_BEN);
	expect(w, ADA, "Ben 1 all");
}

/* Their own chain says what came after what, not a clock that runs behind. */
static void
a_clock_that_is_put_back_tells_nobody(void **state)
{
	struct world *w = *state;

	put(w, ADA, "open", "{'reference':'C-1'}");
	put(w, ADA, "bundle-sent", TO_BEN);
	w->skew[ADA] = -3600000;
	put(w, ADA, "consent", WITHDRAWN);
	expect(w, ADA, "Ben 1 all consent:untold");
	w->skew[ADA] = -7200000;
	put(w, ADA, "bundle-sent", TO_BEN);
	expect(w, ADA, "Ben 2 all consent:sent");
}

/* Withdrawn at the recipient's: who sent the case is to be told. */
static void
the_sender_is_told_too(void **state)
{
	struct world *w = *state;

	put(w, ADA, "open", "{'reference':'C-1'}");
	put(w, ADA, "bundle-sent", TO_BEN);
	put(w, BEN, "bundle-received", RECEIPT("1"));
	put(w, BEN, "consent", WITHDRAWN);
	expect(w, BEN, "som 0 wrote consent:untold");
	expect(w, ADA, "Ben 1 all got wrote");
}

/*
 * Ben's withdrawal is older than the bundle to Cy, but came behind it: no
 * clock says that it went along.
 */
static void
what_came_behind_a_bundle_did_not_go_with_it(void **state)
{
	struct world *w = *state;

	put(w, ADA, "open", "{'reference':'C-1'}");
	put(w, ADA, "bundle-sent", TO_BEN);
	put(w, BEN, "consent", WITHDRAWN);
	put(w, ADA, "bundle-sent", TO_CY);
	expect(w, ADA, "Ben 1 all wrote; Cy  1 consent:untold");
	put(w, CY, "bundle-received", RECEIPT("3"));
	expect(w, ADA, "Ben 1 all wrote; Cy  1 got wrote consent:untold");
	/* Ben's bundle comes, and goes on. */
	put(w, BEN, "bundle-sent", TO_ADA);
	put(w, ADA, "bundle-received", RECEIPT("5"));
	put(w, ADA, "bundle-sent", TO_CY);
	expect(w, ADA, "Ben 1 all wrote; Cy  2 got wrote consent:sent");
	put(w, CY, "bundle-received", RECEIPT("7"));
	expect(w, ADA, "Ben 1 all wrote; Cy  2 got wrote");
}

static void
a_recall_stands_first_until_it_is_answered(void **state)
{
	struct world *w = *state;

	put(w, ADA, "open", "{'reference':'C-1'}");
	put(w, ADA, "bundle-sent", TO_BOTH);
	expect_words(w, ADA, "");
	put(w, ADA, "bundle-recall", "{'sent':'@1','ask':'stop','reason':"
	    "'Sent to the wrong Ben.'}");
	expect_words(w, ADA, "Recalled: tell 2 people (Ben Made-Up (Hub); "
	    "Cy Notreal)");
	expect(w, ADA, "Ben 1 recalled bundle-recall:untold; "
	    "Cy  1 recalled bundle-recall:untold");
	expect_words(w, BEN, "Recalled by unknown author, 20 November 2026: "
	    "stop using what they sent. Why: Sent to the wrong Ben.");
	put(w, ADA, "bundle-sent", TO_BEN);
	expect_words(w, ADA, "Recalled: tell 2 people (Ben Made-Up (Hub); "
	    "Cy Notreal)");
	put(w, BEN, "bundle-received", RECEIPT("3"));
	expect_words(w, ADA, "Recalled: tell 1 person (Cy Notreal)");
	/* A receipt is no answer. */
	assert_non_null(recall_unanswered(&w->c, &w->ours[BEN]));
	put(w, BEN, "recall-answer", "{'recall':'@2','done':'stopped',"
	    "'words':'Nothing rested on it.'}");
	expect_words(w, BEN, "");
	assert_null(recall_unanswered(&w->c, &w->ours[BEN]));
	assert_non_null(recall_unanswered(&w->c, &w->ours[CY]));
	/* Whoever answers knows of it, though no receipt is here. */
	put(w, CY, "recall-answer", "{'recall':'@2','done':'not',"
	    "'words':'It is before the court.'}");
	expect_words(w, ADA, "");
}

/* A recall that was struck asks for nothing. */
static void
a_struck_recall_is_none(void **state)
{
	struct world *w = *state;

	put(w, ADA, "open", "{'reference':'C-1'}");
	put(w, ADA, "bundle-sent", TO_BEN);
	put(w, ADA, "bundle-recall", "{'sent':'@1','ask':'hold','reason':"
	    "'r'}");
	put(w, ADA, "strike", "{'target':'@2','reason':'A mistake.'}");
	expect_words(w, ADA, "");
	expect_words(w, BEN, "");
	expect(w, ADA, "Ben 1 all");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make, unmake)
	const struct CMUnitTest tests[] = {
		TEST(who_has_it_is_read_from_bundles_and_authors),
		TEST(consent_withdrawn_is_told_by_the_next_bundle),
		TEST(what_was_known_before_is_no_news),
		TEST(a_clock_that_is_put_back_tells_nobody),
		TEST(the_sender_is_told_too),
		TEST(what_came_behind_a_bundle_did_not_go_with_it),
		TEST(a_recall_stands_first_until_it_is_answered),
		TEST(a_struck_recall_is_none),
	};
#undef TEST

	(void)setenv("TZ", "Europe/London", 1);
	return cmocka_run_group_tests_name("carried", tests, NULL, NULL);
}
