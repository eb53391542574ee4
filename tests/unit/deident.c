/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A name that a case knows never leaves with a study: planted in every field
 * of free text, in every disguise, it is replaced or the last gate refuses.
 */
#include "config.h"

#include "core/deident.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/utf8.h"
#include "core/xalloc.h"
#include "tests/unit/deidentworld.h"
#include "tests/unit/disguises.h"

/* ---- what is left of a name ---- */

/* Told without the code under test: folded, nothing but letters. */
static void
bare(struct str *out, const char *s)
{
	struct str fold;

	str_init(&fold);
	utf8_fold(&fold, s, strlen(s));
	for (size_t i = 0; i < fold.len; i++)
		if ((unsigned char)fold.s[i] >= 0x80 ||
		    strchr(" .,_@()\"", fold.s[i]) == NULL)
			str_add_char(out, fold.s[i]);
	str_release(&fold);
}

/* A word of the disguise, four letters or the whole, is still there. */
static bool
is_left(const char *text, const char *disguise)
{
	struct str t, piece;
	bool left = false;
	const char *p = disguise;

	str_init(&t);
	str_init(&piece);
	bare(&t, text);
	bare(&piece, disguise);
	left = strstr(t.s, piece.s) != NULL;
	while (*p != '\0' && !left) {
		size_t n = strcspn(p, " \n.,_@()-");
		char *word = xstrndup(p, n);

		str_clear(&piece);
		bare(&piece, word);
		left = piece.len >= 4 && strcmp(word, "mail") != 0 &&
		    strcmp(word, "example") != 0 &&
		    strstr(t.s, piece.s) != NULL;
		free(word);
		p += n + (p[n] != '\0');
	}
	str_release(&t);
	str_release(&piece);
	return left;
}

/* ---- the gate ---- */


static bool
gate_refuses(const struct deident *d)
{
	struct str yaml;
	struct err e;
	enum rc rc;

	str_init(&yaml);
	write_study(d, &yaml);
	rc = deident_check(d, yaml.s, yaml.len, &e);
	if (rc == RC_REFUSED) {
		assert_non_null(strstr(e.text, "line "));
		assert_non_null(strchr(e.text, '"'));
	}
	str_release(&yaml);
	return rc == RC_REFUSED;
}

static bool
has_doubt(const struct deident *d, const char *text, enum doubt_type most)
{
	struct doubt_found *found;
	size_t n = deident_doubts(d, text, &found);
	bool any = false;

	for (size_t i = 0; i < n; i++)
		any = any || found[i].type <= most;
	free(found);
	return any;
}

struct tally {
	size_t planted, replaced, refused, doubted, missed;
};

/* A small word that is a name, too, is left to whoever reads. */
static bool
is_weak(const char *disguise)
{
	static const char *const weak[] = {"will", "hope", "grace"};

	for (size_t i = 0; i < COUNT(weak); i++)
		if (strcmp(disguise, weak[i]) == 0)
			return true;
	return false;
}

static void
told_as_proposed(struct deident *d, const char *disguise, struct tally *t)
{
	bool left = false, refuses;

	pass_all(d);
	for (size_t i = 0; i < d->nlines; i++) {
		if (strncmp(d->lines[i].original, "Nobody knew", 11) != 0)
			continue;
		t->planted++;
		if (is_left(d->lines[i].proposed, disguise))
			left = true;
		else
			t->replaced++;
	}
	if (!left)
		return;
	refuses = gate_refuses(d);
	t->refused += refuses;
	if (!refuses && !is_weak(disguise)) {
		print_message("left: %s\n", disguise);
		t->missed++;
	}
}

/* Somebody writes the line anew, with the name in it. */
static void
told_put_back(struct deident *d, const char *text, const char *disguise,
    struct tally *t)
{
	size_t i = lot((unsigned)d->nlines);
	bool refuses;

	if (!has_doubt(d, text, is_weak(disguise) ? DOUBT_CAPITAL :
	    DOUBT_NAME)) {
		print_message("no doubt: %s\n", text);
		t->missed++;
	}
	t->doubted++;
	pass_all(d);
	deident_decide(d, i, LINE_REWRITTEN, text);
	refuses = gate_refuses(d);
	t->refused += refuses;
	if (!refuses && !is_weak(disguise)) {
		print_message("put back: %s\n", text);
		t->missed++;
	}
}

static void
try_one(struct world *w, const struct person *p, disguise_fn fn,
    enum where where, struct tally *t)
{
	struct str disguise, text;
	struct deident d;

	str_init(&disguise);
	str_init(&text);
	fn(p, &disguise);
	if (disguise.len > 0) {
		str_add_fmt(&text, "Nobody knew if %s went out at "
		    "night.", disguise.s);
		world_begin(w, where, p->name, text.s);
		deident_begin(&d, &w->c, w->in, NULL, &world_rng);
		told_as_proposed(&d, disguise.s, t);
		told_put_back(&d, text.s, disguise.s, t);
		deident_release(&d);
		casefile_release(&w->c);
	}
	str_release(&disguise);
	str_release(&text);
}

static void
a_planted_name_is_always_caught(void **state)
{
	struct world *w = *state;
	struct tally t = {0, 0, 0, 0, 0};
	size_t npeople, nways;
	const struct person *people = disguise_people(&npeople);
	const disguise_fn *ways = disguise_all(&nways);

	world_seed(20261122);
	for (size_t i = 0; i < npeople; i++)
		for (size_t k = 0; k < nways; k++)
			try_one(w, &people[i], ways[k],
			    (enum where)lot(WHERES), &t);
	print_message("%zu planted, %zu replaced, %zu put back, %zu "
	    "refused\n", t.planted, t.replaced, t.doubted, t.refused);
	assert_int_equal(t.missed, 0);
	assert_true(t.planted > 5000);
	assert_true(t.replaced > t.planted / 2);
}

/* Every field of free text of every kind is a line, or is never told. */
static void
every_field_is_a_line(void **state)
{
	struct world *w = *state;
	struct deident d;

	world_seed(1);
	world_begin(w, AS_CHILD, "Quenby", "Nobody knew whether Quenby went.");
	deident_begin(&d, &w->c, w->in, NULL, &world_rng);
	for (size_t i = 0; i < w->nplaces; i++) {
		const struct place *pl = &w->places[i];
		bool found = strcmp(pl->kind, "identity") == 0 ||
		    strcmp(pl->kind, "open") == 0;

		for (size_t k = 0; k < d.nlines && !found; k++)
			found = strcmp(d.lines[k].kind, pl->kind) == 0 &&
			    strcmp(d.lines[k].field, pl->field) == 0;
		if (!found)
			fail_msg("%s of %s", pl->field, pl->kind);
	}
	assert_true(w->nplaces > 40);
	deident_release(&d);
	casefile_release(&w->c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field_is_a_line),
		cmocka_unit_test(a_planted_name_is_always_caught),
	};

	return cmocka_run_group_tests(tests, world_setup, world_teardown);
}
