/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records: taken in, standardised, sorted, counted. */
#include "config.h"

#include "core/link.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/ident.h"
#include "core/link_impl.h"
#include "core/str.h"
#include "core/vec.h"
#include "core/xalloc.h"

/* How many records a frequency has to outweigh; and its bounds in bits. */
#define SMOOTH 100.0
#define RARE_MAX 5.0
#define RARE_MIN (-20.0)

const char *
link_field_name(enum link_field f)
{
	static const char *const names[LINK_FIELDS] = { "forename",
	    "surname", "birth", "sex", "postcode", "nhs", "upn" };

	return names[f];
}

const char *
link_level_words(enum link_level l)
{
	static const char *const words[LINK_LEVELS] = { "the same", "close",
	    "in part", "different", "not recorded" };

	return words[l];
}

const char *
link_why_words(enum link_why why)
{
	switch (why) {
	case LINK_BETWEEN:
		return "not sure enough either way";
	case LINK_TWIN:
		return "may be twins: born the same day, other given name";
	case LINK_NO_LEAD:
		return "another record fits as well";
	case LINK_SAME_AGENCY:
		return "would be two records of one agency";
	case LINK_ID_ALONE:
		return "a number is the same, and nothing else";
	case LINK_AGAINST:
		return "would join what somebody parted";
	case LINK_CONFLICT:
		return "both have a number of one sort, and they differ";
	case LINK_CHAIN:
		return "would join two others over what is linked already";
	}
	return "";
}

struct links *
links_new(const struct link_names *names)
{
	struct links *l = xcalloc(1, sizeof(*l));

	l->names = names;
	return l;
}

void
links_free(struct links *l)
{
	if (l == NULL)
		return;
	link_words_release(&l->words);
	link_words_release(&l->phrases);
	free(l->list);
	free(l->recs);
	free(l->rank);
	free(l->cache[0]);
	free(l->cache[1]);
	free(l);
}

size_t
links_records(const struct links *l)
{
	return l->n;
}

const struct link_blocks *
links_blocks(const struct links *l)
{
	return &l->blocks;
}

size_t
links_memory(const struct links *l)
{
	return sizeof(*l) + link_words_memory(&l->words) +
	    link_words_memory(&l->phrases) +
	    l->caplist * sizeof(*l->list) + l->cap * sizeof(*l->recs) +
	    (l->rank == NULL ? 0 : l->n * sizeof(*l->rank)) +
	    (l->cache[0] == NULL ? 0 : 2 * l->ncache * sizeof(uint64_t));
}

/* ---- taking in ---- */

/* "R" of one agency and "R" of another may be Ruth and Rachel. */
static bool
tells_nobody(const struct link_names *names, const struct tokens *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->t[i].n > 1 && !(link_names_flags(names, t->t[i].s,
		    t->t[i].n) & WORD_NOBODY))
			return false;
	return true;
}

static void
fill_name(struct links *l, struct link_name *name, const struct tokens *t,
    struct str *text)
{
	str_clear(text);
	for (size_t i = 0; i < t->n; i++) {
		name->tok[i] = link_words_add(&l->words, t->t[i].s,
		    t->t[i].n);
		str_add_n(text, t->t[i].s, t->t[i].n);
	}
	name->n = (uint32_t)t->n;
	name->nobody = tells_nobody(l->names, t);
	name->joined = link_words_add(&l->words, text->s, text->len);
	name->sound = link_sound(t->t[0].s, t->t[0].n);
	name->last = link_sound(t->t[t->n - 1].s, t->t[t->n - 1].n);
}

static uint32_t
take_name(struct links *l, const struct tokens *t)
{
	struct str text;
	size_t before = l->phrases.n;
	uint32_t id;

	if (t->n == 0)
		return 0;
	str_init(&text);
	for (size_t i = 0; i < t->n; i++) {
		if (i > 0)
			str_add_char(&text, ' ');
		str_add_n(&text, t->t[i].s, t->t[i].n);
	}
	id = link_words_add(&l->phrases, text.s, text.len);
	if (l->phrases.n > before) {
		while (id >= l->caplist)
			l->list = vec_room(l->list, l->caplist, &l->caplist,
			    sizeof(*l->list));
		fill_name(l, &l->list[id], t, &text);
	}
	str_release(&text);
	return id;
}

/* The same for the same words, whatever their order and their field. */
static uint64_t
bag_of(const struct spoken *s)
{
	uint64_t bag = 0;

	if (s->fore.n == 0 || s->sur.n == 0)
		return 0;
	for (size_t i = 0; i < s->fore.n; i++)
		bag += link_hash(s->fore.t[i].s, s->fore.t[i].n);
	for (size_t i = 0; i < s->sur.n; i++)
		bag += link_hash(s->sur.t[i].s, s->sur.t[i].n);
	return bag;
}

/* Numbers that do not check were copied wrongly: they count as missing. */
static void
take_numbers(struct link_rec *r, const struct link_raw *raw)
{
	char nhs[NHS_TEXT_MAX];
	struct upn upn;
	struct err e;

	if (raw->nhs != NULL && raw->nhs[0] != '\0' &&
	    nhs_check(raw->nhs, nhs, &e) == RC_OK)
		r->nhs = link_hash(nhs, strlen(nhs)) | 1;
	if (raw->upn != NULL && raw->upn[0] != '\0' &&
	    upn_check(raw->upn, &upn, &e) == RC_OK) {
		r->upn = link_hash(upn.text, strlen(upn.text)) | 1;
		r->passing = upn.temporary;
	}
}

uint32_t
links_add(struct links *l, const struct link_raw *raw)
{
	struct link_rec r = { .agency = raw->agency, .birth = raw->birth };
	struct spoken s;

	link_standard(l->names, raw, &s);
	r.fore = take_name(l, &s.fore);
	r.sur = take_name(l, &s.sur);
	r.bag = bag_of(&s);
	r.digits = link_digits(raw->birth);
	r.sex = raw->sex == 'M' || raw->sex == 'F' ? raw->sex : 'U';
	r.place = link_place(raw->postcode);
	take_numbers(&r, raw);
	r.number = (uint32_t)l->n;
	l->recs = vec_room(l->recs, l->n, &l->cap, sizeof(*l->recs));
	l->recs[l->n++] = r;
	l->ready = false;
	return r.number;
}

/* ---- an order that follows from what the records say ---- */

static int
more(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int
by_words(const struct links *l, uint32_t a, uint32_t b)
{
	return a == b ? 0 : strcmp(link_words_text(&l->phrases, a),
	    link_words_text(&l->phrases, b));
}

static int
by_content(const void *va, const void *vb, void *ctx)
{
	const struct link_rec *a = va, *b = vb;
	const struct links *l = ctx;
	int c = (a->birth > b->birth) - (a->birth < b->birth);

	c = c != 0 ? c : by_words(l, a->sur, b->sur);
	c = c != 0 ? c : by_words(l, a->fore, b->fore);
	c = c != 0 ? c : more(a->place, b->place);
	c = c != 0 ? c : more(a->nhs, b->nhs);
	c = c != 0 ? c : more(a->upn, b->upn);
	c = c != 0 ? c : a->sex - b->sex;
	c = c != 0 ? c : more(a->agency, b->agency);
	return c != 0 ? c : more(a->number, b->number);
}

/* ---- how common a value is ---- */

/* Bits that an agreement weighs more than the model's average one. */
static float
rarity(double count, double n, double u)
{
	double share, bits;

	if (u <= 0.0)
		return 0.0f;
	share = ((count > 2 ? count - 2 : 0) + SMOOTH * u) / (n + SMOOTH);
	bits = log2(u / share);
	return (float)(bits > RARE_MAX ? RARE_MAX :
	    bits < RARE_MIN ? RARE_MIN : bits);
}

static void
count_names(struct links *l, const struct link_model *m)
{
	for (uint32_t id = 1; id <= l->phrases.n; id++)
		l->list[id].count[0] = l->list[id].count[1] = 0;
	for (size_t i = 0; i < l->n; i++) {
		if (l->recs[i].fore != 0)
			l->list[l->recs[i].fore].count[0]++;
		if (l->recs[i].sur != 0)
			l->list[l->recs[i].sur].count[1]++;
	}
	for (uint32_t id = 1; id <= l->phrases.n; id++)
		for (int k = 0; k < 2; k++)
			l->list[id].rare[k] = rarity(l->list[id].count[k],
			    (double)l->n,
			    m->u[k == 0 ? LINK_FORENAME : LINK_SURNAME]
			    [LEVEL_EXACT]);
}

/* Days are in order; a day as common as others gains nothing. */
static void
count_days(struct links *l, const struct link_model *m)
{
	for (size_t i = 0, j; i < l->n; i = j) {
		float bits;

		for (j = i; j < l->n && l->recs[j].birth == l->recs[i].birth;)
			j++;
		bits = rarity((double)(j - i), (double)l->n,
		    m->u[LINK_BIRTH][LEVEL_EXACT]);
		for (size_t k = i; k < j; k++)
			l->recs[k].rare_birth = bits < 0 ? bits : 0;
	}
}

static int
by_number(const void *a, const void *b)
{
	return more(*(const uint64_t *)a, *(const uint64_t *)b);
}

static size_t
first_not_below(const uint64_t *v, size_t n, uint64_t x)
{
	size_t lo = 0;

	while (n > lo) {
		size_t mid = lo + (n - lo) / 2;

		if (v[mid] < x)
			lo = mid + 1;
		else
			n = mid;
	}
	return lo;
}

/* A postcode of many, such as a home or a school, says less. */
static void
count_places(struct links *l, const struct link_model *m)
{
	uint64_t *all = xreallocarray(NULL, l->n + 1, sizeof(*all));

	for (size_t i = 0; i < l->n; i++)
		all[i] = l->recs[i].place;
	qsort(all, l->n, sizeof(*all), by_number);
	for (size_t i = 0; i < l->n; i++) {
		uint64_t p = l->recs[i].place;
		size_t many = first_not_below(all, l->n, p + 1) -
		    first_not_below(all, l->n, p);
		float bits = rarity((double)many, (double)l->n,
		    m->u[LINK_POSTCODE][LEVEL_EXACT]);

		l->recs[i].rare_place = bits < 0 ? bits : 0;
	}
	free(all);
}

void
links_prepare(struct links *l, const struct link_model *m)
{
	if (!l->ready) {
		if (l->n > 0)
			qsort_r(l->recs, l->n, sizeof(*l->recs), by_content,
			    l);
		free(l->rank);
		l->rank = xreallocarray(NULL, l->n + 1, sizeof(*l->rank));
		for (size_t i = 0; i < l->n; i++)
			l->rank[l->recs[i].number] = (uint32_t)i;
		l->ready = true;
	}
	if (l->cache[0] == NULL) {
		l->ncache = l->n < 20000 ? (size_t)1 << 14 : (size_t)1 << 20;
		for (int k = 0; k < 2; k++) {
			l->cache[k] = xreallocarray(NULL, l->ncache,
			    sizeof(uint64_t));
			memset(l->cache[k], 0xff,
			    l->ncache * sizeof(uint64_t));
		}
	}
	count_names(l, m);
	count_days(l, m);
	count_places(l, m);
}
