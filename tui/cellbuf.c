/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/cellbuf.h"

#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"

static const struct cell blank = {
	.bytes = " ", .len = 1, .width = 1, .style = STYLE_NORMAL
};

static size_t
cell_count(const struct cellbuf *b)
{
	return (size_t)b->w * (size_t)b->h;
}

static void
blank_cells(struct cellbuf *b)
{
	for (size_t i = 0, n = cell_count(b); i < n; i++)
		b->cells[i] = blank;
}

/* Overwrites and frees the long clusters. */
static void
drop_pool(struct cellbuf *b)
{
	for (size_t i = 0; i < b->npool; i++) {
		explicit_bzero(b->pool[i], strlen(b->pool[i]));
		free(b->pool[i]);
	}
	b->npool = 0;
}

static void
wipe_scratch(struct cellbuf *b)
{
	if (b->scratch.cap > 0)
		explicit_bzero(b->scratch.s, b->scratch.cap);
	str_clear(&b->scratch);
}

void
cellbuf_init(struct cellbuf *b, int w, int h)
{
	memset(b, 0, sizeof(*b));
	str_init(&b->scratch);
	b->w = w > 0 ? w : 0;
	b->h = h > 0 ? h : 0;
	b->cells = xcalloc(cell_count(b) + 1, sizeof(*b->cells));
	blank_cells(b);
}

void
cellbuf_release(struct cellbuf *b)
{
	if (b->cells == NULL)
		return;
	explicit_bzero(b->cells, cell_count(b) * sizeof(*b->cells));
	free(b->cells);
	drop_pool(b);
	free(b->pool);
	wipe_scratch(b);
	str_release(&b->scratch);
	memset(b, 0, sizeof(*b));
}

void
cellbuf_resize(struct cellbuf *b, int w, int h)
{
	cellbuf_release(b);
	cellbuf_init(b, w, h);
}

void
cellbuf_wipe(struct cellbuf *b)
{
	drop_pool(b);
	wipe_scratch(b);
	explicit_bzero(b->cells, cell_count(b) * sizeof(*b->cells));
	blank_cells(b);
	b->doubled = false;
	b->cursor_on = false;
	b->cursor_x = b->cursor_y = 0;
}

void
cellbuf_copy(struct cellbuf *dst, const struct cellbuf *src)
{
	if (dst->w != src->w || dst->h != src->h)
		cellbuf_resize(dst, src->w, src->h);
	drop_pool(dst);
	memcpy(dst->cells, src->cells, cell_count(src) * sizeof(*src->cells));
	while (dst->npool < src->npool) {
		dst->pool = vec_room(dst->pool, dst->npool, &dst->cappool,
		    sizeof(*dst->pool));
		dst->pool[dst->npool] = xstrdup(src->pool[dst->npool]);
		dst->npool++;
	}
	dst->cursor_on = src->cursor_on;
	dst->cursor_x = src->cursor_x;
	dst->cursor_y = src->cursor_y;
}

static struct cell *
cell_mut(struct cellbuf *b, int x, int y)
{
	return &b->cells[(size_t)y * (size_t)b->w + (size_t)x];
}

const struct cell *
cellbuf_at(const struct cellbuf *b, int x, int y)
{
	return &b->cells[(size_t)y * (size_t)b->w + (size_t)x];
}

const char *
cellbuf_bytes(const struct cellbuf *b, const struct cell *c, size_t *n)
{
	uint32_t index;

	if (c->len != CELL_INTERNED) {
		*n = c->len;
		return c->bytes;
	}
	memcpy(&index, c->bytes, sizeof(index));
	*n = strlen(b->pool[index]);
	return b->pool[index];
}

static uint32_t
intern(struct cellbuf *b, const char *s, size_t n)
{
	for (size_t i = 0; i < b->npool; i++) {
		if (strlen(b->pool[i]) == n && memcmp(b->pool[i], s, n) == 0)
			return (uint32_t)i;
	}
	b->pool = vec_room(b->pool, b->npool, &b->cappool, sizeof(*b->pool));
	b->pool[b->npool] = xstrndup(s, n);
	return (uint32_t)b->npool++;
}

static void
make_blank(struct cell *c)
{
	uint8_t style = c->style;

	*c = blank;
	c->style = style;
}

/* Before a cell is overwritten: no half of a wide cluster stays behind. */
static void
break_wide(struct cellbuf *b, int x, int y)
{
	struct cell *c = cell_mut(b, x, y);

	if (c->width == 2 && x + 1 < b->w)
		make_blank(c + 1);
	else if (c->width == 0 && x > 0)
		make_blank(c - 1);
}

static void
set_cell(struct cellbuf *b, struct rect at, enum style s, const char *bytes,
    size_t n)
{
	struct cell *c = cell_mut(b, at.x, at.y);

	for (int i = 0; i < at.w; i++)
		break_wide(b, at.x + i, at.y);
	memset(c, 0, sizeof(*c));
	if (n > CELL_INLINE) {
		uint32_t index = intern(b, bytes, n);

		memcpy(c->bytes, &index, sizeof(index));
		c->len = CELL_INTERNED;
	} else {
		memcpy(c->bytes, bytes, n);
		c->len = (uint8_t)n;
	}
	c->width = (uint8_t)at.w;
	c->style = (uint8_t)s;
	if (at.w == 2) {
		memset(c + 1, 0, sizeof(*c));
		c[1].style = (uint8_t)s;
	}
}

static bool
cells_equal(const struct cellbuf *a, const struct cell *ca,
    const struct cellbuf *b, const struct cell *cb)
{
	const char *sa, *sb;
	size_t na, nb;

	if (ca->len != CELL_INTERNED || cb->len != CELL_INTERNED)
		return memcmp(ca, cb, sizeof(*ca)) == 0;
	if (ca->width != cb->width || ca->style != cb->style)
		return false;
	sa = cellbuf_bytes(a, ca, &na);
	sb = cellbuf_bytes(b, cb, &nb);
	return na == nb && memcmp(sa, sb, na) == 0;
}

/* Columns [*from, *to) widened so that no wide cluster is cut. */
static void
widen_run(const struct cellbuf *b, int y, int *from, int *to)
{
	while (*from > 0 && cellbuf_at(b, *from, y)->width == 0)
		(*from)--;
	while (*to < b->w && cellbuf_at(b, *to, y)->width == 0)
		(*to)++;
}

static void
diff_row(const struct cellbuf *old, const struct cellbuf *now, int y,
    cellbuf_run_fn fn, void *ctx)
{
	int x = 0;

	while (x < now->w) {
		int from = x, to;

		if (cells_equal(old, cellbuf_at(old, x, y), now,
		    cellbuf_at(now, x, y))) {
			x++;
			continue;
		}
		for (to = x + 1; to < now->w; to++) {
			if (cells_equal(old, cellbuf_at(old, to, y), now,
			    cellbuf_at(now, to, y)))
				break;
		}
		widen_run(now, y, &from, &to);
		fn(ctx, now, y, from, to - from);
		x = to;
	}
}

void
cellbuf_diff(const struct cellbuf *old, const struct cellbuf *now,
    cellbuf_run_fn fn, void *ctx)
{
	bool whole = old == NULL || old->w != now->w || old->h != now->h;

	for (int y = 0; y < now->h; y++) {
		if (whole && now->w > 0)
			fn(ctx, now, y, 0, now->w);
		else if (!whole)
			diff_row(old, now, y, fn, ctx);
	}
}

void
cellbuf_rows(const struct cellbuf *b, struct str *out)
{
	for (int y = 0; y < b->h; y++) {
		size_t keep = out->len;

		for (int x = 0; x < b->w; x++) {
			size_t n;
			const char *s = cellbuf_bytes(b, cellbuf_at(b, x, y),
			    &n);

			str_add_n(out, s, n);
			if (n > 0 && !(n == 1 && *s == ' '))
				keep = out->len;
		}
		str_splice(out, keep, out->len - keep, "\n", 1);
	}
}

void
cellbuf_styles(const struct cellbuf *b, struct str *out)
{
	for (int y = 0; y < b->h; y++) {
		size_t keep = out->len;

		for (int x = 0; x < b->w; x++) {
			enum style s = (enum style)cellbuf_at(b, x, y)->style;

			str_add_char(out, style_letter(s));
			if (s != STYLE_NORMAL)
				keep = out->len;
		}
		str_splice(out, keep, out->len - keep, "\n", 1);
	}
}

struct view
view_of(struct cellbuf *b)
{
	struct rect all = {0, 0, b->w, b->h};

	return (struct view){b, all, all};
}

struct view
view_sub(const struct view *v, struct rect r)
{
	struct view sub = {v->buf, r, r};

	sub.area.x += v->area.x;
	sub.area.y += v->area.y;
	sub.area.w = r.w > 0 ? r.w : 0;
	sub.area.h = r.h > 0 ? r.h : 0;
	sub.clip = rect_intersect(v->clip, sub.area);
	return sub;
}

int
view_w(const struct view *v)
{
	return v->area.w;
}

int
view_h(const struct view *v)
{
	return v->area.h;
}

/*
 * One cluster of `width` columns at the view's x, y.  A wide one that sticks
 * out of the clip leaves a space in the half that is inside.
 */
static void
put_cluster(const struct view *v, struct rect at, enum style s,
    const char *bytes, size_t n)
{
	at.x += v->area.x;
	at.y += v->area.y;
	if (rect_contains(v->clip, at.x, at.y) &&
	    rect_contains(v->clip, at.x + at.w - 1, at.y)) {
		set_cell(v->buf, at, s, bytes, n);
		return;
	}
	for (int i = 0; i < at.w; i++) {
		if (rect_contains(v->clip, at.x + i, at.y))
			set_cell(v->buf, (struct rect){at.x + i, at.y, 1, 1},
			    s, " ", 1);
	}
}

/* Puts bytes that came out of the filter; returns the columns they took. */
static int
put_visible(const struct view *v, struct pen p, enum style s,
    const struct str *text)
{
	int from = p.x;

	for (size_t i = 0; i < text->len;) {
		int width;
		size_t n = utf8_cluster(text->s + i, text->len - i, &width);

		if (n == 0)
			break;
		if (width > 0) {
			put_cluster(v, (struct rect){p.x, p.y, width, 1}, s,
			    text->s + i, n);
			p.x += width;
		}
		i += n;
	}
	return p.x - from;
}

static bool
row_is_visible(const struct view *v, int y)
{
	return y + v->area.y >= v->clip.y &&
	    y + v->area.y < v->clip.y + v->clip.h;
}

void
pen_put_n(struct pen *p, enum style s, const char *text, size_t n)
{
	struct str *out = &p->v->buf->scratch;

	str_clear(out);
	utf8_visible(out, text, n, false);
	p->x += put_visible(p->v, *p, s, out);
}

void
pen_put(struct pen *p, enum style s, const char *text)
{
	pen_put_n(p, s, text, strlen(text));
}

int
view_put(const struct view *v, int x, int y, enum style s, const char *text)
{
	struct pen p = {v, x, y};

	pen_put(&p, s, text);
	return p.x - x;
}

int
view_putf(const struct view *v, int x, int y, enum style s, const char *fmt,
    ...)
{
	struct err text;
	va_list ap;

	va_start(ap, fmt);
	err_setv(&text, RC_OK, fmt, ap);
	va_end(ap);
	return view_put(v, x, y, s, text.text);
}

int
view_fit(const struct view *v, int x, int y, enum style s, const char *text)
{
	struct str *out = &v->buf->scratch;

	if (x >= v->area.w || !row_is_visible(v, y))
		return 0;
	str_clear(out);
	utf8_fit(out, text, strlen(text), v->area.w - x);
	return put_visible(v, (struct pen){v, x, y}, s, out);
}

/* Bytes of the line without the newline and the spaces it was broken at. */
static size_t
line_text(const char *s, size_t n)
{
	while (n > 0 && (s[n - 1] == '\n' || s[n - 1] == ' '))
		n--;
	return n;
}

int
view_wrap(const struct view *v, int y, enum style s, const char *text)
{
	size_t n = strlen(text);
	int rows = 0;

	for (size_t i = 0; i < n; rows++) {
		size_t len = utf8_wrap(text + i, n - i,
		    v->area.w > 0 ? v->area.w : 1);
		struct pen p = {v, 0, y + rows};

		if (row_is_visible(v, p.y))
			pen_put_n(&p, s, text + i, line_text(text + i, len));
		i += len;
	}
	return rows;
}

int
wrap_rows(const char *text, int w)
{
	size_t n = strlen(text);
	int rows = 0;

	for (size_t i = 0; i < n; rows++)
		i += utf8_wrap(text + i, n - i, w > 0 ? w : 1);
	return rows;
}

void
view_fill(const struct view *v, struct rect r, enum style s)
{
	for (int y = r.y; y < r.y + r.h; y++) {
		if (!row_is_visible(v, y))
			continue;
		for (int x = r.x; x < r.x + r.w; x++)
			put_cluster(v, (struct rect){x, y, 1, 1}, s, " ", 1);
	}
}

void
view_restyle(const struct view *v, struct rect r, enum style s)
{
	r.x += v->area.x;
	r.y += v->area.y;
	r = rect_intersect(r, v->clip);
	for (int y = r.y; y < r.y + r.h; y++)
		for (int x = r.x; x < r.x + r.w; x++)
			cell_mut(v->buf, x, y)->style = (uint8_t)s;
}

/* The only place where lines are drawn: single in work, double in practice. */
enum line { LINE_ACROSS, LINE_DOWN, LINE_CORNERS };
static const char *const lines[2][LINE_CORNERS + 4] = {
	{"─", "│", "┌", "┐", "└", "┘"},
	{"═", "║", "╔", "╗", "╚", "╝"},
};

static void
put_line(const struct view *v, int x, int y, enum style s, int which)
{
	const char *line = lines[v->buf->doubled][which];

	if (v->buf->doubled &&
	    (s == STYLE_BORDER || s == STYLE_BORDER_FOCUS))
		s = STYLE_TRAINING;
	put_cluster(v, (struct rect){x, y, 1, 1}, s, line, strlen(line));
}

void
view_hline(const struct view *v, int x, int y, int n, enum style s)
{
	for (int i = 0; i < n; i++)
		put_line(v, x + i, y, s, LINE_ACROSS);
}

void
view_vline(const struct view *v, int x, int y, int n, enum style s)
{
	for (int i = 0; i < n; i++)
		put_line(v, x, y + i, s, LINE_DOWN);
}

void
view_box(const struct view *v, enum style s, const char *title)
{
	int w = v->area.w, h = v->area.h;

	view_hline(v, 0, 0, w, s);
	view_hline(v, 0, h - 1, w, s);
	view_vline(v, 0, 0, h, s);
	view_vline(v, w - 1, 0, h, s);
	for (int i = 0; i < 4; i++)
		put_line(v, i % 2 * (w - 1), i / 2 * (h - 1), s,
		    LINE_CORNERS + i);
	if (title != NULL && w > 6) {
		struct view t = view_sub(v, (struct rect){2, 0, w - 4, 1});
		int n = view_fit(&t, 1, 0, s, title);

		view_put(&t, 0, 0, s, " ");
		view_put(&t, n + 1, 0, s, " ");
	}
}

void
view_cursor(const struct view *v, int x, int y)
{
	x += v->area.x;
	y += v->area.y;
	if (!rect_contains(v->clip, x, y))
		return;
	v->buf->cursor_on = true;
	v->buf->cursor_x = x;
	v->buf->cursor_y = y;
}
