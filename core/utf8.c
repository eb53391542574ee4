/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/utf8.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unigbrk.h>
#include <unilbrk.h>
#include <unistr.h>
#include <uniwidth.h>

#include "core/xalloc.h"

#define MARKS_MAX 32		/* shown of one cluster after its first character */
#define ZWNJ 0x200Cu
#define ZWJ 0x200Du
#define DOTTED_CIRCLE "\xE2\x97\x8C"
#define ELLIPSIS "\xE2\x80\xA6"

/* How a cluster is shown. */
enum show {
	SHOW_TEXT,	/* its own characters */
	SHOW_DOTTED,	/* the same, on a dotted circle */
	SHOW_NEWLINE,
	SHOW_TAB,
	SHOW_PICTURE,	/* a control picture of U+2400 */
	SHOW_CODE,	/* <U+202E> */
	SHOW_BYTE	/* <9B> */
};

struct shape {
	size_t len;	/* bytes of the cluster */
	size_t shown;	/* of these, the first that are shown as they are */
	int width;
	enum show how;
	uint32_t first;	/* its first character, or the invalid byte */
};

/* A cluster while its characters are taken one by one. */
struct scan {
	uint32_t base, prev;
	unsigned count;		/* characters after the first */
	unsigned indicators;	/* regional indicators */
	bool pictograph;	/* an emoji, and nothing but its extenders since */
	bool emoji_style;	/* asked for by U+FE0F */
	int width;
};

static const uint8_t *
bytes(const char *s)
{
	return (const uint8_t *)s;
}

/* Bytes at the beginning that are ASCII for certain. */
static size_t
ascii_run(const char *s, size_t n)
{
	uint64_t word;
	size_t i = 0;

	for (; n - i >= sizeof(word); i += sizeof(word)) {
		memcpy(&word, s + i, sizeof(word));
		if ((word & UINT64_C(0x8080808080808080)) != 0)
			return i;
	}
	while (i < n && (unsigned char)s[i] < 0x80)
		i++;
	return i;
}

bool
utf8_valid(const char *s, size_t n, size_t *bad_at)
{
	const size_t plain = ascii_run(s, n);
	const uint8_t *bad = n == plain ? NULL : u8_check(bytes(s) + plain,
	    n - plain);

	if (bad != NULL && bad_at != NULL)
		*bad_at = (size_t)(bad - bytes(s));
	return bad == NULL;
}

size_t
utf8_decode(const char *s, size_t n, uint32_t *cp)
{
	ucs4_t c = 0;
	int k;

	*cp = 0;
	if (n == 0)
		return 0;
	if ((unsigned char)*s < 0x80) {
		*cp = (unsigned char)*s;
		return 1;
	}
	k = u8_mbtoucr(&c, bytes(s), n);
	if (k <= 0)
		return 0;
	*cp = c;
	return (size_t)k;
}

static int
char_width(uint32_t cp)
{
	int w = uc_width(cp, "UTF-8");

	return w < 0 ? 0 : w;
}

/* Blank and ignorable, and yet letters or marks by their category. */
static bool
is_filler(uint32_t cp)
{
	return cp == 0x034F || cp == 0x115F || cp == 0x1160 || cp == 0x17B4 ||
	    cp == 0x17B5 || cp == 0x3164 || cp == 0xFFA0;
}

/* Characters that a terminal must not see, wherever they stand. */
static bool
is_hidden(uint32_t cp)
{
	if (cp >= 0x20 && cp < 0x7F)
		return false;
	if (cp == ZWJ || cp == ZWNJ)
		return false;
	if (is_filler(cp) || (cp >= 0xE0000 && cp <= 0xE007F))
		return true;
	return uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_C |
	    UC_CATEGORY_MASK_Zl | UC_CATEGORY_MASK_Zp);
}

/* Scripts whose letters never need a joiner: there it only deceives. */
static bool
script_joins(uint32_t cp)
{
	static const char *const never[] = {
		"Latin", "Greek", "Cyrillic", "Armenian", "Georgian", "Han",
		"Hiragana", "Katakana", "Bopomofo", "Hangul", "Common"
	};
	const uc_script_t *script = uc_script(cp);

	if (script == NULL)
		return false;
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		if (strcmp(script->name, never[i]) == 0)
			return false;
	return true;
}

/* True if cp may follow what was scanned; the rest of the world hides data in it. */
static bool
fits_here(const struct scan *c, uint32_t cp)
{
	if (cp == ZWJ || cp == ZWNJ) {
		if (c->prev == ZWJ || c->prev == ZWNJ)
			return false;
		return c->pictograph ||
		    (uc_is_general_category_withtable(c->base,
		    UC_CATEGORY_MASK_L) && script_joins(c->base));
	}
	/* On anything but an emoji a terminal draws a skin tone by itself. */
	if (uc_is_property_emoji_modifier(cp))
		return c->pictograph;
	if (uc_is_property_variation_selector(cp))
		return !uc_is_property_variation_selector(c->prev);
	return true;
}

/* A mark that needs a base (some spacing vowel signs stand by themselves). */
static bool
is_mark(uint32_t cp)
{
	int p = uc_graphemeclusterbreak_property(cp);

	return (p == GBP_EXTEND || p == GBP_SPACINGMARK) &&
	    uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_M);
}

/*
 * What goes into the cell of the character before.  Thai and Lao AM and the
 * half-width sound marks, which extend by Unicode's table, are letters that
 * a terminal gives a cell of their own.
 */
static bool
is_extender(uint32_t cp)
{
	return cp == ZWJ || cp == ZWNJ || is_mark(cp) ||
	    uc_is_property_emoji_modifier(cp);
}

/* A letter or syllable of those that are written in blocks. */
static bool
is_hangul(uint32_t cp)
{
	int p = uc_graphemeclusterbreak_property(cp);

	return p == GBP_L || p == GBP_V || p == GBP_T || p == GBP_LV ||
	    p == GBP_LVT;
}

static bool
is_indicator(uint32_t cp)
{
	return cp >= 0x1F1E6 && cp <= 0x1F1FF;
}

/*
 * Rules GB6 to GB13 of UAX 29 without GB9b (what it prepends has its own
 * cell), and the bound on what is no mere mark.
 */
static bool
joins(const struct scan *c, uint32_t cp)
{
	if (is_hidden(cp))
		return false;
	if (is_extender(cp))
		return fits_here(c, cp);
	if (c->count >= MARKS_MAX)
		return false;
	if (is_indicator(cp) && is_indicator(c->prev))
		return c->indicators % 2 == 1;
	if (c->prev == ZWJ && uc_is_property_extended_pictographic(cp))
		return c->pictograph;
	return is_hangul(c->prev) && is_hangul(cp) &&
	    !uc_is_grapheme_break(c->prev, cp);
}

static void
scan_first(struct scan *c, uint32_t cp)
{
	c->base = c->prev = cp;
	c->count = 0;
	c->indicators = is_indicator(cp);
	c->pictograph = uc_is_property_extended_pictographic(cp);
	c->emoji_style = false;
	c->width = char_width(cp);
}

static void
scan_next(struct scan *c, uint32_t cp)
{
	bool extends = is_extender(cp);

	if (cp == 0xFE0F && uc_is_property_emoji(c->prev))
		c->emoji_style = true;
	/* Skin tones and what follows a joiner are drawn into the first. */
	if (!c->pictograph)
		c->width += char_width(cp);
	if (!extends)
		c->pictograph = uc_is_property_extended_pictographic(cp);
	c->indicators += is_indicator(cp);
	c->prev = cp;
	c->count++;
}

static int
scan_width(const struct scan *c)
{
	if (c->emoji_style || c->width > 2)
		return 2;
	return c->width < 1 ? 1 : c->width;
}

static struct shape
shape_of_control(uint32_t cp, size_t len)
{
	struct shape out = { len, 0, 1, SHOW_PICTURE, cp };

	if (cp == '\n') {
		out.how = SHOW_NEWLINE;
		out.width = 0;
	} else if (cp == '\t') {
		out.how = SHOW_TAB;
	} else if (cp >= 0x80) {
		out.how = SHOW_CODE;
		out.width = cp > 0xFFFFF ? 10 : cp > 0xFFFF ? 9 : 8;
	}
	return out;
}

/* Only a mark can be shown alone; other characters of no width cannot. */
static bool
cannot_begin(uint32_t cp)
{
	if (cp == ZWJ || cp == ZWNJ || uc_is_property_variation_selector(cp))
		return true;
	return char_width(cp) == 0 && !is_mark(cp);
}

/* The rest of a cluster whose first character cp takes len bytes. */
static struct shape
shape_of_text(const char *s, size_t n, uint32_t cp, size_t len)
{
	struct shape out = { len, len, 1, SHOW_TEXT, cp };
	struct scan c;
	size_t k;

	scan_first(&c, cp);
	if (is_mark(cp)) {
		out.how = SHOW_DOTTED;
		c.base = 0x25CC;
		c.width++;
		c.count = 1;
	}
	while ((k = utf8_decode(s + out.len, n - out.len, &cp)) != 0 &&
	    joins(&c, cp)) {
		out.len += k;
		if (c.count < MARKS_MAX) {
			scan_next(&c, cp);
			out.shown = out.len;
		}
	}
	out.width = scan_width(&c);
	return out;
}

static bool
is_plain(char c)
{
	return (unsigned char)c >= 0x20 && (unsigned char)c < 0x7F;
}

static struct shape
shape_at(const char *s, size_t n)
{
	struct shape bad = { 1, 0, 4, SHOW_BYTE, (unsigned char)*s };
	uint32_t cp;
	size_t k;

	if (is_plain(s[0]) && (n == 1 || (unsigned char)s[1] < 0x80))
		return (struct shape){ 1, 1, 1, SHOW_TEXT, bad.first };
	k = utf8_decode(s, n, &cp);
	if (k == 0)
		return bad;
	if (is_hidden(cp) || cannot_begin(cp))
		return shape_of_control(cp, k);
	return shape_of_text(s, n, cp, k);
}

size_t
utf8_cluster(const char *s, size_t n, int *width)
{
	struct shape c;

	if (n == 0) {
		if (width != NULL)
			*width = 0;
		return 0;
	}
	c = shape_at(s, n);
	if (width != NULL)
		*width = c.width;
	return c.len;
}

/* Start of the character that ends at s + at, or of its last invalid byte. */
static size_t
char_before(const char *s, size_t at)
{
	uint32_t cp;

	for (size_t back = 1; back <= 4 && back <= at; back++)
		if (utf8_decode(s + at - back, back, &cp) == back)
			return at - back;
	return at - 1;
}

/* True if a cluster begins at s + at whatever stands further left or right. */
static bool
surely_begins(const char *s, size_t n, size_t at)
{
	uint32_t a = 0, b = 0;
	size_t before = char_before(s, at);

	if (is_plain(s[before]) && is_plain(s[at]))
		return true;
	if (utf8_decode(s + before, at - before, &a) != at - before ||
	    utf8_decode(s + at, n - at, &b) == 0)
		return true;
	if (is_hidden(a) || is_hidden(b))
		return true;
	if (is_indicator(b) || a == ZWJ || is_extender(b))
		return false;
	return !is_hangul(a) || !is_hangul(b) || uc_is_grapheme_break(a, b);
}

size_t
utf8_cluster_before(const char *s, size_t at)
{
	size_t start, k;

	if (at == 0)
		return 0;
	start = char_before(s, at);
	while (start > 0 && !surely_begins(s, at, start))
		start = char_before(s, start);
	while (start + (k = shape_at(s + start, at - start).len) < at)
		start += k;
	return at - start;
}

int
utf8_columns(const char *s, size_t n)
{
	int columns = 0;

	for (size_t at = 0; at < n; ) {
		struct shape c = shape_at(s + at, n - at);

		if (__builtin_add_overflow(columns, c.width, &columns))
			return INT_MAX;
		at += c.len;
	}
	return columns;
}

static void
add_picture(struct str *out, uint32_t cp)
{
	char p[3] = { '\xE2', '\x90', '\xA1' };

	if (cp < 0x20)
		p[2] = (char)(unsigned char)(0x80 + cp);
	str_add_n(out, p, sizeof(p));
}

static void
show_cluster(struct str *out, const char *s, const struct shape *c, bool lines)
{
	switch (c->how) {
	case SHOW_DOTTED:
		str_add(out, DOTTED_CIRCLE);
		str_add_n(out, s, c->shown);
		break;
	case SHOW_TEXT:
		str_add_n(out, s, c->shown);
		break;
	case SHOW_NEWLINE:
	case SHOW_TAB:
		if (lines)
			str_add_char(out, *s);
		else
			add_picture(out, c->first);
		break;
	case SHOW_PICTURE:
		add_picture(out, c->first);
		break;
	case SHOW_CODE:
		str_add_fmt(out, "<U+%04X>", (unsigned)c->first);
		break;
	case SHOW_BYTE:
		str_add_fmt(out, "<%02X>", (unsigned)c->first);
		break;
	}
}

void
utf8_visible(struct str *out, const char *s, size_t n, bool lines)
{
	str_reserve(out, n);
	for (size_t at = 0; at < n; ) {
		struct shape c = shape_at(s + at, n - at);

		show_cluster(out, s + at, &c, lines);
		at += c.len;
	}
}

void
utf8_fit(struct str *out, const char *s, size_t n, int columns)
{
	size_t cut = out->len;	/* where the ellipsis would stand */
	int used = 0;

	for (size_t at = 0; at < n; ) {
		struct shape c = shape_at(s + at, n - at);
		int width = c.how == SHOW_NEWLINE ? 1 : c.width;

		if (width > columns - used) {
			out->len = cut;
			if (out->cap != 0)
				out->s[cut] = '\0';
			if (columns > 0)
				str_add(out, ELLIPSIS);
			return;
		}
		show_cluster(out, s + at, &c, false);
		used += width;
		at += c.len;
		if (used < columns)
			cut = out->len;
	}
}

/*
 * Bytes of the longest run of clusters that fit, and of the spaces after
 * them; *hard is set when a newline ends it.
 */
static size_t
fill_line(const char *s, size_t n, int columns, bool *hard)
{
	size_t at = 0;
	int used = 0;

	*hard = false;
	while (at < n) {
		struct shape c = shape_at(s + at, n - at);

		if (c.how == SHOW_NEWLINE) {
			*hard = true;
			return at + c.len;
		}
		if (c.width > columns - used && at > 0 &&
		    !(c.len == 1 && s[at] == ' '))
			break;
		used = c.width > columns - used ? columns : used + c.width;
		at += c.len;
	}
	return at;
}

/* The last place in s where a line may end, at `full` at most; 0 if none. */
static size_t
last_break(const char *s, size_t full, size_t n)
{
	char *allowed = xmalloc(n);
	size_t best = 0;

	u8_possible_linebreaks(bytes(s), n, "UTF-8", allowed);
	for (size_t at = 0; at <= full; at += shape_at(s + at, n - at).len)
		if (at > 0 && allowed[at] == UC_BREAK_POSSIBLE)
			best = at;
	free(allowed);
	return best;
}

size_t
utf8_wrap(const char *s, size_t n, int columns)
{
	size_t full, next, best;
	bool hard;

	if (n == 0)
		return 0;
	if (columns < 1)
		columns = 1;
	full = fill_line(s, n, columns, &hard);
	if (hard || full == n)
		return full;
	next = full + shape_at(s + full, n - full).len;
	best = last_break(s, full, next);
	return best != 0 ? best : full;
}
