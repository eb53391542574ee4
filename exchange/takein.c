/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/takein.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "core/vec.h"
#include "db/returned.h"
#include "db/returns.h"
#include "exchange/obs_header.h"
#include "exchange/takein_before.h"

#define ROW_MAX 120u
#define AGENCY_MAX 120u

struct takein {
	struct store *store;
	const struct importrun_opts *opts;
	struct before before;
	struct returned *rows;	/* NULL: none came before */
	char agency[AGENCY_MAX + 1];	/* "" until the first row */
	uint64_t *files;	/* earlier returns that rows came back of */
	size_t nfiles, capfiles;
	/* The row at hand: its earlier entries, and whose it is. */
	struct returned_row *found[ITEMS_MAX];
	size_t nfound;
	uint32_t who;
	/* Each agency, of a return whose rows name them. */
	struct importrun_agency *agencies;
	size_t nagencies, capagencies;
	struct importrun_agency rest;	/* of any other return; not told */
};

/* ---- what came before ---- */

static enum rc
already(const struct past *p, const char *file,
    const struct importrun_totals *t, struct err *e)
{
	char when[SPAN_WORDS_MAX], bad[80] = "", left[80] = "";

	moment_words(p->at, when);
	if (t->bad != 0)
		(void)snprintf(bad, sizeof(bad), "; %llu row%s refused still",
		    (unsigned long long)t->bad, t->bad == 1 ? " is" : "s are");
	if (t->left != 0)
		(void)snprintf(left, sizeof(left), "; %llu row%s left as a "
		    "later return has %s", (unsigned long long)t->left,
		    t->left == 1 ? " is" : "s are",
		    t->left == 1 ? "it" : "them");
	return err_set(e, RC_EXISTS, "%s was taken in on %s%s; it adds "
	    "nothing%s%s", file, when, t->bad == 0 && t->left == 0 ?
	    ", just as it is" : "", bad, left);
}

/*
 * The same bytes, every row of them taken in, and nothing else that says how
 * they are read: there is no need to look.
 */
static bool
all_taken(const struct takein *t, const struct past *p)
{
	return p != NULL && p->bad == 0 && p->same_mapping &&
	    t->opts->mapping->instrument[0] != '\0';
}

/* As two agencies' all of it would stand twice.  A dry run goes on. */
static enum rc
check_agency(const struct takein *t, struct importrun_totals *totals,
    struct err *e)
{
	const struct past *p = before_other(&t->before);
	const char *how = t->opts->overrule_how;
	char when[SPAN_WORDS_MAX];

	if (p == NULL || before_same(&t->before) != NULL)
		return RC_OK;
	totals->other_at = p->at;
	(void)snprintf(totals->other_agency, sizeof(totals->other_agency),
	    "%s", p->agency);
	if (t->opts->overrule || t->opts->dry)
		return RC_OK;
	moment_words(p->at, when);
	return err_set(e, RC_REFUSED, "%s was taken in on %s as a return of "
	    "%s; as one of %s all of it would stand twice%s%s%s",
	    t->opts->file, when, p->agency, t->before.agency,
	    how != NULL ? "; " : "", how != NULL ? how : "",
	    how != NULL ? " takes it in all the same" : "");
}

/* The one agency that every row is of, or NULL. */
static const char *
only_agency(const struct takein *t)
{
	return t->before.several || t->before.agency[0] == '\0' ? NULL :
	    t->before.agency;
}

static enum rc
look_before(struct takein *t, struct importrun_totals *totals, struct err *e)
{
	const struct past *same;
	enum rc rc = before_read(t->store, t->opts, &t->before, e);

	if (rc == RC_OK)
		rc = check_agency(t, totals, e);
	if (rc != RC_OK)
		return rc;
	same = before_same(&t->before);
	if (all_taken(t, same))
		return already(same, t->opts->file, totals, e);
	totals->again = same != NULL;
	if (same != NULL) {
		totals->before_at = same->at;
		totals->before_rows = same->rows;
		totals->before_bad = same->bad;
	}
	/*
	 * Rows without a reference of their own may say the same twice, which
	 * only what was added in this run tells.
	 */
	if (!before_any(&t->before) &&
	    t->opts->mapping->columns[MAP_ROW] != NULL)
		return RC_OK;
	return store_returned(t->store, only_agency(t), &t->rows, e);
}

enum rc
takein_open(struct store *s, const struct importrun_opts *opts,
    struct importrun_totals *totals, struct takein **out, struct err *e)
{
	struct takein *t = calloc(1, sizeof(*t));
	enum rc rc;

	*out = NULL;
	if (t == NULL)
		return err_set(e, RC_NOMEM, "no memory to take in a return");
	t->store = s;
	t->opts = opts;
	rc = look_before(t, totals, e);
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
	before_release(&t->before);
	returned_free(t->rows);
	free(t->files);
	free(t->agencies);
	free(t);
}

/* ---- agencies ---- */

static enum rc
add_agency(struct takein *t, struct slice name, struct err *e)
{
	size_t cap = t->capagencies == 0 ? 16 : 2 * t->capagencies;
	struct importrun_agency *a;

	if (t->nagencies == t->capagencies) {
		a = realloc(t->agencies, cap * sizeof(*a));
		if (a == NULL)
			return err_set(e, RC_NOMEM, "no memory for agencies");
		t->agencies = a;
		t->capagencies = cap;
	}
	a = &t->agencies[t->nagencies];
	memset(a, 0, sizeof(*a));
	(void)snprintf(a->name, sizeof(a->name), "%.*s", (int)name.n,
	    name.s);
	a->sends = before_sends(&t->before, a->name);
	t->who = (uint32_t)t->nagencies++;
	return RC_OK;
}

static bool
is_agency(const struct importrun_agency *a, struct slice name)
{
	return strlen(a->name) == name.n &&
	    memcmp(a->name, name.s, name.n) == 0;
}

/* Whose the row at hand is: mostly the one before's. */
static enum rc
count_agency(struct takein *t, struct slice name, struct err *e)
{
	enum rc rc = RC_OK;

	if (!t->before.several)
		return RC_OK;
	if (t->who >= t->nagencies ||
	    !is_agency(&t->agencies[t->who], name)) {
		for (t->who = 0; t->who < t->nagencies &&
		    !is_agency(&t->agencies[t->who], name); t->who++)
			;
		if (t->who == t->nagencies)
			rc = add_agency(t, name, e);
	}
	if (rc == RC_OK)
		t->agencies[t->who].rows++;
	return rc;
}

static struct importrun_agency *
agency_at(struct takein *t, uint32_t who)
{
	return who < t->nagencies ? &t->agencies[who] : &t->rest;
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
	uint64_t *more;

	for (size_t i = t->nfiles; i > 0; i--)
		if (t->files[i - 1] == file)
			return RC_OK;
	more = vec_try_room(t->files, t->nfiles, &t->capfiles, sizeof(*more));
	if (more == NULL)
		return err_set(e, RC_NOMEM, "no memory for returns");
	t->files = more;
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

/* The earlier entries of the row, one for each reference that it has. */
static enum rc
find_one(struct takein *t, const struct obs *o, const struct obs_row *row,
    const struct obs_mark *mark, struct err *e)
{
	char ref[ROW_MAX + 1], agency[AGENCY_MAX + 1];
	struct returned_row *r;

	if (!row_reference(o, row, mark, t->opts->instrument, ref))
		return bad_reference(o, e);
	(void)snprintf(agency, sizeof(agency), "%.*s", (int)row->agency.n,
	    row->agency.s);
	r = returned_first(t->rows, agency, ref);
	if (r != NULL)
		t->found[t->nfound++] = r;
	return RC_OK;
}

static enum rc
find(struct takein *t, const struct obs *o, const struct obs_row *row,
    struct err *e)
{
	struct obs_mark none = {0, ANSWER_NOT_ASKED, 0};
	enum rc rc = RC_OK;

	t->nfound = 0;
	if (t->rows == NULL)
		return RC_OK;
	if (obs_has(o, OBS_ROW))
		return find_one(t, o, row, &none, e);
	for (size_t i = 0; i < row->nmarks && rc == RC_OK; i++)
		rc = find_one(t, o, row, &row->marks[i], e);
	return rc;
}

static bool
may_correct(const struct takein *t, const struct returned_row *r)
{
	return t->opts->overrule || before_ours(&t->before, r->file);
}

/* A later return said it, or struck it and said something else. */
static bool
is_old_news(const struct takein *t, const struct returned_row *r)
{
	return before_later(&t->before, r->file) ||
	    (r->struck_by != 0 && before_later(&t->before, r->struck_by));
}

static enum takein_word
weigh(const struct takein *t)
{
	enum takein_word word = TAKEIN_TAKE;
	const struct returned_row *r;
	bool again = before_same(&t->before) != NULL;

	for (size_t i = 0; i < t->nfound; i++)
		for (r = t->found[i]; r != NULL;
		    r = returned_next(t->rows, r)) {
			if (again && is_old_news(t, r))
				return TAKEIN_LEAVE;
			if (!r->struck && !r->shut && !may_correct(t, r))
				word = TAKEIN_ASK;
		}
	return word;
}

/* The row came; what it said before it says again, when that is kept. */
static enum rc
mark(struct takein *t, bool kept, struct err *e)
{
	struct returned_row *r;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < t->nfound; i++)
		for (r = t->found[i]; r != NULL && rc == RC_OK;
		    r = returned_next(t->rows, r)) {
			rc = r->seen ? RC_OK : note_file(t, r->file, e);
			r->seen = true;
			r->kept |= kept;
			r->who = t->who;
		}
	return rc;
}

enum rc
takein_row(struct takein *t, const struct obs *o, const struct obs_row *row,
    enum takein_word *word, struct err *e)
{
	enum rc rc = find(t, o, row, e);

	*word = TAKEIN_TAKE;
	if (rc == RC_OK)
		rc = count_agency(t, row->agency, e);
	if (rc != RC_OK)
		return rc;
	note_agency(t, row->agency);
	*word = weigh(t);
	return *word == TAKEIN_ASK ? RC_OK :
	    mark(t, *word == TAKEIN_LEAVE, e);
}

enum rc
takein_allow(struct takein *t, struct err *e)
{
	return mark(t, false, e);
}

enum rc
takein_refuse(struct takein *t, const struct obs *o,
    const struct obs_row *row, struct err *e)
{
	const struct returned_row *r = NULL, *k;
	const char *how = t->opts->overrule_how;
	char sender[AGENCY_MAX + 40];
	enum rc rc;

	for (size_t i = 0; i < t->nfound && r == NULL; i++)
		for (k = t->found[i]; k != NULL && r == NULL;
		    k = returned_next(t->rows, k))
			if (!k->struck && !k->shut && !may_correct(t, k))
				r = k;
	rc = mark(t, true, e);
	if (r == NULL || rc != RC_OK)
		return rc;
	agency_at(t, t->who)->refused++;
	before_sender(&t->before, r->file, sender, sizeof(sender));
	return obs_fail(o, OBS_ROW, e, "row \"%.60s\" of %.*s came before in "
	    "a return %s, and this one would strike what it said; only its "
	    "own sender corrects it%s%s%s", returned_text(t->rows, r),
	    (int)row->agency.n, row->agency.s, sender,
	    how != NULL ? ", or " : "", how != NULL ? how : "",
	    how != NULL ? " says that this may be" : "");
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
	agency_at(t, t->who)->added++;
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
correct(struct takein *t, const struct returned_row *r,
    struct importrun_totals *totals, struct err *e)
{
	bool other = !before_ours(&t->before, r->file);
	struct importrun_agency *a = agency_at(t, r->who);

	totals->struck++;
	totals->others += other;
	a->struck++;
	a->others += other;
	return strike(t, r, e);
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
		if (r->seen && may_correct(t, r)) {
			rc = correct(t, r, totals, e);
		} else if (!r->seen && before_ours(&t->before, r->file) &&
		    came_of(t, r->file)) {
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
	    .mapping_hash = m->hash,
	    .sender = t->before.several ? m->id : ""};
	const struct past *same = before_same(&t->before);
	enum rc rc = settle_rows(t, totals, e);

	for (size_t i = 0; i < t->nagencies && rc == RC_OK &&
	    t->opts->agency_done != NULL; i++)
		t->opts->agency_done(&t->agencies[i], t->opts->ctx);
	if (rc == RC_OK && same != NULL && totals->added == 0 &&
	    totals->struck == 0 && totals->opened == 0 && totals->filled == 0)
		rc = already(same, t->opts->file, totals, e);
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
