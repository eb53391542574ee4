/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules and views of an instrument file. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/instrument_read.h"
#include "core/near.h"
#include "core/screen.h"
#include "core/vec.h"
#include "core/xalloc.h"

static unsigned
read_rule_level(struct loader *l, const struct yaml_node *map)
{
	const char *id = yaml_want_text(map, "level", true, l->faults);
	struct near near;

	if (id == NULL)
		return 0;
	near_init(&near, id, strlen(id));
	for (unsigned i = 0; i < l->in->nlevels; i++) {
		if (strcmp(l->in->levels[i].id, id) == 0)
			return i;
		near_offer(&near, l->in->levels[i].id);
	}
	loader_fault(l, map, "level", "there is no level \"%s\"%s%s%s", id,
	    near.best != NULL ? "; did you mean \"" : "",
	    near.best != NULL ? near.best : "",
	    near.best != NULL ? "\"?" : "");
	return 0;
}

static void
read_when(struct loader *l, const struct yaml_node *map, struct rule *r)
{
	const struct yaml_node *n = yaml_get(map, "when");
	unsigned column;
	struct err e;
	size_t at = 0;

	if (r->text[0] == '\0')
		return;
	if (rule_compile(l->in, r->text, &r->when, &at, &e) == RC_OK)
		return;
	column = yaml_column_of(n, at);
	if (column != 0)
		faults_add(l->faults, yaml_line(n), column, "%s", e.text);
	else
		faults_add(l->faults, yaml_line(n), yaml_column(n),
		    "at character %zu of the rule: %s", at + 1, e.text);
}

static void
read_rule(struct loader *l, const struct yaml_node *map)
{
	static const char *const keys[] = { "id", "level", "label", "when",
	    "because", "action", "source", NULL };
	struct instrument *in = l->in;
	struct rule r = { 0 };

	if (!loader_is_map(l, map, "a rule"))
		return;
	if (in->nrules == RULES_MAX) {
		loader_fault(l, map, NULL, "more than %d rules", RULES_MAX);
		return;
	}
	yaml_only_keys(map, keys, l->faults);
	r.id = loader_id(l, map);
	r.level = read_rule_level(l, map);
	if (yaml_get(map, "label") != NULL)
		r.label = loader_text(l, map, "label", true);
	r.because = loader_text(l, map, "because", true);
	r.action = loader_text(l, map, "action", false);
	r.source = loader_source(l, map, NULL);
	r.text = loader_text(l, map, "when", true);
	read_when(l, map, &r);
	for (size_t i = 0; i < in->nrules; i++)
		if (r.id[0] != '\0' && strcmp(in->rules[i].id, r.id) == 0)
			loader_fault(l, map, "id", "the rule \"%s\" is listed "
			    "twice", r.id);
	in->rules = vec_room(in->rules, in->nrules, &in->caprules, sizeof(r));
	in->rules[in->nrules++] = r;
}

void
instrument_read_rules(struct loader *l)
{
	const struct yaml_node *list = yaml_want_list(l->root, "rules",
	    !l->in->unscored, l->faults);

	for (size_t i = 0; i < yaml_size(list); i++)
		read_rule(l, yaml_at(list, i));
}

static void
add_to_group(struct loader *l, const struct yaml_node *n,
    struct view_group *g)
{
	const char *id = yaml_text(n);
	struct near near;
	uint32_t i;

	if (id == NULL) {
		loader_fault(l, n, NULL, "expected the id of an item");
		return;
	}
	i = instrument_item(l->in, id, strlen(id));
	if (i != NO_ITEM) {
		itemset_add(&g->items, i);
		return;
	}
	near_init(&near, id, strlen(id));
	for (size_t k = 0; k < l->in->nitems; k++)
		near_offer(&near, l->in->items[k].id);
	loader_fault(l, n, NULL, "there is no item \"%s\"%s%s%s", id,
	    near.best != NULL ? "; did you mean \"" : "",
	    near.best != NULL ? near.best : "",
	    near.best != NULL ? "\"?" : "");
}

static void
read_group(struct loader *l, const struct yaml_node *map, struct grouping *v)
{
	static const char *const keys[] = { "label", "items", NULL };
	const struct yaml_node *list;
	struct view_group g = { 0 };

	if (!loader_is_map(l, map, "a group"))
		return;
	yaml_only_keys(map, keys, l->faults);
	g.label = loader_text(l, map, "label", true);
	list = yaml_want_list(map, "items", true, l->faults);
	for (size_t i = 0; i < yaml_size(list); i++)
		add_to_group(l, yaml_at(list, i), &g);
	v->groups = vec_room(v->groups, v->ngroups, &v->capgroups, sizeof(g));
	v->groups[v->ngroups++] = g;
}

static void
read_view(struct loader *l, const struct yaml_node *map)
{
	static const char *const keys[] = { "id", "label", "groups", NULL };
	struct instrument *in = l->in;
	const struct yaml_node *list;
	struct grouping v = { 0 };

	if (!loader_is_map(l, map, "a view"))
		return;
	yaml_only_keys(map, keys, l->faults);
	v.id = loader_id(l, map);
	v.label = loader_text(l, map, "label", true);
	list = yaml_want_list(map, "groups", true, l->faults);
	for (size_t i = 0; i < yaml_size(list); i++)
		read_group(l, yaml_at(list, i), &v);
	in->views = vec_room(in->views, in->nviews, &in->capviews, sizeof(v));
	in->views[in->nviews++] = v;
}

void
instrument_read_views(struct loader *l)
{
	const struct yaml_node *list = yaml_want_list(l->root, "views", false,
	    l->faults);

	for (size_t i = 0; i < yaml_size(list); i++)
		read_view(l, yaml_at(list, i));
}
