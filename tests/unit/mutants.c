/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Damaged instrument files, drawn by a fixed sequence from a good one: each
 * is either refused with a fault or taken, and what is taken can be screened
 * with.  Run it under check-asan or check-valgrind to see bad reads.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/screen.h"
#include "core/str.h"
#include "tests/unit/loaded.h"

#define MUTANTS 400

static uint64_t seed = 22;

static size_t
draw(size_t below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(seed >> 33) % below;
}

static void
damage(struct str *s)
{
	static const char signs[] = "()<>=+,:-#'\"&*!|[]{} \n09";
	size_t at = draw(s->len), n = 1 + draw(40);
	char one;

	if (n > s->len - at)
		n = s->len - at;
	switch (draw(4)) {
	case 0:
		one = (char)draw(256);
		str_splice(s, at, 1, &one, 1);
		break;
	case 1:
		one = signs[draw(sizeof(signs) - 1)];
		str_splice(s, at, 1, &one, 1);
		break;
	case 2:
		str_splice(s, at, n, "", 0);
		break;
	default:
		{
			char *copy = calloc(1, n + 1);

			assert_non_null(copy);
			memcpy(copy, s->s + at, n);
			str_splice(s, draw(s->len), 0, copy, n);
			free(copy);
		}
		break;
	}
}

static void
screen_with(const struct instrument *in)
{
	struct screening s;
	struct answers a;
	struct str words;

	answers_init(&a);
	for (unsigned i = 0; i < in->nitems; i++)
		answers_set(&a, i, (enum answer)draw(ANSWER_STATES));
	screen_run(in, &a, &s);
	assert_true(s.could_be <= s.level);
	str_init(&words);
	for (size_t i = 0; i < s.nchanges; i++)
		screen_change_words(in, &s.changes[i], &words);
	for (unsigned i = 0; i < in->nrules; i++)
		screen_rule_words(in, &a, i, &words);
	str_release(&words);
}

static bool
try_one(const char *good)
{
	struct instrument *in = NULL;
	struct faults f;
	struct err e;
	struct str s;
	bool taken;

	str_init(&s);
	str_add(&s, good);
	for (size_t n = 1 + draw(3); n > 0; n--)
		damage(&s);
	faults_init(&f, "f");
	taken = instrument_parse(s.s, s.len, "f", &in, &f, &e) == RC_OK;
	assert_int_equal(taken, f.n == 0);
	assert_int_equal(taken, in != NULL);
	if (taken)
		screen_with(in);
	instrument_free(in);
	faults_release(&f);
	str_release(&s);
	return taken;
}

static void
damage_is_refused_or_harmless(void **state)
{
	static const char *const files[] = {
		"content/instruments/occ-csegg.yaml",
		"tests/data/weighted.yaml"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		char *good = load_text(files[i]);
		unsigned taken = 0;

		for (unsigned k = 0; k < MUTANTS; k++)
			taken += try_one(good);
		/* Damage in a help text is harmless; most elsewhere is not. */
		assert_true(taken > 0 && taken < MUTANTS);
		free(good);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(damage_is_refused_or_harmless),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
