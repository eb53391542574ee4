/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/collationdesk.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/population.h"
#include "core/xalloc.h"
#include "db/reportneeds.h"
#include "db/returns.h"
#include "db/watch.h"
#include "exchange/file.h"
#include "exchange/leave.h"
#include "exchange/reportout.h"

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

static char *
content(const struct collation_desk *d, const char *name, size_t *n)
{
	struct str path;
	char *text = NULL;
	struct err e;

	str_init(&path);
	str_add_fmt(&path, "%s/%s", session_content_dir(d->s), name);
	if (file_read(path.s, CONTENT_BYTES_MAX, &text, n, &e) != RC_OK)
		text = NULL;
	str_release(&path);
	return text;
}

static void
look(struct collation_desk *d)
{
	struct faults faults;
	size_t n;
	char *text = content(d, "population/local.yaml", &n);

	d->looked = true;
	if (text != NULL) {
		faults_init(&faults, "population/local.yaml");
		d->population = population_parse(text, n, &faults);
		faults_release(&faults);
		free(text);
	}
	d->standards = content(d, "standards/nine-foundations.yaml", &n);
}

/* Rows about children are not shown unless it was noted that they are. */
static bool
note_rows(struct collation_desk *d, const struct collation_wish *w)
{
	struct look_note note = {.what = LOOK_LIST, .count = w->facts->n};
	struct str words;
	struct err e;

	if (d->told == w->def)
		return true;
	str_init(&words);
	str_add_fmt(&words, "the report %s, with its cases", w->def->name);
	note.words = words.s;
	if (store_look(session_store(d->s), &note, &e) == RC_OK)
		d->told = w->def;
	str_release(&words);
	return d->told == w->def;
}

void
collationdesk_needs(void *ctx, const struct collation_wish *w,
    struct report_needs *out)
{
	struct collation_desk *d = ctx;
	unsigned what = w->def->personal ? EXTRA_CHILDREN : 0;
	struct err e;

	if (!d->looked)
		look(d);
	if (w->whole && strcmp(w->def->name, "cin-factors") == 0)
		what |= EXTRA_REFERENCES;
	json_decref(d->extra);
	d->extra = NULL;
	if (session_store(d->s) != NULL && (what == 0 || note_rows(d, w)))
		(void)!store_report_extra(session_store(d->s), w->facts, what,
		    &d->extra, &e);
	out->population = d->population;
	out->standards = d->standards;
	out->extra = d->extra;
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
	struct leaving l = {.what = w->def->title, .reason = w->reason,
	    .path = w->path, .now = session_now(d->s)};
	struct report_order o = {.def = w->def, .now = l.now};
	struct str made, out, unknown;
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
	return rc;
}
