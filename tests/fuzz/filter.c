/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The filter language.  What is taken is taken again in the same way; a
 * fault has its place inside the text.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "core/query.h"

static bool
level_known(const char *id, void *ctx)
{
	(void)ctx;
	return strcmp(id, "high") == 0 || strcmp(id, "potential") == 0;
}

static void
check_query(const struct query *q, bool utf8)
{
	for (size_t i = 0; i < q->n; i++) {
		const struct query_term *t = &q->terms[i];

		HOLDS(t->key < QUERY_KEYS && t->op <= QUERY_GE);
		HOLDS(t->text == NULL || !utf8 ||
		    fuzz_is_utf8(t->text, strlen(t->text)));
	}
}

static const char *
name(size_t i, void *ctx)
{
	static const char *const names[] = {"high", "A. Name, with a comma"};

	(void)ctx;
	return i < 2 ? names[i] : NULL;
}

/* What stands before the last word is kept, whatever is offered. */
static void
check_completion(const char *text)
{
	static const struct query_choices c = {name, name, name, NULL};
	struct str out;

	str_init(&out);
	for (size_t i = 0; i < 4; i++) {
		str_clear(&out);
		if (!query_complete(text, &c, i, &out))
			break;
		HOLDS(out.len > 0);
	}
	str_clear(&out);
	query_hint(text, &c, &out);
	str_release(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const struct query_context qc = {
		INT64_C(1767261600000), 20454, level_known, NULL
	};
	struct query q, again;
	struct err e;
	size_t at = 0;
	char *text;

	if (n > 4096)
		return 0;
	text = fuzz_text(data, n);
	check_completion(text);
	if (query_parse(text, &qc, &q, &at, &e) == RC_OK) {
		check_query(&q, fuzz_is_utf8(text, n));
		HOLDS(query_parse(text, &qc, &again, &at, &e) == RC_OK);
		HOLDS(again.n == q.n);
		query_release(&again);
		query_release(&q);
	} else {
		HOLDS(at <= strlen(text));
		fuzz_message(&e, text);
	}
	free(text);
	return 0;
}
