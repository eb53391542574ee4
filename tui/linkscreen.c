/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/linkscreen.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/linkscreen_impl.h"
#include "tui/words.h"

static struct linkscreen *
link_mut(struct pane *p)
{
	return (struct linkscreen *)(void *)p;
}

static const struct linkscreen *
link_of(const struct pane *p)
{
	return (const struct linkscreen *)(const void *)p;
}

const struct link_pair *
link_in_hand(const struct linkscreen *ls)
{
	return ls->at < ls->n ? &ls->l->result.pairs[ls->items[ls->at].pair] :
	    NULL;
}

void
link_name(const struct link_case *k, struct str *out)
{
	if (*k->forename == '\0' && *k->surname == '\0')
		str_add(out, "no name");
	else
		str_add_fmt(out, "%s%s%s", k->forename, *k->forename != '\0' &&
		    *k->surname != '\0' ? " " : "", k->surname);
}

static void
told_moved(struct linkscreen *ls)
{
	if (ls->o.moved != NULL && ls->l != NULL)
		ls->o.moved(ls->o.ctx, ls->children, ls->children ?
		    ls->scroll.at : ls->at);
}

/* ---- reading ---- */

static void
wipe(char *text)
{
	if (text != NULL)
		sodium_memzero(text, strlen(text));
	free(text);
}

static int
by_need(const void *a, const void *b, void *ctx)
{
	const struct linkitem *x = a, *y = b;
	const struct link_pair *pairs = ctx;

	return link_ask_order(&pairs[x->pair], &pairs[y->pair]);
}

static void
fill_items(struct linkscreen *ls)
{
	const struct link_result *r = &ls->l->result;

	ls->n = ls->decided = ls->fresh = 0;
	ls->orders = 0;
	for (size_t i = 0; i < r->npairs; i++) {
		ls->fresh += r->pairs[i].verdict == LINK_AUTO;
		if (r->pairs[i].verdict != LINK_ASK)
			continue;
		ls->items = vec_room(ls->items, ls->n, &ls->cap,
		    sizeof(*ls->items));
		ls->items[ls->n++] = (struct linkitem){.pair = i};
	}
	if (ls->n > 0)
		qsort_r(ls->items, ls->n, sizeof(*ls->items), by_need,
		    r->pairs);
}

static void
take_draft(struct linkscreen *ls)
{
	char *text = NULL;
	struct err e;

	if (ls->o.source.ops->draft_load(ls->o.source.ctx, &text, &e) ==
	    RC_OK)
		link_draft_take(ls, text);
	for (size_t i = 0; i < ls->n; i++)
		if (ls->items[i].chose == CHOSE_APART)
			link_follow(ls, i);
	wipe(text);
}

/* A reason that nobody is asked for any more is shown no longer. */
static void
keep_shown(struct linkscreen *ls)
{
	if (link_shown(ls, SIZE_MAX) == 0)
		ls->only = 0;
	if (ls->at >= ls->n)
		ls->at = ls->n > 0 ? ls->n - 1 : 0;
	if (ls->n > 0 && !link_shows(ls, ls->at))
		link_first(ls);
}

/* How far it had come is told no longer, and the picture is drawn anew. */
static void
read_all(struct linkscreen *ls, struct app *app)
{
	enum rc rc;

	ls->stale = false;
	ls->l = NULL;
	ls->n = ls->nrows = ls->decided = ls->fresh = ls->nchildren = 0;
	err_clear(&ls->fault);
	rc = ls->o.source.ops->read(ls->o.source.ctx, app, &ls->l, &ls->m,
	    &ls->fault);
	app_say(app, "%s", "");
	if (rc != RC_OK) {
		ls->l = NULL;
		scroll_count(&ls->scroll, 0);
		return;
	}
	fill_items(ls);
	take_draft(ls);
	link_rows_fill(ls);
	keep_shown(ls);
}

void
link_keep(struct linkscreen *ls, struct app *app)
{
	char *text = link_draft_text(ls);
	struct err e;

	if (ls->o.source.ops->draft_save(ls->o.source.ctx, text, &e) != RC_OK)
		app_error(app, &e);
	wipe(text);
}

/* ---- deciding ---- */

static void
go(struct linkscreen *ls, size_t at)
{
	ls->at = at;
	ls->first = 0;
	told_moved(ls);
}

void
link_first(struct linkscreen *ls)
{
	size_t i = 0;

	while (i < ls->n && !link_shows(ls, i))
		i++;
	go(ls, i < ls->n ? i : 0);
}

static void
go_last(struct linkscreen *ls)
{
	size_t i = ls->n;

	while (i > 0 && !link_shows(ls, i - 1))
		i--;
	go(ls, i > 0 ? i - 1 : 0);
}

/* The one that is shown before or behind it, if there is any. */
static void
go_beside(struct linkscreen *ls, bool back)
{
	size_t i = ls->at;

	while (back ? i > 0 : i + 1 < ls->n) {
		i = back ? i - 1 : i + 1;
		if (link_shows(ls, i)) {
			go(ls, i);
			return;
		}
	}
}

/* The next that nobody decided on, from the top again; false: none. */
static bool
go_on(struct linkscreen *ls)
{
	for (size_t k = 1; k <= ls->n; k++) {
		size_t i = (ls->at + k) % ls->n;

		if (i != ls->at && ls->items[i].chose == CHOSE_NOTHING &&
		    !ls->items[i].answered && link_shows(ls, i)) {
			go(ls, i);
			return true;
		}
	}
	return false;
}

static void
choose(struct linkscreen *ls, struct app *app, enum link_choose what)
{
	struct linkitem *it;
	size_t more;

	if (ls->n == 0)
		return;
	if (!ls->o.source.ops->may_decide(ls->o.source.ctx)) {
		app_warn(app, "Which cases are of one child is decided by a "
		    "practitioner or a supervisor; your role is another.");
		return;
	}
	it = &ls->items[ls->at];
	ls->decided += it->chose == CHOSE_NOTHING;
	it->chose = what;
	it->order = ++ls->orders;
	link_follow(ls, ls->at);
	more = what == CHOSE_APART ? link_others(ls, ls->at) : 0;
	link_keep(ls, app);
	if (more > 0)
		app_say(app, "%zu more pair%s of these two children %s "
		    "answered with it.", more, more == 1 ? "" : "s",
		    more == 1 ? "is" : "are");
	if (!go_on(ls))
		app_say(app, "That was the last pair: $ signs what you "
		    "decided, Backspace takes the last back.");
}

/* It stays in the list, and what was decided on it goes. */
static void
leave_open(struct linkscreen *ls, struct app *app)
{
	struct linkitem *it;

	if (ls->n == 0)
		return;
	it = &ls->items[ls->at];
	if (it->chose != CHOSE_NOTHING) {
		it->chose = CHOSE_NOTHING;
		it->order = 0;
		ls->decided--;
		link_follow(ls, ls->at);
		link_keep(ls, app);
	}
	if (go_on(ls))
		app_say(app, "It stays in the list: nothing counts as linked "
		    "that nobody could tell.");
	else
		app_say(app, "It stays in the list. No other pair waits.");
}

static void
undo(struct linkscreen *ls, struct app *app)
{
	struct linkitem *last = NULL;

	for (size_t i = 0; i < ls->n; i++)
		if (ls->items[i].chose != CHOSE_NOTHING &&
		    (last == NULL || ls->items[i].order > last->order))
			last = &ls->items[i];
	if (last == NULL) {
		app_say(app, "Nothing to take back: what is signed stays, and "
		    "a later decision takes its place.");
		return;
	}
	last->chose = CHOSE_NOTHING;
	last->order = 0;
	ls->decided--;
	link_follow(ls, (size_t)(last - ls->items));
	link_keep(ls, app);
	if (!link_shows(ls, (size_t)(last - ls->items)))
		ls->only = 0;
	go(ls, (size_t)(last - ls->items));
	app_say(app, "Taken back: this pair waits again.");
}

/* ---- the model's own links ---- */

static void
link_all(void *ctx, struct app *app)
{
	struct linkscreen *ls = ctx;
	struct err e;
	size_t n;

	if (ls->o.source.ops->automatic(ls->o.source.ctx, &n, &e) != RC_OK) {
		app_error(app, &e);
		return;
	}
	read_all(ls, app);
	told_moved(ls);
	app_say(app, "%zu link%s signed. Tab lists the children; x there "
	    "splits one.", n, n == 1 ? " is" : "s are");
}

static void
ask_all(struct linkscreen *ls, struct app *app)
{
	char what[160], number[24];
	struct confirm c = {.what = what, .expect = number, .ctx = ls,
	    .do_it = link_all};

	if (!ls->o.source.ops->may_decide(ls->o.source.ctx)) {
		app_warn(app, "Your role signs no links.");
		return;
	}
	if (ls->fresh == 0) {
		app_say(app, "Nothing new: the model links no pair by itself "
		    "that is not signed.");
		return;
	}
	(void)snprintf(number, sizeof(number), "%zu", ls->fresh);
	(void)snprintf(what, sizeof(what), "This signs the %zu link%s that "
	    "the model makes by itself, above its upper threshold.",
	    ls->fresh, ls->fresh == 1 ? "" : "s");
	app_confirm(app, &c);
}

/* ---- the two cases ---- */

static void
show_cases(struct linkscreen *ls, struct app *app)
{
	static const int weights[2] = {1, 1};
	const struct link_pair *p = link_in_hand(ls);
	struct pane *both[2];
	struct err e;

	if (p == NULL)
		return;
	told_moved(ls);
	both[0] = ls->o.source.ops->beside(ls->o.source.ctx,
	    &ls->l->cases[p->a].id, &e);
	both[1] = both[0] == NULL ? NULL : ls->o.source.ops->beside(
	    ls->o.source.ctx, &ls->l->cases[p->b].id, &e);
	if (both[1] == NULL) {
		pane_destroy(both[0]);
		app_error(app, &e);
		return;
	}
	app_push(app, group_new(LINK_TWO_CASES, both, weights, 2));
}

/* ---- acting ---- */

static bool
step_fields(struct linkscreen *ls, int by)
{
	int most = link_field_rows(ls) - link_field_room(ls);

	ls->first += by;
	if (ls->first > most)
		ls->first = most;
	if (ls->first < 0)
		ls->first = 0;
	return true;
}

static bool
act_pairs(struct linkscreen *ls, const struct event *ev, struct app *app)
{
	switch (ev->act) {
	case ACT_LINK_SAME:
		choose(ls, app, CHOSE_SAME);
		return true;
	case ACT_LINK_APART:
		choose(ls, app, CHOSE_APART);
		return true;
	case ACT_LINK_UNSURE:
		leave_open(ls, app);
		return true;
	case ACT_LINK_BACK:
	case ACT_UP:
		go_beside(ls, true);
		return true;
	case ACT_DOWN:
		go_beside(ls, false);
		return true;
	case ACT_HOME:
		link_first(ls);
		return true;
	case ACT_END:
		go_last(ls);
		return true;
	case ACT_LINK_WHY:
		if (ls->n > 0)
			link_filter_ask(ls, app);
		return true;
	case ACT_PAGE_DOWN:
		return step_fields(ls, link_field_room(ls));
	case ACT_PAGE_UP:
		return step_fields(ls, -link_field_room(ls));
	case ACT_LINK_BESIDE:
	case ACT_OPEN:
		show_cases(ls, app);
		return true;
	default:
		return false;
	}
}

static bool
act_children(struct linkscreen *ls, const struct event *ev, struct app *app)
{
	size_t was = ls->scroll.at;

	switch (ev->act) {
	case ACT_LINK_MARK:
		if (ls->scroll.n > 0)
			ls->rows[ls->scroll.at].marked ^= true;
		return true;
	case ACT_LINK_SPLIT:
		link_split_ask(ls, app);
		return true;
	default:
		if (!scroll_act(&ls->scroll, ev->act))
			return false;
		if (ls->scroll.at != was)
			told_moved(ls);
		return true;
	}
}

static bool
link_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct linkscreen *ls = link_mut(p);

	switch (ev->act) {
	case ACT_NEXT_PANE:
	case ACT_PREV_PANE:
		ls->children = !ls->children;
		told_moved(ls);
		return true;
	case ACT_SIGN:
		link_sign(ls, app);
		return true;
	case ACT_UNDO:
		undo(ls, app);
		return true;
	case ACT_LINK_AUTO:
		ask_all(ls, app);
		return true;
	case ACT_CANCEL:
		if (ls->only != 0 && !ls->children)
			ls->only = 0;
		else
			app_pop(app);
		return true;
	default:
		return ls->children ? act_children(ls, ev, app) :
		    act_pairs(ls, ev, app);
	}
}

static bool
link_can(const struct pane *p, enum action a)
{
	const struct linkscreen *ls = link_of(p);

	switch (a) {
	case ACT_LINK_SAME:
	case ACT_LINK_APART:
	case ACT_LINK_UNSURE:
	case ACT_LINK_BESIDE:
	case ACT_LINK_WHY:
		return !ls->children && ls->n > 0;
	case ACT_LINK_BACK:
		return !ls->children && link_shown(ls, ls->at) > 0;
	case ACT_LINK_SPLIT:
	case ACT_LINK_MARK:
		return ls->children && ls->nrows > 0;
	case ACT_SIGN:
	case ACT_UNDO:
		return ls->decided > 0;
	case ACT_LINK_AUTO:
		return ls->fresh > 0;
	case ACT_OPEN:
	case ACT_SEARCH:
		return false;
	default:
		return true;
	}
}

/* ---- the rest of the pane ---- */

static void
link_resize(struct pane *p, int w, int h)
{
	struct linkscreen *ls = link_mut(p);

	ls->w = w;
	ls->h = h;
	scroll_resize(&ls->scroll, link_list_rows(ls));
	(void)step_fields(ls, 0);
}

static void
link_status(const struct pane *p, struct status *st)
{
	const struct linkscreen *ls = link_of(p);

	(void)snprintf(st->place, sizeof(st->place), ls->children ?
	    "Linked children" : "Link review");
	st->counted = ls->l != NULL;
	st->m = ls->children ? ls->nrows : link_shown(ls, SIZE_MAX);
	st->n = st->m == 0 ? 0 : 1 + (ls->children ? ls->scroll.at :
	    link_shown(ls, ls->at));
	st->unsigned_ = ls->decided;
}

static void
link_enter(struct pane *p, struct app *app)
{
	struct linkscreen *ls = link_mut(p);

	if (ls->l == NULL || ls->stale)
		read_all(ls, app);
	if (ls->o.at > 0 && ls->l != NULL) {
		if (ls->children)
			scroll_to(&ls->scroll, ls->o.at);
		else if (ls->o.at < ls->n)
			ls->at = ls->o.at;
		ls->o.at = 0;
	}
	told_moved(ls);
}

static void
link_destroy(struct pane *p)
{
	struct linkscreen *ls = link_mut(p);

	if (ls->o.source.ops->destroy != NULL)
		ls->o.source.ops->destroy(ls->o.source.ctx);
	free(ls->items);
	free(ls->rows);
	free(ls);
}

static const struct pane_ops link_ops = {
	.name = "link review",
	.context = CONTEXT_LINKS,
	.topic = "link-review",
	.draw = link_draw,
	.act = link_act,
	.resize = link_resize,
	.destroy = link_destroy,
	.can = link_can,
	.status = link_status,
	.enter = link_enter,
};

struct pane *
linkscreen_new(const struct linkscreen_opts *o)
{
	struct linkscreen *ls = xcalloc(1, sizeof(*ls));

	ls->base.ops = &link_ops;
	ls->o = *o;
	ls->children = o->children;
	scroll_init(&ls->scroll, 0);
	return &ls->base;
}
