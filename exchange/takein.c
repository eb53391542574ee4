/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/takein.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "db/returned.h"
#include "db/returns.h"
#include "exchange/obs_header.h"

#define ROW_MAX 120u
#define AGENCY_MAX 120u
#define SEVERAL "several agencies"

struct takein {
	struct store *store;
	const struct importrun_opts *opts;
	struct returned *rows;	/* NULL: none came before */
	char agency[AGENCY_MAX + 1];	/* "" until the first row */
	uint64_t *files;	/* earlier returns that rows came back of */
	size_t nfiles, capfiles;
};

/* ---- what came before ---- */

struct before {
	const struct importrun_opts *opts;
	const char *agency;	/* NULL: any */
	bool any;		/* one of this agency */
	bool same;		/* this file by this mapping */
	int64_t at;
};

static bool
look_before(const struct return_row *r, void *ctx)
{
	struct before *b = ctx;

	b->any |= b->agency == NULL || strcmp(r->agency, b->agency) == 0 ||
	    strcmp(r->agency, SEVERAL) == 0;
	if (strcmp(r->hash, b->opts->hash) == 0 &&
	    strcmp(r->mapping_hash, b->opts->mapping->hash) == 0) {
		b->same = true;
		b->at = r->at;
	}
	return !b->same;
}

static enum rc
already(const struct before *b, struct err *e)
{
	char when[SPAN_WORDS_MAX];

	moment_words(b->at, when);
	return err_set(e, RC_EXISTS, "%s was taken in on %s, just as it is; "
	    "it adds nothing", b->opts->file, when);
}

/* The one agency that every row is of, or NULL. */
static const char *
only_agency(const struct importrun_opts *o)
{
	if (o->mapping->columns[MAP_AGENCY] != NULL)
		return NULL;
	return o->mapping->agency[0] != '\0' ? o->mapping->agency :
	    o->agency;
}

enum rc
takein_open(struct store *s, const struct importrun_opts *opts,
    struct takein **out, struct err *e)
{
	struct before b = {.opts = opts, .agency = only_agency(opts)};
	struct takein *t;
	enum rc rc = store_returns(s, look_before, &b, e);

	*out = NULL;
	if (rc != RC_OK)
		return rc;
	if (b.same)
		return already(&b, e);
	t = calloc(1, sizeof(*t));
	if (t == NULL)
		return err_set(e, RC_NOMEM, "no memory to take in a return");
	t->store = s;
	t->opts = opts;
	/*
	 * Rows without a reference of their own may say the same twice, which
	 * only what was added in this run tells.
	 */
	if (b.any || opts->mapping->columns[MAP_ROW] == NULL)
		rc = store_returned(s, b.agency, &t->rows, e);
	if (rc != RC_OK)
		takein_free(t);
	else
		*out = t;
	return rc;
}

void
takein_free(struct takein *t)
{
	if (t == NULL)
		return;
	returned_free(t->rows);
	free(t->files);
	free(t);
}

/* ---- rows ---- */

/* The agency's own reference, or one made of what the row is about. */
static bool
row_reference(const struct obs *o, const struct obs_row *row,
    const struct obs_mark *mark, const struct instrument *in,
    char out[ROW_MAX + 1])
{
	struct slice own = obs_cell(o, OBS_ROW);
	struct slice child = obs_cell(o, OBS_CHILD);
	char on[SPAN_TEXT_MAX];
	int n;

	if (obs_has(o, OBS_ROW)) {
		n = snprintf(out, ROW_MAX + 1, "%.*s", (int)own.n, own.s);
		return own.n != 0 && n >= 0 && (size_t)n <= ROW_MAX;
	}
	span_format(&row->on, on);
	n = snprintf(out, ROW_MAX + 1, "%.*s/%s/%s", (int)child.n, child.s,
	    in->items[mark->item].id, on);
	return n >= 0 && (size_t)n <= ROW_MAX;
}

static enum rc
bad_reference(const struct obs *o, struct err *e)
{
	if (obs_has(o, OBS_ROW) && obs_cell(o, OBS_ROW).n == 0)
		return obs_fail(o, OBS_ROW, e, "the cell is empty; expected "
		    "the agency's own reference of the row");
	return obs_fail(o, OBS_ROW, e, "the row's reference is longer than "
	    "%u bytes", ROW_MAX);
}

enum rc
takein_mark(const struct takein *t, const struct obs *o,
    const struct obs_row *row, const struct obs_mark *mark,
    struct entry_draft *d, struct err *e)
{
	char ref[ROW_MAX + 1];

	if (!row_reference(o, row, mark, t->opts->instrument, ref))
		return bad_reference(o, e);
	if (json_object_set_new(d->body, "row", json_string(ref)) != 0 ||
	    json_object_set_new(d->body, "return",
	    json_string(t->opts->hash)) != 0)
		return err_set(e, RC_NOMEM, "no memory for an observation");
	return RC_OK;
}

/* Rows of this earlier return came back, so that others could have too. */
static enum rc
note_file(struct takein *t, uint64_t file, struct err *e)
{
	size_t cap = t->capfiles == 0 ? 16 : 2 * t->capfiles;
	uint64_t *more;

	for (size_t i = t->nfiles; i > 0; i--)
		if (t->files[i - 1] == file)
			return RC_OK;
	if (t->nfiles == t->capfiles) {
		more = realloc(t->files, cap * sizeof(*more));
		if (more == NULL)
			return err_set(e, RC_NOMEM, "no memory for returns");
		t->files = more;
		t->capfiles = cap;
	}
	t->files[t->nfiles++] = file;
	return RC_OK;
}

/* The agency of the return as a whole. */
static void
note_agency(struct takein *t, struct slice agency)
{
	size_t n = agency.n < AGENCY_MAX ? agency.n : AGENCY_MAX;

	if (t->agency[0] == '\0') {
		memcpy(t->agency, agency.s, n);
		t->agency[n] = '\0';
	} else if (strlen(t->agency) != n ||
	    memcmp(t->agency, agency.s, n) != 0) {
		(void)snprintf(t->agency, sizeof(t->agency), SEVERAL);
	}
}

static enum rc
see(struct takein *t, const struct obs *o, const struct obs_row *row,
    const struct obs_mark *mark, struct err *e)
{
	char ref[ROW_MAX + 1], agency[AGENCY_MAX + 1];
	struct returned_row *r;
	enum rc rc = RC_OK;

	if (!row_reference(o, row, mark, t->opts->instrument, ref))
		return bad_reference(o, e);
	(void)snprintf(agency, sizeof(agency), "%.*s", (int)row->agency.n,
	    row->agency.s);
	for (r = returned_first(t->rows, agency, ref);
	    r != NULL && rc == RC_OK; r = returned_next(t->rows, r)) {
		rc = r->seen ? RC_OK : note_file(t, r->file, e);
		r->seen = true;
	}
	return rc;
}

enum rc
takein_row(struct takein *t, const struct obs *o, const struct obs_row *row,
    struct err *e)
{
	struct obs_mark none = {0, ANSWER_NOT_ASKED, 0};
	enum rc rc = RC_OK;

	note_agency(t, row->agency);
	if (t->rows == NULL)
		return RC_OK;
	if (obs_has(o, OBS_ROW))
		return see(t, o, row, &none, e);
	for (size_t i = 0; i < row->nmarks && rc == RC_OK; i++)
		rc = see(t, o, row, &row->marks[i], e);
	return rc;
}

/*
 * What a person struck stays struck when the agency says it again; what only
 * an earlier return corrected may be said anew.
 */
bool
takein_knows(struct takein *t, const struct entry_draft *d)
{
	const char *agency, *row;
	unsigned char said[SAID_LEN];
	struct returned_row *r;
	bool known = false;

	if (t->rows == NULL || returned_count(t->rows) == 0)
		return false;
	agency = json_string_value(json_object_get(d->body, "agency"));
	row = json_string_value(json_object_get(d->body, "row"));
	if (agency == NULL || row == NULL)
		return false;
	returned_said(d, said);
	for (r = returned_first(t->rows, agency, row); r != NULL;
	    r = returned_next(t->rows, r))
		if (r->struck_by == 0 && memcmp(r->said, said, SAID_LEN) == 0) {
			r->kept = true;
			known = true;
		}
	return known;
}

enum rc
takein_added(struct takein *t, const struct obs *o,
    const struct entry_draft *d, const struct entry_id *id, struct err *e)
{
	return obs_has(o, OBS_ROW) ? RC_OK :
	    returned_note(t->rows, d, id, e);
}

/* ---- the end ---- */

static enum rc
strike(struct takein *t, const struct returned_row *r, struct err *e)
{
	struct entry_draft d = {r->case_id, "strike", span_none(), NULL};
	char hex[2 * ENTRY_ID_LEN + 1], reason[400];
	size_t len, bad;
	enum rc rc;

	hex_format(r->id.b, ENTRY_ID_LEN, hex);
	(void)snprintf(reason, sizeof(reason), "Corrected by the agency's "
	    "return of %.*s", utf8_cut(t->opts->file, 255), t->opts->file);
	len = strlen(reason);
	while (!utf8_valid(reason, len, &bad))
		reason[bad] = '?';
	d.body = json_pack("{s:s, s:s, s:s}", "target", hex, "reason",
	    reason, "return", t->opts->hash);
	rc = d.body != NULL ? store_bulk_add(t->store, &d, NULL, e) :
	    err_set(e, RC_NOMEM, "no memory for a correction");
	entry_draft_release(&d);
	return rc;
}

static bool
came_of(const struct takein *t, uint64_t file)
{
	for (size_t i = 0; i < t->nfiles; i++)
		if (t->files[i] == file)
			return true;
	return false;
}

static enum rc
settle_rows(struct takein *t, struct importrun_totals *totals,
    struct err *e)
{
	struct returned_row *r;
	enum rc rc = RC_OK;

	for (size_t i = 0; t->rows != NULL && i < returned_count(t->rows) &&
	    rc == RC_OK; i++) {
		r = returned_at(t->rows, i);
		if (r->kept || r->struck || r->shut)
			continue;
		if (r->seen) {
			totals->struck++;
			rc = strike(t, r, e);
		} else if (came_of(t, r->file)) {
			totals->vanished++;
			if (t->opts->vanished != NULL)
				t->opts->vanished(returned_text(t->rows, r),
				    t->opts->ctx);
		}
	}
	return rc;
}

enum rc
takein_end(struct takein *t, struct importrun_totals *totals, struct err *e)
{
	const struct mapping *m = t->opts->mapping;
	char mapping[160], file[256];
	struct return_row r = {.agency = t->agency, .file = file,
	    .hash = t->opts->hash, .mapping = mapping,
	    .mapping_hash = m->hash};
	enum rc rc = settle_rows(t, totals, e);

	if (rc != RC_OK)
		return rc;
	(void)snprintf(mapping, sizeof(mapping), "%.64s %.*s", m->id,
	    utf8_cut(m->version, 64), m->version);
	(void)snprintf(file, sizeof(file), "%.*s",
	    utf8_cut(t->opts->file, 255), t->opts->file);
	r.rows = totals->rows;
	r.bad = totals->bad;
	r.added = totals->added;
	r.known = totals->known;
	r.struck = totals->struck;
	/* Of a file without a good row nobody is named. */
	if (t->agency[0] == '\0')
		return RC_OK;
	return store_return_add(t->store, &r, e);
}
