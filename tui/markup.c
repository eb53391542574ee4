/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/markup.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"

#define KEY_W 22
#define KEY_SIDE_W 60	/* from here on keys and sentences stand side by side */

void
markup_init(struct markup *m)
{
	memset(m, 0, sizeof(*m));
}

void
markup_release(struct markup *m)
{
	for (size_t i = 0; i < m->n; i++) {
		free(m->list[i].text);
		free(m->list[i].more);
	}
	free(m->list);
	markup_init(m);
}

/* ---- reading ---- */

/* Returns owned the text without the marks of emphasis and code. */
static char *
plain(const char *s, size_t n)
{
	struct str out;

	str_init(&out);
	for (size_t i = 0; i < n; i++) {
		bool twice = i + 1 < n && s[i] == '*' && s[i + 1] == '*';

		if (twice)
			i++;
		else if (s[i] != '`')
			str_add_char(&out, s[i]);
	}
	return str_take(&out);
}

static struct block *
add(struct markup *m, enum block_type type, const char *s, size_t n)
{
	struct block *b;

	m->list = vec_room(m->list, m->n, &m->cap, sizeof(*m->list));
	b = &m->list[m->n++];
	b->type = type;
	b->text = type == BLOCK_VERBATIM || type == BLOCK_KEY ?
	    xstrndup(s, n) : plain(s, n);
	b->more = NULL;
	return b;
}

/* A line that goes on with the item or paragraph before it. */
static void
join(struct block *b, const char *s, size_t n)
{
	struct str all;
	char *more = plain(s, n);

	str_init(&all);
	str_add(&all, b->text);
	str_add_char(&all, ' ');
	str_add(&all, more);
	free(more);
	free(b->text);
	b->text = str_take(&all);
}

static void
add_key(struct markup *m, const char *s, size_t n, const char *tab)
{
	struct block *b = add(m, BLOCK_KEY, s, (size_t)(tab - s));

	b->more = xstrndup(tab + 1, n - (size_t)(tab - s) - 1);
}

static bool
begins(const char *s, size_t n, const char *with)
{
	size_t len = strlen(with);

	return n >= len && memcmp(s, with, len) == 0;
}

/* *open: the last block takes lines that follow. */
static void
read_line(struct markup *m, const char *s, size_t n, bool *open)
{
	const char *tab = memchr(s, '\t', n);
	size_t blanks = 0;

	if (tab != NULL) {
		*open = false;
		add_key(m, s, n, tab);
		return;
	}
	while (blanks < n && s[blanks] == ' ')
		blanks++;
	if (blanks == n) {
		*open = false;
	} else if (begins(s, n, "## ")) {
		add(m, BLOCK_HEADING, s + 3, n - 3);
		*open = false;
	} else if (begins(s, n, "# ")) {
		add(m, BLOCK_TITLE, s + 2, n - 2);
		*open = false;
	} else if (begins(s, n, "- ")) {
		add(m, BLOCK_ITEM, s + 2, n - 2);
		*open = true;
	} else if (blanks >= 4 && !*open) {
		add(m, BLOCK_VERBATIM, s + 4, n - 4);
	} else if (*open) {
		join(&m->list[m->n - 1], s + blanks, n - blanks);
	} else {
		add(m, BLOCK_PARAGRAPH, s + blanks, n - blanks);
		*open = true;
	}
}

void
markup_read(struct markup *m, const char *text)
{
	bool open = false;

	while (*text != '\0') {
		size_t n = strcspn(text, "\n");
		size_t line = n > 0 && text[n - 1] == '\r' ? n - 1 : n;

		read_line(m, text, line, &open);
		text += n + (text[n] == '\n' ? 1 : 0);
	}
}

const char *
markup_title(const struct markup *m)
{
	for (size_t i = 0; i < m->n; i++) {
		if (m->list[i].type == BLOCK_TITLE)
			return m->list[i].text;
	}
	return NULL;
}

/* ---- layout ---- */

/* Blank rows above a block. */
static int
gap_above(const struct markup *m, size_t i)
{
	enum block_type type = m->list[i].type;

	if (i == 0)
		return 0;
	/* Items, keys and verbatim lines stand close to their own kind. */
	if (type == m->list[i - 1].type && (type == BLOCK_ITEM ||
	    type == BLOCK_KEY || type == BLOCK_VERBATIM))
		return 0;
	return type == BLOCK_KEY && m->list[i - 1].type == BLOCK_HEADING ?
	    0 : 1;
}

static int
indent_of(const struct block *b, int w)
{
	switch (b->type) {
	case BLOCK_ITEM:
		return 2;
	case BLOCK_VERBATIM:
		return w > 8 ? 4 : 0;
	case BLOCK_KEY:
		return w >= KEY_SIDE_W ? KEY_W : 2;
	case BLOCK_TITLE:
	case BLOCK_HEADING:
	case BLOCK_PARAGRAPH:
	default:
		return 0;
	}
}

static int
at_least_one(int rows)
{
	return rows > 0 ? rows : 1;
}

static int
block_rows(const struct block *b, int w)
{
	int room = w - indent_of(b, w);
	int rows;

	if (room < 1)
		return 1;
	if (b->type != BLOCK_KEY)
		return at_least_one(wrap_rows(b->text, room));
	rows = at_least_one(wrap_rows(b->more, room));
	return w >= KEY_SIDE_W ? rows : rows + 1;
}

int
markup_row_of(const struct markup *m, size_t block, int w)
{
	int row = 0;

	for (size_t i = 0; i < m->n && i <= block; i++) {
		row += gap_above(m, i);
		if (i < block)
			row += block_rows(&m->list[i], w);
	}
	return row;
}

int
markup_rows(const struct markup *m, int w)
{
	if (m->n == 0)
		return 0;
	return markup_row_of(m, m->n - 1, w) +
	    block_rows(&m->list[m->n - 1], w);
}

/* ---- searching ---- */

static bool
holds(const struct block *b, const char *folded)
{
	struct str key;
	bool found;

	str_init(&key);
	utf8_fold(&key, b->text, strlen(b->text));
	if (b->more != NULL) {
		str_add_char(&key, '\n');
		utf8_fold(&key, b->more, strlen(b->more));
	}
	found = strstr(key.s, folded) != NULL;
	str_release(&key);
	return found;
}

static size_t
seek(const struct markup *m, const char *words, size_t from, bool back)
{
	struct str folded;
	size_t found = NO_BLOCK;

	str_init(&folded);
	utf8_fold(&folded, words, strlen(words));
	for (size_t k = 0; folded.len > 0 && k < m->n; k++) {
		size_t i = back ? from - 1 - k : from + k;

		if ((back && k >= from) || i >= m->n)
			break;
		if (holds(&m->list[i], folded.s)) {
			found = i;
			break;
		}
	}
	str_release(&folded);
	return found;
}

size_t
markup_find(const struct markup *m, const char *words, size_t from)
{
	return seek(m, words, from, false);
}

size_t
markup_find_back(const struct markup *m, const char *words, size_t before)
{
	return seek(m, words, before < m->n ? before : m->n, true);
}

/* ---- drawing ---- */

static enum style
block_style(enum block_type type)
{
	switch (type) {
	case BLOCK_TITLE:
		return STYLE_TITLE;
	case BLOCK_HEADING:
		return STYLE_HEADING;
	case BLOCK_VERBATIM:
		return STYLE_INPUT;
	case BLOCK_ITEM:
	case BLOCK_PARAGRAPH:
	case BLOCK_KEY:
	default:
		return STYLE_NORMAL;
	}
}

static void
block_draw(const struct block *b, const struct view *v, int y, bool match)
{
	int w = view_w(v), in = indent_of(b, w);
	struct view text = view_sub(v, (struct rect){in, 0, w - in,
	    view_h(v)});
	enum style s = match ? STYLE_MATCH : block_style(b->type);

	if (b->type == BLOCK_ITEM)
		view_put(v, 0, y, STYLE_LABEL, "-");
	if (b->type != BLOCK_KEY) {
		view_wrap(&text, y, s, b->text);
		return;
	}
	view_put(v, 0, y, STYLE_KEY, b->text);
	view_wrap(&text, w >= KEY_SIDE_W ? y : y + 1, s, b->more);
}

void
markup_draw(const struct markup *m, const struct view *v, int top,
    size_t match)
{
	int w = view_w(v), h = view_h(v), y = -top;

	for (size_t i = 0; i < m->n && y < h; i++) {
		int rows = block_rows(&m->list[i], w);

		y += gap_above(m, i);
		if (y + rows > 0)
			block_draw(&m->list[i], v, y, i == match);
		y += rows;
	}
}
