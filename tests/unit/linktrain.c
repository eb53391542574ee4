/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The model that ships is the one that training on the invented children
 * gives: UPDATE_MODEL=1 writes it anew.
 */
#include "config.h"

#include "core/link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/date.h"
#include "core/link_impl.h"
#include "core/str.h"
#include "tests/unit/kin.h"

#define TRAINED_ON 60000

static void
add(void *ctx, const struct kin_record *r)
{
	(void)links_add(ctx, &r->raw);
}

static struct link_model
trained(uint64_t seed, size_t records)
{
	struct kin_opts o = { .seed = seed, .records = records,
	    .numbers = true };
	struct link_names *names = kin_names();
	struct links *l = links_new(names);
	struct link_model m = { .id = "hearken-children",
	    .version = "2026-11" };

	(void)kin_make(&o, add, l);
	assert_true(links_train(l, &m));
	links_free(l);
	link_names_free(names);
	return m;
}

static void
write_model(const struct link_model *m)
{
	const char *dir = getenv("HEARKEN_SRCDIR");
	struct str text;
	char path[4096];
	FILE *f;

	str_init(&text);
	link_model_write(m, "trained by EM on invented children "
	    "(tests/unit/kin.c, seed 1, 60,000 records)", &text);
	(void)snprintf(path, sizeof(path), "%s/content/linkage/model.yaml",
	    dir == NULL ? "." : dir);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(text.s, 1, text.len, f), text.len);
	assert_int_equal(fclose(f), 0);
	str_release(&text);
}

static void
assert_near(double a, double b, double within)
{
	if (a - b > within || b - a > within)
		fail_msg("%f is not %f", a, b);
}

static void
test_shipped_model_is_the_trained_one(void **state)
{
	struct link_model m = trained(1, TRAINED_ON);
	struct link_model *shipped;

	(void)state;
	if (getenv("UPDATE_MODEL") != NULL)
		write_model(&m);
	shipped = kin_model();
	for (int f = 0; f < LINK_FIELDS; f++)
		for (int l = 0; l < LEVEL_MISSING; l++) {
			assert_near(shipped->m[f][l], m.m[f][l], 1e-6);
			assert_near(shipped->u[f][l], m.u[f][l], 1e-6);
		}
	assert_near(shipped->upper, m.upper, 1e-6);
	assert_near(shipped->lower, m.lower, 1e-6);
	assert_int_equal(strlen(shipped->hash), 64);
	link_model_free(shipped);
}

/* ---- what is known beforehand is found again ---- */

#define KIDS 6000
#define GIVEN 150
#define FAMILIES 400
#define DAYS 5000
#define PLACES 700

static uint64_t lot_state;

static size_t
lot(size_t n)
{
	lot_state += UINT64_C(0x9e3779b97f4a7c15);
	return (size_t)(link_mix(lot_state) % n);
}

/* Ten thousand times as many names as are used. */
static void
far_name(size_t k, char out[12])
{
	static const char letters[] = "bdglmnrstz", vowels[] = "aeiou";
	uint64_t x = link_mix(k + 1);

	for (int i = 0; i < 8; i++, x /= 10)
		out[i] = i % 2 == 0 ? letters[x % 10] : vowels[x % 5];
	out[8] = '\0';
}

struct known {
	size_t given, family, day, place;
};

static void
add_known(struct links *l, uint32_t agency, const struct known *k)
{
	char given[12], family[12], place[12];
	struct link_raw raw = { .agency = agency, .forename = given,
	    .surname = family, .name = "", .sex = 'F', .nhs = "", .upn = "",
	    .birth = 12000 + (int32_t)k->day, .postcode = place };

	far_name(k->given * 31 + 5, given);
	far_name(k->family * 17 + 100003, family);
	(void)snprintf(place, sizeof(place), "Q%c%zu %zu%c%c",
	    (char)('A' + k->place % 20), k->place / 20 % 80 + 10,
	    k->place % 9 + 1, (char)('A' + k->place % 17),
	    (char)('A' + k->place % 13));
	(void)links_add(l, &raw);
}

/* Each field of the second record is drawn anew with a chance of its own. */
static void
test_training_finds_what_is_known(void **state)
{
	struct links *l = links_new(NULL);
	struct link_model m = { .id = "t" };

	(void)state;
	lot_state = 7;
	for (int i = 0; i < KIDS; i++) {
		struct known k = { lot(GIVEN), lot(FAMILIES), lot(DAYS),
		    lot(PLACES) };

		add_known(l, 0, &k);
		k.given = lot(100) < 12 ? lot(GIVEN) : k.given;
		k.family = lot(100) < 18 ? lot(FAMILIES) : k.family;
		k.day = lot(100) < 3 ? lot(DAYS) : k.day;
		k.place = lot(100) < 25 ? lot(PLACES) : k.place;
		add_known(l, 1, &k);
	}
	assert_true(links_train(l, &m));
	assert_near(m.m[LINK_FORENAME][LEVEL_EXACT], 0.88, 0.02);
	assert_near(m.m[LINK_SURNAME][LEVEL_EXACT], 0.82, 0.02);
	assert_near(m.m[LINK_POSTCODE][LEVEL_EXACT], 0.75, 0.02);
	assert_near(m.m[LINK_BIRTH][LEVEL_EXACT], 0.97, 0.02);
	assert_near(m.u[LINK_FORENAME][LEVEL_EXACT] * GIVEN, 1, 0.15);
	assert_near(m.u[LINK_SURNAME][LEVEL_EXACT] * FAMILIES, 1, 0.15);
	assert_near(m.u[LINK_POSTCODE][LEVEL_EXACT] * PLACES, 1, 0.15);
	assert_near(m.u[LINK_BIRTH][LEVEL_EXACT] * DAYS, 1, 0.25);
	/* KIDS true pairs among all of two per child. */
	assert_near(m.prior * 2 * KIDS, 1, 0.1);
	links_free(l);
}

static void
test_training_wants_enough(void **state)
{
	struct links *l = links_new(NULL);
	struct link_model m = { .id = "kept", .upper = 5 };
	struct known k = { 1, 2, 3, 4 };

	(void)state;
	assert_false(links_train(l, &m));
	add_known(l, 0, &k);
	add_known(l, 1, &k);
	assert_false(links_train(l, &m));
	assert_string_equal(m.id, "kept");
	assert_true(m.upper > 4.9 && m.upper < 5.1);
	links_free(l);
}

/* ---- the file ---- */

static void
test_a_model_comes_back_from_its_file(void **state)
{
	struct link_model *m = kin_model(), *again;
	struct faults f;
	struct str text;

	(void)state;
	str_init(&text);
	faults_init(&f, "t");
	link_model_write(m, "what \"they\" said", &text);
	again = link_model_parse(text.s, text.len, &f);
	assert_non_null(again);
	for (int k = 0; k < LINK_FIELDS; k++)
		for (int v = 0; v < LINK_LEVELS; v++) {
			assert_near(again->m[k][v], m->m[k][v], 1e-11);
			assert_near(again->u[k][v], m->u[k][v], 1e-11);
		}
	assert_string_not_equal(again->hash, m->hash);
	link_model_free(again);
	link_model_free(m);
	str_release(&text);
	faults_release(&f);
}

static void
refuse(const char *from, const char *to, const char *said)
{
	struct link_model *m = kin_model();
	struct str text, words;
	struct faults f;
	char *at;

	str_init(&text);
	str_init(&words);
	faults_init(&f, "t");
	link_model_write(m, "s", &text);
	link_model_free(m);
	at = strstr(text.s, from);
	assert_non_null(at);
	str_splice(&text, (size_t)(at - text.s), strlen(from), to,
	    strlen(to));
	assert_null(link_model_parse(text.s, text.len, &f));
	faults_lines(&f, &words);
	if (strstr(words.s, said) == NULL)
		fail_msg("%s", words.s);
	str_release(&text);
	str_release(&words);
	faults_release(&f);
}

static void
test_a_model_with_faults_is_refused(void **state)
{
	(void)state;
	refuse("upper: ", "upper: -9", "lies above");
	refuse("margin: ", "margin: 9", "the lead is from 0");
	refuse("prior: ", "prior: -", "more than 0");
	refuse("field: upn", "field: nhs", "each once");
	refuse("m: [0", "m: [1", "0 to 1");
	refuse("m: [0.", "m: [0.0", "make 1 together");
	refuse("0.0, 0.0, ", "0.0, ", "four chances");
	refuse("lower: ", "lowest: ", "lower");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shipped_model_is_the_trained_one),
		cmocka_unit_test(test_training_finds_what_is_known),
		cmocka_unit_test(test_training_wants_enough),
		cmocka_unit_test(test_a_model_comes_back_from_its_file),
		cmocka_unit_test(test_a_model_with_faults_is_refused),
	};

	return cmocka_run_group_tests_name("linktrain", tests, NULL, NULL);
}
