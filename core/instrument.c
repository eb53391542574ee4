/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/instrument.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/instrument_read.h"
#include "core/xalloc.h"

static void
view_release(struct grouping *v)
{
	for (size_t i = 0; i < v->ngroups; i++)
		free(v->groups[i].label);
	free(v->groups);
	free(v->id);
	free(v->label);
}

static void
rule_release(struct rule *r)
{
	rule_free(r->when);
	free(r->id);
	free(r->label);
	free(r->because);
	free(r->action);
	free(r->source);
	free(r->text);
}

static void
free_sections(struct instrument *in)
{
	for (size_t i = 0; i < in->nsections; i++) {
		free(in->sections[i].id);
		free(in->sections[i].label);
		free(in->sections[i].help);
		free(in->sections[i].role);
	}
	free(in->sections);
	for (size_t i = 0; i < in->nitems; i++) {
		free(in->items[i].id);
		free(in->items[i].label);
		free(in->items[i].help);
		free(in->items[i].source);
	}
	free(in->items);
}

static void
free_levels(struct instrument *in)
{
	for (size_t i = 0; i < in->nlevels; i++) {
		free(in->levels[i].id);
		free(in->levels[i].label);
		free(in->levels[i].action);
	}
	free(in->levels);
	for (size_t i = 0; i < in->nsettings; i++) {
		free(in->settings[i].name);
		free(in->settings[i].source);
	}
	free(in->settings);
	free(in->label_insufficient);
	free(in->action_insufficient);
	free(in->label_none);
	free(in->action_none);
}

void
instrument_free(struct instrument *in)
{
	if (in == NULL)
		return;
	free_sections(in);
	free_levels(in);
	for (size_t i = 0; i < in->nrules; i++)
		rule_release(&in->rules[i]);
	free(in->rules);
	for (size_t i = 0; i < in->nviews; i++)
		view_release(&in->views[i]);
	free(in->views);
	free(in->id);
	free(in->version);
	free(in->title);
	free(in->summary);
	free(in->sources);
	free(in);
}

/* ASCII case only: an id means the same in every locale. */
static bool
same_id(const char *id, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char a = id[i], b = s[i];

		if (a >= 'A' && a <= 'Z')
			a = (char)(a - 'A' + 'a');
		if (b >= 'A' && b <= 'Z')
			b = (char)(b - 'A' + 'a');
		if (a != b || a == '\0')
			return false;
	}
	return id[n] == '\0';
}

uint32_t
instrument_item(const struct instrument *in, const char *id, size_t n)
{
	for (uint32_t i = 0; i < in->nitems; i++)
		if (same_id(in->items[i].id, id, n))
			return i;
	return NO_ITEM;
}

uint32_t
instrument_section(const struct instrument *in, const char *id, size_t n)
{
	for (uint32_t i = 0; i < in->nsections; i++)
		if (same_id(in->sections[i].id, id, n))
			return i;
	return NO_ITEM;
}

uint32_t
instrument_setting(const struct instrument *in, const char *name, size_t n)
{
	for (uint32_t i = 0; i < in->nsettings; i++)
		if (same_id(in->settings[i].name, name, n))
			return i;
	return NO_ITEM;
}

const struct section *
instrument_section_of(const struct instrument *in, unsigned item)
{
	return &in->sections[in->items[item].section];
}

struct itemset
instrument_left_out(const struct instrument *in, const struct answers *a)
{
	struct itemset out = { 0 };
	struct itemset shut = itemset_and(in->gates, &a->absent);

	if ((shut.w[0] | shut.w[1]) == 0)
		return out;
	for (unsigned i = 0; i < in->nitems; i++)
		if (itemset_has(&in->conditional, i) &&
		    itemset_has(&shut, in->items[i].applies_when))
			itemset_add(&out, i);
	return out;
}

enum rc
instrument_parse(const char *text, size_t n, const char *name,
    struct instrument **out, struct faults *faults, struct err *e)
{
	struct instrument *in;
	struct yaml *y;

	faults->name = name;
	y = yaml_parse(text, n, faults);
	if (y == NULL)
		return faults_result(faults, e);
	in = xcalloc(1, sizeof(*in));
	crypto_generichash(in->hash, sizeof(in->hash),
	    (const unsigned char *)text, n, NULL, 0);
	instrument_read(in, yaml_root(y), faults);
	yaml_doc_free(y);
	faults_sort(faults);
	if (faults->n != 0) {
		instrument_free(in);
		return faults_result(faults, e);
	}
	*out = in;
	return RC_OK;
}
