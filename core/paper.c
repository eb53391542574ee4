/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/paper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"

#define TAB 8

void
paper_init(struct paper *p, const char *title, const char *reference,
    const char *classification, const char *made)
{
	*p = (struct paper){
		xstrdup(title),
		xstrdup(reference != NULL ? reference : ""),
		xstrdup(classification != NULL ? classification :
		    PAPER_CLASSIFICATION),
		xstrdup(made != NULL ? made : ""), NULL, 0, 0};
}

static void
release_block(struct paper_block *b)
{
	free(b->label);
	free(b->text);
	for (size_t i = 0; i < b->ncells; i++)
		free(b->cells[i]);
}

void
paper_release(struct paper *p)
{
	for (size_t i = 0; i < p->n; i++)
		release_block(&p->blocks[i]);
	free(p->blocks);
	free(p->title);
	free(p->reference);
	free(p->classification);
	free(p->made);
	*p = (struct paper){0};
}

static struct paper_block *
add(struct paper *p, enum paper_part part)
{
	p->blocks = vec_room(p->blocks, p->n, &p->cap, sizeof(*p->blocks));
	p->blocks[p->n] = (struct paper_block){.part = part};
	return &p->blocks[p->n++];
}

void
paper_add(struct paper *p, enum paper_part part, const char *text)
{
	struct paper_block *b = add(p, part);

	b->label = part == PAPER_FIELD ? xstrdup("") : NULL;
	b->text = xstrdup(text != NULL ? text : "");
}

void
paper_addf(struct paper *p, enum paper_part part, const char *fmt, ...)
{
	struct paper_block *b = add(p, part);
	va_list ap;
	int n;

	b->label = part == PAPER_FIELD ? xstrdup("") : NULL;
	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	b->text = xcalloc((size_t)(n > 0 ? n : 0) + 1, 1);
	va_start(ap, fmt);
	(void)vsnprintf(b->text, (size_t)(n > 0 ? n : 0) + 1, fmt, ap);
	va_end(ap);
}

void
paper_field(struct paper *p, const char *label, const char *text)
{
	struct paper_block *b;

	if (text == NULL || *text == '\0')
		return;
	b = add(p, PAPER_FIELD);
	b->label = xstrdup(label);
	b->text = xstrdup(text);
}

static void
add_cells(struct paper_block *b, const char *const *cells, size_t n)
{
	b->ncells = n < PAPER_COLUMNS_MAX ? n : PAPER_COLUMNS_MAX;
	for (size_t i = 0; i < b->ncells; i++)
		b->cells[i] = xstrdup(cells[i] != NULL ? cells[i] : "");
}

void
paper_table(struct paper *p, const char *const *heads, const int *widths,
    size_t n)
{
	struct paper_block *b = add(p, PAPER_TABLE);

	add_cells(b, heads, n);
	for (size_t i = 0; i < b->ncells; i++)
		b->widths[i] = widths != NULL && widths[i] > 0 ? widths[i] : 1;
}

void
paper_row(struct paper *p, const char *const *cells, size_t n)
{
	enum paper_part last = p->n > 0 ? p->blocks[p->n - 1].part :
	    PAPER_PAGE;

	/* A row always belongs to a table, if need be one without heads. */
	if (last != PAPER_TABLE && last != PAPER_ROW)
		(void)add(p, PAPER_TABLE);
	add_cells(add(p, PAPER_ROW), cells, n);
}

size_t
paper_table_rows(const struct paper *p, size_t at)
{
	size_t n = at + 1;

	while (n < p->n && p->blocks[n].part == PAPER_ROW)
		n++;
	return n - at - 1;
}

/* ---- what is shown of a text ---- */

/* One line without its newline, its tabs opened up. */
static void
add_visible_line(struct str *out, const char *s, size_t n)
{
	size_t begin = out->len, part, fill;

	if (n > 0 && s[n - 1] == '\r')
		n--;
	for (;;) {
		const char *tab = memchr(s, '\t', n);

		part = tab != NULL ? (size_t)(tab - s) : n;
		utf8_visible(out, s, part, false);
		if (tab == NULL)
			return;
		fill = TAB - (size_t)utf8_columns(out->s + begin,
		    out->len - begin) % TAB;
		while (fill-- > 0)
			str_add_char(out, ' ');
		s += part + 1;
		n -= part + 1;
	}
}

void
paper_visible(struct str *out, const char *text)
{
	for (;;) {
		size_t n = strcspn(text, "\n");

		add_visible_line(out, text, n);
		if (text[n] == '\0')
			return;
		str_add_char(out, '\n');
		text += n + 1;
	}
}
