/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/reference.h"

#include <stdbool.h>
#include <string.h>
#include <unictype.h>

#include "core/ident.h"
#include "core/utf8.h"

/* Bytes of the space or dash at s; 0 when there is none. */
static size_t
separator_at(const char *s, size_t n)
{
	uint32_t cp;
	size_t k;

	if ((unsigned char)*s < 0x80)
		return *s == ' ' || *s == '-' || *s == '\t' ? 1 : 0;
	k = utf8_decode(s, n, &cp);
	return k != 0 && uc_is_general_category_withtable(cp,
	    UC_CATEGORY_MASK_Z | UC_CATEGORY_MASK_Pd) ? k : 0;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* What utf8_fold() gives for ASCII, without its cost; false for other text. */
static bool
add_ascii(struct str *out, const char *s, size_t n)
{
	size_t at = out->len;

	for (size_t i = 0; i < n; i++) {
		if ((unsigned char)s[i] >= 0x80) {
			str_splice(out, at, out->len - at, "", 0);
			return false;
		}
		if (s[i] >= 'A' && s[i] <= 'Z')
			str_add_char(out, (char)(s[i] - 'A' + 'a'));
		else if (s[i] > ' ' && s[i] < 0x7F && s[i] != '\'' &&
		    s[i] != '`')
			str_add_char(out, s[i]);
	}
	return true;
}

/* Appends one run of a reference, apart from the run before where it must be. */
static void
add_run(struct str *out, size_t start, const char *s, size_t n)
{
	size_t at = out->len;

	if (!add_ascii(out, s, n))
		utf8_fold(out, s, n);
	if (at > start && out->len > at &&
	    is_digit(out->s[at - 1]) == is_digit(out->s[at]))
		str_splice(out, at, 0, " ", 1);
}

void
reference_key(struct str *out, const char *reference)
{
	size_t n = strlen(reference), start = out->len, from = 0, k;
	char nhs[NHS_TEXT_MAX];

	if (nhs_check(reference, nhs, NULL) == RC_OK) {
		str_add(out, nhs);
		return;
	}
	for (size_t i = 0; i < n; i += k != 0 ? k : 1) {
		k = separator_at(reference + i, n - i);
		if (k == 0)
			continue;
		if (i > from)
			add_run(out, start, reference + from, i - from);
		from = i + k;
	}
	if (n > from)
		add_run(out, start, reference + from, n - from);
	if (out->len == start)
		str_add(out, reference);
}

/* ---- one of two that share it ---- */

void
reference_tag(const char *reference, const struct case_id *id,
    struct str *out)
{
	char hex[2 * CASE_ID_LEN + 1];

	hex_format(id->b, CASE_ID_LEN, hex);
	str_add_fmt(out, "%s#%.*s", reference, REFERENCE_TAG_DIGITS, hex);
}

bool
reference_split(const char *text, size_t *n, const char **digits)
{
	const char *mark = strrchr(text, '#');
	size_t hex;

	if (mark == NULL)
		return false;
	hex = strspn(mark + 1, "0123456789abcdefABCDEF");
	*n = (size_t)(mark - text);
	*digits = mark + 1;
	return mark[1 + hex] == '\0' && hex >= REFERENCE_TAG_DIGITS &&
	    hex <= 2 * CASE_ID_LEN;
}

bool
reference_tag_is(const struct case_id *id, const char *digits)
{
	char hex[2 * CASE_ID_LEN + 1];
	size_t i;

	hex_format(id->b, CASE_ID_LEN, hex);
	for (i = 0; i < 2 * CASE_ID_LEN && digits[i] != '\0'; i++) {
		char c = digits[i] >= 'A' && digits[i] <= 'F' ?
		    (char)(digits[i] - 'A' + 'a') : digits[i];

		if (c != hex[i])
			return false;
	}
	return digits[i] == '\0';
}
