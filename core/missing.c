/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/missing.h"

#include <string.h>

#include "core/date.h"

#define MINUTE INT64_C(60000)

static bool
is_kind(const struct record *r, const char *kind)
{
	return strcmp(r->entry.kind, kind) == 0;
}

static int64_t
moment_of(const struct record *r, const char *field)
{
	int64_t at;

	if (r == NULL || moment_parse(record_text(r, field), &at, NULL) !=
	    RC_OK)
		return INT64_MAX;
	return at;
}

bool
missing_joins(const struct casefile *c, const struct record *a,
    const struct record *r)
{
	if (!is_kind(a, "located") && !is_kind(a, "interview") &&
	    !is_kind(a, "officer-told"))
		return false;
	return casefile_target(c, a, "episode") == record_latest(r);
}

bool
missing_looked_after(const struct casefile *c, const struct record *r)
{
	const char *care = c->identity != NULL ?
	    record_text(c->identity, "care") : "";

	if (strcmp(care, "order") == 0 || strcmp(care, "voluntary") == 0)
		return true;
	return strcmp(record_text(r, "from"), "care") == 0;
}

/* What says most wins: a talk that was held, a word about the pattern. */
static void
take(struct missing_episode *m, const struct record *a)
{
	if (is_kind(a, "located")) {
		m->located = a;
	} else if (is_kind(a, "interview")) {
		bool held = strcmp(record_text(a, "state"), "held") == 0;

		if (held || !m->held)
			m->interview = a;
		m->held = m->held || held;
	} else if (m->told == NULL ||
	    strcmp(record_text(m->told, "of"), "pattern") != 0 ||
	    strcmp(record_text(a, "of"), "pattern") == 0) {
		m->told = a;
	}
}

/* The episode that completes the pattern as it stands, or NULL. */
static const struct record *
pattern_of(const struct casefile *c)
{
	struct missing_run run;

	return casefile_missing_run(c, &run) ? run.latest : NULL;
}

static enum officer_need
need_of(const struct casefile *c, const struct missing_episode *m,
    const struct record *pattern)
{
	if (!missing_looked_after(c, m->record))
		return OFFICER_NOTHING;
	if (m->told != NULL &&
	    strcmp(record_text(m->told, "of"), "pattern") == 0)
		return OFFICER_NOTHING;
	if (pattern == m->record)
		return OFFICER_PATTERN;
	return m->told == NULL ? OFFICER_EPISODE : OFFICER_NOTHING;
}

static void
read_episode(const struct casefile *c, const struct record *r,
    const struct record *pattern, struct missing_episode *out)
{
	const struct record *a;

	memset(out, 0, sizeof(*out));
	out->record = r;
	for (a = record_latest(r)->abouts; a != NULL; a = a->next_about)
		if (record_stands(a) && missing_joins(c, a, r))
			take(out, a);
	out->since = moment_of(r, "since");
	out->until = moment_of(out->located, "at");
	out->interview_due = moment_of(out->located, "interview_due");
	out->officer = record_stands(r) ? need_of(c, out, pattern) :
	    OFFICER_NOTHING;
}

void
missing_read(const struct casefile *c, const struct record *r,
    struct missing_episode *out)
{
	read_episode(c, r, pattern_of(c), out);
}

void
duration_words(int64_t ms, struct str *out)
{
	static const struct {
		int64_t ms;
		const char *name;
	} units[] = {
		{1440 * MINUTE, "day"}, {60 * MINUTE, "hour"},
		{MINUTE, "minute"}
	};
	size_t said = 0;

	for (size_t i = 0; i < 3 && said < 2; i++) {
		int64_t n = ms / units[i].ms;

		ms %= units[i].ms;
		/* "2 days", not "2 days 5 minutes". */
		if (n == 0 && said > 0)
			break;
		if (n == 0 && i < 2)
			continue;
		str_add_fmt(out, "%s%lld %s%s", said > 0 ? " " : "",
		    (long long)n, units[i].name, n == 1 ? "" : "s");
		said++;
	}
}

void
officer_words(enum officer_need need, struct str *out)
{
	if (need == OFFICER_NOTHING)
		return;
	str_add_fmt(out, "The child is looked after: their independent "
	    "reviewing officer is told of each missing episode and of the "
	    "pattern; no limit is set. %s", need == OFFICER_PATTERN ?
	    "This one completes a pattern: tell them of it." :
	    "Nobody has written that they were told of this one.");
}

static bool
show(const struct casefile *c, const struct record *r,
    const struct record *pattern, clock_row_fn fn, void *ctx)
{
	struct clock_row row = {
		.due = INT64_MAX, .kind = DEADLINE_PATTERN,
		.id = "officer-told", .label = "reviewing officer told",
		.owner = "", .record = r
	};
	struct missing_episode m;
	struct str words;
	bool more;

	read_episode(c, r, pattern, &m);
	if (m.officer == OFFICER_NOTHING)
		return true;
	str_init(&words);
	officer_words(m.officer, &words);
	row.counted = words.s;
	more = fn(&row, ctx);
	str_release(&words);
	return more;
}

bool
casefile_officer(const struct casefile *c, clock_row_fn fn, void *ctx)
{
	const struct record *pattern = pattern_of(c);

	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];

		if (record_stands(r) && is_kind(r, "missing") &&
		    missing_looked_after(c, r) &&
		    !show(c, r, pattern, fn, ctx))
			return false;
	}
	return true;
}
