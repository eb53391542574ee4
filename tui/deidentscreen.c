/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/deidentscreen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/deidentscreen_impl.h"
#include "tui/rewrite.h"

static const struct deidentscreen *
deident_of(const struct pane *p)
{
	return (const struct deidentscreen *)(const void *)p;
}

static struct deidentscreen *
deident_mut(struct pane *p)
{
	return (struct deidentscreen *)(void *)p;
}

/* ---- the work ---- */

/* After each decision: a long case is not gone through twice. */
static void
keep_work(struct deidentscreen *s, struct app *app)
{
	struct str text;
	struct err e;

	str_init(&text);
	deident_write(&s->d, &text);
	if (s->source.save(s->source.ctx, NULL, text.s, &e) != RC_OK)
		app_error(app, &e);
	str_release(&text);
}

static void
changed(struct deidentscreen *s, struct app *app)
{
	keep_work(s, app);
	deident_fill(s);
}

/* The selected line; NULL on what is replaced. */
static struct deident_line *
selected(const struct deidentscreen *s, size_t *at)
{
	size_t row = s->lines.row, names = s->d.nidents;

	if (row < names || row - names >= s->d.nlines)
		return NULL;
	*at = row - names;
	return &s->d.lines[*at];
}

static bool
go_next(struct deidentscreen *s)
{
	size_t n = s->d.nlines, names = s->d.nidents;
	size_t from = s->lines.row >= names ? s->lines.row - names + 1 : 0;

	for (size_t k = 0; k < n; k++) {
		size_t i = (from + k) % n;

		if (s->d.lines[i].state != LINE_WAITING)
			continue;
		lines_select(&s->lines, names + i);
		return true;
	}
	return false;
}

static void
tell_none_waits(struct app *app)
{
	app_say(app, "No line waits. $ makes the study.");
}

/* On to the next line that waits: the person reads it before the next key. */
static void
decide(struct deidentscreen *s, struct app *app, enum deident_state state)
{
	size_t at;

	if (selected(s, &at) == NULL) {
		app_say(app, "This is what is replaced; n goes to the next "
		    "line that waits.");
		return;
	}
	deident_decide(&s->d, at, state, NULL);
	changed(s, app);
	if (state != LINE_WAITING && !go_next(s))
		tell_none_waits(app);
}

/* ---- writing a line anew ---- */

static void
rewrite_remark(void *ctx, const char *text, struct str *out)
{
	struct deidentscreen *s = ctx;
	struct doubt_found *found = NULL;
	size_t n = deident_doubts(&s->d, text, &found);

	deident_doubt_words(found, n, text, out);
	free(found);
}

/* That it cannot be kept is told when the line is kept. */
static void
drop_typed(struct deidentscreen *s)
{
	struct err e;

	(void)!s->source.save(s->source.ctx, "line", "", &e);
}

static void
rewrite_changed(void *ctx, const char *text)
{
	struct deidentscreen *s = ctx;
	struct err e;

	str_clear(&s->typed);
	str_add_fmt(&s->typed, "%zu\n%s", s->rewriting, text);
	(void)!s->source.save(s->source.ctx, "line", s->typed.s, &e);
}

static void
rewrite_left(void *ctx, struct app *app)
{
	drop_typed(ctx);
	app_say(app, "The line is as it was.");
}

static void
rewrite_keep(void *ctx, struct app *app, const char *text)
{
	struct deidentscreen *s = ctx;

	drop_typed(s);
	if (text[strspn(text, " \n")] == '\0')
		deident_decide(&s->d, s->rewriting, LINE_LEFT_OUT, NULL);
	else
		deident_decide(&s->d, s->rewriting, LINE_REWRITTEN, text);
	changed(s, app);
	if (!go_next(s))
		tell_none_waits(app);
}

/* What a lock or a crash left of this line's text; NULL if nothing. */
static char *
typed_before(struct deidentscreen *s, size_t at)
{
	char *kept = s->source.restore(s->source.ctx, "line"), *end = NULL;
	char *text = NULL;

	if (kept != NULL && strtoul(kept, &end, 10) == at && *end == '\n')
		text = xstrdup(end + 1);
	free(kept);
	return text;
}

static void
rewrite(struct deidentscreen *s, struct app *app)
{
	struct rewrite_opts o = {.title = "Write the line anew. It was:",
	    .topic = "deident", .ctx = s, .keep = rewrite_keep,
	    .left = rewrite_left, .changed = rewrite_changed,
	    .remark = rewrite_remark};
	const struct deident_line *l;
	char *typed;
	size_t at;

	l = selected(s, &at);
	if (l == NULL) {
		app_say(app, "Space replaces it or leaves it in; a adds "
		    "another.");
		return;
	}
	s->rewriting = at;
	typed = typed_before(s, at);
	o.was = l->original;
	o.text = typed != NULL ? typed : l->text != NULL ? l->text :
	    l->proposed;
	app_push(app, rewrite_new(&o));
	free(typed);
}

/* ---- what is replaced ---- */

static void
turn(struct deidentscreen *s, struct app *app)
{
	const struct ident *id;

	if (s->lines.row >= s->d.nidents) {
		app_say(app, "p passes the line, e writes it anew, x leaves "
		    "it out.");
		return;
	}
	id = &s->d.idents[s->lines.row];
	deident_switch(&s->d, s->lines.row, !id->on);
	changed(s, app);
	id = &s->d.idents[s->lines.row];
	if (!id->on)
		app_warn(app, "\"%s\" stays in now: whoever reads the file "
		    "reads it. Space replaces it again.", id->text);
}

enum { F_NAME, F_WHAT, F_INSTEAD, F_FIELDS };

static enum rc
name_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct deidentscreen *s = ctx;

	(void)app;
	(void)e;
	deident_add(&s->d, (enum ident_type)ask_choice(ask, F_WHAT),
	    ask_text(ask, F_NAME), ask_text(ask, F_INSTEAD));
	return RC_OK;
}

static void
name_after(void *ctx, struct app *app)
{
	changed(ctx, app);
	app_say(app, "Replaced wherever it stands; lines that are others now "
	    "wait again.");
}

static void
ask_name(struct deidentscreen *s, struct app *app)
{
	const struct ask_choice types[] = {
		{"The young person, by another name", false},
		{"Somebody else", true},
		{"A worker", false},
		{"A place", false},
		{"A number", false},
		{"An account or address online", false},
	};
	const struct ask_field fields[F_FIELDS] = {
		{ASK_LINE, "What stands there", "As it is written in the "
		    "case: a name, a nickname, a street.", NULL, false, NULL,
		    0},
		{ASK_CHOICE, "What it is", "Up and Down choose.", NULL, false,
		    types, 6},
		{ASK_LINE, "Instead", "Empty: a general word for it.", NULL,
		    true, NULL, 0},
	};
	const struct ask_opts o = {
		.title = "Replace something else",
		.intro = "The program finds the names that the case has in "
		    "its fields. What only you know of, it does not find.",
		.verb = "replace it", .topic = "deident", .fields = fields,
		.n = F_FIELDS, .ctx = s, .done = name_done,
		.after = name_after,
	};

	ask_open(app, &o);
}

/* ---- keys ---- */

static bool
deident_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct deidentscreen *s = deident_mut(p);

	if (lines_act(&s->lines, ev->act))
		return true;
	switch (ev->act) {
	case ACT_DEIDENT_PASS:
		decide(s, app, LINE_PASSED);
		return true;
	case ACT_DEIDENT_OUT:
		decide(s, app, LINE_LEFT_OUT);
		return true;
	case ACT_DEIDENT_UNDO:
		decide(s, app, LINE_WAITING);
		return true;
	case ACT_DEIDENT_REWRITE:
		rewrite(s, app);
		return true;
	case ACT_DEIDENT_NEXT:
		if (!go_next(s))
			tell_none_waits(app);
		return true;
	case ACT_DEIDENT_TURN:
		turn(s, app);
		return true;
	case ACT_DEIDENT_NAME:
		ask_name(s, app);
		return true;
	case ACT_DEIDENT_MAKE:
		deident_make(s, app);
		return true;
	case ACT_BACK:
	case ACT_CANCEL:
		app_pop(app);
		app_say(app, "What you decided is kept, encrypted; :study "
		    "goes on with it.");
		return true;
	default:
		return false;
	}
}

static bool
deident_can(const struct pane *p, enum action a)
{
	const struct deidentscreen *s = deident_of(p);
	bool line = s->lines.row >= s->d.nidents && s->d.nlines > 0;

	switch (a) {
	case ACT_DEIDENT_PASS:
	case ACT_DEIDENT_OUT:
	case ACT_DEIDENT_REWRITE:
	case ACT_DEIDENT_UNDO:
		return line;
	case ACT_DEIDENT_TURN:
		return !line && s->d.nidents > 0;
	case ACT_DEIDENT_NEXT:
		return deident_waiting(&s->d) > 0;
	case ACT_DEIDENT_MAKE:
		return deident_waiting(&s->d) == 0;
	default:
		return a != ACT_OPEN && a != ACT_SEARCH && a != ACT_NEXT_PANE;
	}
}

/* ---- the rest of the pane ---- */

static void
deident_draw(const struct pane *p, const struct view *v, bool focused)
{
	lines_draw(&deident_of(p)->lines, v, focused);
}

static void
deident_resize(struct pane *p, int w, int h)
{
	lines_resize(&deident_mut(p)->lines, w, h);
	deident_fill(deident_mut(p));
}

static void
deident_status(const struct pane *p, struct status *st)
{
	const struct deidentscreen *s = deident_of(p);
	size_t n = deident_waiting(&s->d);

	(void)snprintf(st->place, sizeof(st->place), "Study of %s, %zu wait%s",
	    s->reference, n, n == 1 ? "s" : "");
}

static void
deident_destroy(struct pane *p)
{
	struct deidentscreen *s = deident_mut(p);

	deident_release(&s->d);
	lines_release(&s->lines);
	str_release(&s->typed);
	free(s->reference);
	if (s->source.destroy != NULL)
		s->source.destroy(s->source.ctx);
	free(s);
}

static const struct pane_ops deident_ops = {
	.name = "making a study", .context = CONTEXT_DEIDENT,
	.topic = "deident", .draw = deident_draw, .act = deident_act,
	.resize = deident_resize, .destroy = deident_destroy,
	.can = deident_can, .status = deident_status,
};

struct pane *
deidentscreen_new(const struct deidentscreen_opts *o)
{
	struct deidentscreen *s = xcalloc(1, sizeof(*s));

	s->base.ops = &deident_ops;
	s->source = o->source;
	s->reference = xstrdup(o->reference);
	s->d = *o->d;
	memset(o->d, 0, sizeof(*o->d));
	str_init(&s->typed);
	lines_init(&s->lines);
	deident_fill(s);
	return &s->base;
}
