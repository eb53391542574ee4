/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "cli/door.h"
#include "cli/format.h"
#include "cli/print.h"
#include "cli/row.h"
#include "cli/unlock.h"
#include "core/rights.h"
#include "core/str.h"
#include "core/utf8.h"
#include "exchange/out.h"

static enum rc access_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_access = {
	.name = "access",
	.usage = "STORE [--case CASE] [--person NAME] [--flagged] [--since DAY]",
	.summary = "who looked at a case, and what a person opened",
	.help = "Lists who looked at what, newest first: cases opened, searches, "
	    "lists, what was printed or taken out, restricted cases opened "
	    "with a reason, and passphrases that failed.\n\n"
	    "--case says who looked at one child's file, --person what one "
	    "person opened, --flagged only what a supervisor should know of: "
	    "restricted cases opened with a reason and failed passphrases.\n\n"
	    "Everybody may ask what they opened themselves; supervisors, "
	    "administrators and auditors may ask about others. "
	    "Administrators see that and when, not which case. Asking is "
	    "noted too.",
	.options = (const struct option_def[]){
		{"case", "CASE", "only looks at this case"},
		{"person", "NAME", "only what this person looked at"},
		{"flagged", NULL, "only what supervisors should know of"},
		{"since", "DAY", "only from this day on"},
		{"format", "text|csv|json", "how it is written; else text"},
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 1,
	.max_args = 1,
	.paths = "w",
	.run = access_run,
};

/* How rows are written; each begins and ends what it needs. */
struct form {
	void (*begin)(struct out *o);
	void (*row)(struct out *o, const struct look_row *row, size_t n);
	void (*end)(struct out *o, size_t n);
};

struct listing {
	const struct form *form;
	struct out out;
	size_t n;
};

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
text_begin(struct out *o)
{
	(void)o;
}

static const char *
case_words(const struct look_row *row)
{
	if (!row->has_case)
		return "";
	return row->reference[0] != '\0' ? row->reference : "(not shown)";
}

static void
text_row(struct out *o, const struct look_row *row, size_t n)
{
	char when[SPAN_WORDS_MAX];

	if (n == 0) {
		pad(o, "When", 26);
		pad(o, "Who", 20);
		pad(o, "What", 24);
		out_add(o, "Case\n");
	}
	moment_words(row->at, when);
	pad(o, when, 26);
	pad(o, row->who, 20);
	pad(o, look_label(row->what), 24);
	out_add(o, case_words(row));
	if (row->count != 0)
		out_add_fmt(o, " [%" PRIu64 "]", row->count);
	out_add(o, "\n");
	if (row->words[0] != '\0')
		out_add_fmt(o, "    %s\n", row->words);
	if (row->reason[0] != '\0')
		out_add_fmt(o, "    Reason: %s\n", row->reason);
}

static void
text_end(struct out *o, size_t n)
{
	(void)o;
	(void)n;
}

static void
csv_begin(struct out *o)
{
	out_add(o, "at,who,what,case,count,words,reason\r\n");
}

static void
csv_row(struct out *o, const struct look_row *row, size_t n)
{
	char at[SPAN_TEXT_MAX];

	(void)n;
	moment_format(row->at, at);
	row_csv(o, at, ",");
	row_csv(o, row->who, ",");
	row_csv(o, look_code(row->what), ",");
	row_csv(o, case_words(row), ",");
	out_add_fmt(o, "%" PRIu64 ",", row->count);
	row_csv(o, row->words, ",");
	row_csv(o, row->reason, "\r\n");
}

static void
json_begin(struct out *o)
{
	out_add(o, "[");
}

static void
json_row(struct out *o, const struct look_row *row, size_t n)
{
	char at[SPAN_TEXT_MAX], id[2 * CASE_ID_LEN + 1] = "";

	moment_format(row->at, at);
	if (row->has_case)
		hex_format(row->case_id.b, CASE_ID_LEN, id);
	out_add_fmt(o, "%s\n  {\"at\": \"%s\"", n != 0 ? "," : "", at);
	row_json(o, "who", row->who);
	row_json(o, "what", look_code(row->what));
	row_json(o, "case_id", id);
	row_json(o, "reference", row->reference);
	out_add_fmt(o, ", \"count\": %" PRIu64, row->count);
	row_json(o, "words", row->words);
	row_json(o, "reason", row->reason);
	out_add(o, "}");
}

static void
json_end(struct out *o, size_t n)
{
	out_add(o, n != 0 ? "\n]\n" : "]\n");
}

static const struct form forms[] = {
	{text_begin, text_row, text_end},
	{csv_begin, csv_row, text_end},
	{json_begin, json_row, json_end}
};

static bool
take_row(const struct look_row *row, void *ctx)
{
	struct listing *l = ctx;

	l->form->row(&l->out, row, l->n++);
	out_settle(&l->out);
	return true;
}

static enum rc
read_options(const struct call *c, struct look_query *q,
    const struct form **form, struct err *e)
{
	const char *since = call_option(c, "since");
	struct err why;
	int32_t day;
	enum format format;

	err_clear(&why);
	*q = (struct look_query){.person = call_option(c, "person"),
	    .flagged = call_option(c, "flagged") != NULL,
	    .since = INT64_MIN};
	if (format_read(c, &format, e) != RC_OK)
		return e->rc;
	*form = &forms[format];
	if (since == NULL)
		return RC_OK;
	if (day_parse(since, &day, &why) != RC_OK)
		return err_set(e, RC_USAGE, "--since: %s", why.text);
	q->since = moment_of_day(day);
	return RC_OK;
}

static enum rc
list_looks(struct store *s, const struct look_query *q,
    const struct form *form, struct err *e)
{
	struct listing l = {.form = form};
	enum rc rc;

	out_init(&l.out, row_say, NULL);
	form->begin(&l.out);
	rc = store_looks(s, q, take_row, &l, e);
	if (rc == RC_OK) {
		form->end(&l.out, l.n);
		(void)out_finish(&l.out);
		tell("%zu look%s.\n", l.n, l.n == 1 ? "" : "s");
	}
	out_release(&l.out);
	return rc;
}

static enum rc
access_run(const struct call *c, bool *attention, struct err *e)
{
	const char *word = call_option(c, "case");
	const struct form *form;
	struct look_query q;
	struct store *s = NULL;
	struct case_id id;
	enum rc rc = read_options(c, &q, &form, e);

	(void)attention;
	if (rc == RC_OK)
		rc = unlock_store(c, c->args[0], &s, e);
	if (rc == RC_OK && word != NULL) {
		rc = door_find(s, word, &id, e);
		q.case_id = &id;
	}
	/* Asked for nothing in particular: one's own, for most people. */
	if (rc == RC_OK && word == NULL && q.person == NULL && !q.flagged &&
	    !right_held(store_role(s), RIGHT_LOOKS))
		q.person = store_user(s);
	if (rc == RC_OK)
		rc = list_looks(s, &q, form, e);
	store_close(s);
	return rc;
}
