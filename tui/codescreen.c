/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/codescreen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/xalloc.h"
#include "tui/app.h"

#define GROUP 4		/* letters of a group, and a dash */
#define GROUPS_MAX 12

struct codescreen {
	struct pane base;
	struct secret code;
	bool hidden;	/* the last group is being typed from the paper */
};

static const struct codescreen *
code_of(const struct pane *p)
{
	return (const struct codescreen *)(const void *)p;
}

static struct codescreen *
code_mut(struct pane *p)
{
	return (struct codescreen *)(void *)p;
}

/* One group a cell of a grid, so that none is skipped in copying. */
static int
draw_groups(const struct codescreen *c, const struct view *v, int y)
{
	int across = view_w(v) >= 40 ? 3 : 1, n = 0;

	for (size_t at = 0; at + GROUP <= c->code.len && n < GROUPS_MAX;
	    at += GROUP + 1, n++) {
		char group[GROUP + 1];

		memcpy(group, c->code.p + at, GROUP);
		group[GROUP] = '\0';
		view_putf(v, n % across * 12, y + n / across, STYLE_HEADING,
		    "%2d  %s", n + 1, group);
		explicit_bzero(group, sizeof(group));
	}
	return (n + across - 1) / across;
}

static void
draw_hidden(const struct view *v)
{
	int y = view_wrap(v, 0, STYLE_TITLE, "From the paper");

	(void)view_wrap(v, y + 1, STYLE_NORMAL, "Type the last group, the one "
	    "with number 9, as you wrote it. Esc shows the code again.");
}

static void
code_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct codescreen *c = code_of(p);
	bool roomy = view_h(v) >= 14;
	int y = 0;

	if (c->hidden) {
		draw_hidden(v);
		return;
	}
	y += view_wrap(v, y, STYLE_TITLE, roomy ?
	    "The recovery code. It is shown this once." :
	    "Recovery code, shown this once:");
	y += roomy ? 1 : 0;
	y += draw_groups(c, v, y);
	y += roomy ? 1 : 0;
	y += view_wrap(v, y, STYLE_NORMAL, "Write all of it on paper and "
	    "keep it away from this machine, locked up.");
	if (roomy) {
		y += view_wrap(v, y, STYLE_NORMAL, "Capitals or not does not "
		    "matter. There is no letter I, L, O or U in it: what "
		    "looks like one is a 1 or a 0. The last group checks the "
		    "others.");
		y += 1 + view_wrap(v, y + 1, STYLE_NORMAL, "Whoever has it "
		    "and the store's file can give anybody access. It reads "
		    "no cases itself, and its use is on the record.");
		y++;
	}
	(void)view_wrap(v, y, STYLE_HINT, "Enter: I wrote it down. Its last "
	    "group is then asked for.");
	if (focused)
		view_cursor(v, 0, 0);
}

static bool
is_last_group(const struct codescreen *c, const char *text)
{
	const char *last = (const char *)c->code.p + c->code.len - GROUP;

	text += strspn(text, " ");
	return c->code.len >= GROUP && strncasecmp(text, last, GROUP) == 0 &&
	    text[GROUP + strspn(text + GROUP, " ")] == '\0';
}

static void
group_typed(void *ctx, struct app *app, const char *text)
{
	struct codescreen *c = ctx;

	c->hidden = false;
	if (text == NULL) {
		app_say(app, "Here it is again. Enter when it is on paper.");
	} else if (!is_last_group(c, text)) {
		app_warn(app, "That is not the last group. Compare all of it "
		    "with your paper.");
	} else {
		app_pop(app);
		app_say(app, "The code is wiped from this machine. Put the "
		    "paper where nobody looks for it, not beside the "
		    "computer.");
	}
}

static void
ask_last_group(struct codescreen *c, struct app *app)
{
	struct prompt p = {.label = "Last group: ", .ctx = c,
	    .done = group_typed};

	c->hidden = true;
	app_prompt(app, &p);
}

static bool
code_act(struct pane *p, const struct event *ev, struct app *app)
{
	switch (ev->act) {
	case ACT_WRITTEN:
		ask_last_group(code_mut(p), app);
		return true;
	case ACT_CANCEL:
	case ACT_BACK:
		app_say(app, "Press Enter when it is written down. It is not "
		    "shown again.");
		return true;
	default:
		/* Nothing is opened over it. */
		return ev->act == ACT_COMMAND || ev->act == ACT_HELP;
	}
}

static bool
code_can(const struct pane *p, enum action a)
{
	(void)p;
	return a == ACT_WRITTEN || a == ACT_BLANK;
}

static void
code_status(const struct pane *p, struct status *st)
{
	(void)p;
	(void)snprintf(st->place, sizeof(st->place), "Recovery code");
}

static void
code_destroy(struct pane *p)
{
	struct codescreen *c = code_mut(p);

	secret_release(&c->code);
	free(c);
}

static const struct pane_ops code_ops = {
	.name = "recovery code",
	.context = CONTEXT_CODE,
	.topic = "recovery",
	.draw = code_draw,
	.act = code_act,
	.destroy = code_destroy,
	.can = code_can,
	.status = code_status,
};

struct pane *
codescreen_new(struct secret *code)
{
	struct codescreen *c = xcalloc(1, sizeof(*c));

	c->base.ops = &code_ops;
	c->code = *code;
	memset(code, 0, sizeof(*code));
	return &c->base;
}
