/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/row.h"

#include <string.h>

#include "cli/print.h"
#include "core/utf8.h"

void
row_column(struct str *line, const char *text, int columns)
{
	size_t from = line->len;
	int used;

	utf8_fit(line, text, strlen(text), columns);
	for (used = utf8_columns(line->s + from, line->len - from);
	    used <= columns; used++)
		str_add_char(line, ' ');
}

void
row_csv(struct out *o, const char *text, const char *after)
{
	out_csv_cell(o, text, strlen(text));
	out_add(o, after);
}

void
row_json(struct out *o, const char *key, const char *text)
{
	out_add_fmt(o, ", \"%s\": ", key);
	out_json_string(o, text, strlen(text));
}

bool
row_say(const char *bytes, size_t n, void *ctx)
{
	(void)ctx;
	say_n(bytes, n);
	return true;
}
