/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/savedfilters.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/ask.h"

#define SHOWN_MAX 60

struct choosing {
	struct saved_choice o;
	struct str names[SHOWN_MAX], texts[SHOWN_MAX];
	struct str labels[SHOWN_MAX];
	size_t n;
	size_t at;
	bool forget;
};

static void
wipe(struct str *s)
{
	if (s->cap > 0)
		sodium_memzero(s->s, s->cap);
	str_release(s);
}

static void
choosing_free(void *ctx)
{
	struct choosing *c = ctx;

	for (size_t i = 0; i < SHOWN_MAX; i++) {
		wipe(&c->names[i]);
		wipe(&c->texts[i]);
		wipe(&c->labels[i]);
	}
	free(c);
}

/* "mine this week (12 cases): owner:me due<7d" */
static void
label_it(struct choosing *c, size_t i)
{
	struct str fault, *out = &c->labels[i];
	size_t n;

	str_init(&fault);
	n = c->o.count(c->o.ctx, c->texts[i].s, &fault);
	if (fault.len > 0)
		str_add_fmt(out, "%s (%s): %s", c->names[i].s, fault.s,
		    c->texts[i].s);
	else
		str_add_fmt(out, "%s (%zu case%s): %s", c->names[i].s, n,
		    n == 1 ? "" : "s", c->texts[i].s);
	str_release(&fault);
}

static enum rc
choice_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct choosing *c = ctx;

	(void)app;
	c->at = ask_choice(ask, 0);
	c->forget = ask_choice(ask, 1) == 1;
	if (c->at >= c->n)
		return err_set(e, RC_INPUT, "choose one of the list");
	return c->forget ? c->o.saved.drop(c->o.saved.ctx,
	    c->names[c->at].s, e) : RC_OK;
}

static void
choice_after(void *ctx, struct app *app)
{
	struct choosing *c = ctx;

	if (c->forget)
		app_say(app, "The filter %s is forgotten.",
		    c->names[c->at].s);
	else
		c->o.use(c->o.ctx, app, c->texts[c->at].s);
}

static void
ask_which(struct choosing *c, struct app *app)
{
	static const struct ask_choice what[] = {
		{"Use it", true}, {"Forget it", false}
	};
	struct ask_choice choices[SHOWN_MAX];
	struct ask_field fields[] = {
		{.type = ASK_CHOICE, .label = "Filter", .choices = choices,
		    .nchoices = c->n},
		{.type = ASK_CHOICE, .label = "Then", .choices = what,
		    .nchoices = 2},
	};
	struct ask_opts o = {
		.title = "Filters kept", .intro = "They are your own. A new "
		    "one: press f, type it, then :save-filter and a name.",
		.verb = "do that", .topic = "filter", .fields = fields,
		.n = 2, .ctx = c, .done = choice_done,
		.after = choice_after, .destroy = choosing_free,
	};

	for (size_t i = 0; i < c->n; i++)
		choices[i] = (struct ask_choice){c->labels[i].s, i == 0};
	ask_open(app, &o);
}

void
saved_filters_open(struct app *app, const struct saved_choice *o)
{
	struct choosing *c = xcalloc(1, sizeof(*c));

	c->o = *o;
	for (size_t i = 0; i < SHOWN_MAX; i++) {
		str_init(&c->names[i]);
		str_init(&c->texts[i]);
		str_init(&c->labels[i]);
	}
	while (c->n < SHOWN_MAX && o->saved.nth(o->saved.ctx, c->n,
	    &c->names[c->n], &c->texts[c->n]))
		label_it(c, c->n++);
	if (c->n > 0) {
		ask_which(c, app);
		return;
	}
	choosing_free(c);
	app_say(app, "No filter is kept yet. Press f, type one, then keep it "
	    "with :save-filter and a name.");
}
