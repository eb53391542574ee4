/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of `hearken joined`, as text, CSV or JSON. */
#ifndef HEARKEN_CLI_JOINED_ROWS_H
#define HEARKEN_CLI_JOINED_ROWS_H

#include <jansson.h>

#include "cli/format.h"
#include "core/services.h"
#include "db/joined.h"
#include "exchange/out.h"

struct joined_rows {
	const struct facts *f;
	const struct services *services;	/* may be NULL */
	enum format format;
	struct out out;
	json_t *json;
	size_t n;
	int group;		/* of the row before; -1: none */
};
/* All borrowed. */
void joined_rows_begin(struct joined_rows *r, const struct facts *f,
    const struct services *services, enum format format);
/* A store_joined_fn; ctx is the joined_rows. */
bool joined_rows_take(const struct joined_row *row, void *ctx);
/* Releases; whole: nothing failed, and JSON is written. */
void joined_rows_end(struct joined_rows *r, bool whole);

#endif
