/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/retention.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define HEAD "id: t\ntitle: T\ndefault: hold\nrules:\n"
#define RULE "  - id: a\n    label: A\n    years: 3\n" \
	"    counted-from: birth\n    source: s\n    verified: yes\n"

static struct retention *
parse(const char *text, struct str *faults)
{
	struct retention *r;
	struct faults f;

	faults_init(&f, "t");
	r = retention_parse(text, strlen(text), &f);
	faults_lines(&f, faults);
	assert_true((r == NULL) == (f.n != 0));
	faults_release(&f);
	return r;
}

static struct retention *
england(void)
{
	const char *dir = getenv("HEARKEN_SRCDIR");
	static char text[65536];
	struct retention *r;
	struct str faults;
	char path[4096];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/content/retention/england.yaml",
	    dir == NULL ? "." : dir);
	file = fopen(path, "r");
	assert_non_null(file);
	text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
	(void)fclose(file);
	str_init(&faults);
	r = parse(text, &faults);
	assert_string_equal(faults.s, "");
	str_release(&faults);
	return r;
}

/* One line for each rule, so that none is changed unseen. */
static void
test_table(void **state)
{
	static const struct {
		const char *id, *words;
		bool verified;
	} table[] = {
		{ "looked-after", "75 years after the young person's birth",
		    true },
		{ "child-protection", "35 years after the last contact",
		    true },
		{ "lado", "100 years after the birth of the adult", false },
		{ "child-in-need", "21 years after the young person's birth",
		    true }
	};
	struct retention *r = england();
	struct str words;

	(void)state;
	assert_int_equal(r->nrules, COUNT(table));
	assert_null(r->chosen);
	for (size_t i = 0; i < COUNT(table); i++) {
		str_init(&words);
		retention_rule_words(&r->rules[i], &words);
		assert_string_equal(r->rules[i].id, table[i].id);
		assert_string_equal(words.s, table[i].words);
		assert_int_equal(r->rules[i].verified, table[i].verified);
		assert_true(strlen(r->rules[i].source) > 5);
		str_release(&words);
	}
	retention_free(r);
}

static void
test_faults(void **state)
{
	static const struct {
		const char *text, *fault;
	} bad[] = {
		{ "- a\n", "t:1:1: a table of retention is a map with id, "
		    "title, default and rules\n" },
		{ "id: t\ntitle: T\nrules:\n" RULE,
		    "t:1:1: \"default\" is missing; expected text\n" },
		{ "id: t\ntitle: T\ndefault: b\nrules:\n" RULE,
		    "t:3:10: \"default\" is neither hold nor the id of a "
		    "rule\n" },
		{ HEAD RULE RULE,
		    "t:11:9: \"id\" is that of a rule above\n" },
		{ HEAD "  - a\n", "t:5:5: a rule is a map; expected \"id\" "
		    "and the rest\n" },
		{ HEAD "  - id: hold\n    label: A\n    years: 3\n"
		    "    counted-from: birth\n    source: s\n"
		    "    verified: yes\n", "t:5:9: \"id\" may not be \"hold\": "
		    "that stands for no rule\n" },
		{ HEAD "  - id: a\n    label: A\n    years: 201\n"
		    "    counted-from: opening\n    source: s\n"
		    "    verified: no\n", "t:7:12: \"years\": \"201\" is not "
		    "a whole number from 1 to 200\n"
		    "t:8:19: \"counted-from\": \"opening\" is not one of "
		    "birth, last-contact, closing, adult-birth\n"
		    "t:10:15: \"verified\" is no: say in \"note\" what was "
		    "found and what was not\n" }
	};
	struct str faults;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		str_init(&faults);
		assert_null(parse(bad[i].text, &faults));
		assert_string_equal(faults.s, bad[i].fault);
		str_release(&faults);
	}
}

static void
test_find(void **state)
{
	struct retention *r = england();
	const struct retention_rule *rule;
	struct err e;

	(void)state;
	assert_int_equal(retention_find(r, "lado", &rule, &e), RC_OK);
	assert_string_equal(rule->id, "lado");
	assert_int_equal(retention_find(r, "adoption", &rule, &e),
	    RC_NOTFOUND);
	assert_non_null(strstr(e.text, "looked-after, child-protection"));
	retention_free(r);
}

static void
test_default(void **state)
{
	struct str faults;
	struct retention *r;

	(void)state;
	str_init(&faults);
	r = parse("id: t\ntitle: T\ndefault: a\nrules:\n" RULE, &faults);
	assert_non_null(r);
	assert_ptr_equal(r->chosen, &r->rules[0]);
	retention_free(r);
	str_release(&faults);
}

/* ---- counting ---- */

static int32_t
day(int year, int month, int d)
{
	return day_from_civil((struct civil){ year, month, d });
}

/* An entry as of noon, UTC; the body is owned. */
static void
add(struct casefile *c, const char *kind, int32_t at, struct span on,
    const char *body)
{
	struct entry e = {.n = c->nrecords + 1, .case_id = c->id,
	    .at = at * INT64_C(86400000) + 43200000, .on = on};

	memcpy(e.kind, kind, strlen(kind) + 1);
	e.body = strdup(body);
	entry_seal_id(&e);
	casefile_apply(c, &e);
	entry_release(&e);
}

static void
make(struct casefile *c, const char *birth)
{
	struct case_id id = {{7}};
	char body[100];

	casefile_init(c, &id);
	add(c, "open", day(2001, 5, 1), span_none(),
	    "{\"reference\":\"WREN-1\",\"why\":\"a worry\"}");
	if (birth != NULL) {
		(void)snprintf(body, sizeof(body), "{\"birth\":\"%s\","
		    "\"name\":\"Ada Merle\"}", birth);
		add(c, "identity", day(2001, 5, 1), span_none(), body);
	}
	casefile_settle(c, NULL);
}

static int32_t
kept(const struct casefile *c, enum retention_from from, int years,
    const char *how)
{
	struct retention_rule r = {.years = years, .from = from};
	struct str words;
	int32_t until;

	str_init(&words);
	until = retention_kept_until(&r, c, &words);
	assert_string_equal(words.s, how);
	assert_int_equal(retention_kept_until(&r, c, NULL), until);
	str_release(&words);
	return until;
}

static void
test_birth(void **state)
{
	struct casefile c;

	(void)state;
	make(&c, "1999-03-04");
	assert_int_equal(kept(&c, RETENTION_BIRTH, 75, "75 years after the "
	    "young person's birth, which is 4 March 1999"), day(2074, 3, 4));
	casefile_release(&c);
	make(&c, "2000-02-29");
	assert_int_equal(kept(&c, RETENTION_BIRTH, 21, "21 years after the "
	    "young person's birth, which is 29 February 2000"),
	    day(2021, 3, 1));
	assert_int_equal(kept(&c, RETENTION_BIRTH, 4, "4 years after the "
	    "young person's birth, which is 29 February 2000"),
	    day(2004, 2, 29));
	casefile_release(&c);
}

/* What cannot be said is kept. */
static void
test_unknown(void **state)
{
	struct casefile c;

	(void)state;
	make(&c, NULL);
	assert_int_equal(kept(&c, RETENTION_BIRTH, 75, "the birth date is not "
	    "known, so the case is kept"), DAY_NONE);
	assert_int_equal(kept(&c, RETENTION_ADULT_BIRTH, 100, "no case says "
	    "when the adult was born, so it is kept"), DAY_NONE);
	assert_int_equal(kept(&c, RETENTION_CLOSING, 6, "the case was not "
	    "closed, so it is kept"), DAY_NONE);
	casefile_release(&c);
}

/* The later of when something was written and what it speaks of. */
static void
test_last_contact(void **state)
{
	struct casefile c;

	(void)state;
	make(&c, NULL);
	assert_int_equal(kept(&c, RETENTION_LAST_CONTACT, 35, "35 years after "
	    "the last contact, which is 1 May 2001"), day(2036, 5, 1));
	add(&c, "observation", day(2010, 6, 2), span_of_day(day(2002, 1, 1)),
	    "{\"instrument\":\"occ-csegg\",\"indicator\":\"A1\","
	    "\"state\":\"present\",\"agency\":\"school\"}");
	casefile_settle(&c, NULL);
	assert_int_equal(kept(&c, RETENTION_LAST_CONTACT, 1, "1 year after "
	    "the last contact, which is 2 June 2010"), day(2011, 6, 2));
	add(&c, "note", day(2010, 6, 3), span_of_day(day(2010, 6, 9)), "{}");
	casefile_settle(&c, NULL);
	assert_int_equal(kept(&c, RETENTION_LAST_CONTACT, 1, "1 year after "
	    "the last contact, which is 9 June 2010"), day(2011, 6, 9));
	casefile_release(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_default),
		cmocka_unit_test(test_birth),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_last_contact),
	};

	return cmocka_run_group_tests_name("retention", tests, NULL, NULL);
}
