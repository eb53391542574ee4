/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The filter of the list of cases: asked for, completed, put right, kept
 * under a name.
 */
#include "config.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/screen.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/caselist_impl.h"

static bool
level_is_known(const char *id, void *ctx)
{
	const struct case_source *src = &((struct caselist *)ctx)->o.source;
	const struct instrument *in = src->ops->instrument(src->ctx);

	return in == NULL || screen_level_from_id(in, id) != NO_ITEM;
}

void
caselist_set_text(struct str *to, const char *text)
{
	if (to->cap > 0)
		sodium_memzero(to->s, to->cap);
	str_clear(to);
	str_add(to, text);
}

/* ---- names ---- */

static const char *
nth_level(size_t i, void *ctx)
{
	const struct case_source *src = &((struct caselist *)ctx)->o.source;
	const struct instrument *in = src->ops->instrument(src->ctx);

	return in != NULL && i <= LEVEL_NONE(in) ?
	    screen_level_id(in, (unsigned)i) : NULL;
}

static const char *
nth_person(size_t i, void *ctx)
{
	const struct case_source *src = &((struct caselist *)ctx)->o.source;

	return src->ops->person != NULL ? src->ops->person(src->ctx, i) :
	    NULL;
}

static const char *
nth_saved(size_t i, void *ctx)
{
	struct caselist *cl = ctx;
	struct str text;
	bool found;

	str_init(&text);
	caselist_set_text(&cl->saved_name, "");
	found = cl->o.has_saved && cl->o.saved.nth(cl->o.saved.ctx, i,
	    &cl->saved_name, &text);
	str_release(&text);
	return found ? cl->saved_name.s : NULL;
}

static struct query_choices
choices_of(struct caselist *cl)
{
	return (struct query_choices){nth_level, nth_person, nth_saved, cl};
}

/* ---- putting it in force ---- */

static enum rc
parse(struct caselist *cl, const char *text, struct query *q, size_t *at,
    struct err *e)
{
	const struct case_source *src = &cl->o.source;
	int64_t now = src->ops->now(src->ctx);
	struct query_context qc = {now, moment_day(now), level_is_known, cl};

	return query_parse(text, &qc, q, at, e);
}

bool
caselist_apply(struct caselist *cl, const char *text)
{
	struct query q;

	query_init(&q);
	caselist_set_text(&cl->bad, "");
	if (text[strspn(text, " ")] == '\0') {
		text = "";
	} else if (parse(cl, text, &q, &cl->bad_at, &cl->bad_why) != RC_OK) {
		query_release(&q);
		caselist_set_text(&cl->bad, text);
		if (cl->bad_at > cl->bad.len)
			cl->bad_at = cl->bad.len;
		caselist_arrange(cl);
		return false;
	}
	query_release(&cl->query);
	cl->query = q;
	caselist_set_text(&cl->filter, text);
	caselist_set_text(&cl->words, "");
	scroll_to(&cl->scroll, 0);
	caselist_load(cl);
	caselist_tell_moved(cl);
	return true;
}

/* "@NAME" stands for what was kept under it.  False: told. */
static bool
expand(struct caselist *cl, struct app *app, const char *text,
    struct str *out)
{
	const struct saved_filters *sf = &cl->o.saved;
	char *kept = NULL;
	struct err e;

	text += strspn(text, " ");
	if (*text != '@' || !cl->o.has_saved) {
		str_add(out, text);
		return true;
	}
	if (sf->load(sf->ctx, text + 1, &kept, &e) != RC_OK) {
		app_error(app, &e);
		return false;
	}
	str_add(out, kept);
	sodium_memzero(kept, strlen(kept));
	free(kept);
	return true;
}

static void
use(struct caselist *cl, struct app *app, const char *text)
{
	struct str whole;

	str_init(&whole);
	if (!expand(cl, app, text, &whole))
		caselist_load(cl);
	else if (!caselist_apply(cl, whole.s))
		caselist_ask_filter(cl, app, whole.s);
	if (whole.cap > 0)
		sodium_memzero(whole.s, whole.cap);
	str_release(&whole);
}

static void
filter_done(void *ctx, struct app *app, const char *text)
{
	struct caselist *cl = ctx;
	char *again;

	if (text == NULL) {
		caselist_set_text(&cl->bad, "");
		caselist_load(cl);
		return;
	}
	again = xstrdup(text);
	use(cl, app, again);
	sodium_memzero(again, strlen(again));
	free(again);
}

static const char *
filter_complete(void *ctx, const char *text, size_t i)
{
	struct caselist *cl = ctx;
	struct query_choices c = choices_of(cl);

	str_clear(&cl->choice);
	return query_complete(text, &c, i, &cl->choice) ? cl->choice.s : NULL;
}

#define EXAMPLES "For example risk:high due<7d, or is:unscreened. Tab " \
    "completes; help: :help filter."

/* What may stand there, or what is wrong so far. */
static void
filter_changed(void *ctx, struct app *app, const char *text)
{
	struct caselist *cl = ctx;
	struct query_choices c = choices_of(cl);
	struct str hint;

	str_init(&hint);
	query_hint(text, &c, &hint);
	app_say(app, "%s", *text == '\0' ? EXAMPLES : hint.s);
	str_release(&hint);
}

void
caselist_ask_filter(struct caselist *cl, struct app *app, const char *text)
{
	struct prompt p = {
		.label = "Filter: ",
		.text = text,
		.history = "filter",
		.ctx = cl,
		.done = filter_done,
		.changed = filter_changed,
		.complete = filter_complete
	};

	app_prompt(app, &p);
	if (*text == '\0')
		app_say(app, EXAMPLES);
}

void
caselist_filter(struct pane *list, struct app *app, const char *text)
{
	use((struct caselist *)(void *)list, app, text);
}

/* ---- kept under a name ---- */

static void
save_as(struct caselist *cl, struct app *app, const char *name)
{
	const struct saved_filters *sf = &cl->o.saved;
	struct err e;

	if (sf->save(sf->ctx, name, cl->filter.s, &e) != RC_OK)
		app_error(app, &e);
	else
		app_say(app, "Kept as %s: F lists it, :filter @%s uses it.",
		    name, name);
}

static void
name_done(void *ctx, struct app *app, const char *text)
{
	if (text != NULL && text[strspn(text, " ")] != '\0')
		save_as(ctx, app, text + strspn(text, " "));
	else
		app_say(app, "Nothing was kept.");
}

void
caselist_save_filter(struct pane *list, struct app *app, const char *name)
{
	struct caselist *cl = (struct caselist *)(void *)list;
	struct prompt p = {
		.label = "Keep this filter as: ", .ctx = cl,
		.done = name_done
	};

	if (!cl->o.has_saved)
		return;
	if (cl->filter.len == 0)
		app_warn(app, "No filter is on. Press f, type one, then keep "
		    "it with :save-filter NAME.");
	else if (*name == '\0')
		app_prompt(app, &p);
	else
		save_as(cl, app, name);
}

/* ---- choosing one ---- */

static size_t
count_of(void *ctx, const char *text, struct str *fault)
{
	struct caselist *cl = ctx;
	const struct case_source *src = &cl->o.source;
	struct query q;
	struct err e;
	size_t at, n = 0;

	if (parse(cl, text, &q, &at, &e) != RC_OK) {
		str_add(fault, e.text);
		return 0;
	}
	if (src->ops->count(src->ctx, &q, &n, &e) != RC_OK)
		str_add(fault, e.text);
	query_release(&q);
	return n;
}

static void
chosen(void *ctx, struct app *app, const char *text)
{
	use(ctx, app, text);
}

void
caselist_choose_saved(struct caselist *cl, struct app *app)
{
	struct saved_choice o = {cl->o.saved, cl, count_of, chosen};

	saved_filters_open(app, &o);
}
