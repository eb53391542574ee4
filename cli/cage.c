/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cage.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/sandbox.h"
#include "core/xalloc.h"

struct list {
	struct sandbox_path *at;	/* each with a path of its own */
	size_t n, cap;
	bool stores;		/* something is written in a named folder */
	bool beside;		/* and beside what is read */
};

static void
add_owned(struct list *l, char *path, enum sandbox_right right)
{
	if (l->n == l->cap) {
		l->cap = l->cap != 0 ? 2 * l->cap : 16;
		l->at = xreallocarray(l->at, l->cap, sizeof(*l->at));
	}
	l->at[l->n++] = (struct sandbox_path){path, right};
}

static void
add_folder_of(struct list *l, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		add_owned(l, xstrdup("."), SANDBOX_WRITE);
	else
		add_owned(l, xstrndup(path, slash == path ? 1 :
		    (size_t)(slash - path)), SANDBOX_WRITE);
	l->stores = true;
}

static void
add_folders(struct list *l, const char *words)
{
	while (*words != '\0') {
		size_t n = strcspn(words, ":");

		if (n > 0)
			add_owned(l, xstrndup(words, n), SANDBOX_WRITE);
		words += n;
		words += *words == ':';
	}
}

static void
add_path(struct list *l, const char *path, enum path_use use)
{
	if (path == NULL || *path == '\0' || strcmp(path, "-") == 0)
		return;
	if (use == PATH_READ)
		add_owned(l, xstrdup(path), SANDBOX_READ);
	if (use == PATH_WRITE || (use == PATH_READ && l->beside))
		add_folder_of(l, path);
	else if (use == PATH_FOLDERS)
		add_folders(l, path);
}

/* A command that does not say has all its operands taken for stores. */
static enum path_use
use_of_operand(const struct command *cmd, size_t i)
{
	const char *letters = cmd->paths != NULL && *cmd->paths != '\0' ?
	    cmd->paths : "w";
	size_t n = strlen(letters);

	switch (letters[i < n ? i : n - 1]) {
	case 'r':
		return PATH_READ;
	case 'w':
		return PATH_WRITE;
	default:
		return PATH_NONE;
	}
}

static void
add_call(struct list *l, const struct call *c)
{
	static const struct path_option none = {NULL, PATH_NONE};
	const struct path_option *first = c->cmd->path_options != NULL ?
	    c->cmd->path_options : &none, *o;

	for (o = first; o->name != NULL; o++)
		l->beside |= o->use == PATH_BESIDE &&
		    call_option(c, o->name) != NULL;
	for (size_t i = 0; i < c->nargs; i++)
		add_path(l, c->args[i], use_of_operand(c->cmd, i));
	for (o = first; o->name != NULL; o++)
		add_path(l, call_option(c, o->name), o->use);
}

/* Makes the folder and those above it, readable by their owner alone. */
static void
make_folder(const char *path)
{
	char *part = xstrdup(path);

	for (char *p = part + 1; *p != '\0'; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		(void)mkdir(part, 0700);
		*p = '/';
	}
	(void)mkdir(part, 0700);
	free(part);
}

/*
 * The folder where this machine remembers is made now: in the cage no folder
 * can be.  Without one nothing is remembered, and the store says so.
 */
static void
add_host(struct list *l, const struct host *h)
{
	if (h->content_dir != NULL)
		add_owned(l, xstrdup(h->content_dir), SANDBOX_READ);
	if (h->help_dir != NULL)
		add_owned(l, xstrdup(h->help_dir), SANDBOX_READ);
	if (!l->stores || h->state_dir == NULL)
		return;
	make_folder(h->state_dir);
	add_owned(l, xstrdup(h->state_dir), SANDBOX_WRITE);
}

enum rc
cage_call(const struct call *c, struct err *e)
{
	struct list l = {NULL, 0, 0, false, false};
	enum rc rc;

	if (!c->host->caged)
		return RC_OK;
	add_call(&l, c);
	add_host(&l, c->host);
	rc = sandbox_enter(l.at, l.n, e);
	for (size_t i = 0; i < l.n; i++)
		free((void *)(uintptr_t)l.at[i].path);
	free(l.at);
	return rc;
}
