/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two stores on one desk, by keyboard in the real program: cards are
 * exchanged with their twelve words, a case is sent, looked into, taken in,
 * its receipt goes back, and a recall reaches the other side.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/pty/desk.h"

#define WORDS 12

static char *ada, *sam;		/* their stores */
static char folder[400];

static struct pty *
open_of(const char *store)
{
	desk_turn_to(store);
	return desk_open(120, 40);
}

static void
leave(struct pty *p)
{
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

/* In a field or at a prompt: what stands there goes, this comes. */
static void
type_path(struct pty *p, const char *name)
{
	char path[600];

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	pty_keys(p, "^U");
	pty_paste(p, path);
	pty_keys(p, "Enter");
}

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

/* From the list of cases; the words are what is read over the telephone. */
static void
give_card(const char *store, const char *agency, const char *file,
    char words[400])
{
	struct pty *p = open_of(store);

	pty_keys(p, "U");
	pty_wait(p, "lets others in");
	pty_keys(p, "E");
	pty_wait(p, "Nobody elsewhere is known yet");
	pty_keys(p, "m");
	pty_wait(p, "Your agency");
	pty_paste(p, agency);
	pty_keys(p, "Enter");
	pty_wait(p, "-----END HEARKEN CARD");
	read_words(p, words);
	pty_keys(p, "w");
	pty_wait(p, "Write the card to:");
	type_path(p, file);
	pty_wait(p, "telephone,");
	pty_keys(p, "q q q");
	leave(p);
}

static void
take_card(const char *store, const char *file, const char *words,
    const char *known)
{
	struct pty *p = open_of(store);

	pty_keys(p, "':elsewhere' Enter");
	pty_wait(p, "Nobody elsewhere is known yet");
	pty_keys(p, "a");
	pty_wait(p, "Take in a card");
	type_path(p, file);
	pty_wait(p, "Twelve words");
	/* A word that was heard wrongly is named. */
	pty_keys(p, "'wrong' Enter");
	pty_wait(p, "Word 1, \"wrong\", is not that of");
	pty_keys(p, "^U");
	pty_paste(p, words);
	pty_keys(p, "Enter");
	pty_wait(p, "(*) They read them to me");
	pty_keys(p, "Enter");
	pty_wait(p, known);
	pty_keys(p, "q q");
	leave(p);
}

static void
cards_are_exchanged(void **state)
{
	char of_ada[400], of_sam[400];

	(void)state;
	ada = desk_found("A. Invented", "practitioner");
	sam = desk_found("S. Pretend", "supervisor");
	(void)snprintf(folder, sizeof(folder), "%.*s",
	    (int)(strrchr(ada, '/') - ada), ada);
	give_card(ada, "Marlow School", "ada.card", of_ada);
	give_card(sam, "Harbour Board", "sam.card", of_sam);
	take_card(ada, "sam.card", of_sam, "S. Pretend (Harbour Board) is");
	take_card(sam, "ada.card", of_ada, "A. Invented (Marlow School) is");
}

static void
make_case(struct pty *p)
{
	pty_keys(p, "c 'Robin Madeup'");
	pty_wait(p, "pen a new case for");
	pty_keys(p, "Enter");
	pty_wait(p, "F2 checks the form");
	pty_keys(p, "'K-7' F2");
	pty_wait(p, "The case is open and signed.");
}

static void
send_case(struct pty *p, const char *file)
{
	pty_keys(p, "B");
	pty_wait(p, "Send K-7 as a bundle");
	pty_wait(p, "[ ] S. Pretend (Harbour Board)");
	pty_keys(p, "Space Enter");
	pty_wait(p, "The whole case:");
	pty_keys(p, "Enter 'For the review meeting' Enter Enter Enter");
	type_path(p, file);
	pty_wait(p, "Type: K-7 S. Pretend");
	pty_keys(p, "'K-7 S. Pretend' Enter");
	pty_wait(p, "waited");
}

static void
take_in(struct pty *p, const char *file, const char *sender)
{
	char from[80], taken[80];

	(void)snprintf(from, sizeof(from), "A bundle from %s", sender);
	(void)snprintf(taken, sizeof(taken), "Taken in from %s", sender);
	pty_keys(p, "o");
	pty_wait(p, "Bundle file:");
	type_path(p, file);
	pty_wait(p, from);
	pty_paste(p, sender);
	pty_keys(p, "Enter");
	pty_wait(p, taken);
}

static void
a_case_goes_over_and_the_receipt_comes_back(void **state)
{
	struct pty *p = open_of(ada);

	(void)state;
	make_case(p);
	send_case(p, "k7.bundle");
	pty_keys(p, "7");
	pty_wait(p, "S. Pretend (Harbour Board): has all of the case");
	/* What is signed afterwards is here alone, and said to be. */
	pty_keys(p, "o Tab 'Seen at school today.' F2");
	pty_wait(p, "Note: kept");
	pty_keys(p, "$");
	pty_wait(p, "Enter signs");
	pty_keys(p, "Enter");
	pty_wait(p, "(Harbour Board) does not have it yet: B sends");
	pty_wait(p, "1 entry signed here has not gone to them yet");
	/* A short form that is open when it locks is not said to be kept. */
	pty_keys(p, "B");
	pty_wait(p, "Send K-7 as a bundle");
	pty_keys(p, "F9");
	pty_wait(p, "The short form in hand is gone, and nothing of it");
	pty_keys(p, "'" PASS "' Enter");
	pty_wait(p, "Consent as it stands");
	pty_keys(p, "q B Tab");
	pty_wait(p, "receipts 0 of 1");
	pty_keys(p, "q");
	leave(p);

	p = open_of(sam);
	pty_keys(p, "B");
	pty_wait(p, "Nothing has come yet");
	/* A path typed wrongly is there again, to be put right. */
	pty_keys(p, "o");
	pty_wait(p, "Bundle file:");
	type_path(p, "missing.bundle");
	pty_wait(p, "No such file");
	pty_wait(p, "Bundle file:");
	pty_wait(p, "/missing.bundle");
	pty_keys(p, "^C");
	pty_wait(p, "o take in");
	take_in(p, "k7.bundle", "A. Invented");
	pty_wait(p, "Inbox (1)");
	/* The very same one again is refused, and changes nothing. */
	pty_keys(p, "o");
	pty_wait(p, "Bundle file:");
	type_path(p, "k7.bundle");
	pty_wait(p, "before");
	pty_wait(p, "Inbox (1)");
	pty_keys(p, "Enter");
	pty_wait(p, "K-7  Robin Madeup");
	pty_keys(p, "q");
	pty_wait(p, "Inbox (1)");
	pty_keys(p, "r");
	pty_wait(p, "Receipts for A. Invented");
	type_path(p, "receipts.bundle");
	pty_keys(p, "'A. Invented' Enter");
	pty_wait(p, "Hand");
	pty_keys(p, "q");
	leave(p);

	p = open_of(ada);
	pty_keys(p, "B Tab");
	pty_wait(p, "Bundles: Outbox");
	take_in(p, "receipts.bundle", "S. Pretend");
	pty_wait(p, "Bundles: Inbox");
	pty_wait(p, "receipts alone");
	pty_keys(p, "Tab");
	pty_wait(p, "receipts 1 of 1");
	pty_keys(p, "q");
	leave(p);
}

/* A recall is written here, and is read there after the next bundle. */
static void
a_recall_travels(void **state)
{
	struct pty *p = open_of(ada);

	(void)state;
	pty_keys(p, "B Tab");
	pty_wait(p, "receipts 1 of 1");
	pty_keys(p, "x");
	pty_wait(p, "Recall bundle");
	pty_keys(p, "Enter 'Sent with a mistake in it' Enter "
	    "'S. Pretend' Enter");
	pty_wait(p, "Recalled in 1 case.");
	pty_wait(p, "recalled");
	pty_keys(p, "Enter");
	pty_wait(p, "K-7  Robin Madeup");
	send_case(p, "again.bundle");
	pty_keys(p, "q q");
	leave(p);

	p = open_of(sam);
	pty_keys(p, "B");
	pty_wait(p, "Inbox (1)");
	take_in(p, "again.bundle", "A. Invented");
	pty_keys(p, "Enter");
	pty_wait(p, "K-7  Robin Madeup");
	pty_keys(p, "7");
	pty_wait(p, "Nobody here has answered this recall");
	pty_keys(p, "q q");
	leave(p);
	free(ada);
	free(sam);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cards_are_exchanged),
		cmocka_unit_test(a_case_goes_over_and_the_receipt_comes_back),
		cmocka_unit_test(a_recall_travels),
	};

	return cmocka_run_group_tests_name("bundles on two desks", tests,
	    desk_prepare, NULL);
}
