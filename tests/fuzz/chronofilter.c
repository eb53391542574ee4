/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The filter of a chronology.  What is taken is taken again in the same way
 * and judges an entry without harm; a fault has its place inside the text.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "core/chronofilter.h"

/* An entry of a newer version, and one that is struck by nobody. */
static void
judge(const struct chronofilter *f)
{
	struct record r;
	struct reading g = {NULL, NULL, NULL};
	struct chronology_row row;

	memset(&r, 0, sizeof(r));
	memcpy(r.entry.kind, "omen", sizeof("omen"));
	r.entry.on = span_of_day(20454);
	r.validity = RECORD_UNKNOWN_KIND;
	row = chronology_row_of(&r);
	HOLDS(row.on.first == 20454);
	HOLDS(chronofilter_holds(f, &g, &row) ||
	    f->n > 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct chronofilter f, again;
	struct err e;
	size_t at = 0;
	char *text;

	if (n > 4096)
		return 0;
	text = fuzz_text(data, n);
	if (chronofilter_parse(text, &f, &at, &e) == RC_OK) {
		HOLDS(chronofilter_parse(text, &again, &at, &e) == RC_OK);
		HOLDS(again.n == f.n);
		judge(&f);
		chronofilter_release(&again);
		chronofilter_release(&f);
	} else {
		HOLDS(f.n == 0 && at <= strlen(text));
		fuzz_message(&e, text);
	}
	free(text);
	return 0;
}
