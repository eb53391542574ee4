/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/judge.h"

#include <string.h>

#include "core/date.h"
#include "core/kind_checks.h"

void
judge_kind_init(struct judge_kind *k, const struct casework *w)
{
	const struct instrument *in = w->door.in;
	const struct kind *from = kind_find("screening");
	size_t i, n = 0;
	unsigned level;

	memset(k, 0, sizeof(*k));
	for (level = 0; level <= LEVEL_NONE(in) &&
	    n < JUDGE_LEVELS_MAX; level++) {
		/* "None recorded" is a count, not a judgement to choose. */
		if (level == LEVEL_NONE(in) && w->result.level != level)
			continue;
		k->levels[n++] = (struct code){screen_level_id(in, level),
		    screen_level_label(in, level)};
	}
	k->kind = *from;
	for (i = 0; i < JUDGE_FIELDS_MAX - 1 &&
	    from->fields[i].name != NULL; i++) {
		k->fields[i] = from->fields[i];
		if (strcmp(k->fields[i].name, "judgement") == 0) {
			k->fields[i].type = FIELD_CODE;
			k->fields[i].codes = k->levels;
		}
	}
	k->kind.fields = k->fields;
}

/* ---- the snapshot ---- */

static json_t *
answers_json(const struct casework *w)
{
	const struct instrument *in = w->door.in;
	json_t *o = json_object();
	enum answer a;
	unsigned i;

	for (i = 0; i < in->nitems; i++) {
		a = answers_get(&w->answers, i);
		if (a != ANSWER_NOT_ASKED)
			json_object_set_new(o, in->items[i].id,
			    json_string(answer_name(a)));
	}
	return o;
}

static json_t *
rules_json(const struct casework *w)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < w->result.nfired; i++)
		json_array_append_new(a, json_string(
		    w->door.in->rules[w->result.fired[i]].id));
	return a;
}

static void
put_count(json_t *o, const char *field, unsigned n)
{
	json_object_set_new(o, field, json_integer((json_int_t)n));
}

static void
put_text(json_t *o, const char *field, const char *s)
{
	json_object_set_new(o, field, json_string(s));
}

/* The last day of a limit: one that ends at midnight ended the day before. */
static int32_t
last_day(int64_t due)
{
	int32_t day = moment_day(due);

	return moment_of_day(day) == due ? day - 1 : day;
}

static void
put_review(json_t *o, const struct casework *w)
{
	int32_t day = w->today + w->door.in->review_days;
	char text[DAY_TEXT_MAX];
	struct counted c;

	counted_init(&c);
	if (w->door.count(w->door.ctx, "screening-review",
	    w->door.now(w->door.ctx), &c, NULL) == RC_OK)
		day = last_day(c.due);
	counted_release(&c);
	day_format(day, text);
	put_text(o, "review", text);
}

/*
 * A judgement above the rules stays until it is judged anew: keeping today's
 * screening must not lower it in silence.
 */
static void
put_judgement(json_t *o, const struct casework *w)
{
	const struct record *s = w->signed_.screening;
	unsigned own = casework_judgement(w);

	if (s == NULL || own >= w->result.level) {
		put_text(o, "judgement",
		    screen_level_id(w->door.in, w->result.level));
		return;
	}
	put_text(o, "judgement", screen_level_id(w->door.in, own));
	if (*record_text(s, "reason") != '\0')
		put_text(o, "reason", record_text(s, "reason"));
}

/* Returns owned today's screening, without what a pending one says. */
static json_t *
fresh_body(const struct casework *w)
{
	const struct instrument *in = w->door.in;
	char hash[2 * INSTRUMENT_HASH_LEN + 1];
	json_t *o = json_object();

	hex_format(in->hash, INSTRUMENT_HASH_LEN, hash);
	put_text(o, "instrument", in->id);
	put_text(o, "version", in->version);
	put_text(o, "hash", hash);
	json_object_set_new(o, "answers", answers_json(w));
	if (w->answers.age >= 0)
		put_count(o, "age", (unsigned)w->answers.age);
	put_text(o, "level", screen_level_id(in, w->result.level));
	put_text(o, "could_be", screen_level_id(in, w->result.could_be));
	put_count(o, "vulnerabilities", w->result.vulnerabilities);
	put_count(o, "signs", w->result.signs);
	put_count(o, "not_known", w->result.not_known);
	json_object_set_new(o, "rules", rules_json(w));
	put_judgement(o, w);
	put_review(o, w);
	return o;
}

static void
take_over(json_t *to, const char *field, const json_t *from,
    const char *from_field)
{
	json_t *v = json_object_get(from, from_field);

	if (v != NULL)
		json_object_set(to, field, v);
}

/* What was judged and not signed is where the next form begins. */
json_t *
judge_body(const struct casework *w)
{
	json_t *o = fresh_body(w);
	const json_t *body;
	size_t i;

	i = pending_about(&w->pending, "screening", NULL);
	if (i < w->pending.n) {
		body = w->pending.list[i].draft.body;
		take_over(o, "judgement", body, "judgement");
		take_over(o, "reason", body, "reason");
		take_over(o, "review", body, "review");
	}
	i = pending_about(&w->pending, "review-request", NULL);
	if (i < w->pending.n) {
		body = w->pending.list[i].draft.body;
		take_over(o, "judgement", body, "asked_level");
		take_over(o, "reason", body, "reason");
	}
	return o;
}

/* ---- the clock of the referral ---- */

bool
judge_at_once(const struct casework *w)
{
	static const char *const ids[] = {"disclosure", "harm"};
	uint32_t item;
	size_t i;

	for (i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		item = instrument_item(w->door.in, ids[i], strlen(ids[i]));
		if (item != NO_ITEM &&
		    answers_get(&w->answers, item) == ANSWER_PRESENT)
			return true;
	}
	return false;
}

static bool
is_kind(const struct record *r, const char *kind)
{
	return record_stands(r) && strcmp(r->entry.kind, kind) == 0;
}

/* The screening that started the clock: the first since the last referral. */
static const struct record *
recognised(const struct casework *w)
{
	const struct record *first = NULL;
	size_t i;

	for (i = 0; i < w->signed_.nrecords; i++) {
		const struct record *r = w->signed_.records[i];

		if (is_kind(r, "referral"))
			first = NULL;
		else if (first == NULL && is_kind(r, "screening") &&
		    *record_text(r, "act_by") != '\0')
			first = r;
	}
	return first;
}

static void
add_at_once(const struct casework *w, struct counted *out)
{
	if (judge_at_once(w))
		str_splice(&out->words, 0, 0, "At once: a disclosure or harm "
		    "is recorded. ", strlen("At once: a disclosure or harm "
		    "is recorded. "));
}

void
judge_refer_by(const struct casework *w, struct counted *out)
{
	const struct record *r = recognised(w);
	struct err e;

	if (r != NULL && moment_parse(record_text(r, "act_by"), &out->due,
	    NULL) == RC_OK) {
		str_add(&out->words, record_text(r, "counted"));
		return;
	}
	if (w->door.count(w->door.ctx, "referral-made",
	    w->door.now(w->door.ctx), out, &e) == RC_OK) {
		add_at_once(w, out);
		return;
	}
	out->due = INT64_MAX;
	str_add_fmt(&out->words, "Not counted: %s", e.text);
}

static void
put_clock(json_t *o, const struct casework *w, unsigned level)
{
	char text[SPAN_TEXT_MAX];
	struct counted c;

	json_object_del(o, "act_by");
	json_object_del(o, "counted");
	if (!level_asks_referral(w->door.in, level))
		return;
	counted_init(&c);
	judge_refer_by(w, &c);
	if (c.due != INT64_MAX) {
		moment_format(c.due, text);
		put_text(o, "act_by", text);
	}
	put_text(o, "counted", c.words.s);
	counted_release(&c);
}

/* ---- keeping it ---- */

static void
drop_pending(struct casework *w)
{
	static const char *const kinds[] = {"screening", "review-request"};
	size_t i, k;

	for (k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
		while ((i = pending_about(&w->pending, kinds[k], NULL)) <
		    w->pending.n)
			pending_remove(&w->pending, i);
}

/* Returns owned the request, and puts the rule's level into the screening. */
static json_t *
make_request(json_t *o)
{
	json_t *request = json_object();

	json_object_set(request, "level", json_object_get(o, "level"));
	json_object_set(request, "asked_level",
	    json_object_get(o, "judgement"));
	json_object_set(request, "reason", json_object_get(o, "reason"));
	json_object_set(o, "judgement", json_object_get(o, "level"));
	json_object_del(o, "reason");
	return request;
}

static unsigned
level_in(const struct casework *w, const json_t *o, const char *field)
{
	const char *id = json_string_value(json_object_get(o, field));

	return id != NULL ? screen_level_from_id(w->door.in, id) : NO_ITEM;
}

/* What kind_check cannot know: the level that stands until now. */
static enum rc
check_reason(const struct casework *w, const json_t *o, unsigned own,
    struct err *e)
{
	unsigned rule = level_in(w, o, "level");
	unsigned stood = casework_judgement(w);

	if (w->waits.raised && w->waits.level < stood)
		stood = w->waits.level;
	if (own == NO_ITEM || rule == NO_ITEM)
		return err_set(e, RC_INPUT, "Your judgement: choose one of "
		    "the levels");
	if (body_has_text(o, "reason"))
		return RC_OK;
	if (own != rule)
		return err_set(e, RC_INPUT, "Why: say why your judgement "
		    "differs from the rules");
	if (stood != NO_ITEM && stood < own)
		return err_set(e, RC_INPUT, "Why: the judgement until now is "
		    "higher; say why it changes");
	return RC_OK;
}

enum rc
judge_keep(struct casework *w, const json_t *body, const struct span *on,
    bool *asked, struct err *e)
{
	unsigned own = level_in(w, body, "judgement");
	unsigned rule = level_in(w, body, "level");
	struct span none = span_none();
	json_t *o, *request = NULL;

	if (check_reason(w, body, own, e) != RC_OK)
		return RC_INPUT;
	o = json_deep_copy(body);
	/* What a review raised, only a review lowers. */
	if (own > rule || (w->waits.raised && own > w->waits.level))
		request = make_request(o);
	put_clock(o, w, own < rule ? own : rule);
	pending_mark(&w->pending);
	drop_pending(w);
	(void)pending_add(&w->pending, "screening", on, o, NULL);
	if (request != NULL)
		(void)pending_add(&w->pending, "review-request", &none,
		    request, NULL);
	if (asked != NULL)
		*asked = request != NULL;
	casework_changed(w);
	return RC_OK;
}

static bool
same(const json_t *a, const json_t *b, const char *field)
{
	const json_t *x = json_object_get(a, field);
	const json_t *y = json_object_get(b, field);

	/* Absent from both, as an age that is not known, is the same. */
	return x == y || json_equal(x, y) != 0;
}

enum rc
judge_bring_up_to_date(struct casework *w, struct err *e)
{
	size_t i = pending_about(&w->pending, "screening", NULL);
	json_t *fresh, *now;
	enum rc rc = RC_OK;

	if (i == w->pending.n)
		return RC_OK;
	fresh = fresh_body(w);
	now = w->pending.list[i].draft.body;
	if (same(fresh, now, "answers") && same(fresh, now, "age")) {
		json_decref(fresh);
		return RC_OK;
	}
	if (json_object_get(now, "reason") != NULL ||
	    pending_about(&w->pending, "review-request", NULL) < w->pending.n)
		rc = err_set(e, RC_REFUSED, "The answers have changed since "
		    "you gave your judgement. Press J and look at it again.");
	else {
		struct span on = w->pending.list[i].draft.on;

		take_over(fresh, "review", now, "review");
		rc = judge_keep(w, fresh, &on, NULL, e);
	}
	json_decref(fresh);
	return rc;
}
