/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One child whole: each indicator once with who says so and when, the level
 * and what made it so, whom to ring.  No narrative stands here: that is in
 * the cases, for those who may open them.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/joinedwindow.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/joinedscreen_impl.h"
#include "tui/textpane.h"
#include "tui/words.h"

struct said {
	struct collation_said s;
	char *agency, *source;	/* owned */
};

struct contact {
	char *name, *agency, *reach;	/* owned */
};

struct child {
	struct joinedscreen *j;	/* borrowed: it lies below, and keeps its data */
	const struct joined_entry *entry;	/* of the list's data */
	const uint32_t *cases, *upper;	/* alone; with the pairs that wait */
	size_t ncases, nupper;
	struct said *said;		size_t nsaid, capsaid;
	struct contact *contacts;	size_t ncontacts, capcontacts;
	struct err fault;
	size_t at;		/* selected row: a case */
};

/* ---- reading ---- */

static void
add_said(void *ctx, const struct collation_said *s)
{
	struct child *c = ctx;
	struct said *to;

	c->said = vec_room(c->said, c->nsaid, &c->capsaid, sizeof(*c->said));
	to = &c->said[c->nsaid++];
	to->s = *s;
	to->s.agency = to->agency = xstrdup(s->agency);
	to->s.source = to->source = xstrdup(s->source);
}

static void
add_contact(void *ctx, const struct collation_contact *t)
{
	struct child *c = ctx;

	for (size_t i = 0; i < c->ncontacts; i++)
		if (strcmp(c->contacts[i].name, t->name) == 0 &&
		    strcmp(c->contacts[i].agency, t->agency) == 0)
			return;
	c->contacts = vec_room(c->contacts, c->ncontacts, &c->capcontacts,
	    sizeof(*c->contacts));
	c->contacts[c->ncontacts++] = (struct contact){xstrdup(t->name),
	    xstrdup(t->agency), xstrdup(t->reach)};
}

static int
by_item(const void *a, const void *b)
{
	const struct said *x = a, *y = b;

	if (x->s.item != y->s.item)
		return x->s.item < y->s.item ? -1 : 1;
	if (x->s.on.last != y->s.on.last)
		return x->s.on.last > y->s.on.last ? -1 : 1;
	return strcmp(x->agency, y->agency);
}

static void
read_child(struct child *c)
{
	const struct collation_source *src = &c->j->o.source;
	struct collation_child_sink to = {add_said, add_contact, c};
	const struct collation_child whole = {&c->j->data.facts, c->cases,
	    c->ncases};

	err_clear(&c->fault);
	(void)!src->ops->child(src->ctx, &whole, &to, &c->fault);
	if (c->nsaid > 1)
		qsort(c->said, c->nsaid, sizeof(*c->said), by_item);
}

/* ---- what it says ---- */

static void
fill_cases(struct child *c, struct lines *out)
{
	lines_plain(out, STYLE_HEADING, "Cases");
	for (size_t i = 0; i < c->ncases; i++) {
		struct line_look look = {.indent = 2, .style = STYLE_NORMAL};
		struct str text;

		str_init(&text);
		joined_references(&c->j->data, &c->cases[i], 1, &text);
		(void)lines_row(out);
		lines_add(out, &look, text.s);
		str_release(&text);
	}
	lines_free_text(out);
	if (c->nupper > c->ncases)
		lines_addf(out, &(struct line_look){.indent = 2,
		    .style = STYLE_PENDING}, "~ %zu more case%s if the pairs "
		    "that wait are the same child", c->nupper - c->ncases,
		    c->nupper - c->ncases == 1 ? "" : "s");
	lines_blank(out);
}

static void
fill_item(struct child *c, struct lines *out, size_t from, size_t to)
{
	const struct item *it = &c->j->data.facts.in->items[c->said[from].s.item];
	struct line_look look = {.indent = 6, .style = STYLE_NORMAL,
	    .lead = it->id, .lead_style = STYLE_LABEL};
	char when[SPAN_WORDS_MAX];

	lines_add(out, &look, it->label);
	look.lead = NULL;
	look.style = STYLE_DIM;
	for (size_t i = from; i < to; i++) {
		const struct collation_said *s = &c->said[i].s;

		span_words(&s->on, when);
		lines_addf(out, &look, "%s, %s%s%s", s->agency,
		    span_is_none(&s->on) ? "without a date" : when,
		    *s->source != '\0' ? ", " : "", s->source);
	}
}

static void
fill_said(struct child *c, struct lines *out, enum answer state,
    const char *heading)
{
	bool any = false;

	for (size_t i = 0; i < c->nsaid;) {
		size_t k = i;

		while (k < c->nsaid && c->said[k].s.item == c->said[i].s.item)
			k++;
		for (size_t from = i, to; from < k; from = to) {
			for (to = from; to < k && c->said[to].s.state ==
			    c->said[from].s.state; to++)
				;
			if (c->said[from].s.state != state)
				continue;
			if (!any)
				lines_plain(out, STYLE_HEADING, heading);
			any = true;
			fill_item(c, out, from, to);
		}
		i = k;
	}
	if (any)
		lines_blank(out);
}

/* The level that these cases come to, and the rules that made it. */
static void
fill_level(struct child *c, struct lines *out, const char *name,
    const uint32_t *cases, size_t n)
{
	const struct instrument *in = c->j->data.facts.in;
	const struct child_facts it = {.rows = cases, .n = n};
	const struct joined_part **parts;
	struct joined_child whole;
	struct line_look look = {.indent = 2, .style = STYLE_NORMAL};
	struct str words;

	fact_child_join(&c->j->data.facts, &it, &parts, &whole);
	look.style = level_style(in, whole.result.level);
	str_init(&words);
	str_add_fmt(&words, "%s %s", style_mark(look.style),
	    screen_label(in, &whole.result));
	lines_addf(out, &(struct line_look){.indent = 0,
	    .style = STYLE_LABEL}, "%s: %u indicator%s of %u agenc%s, %u "
	    "said by more than one; most of one agency %u", name,
	    whole.indicators, whole.indicators == 1 ? "" : "s",
	    whole.agencies, whole.agencies == 1 ? "y" : "ies",
	    whole.corroborated, whole.most_alone);
	lines_add(out, &look, words.s);
	look.style = STYLE_DIM;
	for (size_t i = 0; i < whole.result.nfired; i++) {
		str_clear(&words);
		screen_rule_words(in, &whole.answers, whole.result.fired[i],
		    &words);
		lines_add(out, &look, words.s);
	}
	str_release(&words);
	free(parts);
}

static void
fill_contacts(struct child *c, struct lines *out)
{
	struct line_look look = {.indent = 2, .style = STYLE_NORMAL};

	lines_plain(out, STYLE_HEADING, "Whom to ring");
	if (c->ncontacts == 0)
		lines_add(out, &look, "No professional is recorded. The "
		    "agencies above know the child; page 3 of a case takes "
		    "names and numbers.");
	for (size_t i = 0; i < c->ncontacts; i++) {
		const struct contact *t = &c->contacts[i];

		lines_addf(out, &look, "%s%s%s%s%s", t->agency,
		    *t->agency != '\0' ? ", " : "", *t->name != '\0' ?
		    t->name : "nobody is named",
		    *t->reach != '\0' ? ": " : "", t->reach);
	}
}

static void
fill(void *ctx, struct lines *out)
{
	struct child *c = ctx;
	struct str days;

	str_init(&days);
	joined_window_words(&c->j->o.window, &days);
	lines_free_text(out);
	lines_addf(out, &(struct line_look){.indent = 0,
	    .style = STYLE_TITLE}, "One child, %s", days.s);
	str_release(&days);
	if (c->fault.rc != RC_OK)
		lines_plain(out, STYLE_ERROR, c->fault.text);
	if (c->entry->group == JOINED_ONLY)
		lines_plain(out, STYLE_HIGH, "!! Three or more only when "
		    "joined: no agency alone has three.");
	fill_level(c, out, c->nupper > c->ncases ? "By links" :
	    "Joined", c->cases, c->ncases);
	if (c->nupper > c->ncases)
		fill_level(c, out, "With the pairs that wait", c->upper,
		    c->nupper);
	lines_blank(out);
	fill_cases(c, out);
	fill_said(c, out, ANSWER_PRESENT, "Present");
	fill_said(c, out, ANSWER_SUSPECTED, "Suspected");
	fill_contacts(c, out);
	c->at = out->row;
}

/* ---- splitting ---- */

static enum rc
split_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct child *c = ctx;
	const struct collation_source *src = &c->j->o.source;
	struct case_id *rest = xcalloc(c->ncases, sizeof(*rest));
	struct collation_split s = {.part = &c->j->data.facts.cases[
	    c->cases[c->at]].id, .npart = 1, .rest = rest,
	    .reason = ask_text(ask, 0)};
	enum rc rc;

	(void)app;
	for (size_t i = 0; i < c->ncases; i++)
		if (i != c->at)
			rest[s.nrest++] = c->j->data.facts.cases[c->cases[i]].id;
	rc = src->ops->split(src->ctx, &s, e);
	free(rest);
	return rc;
}

/* What was one child is two: the list below tells it. */
static void
split_after(void *ctx, struct app *app)
{
	(void)ctx;
	app_pop(app);
	app_say(app, "Split, for good: no model joins them again. The list "
	    "and all counts follow.");
}

static void
split(struct child *c, struct app *app)
{
	static const struct ask_field f[] = {
		{ASK_LINE, "Why", "What shows that they are two children.",
		    NULL, false, NULL, 0}
	};
	struct ask_opts o = {
		.title = "Not the same child", .verb = "split",
		.working = "Splitting...", .topic = "joined", .fields = f,
		.n = 1, .ctx = c, .done = split_done, .after = split_after,
	};
	struct str intro;

	if (!c->j->o.source.ops->may_decide(c->j->o.source.ctx)) {
		app_warn(app, "Your role does not decide which cases are of "
		    "one child.");
		return;
	}
	if (c->ncases < 2) {
		app_say(app, "Only one case is of this child: there is "
		    "nothing to split.");
		return;
	}
	str_init(&intro);
	joined_references(&c->j->data, &c->cases[c->at], 1, &intro);
	str_add(&intro, " becomes a child of its own, apart from the other "
	    "cases above. Both cases stay as they are; the decision is "
	    "signed, and is never made again by a model.");
	o.intro = intro.s;
	ask_open(app, &o);
	str_release(&intro);
}

/* ---- keys ---- */

static bool
act(void *ctx, const struct event *ev, struct app *app, struct pane *self)
{
	struct child *c = ctx;

	textpane_refresh(self);
	if (ev->act == ACT_CANCEL)
		app_pop(app);
	else if (ev->act == ACT_CHILD_SPLIT)
		split(c, app);
	else if (ev->act == ACT_OPEN && c->at < c->ncases)
		c->j->o.open(c->j->o.ctx, app,
		    &c->j->data.facts.cases[c->cases[c->at]].id);
	else
		return false;
	return true;
}

static bool
can(const void *ctx, enum action a)
{
	const struct child *c = ctx;

	if (a == ACT_CHILD_SPLIT)
		return c->ncases > 1;
	return a != ACT_NEXT_PANE && a != ACT_SEARCH;
}

static void
child_free(void *ctx)
{
	struct child *c = ctx;

	for (size_t i = 0; i < c->nsaid; i++) {
		free(c->said[i].agency);
		free(c->said[i].source);
	}
	for (size_t i = 0; i < c->ncontacts; i++) {
		free(c->contacts[i].name);
		free(c->contacts[i].agency);
		free(c->contacts[i].reach);
	}
	free(c->said);
	free(c->contacts);
	free(c);
}

void
joinedchild_open(struct joinedscreen *j, struct app *app,
    const struct joined_entry *r)
{
	struct child *c = xcalloc(1, sizeof(*c));
	struct textpane_opts o = {
		.name = "joined-child", .topic = "joined",
		.context = CONTEXT_CHILD, .ctx = c, .fill = fill, .act = act,
		.can = can, .destroy = child_free,
	};

	c->j = j;
	c->entry = r;
	c->cases = r->lower->rows;
	c->ncases = r->lower->n;
	c->upper = r->upper->rows;
	c->nupper = r->upper->n;
	read_child(c);
	app_push(app, textpane_new(&o));
}
