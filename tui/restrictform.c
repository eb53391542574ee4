/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/restrictform.h"

#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/str.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/ask.h"

enum { KEEP_IT, LIFT_IT };
enum { F_WHAT, F_PEOPLE, F_REASON, F_REVIEW, F_FIELDS };

/* Goes with the form. */
struct restricting {
	struct restrict_opts o;
	char *reference;
	char **names;		/* owned, as o.people had them */
	size_t n, first;	/* first: 1 where F_WHAT is left out */
	bool lifted;
};

static void
restricting_free(void *ctx)
{
	struct restricting *r = ctx;

	for (size_t i = 0; i < r->n; i++)
		free(r->names[i]);
	free(r->names);
	free(r->reference);
	free(r);
}

static size_t
at(const struct restricting *r, size_t field)
{
	return field - r->first;
}

static bool
lifts(const struct restricting *r, const struct pane *ask)
{
	return r->first == 0 && ask_choice(ask, F_WHAT) == LIFT_IT;
}

static enum rc
check_review(const struct restricting *r, const char *text, int32_t *day,
    struct err *e)
{
	*day = DAY_NONE;
	if (text[strspn(text, " ")] == '\0')
		return RC_OK;
	if (day_parse(text, day, e) != RC_OK)
		return e->rc;
	if (*day <= r->o.today)
		return err_set(e, RC_INPUT, "The day of the review is to come: "
		    "give one after today.");
	return RC_OK;
}

static enum rc
restrict_check(void *ctx, const struct pane *ask, size_t i, struct err *e)
{
	const struct restricting *r = ctx;
	int32_t day;

	if (i != at(r, F_REVIEW) || lifts(r, ask))
		return RC_OK;
	return check_review(r, ask_text(ask, i), &day, e);
}

/* Fills names (room for r->n) with those who are ticked. */
static size_t
ticked(const struct restricting *r, const struct pane *ask,
    const char **names)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		if (ask_ticked(ask, at(r, F_PEOPLE), i))
			names[n++] = r->names[i];
	return n;
}

static enum rc
restrict_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct restricting *r = ctx;
	const char **names = xcalloc(r->n + 1, sizeof(*names));
	struct restriction rs = {
		.case_id = &r->o.id, .people = names,
		.reason = ask_text(ask, at(r, F_REASON)),
	};
	enum rc rc;

	(void)app;
	r->lifted = lifts(r, ask);
	rs.n = r->lifted ? 0 : ticked(r, ask, names);
	rc = check_review(r, ask_text(ask, at(r, F_REVIEW)), &rs.review, e);
	if (rc == RC_OK && rs.n == 0 && !r->lifted)
		rc = err_set(e, RC_INPUT, "Nobody is named. Go to People and "
		    "tick with Space.");
	if (rc == RC_OK)
		rc = r->o.restrict_(r->o.ctx, &rs, e);
	free(names);
	return rc;
}

static void
restrict_after(void *ctx, struct app *app)
{
	const struct restricting *r = ctx;

	if (r->o.changed != NULL)
		r->o.changed(r->o.ctx, app);
	if (r->lifted)
		app_say(app, "%s is open to everybody again whose role reads "
		    "cases.", r->reference);
	else
		app_say(app, "%s is restricted now. Others see that a case is "
		    "there, without name or figures, and need a reason to "
		    "open it.", r->reference);
}

static struct restricting *
restricting_new(const struct restrict_opts *o)
{
	struct restricting *r = xcalloc(1, sizeof(*r));

	r->o = *o;
	r->reference = xstrdup(o->reference);
	r->n = o->npeople;
	r->first = o->restricted ? 0 : 1;
	r->names = xcalloc(o->npeople + 1, sizeof(*r->names));
	for (size_t i = 0; i < o->npeople; i++)
		r->names[i] = xstrdup(o->people[i].name);
	r->o.reference = r->o.reason = NULL;
	r->o.people = NULL;
	return r;
}

static struct ask_choice *
people_choices(const struct restrict_opts *o)
{
	struct ask_choice *c = xcalloc(o->npeople + 1, sizeof(*c));

	for (size_t i = 0; i < o->npeople; i++)
		c[i] = (struct ask_choice){o->people[i].name,
		    o->people[i].named};
	return c;
}

void
restrictform_open(struct app *app, const struct restrict_opts *o)
{
	static const struct ask_choice what[] = {
		{"Restricted to the people below", true},
		{"Lifted: open to everybody again", false},
	};
	struct ask_choice *people = people_choices(o);
	char review[DAY_TEXT_MAX];
	const struct ask_field f[F_FIELDS] = {
		[F_WHAT] = {ASK_CHOICE, "From now on", "Up and Down choose.",
		    NULL, false, what, 2},
		[F_PEOPLE] = {ASK_TICKS, "People", "Space ticks. You are "
		    "added in any case; one at least is a supervisor.", NULL,
		    false, people, o->npeople},
		[F_REASON] = {ASK_LINE, "Reason", "For example: a relative "
		    "works here; the case is in the news.", o->reason, false,
		    NULL, 0},
		[F_REVIEW] = {ASK_LINE, "Review on", "When to look whether it "
		    "is still needed. Empty: in the usual time.",
		    review, true,
		    NULL, 0},
	};
	struct restricting *r = restricting_new(o);
	struct ask_opts ao = {
		.intro = "Only the people named see the case. Others see that "
		    "there is one, and can open it with a reason that you and "
		    "the other supervisors see: a child must not come to harm "
		    "because nobody could look.",
		.verb = o->restricted ? "do this" : "restrict the case",
		.topic = "watching", .fields = f + r->first,
		.n = F_FIELDS - r->first, .ctx = r,
		.check = restrict_check, .done = restrict_done,
		.after = restrict_after, .destroy = restricting_free,
	};
	struct str title;

	str_init(&title);
	str_add_fmt(&title, o->restricted ? "The restriction of %s" :
	    "Restrict %s", o->reference);
	ao.title = title.s;
	day_format(o->review, review);
	ask_open(app, &ao);
	str_release(&title);
	free(people);
}
