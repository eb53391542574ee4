/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/fault/kinship.h"

#include <stdio.h>

#include "db/links.h"

static const struct link_model model = {.id = "invented", .version = "1",
    .m = {{0.85, 0.06, 0.03, 0.06}, {0.8, 0.06, 0.04, 0.1},
	{0.95, 0.03, 0.01, 0.01}, {0.98, 0, 0, 0.02},
	{0.7, 0.05, 0.05, 0.2}, {0.98, 0, 0, 0.02}, {0.98, 0, 0, 0.02}},
    .u = {{0.01, 0.01, 0.03, 0.95}, {0.005, 0.005, 0.02, 0.97},
	{0.0002, 0.001, 0.01, 0.9888}, {0.5, 0, 0, 0.5},
	{0.001, 0.002, 0.01, 0.987}, {0.0001, 0, 0, 0.9999},
	{0.0001, 0, 0, 0.9999}},
    .prior = 0.001, .upper = 12, .lower = 6, .margin = 4};

static void
add_child(struct stage *g, const char *agency, unsigned i)
{
	struct case_id id = store_new_case_id(g->w.s);
	struct entry_draft d = {id, "identity", span_none(), NULL};
	char reference[40];

	(void)snprintf(reference, sizeof(reference), "%s/%u", agency, i);
	world_ok(&g->w, world_append(&g->w, draft_open(id, reference), NULL));
	d.body = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "name",
	    "Annelore Marshwiggle", "birth", "2012-03-04", "forename",
	    "Annelore", "surname", "Marshwiggle", "postcode", "ZZ1 1AA",
	    "agency", agency);
	world_ok(&g->w, world_append(&g->w, d, NULL));
}

void
kinship_before(struct stage *g)
{
	add_child(g, "Invented School", 1);
	add_child(g, "Example Surgery", 2);
	add_child(g, "Fabled Police", 3);
}

static enum rc
compare(struct stage *g, struct linkage *l)
{
	enum rc rc = store_linkage(g->w.s, NULL, NULL, NULL, l, &g->w.e);

	if (rc == RC_OK)
		linkage_run(l, &model);
	return rc;
}

enum rc
kinship_read(struct stage *g)
{
	struct linkage l;
	enum rc rc = compare(g, &l);

	linkage_release(&l);
	return rc;
}

enum rc
kinship_auto(struct stage *g)
{
	struct linkage l;
	size_t n;
	enum rc rc = compare(g, &l);

	if (rc == RC_OK)
		rc = store_link_auto(g->w.s, &l, &model, &n, &g->w.e);
	linkage_release(&l);
	return rc;
}

void
kinship_linked(struct stage *g)
{
	kinship_before(g);
	world_ok(&g->w, kinship_auto(g));
}

/* The first of those with the name from all others. */
enum rc
kinship_split(struct stage *g)
{
	struct case_id ids[16];
	struct linkage l;
	size_t n = 0;
	enum rc rc = compare(g, &l);

	for (size_t i = 0; rc == RC_OK && i < l.n && n < 16; i++)
		if (*l.cases[i].agency != '\0')
			ids[n++] = l.cases[i].id;
	if (rc == RC_OK)
		rc = store_link_split(g->w.s, &l, ids, 1, ids + 1, n - 1,
		    "two children of that name", &g->w.e);
	linkage_release(&l);
	return rc;
}
