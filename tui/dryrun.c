/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The whole return tried, and nothing kept: what it would add, and each row
 * that is faulty.  Then it is taken in, when the agency's name is typed.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/mappingscreen_impl.h"
#include "tui/textpane.h"
#include "tui/words.h"

#define FAULTS_SHOWN 500

struct dryrun {
	struct mappingscreen *s;	/* borrowed: it lies below */
	struct return_result r;
	struct str what;		/* borrowed by the confirmation */
	bool overrule;		/* what others sent may be struck */
	struct pane *self;		/* borrowed; NULL until it is shown */
};

void
return_result_init(struct return_result *r)
{
	memset(r, 0, sizeof(*r));
}

void
return_result_release(struct return_result *r)
{
	for (size_t i = 0; i < r->nfaults; i++)
		free(r->faults[i]);
	for (size_t i = 0; i < r->nagencies; i++)
		free(r->agencies[i]);
	free(r->faults);
	free(r->agencies);
	free(r->before);
	free(r->twice);
	return_result_init(r);
}

static void
number(struct lines *out, const char *label, uint64_t n)
{
	lines_addf(out, &(struct line_look){.indent = 2,
	    .style = n > 0 ? STYLE_NORMAL : STYLE_DIM}, "%6llu  %s",
	    (unsigned long long)n, label);
}

static void
fill_counts(const struct dryrun *d, struct lines *out)
{
	number(out, "rows", d->r.rows);
	number(out, "children in the file", d->r.children);
	number(out, "of them new here", d->r.opened);
	number(out, "observations that would be added", d->r.added);
	number(out, "that are known already", d->r.known);
	number(out, "struck: their row came back corrected", d->r.struck);
	if (d->r.others > 0)
		number(out, "of them brought by another sender", d->r.others);
	if (d->r.left > 0)
		number(out, "rows of this old file left as a later return has "
		    "them", d->r.left);
	number(out, "rows passed over, as the mapping says", d->r.passed);
	number(out, "from earlier returns, whose rows did not come back",
	    d->r.vanished);
	number(out, "rows with a fault, which are not taken", d->r.bad);
}

static bool
can_take(const struct dryrun *d)
{
	return !d->r.already && d->r.rows > d->r.bad &&
	    (d->r.twice == NULL || d->overrule);
}

/* True if there is something that a person may let it overrule. */
static bool
asks(const struct dryrun *d)
{
	return d->overrule || d->r.refused > 0 || d->r.twice != NULL;
}

/* What came before, and whose rows these are. */
static void
fill_senders(const struct dryrun *d, struct lines *out)
{
	if (d->r.before != NULL)
		lines_plain(out, STYLE_NORMAL, d->r.before);
	if (d->r.twice != NULL)
		lines_plain(out, STYLE_WARNING, d->r.twice);
	for (size_t i = 0; i < d->r.nagencies; i++) {
		(void)lines_row(out);
		lines_add(out, &(struct line_look){.indent = 2,
		    .style = STYLE_NORMAL}, d->r.agencies[i]);
		lines_free_text(out);
	}
	if (d->overrule)
		lines_plain(out, STYLE_WARNING, "What other senders brought "
		    "may be struck. o takes that back.");
	else if (d->r.refused > 0)
		lines_addf(out, &(struct line_look){.style = STYLE_WARNING},
		    "%llu of the faulty rows would strike what another sender "
		    "brought. o lets them.", (unsigned long long)d->r.refused);
	else if (d->r.twice != NULL)
		lines_plain(out, STYLE_WARNING, "o lets it come in all the "
		    "same.");
	if (asks(d) || d->r.nagencies > 0 || d->r.before != NULL)
		lines_blank(out);
}

/* A guess that nobody looked at is no smaller for being in the store. */
static void
fill_doubts(const struct return_sheet *s, struct lines *out)
{
	struct line_look look = {.indent = 2, .style = STYLE_PENDING};

	if (s->ndoubts == 0)
		return;
	lines_plain(out, STYLE_HEADING, "Still doubtful: look at these "
	    "columns again");
	for (size_t i = 0; i < s->ndoubts; i++)
		lines_add(out, &look, s->doubts[i]);
	lines_blank(out);
}

static void
fill(void *ctx, struct lines *out)
{
	struct dryrun *d = ctx;
	struct line_look look = {.indent = 2, .style = STYLE_WARNING};

	lines_free_text(out);
	lines_addf(out, &(struct line_look){.indent = 0,
	    .style = STYLE_TITLE}, "Dry run of %s: nothing is in the store "
	    "yet", d->s->file);
	if (d->r.already) {
		lines_plain(out, STYLE_WARNING, "This very file was taken in "
		    "before. It adds nothing.");
		if (d->r.nfaults == 0)
			return;
	}
	lines_blank(out);
	if (!d->r.already)
		fill_counts(d, out);
	lines_blank(out);
	fill_senders(d, out);
	fill_doubts(&d->s->sheet, out);
	if (d->r.nfaults > 0)
		lines_plain(out, STYLE_HEADING, "Faults");
	for (size_t i = 0; i < d->r.nfaults && i < FAULTS_SHOWN; i++) {
		(void)lines_row(out);
		lines_add(out, &look, d->r.faults[i]);
	}
	lines_free_text(out);
	if (d->r.nfaults > FAULTS_SHOWN)
		lines_addf(out, &look, "and %zu more",
		    d->r.nfaults - FAULTS_SHOWN);
	lines_plain(out, STYLE_LABEL, can_take(d) ? "$ takes it in. Esc goes "
	    "back to the columns." : "Esc goes back to the columns.");
}

/* ---- taking it in ---- */

static void
take_now(void *ctx, struct app *app)
{
	struct dryrun *d = ctx;
	struct mappingscreen *s = d->s;
	struct return_result r;
	struct err e;
	enum rc rc;

	return_result_init(&r);
	rc = s->o.ops->run(s->o.ctx, app, s->sheet.m,
	    d->overrule ? RETURN_OVERRULE : 0, &r, &e);
	if (rc != RC_OK) {
		app_error(app, &e);
		return_result_release(&r);
		return;
	}
	app_pop(app);
	app_pop(app);
	if (r.already)
		app_say(app, "This very file was taken in before: nothing is "
		    "added.");
	else if (r.before != NULL)
		app_say(app, "%s", r.before);
	else
		app_say(app, "Taken in: %llu observation%s of %zu child%s, "
		    "%zu of them new; %llu known, %llu struck, %llu row%s with "
		    "a fault left out.", (unsigned long long)r.added,
		    r.added == 1 ? "" : "s", r.children,
		    r.children == 1 ? "" : "ren", r.opened,
		    (unsigned long long)r.known,
		    (unsigned long long)r.struck, (unsigned long long)r.bad,
		    r.bad == 1 ? "" : "s");
	return_result_release(&r);
}

static void
take(void *ctx, struct app *app)
{
	app_say(app, "Taking it in...");
	app_later(app, take_now, ctx);
}

static void
confirm(struct dryrun *d, struct app *app)
{
	const struct mapping *m = d->s->sheet.m;
	struct confirm c = {.ctx = d, .do_it = take,
	    .expect = *m->agency != '\0' ? m->agency : d->s->file};

	str_clear(&d->what);
	str_add_fmt(&d->what, "Take %s in: %llu observations of %zu children",
	    d->s->file, (unsigned long long)d->r.added, d->r.children);
	if (d->r.bad > 0)
		str_add_fmt(&d->what, ", without %llu faulty rows",
		    (unsigned long long)d->r.bad);
	if (d->r.others > 0)
		str_add_fmt(&d->what, ", striking %llu that others sent",
		    (unsigned long long)d->r.others);
	if (d->r.twice != NULL)
		str_add(&d->what, ", though it came as another agency's");
	c.what = d->what.s;
	app_confirm(app, &c);
}

/* ---- keys ---- */

static void
try_again(void *ctx, struct app *app)
{
	struct dryrun *d = ctx;
	struct mappingscreen *s = d->s;
	struct return_result r;
	struct err e;

	return_result_init(&r);
	if (s->o.ops->run(s->o.ctx, app, s->sheet.m, RETURN_DRY |
	    (d->overrule ? 0 : RETURN_OVERRULE), &r, &e) != RC_OK) {
		app_error(app, &e);
		return_result_release(&r);
		return;
	}
	app_say(app, "%s", "");
	d->overrule = !d->overrule;
	return_result_release(&d->r);
	d->r = r;
	textpane_refresh(d->self);
}

static void
turn_overrule(struct dryrun *d, struct app *app, struct pane *self)
{
	d->self = self;
	app_say(app, "Trying the whole file anew...");
	app_later(app, try_again, d);
}

static bool
act(void *ctx, const struct event *ev, struct app *app, struct pane *self)
{
	struct dryrun *d = ctx;

	if (ev->act == ACT_CANCEL)
		app_pop(app);
	else if (ev->act == ACT_RETURN_OTHERS && asks(d))
		turn_overrule(d, app, self);
	else if (ev->act == ACT_RETURN_OTHERS)
		app_warn(app, "It strikes nothing that others sent.");
	else if (ev->act == ACT_RETURN_IN && !can_take(d))
		app_warn(app, d->r.twice != NULL ? "It came as another "
		    "agency's before: o says that it may come in again." :
		    "There is nothing in it to take in.");
	else if (ev->act == ACT_RETURN_IN)
		confirm(d, app);
	else
		return false;
	return true;
}

static bool
can(const void *ctx, enum action a)
{
	const struct dryrun *d = ctx;

	if (a == ACT_RETURN_IN)
		return can_take(d);
	if (a == ACT_RETURN_OTHERS)
		return asks(d);
	return a != ACT_NEXT_PANE && a != ACT_SEARCH && a != ACT_OPEN;
}

static void
dryrun_free(void *ctx)
{
	struct dryrun *d = ctx;

	return_result_release(&d->r);
	str_release(&d->what);
	free(d);
}

static void
run_now(void *ctx, struct app *app)
{
	struct mappingscreen *s = ctx;
	struct dryrun *d = xcalloc(1, sizeof(*d));
	struct textpane_opts o = {.name = "dry-run", .topic = "collation",
	    .context = CONTEXT_DRYRUN, .ctx = d, .fill = fill, .act = act,
	    .can = can, .destroy = dryrun_free};
	struct err e;

	d->s = s;
	str_init(&d->what);
	if (s->o.ops->run(s->o.ctx, app, s->sheet.m, RETURN_DRY,
	    &d->r, &e) !=
	    RC_OK) {
		app_error(app, &e);
		dryrun_free(d);
		return;
	}
	app_say(app, "%s", "");
	app_push(app, textpane_new(&o));
}

/* NULL when nothing is left to be said. */
static const char *
what_is_missing(const struct mappingscreen *s)
{
	const struct mapping *m = s->sheet.m;
	enum map_field f;
	const char *item;

	if (*m->agency == '\0' && m->columns[MAP_AGENCY] == NULL)
		return "Whose return is it? Go up to the line Agency and "
		    "press Enter.";
	if (*m->id == '\0')
		return "Give the mapping a name, such as school-weekly: it is "
		    "offered when the next file comes.";
	for (size_t i = 0; i < s->sheet.ncolumns; i++)
		if (mapping_column_is(m, s->sheet.rows[0][i], &f, &item) ==
		    COLUMN_UNSAID)
			return "A column is not said yet, the one with ?: "
			    "Enter says what it is, Space passes it over.";
	return NULL;
}

void
mapping_dry_run(struct mappingscreen *s, struct app *app)
{
	const char *missing = s->sheet.m != NULL ? what_is_missing(s) :
	    "There is nothing to read.";
	struct err e;

	if (missing != NULL) {
		app_warn(app, "%s", missing);
		return;
	}
	if (s->o.ops->keep(s->o.ctx, s->sheet.m, &e) != RC_OK) {
		app_error(app, &e);
		return;
	}
	mapping_draft_drop(s);
	app_say(app, "Trying the whole file...");
	app_later(app, run_now, s);
}
