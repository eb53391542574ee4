/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The codes of one column of an agency's file: theirs, and what each means
 * here.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/instrument.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/mappingscreen_impl.h"
#include "tui/textpane.h"

struct codes {
	struct mappingscreen *s;	/* borrowed: it lies below */
	struct pane *self;		/* to be drawn anew */
	enum map_field field;
	char *header;			/* owned */
	char **values;	size_t n, cap;	/* owned */
	size_t at;
	struct str choice;
};

static bool
has(const struct codes *c, const char *value)
{
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->values[i], value) == 0)
			return true;
	return false;
}

static void
add(struct codes *c, const char *value)
{
	if (*value == '\0' || has(c, value))
		return;
	c->values = vec_room(c->values, c->n, &c->cap, sizeof(*c->values));
	c->values[c->n++] = xstrdup(value);
}

/* What it means, and of an indicator the words. */
static void
fill_code(const struct codes *c, const char *value, struct lines *out)
{
	const struct instrument *in = c->s->o.ops->instrument(c->s->o.ctx);
	const char *ours = mapping_means(c->s->sheet.m, c->field, in, value);
	struct line_look look = {.indent = 2, .cut = true};
	uint32_t item = NO_ITEM;

	if (ours != NULL && c->field == MAP_INDICATOR)
		item = instrument_item(in, ours, strlen(ours));
	if (ours == NULL)
		look.style = STYLE_WARNING;
	lines_addf(out, &look, "%s -> %s%s%s", value, ours == NULL ?
	    "? not said: its rows are not taken" : ours == value ?
	    "as it stands" : ours, item != NO_ITEM ? " " : "",
	    item != NO_ITEM ? in->items[item].label : "");
}

static void
fill(void *ctx, struct lines *out)
{
	struct codes *c = ctx;
	struct line_look look = {.indent = 2, .cut = true};

	lines_free_text(out);
	lines_addf(out, &(struct line_look){.indent = 0,
	    .style = STYLE_TITLE}, "%s: codes of %s", c->header,
	    map_field_name(c->field));
	lines_plain(out, STYLE_LABEL, "Enter says what a code means here. A "
	    "row with a code that nobody explained is not taken.");
	lines_blank(out);
	for (size_t i = 0; i < c->n; i++) {
		(void)lines_row(out);
		fill_code(c, c->values[i], out);
	}
	(void)lines_row(out);
	look.style = STYLE_DIM;
	lines_add(out, &look, "A code that stands further down in the file");
	c->at = out->row;
}

/* The i-th that ours may be and that begins with text. */
static const char *
complete(void *ctx, const char *text, size_t i)
{
	struct codes *c = ctx;
	const struct instrument *in = c->s->o.ops->instrument(c->s->o.ctx);
	struct str all;
	char *rest, *word;

	str_clear(&c->choice);
	if (c->field == MAP_INDICATOR) {
		bool first = strncasecmp(MAPPING_IGNORE, text,
		    strlen(text)) == 0;

		if (first && i == 0)
			str_add(&c->choice, MAPPING_IGNORE);
		return (first && i == 0) || mapping_item_choice(in, text,
		    i - first, &c->choice) ? c->choice.s : NULL;
	}
	str_init(&all);
	if (c->field == MAP_STATE) {
		for (int k = 0; k < ANSWER_STATES; k++)
			str_add_fmt(&all, "%s%s", k > 0 ? ", " : "",
			    answer_name((enum answer)k));
	} else {
		map_field_codes(c->field, &all);
	}
	for (rest = all.s; (word = strsep(&rest, ",")) != NULL;) {
		word += strspn(word, " ");
		if (*word != '\0' && strncasecmp(word, text, strlen(text)) == 0 &&
		    i-- == 0) {
			str_add(&c->choice, word);
			break;
		}
	}
	str_release(&all);
	return c->choice.len > 0 ? c->choice.s : NULL;
}

static void
typed(void *ctx, struct app *app, const char *text)
{
	struct codes *c = ctx;
	struct str ours;
	struct err e;

	if (text == NULL || c->at >= c->n)
		return;
	str_init(&ours);
	if (*text != '\0' && mapping_code_word(c->field,
	    c->s->o.ops->instrument(c->s->o.ctx), text, &ours, &e) != RC_OK) {
		app_error(app, &e);
	} else {
		mapping_code_set(&c->s->sheet.m->codes[c->field],
		    c->values[c->at], ours.s);
		mapping_settle(c->s, c->header);
		mapping_changed(c->s, app);
	}
	str_release(&ours);
	textpane_refresh(c->self);
}

/* A code that the first rows do not have: now it is in the list. */
static void
further_typed(void *ctx, struct app *app, const char *text)
{
	struct codes *c = ctx;

	if (text == NULL || *text == '\0')
		return;
	add(c, text);
	app_say(app, "Enter says what \"%s\" means.", text);
	textpane_refresh(c->self);
}

static void
ask_code(struct codes *c, struct app *app)
{
	struct prompt p = {.label = "Means: ", .ctx = c, .done = typed,
	    .complete = complete};
	const char *ours;

	if (c->at >= c->n) {
		p = (struct prompt){.label = "Their code: ", .ctx = c,
		    .done = further_typed, .text = ""};
		app_say(app, "As it stands in the file: the dry run names it "
		    "with its row.");
		app_prompt(app, &p);
		return;
	}
	ours = mapping_code(&c->s->sheet.m->codes[c->field],
	    c->values[c->at], strlen(c->values[c->at]));
	p.text = ours != NULL ? ours : "";
	app_say(app, "What \"%s\" means here%s; Tab goes through what there "
	    "is. Left empty it is said no more.", c->values[c->at],
	    c->field == MAP_INDICATOR ? ": its number, or a word of it" : "");
	app_prompt(app, &p);
}

static bool
act(void *ctx, const struct event *ev, struct app *app, struct pane *self)
{
	struct codes *c = ctx;

	textpane_refresh(self);
	c->self = self;
	if (ev->act == ACT_CANCEL)
		app_pop(app);
	else if (ev->act == ACT_OPEN)
		ask_code(c, app);
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
codes_free(void *ctx)
{
	struct codes *c = ctx;

	for (size_t i = 0; i < c->n; i++)
		free(c->values[i]);
	free(c->values);
	free(c->header);
	str_release(&c->choice);
	free(c);
}

/* In the wide form a cell of an indicator's column is a state. */
void
mapping_codes_open(struct mappingscreen *s, struct app *app)
{
	const char *header = mapping_header(s, s->scroll.at), *item;
	enum map_field f = MAP_STATE;
	enum column_is is = header != NULL ? mapping_column_is(s->sheet.m,
	    header, &f, &item) : COLUMN_UNSAID;
	struct textpane_opts o = {.name = "codes", .topic = "collation",
	    .context = CONTEXT_MOVE, .fill = fill, .act = act, .can = can,
	    .destroy = codes_free};
	struct codes *c;

	if (is == COLUMN_ITEM)
		f = MAP_STATE;
	if (is != COLUMN_ITEM && (is != COLUMN_FIELD ||
	    !map_field_coded(f))) {
		app_say(app, "This column holds no codes.");
		return;
	}
	mapping_settle(s, header);
	c = xcalloc(1, sizeof(*c));
	str_init(&c->choice);
	c->s = s;
	c->field = f;
	c->header = xstrdup(header);
	for (size_t i = 1; i < s->sheet.nrows; i++)
		add(c, s->sheet.rows[i][mapping_column(s)]);
	o.ctx = c;
	app_push(app, textpane_new(&o));
}
