/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>

#include "cli/print.h"
#include "cli/unlock.h"

static enum rc verify_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_verify = {
	.name = "verify",
	.usage = "[--mend] STORE",
	.summary = "check every page, hash, chain and signature",
	.help = "Reads the whole store and checks that every page is what was "
	    "written, every entry has its hash, every author's chain is "
	    "unbroken and signed, and that what the screens show is what the "
	    "entries say.\n\n"
	    "Exit code 0: sound. 1: a fault was found; the first one is named "
	    "with its entry, case, author and likely cause. Nothing is "
	    "changed.\n\n"
	    "With --mend the list of cases, the search and the memory of "
	    "imports are first made anew from the entries. No entry is "
	    "touched; what was signed cannot be mended, only restored from "
	    "a backup.",
	.options = (const struct option_def[]){
		{"mend", NULL, "make list and search anew from the entries"},
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 1,
	.max_args = 1,
	.paths = "w",
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

static enum rc
mend_and_verify(const struct call *c, struct store *s,
    struct store_verdict *v, struct err *e)
{
	unsigned shown = 101;
	enum rc rc = RC_OK;

	if (call_option(c, "mend") != NULL)
		rc = store_rebuild(s, progress, &shown, e);
	return rc == RC_OK ? store_verify(s, progress, &shown, v, e) : rc;
}

static enum rc
verify_run(const struct call *c, bool *attention, struct err *e)
{
	struct store_verdict v;
	struct store *s = NULL;
	enum rc rc;

	rc = unlock_store(c, c->args[0], &s, e);
	if (rc != RC_OK)
		return rc;
	rc = mend_and_verify(c, s, &v, e);
	store_close(s);
	tell_status("");
	if (rc != RC_OK)
		return rc;
	say("Looked at %" PRIu64 " entries, %" PRIu64 " seals, %" PRIu64
	    " cases.\n", v.entries, v.seals, v.cases);
	if (v.sound) {
		say("Sound: every hash, chain and signature holds.\n");
		return RC_OK;
	}
	say("FAULT: %s\n", v.fault);
	say("Do not write to this store. Keep this copy and your last backup, "
	    "and tell whoever is responsible for it.\n");
	*attention = true;
	return RC_OK;
}
