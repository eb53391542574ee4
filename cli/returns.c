/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/returns.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "cli/print.h"
#include "cli/row.h"
#include "cli/unlock.h"

static enum rc returns_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_returns = {
	.name = "returns",
	.usage = "STORE [--format text|csv|json]",
	.summary = "list the returns of agencies that a store took in",
	.help = "Lists each file of an agency that was taken in with hearken "
	    "import --mapping, the latest first: when, whose, the file's "
	    "name, the mapping, how many rows it had, how many of them were "
	    "bad, and how many observations were added, known already and "
	    "struck because a row came back corrected.\n\n"
	    "csv and json also give the hash of the file (BLAKE2b-256), so "
	    "that a file in hand can be told from another of its name. json "
	    "has \"sender\", the mapping's id, where the rows themselves "
	    "name their agencies.",
	.options = (const struct option_def[]){
		{"format", "text|csv|json", "how they are written; else text"},
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 1,
	.max_args = 1,
	.paths = "w",
	.run = returns_run,
};

struct listing {
	const char *format;
	json_t *all;		/* of json */
	struct out *out;	/* of csv */
	size_t n;
};

static void
say_text(const struct return_row *r)
{
	char when[SPAN_WORDS_MAX];

	moment_words(r->at, when);
	say("%s  %s: %s (%s)\n", when, r->agency, r->file, r->mapping);
	say("    %" PRIu64 " rows, %" PRIu64 " bad; %" PRIu64 " added, %"
	    PRIu64 " known, %" PRIu64 " struck\n", r->rows, r->bad, r->added,
	    r->known, r->struck);
}

static void
csv_count(struct out *o, uint64_t n, const char *after)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%" PRIu64, n);
	row_csv(o, text, after);
}

static void
say_csv(struct out *o, const struct return_row *r)
{
	char when[SPAN_TEXT_MAX];

	moment_format(r->at, when);
	row_csv(o, when, ",");
	row_csv(o, r->agency, ",");
	row_csv(o, r->file, ",");
	row_csv(o, r->mapping, ",");
	csv_count(o, r->rows, ",");
	csv_count(o, r->bad, ",");
	csv_count(o, r->added, ",");
	csv_count(o, r->known, ",");
	csv_count(o, r->struck, ",");
	row_csv(o, r->hash, "\n");
}

static json_t *
as_json(const struct return_row *r)
{
	char when[SPAN_TEXT_MAX];
	json_t *row;

	moment_format(r->at, when);
	row = json_pack("{s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:s, "
	    "s:s}", "at", when, "agency", r->agency, "file", r->file,
	    "mapping", r->mapping, "rows", (json_int_t)r->rows,
	    "bad", (json_int_t)r->bad, "added", (json_int_t)r->added,
	    "known", (json_int_t)r->known, "struck", (json_int_t)r->struck,
	    "hash", r->hash, "mapping_hash", r->mapping_hash);
	if (*r->sender != '\0')
		json_object_set_new(row, "sender", json_string(r->sender));
	return row;
}

static bool
list_one(const struct return_row *r, void *ctx)
{
	struct listing *l = ctx;

	l->n++;
	if (l->all != NULL)
		json_array_append_new(l->all, as_json(r));
	else if (l->out != NULL)
		say_csv(l->out, r);
	else
		say_text(r);
	return true;
}

static enum rc
list(struct store *s, const char *format, struct err *e)
{
	struct out o;
	struct listing l = {.format = format};
	enum rc rc;

	out_init(&o, row_say, NULL);
	if (strcmp(format, "json") == 0)
		l.all = json_array();
	else if (strcmp(format, "csv") == 0)
		l.out = &o;
	if (l.out != NULL)
		out_add(&o, "at,agency,file,mapping,rows,bad,added,known,"
		    "struck,hash\n");
	rc = store_returns(s, list_one, &l, e);
	(void)out_finish(&o);
	out_release(&o);
	if (rc == RC_OK && l.all != NULL)
		say_json(l.all);
	else if (rc == RC_OK && l.out == NULL && l.n == 0)
		say("No return of an agency was taken in.\n");
	json_decref(l.all);
	return rc;
}

static enum rc
returns_run(const struct call *c, bool *attention, struct err *e)
{
	const char *format = call_option(c, "format");
	struct store *s = NULL;
	enum rc rc;

	(void)attention;
	if (format == NULL)
		format = "text";
	if (strcmp(format, "text") != 0 && strcmp(format, "csv") != 0 &&
	    strcmp(format, "json") != 0)
		return err_set(e, RC_USAGE, "--format is text, csv or json, "
		    "not \"%s\"", format);
	rc = unlock_store(c, c->args[0], &s, e);
	if (rc == RC_OK)
		rc = list(s, format, e);
	store_close(s);
	return rc;
}
