/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person has to look at in a text that is to be told. */
#include "config.h"

#include "core/deident_impl.h"

#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/xalloc.h"

struct doubts {
	struct doubt_found *v;
	size_t n, cap;
};

static void
add(struct doubts *ds, enum doubt_type type, size_t at, size_t n)
{
	ds->v = vec_room(ds->v, ds->n, &ds->cap, sizeof(*ds->v));
	ds->v[ds->n++] = (struct doubt_found){type, at, n};
}

static void
add_letters(struct doubts *ds, enum doubt_type type,
    const struct letters *ls, size_t from, size_t to)
{
	add(ds, type, ls->l[from].at, ls->l[to - 1].end - ls->l[from].at);
}

/* ---- names ---- */

static void
add_near(struct doubts *ds, const struct needles *ns,
    const struct letters *ls)
{
	struct hit h;

	for (size_t i = 0; i < ls->n;) {
		size_t end = letters_word_end(ls, i);

		if (needles_near(ns, ls, i, end, &h))
			add_letters(ds, DOUBT_NAME, ls, i, end);
		i = end;
	}
}

static void
add_names(struct doubts *ds, const struct deident *d,
    const struct needles *ns, const struct letters *ls)
{
	struct hit h;

	for (size_t i = 0; i < ls->n;) {
		if ((!letters_bound(ls, i) && ls->l[i].cp < 0x2e80) ||
		    !needles_hit(ns, d, ls, i, &h)) {
			i++;
			continue;
		}
		/* "the top of the hill" is no doubt beside Hill Top School. */
		if (h.type == HIT_NAME ||
		    d->idents[h.ident].type <= IDENT_WORKER)
			add_letters(ds, h.type == HIT_NAME ? DOUBT_NAME :
			    DOUBT_CAPITAL, ls, h.from, h.to);
		i = h.to;
	}
	add_near(ds, ns, ls);
}

/* ---- capitals ---- */

/* Words of the instrument's labels and help, with their capitals. */
static bool
in_text(const char *text, const char *w)
{
	size_t n = strlen(w);

	for (const char *p = text; p != NULL && *p != '\0'; p++) {
		size_t k = 0;

		if (*p < 'A' || *p > 'Z' || (p > text && ((p[-1] >= 'A' &&
		    p[-1] <= 'Z') || (p[-1] >= 'a' && p[-1] <= 'z'))))
			continue;
		while (k < n && (p[k] | 0x20) == w[k])
			k++;
		if (k == n && !((p[k] | 0x20) >= 'a' && (p[k] | 0x20) <= 'z'))
			return true;
	}
	return false;
}

static bool
of_instrument(const struct instrument *in, const char *w)
{
	if (in == NULL)
		return false;
	for (size_t i = 0; i < in->nitems; i++)
		if (in_text(in->items[i].label, w) ||
		    in_text(in->items[i].id, w))
			return true;
	for (size_t i = 0; i < in->nsections; i++)
		if (in_text(in->sections[i].label, w) ||
		    in_text(in->sections[i].id, w))
			return true;
	for (size_t i = 0; i < in->nlevels; i++)
		if (in_text(in->levels[i].label, w))
			return true;
	return in_text(in->title, w);
}

/*
 * "K." and the "B" of "School B", as they stand in for somebody.  What a
 * person types in place of a name may be a name as well.
 */
static bool
of_stand_in(const struct deident *d, const char *w)
{
	if (w[0] == '\0' || w[1] != '\0')
		return false;
	for (size_t k = 0; k < d->nidents; k++) {
		const char *p = d->idents[k].instead;

		for (const char *at = p; *at != '\0'; at++)
			if ((at == p || at[-1] == ' ') &&
			    strchr(" .", at[1]) != NULL &&
			    *at == w[0] - 'a' + 'A')
				return true;
	}
	return false;
}

/* "WAS MISSING": some write whole notes so. */
static bool
is_all_capitals(const struct letters *ls, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!ls->l[i].upper)
			return false;
	return to - from >= 2;
}

static bool
is_like_name(const struct deident *d, const struct letters *ls, size_t i,
    size_t end)
{
	char w[ASCII_WORD_MAX];
	size_t to = end;

	if (!ls->l[i].upper || ls->l[i].cp < 'a')
		return false;
	/* "Police's" is as good as "Police". */
	if (end - i > 1 && letters_genitive(ls, end - 1) &&
	    (ls->l[end - 1].gap & GAP_SIGN) != 0)
		to = end - 1;
	letters_ascii(ls, i, to, w);
	if (word_is_ordinary(w) && (letters_sentence_start(ls, i) ||
	    is_all_capitals(ls, i, to)))
		return false;
	return w[0] == '\0' || (!word_is_capital(w) &&
	    !of_stand_in(d, w) && !of_instrument(d->in, w));
}

static void
add_capitals(struct doubts *ds, const struct deident *d,
    const struct letters *ls)
{
	for (size_t i = 0; i < ls->n;) {
		size_t end = letters_word_end(ls, i);

		if (is_like_name(d, ls, i, end))
			add_letters(ds, DOUBT_CAPITAL, ls, i, end);
		i = end;
	}
}

/* ---- all of them ---- */

static void
add_founds(struct doubts *ds, const char *text)
{
	static const struct date_frame still = {0, 0};
	struct founds f = {NULL, 0, 0};

	find_dates(text, &still, &f);
	find_numbers(text, &f);
	find_online(text, &f);
	for (size_t i = 0; i < f.n; i++) {
		const struct found *one = &f.v[i];

		if (one->kind == FOUND_DATE_DOUBT)
			add(ds, DOUBT_DATE, one->at, one->n);
		else if (one->kind == FOUND_NUMBER_DOUBT)
			add(ds, DOUBT_NUMBER, one->at, one->n);
		else if (one->kind == FOUND_ONLINE_DOUBT ||
		    one->kind == FOUND_ONLINE)
			add(ds, DOUBT_ONLINE, one->at, one->n);
		else if (one->kind == FOUND_NUMBER)
			add(ds, DOUBT_NUMBER, one->at, one->n);
	}
	/* The figures of a date are no number. */
	for (size_t i = 0; i < f.n; i++)
		for (size_t k = 0; f.v[i].kind == FOUND_DATE && k < ds->n;
		    k++)
			if (ds->v[k].type == DOUBT_NUMBER &&
			    ds->v[k].at < f.v[i].at + f.v[i].n &&
			    f.v[i].at < ds->v[k].at + ds->v[k].n)
				ds->v[k].n = 0;
	founds_release(&f);
}

/* What says most about a place comes first. */
static int
rank(enum doubt_type t)
{
	return t == DOUBT_NAME ? 0 : t == DOUBT_CAPITAL ? 2 : 1;
}

static int
by_place(const void *a, const void *b)
{
	const struct doubt_found *x = a, *y = b;

	if (rank(x->type) != rank(y->type))
		return rank(x->type) - rank(y->type);
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return (x->type > y->type) - (x->type < y->type);
}

static int
by_place_alone(const void *a, const void *b)
{
	const struct doubt_found *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

static bool
is_over(const struct doubts *ds, size_t n, const struct doubt_found *one)
{
	for (size_t i = 0; i < n; i++)
		if (one->at < ds->v[i].at + ds->v[i].n &&
		    ds->v[i].at < one->at + one->n)
			return true;
	return false;
}

/* One doubt a place. */
static void
tidy(struct doubts *ds)
{
	size_t n = 0;

	if (ds->n == 0)
		return;
	qsort(ds->v, ds->n, sizeof(*ds->v), by_place);
	for (size_t i = 0; i < ds->n; i++) {
		struct doubt_found one = ds->v[i];

		if (one.n > 0 && !is_over(ds, n, &one))
			ds->v[n++] = one;
	}
	ds->n = n;
	if (n > 1)
		qsort(ds->v, n, sizeof(*ds->v), by_place_alone);
}

size_t
doubts_with(const struct deident *d, const struct needles *ns,
    const char *text, struct doubt_found **out)
{
	struct doubts ds = {NULL, 0, 0};
	struct letters ls;

	letters_of(&ls, text, strlen(text));
	add_names(&ds, d, ns, &ls);
	add_capitals(&ds, d, &ls);
	add_founds(&ds, text);
	letters_release(&ls);
	tidy(&ds);
	*out = ds.v;
	return ds.n;
}

size_t
deident_doubts(const struct deident *d, const char *text,
    struct doubt_found **out)
{
	struct needles ns;
	size_t n;

	needles_of(&ns, d);
	n = doubts_with(d, &ns, text, out);
	needles_forget(&ns);
	return n;
}

/* ---- of a line ---- */

#define DAYS_MAX 32

static bool
has_day(const int32_t *days, size_t n, int32_t day)
{
	for (size_t i = 0; i < n; i++)
		if (days[i] == day)
			return true;
	return false;
}

/* A whole date that was not proposed may be the real one, put back. */
static void
add_put_back(struct deident_line *l, const char *told)
{
	int32_t known[DAYS_MAX];
	size_t n = find_days(l->proposed, known, DAYS_MAX);
	static const struct date_frame still = {0, 0};
	struct founds f = {NULL, 0, 0};

	find_dates(told, &still, &f);
	for (size_t i = 0; i < f.n; i++) {
		char *date = xstrndup(told + f.v[i].at, f.v[i].n);
		int32_t days[DAYS_MAX];
		size_t k = find_days(date, days, DAYS_MAX);

		for (size_t j = 0; j < k; j++) {
			if (f.v[i].kind != FOUND_DATE ||
			    has_day(known, n, days[j]))
				continue;
			l->doubts = vec_room(l->doubts, l->ndoubts,
			    &l->capdoubts, sizeof(*l->doubts));
			l->doubts[l->ndoubts++] = (struct doubt_found){
				DOUBT_DATE, f.v[i].at, f.v[i].n};
			break;
		}
		free(date);
	}
	founds_release(&f);
}

void
deident_line_doubts(struct deident *d, const struct needles *ns, size_t i)
{
	struct deident_line *l = &d->lines[i];
	const char *told = deident_told(l);

	free(l->doubts);
	l->doubts = NULL;
	l->ndoubts = l->capdoubts = 0;
	if (told == NULL)
		return;
	l->ndoubts = doubts_with(d, ns, told, &l->doubts);
	l->capdoubts = l->ndoubts;
	if (l->state == LINE_REWRITTEN)
		add_put_back(l, told);
	if (l->ndoubts > 1)
		qsort(l->doubts, l->ndoubts, sizeof(*l->doubts),
		    by_place_alone);
}
