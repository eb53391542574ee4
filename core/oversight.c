/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/oversight.h"

#include <stdlib.h>
#include <string.h>

#include "core/carried.h"
#include "core/casefile_impl.h"
#include "core/oversight_impl.h"
#include "core/screen.h"
#include "core/vec.h"

static const struct {
	const char *code, *words;
} whys[QUEUE_WHYS] = {
	{"lowering", "asks to be lowered"},
	{"level", "a level that asks for a referral"},
	{"flag", "flagged"},
	{"returned", "given back with questions"},
	{"overdue", "overdue"},
	{"conflict", "in conflict"},
	{"second", "drawn for a second look"},
};

static size_t
why_index(enum queue_why why)
{
	size_t i = 0;

	while (i < QUEUE_WHYS - 1 && ((unsigned)why >> i & 1) == 0)
		i++;
	return i;
}

const char *
queue_why_words(enum queue_why why)
{
	return whys[why_index(why)].words;
}

const char *
queue_why_code(enum queue_why why)
{
	return whys[why_index(why)].code;
}

/* ---- the level that holds ---- */

struct judging {
	const struct reviews *all;
	const struct instrument *in;
	unsigned rules, base;	/* by the rules; by these and the screening */
};

/* The higher of the rules' level and the judgement that stands. */
static unsigned
judged(const struct casefile *c, const struct instrument *in, unsigned level)
{
	unsigned own;

	if (in == NULL || c->screening == NULL ||
	    strcmp(record_text(c->screening, "instrument"), in->id) != 0)
		return level;
	own = screen_level_from_id(in, record_text(c->screening,
	    "judgement"));
	return own != NO_ITEM && own < level ? own : level;
}

static unsigned
level_of(const struct judging *j, const struct record *v, const char *field)
{
	return j->in == NULL ? NO_ITEM :
	    screen_level_from_id(j->in, record_text(v, field));
}

/* It saw every screening that stands. */
static bool
covers_screenings(const struct casefile *c, const struct record *v)
{
	for (size_t i = 0; i < c->nrecords; i++)
		if (stands_as(c->records[i], "screening") &&
		    !review_covers(c, v, c->records[i]))
			return false;
	return true;
}

/* It saw the case as it is now, and no lower level by the rules. */
static bool
sees_now(const struct judging *j, const struct record *v)
{
	unsigned then = level_of(j, v, "rules_level");

	return !review_returns(v) && then != NO_ITEM && j->rules >= then &&
	    covers_screenings(j->all->c, v);
}

/* Another gave the same work back, and v does not know it. */
static bool
is_given_back(const struct judging *j, const struct record *v)
{
	const struct casefile *c = j->all->c;
	const struct record *s = oversight_subject(c, v, v->about);

	for (size_t i = 0; i < j->all->n; i++) {
		const struct record *u = j->all->v[i];

		if (review_returns(u) && !review_follows(v, u) &&
		    oversight_subject(c, u, u->about) == s)
			return true;
	}
	return false;
}

/* A lower level than the rules' needs a screening that says all of it. */
static bool
may_hold(const struct judging *j, const struct record *v)
{
	const struct record *s = oversight_subject(j->all->c, v, v->about);

	return s != NULL && record_stands(s) &&
	    strcmp(record_text(s, "instrument"), j->in->id) == 0 &&
	    (v->about == NULL || record_stands(v->about)) &&
	    sees_now(j, v) && !is_given_back(j, v);
}

/* The level that a review gives the case as it is now, or NO_ITEM. */
static unsigned
claim(const struct judging *j, const struct record *v)
{
	unsigned level = level_of(j, v, "level");
	unsigned then = level_of(j, v, "rules_level");

	if (level == NO_ITEM)
		return NO_ITEM;
	if (then == NO_ITEM)
		return strcmp(record_text(v, "decision"), "raise") == 0 ?
		    level : NO_ITEM;
	return level < then || may_hold(j, v) ? level : NO_ITEM;
}

static void
take_level(const struct judging *j, struct oversight *out)
{
	unsigned level = NO_ITEM, one;

	for (size_t i = 0; i < j->all->n; i++) {
		const struct record *v = j->all->v[i];

		if (review_returns(v) || !review_is_head(j->all, v))
			continue;
		one = claim(j, v);
		one = one != NO_ITEM ? one : j->base;
		/* Of equals the latest. */
		if (out->review == NULL || one <= level) {
			level = one;
			out->review = v;
		}
	}
	out->level = level != NO_ITEM ? level : j->base;
	out->lowered = out->level > j->base;
	out->raised = out->level < j->base;
}

static void
take_downgraded(const struct judging *j, struct oversight *out)
{
	unsigned level, then;

	out->downgraded = INT64_MIN;
	for (size_t i = 0; i < j->all->n; i++) {
		const struct record *v = j->all->v[i];

		level = level_of(j, v, "level");
		then = level_of(j, v, "rules_level");
		if (!review_returns(v) && level != NO_ITEM &&
		    then != NO_ITEM && level > then)
			out->downgraded = v->entry.at;
	}
}

/* ---- what waits ---- */

static void
add_why(struct oversight *out, enum queue_why why, int64_t since)
{
	out->why |= (unsigned)why;
	if (since < out->since)
		out->since = since;
}

/* While the questions stand, what was given back with them waits for those. */
static bool
is_held(const struct reviews *all, const struct oversight *out,
    const struct record *x)
{
	return out->returned != NULL &&
	    review_covers(all->c, out->returned, x);
}

static void
take_flags(const struct reviews *all, struct oversight *out)
{
	const struct casefile *c = all->c;

	for (size_t i = 0; i < c->nrecords && out->flag == NULL; i++) {
		const struct record *r = c->records[i];

		if (!stands_as(r, "flag") || flag_is_down(c, r) ||
		    is_held(all, out, r) || reviews_decided(all, r))
			continue;
		out->flag = r;
		add_why(out, QUEUE_FLAG, r->entry.at);
	}
}

static bool
asks_referral(const struct instrument *in, unsigned level)
{
	return in != NULL && level < in->nlevels && in->levels[level].refer;
}

static bool
is_looked_at(const struct judging *j)
{
	for (size_t i = 0; i < j->all->n; i++)
		if (sees_now(j, j->all->v[i]))
			return true;
	return false;
}

/* The latest sign: what brought a level that nobody has put down yet. */
static int64_t
signs_since(const struct casefile *c)
{
	int64_t since = c->opened != NULL ? c->opened->entry.at : INT64_MAX;

	for (size_t i = c->nrecords; i-- > 0;)
		if (stands_as(c->records[i], "observation"))
			return c->records[i]->entry.at;
	return since;
}

static int64_t
level_since(const struct casefile *c, const struct instrument *in)
{
	const struct record *s = c->screening;

	if (s != NULL && asks_referral(in, screen_level_from_id(in,
	    record_text(s, "judgement"))))
		return s->entry.at;
	return signs_since(c);
}

static bool
is_sign(const struct record *r)
{
	return stands_as(r, "observation") || stands_as(r, "screening");
}

/* The last sign of each author: it speaks for their earlier ones. */
struct signs {
	const struct record **v;	/* owned list */
	size_t n, cap;
};

static void
take_sign(struct signs *s, const struct record *r)
{
	for (size_t i = 0; i < s->n; i++) {
		if (memcmp(&s->v[i]->entry.author, &r->entry.author,
		    sizeof(r->entry.author)) != 0)
			continue;
		if (s->v[i]->entry.n < r->entry.n)
			s->v[i] = r;
		return;
	}
	s->v = vec_room((void *)s->v, s->n, &s->cap, sizeof(*s->v));
	s->v[s->n++] = r;
}

/* Whoever closed it had all that was seen: a clock does not say so. */
static bool
is_closed_knowingly(const struct casefile *c)
{
	struct signs last = {NULL, 0, 0};
	bool knew = c->closed != NULL;

	for (size_t i = 0; knew && i < c->nrecords; i++)
		if (is_sign(c->records[i]))
			take_sign(&last, c->records[i]);
	for (size_t i = 0; knew && i < last.n; i++)
		knew = carried_known(c, last.v[i], c->closed);
	free((void *)last.v);
	return knew;
}

static void
take_waiting_level(const struct judging *j, struct oversight *out)
{
	const struct casefile *c = j->all->c;

	if ((!asks_referral(j->in, j->base) &&
	    !asks_referral(j->in, out->level)) || is_looked_at(j) ||
	    is_closed_knowingly(c))
		return;
	if (out->returned != NULL && covers_screenings(c, out->returned))
		return;
	add_why(out, QUEUE_LEVEL, level_since(c, j->in));
}

static void
take_request(const struct reviews *all, struct oversight *out)
{
	const struct record *q = all->c->lowering;

	out->request = q;
	if (q != NULL && !is_held(all, out, q))
		add_why(out, QUEUE_LOWERING, q->entry.at);
}

/* ---- second looks ---- */

static const struct record *
second_of(const struct reviews *all, const struct record *v)
{
	char hex[2 * ENTRY_ID_LEN + 1];

	hex_format(v->entry.id.b, ENTRY_ID_LEN, hex);
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(record_text(all->v[i], "second"), hex) == 0)
			return all->v[i];
	return NULL;
}

/* The same on every machine, and nobody chooses. */
static bool
is_drawn(const struct record *v, unsigned sample)
{
	uint64_t lot = 0;

	for (int i = 0; i < 8; i++)
		lot = lot << 8 | v->entry.id.b[i];
	return sample > 0 && lot % sample == 0;
}

static bool
awaits_second(const struct reviews *all, const struct record *v,
    unsigned sample)
{
	return v != NULL && strcmp(record_text(v, "decision"), "agree") == 0 &&
	    *record_text(v, "second") == '\0' && is_drawn(v, sample) &&
	    review_is_head(all, v) && second_of(all, v) == NULL;
}

static void
take_second(const struct reviews *all, unsigned sample,
    struct oversight *out)
{
	for (size_t i = all->n; i-- > 0 && out->second == NULL;)
		if (awaits_second(all, all->v[i], sample))
			out->second = all->v[i];
	if (out->second != NULL)
		add_why(out, QUEUE_SECOND, out->second->entry.at);
}

static bool
agrees(const struct record *a, const struct record *b)
{
	return !review_returns(b) && strcmp(record_text(a, "level"),
	    record_text(b, "level")) == 0;
}

static bool
is_between(const struct record *v, int32_t from, int32_t to)
{
	const struct span day = span_is_none(&v->entry.on) ?
	    span_of_day(moment_day(v->entry.at)) : v->entry.on;

	return span_overlaps(&day, from, to);
}

void
casefile_second_looks_between(const struct casefile *c, unsigned sample,
    int32_t from, int32_t to, struct second_looks *out)
{
	struct reviews all;

	reviews_init(&all, c);
	for (size_t i = 0; i < all.n; i++) {
		const struct record *by = second_of(&all, all.v[i]);

		if (!is_between(all.v[i], from, to))
			continue;
		out->seen += by != NULL;
		out->agreed += by != NULL && agrees(all.v[i], by);
		out->differed += by != NULL && !agrees(all.v[i], by);
		out->drawn += by != NULL ||
		    awaits_second(&all, all.v[i], sample);
	}
	reviews_release(&all);
}

void
casefile_second_looks(const struct casefile *c, unsigned sample,
    struct second_looks *out)
{
	casefile_second_looks_between(c, sample, INT32_MIN, INT32_MAX, out);
}

/* ---- all of it ---- */

static void
take_about(const struct casefile *c, struct oversight *out)
{
	const struct record *r;

	if (out->why & QUEUE_LOWERING)
		out->about = out->request;
	else if (out->flag != NULL)
		out->about = out->flag;
	else if ((out->why & QUEUE_LEVEL) == 0 && out->returned != NULL)
		out->about = oversight_asked(c, out->returned);
	else if ((out->why & QUEUE_LEVEL) == 0 && out->second != NULL)
		out->about = out->second;
	else
		out->about = c->screening;
	if (out->about == c->opened)
		out->about = NULL;
	r = out->about != NULL ? out->about : c->opened;
	if (r != NULL)
		out->whose = r->entry.author;
}

void
casefile_oversight(const struct casefile *c, const struct instrument *in,
    unsigned level, unsigned sample, struct oversight *out)
{
	struct reviews all;
	struct judging j = {&all, in, level, judged(c, in, level)};

	memset(out, 0, sizeof(*out));
	out->since = INT64_MAX;
	reviews_init(&all, c);
	take_level(&j, out);
	take_downgraded(&j, out);
	out->returned = reviews_returned(&all);
	if (out->returned != NULL)
		add_why(out, QUEUE_RETURNED, out->returned->entry.at);
	take_request(&all, out);
	take_flags(&all, out);
	take_waiting_level(&j, out);
	take_second(&all, sample, out);
	take_about(c, out);
	reviews_release(&all);
}

/* ---- settling ---- */

/* A request waits until a review that saw it, or a newer screening. */
static void
settle_requests(struct casefile *c, const struct reviews *all)
{
	c->lowering = NULL;
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];

		if (stands_as(r, "screening"))
			c->lowering = NULL;
		else if (stands_as(r, "review-request") &&
		    !reviews_decided(all, r))
			c->lowering = r;
	}
}

static void
settle_apart(struct casefile *c, const struct reviews *all)
{
	const struct record *last = NULL;

	for (size_t i = all->n; i-- > 0;) {
		const struct record *v = all->v[i];

		if (review_returns(v) || !review_is_head(all, v))
			continue;
		if (last != NULL && strcmp(record_text(v, "level"),
		    record_text(last, "level")) != 0)
			casefile_add_conflict(c, NULL, v, last);
		last = last != NULL ? last : v;
	}
}

void
casefile_settle_oversight(struct casefile *c)
{
	struct reviews all;

	reviews_init(&all, c);
	if (all.n > 0) {
		settle_requests(c, &all);
		settle_apart(c, &all);
	}
	reviews_release(&all);
}

/* ---- beginning a review ---- */

static void
add_id(json_t *list, const struct record *r)
{
	char hex[2 * ENTRY_ID_LEN + 1];

	hex_format(r->entry.id.b, ENTRY_ID_LEN, hex);
	(void)json_array_append_new(list, json_string(hex));
}

static bool
is_seen_kind(const struct record *r)
{
	static const char *const kinds[] = {
		"screening", "review-request", "flag", "review"
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (stands_as(r, kinds[i]))
			return true;
	return false;
}

/* The last screening of an author speaks for their earlier ones. */
static bool
is_spoken_for(const struct casefile *c, const struct record *r)
{
	for (size_t i = 0; i < c->nrecords && record_is(r, "screening"); i++) {
		const struct record *x = c->records[i];

		if (x != r && x != NULL && stands_as(x, "screening") &&
		    memcmp(&x->entry.author, &r->entry.author,
		    sizeof(r->entry.author)) == 0 && x->entry.n > r->entry.n)
			return true;
	}
	return false;
}

static void
put_id(json_t *body, const char *field, const struct record *r)
{
	char hex[2 * ENTRY_ID_LEN + 1];

	hex_format(r->entry.id.b, ENTRY_ID_LEN, hex);
	(void)json_object_set_new(body, field, json_string(hex));
}

void
oversight_begin(const struct casefile *c, const struct record *about,
    const char *rules_level, json_t *body)
{
	const struct record *first = NULL;
	json_t *saw = json_array();

	if (about != NULL && record_is(about, "review")) {
		first = about;
		put_id(body, "second", first);
		about = first->about;
	}
	if (about == NULL)
		about = c->screening;
	if (about != NULL)
		put_id(body, "about", about);
	(void)json_object_set_new(body, "rules_level",
	    json_string(rules_level));
	for (size_t i = 0; i < c->nrecords; i++)
		if (c->records[i] != first && is_seen_kind(c->records[i]) &&
		    !is_spoken_for(c, c->records[i]))
			add_id(saw, c->records[i]);
	(void)json_object_set_new(body, "saw", saw);
}
