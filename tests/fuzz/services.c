/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The directory of services.  Every service that is taken is found by its own
 * name, its kind and each of its areas; a file with faults adds nothing.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "core/services.h"

static bool
is_found(const struct services *s, const struct services_query *q,
    const struct service *wanted)
{
	const struct service **found = calloc(s->n, sizeof(*found));
	bool has = false;
	size_t n;

	HOLDS(found != NULL);
	n = services_find(s, q, found);
	HOLDS(n <= s->n);
	for (size_t i = 0; i < n; i++)
		has = has || found[i] == wanted;
	free(found);
	return has;
}

static void
check_one(const struct services *s, const struct service *sv,
    struct str *words)
{
	struct services_query q = {.words = sv->name, .kind = sv->kind};

	HOLDS(service_kind(sv->kind) == sv->kind);
	HOLDS(sv->everywhere || sv->nareas > 0);
	HOLDS(is_found(s, &q, sv));
	for (size_t i = 0; i < sv->nareas; i++) {
		q.area = q.near = sv->areas[i];
		HOLDS(is_found(s, &q, sv));
	}
	service_reach(sv, words);
	service_areas(sv, words);
}

static void
check_all(const struct services *s)
{
	struct str words;

	str_init(&words);
	for (size_t i = 0; i < s->n; i++)
		check_one(s, &s->list[i], &words);
	HOLDS(fuzz_is_utf8(words.s, words.len));
	str_release(&words);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct services *s = services_new();
	struct faults faults;
	struct str lines;
	char *text;

	if (n > 16384) {
		services_free(s);
		return 0;
	}
	text = fuzz_text(data, n);
	faults_init(&faults, "test.yaml");
	str_init(&lines);
	if (services_add(s, text, n, &faults)) {
		HOLDS(faults.n == 0);
		check_all(s);
		/* The same file again: each id is there already. */
		HOLDS(s->n == 0 || !services_add(s, text, n, &faults));
	} else {
		HOLDS(faults.n > 0);
		HOLDS(s->n == 0);
		faults_lines(&faults, &lines);
		HOLDS(fuzz_is_utf8(lines.s, lines.len));
	}
	services_free(s);
	str_release(&lines);
	faults_release(&faults);
	free(text);
	return 0;
}
