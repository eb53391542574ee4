/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A case as a record of the linkage.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/versions.h"
#include "db/links_impl.h"

/* ---- postcodes ---- */

static bool
is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool
is_figure(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_word(char c)
{
	return is_letter(c) || is_figure(c) || (unsigned char)c >= 0x80;
}

/* "SW1A" or "M1" at p; its length, or 0. */
static size_t
outward(const char *p)
{
	size_t n = 0;

	while (n < 2 && is_letter(p[n]))
		n++;
	if (n == 0 || !is_figure(p[n]))
		return 0;
	return n + 1;
}

/* "1AE" at p with nothing of a word behind it. */
static bool
inward(const char *p)
{
	return is_figure(p[0]) && is_letter(p[1]) && is_letter(p[2]) &&
	    !is_word(p[3]);
}

static size_t
postcode_here(const char *p)
{
	size_t n = outward(p);

	if (n == 0)
		return 0;
	/* The third figure or letter of the outward part may be there. */
	for (size_t more = 0; more < 2; more++) {
		size_t k = n + more;

		if (more == 1 && !is_letter(p[n]) && !is_figure(p[n]))
			break;
		if (inward(p + k))
			return k + 3;
		if (p[k] == ' ' && inward(p + k + 1))
			return k + 4;
	}
	return 0;
}

size_t
link_postcode(const char *text, const char **at)
{
	for (const char *p = text; *p != '\0'; p++) {
		size_t n = p == text || !is_word(p[-1]) ? postcode_here(p) :
		    0;

		if (n > 0) {
			*at = p;
			return n;
		}
	}
	return 0;
}

/* ---- what stands in the case ---- */

/* The latest that says anything there. */
static const char *
text_of(const struct versions *v, const char *field)
{
	for (size_t i = 0; i < v->n; i++) {
		const char *text = record_text(v->v[i], field);

		if (text[strspn(text, " \t\n")] != '\0')
			return text;
	}
	return "";
}

static char *
dup_n(const char *s, size_t n)
{
	char *copy = malloc(n + 1);

	if (copy != NULL) {
		memcpy(copy, s, n);
		copy[n] = '\0';
	}
	return copy;
}

static char *
dup_text(const char *s)
{
	return dup_n(s, strlen(s));
}

/* The last address that has one; else where they live is said to be. */
static char *
postcode_of(const struct casefile *c, const struct versions *v)
{
	const char *text = text_of(v, "postcode"), *at;
	size_t n;

	if (*text != '\0')
		return dup_text(text);
	for (size_t i = c->nrecords; i-- > 0;) {
		const struct record *r = c->records[i];

		if (strcmp(r->entry.kind, "address") != 0 ||
		    !record_stands(r))
			continue;
		n = link_postcode(record_text(r, "address"), &at);
		if (n == 0)
			n = link_postcode(record_text(r, "area"), &at);
		if (n > 0)
			return dup_n(at, n);
	}
	n = link_postcode(text_of(v, "area"), &at);
	return n > 0 ? dup_n(at, n) : dup_text("");
}

/* ---- names ---- */

static size_t
trimmed(const char *s, size_t n)
{
	while (n > 0 && s[n - 1] == ' ')
		n--;
	return n;
}

/* Where the surname begins: the last word, with "van der" before it. */
static const char *
last_name(const char *name, size_t n)
{
	const char *at = name + n;

	while (at > name && at[-1] != ' ')
		at--;
	while (at > name) {
		const char *word = at - 1;

		while (word > name && word[-1] == ' ')
			word--;
		while (word > name && word[-1] != ' ')
			word--;
		/* The first word is never a part of the surname. */
		if (word == name || *word < 'a' || *word > 'z')
			break;
		at = word;
	}
	return at;
}

/* "Marsh, Ann" and "Ann Marsh"; a single word is a forename. */
static void
split_name(const char *name, char **forename, char **surname)
{
	const char *comma, *at;
	size_t n;

	name += strspn(name, " ");
	n = trimmed(name, strlen(name));
	comma = memchr(name, ',', n);
	if (comma != NULL) {
		at = comma + 1 + strspn(comma + 1, " ");
		*surname = dup_n(name, trimmed(name,
		    (size_t)(comma - name)));
		*forename = dup_n(at, at < name + n ?
		    (size_t)(name + n - at) : 0);
		return;
	}
	at = last_name(name, n);
	if (at == name)
		at = name + n;
	*forename = dup_n(name, trimmed(name, (size_t)(at - name)));
	*surname = dup_n(at, (size_t)(name + n - at));
}

static void
names_of(const struct versions *v, struct link_case *out)
{
	const char *forename = text_of(v, "forename");
	const char *surname = text_of(v, "surname");

	if (*forename == '\0' && *surname == '\0') {
		split_name(text_of(v, "name"), &out->forename,
		    &out->surname);
		return;
	}
	out->forename = dup_text(forename);
	out->surname = dup_text(surname);
}

/* ---- the whole ---- */

/* Of the return, else whom somebody elsewhere works for, else our own. */
static const char *
agency_of(const struct casefile *c, const struct versions *v,
    const struct roster *r)
{
	const char *text = text_of(v, "agency");
	const struct roster_user *u = *text == '\0' && c->opened != NULL ?
	    roster_find(r, &c->opened->entry.author) : NULL;

	return u != NULL && u->abroad && u->agency != NULL ? u->agency : text;
}

static void
fill(const struct casefile *c, const struct versions *v,
    const struct roster *r, struct link_case *out)
{
	const char *sex = text_of(v, "sex");

	*out = (struct link_case){.id = c->id, .birth = c->birth,
	    .sex = *sex == 'M' || *sex == 'F' ? *sex : 'U'};
	names_of(v, out);
	out->reference = dup_text(c->reference);
	out->agency = dup_text(agency_of(c, v, r));
	out->postcode = postcode_of(c, v);
	out->nhs = dup_text(text_of(v, "nhs"));
	out->upn = dup_text(text_of(v, "upn"));
}

enum rc
link_case_of(const struct casefile *c, const struct roster *r,
    struct link_case *out, bool *named, struct err *e)
{
	struct versions v;
	enum rc rc = RC_OK;

	versions_init(&v);
	versions_of_child(c, &v);
	fill(c, &v, r, out);
	versions_release(&v);
	*named = false;
	if (out->forename == NULL || out->surname == NULL ||
	    out->reference == NULL || out->agency == NULL ||
	    out->postcode == NULL || out->nhs == NULL || out->upn == NULL)
		rc = err_set(e, RC_NOMEM, "not enough memory to compare the "
		    "cases");
	else
		*named = *out->forename != '\0' || *out->surname != '\0';
	if (rc != RC_OK || !*named)
		link_case_release(out);
	return rc;
}

void
link_case_release(struct link_case *k)
{
	free(k->reference);
	free(k->agency);
	free(k->forename);
	free(k->surname);
	free(k->postcode);
	free(k->nhs);
	free(k->upn);
	memset(k, 0, sizeof(*k));
}
