/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where results go: a function that the caller hands down, and a buffer in
 * front of it with the few forms that results are written in.  Nothing in
 * exchange/ prints by itself.
 */
#ifndef HEARKEN_EXCHANGE_OUT_H
#define HEARKEN_EXCHANGE_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/str.h"

/* Takes n bytes; false when no more can be taken. */
typedef bool (*out_fn)(const char *bytes, size_t n, void *ctx);

struct out {
	out_fn fn;
	void *ctx;
	struct str pending;
	bool failed;
};

void out_init(struct out *o, out_fn fn, void *ctx);
void out_release(struct out *o);
void out_add(struct out *o, const char *s);
void out_add_n(struct out *o, const char *s, size_t n);
void out_add_fmt(struct out *o, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Hands the buffer on when it is large; only between whole lines. */
void out_settle(struct out *o);
/* Hands all on; false if the receiver ever refused. */
bool out_finish(struct out *o);

/*
 * A CSV cell, quoted where needed.  A cell that a spreadsheet would run as a
 * formula (it begins with = + - @ tab or CR) gets an apostrophe in front.
 */
bool out_runs_as_formula(char c);
void out_csv_cell(struct out *o, const char *s, size_t n);
/* A JSON string with its quotes, in ASCII; s is UTF-8. */
void out_json_string(struct out *o, const char *s, size_t n);

#endif
