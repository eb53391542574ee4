/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/ask.h"
#include "cli/codes.h"
#include "cli/host.h"
#include "cli/print.h"
#include "core/kinds.h"
#include "core/str.h"
#include "core/utf8.h"
#include "exchange/file.h"

#define DEFAULT_INSTRUMENT "occ-csegg.yaml"
#define INSTRUMENT_MAX (500u << 10)

static enum rc init_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_init = {
	.name = "init",
	.usage = "STORE --user NAME --role ROLE [--training]",
	.summary = "make a new encrypted store",
	.help = "Makes a new, empty, encrypted store in the file STORE and "
	    "makes NAME its first user. The file must not exist yet; its "
	    "folder must, on a disk of this machine.\n\n"
	    "The passphrase is asked for twice. It needs 14 characters or 5 "
	    "words; any characters will do. There is no back door.\n\n"
	    "A recovery code is made and shown once, to be written on paper: "
	    "with it a lost passphrase can be replaced (hearken recover). "
	    "Without passphrase and code nobody can open the store. "
	    "--no-recovery makes none; hearken recovery makes one later.\n\n"
	    "ROLE is one of practitioner, supervisor, trainer, "
	    "administrator.\n\n"
	    "--training makes a store for training, for good: it holds "
	    "sessions on case studies and takes no real case, and no other "
	    "store takes anything of it. Every screen of it says TRAINING "
	    "and has double lines. The role is trainer unless another is "
	    "given.\n\n"
	    "The checklists that come with Hearken are taken into the store, "
	    "so that it is judged by the same rules everywhere.",
	.options = (const struct option_def[]){
		{"user", "NAME", "your name, as colleagues know it"},
		{"role", "ROLE", "what you may do in this store"},
		{"training", NULL, "for training, never for a real case"},
		{"passphrase-fd", "N", "read the passphrase from descriptor N"},
		{"no-recovery", NULL, "make no recovery code"},
		{"cipher", "aegis-256|chacha20", "instead of the processor's best"},
		{NULL, NULL, NULL}
	},
	.min_args = 1,
	.max_args = 1,
	.paths = "w",
	.run = init_run,
};

static enum rc
read_founder(const struct call *c, struct store_founder *f, struct err *e)
{
	const char *role = call_option(c, "role");

	f->user = call_option(c, "user");
	if (f->user == NULL || f->user[strspn(f->user, " \t")] == '\0')
		return err_set(e, RC_USAGE, "say who you are: --user \"Your "
		    "Name\"");
	if (!utf8_valid(f->user, strlen(f->user), NULL))
		return err_set(e, RC_USAGE, "--user is not valid UTF-8 text");
	f->training = call_option(c, "training") != NULL;
	f->role = role != NULL ? role_from_name(role) :
	    f->training ? ROLE_TRAINER : 0;
	if (f->role == 0 || f->role == ROLE_AUDITOR)
		return err_set(e, RC_USAGE, "say your role: --role "
		    "practitioner, supervisor, trainer or administrator");
	return RC_OK;
}

#define INSTRUMENTS_MAX 64

/* The checklists to found a store with; the default one comes first. */
struct reading {
	const struct call *call;
	struct store_text texts[INSTRUMENTS_MAX];
	char *owned[INSTRUMENTS_MAX][2];
	size_t n;
	bool defaults;		/* whether this round takes the default one */
	struct err *e;
	enum rc rc;
};

static bool
read_file(const char *name, void *ctx)
{
	struct reading *r = ctx;
	bool is_default = strcmp(name, DEFAULT_INSTRUMENT) == 0;
	char *path, *text;
	size_t n;

	if (is_default != r->defaults)
		return true;
	path = host_content_path(r->call->host, "instruments", name);
	if (r->n == INSTRUMENTS_MAX)
		r->rc = err_set(r->e, RC_INPUT, "%s: there are more than %d "
		    "checklists in its folder; take some away", path,
		    INSTRUMENTS_MAX);
	else
		r->rc = file_read(path, INSTRUMENT_MAX, &text, &n, r->e);
	if (r->rc != RC_OK) {
		free(path);
		return false;
	}
	r->owned[r->n][0] = path;
	r->owned[r->n][1] = text;
	r->texts[r->n++] = (struct store_text){path, text, n};
	return true;
}

static void
release_instruments(struct reading *r)
{
	for (size_t i = 0; i < r->n; i++) {
		free(r->owned[i][0]);
		free(r->owned[i][1]);
	}
	r->n = 0;
}

static enum rc
read_instruments(struct reading *r, struct err *e)
{
	char *dir = host_content_path(r->call->host, "instruments", "");
	enum rc rc;

	r->e = e;
	r->defaults = true;
	rc = file_each(dir, ".yaml", read_file, r, e);
	r->defaults = false;
	if (rc == RC_OK && r->rc == RC_OK)
		rc = file_each(dir, ".yaml", read_file, r, e);
	free(dir);
	if (rc == RC_OK)
		rc = r->rc;
	if (rc == RC_OK && r->n == 0)
		rc = err_set(e, RC_NOTFOUND, "no checklist was found in %s",
		    r->call->host->content_dir);
	return rc;
}

static enum rc
found(const struct call *c, const struct store_founder *f, struct err *e)
{
	struct store_opts opts = host_store_opts(c->host);
	struct store *s = NULL;
	struct secret pass;
	enum rc rc;

	opts.cipher = call_option(c, "cipher");
	rc = ask_new_passphrase(c, "passphrase-fd", "A passphrase of 14 "
	    "characters or 5 words: ", &pass, e);
	if (rc != RC_OK)
		return rc;
	rc = store_create(c->args[0], f, &pass, &opts, &s, e);
	secret_release(&pass);
	if (rc == RC_OK)
		tell_line("Made the store %s%s (%s). Open it with: hearken "
		    "%s", c->args[0], f->training ? " for training" : "",
		    store_cipher(s), c->args[0]);
	if (rc == RC_OK && call_option(c, "no-recovery") == NULL)
		rc = code_make(s, c->args[0], e);
	store_close(s);
	return rc;
}

static enum rc
init_run(const struct call *c, bool *attention, struct err *e)
{
	struct reading texts = {.call = c};
	struct store_founder f = {0};
	enum rc rc;

	(void)attention;
	rc = read_founder(c, &f, e);
	if (rc != RC_OK)
		return rc;
	if (access(c->args[0], F_OK) == 0)
		return err_set(e, RC_EXISTS, "%s exists already; a store is "
		    "never made over another file", c->args[0]);
	rc = read_instruments(&texts, e);
	f.instruments = texts.texts;
	f.ninstruments = texts.n;
	if (rc == RC_OK)
		rc = found(c, &f, e);
	release_instruments(&texts);
	return rc;
}
