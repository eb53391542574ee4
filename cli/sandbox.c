/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/sandbox.h"

#include <dlfcn.h>
#include <errno.h>
#include <locale.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli/sandbox_impl.h"
#include "core/str.h"
#include "core/xalloc.h"
#include "exchange/fonts.h"

#define ROOTS_MAX 64

static struct sandbox_state state = {
	false, 0, "it has not been asked for yet", "it has not been asked for yet"
};

/* Folders that may be written in, resolved. */
static char *roots[ROOTS_MAX];
static size_t nroots;

/* What terminal, locale, charsets, time zone and randomness read. */
static const struct sandbox_path always[] = {
	{"/usr/share/terminfo", SANDBOX_READ},
	{"/usr/lib/terminfo", SANDBOX_READ},
	{"/lib/terminfo", SANDBOX_READ},
	{"/etc/terminfo", SANDBOX_READ},
	{"/usr/lib/locale", SANDBOX_READ},
	{"/usr/share/locale", SANDBOX_READ},
	{"/usr/share/zoneinfo", SANDBOX_READ},
	{"/etc/localtime", SANDBOX_READ},
	{"/etc/ld.so.cache", SANDBOX_READ},
	{"/sys/devices/system/cpu/online", SANDBOX_READ},
	{"/dev/tty", SANDBOX_DEVICE},
	{"/dev/null", SANDBOX_DEVICE},
	{"/dev/urandom", SANDBOX_READ},
	{"/dev/random", SANDBOX_READ},
};
#define NALWAYS (sizeof(always) / sizeof(always[0]))
#define FONTS_MAX 8

/* Returns owned the folder of libc's character sets, or NULL. */
static char *
charset_folder(void)
{
	Dl_info info;
	const char *slash;
	struct str path;

	if (dladdr((void *)(uintptr_t)setlocale, &info) == 0 ||
	    info.dli_fname == NULL)
		return NULL;
	slash = strrchr(info.dli_fname, '/');
	if (slash == NULL)
		return NULL;
	str_init(&path);
	str_add_n(&path, info.dli_fname, (size_t)(slash - info.dli_fname));
	str_add(&path, "/gconv");
	return str_take(&path);
}

static void
remember_root(const struct sandbox_path *p)
{
	char *real = p->right == SANDBOX_WRITE && p->path != NULL ?
	    realpath(p->path, NULL) : NULL;

	if (real != NULL && nroots < ROOTS_MAX)
		roots[nroots++] = real;
	else
		free(real);
}

/*
 * Returns owned what was asked for, what is always there, charsets and fonts;
 * *count is their number.
 */
static struct sandbox_path *
join_paths(const struct sandbox_path *paths, size_t n, const char *charsets,
    size_t *count)
{
	struct sandbox_path *all = xreallocarray(NULL,
	    n + NALWAYS + 1 + FONTS_MAX, sizeof(*all));

	if (n > 0)
		memcpy(all, paths, n * sizeof(*all));
	memcpy(all + n, always, sizeof(always));
	all[n + NALWAYS] = (struct sandbox_path){charsets, SANDBOX_READ};
	*count = n + NALWAYS + 1;
	for (size_t i = 0; i < FONTS_MAX && fonts_folder(i) != NULL; i++)
		all[(*count)++] = (struct sandbox_path){fonts_folder(i),
			SANDBOX_READ};
	return all;
}

enum rc
sandbox_enter(const struct sandbox_path *paths, size_t n, struct err *e)
{
	struct sandbox_path *all;
	size_t count = 0;
	char *charsets;
	enum rc rc;

	if (state.calls || state.files != 0)
		return RC_OK;
#ifdef SANDBOX_LEFT_OUT
	state.no_calls = state.no_files = SANDBOX_LEFT_OUT;
	return RC_OK;
#endif
	for (size_t i = 0; i < n; i++)
		remember_root(&paths[i]);
	charsets = charset_folder();
	all = join_paths(paths, n, charsets, &count);
	/* Landlock first: the filter leaves nothing to open a door with. */
	rc = sandbox_files(all, count, &state, e);
	if (rc == RC_OK && state.files != 0)
		state.no_files = NULL;
	if (rc == RC_OK)
		rc = sandbox_calls(&state, e);
	free(all);
	free(charsets);
	return rc;
}

const struct sandbox_state *
sandbox_state(void)
{
	return &state;
}

/* Returns owned the folder in which path lies, resolved; NULL if none. */
static char *
real_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder, *real;

	if (slash == NULL)
		folder = xstrdup(".");
	else
		folder = xstrndup(path, slash == path ? 1 :
		    (size_t)(slash - path));
	real = realpath(folder, NULL);
	free(folder);
	return real;
}

static bool
lies_under(const char *folder, const char *root)
{
	size_t n = strlen(root);

	return strncmp(folder, root, n) == 0 && (folder[n] == '\0' ||
	    folder[n] == '/' || root[n - 1] == '/');
}

enum rc
sandbox_may_write(const char *path, struct err *e)
{
	char *folder;
	bool may = false;

	if (state.files == 0)
		return RC_OK;
	folder = real_folder(path);
	if (folder == NULL)
		return err_sys(e, errno, "%s: its folder cannot be reached",
		    path);
	for (size_t i = 0; i < nroots && !may; i++)
		may = lies_under(folder, roots[i]);
	free(folder);
	return may ? RC_OK : err_set(e, RC_REFUSED, "%s lies outside the "
	    "folders that this run may write in. Leave, and start Hearken "
	    "with --folder and the folder's name", path);
}
