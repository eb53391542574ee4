/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A program on a terminal of its own: forkpty() and libvterm.  Tests send
 * keys and wait for what the screen shows; nothing sleeps for a fixed time.
 *
 * A program that tells when it is at rest (rest.h), as hearken-test does, is
 * waited for wherever keys are sent and wherever the screen is looked at: it
 * has taken all keys and drawn what came of them when pty_keys() returns, and
 * the screen is whole when a text was found on it.  Keys in one call go to it
 * at once, as a person types ahead.
 *
 *	struct pty *p = pty_start(&(struct pty_opts){
 *	    .argv = (const char *const[]){path, "STORE", NULL}});
 *	pty_wait(p, "Passphrase");
 *	pty_keys(p, "'correct horse' Enter");
 *	pty_golden(p, "cases");		// tests/pty/cases.80x24.txt
 *	pty_keys(p, "q");
 *	assert_int_equal(pty_end(p), 0);
 *
 * In a golden file rows come first, then after ---- one letter a cell for
 * its attributes: b bold, u underlined, r reverse, and capitals for
 * reverse with bold (B) or underline (U); '.' for none.  The clock at the
 * end of a row is written as hh:mm.
 */
#ifndef HEARKEN_TESTS_PTY_PTY_H
#define HEARKEN_TESTS_PTY_PTY_H

#include <stdbool.h>
#include <stddef.h>

struct pty;

struct pty_opts {
	const char *const *argv;	/* ends with NULL; argv[0] is the path */
	int w, h;			/* 0: 80x24 */
	const char *term;		/* NULL: xterm-256color; "": not set */
	const char *locale;		/* NULL: C.UTF-8 */
	const char *const *env;		/* further NAME=VALUE; ends with NULL */
};

/* Fails the test when it cannot be started. */
struct pty *pty_start(const struct pty_opts *o);
/* Waits for the end; returns the exit status, or 128 and the signal. */
int pty_end(struct pty *p);
/* The same; returns what wait(2) says. */
int pty_end_status(struct pty *p);

/* Keys by name as in keys.def, 'text' typed a character at a time. */
void pty_keys(struct pty *p, const char *keys);
/* Bytes as they are, and no wait: what is typed while the program works. */
void pty_send(struct pty *p, const char *bytes, size_t n);
/* Text between the marks of a bracketed paste. */
void pty_paste(struct pty *p, const char *text);
void pty_resize(struct pty *p, int w, int h);
void pty_signal(struct pty *p, int sig);
/* Waits until the process is stopped, as by ^Z. */
void pty_wait_stopped(struct pty *p);

/* Wait until the screen does or does not hold the text; else the test fails. */
void pty_wait(struct pty *p, const char *text);
void pty_wait_gone(struct pty *p, const char *text);
/* Returns owned what the screen holds, its rows parted by newlines. */
char *pty_text(const struct pty *p);
/* One of the two, whichever comes; then what it holds now. */
void pty_wait_either(struct pty *p, const char *a, const char *b);
bool pty_shows(const struct pty *p, const char *text);
/* Waits until the screen is as tests/pty/NAME.WxH.txt says. */
void pty_golden(struct pty *p, const char *name);
/* Also until nothing more comes: only while goldens are rewritten. */
void pty_settle(struct pty *p);
/* Waits until the program has ended and all it wrote has been read. */
void pty_wait_end(struct pty *p);

/* Where the cursor is; *on whether it is shown. */
void pty_cursor(struct pty *p, int *x, int *y, bool *on);
/* True while the alternate screen is shown. */
bool pty_on_alternate(const struct pty *p);
/* True if the bytes were ever sent to the terminal, in a row. */
bool pty_sent(const struct pty *p, const char *bytes, size_t n);
/* All bytes that were ever sent to the terminal; borrowed until the next. */
const char *pty_bytes(const struct pty *p, size_t *n);

#endif
