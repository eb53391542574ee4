/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/instrument_read.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/near.h"
#include "core/rule_impl.h"
#include "core/str.h"
#include "core/vec.h"
#include "core/xalloc.h"

#define ID_MAX 32
#define REVIEW_DAYS 42		/* six weeks */
#define REVIEW_DAYS_MAX 366

void
loader_fault(struct loader *l, const struct yaml_node *map, const char *key,
    const char *fmt, ...)
{
	const struct yaml_node *at = key != NULL ? yaml_get(map, key) : map;
	struct err e;
	va_list ap;

	if (at == NULL)
		at = map;
	va_start(ap, fmt);
	err_setv(&e, RC_INPUT, fmt, ap);
	va_end(ap);
	faults_add(l->faults, yaml_line(at), yaml_column(at), "%s", e.text);
}

bool
loader_is_map(struct loader *l, const struct yaml_node *n, const char *what)
{
	if (yaml_is_map(n))
		return true;
	loader_fault(l, n, NULL, "%s must be a map of keys and values", what);
	return false;
}

char *
loader_text(struct loader *l, const struct yaml_node *map, const char *key,
    bool required)
{
	const char *s = yaml_want_text(map, key, required, l->faults);

	return xstrdup(s != NULL ? s : "");
}

static bool
is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_id(const char *s)
{
	size_t n = strlen(s);

	if (n == 0 || n > ID_MAX || !is_alpha(s[0]))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!is_alpha(s[i]) && !(s[i] >= '0' && s[i] <= '9') &&
		    s[i] != '-' && s[i] != '_')
			return false;
	return true;
}

static bool
is_keyword(const char *s)
{
	static const char *const words[] = {
		"or", "and", "not", "count", "weight", "any", "age", "flag",
		"within", "to", "suspected", "day", "days", "week", "weeks",
		"month", "months"
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(s, words[i]) == 0)
			return true;
	return false;
}

static void
check_id(struct loader *l, const struct yaml_node *at, const char *id)
{
	if (!is_id(id))
		loader_fault(l, at, NULL, "\"%s\" is not an id; expected a "
		    "letter and then letters, digits, \"-\" or \"_\", at most "
		    "%d in all", id, ID_MAX);
	else if (is_keyword(id))
		loader_fault(l, at, NULL, "\"%s\" is a word of the rule "
		    "language; choose another id", id);
}

char *
loader_id(struct loader *l, const struct yaml_node *map)
{
	char *id = loader_text(l, map, "id", true);

	if (id[0] != '\0')
		check_id(l, yaml_get(map, "id"), id);
	return id;
}

/* Sections, items and settings are told apart by name alone in a rule. */
static void
check_new_name(struct loader *l, const struct yaml_node *at, const char *id)
{
	size_t n = strlen(id);

	if (n == 0)
		return;
	if (instrument_section(l->in, id, n) != NO_ITEM ||
	    instrument_item(l->in, id, n) != NO_ITEM ||
	    instrument_setting(l->in, id, n) != NO_ITEM)
		loader_fault(l, at, NULL, "the name \"%s\" is used twice; "
		    "sections, items and settings share one set of names", id);
}

static bool
parse_long(const char *s, long most, long *out)
{
	long v = 0;

	if (*s == '\0')
		return false;
	for (; *s != '\0'; s++) {
		if (*s < '0' || *s > '9')
			return false;
		v = v * 10 + (*s - '0');
		if (v > most)
			return false;
	}
	*out = v;
	return true;
}

static long
read_number(struct loader *l, const struct yaml_node *map, const char *key,
    long most, long absent)
{
	const char *s = yaml_want_text(map, key, absent < 0, l->faults);
	long v = absent < 0 ? 0 : absent;

	if (s != NULL && !parse_long(s, most, &v))
		loader_fault(l, map, key, "\"%s\" is \"%s\"; expected a whole "
		    "number from 0 to %ld", key, s, most);
	return v;
}

static bool
read_bool(struct loader *l, const struct yaml_node *map, const char *key)
{
	const char *s = yaml_want_text(map, key, false, l->faults);

	if (s == NULL || strcmp(s, "no") == 0 || strcmp(s, "false") == 0)
		return false;
	if (strcmp(s, "yes") != 0 && strcmp(s, "true") != 0)
		loader_fault(l, map, key, "\"%s\" is \"%s\"; expected yes or "
		    "no", key, s);
	return true;
}

static void
cite(struct loader *l, const struct yaml_node *at, const char *id, size_t n,
    struct str *out)
{
	struct near near;

	near_init(&near, id, n);
	for (size_t i = 0; i < yaml_size(l->sources); i++) {
		const char *key = yaml_text(yaml_key_at(l->sources, i));
		const char *text = yaml_text(yaml_value_at(l->sources, i));

		near_offer(&near, key);
		if (strlen(key) != n || memcmp(key, id, n) != 0)
			continue;
		str_add_fmt(out, "%s%s", out->len != 0 ? "; " : "",
		    text != NULL ? text : "");
		return;
	}
	if (near.best != NULL)
		loader_fault(l, at, NULL, "the source \"%.*s\" is not listed "
		    "under sources; did you mean \"%s\"?", (int)n, id,
		    near.best);
	else
		loader_fault(l, at, NULL, "the source \"%.*s\" is not listed "
		    "under sources", (int)n, id);
}

char *
loader_source(struct loader *l, const struct yaml_node *map,
    const char *inherited)
{
	const char *s = yaml_want_text(map, "source", inherited == NULL,
	    l->faults);
	struct str out;

	if (s == NULL)
		return xstrdup(inherited != NULL ? inherited : "");
	str_init(&out);
	while (*s != '\0') {
		size_t n;

		s += strspn(s, " ,");
		n = strcspn(s, ",");
		while (n > 0 && s[n - 1] == ' ')
			n--;
		if (n > 0)
			cite(l, yaml_get(map, "source"), s, n, &out);
		s += strcspn(s, ",");
	}
	return str_take(&out);
}

static void
read_sources(struct loader *l)
{
	struct str out;

	l->sources = yaml_want_map(l->root, "sources", true, l->faults);
	str_init(&out);
	for (size_t i = 0; i < yaml_size(l->sources); i++) {
		const struct yaml_node *v = yaml_value_at(l->sources, i);
		const char *text = yaml_text(v);

		if (text == NULL || *text == '\0')
			loader_fault(l, yaml_key_at(l->sources, i), NULL,
			    "a source must be text: where it is published");
		else
			str_add_fmt(&out, "%s%s: %s", i == 0 ? "" : "\n",
			    yaml_text(yaml_key_at(l->sources, i)), text);
	}
	l->in->sources = str_take(&out);
}

static void
read_setting(struct loader *l, const struct yaml_node *key,
    const struct yaml_node *map)
{
	static const char *const keys[] = { "value", "source", NULL };
	struct instrument *in = l->in;
	struct setting s = { 0 };

	check_id(l, key, yaml_text(key));
	check_new_name(l, key, yaml_text(key));
	if (!loader_is_map(l, map, "a setting"))
		return;
	yaml_only_keys(map, keys, l->faults);
	s.name = xstrdup(yaml_text(key));
	s.value = read_number(l, map, "value", RULE_VALUE_MAX, -1);
	s.source = loader_source(l, map, NULL);
	in->settings = vec_room(in->settings, in->nsettings,
	    &in->capsettings, sizeof(s));
	in->settings[in->nsettings++] = s;
}

static void
read_settings(struct loader *l)
{
	const struct yaml_node *map = yaml_want_map(l->root, "settings",
	    false, l->faults);

	for (size_t i = 0; i < yaml_size(map); i++)
		read_setting(l, yaml_key_at(map, i), yaml_value_at(map, i));
}

static void
read_item(struct loader *l, const struct yaml_node *map, const char *source)
{
	static const char *const keys[] = { "id", "label", "help", "source",
	    "weight", "applies-when", NULL };
	struct instrument *in = l->in;
	struct section *s = &in->sections[in->nsections - 1];
	struct item it = { .applies_when = NO_ITEM };

	if (!loader_is_map(l, map, "an item"))
		return;
	if (in->nitems == ITEMS_MAX) {
		loader_fault(l, map, NULL, "more than %d items", ITEMS_MAX);
		return;
	}
	yaml_only_keys(map, keys, l->faults);
	it.id = loader_id(l, map);
	check_new_name(l, yaml_get(map, "id"), it.id);
	it.label = loader_text(l, map, "label", true);
	it.help = loader_text(l, map, "help", true);
	it.source = loader_source(l, map, source);
	it.weight = (unsigned)read_number(l, map, "weight", 1000, 1);
	it.section = (unsigned)in->nsections - 1;
	itemset_add(&s->items, (unsigned)in->nitems);
	in->items = vec_room(in->items, in->nitems, &in->capitems, sizeof(it));
	in->items[in->nitems++] = it;
}

static void
check_role(struct loader *l, const struct yaml_node *map, const char *role)
{
	static const char *const roles[] = { "vulnerability", "sign",
	    "question", "heading", "" };

	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (strcmp(role, roles[i]) == 0)
			return;
	loader_fault(l, map, "role", "\"role\" is \"%s\"; expected "
	    "vulnerability, sign, question or heading", role);
}

static void
note_role(struct instrument *in, const struct section *s)
{
	bool question = strcmp(s->role, "question") == 0;
	struct itemset *to = question ? &in->questions : &in->listed;

	*to = itemset_or(*to, &s->items);
	if (strcmp(s->role, "vulnerability") == 0)
		in->vulnerabilities = itemset_or(in->vulnerabilities,
		    &s->items);
	if (strcmp(s->role, "sign") == 0)
		in->signs = itemset_or(in->signs, &s->items);
}

static void
read_section(struct loader *l, const struct yaml_node *map)
{
	static const char *const keys[] = { "id", "label", "help", "role",
	    "source", "items", NULL };
	struct instrument *in = l->in;
	const struct yaml_node *items;
	struct section s = { 0 };
	char *source = NULL;

	if (!loader_is_map(l, map, "a section"))
		return;
	yaml_only_keys(map, keys, l->faults);
	s.id = loader_id(l, map);
	check_new_name(l, yaml_get(map, "id"), s.id);
	s.label = loader_text(l, map, "label", true);
	s.help = loader_text(l, map, "help", false);
	s.role = loader_text(l, map, "role", false);
	check_role(l, map, s.role);
	in->sections = vec_room(in->sections, in->nsections, &in->capsections,
	    sizeof(s));
	in->sections[in->nsections++] = s;
	if (yaml_get(map, "source") != NULL)
		source = loader_source(l, map, NULL);
	items = yaml_want_list(map, "items", true, l->faults);
	if (items != NULL && yaml_size(items) == 0)
		loader_fault(l, map, "items", "the section has no items");
	for (size_t i = 0; i < yaml_size(items); i++)
		read_item(l, yaml_at(items, i), source);
	free(source);
	note_role(in, &in->sections[in->nsections - 1]);
}

static void
read_condition(struct loader *l, const struct yaml_node *map, unsigned item)
{
	const char *name = yaml_want_text(map, "applies-when", false,
	    l->faults);
	struct instrument *in = l->in;
	uint32_t gate;

	if (name == NULL)
		return;
	gate = instrument_item(in, name, strlen(name));
	if (gate == NO_ITEM || !itemset_has(&in->questions, gate)) {
		loader_fault(l, map, "applies-when", "\"%s\" is not a direct "
		    "question; expected an item of a section of role question",
		    name);
		return;
	}
	if (itemset_has(&in->questions, item)) {
		loader_fault(l, map, "applies-when", "a direct question "
		    "cannot depend on another");
		return;
	}
	in->items[item].applies_when = gate;
	itemset_add(&in->conditional, item);
	itemset_add(&in->gates, gate);
}

/* After all items, for a condition may name a question further down. */
static void
read_conditions(struct loader *l, const struct yaml_node *sections)
{
	for (size_t i = 0; i < yaml_size(sections); i++) {
		const struct yaml_node *items = yaml_get(
		    yaml_at(sections, i), "items");

		for (size_t k = 0; yaml_is_list(items) &&
		    k < yaml_size(items); k++) {
			const struct yaml_node *map = yaml_at(items, k);
			const char *id = yaml_text(yaml_get(map, "id"));
			uint32_t item = id == NULL ? NO_ITEM :
			    instrument_item(l->in, id, strlen(id));

			if (item != NO_ITEM)
				read_condition(l, map, item);
		}
	}
}

static void
read_sections(struct loader *l)
{
	const struct yaml_node *list = yaml_want_list(l->root, "sections",
	    true, l->faults);

	if (list != NULL && yaml_size(list) == 0)
		loader_fault(l, l->root, "sections", "there are no sections");
	for (size_t i = 0; i < yaml_size(list); i++)
		read_section(l, yaml_at(list, i));
	read_conditions(l, list);
}

static void
read_level(struct loader *l, const struct yaml_node *map)
{
	static const char *const keys[] = { "id", "label", "action", "refer",
	    NULL };
	struct instrument *in = l->in;
	struct level v = { 0 };

	if (!loader_is_map(l, map, "a level"))
		return;
	if (in->nlevels == LEVELS_MAX) {
		loader_fault(l, map, NULL, "more than %d levels", LEVELS_MAX);
		return;
	}
	yaml_only_keys(map, keys, l->faults);
	v.id = loader_id(l, map);
	v.label = loader_text(l, map, "label", true);
	v.action = loader_text(l, map, "action", true);
	v.refer = read_bool(l, map, "refer");
	for (size_t i = 0; i < in->nlevels; i++)
		if (v.id[0] != '\0' && strcmp(in->levels[i].id, v.id) == 0)
			loader_fault(l, map, "id", "the level \"%s\" is "
			    "listed twice", v.id);
	if (strcmp(v.id, "insufficient") == 0 ||
	    strcmp(v.id, "none-recorded") == 0)
		loader_fault(l, map, "id", "\"%s\" is always there; give its "
		    "words under residual", v.id);
	in->levels = vec_room(in->levels, in->nlevels, &in->caplevels,
	    sizeof(v));
	in->levels[in->nlevels++] = v;
}

static void
read_levels(struct loader *l)
{
	const struct yaml_node *list = yaml_want_list(l->root, "levels",
	    !l->in->unscored, l->faults);

	for (size_t i = 0; i < yaml_size(list); i++)
		read_level(l, yaml_at(list, i));
}

static void
read_residual_one(struct loader *l, const struct yaml_node *map,
    const char *key, char **label, char **action)
{
	static const char *const keys[] = { "label", "action", NULL };
	const struct yaml_node *one = yaml_want_map(map, key, map != NULL,
	    l->faults);

	yaml_only_keys(one, keys, l->faults);
	*label = one != NULL ? loader_text(l, one, "label", true) : xstrdup("");
	*action = one != NULL ? loader_text(l, one, "action", true) :
	    xstrdup("");
}

static void
read_residual(struct loader *l)
{
	static const char *const keys[] = { "insufficient", "none-recorded",
	    NULL };
	struct instrument *in = l->in;
	const struct yaml_node *map = yaml_want_map(l->root, "residual", true,
	    l->faults);

	yaml_only_keys(map, keys, l->faults);
	read_residual_one(l, map, "insufficient", &in->label_insufficient,
	    &in->action_insufficient);
	read_residual_one(l, map, "none-recorded", &in->label_none,
	    &in->action_none);
}

static void
read_head(struct loader *l)
{
	static const char *const keys[] = { "id", "version", "title",
	    "summary", "sources", "review-days", "unscored", "settings",
	    "sections", "levels", "residual", "rules", "views", NULL };
	struct instrument *in = l->in;

	yaml_only_keys(l->root, keys, l->faults);
	in->id = loader_id(l, l->root);
	in->version = loader_text(l, l->root, "version", true);
	in->title = loader_text(l, l->root, "title", true);
	in->summary = loader_text(l, l->root, "summary", true);
	in->unscored = read_bool(l, l->root, "unscored");
	in->review_days = (int)read_number(l, l->root, "review-days",
	    REVIEW_DAYS_MAX, REVIEW_DAYS);
	if (in->review_days == 0)
		loader_fault(l, l->root, "review-days", "a screening must be "
		    "looked at again; expected 1 to %d days", REVIEW_DAYS_MAX);
}

void
instrument_read(struct instrument *in, const struct yaml_node *root,
    struct faults *f)
{
	struct loader l = { in, f, root, NULL };

	if (!loader_is_map(&l, root, "an instrument"))
		return;
	read_head(&l);
	read_sources(&l);
	read_settings(&l);
	read_sections(&l);
	read_levels(&l);
	read_residual(&l);
	instrument_read_rules(&l);
	instrument_read_views(&l);
	instrument_check(&l);
}
