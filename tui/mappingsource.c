/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An agency's file, and the session's store that it is taken into.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/clock.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "db/returns.h"
#include "exchange/guess.h"
#include "exchange/hashed.h"
#include "exchange/importrun.h"
#include "tui/app.h"
#include "tui/collation.h"
#include "tui/mappingscreen_impl.h"
#include "tui/session.h"

#define TRIAL_ROWS 200
#define FAULTS_KEPT 10000

struct intake {
	struct session *s;	/* borrowed */
	char *path;		/* owned */
};

static enum rc
want_store(const struct intake *t, struct store **out, struct err *e)
{
	*out = session_store(t->s);
	if (*out != NULL)
		return RC_OK;
	return err_set(e, RC_REFUSED, "The store is locked. Unlock it first.");
}

static const struct instrument *
instrument(void *ctx)
{
	return session_instrument(((struct intake *)ctx)->s);
}

static const char *
file_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* A file that cannot be read is no half of one: that is said with why. */
static enum rc
nothing_taken(struct err *e)
{
	struct err why = *e;
	size_t n = strlen(why.text);

	if (why.rc == RC_INPUT)
		(void)!err_set(e, why.rc, "%.*s; nothing was taken in",
		    (int)(n > 0 && why.text[n - 1] == '.' ? n - 1 : n),
		    why.text);
	return why.rc;
}

/* ---- the first rows ---- */

/* Out takes what was guessed. */
static void
take_guess(struct guess *g, struct return_sheet *out)
{
	out->m = g->m;
	out->doubts = g->doubts;
	out->ndoubts = g->n;
	out->capdoubts = g->cap;
	out->rows = g->rows;
	out->nrows = g->nrows;
	out->caprows = g->caprows;
	out->ncolumns = g->ncolumns;
	out->encoding = g->encoding;
	g->m = NULL;
	g->doubts = NULL;
	g->rows = NULL;
	g->encoding = NULL;
	g->n = g->nrows = 0;
}

static enum rc
guess(struct intake *t, const char *encoding, struct return_sheet *out,
    struct err *e)
{
	struct guess_opts o = {.instrument = session_instrument(t->s),
	    .encoding = encoding, .today = session_today(t->s)};
	struct guess *g = NULL;
	struct source src;
	enum rc rc;

	if (o.instrument == NULL)
		return err_set(e, RC_NOTFOUND, "The store has no checklist; "
		    "adopt one first.");
	rc = source_open_file(&src, t->path, e);
	if (rc != RC_OK)
		return rc;
	rc = mapping_guess(&src, &o, &g, e);
	source_close(&src);
	if (rc == RC_OK) {
		take_guess(g, out);
		guess_free(g);
	}
	return rc;
}

/* Kept mappings that have a word for each column, and no other column. */
struct remembering {
	const struct return_sheet *sheet;
	struct mapping *found;	/* the first of them */
	size_t fitting;
};

static bool
fits(const struct mapping *m, const struct return_sheet *sheet)
{
	size_t said = m->items.n + m->nignore;
	enum map_field f;
	const char *item;

	for (int i = 0; i < MAP_FIELDS; i++)
		said += m->columns[i] != NULL;
	for (size_t i = 0; i < sheet->ncolumns; i++)
		if (mapping_column_is(m, sheet->rows[0][i], &f, &item) ==
		    COLUMN_UNSAID)
			return false;
	return said <= sheet->ncolumns;
}

static bool
try_kept(const char *id, const char *text, size_t n, void *ctx)
{
	struct remembering *r = ctx;
	struct mapping *m;
	struct faults f;

	faults_init(&f, id);
	m = mapping_parse(text, n, &f);
	faults_release(&f);
	if (m == NULL || !fits(m, r->sheet)) {
		mapping_free(m);
		return true;
	}
	r->fitting++;
	if (r->found == NULL)
		r->found = m;
	else
		mapping_free(m);
	return true;
}

static bool
has_marks(const struct return_sheet *sheet)
{
	for (size_t i = 0; i < sheet->nrows; i++)
		for (size_t k = 0; k < sheet->ncolumns; k++)
			for (const char *s = sheet->rows[i][k]; *s != '\0';
			    s++)
				if ((unsigned char)*s >= 0x80)
					return true;
	return false;
}

static bool
is_wide(const char *encoding)
{
	return strncasecmp(encoding, "utf-16", 6) == 0;
}

/*
 * An agency's system may write this week in another encoding than last: what
 * this file's bytes say goes before what was kept, except between the old
 * encodings, of which a person may have chosen one.
 */
static bool
is_other_encoding(const struct mapping *kept, const struct return_sheet *now)
{
	const char *was = kept->encoding, *is = now->m->encoding;

	if (is_wide(was) || is_wide(is))
		return is_wide(was) != is_wide(is);
	return (*was == '\0') != (*is == '\0') && has_marks(now);
}

/* Several agencies may have one system: then nobody knows whose this is. */
static void
remember(struct remembering *r, bool asked, struct return_sheet *out)
{
	if (asked || is_other_encoding(r->found, out))
		mapping_text_set(&r->found->encoding, out->m->encoding);
	if (r->fitting > 1) {
		mapping_text_set(&r->found->agency, "");
		mapping_text_set(&r->found->id, "");
	}
	mapping_free(out->m);
	out->m = r->found;
	if (r->fitting == 1)
		out->remembered = xstrdup(r->found->id);
	for (size_t i = 0; i < out->ndoubts; i++)
		free(out->doubts[i]);
	out->ndoubts = 0;
}

static enum rc
sheet(void *ctx, const char *encoding, struct return_sheet *out,
    struct err *e)
{
	struct intake *t = ctx;
	struct remembering r = {out, NULL, 0};
	struct store *st;
	enum rc rc = want_store(t, &st, e);

	if (rc == RC_OK)
		rc = guess(t, encoding, out, e);
	if (rc == RC_OK)
		rc = store_mappings(st, try_kept, &r, e);
	if (rc != RC_OK)
		return nothing_taken(e);
	if (r.found != NULL)
		remember(&r, encoding != NULL, out);
	return RC_OK;
}

/* ---- the mapping ---- */

/* As a file would have it, with its hash and every check. */
static enum rc
settled(struct intake *t, const struct mapping *m, struct mapping **out,
    struct err *e)
{
	const struct instrument *in = session_instrument(t->s);
	struct faults f;
	struct str text;
	enum rc rc = RC_OK;

	str_init(&text);
	mapping_write(m, &text);
	faults_init(&f, *m->id != '\0' ? m->id : "mapping");
	*out = mapping_parse(text.s, text.len, &f);
	if (*out == NULL || in == NULL || !mapping_check(*out, in, &f)) {
		mapping_free(*out);
		*out = NULL;
		rc = f.n > 0 ? err_set(e, RC_INPUT, "%s", f.list[0].text) :
		    err_set(e, RC_INPUT, "The mapping cannot be used yet.");
	}
	faults_release(&f);
	str_release(&text);
	return rc;
}

static void
note_fault(struct return_trial *out, const struct err *e)
{
	const char *row = strstr(e->text, ": row ");

	if (out->fault.len == 0)
		str_add(&out->fault, row != NULL ? row + 2 : e->text);
}

static enum rc
try_rows(struct obs *o, struct return_trial *out, struct err *e)
{
	const struct obs_row *row;
	enum rc rc;

	while (out->rows < TRIAL_ROWS) {
		rc = obs_next(o, &row, e);
		if (rc == RC_OK && row == NULL)
			break;
		out->rows++;
		out->taken += rc == RC_OK;
		if (rc == RC_INPUT)
			note_fault(out, e);
		if (rc != RC_OK && (rc != RC_INPUT ||
		    !csv_can_go_on(obs_csv(o))))
			return rc;
	}
	err_clear(e);
	return RC_OK;
}

static enum rc
attempt(void *ctx, const struct mapping *m, struct return_trial *out,
    struct err *e)
{
	struct intake *t = ctx;
	struct obs_opts o = {.instrument = session_instrument(t->s),
	    .latest = session_today(t->s), .whole = true};
	struct mapping *whole = NULL;
	struct obs *obs = NULL;
	struct source src;
	enum rc rc = settled(t, m, &whole, e);

	if (rc == RC_OK && *m->agency == '\0' &&
	    m->columns[MAP_AGENCY] == NULL)
		rc = err_set(e, RC_INPUT, "Whose return it is is not said "
		    "yet: Enter on the line Agency, or on the column that "
		    "names it.");
	if (rc != RC_OK) {
		mapping_free(whole);
		return rc;
	}
	o.mapping = whole;
	o.csv.lenient = true;
	rc = source_open_file(&src, t->path, e);
	if (rc == RC_OK) {
		rc = obs_open(&src, &o, &obs, e);
		if (rc == RC_OK)
			rc = try_rows(obs, out, e);
		obs_free(obs);
		source_close(&src);
	}
	mapping_free(whole);
	return rc;
}

static enum rc
keep(void *ctx, const struct mapping *m, struct err *e)
{
	struct intake *t = ctx;
	struct mapping *whole = NULL;
	struct store *st;
	struct str text;
	enum rc rc = want_store(t, &st, e);

	if (rc == RC_OK)
		rc = settled(t, m, &whole, e);
	if (rc != RC_OK)
		return rc;
	str_init(&text);
	mapping_write(whole, &text);
	rc = store_mapping_keep(st, text.s, text.len, e);
	if (rc == RC_EXISTS) {
		err_clear(e);
		rc = RC_OK;
	}
	str_release(&text);
	mapping_free(whole);
	return rc;
}

/* ---- the whole file ---- */

struct running {
	struct app *app;
	struct return_result *out;
};

static void
progress(uint64_t done, uint64_t all, void *ctx)
{
	const struct running *r = ctx;

	(void)app_progress(r->app, "Reading the return", (size_t)done,
	    (size_t)all);
}

static void
fault(const char *text, void *ctx)
{
	struct running *r = ctx;
	const char *row = strstr(text, ": row ");

	if (r->out->nfaults >= FAULTS_KEPT)
		return;
	r->out->faults = vec_room(r->out->faults, r->out->nfaults,
	    &r->out->capfaults, sizeof(*r->out->faults));
	r->out->faults[r->out->nfaults++] = xstrdup(row != NULL ? row + 2 :
	    text);
}

static void
agency_done(const struct importrun_agency *a, void *ctx)
{
	struct running *r = ctx;
	struct str line;

	str_init(&line);
	str_add_fmt(&line, "%s%s: %llu row%s, %llu added, %llu struck, %llu "
	    "of them of another sender", a->name, a->sends ?
	    ", which sends returns of its own" : "",
	    (unsigned long long)a->rows, a->rows == 1 ? "" : "s",
	    (unsigned long long)a->added, (unsigned long long)a->struck,
	    (unsigned long long)a->others);
	if (a->refused > 0)
		str_add_fmt(&line, ", %llu refused",
		    (unsigned long long)a->refused);
	r->out->agencies = vec_room(r->out->agencies, r->out->nagencies,
	    &r->out->capagencies, sizeof(*r->out->agencies));
	r->out->agencies[r->out->nagencies++] = str_take(&line);
}

/* What came before of the same bytes. */
static void
tell_before(const struct importrun_totals *n, struct return_result *out)
{
	char when[SPAN_WORDS_MAX];
	struct str words;

	str_init(&words);
	if (n->again) {
		moment_words(n->before_at, when);
		str_add_fmt(&words, "The file came before, on %s: ", when);
		importrun_again(n, &words);
		str_add_char(&words, '.');
		out->before = str_take(&words);
	}
	if (n->other_agency[0] != '\0') {
		moment_words(n->other_at, when);
		str_init(&words);
		str_add_fmt(&words, "The file came before, on %s, as a return "
		    "of %s: all of it would stand twice.", when,
		    n->other_agency);
		out->twice = str_take(&words);
	}
	str_release(&words);
}

static void
count(const struct importrun_totals *n, struct return_result *out)
{
	out->others = n->others;
	out->refused = n->refused;
	out->left = n->left;
	out->rows = n->rows;
	out->bad = n->bad;
	out->added = n->added;
	out->known = n->known;
	out->struck = n->struck;
	out->passed = n->passed;
	out->vanished = n->vanished;
	out->children = n->children;
	out->opened = n->opened;
	out->already = n->already;
}

static enum rc
run_file(struct intake *t, struct store *st, struct importrun_opts *o,
    struct importrun_totals *n, struct err *e)
{
	char hex[HASHED_HEX];
	struct source src;
	enum rc rc = hashed_file(t->path, hex, e);

	if (rc == RC_OK)
		rc = source_open_file(&src, t->path, e);
	if (rc != RC_OK)
		return rc;
	o->hash = hex;
	rc = importrun(st, &src, o, n, e);
	source_close(&src);
	if (rc == RC_EXISTS && n->already) {
		err_clear(e);
		rc = RC_OK;
	}
	return rc;
}

static enum rc
run(void *ctx, struct app *app, const struct mapping *m, unsigned how,
    struct return_result *out, struct err *e)
{
	struct intake *t = ctx;
	const struct rng *rng = session_rng(t->s);
	struct running r = {app, out};
	struct importrun_totals n = {.rows = 0};
	struct importrun_opts o = {
		.instrument = session_instrument(t->s),
		.today = session_today(t->s), .file = file_of(t->path),
		.progress = progress, .progress_ctx = &r,
		.dry = (how & RETURN_DRY) != 0, .fault = fault,
		.agency_done = agency_done, .ctx = &r,
		.overrule = (how & RETURN_OVERRULE) != 0,
		.overrule_how = "o",
	};
	struct mapping *whole = NULL;
	struct store *st;
	enum rc rc = want_store(t, &st, e);

	if (rc == RC_OK)
		rc = settled(t, m, &whole, e);
	if (rc != RC_OK)
		return rc;
	o.mapping = whole;
	rng->fill(rng->ctx, &o.seed, sizeof(o.seed));
	rc = run_file(t, st, &o, &n, e);
	count(&n, out);
	if (rc == RC_OK && !out->already)
		tell_before(&n, out);
	mapping_free(whole);
	return rc == RC_OK ? rc : nothing_taken(e);
}

/* ---- what is said before it is kept ---- */

#define DRAFT "mapping"

static enum rc
draft_save(void *ctx, const char *text, struct err *e)
{
	return session_draft_save(((struct intake *)ctx)->s, DRAFT, text, e);
}

static enum rc
draft_load(void *ctx, char **text, struct err *e)
{
	return session_draft_load(((struct intake *)ctx)->s, DRAFT, text, e);
}

static void
destroy(void *ctx)
{
	struct intake *t = ctx;

	free(t->path);
	free(t);
}

struct pane *
mapping_screen_new(struct session *s, const char *path, struct err *e)
{
	static const struct return_source_ops ops = {
		sheet, attempt, keep, run, instrument, draft_save, draft_load,
		destroy,
	};
	struct mappingscreen_opts o = {.ops = &ops, .file = file_of(path)};
	struct source src;
	struct intake *t;

	if (source_open_file(&src, path, e) != RC_OK)
		return NULL;
	source_close(&src);
	t = xcalloc(1, sizeof(*t));
	t->s = s;
	t->path = xstrdup(path);
	o.ctx = t;
	return mappingscreen_new(&o);
}
