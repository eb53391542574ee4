/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/pdf_sheet.h"

#include <string.h>

#include "core/utf8.h"

#define PAPER_WIDTH 595.276	/* A4, in points */
#define PAPER_HEIGHT 841.890
#define LEFT ((PAPER_WIDTH - SHEET_WIDTH) / 2)
#define TOP 76.0
#define BOTTOM (PAPER_HEIGHT - 66.0)
#define KEPT ((BOTTOM - TOP) / 4)	/* a row up to this is never parted */
#define LEADING 1.16

static const struct face small = {"DejaVu Sans,Noto Sans,Liberation Sans,"
    "sans-serif", 8, false, 0.25};
static const struct face marking = {"DejaVu Sans,Noto Sans,Liberation Sans,"
    "sans-serif", 8.5, true, 0};

/* ---- cells ---- */

#define RUN_MOST 300		/* signs without a place to break */
#define UNSPACED 0x2e80		/* scripts from here on break anywhere */

/*
 * What is seen of a text.  The library takes time by the square of a run that
 * has no place to break; no line is as long as what is cut here.
 */
static void
add_broken(struct str *out, const char *text)
{
	struct str seen;
	size_t at = 0, n = 0, len;
	uint32_t cp;

	str_init(&seen);
	paper_visible(&seen, text);
	for (; at < seen.len; at += len) {
		len = utf8_decode(seen.s + at, seen.len - at, &cp);
		if (len == 0)
			break;
		if (n >= RUN_MOST && !g_unichar_ismark(cp)) {
			str_add_char(out, '\n');
			n = 0;
		}
		n = cp == ' ' || cp == '\n' || cp == '-' ||
		    cp >= UNSPACED ? 0 : n + 1;
		str_add_n(out, seen.s + at, len);
	}
	str_add(out, seen.s + at);
	str_release(&seen);
}

static PangoLayout *
make_layout(struct sheet *s, const struct face *f, const char *text,
    double width)
{
	PangoFontDescription *d = pango_font_description_new();
	PangoLayout *l = pango_layout_new(s->pango);
	struct str seen;

	pango_font_description_set_family_static(d, f->family);
	pango_font_description_set_absolute_size(d, f->size * PANGO_SCALE);
	if (f->bold)
		pango_font_description_set_weight(d, PANGO_WEIGHT_BOLD);
	pango_layout_set_font_description(l, d);
	pango_font_description_free(d);
	pango_layout_set_width(l, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	str_init(&seen);
	add_broken(&seen, text);
	while (seen.len > 0 && seen.s[seen.len - 1] == '\n')
		str_splice(&seen, seen.len - 1, 1, "", 0);
	pango_layout_set_text(l, seen.s, (int)seen.len);
	str_release(&seen);
	return l;
}

void
row_add(struct sheet *s, struct row *r, const struct face *f,
    const char *text, const double at[2])
{
	if (r->n == SHEET_CELLS_MAX)
		return;
	r->cells[r->n++] = (struct cell){make_layout(s, f, text, at[1]),
		at[0], at[1], f->grey};
}

void
row_release(struct row *r)
{
	for (size_t i = 0; i < r->n; i++)
		g_object_unref(r->cells[i].layout);
	r->n = 0;
}

static double
line_height(PangoLayoutLine *line, double *ascent, double *width)
{
	PangoRectangle box;
	double height;

	pango_layout_line_get_extents(line, NULL, &box);
	height = (double)box.height / PANGO_SCALE;
	*ascent = -(double)box.y / PANGO_SCALE + height * (LEADING - 1) / 2;
	*width = (double)box.width / PANGO_SCALE;
	return height * LEADING;
}

static double
height_of(const struct cell *c, int lines)
{
	double height = 0, ascent, width;
	GSList *l = pango_layout_get_lines_readonly(c->layout);

	for (; l != NULL && lines-- > 0; l = l->next)
		height += line_height(l->data, &ascent, &width);
	return height;
}

static double
height_of_lines(const struct row *r, int lines)
{
	double most = 0;

	for (size_t i = 0; i < r->n; i++) {
		double height = height_of(&r->cells[i], lines);

		most = height > most ? height : most;
	}
	return most;
}

double
row_height(const struct row *r)
{
	return r->before + height_of_lines(r, G_MAXINT) + r->after;
}

double
row_lead(const struct row *r)
{
	double whole = row_height(r);

	return whole <= KEPT ? whole : r->before + height_of_lines(r, 2);
}

/* ---- sheets ---- */

static void
draw_rule(struct sheet *s, double y, double thick)
{
	const double grey = thick < 0.4 ? 0.75 : 0.4;

	if (s->cr == NULL)
		return;
	cairo_set_source_rgb(s->cr, grey, grey, grey);
	cairo_set_line_width(s->cr, thick);
	cairo_move_to(s->cr, LEFT, y);
	cairo_line_to(s->cr, LEFT + SHEET_WIDTH, y);
	cairo_stroke(s->cr);
}

/* One line of the margin, cut with an ellipsis where it has no room. */
static void
draw_margin(struct sheet *s, const struct face *f, const char *text,
    const double at[3], PangoAlignment align)
{
	PangoLayout *l = make_layout(s, f, text, at[2]);

	pango_layout_set_single_paragraph_mode(l, TRUE);
	pango_layout_set_height(l, -1);
	pango_layout_set_ellipsize(l, PANGO_ELLIPSIZE_END);
	pango_layout_set_auto_dir(l, FALSE);
	pango_layout_set_alignment(l, align);
	cairo_set_source_rgb(s->cr, f->grey, f->grey, f->grey);
	cairo_move_to(s->cr, LEFT + at[0], at[1]);
	pango_cairo_show_layout(s->cr, l);
	g_object_unref(l);
}

static void
draw_margins(struct sheet *s)
{
	static const double top[] = {0, 30, SHEET_WIDTH};
	static const double left[] = {0, 46, SHEET_WIDTH * 0.6 - 8};
	static const double right[] = {SHEET_WIDTH * 0.6, 46,
		SHEET_WIDTH * 0.4};
	static const double below[] = {0, BOTTOM + 16, SHEET_WIDTH * 0.7};
	static const double number[] = {SHEET_WIDTH * 0.7, BOTTOM + 16,
		SHEET_WIDTH * 0.3};
	char words[64];

	draw_margin(s, &marking, s->p->classification, top,
	    PANGO_ALIGN_CENTER);
	draw_margin(s, &small, s->p->title, left, PANGO_ALIGN_LEFT);
	draw_margin(s, &small, s->p->reference, right, PANGO_ALIGN_RIGHT);
	draw_rule(s, 60, 0.5);
	draw_rule(s, BOTTOM + 12, 0.5);
	draw_margin(s, &marking, s->p->classification, below,
	    PANGO_ALIGN_LEFT);
	(void)g_snprintf(words, sizeof(words), "page %d of %d", s->page,
	    s->pages);
	draw_margin(s, &small, words, number, PANGO_ALIGN_RIGHT);
}

void
sheet_begin(struct sheet *s)
{
	s->page = 1;
	s->y = TOP;
	s->heads = NULL;
	if (s->cr != NULL)
		draw_margins(s);
}

bool
sheet_is_empty(const struct sheet *s)
{
	return s->y <= TOP;
}

void
sheet_next(struct sheet *s)
{
	const struct row *heads = s->heads;

	if (sheet_is_empty(s))
		return;
	s->page++;
	s->y = TOP;
	if (s->cr != NULL) {
		cairo_show_page(s->cr);
		draw_margins(s);
	}
	/* Heads that take the sheet would leave no room for rows. */
	s->heads = NULL;
	if (heads != NULL && row_height(heads) < (BOTTOM - TOP) / 2)
		sheet_put(s, heads);
	s->heads = heads;
}

void
sheet_end(struct sheet *s)
{
	s->pages = s->page;
	if (s->cr != NULL)
		cairo_show_page(s->cr);
}

/* ---- rows on sheets ---- */

static void
note_unknown(struct sheet *s, uint32_t cp)
{
	for (size_t i = 0; i < s->nunknown; i++)
		if (s->unknown[i] == cp)
			return;
	if (s->nunknown < SHEET_UNKNOWN_MAX)
		s->unknown[s->nunknown++] = cp;
}

/* Glyphs that are boxes with a number in place of a character. */
static void
look_for_unknown(struct sheet *s, const PangoLayoutLine *line)
{
	for (GSList *r = line->runs; r != NULL; r = r->next) {
		const PangoGlyphString *g = ((PangoGlyphItem *)r->data)->glyphs;

		for (int i = 0; i < g->num_glyphs; i++) {
			PangoGlyph glyph = g->glyphs[i].glyph;

			if (glyph != PANGO_GLYPH_EMPTY &&
			    (glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0)
				note_unknown(s, glyph &
				    ~PANGO_GLYPH_UNKNOWN_FLAG & 0x1fffff);
		}
	}
}

static void
draw_line(struct sheet *s, const struct cell *c, PangoLayoutLine *line,
    double y)
{
	double ascent, width, x = LEFT + c->x;

	look_for_unknown(s, line);
	if (s->cr == NULL)
		return;
	(void)line_height(line, &ascent, &width);
	if (pango_layout_line_get_resolved_direction(line) ==
	    PANGO_DIRECTION_RTL)
		x += c->width - width;
	cairo_set_source_rgb(s->cr, c->grey, c->grey, c->grey);
	cairo_move_to(s->cr, x, y + ascent);
	pango_cairo_show_layout_line(s->cr, line);
}

/* Lines of a cell from *at while they have room; how far down they came. */
static double
put_lines(struct sheet *s, const struct cell *c, GSList **at)
{
	double y = s->y, ascent, width, height;
	bool first = s->y <= TOP;

	for (; *at != NULL; *at = (*at)->next) {
		height = line_height((*at)->data, &ascent, &width);
		/* On an empty sheet one line is put in any case. */
		if (y + height > BOTTOM && !first)
			break;
		draw_line(s, c, (*at)->data, y);
		y += height;
		first = false;
	}
	return y;
}

static void
draw_bar(struct sheet *s, double from, double to)
{
	if (s->cr == NULL)
		return;
	cairo_set_source_rgb(s->cr, 0, 0, 0);
	cairo_rectangle(s->cr, LEFT, from, 2.5, to - from);
	cairo_fill(s->cr);
}

/* What of the row has room on this sheet; true when some is left. */
static bool
put_part(struct sheet *s, const struct row *r, GSList *at[SHEET_CELLS_MAX])
{
	double end = s->y, y;
	bool more = false;

	for (size_t i = 0; i < r->n; i++) {
		y = put_lines(s, &r->cells[i], &at[i]);
		end = y > end ? y : end;
		more |= at[i] != NULL;
	}
	if (r->bar)
		draw_bar(s, s->y, end);
	s->y = end;
	return more;
}

void
sheet_need(struct sheet *s, double height)
{
	if (s->y + height > BOTTOM)
		sheet_next(s);
}

void
sheet_put(struct sheet *s, const struct row *r)
{
	GSList *at[SHEET_CELLS_MAX] = {NULL};

	sheet_need(s, row_lead(r) - r->after);
	if (!sheet_is_empty(s))
		s->y += r->before;
	for (size_t i = 0; i < r->n; i++)
		at[i] = pango_layout_get_lines_readonly(r->cells[i].layout);
	while (put_part(s, r, at))
		sheet_next(s);
	if (r->rule || r->hairline)
		draw_rule(s, s->y + r->after / 2, r->rule ? 0.8 : 0.3);
	s->y += r->after;
}
