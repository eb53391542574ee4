/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the codes in a return mean, and in which order its days are written.
 */
#include "config.h"

#include "exchange/guess_priv.h"

#include <ctype.h>
#include <string.h>

#include "exchange/obs_header.h"

#define CODES_MAX 60u

/* Words of their answers, keyed as mapping_key() makes them. */
static const struct {
	const char *word, *ours;
	bool sure;
} answers[] = {
	{"confirmed", "present", true}, {"definite", "present", true},
	{"seen", "present", true}, {"observed", "present", true},
	{"positive", "present", false}, {"c", "present", false},
	{"possible", "suspected", true}, {"probable", "suspected", true},
	{"maybe", "suspected", true}, {"perhaps", "suspected", true},
	{"possibly", "suspected", true}, {"probably", "suspected", true},
	{"p", "suspected", false}, {"s", "suspected", false},
	{"notseen", "absent", true}, {"none", "absent", false},
	{"negative", "absent", false}, {"notobserved", "absent", false},
	{"dontknow", "not known", true}, {"dk", "not known", true},
	{"n/k", "not known", true}, {"nk", "not known", true},
	{"notsure", "not known", true}, {"unsure", "not known", true},
	{"u", "not known", false}, {"n/a", "not asked", true},
	{"na", "not asked", false}, {"notapplicable", "not asked", true},
};

static const struct {
	const char *word, *ours;
	bool sure;
} sexes[] = {
	{"boy", "M", true}, {"girl", "F", true}, {"man", "M", true},
	{"woman", "F", true}, {"1", "M", false}, {"2", "F", false},
	{"0", "U", false}, {"9", "U", false}, {"unknown", "U", true},
	{"notknown", "U", true}, {"x", "U", false},
};

size_t
guess_column(const struct guess *g, const char *header)
{
	for (size_t i = 0; header != NULL && i < g->ncolumns; i++)
		if (strcmp(g->rows[0][i], header) == 0)
			return i;
	return SIZE_MAX;
}

static bool
is_key(const char *s, const char *word)
{
	struct str key;
	bool is;

	str_init(&key);
	mapping_key(&key, s, strlen(s));
	is = strcmp(key.s, word) == 0;
	str_release(&key);
	return is;
}

/* Adds theirs, or says that nobody knows what it is. */
static void
add_code(struct guess *g, enum map_field f, const char *theirs,
    const char *ours, bool sure)
{
	const char *name = f == MAP_INDICATOR ? "indicators" :
	    map_field_name(f);

	if (ours == NULL) {
		guess_doubt(g, "%s: what \"%.60s\" means is not known; add it",
		    name, theirs);
		return;
	}
	mapping_add_code(&g->m->codes[f], theirs, ours);
	if (!sure)
		guess_doubt(g, "%s: that \"%.60s\" is \"%s\" is a guess",
		    name, theirs, ours);
}

static void
state_code(struct guess *g, const char *s, const struct instrument *in)
{
	enum answer a;

	(void)in;
	if (answer_from_name(s, strlen(s), &a) || obs_tick(s, strlen(s), &a))
		return;
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
		if (is_key(s, answers[i].word)) {
			add_code(g, MAP_STATE, s, answers[i].ours,
			    answers[i].sure);
			return;
		}
	add_code(g, MAP_STATE, s, NULL, false);
}

static void
sex_code(struct guess *g, const char *s, const struct instrument *in)
{
	(void)in;
	if (map_field_code(MAP_SEX, s, strlen(s)) != NULL)
		return;
	for (size_t i = 0; i < sizeof(sexes) / sizeof(sexes[0]); i++)
		if (is_key(s, sexes[i].word)) {
			add_code(g, MAP_SEX, s, sexes[i].ours, sexes[i].sure);
			return;
		}
	add_code(g, MAP_SEX, s, NULL, false);
}

static void
item_code(struct guess *g, const char *s, const struct instrument *in)
{
	uint32_t item = instrument_item(in, s, strlen(s));

	if (item != NO_ITEM)
		return;
	item = obs_item_like(in, s, strlen(s));
	add_code(g, MAP_INDICATOR, s,
	    item != NO_ITEM ? in->items[item].id : NULL, false);
}

static void
ethnicity_code(struct guess *g, const char *s, const struct instrument *in)
{
	(void)in;
	if (map_field_code(MAP_ETHNICITY, s, strlen(s)) == NULL)
		add_code(g, MAP_ETHNICITY, s, NULL, false);
}

static void
disability_code(struct guess *g, const char *s, const struct instrument *in)
{
	(void)in;
	if (strpbrk(s, ",;/+|") == NULL &&
	    map_field_code(MAP_DISABILITY, s, strlen(s)) == NULL)
		add_code(g, MAP_DISABILITY, s, NULL, false);
}

static void
care_code(struct guess *g, const char *s, const struct instrument *in)
{
	(void)in;
	if (map_field_code(MAP_CARE, s, strlen(s)) == NULL)
		add_code(g, MAP_CARE, s, NULL, false);
}

typedef void (*code_fn)(struct guess *g, const char *s,
    const struct instrument *in);

/* True if an earlier row has the same in this column. */
static bool
came_before(const struct guess *g, size_t row, size_t column)
{
	struct str a;
	bool came = false;

	str_init(&a);
	mapping_key(&a, g->rows[row][column], strlen(g->rows[row][column]));
	for (size_t i = 1; i < row && !came; i++)
		came = is_key(g->rows[i][column], a.s);
	str_release(&a);
	return came;
}

static void
walk_column(struct guess *g, size_t column, code_fn fn,
    const struct instrument *in)
{
	size_t n = 0;

	for (size_t i = 1; column != SIZE_MAX && i < g->nrows &&
	    n < CODES_MAX; i++)
		if (g->rows[i][column][0] != '\0' &&
		    !came_before(g, i, column)) {
			fn(g, g->rows[i][column], in);
			n++;
		}
}

/* Answers of the wide form: those that no other column has said. */
static void
walk_items(struct guess *g, const struct instrument *in)
{
	const struct map_codes *c = &g->m->codes[MAP_STATE];
	size_t column;
	const char *s;

	for (size_t j = 0; j < g->m->items.n; j++) {
		column = guess_column(g, g->m->items.list[j].theirs);
		for (size_t i = 1; column != SIZE_MAX && i < g->nrows; i++) {
			s = g->rows[i][column];
			if (s[0] != '\0' && mapping_code(c, s,
			    strlen(s)) == NULL && !came_before(g, i, column))
				state_code(g, s, in);
		}
	}
}

void
guess_codes(struct guess *g, const struct instrument *in)
{
	static const struct {
		enum map_field field;
		code_fn fn;
	} of[] = {
		{MAP_STATE, state_code}, {MAP_INDICATOR, item_code},
		{MAP_SEX, sex_code}, {MAP_ETHNICITY, ethnicity_code},
		{MAP_DISABILITY, disability_code}, {MAP_CARE, care_code}
	};

	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++)
		walk_column(g, guess_column(g,
		    g->m->columns[of[i].field]), of[i].fn, in);
	walk_items(g, in);
}

/* ---- dates ---- */

struct orders {
	size_t day_first, month_first, year_first, either;
};

/* "20260304" has its year in front, "04032026" behind. */
static bool
split_eight(int v[3], size_t digits[3])
{
	int all = v[0], year = all / 10000;

	if (year >= 1900 && year < 2100 && all / 100 % 100 <= 12 &&
	    all % 100 <= 31) {
		digits[0] = 4;
		return true;
	}
	year = all % 10000;
	digits[0] = 2;
	digits[2] = 4;
	v[0] = all / 1000000;
	v[1] = all / 10000 % 100;
	return year >= 1900 && year < 2100;
}

/* True for a date of three numbers; it may be one of eight digits. */
static bool
read_numbers(const char *s, int v[3], size_t digits[3])
{
	size_t n = 0;

	for (; *s != '\0' && n < 3; s++) {
		if (isdigit((unsigned char)*s)) {
			if (++digits[n] > 8)
				return false;
			v[n] = v[n] * 10 + (*s - '0');
		} else if (digits[n] != 0 && strchr("/.- ", *s) != NULL) {
			n++;
		} else {
			return false;
		}
	}
	if (digits[0] == 8)
		return split_eight(v, digits);
	return digits[0] <= 4 && digits[1] != 0 && digits[1] <= 2 &&
	    (digits[2] != 0 || digits[0] == 4) && digits[2] <= 4;
}

static void
count_date(const char *s, struct orders *o)
{
	int v[3] = {0, 0, 0};
	size_t digits[3] = {0, 0, 0};

	if (!read_numbers(s, v, digits))
		return;
	if (digits[0] == 4)
		o->year_first++;
	else if (v[0] > 12 && v[0] <= 31)
		o->day_first++;
	else if (v[1] > 12 && v[1] <= 31)
		o->month_first++;
	else
		o->either++;
}

void
guess_dates(struct guess *g)
{
	static const enum map_field of[] = { MAP_DATE, MAP_DOB };
	struct orders o = {0, 0, 0, 0};
	size_t column;

	for (size_t k = 0; k < sizeof(of) / sizeof(of[0]); k++) {
		column = guess_column(g, g->m->columns[of[k]]);
		for (size_t i = 1; column != SIZE_MAX && i < g->nrows; i++)
			count_date(g->rows[i][column], &o);
	}
	g->m->dates = o.month_first > o.day_first ? MAP_MDY : o.day_first +
	    o.month_first + o.either == 0 && o.year_first != 0 ? MAP_YMD :
	    MAP_DMY;
	if (o.day_first != 0 && o.month_first != 0)
		guess_doubt(g, "dates: %zu can only be day/month/year and %zu "
		    "only month/day/year; ask the agency", o.day_first,
		    o.month_first);
	else if (o.either != 0 && o.day_first + o.month_first == 0)
		guess_doubt(g, "dates: every day and month that was looked at "
		    "is 12 or less, so that dmy is a guess; ask the agency");
}
