/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/casescreen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/casehead.h"
#include "tui/casescreen_impl.h"
#include "tui/checklist.h"
#include "tui/decide.h"
#include "tui/judge.h"
#include "tui/notespane.h"
#include "tui/recordpane.h"
#include "tui/riskpane.h"
#include "tui/signscreen.h"

static const struct casescreen *
screen_of(const struct pane *p)
{
	return (const struct casescreen *)(const void *)p;
}

static struct casescreen *
screen_mut(struct pane *p)
{
	return (struct casescreen *)(void *)p;
}

void
case_refresh(struct casescreen *s)
{
	struct risk_view r;

	checklist_refresh(s->panes[PANE_CHECKLIST]);
	recordpane_refresh(s->panes[PANE_NOTES]);
	risk_view_fill(&r, &s->w);
	riskpane_set(s->panes[PANE_RISK], &r);
	case_pages_refresh(&s->pages);
	s->stamp = s->w.stamp;
}

/* ---- drawing ---- */

static bool
in_queue(const struct casescreen *s)
{
	return s->queue.words != NULL;
}

static int
header_rows(const struct casescreen *s, int w, int h)
{
	int rows = case_head_rows(&s->w, w) + (in_queue(s) ? 1 : 0);

	return h >= rows + 3 ? rows : 0;
}

/* "2 of 14 in the queue, Q next" */
static void
draw_queue(const struct casescreen *s, const struct view *v, int y)
{
	struct str words;
	struct err ignored;

	str_init(&words);
	if (!s->queue.words(s->queue.ctx, &s->o.id, &words))
		str_add(&words, "Not in the queue any more");
	str_add(&words, decide_may(&s->w, &ignored) == RC_OK ?
	    ": V decides, Q next" : ", Q next");
	if (s->w.blind)
		str_add(&words, ". A second look: the first is hidden");
	view_fill(v, (struct rect){0, y, view_w(v), 1}, STYLE_NORMAL);
	(void)view_fit(v, 0, y, STYLE_HINT, words.s);
	str_release(&words);
}

static void
screen_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct casescreen *s = screen_of(p);
	int top = header_rows(s, view_w(v), view_h(v));
	struct view body = view_sub(v, (struct rect){0, top, view_w(v),
	    view_h(v) - top});

	if (top > 0)
		case_head_draw(&s->w, s->o.training, s->o.broken, v);
	if (top > 0 && in_queue(s))
		draw_queue(s, v, top - 1);
	case_pages_draw(&s->pages, &body, focused);
}

static void
screen_resize(struct pane *p, int w, int h)
{
	struct casescreen *s = screen_mut(p);

	s->w_now = w;
	s->h_now = h;
	case_pages_resize(&s->pages, w, h - header_rows(s, w, h));
}

/* ---- where we are ---- */

static void
tell_place(struct casescreen *s)
{
	struct place here = {.type = PLACE_CASE, .id = s->o.id};

	(void)group_focus(s->group, &here.at);
	if (s->pages.at != CASE_PAGE_WORK)
		here.at = PANES + s->pages.at;
	if (s->o.at != NULL)
		s->o.at(s->o.ctx, in_queue(s) ? 2 : 1, &here);
}

/* As session_draft_key; the form of a pending entry is named by its number. */
static void
forms_opening(void *ctx, const char *kind, const char *what)
{
	struct casescreen *s = ctx;
	char hex[2 * CASE_ID_LEN + 1], key[SESSION_KEY_MAX];
	struct place here = {.type = PLACE_FORM, .id = s->o.id, .text = key};

	hex_format(s->o.id.b, CASE_ID_LEN, hex);
	(void)snprintf(key, sizeof(key), "%s/%s%s%s", kind, hex,
	    *what != '\0' ? "/" : "", what);
	if (s->o.at != NULL)
		s->o.at(s->o.ctx, in_queue(s) ? 3 : 2, &here);
}

/* ---- keys of the whole screen ---- */

static void
snapshot(struct casescreen *s, struct app *app)
{
	struct span on = span_of_day(s->w.today);
	json_t *body;
	struct err e;

	if (!case_may_write(s, app, "screening") ||
	    case_voice_first(s, app, ACT_SNAPSHOT))
		return;
	body = judge_body(&s->w);
	if (judge_keep(&s->w, body, &on, NULL, &e) != RC_OK)
		app_error(app, &e);
	else
		app_say(app, "Today's screening is kept, not signed yet: %s. "
		    "$ signs. J gives your own judgement.",
		    screen_label(s->w.door.in, &s->w.result));
	json_decref(body);
}

static void
undo(struct casescreen *s, struct app *app)
{
	if (casework_undo(&s->w))
		app_say(app, "Taken back. %zu not signed.", s->w.pending.n);
	else if (s->w.pending.n > 0)
		app_say(app, "Nothing more to take back in this sitting. x "
		    "drops one that is not signed.");
	else
		app_say(app, "Nothing to take back. What is signed is "
		    "struck with x.");
}

static void
leave(struct casescreen *s, struct app *app)
{
	char ref[128];
	size_t n = s->w.pending.n;

	(void)snprintf(ref, sizeof(ref), "%s", s->w.now.reference);
	app_pop(app);
	if (n > 0 && in_queue(s))
		app_say(app, "%s: %zu not signed, kept as a draft. $ here "
		    "signs what you decided.", ref, n);
	else if (n > 0)
		app_say(app, "%s: %zu not signed, kept as a draft. Open the "
		    "case and press $ to sign.", ref, n);
}

/* The head may take another number of rows now. */
static void
restriction_changed(void *ctx, struct app *app)
{
	struct casescreen *s = ctx;
	struct err e;

	if (casework_reload(&s->w, &e) != RC_OK)
		app_error(app, &e);
	case_refresh(s);
	screen_resize(&s->base, s->w_now, s->h_now);
}

static void
restrict_case(struct casescreen *s, struct app *app)
{
	struct case_changed then = {s, restriction_changed};

	if (case_may_write(s, app, "restrict"))
		s->o.restrict_(s->o.ctx, app, &s->w.now, &then);
}

static void
send_bundle(struct casescreen *s, struct app *app)
{
	struct case_changed then = {s, restriction_changed};

	if (case_may_write(s, app, "bundle-sent"))
		s->o.bundle(s->o.ctx, app, &s->w, &then);
}

/* The kind of entry that an action writes, or NULL. */
static const char *
kind_written(enum action a)
{
	static const struct {
		enum action act;
		const char *kind;
	} table[] = {
		{ACT_JUDGE, "screening"}, {ACT_NOTE, "note"},
		{ACT_REFER, "referral"}, {ACT_VOICE, "voice"},
		{ACT_WHO, "identity"}, {ACT_REVIEW, "review"},
		{ACT_FLAG, "flag"},
	};
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (table[i].act == a)
			return table[i].kind;
	return NULL;
}

/* The entry that the page in sight has in hand, or NULL. */
static const struct record *
in_hand(const struct casescreen *s)
{
	const struct pane *p = case_pages_now(&s->pages);

	return recordpane_in_hand(p == s->group ? group_focus(p, NULL) : p);
}

static void
go_on_in_queue(struct casescreen *s, struct app *app)
{
	if (in_queue(s))
		s->queue.next(s->queue.ctx, app);
	else
		app_say(app, "The review queue did not open this case; "
		    ":queue shows it.");
}

static bool
act_here(struct casescreen *s, enum action a, struct app *app)
{
	if (a == ACT_QUEUE_NEXT)
		go_on_in_queue(s, app);
	else if (a == ACT_SNAPSHOT)
		snapshot(s, app);
	else if (kind_written(a) != NULL)
		case_write(s, app, kind_written(a));
	else if (a == ACT_WRITE)
		write_menu_open(&s->menu, app);
	else if (a == ACT_SIGN)
		case_sign(s, app);
	else if (a == ACT_UNDO)
		undo(s, app);
	else if (a == ACT_LOOKED && s->o.looked != NULL)
		s->o.looked(s->o.ctx, app, s->w.now.reference);
	else if (a == ACT_RESTRICT && s->o.restrict_ != NULL)
		restrict_case(s, app);
	else if (a == ACT_TAKE_OUT && s->o.take_out != NULL)
		s->o.take_out(s->o.ctx, app, &s->w, in_hand(s));
	else if (a == ACT_BUNDLE && s->o.bundle != NULL)
		send_bundle(s, app);
	else if (a == ACT_ACCESS_PACK && s->o.access_pack != NULL)
		s->o.access_pack(s->o.ctx, app, &s->w);
	else
		return false;
	return true;
}

static bool
turn_page(struct casescreen *s, enum action a)
{
	if (!case_pages_act(&s->pages, a))
		return false;
	case_pages_refresh(&s->pages);
	tell_place(s);
	return true;
}

/* Nothing of s is read after the other case has opened. */
static void
go_elsewhere(struct casescreen *s, struct app *app)
{
	char reference[sizeof(s->go_to)];

	if (s->go_to[0] == '\0')
		return;
	memcpy(reference, s->go_to, sizeof(reference));
	s->go_to[0] = '\0';
	s->o.open(s->o.ctx, app, reference);
}

static bool
screen_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct casescreen *s = screen_mut(p);
	bool done;

	if (ev->act == ACT_BACK) {
		leave(s, app);
		return true;
	}
	/* Rows name records of the fold: they are of this one or none. */
	if (s->stamp != s->w.stamp)
		case_refresh(s);
	done = act_here(s, ev->act, app) || turn_page(s, ev->act) ||
	    pane_act(case_pages_now(&s->pages), ev, app);
	if (s->stamp != s->w.stamp)
		case_refresh(s);
	if (ev->act == ACT_NEXT_PANE || ev->act == ACT_PREV_PANE)
		tell_place(s);
	if (s->w.unsaved) {
		app_error(app, &s->w.save_error);
		s->w.unsaved = false;
	}
	go_elsewhere(s, app);
	return done;
}

/* ---- coming back to it ---- */

static void
forms_kept(void *ctx, struct app *app, const char *kind)
{
	struct casescreen *s = ctx;

	(void)app;
	if (strcmp(kind, "referral") == 0)
		s->sign_next = true;
}

static void
forms_left(void *ctx, struct app *app)
{
	(void)app;
	case_refresh(ctx);
}

static void
take_unfinished(void *arg, const char *kind, const char *what)
{
	const char **found = arg;

	(void)what;
	if (*found == NULL && form_can_be_left(kind))
		*found = kind_find(kind)->name;
}

static void
greet(struct casescreen *s, struct app *app)
{
	const char *kind = NULL;

	s->greeted = true;
	if (s->w.unread) {
		app_error(app, &s->w.save_error);
		return;
	}
	s->w.door.drafts(s->w.door.ctx, take_unfinished, &kind);
	if (kind != NULL)
		app_say(app, "%s, not finished, is kept: see notes and "
		    "referrals.%s", kind_find(kind)->label,
		    s->restored > 0 ? " Ticks wait to be signed, too." : "");
	else if (s->restored > 0)
		app_say(app, "%zu from last time not signed yet. $ signs, x "
		    "drops one.", s->restored);
}

/* What was waiting for a form that is gone now. */
static void
go_on(struct casescreen *s, struct app *app)
{
	enum action then = s->then;
	bool sign_next = s->sign_next;

	s->then = ACT_NONE;
	s->sign_next = false;
	if (s->back) {
		s->back = false;
		app_pop(app);
		return;
	}
	if (then != ACT_NONE && s->w.now.voice != NULL)
		(void)act_here(s, then, app);
	else if (then != ACT_NONE)
		app_say(app, "Not done: the child's own words, or why they "
		    "are not known, come first.");
	else if (sign_next)
		case_sign(s, app);
	else if (s->show_referral)
		case_show_referral(s, app);
}

static void
screen_enter(struct pane *p, struct app *app)
{
	struct casescreen *s = screen_mut(p);

	tell_place(s);
	case_refresh(s);
	if (!s->greeted)
		greet(s, app);
	go_on(s, app);
	if (s->stamp != s->w.stamp)
		case_refresh(s);
}

void
case_screen_return(struct pane *screen, struct app *app,
    const struct place *p)
{
	struct casescreen *s = screen_mut(screen);

	if (p->type == PLACE_CASE) {
		if (p->at < PANES)
			group_set_focus(s->group, p->at);
		else if (p->at < PANES + CASE_PAGES)
			s->pages.at = (enum case_page)(p->at - PANES);
		tell_place(s);
	} else if (p->type == PLACE_FORM && p->text != NULL) {
		caseforms_return(&s->forms, app, p->text);
	}
}

void
case_screen_queue(struct pane *screen, const struct case_queue *q)
{
	struct casescreen *s = screen_mut(screen);

	if (strcmp(screen->ops->name, "case") != 0)
		return;
	s->queue = *q;
	screen_resize(screen, s->w_now, s->h_now);
	tell_place(s);
}

void
case_screen_decide(struct pane *screen, struct app *app)
{
	struct casescreen *s = screen_mut(screen);

	if (strcmp(screen->ops->name, "case") != 0)
		return;
	case_write(s, app, "review");
	if (app_top(app) == screen)
		app_pop(app);
	else
		s->back = true;
}

void
case_screen_entry(struct pane *screen, struct app *app,
    const struct entry_id *id)
{
	struct casescreen *s = screen_mut(screen);

	if (strcmp(screen->ops->name, "case") != 0 ||
	    casefile_find(&s->w.now, id) == NULL)
		return;
	(void)recordpane_select(s->panes[PANE_NOTES], id);
	app_push(app, entry_screen_new(&s->w, &s->forms, id));
}

/* ---- the rest of the pane ---- */

static void
screen_destroy(struct pane *p)
{
	struct casescreen *s = screen_mut(p);

	case_pages_release(&s->pages);
	casework_release(&s->w);
	if (s->o.destroy != NULL)
		s->o.destroy(s->o.ctx);
	free(s);
}

static enum context
screen_context(const struct pane *p)
{
	return pane_context(case_pages_now(&screen_of(p)->pages));
}

static const char *
screen_topic(const struct pane *p)
{
	return pane_topic(case_pages_now(&screen_of(p)->pages));
}

static bool
screen_can(const struct pane *p, enum action a)
{
	const struct casescreen *s = screen_of(p);
	struct err ignored;

	if (a == ACT_SIGN)
		return s->w.pending.n > 0;
	if (a == ACT_UNDO)
		return s->w.pending.npast > 0;
	if (a == ACT_QUEUE_NEXT)
		return in_queue(s);
	if (a == ACT_REVIEW)
		return s->w.waits.why != 0 &&
		    decide_may(&s->w, &ignored) == RC_OK;
	if (a == ACT_LOOKED)
		return s->o.looked != NULL;
	if (a == ACT_RESTRICT)
		return s->o.restrict_ != NULL &&
		    s->w.door.may_write(s->w.door.ctx, "restrict");
	return pane_can(case_pages_now(&s->pages), a);
}

static void
screen_status(const struct pane *p, struct status *st)
{
	const struct casescreen *s = screen_of(p);

	const char *page = case_pages_title(&s->pages);

	(void)snprintf(st->place, sizeof(st->place), "Case %s%s%s",
	    s->w.now.reference, *page != '\0' ? ": " : "", page);
	st->case_id = &s->o.id;
	st->reference = s->w.now.reference;
	st->unsigned_ = s->w.pending.n;
	st->conflicts = s->w.now.nconflicts;
}

static const struct pane_ops screen_ops = {
	.name = "case",
	.context = CONTEXT_CASE,
	.topic = "case",
	.draw = screen_draw,
	.act = screen_act,
	.resize = screen_resize,
	.destroy = screen_destroy,
	.context_now = screen_context,
	.topic_now = screen_topic,
	.can = screen_can,
	.status = screen_status,
	.enter = screen_enter,
};

static void
make_panes(struct casescreen *s)
{
	static const int weights[PANES] = {5, 4, 4};

	s->host = case_host_of(s);
	s->forms = (struct caseforms){&s->w, s, forms_opening, forms_kept,
	    forms_left, NULL};
	s->menu = (struct write_menu){.w = &s->w, .ctx = s,
	    .write = case_write,
	    .about = case_write_about};
	s->panes[PANE_CHECKLIST] = checklist_new(&s->w, &s->host);
	s->panes[PANE_RISK] = riskpane_new();
	s->panes[PANE_NOTES] = notespane_new(&s->w, &s->host);
	s->group = group_new("case", s->panes, weights, PANES);
	case_pages_init(&s->pages, s->group, &s->w, &s->host);
}

struct pane *
case_screen_on(const struct case_screen_opts *o, struct err *e)
{
	struct casescreen *s = xcalloc(1, sizeof(*s));

	s->base.ops = &screen_ops;
	s->o = *o;
	if (casework_open(&s->w, &o->door, &o->id, &s->restored, e) !=
	    RC_OK) {
		if (o->destroy != NULL)
			o->destroy(o->ctx);
		free(s);
		return NULL;
	}
	make_panes(s);
	case_refresh(s);
	return &s->base;
}
