/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/packscreen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/lines.h"
#include "tui/textpane.h"

#define DRAFT "access-pack"

struct packscreen {
	struct pane base;
	struct packscreen_opts o;
	struct reading g;
	struct access_pack pack;
	struct lines lines;	/* rows: the names, then the entries */
};

static const struct packscreen *
pack_of(const struct pane *p)
{
	return (const struct packscreen *)(const void *)p;
}

static struct packscreen *
pack_mut(struct pane *p)
{
	return (struct packscreen *)(void *)p;
}

/* ---- what it shows ---- */

static void
add_name(struct packscreen *s, const struct redact_name *n)
{
	struct line_look look = {.indent = 6, .style = STYLE_NORMAL,
	    .lead = n->on ? "[x]" : "[ ]", .lead_style = STYLE_LABEL,
	    .cut = true};

	(void)lines_row(&s->lines);
	lines_addf(&s->lines, &look, "%s (%s)", n->name, n->why);
}

static void
add_entry(struct packscreen *s, const struct pack_line *l)
{
	bool given = l->withheld == WITHHELD_NOT;
	struct line_look look = {.indent = 9,
	    .style = given ? STYLE_NORMAL : STYLE_DIM,
	    .lead = given ? "give" : "withhold",
	    .lead_style = given ? STYLE_LABEL : STYLE_WARNING};
	struct str words;

	(void)lines_row(&s->lines);
	str_init(&words);
	record_title(l->record, NULL, &words);
	if (given && l->names > 0)
		str_add_fmt(&words, " - %zu %s withheld in it", l->names,
		    l->names == 1 ? "name" : "names");
	lines_add(&s->lines, &look, words.s);
	str_release(&words);
	look.lead = NULL;
	if (!given)
		lines_add(&s->lines, &look, withheld_words(l->withheld));
}

static size_t
count_given(const struct packscreen *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->pack.n; i++)
		n += s->pack.lines[i].withheld == WITHHELD_NOT;
	return n;
}

static void
add_head(struct packscreen *s)
{
	lines_plain(&s->lines, STYLE_TITLE, "Subject access: what is given of "
	    "this file");
	lines_plain(&s->lines, STYLE_NORMAL, "Space changes a line, Enter "
	    "reads an entry as it will leave. The program finds only the "
	    "names that it was told: read every entry that is given. a adds "
	    "a name, E takes the pack out.");
	lines_blank(&s->lines);
	lines_plain(&s->lines, STYLE_HEADING, "Names withheld in every entry");
	if (s->pack.names.n == 0)
		lines_plain(&s->lines, STYLE_DIM, "Nobody else is named in a "
		    "field of this file.");
}

static void
fill(struct packscreen *s)
{
	struct str head;

	lines_clear(&s->lines);
	add_head(s);
	for (size_t i = 0; i < s->pack.names.n; i++)
		add_name(s, &s->pack.names.names[i]);
	lines_free_text(&s->lines);
	lines_blank(&s->lines);
	str_init(&head);
	str_add_fmt(&head, "Entries: %zu of %zu given", count_given(s),
	    s->pack.n);
	lines_plain(&s->lines, STYLE_HEADING, head.s);
	str_release(&head);
	if (s->pack.unread > 0)
		lines_plain(&s->lines, STYLE_WARNING, "Entries that a newer "
		    "version wrote, or that cannot be read, are not among "
		    "them; the pack says so.");
	for (size_t i = 0; i < s->pack.n; i++)
		add_entry(s, &s->pack.lines[i]);
	lines_done(&s->lines);
}

/* ---- what is decided ---- */

/* After each decision: a pack of a long file is not gone through twice. */
static void
keep(struct packscreen *s, struct app *app)
{
	json_t *saved = access_pack_save(&s->pack);
	char *text = json_dumps(saved, JSON_COMPACT);
	struct err e;

	if (text != NULL && s->o.w->door.save(s->o.w->door.ctx, DRAFT, NULL,
	    text, &e) != RC_OK)
		app_error(app, &e);
	free(text);
	json_decref(saved);
}

static void
restore(struct packscreen *s)
{
	char *text = NULL;
	json_t *saved = NULL;

	if (s->o.w->door.restore(s->o.w->door.ctx, DRAFT, NULL, &text,
	    NULL) == RC_OK && text != NULL)
		saved = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	if (saved != NULL)
		access_pack_restore(&s->pack, saved);
	json_decref(saved);
	free(text);
}

static void
changed(struct packscreen *s, struct app *app, bool names)
{
	if (names)
		access_pack_count(&s->pack, &s->g);
	keep(s, app);
	fill(s);
}

static void
turn(struct packscreen *s, struct app *app)
{
	size_t row = s->lines.row, names = s->pack.names.n;
	struct pack_line *l;

	if (row < names) {
		s->pack.names.names[row].on = !s->pack.names.names[row].on;
		changed(s, app, true);
	} else if (row - names < s->pack.n) {
		l = &s->pack.lines[row - names];
		l->withheld = (l->withheld + 1) % WITHHELD_REASONS;
		changed(s, app, false);
	}
}

static void
name_done(void *ctx, struct app *app, const char *text)
{
	struct packscreen *s = ctx;

	if (text == NULL || text[strspn(text, " ")] == '\0')
		return;
	redact_add(&s->pack.names, text + strspn(text, " "), "Added", true);
	changed(s, app, true);
	app_say(app, "Withheld wherever it stands, each of its words too.");
}

static void
ask_name(struct packscreen *s, struct app *app)
{
	struct prompt p = {.label = "Withhold this name: ", .ctx = s,
	    .done = name_done};

	app_prompt(app, &p);
}

/* ---- one entry, as it will leave ---- */

struct reader {
	const struct packscreen *s;
	size_t line;
};

static void
reader_fill(void *ctx, struct lines *out)
{
	const struct reader *r = ctx;
	struct str text;
	char *p, *next;

	str_init(&text);
	access_pack_read(&r->s->pack, &r->s->g, r->line, &text);
	lines_plain(out, STYLE_TITLE, withheld_words(
	    r->s->pack.lines[r->line].withheld));
	lines_blank(out);
	for (p = text.s; *p != '\0'; p = next) {
		next = p + strcspn(p, "\n");
		if (*next == '\n')
			*next++ = '\0';
		lines_plain(out, STYLE_NORMAL, p);
	}
	str_release(&text);
}

static bool
reader_act(void *ctx, const struct event *ev, struct app *app,
    struct pane *self)
{
	(void)ctx;
	(void)self;
	if (ev->act != ACT_BACK && ev->act != ACT_CANCEL &&
	    ev->act != ACT_OPEN)
		return false;
	app_pop(app);
	return true;
}

static void
read_entry(struct packscreen *s, struct app *app)
{
	struct reader *r;
	struct textpane_opts o = {.name = "entry", .topic = "export",
	    .context = CONTEXT_MOVE, .fill = reader_fill, .act = reader_act,
	    .destroy = free};

	if (s->lines.row < s->pack.names.n ||
	    s->lines.row - s->pack.names.n >= s->pack.n)
		return;
	r = xcalloc(1, sizeof(*r));
	*r = (struct reader){s, s->lines.row - s->pack.names.n};
	o.ctx = r;
	app_push(app, textpane_new(&o));
}

/* ---- keys ---- */

static bool
pack_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct packscreen *s = pack_mut(p);

	if (lines_act(&s->lines, ev->act))
		return true;
	switch (ev->act) {
	case ACT_PACK_TURN:
		turn(s, app);
		return true;
	case ACT_PACK_NAME:
		ask_name(s, app);
		return true;
	case ACT_PACK_OUT:
		s->o.leave(s->o.ctx, app, &s->pack, &s->g);
		return true;
	case ACT_OPEN:
		read_entry(s, app);
		return true;
	case ACT_BACK:
	case ACT_CANCEL:
		app_pop(app);
		app_say(app, "What you decided is kept as a draft.");
		return true;
	default:
		return false;
	}
}

/* ---- the rest of the pane ---- */

static void
pack_draw(const struct pane *p, const struct view *v, bool focused)
{
	lines_draw(&pack_of(p)->lines, v, focused);
}

static void
pack_resize(struct pane *p, int w, int h)
{
	lines_resize(&pack_mut(p)->lines, w, h);
	fill(pack_mut(p));
}

static void
pack_status(const struct pane *p, struct status *st)
{
	(void)snprintf(st->place, sizeof(st->place), "Subject access, %s",
	    pack_of(p)->o.w->signed_.reference);
}

static void
pack_destroy(struct pane *p)
{
	struct packscreen *s = pack_mut(p);

	access_pack_release(&s->pack);
	lines_release(&s->lines);
	if (s->o.destroy != NULL)
		s->o.destroy(s->o.ctx);
	free(s);
}

static const struct pane_ops pack_ops = {
	.name = "subject access",
	.context = CONTEXT_PACK,
	.topic = "export",
	.draw = pack_draw,
	.act = pack_act,
	.resize = pack_resize,
	.destroy = pack_destroy,
	.status = pack_status,
};

struct pane *
packscreen_new(const struct packscreen_opts *o)
{
	struct packscreen *s = xcalloc(1, sizeof(*s));

	s->base.ops = &pack_ops;
	s->o = *o;
	s->g = (struct reading){&o->w->signed_, o->w->door.roster,
	    o->w->door.in};
	access_pack_init(&s->pack, &s->g);
	restore(s);
	access_pack_count(&s->pack, &s->g);
	lines_init(&s->lines);
	fill(s);
	return &s->base;
}
