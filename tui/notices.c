/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/notices.h"

#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/textpane.h"

#define LEAD_W 2	/* the mark in front of each */

void
notices_init(struct notices *ns)
{
	memset(ns, 0, sizeof(*ns));
}

void
notices_clear(struct notices *ns)
{
	while (ns->n > 0) {
		ns->n--;
		explicit_bzero(ns->list[ns->n].text,
		    strlen(ns->list[ns->n].text));
		free(ns->list[ns->n].text);
	}
}

void
notices_release(struct notices *ns)
{
	notices_clear(ns);
	free(ns->list);
	notices_init(ns);
}

void
notices_add(struct notices *ns, enum style s, bool stays, const char *text)
{
	ns->list = vec_room(ns->list, ns->n, &ns->cap, sizeof(*ns->list));
	ns->list[ns->n++] = (struct notice){s, stays, xstrdup(text)};
}

static bool
is_shown(const struct notices *ns, size_t i)
{
	return ns->list[i].stays || !ns->hidden;
}

size_t
notices_shown(const struct notices *ns)
{
	size_t n = 0;

	for (size_t i = 0; i < ns->n; i++)
		n += is_shown(ns, i) ? 1 : 0;
	return n;
}

static int
rows_of(const struct notice *n, int w)
{
	return wrap_rows(n->text, w > LEAD_W + 1 ? w - LEAD_W : 1);
}

static int
rows_wanted(const struct notices *ns, int w)
{
	int rows = 0;

	for (size_t i = 0; i < ns->n; i++)
		rows += is_shown(ns, i) ? rows_of(&ns->list[i], w) : 0;
	return rows;
}

int
notices_rows(const struct notices *ns, int w, int most)
{
	int rows = rows_wanted(ns, w);

	return rows < most ? rows : most;
}

/* Draws those that fit above row `end`; returns how many. */
static size_t
draw_fitting(const struct notices *ns, const struct view *v, int end)
{
	size_t drawn = 0;
	int y = 0;

	for (size_t i = 0; i < ns->n; i++) {
		const struct notice *n = &ns->list[i];
		struct view text = view_sub(v, (struct rect){LEAD_W, 0,
		    view_w(v) - LEAD_W, end});

		if (!is_shown(ns, i))
			continue;
		/* The first is begun even where there is room for a part. */
		if (y > 0 && y + rows_of(n, view_w(v)) > end)
			break;
		view_put(v, 0, y, n->style, n->stays ? "!" : "*");
		y += view_wrap(&text, y, n->style, n->text);
		drawn++;
	}
	return drawn;
}

void
notices_draw(const struct notices *ns, const struct view *v)
{
	int rows = rows_wanted(ns, view_w(v)), h = view_h(v);
	size_t shown = notices_shown(ns), drawn;

	if (h == 0 || shown == 0)
		return;
	if (rows <= h) {
		(void)draw_fitting(ns, v, h);
		return;
	}
	drawn = draw_fitting(ns, v, h > 1 ? h - 1 : h);
	if (h == 1)
		return;
	view_fill(v, (struct rect){0, h - 1, view_w(v), 1}, STYLE_NORMAL);
	if (shown > drawn)
		view_putf(v, LEAD_W, h - 1, STYLE_HINT, "and %zu more: "
		    ":notices shows all", shown - drawn);
	else
		view_put(v, LEAD_W, h - 1, STYLE_HINT,
		    ":notices shows all of it");
}

/* ---- the screen ---- */

static void
screen_fill(void *ctx, struct lines *out)
{
	const struct notices *const *ns = ctx;
	struct line_look look = {.indent = LEAD_W};

	lines_plain(out, STYLE_TITLE, "What you should know");
	lines_blank(out);
	if ((*ns)->n == 0)
		lines_plain(out, STYLE_NORMAL, "Nothing at the moment.");
	for (size_t i = 0; i < (*ns)->n; i++) {
		const struct notice *n = &(*ns)->list[i];

		look.lead = n->stays ? "!" : "*";
		look.style = look.lead_style = n->style;
		lines_add(out, &look, n->text);
		lines_blank(out);
	}
}

static bool
screen_act(void *ctx, const struct event *ev, struct app *app,
    struct pane *self)
{
	(void)ctx;
	(void)self;
	if (ev->act != ACT_CANCEL && ev->act != ACT_OPEN)
		return false;
	app_pop(app);
	return true;
}

static bool
screen_can(const void *ctx, enum action a)
{
	(void)ctx;
	return a == ACT_BACK || a == ACT_HELP || a == ACT_BLANK ||
	    a == ACT_COMMAND;
}

struct pane *
notices_screen_new(const struct notices *ns)
{
	const struct notices **ctx = xcalloc(1, sizeof(*ctx));
	struct textpane_opts o = {
		.name = "notices", .topic = "cases", .context = CONTEXT_MOVE,
		.ctx = ctx, .fill = screen_fill, .act = screen_act,
		.can = screen_can, .destroy = free,
	};

	*ctx = ns;
	return textpane_new(&o);
}
