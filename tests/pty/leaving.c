/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Taking a case out, by hand: what is typed to confirm it, and the password,
 * which is shown once on the terminal and stands nowhere else.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/pty/desk.h"

#define GROUPS 5
#define GROUP 5
#define WHY "for the case conference"

static char pdf[600], csv[600];

static void
enter(struct pty *p)
{
	pty_wait(p, "Passphrase");
	pty_keys(p, "'" PASS "' Enter");
}

static int
new_case(void **state)
{
	static const char rows[] = "child,agency,indicator,state,date,evidence\n"
	    "WREN-1,school,A1,present,2026-03-04,seen at the harbour\n";
	FILE *f;
	struct pty *p;

	if (desk_new_store(state) != 0)
		return -1;
	(void)snprintf(pdf, sizeof(pdf), "%s.pdf", desk_store());
	(void)snprintf(csv, sizeof(csv), "%s.csv", desk_store());
	f = fopen(csv, "w");
	assert_non_null(f);
	assert_true(fputs(rows, f) >= 0);
	assert_int_equal(fclose(f), 0);
	p = desk_run((const char *const[]){"import", desk_store(), csv, NULL},
	    80, 24);
	enter(p);
	return pty_end(p);
}

static struct pty *
export_with(const char *option, const char *value)
{
	const char *words[] = {"export", desk_store(), "WREN-1", pdf,
		"--reason", WHY, option, value, NULL};
	struct pty *p = desk_run(words, 80, 24);

	enter(p);
	return p;
}

static void
another_reference_is_no_consent(void **state)
{
	struct pty *p = export_with(NULL, NULL);

	(void)state;
	pty_wait(p, "Why: " WHY);
	pty_wait(p, "Type WREN-1 to go on:");
	pty_keys(p, "'WREN-2' Enter");
	pty_wait(p, "nothing was done");
	assert_int_equal(pty_end(p), 130);
	assert_int_not_equal(access(pdf, F_OK), 0);
}

/* Five groups of five of the letters that are not mistaken. */
static bool
is_password(const char *s)
{
	for (size_t i = 0; i < GROUPS * (GROUP + 1) - 1; i++)
		if (i % (GROUP + 1) == GROUP ? s[i] != '-' :
		    strchr("23456789abcdefghjkmnpqrstuvwxyz", s[i]) == NULL ||
		    s[i] == '\0')
			return false;
	return true;
}

static void
take_password(const struct pty *p, char out[64])
{
	char *text = pty_text(p);
	const char *at = strstr(text, "shown this once:");

	assert_non_null(at);
	at = strstr(at, "    ");
	assert_non_null(at);
	assert_true(is_password(at + 4));
	(void)snprintf(out, 64, "%.29s", at + 4);
	free(text);
}

/* With other people's program, where it is there. */
static void
check_it_opens(const char *password)
{
	char call[1400];

	if (system("command -v qpdf >/dev/null 2>&1") != 0) {
		print_message("qpdf is missing: the file is not opened\n");
		return;
	}
	(void)snprintf(call, sizeof(call), "qpdf --check --password=%s '%s' "
	    ">/dev/null 2>&1", password, pdf);
	assert_int_equal(system(call), 0);
	(void)snprintf(call, sizeof(call), "qpdf --check --password=%s- '%s' "
	    ">/dev/null 2>&1", password, pdf);
	assert_int_not_equal(system(call), 0);
}

static void
the_password_is_shown_once(void **state)
{
	struct pty *p = export_with(NULL, NULL);
	char password[64];
	struct stat st;

	(void)state;
	pty_wait(p, "Type WREN-1 to go on:");
	pty_keys(p, "'WREN-1' Enter");
	pty_wait(p, "shut with the password.");
	pty_wait(p, "Send it apart from the file: by telephone");
	take_password(p, password);
	assert_int_equal(pty_end(p), 0);
	assert_int_equal(stat(pdf, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	check_it_opens(password);
}

static void
unsealed_asks_for_another_word(void **state)
{
	struct pty *p = export_with("--password", "none");

	(void)state;
	pty_wait(p, "Type WREN-1 to go on:");
	pty_keys(p, "'WREN-1' Enter");
	pty_wait(p, "Type unsealed to go on:");
	pty_keys(p, "'yes' Enter");
	pty_wait(p, "nothing was done");
	assert_int_equal(pty_end(p), 130);
	assert_int_not_equal(access(pdf, F_OK), 0);
}

static void
an_own_password_is_typed_twice(void **state)
{
	struct pty *p = export_with("--password", "ask");

	(void)state;
	pty_wait(p, "Type WREN-1 to go on:");
	pty_keys(p, "'WREN-1' Enter");
	pty_wait(p, "A password for the file:");
	pty_keys(p, "'seven-herons-fly' Enter");
	pty_wait(p, "once more:");
	pty_keys(p, "'seven-herons-fly' Enter");
	pty_wait(p, "shut with the password.");
	assert_false(pty_sent(p, "herons", 6));
	assert_int_equal(pty_end(p), 0);
	check_it_opens("seven-herons-fly");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(another_reference_is_no_consent,
		    new_case),
		cmocka_unit_test_setup(the_password_is_shown_once, new_case),
		cmocka_unit_test_setup(unsealed_asks_for_another_word,
		    new_case),
		cmocka_unit_test_setup(an_own_password_is_typed_twice,
		    new_case),
	};

	return cmocka_run_group_tests_name("leaving", tests, desk_prepare,
	    NULL);
}
