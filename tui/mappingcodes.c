/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The codes of one column of an agency's file: theirs, and what each means
 * here.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

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

static void
fill(void *ctx, struct lines *out)
{
	struct codes *c = ctx;
	const struct map_codes *codes = &c->s->sheet.m->codes[c->field];
	struct line_look look = {.indent = 2, .cut = true};

	lines_free_text(out);
	lines_addf(out, &(struct line_look){.indent = 0,
	    .style = STYLE_TITLE}, "%s: codes of %s", c->header,
	    map_field_name(c->field));
	lines_plain(out, STYLE_LABEL, "Enter says what a code means here. A "
	    "row with a code that nobody explained is not taken.");
	lines_blank(out);
	for (size_t i = 0; i < c->n; i++) {
		const char *ours = mapping_code(codes, c->values[i],
		    strlen(c->values[i]));

		(void)lines_row(out);
		look.style = ours == NULL ? STYLE_PENDING : STYLE_NORMAL;
		lines_addf(out, &look, "%s -> %s", c->values[i],
		    ours != NULL ? ours : "as it stands");
	}
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

	str_init(&all);
	if (c->field == MAP_INDICATOR) {
		str_add(&all, MAPPING_IGNORE);
		for (size_t k = 0; k < in->nitems; k++)
			str_add_fmt(&all, ", %s", in->items[k].id);
	} else if (c->field == MAP_STATE) {
		for (int k = 0; k < ANSWER_STATES; k++)
			str_add_fmt(&all, "%s%s", k > 0 ? ", " : "",
			    answer_name((enum answer)k));
	} else {
		map_field_codes(c->field, &all);
	}
	str_clear(&c->choice);
	for (rest = all.s; (word = strsep(&rest, ",")) != NULL;) {
		word += strspn(word, " ");
		if (*word != '\0' && strncmp(word, text, strlen(text)) == 0 &&
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

	(void)app;
	if (text == NULL || c->at >= c->n)
		return;
	mapping_code_set(&c->s->sheet.m->codes[c->field], c->values[c->at],
	    text);
	textpane_refresh(c->self);
}

static bool
act(void *ctx, const struct event *ev, struct app *app, struct pane *self)
{
	struct codes *c = ctx;
	struct prompt p = {.label = "Means: ", .ctx = c, .done = typed,
	    .complete = complete};
	const char *ours;

	textpane_refresh(self);
	c->self = self;
	if (ev->act == ACT_CANCEL) {
		app_pop(app);
	} else if (ev->act == ACT_OPEN && c->at < c->n) {
		ours = mapping_code(&c->s->sheet.m->codes[c->field],
		    c->values[c->at], strlen(c->values[c->at]));
		p.text = ours != NULL ? ours : "";
		app_say(app, "What \"%s\" means here; Tab completes, nothing "
		    "leaves it as it stands.", c->values[c->at]);
		app_prompt(app, &p);
	} else {
		return false;
	}
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
