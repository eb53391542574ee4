/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "cli/door.h"
#include "cli/format.h"
#include "cli/print.h"
#include "cli/row.h"
#include "cli/unlock.h"
#include "core/date.h"
#include "core/duewhen.h"
#include "core/screen.h"
#include "db/queue.h"
#include "db/watch.h"
#include "exchange/out.h"

static enum rc queue_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_queue = {
	.name = "queue",
	.usage = "STORE [--why CODE,...] [--all] [--format text|csv|json]",
	.summary = "list what waits for a second person, and why",
	.help = "Lists every case that a second person has to look at, and "
	    "why: a lowering was asked for (lowering), the level asks for a "
	    "referral and nobody has looked at it (level), somebody flagged it "
	    "(flag), it was given back with questions (returned), a clock has "
	    "run out (overdue), two values wait to be settled (conflict), or a "
	    "review was drawn for a second, blind look (second).\n\n"
	    "The highest level comes first; in each level what is overdue, the "
	    "longest first, then what is due next, then what has waited "
	    "longest.\n\n"
	    "Your own work is left out, for nobody reviews their own; --all "
	    "lists it as well. A case that is restricted to others is named "
	    "only by whom to ask, and left out with --why.\n\n"
	    "Ends with 1 when anything waits.",
	.options = (const struct option_def[]){
		{"why", "CODE,...", "only what waits for one of these reasons"},
		{"all", NULL, "your own work as well"},
		{"format", "text|csv|json", "how it is written; else text"},
		{"json", NULL, "the same as --format json"},
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 1,
	.max_args = 1,
	.paths = "w",
	.run = queue_run,
};

struct listing {
	struct store *store;
	int64_t now;
	const struct form *form;
	struct out out;
	json_t *json;
	size_t n;
	unsigned level;		/* of the row before, NO_ITEM: none */
};

struct form {
	void (*row)(struct listing *l, const struct queue_row *row);
};

static const char *
level_label(const struct listing *l, unsigned level)
{
	const struct instrument *in = store_default_instrument(l->store);

	return in != NULL ? screen_level_label(in, level) : "";
}

static const char *
level_id(const struct listing *l, unsigned level)
{
	const struct instrument *in = store_default_instrument(l->store);

	return in != NULL ? screen_level_id(in, level) : "";
}

static const char *
whose(const struct listing *l, const struct queue_row *row)
{
	return roster_name(store_roster(l->store), &row->whose);
}

static void
add_whys(unsigned why, const char *between,
    const char *(*words)(enum queue_why), struct str *out)
{
	size_t from = out->len;

	for (unsigned i = 0; i < QUEUE_WHYS; i++)
		if ((why >> i & 1) != 0)
			str_add_fmt(out, "%s%s", out->len > from ? between :
			    "", words((enum queue_why)(1u << i)));
}

/* ---- text ---- */

static void
text_restricted(const struct listing *l, const struct queue_row *row)
{
	struct str whom;

	str_init(&whom);
	door_whom(l->store, &row->case_id, &whom);
	say("Something waits; ask %s\n", whom.s);
	str_release(&whom);
}

static void
text_heading(struct listing *l, const struct queue_row *row)
{
	if (l->n == 0)
		say("The highest level first; in each what is overdue, longest "
		    "first, then what is due\nnext, then what has waited "
		    "longest.\n");
	if (row->restricted)
		say("%s", l->level != NO_ITEM - 1 ?
		    "\nRestricted to others\n" : "");
	else if (row->level != l->level)
		say("\n%s\n", level_label(l, row->level));
	l->level = row->restricted ? NO_ITEM - 1 : row->level;
}

static void
add_due(const struct listing *l, const struct queue_row *row,
    struct str *out)
{
	if (row->due == INT64_MAX)
		return;
	str_add(out, " Clock: ");
	due_what_words(row->due_why, row->due_kind, out);
	str_add(out, ", ");
	due_when_words(row->due, row->due_kind, l->now, out);
	str_add(out, ".");
}

static void
text_more(const struct listing *l, const struct queue_row *row)
{
	char when[SPAN_WORDS_MAX];
	struct str out;

	str_init(&out);
	str_add_fmt(&out, "Work of %s%s.", whose(l, row), row->own ?
	    ": your own is in it, so another reviews it" : "");
	if (row->since != INT64_MAX) {
		moment_words(row->since, when);
		str_add_fmt(&out, " Waits since %s.", when);
	}
	add_due(l, row, &out);
	if (row->rules != row->level)
		str_add_fmt(&out, " By the rules: %s.",
		    level_label(l, row->rules));
	say_wrapped("    ", out.s);
	str_release(&out);
}

static void
text_row(struct listing *l, const struct queue_row *row)
{
	struct str line;

	text_heading(l, row);
	if (row->restricted) {
		text_restricted(l, row);
		return;
	}
	str_init(&line);
	row_column(&line, row->reference, 14);
	row_column(&line, row->name, 20);
	add_whys(row->why, "; ", queue_why_words, &line);
	say("%s\n", line.s);
	text_more(l, row);
	str_release(&line);
}

/* ---- CSV ---- */

static const char *
moment_text(int64_t at, char out[SPAN_TEXT_MAX])
{
	out[0] = '\0';
	if (at != INT64_MAX)
		moment_format(at, out);
	return out;
}

static void
csv_row(struct listing *l, const struct queue_row *row)
{
	struct out *o = &l->out;
	char text[SPAN_TEXT_MAX];
	struct str why;

	if (l->n == 0)
		out_add(o, "level,rules,case,name,why,due,due_why,since,"
		    "whose,own\r\n");
	if (row->restricted) {
		out_add(o, "restricted,,,,,,,,,\r\n");
		return;
	}
	str_init(&why);
	add_whys(row->why, " ", queue_why_code, &why);
	row_csv(o, level_id(l, row->level), ",");
	row_csv(o, level_id(l, row->rules), ",");
	row_csv(o, row->reference, ",");
	row_csv(o, row->name, ",");
	row_csv(o, why.s, ",");
	row_csv(o, moment_text(row->due, text), ",");
	row_csv(o, row->due_why, ",");
	row_csv(o, moment_text(row->since, text), ",");
	row_csv(o, whose(l, row), ",");
	row_csv(o, row->own ? "yes" : "no", "\r\n");
	out_settle(o);
	str_release(&why);
}

/* ---- JSON ---- */

static json_t *
why_json(unsigned why)
{
	json_t *list = json_array();

	for (unsigned i = 0; i < QUEUE_WHYS; i++)
		if ((why >> i & 1) != 0)
			(void)json_array_append_new(list, json_string(
			    queue_why_code((enum queue_why)(1u << i))));
	return list;
}

static json_t *
moment_json(int64_t at)
{
	char text[SPAN_TEXT_MAX];

	return at == INT64_MAX ? json_null() :
	    json_string(moment_text(at, text));
}

static void
json_row(struct listing *l, const struct queue_row *row)
{
	char id[2 * CASE_ID_LEN + 1];

	hex_format(row->case_id.b, CASE_ID_LEN, id);
	(void)json_array_append_new(l->json, row->restricted ?
	    json_pack("{s:s, s:b}", "id", id, "restricted", 1) :
	    json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:s, s:o, s:s,"
	    " s:b}", "id", id, "reference", row->reference, "name", row->name,
	    "level", level_id(l, row->level), "rules",
	    level_id(l, row->rules), "why", why_json(row->why), "due",
	    moment_json(row->due), "due_why", row->due_why, "since",
	    moment_json(row->since), "whose", whose(l, row), "own",
	    row->own));
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
take_row(const struct queue_row *row, void *ctx)
{
	struct listing *l = ctx;

	l->form->row(l, row);
	l->n++;
	return true;
}

static enum rc
no_such_why(const char *word, size_t n, struct err *e)
{
	struct str all;
	enum rc rc;

	str_init(&all);
	add_whys((1u << QUEUE_WHYS) - 1, ", ", queue_why_code, &all);
	rc = err_set(e, RC_USAGE, "--why takes %s, not \"%.*s\"", all.s,
	    (int)n, word);
	str_release(&all);
	return rc;
}

static enum rc
read_whys(const char *text, unsigned *why, struct err *e)
{
	size_t n;

	for (const char *p = text; ; p += n + 1) {
		unsigned i = 0;

		n = strcspn(p, ",");
		while (i < QUEUE_WHYS && (strlen(queue_why_code(
		    (enum queue_why)(1u << i))) != n || strncmp(
		    queue_why_code((enum queue_why)(1u << i)), p, n) != 0))
			i++;
		if (i == QUEUE_WHYS)
			return no_such_why(p, n < 40 ? n : 40, e);
		*why |= 1u << i;
		if (p[n] == '\0')
			return RC_OK;
	}
}

static enum rc
read_options(const struct call *c, struct queue_query *q,
    const struct form **form, struct err *e)
{
	const char *why = call_option(c, "why");
	enum format format;

	*q = (struct queue_query){.now = clock_now(c->host->clock),
	    .mine_too = call_option(c, "all") != NULL};
	if (format_read(c, &format, e) != RC_OK)
		return e->rc;
	*form = &forms[format];
	return why != NULL ? read_whys(why, &q->why, e) : RC_OK;
}

/* Noted before anything is shown; all but text is for taking out. */
static enum rc
note_listing(struct store *s, const struct form *form,
    const struct queue_counts *n, struct err *e)
{
	struct look_note note = {.what = form == FORM_TEXT ? LOOK_LIST :
	    LOOK_EXPORT, .words = "the review queue",
	    .count = n->all + n->restricted};

	return store_look(s, &note, e);
}

static void
tell_looks(const struct second_looks *n)
{
	if (n->drawn > 0)
		tell("Second looks: %llu drawn, %llu made; %llu agreed, %llu "
		    "did not.\n", (unsigned long long)n->drawn,
		    (unsigned long long)n->seen,
		    (unsigned long long)n->agreed,
		    (unsigned long long)n->differed);
}

static void
tell_counts(const struct queue_counts *n, const struct queue_query *q)
{
	struct str words;

	str_init(&words);
	if (n->all + n->restricted == 0)
		str_add_fmt(&words, "Nothing%s waits in the %zu case%s that "
		    "you may see", q->why != 0 ? " of that" : "", n->looked,
		    n->looked == 1 ? "" : "s");
	else
		str_add_fmt(&words, "%zu wait%s; %zu case%s looked at",
		    n->all + n->restricted, n->all + n->restricted == 1 ?
		    "s" : "", n->looked, n->looked == 1 ? "" : "s");
	if (n->own > 0 && !q->mine_too)
		str_add_fmt(&words, "; %zu of your own work %s for others "
		    "(--all)", n->own, n->own == 1 ? "waits" : "wait");
	tell("%s.\n", words.s);
	str_release(&words);
}

static enum rc
list_rows(struct store *s, const struct queue_query *q,
    const struct form *form, struct err *e)
{
	struct listing l = {.store = s, .now = q->now, .form = form,
	    .level = NO_ITEM};
	enum rc rc;

	out_init(&l.out, row_say, NULL);
	l.json = form == FORM_JSON ? json_array() : NULL;
	rc = store_queue(s, q, take_row, &l, e);
	if (rc == RC_OK && l.json != NULL)
		say_json(l.json);
	(void)out_finish(&l.out);
	json_decref(l.json);
	out_release(&l.out);
	return rc;
}

static enum rc
list_queue(struct store *s, const struct queue_query *q,
    const struct form *form, struct queue_counts *n, struct err *e)
{
	struct second_looks looks = {0, 0, 0, 0};
	enum rc rc = store_queue_count(s, q, n, e);

	if (rc == RC_OK)
		rc = store_second_looks(s, &looks, e);
	if (rc == RC_OK)
		rc = note_listing(s, form, n, e);
	if (rc == RC_OK)
		rc = list_rows(s, q, form, e);
	if (rc != RC_OK)
		return rc;
	tell_counts(n, q);
	tell_looks(&looks);
	return RC_OK;
}

static enum rc
queue_run(const struct call *c, bool *attention, struct err *e)
{
	struct queue_counts n = {.all = 0};
	const struct form *form = FORM_TEXT;
	struct store *s = NULL;
	struct queue_query q;
	enum rc rc = read_options(c, &q, &form, e);

	if (rc == RC_OK)
		rc = unlock_store(c, c->args[0], &s, e);
	if (rc == RC_OK)
		rc = list_queue(s, &q, form, &n, e);
	*attention = n.all + n.restricted > 0;
	store_close(s);
	return rc;
}
