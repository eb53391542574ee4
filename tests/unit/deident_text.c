/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names, numbers and places in a text, and what stands in for them. */
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

#include "core/xalloc.h"

static void
know(struct deident *d, enum ident_type type, const char *text,
    const char *instead)
{
	d->idents = xreallocarray(d->idents, d->nidents + 1,
	    sizeof(*d->idents));
	d->idents[d->nidents++] = (struct ident){type, xstrdup(text),
		xstrdup(instead), true};
}

static void
setup(struct deident *d)
{
	memset(d, 0, sizeof(*d));
	d->moved = 70;
	know(d, IDENT_CHILD, "Zo\xc3\xab O'Brien-\xc3\x91""and\xc3\xba",
	    "K.");
	know(d, IDENT_PERSON, "Eva Samplewood", "the mother");
	know(d, IDENT_PERSON, "Will Hope", "a friend (1)");
	know(d, IDENT_PERSON, "Jo", "a friend (2)");
	know(d, IDENT_PERSON, "Anne-Marie St. John", "an aunt");
	know(d, IDENT_PERSON, "Uncle T", "an uncle");
	know(d, IDENT_WORKER, "Ms Testerman", "a teacher");
	know(d, IDENT_PERSON, "\xe7\x8e\x8b\xe5\xb0\x8f\xe6\x98\x8e",
	    "a friend (3)");
	know(d, IDENT_WORKER, "Tara Goodman", "a worker");
	know(d, IDENT_PLACE, "Riverbank Academy", "School B");
	know(d, IDENT_NUMBER, "K-0142", "a number");
}

struct trial {
	const char *text, *want;
};

static const struct trial trials[] = {
	/* A house number goes with its road, known or not. */
	{"waits at 14 Mill Lane.", "waits at a road."},
	{"In 1999 School started", "In 1999 School started"},
	/* One person, one stand-in. */
	{"Zo\xc3\xab came late.", "K. came late."},
	{"ZOE O'BRIEN came late.", "K. came late."},
	{"We saw zoe obrien. She ran.", "We saw K. She ran."},
	{"They met Zo\xc3\xab\xe2\x80\x99s aunt.", "They met K.\xe2\x80\x99s "
	    "aunt."},
	{"They met Zoes aunt.", "They met K.'s aunt."},
	{"Zo\xc3\xab O\xe2\x80\x99""Brien-Nandu left", "K. left"},
	{"O'Brien, Zoe left", "K. left"},
	{"Zoe O Brien left", "K. left"},
	{"Zoe\nO'Brien left", "K. left"},
	{"Z.O. left, Z. O. N. too", "K. left, K. too"},
	{"Z. O'Brien left", "K. left"},
	{"Zo\xe2\x80\x8b\xc3\xab left", "K. left"},
	{"Zoe\xcc\x88 left", "K. left"},
	{"\xef\xbc\xba\xef\xbd\x8f\xef\xbd\x85 left", "K. left"},
	{"Nan-\ndu left", "K. left"},
	{"Anne-Marie, AnneMarie and Anne Marie", "An aunt, an aunt and an "
	    "aunt"},
	{"Ann", "Ann"},
	{"her aunt, StJohn, rang", "her aunt, an aunt, rang"},
	/* Whose surname it is. */
	{"Eva Samplewood and Mrs Samplewood", "The mother and the mother"},
	{"told Ms Testerman.", "told a teacher."},
	{"her teacher Testerman", "her teacher"},
	{"Uncle T came; her uncle did not", "An uncle came; her uncle did "
	    "not"},
	/* Names that are words. */
	{"She will come, we hope.", "She will come, we hope."},
	{"They saw Will. will hope rang.", "They saw a friend (1). A friend "
	    "(1) rang."},
	{"a good man, says Goodman", "a good man, says a worker"},
	{"Jo, JO and Joanna joined", "A friend (2), a friend (2) and Joanna "
	    "joined"},
	{"\xe5\x92\x8c\xe5\xb0\x8f\xe6\x98\x8e\xe8\xa7\x81", "\xe5\x92\x8c""a "
	    "friend (3)\xe8\xa7\x81"},
	/* Places. */
	{"at Riverbank Academy", "at School B"},
	{"near riverbank, by the river bank", "near School B, by the river bank"},
	{"at the Sunlit Hotel", "at a hotel"},
	{"in Mudlark Park. The Park was shut.", "in a park. The Park was "
	    "shut."},
	/* Numbers; money and small figures stay. */
	{"ring 07700 900123 now", "ring a telephone number now"},
	{"ring (020) 7946 0018", "ring a telephone number"},
	{"NHS 943 476 5919.", "NHS a number."},
	{"UPN A950000178301", "UPN a pupil number"},
	{"at SX1 1ZZ or sx11zz", "at a postcode or a postcode"},
	{"a car, AB12 CDE, left", "a car, a number plate, left"},
	{"log CR/12345/26, ref k0142", "log a reference, ref a number"},
	{"\xc2\xa3""123456 and \xc2\xa3""400", "\xc2\xa3""123456 and \xc2\xa3"
	    "400"},
	{"She is 14, in Year 9, B11 seen", "She is 14, in Year 9, B11 seen"},
	{"at 16:05 or 1605hrs, 24/7, 999", "at 16:05 or 1605hrs, 24/7, 999"},
	/* Online. */
	{"write zoe.x@mail.example now", "write an e-mail address now"},
	{"as @zoe_x or zoe_ob99", "as an online name or an online name"},
	{"see https://a.example/zoe.", "see a link."},
	{"", ""},
};

static void
what_names_is_replaced(void **state)
{
	struct deident d;
	struct str out;
	size_t bad = 0;

	(void)state;
	setup(&d);
	str_init(&out);
	for (size_t i = 0; i < sizeof(trials) / sizeof(trials[0]); i++) {
		str_clear(&out);
		deident_text(&d, trials[i].text, &out);
		if (strcmp(out.s, trials[i].want) != 0) {
			print_message("\"%s\"\n  gives \"%s\"\n  wants "
			    "\"%s\"\n", trials[i].text, out.s,
			    trials[i].want);
			bad++;
		}
	}
	assert_int_equal(bad, 0);
	str_release(&out);
	deident_release(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_names_is_replaced),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
