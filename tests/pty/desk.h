/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a test of the screens finds on the desk: the program with the tests'
 * clock, a store of its own, its passphrase, and the clock that counts idle
 * time.
 */
#ifndef HEARKEN_TESTS_PTY_DESK_H
#define HEARKEN_TESTS_PTY_DESK_H

#include "tests/pty/pty.h"

#define PASS "invented words for testing only"

/* cmocka group setup: fails when the test does not run under tests/run. */
int desk_prepare(void **state);
/* cmocka setup: a new, empty store; idle time starts at 0. */
int desk_new_store(void **state);
/* The same, of a supervisor, who may let others in. */
int desk_new_supervisor(void **state);
/* The same, of a trainer, in a store made for training. */
int desk_new_training(void **state);
/*
 * In a test of several stores: makes one more, with PASS, founded by user in
 * the role, and turns to it.  Returns owned where it is.
 */
char *desk_found(const char *user, const char *role);
/* From now on the store is this one. */
void desk_turn_to(const char *path);
/* Returns owned what `hearken COMMAND STORE WORD` prints. */
char *desk_output(const char *command, const char *word);
/* Adds to the clock that counts idle time and waits. */
void desk_let_pass(long ms);
/* The same, and for so long of it the machine sleeps. */
void desk_sleep(long ms, long slept);
/* Where the store is. */
const char *desk_store(void);

/* Calls the store's file NAME instead, in the same folder; returns its path. */
const char *desk_rename(const char *name);

/* The program with these words, which end with NULL, on a terminal. */
struct pty *desk_run(const char *const *words, int w, int h);
/* True where the kernel and the build fence the program's files in. */
bool desk_is_caged(void);
/* The program on the store, as it starts: locked. */
struct pty *desk_start(int w, int h);
/* With more in the environment (NAME=VALUE, then NULL) and at the end. */
struct pty *desk_start_with(const char *const *env, const char *option,
    const char *value);
void desk_unlock(struct pty *p);
/* In a store of several people: as one of them. */
void desk_unlock_as(struct pty *p, const char *name, const char *words);
/* The same, unlocked, with the list of cases. */
struct pty *desk_open(int w, int h);

#endif
