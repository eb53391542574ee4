/* SPDX-License-Identifier: GPL-3.0-or-later */
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
#include "tests/unit/reviewing.h"

static uint64_t
next(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return *x;
}

static const char *const levels[] = {"high", "potential", "vulnerable"};

/* The last of a kind that w holds, or NOTHING. */
static size_t
some(const struct world *w, const char *kind, uint64_t *x)
{
	size_t from = w->n > 0 ? next(x) % w->n : 0;

	for (size_t i = 0; i < w->n; i++) {
		size_t k = (from + i) % w->n;

		if (strcmp(w->e[k].kind, kind) == 0)
			return k;
	}
	return NOTHING;
}

static void
random_review(struct world *w, unsigned who, uint64_t *x)
{
	static const char *const kinds[] = {"screening", "review-request",
	    "flag", "review"};
	static const char *const decisions[] = {"agree", "raise", "lower",
	    "return"};
	const char *decision = decisions[next(x) % 4];
	size_t about = some(w, kinds[next(x) % 4], x);
	json_t *o;

	o = review_body(w, about, decision, strcmp(decision, "return") == 0 ?
	    "" : levels[next(x) % 3]);
	/* Some know nothing of what else there was. */
	if (next(x) % 4 == 0)
		json_object_del(o, "saw");
	(void)put(w, who, (int)(next(x) % 40), "review", o);
}

static void
random_work(struct world *w, unsigned who, uint64_t *x)
{
	int minute = (int)(next(x) % 40);
	size_t i;
	char hex[2 * ENTRY_ID_LEN + 1];

	switch (next(x) % 6) {
	case 0:
	case 1:
		(void)screen(w, who, minute, levels[w->rules],
		    levels[next(x) % 3]);
		break;
	case 2:
		(void)ask_lower(w, who, minute, levels[next(x) % 3]);
		break;
	case 3:
		(void)raise_flag(w, who, minute);
		break;
	case 4:
		(void)put(w, who, minute, "note", json_pack("{s:s}", "facts",
		    "f"));
		break;
	default:
		i = w->n > 0 ? next(x) % w->n : NOTHING;
		if (i == NOTHING || strcmp(w->e[i].kind, "review") != 0)
			break;
		hex_format(w->e[i].id.b, ENTRY_ID_LEN, hex);
		(void)put(w, SAL, minute, "strike", json_pack("{s:s, s:s}",
		    "target", hex, "reason", "r"));
	}
}

/* The rules' level or the judgement of the last screening, the higher. */
static unsigned
undecided(const struct world *w)
{
	unsigned own = w->c.screening != NULL ? screen_level_from_id(w->in,
	    record_text(w->c.screening, "judgement")) : NO_ITEM;

	return own < w->rules ? own : w->rules;
}

/* Reviews by those who may not, or of what is their own. */
static void
without_a_review_that_counts_nothing_is_lowered(void **state)
{
	struct world *w = *state;
	uint64_t x = 88172645463325252u;

	for (int round = 0; round < 120; round++) {
		forget(w);
		w->rules = (unsigned)(next(&x) % 3);
		(void)screen(w, SAL, 0, levels[w->rules], levels[w->rules]);
		for (int i = 0; i < 14; i++) {
			if (next(&x) % 2 == 0)
				random_work(w, SAL, &x);
			else
				random_review(w, next(&x) % 2 == 0 ? SAL : PIA,
				    &x);
			assert_int_equal(w->o.level, undecided(w));
			assert_false(w->o.lowered);
			assert_null(w->o.review);
		}
	}
}

/* Whoever it was that lowered saw the last screening, and wrote it not. */
static void
whoever_lowers_saw_it_and_is_another(void **state)
{
	struct world *w = *state;
	uint64_t x = 2463534242u;
	unsigned lowered = 0;

	for (int round = 0; round < 250; round++) {
		forget(w);
		w->rules = (unsigned)(next(&x) % 2);
		(void)screen(w, PIA, 0, levels[w->rules], levels[w->rules]);
		for (int i = 0; i < 12; i++) {
			unsigned who = next(&x) % 2 == 0 ? PIA :
			    SAL + (unsigned)(next(&x) % 3);

			if (who == PIA)
				random_work(w, who, &x);
			else
				random_review(w, who, &x);
			if (!w->o.lowered)
				continue;
			lowered++;
			assert_non_null(w->o.review);
			assert_int_not_equal(w->o.review->entry.author.b[0],
			    PIA);
			assert_string_equal(record_text(w->o.review, "level"),
			    levels[w->o.level]);
		}
		/* Unseen by all of them, whatever its clock says. */
		(void)screen(w, QUINN, (int)(next(&x) % 80) - 40,
		    levels[w->rules], levels[w->rules]);
		assert_true(w->o.level <= w->rules);
		assert_false(w->o.lowered);
	}
	assert_true(lowered > 100);
}

static void
describe(const struct world *w, struct str *out)
{
	const struct record *const of[] = {w->o.request, w->o.flag,
	    w->o.review, w->o.returned, w->o.second, w->o.about};

	str_clear(out);
	str_add_fmt(out, "%u %u %d %d %lld %zu", w->o.why, w->o.level,
	    w->o.lowered, w->o.raised, (long long)w->o.since,
	    w->c.nconflicts);
	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++)
		str_add_fmt(out, " %02x", of[i] == NULL ? 0u :
		    of[i]->entry.id.b[0]);
}

static void
order_does_not_matter(void **state)
{
	struct world *w = *state;
	uint64_t x = 521288629u;
	struct str want, got;
	struct entry t;

	str_init(&want);
	str_init(&got);
	for (int round = 0; round < 150; round++) {
		forget(w);
		w->sample = 2;
		w->rules = (unsigned)(next(&x) % 3);
		for (int i = 0; i < 16; i++) {
			unsigned who = (unsigned)(next(&x) % 3) +
			    (next(&x) % 2 == 0 ? PIA : SAL);

			if (who < SAL)
				random_work(w, who == 3 ? UMA : who, &x);
			else
				random_review(w, who, &x);
		}
		describe(w, &want);
		for (int again = 0; again < 6; again++) {
			for (size_t i = w->n; i > 1; i--) {
				size_t k = next(&x) % i;

				t = w->e[i - 1];
				w->e[i - 1] = w->e[k];
				w->e[k] = t;
			}
			fold(w);
			describe(w, &got);
			assert_string_equal(got.s, want.s);
		}
	}
	str_release(&want);
	str_release(&got);
}

int
main(void)
{
#define T(t) cmocka_unit_test_setup_teardown(t, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(without_a_review_that_counts_nothing_is_lowered),
		T(whoever_lowers_saw_it_and_is_another),
		T(order_does_not_matter),
	};

	return cmocka_run_group_tests_name("oversight, by chance", tests, NULL, NULL);
}
