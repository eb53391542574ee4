/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/door.h"
#include "cli/filter.h"
#include "cli/print.h"
#include "cli/row.h"
#include "cli/unlock.h"
#include "core/reference.h"
#include "core/str.h"
#include "db/watch.h"
#include "exchange/casejson.h"

static enum rc list_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_list = {
	.name = "list",
	.usage = "STORE [--filter EXPR] [--json]",
	.summary = "list the cases, most urgent first",
	.help = "Lists the cases of a store: the highest level first, then what "
	    "is due first.\n\n"
	    "EXPR filters them, for example: risk:high signs>=3 due<7d "
	    "owner:me kind:missing \"bus station\". Keys: risk could signs "
	    "vulnerabilities notknown due born age changed owner kind has "
	    "area school agency with ref name text is; a leading - turns a "
	    "term round, a comma means \"or\". @NAME is a filter that you "
	    "kept in the program.\n\n"
	    "A case that shows no listed sign is not a case without risk.",
	.options = (const struct option_def[]){
		{"filter", "EXPR", "only cases that match"},
		{"json", NULL, "as a JSON array"},
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 1,
	.max_args = 1,
	.paths = "w",
	.run = list_run,
};

struct listing {
	struct store *store;
	int64_t now;
	json_t *json;		/* NULL: text */
	size_t n;
};

/* One cell of exactly `columns`, and a space. */
static void
cell_count(struct str *line, unsigned n, int columns)
{
	char text[16];

	(void)snprintf(text, sizeof(text), "%*u", columns, n);
	row_column(line, text, columns);
}

static void
header(void)
{
	say("%-14s %-20s %-15s %-15s %2s %2s %4s  %s\n", "Reference", "Name",
	    "Level", "Could be", "A", "B", "n.k.", "Due");
}

static void
due_words(const struct case_row *row, int64_t now, struct str *out)
{
	char when[SPAN_WORDS_MAX];
	struct span day;

	if (row->due == INT64_MAX)
		return;
	day = span_of_day(moment_day(row->due - 1));
	span_words(&day, when);
	str_add_fmt(out, "%s%s: %s", row->due <= now ? "OVERDUE " : "",
	    row->due_why, when);
}

static void
list_line(const struct listing *l, const struct case_row *row)
{
	const struct instrument *in = store_default_instrument(l->store);
	struct str line;

	str_init(&line);
	row_column(&line, row->reference, 14);
	row_column(&line, row->name, 20);
	row_column(&line, screen_level_id(in, row->level), 15);
	row_column(&line, screen_level_id(in, row->could_be), 15);
	cell_count(&line, row->vulnerabilities, 2);
	cell_count(&line, row->signs, 2);
	cell_count(&line, row->not_known, 4);
	str_add_char(&line, ' ');
	if (row->judgement != row->level)
		str_add_fmt(&line, "[judged %s] ",
		    screen_level_id(in, row->judgement));
	if (row->lowering)
		str_add(&line, "[lowering waits] ");
	if (row->conflict)
		str_add(&line, "[conflict] ");
	if (row->same_reference) {
		str_add(&line, "[same reference: this is ");
		reference_tag(row->reference, &row->id, &line);
		str_add(&line, "] ");
	}
	due_words(row, l->now, &line);
	say("%s\n", line.s);
	str_release(&line);
}

/* Whom to ask, and the id by which `show` opens it with a reason. */
static void
restricted_line(const struct listing *l, const struct case_row *row)
{
	struct str whom;

	str_init(&whom);
	door_whom(l->store, &row->id, &whom);
	say("(restricted)   ask %s\n", whom.s);
	str_release(&whom);
}

static bool
list_row(const struct case_row *row, void *ctx)
{
	struct listing *l = ctx;

	if (l->n++ == 0 && l->json == NULL)
		header();
	if (l->json == NULL && row->restricted)
		restricted_line(l, row);
	else if (l->json != NULL)
		(void)json_array_append_new(l->json,
		    case_row_json(l->store, row));
	else
		list_line(l, row);
	return true;
}

/* Noted before anything is shown; JSON is for taking out. */
static enum rc
note_listing(const struct call *c, struct store *s, const struct query *q,
    const char *expr, struct err *e)
{
	struct look_note n = {.what = call_option(c, "json") != NULL ?
	    LOOK_EXPORT : LOOK_LIST, .words = expr};
	size_t count = 0;
	enum rc rc = store_cases_count(s, q, &count, e);

	n.count = count;
	return rc == RC_OK ? store_look(s, &n, e) : rc;
}

static enum rc
list_cases(const struct call *c, struct store *s, const struct query *q,
    const char *expr, struct err *e)
{
	struct listing l = {s, clock_now(c->host->clock), NULL, 0};
	enum rc rc;

	rc = note_listing(c, s, q, expr, e);
	if (rc != RC_OK)
		return rc;
	if (call_option(c, "json") != NULL)
		l.json = json_array();
	rc = store_cases(s, q, 0, 0, list_row, &l, e);
	if (rc == RC_OK && l.json != NULL)
		say_json(l.json);
	if (rc == RC_OK)
		tell("%zu case%s%s.\n", l.n, l.n == 1 ? "" : "s",
		    q == NULL ? "" : l.n == 1 ? " matches" : " match");
	json_decref(l.json);
	return rc;
}

static enum rc
list_run(const struct call *c, bool *attention, struct err *e)
{
	const char *given = call_option(c, "filter");
	char *expr = NULL;
	struct store *s = NULL;
	struct query q;
	enum rc rc;

	(void)attention;
	query_init(&q);
	rc = unlock_store(c, c->args[0], &s, e);
	if (rc == RC_OK && given != NULL)
		rc = filter_expand(s, given, &expr, e);
	if (rc == RC_OK && expr != NULL)
		rc = filter_read(c, s, expr, &q, e);
	if (rc == RC_OK)
		rc = list_cases(c, s, expr != NULL ? &q : NULL, expr, e);
	free(expr);
	query_release(&q);
	store_close(s);
	return rc;
}
