/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/entrylink.h"

#include <string.h>

#include "core/carried.h"
#include "core/missing.h"

static bool
asks_officer(const struct casefile *c, const struct record *r)
{
	struct missing_episode m;

	missing_read(c, r, &m);
	return m.officer != OFFICER_NOTHING;
}

/* Somebody whose bundle it was has not answered it. */
static bool
asks_answer(const struct casefile *c, const struct record *r)
{
	const struct record *sent = recall_of(c, r);
	struct author_id key;

	for (size_t i = 0; sent != NULL && bundle_sent_key(sent, i, &key); i++)
		if (recall_answer_by(r, &key) == NULL)
			return true;
	return false;
}

/*
 * In the order in which they are written.  One that ends is written once;
 * an interview ends only when it was held.
 */
static const struct {
	const char *kind, *field, *target;
	bool once;
	const char *state, *ends;	/* NULL: any ends */
	const char *of, *code;	/* only of a target with this code */
	bool alone;	/* may be written about nothing, too */
	/* NULL: always; else whether it is asked for at all. */
	bool (*asked)(const struct casefile *c, const struct record *r);
} links[] = {
	{"located", "episode", "missing", .once = true},
	{"officer-told", "episode", "missing", .asked = asks_officer},
	{"interview", "episode", "missing", .once = true, .state = "state",
	    .ends = "held"},
	{"action-outcome", "action", "action", .once = true},
	{"nrm", "referral", "referral", .once = true, .of = "service",
	    .code = "nrm", .alone = true},
	{"referral-step", "referral", "referral", .once = false},
	{"transfer-receipt", "transfer", "transfer", .once = true},
	{"recall-answer", "recall", "bundle-recall", .asked = asks_answer},
	{"unflag", "flag", "flag", .once = true},
};
#define NLINKS (sizeof(links) / sizeof(links[0]))

static size_t
find(const char *kind)
{
	size_t i = 0;

	while (i < NLINKS && strcmp(links[i].kind, kind) != 0)
		i++;
	return i;
}

const char *
link_field(const char *kind)
{
	size_t i = find(kind);

	return i < NLINKS ? links[i].field : NULL;
}

const char *
link_target(const char *kind)
{
	size_t i = find(kind);

	return i < NLINKS ? links[i].target : NULL;
}

bool
link_may_stand_alone(const char *kind)
{
	size_t i = find(kind);

	return i == NLINKS || links[i].alone;
}

bool
link_joins(const struct casefile *c, const struct record *a,
    const struct record *r)
{
	const char *field = link_field(a->entry.kind);

	return field != NULL &&
	    strcmp(link_target(a->entry.kind), r->entry.kind) == 0 &&
	    casefile_target(c, a, field) == record_latest(r);
}

static bool
ends(size_t i, const struct record *a)
{
	return links[i].once && strcmp(a->entry.kind, links[i].kind) == 0 &&
	    (links[i].state == NULL ||
	    strcmp(record_text(a, links[i].state), links[i].ends) == 0);
}

bool
link_open(const struct casefile *c, const char *kind, const struct record *r)
{
	size_t i = find(kind);

	if (i == NLINKS || !record_stands(r) ||
	    strcmp(links[i].target, r->entry.kind) != 0 ||
	    (links[i].of != NULL && strcmp(record_text(r, links[i].of),
	    links[i].code) != 0) ||
	    (links[i].asked != NULL && !links[i].asked(c, r)))
		return false;
	for (size_t j = 0; j < c->nrecords; j++)
		if (record_stands(c->records[j]) && ends(i, c->records[j]) &&
		    link_joins(c, c->records[j], r))
			return false;
	return true;
}

const char *
link_next(const struct casefile *c, const struct record *r)
{
	for (size_t i = 0; i < NLINKS; i++)
		if (link_open(c, links[i].kind, r))
			return links[i].kind;
	return NULL;
}

bool
link_is_target(const struct record *r)
{
	for (size_t i = 0; i < NLINKS; i++)
		if (strcmp(links[i].target, r->entry.kind) == 0)
			return true;
	return false;
}
