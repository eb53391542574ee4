/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The forms of the lists of bundles: one that came is looked into and taken
 * in, its receipt is made, one that left is recalled.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/xalloc.h"
#include "tui/ask.h"
#include "tui/bundlescreen_impl.h"
#include "tui/bundlewords.h"

/* What a form is about; goes with the form. */
struct errand {
	struct bundle_source source;
	struct app *app;	/* of the step under way, for its progress */
	char *path, *who;	/* owned */
	struct bundle_report seen, taken;
	bool is_taken;
	struct bundle_id id;	/* to be recalled */
	struct case_id *cases;	/* owned */
	size_t ncases;
	struct bundle_made made;
};

static struct errand *
errand_new(const struct bundlelist *b, const char *who)
{
	struct errand *x = xcalloc(1, sizeof(*x));

	x->source = b->o.source;
	x->who = xstrdup(who);
	return x;
}

static void
errand_free(void *ctx)
{
	struct errand *x = ctx;

	x->source.ops->release(&x->seen);
	x->source.ops->release(&x->taken);
	free(x->path);
	free(x->who);
	free(x->cases);
	free(x);
}

static bool
progress(uint64_t done, uint64_t all, void *ctx)
{
	const struct errand *x = ctx;

	return app_progress(x->app, "Bundle", (size_t)done, (size_t)all);
}

/* ---- taking one in ---- */

static bool
is_answer(const struct errand *x, const char *typed)
{
	char id[BUNDLE_SHORT_MAX];

	bundle_short(&x->seen.head.id, id);
	return strcmp(typed, x->seen.head.from_name) == 0 ||
	    strcmp(typed, x->seen.sender) == 0 || strcmp(typed, id) == 0;
}

static enum rc
take_check(void *ctx, const struct pane *ask, size_t i, struct err *e)
{
	const struct errand *x = ctx;
	char id[BUNDLE_SHORT_MAX];

	if (is_answer(x, ask_text(ask, i)))
		return RC_OK;
	bundle_short(&x->seen.head.id, id);
	return err_set(e, RC_INPUT, "Type %s, or %s, to take it in. Esc "
	    "leaves, and nothing of it is taken in.",
	    x->seen.head.from_name, id);
}

static enum rc
take_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct errand *x = ctx;
	struct bundle_watch watch = {progress, x, x->seen.hash};
	enum rc rc;

	(void)ask;
	x->app = app;
	x->source.ops->release(&x->taken);
	memset(&x->taken, 0, sizeof(x->taken));
	rc = x->source.ops->open(x->source.ctx, x->path, &watch, &x->taken,
	    e);
	x->is_taken = rc == RC_OK;
	if (rc == RC_CANCELLED)
		return err_set(e, rc, "Stopped. Nothing of it was taken in.");
	return rc;
}

static void
take_after(void *ctx, struct app *app)
{
	const struct errand *x = ctx;
	struct str words;

	/* What is told next, Enter and r, is of the bundle that came. */
	group_set_focus(app_top(app), 0);
	str_init(&words);
	bundle_taken_words(&x->taken, &words);
	app_say(app, "%s", words.s);
	str_release(&words);
}

static void
take_ask(struct app *app, struct errand *x)
{
	char id[BUNDLE_SHORT_MAX];
	struct str title, intro, help;
	struct ask_field f[] = {{ASK_LINE, "Confirm", NULL, NULL, false, NULL,
	    0}};
	struct ask_opts o = {
		.verb = "take it in", .working = "Taking it in...",
		.topic = "bundles", .fields = f, .n = 1, .ctx = x,
		.check = take_check, .done = take_done, .after = take_after,
		.destroy = errand_free,
	};

	bundle_short(&x->seen.head.id, id);
	str_init(&title);
	str_init(&intro);
	str_init(&help);
	str_add_fmt(&title, "A bundle from %s", x->seen.sender);
	bundle_seen_words(&x->seen, &intro);
	str_add_fmt(&help, "To take all of it in, type %s, or the bundle's "
	    "number %s.", x->seen.head.from_name, id);
	o.title = title.s;
	o.intro = intro.s;
	f[0].help = help.s;
	ask_open(app, &o);
	str_release(&title);
	str_release(&intro);
	str_release(&help);
}

static void ask_path(struct bundlelist *b, struct app *app,
    const char *text);

static void
look_now(void *ctx, struct app *app)
{
	struct bundlelist *b = ctx;
	struct errand *x = errand_new(b, "");
	struct err e;

	x->path = xstrdup(b->path.s);
	if (b->o.source.ops->look(b->o.source.ctx, x->path, &x->seen, &e) !=
	    RC_OK) {
		/* It is not there after a failure. */
		memset(&x->seen, 0, sizeof(x->seen));
		app_error(app, &e);
		/* A name typed wrongly is put right, not typed again. */
		if (e.rc == RC_NOTFOUND)
			ask_path(b, app, x->path);
		errand_free(x);
		return;
	}
	app_say(app, "%s", "");
	take_ask(app, x);
}

static void
path_typed(void *ctx, struct app *app, const char *text)
{
	struct bundlelist *b = ctx;
	struct err e;

	if (text == NULL || *text == '\0')
		return;
	if (b->o.source.ops->may_read(b->o.source.ctx, text, &e) != RC_OK) {
		app_error(app, &e);
		ask_path(b, app, text);
		return;
	}
	str_clear(&b->path);
	str_add(&b->path, text);
	app_say(app, "Looking into it; nothing is taken in...");
	app_later(app, look_now, b);
}

static const char *
path_complete(void *ctx, const char *text, size_t i)
{
	struct bundlelist *b = ctx;

	str_clear(&b->choice);
	return b->o.source.ops->complete(b->o.source.ctx, text, i,
	    &b->choice) ? b->choice.s : NULL;
}

static void
ask_path(struct bundlelist *b, struct app *app, const char *text)
{
	struct prompt p = {.label = "Bundle file: ", .text = text, .ctx = b,
	    .history = "bundle", .done = path_typed,
	    .complete = path_complete};

	app_prompt(app, &p);
}

void
bundleform_take(struct bundlelist *b, struct app *app)
{
	app_say(app, "Type where the file is; Tab completes. It is only "
	    "looked into: taking it in is asked for.");
	ask_path(b, app, NULL);
}

/* ---- its receipt ---- */

enum { RECEIPT_FILE, RECEIPT_CONFIRM, RECEIPT_FIELDS };

/* "Ada Invented (School)" without the agency. */
static size_t
name_len(const char *who)
{
	const char *paren = strstr(who, " (");

	return paren != NULL ? (size_t)(paren - who) : strlen(who);
}

static bool
is_name(const char *typed, const char *who)
{
	return strcmp(typed, who) == 0 || (strlen(typed) == name_len(who) &&
	    strncmp(typed, who, name_len(who)) == 0);
}

static enum rc
receipt_check(void *ctx, const struct pane *ask, size_t i, struct err *e)
{
	const struct errand *x = ctx;
	const char *typed = ask_text(ask, i);

	if (i == RECEIPT_FILE)
		return x->source.ops->may_make(x->source.ctx, typed, e);
	if (is_name(typed, x->who))
		return RC_OK;
	return err_set(e, RC_INPUT, "Type %.*s, whom it is for.",
	    (int)name_len(x->who), x->who);
}

static enum rc
receipt_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct errand *x = ctx;
	struct author_id to;
	struct bundle_order o = {
		.cases = x->cases, .ncases = x->ncases, .to = &to, .nto = 1,
		.receipts = true, .purpose = "To say what has come",
		.basis = "safeguarding", .expires = DAY_NONE,
		.path = ask_text(ask, RECEIPT_FILE),
		.now = x->source.ops->now(x->source.ctx),
		.progress = progress, .progress_ctx = x,
	};
	enum rc rc;

	x->app = app;
	free(x->path);
	x->path = xstrdup(o.path);
	rc = x->source.ops->find(x->source.ctx, x->who, &to, e);
	return rc != RC_OK ? rc : x->source.ops->make(x->source.ctx, &o,
	    &x->made, e);
}

static void
receipt_after(void *ctx, struct app *app)
{
	const struct errand *x = ctx;

	app_say(app, "%s is written for %s. Hand it back the way theirs "
	    "came: they open it, and know that it came.", x->path, x->who);
}

/* Each case that came from this sender, once. */
static void
gather(struct errand *x, const struct bundlelist *b)
{
	size_t cap = 0;

	for (size_t i = 0; i < b->n; i++) {
		const struct bundleline *l = &b->list[i];

		for (size_t k = 0; strcmp(l->who, x->who) == 0 &&
		    k < l->r.ncase_ids; k++) {
			bool had = false;

			for (size_t j = 0; j < x->ncases && !had; j++)
				had = case_id_equal(&x->cases[j],
				    &l->cases[k]);
			if (had || x->ncases == BUNDLE_CASES_MAX)
				continue;
			x->cases = xreallocarray(x->cases, cap = x->ncases +
			    1, sizeof(*x->cases));
			x->cases[x->ncases++] = l->cases[k];
		}
	}
}

void
bundleform_receipt(struct bundlelist *b, struct app *app,
    const struct bundleline *of)
{
	const struct ask_field f[RECEIPT_FIELDS] = {
		[RECEIPT_FILE] = {ASK_LINE, "File", "A file that is there is "
		    "never overwritten.", "receipts.bundle", false, NULL, 0},
		[RECEIPT_CONFIRM] = {ASK_LINE, "Confirm", "Type the name of "
		    "whom it is for.", NULL, false, NULL, 0},
	};
	struct errand *x = errand_new(b, of->who);
	struct str title, intro;
	struct ask_opts o = {
		.verb = "make it", .working = "Making it...",
		.topic = "bundles", .fields = f, .n = RECEIPT_FIELDS,
		.ctx = x, .check = receipt_check, .done = receipt_done,
		.after = receipt_after, .destroy = errand_free,
	};

	gather(x, b);
	str_init(&title);
	str_init(&intro);
	str_add_fmt(&title, "Receipts for %s", of->who);
	str_add_fmt(&intro, "A bundle that says what of theirs is in your "
	    "store, in %zu case%s, and nothing else. It is sealed to them "
	    "alone, and is not answered by a receipt itself. A bundle with "
	    "the whole case carries the receipts, too.", x->ncases,
	    x->ncases == 1 ? "" : "s");
	o.title = title.s;
	o.intro = intro.s;
	if (x->ncases == 0) {
		app_say(app, "None of its cases is one that you may see.");
		errand_free(x);
	} else {
		ask_open(app, &o);
	}
	str_release(&title);
	str_release(&intro);
}

/* ---- recalling one ---- */

enum { RECALL_ASK, RECALL_WHY, RECALL_CONFIRM, RECALL_FIELDS };

static const struct {
	const char *code, *words;
} asks[] = {
	{"stop", "Stop using it; keep it as a record of what was known"},
	{"hold", "Wait: it is being put right, a new bundle follows"},
};

static enum rc
recall_check(void *ctx, const struct pane *ask, size_t i, struct err *e)
{
	const struct errand *x = ctx;
	char id[BUNDLE_SHORT_MAX];

	bundle_short(&x->id, id);
	if (i != RECALL_CONFIRM || strcmp(ask_text(ask, i), id) == 0 ||
	    is_name(ask_text(ask, i), x->who))
		return RC_OK;
	return err_set(e, RC_INPUT, "Type who got it, %s, or the bundle's "
	    "number, %s.", x->who, id);
}

static enum rc
recall_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct errand *x = ctx;
	struct bundle_recall r = {
		.id = &x->id, .cases = x->cases, .ncases = x->ncases,
		.ask = asks[ask_choice(ask, RECALL_ASK)].code,
		.reason = ask_text(ask, RECALL_WHY),
	};

	(void)app;
	return x->source.ops->recall(x->source.ctx, &r, &x->ncases, e);
}

static void
recall_after(void *ctx, struct app *app)
{
	const struct errand *x = ctx;

	app_warn(app, "Recalled in %zu case%s. It reaches %s with the next "
	    "bundle of %s: open %s and press B. Tell them now, by telephone.",
	    x->ncases, x->ncases == 1 ? "" : "s", x->who, x->ncases == 1 ?
	    "the case" : "each case", x->ncases == 1 ? "it" : "them");
}

void
bundleform_recall(struct bundlelist *b, struct app *app,
    const struct bundleline *of)
{
	struct ask_choice what[] = {
		{asks[0].words, true}, {asks[1].words, false},
	};
	const struct ask_field f[RECALL_FIELDS] = {
		[RECALL_ASK] = {ASK_CHOICE, "What is asked", "Up and Down "
		    "choose.", NULL, false, what, 2},
		[RECALL_WHY] = {ASK_LINE, "Why", "For example: consent "
		    "withdrawn, sent to the wrong person, a mistake in it. "
		    "They read it.", NULL, false, NULL, 0},
		[RECALL_CONFIRM] = {ASK_LINE, "Confirm", "Type who got it, as "
		    "above, or the bundle's number.", NULL, false, NULL, 0},
	};
	struct errand *x = errand_new(b, of->who);
	char when[SPAN_WORDS_MAX], id[BUNDLE_SHORT_MAX];
	struct str title, intro;
	struct ask_opts o = {
		.verb = "recall it", .topic = "bundles", .fields = f,
		.n = RECALL_FIELDS, .ctx = x, .check = recall_check,
		.done = recall_done, .after = recall_after,
		.destroy = errand_free,
	};

	x->id = of->r.id;
	x->ncases = of->r.ncase_ids;
	x->cases = xcalloc(x->ncases + 1, sizeof(*x->cases));
	memcpy(x->cases, of->cases, x->ncases * sizeof(*x->cases));
	moment_words(of->r.at, when);
	bundle_short(&x->id, id);
	str_init(&title);
	str_init(&intro);
	str_add_fmt(&title, "Recall bundle %s, sent to %s", id, of->who);
	str_add_fmt(&intro, "It left on %s. A recall takes nothing off their "
	    "machine: it asks them, and it is on the record in %zu case%s. "
	    "It travels with the next bundle of these cases to them.", when,
	    x->ncases, x->ncases == 1 ? "" : "s");
	o.title = title.s;
	o.intro = intro.s;
	ask_open(app, &o);
	str_release(&title);
	str_release(&intro);
}
