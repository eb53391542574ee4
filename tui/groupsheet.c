/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/groupsheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/lines.h"

#define SHEET_INDENT 16	/* "> [X] suspected " */

struct groupsheet {
	struct pane base;
	struct groupsheet_opts o;	/* learner is owned */
	struct answers answers;
	struct itemset given;		/* in this sheet; not signed */
	unsigned items[ITEMS_MAX];	/* of the rows */
	struct lines text;
	bool unsaved;			/* the draft could not be kept */
};

static struct groupsheet *
sheet_mut(struct pane *p)
{
	return (struct groupsheet *)(void *)p;
}

static const struct groupsheet *
sheet_of(const struct pane *p)
{
	return (const struct groupsheet *)(const void *)p;
}

/* ---- its draft ---- */

void
groupsheet_what(char out[SHEET_WHAT_MAX], uint32_t stage, unsigned round,
    const char *learner)
{
	(void)snprintf(out, SHEET_WHAT_MAX, "%u.%u.%s", (unsigned)stage,
	    round, learner);
}

bool
groupsheet_of(const char *what, uint32_t stage, unsigned round,
    const char **learner)
{
	char front[SHEET_WHAT_MAX];
	size_t n;

	groupsheet_what(front, stage, round, "");
	n = strlen(front);
	*learner = what + (strncmp(what, front, n) == 0 ? n : 0);
	return *learner != what && **learner != '\0';
}

static char *
draft_text(const struct groupsheet *s)
{
	const struct instrument *in = s->o.w->in;
	json_t *o = json_object();
	char *text;

	for (unsigned i = 0; i < in->nitems; i++)
		if (itemset_has(&s->given, i))
			(void)json_object_set_new(o, in->items[i].id,
			    json_string(answer_name(answers_get(&s->answers,
			    i))));
	text = json_object_size(o) > 0 ? json_dumps(o, JSON_COMPACT) :
	    xstrdup("");
	json_decref(o);
	return text != NULL ? text : xstrdup("");
}

static enum rc
keep(struct groupsheet *s, struct err *e)
{
	char what[SHEET_WHAT_MAX];
	char *text = draft_text(s);
	enum rc rc;

	groupsheet_what(what, s->o.stage, s->o.round, s->o.learner);
	rc = s->o.door.ops->save(s->o.door.ctx, what, text, e);
	s->unsaved = rc != RC_OK;
	free(text);
	return rc;
}

static void
read_draft(struct groupsheet *s, const json_t *o)
{
	const struct instrument *in = s->o.w->in;

	for (unsigned i = 0; i < in->nitems; i++) {
		const char *name = json_string_value(json_object_get(o,
		    in->items[i].id));
		enum answer a;

		if (name == NULL || !answer_from_name(name, strlen(name), &a))
			continue;
		answers_set(&s->answers, i, a);
		itemset_add(&s->given, i);
	}
}

static void
restore(struct groupsheet *s)
{
	char what[SHEET_WHAT_MAX];
	char *text = NULL;
	struct err ignored;
	json_t *o;

	groupsheet_what(what, s->o.stage, s->o.round, s->o.learner);
	if (s->o.door.ops->restore(s->o.door.ctx, what, &text,
	    &ignored) != RC_OK || text == NULL)
		return;
	o = json_loads(text, 0, NULL);
	if (o != NULL)
		read_draft(s, o);
	json_decref(o);
	free(text);
}

/* ---- what it shows ---- */

static const char *
sign_of(const struct groupsheet *s, unsigned item)
{
	if (itemset_has(&s->given, item))
		switch (answers_get(&s->answers, item)) {
		case ANSWER_PRESENT:
			return "[X] present";
		case ANSWER_SUSPECTED:
			return "[/] suspected";
		case ANSWER_ABSENT:
			return "[-] absent";
		case ANSWER_NOT_KNOWN:
			return "[?] not known";
		case ANSWER_NOT_ASKED:
		default:
			return "[ ] taken back";
		}
	return itemset_has(&s->o.before, item) ? "[*] answered" : "[ ]";
}

static void
fill_item(struct groupsheet *s, unsigned item)
{
	const struct item *it = &s->o.w->in->items[item];
	struct line_look look = {.indent = SHEET_INDENT,
	    .style = STYLE_NORMAL, .lead_style = STYLE_PENDING};
	char lead[SHEET_INDENT];

	(void)snprintf(lead, sizeof(lead), "%-13s", sign_of(s, item));
	look.lead = lead;
	if (!itemset_has(&s->given, item))
		look.lead_style = STYLE_DIM;
	s->items[lines_row(&s->text)] = item;
	lines_addf(&s->text, &look, "%s %s", it->id, it->label);
}

static void
fill(struct groupsheet *s)
{
	const struct instrument *in = s->o.w->in;

	lines_clear(&s->text);
	for (size_t k = 0; k < in->nsections; k++) {
		lines_free_text(&s->text);
		lines_plain(&s->text, STYLE_HEADING, in->sections[k].label);
		for (unsigned i = 0; i < in->nitems; i++)
			if (in->items[i].section == k)
				fill_item(s, i);
	}
	lines_done(&s->text);
}

static void
sheet_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct groupsheet *s = sheet_of(p);
	int top = view_h(v) >= 3 ? 2 : view_h(v) > 1 ? 1 : 0;
	struct view body = view_sub(v, (struct rect){0, top, view_w(v),
	    view_h(v) - top});
	struct str words;

	str_init(&words);
	str_add_fmt(&words, "%s: round %u, %u answered here", s->o.learner,
	    s->o.round, itemset_count(&s->given));
	if (top > 0)
		(void)view_fit(v, 0, 0, STYLE_TITLE, words.s);
	str_release(&words);
	if (top > 1)
		(void)view_fit(v, 0, 1, s->unsaved ? STYLE_WARNING :
		    STYLE_HINT, s->unsaved ? "Warning: not kept; sign it "
		    "before you leave." : "Only what is answered is signed. "
		    "Enter when it is done.");
	lines_draw(&s->text, &body, focused);
}

static void
sheet_resize(struct pane *p, int w, int h)
{
	struct groupsheet *s = sheet_mut(p);
	int top = h >= 3 ? 2 : h > 1 ? 1 : 0;

	lines_resize(&s->text, w, h - top > 0 ? h - top : 0);
	fill(s);
}

/* ---- acting ---- */

static void
set(struct groupsheet *s, enum answer a, struct app *app)
{
	unsigned item = s->items[s->text.row];
	struct err e;

	answers_set(&s->answers, item, a);
	/* What was signed before is taken back by an answer of its own. */
	if (a == ANSWER_NOT_ASKED && !itemset_has(&s->o.before, item))
		itemset_remove(&s->given, item);
	else
		itemset_add(&s->given, item);
	if (keep(s, &e) != RC_OK)
		app_error(app, &e);
	fill(s);
}

static void
set_and_on(struct groupsheet *s, enum answer a, struct app *app)
{
	set(s, a, app);
	if (s->text.row + 1 < s->text.rows)
		lines_select(&s->text, s->text.row + 1);
}

static void
cycle(struct groupsheet *s, bool back, struct app *app)
{
	static const enum answer next[ANSWER_STATES] = {
		[ANSWER_NOT_ASKED] = ANSWER_PRESENT,
		[ANSWER_PRESENT] = ANSWER_SUSPECTED,
		[ANSWER_SUSPECTED] = ANSWER_ABSENT,
		[ANSWER_ABSENT] = ANSWER_NOT_KNOWN,
		[ANSWER_NOT_KNOWN] = ANSWER_NOT_ASKED,
	};
	enum answer now = answers_get(&s->answers, s->items[s->text.row]);

	if (!back) {
		set(s, next[now], app);
		return;
	}
	for (size_t i = 0; i < ANSWER_STATES; i++)
		if (next[i] == now) {
			set(s, (enum answer)i, app);
			return;
		}
}

static void
drop_draft(struct groupsheet *s)
{
	char what[SHEET_WHAT_MAX];
	struct err ignored;

	groupsheet_what(what, s->o.stage, s->o.round, s->o.learner);
	(void)!s->o.door.ops->save(s->o.door.ctx, what, "", &ignored);
}

static bool
done(struct groupsheet *s, struct app *app)
{
	struct group_entry entry = {.learner = s->o.learner,
	    .stage = s->o.stage, .round = s->o.round, .answers = &s->answers,
	    .given = &s->given, .from = "typed"};
	struct entry_draft d;
	struct err e;
	enum rc rc;

	if (itemset_count(&s->given) == 0 && !s->o.enough) {
		app_say(app, "Nothing is answered yet. p, s, a or n answers "
		    "the selected item, Esc leaves the sheet.");
		return true;
	}
	d = groupwork_draft(s->o.w, &entry);
	rc = s->o.door.ops->append(s->o.door.ctx, &d, 1, &e);
	entry_draft_release(&d);
	if (rc != RC_OK) {
		app_error(app, &e);
		return true;
	}
	drop_draft(s);
	app_say(app, "The answers of %s are in.", s->o.learner);
	app_pop(app);
	return true;
}

static bool
leave(struct groupsheet *s, struct app *app)
{
	if (itemset_count(&s->given) > 0)
		app_say(app, "The sheet of %s is kept half filled and is not "
		    "counted: a and the same name go on with it.",
		    s->o.learner);
	app_pop(app);
	return true;
}

static bool
act_answer(struct groupsheet *s, enum action a, struct app *app)
{
	static const struct {
		enum action act;
		enum answer state;
	} keys[] = {
		{ACT_SHEET_PRESENT, ANSWER_PRESENT},
		{ACT_SHEET_SUSPECTED, ANSWER_SUSPECTED},
		{ACT_SHEET_ABSENT, ANSWER_ABSENT},
		{ACT_SHEET_NOT_KNOWN, ANSWER_NOT_KNOWN},
		{ACT_SHEET_CLEAR, ANSWER_NOT_ASKED},
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (keys[i].act == a) {
			set_and_on(s, keys[i].state, app);
			return true;
		}
	return false;
}

static bool
sheet_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct groupsheet *s = sheet_mut(p);

	switch (ev->act) {
	case ACT_TICK:
	case ACT_TICK_BACK:
		cycle(s, ev->act == ACT_TICK_BACK, app);
		return true;
	case ACT_SHEET_DONE:
		return done(s, app);
	case ACT_CANCEL:
	case ACT_BACK:
		return leave(s, app);
	default:
		return act_answer(s, ev->act, app) ||
		    lines_act(&s->text, ev->act);
	}
}

static bool
sheet_can(const struct pane *p, enum action a)
{
	(void)p;
	return a != ACT_OPEN && a != ACT_SEARCH && a != ACT_NEXT_PANE;
}

static void
sheet_status(const struct pane *p, struct status *st)
{
	st->training = true;
	(void)snprintf(st->place, sizeof(st->place), "Answers of %s",
	    sheet_of(p)->o.learner);
}

static void
sheet_save(struct pane *p)
{
	struct err ignored;

	if (itemset_count(&sheet_of(p)->given) > 0)
		(void)!keep(sheet_mut(p), &ignored);
}

static void
sheet_destroy(struct pane *p)
{
	struct groupsheet *s = sheet_mut(p);
	char *name;

	memcpy(&name, &s->o.learner, sizeof(name));
	free(name);
	lines_release(&s->text);
	free(s);
}

static const struct pane_ops sheet_ops = {
	.name = "sheet",
	.context = CONTEXT_SHEET,
	.topic = "facilitator",
	.draw = sheet_draw,
	.act = sheet_act,
	.resize = sheet_resize,
	.destroy = sheet_destroy,
	.can = sheet_can,
	.status = sheet_status,
	.save = sheet_save,
};

struct pane *
groupsheet_new(const struct groupsheet_opts *o)
{
	struct groupsheet *s = xcalloc(1, sizeof(*s));

	s->base.ops = &sheet_ops;
	s->o = *o;
	s->o.learner = xstrdup(o->learner);
	answers_init(&s->answers);
	lines_init(&s->text);
	restore(s);
	return &s->base;
}
