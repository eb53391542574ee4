/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/clocks.h"
#include "core/str.h"
#include "core/vec.h"

/* As content/deadlines/england.yaml has it; a test holds the two together. */
#define EPISODES 3
#define WITHIN_DAYS 30

enum deadline_kind
clock_kind(const char *id)
{
	if (strcmp(id, "nrm-reasonable-grounds") == 0)
		return DEADLINE_AIM;
	if (strcmp(id, "nrm-conclusive") == 0)
		return DEADLINE_NOT_BEFORE;
	/* Events ask for it, and no limit is set. */
	return strcmp(id, "repeat-missing") == 0 ||
	    strcmp(id, "still-missing") == 0 ||
	    strcmp(id, "officer-told") == 0 ? DEADLINE_PATTERN :
	    DEADLINE_LIMIT;
}

/* Where an entry starts more than one clock, each has a line of its own. */
static const struct {
	const char *id, *label;
} labelled[] = {
	{"referral-made", "To be made: "},
	{"referral-decision", "Decision: "},
	{"assessment", "Assessment: "}
};
#define LABELLED (sizeof(labelled) / sizeof(labelled[0]))

/* The label with which a line begins, or NULL. */
static const char *
label_of(const char *line, const char **id)
{
	for (size_t i = 0; i < LABELLED; i++) {
		const char *label = labelled[i].label;

		*id = labelled[i].id;
		if (strncmp(line, label, strlen(label)) == 0)
			return label;
	}
	return NULL;
}

void
clock_counted(const struct record *r, const char *id, struct str *out)
{
	const char *line = record_text(r, "counted"), *label, *of;
	size_t n;

	if (label_of(line, &of) == NULL) {
		str_add(out, line);
		return;
	}
	for (; *line != '\0'; line += n + (line[n] == '\n')) {
		n = strcspn(line, "\n");
		label = label_of(line, &of);
		if (label != NULL && strcmp(of, id) == 0)
			str_add_n(out, line + strlen(label),
			    n - strlen(label));
	}
}

struct episode {
	int64_t since;
	int32_t day;
	const struct record *record;
};

/* True if the latest run of them is within its days: it begins at *run. */
static bool
find_run(const struct episode *list, size_t n, const struct episode **run)
{
	for (size_t end = n; end >= EPISODES; end--) {
		*run = &list[end - EPISODES];
		if ((*run)[EPISODES - 1].day - (*run)[0].day < WITHIN_DAYS)
			return true;
	}
	return false;
}

/* Those of one moment in the order of the entries. */
static int
compare_episodes(const void *a, const void *b)
{
	const struct episode *x = a, *y = b;

	if (x->since != y->since)
		return x->since < y->since ? -1 : 1;
	return entry_compare(&x->record->entry, &y->record->entry);
}

/* Returns owned the standing episodes by when they began. */
static struct episode *
episodes(const struct casefile *c, size_t *n)
{
	struct episode *list = NULL;
	size_t cap = 0;
	int64_t since;

	*n = 0;
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];

		if (!record_stands(r) || strcmp(r->entry.kind, "missing") != 0)
			continue;
		if (moment_parse(record_text(r, "since"), &since, NULL) !=
		    RC_OK)
			continue;
		list = vec_room(list, *n, &cap, sizeof(*list));
		list[(*n)++] = (struct episode){since, moment_day(since), r};
	}
	if (*n > 1)
		qsort(list, *n, sizeof(*list), compare_episodes);
	return list;
}

static bool
calls_a_meeting(const struct record *r)
{
	static const char *const services[] = {
		"social-care", "hub", "police"
	};

	if (strcmp(r->entry.kind, "process") == 0)
		return strcmp(record_text(r, "step"), "strategy") == 0 &&
		    strcmp(record_text(r, "state"), "not-held") != 0;
	if (strcmp(r->entry.kind, "referral") != 0)
		return false;
	for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); i++)
		if (strcmp(record_text(r, "service"), services[i]) == 0)
			return true;
	return false;
}

/* The first entry that answers episodes up to this day, or NULL. */
static const struct record *
answer_to(const struct casefile *c, int32_t day)
{
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];

		if (record_stands(r) && calls_a_meeting(r) &&
		    !referral_recalled(c, r) &&
		    r->entry.on.first >= day)
			return r;
	}
	return NULL;
}

static void
pattern_words(struct str *out, const struct episode *run)
{
	char when[SPAN_WORDS_MAX];
	struct span day;

	str_add_fmt(out, "%d missing episodes within %d days: ", EPISODES,
	    WITHIN_DAYS);
	for (size_t i = 0; i < EPISODES; i++) {
		day = span_of_day(run[i].day);
		span_words(&day, when);
		str_add_fmt(out, "%s%s", i == 0 ? "" :
		    i + 1 < EPISODES ? ", " : " and ", when);
	}
	str_add(out, ". They ask for a strategy meeting (Derbyshire, local). "
	    "No limit is set for it: it is due from the last of them. A "
	    "strategy discussion, planned or held, or a referral to social "
	    "care, the hub or the police, of that day or later answers it.");
}

static bool
show_run(const struct episode *run, clock_row_fn fn, void *ctx)
{
	const struct episode *last = &run[EPISODES - 1];
	struct clock_row row = {
		.due = last->since, .kind = DEADLINE_PATTERN,
		.id = "repeat-missing", .label = "strategy meeting",
		.owner = "", .record = last->record
	};
	struct str words;
	bool more;

	str_init(&words);
	pattern_words(&words, run);
	row.counted = words.s;
	more = fn(&row, ctx);
	str_release(&words);
	return more;
}

bool
casefile_pattern(const struct casefile *c, clock_row_fn fn, void *ctx)
{
	size_t n;
	struct episode *list = episodes(c, &n);
	const struct episode *run;
	bool more = true;

	/* The latest run of them: an older one has been overtaken by it. */
	if (find_run(list, n, &run) &&
	    answer_to(c, run[EPISODES - 1].day) == NULL)
		more = show_run(run, fn, ctx);
	free(list);
	return more;
}

bool
casefile_missing_run(const struct casefile *c, struct missing_run *out)
{
	size_t n;
	struct episode *list = episodes(c, &n);
	const struct episode *run;
	bool met = find_run(list, n, &run);

	*out = (struct missing_run){.count = EPISODES, .within = WITHIN_DAYS};
	if (met) {
		out->first = run[0].day;
		out->last = run[EPISODES - 1].day;
		out->latest = run[EPISODES - 1].record;
		out->answer = answer_to(c, out->last);
	}
	free(list);
	return met;
}
