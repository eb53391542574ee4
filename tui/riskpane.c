/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/riskpane.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "tui/lines.h"
#include "tui/riskreview.h"

struct riskpane {
	struct pane base;
	struct risk_view r;
	struct lines lines;
};

static const struct riskpane *
risk_of(const struct pane *p)
{
	return (const struct riskpane *)(const void *)p;
}

static struct riskpane *
risk_mut(struct pane *p)
{
	return (struct riskpane *)(void *)p;
}

/* ---- what it says ---- */

static void
heading(struct riskpane *k, const char *text)
{
	lines_blank(&k->lines);
	lines_plain(&k->lines, STYLE_HEADING, text);
}

static void
under(struct riskpane *k, enum style s, const char *text)
{
	struct line_look look = {.indent = 2, .style = s};

	if (text != NULL && *text != '\0')
		lines_add(&k->lines, &look, text);
}

static void
marked(struct riskpane *k, enum style s, const char *text)
{
	struct line_look look = {.indent = 2, .style = s, .lead_style = s};

	look.lead = style_mark(s);
	look.indent = (int)strlen(look.lead) + 1;
	lines_add(&k->lines, &look, text);
}

static void
marked_with(struct riskpane *k, const char *lead, const char *text)
{
	struct line_look look = {.indent = 4, .style = STYLE_NORMAL,
	    .lead = lead, .lead_style = STYLE_HEADING};

	lines_add(&k->lines, &look, text);
}

static void
fill_level(struct riskpane *k)
{
	const struct risk_view *r = &k->r;

	if (r->unscored)
		lines_plain(&k->lines, STYLE_HEADING,
		    "A memory aid: it gives no level");
	else
		marked(k, r->style, r->label);
	under(k, STYLE_NORMAL, r->action);
	if (r->pending > 0) {
		struct line_look look = {.indent = 2, .style = STYLE_PENDING,
		    .lead = "~", .lead_style = STYLE_PENDING};

		lines_addf(&k->lines, &look, "%zu not signed, counted here",
		    r->pending);
	}
}

/* Nobody must take the level of one case for the child's. */
static void
fill_joined(struct riskpane *k)
{
	struct line_look look = {.indent = 2, .style = STYLE_NORMAL,
	    .lead = "+", .lead_style = STYLE_HEADING};

	if (k->r.joined == NULL)
		return;
	if (k->r.joined_warns) {
		look.style = look.lead_style = STYLE_WARNING;
		look.lead = "!!";
		look.indent = 3;
	}
	lines_add(&k->lines, &look, k->r.joined);
}

static void
fill_counts(struct riskpane *k)
{
	const struct risk_view *r = &k->r;
	struct line_look look = {.indent = 0, .style = STYLE_NORMAL};

	lines_blank(&k->lines);
	lines_addf(&k->lines, &look, "Vulnerabilities %u   Signs %u",
	    r->vulnerabilities, r->signs);
	if (r->suspected > 0)
		lines_addf(&k->lines, &look, "Suspected %u", r->suspected);
	look.style = STYLE_UNKNOWN;
	lines_addf(&k->lines, &look, "%u of %u not known (%u not asked)",
	    r->not_known, r->listed, r->not_asked);
	lines_plain(&k->lines, STYLE_DIM, "A screening aid, not validated; "
	    "it never rules out exploitation.");
}

static void
fill_reasons(struct riskpane *k)
{
	struct line_look look = {.indent = 2, .style = STYLE_DIM};
	size_t i;

	if (k->r.unscored)
		return;
	heading(k, "Why");
	if (k->r.nreasons == 0)
		under(k, STYLE_NORMAL, "No rule fired on what is present.");
	for (i = 0; i < k->r.nreasons; i++) {
		const struct risk_reason *why = &k->r.reasons[i];
		struct line_look first = {.indent = 2, .style = STYLE_NORMAL,
		    .lead = "-", .lead_style = STYLE_NORMAL};

		lines_add(&k->lines, &first, why->words);
		under(k, STYLE_NORMAL, why->because);
		lines_addf(&k->lines, &look, "Source: %s", why->source);
	}
}

static void
fill_could_be(struct riskpane *k)
{
	struct line_look look = {.indent = 2, .style = STYLE_NORMAL,
	    .lead = "-", .lead_style = STYLE_NORMAL};
	size_t i;

	if (k->r.could_be == NULL && k->r.changes.n == 0)
		return;
	lines_blank(&k->lines);
	if (k->r.could_be != NULL) {
		struct line_look could = {.indent = 0,
		    .style = STYLE_HEADING};

		lines_addf(&k->lines, &could, "Could be: %s",
		    k->r.could_be);
	}
	for (i = 0; i < k->r.changes.n; i++)
		lines_add(&k->lines, &look, k->r.changes.s[i]);
}

static void
fill_people(struct riskpane *k)
{
	const struct risk_view *r = &k->r;

	heading(k, "Professional judgement");
	if (r->judgement != NULL)
		under(k, STYLE_NORMAL, r->judgement);
	else
		under(k, STYLE_NORMAL, "None yet. s keeps today's screening, J "
		    "gives your own level.");
	if (r->judgement_reason != NULL) {
		struct line_look look = {.indent = 2, .style = STYLE_NORMAL};

		lines_addf(&k->lines, &look, "Why: %s", r->judgement_reason);
	}
	if (r->stale != NULL)
		under(k, STYLE_WARNING, r->stale);
	if (r->lowering != NULL)
		under(k, STYLE_WARNING, r->lowering);
}

/* Questions of a second person come before all else. */
static void
fill_returned(struct riskpane *k)
{
	if (k->r.returned == NULL)
		return;
	lines_plain(&k->lines, STYLE_WARNING, "Returned with questions");
	under(k, STYLE_NORMAL, k->r.returned);
	under(k, STYLE_TITLE, k->r.questions);
	under(k, STYLE_HINT, k->r.answer_how);
	lines_blank(&k->lines);
}

static void
fill_review(struct riskpane *k)
{
	const struct risk_view *r = &k->r;

	if (r->flagged == NULL && r->reviewed == NULL && r->first == NULL &&
	    !r->blind)
		return;
	heading(k, "Second person");
	if (r->flagged != NULL)
		under(k, STYLE_WARNING, r->flagged);
	if (r->reviewed != NULL)
		under(k, STYLE_NORMAL, r->reviewed);
	if (r->blind)
		under(k, STYLE_WARNING, "A second look, blind: what was "
		    "decided first is shown once yours is signed.");
	if (r->first == NULL)
		return;
	under(k, STYLE_HEADING, r->looks_differ ? "Two looks, which differ:" :
	    "Two looks, which agree:");
	marked_with(k, "1", r->first);
	marked_with(k, "2", r->second);
}

static void
fill_dates(struct riskpane *k)
{
	const struct risk_view *r = &k->r;
	struct line_look look = {.indent = 2, .style = STYLE_NORMAL};
	struct line_look first = {.indent = 2, .style = STYLE_WARNING,
	    .lead = "!", .lead_style = STYLE_WARNING};

	heading(k, "Next");
	lines_addf(&k->lines, &look, "Review: %s", r->review != NULL ?
	    r->review : "not set; s sets it");
	if (r->no_clock != NULL)
		lines_add(&k->lines, &first, r->no_clock);
	if (r->pattern != NULL)
		lines_add(&k->lines, &first, r->pattern);
	if (r->no_clock == NULL || r->due != NULL)
		lines_addf(&k->lines, &look, "Next deadline: %s",
		    r->due != NULL ? r->due : "none");
	under(k, STYLE_DIM, r->due_how);
	lines_addf(&k->lines, &look, "Own words: %s", r->voice);
	under(k, STYLE_NORMAL, r->age);
}

static void
fill_conflicts(struct riskpane *k)
{
	size_t i;

	if (k->r.conflicts.n == 0)
		return;
	heading(k, "Two values; i settles them");
	for (i = 0; i < k->r.conflicts.n; i++)
		marked(k, STYLE_CONFLICT, k->r.conflicts.s[i]);
}

static void
fill_session(struct riskpane *k)
{
	heading(k, "Your level");
	under(k, STYLE_NORMAL, "Asked for with your reason when you commit "
	    "to the stage; then it stands in the look back.");
	under(k, STYLE_NORMAL, k->r.age);
}

static void
fill(struct riskpane *k)
{
	lines_clear(&k->lines);
	if (k->r.label == NULL)
		return;
	fill_returned(k);
	fill_level(k);
	fill_joined(k);
	fill_counts(k);
	/* What is short and asks for something before what is long. */
	fill_conflicts(k);
	if (k->r.session) {
		fill_session(k);
	} else {
		fill_people(k);
		fill_review(k);
		fill_dates(k);
	}
	fill_reasons(k);
	fill_could_be(k);
	lines_done(&k->lines);
}

/* ---- the pane ---- */

static void
risk_draw(const struct pane *p, const struct view *v, bool focused)
{
	lines_draw(&risk_of(p)->lines, v, focused);
	if (focused)
		view_cursor(v, 0, 0);
}

static bool
risk_act(struct pane *p, const struct event *ev, struct app *app)
{
	(void)app;
	return lines_act(&risk_mut(p)->lines, ev->act);
}

static void
risk_resize(struct pane *p, int w, int h)
{
	struct riskpane *k = risk_mut(p);

	lines_resize(&k->lines, w, h);
	fill(k);
}

static void
risk_destroy(struct pane *p)
{
	struct riskpane *k = risk_mut(p);

	risk_view_release(&k->r);
	lines_release(&k->lines);
	free(k);
}

static const char *
risk_title(const struct pane *p)
{
	(void)p;
	return "Risk";
}

static const struct pane_ops risk_ops = {
	.name = "risk",
	.context = CONTEXT_RISK,
	.topic = "risk",
	.draw = risk_draw,
	.act = risk_act,
	.resize = risk_resize,
	.destroy = risk_destroy,
	.title = risk_title,
};

struct pane *
riskpane_new(void)
{
	struct riskpane *k = xcalloc(1, sizeof(*k));

	k->base.ops = &risk_ops;
	lines_init(&k->lines);
	return &k->base;
}

void
riskpane_set(struct pane *p, struct risk_view *r)
{
	struct riskpane *k = risk_mut(p);

	risk_view_release(&k->r);
	k->r = *r;
	memset(r, 0, sizeof(*r));
	fill(k);
}
