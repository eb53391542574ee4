/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A card out of a letter.  What mail does to text is put up with: marks of
 * quotation, carriage returns, lines wrapped or indented anew.  What was
 * altered is found by the words, which stand on the card as well.
 */
#include "config.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/card.h"
#include "core/utf8.h"
#include "core/xalloc.h"

/* ---- one line of a name ---- */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

char *
card_line(const char *s)
{
	struct str out;

	str_init(&out);
	for (; *s != '\0'; s++) {
		if (!is_blank(*s))
			str_add_char(&out, *s);
		else if (out.len > 0 && out.s[out.len - 1] != ' ')
			str_add_char(&out, ' ');
	}
	while (out.len > 0 && out.s[out.len - 1] == ' ')
		str_splice(&out, out.len - 1, 1, "", 0);
	return str_take(&out);
}

/* ---- the lines ---- */

struct reader {
	const char *at, *end;
};

/* The next line without marks of quotation and blanks around it. */
static bool
next_line(struct reader *r, const char **line, size_t *n)
{
	const char *p = r->at, *nl;
	size_t len;

	if (p == r->end)
		return false;
	nl = memchr(p, '\n', (size_t)(r->end - p));
	len = nl != NULL ? (size_t)(nl - p) : (size_t)(r->end - p);
	r->at = p + len + (nl != NULL ? 1 : 0);
	while (len > 0 && (is_blank(*p) || *p == '>')) {
		p++;
		len--;
	}
	while (len > 0 && is_blank(p[len - 1]))
		len--;
	*line = p;
	*n = len;
	return true;
}

static bool
line_is(const char *line, size_t n, const char *want)
{
	return n == strlen(want) && memcmp(line, want, n) == 0;
}

enum label { NAME, AGENCY, ROLE, KEY, WORDS, LABELS };
static const char *const labels[LABELS] = {
	"Name:", "Agency:", "Role:", "Key:", "Words:"
};

struct fields {
	struct str text[LABELS];
	bool there[LABELS];
};

static void
fields_init(struct fields *f)
{
	memset(f, 0, sizeof(*f));
	for (size_t i = 0; i < LABELS; i++)
		str_init(&f->text[i]);
}

static void
fields_release(struct fields *f)
{
	for (size_t i = 0; i < LABELS; i++)
		str_release(&f->text[i]);
}

static size_t
label_of(const char *line, size_t n)
{
	size_t i;

	for (i = 0; i < LABELS; i++)
		if (n >= strlen(labels[i]) &&
		    memcmp(line, labels[i], strlen(labels[i])) == 0)
			break;
	return i;
}

/* A line without a label goes on with the field before it. */
static enum rc
take_line(struct fields *f, size_t *last, const char *line, size_t n,
    struct err *e)
{
	size_t i = label_of(line, n), skip = 0;

	if (i < LABELS && f->there[i])
		return err_set(e, RC_INPUT, "the card says \"%s\" twice; ask "
		    "for the card again, as a file", labels[i]);
	if (i < LABELS) {
		f->there[i] = true;
		skip = strlen(labels[i]);
		*last = i;
	}
	if (*last == LABELS)
		return n == 0 ? RC_OK : err_set(e, RC_INPUT, "the card does "
		    "not begin with a name; ask for the card again, as a "
		    "file");
	str_add_char(&f->text[*last], ' ');
	str_add_n(&f->text[*last], line + skip, n - skip);
	return RC_OK;
}

/* r stands behind the first line of the card, and then behind its last. */
static enum rc
find_end(struct reader *r, const char **end, struct err *e)
{
	const char *from = r->at, *line;
	size_t n;

	while (*end = r->at, next_line(r, &line, &n)) {
		if (line_is(line, n, CARD_END))
			return RC_OK;
		if (line_is(line, n, CARD_BEGIN))
			break;
		if (r->at - from > CARD_TEXT_MAX)
			return err_set(e, RC_INPUT, "the card is longer than "
			    "a card can be; ask for it again, as a file");
	}
	return err_set(e, RC_INPUT, "the card is cut short: its last line, \""
	    CARD_END "\", is missing; copy all of it");
}

static enum rc
read_fields(struct reader *r, struct fields *f, struct err *e)
{
	struct reader lines = *r;
	size_t last = LABELS, n;
	const char *line;
	enum rc rc = find_end(r, &lines.end, e);

	while (rc == RC_OK && next_line(&lines, &line, &n))
		rc = take_line(f, &last, line, n, e);
	return rc;
}

/* Moves behind the next first line of a card. */
static bool
find_begin(struct reader *r)
{
	const char *line;
	size_t n;

	while (next_line(r, &line, &n))
		if (line_is(line, n, CARD_BEGIN))
			return true;
	return false;
}

/* ---- what they say ---- */

static enum rc
check_there(const struct fields *f, struct err *e)
{
	for (size_t i = 0; i < LABELS; i++)
		if (!f->there[i])
			return err_set(e, RC_INPUT, "the card has no line "
			    "\"%s\"; copy all of it", labels[i]);
	return RC_OK;
}

static enum rc
check_line(const char *label, const char *s, struct err *e)
{
	if (*s == '\0')
		return err_set(e, RC_INPUT, "the card says nothing after "
		    "\"%s\"; ask for another", label);
	if (strlen(s) > CARD_LINE_MAX)
		return err_set(e, RC_INPUT, "the card says more than %d bytes "
		    "after \"%s\"; ask for a shorter one", CARD_LINE_MAX,
		    label);
	for (const char *p = s; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return err_set(e, RC_INPUT, "the card has a control "
			    "character after \"%s\"; ask for it again, as a "
			    "file", label);
	return RC_OK;
}

static enum rc
take_role(const struct fields *f, struct card *out, struct err *e)
{
	char *role = card_line(f->text[ROLE].s);
	unsigned bits = role_from_name(role);

	free(role);
	if (!card_role_fits(bits))
		return err_set(e, RC_INPUT, "the card gives a role that "
		    "exchanges no cases; practitioner, supervisor or trainer "
		    "was expected");
	out->role = (enum role)bits;
	return RC_OK;
}

/* Points of small order would sign and open for anybody. */
static bool
keys_usable(const struct card *c)
{
	static const unsigned char one[32] = {1};
	unsigned char shared[32];

	return crypto_core_ed25519_is_valid_point(c->key.b) != 0 &&
	    crypto_core_ed25519_is_valid_point(c->root) != 0 &&
	    crypto_core_ed25519_is_valid_point(c->founder.b) != 0 &&
	    crypto_scalarmult(shared, one, c->box) == 0;
}

static enum rc
take_keys(const struct fields *f, struct card *out, struct err *e)
{
	unsigned char keys[CARD_KEY_BYTES];
	size_t n;

	if (sodium_base642bin(keys, sizeof(keys), f->text[KEY].s,
	    f->text[KEY].len, " \t\r", &n, NULL,
	    sodium_base64_VARIANT_ORIGINAL) != 0 || n != sizeof(keys))
		return err_set(e, RC_INPUT, "the keys of the card are not "
		    "whole; copy all of it");
	card_keys_take(out, keys);
	if (!keys_usable(out))
		return err_set(e, RC_INPUT, "the card does not hold keys that "
		    "could be anybody's; do not use it, and ask who made it");
	return RC_OK;
}

static enum rc
take_names(const struct fields *f, struct card *out, struct err *e)
{
	enum rc rc;

	out->name = card_line(f->text[NAME].s);
	out->agency = card_line(f->text[AGENCY].s);
	rc = check_line(labels[NAME], out->name, e);
	return rc == RC_OK ? check_line(labels[AGENCY], out->agency, e) : rc;
}

static enum rc
make_card(const struct fields *f, struct card *out, struct err *e)
{
	enum rc rc = check_there(f, e);
	size_t wrong;

	if (rc == RC_OK)
		rc = take_names(f, out, e);
	if (rc == RC_OK)
		rc = take_role(f, out, e);
	if (rc == RC_OK)
		rc = take_keys(f, out, e);
	if (rc != RC_OK || card_words_match(out, f->text[WORDS].s, &wrong))
		return rc;
	return err_set(e, RC_INPUT, "the card was changed on its way: its "
	    "words are not those of what it says; ask for it again");
}

static enum rc
check_text(const char *text, size_t n, struct err *e)
{
	size_t at;

	if (memchr(text, '\0', n) != NULL)
		return err_set(e, RC_INPUT, "this is no text; a card is a "
		    "text of a few lines that begins \"" CARD_BEGIN "\"");
	if (!utf8_valid(text, n, &at))
		return err_set(e, RC_INPUT, "the text is not UTF-8 from byte "
		    "%zu on; save it as UTF-8, or ask for the card as a file",
		    at + 1);
	return RC_OK;
}

static enum rc
parse(const char *text, size_t n, struct card *out, struct err *e)
{
	struct reader r = {text, text + n};
	struct fields f;
	enum rc rc;

	if (!find_begin(&r))
		return err_set(e, RC_INPUT, "there is no card in it; a card "
		    "begins with the line \"" CARD_BEGIN "\"");
	fields_init(&f);
	rc = read_fields(&r, &f, e);
	if (rc == RC_OK && find_begin(&r))
		rc = err_set(e, RC_INPUT, "there are two cards in it; take "
		    "them in one by one");
	if (rc == RC_OK)
		rc = make_card(&f, out, e);
	fields_release(&f);
	return rc;
}

enum rc
card_parse(const char *text, size_t n, struct card *out, struct err *e)
{
	enum rc rc = check_text(text, n, e);

	memset(out, 0, sizeof(*out));
	if (rc == RC_OK)
		rc = parse(text, n, out, e);
	if (rc != RC_OK)
		card_release(out);
	return rc;
}
