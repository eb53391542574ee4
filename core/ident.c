/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/ident.h"

#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define NHS_LEN 10
#define UPN_LEN 13

static const char upn_letters[] = "ABCDEFGHJKLMNPQRTUVWXYZ";

/*
 * Copies text in capitals without the characters of `skip`, at most size - 1
 * of them; returns how many there are.
 */
static size_t
squeeze(const char *text, const char *skip, char *out, size_t size)
{
	size_t n = 0;

	for (; *text != '\0'; text++) {
		if (strchr(skip, *text) != NULL)
			continue;
		if (n + 1 < size)
			out[n] = (char)toupper((unsigned char)*text);
		n++;
	}
	out[n < size ? n : size - 1] = '\0';
	return n;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Says which character of a squeezed text is not what it has to be. */
static enum rc
wrong_character(const char *text, size_t at, const char *wanted,
    struct err *e)
{
	unsigned char c = (unsigned char)text[at];

	if (c > 0x20 && c < 0x7F)
		return err_set(e, RC_INPUT, "character %zu is \"%c\"; expected "
		    "%s", at + 1, c, wanted);
	return err_set(e, RC_INPUT, "character %zu is not %s", at + 1, wanted);
}

/* The check digit of nine digits; 10 when there is none. */
static int
nhs_digit(const char *digits)
{
	int sum = 0;

	for (int i = 0; i < NHS_LEN - 1; i++)
		sum += (digits[i] - '0') * (NHS_LEN - i);
	return (11 - sum % 11) % 11;
}

static enum rc
nhs_check_digits(const char *d, struct err *e)
{
	int check = nhs_digit(d);

	if (strspn(d, (char[]){ d[0], '\0' }) == NHS_LEN)
		return err_set(e, RC_INPUT, "ten times the same digit fills a "
		    "form, but is nobody's number");
	if (check == 10)
		return err_set(e, RC_INPUT, "no NHS number begins with %.9s: "
		    "at least one of these digits is wrong", d);
	if (d[NHS_LEN - 1] - '0' != check)
		return err_set(e, RC_INPUT, "the check digit is %c, but %d is "
		    "expected after %.9s: a digit is wrong, or two have "
		    "changed places", d[NHS_LEN - 1], check, d);
	return RC_OK;
}

enum rc
nhs_check(const char *text, char out[NHS_TEXT_MAX], struct err *e)
{
	char d[NHS_LEN + 1];
	size_t n = squeeze(text, " -", d, sizeof(d));
	enum rc rc;

	for (size_t i = 0; i < n && i < NHS_LEN; i++)
		if (!is_digit(d[i]))
			return wrong_character(d, i, "a digit", e);
	if (n != NHS_LEN)
		return err_set(e, RC_INPUT, "it has %zu digit%s; an NHS number "
		    "has %d", n, n == 1 ? "" : "s", NHS_LEN);
	rc = nhs_check_digits(d, e);
	if (rc == RC_OK)
		(void)snprintf(out, NHS_TEXT_MAX, "%.3s %.3s %.4s", d, d + 3,
		    d + 6);
	return rc;
}

/* Index in the alphabet of UPNs; -1 when it is not one of its letters. */
static int
upn_index(char c)
{
	const char *p = c == '\0' ? NULL : strchr(upn_letters, c);

	return p == NULL ? -1 : (int)(p - upn_letters);
}

static enum rc
upn_check_form(const char *u, struct err *e)
{
	if (upn_index(u[0]) < 0)
		return wrong_character(u, 0, "a letter other than I, O and S",
		    e);
	for (size_t i = 1; i < UPN_LEN - 1; i++)
		if (!is_digit(u[i]))
			return wrong_character(u, i, "a digit", e);
	if (!is_digit(u[UPN_LEN - 1]) && upn_index(u[UPN_LEN - 1]) < 0)
		return wrong_character(u, UPN_LEN - 1, "a digit, or in a "
		    "temporary number a letter other than I, O and S", e);
	return RC_OK;
}

static char
upn_letter(const char *u)
{
	int sum = 0;

	for (int i = 1; i < UPN_LEN; i++)
		sum += (is_digit(u[i]) ? u[i] - '0' : upn_index(u[i])) *
		    (i + 1);
	return upn_letters[sum % 23];
}

enum rc
upn_check(const char *text, struct upn *out, struct err *e)
{
	char u[UPN_LEN + 1];
	size_t n = squeeze(text, " ", u, sizeof(u));
	enum rc rc;

	if (n != UPN_LEN)
		return err_set(e, RC_INPUT, "it has %zu character%s; a UPN "
		    "has %d: a letter and 12 digits (a temporary one: a "
		    "letter, 11 digits and a letter)", n, n == 1 ? "" : "s",
		    UPN_LEN);
	rc = upn_check_form(u, e);
	if (rc != RC_OK)
		return rc;
	if (u[0] != upn_letter(u))
		return err_set(e, RC_INPUT, "the check letter is %c, but %c is "
		    "expected before %s: a character is wrong, or two have "
		    "changed places", u[0], upn_letter(u), u + 1);
	memcpy(out->text, u, sizeof(u));
	out->temporary = !is_digit(u[UPN_LEN - 1]);
	return RC_OK;
}

/* ---- National Referral Mechanism ---- */

/* C0, DEL and C1, which is C2 80 to C2 9F in UTF-8. */
static bool
is_control(const unsigned char *p)
{
	return *p < 0x20 || *p == 0x7f ||
	    (*p == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0);
}

enum rc
nrm_reference_check(const char *text, struct err *e)
{
	size_t n = strlen(text);

	if (n > NRM_REFERENCE_MAX)
		return err_set(e, RC_INPUT, "too long, %zu bytes; at most %d",
		    n, NRM_REFERENCE_MAX);
	for (size_t i = 0; i < n; i++)
		if (is_control((const unsigned char *)text + i))
			return err_set(e, RC_INPUT, "a control character at "
			    "place %zu; type it as it is printed", i + 1);
	return RC_OK;
}

bool
nrm_reference_is_usual(const char *text)
{
	static const char letters[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	const char *p = text + strspn(text, letters);
	size_t digits = 0;

	if (p - text > 6)
		return false;
	for (; *p != '\0'; p++) {
		if (strchr("0123456789/- ", *p) == NULL)
			return false;
		digits += *p >= '0' && *p <= '9';
	}
	return digits >= 4;
}

enum rc
la_id_check(const char *text, struct err *e)
{
	size_t n = strlen(text);

	if (n >= 1 && n <= 20 && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789") == n)
		return RC_OK;
	return err_set(e, RC_INPUT, "1 to 20 letters and digits were "
	    "expected");
}
