/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The forms of the first screen of a training store: how a study is gone
 * through, and taking one in from a file.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "tui/ask.h"
#include "tui/textpane.h"
#include "tui/trainhome_impl.h"

enum { BEGIN_MODE, BEGIN_PART, BEGIN_SITTING, BEGIN_FIELDS };

/* Goes with the form. */
struct beginning {
	struct trainhome *t;	/* borrowed: it lies under the form */
	char *study;		/* owned */
	struct case_id id;
};

static void
beginning_free(void *ctx)
{
	struct beginning *b = ctx;

	free(b->study);
	free(b);
}

static enum rc
begin_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	static const enum walk_part parts[] = {
		WALK_BY_ITSELF, WALK_BEFORE, WALK_AFTER
	};
	struct beginning *b = ctx;
	const struct train_source *src = &b->t->o.source;
	struct train_begin how = {
		.study = b->study,
		.mode = ask_choice(ask, BEGIN_MODE) == 1 ? WALK_GROUP :
		    WALK_ALONE,
		.part = parts[ask_choice(ask, BEGIN_PART)],
		.sitting = ask_text(ask, BEGIN_SITTING),
	};

	(void)app;
	return src->ops->begin(src->ctx, &how, &b->id, e);
}

static void
begin_after(void *ctx, struct app *app)
{
	struct beginning *b = ctx;

	b->t->o.open(b->t->o.ctx, app, &b->id);
}

static void
begin_intro(const struct train_study *s, struct str *out)
{
	str_add_fmt(out, "%zu stage%s. At each one you answer the checklist "
	    "and write a note as in live work, then commit; only then the "
	    "model's answers are shown. Every change is kept with its time, "
	    "so that you can go through it again.", s->stages,
	    s->stages == 1 ? "" : "s");
	if (*s->pair != '\0')
		str_add_fmt(out, " As hard: %s.", s->pair);
}

void
trainbegin_open(struct trainhome *t, struct app *app,
    const struct home_study *s)
{
	static const struct ask_choice modes[] = {
		{"Alone", true},
		{"A group, with a facilitator at one screen", false}
	};
	static const struct ask_choice parts[] = {
		{"By itself", true},
		{"Before a training", false},
		{"After a training", false}
	};
	static const struct ask_field f[BEGIN_FIELDS] = {
		{ASK_CHOICE, "How", "Alone: you answer. A group: many answer, "
		    "and one person leads.", NULL, false, modes, 2},
		{ASK_CHOICE, "When", "Two studies that are as hard, before "
		    "and after, show what a training changed.", NULL, false,
		    parts, 3},
		{ASK_LINE, "Sitting", "What the training is called, the same "
		    "for all who take part. May be left empty.", NULL, true,
		    NULL, 0}
	};
	struct beginning *b = xcalloc(1, sizeof(*b));
	struct ask_opts o = {
		.verb = "begin", .topic = "training-home", .fields = f,
		.n = BEGIN_FIELDS, .ctx = b, .done = begin_done,
		.after = begin_after, .destroy = beginning_free,
	};
	struct str intro;

	b->t = t;
	b->study = xstrdup(s->id);
	str_init(&intro);
	begin_intro(&s->s, &intro);
	o.title = s->title;
	o.intro = intro.s;
	ask_open(app, &o);
	str_release(&intro);
}

/* ---- sending a session ---- */

enum { SEND_TO, SEND_FILE, SEND_FIELDS };

/* Goes with the form. */
struct sending {
	struct trainhome *t;	/* borrowed: it lies under the form */
	struct case_id id;
	char *reference, *path;	/* owned */
};

static void
sending_free(void *ctx)
{
	struct sending *x = ctx;

	free(x->reference);
	free(x->path);
	free(x);
}

static enum rc
send_check(void *ctx, const struct pane *ask, size_t i, struct err *e)
{
	const struct sending *x = ctx;
	const struct train_source *src = &x->t->o.source;

	return i == SEND_FILE ? src->ops->may_make(src->ctx,
	    ask_text(ask, i), e) : RC_OK;
}

static enum rc
send_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct sending *x = ctx;
	const struct train_source *src = &x->t->o.source;
	struct train_send what = {.id = x->id,
	    .to = ask_text(ask, SEND_TO), .path = ask_text(ask, SEND_FILE)};

	(void)app;
	free(x->path);
	x->path = xstrdup(what.path);
	return src->ops->send(src->ctx, &what, e);
}

static void
send_after(void *ctx, struct app *app)
{
	const struct sending *x = ctx;

	app_say(app, "%s is in %s. Hand the file over: only whom it is "
	    "sealed to opens it, with B and o in a training store.",
	    x->reference, x->path);
}

void
trainsend_open(struct trainhome *t, struct app *app,
    const struct home_session *s)
{
	struct sending *x = xcalloc(1, sizeof(*x));
	struct ask_field f[SEND_FIELDS] = {
		{ASK_LINE, "To", "A person of another training store, whose "
		    "card you took in: U, then E.", NULL, false, NULL, 0},
		{ASK_LINE, "File", "A file that is there is never "
		    "overwritten.", NULL, false, NULL, 0}
	};
	struct ask_opts o = {
		.title = s->reference, .intro = "The whole session, every "
		    "answer with its time, sealed to one person. Only "
		    "another training store takes it in.",
		.verb = "seal it", .working = "Sealing it...",
		.topic = "training-home", .fields = f, .n = SEND_FIELDS,
		.ctx = x, .check = send_check, .done = send_done,
		.after = send_after, .destroy = sending_free,
	};
	struct str file;

	x->t = t;
	x->id = s->s.id;
	x->reference = xstrdup(s->reference);
	str_init(&file);
	str_add_fmt(&file, "%s.bundle", s->reference);
	f[SEND_FILE].text = file.s;
	ask_open(app, &o);
	str_release(&file);
}

/* ---- taking a study in ---- */

/* Lines of faults, to be read and put right in the file. */
struct faulty {
	char *path, *lines;
};

static void
fill_faults(void *ctx, struct lines *out)
{
	const struct faulty *f = ctx;
	struct line_look look = {.indent = 2, .style = STYLE_NORMAL};
	struct line_look title = {.indent = 0, .style = STYLE_TITLE};
	char *copy = xstrdup(f->lines), *rest = copy, *line;

	lines_free_text(out);
	lines_addf(out, &title, "%s is not taken in yet", f->path);
	lines_plain(out, STYLE_LABEL, "Put this right in the file, then take "
	    "it in with a.");
	lines_blank(out);
	while ((line = strsep(&rest, "\n")) != NULL) {
		if (*line == '\0')
			continue;
		(void)lines_row(out);
		lines_add(out, &look, line);
	}
	free(copy);
}

static bool
faults_act(void *ctx, const struct event *ev, struct app *app,
    struct pane *self)
{
	(void)ctx;
	(void)self;
	if (ev->act != ACT_CANCEL)
		return false;
	app_pop(app);
	return true;
}

static bool
faults_can(const void *ctx, enum action a)
{
	(void)ctx;
	return a != ACT_OPEN && a != ACT_SEARCH && a != ACT_NEXT_PANE;
}

static void
faults_free(void *ctx)
{
	struct faulty *f = ctx;

	free(f->path);
	free(f->lines);
	free(f);
}

static void
show_faults(struct app *app, const char *path, const char *lines)
{
	struct faulty *f = xcalloc(1, sizeof(*f));
	struct textpane_opts o = {
		.name = "faults", .topic = "studies",
		.context = CONTEXT_MOVE, .ctx = f, .fill = fill_faults,
		.act = faults_act, .can = faults_can,
		.destroy = faults_free,
	};

	f->path = xstrdup(path);
	f->lines = xstrdup(lines);
	app_push(app, textpane_new(&o));
}

static void ask_path(struct trainhome *t, struct app *app,
    const char *text);

static void
take_now(void *ctx, struct app *app)
{
	struct trainhome *t = ctx;
	const struct train_source *src = &t->o.source;
	struct str told;
	struct err e;
	enum rc rc;

	str_init(&told);
	rc = src->ops->take(src->ctx, t->path.s, &told, &e);
	if (rc == RC_OK) {
		trainhome_load(t);
		app_say(app, "%s", told.s);
	} else if (rc == RC_INPUT && told.len > 0) {
		app_say(app, "%s", "");
		show_faults(app, t->path.s, told.s);
	} else {
		app_error(app, &e);
		/* A name typed wrongly is put right, not typed again. */
		if (rc == RC_NOTFOUND)
			ask_path(t, app, t->path.s);
	}
	str_release(&told);
}

static void
path_typed(void *ctx, struct app *app, const char *text)
{
	struct trainhome *t = ctx;
	const struct train_source *src = &t->o.source;
	struct err e;

	if (text == NULL || *text == '\0')
		return;
	str_clear(&t->path);
	str_add(&t->path, text);
	if (src->ops->may_read(src->ctx, t->path.s, &e) != RC_OK) {
		app_error(app, &e);
		ask_path(t, app, t->path.s);
		return;
	}
	app_say(app, "Reading it...");
	app_later(app, take_now, t);
}

static const char *
path_complete(void *ctx, const char *text, size_t i)
{
	struct trainhome *t = ctx;
	const struct train_source *src = &t->o.source;

	str_clear(&t->choice);
	return src->ops->complete(src->ctx, text, i, &t->choice) ?
	    t->choice.s : NULL;
}

static void
ask_path(struct trainhome *t, struct app *app, const char *text)
{
	struct prompt p = {.label = "Study file: ", .text = text, .ctx = t,
	    .history = "study", .done = path_typed,
	    .complete = path_complete};

	app_prompt(app, &p);
}

void
traintake_open(struct trainhome *t, struct app *app)
{
	if (!t->o.source.ops->may_begin(t->o.source.ctx)) {
		app_warn(app, "Your role writes nothing here: ask whoever "
		    "looks after the store for another.");
		return;
	}
	app_say(app, "Type where the file of the study is; Tab completes. It "
	    "is checked before it is taken in.");
	ask_path(t, app, NULL);
}
