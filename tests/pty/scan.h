/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A program looks through its own memory for what must not be there.  What it
 * looks for is told, and kept, with every bit of SCAN_MASK turned, so that
 * it does not find the question.
 *
 *	HEARKEN_TEST_SCAN	patterns, each in hex of the turned bytes,
 *				parted by commas
 *	HEARKEN_TEST_SCAN_FD	an open descriptor; each SIGUSR2 has one byte
 *				for every pattern written to it, the number of
 *				places (at most 9) as a digit, and a newline
 */
#ifndef HEARKEN_TESTS_PTY_SCAN_H
#define HEARKEN_TESTS_PTY_SCAN_H

#define SCAN_MASK 0x5au
#define SCAN_PATTERNS 16
#define SCAN_BYTES 64

/* Reads the environment; does nothing when it is not asked for. */
void scan_prepare(void);

#endif
