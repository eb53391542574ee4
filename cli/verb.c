/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/verb.h"

#include <stdio.h>
#include <string.h>

#include "cli/unlock.h"
#include "core/str.h"

#define OPTION_MAX 32

/* "hearken card knows show, take, list and end, not "lend"" */
static enum rc
unknown(const struct call *c, const struct verb *verbs, struct err *e)
{
	struct str known;
	enum rc rc;

	str_init(&known);
	for (size_t i = 0; verbs[i].name != NULL; i++) {
		if (i > 0)
			str_add(&known, verbs[i + 1].name == NULL ? " and " :
			    ", ");
		str_add(&known, verbs[i].name);
	}
	rc = err_set(e, RC_USAGE, "hearken %s knows %s, not \"%s\"",
	    c->cmd->name, known.s, c->args[0]);
	str_release(&known);
	return rc;
}

/* Whether a list of words, " format json ", has the option. */
static bool
has_option(const char *list, const char *option)
{
	char word[OPTION_MAX];

	(void)snprintf(word, sizeof(word), " %s ", option);
	return strstr(list, word) != NULL;
}

static enum rc
check_options(const struct call *c, const struct verb *v, struct err *e)
{
	for (size_t i = 0; i < c->ngiven; i++) {
		const char *given = c->cmd->options[c->given[i].option].name;

		if (!has_option(v->options, given) &&
		    !has_option(" user passphrase-fd ", given))
			return err_set(e, RC_USAGE, "hearken %s %s has no "
			    "option --%s; see hearken %s --help",
			    c->cmd->name, v->name, given, c->cmd->name);
	}
	return RC_OK;
}

enum rc
verb_find(const struct call *c, const struct verb *verbs, size_t *which,
    struct err *e)
{
	const struct verb *v = verbs;

	while (v->name != NULL && strcmp(v->name, c->args[0]) != 0)
		v++;
	if (v->name == NULL)
		return unknown(c, verbs, e);
	if (c->nargs < v->least || c->nargs > v->most)
		return err_set(e, RC_USAGE, "usage: hearken %s %s%s%s",
		    c->cmd->name, v->name, *v->takes != '\0' ? " " : "",
		    v->takes);
	*which = (size_t)(v - verbs);
	return check_options(c, v, e);
}

enum rc
verb_run(const struct call *c, const struct verb *verbs, bool *attention,
    struct err *e)
{
	size_t which = 0;
	struct store *s = NULL;
	enum rc rc = verb_find(c, verbs, &which, e);

	if (rc == RC_OK && !verbs[which].storeless)
		rc = unlock_store(c, c->args[1], &s, e);
	if (rc == RC_OK)
		rc = verbs[which].run(c, s, attention, e);
	store_close(s);
	return rc;
}
