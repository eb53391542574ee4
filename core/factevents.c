/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/factevents.h"

#include <string.h>

#include "core/clocks.h"
#include "core/date.h"
#include "core/factors.h"
#include "core/missing.h"
#include "core/vec.h"

struct counting {
	struct facts *f;
	const struct casefile *c;
	struct case_facts *row;
	size_t capfrom, capto, capkind;
	int32_t assessed;	/* when factors were found; if they were */
};

static bool
is_in(const struct joined_window *w, const struct span *on)
{
	return span_overlaps(on, w->from == DAY_NONE ? INT32_MIN : w->from,
	    w->to == DAY_NONE ? INT32_MAX : w->to);
}

static struct span
span_of(const struct record *r)
{
	return span_is_none(&r->entry.on) ?
	    span_of_day(moment_day(r->entry.at)) : r->entry.on;
}

static bool
says(const struct record *r, const char *field, const char *code)
{
	return strcmp(record_text(r, field), code) == 0;
}

static int32_t
inside(const struct joined_window *w, int32_t day)
{
	if (w->from != DAY_NONE && day < w->from)
		return w->from;
	return w->to != DAY_NONE && day > w->to ? w->to : day;
}

static struct fact_event *
happened(struct counting *k, enum fact_what what, int32_t day)
{
	struct facts *f = k->f;
	struct fact_event *v;

	f->events = vec_room(f->events, f->nevents, &f->capevents,
	    sizeof(*f->events));
	v = &f->events[f->nevents++];
	*v = (struct fact_event){inside(&f->window, day),
		(uint32_t)(k->row - f->cases), what, NO_ITEM};
	return v;
}

/* ---- one entry, of a kind each ---- */

static void
see_observation(struct counting *k, const struct record *r)
{
	const char *id = record_text(r, "indicator");
	uint32_t item = instrument_item(k->f->in, id, strlen(id));
	int32_t day = r->entry.on.first;

	if (!says(r, "instrument", k->f->in->id) ||
	    !says(r, "state", "present") || item == NO_ITEM ||
	    !itemset_has(&k->f->in->listed, item) || day == DAY_NONE)
		return;
	/* What began before it and went on in it is seen in its first days. */
	if (k->f->window.from != DAY_NONE && day < k->f->window.from)
		day = k->f->window.from;
	if (k->row->first_seen == DAY_NONE || day < k->row->first_seen)
		k->row->first_seen = day;
}

/* From the day of the screening to that on which the time ends. */
static bool
referred_by(const struct casefile *c, const struct record *screening,
    int64_t due)
{
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];
		int32_t day;

		if (!record_stands(r) || strcmp(r->entry.kind, "referral") !=
		    0 || referral_recalled(c, r))
			continue;
		day = span_of(r).first;
		if (day >= span_of(screening).first && day <= moment_day(due))
			return true;
	}
	return false;
}

static void
see_screening(struct counting *k, const struct record *r)
{
	int32_t day = span_of(r).last;
	int64_t due;
	bool in_time;

	happened(k, FACT_SCREENING, day)->level = screen_level_from_id(
	    k->f->in, record_text(r, "level"));
	k->row->screenings++;
	k->row->screened = true;
	if (k->row->screened_on == DAY_NONE || day > k->row->screened_on)
		k->row->screened_on = day;
	if (moment_parse(record_text(r, "act_by"), &due, NULL) != RC_OK)
		return;
	in_time = referred_by(k->c, r, due);
	k->row->referrals_in_time += in_time;
	k->row->referrals_overdue += !in_time && due < k->f->now;
}

static void
see_review(struct counting *k, const struct record *r)
{
	const bool agreed = says(r, "decision", "agree");
	const bool differed = says(r, "decision", "raise") ||
	    says(r, "decision", "lower");
	const int32_t day = span_of(r).last;

	k->row->reviews++;
	k->row->reviews_agreed += agreed;
	k->row->reviews_differed += differed;
	(void)happened(k, agreed ? FACT_REVIEW_AGREED : differed ?
	    FACT_REVIEW_DIFFERED : FACT_REVIEW_RETURNED, day);
}

static void
see_referral(struct counting *k, const struct record *r)
{
	if (referral_recalled(k->c, r))
		return;
	k->row->referrals++;
	(void)happened(k, FACT_REFERRAL, span_of(r).last);
}

/* Of two assessments the later says what holds; of one day, the one after. */
static void
take_factors(struct counting *k, const struct record *r)
{
	const json_t *codes = json_object_get(r->body, "factors");
	const int32_t day = span_of(r).last;

	if (!says(r, "step", "assessment") || json_array_size(codes) == 0 ||
	    (k->row->factors_confirmed && day < k->assessed))
		return;
	k->assessed = day;
	k->row->factors_confirmed = true;
	k->row->factors = factors_of(codes);
}

static void
see_process(struct counting *k, const struct record *r)
{
	static const struct {
		const char *step;
		size_t at;
		enum fact_what what;
	} steps[] = {
		{"strategy", offsetof(struct case_facts, strategy),
		    FACT_STRATEGY},
		{"section47", offsetof(struct case_facts, enquiries),
		    FACT_ENQUIRY},
		{"assessment", offsetof(struct case_facts, assessments),
		    FACT_ASSESSMENT},
		{"conference", offsetof(struct case_facts, conferences),
		    FACT_CONFERENCE},
		{"investigation",
		    offsetof(struct case_facts, investigations), FACT_INVESTIGATION},
		{"prosecution", offsetof(struct case_facts, prosecutions), FACT_PROSECUTION},
		{"conviction", offsetof(struct case_facts, convictions), FACT_CONVICTION},
	};
	void *at;

	if (!says(r, "state", "held"))
		return;
	take_factors(k, r);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		if (!says(r, "step", steps[i].step))
			continue;
		at = (char *)k->row + steps[i].at;
		++*(unsigned *)at;
		(void)happened(k, steps[i].what, span_of(r).last);
	}
}

static void
see_nrm(struct counting *k, const struct record *r)
{
	k->row->nrm++;
	(void)happened(k, FACT_NRM, span_of(r).last);
}

/* ---- missing ---- */

static void
add_place(struct counting *k, const struct record *located)
{
	struct case_facts *row = k->row;
	uint32_t word = fact_word(&k->f->words, record_text(located,
	    "where"));

	for (size_t i = 0; i < row->nplaces; i++)
		if (row->places[i] == word)
			return;
	if (word == NO_WORD)
		return;
	row->places = vec_room(row->places, row->nplaces, &row->capplaces,
	    sizeof(*row->places));
	row->places[row->nplaces++] = word;
}

static void
keep_episode(struct counting *k, const struct record *r, int32_t from,
    int32_t to)
{
	struct case_facts *row = k->row;
	size_t n = row->nmissing++;

	row->missing_from = vec_room(row->missing_from, n, &k->capfrom,
	    sizeof(*row->missing_from));
	row->missing_to = vec_room(row->missing_to, n, &k->capto,
	    sizeof(*row->missing_to));
	row->missing_kind = vec_room(row->missing_kind, n, &k->capkind, 1);
	row->missing_from[n] = from;
	row->missing_to[n] = to;
	row->missing_kind[n] = says(r, "kind", "away") ? 'A' : 'M';
}

/* What is noted by the day is in time on the day on which the hours end. */
static void
count_interviews(struct counting *k, const struct missing_episode *m)
{
	int32_t last = moment_day(m->interview_due), day;
	bool offered = false, held = false, ever = false;

	if (m->interview_due == INT64_MAX)
		return;
	for (const struct record *a = record_latest(m->record)->abouts;
	    a != NULL; a = a->next_about) {
		bool talk;

		if (!record_stands(a) ||
		    strcmp(a->entry.kind, "interview") != 0 ||
		    !missing_joins(k->c, a, m->record) ||
		    says(a, "state", "not-offered"))
			continue;
		talk = says(a, "state", "held");
		ever = ever || talk;
		if (span_of(a).first > last)
			continue;
		offered = true;
		held = held || talk;
	}
	if (m->interview_due > k->f->now && !ever)
		return;
	day = moment_day(m->since);
	k->row->interviews_due++;
	k->row->interviews_offered_in_time += offered;
	k->row->interviews_held_in_time += held;
	(void)happened(k, held ? FACT_INTERVIEW_HELD : offered ?
	    FACT_INTERVIEW_OFFERED : FACT_INTERVIEW_NEITHER, day);
}

static void
see_missing(struct counting *k, const struct record *r)
{
	struct missing_episode m;
	struct span began;

	missing_read(k->c, r, &m);
	if (m.since == INT64_MAX)
		return;
	began = span_of_day(moment_day(m.since));
	if (!is_in(&k->f->window, &began))
		return;
	k->row->missing++;
	(void)happened(k, FACT_MISSING, began.first);
	keep_episode(k, r, began.first, m.until == INT64_MAX ? DAY_NONE :
	    moment_day(m.until));
	if (m.located != NULL)
		add_place(k, m.located);
	count_interviews(k, &m);
}

/* ---- all of them ---- */

static void
see_model(struct counting *k, const struct record *r)
{
	const json_t *models = json_object_get(r->body, "models");

	for (size_t i = 0; i < json_array_size(models); i++) {
		const char *s = json_string_value(json_array_get(models, i));

		k->row->peer = k->row->peer || (s != NULL &&
		    strcmp(s, "peer") == 0);
	}
}

static const struct {
	const char *kind;
	void (*see)(struct counting *k, const struct record *r);
	bool any_day;	/* says itself whether it is in the window */
} sights[] = {
	{"observation", see_observation, false},
	{"screening", see_screening, false},
	{"review", see_review, false},
	{"referral", see_referral, false},
	{"process", see_process, false},
	{"nrm", see_nrm, false},
	{"model", see_model, true},
	{"missing", see_missing, true},
};

/* Once decided, for good: a child is no less a victim in later months. */
static bool
is_conclusive(const struct record *r)
{
	return strcmp(r->entry.kind, "nrm") == 0 &&
	    says(r, "decision", "cg-yes");
}

static void
see(struct counting *k, const struct record *r)
{
	struct span on = span_of(r);

	if (is_conclusive(r))
		k->row->known_victim = true;
	for (size_t i = 0; i < sizeof(sights) / sizeof(sights[0]); i++)
		if (strcmp(r->entry.kind, sights[i].kind) == 0 &&
		    (sights[i].any_day || is_in(&k->f->window, &on)))
			sights[i].see(k, r);
}

void
fact_events(struct facts *f, const struct casefile *c,
    struct case_facts *row)
{
	struct counting k = {.f = f, .c = c, .row = row};

	row->first_seen = row->screened_on = DAY_NONE;
	for (size_t i = 0; i < c->nrecords; i++)
		if (record_stands(c->records[i]))
			see(&k, c->records[i]);
}
