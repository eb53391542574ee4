/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/pty/desk.h"

#include <fcntl.h>
#include <setjmp.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char dir[256], program[512], store[512], pass[512];
static char ticks[512], ticks_env[600];
static unsigned stores;
static unsigned starts;		/* counted once there are several stores */

static void
write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

int
desk_prepare(void **state)
{
	const char *tmp = getenv("TMPDIR"), *built = getenv("HEARKEN_BUILDDIR");

	(void)state;
	if (tmp == NULL || built == NULL)
		return -1;
	(void)snprintf(dir, sizeof(dir), "%s", tmp);
	(void)snprintf(program, sizeof(program), "%s/tests/pty/hearken-test",
	    built);
	(void)snprintf(ticks, sizeof(ticks), "%s/ticks", dir);
	(void)snprintf(ticks_env, sizeof(ticks_env),
	    "HEARKEN_TEST_TICKS_FILE=%s", ticks);
	(void)snprintf(pass, sizeof(pass), "%s/pass", dir);
	write_file(pass, PASS "\n");
	return 0;
}

void
desk_let_pass(long ms)
{
	desk_sleep(ms, 0);
}

void
desk_sleep(long ms, long slept)
{
	char text[64];

	char fresh[sizeof(ticks) + 4];

	(void)snprintf(text, sizeof(text), "%ld %ld\n", ms, slept);
	(void)snprintf(fresh, sizeof(fresh), "%s.new", ticks);
	/* In one step: the program may read it at any time. */
	write_file(fresh, text);
	assert_int_equal(rename(fresh, ticks), 0);
}

const char *
desk_store(void)
{
	return store;
}

/*
 * Randomness is seeded, and begins anew with each start: two stores, and two
 * sittings in one of them, must not draw the same keys and ids.
 */
static void
seed_anew(void)
{
	char seed[16];

	if (starts == 0)
		return;
	(void)snprintf(seed, sizeof(seed), "%08u", starts++);
	assert_int_equal(setenv("HEARKEN_TEST_SEED", seed, 1), 0);
}

/*
 * Runs it to the end with the passphrase as descriptor 3; must succeed.
 * What it prints goes to the file, NULL: where the test's goes.
 */
static void
run_to(const char *out, char **argv)
{
	posix_spawn_file_actions_t files;
	int status = 1, spawned;
	pid_t pid;

	assert_int_equal(posix_spawn_file_actions_init(&files), 0);
	(void)posix_spawn_file_actions_addopen(&files, 3, pass, O_RDONLY, 0);
	(void)posix_spawn_file_actions_addopen(&files, STDERR_FILENO,
	    "/dev/null", O_WRONLY, 0);
	if (out != NULL)
		(void)posix_spawn_file_actions_addopen(&files, STDOUT_FILENO,
		    out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	spawned = posix_spawn(&pid, program, &files, NULL, argv, environ);
	(void)posix_spawn_file_actions_destroy(&files);
	assert_int_equal(spawned, 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void
run_quietly(char **argv)
{
	run_to(NULL, argv);
}

#define OUTPUT_MAX (1u << 20)

char *
desk_output(const char *command, const char *word)
{
	char cmd[32], what[64], option[] = "--passphrase-fd", fd[] = "3";
	char *argv[] = {program, cmd, store, what, option, fd, NULL};
	char path[512], *text = calloc(1, OUTPUT_MAX);
	FILE *f;

	(void)snprintf(cmd, sizeof(cmd), "%s", command);
	(void)snprintf(what, sizeof(what), "%s", word);
	(void)snprintf(path, sizeof(path), "%s/output", dir);
	seed_anew();
	run_to(path, argv);
	f = fopen(path, "r");
	assert_non_null(text);
	assert_non_null(f);
	assert_true(fread(text, 1, OUTPUT_MAX - 1, f) > 0);
	(void)fclose(f);
	return text;
}

static void
new_store_for(char *user, char *role, bool training)
{
	char word[][16] = {"init", "--user", "--role", "--passphrase-fd", "3",
	    "--no-recovery", "--training"};
	char *argv[] = {program, word[0], store, word[1], user, word[2],
	    role, word[3], word[4], word[5], training ? word[6] : NULL, NULL};

	(void)snprintf(store, sizeof(store), "%s/store%u.hearken", dir,
	    stores++);
	desk_let_pass(0);
	seed_anew();
	run_quietly(argv);
}

static void
new_store(char *user, char *role)
{
	new_store_for(user, role, false);
}

char *
desk_found(const char *user, const char *role)
{
	char who[64], what[32];

	(void)snprintf(who, sizeof(who), "%s", user);
	(void)snprintf(what, sizeof(what), "%s", role);
	starts += starts == 0;
	new_store(who, what);
	return strdup(store);
}

void
desk_turn_to(const char *path)
{
	(void)snprintf(store, sizeof(store), "%s", path);
}

int
desk_new_store(void **state)
{
	char user[] = "R. Invented", role[] = "practitioner";

	(void)state;
	new_store(user, role);
	return 0;
}

int
desk_new_supervisor(void **state)
{
	char user[] = "R. Invented", role[] = "supervisor";

	(void)state;
	new_store(user, role);
	return 0;
}

int
desk_new_training(void **state)
{
	char user[] = "R. Invented", role[] = "trainer";

	(void)state;
	new_store_for(user, role, true);
	return 0;
}

const char *
desk_rename(const char *name)
{
	char path[512];

	(void)snprintf(path, sizeof(path), "%s/%s", dir, name);
	assert_int_equal(rename(store, path), 0);
	(void)snprintf(store, sizeof(store), "%s", path);
	return store;
}

struct pty *
desk_run(const char *const *words, int w, int h)
{
	const char *argv[16] = {program};

	for (size_t i = 0; words[i] != NULL && i < 14; i++)
		argv[i + 1] = words[i];
	return pty_start(&(struct pty_opts){.argv = argv, .w = w, .h = h});
}

bool
desk_is_caged(void)
{
	const char *const words[] = {"--version", "--verbose", NULL};
	struct pty *p = desk_run(words, 100, 30);
	bool is;

	pty_wait_end(p);
	is = pty_sent(p, "files: fenced in", 16);
	(void)pty_end(p);
	return is;
}

struct pty *
desk_start(int w, int h)
{
	const char *const argv[] = {program, store, NULL};
	const char *const env[] = {ticks_env, NULL};

	seed_anew();
	return pty_start(&(struct pty_opts){
	    .argv = argv, .env = env, .w = w, .h = h});
}

struct pty *
desk_start_with(const char *const *env, const char *option,
    const char *value)
{
	const char *const argv[] = {program, store, option, value, NULL};
	const char *all[8] = {ticks_env};

	for (size_t i = 0; env != NULL && env[i] != NULL && i < 6; i++)
		all[i + 1] = env[i];
	seed_anew();
	return pty_start(&(struct pty_opts){.argv = argv, .env = all});
}

void
desk_unlock(struct pty *p)
{
	pty_wait(p, "Passphrase:");
	pty_keys(p, "'" PASS "' Enter");
}

void
desk_unlock_as(struct pty *p, const char *name, const char *words)
{
	char keys[256];

	pty_wait(p, "Name:");
	/* The line below it is painted after it. */
	pty_wait(p, " Hearken   Unlock");
	/* With the last name filled in, the passphrase is asked for first. */
	if (pty_shows(p, "Name:       R") || pty_shows(p, "Name:       Z"))
		pty_keys(p, "BackTab ^U");
	pty_paste(p, name);
	(void)snprintf(keys, sizeof(keys), "Enter '%s' Enter", words);
	pty_keys(p, keys);
}

struct pty *
desk_open(int w, int h)
{
	struct pty *p = desk_start(w, h);

	desk_unlock(p);
	pty_wait(p, " LIVE ");
	return p;
}
