/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/mapping.h"

#include <stdlib.h>
#include <string.h>

#include "cli/content.h"
#include "cli/print.h"
#include "cli/table.h"
#include "cli/unlock.h"
#include "db/returns.h"
#include "exchange/file.h"
#include "exchange/guess.h"
#include "exchange/screenrun.h"

#define INSTRUMENT_DEFAULT  "occ-csegg"

static enum rc mapping_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_mapping = {
	.name = "mapping",
	.usage = "guess FILE.csv | check FILE [FILE.csv] | list STORE | keep STORE FILE",
	.summary = "say how the columns of an agency's return are read",
	.help = "Agencies send what their systems print. A mapping is a YAML "
	    "file that says which of their columns is what, in which order "
	    "they write days, and which of their codes means what; hearken "
	    "screen and hearken import read their files through it.\n\n"
	    "guess FILE.csv reads the first rows of a return and prints a "
	    "mapping for it: encoding, delimiter, form, order of dates, "
	    "columns by their names and by what is in them, code lists. What "
	    "is doubtful has a line of comment; look at those, and at all "
	    "the rest, before the mapping is used.\n\n"
	    "check FILE names every fault as file:line:column: message, and "
	    "whether all indicators and codes are ours; with a return it "
	    "reads that as well, and lists the rows that could not be "
	    "taken.\n\n"
	    "keep STORE FILE keeps a mapping in a store, so that everybody "
	    "who works with the store reads returns alike; list STORE prints "
	    "those that are kept.",
	.options = (const struct option_def[]){
		{"instrument", "ID", "the checklist, or a YAML file; else the mapping's"},
		{"encoding", "NAME", "of the return, else as it says or the mapping"},
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 2,
	.max_args = 3,
	.paths = "-wr",
	.path_options = (const struct path_option[]){
		{"instrument", PATH_READ},
		{NULL, PATH_NONE}
	},
	.run = mapping_run,
};

/* The checklist by its id, or a person's own file. */
static enum rc
load_instrument(const struct call *c, const char *wanted,
    struct instrument **out, struct err *e)
{
	const char *id = call_option(c, "instrument");
	struct faults f;
	size_t n;
	enum rc rc;

	if (id == NULL)
		id = wanted[0] != '\0' ? wanted : INSTRUMENT_DEFAULT;
	n = strlen(id);
	if (strchr(id, '/') == NULL &&
	    !(n > 5 && strcmp(id + n - 5, ".yaml") == 0))
		return content_instrument(c->host, id, out, e);
	faults_init(&f, id);
	rc = content_instrument_file(id, out, &f, e);
	faults_release(&f);
	return rc;
}

/* ---- guess ---- */

static enum rc
guess(const struct call *c, struct err *e)
{
	struct guess_opts o = {.encoding = call_option(c, "encoding"),
	    .today = table_today(c)};
	struct instrument *in = NULL;
	struct guess *g = NULL;
	struct source src;
	struct str text;
	enum rc rc = load_instrument(c, "", &in, e);

	if (rc != RC_OK)
		return rc;
	o.instrument = in;
	rc = source_open(&src, c->args[1], e);
	if (rc == RC_OK) {
		rc = mapping_guess(&src, &o, &g, e);
		source_close(&src);
	}
	if (rc == RC_OK) {
		str_init(&text);
		guess_write(g, &text);
		say_n(text.s, text.len);
		if (g->n != 0)
			tell_line("%zu doubt%s; see the comments", g->n,
			    g->n == 1 ? "" : "s");
		str_release(&text);
	}
	guess_free(g);
	instrument_free(in);
	return rc;
}

/* ---- check ---- */


#define TOLD_MAX 50u

/* Reads a return through the mapping and tells what could not be taken. */
static enum rc
read_rows(struct obs *o, uint64_t *bad, struct err *e)
{
	const struct obs_row *row = NULL;
	enum rc rc;

	do {
		rc = obs_next(o, &row, e);
		if (rc == RC_OK && row == NULL)
			return RC_OK;
		if (rc == RC_INPUT && csv_can_go_on(obs_csv(o))) {
			if ((*bad)++ < TOLD_MAX)
				tell_line("%s", e->text);
			err_clear(e);
			rc = RC_OK;
		}
	} while (rc == RC_OK);
	return rc;
}

static enum rc
try_return(const struct call *c, const struct mapping *m,
    const struct instrument *in, bool *attention, struct err *e)
{
	struct obs_opts o = {.instrument = in, .latest = table_today(c),
	    .mapping = m};
	struct obs *obs = NULL;
	struct source src;
	uint64_t bad = 0;
	enum rc rc;

	o.csv.encoding = call_option(c, "encoding");
	o.csv.lenient = true;
	rc = source_open(&src, c->args[2], e);
	if (rc != RC_OK)
		return rc;
	rc = obs_open(&src, &o, &obs, e);
	if (rc == RC_OK)
		rc = read_rows(obs, &bad, e);
	if (rc == RC_OK)
		say("%s: %llu rows, %llu bad.\n", c->args[2],
		    (unsigned long long)obs_rows(obs),
		    (unsigned long long)bad);
	*attention = bad != 0;
	obs_free(obs);
	source_close(&src);
	return rc;
}

static enum rc
check(const struct call *c, bool *attention, struct err *e)
{
	struct instrument *in = NULL;
	struct mapping *m = NULL;
	enum rc rc = table_mapping_file(c->args[1], &m, e);

	if (rc == RC_OK)
		rc = load_instrument(c, m->instrument, &in, e);
	if (rc == RC_OK)
		rc = table_mapping_fits(m, c->args[1], in, e);
	if (rc == RC_OK)
		say("%s: mapping %s, version %s, for %s; no fault.\n",
		    c->args[1], m->id, m->version, in->id);
	if (rc == RC_OK && c->nargs == 3)
		rc = try_return(c, m, in, attention, e);
	instrument_free(in);
	mapping_free(m);
	return rc;
}

/* ---- in a store ---- */

static bool
list_one(const char *id, const char *text, size_t n, void *ctx)
{
	struct mapping *m;
	struct faults f;

	faults_init(&f, id);
	m = mapping_parse(text, n, &f);
	faults_release(&f);
	if (m == NULL)
		return true;
	say("%s  version %s, %s form%s%s\n", m->id, m->version,
	    m->wide ? "wide" : "long", m->agency[0] != '\0' ? ", of " : "",
	    m->agency);
	mapping_free(m);
	++*(size_t *)ctx;
	return true;
}

static enum rc
list(const struct call *c, struct err *e)
{
	struct store *s = NULL;
	size_t n = 0;
	enum rc rc = unlock_store(c, c->args[1], &s, e);

	if (rc == RC_OK)
		rc = store_mappings(s, list_one, &n, e);
	if (rc == RC_OK && n == 0)
		say("No mapping is kept.\n");
	store_close(s);
	return rc;
}

static enum rc
keep(const struct call *c, struct err *e)
{
	struct store *s = NULL;
	struct mapping *m = NULL;
	char *text = NULL;
	size_t n = 0;
	enum rc rc = table_mapping_file(c->args[2], &m, e);

	if (rc == RC_OK)
		rc = file_read(c->args[2], MAPPING_BYTES_MAX, &text, &n, e);
	if (rc == RC_OK)
		rc = unlock_store(c, c->args[1], &s, e);
	if (rc == RC_OK)
		rc = store_mapping_keep(s, text, n, e);
	if (rc == RC_OK)
		say("%s, version %s, is kept.\n", m->id, m->version);
	store_close(s);
	free(text);
	mapping_free(m);
	return rc;
}

static enum rc
mapping_run(const struct call *c, bool *attention, struct err *e)
{
	const char *what = c->args[0];

	if (strcmp(what, "guess") == 0 && c->nargs == 2)
		return guess(c, e);
	if (strcmp(what, "check") == 0)
		return check(c, attention, e);
	if (strcmp(what, "list") == 0 && c->nargs == 2)
		return list(c, e);
	if (strcmp(what, "keep") == 0 && c->nargs == 3)
		return keep(c, e);
	return err_set(e, RC_USAGE, "expected guess FILE.csv, check FILE "
	    "[FILE.csv], list STORE or keep STORE FILE");
}
