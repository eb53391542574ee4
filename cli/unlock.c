/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/unlock.h"

#include <string.h>

#include "cli/ask.h"
#include "cli/host.h"
#include "cli/print.h"
#include "db/backup.h"
#include "db/people.h"
#include "db/recovery.h"
#include "db/tries.h"
#include "db/watch.h"

enum rc
passphrase_read(const struct call *c, const char *prompt, struct secret *out,
    struct err *e)
{
	const struct question q = {
		.prompt = prompt, .what = "the passphrase",
		.instead = "give --passphrase-fd N"
	};
	enum rc rc = secret_init(out, ASK_MAX, e);

	if (rc != RC_OK)
		return rc;
	rc = call_option(c, "passphrase-fd") != NULL ?
	    ask_descriptor(c, "passphrase-fd", out, e) :
	    ask_terminal(&q, out, e);
	if (rc == RC_OK && out->len == 0)
		rc = err_set(e, RC_PASSPHRASE, "no passphrase was given");
	if (rc != RC_OK)
		secret_release(out);
	return rc;
}

/* Nobody types a passphrase that would not be looked at. */
static enum rc
not_too_early(const char *path, const struct store_opts *opts,
    struct err *e)
{
	int64_t ms = store_wait(path, opts);

	if (ms == 0)
		return RC_OK;
	return err_set(e, RC_PASSPHRASE, "the last passphrases for %s were "
	    "wrong, so the next one has to wait: try again in %d s", path,
	    (int)((ms + 999) / 1000));
}

static void
tell_reminder(const struct call *c, const char *path, struct store *s)
{
	const char *words = store_backup_reminder(s);

	if (words != NULL && strcmp(c->cmd->name, "backup") != 0)
		tell_line("hearken: %s hearken backup %s FILE", words, path);
}

/* Supervisors learn at once of what they should know. */
static enum rc
tell_flagged(const struct call *c, const char *path, struct store *s,
    struct err *e)
{
	struct flagged_news news;
	enum rc rc = store_flagged_since_last(s, &news, e);

	if (rc == RC_OK && *news.words != '\0' &&
	    strcmp(c->cmd->name, "access") != 0)
		tell_line("hearken: new since you last looked: %s. More: "
		    "hearken access %s --flagged", news.words, path);
	return rc;
}

enum rc
unlock_store(const struct call *c, const char *path, struct store **out,
    struct err *e)
{
	struct secret pass = {.p = NULL};
	enum rc rc = unlock_store_keep(c, path, &pass, out, e);

	secret_release(&pass);
	return rc;
}

/* What is on a memory stick is a backup: it may be looked at there. */
static bool
only_looks(const struct call *c)
{
	return strcmp(c->cmd->name, "verify") == 0 &&
	    call_option(c, "mend") == NULL &&
	    call_option(c, "accept-older") == NULL;
}

/* A wrong passphrase may be a lost one: what is left then is told at once. */
static enum rc
add_way_back(const char *path, size_t people, struct err *e)
{
	const struct err first = *e;
	struct recovery_state has;

	if (store_recovery_state(path, &has, NULL) != RC_OK)
		return first.rc;
	if (has.code || has.pairs != 0)
		return err_set(e, first.rc, "%s. If it is lost, %s: hearken "
		    "recover %s", first.text, has.code ? "the recovery code "
		    "on paper lets you in" : "two people's codes let you in",
		    path);
	return err_set(e, first.rc, people > 1 ? "%s. If it is lost, a "
	    "supervisor or administrator can give another (hearken user reset "
	    "%s)" : "%s. %s has no recovery code: if the passphrase is lost, "
	    "nothing can be done", first.text, path);
}

/* Where another person's is asked for next, nobody types that one here. */
static const char *
prompt_for(const struct call *c)
{
	return strcmp(c->cmd->name, "user") == 0 ?
	    "Your own passphrase, to open the store: " : "Passphrase: ";
}

enum rc
unlock_store_given(const struct call *c, const char *path,
    struct secret *pass, struct store **out, struct err *e)
{
	struct store_opts opts = host_store_opts(c->host);
	size_t slots = 0;
	enum rc rc;

	*out = NULL;
	opts.any_disk = only_looks(c);
	/* A path that is no store is told before anyone types a secret. */
	rc = store_slot_count(path, &slots, e);
	if (rc == RC_OK)
		rc = not_too_early(path, &opts, e);
	if (rc != RC_OK)
		return rc;
	rc = passphrase_read(c, prompt_for(c), pass, e);
	if (rc != RC_OK)
		return rc;
	rc = store_open(path, call_option(c, "user"), pass, &opts, out, e);
	if (rc == RC_PASSPHRASE)
		rc = add_way_back(path, slots, e);
	if (rc == RC_OK && store_default_instrument(*out) == NULL) {
		store_close(*out);
		*out = NULL;
		rc = err_set(e, RC_DAMAGED, "%s was never finished: hearken "
		    "init was stopped before it had a checklist, and nothing "
		    "was written to it. Remove it and make it again", path);
	}
	if (rc == RC_OK && store_notice(*out) != NULL)
		tell_line("hearken: %s", store_notice(*out));
	if (rc == RC_OK)
		tell_reminder(c, path, *out);
	if (rc == RC_OK)
		rc = tell_flagged(c, path, *out, e);
	if (rc != RC_OK) {
		secret_release(pass);
		store_close(*out);
		*out = NULL;
	}
	return rc;
}

enum rc
unlock_store_keep(const struct call *c, const char *path,
    struct secret *pass, struct store **out, struct err *e)
{
	enum rc rc = unlock_store_given(c, path, pass, out, e);

	if (rc != RC_OK || !store_must_change(*out))
		return rc;
	rc = err_set(e, RC_REFUSED, "your passphrase for %s was given to you "
	    "by somebody else; choose your own first: hearken user passphrase "
	    "%s --user \"%s\"", path, path, store_user(*out));
	secret_release(pass);
	store_close(*out);
	*out = NULL;
	return rc;
}
