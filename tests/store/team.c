/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/store/team.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/kinds.h"
#include "db/people.h"

void
people_make(struct world *w)
{
	static const struct {
		const char *name;
		enum role role;
	} people[] = {
		{SECOND, ROLE_SUPERVISOR},
		{NAMED, ROLE_PRACTITIONER},
		{OTHER, ROLE_PRACTITIONER},
		{TRAINER, ROLE_TRAINER},
		{ADMINISTRATOR, ROLE_ADMINISTRATOR},
		{AUDITOR, ROLE_AUDITOR}
	};

	world_init(w);
	world_create_as(w, ROLE_SUPERVISOR);
	world_adopt(w);
	for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++)
		world_ok(w, store_person_add(w->s, people[i].name,
		    people[i].role, &w->pass, &w->e));
}

void
people_enter(struct world *w, const char *name)
{
	world_close(w);
	world_ok(w, store_open(w->path, name, &w->pass, &w->opts, &w->s,
	    &w->e));
}

static bool
says_more(const struct case_row *r)
{
	return r->reference[0] != '\0' || r->name[0] != '\0' ||
	    r->owner[0] != '\0' || r->birth != DAY_NONE || r->level != 0 ||
	    r->could_be != 0 || r->judgement != 0 ||
	    r->vulnerabilities != 0 || r->signs != 0 || r->not_known != 0 ||
	    r->due != INT64_MAX || r->due_why[0] != '\0' || r->lowering ||
	    r->conflict || r->screened || r->changed != 0;
}

bool
rows_take(const struct case_row *row, void *ctx)
{
	struct rows *all = ctx;

	if (all->n == ROWS_MAX)
		return false;
	if (row->restricted) {
		all->masked++;
		all->leaks |= says_more(row);
	} else {
		all->after |= all->masked != 0;
	}
	all->ids[all->n] = row->id;
	(void)snprintf(all->references[all->n++], sizeof(all->references[0]),
	    "%s", row->reference);
	return true;
}

static void
parse(struct world *w, const char *expr, struct query *q)
{
	struct query_context qc = {w->now, moment_day(w->now), NULL, NULL};
	size_t at;

	world_ok(w, query_parse(expr, &qc, q, &at, &w->e));
}

struct rows
rows_of_filter(struct world *w, const char *expr)
{
	struct rows rows;
	struct query q;

	memset(&rows, 0, sizeof(rows));
	query_init(&q);
	if (expr != NULL)
		parse(w, expr, &q);
	world_ok(w, store_cases(w->s, expr != NULL ? &q : NULL, 0, 0,
	    rows_take, &rows, &w->e));
	query_release(&q);
	return rows;
}

size_t
count_of_filter(struct world *w, const char *expr)
{
	struct query q;
	size_t n = 0;

	query_init(&q);
	if (expr != NULL)
		parse(w, expr, &q);
	world_ok(w, store_cases_count(w->s, expr != NULL ? &q : NULL, &n,
	    &w->e));
	query_release(&q);
	return n;
}

struct rows
rows_of_search(struct world *w, const char *words, size_t limit)
{
	struct rows rows;

	memset(&rows, 0, sizeof(rows));
	world_ok(w, store_search(w->s, words, limit, rows_take, &rows,
	    &w->e));
	return rows;
}

size_t
looks_of(struct world *w, const struct look_query *q)
{
	size_t n = 0;

	world_ok(w, store_looks_count(w->s, q, &n, &w->e));
	return n;
}

void
desk_restrict(struct desk *d, const char *name)
{
	struct restriction r = {.case_id = &d->wren, .people = &name, .n = 1,
	    .reason = DESK_REASON, .review = DAY_NONE};

	world_ok(&d->w, store_restrict(d->w.s, &r, &d->w.e));
}

static void
add(struct world *w, struct entry_draft d)
{
	world_ok(w, world_append(w, d, NULL));
}

int
desk_make(void **state)
{
	struct desk *d = calloc(1, sizeof(*d));
	struct world *w = &d->w;
	struct entry_draft named;

	people_make(w);
	d->lark = world_case(w, "LARK-2");
	add(w, draft_identity(d->lark, "Ada Brook", "2011-05-06"));
	d->owl = world_case(w, "OWL-3");
	d->wren = world_case(w, "WREN-1");
	named = draft_identity(d->wren, "Ada Merle", "2012-02-03");
	(void)json_object_set_new(named.body, "known_as",
	    json_string("Starling"));
	add(w, named);
	add(w, draft_observation(d->wren, "B1", "present",
	    "seen at the harbour"));
	add(w, draft_observation(d->wren, "B3", "present", "again"));
	desk_restrict(d, NAMED);
	*state = d;
	return 0;
}

int
desk_unmake(void **state)
{
	struct desk *d = *state;

	world_release(&d->w);
	free(d);
	return 0;
}
