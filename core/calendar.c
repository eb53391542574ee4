/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/calendar.h"

#include <stdlib.h>

#include "core/date.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "core/yaml_want.h"

#define BY_RULE 8		/* bank holidays of a year */
#define RULE_SINCE 1978		/* the early May holiday came last */
#define SATURDAY 5
#define SUNDAY 6

struct holiday {
	int32_t day;
	const char *name;
};

/* A day that the rule does not know, or a day of the rule that is not kept. */
struct one_off {
	int32_t day;
	bool kept;	/* a holiday; else a working day in spite of the rule */
	char *name;	/* NULL unless kept */
	char *source;
};

struct calendar {
	char *id, *title, *source;
	int from, to;	/* years */
	struct one_off *days;
	size_t ndays, capdays;
};

/* Anonymous Gregorian computus, as Meeus gives it. */
int32_t
easter_sunday(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int d = b / 4, e = b % 4;
	int g = (b - (b + 8) / 25 + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30;
	int l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;

	return day_from_civil((struct civil){ year, n / 31, n % 31 + 1 });
}

static int32_t
first_monday(int year, int month)
{
	int32_t first = day_from_civil((struct civil){ year, month, 1 });

	return first + (7 - day_of_week(first)) % 7;
}

static int32_t
last_monday(int year, int month)
{
	int32_t last = day_from_civil((struct civil){ year, month,
	    month_days(year, month) });

	return last - day_of_week(last);
}

/* Christmas and Boxing Day; a weekend's moves to the next free weekday. */
static void
add_christmas(int year, struct holiday out[2])
{
	int32_t christmas = day_from_civil((struct civil){ year, 12, 25 });
	int32_t boxing = christmas + 1;

	out[0] = (struct holiday){ christmas, "Christmas Day" };
	out[1] = (struct holiday){ boxing, "Boxing Day" };
	if (day_of_week(christmas) >= SATURDAY)
		out[0] = (struct holiday){ christmas + 2,
		    "Christmas Day (substitute day)" };
	if (day_of_week(boxing) >= SATURDAY)
		out[1] = (struct holiday){ boxing + 2,
		    "Boxing Day (substitute day)" };
}

static void
holidays_by_rule(int year, struct holiday out[BY_RULE])
{
	int32_t new_year = day_from_civil((struct civil){ year, 1, 1 });
	int32_t easter = easter_sunday(year);

	out[0] = (struct holiday){ new_year, "New Year's Day" };
	if (day_of_week(new_year) >= SATURDAY)
		out[0] = (struct holiday){ first_monday(year, 1),
		    "New Year's Day (substitute day)" };
	out[1] = (struct holiday){ easter - 2, "Good Friday" };
	out[2] = (struct holiday){ easter + 1, "Easter Monday" };
	out[3] = (struct holiday){ first_monday(year, 5),
	    "Early May bank holiday" };
	out[4] = (struct holiday){ last_monday(year, 5),
	    "Spring bank holiday" };
	out[5] = (struct holiday){ last_monday(year, 8),
	    "Summer bank holiday" };
	add_christmas(year, out + 6);
}

static const char *
rule_name(int32_t day)
{
	struct holiday days[BY_RULE];

	holidays_by_rule(day_to_civil(day).year, days);
	for (size_t i = 0; i < BY_RULE; i++)
		if (days[i].day == day)
			return days[i].name;
	return NULL;
}

static const struct one_off *
find_one_off(const struct calendar *c, int32_t day)
{
	for (size_t i = 0; i < c->ndays; i++)
		if (c->days[i].day == day)
			return &c->days[i];
	return NULL;
}

const char *
calendar_holiday(const struct calendar *c, int32_t day)
{
	const struct one_off *o = find_one_off(c, day);

	if (o != NULL)
		return o->kept ? o->name : NULL;
	return rule_name(day);
}

const char *
calendar_holiday_source(const struct calendar *c, int32_t day)
{
	const struct one_off *o = find_one_off(c, day);

	return o != NULL && o->kept ? o->source : NULL;
}

bool
calendar_is_working_day(const struct calendar *c, int32_t day)
{
	return day_of_week(day) < SATURDAY && calendar_holiday(c, day) == NULL;
}

const char *
calendar_id(const struct calendar *c)
{
	return c->id;
}

const char *
calendar_title(const struct calendar *c)
{
	return c->title;
}

const char *
calendar_source(const struct calendar *c)
{
	return c->source;
}

int
calendar_confirmed_from(const struct calendar *c)
{
	return c->from;
}

int
calendar_confirmed_to(const struct calendar *c)
{
	return c->to;
}

bool
calendar_confirmed(const struct calendar *c, int32_t first, int32_t last)
{
	return day_to_civil(first).year >= c->from &&
	    day_to_civil(last).year <= c->to;
}

static void
note_years(const struct calendar *c, int32_t a, int32_t b, bool *unconfirmed)
{
	bool known = a <= b ? calendar_confirmed(c, a, b) :
	    calendar_confirmed(c, b, a);

	if (!known && unconfirmed != NULL)
		*unconfirmed = true;
}

int32_t
calendar_add_working_days(const struct calendar *c, int32_t day, int n,
    bool *unconfirmed)
{
	int32_t at = day;
	int step = n < 0 ? -1 : 1;

	while (n == 0 && !calendar_is_working_day(c, at))
		at++;
	while (n != 0) {
		at += step;
		if (calendar_is_working_day(c, at))
			n -= step;
	}
	note_years(c, day, at, unconfirmed);
	return at;
}

int
calendar_working_days_between(const struct calendar *c, int32_t from,
    int32_t to, bool *unconfirmed)
{
	int n = 0;

	note_years(c, from, to, unconfirmed);
	if (to < from)
		return -calendar_working_days_between(c, to, from, NULL);
	for (int32_t day = from + 1; day <= to; day++)
		n += calendar_is_working_day(c, day);
	return n;
}

static void
take_one_off(struct calendar *c, struct one_off o)
{
	c->days = vec_room(c->days, c->ndays, &c->capdays, sizeof(*c->days));
	c->days[c->ndays++] = o;
}

static char *
copy_text(const struct yaml_node *map, const char *key, struct faults *f)
{
	const char *text = yaml_want_text(map, key, true, f);

	return xstrdup(text == NULL ? "" : text);
}

/* The day of key, if it is not spoken of already and fits `by_rule`. */
static bool
want_one_off(const struct calendar *c, const struct yaml_node *map,
    const char *key, bool by_rule, int32_t *day, struct faults *f)
{
	const struct yaml_node *n = yaml_get(map, key);
	const char *fault = NULL;

	if (!yaml_want_day(map, key, true, day, f))
		return false;
	if (find_one_off(c, *day) != NULL)
		fault = "is named twice in this file";
	else if (by_rule && rule_name(*day) == NULL)
		fault = "is no bank holiday by rule, so it cannot be moved "
		    "or removed";
	else if (!by_rule && rule_name(*day) != NULL)
		fault = "is a bank holiday by rule already";
	else if (!by_rule && day_of_week(*day) >= SATURDAY)
		fault = "falls on a weekend; name the weekday that is kept";
	if (fault == NULL)
		return true;
	faults_add(f, yaml_line(n), yaml_column(n), "\"%s\": %s %s", key,
	    yaml_text(n), fault);
	return false;
}

static void
take_added(struct calendar *c, const struct yaml_node *map, struct faults *f)
{
	static const char *const keys[] = { "day", "name", "source", NULL };
	struct one_off o = { .kept = true };

	yaml_only_keys(map, keys, f);
	if (!yaml_is_map(map) ||
	    !want_one_off(c, map, "day", false, &o.day, f))
		return;
	o.name = copy_text(map, "name", f);
	o.source = copy_text(map, "source", f);
	take_one_off(c, o);
}

static void
take_moved(struct calendar *c, const struct yaml_node *map, struct faults *f)
{
	static const char *const keys[] = { "from", "to", "name", "source",
	    NULL };
	struct one_off from = { .kept = false }, to = { .kept = true };
	bool good;

	yaml_only_keys(map, keys, f);
	if (!yaml_is_map(map))
		return;
	good = want_one_off(c, map, "from", true, &from.day, f);
	good = want_one_off(c, map, "to", false, &to.day, f) && good;
	if (!good)
		return;
	from.source = copy_text(map, "source", f);
	to.name = copy_text(map, "name", f);
	to.source = xstrdup(from.source);
	take_one_off(c, from);
	take_one_off(c, to);
}

static void
take_removed(struct calendar *c, const struct yaml_node *map,
    struct faults *f)
{
	static const char *const keys[] = { "day", "source", NULL };
	struct one_off o = { .kept = false };

	yaml_only_keys(map, keys, f);
	if (!yaml_is_map(map) ||
	    !want_one_off(c, map, "day", true, &o.day, f))
		return;
	o.source = copy_text(map, "source", f);
	take_one_off(c, o);
}

static void
take_list(struct calendar *c, const struct yaml_node *root, const char *key,
    void (*take)(struct calendar *, const struct yaml_node *, struct faults *),
    struct faults *f)
{
	const struct yaml_node *list = yaml_want_list(root, key, false, f);

	for (size_t i = 0; list != NULL && i < yaml_size(list); i++) {
		const struct yaml_node *n = yaml_at(list, i);

		if (yaml_is_map(n))
			take(c, n, f);
		else
			faults_add(f, yaml_line(n), yaml_column(n), "\"%s\" "
			    "holds maps, each with its day and source", key);
	}
}

static void
take_head(struct calendar *c, const struct yaml_node *root, struct faults *f)
{
	static const char *const keys[] = { "id", "title", "source",
	    "confirmed-from", "confirmed-to", "added", "moved", "removed",
	    NULL };
	const struct yaml_range years = { RULE_SINCE, YEAR_MAX };
	const struct yaml_node *to = yaml_get(root, "confirmed-to");

	yaml_only_keys(root, keys, f);
	c->id = copy_text(root, "id", f);
	c->title = copy_text(root, "title", f);
	c->source = copy_text(root, "source", f);
	if (yaml_want_number(root, "confirmed-from", years, &c->from, f) &&
	    yaml_want_number(root, "confirmed-to", years, &c->to, f) &&
	    c->to < c->from)
		faults_add(f, yaml_line(to), yaml_column(to),
		    "\"confirmed-to\" is before \"confirmed-from\"");
}

struct calendar *
calendar_parse(const char *text, size_t n, struct faults *f)
{
	size_t before = f->n;
	struct yaml *doc = yaml_parse(text, n, f);
	const struct yaml_node *root = doc == NULL ? NULL : yaml_root(doc);
	struct calendar *c;

	if (doc == NULL)
		return NULL;
	c = xcalloc(1, sizeof(*c));
	if (root == NULL || !yaml_is_map(root)) {
		faults_add(f, 1, 1, "a calendar is a map with id, title, "
		    "source, confirmed-from and confirmed-to");
	} else {
		take_head(c, root, f);
		take_list(c, root, "moved", take_moved, f);
		take_list(c, root, "added", take_added, f);
		take_list(c, root, "removed", take_removed, f);
	}
	yaml_doc_free(doc);
	if (f->n == before)
		return c;
	faults_sort(f);
	calendar_free(c);
	return NULL;
}

void
calendar_free(struct calendar *c)
{
	if (c == NULL)
		return;
	for (size_t i = 0; i < c->ndays; i++) {
		free(c->days[i].name);
		free(c->days[i].source);
	}
	free(c->days);
	free(c->id);
	free(c->title);
	free(c->source);
	free(c);
}
