/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "cli/codes.h"
#include "cli/print.h"
#include "cli/unlock.h"
#include "core/xalloc.h"

static enum rc recovery_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_recovery = {
	.name = "recovery",
	.usage = "STORE [--new|--pair \"NAME,NAME[,NAME]\"|--remove code|pairs]",
	.summary = "make the codes that replace a lost passphrase",
	.help = "With nothing else it says which codes the store has.\n\n"
	    "--new makes a recovery code and shows it once. The one before "
	    "opens nothing from then on.\n\n"
	    "--pair makes a code for each of two or three people. Any two of "
	    "them together let somebody in; one alone opens nothing. Earlier "
	    "pairs open nothing from then on.\n\n"
	    "--remove takes the code or all pairs away.\n\n"
	    "Only those who may let others in can do this; each time it "
	    "becomes an entry. A code that was shown is nowhere in the "
	    "computer: it is on paper or lost.",
	.options = (const struct option_def[]){
		{"new", NULL, "make a recovery code"},
		{"pair", "NAMES", "make a code for each of two or three people"},
		{"remove", "code|pairs", "take the code or the pairs away"},
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 1,
	.max_args = 1,
	.paths = "w",
	.run = recovery_run,
};

static enum rc
say_state(const char *path, struct err *e)
{
	struct recovery_state has;
	enum rc rc = store_recovery_state(path, &has, e);

	if (rc != RC_OK)
		return rc;
	if (has.code)
		say("%s has a recovery code.\n", path);
	if (has.pairs == 1)
		say("%s has a pair of codes, which two people keep.\n", path);
	else if (has.pairs > 1)
		say("%s has codes that three people keep; any two open it.\n",
		    path);
	if (!has.code && has.pairs == 0)
		say("%s has no recovery code. When its passphrases are lost, "
		    "nothing can be done.\nMake one: hearken recovery %s "
		    "--new\n", path, path);
	return RC_OK;
}

/* Cuts text up at its commas; returns how many, at most max + 1. */
static size_t
split_names(char *text, const char *names[PAIR_HOLDERS_MAX])
{
	char *p = text, *end;
	size_t n;

	for (n = 0; p != NULL; p = end) {
		end = strchr(p, ',');
		if (end != NULL)
			*end++ = '\0';
		p += strspn(p, " ");
		for (size_t len = strlen(p); len > 0 && p[len - 1] == ' ';)
			p[--len] = '\0';
		if (n == PAIR_HOLDERS_MAX)
			return n + 1;
		names[n++] = p;
	}
	return n;
}

static enum rc
make_pairs(struct store *s, const struct call *c, struct err *e)
{
	char *text = xstrdup(call_option(c, "pair"));
	const char *names[PAIR_HOLDERS_MAX];
	size_t n = split_names(text, names);
	enum rc rc;

	if (n < 2 || n > PAIR_HOLDERS_MAX)
		rc = err_set(e, RC_USAGE, "--pair takes two or three names "
		    "with commas between, as in --pair \"NAME,NAME\"");
	else
		rc = code_make_pairs(s, c->args[0], names, n, e);
	free(text);
	return rc;
}

static enum rc
remove_codes(struct store *s, const struct call *c, struct err *e)
{
	const char *what = call_option(c, "remove");
	bool pairs = strcmp(what, "pairs") == 0;
	enum rc rc = store_recovery_remove(s, pairs, e);

	if (rc == RC_OK)
		tell_line("%s of %s: taken away; %s nothing any more.",
		    pairs ? "The pairs of codes" : "The recovery code",
		    c->args[0], pairs ? "they open" : "it opens");
	return rc;
}

static enum rc
check_options(const struct call *c, unsigned *given, struct err *e)
{
	const char *what = call_option(c, "remove");

	*given += call_option(c, "new") != NULL;
	*given += call_option(c, "pair") != NULL;
	*given += what != NULL;
	if (*given > 1)
		return err_set(e, RC_USAGE, "say one of --new, --pair and "
		    "--remove");
	if (what != NULL && strcmp(what, "code") != 0 &&
	    strcmp(what, "pairs") != 0)
		return err_set(e, RC_USAGE, "--remove takes code or pairs, "
		    "not \"%s\"", what);
	return RC_OK;
}

static enum rc
recovery_run(const struct call *c, bool *attention, struct err *e)
{
	struct store *s = NULL;
	unsigned given = 0;
	enum rc rc = check_options(c, &given, e);

	(void)attention;
	if (rc != RC_OK || given == 0)
		return rc != RC_OK ? rc : say_state(c->args[0], e);
	rc = unlock_store(c, c->args[0], &s, e);
	if (rc != RC_OK)
		return rc;
	if (call_option(c, "new") != NULL)
		rc = code_make(s, c->args[0], e);
	else
		rc = call_option(c, "pair") != NULL ? make_pairs(s, c, e) :
		    remove_codes(s, c, e);
	store_close(s);
	return rc;
}
