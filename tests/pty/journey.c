/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A case goes from a practitioner's laptop to a supervisor's, on a stick and
 * without a network, is decided there and comes back; what both wrote apart
 * is settled by a person; in the end both laptops hold the same book.  What
 * happens and what each of them sees stands in journey.txt, to be read from
 * top to bottom.
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

#include "core/str.h"
#include "tests/pty/desk.h"
#include "tests/pty/scene.h"

#define WORDS 12
#define ADA "A. Invented"
#define SAM "S. Pretend"
#define ZOE "Zo\xc3\xab O'Brien-\xc3\x91""and\xc3\xba \xe7\x8e\x8b"
#define FORM(...) ((const struct answer_in[]){__VA_ARGS__, {NULL, NULL}})

static struct story story = {.name = "journey"};
static char *ada, *sam;		/* their stores */
static char folder[400];

/* ---- sittings ---- */

static struct pty *
sit_down(const char *store)
{
	struct pty *p;

	desk_turn_to(store);
	p = desk_open(120, 40);
	story.p = p;
	return p;
}

/* From the list of cases. */
static void
get_up(struct pty *p)
{
	pty_wait(p, "c new case");
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

static void
type_path(struct pty *p, const char *name)
{
	char path[600];

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	pty_keys(p, "^U");
	pty_paste(p, path);
	pty_keys(p, "Enter");
}

static void
sign(struct pty *p)
{
	pty_keys(p, "$");
	pty_wait(p, "Enter signs.");
	pty_keys(p, "Enter");
	pty_wait(p, "Signed");
}

/* ---- cards, by telephone ---- */

/* The numbered words of the screen, with a blank behind each. */
static void
read_words(const struct pty *p, char out[400])
{
	char *text = pty_text(p), mark[8];
	size_t n = 0;

	for (int i = 1; i <= WORDS; i++) {
		const char *at;
		size_t k;

		(void)snprintf(mark, sizeof(mark), "%2d  ", i);
		at = strstr(text, mark);
		assert_non_null(at);
		at += strlen(mark);
		k = strspn(at, "abcdefghijklmnopqrstuvwxyz");
		assert_true(k > 1 && n + k + 2 < 400);
		memcpy(out + n, at, k);
		n += k;
		out[n++] = ' ';
	}
	out[n] = '\0';
	free(text);
}

static void
give_card(const char *agency, char words[400])
{
	struct pty *p = story.p;

	pty_keys(p, "':elsewhere' Enter");
	pty_wait(p, "Nobody elsewhere is known yet");
	pty_keys(p, "m");
	pty_wait(p, "Your agency");
	pty_paste(p, agency);
	pty_keys(p, "Enter");
	pty_wait(p, "-----END HEARKEN CARD");
	read_words(p, words);
}

static void
write_card(const char *file)
{
	struct pty *p = story.p;

	pty_keys(p, "w");
	pty_wait(p, "Write the card to:");
	type_path(p, file);
	pty_wait(p, "telephone,");
	pty_keys(p, "q q q");
	get_up(p);
}

static void
take_card(const char *file, const char *words)
{
	struct pty *p = story.p;

	pty_keys(p, "':elsewhere' Enter");
	pty_wait(p, "Nobody elsewhere is known yet");
	pty_keys(p, "a");
	pty_wait(p, "Take in a card");
	type_path(p, file);
	pty_wait(p, "Twelve words");
	pty_paste(p, words);
	pty_keys(p, "Enter");
	pty_wait(p, "(*) They read them to me");
	pty_keys(p, "Enter");
}

static void
exchange_cards(void)
{
	char of_ada[400], of_sam[400];

	(void)sit_down(ada);
	give_card("Marlow School", of_ada);
	scene(&story, "Ada shows her card: it may go by any way. She reads its "
	    "twelve words to Sam over the telephone.");
	write_card("ada.card");
	(void)sit_down(sam);
	give_card("Harbour Board", of_sam);
	write_card("sam.card");
	(void)sit_down(ada);
	take_card("sam.card", of_sam);
	pty_wait(story.p, SAM " (Harbour Board) is");
	pty_keys(story.p, "q q");
	get_up(story.p);
	(void)sit_down(sam);
	take_card("ada.card", of_ada);
	pty_wait(story.p, ADA " (Marlow School) is");
	scene(&story, "Sam has typed the words as he heard them, and now knows "
	    "Ada.");
	pty_keys(story.p, "q q");
	get_up(story.p);
}

/* ---- the case ---- */

static void
tick(const char *item, const char *words)
{
	struct pty *p = story.p;
	char keys[64];

	(void)snprintf(keys, sizeof(keys), "/ '%s' Enter", item);
	pty_keys(p, keys);
	pty_wait_gone(p, "Search the checklist:");
	pty_keys(p, "Space");
	pty_wait(p, "Enter: date, agency and words");
	pty_keys(p, "Enter");
	pty_wait(p, "Evidence in words");
	fill_form(p, "observation", FORM({"on", "16/11/2026"},
	    {"agency", "School"}, {"source", "Ms Invented, head of year"},
	    {"evidence", words}));
	pty_keys(p, "F2");
	pty_wait(p, "Kept, not signed yet");
}

static void
open_case(void)
{
	struct pty *p = story.p;

	pty_keys(p, "c");
	pty_paste(p, ZOE);
	pty_wait(p, "pen a new case for");
	pty_keys(p, "Enter");
	pty_wait(p, "F2 checks the form");
	pty_keys(p, "'K-7' F2");
	pty_wait(p, "The case is open and signed.");
	tick("missing", "Away for two nights.");
	tick("physical", "Bruised arm, not explained.");
	tick("gifts", "A new telephone, no name for the giver.");
}

static void
ask_to_lower(void)
{
	struct pty *p = story.p;

	pty_keys(p, "J");
	pty_wait(p, "First the child's own words");
	pty_keys(p, "Tab 'I want to stay with my aunt.' F2");
	pty_wait(p, "Your judgement");
	pty_keys(p, "Tab Right Tab 'Staying with an aunt now.' F2");
	pty_wait(p, "Nothing is lowered");
	sign(p);
}

/* ---- the stick ---- */

static void
send_case(const char *file, const char *to, const char *purpose)
{
	struct pty *p = story.p;
	char wanted[80], what[120];

	(void)snprintf(wanted, sizeof(wanted), "'K-7 %s' Enter", to);
	(void)snprintf(what, sizeof(what), "Enter '%s' Enter Enter Enter",
	    purpose);
	pty_keys(p, "B");
	pty_wait(p, "Send K-7 as a bundle");
	pty_keys(p, "Space Enter");
	pty_wait(p, "The whole case:");
	pty_keys(p, what);
	type_path(p, file);
	pty_wait(p, "Type: K-7 ");
	pty_keys(p, wanted);
	pty_wait(p, "waited");
}

static void
look_into(const char *file, const char *sender)
{
	char from[80];

	(void)snprintf(from, sizeof(from), "A bundle from %s", sender);
	pty_keys(story.p, "B o");
	pty_wait(story.p, "Bundle file:");
	type_path(story.p, file);
	pty_wait(story.p, from);
}

static void
take_in(const char *sender)
{
	char taken[80];

	(void)snprintf(taken, sizeof(taken), "Taken in from %s", sender);
	pty_paste(story.p, sender);
	pty_keys(story.p, "Enter");
	pty_wait(story.p, taken);
}

static void
there_on_friday(void)
{
	(void)sit_down(ada);
	open_case();
	ask_to_lower();
	scene(&story, "Friday. Three signs: the level is high. Ada asks to "
	    "lower it; nothing is lowered by that.");
	send_case("there.bundle", SAM, "For the review of the level");
	pty_keys(story.p, "7");
	pty_wait(story.p, SAM " (Harbour Board): has all of the case");
	scene(&story, "The case is in one sealed file on a stick. The page "
	    "Sharing says who has it, and by when the receipt is due.");
	pty_keys(story.p, "q");
	get_up(story.p);
}

/* ---- the supervisor, without a network ---- */

static void
decide(void)
{
	struct pty *p = story.p;

	pty_keys(p, "q Q");
	pty_wait(p, "asks to lower");
	scene(&story, "The review queue: what waits, and why.");
	pty_keys(p, "V");
	pty_wait(p, "Decide on K-7");
	pty_keys(p, "Left Tab Tab 'The signs are of this month.' Tab "
	    "'Who gave the telephone? Has the school nurse seen the arm?'");
	scene(&story, "Sam gives it back with questions: the level stays as the "
	    "rules have it.");
	pty_keys(p, "F2");
	pty_wait(p, "~ return with questions");
	pty_keys(p, "$");
	pty_wait(p, "signs 1 decision");
	pty_keys(p, "Enter");
	pty_wait(p, "Signed: 1 decision.");
	pty_keys(p, "q");
}

static void
write_birth(const char *day)
{
	struct pty *p = story.p;

	pty_keys(p, "i");
	pty_wait(p, "Young person");
	fill_form(p, "identity", FORM({"birth", day}));
	pty_keys(p, "F2");
	pty_wait(p, "kept, not signed yet");
	sign(p);
}

static void
decided_at_the_board(void)
{
	struct pty *p = sit_down(sam);

	look_into("there.bundle", ADA);
	scene(&story, "At the board. Before anything is taken in, Sam sees who "
	    "it is from, what for, and what would be new.");
	take_in(ADA);
	decide();
	pty_keys(p, "Enter");
	pty_wait(p, "Direct questions");
	write_birth("04/03/2012");
	send_case("back.bundle", ADA, "The decision of the review");
	pty_keys(p, "q");
	get_up(p);
}

/* ---- and back ---- */

static void
settle(void)
{
	struct pty *p = story.p;

	pty_keys(p, "3");
	pty_wait(p, "Harbour Board");
	scene(&story, "Both wrote a date of birth, apart. Neither wins by "
	    "itself: they stand side by side, with who wrote them and when.");
	pty_keys(p, "i");
	pty_wait(p, "Young person");
	fill_form(p, "identity", FORM({"birth", "04/03/2012"}));
	pty_keys(p, "F2");
	pty_wait(p, "kept, not signed yet");
	sign(p);
	scene(&story, "Ada has asked at the school and settled it; that is an "
	    "entry, too.");
}

static void
back_at_the_school(void)
{
	struct pty *p = sit_down(ada);

	pty_keys(p, "Enter");
	pty_wait(p, "Direct questions");
	write_birth("03/04/2012");
	pty_keys(p, "q");
	look_into("back.bundle", SAM);
	take_in(SAM);
	pty_keys(p, "q Enter");
	pty_wait(p, "RETURNED WITH QUESTIONS by " SAM);
	scene(&story, "Back at the school: what Sam asks stands above "
	    "everything else.");
	settle();
	pty_keys(p, "1 o");
	pty_wait(p, "Justification");
	pty_keys(p, "Tab 'The nurse has seen it. Nobody knows the giver yet.' F2");
	pty_wait(p, "Note: kept");
	sign(p);
	send_case("answer.bundle", SAM, "The answers to the questions");
	pty_keys(p, "q");
	get_up(p);
}

static void
receipts(void)
{
	struct pty *p = story.p;

	pty_keys(p, "r");
	pty_wait(p, "Receipts for " ADA);
	type_path(p, "receipts.bundle");
	pty_keys(p, "'" ADA "' Enter");
	pty_wait(p, "Hand");
	pty_keys(p, "q");
}

static void
the_last_receipt(void)
{
	struct pty *p = sit_down(sam);

	look_into("answer.bundle", ADA);
	take_in(ADA);
	receipts();
	pty_keys(p, "Q");
	pty_wait(p, "K-7");
	scene(&story, "Sam has the answers: the case waits for a decision "
	    "again. The receipt for them is on the stick.");
	pty_keys(p, "q");
	get_up(p);
	p = sit_down(ada);
	look_into("receipts.bundle", SAM);
	take_in(SAM);
	pty_keys(p, "Tab");
	pty_wait(p, "receipts 1 of 1");
	scene(&story, "All that Ada sent has arrived.");
	pty_keys(p, "q");
	get_up(p);
}

/* ---- the same book ---- */

static void
leave_out(char *text, const char *words)
{
	size_t n = strlen(words);
	char *at;

	while ((at = strstr(text, words)) != NULL)
		memmove(at, at + n, strlen(at + n) + 1);
}

/* All that the store holds of the case, agencies behind names left out. */
static char *
book_of(const char *store)
{
	char *text;

	desk_turn_to(store);
	text = desk_output("show", "K-7");
	assert_non_null(strstr(text, "Nobody knows the giver yet."));
	assert_non_null(strstr(text, "Who gave the telephone?"));
	leave_out(text, " (Harbour Board)");
	leave_out(text, " (Marlow School)");
	return text;
}

static void
there_and_back(void **state)
{
	char *of_ada, *of_sam;

	(void)state;
	ada = desk_found(ADA, "practitioner");
	sam = desk_found(SAM, "supervisor");
	(void)snprintf(folder, sizeof(folder), "%.*s",
	    (int)(strrchr(ada, '/') - ada), ada);
	exchange_cards();
	there_on_friday();
	decided_at_the_board();
	back_at_the_school();
	the_last_receipt();
	of_ada = book_of(ada);
	of_sam = book_of(sam);
	assert_string_equal(of_ada, of_sam);
	free(of_ada);
	free(of_sam);
	free(ada);
	free(sam);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_and_back),
	};

	return cmocka_run_group_tests_name("a case goes there and back",
	    tests, desk_prepare, NULL);
}
