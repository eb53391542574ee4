/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/importrun.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "core/kinds.h"
#include "core/utf8.h"
#include "exchange/children.h"
#include "exchange/hash.h"
#include "exchange/hashed.h"
#include "exchange/rowident.h"
#include "exchange/takein.h"

#define PROGRESS_ROWS 4096u
#define EVIDENCE_MAX 512u

/* What is kept of a child: its case. */
struct known_case {
	struct case_id id;
	bool found;
	bool fresh;		/* opened by this run */
	bool told, named;	/* an identity is there; one with a name */
	bool birth_left;
};

struct importrun {
	struct store *store;
	const struct importrun_opts *opts;
	struct importrun_totals *totals;
	struct children *children;
	struct obs *obs;
	struct takein *takein;	/* of a return; NULL: none */
};

static bool
set_text(json_t *body, const char *key, struct slice t)
{
	return t.n == 0 || json_object_set_new(body, key,
	    json_stringn(t.s, t.n)) == 0;
}

static enum rc
no_memory(struct err *e)
{
	return err_set(e, RC_NOMEM, "no memory for an observation");
}

/* Words for a tick of a table that has none of its own. */
static struct slice
evidence_of(const struct importrun *r, const struct obs_row *row,
    char made[EVIDENCE_MAX])
{
	size_t len, bad;

	if (row->evidence.n != 0 || (obs_form(r->obs) == OBS_LONG &&
	    obs_has(r->obs, OBS_EVIDENCE)))
		return row->evidence;
	if (r->takein != NULL)
		(void)snprintf(made, EVIDENCE_MAX, "As recorded in the "
		    "return of %.*s", (int)row->agency.n, row->agency.s);
	else
		(void)snprintf(made, EVIDENCE_MAX, "As recorded in %.*s by "
		    "%.*s", utf8_cut(r->opts->file, 200), r->opts->file,
		    (int)row->agency.n, row->agency.s);
	/* The name of a file may be in any charset, or cut where it is long. */
	len = strlen(made);
	while (!utf8_valid(made, len, &bad))
		made[bad] = '?';
	return (struct slice){made, (uint32_t)len};
}

static enum rc
make_observation(const struct importrun *r, const struct obs_row *row,
    const struct obs_mark *mark, struct entry_draft *d, struct err *e)
{
	const struct instrument *in = r->opts->instrument;
	char made[EVIDENCE_MAX];
	json_t *b = json_object();

	*d = (struct entry_draft){.kind = "observation", .on = row->on,
	    .body = b};
	if (b == NULL ||
	    json_object_set_new(b, "instrument", json_string(in->id)) != 0 ||
	    json_object_set_new(b, "indicator",
	    json_string(in->items[mark->item].id)) != 0 ||
	    json_object_set_new(b, "state",
	    json_string(answer_name(mark->state))) != 0 ||
	    !set_text(b, "agency", row->agency) ||
	    !set_text(b, "source", row->source) ||
	    !set_text(b, "evidence", evidence_of(r, row, made)))
		return no_memory(e);
	return r->takein == NULL ? RC_OK :
	    takein_mark(r->takein, r->obs, row, mark, d, e);
}

/* Adds an entry about a case; the draft is released whatever happens. */
static enum rc
add_draft(struct importrun *r, struct entry_draft *d, struct err *e)
{
	struct entry_id id;
	enum rc rc = d->body != NULL ?
	    store_bulk_add(r->store, d, &id, e) : no_memory(e);

	if (rc == RC_OK && r->takein != NULL &&
	    strcmp(d->kind, "observation") == 0)
		rc = takein_added(r->takein, r->obs, d, &id, e);
	entry_draft_release(d);
	return rc;
}

static struct entry_draft
make_open(const struct obs_row *row)
{
	json_t *b = json_object();

	if (b != NULL && !set_text(b, "reference", row->child)) {
		json_decref(b);
		b = NULL;
	}
	return (struct entry_draft){.kind = "open", .body = b,
	    .on = span_none()};
}

/*
 * Who a new case is about: its name, and with it the date of birth and the
 * agency whose row it is; of a return all that it says.  d->body is NULL when
 * nothing is known.
 */
static enum rc
make_identity(const struct importrun *r, const struct obs_row *row,
    struct entry_draft *d, struct err *e)
{
	char day[DAY_TEXT_MAX] = "";

	*d = (struct entry_draft){.kind = "identity", .on = span_none()};
	if (r->takein != NULL)
		return rowident_body(r->obs, row, &d->body, e);
	if (row->name.n == 0)
		return RC_OK;
	d->body = json_object();
	if (row->birth != DAY_NONE)
		day_format(row->birth, day);
	if (d->body != NULL && set_text(d->body, "name", row->name) &&
	    set_text(d->body, "agency", row->agency) &&
	    set_text(d->body, "birth", (struct slice){day,
	    (uint32_t)strlen(day)}))
		return RC_OK;
	entry_draft_release(d);
	return no_memory(e);
}

/* In a return the reference stands for the name that a child does not have. */
static bool
has_name(const json_t *body, const char *reference)
{
	const char *name = json_string_value(json_object_get(body, "name"));

	return name != NULL && *name != '\0' && strcmp(name, reference) != 0;
}

static void
note_birth(struct importrun *r, const struct obs_row *row,
    struct known_case *k)
{
	if (!k->fresh || k->birth_left || row->birth == DAY_NONE)
		return;
	k->birth_left = true;
	r->totals->births_left++;
}

static void
count_named(struct importrun_totals *t, struct known_case *k, bool name)
{
	if (k->fresh && !k->told)
		t->named++;
	t->filled += !k->fresh && name;
	t->births_left -= k->birth_left;
	k->birth_left = false;
	k->told = true;
	k->named = k->named || name;
}

/*
 * Says who the child is, as the first row does that knows it; a row that has a
 * name says it of a case without one, for such a case is linked to no other.
 */
static enum rc
name_case(struct importrun *r, const struct obs_row *row, const char *name,
    struct known_case *k, struct err *e)
{
	struct entry_draft d;
	enum rc rc = k->named ? RC_OK : make_identity(r, row, &d, e);

	if (rc != RC_OK || k->named)
		return rc;
	if (d.body == NULL) {
		note_birth(r, row, k);
		return RC_OK;
	}
	if (k->told && !has_name(d.body, name)) {
		entry_draft_release(&d);
		return RC_OK;
	}
	count_named(r->totals, k, has_name(d.body, name));
	d.case_id = k->id;
	return add_draft(r, &d, e);
}

static enum rc
open_case(struct importrun *r, struct known_case *k,
    const struct obs_row *row, struct err *e)
{
	struct entry_draft d = make_open(row);

	k->id = store_new_case_id(r->store);
	k->fresh = true;
	d.case_id = k->id;
	r->totals->opened++;
	return add_draft(r, &d, e);
}

/* The case of the row's child, opened if the store has none. */
static enum rc
find_case(struct importrun *r, const struct obs_row *row, struct child *ch,
    struct err *e)
{
	struct known_case *k = child_payload(ch);
	enum rc rc;

	if (k->found)
		return RC_OK;
	rc = store_case_by_reference(r->store, ch->name, &k->id, e);
	if (rc == RC_NOTFOUND) {
		err_clear(e);
		rc = open_case(r, k, row, e);
	} else if (rc == RC_OK) {
		rc = store_bulk_named(r->store, &k->id, ch->name, &k->told,
		    &k->named, e);
	}
	k->found = rc == RC_OK;
	return rc;
}

static enum rc
add_mark(struct importrun *r, const struct obs_row *row,
    const struct obs_mark *mark, const struct case_id *id, struct err *e)
{
	struct entry_draft d;
	bool known = false;
	enum rc rc = make_observation(r, row, mark, &d, e);

	d.case_id = *id;
	if (rc == RC_OK && r->takein != NULL)
		known = takein_knows(r->takein, &d);
	else if (rc == RC_OK)
		rc = store_bulk_knows(r->store, &d, &known, e);
	if (rc != RC_OK || known) {
		entry_draft_release(&d);
		r->totals->known += known;
		return rc;
	}
	r->totals->added++;
	return add_draft(r, &d, e);
}

/* What the kind of a draft says to it, as a fault of a column of the row. */
static enum rc
check_draft(const struct importrun *r, struct entry_draft *d, size_t column,
    struct err *e)
{
	struct err why;
	enum rc rc = d->body != NULL ? kind_check_draft(kind_find(d->kind),
	    &d->on, d->body, e) : no_memory(e);

	entry_draft_release(d);
	if (rc != RC_INPUT)
		return rc;
	why = *e;
	return csv_fail(obs_csv(r->obs), column, e, "%s", why.text);
}

/*
 * A row is judged by its kinds before anything of it is added: a row that is
 * rejected leaves no case and no half of its ticks behind.
 */
static enum rc
check_row(const struct importrun *r, const struct obs_row *row,
    const struct known_case *k, struct err *e)
{
	struct entry_draft d;
	enum rc rc = RC_OK;
	size_t i;

	if (!k->found) {
		d = make_open(row);
		rc = check_draft(r, &d, CSV_NO_COLUMN, e);
	}
	if (!k->named && rc == RC_OK) {
		rc = make_identity(r, row, &d, e);
		if (rc == RC_OK && d.body != NULL)
			rc = check_draft(r, &d, CSV_NO_COLUMN, e);
	}
	for (i = 0; i < row->nmarks && rc == RC_OK; i++) {
		if (row->marks[i].state == ANSWER_NOT_ASKED)
			continue;
		rc = make_observation(r, row, &row->marks[i], &d, e);
		if (rc == RC_OK)
			rc = check_draft(r, &d, row->marks[i].column, e);
		else
			entry_draft_release(&d);
	}
	return rc;
}

static enum rc
check_repeat(struct importrun *r, const struct obs_row *row,
    struct child *ch, struct err *e)
{
	uint64_t hash = hash_bytes(row->row->raw, row->row->raw_n,
	    r->opts->seed);
	uint64_t earlier;

	if (!children_repeats(r->children, ch, hash, row->row->number,
	    &earlier))
		return no_memory(e);
	return earlier == 0 ? RC_OK : obs_fail_repeat(r->obs,
	    row->row->number, row->row->line, earlier, e);
}

/* True if the row says something, and nothing that it did not before. */
static enum rc
says_the_same(struct importrun *r, const struct obs_row *row,
    const char *reference, bool *same, struct err *e)
{
	struct case_id id;
	struct entry_draft d;
	enum rc rc = store_case_by_reference(r->store, reference, &id, e);
	bool any = false;

	*same = rc == RC_OK;
	if (rc == RC_NOTFOUND) {
		err_clear(e);
		return RC_OK;
	}
	for (size_t i = 0; i < row->nmarks && rc == RC_OK && *same; i++) {
		if (row->marks[i].state == ANSWER_NOT_ASKED)
			continue;
		rc = make_observation(r, row, &row->marks[i], &d, e);
		d.case_id = id;
		any = true;
		*same = rc == RC_OK && takein_knows(r->takein, &d);
		entry_draft_release(&d);
	}
	*same = *same && any;
	return rc;
}

/* *left: a later return has what the row says otherwise, and keeps it. */
static enum rc
note_row(struct importrun *r, const struct obs_row *row, struct child *ch,
    bool *left, struct err *e)
{
	enum takein_word word = TAKEIN_TAKE;
	bool same = false;
	enum rc rc = RC_OK;

	*left = false;
	if (r->takein != NULL)
		rc = takein_row(r->takein, r->obs, row, &word, e);
	*left = rc == RC_OK && word == TAKEIN_LEAVE;
	r->totals->left += *left;
	if (rc != RC_OK || word != TAKEIN_ASK)
		return rc;
	rc = says_the_same(r, row, ch->name, &same, e);
	if (rc != RC_OK)
		return rc;
	if (same)
		return takein_allow(r->takein, e);
	r->totals->refused++;
	return takein_refuse(r->takein, r->obs, row, e);
}

/* *fatal is set once the row has begun to be added: no going on then. */
static enum rc
take(struct importrun *r, const struct obs_row *row, bool *fatal,
    struct err *e)
{
	struct child *ch = children_find(r->children, row->child.s,
	    row->child.n);
	struct known_case *k;
	bool left;
	enum rc rc;
	size_t i;

	if (ch == NULL)
		return no_memory(e);
	k = child_payload(ch);
	if (row->nmarks == 0 && obs_form(r->obs) == OBS_LONG) {
		rc = note_row(r, row, ch, &left, e);
		r->totals->passed += rc == RC_OK && !left;
		return rc;
	}
	rc = check_row(r, row, k, e);
	if (rc == RC_OK)
		rc = check_repeat(r, row, ch, e);
	if (rc == RC_OK)
		rc = note_row(r, row, ch, &left, e);
	if (rc != RC_OK || left)
		return rc;
	*fatal = true;
	rc = find_case(r, row, ch, e);
	if (rc == RC_OK)
		rc = name_case(r, row, ch->name, k, e);
	for (i = 0; i < row->nmarks && rc == RC_OK; i++) {
		if (row->marks[i].state == ANSWER_NOT_ASKED)
			r->totals->not_asked++;
		else
			rc = add_mark(r, row, &row->marks[i], &k->id, e);
	}
	*fatal = rc != RC_OK;
	return rc;
}

/* True if a bad row does not end it. */
static bool
goes_on(const struct importrun_opts *o)
{
	return o->rejects != NULL || o->fault != NULL;
}

static enum rc
reject(struct importrun *r, struct err *e)
{
	struct err why = *e;

	if (why.rc != RC_INPUT || !goes_on(r->opts) ||
	    !csv_can_go_on(obs_csv(r->obs)))
		return why.rc;
	r->totals->bad++;
	err_clear(e);
	if (r->opts->fault != NULL)
		r->opts->fault(why.text, r->opts->ctx);
	return r->opts->rejects == NULL ? RC_OK : rejects_add(
	    r->opts->rejects, obs_csv(r->obs), why.text, e);
}

static enum rc
read_all(struct importrun *r, const struct source *src, struct err *e)
{
	const struct obs_row *row = NULL;
	bool fatal = false;
	enum rc rc;

	do {
		rc = obs_next(r->obs, &row, e);
		if (rc == RC_OK && row == NULL)
			return RC_OK;
		if (rc == RC_OK)
			rc = take(r, row, &fatal, e);
		if (rc != RC_OK && !fatal)
			rc = reject(r, e);
		if (obs_rows(r->obs) % PROGRESS_ROWS == 0 &&
		    r->opts->progress != NULL)
			r->opts->progress(src->done, src->size,
			    r->opts->progress_ctx);
	} while (rc == RC_OK);
	return rc;
}

/* Sealed when something was added and the rejects are safe, else undone. */
static enum rc
settle(struct importrun *r, enum rc rc, struct err *e)
{
	struct importrun_totals *t = r->totals;
	struct err why;

	t->rows = obs_rows(r->obs);
	if (rc == RC_OK && r->takein != NULL)
		rc = takein_end(r->takein, t, e);
	t->already = rc == RC_EXISTS && r->takein != NULL;
	if ((rc == RC_OK || t->already) && r->opts->rejects != NULL &&
	    !r->opts->dry && rejects_finish(r->opts->rejects, &why) != RC_OK) {
		rc = err_set(e, why.rc, "%s", why.text);
		t->already = false;
	}
	if (rc == RC_OK && !r->opts->dry && (r->takein != NULL ||
	    t->added != 0 || t->opened != 0 || t->filled != 0))
		rc = store_bulk_seal(r->store, e);
	else
		store_bulk_abandon(r->store);
	return rc;
}

/* What was read has to be what the hash says. */
static enum rc
check_hash(struct hashed *h, const struct importrun_opts *opts,
    struct err *e)
{
	char hex[HASHED_HEX];

	if (opts->mapping == NULL)
		return RC_OK;
	hashed_end(h, hex);
	return strcmp(hex, opts->hash) == 0 ? RC_OK : err_set(e, RC_INPUT,
	    "%s changed while it was read; wait until it is whole and try "
	    "again", opts->file);
}

static enum rc
run(struct importrun *r, struct source *src, const struct obs_opts *oo,
    struct err *e)
{
	struct hashed h;
	enum rc rc;

	hashed_init(&h, src);
	rc = obs_open(r->opts->mapping != NULL ? &h.src : src, oo, &r->obs,
	    e);
	if (rc == RC_OK)
		rc = store_bulk_begin(r->store, e);
	if (rc != RC_OK)
		return rc;
	rc = read_all(r, src, e);
	if (rc == RC_OK)
		rc = check_hash(&h, r->opts, e);
	return settle(r, rc, e);
}

void
importrun_again(const struct importrun_totals *t, struct str *out)
{
	uint64_t then = t->before_rows - t->before_bad, now = t->rows - t->bad;
	uint64_t still = t->bad < t->before_bad ? t->bad : t->before_bad;

	str_add_fmt(out, "%" PRIu64 " row%s taken in then", then,
	    then == 1 ? " was" : "s were");
	if (now > then)
		str_add_fmt(out, "; %" PRIu64 " that %s refused then %s taken "
		    "now", now - then, now - then == 1 ? "was" : "were",
		    now - then == 1 ? "is" : "are");
	if (still > 0)
		str_add_fmt(out, "; %" PRIu64 " %s refused still", still,
		    still == 1 ? "is" : "are");
	if (now < then)
		str_add_fmt(out, "; %" PRIu64 " of them %s refused now, and "
		    "what %s said is left as it is", then - now,
		    then - now == 1 ? "is" : "are",
		    then - now == 1 ? "it" : "they");
}

enum rc
importrun(struct store *s, struct source *src,
    const struct importrun_opts *opts, struct importrun_totals *totals,
    struct err *e)
{
	struct obs_opts oo = {.instrument = opts->instrument,
	    .csv = opts->csv, .latest = opts->today, .whole = true,
	    .agency = opts->agency, .mapping = opts->mapping};
	struct importrun r = {.store = s, .opts = opts, .totals = totals};
	enum rc rc;

	memset(totals, 0, sizeof(*totals));
	oo.csv.lenient = goes_on(opts);
	rc = children_new(sizeof(struct known_case), opts->seed, &r.children,
	    e);
	if (rc == RC_OK && opts->mapping != NULL)
		rc = takein_open(s, opts, totals, &r.takein, e);
	totals->already = rc == RC_EXISTS;
	if (rc == RC_OK)
		rc = run(&r, src, &oo, e);
	if (r.children != NULL)
		totals->children = children_count(r.children);
	obs_free(r.obs);
	children_free(r.children);
	takein_free(r.takein);
	return rc;
}
