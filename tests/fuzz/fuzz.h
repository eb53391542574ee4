/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the harnesses share.  One harness a file: it takes any bytes, hands
 * them to one parser and checks what must hold of the answer.  libFuzzer
 * drives it in `make fuzz', replay.c over the committed corpus in
 * `make check'.
 */
#ifndef HEARKEN_TESTS_FUZZ_FUZZ_H
#define HEARKEN_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Always 0; a fault ends the program. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Ends the program, naming the place, unless it holds. */
#define HOLDS(what) \
	((what) ? (void)0 : fuzz_broken(__FILE__, __LINE__, #what))
_Noreturn void fuzz_broken(const char *file, int line, const char *what);

/* Returns owned the bytes with a NUL behind them, in memory of that size. */
char *fuzz_text(const uint8_t *data, size_t n);

/* True if the bytes are UTF-8, told without the code under test. */
int fuzz_is_utf8(const char *s, size_t n);

struct err;
/*
 * What is said of text that was refused: something, and UTF-8 if the text
 * was.  (What was not is quoted as it came, and filtered where it is shown.)
 */
void fuzz_message(const struct err *e, const char *text);

struct instrument;
/* A small one with sections A and B, a question and a setting; kept. */
struct instrument *fuzz_instrument(void);

#endif
