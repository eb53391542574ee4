/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a case cannot tell is asked for; the study is made, checked and shown
 * whole with its report, and kept only when its id is typed.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/study_print.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/deidentscreen_impl.h"
#include "tui/textpane.h"

enum { F_ID, F_TITLE, F_TEACHES, F_MISSED, F_QUESTION, F_COVERS, F_FIELDS };
#define COVERS_MAX 16
#define LINE_MOST 300	/* core/study.h: a line of a study */

/* A study that was made and is not kept yet. */
struct made {
	struct deidentscreen *s;	/* below on the stack */
	struct str yaml, report;
	struct study *study;
};

static void
made_free(void *ctx)
{
	struct made *m = ctx;

	str_release(&m->yaml);
	str_release(&m->report);
	study_free(m->study);
	free(m);
}

/* ---- showing it ---- */

static void
add_text(struct lines *out, char *text)
{
	char *next;

	for (char *p = text; *p != '\0'; p = next) {
		next = p + strcspn(p, "\n");
		if (*next == '\n')
			*next++ = '\0';
		if (*p == '\0')
			lines_blank(out);
		else
			lines_plain(out, STYLE_NORMAL, p);
	}
}

static void
made_fill(void *ctx, struct lines *out)
{
	const struct made *m = ctx;
	struct str words;

	lines_plain(out, STYLE_TITLE, "What may still identify");
	lines_plain(out, STYLE_NORMAL, "Read both to the end. $ keeps the "
	    "study, to be read and signed by a supervisor; q goes back to the "
	    "lines, and nothing is kept.");
	lines_blank(out);
	str_init(&words);
	str_add(&words, m->report.s);
	add_text(out, words.s);
	lines_blank(out);
	lines_plain(out, STYLE_TITLE, "The study");
	str_clear(&words);
	study_print(m->study, m->s->d.in, out->w, &words);
	add_text(out, words.s);
	str_release(&words);
}

/* ---- keeping it ---- */

static void
keep_it(void *ctx, struct app *app)
{
	struct made *m = ctx;
	struct deidentscreen *s = m->s;
	struct err e;

	if (s->source.keep(s->source.ctx, m->yaml.s, m->report.s, &e) !=
	    RC_OK) {
		app_error(app, &e);
		return;
	}
	app_pop(app);
	app_pop(app);
	app_say(app, "Kept; what you worked on is dropped. A supervisor who "
	    "is not you reads and signs it: :studies.");
}

static bool
made_act(void *ctx, const struct event *ev, struct app *app,
    struct pane *self)
{
	struct made *m = ctx;
	struct confirm c = {
		.what = "Keep this study, to wait for a supervisor?",
		.expect = m->study->id, .ctx = m, .do_it = keep_it,
	};

	(void)self;
	if (ev->act == ACT_STUDY_KEEP)
		app_confirm(app, &c);
	else if (ev->act == ACT_BACK || ev->act == ACT_CANCEL)
		app_pop(app);
	else
		return false;
	return true;
}

static bool
made_can(const void *ctx, enum action a)
{
	(void)ctx;
	return a != ACT_OPEN && a != ACT_SEARCH && a != ACT_NEXT_PANE;
}

static void
show(struct made *m, struct app *app)
{
	const struct textpane_opts o = {.name = "a study, made",
	    .topic = "deident", .context = CONTEXT_MADE, .ctx = m,
	    .fill = made_fill, .act = made_act, .can = made_can,
	    .destroy = made_free};

	app_push(app, textpane_new(&o));
}

/* ---- making it ---- */

/* Goes with the form; made is handed on to the screen that shows it. */
struct making {
	struct deidentscreen *s;
	struct made *made;
};

static void
making_free(void *ctx)
{
	struct making *k = ctx;

	if (k->made != NULL)
		made_free(k->made);
	free(k);
}

/* The text is read back: what is checked is what would leave. */
static enum rc
check_text(struct made *m, struct err *e)
{
	struct faults f;
	enum rc rc;

	faults_init(&f, "the study");
	m->study = study_parse(m->yaml.s, m->yaml.len, &f);
	if (m->study != NULL)
		(void)study_check(m->study, m->s->d.in, &f);
	rc = faults_result(&f, e);
	faults_release(&f);
	if (rc == RC_OK)
		rc = deident_check(&m->s->d, m->yaml.s, m->yaml.len, e);
	return rc;
}

static enum rc
make(struct made *m, struct app *app, const struct deident_words *w,
    struct err *e)
{
	struct rare_counts rare;
	struct study *study = NULL;
	enum rc rc = deident_study(&m->s->d, w, &study, e);

	if (rc == RC_OK)
		study_write(study, &m->yaml);
	study_free(study);
	if (rc == RC_OK)
		rc = check_text(m, e);
	if (rc == RC_OK)
		rc = m->s->source.count(m->s->source.ctx, app, &rare, e);
	if (rc == RC_OK) {
		deident_report(&m->s->d, &rare, &m->report);
		deident_report_words(&m->s->d, w, &m->report);
	}
	return rc;
}

static unsigned
covers_of(const struct pane *ask)
{
	unsigned covers = 0;

	for (unsigned i = 0; study_cover_words()[i] != NULL; i++)
		if (ask_ticked(ask, F_COVERS, i))
			covers |= 1u << i;
	return covers;
}

static enum rc
form_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct making *k = ctx;
	const struct deident_words w = {
		.id = ask_text(ask, F_ID), .title = ask_text(ask, F_TITLE),
		.teaches = ask_text(ask, F_TEACHES),
		.missed = ask_text(ask, F_MISSED), .covers = covers_of(ask),
		.question = ask_text(ask, F_QUESTION),
	};
	struct made *m = xcalloc(1, sizeof(*m));
	enum rc rc;

	m->s = k->s;
	str_init(&m->yaml);
	str_init(&m->report);
	rc = make(m, app, &w, e);
	if (rc == RC_OK)
		k->made = m;
	else
		made_free(m);
	return rc;
}

static void
form_after(void *ctx, struct app *app)
{
	struct making *k = ctx;
	struct made *m = k->made;

	k->made = NULL;
	show(m, app);
}

static enum rc
form_check(void *ctx, const struct pane *ask, size_t i, struct err *e)
{
	const char *text = ask_text(ask, i);

	(void)ctx;
	if (i == F_ID && (strlen(text) > 64 || text[strspn(text,
	    "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0'))
		return err_set(e, RC_INPUT, "Lower-case letters, digits and "
		    "hyphens, 64 at most: the-last-bus.");
	if (i < F_COVERS && strlen(text) > LINE_MOST)
		return err_set(e, RC_INPUT, "This is a line: 300 bytes at "
		    "most.");
	return RC_OK;
}

static size_t
left_in(const struct deident *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->nidents; i++)
		n += !d->idents[i].on;
	return n;
}

static void
add_intro(const struct deident *d, struct str *out)
{
	size_t n = left_in(d);

	str_add(out, "What the case cannot tell. Name nobody here either. The "
	    "study is then made and looked through once more, and shown to "
	    "you whole.");
	if (n > 0)
		str_add_fmt(out, " ! %zu of what is replaced you left in: %s "
		    "with the file.", n, n == 1 ? "it leaves" : "they leave");
}

static size_t
cover_choices(struct ask_choice out[COVERS_MAX])
{
	size_t n = 0;

	for (; study_cover_words()[n] != NULL && n < COVERS_MAX; n++)
		out[n] = (struct ask_choice){study_cover_words()[n], false};
	return n;
}

static void
ask_words(struct deidentscreen *s, struct app *app)
{
	struct ask_choice covers[COVERS_MAX];
	const struct ask_field fields[F_FIELDS] = {
		[F_ID] = {ASK_LINE, "Id", "As its file is called: "
		    "the-last-bus.", NULL, false, NULL, 0},
		[F_TITLE] = {ASK_LINE, "Title", NULL, NULL, false, NULL, 0},
		[F_TEACHES] = {ASK_LINE, "It teaches", "What somebody sees "
		    "sooner who went through it.", NULL, false, NULL, 0},
		[F_MISSED] = {ASK_LINE, "Most overlook", "The sign, and why.",
		    NULL, false, NULL, 0},
		[F_QUESTION] = {ASK_LINE, "A question", "To ask the group at "
		    "every stage.", NULL, false, NULL, 0},
		[F_COVERS] = {ASK_TICKS, "It is about", "The space bar "
		    "chooses; several may be.", NULL, true, covers,
		    cover_choices(covers)},
	};
	struct making *k = xcalloc(1, sizeof(*k));
	struct ask_opts o = {
		.title = "Make the study", .verb = "make it",
		.working = "Making it, and counting over the cases of this "
		    "store...",
		.topic = "deident", .fields = fields, .n = F_FIELDS,
		.ctx = k, .check = form_check, .done = form_done,
		.after = form_after, .destroy = making_free,
	};
	struct str intro;

	k->s = s;
	str_init(&intro);
	add_intro(&s->d, &intro);
	o.intro = intro.s;
	ask_open(app, &o);
	str_release(&intro);
}

void
deident_make(struct deidentscreen *s, struct app *app)
{
	size_t n = deident_waiting(&s->d);

	if (n > 0)
		app_warn(app, "%zu line%s wait%s: n goes to the next. Nothing "
		    "passes by itself.", n, n == 1 ? "" : "s",
		    n == 1 ? "s" : "");
	else
		ask_words(s, app);
}
