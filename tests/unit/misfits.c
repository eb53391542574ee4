/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Entries that do not fit their kind, and entries of kinds that this version
 * does not know: every kind with every field of another type, as another
 * version or a broken one may have signed it.  Each reader of a case takes
 * them, none counts them, and each list says that they are there.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/accesspack.h"
#include "core/carried.h"
#include "core/chase.h"
#include "core/childage.h"
#include "core/chronology.h"
#include "core/clocks.h"
#include "core/closing.h"
#include "core/consents.h"
#include "core/doubts.h"
#include "core/paper_case.h"
#include "core/paper_chronology.h"
#include "core/recordwords.h"
#include "core/timeline.h"
#include "core/xalloc.h"
#include "exchange/casecsv.h"
#include "tests/unit/loaded.h"

#define BASE INT64_C(1795190400000)
#define NEWER "An entry of a newer version (kind \"augury\"), kept sealed; " \
	"update Hearken to read it."

static const char *const values[] = {
	"7", "[7,{\"a\":1},null]", "{\"a\":[1],\"B1\":3}", "true", "null",
	"\"no such thing\"", "[]", "{}", "[\"00\",\"zz\"]", NULL
};

struct world {
	struct casefile c;
	struct instrument *in;
	struct reading g;
	uint64_t n;
};

static void
put(struct world *w, const char *kind, const char *body)
{
	struct entry e;

	memset(&e, 0, sizeof(e));
	memset(e.author.b, 1 + (int)(w->n % 3), AUTHOR_LEN);
	e.n = ++w->n;
	e.case_id = w->c.id;
	e.at = BASE + (int64_t)w->n * 60000;
	assert_true(strlen(kind) < sizeof(e.kind));
	memcpy(e.kind, kind, strlen(kind) + 1);
	e.on = w->n % 2 == 0 ? span_of_day(moment_day(e.at)) : span_none();
	e.body = xstrdup(body);
	entry_seal_id(&e);
	casefile_apply(&w->c, &e);
	entry_release(&e);
}

/* Every field of the kind with one and the same value. */
static void
put_filled(struct world *w, const struct kind *k, const char *value)
{
	struct str body;

	str_init(&body);
	str_add_char(&body, '{');
	for (const struct field *f = k->fields; f->name != NULL; f++)
		str_add_fmt(&body, "%s\"%s\":%s", f == k->fields ? "" : ",",
		    f->name, value);
	str_add_char(&body, '}');
	put(w, k->name, body.s);
	str_release(&body);
}

static int
make(void **state)
{
	struct world *w = xcalloc(1, sizeof(*w));
	const struct case_id id = {{1}};
	const struct kind *all;
	size_t n;

	casefile_init(&w->c, &id);
	w->in = load_instrument("content/instruments/occ-csegg.yaml");
	w->g = (struct reading){&w->c, NULL, w->in};
	put(w, "open", "{\"reference\":\"C-1\"}");
	put(w, "augury", "{\"of\":\"birds\",\"replaces\":[7]}");
	put(w, "augury", "not even JSON");
	all = kind_all(&n);
	for (size_t i = 0; i < n; i++) {
		put(w, all[i].name, "[1,2]");
		put(w, all[i].name, "\"text\"");
		put(w, all[i].name, "{");
		for (size_t v = 0; values[v] != NULL; v++)
			put_filled(w, &all[i], values[v]);
	}
	casefile_settle(&w->c, NULL);
	*state = w;
	return 0;
}

static int
unmake(void **state)
{
	struct world *w = *state;

	casefile_release(&w->c);
	instrument_free(w->in);
	free(w);
	return 0;
}

/* A text that says nothing fits some kinds; no other misfit counts. */
static void
none_of_them_counts(void **state)
{
	const struct world *w = *state;
	struct answers a;
	size_t bad = 0;

	for (size_t i = 0; i < w->c.nrecords; i++) {
		const struct record *r = w->c.records[i];

		assert_true(r->validity == RECORD_VALID || !record_stands(r));
		bad += r->validity == RECORD_BAD_BODY;
		if (strcmp(r->entry.kind, "augury") == 0)
			assert_int_equal(r->validity, RECORD_UNKNOWN_KIND);
	}
	assert_true(bad > w->c.nrecords / 2);
	assert_string_equal(w->c.reference, "C-1");
	casefile_answers(&w->c, w->in, moment_day(BASE), &a);
	for (size_t i = 0; i < w->in->nitems; i++)
		assert_int_equal(answers_get(&a, (unsigned)i),
		    ANSWER_NOT_ASKED);
}

static bool
on_clock(const struct clock_row *row, void *ctx)
{
	assert_true(record_stands(row->record));
	assert_non_null(row->owner);
	++*(size_t *)ctx;
	return true;
}

/* What walks the case for one thing meets them all. */
static void
every_reader_takes_them(void **state)
{
	const struct world *w = *state;
	const struct casefile *c = &w->c;
	const struct record **consents;
	struct open_things open;
	struct carried_list have;
	struct chase *chases;
	struct access_pack pack;
	struct str words;
	size_t n = 0;

	casefile_clocks(c, on_clock, &n);
	chase_list(c, &chases, &n);
	free(chases);
	consents_now(c, &consents, &n);
	free((void *)consents);
	closing_list(c, "High", &open);
	closing_release(&open);
	carried_to(c, NULL, &have);
	carried_release(&have);
	str_init(&words);
	(void)recall_words(c, NULL, &words);
	access_pack_init(&pack, &w->g);
	assert_true(pack.unread > 0);
	access_pack_release(&pack);
	for (size_t i = 0; i < c->nrecords; i++) {
		struct child_age age;

		(void)record_doubt(c, c->records[i], &words);
		record_summary(&w->g, c->records[i], c->records[i]->body,
		    &words);
		record_whole(&w->g, c->records[i], c->records[i]->body,
		    &words);
		body_age(c->records[i]->body, moment_day(BASE), &age);
	}
	str_release(&words);
}

static void
expect_newer(const char *what, const char *text, size_t times)
{
	size_t n = 0;

	for (const char *at = text; (at = strstr(at, NEWER)) != NULL; at++)
		n++;
	if (n != times)
		fail_msg("%s says it %zu times, not %zu", what, n, times);
}

/* Each list and paper says that they are there, in the same words. */
static void
every_list_names_them(void **state)
{
	const struct world *w = *state;
	struct chronology t;
	struct timeline tl;
	struct str lines, full;
	struct paper p;

	str_init(&lines);
	str_init(&full);
	chronology_make(&w->c, &t);
	assert_int_equal(t.n, w->c.nrecords);
	for (size_t i = 0; i < t.n; i++) {
		chronology_what(&w->g, t.rows[i].record,
		    t.rows[i].record->body, &lines);
		chronology_full(&w->g, t.rows[i].record, &full);
	}
	expect_newer("the chronology", lines.s, 2);
	expect_newer("an export", full.s, 2);
	timeline_make(&t, NULL, 0, &w->g, 80, &tl);
	timeline_release(&tl);
	chronology_release(&t);
	str_clear(&full);
	records_csv(&w->g, (const struct record *const *)w->c.records,
	    w->c.nrecords, &full);
	str_release(&lines);
	assert_non_null(strstr(full.s, "kept sealed; update Hearken"));
	for (size_t i = 0; i < w->c.nrecords; i++) {
		str_clear(&full);
		paper_entry(&p, &w->g, w->c.records[i], "today");
		paper_text(&p, 80, &full);
		paper_release(&p);
		if (w->c.records[i]->validity == RECORD_UNKNOWN_KIND)
			assert_non_null(strstr(full.s, "newer version (kind"));
		if (w->c.records[i]->validity == RECORD_BAD_BODY)
			assert_non_null(strstr(full.s, "does not fit"));
	}
	str_release(&full);
}

/* The name of a kind is another's text: nothing of it reaches a terminal. */
static void
a_kind_is_named_without_its_tricks(void **state)
{
	struct record r;
	struct str words;

	(void)state;
	memset(&r, 0, sizeof(r));
	r.validity = RECORD_UNKNOWN_KIND;
	(void)snprintf(r.entry.kind, sizeof(r.entry.kind), "a\033[2J\"b");
	str_init(&words);
	assert_true(record_uncounted(&r, &words));
	assert_non_null(strstr(words.s, "(kind \"a??2??b\")"));
	str_clear(&words);
	record_title(&r, NULL, &words);
	assert_null(strchr(words.s, '\033'));
	str_release(&words);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(none_of_them_counts),
		cmocka_unit_test(every_reader_takes_them),
		cmocka_unit_test(every_list_names_them),
		cmocka_unit_test(a_kind_is_named_without_its_tricks),
	};

	return cmocka_run_group_tests_name("misfits", tests, make, unmake);
}
