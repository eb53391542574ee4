/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A mapping as a file, for people to read and change.
 */
#include "config.h"

#include "core/mapping.h"

#include <string.h>

static const char *const orders[] = {
	[MAP_DMY] = "dmy", [MAP_MDY] = "mdy", [MAP_YMD] = "ymd"
};

/* In double quotes, where YAML reads everything as it was. */
static void
add_quoted(struct str *out, const char *s)
{
	str_add_char(out, '"');
	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if (c == '"' || c == '\\')
			str_add_fmt(out, "\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			str_add_fmt(out, "\\x%02x", c);
		else
			str_add_char(out, *s);
	}
	str_add_char(out, '"');
}

static void
add_line(struct str *out, const char *key, const char *value)
{
	if (value[0] == '\0')
		return;
	str_add_fmt(out, "%s: ", key);
	add_quoted(out, value);
	str_add_char(out, '\n');
}

static void
add_codes(struct str *out, const struct map_codes *c, const char *indent)
{
	for (size_t i = 0; i < c->n; i++) {
		str_add(out, indent);
		add_quoted(out, c->list[i].theirs);
		str_add(out, ": ");
		add_quoted(out, c->list[i].ours);
		str_add_char(out, '\n');
	}
}

static void
add_columns(struct str *out, const struct mapping *m)
{
	str_add(out, "columns:\n");
	for (size_t i = 0; i < MAP_FIELDS; i++) {
		if (m->columns[i] == NULL)
			continue;
		str_add_fmt(out, "  %s: ", map_field_name((enum map_field)i));
		add_quoted(out, m->columns[i]);
		str_add_char(out, '\n');
	}
}

static void
add_code_lists(struct str *out, const struct mapping *m)
{
	bool begun = false;

	for (size_t i = 0; i < MAP_FIELDS; i++) {
		if (i == MAP_INDICATOR || m->codes[i].n == 0)
			continue;
		str_add_fmt(out, "%s  %s:\n", begun ? "" : "codes:\n",
		    map_field_name((enum map_field)i));
		add_codes(out, &m->codes[i], "    ");
		begun = true;
	}
}

void
mapping_write(const struct mapping *m, struct str *out)
{
	char delimiter[2] = {m->delimiter, '\0'};

	add_line(out, "id", m->id);
	add_line(out, "version", m->version);
	add_line(out, "agency", m->agency);
	add_line(out, "encoding", m->encoding);
	add_line(out, "delimiter", m->delimiter == '\t' ? "tab" : delimiter);
	str_add_fmt(out, "form: %s\n", m->wide ? "wide" : "long");
	add_line(out, "instrument", m->instrument);
	str_add_fmt(out, "dates: %s\n", orders[m->dates]);
	add_columns(out, m);
	if (m->codes[MAP_INDICATOR].n != 0)
		str_add(out, "indicators:\n");
	add_codes(out, &m->codes[MAP_INDICATOR], "  ");
	if (m->items.n != 0)
		str_add(out, "items:\n");
	add_codes(out, &m->items, "  ");
	add_code_lists(out, m);
	if (m->nignore != 0)
		str_add(out, "ignore:\n");
	for (size_t i = 0; i < m->nignore; i++) {
		str_add(out, "  - ");
		add_quoted(out, m->ignore[i]);
		str_add_char(out, '\n');
	}
}
