/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/casehead.h"

#include <string.h>

#include "core/utf8.h"
#include "tui/words.h"

#define RETURNED_MAX 4	/* rows of questions; more stand in the notes */
#define NARROW 80	/* below this the other names are left out */

/* Everything but the reference. */
static void
who_words(const struct casework *w, bool narrow, struct str *out)
{
	const struct casefile *c = &w->now;
	const char *known = c->identity != NULL ?
	    record_text(c->identity, "known_as") : "";

	str_add(out, *c->name != '\0' ? c->name : "(no name yet)");
	if (*known != '\0' && !narrow)
		str_add_fmt(out, " (known as %s)", known);
	if (w->answers.age >= 0)
		str_add_fmt(out, "  age %d", w->answers.age);
	else
		str_add(out, "  age not known");
}

/* How much is said of the level, the most first. */
enum level_room { ROOM_WHO, ROOM_FULL, ROOM_BRIEF };

static void
level_words(const struct casework *w, unsigned level, enum level_room room,
    struct str *out)
{
	const struct instrument *in = w->door.in;
	const struct record *r = w->blind ? NULL : w->held.review;

	str_add_fmt(out, "%s ", style_mark(level_style(in, level)));
	if (room == ROOM_BRIEF)
		/* Never lowered without a word of who may do that. */
		str_add_fmt(out, "%s%s", level_short(in, level),
		    r != NULL && w->held.lowered ? " (reviewed)" : "");
	else if (level == w->result.level)
		str_add(out, screen_label(in, &w->result));
	else if (r != NULL && room == ROOM_WHO)
		str_add_fmt(out, "%s (as reviewed by %s)",
		    screen_level_label(in, level), casework_author(w, r));
	else
		str_add_fmt(out, "%s (as %s)", screen_level_label(in, level),
		    r != NULL ? "reviewed" : "judged");
}

/* The level that stands, in full where there is room; returns its columns. */
static int
draw_level(const struct casework *w, const struct view *v, int x, bool brief)
{
	enum style style = level_style(w->door.in, casework_level(w));
	enum level_room room = brief ? ROOM_BRIEF : ROOM_WHO;
	struct str words;
	int took;

	if (w->door.in->unscored || x >= view_w(v))
		return 0;
	str_init(&words);
	level_words(w, casework_level(w), room, &words);
	while (room < ROOM_BRIEF &&
	    utf8_columns(words.s, words.len) > view_w(v) - x) {
		str_clear(&words);
		level_words(w, casework_level(w), ++room, &words);
	}
	took = view_fit(v, x, 0, style, words.s);
	str_release(&words);
	return took;
}

/* Questions that a second person asks come before all else in the case. */
static const struct record *
returned(const struct casework *w)
{
	return w->blind ? NULL : w->held.returned;
}

static int
first_rows(const struct casework *w)
{
	int n = w->first.len > 0;

	for (size_t i = 0; i < w->first.len; i++)
		n += w->first.s[i] == '\n';
	return n < CASE_HEAD_FIRST ? n : CASE_HEAD_FIRST;
}

static void
returned_words(const struct casework *w, int width, struct str *out)
{
	const struct record *r = returned(w);

	if (width < NARROW)
		str_add(out, "RETURNED: ");
	else
		str_add_fmt(out, "RETURNED WITH QUESTIONS by %s: ",
		    casework_author(w, r));
	str_add(out, record_text(r, "questions"));
	for (char *s = out->s; *s != '\0'; s++)
		if (*s == '\n' || *s == '\t')
			*s = ' ';
}

/* The questions whole, if they are short enough and there is width. */
static int
returned_rows(const struct casework *w, int width)
{
	struct str words;
	int rows;

	if (returned(w) == NULL)
		return 0;
	if (width < NARROW)
		return 1;
	str_init(&words);
	returned_words(w, width, &words);
	rows = wrap_rows(words.s, width);
	str_release(&words);
	return rows <= RETURNED_MAX ? rows : 1;
}

int
case_head_rows(const struct casework *w, int width)
{
	return 1 + (w->now.restriction != NULL ? 1 : 0) +
	    returned_rows(w, width) + first_rows(w);
}

static void
draw_returned(const struct casework *w, const struct view *v, int y)
{
	int rows = returned_rows(w, view_w(v));
	struct str words;

	view_fill(v, (struct rect){0, y, view_w(v), rows}, STYLE_NORMAL);
	str_init(&words);
	returned_words(w, view_w(v), &words);
	if (rows > 1)
		(void)view_wrap(v, y, STYLE_WARNING, words.s);
	else
		(void)view_fit(v, 0, y, STYLE_WARNING, words.s);
	str_release(&words);
}

/* "A, B and C"; keys that nobody in the register has are left out. */
static void
named_words(const struct casework *w, struct str *out)
{
	const json_t *keys = json_object_get(w->now.restriction->body,
	    "people");
	size_t n = json_array_size(keys), from = out->len;

	for (size_t i = 0; i < n && w->door.roster != NULL; i++) {
		const char *hex = json_string_value(json_array_get(keys, i));
		struct author_id key;
		const struct roster_user *u;

		if (hex == NULL || !hex_parse(hex, key.b, AUTHOR_LEN) ||
		    !casefile_open_to(&w->now, hex))
			continue;
		u = roster_find(w->door.roster, &key);
		if (u == NULL || u->revoked != INT64_MAX)
			continue;
		str_add(out, out->len == from ? "" : ", ");
		str_add(out, u->name);
	}
}

/* Those named, or that whoever looks is none of them. */
static void
draw_restriction(const struct casework *w, bool broken,
    const struct view *v)
{
	bool narrow = view_w(v) < NARROW;
	struct str words;

	view_fill(v, (struct rect){0, 1, view_w(v), 1}, STYLE_NORMAL);
	str_init(&words);
	if (broken) {
		str_add(&words, narrow ? "RESTRICTED: opened with your reason" :
		    "RESTRICTED: opened with your reason, which the "
		    "supervisors see");
	} else {
		str_add(&words, "RESTRICTED to ");
		named_words(w, &words);
	}
	(void)view_fit(v, 0, 1, broken ? STYLE_ERROR : STYLE_WARNING,
	    words.s);
	str_release(&words);
}

/* Recalls, and another case of the same reference. */
static void
draw_first(const struct casework *w, const struct view *v, int y)
{
	const char *at = w->first.s;
	struct str line;

	str_init(&line);
	for (int i = 0; i < first_rows(w); i++, y++) {
		size_t n = strcspn(at, "\n");

		str_clear(&line);
		str_add(&line, "! ");
		str_add_n(&line, at, n);
		view_fill(v, (struct rect){0, y, view_w(v), 1}, STYLE_NORMAL);
		(void)view_fit(v, 0, y, STYLE_WARNING, line.s);
		at += n + (at[n] == '\n');
	}
	str_release(&line);
}

/* In a narrow window the level comes first: it must not fall off. */
void
case_head_draw(const struct casework *w, bool training, bool broken,
    const struct view *v)
{
	enum style mark = training ? STYLE_TRAINING : STYLE_LIVE;
	int mark_w = (int)strlen(style_mark(mark)) + 1;
	struct view left = view_sub(v, (struct rect){0, 0,
	    view_w(v) - mark_w, 1});
	bool narrow = view_w(v) < NARROW;
	struct str words;
	int x;

	view_fill(v, (struct rect){0, 0, view_w(v), 1}, STYLE_NORMAL);
	x = view_fit(&left, 0, 0, STYLE_TITLE, w->now.reference) + 2;
	if (narrow)
		x += draw_level(w, &left, x, true) + 2;
	str_init(&words);
	who_words(w, narrow, &words);
	x += view_fit(&left, x, 0, STYLE_TITLE, words.s) + 2;
	str_release(&words);
	if (!narrow)
		(void)draw_level(w, &left, x, false);
	view_put(v, view_w(v) - mark_w + 1, 0, mark, style_mark(mark));
	if (w->now.restriction != NULL)
		draw_restriction(w, broken, v);
	if (returned(w) != NULL)
		draw_returned(w, v, w->now.restriction != NULL ? 2 : 1);
	draw_first(w, v, case_head_rows(w, view_w(v)) - first_rows(w));
}
