/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All that the command line says.  say() is for results and goes to stdout,
 * tell() for everything else and goes to stderr.  Towards a terminal both
 * pass through the filter that makes control bytes visible, and are written
 * in the terminal's own charset.  Towards a file or pipe bytes go as they are.
 */
#ifndef HEARKEN_CLI_PRINT_H
#define HEARKEN_CLI_PRINT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"

void say(const char *fmt, ...) PRINTF_LIKE(1, 2);
void say_n(const char *bytes, size_t n);
/*
 * One JSON value, sorted keys, two spaces of indent, ASCII, six digits of a
 * number that is not whole, and a newline.
 */
void say_json(const json_t *value);
void tell(const char *fmt, ...) PRINTF_LIKE(1, 2);
/*
 * tell() of one line and its newline.  On a terminal a newline or tab inside
 * it, as from the name of a file, is shown as a symbol.
 */
void tell_line(const char *fmt, ...) PRINTF_LIKE(1, 2);
/*
 * Shows how far work has come, over what it showed before; "" clears it.
 * text is the program's own ASCII.  Nothing when stderr is no terminal.
 */
void tell_status(const char *text);

/* Text for people, wrapped, each line behind the indent. */
void say_wrapped(const char *indent, const char *text);
/* The same of "Source: " and a text; nothing of an empty text. */
void say_labelled(const char *indent, const char *label, const char *text);

bool print_out_is_tty(void);
bool print_err_is_tty(void);
/* Flushes stdout; RC_SYSTEM or RC_NOSPACE if any result was not written. */
NODISCARD enum rc print_finish(struct err *e);

#endif
