/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A return of an agency that nobody knows: a mapping is guessed for it, which
 * reads back as it is, and the return is read through it to its end, with who
 * each row is about.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "exchange/guess.h"
#include "exchange/rowident.h"
#include "tests/unit/memsource.h"

#define TODAY 20454

static void
read_rows(struct obs *o, const struct instrument *in)
{
	const struct obs_row *row;
	json_t *body;
	struct err e;
	enum rc rc;

	for (;;) {
		err_clear(&e);
		rc = obs_next(o, &row, &e);
		if (rc == RC_OK && row == NULL)
			return;
		if (rc == RC_OK) {
			HOLDS(row->child.n <= REFERENCE_MAX);
			for (size_t i = 0; i < row->nmarks; i++)
				HOLDS(row->marks[i].item < in->nitems);
			rc = rowident_body(o, row, &body, &e);
			HOLDS(rc == RC_OK || body == NULL);
			json_decref(body);
		}
		HOLDS(rc == RC_OK || e.text[0] != '\0');
		HOLDS(fuzz_is_utf8(e.text, strlen(e.text)));
		if (rc != RC_OK && !csv_can_go_on(obs_csv(o)))
			return;
	}
}

static void
read_by(const struct mapping *m, const uint8_t *data, size_t n)
{
	const struct instrument *in = fuzz_instrument();
	struct obs_opts opts = {.instrument = in, .latest = TODAY,
	    .mapping = m, .whole = n % 2 == 0, .agency = "Invented"};
	struct memsource src;
	struct obs *o = NULL;
	struct faults f;
	struct err e;

	faults_init(&f, "guess");
	if (mapping_check(m, in, &f)) {
		opts.csv.lenient = true;
		memsource_init(&src, (const char *)data, n, 0);
		err_clear(&e);
		if (obs_open(&src.src, &opts, &o, &e) == RC_OK)
			read_rows(o, in);
		obs_free(o);
	}
	faults_release(&f);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct guess_opts opts = {.instrument = fuzz_instrument(),
	    .today = TODAY};
	struct guess *g = NULL;
	struct memsource src;
	struct mapping *m;
	struct faults f;
	struct str text;
	struct err e;

	if (n > 16384)
		return 0;
	err_clear(&e);
	memsource_init(&src, (const char *)data, n, 0);
	if (mapping_guess(&src.src, &opts, &g, &e) != RC_OK) {
		HOLDS(e.text[0] != '\0');
		return 0;
	}
	faults_init(&f, "guess");
	str_init(&text);
	guess_write(g, &text);
	HOLDS(fuzz_is_utf8(text.s, text.len));
	m = mapping_parse(text.s, text.len, &f);
	if (m != NULL)
		read_by(m, data, n);
	mapping_free(m);
	str_release(&text);
	faults_release(&f);
	guess_free(g);
	return 0;
}
