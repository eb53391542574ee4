/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines under the rows of a page: one field of an entry, and what to write. */
#include "config.h"

#include "tui/recordpane.h"

#include <string.h>

#include "tui/entrywords.h"
#include "tui/lines.h"

void
recordpane_field(struct recordpane *k, const struct record *r,
    const char *name, int indent, bool whole)
{
	const struct field *f = kind_field(r->kind, name);
	struct line_look look = {.indent = indent, .cut = !whole};
	struct str words;

	str_init(&words);
	entry_field_words(k->w, f, json_object_get(r->body, name), &words);
	if (words.len > 0)
		lines_addf(&k->lines, &look, "%s: %s", f->label, words.s);
	str_release(&words);
}

void
recordpane_writer(struct recordpane *k, const char *what, const char *text)
{
	struct line_look look = {.indent = RECORDPANE_INDENT,
	    .style = STYLE_DIM, .lead = "+", .lead_style = STYLE_DIM};

	recordpane_row_of(k, what, NULL);
	lines_add(&k->lines, &look, text);
}
