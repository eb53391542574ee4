/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * UTF-8 and width.  The first byte gives the columns.  What is shown is
 * valid, holds no control and no bidi character, and shows the same again;
 * a line that is fitted or wrapped keeps to its columns.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"

static void
check_shown(const struct str *s, bool lines)
{
	uint32_t cp;
	size_t k;

	HOLDS(fuzz_is_utf8(s->s, s->len));
	for (size_t i = 0; i < s->len; i += k) {
		k = utf8_decode(s->s + i, s->len - i, &cp);
		HOLDS(k > 0);
		HOLDS(cp >= 0x20 || (lines && (cp == '\n' || cp == '\t')));
		HOLDS(cp < 0x7F || cp > 0x9F);
		HOLDS(cp < 0x202A || cp > 0x202E);
		HOLDS(cp < 0x2066 || cp > 0x2069);
		HOLDS(cp != 0x200B && cp != 0x2028 && cp != 0x2029);
	}
}

static void
check_visible(const char *s, size_t n, bool lines)
{
	struct str once, twice;

	str_init(&once);
	str_init(&twice);
	utf8_visible(&once, s, n, lines);
	check_shown(&once, lines);
	utf8_visible(&twice, once.s, once.len, lines);
	HOLDS(once.len == twice.len);
	HOLDS(memcmp(once.s, twice.s, once.len) == 0);
	str_release(&once);
	str_release(&twice);
}

static void
check_clusters(const char *s, size_t n)
{
	size_t at = 0, k;
	int width, all = 0;

	while (at < n) {
		k = utf8_cluster(s + at, n - at, &width);
		HOLDS(k > 0 && k <= n - at);
		HOLDS(width >= 0);
		all += width;
		at += k;
		HOLDS(utf8_cluster_before(s, at) == k);
	}
	HOLDS(utf8_columns(s, n) == all);
}

static void
check_lines(const char *s, size_t n, int columns)
{
	struct str fit;
	size_t at = 0, k, text;

	str_init(&fit);
	utf8_fit(&fit, s, n, columns);
	check_shown(&fit, false);
	HOLDS(utf8_columns(fit.s, fit.len) <= columns);
	while (at < n) {
		k = utf8_wrap(s + at, n - at, columns);
		HOLDS(k > 0 && k <= n - at);
		at += k;
	}
	/* As a pane does it: what is shown is wrapped. */
	str_clear(&fit);
	utf8_visible(&fit, s, n, true);
	for (at = 0; at < fit.len; at += k) {
		k = utf8_wrap(fit.s + at, fit.len - at, columns);
		HOLDS(k > 0 && k <= fit.len - at);
		text = k;
		while (text > 0 && strchr(" \n\t", fit.s[at + text - 1]) !=
		    NULL)
			text--;
		HOLDS(columns < 12 ||
		    utf8_columns(fit.s + at, text) <= columns);
	}
	str_release(&fit);
}

static void
check_fold(const char *s, size_t n)
{
	struct str once, twice;

	str_init(&once);
	str_init(&twice);
	utf8_fold(&once, s, n);
	HOLDS(fuzz_is_utf8(once.s, once.len));
	utf8_fold(&twice, once.s, once.len);
	HOLDS(once.len == twice.len);
	HOLDS(memcmp(once.s, twice.s, once.len) == 0);
	str_release(&once);
	str_release(&twice);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	size_t bad = 0;
	char *s;

	if (n == 0 || n > 4096)
		return 0;
	s = fuzz_text(data + 1, n - 1);
	n--;
	HOLDS(utf8_valid(s, n, &bad) == (fuzz_is_utf8(s, n) != 0));
	HOLDS(bad <= n && fuzz_is_utf8(s, bad));
	check_visible(s, n, false);
	check_visible(s, n, true);
	check_clusters(s, n);
	check_lines(s, n, 1 + data[0] % 100);
	check_fold(s, n);
	free(s);
	return 0;
}
