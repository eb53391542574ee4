/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the commands' lists are made of, whatever their rows: a column of
 * text, a cell of CSV, a member of a JSON object, and the way to stdout.
 */
#ifndef HEARKEN_CLI_ROW_H
#define HEARKEN_CLI_ROW_H

#include "core/str.h"
#include "exchange/out.h"

/* Appends text cut or filled up to so many columns, and a blank. */
void row_column(struct str *line, const char *text, int columns);
/* A cell and what stands behind it: "," or the end of the row. */
void row_csv(struct out *o, const char *text, const char *after);
/* `, "key": "text"` */
void row_json(struct out *o, const char *key, const char *text);
/* An out_fn to stdout; ctx is not looked at. */
bool row_say(const char *bytes, size_t n, void *ctx);

#endif
