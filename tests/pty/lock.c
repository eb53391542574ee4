/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is left when the program locks: nothing that was typed, no passphrase
 * and no key, found by the program looking through its own memory.  And when
 * it locks: after a sleep of the machine, before ^Z, and whatever happens.
 */
#include "config.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/str.h"
#include "db/setting.h"
#include "tests/pty/desk.h"
#include "tests/pty/scan.h"
#include "tests/store/world.h"

#define NAME "Tamsin Quagmarsh"
#define SIGNED "wicker basket by the weir"
#define TYPED "seven herons before breakfast"
#define FILTER "brambleton"

enum {
	P_PASS, P_NAME, P_SIGNED, P_TYPED, P_FILTER, P_MASTER, P_PAGE, P_COUNT
};

static const char *const labels[P_COUNT] = {
	"the passphrase", "the child's name", "a signed note",
	"what was being typed", "the filter", "the master key", "the page key"
};

/* ---- looking through memory ---- */

struct looker {
	struct str env, fd_env;
	int fds[2];
};

static void
add_pattern(struct str *env, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;

	if (env->s[env->len - 1] != '=')
		str_add(env, ",");
	for (size_t i = 0; i < n; i++)
		str_add_fmt(env, "%02x", (unsigned)(p[i] ^ SCAN_MASK));
}

static void
looker_init(struct looker *l, const unsigned char master[32],
    const unsigned char page[32])
{
	static const char *const words[] = {PASS, NAME, SIGNED, TYPED, FILTER};

	str_init(&l->env);
	str_init(&l->fd_env);
	str_add(&l->env, "HEARKEN_TEST_SCAN=");
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		add_pattern(&l->env, words[i], strlen(words[i]));
	add_pattern(&l->env, master, 32);
	add_pattern(&l->env, page, 32);
	assert_int_equal(pipe(l->fds), 0);
	assert_int_equal(fcntl(l->fds[0], F_SETFD, FD_CLOEXEC), 0);
	str_add_fmt(&l->fd_env, "HEARKEN_TEST_SCAN_FD=%d", l->fds[1]);
}

static void
looker_release(struct looker *l)
{
	str_release(&l->env);
	str_release(&l->fd_env);
	(void)close(l->fds[0]);
	(void)close(l->fds[1]);
}

/* One digit for each pattern: in how many places it was found. */
static void
look(struct looker *l, struct pty *p, char found[P_COUNT + 1])
{
	size_t n = 0;
	ssize_t got;

	pty_signal(p, SIGUSR2);
	while (n < P_COUNT + 1) {
		got = read(l->fds[0], found + n, P_COUNT + 1 - n);
		assert_true(got > 0);
		n += (size_t)got;
	}
	assert_int_equal(found[P_COUNT], '\n');
	found[P_COUNT] = '\0';
}

static void
finds_nothing(struct looker *l, struct pty *p, const char *when)
{
	char found[P_COUNT + 1];
	bool clean = true;

	look(l, p, found);
	for (size_t i = 0; i < P_COUNT; i++) {
		if (found[i] == '0')
			continue;
		print_error("%s: %s is in memory at %c places\n", when,
		    labels[i], found[i]);
		clean = false;
	}
	assert_true(clean);
}

/* ---- the store's keys ---- */

static int64_t
no_time(void *ctx)
{
	(void)ctx;
	return INT64_C(1795190400000);
}

static struct store *
open_store(void)
{
	static const struct clock clock = {no_time, no_time, NULL, NULL};
	struct store_opts opts = {
		.clock = &clock, .rng = rng_system(),
		.kdf = {1, 8u << 20, 1, 8u << 20}, .allow_network_fs = true
	};
	struct secret pass;
	struct store *s = NULL;
	struct err e;

	assert_int_equal(secret_init(&pass, 64, &e), RC_OK);
	assert_true(secret_add(&pass, PASS, strlen(PASS)));
	if (store_open(desk_store(), NULL, &pass, &opts, &s, &e) != RC_OK)
		fail_msg("%s", e.text);
	secret_release(&pass);
	return s;
}

static void
read_keys(unsigned char master[32], unsigned char page[32])
{
	struct store *s = open_store();

	raw_keys(s, master, page);
	store_close(s);
}

/* ---- at the screens ---- */

static void
make_case(struct pty *p)
{
	pty_keys(p, "c '" NAME "'");
	pty_wait(p, "pen a new case for");
	pty_keys(p, "PgDn Enter");
	pty_wait(p, "F2 checks the form");
	pty_keys(p, "'K-0142' Tab Tab Tab Tab '4/3/2012' F2");
	pty_wait(p, "The case is open and signed.");
	pty_keys(p, "o Tab '" SIGNED "' F2");
	pty_wait(p, "Note: kept");
	pty_keys(p, "$");
	pty_wait(p, "signs 1 entry");
	pty_keys(p, "Enter");
	pty_wait(p, "Signed: 1 entry");
	pty_keys(p, "q");
	pty_wait(p, "1 of 1");
}

static void
work_and_type(struct pty *p)
{
	pty_keys(p, "f '" FILTER "' Enter");
	pty_wait(p, "Filter: " FILTER);
	pty_keys(p, "Esc");
	pty_wait_gone(p, "Filter: ");
	pty_wait(p, NAME);
	pty_keys(p, "/");
	pty_wait(p, "Enter go");
	pty_keys(p, "'quagm' Enter");
	pty_wait(p, "c new case");
	pty_keys(p, "Enter");
	pty_wait(p, "Direct questions");
	pty_keys(p, "3");
	pty_keys(p, "o Tab '" TYPED "'");
	pty_wait(p, TYPED);
}

/* A sanitizer keeps what is freed, and terabytes of its own to look through. */
#if defined(__SANITIZE_ADDRESS__)
static const bool own_allocator = false;
#else
static const bool own_allocator = true;
#endif

static void
nothing_is_left_in_memory(void **state)
{
	unsigned char master[32], page[32];
	const char *env[3] = {NULL, NULL, NULL};
	char found[P_COUNT + 1];
	struct looker l;
	struct pty *p;

	(void)state;
	if (!own_allocator) {
		print_message("left out: the program was built with a "
		    "sanitizer\n");
		return;
	}
	p = desk_open(80, 24);
	make_case(p);
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
	read_keys(master, page);
	looker_init(&l, master, page);
	env[0] = l.env.s;
	env[1] = l.fd_env.s;
	p = desk_start_with(env, NULL, NULL);
	pty_wait(p, "Passphrase:");
	finds_nothing(&l, p, "before unlocking");
	desk_unlock(p);
	pty_wait(p, " LIVE ");
	work_and_type(p);
	/* It would find them. */
	look(&l, p, found);
	assert_true(found[P_TYPED] > '0');
	assert_true(found[P_NAME] > '1');
	assert_true(found[P_MASTER] > '0');
	assert_true(found[P_PAGE] > '0');
	assert_int_equal(found[P_PASS], '0');
	pty_keys(p, "F9");
	pty_wait(p, "Locked.");
	pty_wait_gone(p, TYPED);
	finds_nothing(&l, p, "after F9");
	desk_unlock(p);
	pty_wait(p, TYPED);
	desk_let_pass(301000);
	pty_keys(p, "x");
	pty_wait(p, "Locked.");
	finds_nothing(&l, p, "after the idle lock");
	pty_keys(p, "Esc");
	assert_int_equal(pty_end(p), 0);
	looker_release(&l);
}

static void
opens_and_locks_after(const char *option, const char *value, int minutes)
{
	struct pty *p;

	desk_let_pass(0);
	p = desk_start_with(NULL, option, value);
	desk_unlock(p);
	pty_wait(p, "No case yet");
	desk_let_pass(minutes * 60000L - 5000);
	pty_keys(p, "?");
	pty_wait_gone(p, "No case yet");
	desk_let_pass(2 * minutes * 60000L);
	pty_keys(p, "?");
	pty_wait(p, "Locked.");
	pty_keys(p, "Esc");
	assert_int_equal(pty_end(p), 0);
}

/* As the store says; --idle says otherwise for one run. */
static void
the_store_says_when_it_is_idle(void **state)
{
	struct store *s = open_store();
	struct err e;

	(void)state;
	if (store_setting_set(s, SETTING_IDLE_MINUTES, 2, &e) != RC_OK)
		fail_msg("%s", e.text);
	store_close(s);
	opens_and_locks_after(NULL, NULL, 2);
	opens_and_locks_after("--idle", "9", 9);
}

/* Whoever opens the lid may be somebody else; --idle 0 is no leave for that. */
static void
a_sleep_locks_whatever_the_limit(void **state)
{
	struct pty *p = desk_start_with(NULL, "--idle", "0");

	(void)state;
	desk_unlock(p);
	pty_wait(p, " LIVE ");
	desk_let_pass(3600000);
	pty_keys(p, "j");
	pty_wait(p, "No case yet");
	desk_sleep(3605000, 5000);
	pty_keys(p, "q");
	pty_wait(p, "Locked.");
	desk_unlock(p);
	pty_wait(p, "No case yet");
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

static void
going_to_the_shell_locks(void **state)
{
	struct pty *p = desk_open(80, 24);

	(void)state;
	pty_keys(p, "c 'Robin Invented'");
	pty_wait(p, "Open a new case for Robin");
	/* No shell could wake it, so it comes back at once: locked. */
	pty_keys(p, "^Z");
	pty_wait(p, "Locked.");
	pty_wait_gone(p, "Robin");
	desk_unlock(p);
	pty_wait(p, "Name or reference:");
	pty_signal(p, SIGTERM);
	pty_wait_end(p);
	(void)pty_end(p);
}

/* The screen behind the lock is cleared, with what the terminal kept of it. */
static void
the_terminal_forgets(void **state)
{
	struct pty *p = desk_open(80, 24);

	(void)state;
	assert_false(pty_sent(p, "\033[3J", 4));
	pty_keys(p, "L");
	pty_wait(p, "Locked.");
	assert_true(pty_sent(p, "\033[3J", 4));
	pty_keys(p, "Esc");
	assert_int_equal(pty_end(p), 0);
}

/* Wrong passphrases count beyond the end of the program. */
static void
wrong_ones_are_remembered(void **state)
{
	char env[700];
	const char *const envs[] = {env, NULL};
	struct pty *p;

	(void)state;
	(void)snprintf(env, sizeof(env), "HEARKEN_TEST_STATE=%s.state",
	    desk_store());
	p = desk_start_with(envs, NULL, NULL);
	pty_wait(p, "Passphrase:");
	pty_keys(p, "'not this one' Enter");
	pty_wait(p, "not accepted");
	pty_keys(p, "'nor this' Enter");
	pty_wait(p, "possible in 1 s.");
	pty_keys(p, "Esc");
	assert_int_equal(pty_end(p), 0);
	p = desk_start_with(envs, NULL, NULL);
	pty_wait(p, "The last passphrases were wrong.");
	pty_wait(p, "possible in 1 s.");
	desk_let_pass(2000);
	desk_unlock(p);
	pty_wait(p, "No case yet");
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

static void
backup_to(struct pty *p, const char *folder)
{
	pty_keys(p, ": 'backup '");
	pty_paste(p, folder);
	pty_keys(p, "'/out.hearken' Enter");
}

/* Where files may be made is said when the program starts, or never. */
static void
a_backup_goes_where_it_may(void **state)
{
	const char *home = getenv("HOME");
	char path[700];
	struct pty *p = desk_open(80, 24);

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/out.hearken", home);
	if (desk_is_caged()) {
		backup_to(p, home);
		pty_wait(p, "--folder");
		assert_int_equal(access(path, F_OK), -1);
	}
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
	p = desk_start_with(NULL, "--folder", home);
	desk_unlock(p);
	pty_wait(p, " LIVE ");
	backup_to(p, home);
	pty_wait(p, "was read back");
	assert_int_equal(access(path, F_OK), 0);
	assert_int_equal(unlink(path), 0);
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
}

/* No core, although the one who runs the tests would let it be written. */
static void
an_abort_leaves_no_core(void **state)
{
	struct rlimit all;
	struct pty *p;
	int status;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_CORE, &all), 0);
	all.rlim_cur = all.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_CORE, &all), 0);
	p = desk_open(80, 24);
	pty_signal(p, SIGABRT);
	status = pty_end_status(p);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
	assert_false(WCOREDUMP(status));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(nothing_is_left_in_memory,
		    desk_new_store),
		cmocka_unit_test_setup(the_store_says_when_it_is_idle,
		    desk_new_supervisor),
		cmocka_unit_test_setup(a_sleep_locks_whatever_the_limit,
		    desk_new_store),
		cmocka_unit_test_setup(going_to_the_shell_locks,
		    desk_new_store),
		cmocka_unit_test_setup(the_terminal_forgets, desk_new_store),
		cmocka_unit_test_setup(wrong_ones_are_remembered,
		    desk_new_store),
		cmocka_unit_test_setup(a_backup_goes_where_it_may,
		    desk_new_store),
		cmocka_unit_test_setup(an_abort_leaves_no_core,
		    desk_new_store),
	};

	if (sodium_init() < 0)
		return 99;
	return cmocka_run_group_tests_name("lock", tests, desk_prepare, NULL);
}
