/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/place.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/entry.h"
#include "db/file.h"

#define RANDOM_LEN 8
#define RANDOM_HEX (2 * RANDOM_LEN)

/* Paths are resolved: there is always a slash. */
static const char *
base_of(const char *path)
{
	return strrchr(path, '/') + 1;
}

enum rc
place_beside(const char *path, const char *kind, const struct rng *rng,
    char **out, struct err *e)
{
	const char *base = base_of(path);
	unsigned char r[RANDOM_LEN];
	char hex[RANDOM_HEX + 1];

	rng_fill(rng, r, sizeof(r));
	hex_format(r, sizeof(r), hex);
	*out = file_name("%.*s.%s.%s-%s", (int)(base - path), path, base,
	    kind, hex);
	return *out != NULL ? RC_OK : err_set(e, RC_NOMEM, "no memory for a "
	    "file name");
}

void
place_remove_journal(const char *path)
{
	char *journal = file_name("%s-journal", path);

	if (journal != NULL)
		(void)unlink(journal);
	free(journal);
}

void
place_remove(const char *path)
{
	(void)unlink(path);
	place_remove_journal(path);
}

/* True if name is ".BASE.KIND-" with 16 hex digits and perhaps "-journal". */
static bool
is_remains(const char *name, const char *front)
{
	size_t n = strlen(front);

	if (strncmp(name, front, n) != 0)
		return false;
	name += n;
	if (strspn(name, "0123456789abcdef") != RANDOM_HEX)
		return false;
	name += RANDOM_HEX;
	return *name == '\0' || strcmp(name, "-journal") == 0;
}

/* A journal is looked after by whoever holds the lock of its file. */
static void
sweep_one(const char *folder, const char *name, size_t front)
{
	char *file = file_name("%s/%.*s", folder, (int)(front + RANDOM_HEX),
	    name);
	char *path = file_name("%s/%s", folder, name);

	if (file != NULL && path != NULL && file_holder(file) == 0)
		(void)unlink(path);
	free(file);
	free(path);
}

static void
sweep_folder(const char *folder, const char *front)
{
	DIR *d = opendir(folder);
	struct dirent *f;

	while (d != NULL && (f = readdir(d)) != NULL)
		if (is_remains(f->d_name, front))
			sweep_one(folder, f->d_name, strlen(front));
	if (d != NULL)
		(void)closedir(d);
}

void
place_sweep(const char *path, const char *kind)
{
	const char *base = base_of(path);
	char *folder = file_name("%.*s", (int)(base - path), path);
	char *front = file_name(".%s.%s-", base, kind);

	if (folder != NULL && front != NULL)
		sweep_folder(folder, front);
	free(folder);
	free(front);
}

enum rc
place_sync_folder(const char *path, struct err *e)
{
	const char *base = base_of(path);
	char *folder = file_name("%.*s", (int)(base - path), path);
	enum rc rc = RC_OK;
	int fd;

	if (folder == NULL)
		return err_set(e, RC_NOMEM, "no memory for a file name");
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* Where a folder cannot be synced nothing better can be had. */
	if (fd < 0 || (fsync(fd) != 0 && errno != EINVAL &&
	    errno != ENOTSUP))
		rc = err_sys(e, errno, "%s: its folder cannot be written",
		    path);
	if (fd >= 0)
		(void)close(fd);
	free(folder);
	return rc;
}

enum rc
place_rename(const char *from, const char *to, struct err *e)
{
	return rename(from, to) == 0 ? RC_OK :
	    err_sys(e, errno, "%s cannot be replaced", to);
}

enum rc
place_replace(const char *from, const char *to, struct err *e)
{
	enum rc rc = place_rename(from, to, e);

	if (rc != RC_OK)
		return rc;
	rc = place_sync_folder(to, e);
	return rc == RC_OK ? rc : err_prefix(e, "the new file has its name, "
	    "but might lose it if the power failed now");
}
