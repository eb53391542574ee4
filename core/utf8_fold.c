/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text as it is compared: without case, marks, and what people leave out. */
#include "config.h"

#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

/* Appends s with each invalid byte replaced. */
static void
add_repaired(struct str *out, const char *s, size_t n)
{
	size_t bad;

	while (n > 0) {
		if (utf8_valid(s, n, &bad))
			bad = n;
		str_add_n(out, s, bad);
		if (bad == n)
			return;
		str_add(out, "\xEF\xBF\xBD");
		s += bad + 1;
		n -= bad + 1;
	}
}

/* What people leave out or write in several ways in a name. */
static bool
is_left_out(uint32_t cp)
{
	if (cp == '\'' || cp == '`' || cp == 0x2018 || cp == 0x2019 ||
	    cp == 0x201B || cp == 0x2032 || (cp >= 0x02B9 && cp <= 0x02BF))
		return true;
	return uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_M |
	    UC_CATEGORY_MASK_C | UC_CATEGORY_MASK_Z | UC_CATEGORY_MASK_Pd);
}

void
utf8_fold(struct str *out, const char *s, size_t n)
{
	struct str clean;
	uint8_t *folded;
	size_t len = 0, k;
	uint32_t cp;

	str_init(&clean);
	add_repaired(&clean, s, n);
	folded = u8_casefold((const uint8_t *)clean.s, clean.len, NULL, UNINORM_NFKD,
	    NULL, &len);
	if (folded == NULL)
		len = 0;
	for (size_t at = 0; at < len; at += k) {
		const char *p = (const char *)folded + at;

		k = utf8_decode(p, len - at, &cp);
		if (k == 0)
			break;
		if (!is_left_out(cp))
			str_add_n(out, p, k);
	}
	free(folded);
	str_release(&clean);
}

bool
utf8_same_folded(const char *a, const char *b)
{
	struct str x, y;
	bool same;

	str_init(&x);
	str_init(&y);
	utf8_fold(&x, a, strlen(a));
	utf8_fold(&y, b, strlen(b));
	same = strcmp(x.s, y.s) == 0;
	str_release(&x);
	str_release(&y);
	return same;
}
