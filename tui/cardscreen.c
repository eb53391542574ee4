/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One's own card: its twelve words, to be read over the telephone, then its
 * text, to be sent any way; and into a file.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "core/xalloc.h"
#include "tui/bundlewords.h"
#include "tui/elsewhere_impl.h"
#include "tui/people.h"
#include "tui/textpane.h"

#define WORD_W 17	/* "12  " and a word */

struct cardscreen {
	struct abroad_source source;
	struct card card;
	struct str suggested;	/* name of the file */
};

static void
add_words(const struct cardscreen *s, struct lines *out)
{
	int across = out->w >= 3 * WORD_W ? 3 : out->w >= 2 * WORD_W ? 2 : 1;
	const struct line_look look = {.style = STYLE_HEADING, .indent = 2};
	struct str row;

	str_init(&row);
	for (size_t i = 0; i < CARD_WORDS; i++) {
		const char *word = card_word(&s->card, i);

		str_add_fmt(&row, "%2zu  %-13s", i + 1, word);
		if ((i + 1) % (size_t)across != 0)
			continue;
		lines_add(out, &look, row.s);
		str_clear(&row);
		if (across == 3 && i + 1 < CARD_WORDS && out->h >= 14)
			lines_blank(out);
	}
	str_release(&row);
}

static void
add_text(const struct cardscreen *s, struct lines *out)
{
	struct str text;

	str_init(&text);
	card_format(&s->card, &text);
	for (char *line = text.s; *line != '\0';) {
		size_t n = strcspn(line, "\n");
		bool last = line[n] == '\0';

		line[n] = '\0';
		lines_plain(out, STYLE_DIM, line);
		line += n + (last ? 0 : 1);
	}
	str_release(&text);
}

static void
card_fill(void *ctx, struct lines *out)
{
	const struct cardscreen *s = ctx;
	struct str words;

	str_init(&words);
	str_add_fmt(&words, "Your card: %s, %s, %s", s->card.name,
	    s->card.agency, role_label(s->card.role));
	lines_plain(out, STYLE_TITLE, words.s);
	str_release(&words);
	lines_plain(out, STYLE_NORMAL, "Send the card any way, it holds "
	    "nothing secret: w writes it to a file. Then read them these "
	    "twelve words over the telephone; they type what they hear.");
	lines_blank(out);
	add_words(s, out);
	lines_blank(out);
	add_text(s, out);
}

static void ask_path(struct cardscreen *s, struct app *app,
    const char *text);

static void
path_typed(void *ctx, struct app *app, const char *text)
{
	const struct cardscreen *s = ctx;
	struct str out;
	struct err e;

	if (text == NULL || *text == '\0')
		return;
	str_init(&out);
	card_format(&s->card, &out);
	if (s->source.ops->write(s->source.ctx, text, &out, &e) != RC_OK) {
		/* A name typed wrongly is put right, not typed again. */
		app_error(app, &e);
		ask_path(ctx, app, text);
	} else {
		app_say(app, "%s is written. Send it, or carry it; then "
		    "telephone, and read the twelve words.", text);
	}
	str_release(&out);
}

static void
ask_path(struct cardscreen *s, struct app *app, const char *text)
{
	struct prompt p = {.label = "Write the card to: ", .text = text,
	    .ctx = s, .done = path_typed};

	app_prompt(app, &p);
}

static bool
card_act(void *ctx, const struct event *ev, struct app *app,
    struct pane *self)
{
	struct cardscreen *s = ctx;

	(void)self;
	if (ev->act == ACT_CANCEL)
		app_pop(app);
	else if (ev->act == ACT_CARD_WRITE)
		ask_path(s, app, s->suggested.s);
	else
		return false;
	return true;
}

static bool
card_can(const void *ctx, enum action a)
{
	(void)ctx;
	return a != ACT_SIGN && a != ACT_UNDO && a != ACT_NEXT_PANE &&
	    a != ACT_SEARCH && a != ACT_OPEN;
}

static void
card_destroy(void *ctx)
{
	struct cardscreen *s = ctx;

	card_release(&s->card);
	str_release(&s->suggested);
	free(s);
}

struct pane *
cardscreen_new(const struct abroad_source *source, struct card *card)
{
	struct cardscreen *s = xcalloc(1, sizeof(*s));
	struct textpane_opts o = {.name = "card",
	    .topic = "people-elsewhere", .context = CONTEXT_CARD, .ctx = s,
	    .fill = card_fill, .act = card_act, .can = card_can,
	    .destroy = card_destroy};

	s->source = *source;
	s->card = *card;
	memset(card, 0, sizeof(*card));
	str_init(&s->suggested);
	bundle_file_name(s->card.name, ".card", &s->suggested);
	return textpane_new(&o);
}
