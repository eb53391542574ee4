/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "cli/ask.h"
#include "cli/codes.h"
#include "cli/host.h"
#include "cli/print.h"
#include "core/str.h"
#include "core/xalloc.h"
#include "db/people.h"

#define TRIES 3

static enum rc recover_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_recover = {
	.name = "recover",
	.usage = "STORE [--user NAME]",
	.summary = "replace a lost passphrase with a recovery code",
	.help = "Asks for the recovery code on paper, or for two people's "
	    "codes, and gives NAME a new passphrase. The old one opens "
	    "nothing from then on. What NAME signed stays theirs.\n\n"
	    "Letters may be small or capital, with or without dashes; O is "
	    "read as 0, I and L as 1. A slip is told with the number of the "
	    "group it is in.\n\n"
	    "When the store has both, an empty line instead of the recovery "
	    "code asks for two people's codes; --code-fd takes one code a "
	    "line.\n\n"
	    "A recovery code is used once: a new one is made and shown in "
	    "its place. Codes of two people go on until new ones are made.",
	.options = (const struct option_def[]){
		{"user", "NAME", "whose passphrase is lost; needed when there are several"},
		{"code-fd", "N", "read the code, or two, one a line, from descriptor N"},
		{"new-passphrase-fd", "N", "read the new passphrase from descriptor N"},
		{NULL, NULL, NULL}
	},
	.min_args = 1,
	.max_args = 1,
	.paths = "w",
	.run = recover_run,
};

struct codes {
	struct secret at[2];
	size_t n;
};

static enum rc
codes_init(struct codes *k, struct err *e)
{
	enum rc rc;

	*k = (struct codes){.n = 0};
	rc = secret_init(&k->at[0], ASK_MAX, e);
	return rc == RC_OK ? secret_init(&k->at[1], ASK_MAX, e) : rc;
}

static void
codes_release(struct codes *k)
{
	secret_release(&k->at[0]);
	secret_release(&k->at[1]);
}

/* A slip is found before any key is derived, and asked for again. */
static enum rc
check_slip(const struct secret *typed, struct err *e)
{
	struct secret bytes;
	enum rc rc = secret_init(&bytes, RECOVERY_BYTES, e);

	if (rc != RC_OK)
		return rc;
	rc = recovery_parse((const char *)typed->p, typed->len, bytes.p, e);
	secret_release(&bytes);
	return rc;
}

/* may_skip: an empty line is an answer too. */
static enum rc
ask_code(const char *prompt, bool may_skip, struct secret *out,
    struct err *e)
{
	struct question q = {
		.prompt = prompt, .what = "the code",
		.instead = "give --code-fd N"
	};
	enum rc rc = RC_INPUT;

	for (int i = 0; i < TRIES && rc == RC_INPUT; i++) {
		if (i > 0)
			q.prompt = "The whole code once more: ";
		secret_wipe(out);
		rc = ask_terminal(&q, out, e);
		if (rc != RC_OK || (may_skip && out->len == 0))
			return rc;
		rc = check_slip(out, e);
		if (rc == RC_INPUT && i + 1 < TRIES)
			tell_line("hearken: %s", e->text);
	}
	return rc;
}

static enum rc
ask_codes(const struct recovery_state *has, struct codes *k, struct err *e)
{
	enum rc rc = RC_OK;

	k->n = 1;
	if (has->code)
		rc = ask_code(has->pairs != 0 ? "The recovery code (only "
		    "Enter: two people's codes): " : "The recovery code: ",
		    has->pairs != 0, &k->at[0], e);
	if (rc != RC_OK || k->at[0].len != 0)
		return rc;
	k->n = 2;
	rc = ask_code("The first person's code: ", false, &k->at[0], e);
	if (rc == RC_OK)
		rc = ask_code("The second person's code: ", false, &k->at[1],
		    e);
	return rc;
}

static enum rc
read_codes(const struct call *c, struct codes *k, struct err *e)
{
	enum rc rc = ask_descriptor(c, "code-fd", &k->at[0], e);

	if (rc == RC_OK)
		rc = ask_descriptor(c, "code-fd", &k->at[1], e);
	k->n = k->at[1].len != 0 ? 2 : 1;
	return rc;
}

/* A store without any code says so before anybody looks for paper. */
static enum rc
get_codes(const struct call *c, struct codes *k, struct err *e)
{
	struct recovery_state has;
	enum rc rc = store_recovery_state(c->args[0], &has, e);

	k->n = 1;
	if (rc != RC_OK || (!has.code && has.pairs == 0))
		return rc;
	return call_option(c, "code-fd") != NULL ? read_codes(c, k, e) :
	    ask_codes(&has, k, e);
}

/* Those who have access, to choose from. */
struct people {
	struct str names;
	char *only;
	size_t n;
};

static bool
add_person(const struct person *p, void *ctx)
{
	struct people *l = ctx;

	if (p->system || p->ended != INT64_MAX)
		return true;
	str_add_fmt(&l->names, "%s%s", l->n != 0 ? ", " : "", p->name);
	if (l->n++ == 0)
		l->only = xstrdup(p->name);
	return true;
}

/* *name is owned. */
static enum rc
choose_person(const struct call *c, struct store *s, char **name,
    struct err *e)
{
	const char *given = call_option(c, "user");
	struct people l = {.only = NULL};
	enum rc rc;

	*name = NULL;
	str_init(&l.names);
	rc = store_people(s, add_person, &l, e);
	if (rc == RC_OK && given == NULL && l.n != 1)
		rc = err_set(e, RC_USAGE, "say whose passphrase is lost with "
		    "--user NAME: %s", l.n != 0 ? l.names.s : "nobody has "
		    "access now");
	else if (rc == RC_OK && given != NULL &&
	    roster_by_name(store_roster(s), given) == NULL)
		rc = err_set(e, RC_NOTFOUND, "nobody called \"%s\" has access "
		    "to the store; there are: %s", given, l.names.s);
	if (rc == RC_OK)
		*name = xstrdup(given != NULL ? given : l.only);
	free(l.only);
	str_release(&l.names);
	return rc;
}

static enum rc
give_passphrase(const struct call *c, struct store *s, const char *name,
    struct err *e)
{
	struct secret pass;
	struct str prompt;
	enum rc rc;

	str_init(&prompt);
	str_add_fmt(&prompt, "A new passphrase for %s, 14 characters or 5 "
	    "words: ", name);
	rc = ask_new_passphrase(c, "new-passphrase-fd", prompt.s, &pass, e);
	str_release(&prompt);
	if (rc != RC_OK)
		return rc;
	rc = store_person_reset(s, name, &pass, e);
	secret_release(&pass);
	if (rc == RC_OK)
		tell_line("%s has a new passphrase for %s. The old one opens "
		    "nothing any more.", name, c->args[0]);
	return rc;
}

static enum rc
recover_with(const struct call *c, struct store *s, size_t codes,
    struct err *e)
{
	char *name;
	enum rc rc = choose_person(c, s, &name, e);

	if (rc == RC_OK)
		rc = give_passphrase(c, s, name, e);
	free(name);
	if (rc != RC_OK)
		return rc;
	if (codes == 1) {
		tell_line("The code was used; this one replaces it.");
		return code_make(s, c->args[0], e);
	}
	tell_line("The two codes were seen by others now: make new ones with "
	    "hearken recovery %s --pair \"NAME,NAME\"", c->args[0]);
	return RC_OK;
}

static enum rc
recover_run(const struct call *c, bool *attention, struct err *e)
{
	struct store_opts opts = host_store_opts(c->host);
	struct store *s = NULL;
	struct codes k;
	enum rc rc = codes_init(&k, e);

	(void)attention;
	if (rc == RC_OK)
		rc = get_codes(c, &k, e);
	if (rc == RC_OK)
		rc = store_recover(c->args[0], k.at, k.n, &opts, &s, e);
	codes_release(&k);
	if (rc != RC_OK)
		return rc;
	rc = recover_with(c, s, k.n, e);
	store_close(s);
	return rc;
}
