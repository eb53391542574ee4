/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a report leads to: the cases of a number, and a file.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/reportscreen_impl.h"
#include "tui/textpane.h"

/* ---- the cases of a number ---- */

struct celled {
	struct reportscreen *s;	/* borrowed: it lies below */
	uint32_t *cases;	/* owned */
	size_t n, at;
	char *title;		/* owned */
};

static void
fill(void *ctx, struct lines *out)
{
	struct celled *c = ctx;
	struct line_look look = {.indent = 2, .style = STYLE_NORMAL};
	const struct collation_data *d = &c->s->data;

	lines_free_text(out);
	lines_plain(out, STYLE_TITLE, c->title);
	lines_addf(out, &(struct line_look){.indent = 0,
	    .style = STYLE_LABEL}, "%zu case%s", c->n, c->n == 1 ? "" : "s");
	lines_blank(out);
	for (size_t i = 0; i < c->n; i++) {
		(void)lines_row(out);
		lines_add(out, &look, c->cases[i] < d->nreferences ?
		    d->references[c->cases[i]] : "?");
	}
	lines_free_text(out);
	if (d->facts.restricted > 0)
		lines_addf(out, &(struct line_look){.indent = 0,
		    .style = STYLE_DIM}, "%zu restricted case%s of the store "
		    "not counted: they are not for your eyes.",
		    d->facts.restricted, d->facts.restricted == 1 ? " is" :
		    "s are");
	c->at = out->row;
}

static bool
act(void *ctx, const struct event *ev, struct app *app, struct pane *self)
{
	struct celled *c = ctx;

	textpane_refresh(self);
	if (ev->act == ACT_CANCEL)
		app_pop(app);
	else if (ev->act == ACT_OPEN && c->at < c->n)
		c->s->o.open(c->s->o.ctx, app,
		    &c->s->data.facts.cases[c->cases[c->at]].id);
	else
		return false;
	return true;
}

static bool
can(const void *ctx, enum action a)
{
	(void)ctx;
	return a != ACT_NEXT_PANE && a != ACT_SEARCH;
}

static void
celled_free(void *ctx)
{
	struct celled *c = ctx;

	free(c->cases);
	free(c->title);
	free(c);
}

static char *
title_of(const struct reportscreen *s)
{
	const struct report_table *t = &s->whole.tables[s->table];
	const struct report_cell *row = &t->cells[s->scroll.at * t->ncolumns];
	struct str out;

	str_init(&out);
	str_add_fmt(&out, "%s: ", t->title);
	report_cell_words(row, &out);
	if (s->column > 0)
		str_add_fmt(&out, ", %s", t->heads[s->column]);
	return str_take(&out);
}

void
reportscreen_open_cell(struct reportscreen *s, struct app *app)
{
	const struct report_cell *cell = reportscreen_cell(s);
	struct textpane_opts o = {
		.name = "cell-cases", .topic = "reports-screen",
		.context = CONTEXT_MOVE, .fill = fill, .act = act,
		.can = can, .destroy = celled_free,
	};
	struct celled *c;

	if (reportscreen_hides_cell(s)) {
		reportscreen_ask_why(s, app, TELL_CASES);
		return;
	}
	if (cell == NULL || cell->ncases == 0) {
		app_say(app, "No case is behind this one: Left and Right go "
		    "to another number.");
		return;
	}
	c = xcalloc(1, sizeof(*c));
	c->s = s;
	c->n = cell->ncases;
	c->cases = xcalloc(c->n, sizeof(*c->cases));
	memcpy(c->cases, cell->cases, c->n * sizeof(*c->cases));
	c->title = title_of(s);
	o.ctx = c;
	app_push(app, textpane_new(&o));
}

/* ---- a file ---- */

enum { WRITE_FORMAT, WRITE_FILE, WRITE_REASON, WRITE_FIELDS };

static const char *const formats[] = {"text", "csv", "json", "pdf"};

struct writing {
	struct reportscreen *s;	/* borrowed */
	char *path;		/* owned */
};

static void
writing_free(void *ctx)
{
	struct writing *w = ctx;

	free(w->path);
	free(w);
}

static enum rc
write_check(void *ctx, const struct pane *ask, size_t i, struct err *e)
{
	const struct writing *w = ctx;
	const struct collation_source *src = &w->s->o.source;

	return i == WRITE_FILE ? src->ops->may_make(src->ctx,
	    ask_text(ask, i), e) : RC_OK;
}

static enum rc
write_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct writing *w = ctx;
	const struct collation_source *src = &w->s->o.source;
	struct collation_write how = {
		.report = w->s->show_whole ? &w->s->whole : &w->s->report,
		.format = formats[ask_choice(ask, WRITE_FORMAT)],
		.path = ask_text(ask, WRITE_FILE),
		.reason = ask_text(ask, WRITE_REASON),
		.def = w->s->def, .facts = &w->s->data.facts,
		.whole = w->s->show_whole,
	};

	(void)app;
	free(w->path);
	w->path = xstrdup(how.path);
	return src->ops->write(src->ctx, &how, e);
}

static void
write_after(void *ctx, struct app *app)
{
	const struct writing *w = ctx;

	app_say(app, "Written to %s.", w->path);
}

void
reportscreen_write(struct reportscreen *s, struct app *app)
{
	static const struct ask_choice choices[] = {
		{"Text", true}, {"CSV", false}, {"JSON", false},
		{"PDF", false}
	};
	static const struct ask_field f[WRITE_FIELDS] = {
		{ASK_CHOICE, "Format", "Up and Down choose.", NULL, false,
		    choices, 4},
		{ASK_LINE, "File", "A file that is there is never "
		    "overwritten.", NULL, false, NULL, 0},
		{ASK_LINE, "Why", "Who it is for. It is noted in the store.",
		    NULL, false, NULL, 0}
	};
	const struct collation_source *src = &s->o.source;
	struct writing *w;
	struct err e;
	struct ask_opts o = {
		.title = s->def->title, .verb = "write it",
		.working = "Writing...", .topic = "reports-screen",
		.fields = f, .n = WRITE_FIELDS, .check = write_check,
		.done = write_done, .after = write_after,
		.destroy = writing_free,
	};

	if (!s->made) {
		app_say(app, "There is nothing to write.");
		return;
	}
	if (src->ops->may_tell(src->ctx, &e) != RC_OK) {
		app_error(app, &e);
		return;
	}
	w = xcalloc(1, sizeof(*w));
	w->s = s;
	o.ctx = w;
	o.intro = s->show_whole ? "Every count is written, small ones too: "
	    "the file can tell who a child is. It is not for publication." :
	    s->def->published ? "Counts from 1 to 4, and others that would "
	    "tell them, are written as c." : "The file leaves the store "
	    "unencrypted.";
	ask_open(app, &o);
}
