/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files of the terminal of tests share.
 */
#ifndef HEARKEN_TESTS_PTY_PTY_IMPL_H
#define HEARKEN_TESTS_PTY_PTY_IMPL_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <vterm.h>

#include "core/str.h"
#include "tests/pty/rest.h"

/* Longer than the slowest machine takes for one step of a test. */
#define LIMIT_MS 60000
#define STEP_MS 5	/* between two looks at what cannot be polled */

struct pty {
	pid_t pid;
	int fd, w, h;
	bool closed;
	VTerm *vt;
	VTermScreen *screen;
	bool cursor_on, alternate;
	struct str sent;	/* every byte that came from the program */
	struct rest rest;
};

int64_t pty_ticks(void);
/* Reads what waits, for at most ms; false when nothing came. */
bool pty_take_output(struct pty *p, int ms);
/* True, with all that it wrote taken, when the program is at rest. */
bool pty_rests(struct pty *p);
/* Appends the rows, or with attrs one letter a cell for their looks. */
void pty_add_screen(const struct pty *p, bool attrs, struct str *out);

#endif
