/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/codescreen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/str.h"
#include "core/xalloc.h"
#include "tui/app.h"

#define GROUP_MAX 6	/* letters of a group; a dash parts them */
#define GROUPS_MAX 12

/* What is said around it. */
struct code_words {
	const char *title, *brief;	/* the second in a low window */
	const char *keep;
	const char *more;		/* where there is room */
	const char *last;		/* how it is asked back */
	const char *done;
	const char *place, *topic;
};

static const struct code_words recovery_words = {
	"The recovery code. It is shown this once.",
	"Recovery code, shown this once:",
	"Write all of it on paper and keep it away from this machine, locked "
	"up.",
	"Capitals or not does not matter. There is no letter I, L, O or U in "
	"it: what looks like one is a 1 or a 0. The last group checks the "
	"others.\n\nWhoever has it and the store's file can give anybody "
	"access. It reads no cases itself, and its use is on the record.",
	"From the paper",
	"The code is wiped from this machine. Put the paper where nobody looks "
	"for it, not beside the computer.",
	"Recovery code", "recovery"
};

static const struct code_words password_words = {
	"The password of the file. It is shown this once.",
	"Password of the file, shown this once:",
	"Send it apart from the file: say it over the telephone, to somebody "
	"you know, or send a letter. Never in the same message.",
	"Type it with a dash between the groups and no space. There is no 0, "
	"1, i, l or o in it. Nobody can open the file without it; then take "
	"it out anew.",
	"From what you wrote down",
	"The password is wiped from this machine.",
	"Password of a file", "export"
};

struct codescreen {
	struct pane base;
	const struct code_words *words;
	struct secret code;
	char *file;	/* that it opens; NULL for none */
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

/* The groups lie between dashes; *n letters.  False after the last. */
static bool
group_at(const struct codescreen *c, size_t *at, const char **group,
    size_t *n)
{
	const char *text = (const char *)c->code.p;
	size_t len = strnlen(text, c->code.len);

	if (*at >= len)
		return false;
	*group = text + *at;
	for (*n = 0; *at < len && text[*at] != '-'; ++*at)
		++*n;
	++*at;
	return *n <= GROUP_MAX;
}

static size_t
last_group(const struct codescreen *c, const char **group, size_t *n)
{
	size_t at = 0, count = 0;

	*n = 0;
	while (count < GROUPS_MAX && group_at(c, &at, group, n))
		count++;
	return count;
}

/* One group a cell of a grid, so that none is skipped in copying. */
static int
draw_groups(const struct codescreen *c, const struct view *v, int y)
{
	int across = view_w(v) >= 40 ? 3 : 1, i = 0;
	const char *group;
	size_t at = 0, n;

	while (i < GROUPS_MAX && group_at(c, &at, &group, &n)) {
		char shown[GROUP_MAX + 1];

		memcpy(shown, group, n);
		shown[n] = '\0';
		view_putf(v, i % across * 12, y + i / across, STYLE_HEADING,
		    "%2d  %s", i + 1, shown);
		explicit_bzero(shown, sizeof(shown));
		i++;
	}
	return (i + across - 1) / across;
}

static void
draw_hidden(const struct codescreen *c, const struct view *v)
{
	int y = view_wrap(v, 0, STYLE_TITLE, c->words->last);
	const char *group;
	struct str words;
	size_t n;

	str_init(&words);
	str_add_fmt(&words, "Type the last group, the one with number %zu, as "
	    "you wrote it. Esc shows %s again.", last_group(c, &group, &n),
	    c->file != NULL ? "the password" : "the code");
	(void)view_wrap(v, y + 1, STYLE_NORMAL, words.s);
	str_release(&words);
}

static void
code_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct codescreen *c = code_of(p);
	bool roomy = view_h(v) >= 14;
	int y = 0;

	if (c->hidden) {
		draw_hidden(c, v);
		return;
	}
	y += view_wrap(v, y, STYLE_TITLE, roomy ? c->words->title :
	    c->words->brief);
	if (c->file != NULL && roomy)
		y += view_wrap(v, y, STYLE_NORMAL, c->file);
	y += roomy ? 1 : 0;
	y += draw_groups(c, v, y);
	y += roomy ? 1 : 0;
	y += view_wrap(v, y, STYLE_NORMAL, c->words->keep);
	if (roomy)
		y += 1 + view_wrap(v, y, STYLE_NORMAL, c->words->more);
	(void)view_wrap(v, y, STYLE_HINT, "Enter: I wrote it down. Its last "
	    "group is then asked for.");
	if (focused)
		view_cursor(v, 0, 0);
}

static bool
is_last_group(const struct codescreen *c, const char *text)
{
	const char *last;
	size_t n;

	text += strspn(text, " ");
	return last_group(c, &last, &n) > 0 && n > 0 &&
	    strncasecmp(text, last, n) == 0 &&
	    text[n + strspn(text + n, " ")] == '\0';
}

static void
group_typed(void *ctx, struct app *app, const char *text)
{
	struct codescreen *c = ctx;

	c->hidden = false;
	if (text == NULL) {
		app_say(app, "Here it is again. Enter when it is written "
		    "down.");
	} else if (!is_last_group(c, text)) {
		app_warn(app, "That is not the last group. Compare all of it "
		    "with what you wrote down.");
	} else {
		const char *done = c->words->done;

		app_pop(app);
		app_say(app, "%s", done);
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
	(void)snprintf(st->place, sizeof(st->place), "%s",
	    code_of(p)->words->place);
}

static void
code_destroy(struct pane *p)
{
	struct codescreen *c = code_mut(p);

	secret_release(&c->code);
	free(c->file);
	free(c);
}

static const char *
code_topic(const struct pane *p)
{
	return code_of(p)->words->topic;
}

static const struct pane_ops code_ops = {
	.name = "code",
	.context = CONTEXT_CODE,
	.topic_now = code_topic,
	.draw = code_draw,
	.act = code_act,
	.destroy = code_destroy,
	.can = code_can,
	.status = code_status,
};

static struct pane *
screen_new(struct secret *code, const struct code_words *words)
{
	struct codescreen *c = xcalloc(1, sizeof(*c));

	c->base.ops = &code_ops;
	c->words = words;
	c->code = *code;
	memset(code, 0, sizeof(*code));
	return &c->base;
}

struct pane *
codescreen_new(struct secret *code)
{
	return screen_new(code, &recovery_words);
}

struct pane *
codescreen_password_new(struct secret *password, const char *path)
{
	struct pane *p = screen_new(password, &password_words);

	code_mut(p)->file = xstrdup(path);
	return p;
}
