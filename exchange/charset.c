/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/charset.h"

#include <errno.h>
#include <iconv.h>
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "exchange/validate.h"

#define RAW_BLOCK (64u << 10)
#define BOM_MAX 4u
#define WHY_MAX 400

struct charset_in {
	struct source *src;
	iconv_t cd;		/* (iconv_t)-1 while the text is UTF-8 */
	char name[40];
	size_t block;
	size_t unit;		/* bytes skipped after a bad one */
	bool lenient, ended, bad;
	char *raw;		/* bytes read and not yet handed out */
	size_t at, end, cap;	/* raw[at..end) */
	uint64_t lost;
	char why[WHY_MAX];
};

/* Names that people give, and what iconv calls them. */
static const struct {
	const char *given, *iconv;
} aliases[] = {
	{"utf8", "UTF-8"}, {"utf-8", "UTF-8"}, {"utf-8-sig", "UTF-8"},
	{"ascii", "UTF-8"}, {"us-ascii", "UTF-8"},
	{"utf16le", "UTF-16LE"}, {"utf-16-le", "UTF-16LE"},
	{"utf16be", "UTF-16BE"}, {"utf-16-be", "UTF-16BE"},
	{"utf16", "UTF-16"}, {"unicode", "UTF-16"},
	{"macroman", "MACINTOSH"}, {"mac-roman", "MACINTOSH"},
	{"x-mac-roman", "MACINTOSH"}, {"mac", "MACINTOSH"},
	{"cp1252", "WINDOWS-1252"}, {"ansi", "WINDOWS-1252"},
	{"latin1", "ISO-8859-1"}, {"latin-1", "ISO-8859-1"},
	{"latin9", "ISO-8859-15"}, {"latin-9", "ISO-8859-15"},
};

static const struct {
	const char *bytes;
	size_t n;
	const char *name;
} marks[] = {
	/* The four-byte marks begin like the two-byte ones: first. */
	{"\xff\xfe\0\0", 4, "UTF-32LE"}, {"\0\0\xfe\xff", 4, "UTF-32BE"},
	{"\xef\xbb\xbf", 3, "UTF-8"},
	{"\xff\xfe", 2, "UTF-16LE"}, {"\xfe\xff", 2, "UTF-16BE"},
};

static const char *
iconv_name(const char *given)
{
	size_t i;

	for (i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++)
		if (strcasecmp(given, aliases[i].given) == 0)
			return aliases[i].iconv;
	return given;
}

/* Reads until raw holds at least `want` bytes or the source ends. */
static enum rc
gather(struct charset_in *in, size_t want, struct err *e)
{
	size_t got, room;
	enum rc rc;

	if (in->at != 0) {
		memmove(in->raw, in->raw + in->at, in->end - in->at);
		in->end -= in->at;
		in->at = 0;
	}
	while (in->end < want && !in->ended) {
		room = in->cap - in->end;
		rc = source_read(in->src, in->raw + in->end,
		    room < in->block ? room : in->block, &got, e);
		if (rc != RC_OK)
			return rc;
		in->end += got;
		in->ended = got == 0;
	}
	return RC_OK;
}

/* Strips a mark and returns its encoding, or NULL when there is none. */
static const char *
take_mark(struct charset_in *in)
{
	size_t i;

	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (in->end < marks[i].n ||
		    memcmp(in->raw, marks[i].bytes, marks[i].n) != 0)
			continue;
		in->at = marks[i].n;
		return marks[i].name;
	}
	return NULL;
}

/* UTF-16 without a mark is little-endian unless its first byte is NUL. */
static const char *
settle_utf16(const struct charset_in *in, const char *name)
{
	if (strcasecmp(name, "UTF-16") != 0)
		return name;
	return in->end >= 2 && in->raw[0] == 0 && in->raw[1] != 0 ?
	    "UTF-16BE" : "UTF-16LE";
}

static size_t
unit_of(const char *name)
{
	if (strncasecmp(name, "UTF-32", 6) == 0)
		return 4;
	return strncasecmp(name, "UTF-16", 6) == 0 ? 2 : 1;
}

static enum rc
choose(struct charset_in *in, const char *encoding, struct err *e)
{
	const char *given = encoding != NULL && encoding[0] != '\0' ?
	    encoding : "UTF-8";
	const char *name;
	enum rc rc;

	rc = gather(in, BOM_MAX, e);
	if (rc != RC_OK)
		return rc;
	name = take_mark(in);
	if (name == NULL)
		name = settle_utf16(in, iconv_name(given));
	(void)snprintf(in->name, sizeof(in->name), "%s", name);
	in->unit = unit_of(name);
	if (strcasecmp(name, "UTF-8") == 0)
		return RC_OK;
	in->cd = iconv_open("UTF-8", name);
	if (in->cd == (iconv_t)-1 && errno == EINVAL)
		return err_set(e, RC_USAGE, "the encoding \"%s\" is not known "
		    "here; expected utf-8, utf-16, windows-1252, iso-8859-1, "
		    "macroman or another name that iconv -l lists", given);
	if (in->cd == (iconv_t)-1)
		return err_sys(e, errno, "cannot convert from %s", given);
	return RC_OK;
}

enum rc
charset_in_open(struct source *src, const struct charset_in_opts *opts,
    struct charset_in **out, struct err *e)
{
	struct charset_in *in = calloc(1, sizeof(*in));
	enum rc rc;

	*out = NULL;
	if (in == NULL)
		return err_set(e, RC_NOMEM, "no memory to read %s", src->name);
	in->src = src;
	in->cd = (iconv_t)-1;
	in->lenient = opts->lenient;
	in->block = opts->block != 0 ? opts->block : RAW_BLOCK;
	in->cap = in->block + 2 * CHARSET_ROOM_MIN;
	in->raw = malloc(in->cap);
	rc = in->raw != NULL ? choose(in, opts->encoding, e) :
	    err_set(e, RC_NOMEM, "no memory to read %s", src->name);
	if (rc != RC_OK) {
		charset_in_free(in);
		return rc;
	}
	*out = in;
	return RC_OK;
}

void
charset_in_free(struct charset_in *in)
{
	if (in == NULL)
		return;
	if (in->cd != (iconv_t)-1)
		iconv_close(in->cd);
	free(in->raw);
	free(in);
}

uint64_t
charset_in_lost(const struct charset_in *in)
{
	return in->lost;
}

const char *
charset_in_lost_why(const struct charset_in *in)
{
	return in->cd == (iconv_t)-1 ? "there is a byte that is not UTF-8 "
	    "text; if the file comes from Windows or Excel, add --encoding "
	    "windows-1252" : "there is a byte that cannot be converted; "
	    "check --encoding";
}

const char *
charset_in_name(const struct charset_in *in)
{
	return in->name;
}

/* Says why byte c cannot be read, and what may be done about it. */
static void
explain(struct charset_in *in, unsigned char c, bool is_nul)
{
	bool utf8 = in->cd == (iconv_t)-1;

	if (is_nul)
		(void)snprintf(in->why, sizeof(in->why), "a NUL byte (0x00) "
		    "where text was expected%s", utf8 ? "; if the file is "
		    "UTF-16 text, add --encoding utf-16" : "");
	else if (utf8)
		(void)snprintf(in->why, sizeof(in->why), "byte 0x%02X is not "
		    "valid UTF-8, which was expected; if the file comes from "
		    "Windows or Excel, add --encoding windows-1252", c);
	else
		(void)snprintf(in->why, sizeof(in->why), "byte 0x%02X cannot "
		    "be converted from %s; check --encoding", c, in->name);
}

/* Strict: remembers the failure for the next read.  Lenient: counts it. */
static void
meet_bad(struct charset_in *in, unsigned char c, bool is_nul)
{
	if (in->lenient) {
		in->lost++;
		return;
	}
	explain(in, c, is_nul);
	in->bad = true;
}

/* ---- UTF-8: read straight into the caller's buffer and look ---- */

/* Takes what raw still holds, then one block from the source. */
static enum rc
fill_direct(struct charset_in *in, char *buf, size_t n, size_t *have,
    struct err *e)
{
	size_t k = in->end - in->at, got = 0;
	enum rc rc = RC_OK;

	if (k > n)
		k = n;
	memcpy(buf + *have, in->raw + in->at, k);
	in->at += k;
	*have += k;
	n -= k;
	if (n != 0 && !in->ended) {
		rc = source_read(in->src, buf + *have,
		    n < in->block ? n : in->block, &got, e);
		*have += got;
		in->ended = rc == RC_OK && got == 0;
	}
	return rc;
}

/* Keeps the bytes of a cut character for the next read. */
static void
keep(struct charset_in *in, const char *s, size_t n)
{
	size_t rest = in->end - in->at;

	memmove(in->raw + n, in->raw + in->at, rest);
	memcpy(in->raw, s, n);
	in->at = 0;
	in->end = n + rest;
}

/* Good bytes of buf[0..n); a cut character at the very end counts as bad. */
static size_t
screen_bytes(struct charset_in *in, char *buf, size_t n)
{
	bool last = in->ended && in->at == in->end;
	size_t at = 0, good;
	enum text_end end;

	for (;;) {
		end = text_validate(buf + at, n - at, &good);
		at += good;
		if (end == TEXT_WHOLE)
			return n;
		if (end == TEXT_CUT && !last) {
			keep(in, buf + at, n - at);
			return at;
		}
		meet_bad(in, (unsigned char)buf[at], buf[at] == 0);
		if (in->bad)
			return at;
		buf[at++] = CHARSET_LOST;
	}
}

static enum rc
read_utf8(struct charset_in *in, char *buf, size_t n, size_t *got,
    struct err *e)
{
	size_t have = 0;
	enum rc rc;

	do {
		have = 0;
		rc = fill_direct(in, buf, n, &have, e);
		if (rc != RC_OK)
			return rc;
		*got = screen_bytes(in, buf, have);
	} while (*got == 0 && !in->bad && !(in->ended && in->at == in->end));
	return RC_OK;
}

/* ---- all other encodings: through iconv ---- */

/* NUL is no text in any encoding. Returns the good bytes of buf[0..n). */
static size_t
screen_nul(struct charset_in *in, char *buf, size_t n)
{
	char *p;

	while ((p = memchr(buf, 0, n)) != NULL) {
		meet_bad(in, 0, true);
		if (in->bad)
			return (size_t)(p - buf);
		*p = CHARSET_LOST;
	}
	return n;
}

/* What stopped iconv; *done when the caller should be answered first. */
static enum rc
after_iconv(struct charset_in *in, int why, char *to, size_t *got,
    bool *done, struct err *e)
{
	size_t rest = in->end - in->at;

	if (why == E2BIG) {
		*done = true;
		return RC_OK;
	}
	if (why == EILSEQ || (rest != 0 && in->ended)) {
		meet_bad(in, (unsigned char)in->raw[in->at], false);
		if (in->bad)
			*done = true;
		else
			to[(*got)++] = CHARSET_LOST;
		in->at += rest < in->unit ? rest : in->unit;
		return RC_OK;
	}
	*done = *got != 0 || (rest == 0 && in->ended);
	return *done ? RC_OK : gather(in, rest + 1, e);
}

static enum rc
read_iconv(struct charset_in *in, char *buf, size_t n, size_t *got,
    struct err *e)
{
	bool done = false;
	char *from, *to;
	size_t left, room;
	enum rc rc = RC_OK;
	int why;

	while (!done && rc == RC_OK && n - *got >= CHARSET_ROOM_MIN / 2) {
		from = in->raw + in->at;
		left = in->end - in->at;
		to = buf + *got;
		/* One byte stays for the mark of a lost character. */
		room = n - *got - 1;
		errno = 0;
		why = iconv(in->cd, &from, &left, &to, &room) == (size_t)-1 ?
		    errno : 0;
		in->at = (size_t)(from - in->raw);
		*got = (size_t)(to - buf);
		rc = after_iconv(in, why, buf, got, &done, e);
	}
	*got = screen_nul(in, buf, *got);
	return rc;
}

enum rc
charset_in_read(struct charset_in *in, char *buf, size_t n, size_t *got,
    struct err *e)
{
	enum rc rc = RC_OK;

	*got = 0;
	if (!in->bad)
		rc = in->cd == (iconv_t)-1 ? read_utf8(in, buf, n, got, e) :
		    read_iconv(in, buf, n, got, e);
	if (rc == RC_OK && *got == 0 && in->bad)
		return err_set(e, RC_INPUT, "%s", in->why);
	return rc;
}

/* ---- out ---- */

static bool
is_utf8_name(const char *charset)
{
	return strcasecmp(charset, "UTF-8") == 0 ||
	    strcasecmp(charset, "UTF8") == 0;
}

static iconv_t
open_encoder(const char *charset)
{
	char name[80];
	iconv_t cd;

	(void)snprintf(name, sizeof(name), "%s//TRANSLIT", charset);
	cd = iconv_open(name, "UTF-8");
	return cd != (iconv_t)-1 ? cd : iconv_open("ASCII", "UTF-8");
}

/* Past one character that the charset lacks, with a '?' in its place. */
static void
give_up_one(struct str *out, char **from, size_t *left)
{
	str_add_char(out, '?');
	do {
		(*from)++;
		(*left)--;
	} while (*left != 0 && ((unsigned char)**from & 0xc0u) == 0x80u);
}

void
charset_encode(struct str *out, const char *charset, const char *s, size_t n)
{
	iconv_t cd;
	char part[512], *to, *copy, *from;
	size_t room, left = n;
	int why;

	cd = is_utf8_name(charset) ? (iconv_t)-1 : open_encoder(charset);
	copy = cd != (iconv_t)-1 && n != 0 ? malloc(n) : NULL;
	if (copy == NULL) {
		/* Nothing to convert, or no way to: the bytes as they are. */
		str_add_n(out, s, n);
		if (cd != (iconv_t)-1)
			iconv_close(cd);
		return;
	}
	memcpy(copy, s, n);
	for (from = copy; left != 0;) {
		to = part;
		room = sizeof(part);
		why = iconv(cd, &from, &left, &to, &room) == (size_t)-1 ?
		    errno : 0;
		str_add_n(out, part, sizeof(part) - room);
		if (why == EILSEQ || why == EINVAL)
			give_up_one(out, &from, &left);
	}
	free(copy);
	iconv_close(cd);
}

void
charset_to_terminal(struct str *out, const char *s, size_t n)
{
	charset_encode(out, nl_langinfo(CODESET), s, n);
}
