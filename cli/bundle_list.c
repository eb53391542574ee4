/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "cli/bundle.h"
#include "cli/format.h"
#include "cli/print.h"
#include "cli/row.h"
#include "core/recordwords.h"
#include "core/str.h"
#include "core/utf8.h"
#include "db/bundles.h"
#include "exchange/out.h"

/* How rows are written; each begins and ends what it needs. */
struct form {
	void (*begin)(struct out *o);
	void (*row)(struct out *o, const struct bundle_row *row, size_t n);
	void (*end)(struct out *o, size_t n);
};

struct listing {
	const struct form *form;
	struct out out;
	int64_t now;
	size_t n, left, stayed, overdue;
};

static const char *
side_code(const struct bundle_row *row)
{
	return row->side == BUNDLE_IN ? "in" : "out";
}

static void
id_hex(const struct bundle_row *row, char out[2 * BUNDLE_ID_LEN + 1])
{
	hex_format(row->id.b, BUNDLE_ID_LEN, out);
}

/* ---- text ---- */

static void
pad(struct out *o, const char *text, int columns)
{
	struct str cell;
	int used;

	str_init(&cell);
	utf8_fit(&cell, text, strlen(text), columns);
	out_add_n(o, cell.s, cell.len);
	for (used = utf8_columns(cell.s, cell.len); used <= columns; used++)
		out_add(o, " ");
	str_release(&cell);
}

static void
nothing_begin(struct out *o)
{
	(void)o;
}

static void
nothing_end(struct out *o, size_t n)
{
	(void)o;
	(void)n;
}

static void
text_in(struct out *o, const struct bundle_row *row)
{
	out_add_fmt(o, "    %" PRIu64 " new", row->added);
	if (row->conflicts > 0)
		out_add_fmt(o, "; %" PRIu64 " conflict%s to be settled then",
		    row->conflicts, row->conflicts == 1 ? "" : "s");
	if (row->missing_before)
		out_add(o, "; ! the one before it never came");
	if (row->recalled)
		out_add(o, "; ! its sender took it back");
	out_add(o, "\n");
}

static void
text_out(struct out *o, const struct bundle_row *row)
{
	struct str due;

	if (row->stayed) {
		out_add(o, "    ! Never left: its file could not be made; "
		    "send it again\n");
		return;
	}
	if (strcmp(row->selection, "receipt") == 0) {
		out_add(o, "    Receipts alone\n");
		return;
	}
	out_add_fmt(o, "    %zu of %zu receipt%s", row->receipts, row->people,
	    row->people == 1 ? "" : "s");
	if (row->receipt_due != INT64_MAX) {
		str_init(&due);
		due_by_words(row->receipt_due, &due);
		out_add(o, "; due ");
		out_add(o, due.s);
		str_release(&due);
	}
	out_add(o, row->recalled ? "; taken back\n" : "\n");
}

static void
text_row(struct out *o, const struct bundle_row *row, size_t n)
{
	char when[SPAN_WORDS_MAX];

	if (n == 0) {
		pad(o, "When", 26);
		pad(o, "", 4);
		pad(o, "With", 32);
		out_add(o, "Holds\n");
	}
	moment_words(row->at, when);
	pad(o, when, 26);
	pad(o, row->side == BUNDLE_IN ? "from" : "to", 4);
	pad(o, row->who, 32);
	out_add_fmt(o, "%zu case%s, %" PRIu64 " %s: ", row->cases,
	    row->cases == 1 ? "" : "s", row->entries, row->entries == 1 ?
	    "entry" : "entries");
	out_add(o, row->file);
	out_add(o, "\n");
	if (row->side == BUNDLE_IN)
		text_in(o, row);
	else
		text_out(o, row);
}

/* ---- CSV and JSON ---- */

static void
csv_begin(struct out *o)
{
	out_add(o, "side,at,with,file,selection,cases,entries,added,conflicts,"
	    "people,receipts,receipt_due,recalled,missing_before,bundle,"
	    "stayed\r\n");
}

static void
due_text(const struct bundle_row *row, char out[SPAN_TEXT_MAX])
{
	out[0] = '\0';
	if (row->side == BUNDLE_OUT && row->receipt_due != INT64_MAX)
		moment_format(row->receipt_due, out);
}

static void
csv_row(struct out *o, const struct bundle_row *row, size_t n)
{
	char at[SPAN_TEXT_MAX], due[SPAN_TEXT_MAX];
	char id[2 * BUNDLE_ID_LEN + 1];

	(void)n;
	moment_format(row->at, at);
	due_text(row, due);
	id_hex(row, id);
	row_csv(o, side_code(row), ",");
	row_csv(o, at, ",");
	row_csv(o, row->who, ",");
	row_csv(o, row->file, ",");
	row_csv(o, row->selection, ",");
	out_add_fmt(o, "%zu,%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",", row->cases,
	    row->entries, row->added, row->conflicts);
	out_add_fmt(o, "%zu,%zu,%s,%s,%s,%s,%s\r\n", row->people,
	    row->receipts, due, row->recalled ? "yes" : "no",
	    row->missing_before ? "yes" : "no", id, row->stayed ? "yes" :
	    "no");
}

static void
json_begin(struct out *o)
{
	out_add(o, "[");
}

static void
json_row(struct out *o, const struct bundle_row *row, size_t n)
{
	char at[SPAN_TEXT_MAX], due[SPAN_TEXT_MAX];
	char id[2 * BUNDLE_ID_LEN + 1];

	moment_format(row->at, at);
	due_text(row, due);
	id_hex(row, id);
	out_add_fmt(o, "%s\n  {\"side\": \"%s\", \"at\": \"%s\"", n != 0 ?
	    "," : "", side_code(row), at);
	row_json(o, "bundle", id);
	row_json(o, "with", row->who);
	row_json(o, "file", row->file);
	row_json(o, "selection", row->selection);
	out_add_fmt(o, ", \"cases\": %zu, \"entries\": %" PRIu64, row->cases,
	    row->entries);
	if (row->side == BUNDLE_IN)
		out_add_fmt(o, ", \"added\": %" PRIu64 ", \"conflicts\": %"
		    PRIu64 ", \"sequence\": %" PRIu64 ", \"missing_before\": "
		    "%s", row->added, row->conflicts, row->sequence,
		    row->missing_before ? "true" : "false");
	else
		out_add_fmt(o, ", \"people\": %zu, \"receipts\": %zu",
		    row->people, row->receipts);
	if (row->stayed)
		out_add(o, ", \"stayed\": true");
	if (due[0] != '\0')
		row_json(o, "receipt_due", due);
	out_add_fmt(o, ", \"recalled\": %s}", row->recalled ? "true" :
	    "false");
}

static void
json_end(struct out *o, size_t n)
{
	out_add(o, n != 0 ? "\n]\n" : "]\n");
}

static const struct form forms[] = {
	{nothing_begin, text_row, nothing_end},
	{csv_begin, csv_row, nothing_end},
	{json_begin, json_row, json_end}
};

/* ---- the list ---- */

static bool
take_row(const struct bundle_row *row, void *ctx)
{
	struct listing *l = ctx;

	l->form->row(&l->out, row, l->n++);
	l->left += row->side == BUNDLE_OUT && !row->stayed;
	l->stayed += row->stayed;
	l->overdue += row->side == BUNDLE_OUT && row->receipt_due < l->now;
	return true;
}

static void
tell_counts(const struct listing *l)
{
	tell("%zu sent, %zu taken in", l->left,
	    l->n - l->left - l->stayed);
	if (l->stayed > 0)
		tell("; %zu never left: send it again", l->stayed);
	if (l->overdue > 0)
		tell("; %zu without a receipt though it is due: ring them",
		    l->overdue);
	tell(".\n");
}

enum rc
bundle_list(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	const bool in = call_option(c, "in") != NULL;
	const bool left = call_option(c, "out") != NULL;
	struct listing l = {.now = clock_now(c->host->clock)};
	enum format format;
	enum rc rc = format_read(c, &format, e);

	if (rc != RC_OK)
		return rc;
	l.form = &forms[format];
	out_init(&l.out, row_say, NULL);
	l.form->begin(&l.out);
	if (left || !in)
		rc = store_bundles(s, BUNDLE_OUT, take_row, &l, e);
	if (rc == RC_OK && (in || !left))
		rc = store_bundles(s, BUNDLE_IN, take_row, &l, e);
	if (rc == RC_OK) {
		l.form->end(&l.out, l.n);
		(void)out_finish(&l.out);
		tell_counts(&l);
	}
	*attention = l.overdue > 0;
	out_release(&l.out);
	return rc;
}
