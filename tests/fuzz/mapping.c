/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Mappings of columns.  One that is taken is written so that it reads back as
 * the same, and a check of it against an instrument says something whenever
 * it refuses.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "core/mapping.h"

static void
check_codes(const struct map_codes *c)
{
	for (size_t i = 0; i < c->n; i++)
		HOLDS(mapping_code(c, c->list[i].theirs,
		    strlen(c->list[i].theirs)) != NULL);
}

static void
check_again(const struct mapping *m)
{
	struct faults faults;
	struct mapping *again;
	struct str one, two;

	str_init(&one);
	str_init(&two);
	faults_init(&faults, "again.yaml");
	mapping_write(m, &one);
	HOLDS(fuzz_is_utf8(one.s, one.len));
	again = mapping_parse(one.s, one.len, &faults);
	HOLDS(again != NULL);
	mapping_write(again, &two);
	HOLDS(strcmp(one.s, two.s) == 0);
	HOLDS(strlen(again->hash) == 64);
	mapping_free(again);
	faults_release(&faults);
	str_release(&one);
	str_release(&two);
}

static void
check_all(const struct mapping *m)
{
	struct faults faults;
	struct str lines;

	HOLDS(m->columns[MAP_CHILD] != NULL);
	HOLDS(m->wide ? m->items.n > 0 : m->columns[MAP_INDICATOR] != NULL);
	check_codes(&m->items);
	for (size_t i = 0; i < MAP_FIELDS; i++)
		check_codes(&m->codes[i]);
	faults_init(&faults, "test.yaml");
	str_init(&lines);
	HOLDS(mapping_check(m, fuzz_instrument(), &faults) ==
	    (faults.n == 0));
	faults_lines(&faults, &lines);
	HOLDS(fuzz_is_utf8(lines.s, lines.len));
	str_release(&lines);
	faults_release(&faults);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct faults faults;
	struct mapping *m;
	struct str lines;
	char *text;

	if (n > 16384)
		return 0;
	text = fuzz_text(data, n);
	faults_init(&faults, "test.yaml");
	str_init(&lines);
	m = mapping_parse(text, n, &faults);
	HOLDS((m != NULL) == (faults.n == 0));
	if (m != NULL) {
		check_again(m);
		check_all(m);
	}
	faults_lines(&faults, &lines);
	HOLDS(fuzz_is_utf8(lines.s, lines.len));
	mapping_free(m);
	str_release(&lines);
	faults_release(&faults);
	free(text);
	return 0;
}
