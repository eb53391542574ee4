/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The files of linkage and the names that agencies write.  The first byte
 * says which: a model comes back from its file and links without a weight
 * that is no number; a file of names is taken whole or not at all; names of
 * any bytes are standardised to words that are UTF-8, the same each time.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/link.h"

static void
link_some(const struct link_names *names, const struct link_model *m,
    const char *text, size_t n)
{
	struct links *l = links_new(names);
	struct link_result r;

	for (uint32_t i = 0; i < 6; i++) {
		size_t cut = n == 0 ? 0 : (i / 2 * 7) % n;
		struct link_raw raw = { .agency = i % 3,
		    .forename = text + cut, .surname = text,
		    .name = text, .birth = i < 4 ? 14610 : DAY_NONE,
		    .sex = 'F', .postcode = text, .nhs = text, .upn = text };

		if (i % 2 == 1)
			raw.forename = raw.surname = "";
		HOLDS(links_add(l, &raw) == i);
	}
	links_run(l, m, NULL, 0, &r);
	HOLDS(r.nupper <= r.nlower && r.nlower <= 6);
	for (size_t i = 0; i < r.npairs; i++) {
		HOLDS(isfinite(r.pairs[i].weight));
		HOLDS(r.pairs[i].a < r.pairs[i].b && r.pairs[i].b < 6);
	}
	link_result_release(&r);
	links_free(l);
}

static const struct link_model plain = {
	.id = "p", .version = "1", .prior = 0.001, .upper = 10, .lower = -5,
	.margin = 2,
	.m = { { 0.7, 0.1, 0.1, 0.1 }, { 0.7, 0.1, 0.1, 0.1 },
	    { 0.7, 0.1, 0.1, 0.1 }, { 0.9, 0, 0, 0.1 },
	    { 0.7, 0.1, 0.1, 0.1 }, { 0.9, 0, 0, 0.1 }, { 0.9, 0, 0, 0.1 } },
	.u = { { 0.1, 0.1, 0.1, 0.7 }, { 0.1, 0.1, 0.1, 0.7 },
	    { 0.1, 0.1, 0.1, 0.7 }, { 0.5, 0, 0, 0.5 },
	    { 0.1, 0.1, 0.1, 0.7 }, { 0.1, 0, 0, 0.9 }, { 0.1, 0, 0, 0.9 } },
};

static void
try_model(const char *text, size_t n, struct faults *f)
{
	struct link_model *m = link_model_parse(text, n, f), *again;
	struct str out;

	if (m == NULL) {
		HOLDS(f->n > 0);
		return;
	}
	HOLDS(f->n == 0);
	str_init(&out);
	link_model_write(m, "fuzz", &out);
	again = link_model_parse(out.s, out.len, f);
	/* What is less than 12 places is 0 in the file. */
	HOLDS(again != NULL || f->n > 0);
	link_some(NULL, m, "Ruth Invented", 13);
	link_model_free(again);
	link_model_free(m);
	str_release(&out);
}

static void
try_names(const char *text, size_t n, struct faults *f)
{
	struct link_names *names = link_names_new();

	if (link_names_add(names, text, n, f)) {
		HOLDS(f->n == 0);
		link_some(names, &plain, "Zo\xc3\xab Mc Donald-Smith", 21);
	} else {
		HOLDS(f->n > 0);
	}
	link_names_free(names);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct faults faults;
	struct str lines;
	char *text;

	if (n < 1 || n > 16384)
		return 0;
	text = fuzz_text(data + 1, n - 1);
	faults_init(&faults, "test.yaml");
	str_init(&lines);
	if (data[0] == 'm')
		try_model(text, n - 1, &faults);
	else if (data[0] == 'n')
		try_names(text, n - 1, &faults);
	else
		link_some(NULL, &plain, text, strlen(text));
	faults_lines(&faults, &lines);
	HOLDS(fuzz_is_utf8(lines.s, lines.len));
	str_release(&lines);
	faults_release(&faults);
	free(text);
	return 0;
}
