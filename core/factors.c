/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/factors.h"

#include <string.h>

#include "core/kinds.h"

extern const struct code factor_codes[];

/*
 * A: of the child; B: of a parent or carer; C: of another person they live
 * with.  Shared with kind_process.c.
 */
const struct code factor_codes[] = {
	{"1A", "Alcohol misuse: the child"},
	{"1B", "Alcohol misuse: a parent or carer"},
	{"1C", "Alcohol misuse: another in the household"},
	{"2A", "Drug misuse: the child"},
	{"2B", "Drug misuse: a parent or carer"},
	{"2C", "Drug misuse: another in the household"},
	{"3A", "Domestic abuse: the child"},
	{"3B", "Domestic abuse: a parent or carer"},
	{"3C", "Domestic abuse: another in the household"},
	{"4A", "Mental health: the child"},
	{"4B", "Mental health: a parent or carer"},
	{"4C", "Mental health: another in the household"},
	{"5A", "Learning disability: the child"},
	{"5B", "Learning disability: a parent or carer"},
	{"5C", "Learning disability: another in the household"},
	{"7A", "Young carer"},
	{"10A", "Going missing"},
	{"11A", "Child sexual exploitation"},
	{"12A", "Trafficking"},
	{"13A", "Gangs"},
	{"14A", "Behaviour that others find hard to accept"},
	{"15A", "Self-harm"},
	{"16A", "Neglect"},
	{"17A", "Emotional abuse"},
	{"18B", "Physical abuse by a child"},
	{"18C", "Physical abuse by an adult"},
	{"19B", "Sexual abuse by a child"},
	{"19C", "Sexual abuse by an adult"},
	{"21", "No factor was found; alone"},
	{"23A", "Abuse linked to faith or belief"},
	{"24A", "Child criminal exploitation"},
	{NULL, NULL}
};
#define FACTORS (sizeof(factor_codes) / sizeof(factor_codes[0]) - 1)
_Static_assert(FACTORS <= 64, "a factor is a bit");

/* What is ticked, and what it may mean; the ids are those of OCC's lists. */
static const struct {
	const char *code, *signs;	/* ids, each between blanks */
	const char *words;
} suggestions[] = {
	{"1A", " B3 ", "B3"},
	{"2A", " B3 ", "B3"},
	{"4A", " B12 ", "B12"},
	{"5A", " A6 ", "A6"},
	{"7A", " A15 ", "A15"},
	{"10A", " B1 ", "B1"},
	{"13A", " A4 A11 ", "A4, A11"},
	{"14A", " B4 ", "B4"},
	{"15A", " B13 B14 ", "B13, B14"},
};
#define SUGGESTIONS (sizeof(suggestions) / sizeof(suggestions[0]))

size_t
factor_count(void)
{
	return FACTORS;
}

const char *
factor_code(size_t i)
{
	return factor_codes[i].id;
}

const char *
factor_label(size_t i)
{
	return factor_codes[i].label;
}

static uint64_t
bit_of(const char *code)
{
	for (size_t i = 0; i < FACTORS; i++)
		if (strcmp(factor_codes[i].id, code) == 0)
			return UINT64_C(1) << i;
	return 0;
}

uint64_t
factors_of(const json_t *codes)
{
	uint64_t bits = 0;
	size_t i;
	const json_t *one;

	json_array_foreach(codes, i, one)
		if (json_is_string(one))
			bits |= bit_of(json_string_value(one));
	return bits;
}

static bool
is_suggested(const struct instrument *in, const struct itemset *present,
    const char *signs)
{
	while (*signs++ == ' ') {
		size_t n = strcspn(signs, " ");
		uint32_t item = instrument_item(in, signs, n);

		if (n > 0 && item != NO_ITEM && itemset_has(present, item))
			return true;
		signs += n;
	}
	return false;
}

uint64_t
factors_suggested(const struct instrument *in, const struct itemset *present)
{
	uint64_t bits = 0;

	/* The ids mean this only there. */
	if (in == NULL || strcmp(in->id, "occ-csegg") != 0)
		return 0;
	for (size_t i = 0; i < SUGGESTIONS; i++)
		if (is_suggested(in, present, suggestions[i].signs))
			bits |= bit_of(suggestions[i].code);
	return bits;
}

const char *
factor_signs(size_t i)
{
	for (size_t k = 0; k < SUGGESTIONS; k++)
		if (strcmp(suggestions[k].code, factor_codes[i].id) == 0)
			return suggestions[k].words;
	return "";
}
