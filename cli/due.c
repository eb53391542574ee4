/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "cli/door.h"
#include "cli/format.h"
#include "cli/print.h"
#include "cli/row.h"
#include "cli/unlock.h"
#include "core/duewhen.h"
#include "db/due.h"
#include "db/watch.h"
#include "exchange/out.h"

static enum rc due_run(const struct call *c, bool *attention, struct err *e);

const struct command command_due = {
	.name = "due",
	.usage = "STORE [--mine] [--overdue] [--until DAY] [--format "
	    "text|csv|json]",
	.summary = "list what is due in all cases, yours and overdue first",
	.help = "Lists everything with a clock in every case: yours first, "
	    "and in it what is longest overdue; then that of others. With each "
	    "stands how it was counted. What could not be counted is listed "
	    "before what is next.\n\n"
	    "Yours is what is due in a case that you opened, what an entry "
	    "names you for, and what an entry of yours names nobody for.\n\n"
	    "A case that is restricted to others is named only by whom to ask; "
	    "with --mine, --overdue or --until it is left out.\n\n"
	    "Ends with 1 when something of the list is overdue.",
	.options = (const struct option_def[]){
		{"mine", NULL, "only what is yours"},
		{"overdue", NULL, "only what is overdue"},
		{"until", "DAY", "only what is due by the end of this day, or not counted"},
		{"format", "text|csv|json", "how it is written; else text"},
		{"json", NULL, "the same as --format json"},
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 1,
	.max_args = 1,
	.paths = "w",
	.run = due_run,
};

static const char *const group_codes[DUE_GROUPS] = {
	[DUE_MINE_OVER] = "mine-overdue",
	[DUE_MINE] = "mine",
	[DUE_OTHERS_OVER] = "others-overdue",
	[DUE_OTHERS] = "others",
	[DUE_RESTRICTED] = "restricted"
};

struct listing {
	struct store *store;
	int64_t now;
	const struct form *form;
	struct out out;
	json_t *json;
	size_t n;
	int group;		/* of the row before; -1: none */
};

struct form {
	void (*row)(struct listing *l, const struct due_row *row);
};

static bool
is_over(const struct due_row *row)
{
	return row->group == DUE_MINE_OVER || row->group == DUE_OTHERS_OVER;
}

/* ---- text ---- */

static void
text_restricted(const struct listing *l, const struct due_row *row)
{
	struct str whom;

	str_init(&whom);
	door_whom(l->store, &row->case_id, &whom);
	say("Something is due; ask %s\n", whom.s);
	str_release(&whom);
}

static void
text_counted(const struct due_row *row)
{
	struct str words;

	str_init(&words);
	due_counted_words(row->due, row->kind, row->counted, &words);
	say_wrapped("    ", words.s);
	str_release(&words);
}

static void
text_row(struct listing *l, const struct due_row *row)
{
	struct str line, words;

	if (l->group != (int)row->group)
		say("%s%s\n", l->group >= 0 ? "\n" : "",
		    due_group_label(row->group));
	l->group = (int)row->group;
	if (row->restricted) {
		text_restricted(l, row);
		return;
	}
	str_init(&line);
	str_init(&words);
	due_when_words(row->due, row->kind, l->now, &words);
	row_column(&line, words.s, 18);
	row_column(&line, row->reference, 14);
	row_column(&line, row->name, 20);
	str_clear(&words);
	due_what_words(row->what, row->kind, &words);
	row_column(&line, words.s, 28);
	str_add_fmt(&line, "%s%s", row->named ? "" : "entry by ", row->who);
	say("%s\n", line.s);
	text_counted(row);
	str_release(&words);
	str_release(&line);
}

/* ---- CSV ---- */

static const char *
due_text(const struct due_row *row, char out[SPAN_TEXT_MAX])
{
	out[0] = '\0';
	if (row->due != INT64_MAX)
		moment_format(row->due, out);
	return out;
}

static void
csv_row(struct listing *l, const struct due_row *row)
{
	struct out *o = &l->out;
	char due[SPAN_TEXT_MAX];

	if (l->n == 0)
		out_add(o, "group,due,case,name,rule,what,who,named,"
		    "counted\r\n");
	row_csv(o, group_codes[row->group], ",");
	row_csv(o, due_text(row, due), ",");
	row_csv(o, row->reference, ",");
	row_csv(o, row->name, ",");
	row_csv(o, row->rule, ",");
	row_csv(o, row->what, ",");
	row_csv(o, row->who, ",");
	row_csv(o, row->named ? "yes" : "no", ",");
	row_csv(o, row->counted, "\r\n");
	out_settle(o);
}

/* ---- JSON ---- */

static void
json_row(struct listing *l, const struct due_row *row)
{
	char id[2 * CASE_ID_LEN + 1], entry[2 * ENTRY_ID_LEN + 1];
	char due[SPAN_TEXT_MAX];
	json_t *o;

	hex_format(row->case_id.b, CASE_ID_LEN, id);
	hex_format(row->entry.b, ENTRY_ID_LEN, entry);
	if (row->restricted) {
		(void)json_array_append_new(l->json, json_pack("{s:s, s:b}",
		    "id", id, "restricted", 1));
		return;
	}
	o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:b, s:b,"
	    " s:s, s:s}", "reference", row->reference, "name", row->name,
	    "id", id, "entry", entry, "rule", row->rule, "what", row->what,
	    "who", row->who, "named", row->named, "overdue", is_over(row),
	    "mine", row->group == DUE_MINE_OVER || row->group == DUE_MINE,
	    "counted", row->counted, "due", due_text(row, due));
	if (row->due == INT64_MAX)
		json_object_set_new(o, "due", json_null());
	(void)json_array_append_new(l->json, o);
}

static const struct form forms[] = {
	{text_row},
	{csv_row},
	{json_row}
};
#define FORM_TEXT (&forms[FORMAT_TEXT])
#define FORM_JSON (&forms[FORMAT_JSON])

/* ---- the whole ---- */

static bool
take_row(const struct due_row *row, void *ctx)
{
	struct listing *l = ctx;

	l->form->row(l, row);
	l->n++;
	return true;
}

static enum rc
read_options(const struct call *c, struct due_query *q,
    const struct form **form, struct err *e)
{
	const char *until = call_option(c, "until");
	struct err why;
	int32_t day;
	enum format format;

	err_clear(&why);
	*q = (struct due_query){.now = clock_now(c->host->clock),
	    .mine = call_option(c, "mine") != NULL,
	    .overdue = call_option(c, "overdue") != NULL,
	    .until = INT64_MAX};
	if (format_read(c, &format, e) != RC_OK)
		return e->rc;
	*form = &forms[format];
	if (until == NULL)
		return RC_OK;
	if (day_parse(until, &day, &why) != RC_OK)
		return err_set(e, RC_USAGE, "--until: %s", why.text);
	/* What lasts to the end of that day has passed at its last moment. */
	q->until = moment_of_day(day + 1) + 1;
	return RC_OK;
}

/* Noted before anything is shown; all but text is for taking out. */
static enum rc
note_listing(struct store *s, const struct form *form,
    const struct due_counts *n, struct err *e)
{
	struct look_note note = {.what = form == FORM_TEXT ? LOOK_LIST :
	    LOOK_EXPORT, .words = "what is due", .count = n->all};

	return store_look(s, &note, e);
}

static void
tell_counts(const struct due_counts *n, const struct due_query *q)
{
	size_t lines = n->all - n->in[DUE_RESTRICTED];
	size_t mine = n->in[DUE_MINE_OVER];
	bool narrowed = q->mine || q->overdue || q->until != INT64_MAX;

	if (n->all == 0)
		tell("%s is due in the %zu case%s that you may see.\n",
		    narrowed ? "Nothing of that" : "Nothing", n->cases,
		    n->cases == 1 ? "" : "s");
	else
		tell("%zu due; %zu overdue, %zu of them yours; %zu case%s "
		    "looked at.\n", lines, mine + n->in[DUE_OTHERS_OVER],
		    mine, n->cases, n->cases == 1 ? "" : "s");
}

static enum rc
list_due(struct store *s, const struct due_query *q, const struct form *form,
    struct due_counts *n, struct err *e)
{
	struct listing l = {.store = s, .now = q->now, .form = form,
	    .group = -1};
	enum rc rc = store_due_count(s, q, n, e);

	if (rc == RC_OK)
		rc = note_listing(s, form, n, e);
	if (rc != RC_OK)
		return rc;
	out_init(&l.out, row_say, NULL);
	l.json = form == FORM_JSON ? json_array() : NULL;
	rc = store_due(s, q, take_row, &l, e);
	if (rc == RC_OK && l.json != NULL)
		say_json(l.json);
	(void)out_finish(&l.out);
	if (rc == RC_OK)
		tell_counts(n, q);
	json_decref(l.json);
	out_release(&l.out);
	return rc;
}

static enum rc
due_run(const struct call *c, bool *attention, struct err *e)
{
	const struct form *form;
	struct due_counts n = {.all = 0};
	struct store *s = NULL;
	struct due_query q;
	enum rc rc = read_options(c, &q, &form, e);

	if (rc == RC_OK)
		rc = unlock_store(c, c->args[0], &s, e);
	if (rc == RC_OK)
		rc = list_due(s, &q, form, &n, e);
	*attention = n.in[DUE_MINE_OVER] + n.in[DUE_OTHERS_OVER] > 0;
	store_close(s);
	return rc;
}
