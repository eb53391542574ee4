/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/mappingscreen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/instrument.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/mappingscreen_impl.h"

static struct mappingscreen *
mut(struct pane *p)
{
	return (struct mappingscreen *)(void *)p;
}

static const struct mappingscreen *
of(const struct pane *p)
{
	return (const struct mappingscreen *)(const void *)p;
}

void
return_sheet_init(struct return_sheet *s)
{
	memset(s, 0, sizeof(*s));
}

void
return_sheet_release(struct return_sheet *s)
{
	mapping_free(s->m);
	for (size_t i = 0; i < s->ndoubts; i++)
		free(s->doubts[i]);
	for (size_t i = 0; i < s->nrows; i++) {
		for (size_t k = 0; k < s->ncolumns; k++)
			free(s->rows[i][k]);
		free(s->rows[i]);
	}
	free(s->doubts);
	free(s->rows);
	free(s->encoding);
	free(s->remembered);
	return_sheet_init(s);
}

size_t
mapping_column(const struct mappingscreen *s)
{
	return s->scroll.at >= MAP_LINES ? s->scroll.at - MAP_LINES : SIZE_MAX;
}

const char *
mapping_header(const struct mappingscreen *s, size_t line)
{
	return line >= MAP_LINES && line - MAP_LINES < s->sheet.ncolumns &&
	    s->sheet.nrows > 0 ? s->sheet.rows[0][line - MAP_LINES] : NULL;
}

/* ---- doubts ---- */

/* It names the header, or begins with what the column is: "state: ...". */
static bool
is_about(const struct mappingscreen *s, const char *doubt,
    const char *header)
{
	struct str quoted;
	const char *item, *name;
	enum map_field f;
	bool about;

	str_init(&quoted);
	str_add_fmt(&quoted, "\"%s\"", header);
	about = strstr(doubt, quoted.s) != NULL;
	str_release(&quoted);
	if (about || mapping_column_is(s->sheet.m, header, &f, &item) !=
	    COLUMN_FIELD)
		return about;
	name = f == MAP_INDICATOR ? "indicators" : map_field_name(f);
	return strncmp(doubt, name, strlen(name)) == 0 &&
	    doubt[strlen(name)] == ':';
}

size_t
mapping_doubt(const struct mappingscreen *s, const char *header)
{
	for (size_t i = 0; header != NULL && *header != '\0' &&
	    i < s->sheet.ndoubts; i++)
		if (is_about(s, s->sheet.doubts[i], header))
			return i;
	return SIZE_MAX;
}

/* It asks for the meaning of a code that nobody has said yet. */
static bool
is_unexplained(const struct mappingscreen *s, const char *doubt,
    const char *header)
{
	const struct instrument *in = s->o.ops->instrument(s->o.ctx);
	enum map_field f = MAP_STATE;
	const char *item;
	enum column_is is = mapping_column_is(s->sheet.m, header, &f, &item);
	char quoted[80];

	if (strstr(doubt, "\" means is not known") == NULL ||
	    (is != COLUMN_FIELD && is != COLUMN_ITEM))
		return false;
	for (size_t c = 0; c < s->sheet.ncolumns; c++)
		for (size_t i = 1; strcmp(s->sheet.rows[0][c], header) == 0 &&
		    i < s->sheet.nrows; i++) {
			const char *v = s->sheet.rows[i][c];

			(void)snprintf(quoted, sizeof(quoted), "\"%.60s\"",
			    v);
			if (strstr(doubt, quoted) != NULL && mapping_means(
			    s->sheet.m, is == COLUMN_ITEM ? MAP_STATE : f, in,
			    v) == NULL)
				return true;
		}
	return false;
}

void
mapping_settle(struct mappingscreen *s, const char *header)
{
	size_t to = 0;

	for (size_t i = 0; i < s->sheet.ndoubts; i++) {
		char *d = s->sheet.doubts[i];

		if (header != NULL && *header != '\0' &&
		    is_about(s, d, header) && !is_unexplained(s, d, header))
			free(d);
		else
			s->sheet.doubts[to++] = d;
	}
	s->sheet.ndoubts = to;
}

/* ---- reading ---- */

void
mapping_attempt(struct mappingscreen *s)
{
	str_clear(&s->trial.fault);
	s->trial.rows = s->trial.taken = 0;
	err_clear(&s->fault);
	if (s->sheet.m != NULL)
		(void)!s->o.ops->attempt(s->o.ctx, s->sheet.m, &s->trial,
		    &s->fault);
}

void
mapping_changed(struct mappingscreen *s, struct app *app)
{
	char *text = mapping_draft_text(&s->sheet);
	struct err e;

	if (s->draft != NULL && strcmp(s->draft, text) == 0) {
		free(text);
	} else if (s->o.ops->draft_save(s->o.ctx, text, &e) != RC_OK) {
		app_error(app, &e);
		free(text);
	} else {
		free(s->draft);
		s->draft = text;
	}
	mapping_attempt(s);
}

void
mapping_draft_drop(struct mappingscreen *s)
{
	struct err e;

	(void)!s->o.ops->draft_save(s->o.ctx, "", &e);
	free(s->draft);
	s->draft = NULL;
	s->resumed = false;
}

/* What was left half made goes on; a mapping that was kept is none. */
static void
resume(struct mappingscreen *s)
{
	struct err e;
	char *text = NULL;

	if (s->sheet.nrows == 0 || s->o.ops->draft_load(s->o.ctx, &text,
	    &e) != RC_OK || text == NULL)
		return;
	s->resumed = mapping_draft_take(&s->sheet, text);
	free(text);
}

static void
load(struct mappingscreen *s)
{
	const char *encoding = s->encoding.len > 0 ? s->encoding.s : NULL;

	return_sheet_release(&s->sheet);
	err_clear(&s->fault);
	s->resumed = false;
	if (s->o.ops->sheet(s->o.ctx, encoding, &s->sheet, &s->fault) !=
	    RC_OK) {
		return_sheet_release(&s->sheet);
	} else {
		/* Whoever asked for an encoding has it guessed anew. */
		if (!s->loaded)
			resume(s);
		mapping_attempt(s);
	}
	s->loaded = true;
	scroll_count(&s->scroll, s->sheet.m != NULL ? MAP_LINES +
	    s->sheet.ncolumns : 0);
}

static void
enter(struct pane *p, struct app *app)
{
	struct mappingscreen *s = mut(p);

	(void)app;
	if (!s->loaded) {
		load(s);
		if (s->sheet.m != NULL)
			scroll_to(&s->scroll, MAP_LINES);
	} else {
		mapping_attempt(s);
	}
}

/* ---- what a column is ---- */

static const char *
word_at(size_t i)
{
	if (i == 0)
		return "ignore";
	return i <= MAP_FIELDS ? map_field_name((enum map_field)(i - 1)) :
	    NULL;
}

static const char *
column_complete(void *ctx, const char *text, size_t i)
{
	struct mappingscreen *s = ctx;
	const char *w;

	for (size_t k = 0; (w = word_at(k)) != NULL; k++)
		if (strncasecmp(w, text, strlen(text)) == 0 && i-- == 0)
			return w;
	str_clear(&s->choice);
	return s->sheet.m->wide && mapping_item_choice(s->o.ops->instrument(
	    s->o.ctx), text, i, &s->choice) ? s->choice.s : NULL;
}

static void
column_typed(void *ctx, struct app *app, const char *text)
{
	struct mappingscreen *s = ctx;
	const char *header = mapping_header(s, s->scroll.at);
	struct err e;

	if (text == NULL || header == NULL)
		return;
	if (mapping_column_set(s->sheet.m, header, text,
	    s->o.ops->instrument(s->o.ctx), &e) != RC_OK) {
		app_error(app, &e);
		return;
	}
	mapping_settle(s, header);
	app_say(app, "%s", "");
	mapping_changed(s, app);
}

/* Doubts that say "agency: ...", once it was said. */
static void
settle_agency(struct return_sheet *s)
{
	size_t to = 0;

	for (size_t i = 0; i < s->ndoubts; i++) {
		if (strncmp(s->doubts[i], "agency:", 7) == 0)
			free(s->doubts[i]);
		else
			s->doubts[to++] = s->doubts[i];
	}
	s->ndoubts = to;
}

static void
line_typed(void *ctx, struct app *app, const char *text)
{
	struct mappingscreen *s = ctx;

	if (text == NULL)
		return;
	mapping_text_set(s->scroll.at == LINE_AGENCY ? &s->sheet.m->agency :
	    &s->sheet.m->id, text);
	if (*s->sheet.m->agency != '\0')
		settle_agency(&s->sheet);
	mapping_changed(s, app);
}

static void
change(struct mappingscreen *s, struct app *app)
{
	struct prompt p = {.ctx = s, .history = "column"};
	const char *header = mapping_header(s, s->scroll.at);
	struct str now;

	if (s->sheet.m == NULL)
		return;
	if (s->scroll.at == LINE_FORM) {
		s->sheet.m->wide = !s->sheet.m->wide;
		mapping_changed(s, app);
		return;
	}
	str_init(&now);
	if (header != NULL) {
		mapping_column_words(s->sheet.m, header, &now);
		p.label = "Column is: ";
		p.done = column_typed;
		p.complete = column_complete;
		app_say(app, "child, forename, surname, dob, sex, postcode, "
		    "indicator, state, date, evidence, ...; Tab completes, "
		    "ignore passes it over.");
	} else {
		str_add(&now, s->scroll.at == LINE_AGENCY ?
		    s->sheet.m->agency : s->sheet.m->id);
		p.label = s->scroll.at == LINE_AGENCY ? "Agency: " :
		    "Name of the mapping: ";
		p.done = line_typed;
		p.history = NULL;
	}
	p.text = strcmp(now.s, "?") == 0 ? "" : now.s;
	app_prompt(app, &p);
	str_release(&now);
}

static void
ignore(struct mappingscreen *s, struct app *app)
{
	const char *header = mapping_header(s, s->scroll.at), *item;
	enum map_field f;
	struct err e;

	if (header == NULL) {
		app_say(app, "Select a column: Space passes it over, and back "
		    "again.");
		return;
	}
	mapping_settle(s, header);
	(void)!mapping_column_set(s->sheet.m, header, mapping_column_is(
	    s->sheet.m, header, &f, &item) == COLUMN_IGNORED ? "" : "ignore",
	    s->o.ops->instrument(s->o.ctx), &e);
	mapping_changed(s, app);
}

/* ---- the whole file ---- */

static const char *
encoding_complete(void *ctx, const char *text, size_t i)
{
	static const char *const usual[] = {"UTF-8", "windows-1252",
	    "ISO-8859-1", "ISO-8859-15", "UTF-16LE", "UTF-16BE", "CP850"};

	(void)ctx;
	for (size_t k = 0; k < sizeof(usual) / sizeof(usual[0]); k++)
		if (strncmp(usual[k], text, strlen(text)) == 0 && i-- == 0)
			return usual[k];
	return NULL;
}

static void
encoding_typed(void *ctx, struct app *app, const char *text)
{
	struct mappingscreen *s = ctx;

	if (text == NULL)
		return;
	str_clear(&s->encoding);
	str_add(&s->encoding, text);
	load(s);
	if (s->fault.rc != RC_OK)
		app_error(app, &s->fault);
}

static void
ask_encoding(struct mappingscreen *s, struct app *app)
{
	struct prompt p = {.label = "Encoding: ", .history = "encoding",
	    .text = s->encoding.len > 0 ? s->encoding.s : s->sheet.encoding,
	    .ctx = s, .done = encoding_typed,
	    .complete = encoding_complete};

	app_say(app, "UTF-8, windows-1252, UTF-16LE, ...; the columns are "
	    "guessed anew. Nothing: found from the text.");
	app_prompt(app, &p);
}

static void
turn_dates(struct mappingscreen *s, struct app *app)
{
	if (s->sheet.m == NULL)
		return;
	s->sheet.m->dates = s->sheet.m->dates == MAP_YMD ? MAP_DMY :
	    (enum map_dates)(s->sheet.m->dates + 1);
	mapping_changed(s, app);
}

/* ---- keys ---- */

static bool
act(struct pane *p, const struct event *ev, struct app *app)
{
	struct mappingscreen *s = mut(p);

	switch (ev->act) {
	case ACT_OPEN:
		change(s, app);
		return true;
	case ACT_MAP_IGNORE:
		ignore(s, app);
		return true;
	case ACT_MAP_ENCODING:
		ask_encoding(s, app);
		return true;
	case ACT_MAP_DATES:
		turn_dates(s, app);
		return true;
	case ACT_MAP_CODES:
		mapping_codes_open(s, app);
		return true;
	case ACT_KEEP:
		mapping_dry_run(s, app);
		return true;
	case ACT_CANCEL:
		app_pop(app);
		return true;
	default:
		return scroll_act(&s->scroll, ev->act);
	}
}

static bool
can(const struct pane *p, enum action a)
{
	const struct mappingscreen *s = of(p);

	if (a == ACT_OPEN || a == ACT_KEEP || a == ACT_MAP_DATES)
		return s->sheet.m != NULL;
	if (a == ACT_MAP_IGNORE || a == ACT_MAP_CODES)
		return mapping_header(s, s->scroll.at) != NULL;
	return a != ACT_NEXT_PANE && a != ACT_SEARCH;
}

static void
resize(struct pane *p, int w, int h)
{
	struct mappingscreen *s = mut(p);

	s->w = w;
	s->h = h;
	h -= mapping_top_rows(h) + mapping_foot_rows(h);
	scroll_resize(&s->scroll, h > 0 ? h : 0);
}

static void
status(const struct pane *p, struct status *st)
{
	(void)p;
	(void)snprintf(st->place, sizeof(st->place), "Return");
}

static void
destroy(struct pane *p)
{
	struct mappingscreen *s = mut(p);

	return_sheet_release(&s->sheet);
	if (s->o.ops->destroy != NULL)
		s->o.ops->destroy(s->o.ctx);
	str_release(&s->choice);
	str_release(&s->encoding);
	str_release(&s->trial.fault);
	free(s->theirs);
	free(s->draft);
	free(s->file);
	free(s);
}

static const struct pane_ops ops = {
	.name = "mapping", .context = CONTEXT_MAPPING, .topic = "collation",
	.draw = mapping_draw, .act = act, .resize = resize,
	.destroy = destroy, .can = can, .status = status, .enter = enter,
};

struct pane *
mappingscreen_new(const struct mappingscreen_opts *o)
{
	struct mappingscreen *s = xcalloc(1, sizeof(*s));

	s->base.ops = &ops;
	s->o = *o;
	s->file = xstrdup(o->file);
	s->o.file = NULL;
	str_init(&s->choice);
	str_init(&s->encoding);
	str_init(&s->trial.fault);
	scroll_init(&s->scroll, 0);
	return &s->base;
}
