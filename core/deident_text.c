/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is found in a text, and the text without it. */
#include "config.h"

#include "core/deident_impl.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/vec.h"
#include "core/xalloc.h"

/* ---- spans ---- */

void
founds_release(struct founds *f)
{
	for (size_t i = 0; i < f->n; i++)
		free(f->v[i].with);
	free(f->v);
	memset(f, 0, sizeof(*f));
}

void
founds_add(struct founds *f, enum span_kind kind, size_t at, size_t n,
    char *with)
{
	f->v = vec_room(f->v, f->n, &f->cap, sizeof(*f->v));
	f->v[f->n++] = (struct found){kind, at, n, with, false};
}

static int
by_place(const void *a, const void *b)
{
	const struct found *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return (x->kind > y->kind) - (x->kind < y->kind);
}

void
founds_sort(struct founds *f)
{
	if (f->n > 1)
		qsort(f->v, f->n, sizeof(*f->v), by_place);
}

/* ---- names ---- */

static bool
is_person(enum ident_type t)
{
	return t == IDENT_CHILD || t == IDENT_PERSON || t == IDENT_WORKER;
}

/* The letter at which a title or an initial before the name begins. */
static size_t
with_title(const struct needles *ns, const struct letters *ls,
    const struct ident *id, size_t ident, size_t i)
{
	const unsigned bad = GAP_COMMA | GAP_OTHER | GAP_HYPHEN;
	char w[ASCII_WORD_MAX];
	size_t from;

	if (i == 0 || (ls->l[i].gap & bad) != 0 || !ls->l[i].first)
		return i;
	for (from = i - 1; from > 0 && !ls->l[from].first; from--)
		;
	letters_ascii(ls, from, i, w);
	if (word_is_title(w) && (id->type != IDENT_CHILD || !word_is_kin(w)))
		return from;
	if (i - from != 1 || !ls->l[from].upper)
		return i;
	for (const uint32_t *p = ns->initials[ident]; *p != 0; p++)
		if (*p == ls->l[from].cp)
			return from;
	return i;
}

/* "14 Fictional Rd": the number of a house before its road. */
static size_t
with_number(const struct letters *ls, const struct ident *id, size_t i)
{
	return id->text[0] >= '0' && id->text[0] <= '9' ?
	    letters_number_before(ls, i) : i;
}

/* "Zoes" is a genitive without its sign. */
static void
add_name(const struct deident *d, const struct needles *ns,
    const struct letters *ls, const struct hit *h, struct founds *out)
{
	const struct ident *id = &d->idents[h->ident];
	size_t from = h->from, to = h->to;
	struct str with;

	str_init(&with);
	str_add(&with, id->instead);
	if (is_person(id->type)) {
		from = with_title(ns, ls, id, h->ident, from);
		if (letters_genitive(ls, to) && !letters_bound(ls, to) &&
		    (ls->l[to].gap & GAP_SIGN) == 0) {
			str_add(&with, "'s");
			to++;
		}
	} else {
		from = with_number(ls, id, from);
	}
	founds_add(out, FOUND_NAME, ls->l[from].at,
	    ls->l[to - 1].end - ls->l[from].at, str_take(&with));
	out->v[out->n - 1].person = is_person(id->type);
}

static void
find_names(const struct deident *d, const struct needles *ns,
    const struct letters *ls, struct founds *out)
{
	struct hit h;

	for (size_t i = 0; i < ls->n;) {
		if ((letters_bound(ls, i) || ls->l[i].cp >= 0x2e80) &&
		    needles_hit(ns, d, ls, i, &h) && h.type == HIT_NAME) {
			add_name(d, ns, ls, &h, out);
			i = h.to;
		} else {
			i++;
		}
	}
}

/* ---- writing ---- */

/* True if out ends with this word, however written, and a blank. */
static bool
ends_with_word(const struct str *out, const char *word)
{
	size_t n = strlen(word);

	if (out->len < n + 1 || strchr(" \n", out->s[out->len - 1]) == NULL ||
	    strncasecmp(out->s + out->len - n - 1, word, n) != 0)
		return false;
	return out->len == n + 1 ||
	    !isalpha((unsigned char)out->s[out->len - n - 2]);
}

static bool
ends_with_any(const struct str *out, const char *const *words)
{
	for (; *words != NULL; words++)
		if (ends_with_word(out, *words))
			return true;
	return false;
}

static size_t
article(const char *with)
{
	if (strncmp(with, "a ", 2) == 0)
		return 2;
	if (strncmp(with, "an ", 3) == 0)
		return 3;
	return strncmp(with, "the ", 4) == 0 ? 4 : 0;
}

static bool
begins_sentence(const struct str *out)
{
	size_t n = out->len;

	while (n > 0 && strchr(" \n\t\"'(", out->s[n - 1]) != NULL)
		n--;
	if (n == 0)
		return true;
	/* The dot of a stand-in, "K.", ends no sentence. */
	if (n >= 2 && out->s[n - 1] == '.' && out->s[n - 2] >= 'A' &&
	    out->s[n - 2] <= 'Z')
		return false;
	return strchr(".!?", out->s[n - 1]) != NULL;
}

/* An article in front is taken back when what follows has its own. */
static void
drop_article(struct str *out, const char *with)
{
	static const char *const articles[] = {"the", "an", "a"};

	if (article(with) == 0)
		return;
	for (size_t i = 0; i < 3; i++)
		if (ends_with_word(out, articles[i])) {
			str_splice(out, out->len - strlen(articles[i]) - 1,
			    strlen(articles[i]) + 1, "", 0);
			return;
		}
}

static void
write_one(struct str *out, const struct found *f, const char *behind)
{
	static const char *const owners[] = {
		"her", "his", "their", "my", "our", "your", "this", "that",
		"its", "'s", "\xe2\x80\x99s", NULL
	};
	const char *with = f->with;
	size_t at;

	drop_article(out, with);
	if (ends_with_any(out, owners))
		with += article(with);
	at = out->len;
	if (begins_sentence(out)) {
		str_add(out, with);
		if (out->len > at)
			out->s[at] = (char)toupper((unsigned char)
			    out->s[at]);
	} else {
		str_add(out, with);
	}
	/* "saw K.." */
	if (behind[0] == '.' && behind[1] != '.' && out->len > at &&
	    out->s[out->len - 1] == '.')
		str_splice(out, out->len - 1, 1, "", 0);
}

void
deident_founds(const struct deident *d, const struct needles *ns,
    int32_t near, const char *text, struct founds *out)
{
	struct date_frame fr = {d->moved, near};
	struct letters ls;

	memset(out, 0, sizeof(*out));
	letters_of(&ls, text, strlen(text));
	find_names(d, ns, &ls, out);
	find_dates(text, &fr, out);
	find_numbers(text, out);
	find_online(text, out);
	find_places(&ls, out);
	letters_release(&ls);
	founds_sort(out);
}

/* Of spans that lie over each other the longest speaks; all of them go. */
static size_t
take_over(const struct founds *f, size_t i, struct found *to, size_t *end)
{
	*to = f->v[i];
	*end = to->at + to->n;
	for (i++; i < f->n && f->v[i].at < *end; i++) {
		if (f->v[i].with == NULL)
			continue;
		if (f->v[i].at + f->v[i].n > *end)
			*end = f->v[i].at + f->v[i].n;
		if (f->v[i].n > to->n)
			*to = f->v[i];
	}
	return i;
}

void
deident_replace(const struct deident *d, const struct needles *ns,
    int32_t near, const char *text, struct str *out)
{
	struct founds f;
	struct str made;
	size_t done = 0, end;

	deident_founds(d, ns, near, text, &f);
	str_init(&made);
	for (size_t i = 0; i < f.n;) {
		size_t from = f.v[i].at;
		struct found one;

		if (f.v[i].with == NULL) {
			i++;
			continue;
		}
		i = take_over(&f, i, &one, &end);
		str_add_n(&made, text + done, from - done);
		write_one(&made, &one, text + end);
		done = end;
	}
	str_add(&made, text + done);
	str_add(out, made.s);
	str_release(&made);
	founds_release(&f);
}

/* Dates without a year are read from when the case was last written in. */
static int32_t
near_case(const struct deident *d)
{
	return d->c != NULL && d->c->changed > 0 ?
	    moment_day(d->c->changed) : 0;
}

void
deident_text(const struct deident *d, const char *text, struct str *out)
{
	struct needles ns;

	needles_of(&ns, d);
	deident_replace(d, &ns, near_case(d), text, out);
	needles_forget(&ns);
}
