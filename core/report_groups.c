/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/report_groups.h"

#include <string.h>

#include "core/kinds.h"

/* Numbers of codes; what is not recorded is NO_WORD. */
static const struct code disabilities[] = {
	{"yes", "Disabled"}, {"no", "Not disabled"}, {NULL, NULL}
};

static const struct code *
codes_of(enum group_by by)
{
	static const char *const fields[] = {
		[BY_SEX] = "sex", [BY_ETHNICITY] = "ethnicity",
		[BY_CARE] = "care"
	};

	return by == BY_DISABILITY ? disabilities :
	    kind_field(kind_find("identity"), fields[by])->codes;
}

static uint32_t
key_of(enum group_by by, const char *id)
{
	const struct code *codes = codes_of(by);

	for (uint32_t i = 0; codes[i].id != NULL; i++)
		if (strcmp(codes[i].id, id) == 0)
			return i;
	return NO_WORD;
}

const char *
grouping_code(enum group_by by, uint32_t key)
{
	return key >= KIDS_TWO ? NULL : codes_of(by)[key].id;
}

/* What the forms have for "not recorded" is no group of its own. */
uint32_t
grouping_axis_key(enum group_by by, size_t row)
{
	static const char *const gaps[] = {
		[BY_SEX] = "U", [BY_ETHNICITY] = "NOBT",
		[BY_DISABILITY] = "", [BY_CARE] = "unknown"
	};
	const char *code = codes_of(by)[row].id;

	return code == NULL || strcmp(code, gaps[by]) == 0 ? NO_WORD :
	    (uint32_t)row;
}

static void
add_label(enum group_by by, uint32_t key, struct str *out)
{
	str_add(out, key == NO_WORD ? "Not recorded" :
	    codes_of(by)[key].label);
}

/* ---- keys ---- */

static size_t
sex_keys(const struct kids *k, const struct child_facts *c,
    uint32_t out[KIDS_KEYS_MAX])
{
	const char code[2] = {c->sex, '\0'};

	(void)k;
	out[0] = c->sex == 'U' ? NO_WORD : key_of(BY_SEX, code);
	return 1;
}

/* "Not recorded yet" is a gap; "preferred not to say" is an answer. */
static size_t
ethnicity_keys(const struct kids *k, const struct child_facts *c,
    uint32_t out[KIDS_KEYS_MAX])
{
	(void)k;
	out[0] = key_of(BY_ETHNICITY, c->ethnicity);
	return 1;
}

static size_t
disability_keys(const struct kids *k, const struct child_facts *c,
    uint32_t out[KIDS_KEYS_MAX])
{
	(void)k;
	out[0] = !c->disability_recorded ? NO_WORD : c->disabled ? 0 : 1;
	return 1;
}

static size_t
care_keys(const struct kids *k, const struct child_facts *c,
    uint32_t out[KIDS_KEYS_MAX])
{
	(void)k;
	out[0] = key_of(BY_CARE, c->care);
	return 1;
}

#define LABEL(name, by) \
	static void \
	name(const struct kids *k, uint32_t key, struct str *out) \
	{ \
		(void)k; \
		add_label(by, key, out); \
	}
LABEL(sex_label, BY_SEX)
LABEL(ethnicity_label, BY_ETHNICITY)
LABEL(disability_label, BY_DISABILITY)
LABEL(care_label, BY_CARE)

const struct grouping_by *
grouping_by(enum group_by by)
{
	static const struct grouping_by all[GROUPS_BY] = {
		[BY_SEX] = {"sex", "By sex", "Sex", "sex", sex_keys,
		    sex_label},
		[BY_ETHNICITY] = {"ethnicity", "By ethnicity", "Ethnicity",
		    "ethnicity", ethnicity_keys, ethnicity_label},
		[BY_DISABILITY] = {"disability", "By disability",
		    "Disability", "disabled", disability_keys,
		    disability_label},
		[BY_CARE] = {"care", "By care status", "Care status", "care",
		    care_keys, care_label}
	};

	return &all[by];
}

/* ---- the population ---- */

/* Who is not in a group that is counted is in the other one. */
static bool
people_without(const struct population_area *a, uint64_t *n)
{
	const struct population_group *g = population_group_find(a,
	    "disabled", "yes");

	if (g == NULL)
		return false;
	*n = a->children - g->children;
	return true;
}

static bool
people_in(const struct population_area *a, enum group_by by,
    const char *code, uint64_t *n)
{
	const struct population_group *g = population_group_find(a,
	    grouping_by(by)->what, code);

	if (g == NULL && by == BY_DISABILITY && strcmp(code, "no") == 0)
		return people_without(a, n);
	if (g == NULL)
		return false;
	*n = g->children;
	return true;
}

bool
grouping_people(const struct population *p, enum group_by by, uint32_t key,
    uint64_t *part, uint64_t *all)
{
	const char *code = grouping_code(by, key);
	uint64_t n;

	*part = *all = 0;
	for (size_t i = 0; p != NULL && code != NULL && i < p->n; i++)
		if (people_in(&p->areas[i], by, code, &n)) {
			*part += n;
			*all += p->areas[i].children;
		}
	return *all > 0;
}

bool
ethnicity_is_minority(const char *code)
{
	static const char *const others[] = {
		"", "NOBT", "REFU", "WBRI", "WIRI", "WOTH"
	};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strcmp(code, others[i]) == 0)
			return false;
	return true;
}
