/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One study made from a case, whole, and what is decided on it. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/study_print.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/studydrafts_impl.h"
#include "tui/textpane.h"

enum { F_REASON, F_CONFIRM, F_FIELDS };

/* What a form or a prompt is about; goes with it, or stays with a screen. */
struct studydeed {
	struct study_source source;
	struct studyrow row;
	bool let_out, done;
	struct str path;
};

static struct studydeed *
deed_new(const struct study_source *source, const struct studyrow *row)
{
	struct studydeed *d = xcalloc(1, sizeof(*d));

	d->source = *source;
	d->row = (struct studyrow){.id = row->id, .at = row->at,
	    .by_at = row->by_at, .let_out = row->let_out,
	    .study = xstrdup(row->study), .text = xstrdup(row->text),
	    .report = xstrdup(row->report), .by = xstrdup(row->by)};
	if (row->reason != NULL) {
		d->row.reason = xstrdup(row->reason);
		d->row.decided_by = xstrdup(row->decided_by);
	}
	str_init(&d->path);
	return d;
}

static void
deed_free(void *ctx)
{
	struct studydeed *d = ctx;

	studyrow_release(&d->row);
	str_release(&d->path);
	free(d);
}

/* ---- deciding ---- */

static enum rc
deed_check(void *ctx, const struct pane *ask, size_t i, struct err *e)
{
	const struct studydeed *d = ctx;
	const char *typed = ask_text(ask, i);

	if (i == F_REASON && typed[strspn(typed, " ")] == '\0')
		return err_set(e, RC_INPUT, d->let_out ? "Say why it cannot "
		    "be told whose case it was." :
		    "Say what is left to do.");
	if (i == F_CONFIRM && strcmp(typed, d->row.study) != 0)
		return err_set(e, RC_INPUT, "Type %s to %s. Esc leaves it as "
		    "it is.", d->row.study, d->let_out ? "let it out" :
		    "give it back");
	return RC_OK;
}

static enum rc
deed_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct studydeed *d = ctx;

	(void)app;
	return d->source.decide(d->source.ctx, &d->row.id, d->let_out,
	    ask_text(ask, F_REASON), e);
}

/* The screen below shows it as it was read; the list says what it is now. */
static void
deed_after(void *ctx, struct app *app)
{
	const struct studydeed *d = ctx;

	if (strcmp(app_top(app)->ops->name, "study made from a case") == 0)
		app_pop(app);
	if (d->let_out)
		app_say(app, "Signed. w writes it to a file.");
	else
		app_say(app, "Given back; whoever made it reads why in this "
		    "list.");
}

void
study_sign(const struct study_source *source, struct app *app,
    const struct studyrow *row, bool let_out)
{
	struct studydeed *d = deed_new(source, row);
	const struct ask_field fields[F_FIELDS] = {
		{ASK_LINE, let_out ? "Why it may leave" : "What is left to do",
		    "Kept for ever: name no child in it.", NULL, false, NULL,
		    0},
		{ASK_LINE, "Confirm", "Type the id of the study.", NULL,
		    false, NULL, 0},
	};
	struct ask_opts o = {
		.title = let_out ? "Sign a study made from a case" :
		    "Give a study back",
		.intro = let_out ? "Whoever has the file can teach with it, "
		    "and nobody can call it back. Sign only if you have read "
		    "the report and every line, as somebody would who knows "
		    "the family." : "It does not leave. Whoever made it can "
		    "make another from the case.",
		.verb = let_out ? "sign it" : "give it back",
		.topic = "deident", .fields = fields, .n = F_FIELDS,
		.ctx = d, .check = deed_check, .done = deed_done,
		.after = deed_after, .destroy = deed_free,
	};

	d->let_out = let_out;
	ask_open(app, &o);
}

/* ---- the file ---- */

static enum rc
path_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct studydeed *d = ctx;

	(void)app;
	str_clear(&d->path);
	str_add(&d->path, ask_text(ask, 0));
	return d->source.write(d->source.ctx, &d->row.id, d->path.s, e);
}

static void
path_after(void *ctx, struct app *app)
{
	app_say(app, "%s is written, and it is on the record that it was.",
	    ((struct studydeed *)ctx)->path.s);
}

void
study_write_file(const struct study_source *source, struct app *app,
    const struct studyrow *row)
{
	struct studydeed *d;
	struct ask_field file = {ASK_LINE, "File", "A file that is there is "
	    "never overwritten.", NULL, false, NULL, 0};
	struct ask_opts o = {
		.title = "Write the study to a file",
		.intro = "A training store takes it in, and hearken study "
		    "check reads it.",
		.verb = "write it", .topic = "deident", .fields = &file,
		.n = 1, .done = path_done, .after = path_after,
		.destroy = deed_free,
	};
	struct str name;

	if (!row->let_out) {
		app_warn(app, "No supervisor has signed it, so no file is "
		    "made of it.");
		return;
	}
	d = deed_new(source, row);
	str_init(&name);
	str_add_fmt(&name, "%s.yaml", row->study);
	file.text = name.s;
	o.ctx = d;
	ask_open(app, &o);
	str_release(&name);
}

/* ---- reading ---- */

static void
add_text(struct lines *out, const char *text)
{
	char *copy = xstrdup(text), *next;

	for (char *p = copy; *p != '\0'; p = next) {
		next = p + strcspn(p, "\n");
		if (*next == '\n')
			*next++ = '\0';
		if (*p == '\0')
			lines_blank(out);
		else
			lines_plain(out, STYLE_NORMAL, p);
	}
	free(copy);
}

static void
add_study(const struct studydeed *d, struct lines *out)
{
	const struct instrument *in = NULL;
	struct study *s;
	struct faults f;
	struct str words;

	faults_init(&f, "study");
	s = study_parse(d->row.text, strlen(d->row.text), &f);
	faults_release(&f);
	if (s != NULL)
		in = d->source.instrument(d->source.ctx, s->instrument);
	str_init(&words);
	if (in != NULL)
		study_print(s, in, out->w, &words);
	else
		str_add(&words, d->row.text);
	add_text(out, words.s);
	str_release(&words);
	study_free(s);
}

static void
read_fill(void *ctx, struct lines *out)
{
	const struct studydeed *d = ctx;
	struct str state;

	str_init(&state);
	str_add_fmt(&state, "The study %s, made by %s", d->row.study,
	    d->row.by);
	lines_plain(out, STYLE_TITLE, state.s);
	str_clear(&state);
	studyrow_state(&d->row, &state);
	lines_plain(out, d->row.reason == NULL ? STYLE_WARNING : STYLE_NORMAL,
	    state.s);
	str_release(&state);
	lines_blank(out);
	lines_plain(out, STYLE_HEADING, "What may still identify");
	add_text(out, d->row.report);
	lines_blank(out);
	lines_plain(out, STYLE_HEADING, "The study, as a facilitator reads it");
	add_study(d, out);
}

static bool
read_act(void *ctx, const struct event *ev, struct app *app,
    struct pane *self)
{
	struct studydeed *d = ctx;

	(void)self;
	switch (ev->act) {
	case ACT_BACK:
	case ACT_CANCEL:
		app_pop(app);
		return true;
	case ACT_STUDY_SIGN:
	case ACT_STUDY_RETURN:
		if (d->row.reason != NULL)
			app_say(app, "It was decided on already.");
		else
			study_sign(&d->source, app, &d->row,
			    ev->act == ACT_STUDY_SIGN);
		return true;
	case ACT_STUDY_WRITE:
		study_write_file(&d->source, app, &d->row);
		return true;
	default:
		return false;
	}
}

static bool
read_can(const void *ctx, enum action a)
{
	const struct studydeed *d = ctx;

	if (a == ACT_STUDY_SIGN || a == ACT_STUDY_RETURN)
		return d->row.reason == NULL;
	if (a == ACT_STUDY_WRITE)
		return d->row.let_out;
	return a != ACT_NEXT_PANE && a != ACT_SEARCH && a != ACT_OPEN;
}

struct pane *
studyread_new(const struct study_source *source, struct studyrow *row)
{
	struct textpane_opts o = {.name = "study made from a case",
	    .topic = "deident", .context = CONTEXT_STUDIES,
	    .ctx = deed_new(source, row), .fill = read_fill,
	    .act = read_act, .can = read_can, .destroy = deed_free};

	return textpane_new(&o);
}
