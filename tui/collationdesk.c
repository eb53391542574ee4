/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/collationdesk.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/population.h"
#include "core/rights.h"
#include "core/standards.h"
#include "core/xalloc.h"
#include "db/reportneeds.h"
#include "db/returns.h"
#include "db/watch.h"
#include "exchange/file.h"
#include "exchange/leave.h"
#include "exchange/reportout.h"
#include "tui/pathcomplete.h"

#define CONTENT_BYTES_MAX ((size_t)1 << 20)

struct collation_desk *
collation_desk_new(struct session *s)
{
	struct collation_desk *d = xcalloc(1, sizeof(*d));

	d->s = s;
	str_init(&d->choice);
	return d;
}

void
collation_desk_free(struct collation_desk *d)
{
	if (d == NULL)
		return;
	population_free(d->population);
	json_decref(d->extra);
	free(d->standards);
	str_release(&d->choice);
	free(d);
}

enum rc
collationdesk_returns(void *ctx, return_fn fn, void *fnctx, struct err *e)
{
	struct collation_desk *d = ctx;
	struct store *st = session_store(d->s);

	if (st == NULL)
		return err_set(e, RC_REFUSED, "The store is locked. Unlock it "
		    "first.");
	return store_returns(st, fn, fnctx, e);
}

/* ---- what reports need ---- */

static enum rc
parse_population(const char *text, size_t n, const char *name,
    struct population **out, struct err *e)
{
	struct faults faults;
	enum rc rc = RC_OK;

	faults_init(&faults, name);
	*out = population_parse(text, n, &faults);
	if (*out == NULL)
		rc = faults_result(&faults, e);
	faults_release(&faults);
	return rc;
}

static enum rc
parse_standards(const char *text, size_t n, const char *name, struct err *e)
{
	struct standards *s;
	struct faults faults;
	enum rc rc;

	faults_init(&faults, name);
	s = standards_parse(text, n, &faults);
	rc = faults_result(&faults, e);
	standards_free(s);
	faults_release(&faults);
	return rc;
}

static enum rc
content(const struct collation_desk *d, const char *name, char **text,
    size_t *n, struct err *e)
{
	struct str path;
	enum rc rc;

	str_init(&path);
	str_add_fmt(&path, "%s/%s", session_content_dir(d->s), name);
	rc = file_read(path.s, CONTENT_BYTES_MAX, text, n, e);
	str_release(&path);
	return rc;
}

/* A board need not have one of its own. */
static void
look_for_population(struct collation_desk *d)
{
	static const char name[] = "population/local.yaml";
	char *text = NULL;
	size_t n;
	enum rc rc = content(d, name, &text, &n, &d->unpeopled);

	if (rc == RC_OK)
		rc = parse_population(text, n, name, &d->population,
		    &d->unpeopled);
	if (rc == RC_OK || rc == RC_NOTFOUND)
		err_clear(&d->unpeopled);
	free(text);
}

static void
look_for_standards(struct collation_desk *d)
{
	static const char name[] = "standards/nine-foundations.yaml";
	char *text = NULL;
	size_t n;
	enum rc rc = content(d, name, &text, &n, &d->unruled);

	if (rc == RC_OK)
		rc = parse_standards(text, n, name, &d->unruled);
	if (rc == RC_OK) {
		err_clear(&d->unruled);
		d->standards = text;
	} else {
		free(text);
	}
}

static void
look(struct collation_desk *d)
{
	if (d->looked)
		return;
	d->looked = true;
	look_for_population(d);
	look_for_standards(d);
}

static enum rc
faultless(const struct collation_desk *d, const struct report_def *def,
    struct err *e)
{
	const struct err *fault = &d->unpeopled;

	if (strcmp(def->name, "nine-foundations") == 0)
		fault = &d->unruled;
	else if (!def->population)
		return RC_OK;
	if (fault->rc != RC_OK)
		*e = *fault;
	return fault->rc;
}

enum rc
collationdesk_needs(void *ctx, const struct collation_wish *w,
    struct report_needs *out, struct err *e)
{
	struct collation_desk *d = ctx;
	unsigned what = w->def->personal ? EXTRA_CHILDREN : 0;
	enum rc rc;

	if (session_store(d->s) == NULL)
		return err_set(e, RC_REFUSED, "The store is locked. Unlock it "
		    "first.");
	look(d);
	rc = faultless(d, w->def, e);
	if (rc != RC_OK)
		return rc;
	if (w->whole && strcmp(w->def->name, "cin-factors") == 0)
		what |= EXTRA_REFERENCES;
	json_decref(d->extra);
	d->extra = NULL;
	rc = store_report_extra(session_store(d->s), w->facts, what,
	    &d->extra, e);
	out->population = d->population;
	out->standards = d->standards;
	out->extra = d->extra;
	return rc;
}

enum rc
collationdesk_population(void *ctx, const char *path, struct err *e)
{
	struct collation_desk *d = ctx;
	struct population *p = NULL;
	char *text = NULL;
	size_t n;
	enum rc rc = RC_OK;

	look(d);
	if (*path != '\0')
		rc = session_may_read(d->s, path, e);
	if (rc == RC_OK && *path != '\0')
		rc = file_read(path, CONTENT_BYTES_MAX, &text, &n, e);
	if (rc == RC_OK && text != NULL)
		rc = parse_population(text, n, path, &p, e);
	free(text);
	if (rc != RC_OK)
		return rc;
	population_free(d->population);
	d->population = p;
	err_clear(&d->unpeopled);
	return RC_OK;
}

bool
collationdesk_path(void *ctx, const char *text, size_t i, struct str *out)
{
	(void)ctx;
	return path_complete(text, i, out);
}

/* ---- what can tell who a child is ---- */

enum rc
collationdesk_may_tell(void *ctx, struct err *e)
{
	struct collation_desk *d = ctx;
	struct store *st = session_store(d->s);

	return st != NULL ? right_check(store_role(st), RIGHT_EXPORT, e) :
	    err_set(e, RC_REFUSED, "The store is locked. Unlock it first.");
}

enum rc
collationdesk_tell(void *ctx, const struct collation_telling *t,
    struct err *e)
{
	struct collation_desk *d = ctx;
	struct look_note note = {.what = LOOK_EXPORT, .count = t->facts->n,
	    .reason = t->reason};
	struct str words;
	enum rc rc = collationdesk_may_tell(d, e);

	if (rc == RC_OK)
		rc = leave_reason_check(t->reason, e);
	if (rc != RC_OK)
		return rc;
	str_init(&words);
	report_entry_words(t->def, true, &words);
	note.words = words.s;
	rc = store_look(session_store(d->s), &note, e);
	str_release(&words);
	return rc;
}

/* ---- a report that leaves ---- */

/* The file is made, an entry says that it left, then its bytes are written. */
enum rc
collationdesk_write(void *ctx, const struct collation_write *w,
    struct err *e)
{
	struct collation_desk *d = ctx;
	struct store *st = session_store(d->s);
	struct archive_member m = {.name = w->def->name};
	struct leaving l = {.reason = w->reason,
	    .path = w->path, .now = session_now(d->s)};
	struct report_order o = {.def = w->def, .now = l.now};
	struct str made, out, unknown, what;
	enum rc rc;

	if (st == NULL)
		return err_set(e, RC_REFUSED, "The store is locked. Unlock it "
		    "first.");
	if (!leave_format_find(w->format, &o.format))
		return err_set(e, RC_USAGE, "there is no format %s",
		    w->format);
	str_init(&made);
	str_init(&out);
	str_init(&unknown);
	str_init(&what);
	report_entry_words(w->def, w->whole, &what);
	l.what = what.s;
	leave_made(&made, session_user(d->s), l.now, w->reason);
	o.made = made.s;
	rc = leave_reason_check(w->reason, e);
	if (rc == RC_OK)
		rc = report_bytes(w->report, &o, &out, &unknown, e);
	m.bytes = out.s;
	m.n = out.len;
	if (rc == RC_OK)
		rc = leave(st, &l, &m, 1, e);
	str_release(&made);
	str_release(&out);
	str_release(&unknown);
	str_release(&what);
	return rc;
}
