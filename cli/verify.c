/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/host.h"
#include "cli/print.h"
#include "cli/unlock.h"
#include "db/backup.h"
#include "db/heads.h"

static enum rc verify_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_verify = {
	.name = "verify",
	.usage = "[--mend] [--against COPY] [--accept-older REASON] STORE",
	.summary = "check every page, hash, chain and signature",
	.help = "Reads the whole store and checks that every page is what was "
	    "written, every entry has its hash, every author's chain is "
	    "unbroken and signed, and that what the screens show is what the "
	    "entries say.\n\n"
	    "It then compares the ends of all chains with those that this "
	    "machine remembers from the last time, and with --against those "
	    "of a backup or another copy: a whole file that was put back, or "
	    "whose newest entries were cut off, is sound in itself.\n\n"
	    "Exit code 0: sound. 5: damaged, by a disk or by a hand without "
	    "the key. 7: tampered with, or rolled back to an earlier state. "
	    "The first fault is named with its entry, case, author and likely "
	    "cause. 1: sound, but an older copy of a store that was used "
	    "elsewhere, or nothing can be said of that. Nothing is "
	    "changed.\n\n"
	    "With --accept-older a store that is older than what is "
	    "remembered is accepted as it is; the reason becomes an "
	    "entry.\n\n"
	    "With --mend the list of cases, the search and the memory of "
	    "imports are first made anew from the entries. No entry is "
	    "touched; what was signed cannot be mended, only restored from "
	    "a backup.",
	.options = (const struct option_def[]){
		{"mend", NULL, "make list and search anew from the entries"},
		{"against", "COPY", "compare with a backup, entry for entry"},
		{"accept-older", "REASON", "accept an earlier state; say why"},
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 1,
	.max_args = 1,
	.paths = "w",
	.path_options = (const struct path_option[]){
		{"against", PATH_WRITE},
		{NULL, PATH_NONE}
	},
	.run = verify_run,
};

static bool
progress(uint64_t done, uint64_t all, void *ctx)
{
	unsigned *shown = ctx;
	unsigned percent = all != 0 ? (unsigned)(done * 100 / all) : 100;
	char text[32];

	if (percent != *shown) {
		(void)snprintf(text, sizeof(text), "Checking %u %%", percent);
		tell_status(text);
	}
	*shown = percent;
	return true;
}

/* What is checked, in the order in which it is told. */
static enum rc
prepare(const struct call *c, struct store *s, struct err *e)
{
	const char *reason = call_option(c, "accept-older");
	unsigned shown = 101;
	enum rc rc = RC_OK;

	if (reason != NULL)
		rc = store_heads_accept(s, reason, e);
	if (rc == RC_OK && call_option(c, "mend") != NULL)
		rc = store_rebuild(s, progress, &shown, e);
	return rc;
}

/* What the heads tell says itself what is to be done. */
static enum rc
tell_fault(const struct store_verdict *v, const struct heads_verdict *h,
    struct err *e)
{
	bool of_heads = strcmp(v->fault, h->words) == 0;

	return err_set(e, v->kind == FAULT_DAMAGED ? RC_DAMAGED : RC_TAMPERED,
	    "%s: %s%s", v->kind == FAULT_DAMAGED ? "DAMAGED" :
	    v->kind == FAULT_ROLLED_BACK ? "ROLLED BACK" : "TAMPERED",
	    v->fault, of_heads ? "" : ". Do not write to this store. Keep "
	    "this copy and your last backup, and tell whoever is responsible "
	    "for it.");
}

static enum rc
tell_against(const char *copy, const struct heads_verdict *h, struct err *e)
{
	if (h->state == HEADS_SOUND) {
		say("All that %s holds is in the store, entry for entry.\n",
		    copy);
		return RC_OK;
	}
	return err_set(e, RC_TAMPERED, "%s: compared with %s, %s",
	    h->state == HEADS_BEHIND ? "ROLLED BACK" : "TAMPERED", copy,
	    h->words);
}

/* The passphrase is read once, for the store and for its copy. */
static enum rc
against(const struct call *c, struct store *s, const struct secret *pass,
    struct err *e)
{
	struct store_opts opts = host_store_opts(c->host);
	const char *copy = call_option(c, "against");
	struct heads_verdict h;
	enum rc rc;

	if (copy == NULL)
		return RC_OK;
	rc = store_heads_against(s, copy, call_option(c, "user"), pass, &opts,
	    &h, e);
	return rc == RC_OK ? tell_against(copy, &h, e) : rc;
}

static enum rc
check(const struct call *c, struct store *s, const struct secret *pass,
    bool *attention, struct err *e)
{
	const struct heads_verdict *h = store_heads(s);
	struct store_verdict v;
	unsigned shown = 101;
	enum rc rc = prepare(c, s, e);

	if (rc == RC_OK)
		rc = store_verify(s, progress, &shown, &v, e);
	tell_status("");
	if (rc != RC_OK)
		return rc;
	say("Looked at %" PRIu64 " entries, %" PRIu64 " seals, %" PRIu64
	    " cases.\n", v.entries, v.seals, v.cases);
	if (!v.sound)
		return tell_fault(&v, h, e);
	say("Sound: every hash, chain and signature holds.\n");
	if (h->state == HEADS_UNKNOWN && call_option(c, "against") == NULL)
		say("This machine remembered nothing of the store: whether it "
		    "is an older copy,\nonly --against BACKUP tells.\n");
	*attention = h->state == HEADS_BEHIND || h->state == HEADS_DAMAGED;
	return against(c, s, pass, e);
}

static void
tell_notice(const char *path)
{
	const char *notice = store_backup_notice(path);

	if (notice != NULL)
		say("%s\n", notice);
}

static enum rc
verify_run(const struct call *c, bool *attention, struct err *e)
{
	struct secret pass = {.p = NULL};
	struct store *s = NULL;
	enum rc rc;

	rc = unlock_store_keep(c, c->args[0], &pass, &s, e);
	if (rc != RC_OK)
		return rc;
	rc = check(c, s, &pass, attention, e);
	if (rc == RC_OK)
		tell_notice(c->args[0]);
	secret_release(&pass);
	store_close(s);
	return rc;
}
