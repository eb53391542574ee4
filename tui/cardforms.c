/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The forms of the screen of people elsewhere: one's own card, the card of
 * somebody else with the twelve words as they are heard, the end of a trust.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "tui/ask.h"
#include "tui/elsewhere_impl.h"

/* What a form is about; goes with the form. */
struct dealing {
	struct abroad_source source;
	struct elsewhere *screen;
	struct card card;
	struct str text;	/* a card that was pasted; "" for none */
	char *name;		/* owned; of whom it is ended */
	struct author_id key;
};

static struct dealing *
dealing_new(struct elsewhere *x)
{
	struct dealing *d = xcalloc(1, sizeof(*d));

	d->source = x->o.source;
	d->screen = x;
	str_init(&d->text);
	return d;
}

static void
dealing_free(void *ctx)
{
	struct dealing *d = ctx;

	card_release(&d->card);
	str_release(&d->text);
	free(d->name);
	free(d);
}

/* ---- one's own ---- */

static enum rc
mine_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct dealing *d = ctx;

	(void)app;
	card_release(&d->card);
	memset(&d->card, 0, sizeof(d->card));
	return d->source.ops->mine(d->source.ctx, ask_text(ask, 0), &d->card,
	    e);
}

static void
mine_after(void *ctx, struct app *app)
{
	struct dealing *d = ctx;

	app_push(app, cardscreen_new(&d->source, &d->card));
}

void
cardform_mine(struct elsewhere *x, struct app *app)
{
	char *agency = x->o.source.ops->agency(x->o.source.ctx);
	const struct ask_field f[] = {{ASK_LINE, "Your agency", "As people "
	    "elsewhere know it; it stands on the card. Written otherwise than "
	    "before, it makes a card with other words.", agency, false, NULL,
	    0}};
	struct ask_opts o = {
		.title = "Your card",
		.intro = "It says your name, agency and role, and the keys "
		    "by which others know what you signed. Nothing in it is "
		    "secret.",
		.verb = "show the card", .topic = "people-elsewhere",
		.fields = f, .n = 1, .ctx = dealing_new(x),
		.done = mine_done, .after = mine_after,
		.destroy = dealing_free,
	};

	ask_open(app, &o);
	free(agency);
}

/* ---- the words of somebody else's ---- */

#define WORD_SHOWN 24	/* letters of a wrong one that are told */

enum { WORDS_WORDS, WORDS_HOW, WORDS_FIELDS };

static const struct {
	const char *code, *words;
} checks[] = {
	{"telephone", "They read them to me over the telephone"},
	{"person", "They stood before me and handed the card over"},
};

static size_t
count_words(const char *text)
{
	size_t n = 0;

	for (text += strspn(text, " "); *text != '\0'; n++) {
		text += strcspn(text, " ");
		text += strspn(text, " ");
	}
	return n;
}

static void
words_remark(void *ctx, const struct pane *ask, size_t i, struct str *out)
{
	(void)ctx;
	if (i == WORDS_WORDS)
		str_add_fmt(out, "%zu of %d typed.", count_words(ask_text(ask,
		    i)), CARD_WORDS);
}

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

/* The n-th word, from 1, as the card's own check tells them apart. */
static const char *
word_at(const char *text, size_t n, size_t *len)
{
	text += strcspn(text, LETTERS);
	while (n-- > 1) {
		text += strspn(text, LETTERS);
		text += strcspn(text, LETTERS);
	}
	*len = strspn(text, LETTERS);
	if (*len > WORD_SHOWN)
		*len = WORD_SHOWN;
	return text;
}

static enum rc
words_check(void *ctx, const struct pane *ask, size_t i, struct err *e)
{
	const struct dealing *d = ctx;
	size_t wrong = 0, n, len;
	const char *word;

	if (i != WORDS_WORDS)
		return RC_OK;
	n = count_words(ask_text(ask, i));
	if (card_words_match(&d->card, ask_text(ask, i), &wrong))
		return RC_OK;
	if (wrong > n)
		return err_set(e, RC_INPUT, "There are %d words: word %zu is "
		    "still to be typed.", CARD_WORDS, wrong);
	if (wrong > CARD_WORDS)
		return err_set(e, RC_INPUT, "There are %d words, and here "
		    "are %zu.", CARD_WORDS, n);
	word = word_at(ask_text(ask, i), wrong, &len);
	return err_set(e, RC_INPUT, "Word %zu, \"%.*s\", is not that of this "
	    "card. Have it read again; if it stays another, this card is not "
	    "theirs, or was changed on its way.", wrong, (int)len, word);
}

static enum rc
words_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct dealing *d = ctx;

	(void)app;
	return d->source.ops->trust(d->source.ctx, &d->card,
	    checks[ask_choice(ask, WORDS_HOW)].code, e);
}

static void
words_after(void *ctx, struct app *app)
{
	const struct dealing *d = ctx;

	elsewhere_select(d->screen, &d->card.key);
	app_say(app, "%s (%s) is known now: bundles can be sealed to them, "
	    "and what they sign counts here.", d->card.name, d->card.agency);
}

/* A key that is new beside a name that is known is what a stranger has. */
static bool
is_another_key(const struct dealing *d)
{
	const struct elsewhere *x = d->screen;

	for (size_t i = 0; i < x->n; i++)
		if (outsider_counts(&x->list[i]) &&
		    strcmp(x->list[i].name, d->card.name) == 0 &&
		    memcmp(&x->list[i].f.key, &d->card.key,
		    sizeof(d->card.key)) != 0)
			return true;
	return false;
}

static bool
is_known(const struct dealing *d)
{
	const struct elsewhere *x = d->screen;

	for (size_t i = 0; i < x->n; i++)
		if (x->list[i].f.carded && memcmp(&x->list[i].f.key,
		    &d->card.key, sizeof(d->card.key)) == 0)
			return true;
	return false;
}

static void
words_intro(const struct dealing *d, struct str *out)
{
	if (is_another_key(d))
		str_add_fmt(out, "! Warning: %s is known here with another "
		    "key. A new machine has a new key; but this is also how "
		    "a stranger would come. Do not take it in unless you know "
		    "their voice, and end the old one then.\n", d->card.name);
	if (is_known(d))
		str_add(out, "! A card of this key is known here. What it "
		    "says holds from now on.\n");
	str_add_fmt(out, "What they sign will count here as a %s's. "
	    "Telephone them, on a number that you know and not one that came "
	    "with the card, and have them read the twelve words of their "
	    "card. Type what you hear.", role_name(d->card.role));
}

static void
words_form(struct dealing *of, struct app *app)
{
	struct ask_choice how[] = {
		{checks[0].words, true}, {checks[1].words, false},
	};
	const struct ask_field f[WORDS_FIELDS] = {
		[WORDS_WORDS] = {ASK_LINE, "Twelve words", "Capitals and "
		    "spaces do not matter; the order does.", NULL, false,
		    NULL, 0},
		[WORDS_HOW] = {ASK_CHOICE, "How", "Up and Down choose. It "
		    "stays on the record.", NULL, false, how, 2},
	};
	struct dealing *d = dealing_new(of->screen);
	struct str title, intro;
	struct ask_opts o = {
		.verb = "take the card in", .topic = "people-elsewhere",
		.fields = f, .n = WORDS_FIELDS, .ctx = d,
		.check = words_check, .remark = words_remark,
		.done = words_done, .after = words_after,
		.destroy = dealing_free,
	};

	d->card = of->card;
	memset(&of->card, 0, sizeof(of->card));
	str_init(&title);
	str_init(&intro);
	str_add_fmt(&title, "The card of %s, %s", d->card.name,
	    d->card.agency);
	words_intro(d, &intro);
	o.title = title.s;
	o.intro = intro.s;
	ask_open(app, &o);
	str_release(&title);
	str_release(&intro);
}

/* ---- somebody else's ---- */

#define PASTED_WORDS "(pasted)"

static bool
take_pasted(void *ctx, size_t i, const char *text, size_t n,
    struct str *instead)
{
	struct dealing *d = ctx;

	(void)i;
	if (memchr(text, '\n', n) == NULL && memchr(text, '\r', n) == NULL)
		return false;
	str_clear(&d->text);
	str_add_n(&d->text, text, n);
	str_add(instead, PASTED_WORDS);
	return true;
}

static enum rc
take_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct dealing *d = ctx;
	const char *typed = ask_text(ask, 0);
	struct str text;
	enum rc rc = RC_OK;

	(void)app;
	str_init(&text);
	if (strcmp(typed, PASTED_WORDS) == 0 && d->text.len > 0)
		str_add_n(&text, d->text.s, d->text.len);
	else
		rc = d->source.ops->read(d->source.ctx, typed, &text, e);
	if (rc == RC_OK)
		rc = card_parse(text.s, text.len, &d->card, e);
	str_release(&text);
	return rc;
}

static void
take_after(void *ctx, struct app *app)
{
	words_form(ctx, app);
}

void
cardform_take(struct elsewhere *x, struct app *app)
{
	static const struct ask_field f[] = {{ASK_LINE, "Card", "The name of "
	    "its file; or paste the whole card here, from the line with BEGIN "
	    "to that with END.", NULL, false, NULL, 0}};
	struct ask_opts o = {
		.title = "Take in a card",
		.intro = "It is shown whose it says it is. It counts only "
		    "when its twelve words are those that the person reads "
		    "to you.",
		.verb = "look at it", .topic = "people-elsewhere",
		.fields = f, .n = 1, .ctx = dealing_new(x),
		.pasted = take_pasted, .done = take_done,
		.after = take_after, .destroy = dealing_free,
	};

	ask_open(app, &o);
}

/* ---- the end ---- */

enum { END_WHY, END_NAME, END_FIELDS };

static enum rc
end_check(void *ctx, const struct pane *ask, size_t i, struct err *e)
{
	const struct dealing *d = ctx;

	if (i != END_NAME || strcmp(ask_text(ask, i), d->name) == 0)
		return RC_OK;
	return err_set(e, RC_INPUT, "That is not the name. Type exactly: %s",
	    d->name);
}

static enum rc
end_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct dealing *d = ctx;

	(void)app;
	return d->source.ops->end(d->source.ctx, &d->key, ask_text(ask,
	    END_WHY), e);
}

static void
end_after(void *ctx, struct app *app)
{
	const struct dealing *d = ctx;

	app_say(app, "What %s signs from now on counts for nothing here, and "
	    "no bundle is sealed to them. What they signed so far stays.",
	    d->name);
}

void
cardform_end(struct elsewhere *x, struct app *app,
    const struct outsider *who)
{
	static const struct ask_field f[END_FIELDS] = {
		[END_WHY] = {ASK_LINE, "Why", "For example: left, lost the "
		    "laptop, the card was not theirs.", NULL, false, NULL, 0},
		[END_NAME] = {ASK_LINE, "Their name", "Type the name as it "
		    "stands above, to be sure.", NULL, false, NULL, 0},
	};
	struct dealing *d = dealing_new(x);
	struct str title;
	struct ask_opts o = {
		.intro = "What they signed so far stays and counts. What they "
		    "sign from now on counts for nothing here, and no bundle "
		    "is sealed to them any more. Copies of cases that they "
		    "have stay with them: recall those in the Outbox (B in "
		    "the list of cases).",
		.verb = "end it", .topic = "people-elsewhere", .fields = f,
		.n = END_FIELDS, .ctx = d, .check = end_check,
		.done = end_done, .after = end_after,
		.destroy = dealing_free,
	};

	d->name = xstrdup(who->name);
	d->key = who->f.key;
	str_init(&title);
	str_add_fmt(&title, "End %s, %s", who->name, who->agency);
	o.title = title.s;
	ask_open(app, &o);
	str_release(&title);
}
