/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Recovery codes as text.
 *
 * Each group of four characters is a number of 20 bits, an element of
 * GF(2^20) modulo x^20 + x^3 + 1.  The ninth is the sum of the other eight,
 * each multiplied by its own power of a fixed element.  So whatever is wrong
 * within one group shows for certain, as do two neighbours that changed
 * places, in one group or across two; anything else passes once in a
 * million.  And from what the sum is off by, one wrong character or one swap
 * can be found again: only one group explains it.
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "db/recovery.h"

#define GROUPS 9
#define CHARS 36		/* GROUPS groups of 4 */
#define MASK 0xfffffu
/* Found by trying: every single slip is explained by its own group alone. */
#define STEP 0x8d3f1u

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static uint32_t
multiply(uint32_t a, uint32_t b)
{
	uint32_t out = 0;

	for (unsigned i = 0; i < 20; i++) {
		out ^= (0u - (b >> i & 1u)) & a;
		a = (a << 1 & MASK) ^ ((0u - (a >> 19 & 1u)) & 9u);
	}
	return out;
}

/* STEP to the power of i; the group has 2^20 - 1 elements, so -i works too. */
static uint32_t
power(uint32_t i)
{
	uint32_t out = 1, base = STEP;

	for (; i != 0; i >>= 1) {
		if ((i & 1u) != 0)
			out = multiply(out, base);
		base = multiply(base, base);
	}
	return out;
}

/* What the sum of all nine groups is off by; the ninth has power 0. */
static uint32_t
syndrome(const uint32_t groups[GROUPS])
{
	uint32_t out = groups[GROUPS - 1];

	for (uint32_t i = 0; i < GROUPS - 1; i++)
		out ^= multiply(groups[i], power(i + 1));
	return out;
}

static void
groups_of(const unsigned char code[RECOVERY_BYTES], uint32_t out[GROUPS])
{
	for (size_t i = 0; i < GROUPS - 1; i += 2) {
		const unsigned char *p = code + i / 2 * 5;

		out[i] = (uint32_t)p[0] << 12 | (uint32_t)p[1] << 4 |
		    (uint32_t)p[2] >> 4;
		out[i + 1] = (uint32_t)(p[2] & 15u) << 16 |
		    (uint32_t)p[3] << 8 | p[4];
	}
	out[GROUPS - 1] = 0;
	out[GROUPS - 1] = syndrome(out);
}

static void
bytes_of(const uint32_t groups[GROUPS], unsigned char code[RECOVERY_BYTES])
{
	for (size_t i = 0; i < GROUPS - 1; i += 2) {
		unsigned char *p = code + i / 2 * 5;
		uint32_t a = groups[i], b = groups[i + 1];

		p[0] = (unsigned char)(a >> 12);
		p[1] = (unsigned char)(a >> 4 & 255u);
		p[2] = (unsigned char)((a & 15u) << 4 | b >> 16);
		p[3] = (unsigned char)(b >> 8 & 255u);
		p[4] = (unsigned char)(b & 255u);
	}
}

void
recovery_format(const unsigned char code[RECOVERY_BYTES], char *out)
{
	uint32_t groups[GROUPS];

	groups_of(code, groups);
	for (size_t i = 0; i < GROUPS; i++) {
		for (unsigned k = 0; k < 4; k++)
			*out++ = alphabet[groups[i] >> (15 - 5 * k) & 31u];
		*out++ = i + 1 < GROUPS ? '-' : '\0';
	}
	sodium_memzero(groups, sizeof(groups));
}

/* The value of a character, -1 for a separator, -2 for anything else. */
static int
value_of(char c)
{
	const char *at;

	if (c == ' ' || c == '-' || c == '\t')
		return -1;
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'O')
		c = '0';
	if (c == 'I' || c == 'L')
		c = '1';
	at = c != '\0' ? strchr(alphabet, c) : NULL;
	return at != NULL ? (int)(at - alphabet) : -2;
}

/* True if e is one wrong character, or two neighbours that changed places. */
static bool
is_slip(uint32_t e)
{
	for (unsigned k = 0; k < 20; k += 5) {
		uint32_t rest = e & ~(UINT32_C(31) << k);
		uint32_t here = e >> k & 31u;

		if (rest == 0 || (k < 15 && rest == here << (k + 5)))
			return true;
	}
	return false;
}

/* The group that alone explains what the sum is off by; GROUPS: none does. */
static size_t
find_slip(uint32_t off)
{
	for (uint32_t i = 0; i < GROUPS - 1; i++)
		if (is_slip(multiply(off, power(MASK - (i + 1)))))
			return i;
	return is_slip(off) ? GROUPS - 1 : GROUPS;
}

struct typed {
	uint32_t groups[GROUPS];
	size_t n;		/* characters */
	size_t run;		/* since the last separator */
	size_t odd;		/* first group that is no four characters, or 0 */
};

static void
end_run(struct typed *t)
{
	if (t->odd == 0 && t->run % 4 != 0)
		t->odd = (t->n - t->run) / 4 + 1;
	t->run = 0;
}

static enum rc
add_typed(struct typed *t, char c, struct err *e)
{
	int v = value_of(c);

	if (v == -1) {
		end_run(t);
		return RC_OK;
	}
	if (v < 0)
		return err_set(e, RC_INPUT, "group %zu of the code has a "
		    "character that no code has; the letter U and signs are "
		    "never in one", t->n / 4 + 1);
	if (t->n < CHARS)
		t->groups[t->n / 4] = t->groups[t->n / 4] << 5 |
		    (uint32_t)v;
	t->n++;
	t->run++;
	return RC_OK;
}

static enum rc
check_typed(const struct typed *t, struct err *e)
{
	uint32_t off;
	size_t group;

	if (t->odd != 0 && t->n != CHARS)
		return err_set(e, RC_INPUT, "group %zu of the code does not "
		    "have 4 characters; a code has 9 groups of 4", t->odd);
	if (t->n != CHARS)
		return err_set(e, RC_INPUT, "the code has %zu characters; it "
		    "should have %d, in 9 groups of 4", t->n, CHARS);
	off = syndrome(t->groups);
	if (off == 0)
		return RC_OK;
	group = find_slip(off);
	if (group == GROUPS)
		return err_set(e, RC_INPUT, "the code was not copied "
		    "correctly, in more than one place; compare every group");
	return err_set(e, RC_INPUT, "group %zu of the code was not copied "
	    "correctly; compare it with the paper", group + 1);
}

enum rc
recovery_parse(const char *text, size_t n,
    unsigned char code[RECOVERY_BYTES], struct err *e)
{
	struct typed t = {.n = 0};
	enum rc rc = RC_OK;

	for (size_t i = 0; i < n && rc == RC_OK; i++)
		rc = add_typed(&t, text[i], e);
	end_run(&t);
	if (rc == RC_OK)
		rc = check_typed(&t, e);
	if (rc == RC_OK)
		bytes_of(t.groups, code);
	sodium_memzero(&t, sizeof(t));
	return rc;
}
