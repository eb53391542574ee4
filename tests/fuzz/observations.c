/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows of a file as observations.  The first byte says whether they are for
 * a store and whether bad rows are passed over.  What is taken names items
 * that the instrument has, by text that can be kept.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "exchange/observations.h"
#include "tests/unit/memsource.h"

#define TODAY 20454

static void
check_slice(struct slice s)
{
	HOLDS(s.n == 0 || fuzz_is_utf8(s.s, s.n));
	HOLDS(s.n == 0 || memchr(s.s, '\0', s.n) == NULL);
}

static void
check_row(const struct instrument *in, const struct obs_row *row, bool whole)
{
	HOLDS(row->nmarks <= ITEMS_MAX);
	for (size_t i = 0; i < row->nmarks; i++) {
		HOLDS(row->marks[i].item < in->nitems);
		HOLDS(row->marks[i].state <= ANSWER_PRESENT);
	}
	HOLDS(row->child.n > 0 && row->child.n <= REFERENCE_MAX);
	check_slice(row->child);
	check_slice(row->agency);
	check_slice(row->evidence);
	check_slice(row->source);
	check_slice(row->name);
	HOLDS(row->age >= AGE_NONE && row->age < 200);
	HOLDS(span_is_none(&row->on) || row->on.first <= TODAY);
	if (whole && row->nmarks > 0 &&
	    row->marks[0].state >= ANSWER_SUSPECTED)
		HOLDS(!span_is_none(&row->on));
}

static void
read_rows(const struct instrument *in, struct obs *o, bool whole)
{
	const struct obs_row *row;
	struct err e;
	enum rc rc;

	for (;;) {
		rc = obs_next(o, &row, &e);
		if (rc == RC_OK && row == NULL)
			return;
		if (rc == RC_OK) {
			check_row(in, row, whole);
			continue;
		}
		HOLDS(rc == RC_INPUT && e.text[0] != '\0');
		HOLDS(fuzz_is_utf8(e.text, strlen(e.text)));
		if (!csv_can_go_on(obs_csv(o)))
			return;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const struct instrument *in = fuzz_instrument();
	struct obs_opts opts = {.latest = TODAY};
	struct memsource src;
	struct obs *o;
	struct err e;

	if (n == 0 || n > 16384)
		return 0;
	opts.instrument = in;
	opts.whole = (data[0] & 1) != 0;
	opts.csv.lenient = (data[0] & 2) != 0;
	opts.agency = (data[0] & 4) != 0 ? "school" : NULL;
	memsource_init(&src, (const char *)data + 1, n - 1, 0);
	if (obs_open(&src.src, &opts, &o, &e) == RC_OK) {
		read_rows(in, o, opts.whole);
		obs_free(o);
	} else {
		HOLDS(e.text[0] != '\0');
		HOLDS(fuzz_is_utf8(e.text, strlen(e.text)));
	}
	return 0;
}
