/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "cli/door.h"
#include "cli/print.h"
#include "cli/unlock.h"
#include "core/xalloc.h"

#define PEOPLE_MAX 48

static enum rc restrict_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_restrict = {
	.name = "restrict",
	.usage = "STORE CASE --people \"NAME,NAME\"|--lift --reason TEXT",
	.summary = "let only named people open a case, or lift that",
	.help = "Restricts the case with the reference CASE: only the people "
	    "named, and the supervisor who does it, open it from then on. "
	    "Others see in the list that there is a restricted case and whom "
	    "to ask, and nothing else of it; they can open it with a reason, "
	    "which every supervisor sees.\n\n"
	    "People are named as in \"hearken user list\", parted by commas; "
	    "the list replaces an earlier one. A restriction is reviewed after as "
	    "many days as the setting restriction-days says (usually 90) unless "
	    "--review says when; the day shows among what is due.\n\n"
	    "Only supervisors restrict a case or lift that, each time with a "
	    "reason. One who is not named opens the case by it, and this is "
	    "noted like any other opening with a reason.",
	.options = (const struct option_def[]){
		{"people", "NAMES", "who may open it, parted by commas"},
		{"lift", NULL, "let everyone open it again"},
		{"reason", "TEXT", "why; kept in the case"},
		{"review", "DAY", "when to look whether it is still needed"},
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 2,
	.max_args = 2,
	.paths = "w-",
	.run = restrict_run,
};

/* Cuts text up at its commas; *n names, borrowed from it. */
static enum rc
split_people(char *text, const char *names[PEOPLE_MAX], size_t *n,
    struct err *e)
{
	char *p = text, *end;

	for (*n = 0; p != NULL; p = end) {
		end = strchr(p, ',');
		if (end != NULL)
			*end++ = '\0';
		p += strspn(p, " ");
		for (size_t len = strlen(p); len > 0 && p[len - 1] == ' ';)
			p[--len] = '\0';
		if (*p == '\0')
			return err_set(e, RC_USAGE, "--people has an empty "
			    "name; write \"NAME,NAME\"");
		if (*n == PEOPLE_MAX)
			return err_set(e, RC_USAGE, "--people takes at most "
			    "%d names", PEOPLE_MAX);
		names[(*n)++] = p;
	}
	return RC_OK;
}

static enum rc
read_options(const struct call *c, struct restriction *r, struct err *e)
{
	const char *review = call_option(c, "review");
	bool lift = call_option(c, "lift") != NULL;
	struct err why;

	err_clear(&why);
	r->reason = call_option(c, "reason");
	r->review = DAY_NONE;
	if (lift == (call_option(c, "people") != NULL))
		return err_set(e, RC_USAGE, "say either --people "
		    "\"NAME,NAME\" or --lift");
	if (r->reason == NULL)
		return err_set(e, RC_USAGE, "say why: --reason TEXT");
	if (lift && review != NULL)
		return err_set(e, RC_USAGE, "--review goes with --people");
	if (review != NULL && day_parse(review, &r->review, &why) != RC_OK)
		return err_set(e, RC_USAGE, "--review: %s", why.text);
	return RC_OK;
}

static enum rc
say_outcome(struct store *s, const char *reference,
    const struct case_id *id, struct err *e)
{
	char *names = NULL;
	enum rc rc = store_named(s, id, &names, e);

	if (rc == RC_OK && names == NULL)
		say("%s is open to everyone again.\n", reference);
	else if (rc == RC_OK)
		say("%s is restricted; it opens for %s.\n", reference, names);
	free(names);
	return rc;
}

/* The role is looked at first: nobody else opens anything on the way. */
static enum rc
open_restricted(struct store *s, const struct restriction *r, struct err *e)
{
	enum door door;
	enum rc rc;

	if ((store_role(s) & kind_find("restrict")->roles) == 0)
		return RC_OK;
	rc = store_door(s, r->case_id, &door, e);
	return rc == RC_OK && door == DOOR_RESTRICTED ?
	    store_break_glass(s, r->case_id, r->reason, e) : rc;
}

static enum rc
restrict_case(struct store *s, const struct call *c, struct restriction *r,
    struct err *e)
{
	struct case_id id;
	enum rc rc = door_find(s, c->args[1], &id, e);

	r->case_id = &id;
	if (rc == RC_OK)
		rc = open_restricted(s, r, e);
	if (rc == RC_OK)
		rc = store_restrict(s, r, e);
	if (rc == RC_OK)
		rc = say_outcome(s, c->args[1], &id, e);
	r->case_id = NULL;
	return rc;
}

static enum rc
restrict_run(const struct call *c, bool *attention, struct err *e)
{
	const char *people = call_option(c, "people"), *names[PEOPLE_MAX];
	char *text = people != NULL ? xstrdup(people) : NULL;
	struct restriction r = {.people = names};
	struct store *s = NULL;
	enum rc rc = read_options(c, &r, e);

	(void)attention;
	if (rc == RC_OK)
		rc = split_people(text, names, &r.n, e);
	if (rc == RC_OK)
		rc = unlock_store(c, c->args[0], &s, e);
	if (rc == RC_OK)
		rc = restrict_case(s, c, &r, e);
	store_close(s);
	free(text);
	return rc;
}
