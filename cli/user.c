/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/ask.h"
#include "cli/print.h"
#include "cli/unlock.h"
#include "cli/verb.h"
#include "core/date.h"
#include "core/kinds.h"
#include "core/str.h"
#include "core/utf8.h"
#include "db/people.h"

static enum rc user_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_user = {
	.name = "user",
	.usage = "add|list|role|passphrase|revoke|reset STORE [NAME] ...",
	.summary = "people: let in, change role or passphrase, end access",
	.help = "  user list STORE\n"
	    "  user add STORE NAME --role ROLE\n"
	    "  user role STORE NAME --role ROLE\n"
	    "  user passphrase STORE\n"
	    "  user reset STORE NAME\n"
	    "  user revoke STORE NAME --reason TEXT\n\n"
	    "list shows who has access, their role, and whose access ended.\n\n"
	    "add lets NAME in with a passphrase that you type for them; they "
	    "have to choose their own before they can do anything else. ROLE "
	    "is practitioner, supervisor, trainer, administrator or "
	    "auditor.\n\n"
	    "role gives another role from now on. What was signed before "
	    "stays as it is.\n\n"
	    "passphrase changes your own; the present one is asked for "
	    "first.\n\n"
	    "reset gives a person who forgot theirs a new passphrase, which "
	    "they have to change. The old one opens nothing from then on.\n\n"
	    "revoke ends a person's access and encrypts the whole store anew "
	    "under another key, so that their passphrase opens nothing that "
	    "is written later. It can be stopped or killed at any time: then "
	    "all is as it was. Copies of the file made before still open with "
	    "the old passphrase: find them and destroy them.\n\n"
	    "add, role, reset and revoke are for supervisors, administrators "
	    "and whoever made the store. Each is an entry signed with the "
	    "store's root key.",
	.options = (const struct option_def[]){
		{"role", "ROLE", "for add and role"},
		{"reason", "TEXT", "for revoke: why the access ends"},
		{"yes", NULL, "for revoke: do not ask for the name again"},
		{"json", NULL, "for list: as JSON"},
		{"new-passphrase-fd", "N", "read the new passphrase from descriptor N"},
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 2,
	.max_args = 3,
	.paths = "-w-",
	.run = user_run,
};

/* ---- list ---- */

struct listing {
	json_t *json;		/* NULL: as text */
	size_t people, ended;
};

static const char *
role_words(const struct person *p)
{
	if (p->system)
		return "(a code)";
	return p->role != 0 ? role_name((enum role)p->role) : "-";
}

static void
pad(struct str *line, const char *text, int columns)
{
	int used = utf8_columns(text, strlen(text));

	str_add(line, text);
	for (; used < columns; used++)
		str_add(line, " ");
	str_add(line, " ");
}

static void
add_state(struct str *line, const struct person *p)
{
	const char *before = "";

	if (p->ended != INT64_MAX) {
		char day[DAY_TEXT_MAX];

		day_format(moment_day(p->ended), day);
		str_add_fmt(line, "ended %s: %s", day, p->why_ended);
		return;
	}
	if (p->me) {
		str_add(line, "you");
		before = "; ";
	}
	if (p->may_grant) {
		str_add_fmt(line, "%smay let others in", before);
		before = "; ";
	}
	if (p->must_change)
		str_add_fmt(line, "%shas to change the passphrase", before);
	if (!p->has_slot)
		str_add_fmt(line, "%shas no passphrase: reset it", before);
}

static void
say_person(const struct person *p)
{
	char day[DAY_TEXT_MAX];
	struct str line;

	str_init(&line);
	day_format(moment_day(p->since), day);
	pad(&line, p->name, 24);
	pad(&line, role_words(p), 14);
	pad(&line, day, 10);
	add_state(&line, p);
	say("%s\n", line.s);
	str_release(&line);
}

static void
say_heading(void)
{
	struct str line;

	str_init(&line);
	pad(&line, "Name", 24);
	pad(&line, "Role", 14);
	pad(&line, "Since", 10);
	str_add(&line, "State");
	say("%s\n", line.s);
	str_release(&line);
}

static json_t *
person_json(const struct person *p)
{
	char key[2 * AUTHOR_LEN + 1], day[DAY_TEXT_MAX];
	json_t *o;

	hex_format(p->key.b, AUTHOR_LEN, key);
	day_format(moment_day(p->since), day);
	o = json_pack("{s:s, s:s, s:s, s:b, s:b, s:b, s:b}", "name", p->name,
	    "key", key, "since", day, "code", p->system, "passphrase",
	    p->has_slot, "may_grant", p->may_grant, "must_change",
	    p->must_change);
	if (p->role != 0)
		(void)json_object_set_new(o, "role",
		    json_string(role_name((enum role)p->role)));
	if (p->ended == INT64_MAX)
		return o;
	day_format(moment_day(p->ended), day);
	(void)json_object_set_new(o, "ended", json_string(day));
	(void)json_object_set_new(o, "reason", json_string(p->why_ended));
	return o;
}

static bool
list_person(const struct person *p, void *ctx)
{
	struct listing *l = ctx;

	if (l->json != NULL)
		(void)json_array_append_new(l->json, person_json(p));
	else
		say_person(p);
	l->people += !p->system && p->ended == INT64_MAX;
	l->ended += !p->system && p->ended != INT64_MAX;
	return true;
}

static enum rc
list_run(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	struct listing l = {.json = NULL};
	enum rc rc;

	(void)attention;
	if (call_option(c, "json") != NULL)
		l.json = json_array();
	else
		say_heading();
	rc = store_people(s, list_person, &l, e);
	if (rc == RC_OK && l.json != NULL)
		say_json(l.json);
	json_decref(l.json);
	if (rc == RC_OK)
		tell_line("%zu %s access%s.", l.people, l.people == 1 ?
		    "person has" : "people have", l.ended != 0 ? "; the others "
		    "had it once" : "");
	return rc;
}

/* ---- letting in and changing ---- */

static enum rc
read_role(const struct call *c, enum role *role, struct err *e)
{
	const char *name = call_option(c, "role");

	*role = (enum role)(name != NULL ? role_from_name(name) : 0);
	if (*role != 0)
		return RC_OK;
	return err_set(e, RC_USAGE, "say which role: --role practitioner, "
	    "supervisor, trainer, administrator or auditor");
}

static enum rc
want_grant(const struct store *s, struct err *e)
{
	if (store_may_grant(s))
		return RC_OK;
	return err_set(e, RC_REFUSED, "you may not let others into this store "
	    "or change what they may do; ask a supervisor or administrator");
}

/* A passphrase that NAME is to get, typed by somebody else. */
static enum rc
ask_for(const struct call *c, const char *name, struct secret *pass,
    struct err *e)
{
	struct str prompt;
	enum rc rc;

	str_init(&prompt);
	str_add_fmt(&prompt, "A passphrase for %s, 14 characters or 5 words: ",
	    name);
	rc = ask_new_passphrase(c, "new-passphrase-fd", prompt.s, pass, e);
	str_release(&prompt);
	return rc;
}

static enum rc
add_run(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	const char *name = c->args[2];
	struct secret pass;
	enum role role;
	enum rc rc = read_role(c, &role, e);

	(void)attention;
	if (rc == RC_OK)
		rc = want_grant(s, e);
	if (rc == RC_OK)
		rc = ask_for(c, name, &pass, e);
	if (rc != RC_OK)
		return rc;
	rc = store_person_add(s, name, role, &pass, e);
	secret_release(&pass);
	if (rc == RC_OK)
		tell_line("%s has access to %s as %s. Tell them the passphrase "
		    "in person; they choose their own when they first come in.",
		    name, c->args[1], role_name(role));
	return rc;
}

static enum rc
role_run(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	enum role role;
	enum rc rc = read_role(c, &role, e);

	(void)attention;
	if (rc == RC_OK)
		rc = store_person_role(s, c->args[2], role, e);
	if (rc == RC_OK)
		tell_line("%s is %s from now on.", c->args[2],
		    role_name(role));
	return rc;
}

static enum rc
reset_run(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	struct secret pass;
	enum rc rc = want_grant(s, e);

	(void)attention;
	if (rc == RC_OK)
		rc = ask_for(c, c->args[2], &pass, e);
	if (rc != RC_OK)
		return rc;
	rc = store_person_reset(s, c->args[2], &pass, e);
	secret_release(&pass);
	if (rc == RC_OK)
		tell_line("%s has a new passphrase, which they have to change. "
		    "The old one opens nothing any more.", c->args[2]);
	return rc;
}

/* ---- one's own passphrase ---- */

static enum rc
passphrase_run(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	struct secret old = {.p = NULL}, fresh = {.p = NULL};
	enum rc rc = unlock_store_given(c, c->args[1], &old, &s, e);

	(void)attention;
	if (rc != RC_OK)
		return rc;
	rc = ask_new_passphrase(c, "new-passphrase-fd", "A new passphrase, 14 "
	    "characters or 5 words: ", &fresh, e);
	if (rc == RC_OK)
		rc = store_passphrase_change(s, &old, &fresh, e);
	if (rc == RC_OK)
		tell_line("Your passphrase for %s is changed. In copies of the "
		    "file made before, the old one still opens what they "
		    "hold.", c->args[1]);
	secret_release(&fresh);
	secret_release(&old);
	store_close(s);
	return rc;
}

/* ---- ending ---- */

static bool
progress(uint64_t done, uint64_t all, void *ctx)
{
	unsigned *shown = ctx;
	unsigned percent = all != 0 ? (unsigned)(done * 100 / all) : 100;
	char text[48];

	if (percent != *shown) {
		(void)snprintf(text, sizeof(text), "Encrypting anew %u %%",
		    percent);
		tell_status(text);
	}
	*shown = percent;
	return true;
}

static enum rc
confirm_revoke(const struct call *c, struct err *e)
{
	const char *name = c->args[2];
	struct str prompt;
	enum rc rc;

	str_init(&prompt);
	str_add_fmt(&prompt, "This ends the access of %s for good. Type their "
	    "name to confirm: ", name);
	rc = ask_to_confirm(c, prompt.s, name, e);
	str_release(&prompt);
	return rc;
}

static enum rc
revoke_run(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	const char *reason = call_option(c, "reason");
	unsigned shown = 101;
	enum rc rc;

	(void)attention;
	if (reason == NULL)
		return err_set(e, RC_USAGE, "say why the access ends: "
		    "--reason TEXT");
	rc = want_grant(s, e);
	if (rc == RC_OK)
		rc = confirm_revoke(c, e);
	if (rc != RC_OK)
		return rc;
	rc = store_person_revoke(s, c->args[2], reason, progress, &shown, e);
	tell_status("");
	if (rc == RC_OK)
		tell_line("%s has no access to %s any more; the store has a "
		    "new key. Copies made before still open with the old "
		    "passphrase: find them and destroy them.", c->args[2],
		    c->args[1]);
	return rc;
}

static const struct verb verbs[] = {
	{"add", "STORE NAME --role ROLE", 3, 3, " role new-passphrase-fd ",
	    add_run, false},
	{"list", "STORE", 2, 2, " json ", list_run, false},
	{"role", "STORE NAME --role ROLE", 3, 3, " role ", role_run, false},
	{"passphrase", "STORE", 2, 2, " new-passphrase-fd ", passphrase_run,
	    true},
	{"revoke", "STORE NAME --reason TEXT", 3, 3, " reason yes ",
	    revoke_run, false},
	{"reset", "STORE NAME", 3, 3, " new-passphrase-fd ", reset_run,
	    false},
	{NULL, NULL, 0, 0, NULL, NULL, false}
};

static enum rc
user_run(const struct call *c, bool *attention, struct err *e)
{
	return verb_run(c, verbs, attention, e);
}
