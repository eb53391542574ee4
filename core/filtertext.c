/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/filtertext.h"

#include <string.h>

#include "core/xalloc.h"

static void
skip_spaces(struct filter_text *r)
{
	while (r->text[r->at] == ' ' || r->text[r->at] == '\t')
		r->at++;
}

char *
filter_value(struct filter_text *r, bool *quoted)
{
	const char *from = r->text + r->at;
	size_t n;

	*quoted = *from == '"';
	if (*quoted) {
		n = strcspn(from + 1, "\"");
		if (from[n + 1] != '"') {
			err_set(r->e, RC_INPUT,
			    "this quotation mark is never closed");
			return NULL;
		}
		r->at += n + 2;
		return xstrndup(from + 1, n);
	}
	n = strcspn(from, " \t");
	r->at += n;
	return xstrndup(from, n);
}

static bool
take_word(struct filter_text *r, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(r->text + r->at, word, n) != 0 ||
	    (r->text[r->at + n] != ' ' && r->text[r->at + n] != '\0'))
		return false;
	r->at += n;
	skip_spaces(r);
	return true;
}

static bool
take_not(struct filter_text *r)
{
	bool not = take_word(r, "not");

	if (r->text[r->at] != '-')
		return not;
	r->at++;
	return !not;
}

enum rc
filter_terms(struct filter_text *r, filter_term_fn fn, void *ctx)
{
	enum rc rc = RC_OK;

	skip_spaces(r);
	for (size_t i = 0; rc == RC_OK && r->text[r->at] != '\0'; i++) {
		if (i == FILTER_TERMS_MAX)
			return err_set(r->e, RC_INPUT,
			    "too many terms, at most %d", FILTER_TERMS_MAX);
		rc = fn(r, i, take_not(r), ctx);
		if (rc != RC_OK)
			break;
		skip_spaces(r);
		if (take_word(r, "and") && r->text[r->at] == '\0')
			rc = err_set(r->e, RC_INPUT,
			    "something was expected after \"and\"");
	}
	return rc;
}
