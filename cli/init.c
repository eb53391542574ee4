/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/host.h"
#include "cli/print.h"
#include "cli/unlock.h"
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
	.usage = "STORE --user NAME --role ROLE",
	.summary = "make a new encrypted store",
	.help = "Makes a new, empty, encrypted store in the file STORE and "
	    "makes NAME its first user. The file must not exist yet; its "
	    "folder must, on a disk of this machine.\n\n"
	    "The passphrase is asked for twice. It needs 14 characters or 5 "
	    "words; any characters will do. Nobody can open the store "
	    "without it: there is no back door.\n\n"
	    "ROLE is one of practitioner, supervisor, trainer, "
	    "administrator.\n\n"
	    "The checklists that come with Hearken are taken into the store, "
	    "so that it is judged by the same rules everywhere.",
	.options = (const struct option_def[]){
		{"user", "NAME", "your name, as colleagues know it"},
		{"role", "ROLE", "what you may do in this store"},
		{"passphrase-fd", "N", "read the passphrase from descriptor N"},
		{"cipher", "aegis-256|chacha20", "instead of the processor's best"},
		{NULL, NULL, NULL}
	},
	.min_args = 1,
	.max_args = 1,
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
	f->role = role != NULL ? role_from_name(role) : 0;
	if (f->role == 0 || f->role == ROLE_AUDITOR)
		return err_set(e, RC_USAGE, "say your role: --role "
		    "practitioner, supervisor, trainer or administrator");
	return RC_OK;
}

static enum rc
ask_again(const struct call *c, const struct secret *pass, struct err *e)
{
	struct secret again;
	enum rc rc;
	bool same;

	if (call_option(c, "passphrase-fd") != NULL)
		return RC_OK;
	rc = passphrase_read(c, "The same passphrase once more: ", &again, e);
	if (rc != RC_OK)
		return rc;
	same = again.len == pass->len &&
	    sodium_memcmp(again.p, pass->p, pass->len) == 0;
	secret_release(&again);
	return same ? RC_OK : err_set(e, RC_PASSPHRASE, "the two passphrases "
	    "differ; nothing was made");
}

static enum rc
ask_passphrase(const struct call *c, struct secret *pass, struct err *e)
{
	enum rc rc = passphrase_read(c, "A passphrase of 14 characters or 5 "
	    "words: ", pass, e);

	if (rc != RC_OK)
		return rc;
	rc = store_passphrase_check(pass, e);
	if (rc == RC_OK)
		rc = ask_again(c, pass, e);
	if (rc != RC_OK)
		secret_release(pass);
	return rc;
}

struct adoption {
	const struct call *call;
	struct store *store;
	bool defaults;		/* whether this round takes the default one */
	struct err *e;
	enum rc rc;
};

static bool
adopt_file(const char *name, void *ctx)
{
	struct adoption *a = ctx;
	bool is_default = strcmp(name, DEFAULT_INSTRUMENT) == 0;
	char *path, *text;
	size_t n;

	if (is_default != a->defaults)
		return true;
	path = host_content_path(a->call->host, "instruments", name);
	a->rc = file_read(path, INSTRUMENT_MAX, &text, &n, a->e);
	if (a->rc == RC_OK)
		a->rc = store_adopt(a->store, text, n, is_default, a->e);
	free(text);
	free(path);
	return a->rc == RC_OK;
}

/* The default checklist first: the first adopted is the one screens use. */
static enum rc
adopt_instruments(const struct call *c, struct store *s, struct err *e)
{
	char *dir = host_content_path(c->host, "instruments", "");
	struct adoption a = {c, s, true, e, RC_OK};
	enum rc rc = file_each(dir, ".yaml", adopt_file, &a, e);

	a.defaults = false;
	if (rc == RC_OK && a.rc == RC_OK)
		rc = file_each(dir, ".yaml", adopt_file, &a, e);
	free(dir);
	if (rc == RC_OK)
		rc = a.rc;
	if (rc == RC_OK && store_instruments(s) == 0)
		rc = err_set(e, RC_NOTFOUND, "no checklist was found in %s",
		    c->host->content_dir);
	return rc;
}

static enum rc
init_run(const struct call *c, bool *attention, struct err *e)
{
	struct store_opts opts = host_store_opts(c->host);
	struct store_founder founder;
	struct store *s = NULL;
	struct secret pass;
	enum rc rc;

	(void)attention;
	opts.cipher = call_option(c, "cipher");
	rc = read_founder(c, &founder, e);
	if (rc != RC_OK)
		return rc;
	if (access(c->args[0], F_OK) == 0)
		return err_set(e, RC_EXISTS, "%s exists already; a store is "
		    "never made over another file", c->args[0]);
	rc = ask_passphrase(c, &pass, e);
	if (rc != RC_OK)
		return rc;
	rc = store_create(c->args[0], &founder, &pass, &opts, &s, e);
	secret_release(&pass);
	if (rc != RC_OK)
		return rc;
	rc = adopt_instruments(c, s, e);
	if (rc == RC_OK)
		tell("Made the store %s (%s). Open it with: hearken %s\n",
		    c->args[0], store_cipher(s), c->args[0]);
	store_close(s);
	if (rc != RC_OK)
		(void)unlink(c->args[0]);
	return rc;
}
