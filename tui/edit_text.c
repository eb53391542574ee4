/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/edit_text.h"

#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "core/vec.h"

void
edit_clean(struct str *out, const char *s, size_t n, bool lines)
{
	for (size_t i = 0, k; i < n; i += k) {
		uint32_t cp;

		k = utf8_decode(s + i, n - i, &cp);
		if (k == 0) {
			k = 1;
			continue;
		}
		if (cp == '\r' && i + 1 < n && s[i + 1] == '\n')
			continue;
		if (cp == '\n' || cp == '\r')
			str_add_char(out, lines ? '\n' : ' ');
		else if (cp == '\t')
			str_add_char(out, ' ');
		else if (cp >= ' ' && (cp < 0x7F || cp >= 0xA0))
			str_add_n(out, s + i, k);
	}
}

size_t
edit_cut(const char *s, size_t n, size_t max)
{
	size_t at = 0;
	int width;

	if (n <= max)
		return n;
	for (;;) {
		size_t k = utf8_cluster(s + at, n - at, &width);

		if (k == 0 || at + k > max)
			return at;
		at += k;
	}
}

static int
columns_of(const struct edit *ed, size_t from, size_t to)
{
	int sum = 0, width;

	while (from < to) {
		size_t k = utf8_cluster(ed->text.s + from, to - from, &width);

		from += k > 0 ? k : 1;
		sum += width;
	}
	return sum;
}

size_t
edit_next(const struct edit *ed, size_t at)
{
	int width;

	return at + utf8_cluster(ed->text.s + at, ed->text.len - at, &width);
}

size_t
edit_snap(const struct edit *ed, size_t at, bool forward)
{
	size_t start = at - utf8_cluster_before(ed->text.s, at);
	size_t end = at > start ? edit_next(ed, start) : at;

	if (end <= at)
		return at;
	return forward ? end : start;
}

/* A byte of a word: letters, digits and all that is not ASCII. */
static bool
in_word(const struct edit *ed, size_t at)
{
	unsigned char c = (unsigned char)ed->text.s[at];

	return c >= 0x80 || (c >= '0' && c <= '9') || c == '\'' ||
	    (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

size_t
edit_word_left(const struct edit *ed, size_t at)
{
	while (at > 0 && !in_word(ed, at - 1))
		at--;
	while (at > 0 && in_word(ed, at - 1))
		at--;
	return edit_snap(ed, at, false);
}

size_t
edit_word_right(const struct edit *ed, size_t at)
{
	while (at < ed->text.len && !in_word(ed, at))
		at++;
	while (at < ed->text.len && in_word(ed, at))
		at++;
	return edit_snap(ed, at, true);
}

/* The wrapped line that a place is in. */
static size_t
line_of(const struct edit *ed, size_t at)
{
	size_t lo = 0, hi = ed->nlines;

	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;

		if (ed->lines[mid] <= at)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

size_t
edit_line_start(const struct edit *ed, size_t at)
{
	return ed->lines[line_of(ed, at)];
}

/* The last place that is still shown on line i. */
static size_t
end_of(const struct edit *ed, size_t i)
{
	size_t end;

	if (i + 1 >= ed->nlines)
		return ed->text.len;
	end = ed->lines[i + 1];
	return end - utf8_cluster_before(ed->text.s, end);
}

size_t
edit_line_end(const struct edit *ed, size_t at)
{
	return end_of(ed, line_of(ed, at));
}

static void
add_line(struct edit *ed, size_t start)
{
	ed->lines = vec_room(ed->lines, ed->nlines, &ed->caplines,
	    sizeof(*ed->lines));
	ed->lines[ed->nlines++] = start;
}

/*
 * Where the line that starts at `at` ends.  One column is kept free for the
 * cursor behind the last character.
 */
static size_t
wrap_line(const struct edit *ed, size_t at)
{
	int w = ed->w > 1 ? ed->w - 1 : 1;

	if (ed->mode != EDIT_TEXT)
		return ed->text.len;
	return at + utf8_wrap(ed->text.s + at, ed->text.len - at, w);
}

/* After a newline at the very end there is one more line, an empty one. */
static void
add_last_line(struct edit *ed)
{
	size_t n = ed->text.len;

	if (ed->mode == EDIT_TEXT && n > ed->lines[ed->nlines - 1] &&
	    ed->text.s[n - 1] == '\n')
		add_line(ed, n);
}

void
edit_layout_all(struct edit *ed)
{
	size_t at;

	ed->nlines = 0;
	add_line(ed, 0);
	for (at = wrap_line(ed, 0); at < ed->text.len; at = wrap_line(ed, at))
		add_line(ed, at);
	add_last_line(ed);
}

/* How many lines before a change can break elsewhere because of it. */
#define LINES_BACK 3

static size_t
first_affected(const struct edit *ed, size_t at)
{
	size_t line = line_of(ed, at);

	for (int i = 0; i < LINES_BACK && line > 0 &&
	    ed->text.s[ed->lines[line] - 1] != '\n'; i++)
		line--;
	return line;
}

/*
 * Where a line breaks depends only on the text from its start on: as soon as
 * a line behind the change starts where one did before, so do all others.
 */
void
edit_layout(struct edit *ed, size_t at, size_t del, size_t add)
{
	size_t *old = ed->lines;
	size_t nold = ed->nlines, keep = first_affected(ed, at), tail = keep;
	size_t next = old[keep];

	ed->lines = NULL;
	ed->nlines = ed->caplines = 0;
	for (size_t i = 0; i <= keep; i++)
		add_line(ed, old[i]);
	while ((next = wrap_line(ed, next)) < ed->text.len) {
		while (tail < nold && old[tail] + add < next + del)
			tail++;
		if (next >= at + add && tail < nold &&
		    old[tail] + add == next + del)
			break;
		add_line(ed, next);
	}
	if (next < ed->text.len)
		for (; tail < nold; tail++)
			add_line(ed, old[tail] + add - del);
	else
		add_last_line(ed);
	free(old);
}

static void
show_in_line(struct edit *ed)
{
	int room = ed->w > 1 ? ed->w - 1 : 1;

	if (ed->left > ed->at)
		ed->left = ed->at;
	while (ed->left < ed->at && columns_of(ed, ed->left, ed->at) > room)
		ed->left = edit_next(ed, ed->left);
	while (ed->left > 0) {
		size_t k = utf8_cluster_before(ed->text.s, ed->left);

		if (k == 0 || columns_of(ed, ed->left - k, ed->text.len) > room)
			break;
		ed->left -= k;
	}
}

static void
show_in_text(struct edit *ed)
{
	size_t line = line_of(ed, ed->at), h = (size_t)ed->h;

	if (line < ed->top)
		ed->top = line;
	if (line >= ed->top + h)
		ed->top = line - h + 1;
	if (ed->top + h > ed->nlines)
		ed->top = ed->nlines > h ? ed->nlines - h : 0;
}

void
edit_show_cursor(struct edit *ed)
{
	if (ed->mode == EDIT_LINE)
		show_in_line(ed);
	else if (ed->mode == EDIT_TEXT)
		show_in_text(ed);
}

/* Up or down by lines, aiming for the column where the run of moves began. */
static void
move_lines(struct edit *ed, size_t by, bool down)
{
	size_t line = line_of(ed, ed->at), to, end;
	int x = 0, width;

	if (ed->want_x < 0)
		ed->want_x = columns_of(ed, ed->lines[line], ed->at);
	if (down)
		line = line + by < ed->nlines ? line + by : ed->nlines - 1;
	else
		line = line > by ? line - by : 0;
	to = ed->lines[line];
	end = end_of(ed, line);
	while (to < end) {
		size_t k = utf8_cluster(ed->text.s + to, end - to, &width);

		if (x + width > ed->want_x)
			break;
		x += width;
		to += k;
	}
	ed->at = to;
}

/* EDIT_LINE has no rows to move by. */
static bool
move_vertically(struct edit *ed, enum action a)
{
	size_t page = ed->h > 1 ? (size_t)ed->h - 1 : 1;
	bool pages = a == ACT_PAGE_UP || a == ACT_PAGE_DOWN;

	if (ed->mode != EDIT_TEXT)
		return false;
	move_lines(ed, pages ? page : 1, a == ACT_DOWN || a == ACT_PAGE_DOWN);
	ed->group = GROUP_NONE;
	return true;
}

static bool
place_of(const struct edit *ed, enum action a, size_t *to)
{
	switch (a) {
	case ACT_LEFT:
		*to = ed->at - utf8_cluster_before(ed->text.s, ed->at);
		return true;
	case ACT_RIGHT:
		*to = edit_next(ed, ed->at);
		return true;
	case ACT_WORD_LEFT:
		*to = edit_word_left(ed, ed->at);
		return true;
	case ACT_WORD_RIGHT:
		*to = edit_word_right(ed, ed->at);
		return true;
	case ACT_HOME:
		*to = edit_line_start(ed, ed->at);
		return true;
	case ACT_END:
		*to = edit_line_end(ed, ed->at);
		return true;
	case ACT_TEXT_START:
		*to = 0;
		return true;
	case ACT_TEXT_END:
		*to = ed->text.len;
		return true;
	default:
		return false;
	}
}

bool
edit_move(struct edit *ed, enum action a)
{
	size_t to;

	if (a == ACT_UP || a == ACT_DOWN || a == ACT_PAGE_UP ||
	    a == ACT_PAGE_DOWN)
		return move_vertically(ed, a);
	if (!place_of(ed, a, &to))
		return false;
	ed->at = to;
	ed->want_x = -1;
	ed->group = GROUP_NONE;
	return true;
}

int
edit_rows(const struct edit *ed, int w)
{
	struct edit other;
	int rows;

	if (ed->mode != EDIT_TEXT || w == ed->w)
		return (int)ed->nlines;
	other = *ed;
	other.w = w > 0 ? w : 1;
	other.lines = NULL;
	other.caplines = 0;
	edit_layout_all(&other);
	rows = (int)other.nlines;
	free(other.lines);
	return rows;
}

static void
draw_secret(const struct edit *ed, const struct view *v, enum style s,
    bool focused)
{
	int n = 0, room = view_w(v) > 1 ? view_w(v) - 1 : 0;

	for (size_t i = 0; i < ed->secret.len; i++)
		if ((ed->secret.p[i] & 0xC0u) != 0x80u)
			n++;
	if (n > room)
		n = room;
	for (int x = 0; x < n; x++)
		view_put(v, x, 0, s, "•");
	if (focused)
		view_cursor(v, n, 0);
}

/* The end of what line i shows: all but its newline. */
static size_t
shown_end(const struct edit *ed, size_t i)
{
	size_t to = i + 1 < ed->nlines ? ed->lines[i + 1] : ed->text.len;

	return to > 0 && to > ed->lines[i] && ed->text.s[to - 1] == '\n' ?
	    to - 1 : to;
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Returns how far it came: never back. */
static size_t
draw_part(const struct edit *ed, struct pen *p, enum style s, size_t from,
    size_t to)
{
	if (to <= from)
		return from;
	pen_put_n(p, s, ed->text.s + from, to - from);
	return to;
}

static void
draw_row(const struct edit *ed, struct pen *p, enum style s, size_t from)
{
	size_t to = shown_end(ed, line_of(ed, from));
	size_t room = (size_t)(view_w(p->v) + 1) * 32;

	/* Far beyond the right edge nothing can be seen. */
	if (to - from > room)
		to = from + edit_cut(ed->text.s + from, to - from, room);
	from = draw_part(ed, p, s, from, least(ed->found_at, to));
	from = draw_part(ed, p, STYLE_MATCH, from,
	    least(ed->found_at + ed->found, to));
	(void)draw_part(ed, p, s, from, to);
}

static void
draw_cursor(const struct edit *ed, const struct view *v, size_t top)
{
	size_t line = line_of(ed, ed->at);
	size_t from = ed->mode == EDIT_TEXT ? ed->lines[line] : ed->left;
	int x = columns_of(ed, from, ed->at);

	if (line < top)
		return;
	if (x >= view_w(v) && view_w(v) > 0)
		x = view_w(v) - 1;
	view_cursor(v, x, (int)(line - top));
}

void
edit_draw(const struct edit *ed, const struct view *v, enum style s,
    bool focused)
{
	size_t top = ed->mode == EDIT_TEXT ? ed->top : 0;

	view_fill(v, (struct rect){0, 0, view_w(v), view_h(v)}, s);
	if (ed->mode == EDIT_SECRET) {
		draw_secret(ed, v, s, focused);
		return;
	}
	for (int y = 0; y < view_h(v) && top + (size_t)y < ed->nlines; y++) {
		struct pen p = {v, 0, y};

		draw_row(ed, &p, s, ed->mode == EDIT_TEXT ?
		    ed->lines[top + (size_t)y] : ed->left);
	}
	if (focused)
		draw_cursor(ed, v, top);
}
