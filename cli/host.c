/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/host.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/str.h"
#include "core/xalloc.h"

#define KDF_OPS 3
#define KDF_MEM (256ull << 20)
#define KDF_FLOOR_OPS 3
#define KDF_FLOOR_MEM (64ull << 20)

/* Returns owned the folder of the running program, or NULL. */
static char *
program_folder(void)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char *slash;

	if (n <= 0)
		return NULL;
	path[n] = '\0';
	slash = strrchr(path, '/');
	if (slash == NULL)
		return NULL;
	*slash = '\0';
	return xstrdup(path);
}

/* Returns owned base/rest if base holds a source tree, else NULL. */
static char *
in_source_tree(const char *base, const char *rest)
{
	struct str mark;
	char *found = NULL;

	str_init(&mark);
	str_add_fmt(&mark, "%s/core/entry.h", base);
	if (access(mark.s, R_OK) == 0) {
		str_clear(&mark);
		str_add_fmt(&mark, "%s/%s", base, rest);
		found = xstrdup(mark.s);
	}
	str_release(&mark);
	return found;
}

/* Returns owned base/name. */
static char *
join(const char *base, const char *name)
{
	struct str path;

	str_init(&path);
	str_add_fmt(&path, "%s/%s", base, name);
	return str_take(&path);
}

/*
 * Content where HEARKEN_DATADIR says; else beside the program when it runs
 * from a build in its source tree; else where it was installed.
 */
static char *
data_folder(const char *name)
{
	const char *given = getenv("HEARKEN_DATADIR");
	char *folder, *up, *found = NULL;

	if (given != NULL && given[0] == '/')
		return join(given, name);
	folder = program_folder();
	if (folder != NULL) {
		up = join(folder, "..");
		found = in_source_tree(folder, name);
		if (found == NULL)
			found = in_source_tree(up, name);
		free(up);
	}
	free(folder);
	return found != NULL ? found : join(PKGDATADIR, name);
}

/*
 * Where this user's machine remembers: $XDG_STATE_HOME/hearken, usually
 * ~/.local/state/hearken.  NULL when the user has no home.
 */
static char *
state_folder(void)
{
	const char *given = getenv("XDG_STATE_HOME");
	const char *home = getenv("HOME");

	if (given != NULL && given[0] == '/')
		return join(given, "hearken");
	if (home != NULL && home[0] == '/')
		return join(home, ".local/state/hearken");
	return NULL;
}

void
host_init(struct host *h)
{
	h->clock = clock_system();
	h->rng = rng_system();
	h->kdf = (struct kdf_cost){KDF_OPS, KDF_MEM, KDF_FLOOR_OPS,
	    KDF_FLOOR_MEM};
	h->content_dir = data_folder("content");
	h->help_dir = data_folder("help");
	h->state_dir = state_folder();
	h->caged = true;
}

struct store_opts
host_store_opts(const struct host *h)
{
	struct store_opts o = {.clock = h->clock, .rng = h->rng,
	    .kdf = h->kdf, .state_dir = h->state_dir};

	return o;
}

char *
host_content_path(const struct host *h, const char *folder, const char *name)
{
	struct str path;

	str_init(&path);
	str_add_fmt(&path, "%s/%s/%s", h->content_dir, folder, name);
	return str_take(&path);
}
