/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When a program under test is at rest: it has read every byte that was sent
 * to it, has drawn what came of them, and waits for the next.  A test that
 * looks at the screen only then does not depend on how fast either of them
 * is.
 *
 * The program shares a page of memory with the test, and the linker gives it
 * poll() and ppoll() that write there when they begin and end to wait
 * (tests/pty/resting.c).  What was sent and not yet read, the test asks the
 * terminal itself.
 */
#ifndef HEARKEN_TESTS_PTY_REST_H
#define HEARKEN_TESTS_PTY_REST_H

#include <stdatomic.h>
#include <stdbool.h>
#include <sys/types.h>

/* Names the descriptor of the page in the program's environment. */
#define REST_ENV "HEARKEN_TEST_REST_FD"

enum rest_state {
	REST_UNTOLD,	/* the program is not one that tells */
	REST_WORKS,
	REST_WAITS
};

struct rest_page {
	atomic_int state;
	atomic_uint wakes;	/* how often a wait has ended */
};

/* ---- on the side of the program ---- */

/* First of all; does nothing when no test asks. */
void rest_tell(void);

/* ---- on the side of the test ---- */

struct rest {
	struct rest_page *page;
	int fd;
	char terminal[64];	/* the program's side of it */
	bool owed;		/* a signal is on its way: */
	unsigned wakes;		/* more of them than these */
};

/* Before the program is started; fails the test when there is no memory. */
void rest_init(struct rest *r);
void rest_release(struct rest *r);
/* In the child that becomes the program. */
void rest_hand_over(const struct rest *r);
/* Just before a signal that the program takes between two turns. */
void rest_expect_wake(struct rest *r);
/* True also when it has ended or is stopped, and when it does not tell. */
bool rest_reached(struct rest *r, pid_t pid);

#endif
