/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/population.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "core/yaml_want.h"

static const struct yaml_range years = {1990, 2200};
static const struct yaml_range people = {0, 100000000};

static void
area_release(struct population_area *a)
{
	for (size_t i = 0; i < a->ngroups; i++) {
		free(a->groups[i].what);
		free(a->groups[i].code);
	}
	for (size_t i = 0; i < a->nneighbours; i++)
		free(a->neighbours[i]);
	free(a->groups);
	free(a->neighbours);
	free(a->name);
}

void
population_free(struct population *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->n; i++)
		area_release(&p->areas[i]);
	free(p->areas);
	free(p->id);
	free(p->source);
	free(p);
}

const struct population_area *
population_find(const struct population *p, const char *area)
{
	for (size_t i = 0; i < p->n; i++)
		if (utf8_same_folded(p->areas[i].name, area))
			return &p->areas[i];
	return NULL;
}

const struct population_group *
population_group_find(const struct population_area *a, const char *what,
    const char *code)
{
	for (size_t i = 0; i < a->ngroups; i++)
		if (strcmp(a->groups[i].what, what) == 0 &&
		    strcmp(a->groups[i].code, code) == 0)
			return &a->groups[i];
	return NULL;
}

/* ---- reading ---- */

static void
take_group(struct population_area *a, const char *what,
    const struct yaml_node *map, size_t i, struct faults *f)
{
	const char *code = yaml_text(yaml_key_at(map, i));
	struct population_group *g;
	int n = 0;

	if (code == NULL || !yaml_want_number(map, code, people, &n, f))
		return;
	if ((uint64_t)n > a->children) {
		yaml_fault_of(map, code, f, "is more than all children of "
		    "the area");
		return;
	}
	a->groups = vec_room(a->groups, a->ngroups, &a->capgroups,
	    sizeof(*a->groups));
	g = &a->groups[a->ngroups++];
	g->what = xstrdup(what);
	g->code = xstrdup(code);
	g->children = (uint64_t)n;
}

static void
take_groups(struct population_area *a, const struct yaml_node *map,
    struct faults *f)
{
	static const char *const known[] = {"sex", "ethnicity", "disabled",
	    "care", NULL};
	const struct yaml_node *groups = yaml_want_map(map, "groups", false,
	    f);

	if (groups == NULL)
		return;
	yaml_only_keys(groups, known, f);
	for (size_t k = 0; known[k] != NULL; k++) {
		const struct yaml_node *of = yaml_want_map(groups, known[k],
		    false, f);

		for (size_t i = 0; of != NULL && i < yaml_size(of); i++)
			take_group(a, known[k], of, i, f);
	}
}

static void
take_neighbours(struct population_area *a, const struct yaml_node *map,
    struct faults *f)
{
	const struct yaml_node *list = yaml_want_list(map, "neighbours",
	    false, f);

	for (size_t i = 0; list != NULL && i < yaml_size(list); i++) {
		const struct yaml_node *n = yaml_at(list, i);
		const char *text = yaml_text(n);

		if (text == NULL || text[0] == '\0') {
			faults_add(f, yaml_line(n), yaml_column(n),
			    "a neighbour is the name of an area");
			continue;
		}
		a->neighbours = vec_room(a->neighbours, a->nneighbours,
		    &a->capneighbours, sizeof(*a->neighbours));
		a->neighbours[a->nneighbours++] = xstrdup(text);
	}
}

static void
take_area(struct population *p, const struct yaml_node *map, struct faults *f)
{
	static const char *const keys[] = {"name", "children", "groups",
	    "neighbours", NULL};
	struct population_area *a;
	int n = 0;

	if (!yaml_is_map(map)) {
		faults_add(f, yaml_line(map), yaml_column(map),
		    "an area has a name and its children");
		return;
	}
	yaml_only_keys(map, keys, f);
	p->areas = vec_room(p->areas, p->n, &p->cap, sizeof(*p->areas));
	a = &p->areas[p->n];
	a->name = yaml_copy_text(map, "name", true, f);
	if (a->name[0] != '\0' && population_find(p, a->name) != NULL)
		yaml_fault_of(map, "name", f, "is an area further up");
	if (yaml_want_number(map, "children", people, &n, f))
		a->children = (uint64_t)n;
	p->n++;
	take_groups(a, map, f);
	take_neighbours(a, map, f);
}

/* A neighbour without figures can be compared with nothing. */
static void
check_neighbours(const struct population *p, const struct yaml_node *list,
    struct faults *f)
{
	for (size_t i = 0; i < p->n; i++)
		for (size_t k = 0; k < p->areas[i].nneighbours; k++)
			if (population_find(p, p->areas[i].neighbours[k]) ==
			    NULL)
				faults_add(f, yaml_line(list),
				    yaml_column(list), "%s has the neighbour "
				    "%s, which is not among the areas",
				    p->areas[i].name,
				    p->areas[i].neighbours[k]);
}

static void
take_all(struct population *p, const struct yaml_node *root, struct faults *f)
{
	static const char *const keys[] = {"id", "year", "source", "areas",
	    NULL};
	const struct yaml_node *list;

	yaml_only_keys(root, keys, f);
	p->id = yaml_copy_text(root, "id", true, f);
	p->source = yaml_copy_text(root, "source", true, f);
	(void)yaml_want_number(root, "year", years, &p->year, f);
	list = yaml_want_list(root, "areas", true, f);
	for (size_t i = 0; list != NULL && i < yaml_size(list); i++)
		take_area(p, yaml_at(list, i), f);
	if (list != NULL)
		check_neighbours(p, list, f);
}

struct population *
population_parse(const char *text, size_t n, struct faults *f)
{
	struct yaml *y = yaml_parse(text, n, f);
	struct population *p;

	if (y == NULL)
		return NULL;
	p = xcalloc(1, sizeof(*p));
	if (yaml_root(y) == NULL || !yaml_is_map(yaml_root(y)))
		faults_add(f, 1, 1, "a file of populations begins with id, "
		    "year, source and areas");
	else
		take_all(p, yaml_root(y), f);
	yaml_doc_free(y);
	if (f->n == 0)
		return p;
	faults_sort(f);
	population_free(p);
	return NULL;
}
