/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a case to the bytes that leave: what is chosen, and what it becomes.
 */
#include "config.h"

#include "exchange/leave.h"

#include <stdlib.h>
#include <string.h>

#include "core/chronology.h"
#include "core/paper_case.h"
#include "core/paper_chronology.h"
#include "core/xalloc.h"
#include "exchange/casecsv.h"
#include "exchange/casejson.h"

void
leave_words(const struct leave_order *o, struct str *out)
{
	if (o->what == LEAVE_ENTRY)
		record_title(o->record, NULL, out);
	else
		str_add(out, o->what == LEAVE_CASE ? "the whole case" :
		    "the chronology");
}

void
leave_name(const struct leave_order *o, struct str *out)
{
	const char *kind = o->what == LEAVE_CASE ? "case" : "chronology";

	/* A kind of a newer version may be named as it likes. */
	if (o->what == LEAVE_ENTRY)
		kind = o->record->kind != NULL ? o->record->kind->name :
		    "entry";
	str_add_fmt(out, "%s.%s", kind, leave_format_suffix(o->format));
}

/* ---- papers ---- */

static void
make_chronology(struct paper *p, const struct reading *g, const char *made)
{
	struct chronology all;
	const struct chronology_print print = {.reading = g, .all = &all};

	chronology_make(g->c, &all);
	paper_init(p, "Chronology", g->c->reference,
	    paper_classification(g->c), made);
	paper_chronology(p, &print);
	chronology_release(&all);
}

static enum rc
make_paper(const struct reading *g, const struct leave_order *o,
    struct str *out, struct str *unknown, struct err *e)
{
	struct paper p;
	enum rc rc;

	if (o->what == LEAVE_CASE)
		paper_case(&p, g, o->now, o->made);
	else if (o->what == LEAVE_CHRONOLOGY)
		make_chronology(&p, g, o->made);
	else
		paper_entry(&p, g, o->record, o->made);
	rc = leave_paper(&p, o->format, o->now, out, unknown, e);
	paper_release(&p);
	return rc;
}

/* ---- rows and objects ---- */

struct picked {
	const struct record **r;
	size_t n;
};

static void
pick(struct picked *p, const struct record *r)
{
	p->r[p->n++] = r;
}

static struct picked
pick_records(const struct casefile *c, const struct leave_order *o)
{
	struct picked p = {xreallocarray(NULL, c->nrecords + 1,
	    sizeof(const struct record *)), 0};
	struct chronology all;

	if (o->what == LEAVE_CHRONOLOGY) {
		chronology_make(c, &all);
		for (size_t i = 0; i < all.n; i++)
			pick(&p, all.rows[i].record);
		chronology_release(&all);
		return p;
	}
	if (o->what == LEAVE_ENTRY)
		pick(&p, o->record);
	for (size_t i = 0; i < c->nrecords; i++)
		if (o->what == LEAVE_CASE || (record_stands(c->records[i]) &&
		    record_belongs(c->records[i], o->record)))
			pick(&p, c->records[i]);
	return p;
}

static enum rc
take_json(json_t *json, struct str *out, struct err *e)
{
	char *text = json != NULL ? json_dumps(json, JSON_INDENT(2) |
	    JSON_SORT_KEYS | JSON_ENSURE_ASCII) : NULL;

	json_decref(json);
	if (text == NULL)
		return err_set(e, RC_NOMEM, "no memory for the case as JSON");
	str_add(out, text);
	str_add_char(out, '\n');
	free(text);
	return RC_OK;
}

enum rc
leave_bytes(const struct store *s, const struct reading *g,
    const struct leave_order *o, struct str *out, struct str *unknown,
    struct err *e)
{
	struct picked p;
	enum rc rc = RC_OK;

	if (o->format == LEAVE_TEXT || o->format == LEAVE_PDF)
		return make_paper(g, o, out, unknown, e);
	if (o->format == LEAVE_JSON && o->what == LEAVE_CASE)
		return take_json(case_json(s, g->c, moment_day(o->now)), out,
		    e);
	p = pick_records(g->c, o);
	if (o->format == LEAVE_CSV)
		records_csv(g, p.r, p.n, out);
	else
		rc = take_json(records_json(s, g->c, p.r, p.n), out, e);
	free(p.r);
	return rc;
}
