/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/peopleview.h"

#include <stdio.h>
#include <string.h>

#include "core/childage.h"
#include "core/utf8.h"
#include "core/versions.h"
#include "tui/entrywords.h"

#define WIDE_W 60	/* from here on labels have a column of their own */
#define LABEL_W 32	/* of it, the mark before the label included */
#define MARK_W 3
#define CELLS_MAX 4	/* columns side by side; more go below one another */
#define CELL_GAP 2

static bool
is_wide(const struct recordpane *k)
{
	return k->lines.w >= WIDE_W;
}

/* "<> Date of birth                " */
static void
label_words(enum style s, const char *label, struct str *out)
{
	size_t from = out->len;

	str_add_fmt(out, "%-*s", MARK_W, s == STYLE_NORMAL ? "" :
	    style_mark(s));
	utf8_fit(out, label, strlen(label), LABEL_W - MARK_W - 1);
	while (utf8_columns(out->s + from, out->len - from) < LABEL_W - 1)
		str_add_char(out, ' ');
}

void
people_field(struct recordpane *k, enum style s, const char *label,
    const char *value)
{
	struct line_look look = {.indent = LABEL_W, .style = s,
	    .lead_style = STYLE_LABEL};
	struct str lead;

	str_init(&lead);
	if (is_wide(k)) {
		label_words(s, label, &lead);
		look.lead = lead.s;
		lines_add(&k->lines, &look, value);
	} else {
		look.indent = MARK_W;
		look.lead = s == STYLE_NORMAL ? NULL : style_mark(s);
		look.lead_style = s;
		lines_addf(&k->lines, &look, "%s: %s", label, value);
	}
	str_release(&lead);
}

/* ---- values that stand side by side ---- */

static void
cell_words(const struct recordpane *k, const struct record *r,
    const struct field *f, struct str *out)
{
	char when[SPAN_WORDS_MAX];

	entry_field_words(k->w, f, json_object_get(r->body, f->name), out);
	if (casework_is_pending(k->w, r)) {
		str_add(out, "\n(not signed yet)");
		return;
	}
	moment_words(r->entry.at, when);
	str_add_fmt(out, "\n(%s, %s)", casework_author(k->w, r), when);
}

/* Puts the next line of a cell into a row of w columns; the rest stays. */
static void
cell_line(const char **rest, int w, bool last, struct str *row)
{
	size_t n = strlen(*rest), len = n > 0 ? utf8_wrap(*rest, n, w) : 0;
	size_t shown = len, from = row->len;

	while (shown > 0 && ((*rest)[shown - 1] == '\n' ||
	    (*rest)[shown - 1] == ' '))
		shown--;
	str_add_n(row, *rest, shown);
	*rest += len;
	while (!last && utf8_columns(row->s + from, row->len - from) <
	    w + CELL_GAP)
		str_add_char(row, ' ');
}

static bool
all_empty(const char *const *rest, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (*rest[i] != '\0')
			return false;
	return true;
}

static void
side_by_side(struct recordpane *k, const char *label, struct str *cells,
    size_t n)
{
	int w = (k->lines.w - 1 - LABEL_W - CELL_GAP * (int)(n - 1)) / (int)n;
	struct line_look look = {.indent = LABEL_W, .cut = true,
	    .style = STYLE_CONFLICT, .lead_style = STYLE_CONFLICT};
	const char *rest[CELLS_MAX];
	struct str row, lead;

	str_init(&row);
	str_init(&lead);
	label_words(STYLE_CONFLICT, label, &lead);
	look.lead = lead.s;
	for (size_t i = 0; i < n; i++)
		rest[i] = cells[i].s;
	while (!all_empty(rest, n)) {
		str_clear(&row);
		for (size_t i = 0; i < n; i++)
			cell_line(&rest[i], w, i + 1 == n, &row);
		lines_add(&k->lines, &look, row.s);
		look.lead = NULL;
	}
	str_release(&row);
	str_release(&lead);
}

static void
one_below_the_other(struct recordpane *k, const char *label,
    struct str *cells, size_t n)
{
	struct line_look look = {.indent = MARK_W, .lead = "<>",
	    .style = STYLE_CONFLICT, .lead_style = STYLE_CONFLICT};

	lines_addf(&k->lines, &look, "%s: %zu values", label, n);
	look.indent = MARK_W + 2;
	look.lead = "-";
	for (size_t i = 0; i < n; i++)
		lines_add(&k->lines, &look, cells[i].s);
}

static void
add_values(struct recordpane *k, const struct field *f,
    const struct versions *held)
{
	struct str cells[CELLS_MAX];
	size_t n = held->n < CELLS_MAX ? held->n : CELLS_MAX;

	for (size_t i = 0; i < n; i++) {
		str_init(&cells[i]);
		cell_words(k, held->v[i], f, &cells[i]);
	}
	if (is_wide(k) && n < CELLS_MAX)
		side_by_side(k, f->label, cells, n);
	else
		one_below_the_other(k, f->label, cells, n);
	if (held->n > n)
		people_field(k, STYLE_CONFLICT, f->label, "and more: i "
		    "shows all of them");
	for (size_t i = 0; i < n; i++)
		str_release(&cells[i]);
}

/* ---- the fields ---- */

/* Those of which it is always said that they are not recorded. */
static bool
is_always_shown(const struct field *f)
{
	static const char *const names[] = {
		"ethnicity", "sex", "disability"
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(f->name, names[i]) == 0)
			return true;
	return false;
}

/* What a record of a young person is expected to say. */
static bool
is_expected(const struct field *f, const struct child_age *age)
{
	static const char *const names[] = {
		"languages", "school", "area", "care", "plan_status", "cpis",
		"upn", "nhs", "la_id"
	};

	if (strcmp(f->name, "birth") == 0)
		return true;
	if (strcmp(f->name, "orientation") == 0)
		return age->years >= ORIENTATION_AGE;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(f->name, names[i]) == 0)
			return true;
	return false;
}

static void
add_field(struct recordpane *k, const struct versions *v,
    const struct field *f, const struct child_age *age, struct str *missing)
{
	struct versions held;
	struct str words;

	versions_init(&held);
	str_init(&words);
	versions_values(v, f, &held);
	if (held.n > 1) {
		add_values(k, f, &held);
	} else if (held.n == 1) {
		entry_field_words(k->w, f, json_object_get(held.v[0]->body,
		    f->name), &words);
		people_field(k, STYLE_NORMAL, f->label, words.s);
	} else if (is_always_shown(f)) {
		people_field(k, STYLE_UNKNOWN, f->label, "not recorded");
	} else if (is_expected(f, age)) {
		str_add_fmt(missing, "%s%s", missing->len > 0 ? ", " : "",
		    f->label);
	}
	str_release(&words);
	versions_release(&held);
}

static void
add_age(struct recordpane *k, const struct child_age *age)
{
	struct str words;

	str_init(&words);
	if (age->years < 0)
		str_add(&words, "not known: rules for a younger age may "
		    "apply");
	else if (age->disputed)
		str_add_fmt(&words, "%d, disputed: treated as a child",
		    age->years);
	else
		str_add_fmt(&words, "%s%d", age->by_birth < 0 ? "about " : "",
		    age->years);
	people_field(k, age->years < 0 ? STYLE_UNKNOWN : STYLE_NORMAL, "Age",
	    words.s);
	str_clear(&words);
	if (age_is_apart(age)) {
		str_add_fmt(&words, "the date of birth says %d, the estimate "
		    "%d; the younger counts", age->by_birth, age->about);
		people_field(k, STYLE_CONFLICT, "Age", words.s);
	}
	str_release(&words);
}

static void
add_settling(struct recordpane *k, size_t n)
{
	struct line_look look = {.indent = MARK_W, .style = STYLE_CONFLICT};

	if (n > 0)
		lines_addf(&k->lines, &look, "%zu %s more than one value: i "
		    "settles it.", n, n == 1 ? "field has" : "fields have");
}

static size_t
conflicts_of_child(const struct casefile *c)
{
	const char *before = "";
	size_t n = 0;

	for (size_t i = 0; i < c->nconflicts; i++) {
		const char *field = c->conflicts[i].field;

		if (field == NULL || strcmp(field, before) == 0)
			continue;
		before = field;
		n++;
	}
	return n;
}

static void
add_child(struct recordpane *k, const struct versions *v)
{
	const struct line_look dim = {.indent = MARK_W, .style = STYLE_DIM};
	const struct field *f;
	struct child_age age;
	struct str missing;

	casefile_age(&k->w->now, k->w->today, &age);
	str_init(&missing);
	recordpane_row(k, v->v[0]);
	add_settling(k, conflicts_of_child(&k->w->now));
	for (f = v->v[0]->kind->fields; f->name != NULL; f++) {
		if ((f->flags & FIELD_HIDDEN) != 0)
			continue;
		add_field(k, v, f, &age, &missing);
		if (strcmp(f->name, "birth") == 0)
			add_age(k, &age);
	}
	if (missing.len > 0)
		lines_addf(&k->lines, &dim, "Not recorded: %s. i adds it.",
		    missing.s);
	recordpane_doubts(k, v->v[0]);
	if (recordpane_selected(k))
		recordpane_who(k, v->v[0]);
	str_release(&missing);
}

void
people_child(struct recordpane *k)
{
	struct versions v;

	versions_init(&v);
	versions_of_child(&k->w->now, &v);
	recordpane_heading(k, "The young person");
	if (v.n > 0)
		add_child(k, &v);
	else
		recordpane_empty(k, "identity", "Not written down yet. Enter "
		    "or i: name, date of birth, school.");
	versions_release(&v);
}
