/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/card.h"

#include <stdlib.h>
#include <string.h>

#include "cli/ask.h"
#include "cli/print.h"
#include "cli/unlock.h"
#include "cli/verb.h"
#include "core/str.h"
#include "db/abroad.h"
#include "exchange/file.h"
#include "exchange/source.h"

#define LETTER_MAX 65536	/* bytes of a letter with a card in it */

static enum rc card_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_card = {
	.name = "card",
	.usage = "show|take|list|end STORE [FILE|NAME] ...",
	.summary = "people of other stores: exchange cards, list, end",
	.help = "  card show STORE --agency NAME [--out FILE]\n"
	    "  card take STORE FILE --checked telephone|person\n"
	    "  card list STORE\n"
	    "  card end STORE NAME --reason TEXT\n\n"
	    "A card is a short text with your name, agency and public keys. "
	    "Whoever takes it in can send you sealed bundles and read what "
	    "you send. Nothing in it is secret, but it has to be yours: that "
	    "is what its twelve words are for.\n\n"
	    "show writes your own card, to a new file or to the terminal. Send "
	    "it by any way, and read the twelve words to the other person by "
	    "telephone, or face to face.\n\n"
	    "take takes in a card out of FILE, or out of standard input for "
	    "\"-\"; other lines around it do no harm. It asks for the twelve "
	    "words: let the person read them to you from their own screen, "
	    "never from the message that brought the card. --checked says how "
	    "you heard them. From then on what they write counts in here as "
	    "the role of their card, and no more than their own store allows "
	    "them.\n\n"
	    "list shows who is known, by a card or because their store names "
	    "them, and who was ended, here or there.\n\n"
	    "end ends somebody's keys here for good. What they wrote so far "
	    "stays; nothing later counts.\n\n"
	    "take and end are for those who may let others in.",
	.options = (const struct option_def[]){
		{"agency", "NAME", "for show: where you work, as others know it"},
		{"out", "FILE", "for show: a new file for the card"},
		{"checked", "telephone|person", "for take: how you heard the words"},
		{"words", "WORDS", "for take: the twelve words that you heard"},
		{"reason", "TEXT", "for end: why"},
		{"yes", NULL, "for end: do not ask for the name again"},
		{"format", "text|csv|json", "for list: how it is written; else text"},
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 2,
	.max_args = 3,
	.paths = "-wr",
	.path_options = (const struct path_option[]){
		{"out", PATH_WRITE},
		{NULL, PATH_NONE}
	},
	.run = card_run,
};

/* ---- show ---- */

static enum rc
give_card(const struct call *c, const struct card *card, struct err *e)
{
	const char *path = call_option(c, "out");
	struct str text;
	enum rc rc = RC_OK;

	str_init(&text);
	card_format(card, &text);
	if (path != NULL)
		rc = file_create(path, text.s, text.len, e);
	else
		say("%s", text.s);
	str_release(&text);
	if (rc == RC_OK && path != NULL)
		tell_line("Your card is in %s.", path);
	return rc;
}

static void
tell_words(const struct card *card)
{
	struct str words;

	str_init(&words);
	card_words(card, &words);
	tell_line("Send it by any way. Then read these words to the person, by "
	    "telephone or face to face:");
	tell_line("  %s", words.s);
	str_release(&words);
}

enum rc
card_show(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	const char *agency = call_option(c, "agency");
	struct card card;
	enum rc rc;

	(void)attention;
	if (agency == NULL)
		return err_set(e, RC_USAGE, "say where you work, as others "
		    "know it: --agency NAME");
	rc = store_card(s, agency, &card, e);
	if (rc != RC_OK)
		return rc;
	rc = give_card(c, &card, e);
	if (rc == RC_OK)
		tell_words(&card);
	card_release(&card);
	return rc;
}

/* ---- take ---- */

static enum rc
read_letter(struct source *src, struct str *text, struct err *e)
{
	char buf[4096];
	size_t got = 1;
	enum rc rc = RC_OK;

	while (rc == RC_OK && got != 0) {
		rc = source_read(src, buf, sizeof(buf), &got, e);
		if (rc != RC_OK)
			break;
		if (text->len + got > LETTER_MAX)
			return err_set(e, RC_INPUT, "%s: more than %d bytes, "
			    "which no letter with a card has; copy the card "
			    "into a file of its own", src->name, LETTER_MAX);
		str_add_n(text, buf, got);
	}
	return rc;
}

static enum rc
read_card(const char *path, struct card *card, struct err *e)
{
	struct source src;
	struct str text;
	enum rc rc = source_open(&src, path, e);

	if (rc != RC_OK)
		return rc;
	str_init(&text);
	rc = read_letter(&src, &text, e);
	if (rc == RC_OK && card_parse(text.s, text.len, card, e) != RC_OK)
		rc = err_prefix(e, "%s", src.name);
	source_close(&src);
	str_release(&text);
	return rc;
}

static enum rc
check_words(const struct card *card, const char *typed, struct err *e)
{
	size_t wrong;

	if (card_words_match(card, typed, &wrong))
		return RC_OK;
	if (wrong > CARD_WORDS)
		return err_set(e, RC_INPUT, "these are more than twelve words; "
		    "nothing was taken in");
	return err_set(e, RC_INPUT, "word %zu is another than the card's; let "
	    "them be read to you again. If they differ again, the card is not "
	    "theirs: nothing was taken in", wrong);
}

/*
 * The words are not shown before: what stands on the screen is too easily
 * copied, and only what a voice says proves anything.
 */
static enum rc
ask_words(const struct card *card, struct err *e)
{
	const struct question q = {
		.prompt = "The twelve words, as you hear them: ",
		.what = "the twelve words", .instead = "give --words",
		.shown = true
	};
	struct secret typed;
	struct str text;
	enum rc rc = secret_init(&typed, ASK_MAX, e);

	if (rc != RC_OK)
		return rc;
	tell_line("Let %s read the words to you, from their own screen and not "
	    "from the message that brought the card.", card->name);
	rc = ask_terminal(&q, &typed, e);
	str_init(&text);
	if (rc == RC_OK) {
		str_add_n(&text, (const char *)typed.p, typed.len);
		rc = check_words(card, text.s, e);
	}
	str_release(&text);
	secret_release(&typed);
	return rc;
}

static enum rc
take_it(const struct call *c, struct store *s, const struct card *card,
    struct err *e)
{
	const char *words = call_option(c, "words");
	enum rc rc;

	tell_line("A card of %s, %s, %s.", card->name, card->agency,
	    role_name(card->role));
	rc = words != NULL ? check_words(card, words, e) : ask_words(card, e);
	if (rc == RC_OK)
		rc = store_trust(s, card, call_option(c, "checked"), e);
	if (rc == RC_OK)
		tell_line("%s (%s) is known in %s; what they write counts as a "
		    "%s's.", card->name, card->agency, c->args[1],
		    role_name(card->role));
	return rc;
}

enum rc
card_take(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	const char *checked = call_option(c, "checked");
	struct card card;
	enum rc rc;

	(void)attention;
	if (checked == NULL || (strcmp(checked, "telephone") != 0 &&
	    strcmp(checked, "person") != 0))
		return err_set(e, RC_USAGE, "say how you hear the twelve "
		    "words: --checked telephone or --checked person");
	rc = read_card(c->args[2], &card, e);
	if (rc != RC_OK)
		return rc;
	rc = take_it(c, s, &card, e);
	card_release(&card);
	return rc;
}

/* ---- which of them ---- */

static const struct verb verbs[] = {
	{"show", "STORE --agency NAME", 2, 2, " agency out ", card_show,
	    false},
	{"take", "STORE FILE", 3, 3, " checked words ", card_take, false},
	{"list", "STORE", 2, 2, " format ", card_list, false},
	{"end", "STORE NAME", 3, 3, " reason yes ", card_end, false},
	{NULL, NULL, 0, 0, NULL, NULL, false}
};

static enum rc
card_run(const struct call *c, bool *attention, struct err *e)
{
	return verb_run(c, verbs, attention, e);
}
