/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/casecsv.h"

#include <string.h>

#include "core/paper_case.h"
#include "core/untold.h"
#include "exchange/out.h"

static const char *
standing(const struct record *r)
{
	if (r->validity == RECORD_DISPOSED)
		return "disposed of";
	if (r->validity != RECORD_VALID)
		return "not counted";
	if (r->struck_by != NULL)
		return "struck";
	return r->replaced_by != NULL ? "replaced" : "stands";
}

static void
all_words(const struct reading *g, const struct record *r, struct str *out)
{
	struct str words;

	(void)record_uncounted(r, out);
	if (r->kind == NULL || r->body == NULL)
		return;
	str_init(&words);
	for (const struct field *f = r->kind->fields; f->name != NULL; f++) {
		str_clear(&words);
		if (record_untold(g->c, r, f->name))
			continue;
		record_field_words(g, f, json_object_get(r->body, f->name),
		    &words);
		if (words.len == 0)
			continue;
		str_add(out, out->len > 0 ? "\n" : "");
		str_add(out, f->label);
		str_add(out, ": ");
		str_add(out, words.s);
	}
	str_release(&words);
}

static void
add_cell(struct out *o, const char *text, char after)
{
	out_csv_cell(o, text, strlen(text));
	out_add_n(o, &after, 1);
}

static void
add_row(const struct reading *g, const struct record *r, struct out *o)
{
	char hex[2 * ENTRY_ID_LEN + 1], on[SPAN_TEXT_MAX], at[SPAN_TEXT_MAX];
	const char *training = paper_classification(g->c);
	struct str words;

	hex_format(r->entry.id.b, ENTRY_ID_LEN, hex);
	span_format(&r->entry.on, on);
	moment_format(r->entry.at, at);
	str_init(&words);
	all_words(g, r, &words);
	add_cell(o, g->c->reference, ',');
	add_cell(o, hex, ',');
	add_cell(o, r->entry.kind, ',');
	add_cell(o, r->kind != NULL ? r->kind->label : "", ',');
	add_cell(o, on, ',');
	add_cell(o, at, ',');
	add_cell(o, g->roster != NULL ? roster_name(g->roster,
	    &r->entry.author) : "", ',');
	add_cell(o, standing(r), ',');
	add_cell(o, words.s, training != NULL ? ',' : '\n');
	if (training != NULL)
		add_cell(o, training, '\n');
	str_release(&words);
}

static bool
take(const char *bytes, size_t n, void *ctx)
{
	struct str *out = ctx;

	str_add_n(out, bytes, n);
	return true;
}

void
records_csv(const struct reading *g, const struct record *const *records,
    size_t n, struct str *out)
{
	struct out o;

	out_init(&o, take, out);
	out_add(&o, "reference,entry,kind,label,on,written,author,standing,"
	    "text");
	out_add(&o, paper_classification(g->c) != NULL ? ",classification\n" :
	    "\n");
	for (size_t i = 0; i < n; i++) {
		add_row(g, records[i], &o);
		out_settle(&o);
	}
	(void)out_finish(&o);
	out_release(&o);
}
