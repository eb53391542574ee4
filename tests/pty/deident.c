/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A study made from a case, by keyboard in the real program: one makes it,
 * may not sign it, another does; the file holds no name, and is a study.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/pty/desk.h"

#define ZOE "Zo\xC3\xAB O'Brien-\xC3\x91" "and\xC3\xBA \xE7\x8E\x8B"
#define MAKER "Ada Madeup"
#define SIGNER "R. Invented"
#define FIRST "words that the supervisor gave"
#define OWN "words of their very own choosing"

static char csv[600], file[600];

static void
write_rows(void)
{
	static const char rows[] =
	    "child,agency,indicator,state,date,evidence,name,dob\n"
	    "WREN-1,school,B1,present,2026-03-04,"
	    "Zo\xC3\xAB was met by Marko on 3 March 2026," ZOE ",2012-05-06\n"
	    "WREN-1,school,A1,present,2026-03-04,"
	    "O\xE2\x80\x99" "Brien-Nandu is in the register," ZOE
	    ",2012-05-06\n";
	FILE *f = fopen(csv, "w");

	assert_non_null(f);
	assert_true(fputs(rows, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

/* A supervisor's store with a case, and a practitioner let in. */
static int
two_people(void **state)
{
	struct pty *p;

	if (desk_new_supervisor(state) != 0)
		return -1;
	(void)snprintf(csv, sizeof(csv), "%s.csv", desk_store());
	(void)snprintf(file, sizeof(file), "%s.yaml", desk_store());
	write_rows();
	p = desk_run((const char *const[]){"import", desk_store(), csv, NULL},
	    80, 24);
	pty_wait(p, "Passphrase");
	pty_keys(p, "'" PASS "' Enter");
	assert_int_equal(pty_end(p), 0);
	p = desk_open(80, 24);
	pty_keys(p, "U a");
	pty_wait(p, "Let a person in");
	pty_keys(p, "'" MAKER "' Enter Enter '" FIRST "' Enter '" FIRST
	    "' Enter");
	pty_wait(p, "has access now.");
	pty_keys(p, "q q");
	return pty_end(p);
}

static void
leave(struct pty *p)
{
	pty_keys(p, ": 'quit' Enter");
	assert_int_equal(pty_end(p), 0);
}

static struct pty *
come_in(const char *name, const char *words)
{
	struct pty *p = desk_start(80, 24);

	desk_unlock_as(p, name, words);
	return p;
}

static void
open_study(struct pty *p)
{
	pty_keys(p, ": 'study WREN-1' Enter");
	pty_wait(p, "A study made from WREN-1");
}

/* A line each, by hand. */
static void
go_through(struct pty *p)
{
	pty_wait(p, "2 of 2 lines wait");
	/* What only a person knows of. */
	pty_keys(p, "a");
	pty_wait(p, "Replace something else");
	pty_keys(p, "'Marko' Enter Enter 'a man' Enter");
	pty_wait(p, "Replaced wherever it stands");
	pty_keys(p, "n p");
	pty_wait(p, "1 waits");
	pty_keys(p, "q");
	pty_wait(p, "is kept, encrypted");
	pty_keys(p, ": 'study' Enter");
	pty_wait(p, "1 waits");
	pty_keys(p, "$");
	pty_wait(p, "Nothing passes by itself");
	pty_keys(p, "n e");
	pty_wait(p, "Write the line anew");
	pty_keys(p, "M-> ^U 'Somebody older was there.' F2");
	pty_wait(p, "$ makes the study");
}

static void
make_it(struct pty *p)
{
	pty_keys(p, "$");
	pty_wait(p, "Make the study");
	pty_keys(p, "'the-harbour' Enter 'By the harbour' Enter "
	    "'To ask who met whom' Enter 'That a friend may be none' Enter "
	    "'What is not known?' Enter Enter");
	pty_wait(p, "What may still identify");
	pty_wait(p, "1 of 1");
	pty_keys(p, "$");
	pty_wait(p, "Keep this study");
	pty_keys(p, "'the-harbour' Enter");
	pty_wait(p, "Kept; what you worked on is dropped");
}

static void
sign_in(struct pty *p)
{
	pty_keys(p, ": 'studies' Enter");
	pty_wait(p, "the-harbour, made by " MAKER);
	pty_keys(p, "Enter");
	pty_wait(p, "The study the-harbour");
	pty_keys(p, "$ 'Nobody could tell' Enter 'the-harbour' Enter");
}

static char *
read_file(void)
{
	static char text[65536];
	FILE *f = fopen(file, "r");
	size_t n;

	assert_non_null(f);
	n = fread(text, 1, sizeof(text) - 1, f);
	assert_int_equal(fclose(f), 0);
	text[n] = '\0';
	return text;
}

/* By the command line; returns the exit code after the words were shown. */
static int
command(const char *what, const char *study, const char *shows)
{
	const bool signs = strcmp(what, "sign") == 0;
	const bool decides = signs || strcmp(what, "return") == 0;
	const char *const words[] = {"deident", what, desk_store(),
	    "--user", SIGNER, study, decides ? "--reason" : NULL,
	    "read again", signs ? "--yes" : NULL, NULL};
	struct pty *p = desk_run(words, 100, 60);
	int code;

	pty_wait(p, "Passphrase");
	pty_keys(p, "'" PASS "' Enter");
	pty_wait(p, shows);
	code = pty_end(p);
	return code;
}

static void
commands_tell_the_same(void)
{
	assert_int_equal(command("list", NULL, "signed on"), 0);
	assert_int_equal(command("show", "the-harbour",
	    "What may still identify"), 0);
	assert_int_not_equal(command("sign", "the-harbour",
	    "was signed by " SIGNER " already"), 0);
	assert_int_not_equal(command("return", "the-harbour",
	    "was signed by " SIGNER " already"), 0);
}

/* The file by the command line, and once only; then it is checked. */
static void
write_it(void)
{
	struct stat st;
	struct pty *p;
	const char *text;

	for (int again = 0; again < 2; again++) {
		p = desk_run((const char *const[]){"deident", "write",
		    desk_store(), "the-harbour", file, "--user", SIGNER,
		    NULL}, 80, 24);
		pty_wait(p, "Passphrase");
		pty_keys(p, "'" PASS "' Enter");
		if (again == 0)
			assert_int_equal(pty_end(p), 0);
		else
			assert_int_not_equal(pty_end(p), 0);
	}
	assert_int_equal(stat(file, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	text = read_file();
	assert_null(strstr(text, "Zo"));
	assert_null(strstr(text, "Brien"));
	assert_null(strstr(text, "Nandu"));
	assert_null(strstr(text, "\xE7\x8E\x8B"));
	assert_null(strstr(text, "Marko"));
	assert_null(strstr(text, "WREN"));
	assert_null(strstr(text, "2012"));
	assert_null(strstr(text, "2026-03-04"));
	assert_non_null(strstr(text, "Somebody older was there."));
	p = desk_run((const char *const[]){"study", "check", file, NULL}, 80,
	    24);
	assert_int_equal(pty_end(p), 0);
}

static void
one_makes_it_and_another_signs(void **state)
{
	struct pty *p = come_in(MAKER, FIRST);

	(void)state;
	pty_wait(p, "First choose a passphrase of your own");
	pty_keys(p, "'" FIRST "' Enter '" OWN "' Enter '" OWN "' Enter");
	pty_wait(p, "Your passphrase is changed.");
	open_study(p);
	go_through(p);
	make_it(p);
	sign_in(p);
	pty_wait(p, "signed or given back by a");
	pty_keys(p, "Esc q q");
	/* What one worked on is gone: it would begin anew. */
	open_study(p);
	pty_wait(p, "2 of 2 lines wait");
	leave(p);
	p = come_in(SIGNER, PASS);
	pty_wait(p, "1 study made from a case waits");
	sign_in(p);
	pty_wait(p, "Signed. w writes it to a file.");
	leave(p);
	commands_tell_the_same();
	write_it();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(one_makes_it_and_another_signs,
		    two_people),
	};

	return cmocka_run_group_tests_name("deident", tests, desk_prepare,
	    NULL);
}
