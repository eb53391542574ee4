/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pairs of the blocks are weighed; what a person decided holds; the model
 * links what is above the upper threshold, leads and trips no guard, the
 * surest first; a person is asked the rest.  All works on places in recs,
 * whose order follows from the records, so that the order in which they came
 * is nowhere.
 */
#include "config.h"

#include "core/link_impl.h"

#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/xalloc.h"

struct run {
	struct links *l;
	const struct link_model *m;
	float w[LINK_FIELDS][LINK_LEVELS];
	struct scored *kept;
	size_t nkept, capkept;
	struct scored *decided;		/* a < b, one a pair; weight: its order */
	size_t ndecided;
	struct scored *apart;
	size_t napart;
	struct link_pair *pairs;	/* by places */
	size_t npairs;
	struct joining j;
};

/* ---- weighing ---- */

static float
weigh(const struct run *r, const struct link_rec *a,
    const struct link_rec *b, const struct compared *c,
    float weights[LINK_FIELDS])
{
	const unsigned char *lv = c->levels;
	float sum = 0;

	for (int f = 0; f < LINK_FIELDS; f++)
		weights[f] = r->w[f][lv[f]];
	if (a->fore == b->fore && lv[LINK_FORENAME] == LEVEL_EXACT)
		weights[LINK_FORENAME] += r->l->list[a->fore].rare[0];
	if (a->sur == b->sur && lv[LINK_SURNAME] == LEVEL_EXACT)
		weights[LINK_SURNAME] += r->l->list[a->sur].rare[1];
	if (lv[LINK_BIRTH] == LEVEL_EXACT)
		weights[LINK_BIRTH] += a->rare_birth;
	if (lv[LINK_POSTCODE] == LEVEL_EXACT)
		weights[LINK_POSTCODE] += a->rare_place;
	for (int f = 0; f < LINK_FIELDS; f++)
		sum += weights[f];
	return sum;
}

/* Of one agency: what it keeps apart under two given names is two children. */
static void
take_pair(void *ctx, uint32_t i, uint32_t j)
{
	struct run *r = ctx;
	const struct link_rec *a = &r->l->recs[i], *b = &r->l->recs[j];
	float weights[LINK_FIELDS], weight;
	struct compared c;

	link_compare(r->l, a, b, &c);
	if (a->agency == b->agency && !c.same_given &&
	    c.levels[LINK_FORENAME] != LEVEL_EXACT && !link_has_number(&c))
		return;
	weight = weigh(r, a, b, &c, weights);
	if (weight < (float)r->m->lower && !link_has_number(&c))
		return;
	r->kept = vec_room(r->kept, r->nkept, &r->capkept,
	    sizeof(*r->kept));
	r->kept[r->nkept++] = (struct scored){ .a = i, .b = j };
}

static int
by_places(const void *va, const void *vb)
{
	const struct scored *a = va, *b = vb;

	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return (a->b > b->b) - (a->b < b->b);
}

/* ---- what people decided ---- */

static int
by_places_and_time(const void *va, const void *vb)
{
	const struct scored *a = va, *b = vb;
	int c = by_places(a, b);

	return c != 0 ? c : (a->weight > b->weight) - (a->weight < b->weight);
}

/* LINK_AUTO: what the model said and somebody signed as a whole. */
static enum link_verdict
verdict_of(enum link_said said)
{
	return said == LINK_SAID_BY_MODEL ? LINK_AUTO :
	    said == LINK_SAID_SAME ? LINK_SAME : LINK_NOT_SAME;
}

static void
take_decided(struct run *r, const struct link_decided *d, size_t n)
{
	size_t kept = 0;

	r->decided = xcalloc(n + 1, sizeof(*r->decided));
	for (size_t i = 0; i < n; i++) {
		uint32_t a, b;

		if (d[i].a >= r->l->n || d[i].b >= r->l->n || d[i].a == d[i].b)
			continue;
		a = r->l->rank[d[i].a];
		b = r->l->rank[d[i].b];
		r->decided[r->ndecided++] = (struct scored){
		    .a = a < b ? a : b, .b = a < b ? b : a,
		    .weight = (float)i,
		    .verdict = verdict_of(d[i].same) };
	}
	qsort(r->decided, r->ndecided, sizeof(*r->decided),
	    by_places_and_time);
	for (size_t i = 0; i < r->ndecided; i++)
		if (i + 1 == r->ndecided ||
		    by_places(&r->decided[i], &r->decided[i + 1]) != 0)
			r->decided[kept++] = r->decided[i];
	r->ndecided = kept;
}

static void
take_apart(struct run *r)
{
	r->apart = xcalloc(2 * r->ndecided + 1, sizeof(*r->apart));
	for (size_t i = 0; i < r->ndecided; i++) {
		const struct scored *d = &r->decided[i];

		if (d->verdict != LINK_NOT_SAME)
			continue;
		r->apart[r->napart++] = *d;
		r->apart[r->napart] = *d;
		r->apart[r->napart].a = d->b;
		r->apart[r->napart++].b = d->a;
	}
	qsort(r->apart, r->napart, sizeof(*r->apart), by_places);
}

/* ---- the pairs that are told ---- */

static void
gather(struct run *r)
{
	size_t n = 0;

	for (int k = 0; k < LINK_KEYS; k++)
		link_block_all(r->l, (enum link_key)k, take_pair, r);
	for (size_t i = 0; i < r->ndecided; i++) {
		r->kept = vec_room(r->kept, r->nkept, &r->capkept,
		    sizeof(*r->kept));
		r->kept[r->nkept++] = r->decided[i];
	}
	if (r->nkept > 0)
		qsort(r->kept, r->nkept, sizeof(*r->kept), by_places);
	for (size_t i = 0; i < r->nkept; i++)
		if (i == 0 || by_places(&r->kept[i], &r->kept[i - 1]) != 0)
			r->kept[n++] = r->kept[i];
	r->nkept = n;
}

static void
fill_pair(struct run *r, const struct scored *s, struct link_pair *p)
{
	const struct link_rec *a = &r->l->recs[s->a], *b = &r->l->recs[s->b];
	struct compared c;

	link_compare(r->l, a, b, &c);
	*p = (struct link_pair){ .a = s->a, .b = s->b, .swapped = c.swapped };
	memcpy(p->levels, c.levels, sizeof(p->levels));
	p->weight = weigh(r, a, b, &c, p->weights);
	p->why = (unsigned char)link_why_ask(a, b, &c, p->weight,
	    (float)r->m->upper);
	p->verdict = p->why == 0 ? LINK_AUTO : LINK_ASK;
}

static struct link_pair *
pair_of(struct run *r, uint32_t a, uint32_t b)
{
	size_t lo = 0, hi = r->npairs;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		struct link_pair *p = &r->pairs[mid];

		if (p->a == a && p->b == b)
			return p;
		if (p->a < a || (p->a == a && p->b < b))
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

static int
by_time(const void *va, const void *vb)
{
	const struct scored *a = va, *b = vb;

	return (a->weight > b->weight) - (a->weight < b->weight);
}

/* Why a machine does not join them, whatever is linked already. */
#define OWN_BARS (LINK_TWIN | LINK_SAME_AGENCY | LINK_CONFLICT)

static void
ask_for(struct run *r, struct link_pair *p, unsigned why)
{
	uint32_t x = r->j.bar[0], y = r->j.bar[1];
	bool own = (x == p->a && y == p->b) || (x == p->b && y == p->a);

	p->verdict = LINK_ASK;
	p->why |= (unsigned char)(why == LINK_AGAINST || own ? why :
	    why | LINK_CHAIN);
	p->over[0] = r->l->recs[x].number;
	p->over[1] = r->l->recs[y].number;
}

static void
join_pair(struct run *r, struct link_pair *p, unsigned checks)
{
	unsigned why = joining_try(&r->j, p->a, p->b, checks);

	if (why != 0)
		ask_for(r, p, why);
}

/* What is known of the two may be other than when it was signed. */
static void
join_signed(struct run *r, struct link_pair *p)
{
	if ((p->why & OWN_BARS) != 0 &&
	    joining_of(&r->j, p->a) != joining_of(&r->j, p->b)) {
		p->verdict = LINK_ASK;
		return;
	}
	p->verdict = LINK_SAME;
	join_pair(r, p, JOIN_AGENCIES | JOIN_TWINS | JOIN_COPIES);
}

/* All that people said comes first: no machine stands in its way. */
static void
join_decided(struct run *r)
{
	qsort(r->decided, r->ndecided, sizeof(*r->decided), by_time);
	for (int machine = 0; machine < 2; machine++)
		for (size_t i = 0; i < r->ndecided; i++) {
			const struct scored *d = &r->decided[i];
			struct link_pair *p = pair_of(r, d->a, d->b);

			if (p == NULL ||
			    (d->verdict == LINK_AUTO) != (machine == 1))
				continue;
			if (machine == 1) {
				join_signed(r, p);
				continue;
			}
			p->verdict = d->verdict;
			if (d->verdict == LINK_SAME)
				join_pair(r, p, JOIN_PERSON);
		}
}

static bool
of_one_agency(const struct run *r, const struct link_pair *p)
{
	return r->l->recs[p->a].agency == r->l->recs[p->b].agency;
}

static void
join_duplicates(struct run *r)
{
	for (size_t i = 0; i < r->npairs; i++) {
		struct link_pair *p = &r->pairs[i];

		if (p->verdict == LINK_AUTO && of_one_agency(r, p))
			join_pair(r, p, JOIN_AGENCIES | JOIN_TWINS |
			    JOIN_COPIES);
	}
}

/* ---- the lead ---- */

struct edge {			/* from rec to a record of another agency */
	uint32_t rec, agency, root;
	float weight;
	size_t pair;
};

static int
by_rec_and_agency(const void *va, const void *vb)
{
	const struct edge *a = va, *b = vb;

	if (a->rec != b->rec)
		return a->rec < b->rec ? -1 : 1;
	return (a->agency > b->agency) - (a->agency < b->agency);
}

/* Two of one child's records in an agency are one candidate: by root. */
static void
check_lead(struct run *r, const struct edge *e, size_t n)
{
	const struct edge *best = &e[0], *second = NULL;

	for (size_t i = 1; i < n; i++)
		if (e[i].weight > best->weight)
			best = &e[i];
	for (size_t i = 0; i < n; i++)
		if (e[i].root != best->root &&
		    (second == NULL || e[i].weight > second->weight))
			second = &e[i];
	for (size_t i = 0; second != NULL && i < n; i++) {
		const struct edge *rival = e[i].root == best->root ? second :
		    best;
		struct link_pair *p = &r->pairs[e[i].pair];

		if (p->verdict == LINK_AUTO &&
		    e[i].weight - rival->weight < (float)r->m->margin) {
			p->verdict = LINK_ASK;
			p->why |= LINK_NO_LEAD;
		}
	}
}

static struct edge
edge_of(struct run *r, size_t i, bool back)
{
	const struct link_pair *p = &r->pairs[i];
	uint32_t from = back ? p->b : p->a, to = back ? p->a : p->b;

	return (struct edge){ from, r->l->recs[to].agency,
	    joining_of(&r->j, to), p->weight, i };
}

static void
check_leads(struct run *r)
{
	struct edge *e = xreallocarray(NULL, 2 * r->npairs + 1, sizeof(*e));
	size_t n = 0;

	for (size_t i = 0; i < r->npairs; i++) {
		const struct link_pair *p = &r->pairs[i];

		if (p->verdict == LINK_NOT_SAME || of_one_agency(r, p))
			continue;
		e[n++] = edge_of(r, i, false);
		e[n++] = edge_of(r, i, true);
	}
	qsort(e, n, sizeof(*e), by_rec_and_agency);
	for (size_t i = 0, j; i < n; i = j) {
		for (j = i + 1; j < n && by_rec_and_agency(&e[i], &e[j]) == 0;)
			j++;
		check_lead(r, e + i, j - i);
	}
	free(e);
}

/* ---- joining, the surest first ---- */

static int
by_weight(const void *va, const void *vb, void *ctx)
{
	const struct run *r = ctx;
	const struct link_pair *a = &r->pairs[*(const size_t *)va];
	const struct link_pair *b = &r->pairs[*(const size_t *)vb];

	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return (a->b > b->b) - (a->b < b->b);
}

/* Returns owned the pairs of the verdict, the heaviest first. */
static size_t *
sorted(struct run *r, enum link_verdict v, size_t *n)
{
	size_t *list = xreallocarray(NULL, r->npairs + 1, sizeof(*list));

	*n = 0;
	for (size_t i = 0; i < r->npairs; i++)
		if (r->pairs[i].verdict == v)
			list[(*n)++] = i;
	qsort_r(list, *n, sizeof(*list), by_weight, r);
	return list;
}

static void
join_surest(struct run *r)
{
	size_t n, *list = sorted(r, LINK_AUTO, &n);

	for (size_t i = 0; i < n; i++)
		join_pair(r, &r->pairs[list[i]], JOIN_AGENCIES | JOIN_TWINS);
	free(list);
}

static bool
has_agency(struct run *r, uint32_t i, uint32_t agency)
{
	uint32_t x = i;

	do {
		if (r->l->recs[x].agency == agency)
			return true;
		x = r->j.next[x];
	} while (x != i);
	return false;
}

/*
 * Not asked: what a person answered by parting the same two children over
 * another pair; and of pairs that are only not sure enough, those whose one
 * side has its record of the other's agency already.
 */
static bool
is_answered(struct run *r, const struct link_pair *p)
{
	if (p->verdict != LINK_ASK)
		return false;
	if (link_parting_answers(p) && joining_parted(&r->j, p->a, p->b))
		return true;
	if (p->why != LINK_BETWEEN)
		return false;
	if (joining_of(&r->j, p->a) == joining_of(&r->j, p->b))
		return true;
	return has_agency(r, p->a, r->l->recs[p->b].agency) ||
	    has_agency(r, p->b, r->l->recs[p->a].agency);
}

static void
drop_answered(struct run *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->npairs; i++)
		if (!is_answered(r, &r->pairs[i]))
			r->pairs[n++] = r->pairs[i];
	r->npairs = n;
}

static void
join_asked(struct run *r)
{
	size_t n, *list = sorted(r, LINK_ASK, &n);

	for (size_t i = 0; i < n; i++)
		(void)joining_try(&r->j, r->pairs[list[i]].a,
		    r->pairs[list[i]].b, JOIN_AGENCIES);
	free(list);
}

/* ---- the whole ---- */

static int
by_numbers(const void *va, const void *vb)
{
	const struct link_pair *a = va, *b = vb;

	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return (a->b > b->b) - (a->b < b->b);
}

static void
hand_over(struct run *r, struct link_result *out)
{
	for (size_t i = 0; i < r->npairs; i++) {
		struct link_pair *p = &r->pairs[i];
		uint32_t a = r->l->recs[p->a].number;
		uint32_t b = r->l->recs[p->b].number;

		p->a = a < b ? a : b;
		p->b = a < b ? b : a;
	}
	if (r->npairs > 0)
		qsort(r->pairs, r->npairs, sizeof(*r->pairs), by_numbers);
	out->pairs = r->pairs;
	out->npairs = r->npairs;
}

static void
prepare(struct run *r, const struct link_decided *decided, size_t n)
{
	r->l->blocks = (struct link_blocks){ .pairs = 0 };
	links_prepare(r->l, r->m);
	for (int f = 0; f < LINK_FIELDS; f++)
		for (int v = 0; v < LINK_LEVELS; v++)
			r->w[f][v] = (float)link_model_weight(r->m,
			    (enum link_field)f, (enum link_level)v);
	take_decided(r, decided, n);
	take_apart(r);
	gather(r);
	r->pairs = xreallocarray(NULL, r->nkept + 1, sizeof(*r->pairs));
	r->npairs = r->nkept;
	for (size_t i = 0; i < r->nkept; i++)
		fill_pair(r, &r->kept[i], &r->pairs[i]);
	free(r->kept);
}

void
links_run(struct links *l, const struct link_model *m,
    const struct link_decided *decided, size_t ndecided,
    struct link_result *out)
{
	struct run r = { .l = l, .m = m };

	*out = (struct link_result){ .pairs = NULL };
	prepare(&r, decided, ndecided);
	joining_init(&r.j, l, r.apart, r.napart);
	join_decided(&r);
	join_duplicates(&r);
	check_leads(&r);
	join_surest(&r);
	drop_answered(&r);
	out->lower = xreallocarray(NULL, l->n + 1, sizeof(*out->lower));
	out->upper = xreallocarray(NULL, l->n + 1, sizeof(*out->upper));
	out->nlower = joining_number(&r.j, out->lower);
	join_asked(&r);
	out->nupper = joining_number(&r.j, out->upper);
	out->blocks = l->blocks;
	hand_over(&r, out);
	joining_release(&r.j);
	free(r.decided);
	free(r.apart);
}

void
link_result_release(struct link_result *r)
{
	free(r->pairs);
	free(r->lower);
	free(r->upper);
	*r = (struct link_result){ .pairs = NULL };
}
