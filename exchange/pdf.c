/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/pdf.h"

#include <cairo-pdf.h>
#include <string.h>

#include "core/date.h"
#include "core/utf8.h"
#include "exchange/fonts.h"
#include "exchange/pdf_sheet.h"
#include "exchange/room.h"

#define SANS "DejaVu Sans,Noto Sans,Liberation Sans,sans-serif"
#define MONO "DejaVu Sans Mono,Noto Sans Mono,Liberation Mono,monospace"
#define LABEL_WIDTH 128.0
#define GAP 10.0
#define FIXED_MOST 8.5
#define FIXED_LEAST 4.5
#define FIXED_ADVANCE 0.6021	/* of the size, of MONO's first */

enum { TITLE, HEADING, SUBHEADING, BODY, LABEL, NOTICE, SMALL, HEADS, CELL };
static const struct face faces[] = {
	[TITLE] = {SANS, 17, true, 0},
	[HEADING] = {SANS, 13, true, 0},
	[SUBHEADING] = {SANS, 10.5, true, 0},
	[BODY] = {SANS, 10, false, 0},
	[LABEL] = {SANS, 9.5, false, 0.3},
	[NOTICE] = {SANS, 10, true, 0},
	[SMALL] = {SANS, 8.5, false, 0.25},
	[HEADS] = {SANS, 9, true, 0},
	[CELL] = {SANS, 9, false, 0},
};

static const double whole[] = {0, SHEET_WIDTH};

static void
add_cell(struct sheet *s, struct row *r, int face, const char *text,
    const double at[2])
{
	row_add(s, r, &faces[face], text, at);
}

/* Beside a label a name in any script begins where the others do. */
static void
add_value(struct sheet *s, struct row *r, int face, const char *text,
    const double at[2])
{
	add_cell(s, r, face, text, at);
	pango_layout_set_auto_dir(r->cells[r->n - 1].layout, FALSE);
}

/* ---- tables ---- */

/* Counted once for all rows of a table. */
static size_t
table_columns(struct sheet *s, size_t at)
{
	const struct paper *p = s->p;
	size_t n = p->blocks[at].ncells, rows;

	if (s->table == at + 1)
		return s->columns;
	rows = paper_table_rows(p, at);
	for (size_t i = at + 1; i <= at + rows; i++)
		n = p->blocks[i].ncells > n ? p->blocks[i].ncells : n;
	s->table = at + 1;
	s->columns = n;
	return n;
}

/* The cells of a block in columns of the shares that the table gives. */
static void
table_row(struct sheet *s, struct row *r, const struct paper_block *b,
    const struct paper_block *table)
{
	const size_t n = table_columns(s, (size_t)(table - s->p->blocks));
	double sum = 0, at[2] = {0, 0}, room = SHEET_WIDTH -
	    GAP * (double)(n > 0 ? n - 1 : 0);

	for (size_t i = 0; i < n; i++)
		sum += i < table->ncells ? table->widths[i] : 1;
	for (size_t i = 0; i < n; i++) {
		at[1] = room * (i < table->ncells ? table->widths[i] : 1) / sum;
		add_value(s, r, b == table ? HEADS : CELL,
		    i < b->ncells ? b->cells[i] : "", at);
		at[0] += at[1] + GAP;
	}
	r->after = 5;
	r->rule = b == table && b->ncells > 0;
	r->hairline = b != table;
}

static void
put_table(struct sheet *s, size_t at)
{
	const struct paper_block *b = &s->p->blocks[at];
	const size_t rows = paper_table_rows(s->p, at);
	struct row heads = {.n = 0}, r;

	table_row(s, &heads, b, b);
	heads.before = 6;
	for (size_t i = 1; i <= rows; i++) {
		r = (struct row){.n = 0};
		table_row(s, &r, b + i, b);
		if (i == 1) {
			sheet_need(s, row_height(&heads) + row_lead(&r));
			sheet_put(s, &heads);
			s->heads = b->ncells > 0 ? &heads : NULL;
		}
		sheet_put(s, &r);
		row_release(&r);
	}
	if (rows == 0)
		sheet_put(s, &heads);
	s->heads = NULL;
	s->y += sheet_is_empty(s) ? 0 : 4;
	row_release(&heads);
}

/* ---- the other parts ---- */

/* As large as its longest line has room for. */
static void
fixed_row(struct sheet *s, struct row *r, const char *text)
{
	struct face f = {MONO, FIXED_MOST, false, 0};
	int columns = 1;
	struct str seen;

	str_init(&seen);
	paper_visible(&seen, text);
	for (const char *l = seen.s; *l != '\0';) {
		size_t n = strcspn(l, "\n");
		int c = utf8_columns(l, n);

		columns = c > columns ? c : columns;
		l += n + (l[n] == '\n');
	}
	str_release(&seen);
	if (SHEET_WIDTH < f.size * FIXED_ADVANCE * columns)
		f.size = SHEET_WIDTH / (FIXED_ADVANCE * (columns + 1));
	f.size = f.size < FIXED_LEAST ? FIXED_LEAST : f.size;
	row_add(s, r, &f, text, whole);
	pango_layout_set_auto_dir(r->cells[0].layout, FALSE);
	r->after = 5;
}

static void
field_row(struct sheet *s, struct row *r, const struct paper_block *b)
{
	static const double left[] = {0, LABEL_WIDTH};
	static const double right[] = {LABEL_WIDTH + GAP,
		SHEET_WIDTH - LABEL_WIDTH - GAP};

	add_value(s, r, LABEL, b->label, left);
	add_value(s, r, BODY, b->text, right);
	r->after = 2;
}

static void
item_row(struct sheet *s, struct row *r, const struct paper_block *b)
{
	static const double left[] = {8, 10};
	static const double right[] = {20, SHEET_WIDTH - 20};

	add_cell(s, r, BODY, "\xe2\x80\xa2", left);
	add_cell(s, r, BODY, b->text, right);
	r->after = 2;
}

static void
notice_row(struct sheet *s, struct row *r, const struct paper_block *b)
{
	static const double at[] = {10, SHEET_WIDTH - 10};

	add_cell(s, r, NOTICE, b->text, at);
	r->before = r->after = 6;
	r->bar = true;
}

/* All parts but tables and pages; false for these. */
static bool
make_row(struct sheet *s, struct row *r, const struct paper_block *b)
{
	switch (b->part) {
	case PAPER_HEADING:
		add_cell(s, r, HEADING, b->text, whole);
		r->before = 14;
		r->after = 6;
		r->rule = true;
		return true;
	case PAPER_SUBHEADING:
		add_cell(s, r, SUBHEADING, b->text, whole);
		r->before = 9;
		r->after = 2;
		return true;
	case PAPER_TEXT:
		add_cell(s, r, BODY, b->text, whole);
		r->after = 5;
		return true;
	case PAPER_FIELD:
		field_row(s, r, b);
		return true;
	case PAPER_ITEM:
		item_row(s, r, b);
		return true;
	case PAPER_NOTICE:
		notice_row(s, r, b);
		return true;
	case PAPER_SMALL:
		add_cell(s, r, SMALL, b->text, whole);
		r->after = 3;
		return true;
	case PAPER_FIXED:
		fixed_row(s, r, b->text);
		return true;
	case PAPER_TABLE:
	case PAPER_ROW:
	case PAPER_PAGE:
	default:
		return false;
	}
}

/* The height that has to stand together at block i, so that no heading is
 * the last of its page. */
static double
lead_of(struct sheet *s, size_t i)
{
	double height = 0;

	for (bool heading = true; heading && i < s->p->n; i++) {
		const struct paper_block *b = &s->p->blocks[i];
		struct row r = {.n = 0};

		heading = b->part == PAPER_HEADING ||
		    b->part == PAPER_SUBHEADING;
		if (b->part == PAPER_TABLE) {
			table_row(s, &r, b, b);
			height += 2 * row_height(&r) + 10;
		} else if (make_row(s, &r, b)) {
			height += heading ? row_height(&r) : row_lead(&r);
		}
		row_release(&r);
	}
	return height;
}

static void
put_block(struct sheet *s, size_t i)
{
	const struct paper_block *b = &s->p->blocks[i];
	struct row r = {.n = 0};

	if (b->part == PAPER_TABLE) {
		put_table(s, i);
	} else if (b->part == PAPER_PAGE) {
		if (i + 1 < s->p->n)
			sheet_next(s);
	} else if (make_row(s, &r, b)) {
		if (b->part == PAPER_HEADING || b->part == PAPER_SUBHEADING)
			sheet_need(s, lead_of(s, i));
		sheet_put(s, &r);
	}
	row_release(&r);
}

/* ---- the whole ---- */

static void
put_top(struct sheet *s)
{
	const struct paper_block reference = {.part = PAPER_FIELD,
		.label = (char[]){"Reference"}, .text = s->p->reference};
	const struct paper_block made = {.part = PAPER_FIELD,
		.label = (char[]){"Taken out"}, .text = s->p->made};
	struct row r = {.n = 0, .after = 8};

	add_cell(s, &r, TITLE, s->p->title, whole);
	sheet_put(s, &r);
	row_release(&r);
	r = (struct row){.n = 0};
	if (*reference.text != '\0') {
		field_row(s, &r, &reference);
		sheet_put(s, &r);
		row_release(&r);
	}
	r = (struct row){.n = 0};
	if (*made.text != '\0') {
		field_row(s, &r, &made);
		sheet_put(s, &r);
		row_release(&r);
	}
	s->y += 6;
}

static void
name_unknown(const struct sheet *s, struct str *out)
{
	for (size_t i = 0; i < s->nunknown; i++)
		str_add_fmt(out, "%sU+%04X", i > 0 ? ", " : "",
		    (unsigned)s->unknown[i]);
	if (s->nunknown == SHEET_UNKNOWN_MAX)
		str_add(out, " and perhaps others");
}

/* A box in place of a letter is never passed over in silence. */
static void
put_unknown(struct sheet *s)
{
	struct paper_block b = {.part = PAPER_NOTICE};
	struct row r = {.n = 0};
	struct str words;

	if (s->nunknown == 0)
		return;
	str_init(&words);
	str_add(&words, "No font of the machine that made this has these "
	    "characters; boxes with their numbers stand in their place: ");
	name_unknown(s, &words);
	b.text = words.s;
	notice_row(s, &r, &b);
	sheet_put(s, &r);
	row_release(&r);
	str_release(&words);
}

static void
put_all(struct sheet *s)
{
	size_t step;

	sheet_begin(s);
	put_top(s);
	for (size_t i = 0; i < s->p->n; i += step) {
		step = s->p->blocks[i].part == PAPER_TABLE ?
		    1 + paper_table_rows(s->p, i) : 1;
		put_block(s, i);
	}
	put_unknown(s);
	sheet_end(s);
}

static cairo_status_t
take_bytes(void *ctx, const unsigned char *bytes, unsigned n)
{
	struct str *out = ctx;

	str_add_n(out, (const char *)bytes, n);
	return CAIRO_STATUS_SUCCESS;
}

static void
set_metadata(cairo_surface_t *pdf, const struct paper *p, int64_t now)
{
	char when[SPAN_TEXT_MAX];
	struct str title;

	str_init(&title);
	utf8_visible(&title, p->title, strlen(p->title), false);
	moment_format(now, when);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_TITLE, title.s);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATE_DATE,
	    when);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_MOD_DATE, when);
	str_release(&title);
}

static PangoContext *
make_context(void)
{
	PangoContext *c = pango_font_map_create_context(
	    pango_cairo_font_map_get_default());
	cairo_font_options_t *o = cairo_font_options_create();

	cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(c, o);
	cairo_font_options_destroy(o);
	pango_cairo_context_set_resolution(c, 72);
	pango_context_set_round_glyph_positions(c, FALSE);
	pango_context_set_language(c, pango_language_from_string("en-gb"));
	pango_context_set_base_dir(c, PANGO_DIRECTION_LTR);
	return c;
}

/* The fonts' library ends the program when memory runs out: ask before. */
static enum rc
ask_for_room(const struct paper *p, struct err *e)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		n += 4096 + 64 * (p->blocks[i].text != NULL ?
		    strlen(p->blocks[i].text) : 0);
	return room_ask(n, "the pages", e);
}

static enum rc
draw(struct sheet *s, int64_t now, struct str *out, struct err *e)
{
	cairo_surface_t *pdf = cairo_pdf_surface_create_for_stream(take_bytes,
	    out, 595.276, 841.890);
	cairo_status_t status;

	cairo_pdf_surface_restrict_to_version(pdf, CAIRO_PDF_VERSION_1_5);
	set_metadata(pdf, s->p, now);
	s->cr = cairo_create(pdf);
	put_all(s);
	status = cairo_status(s->cr);
	cairo_destroy(s->cr);
	s->cr = NULL;
	cairo_surface_finish(pdf);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(pdf);
	cairo_surface_destroy(pdf);
	if (status == CAIRO_STATUS_NO_MEMORY)
		return err_set(e, RC_NOMEM, "no memory for the pages");
	return status == CAIRO_STATUS_SUCCESS ? RC_OK : err_set(e, RC_SYSTEM,
	    "the pages could not be drawn: %s",
	    cairo_status_to_string(status));
}

enum rc
paper_pdf(const struct paper *p, int64_t now, struct str *out,
    struct str *unknown, struct err *e)
{
	struct sheet s = {.p = p};
	const size_t had = out->len;
	enum rc rc = fonts_ready(e);

	if (rc == RC_OK)
		rc = ask_for_room(p, e);
	if (rc != RC_OK)
		return rc;
	s.pango = make_context();
	put_all(&s);
	rc = draw(&s, now, out, e);
	if (rc != RC_OK)
		str_splice(out, had, out->len - had, "", 0);
	else if (unknown != NULL)
		name_unknown(&s, unknown);
	g_object_unref(s.pango);
	secret_wipe_stack();
	return rc;
}

const char *
pdf_pango(void)
{
	return pango_version_string();
}

const char *
pdf_cairo(void)
{
	return cairo_version_string();
}
