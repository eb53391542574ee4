/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The first screen of a training store in the real program: a session is
 * gone through again and comes back after a lock, the log is added to, a
 * study is taken in from a file beside the store.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/pty/desk.h"

static struct pty *
unlocked(void)
{
	struct pty *p = desk_start(80, 24);

	desk_unlock(p);
	pty_wait(p, "Case studies");
	return p;
}

static void
leave(struct pty *p)
{
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

static void
the_first_use_says_what_to_do(void **state)
{
	struct pty *p = unlocked();

	(void)state;
	pty_wait(p, "Choose a case study and press Enter");
	pty_golden(p, "train-first");
	pty_keys(p, "?");
	pty_wait(p, "The first screen of a training store");
	pty_keys(p, "q");
	pty_wait(p, "Case studies");
	pty_keys(p, "':queue' Enter");
	pty_wait(p, ":queue is for a store of real cases");
	leave(p);
}

static void
a_session_is_gone_through_again(void **state)
{
	struct pty *p = unlocked();

	(void)state;
	pty_keys(p, "/ 'headset' Enter Enter");
	pty_wait(p, "> How");
	pty_keys(p, "Enter Enter 'Spring' Enter");
	pty_wait(p, "Told by: School, form tutor");
	pty_keys(p, "q");
	pty_wait(p, "Go on");
	pty_keys(p, "Home p");
	pty_wait(p, "The session was begun: The voice in the headset");
	pty_wait(p, "Sitting: Spring");
	pty_keys(p, "Right");
	pty_wait(p, "Stage 1 was shown");
	pty_keys(p, "L");
	pty_wait(p, "Passphrase");
	desk_unlock(p);
	pty_wait(p, "2 of 2, ");
	pty_wait(p, "Nothing was answered yet.");
	pty_keys(p, "q");
	pty_wait(p, "the-headset-1");
	pty_keys(p, "t");
	pty_wait(p, "Nothing is to be asked again.");
	pty_keys(p, "q");
	pty_wait(p, "Case studies");
	leave(p);
}

static void
the_log_is_kept(void **state)
{
	struct pty *p = unlocked();

	(void)state;
	pty_keys(p, "l");
	pty_wait(p, "Your training log is empty.");
	pty_keys(p, "a");
	pty_wait(p, "What you did");
	pty_keys(p, "Tab 'A morning about phones' Tab Right Tab '90' F9");
	pty_wait(p, "Passphrase");
	desk_unlock(p);
	pty_wait(p, "Your training log is empty.");
	pty_keys(p, "a");
	pty_wait(p, "A morning about phones");
	pty_keys(p, "F2");
	pty_wait(p, "2026: 1 entry, 1 hour 30 minutes");
	pty_keys(p, "q");
	pty_wait(p, "1 entry this year, 90 minutes");
	leave(p);
}

/* Beside the store, where the program may read; returns owned its path. */
static char *
beside(const char *name, const char *text)
{
	const char *store = desk_store(), *slash = strrchr(store, '/');
	char path[600];
	FILE *f;

	assert_non_null(slash);
	(void)snprintf(path, sizeof(path), "%.*s/%s", (int)(slash - store),
	    store, name);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
	return strdup(path);
}

static char *
content(const char *name)
{
	char path[600], *text = calloc(1, 100000);
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s",
	    getenv("HEARKEN_SRCDIR"), name);
	f = fopen(path, "r");
	assert_non_null(f);
	assert_non_null(text);
	assert_true(fread(text, 1, 99999, f) > 0);
	(void)fclose(f);
	return text;
}

static void
take(struct pty *p, const char *path)
{
	pty_keys(p, "a");
	pty_wait(p, "Study file:");
	pty_paste(p, path);
	pty_keys(p, "Enter");
}

static void
a_study_is_taken_in(void **state)
{
	char *text = content("content/studies/the-headset.yaml");
	char *id = strstr(text, "id: the-headset");
	char *good, *bad;
	struct pty *p;

	(void)state;
	assert_non_null(id);
	memcpy(id, "id: our-headset", strlen("id: our-headset"));
	good = beside("ours.yaml", text);
	memcpy(id, "xx", 2);
	bad = beside("bad.yaml", text);
	p = unlocked();
	take(p, bad);
	pty_wait(p, "is not taken in yet");
	pty_wait(p, "bad.yaml:8:1: ");
	pty_keys(p, "q");
	pty_wait(p, "Case studies");
	take(p, good);
	pty_wait(p, "Taken in: The voice in the headset");
	pty_keys(p, "/ 'our-headset' Enter");
	pty_wait(p, "Taken in from a file of your own.");
	pty_keys(p, "Esc");
	pty_wait(p, "Four small things");
	leave(p);
	free(text);
	free(good);
	free(bad);
}

int
main(void)
{
#define T(fn) cmocka_unit_test_setup(fn, desk_new_training)
	const struct CMUnitTest tests[] = {
		T(the_first_use_says_what_to_do),
		T(a_session_is_gone_through_again),
		T(the_log_is_kept),
		T(a_study_is_taken_in),
	};

	return cmocka_run_group_tests_name("trainhome", tests, desk_prepare,
	    NULL);
}
