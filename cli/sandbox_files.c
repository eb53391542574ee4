/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The files that the process may still reach, by Landlock.  The numbers are
 * the kernel's and stand here, so that an older header gives away nothing of
 * what a newer kernel can do.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cli/sandbox_impl.h"

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

#define VERSION_FLAG 1u
#define RULE_PATH_BENEATH 1

#define FS_EXECUTE (UINT64_C(1) << 0)
#define FS_WRITE_FILE (UINT64_C(1) << 1)
#define FS_READ_FILE (UINT64_C(1) << 2)
#define FS_READ_DIR (UINT64_C(1) << 3)
#define FS_REMOVE_FILE (UINT64_C(1) << 5)
#define FS_MAKE_REG (UINT64_C(1) << 8)
#define FS_TRUNCATE (UINT64_C(1) << 14)
#define FS_IOCTL_DEV (UINT64_C(1) << 15)
/* All that the first version knows, and what each later one adds. */
#define FS_FIRST ((UINT64_C(1) << 13) - 1)
#define FS_REFER (UINT64_C(1) << 13)
#define NET_ALL UINT64_C(3)	/* bind and connect by TCP */
#define SCOPE_ALL UINT64_C(3)	/* abstract sockets and signals */

struct ruleset_attr {
	uint64_t fs, net, scoped;
};

struct path_attr {
	uint64_t allowed;
	int32_t fd;
} __attribute__((packed));

/* What a kernel of this version can take away. */
static struct ruleset_attr
all_of(int version)
{
	struct ruleset_attr a = {FS_FIRST, 0, 0};

	a.fs |= version >= 2 ? FS_REFER : 0;
	a.fs |= version >= 3 ? FS_TRUNCATE : 0;
	a.fs |= version >= 5 ? FS_IOCTL_DEV : 0;
	a.net = version >= 4 ? NET_ALL : 0;
	a.scoped = version >= 6 ? SCOPE_ALL : 0;
	return a;
}

static uint64_t
rights_of(enum sandbox_right right)
{
	switch (right) {
	case SANDBOX_WRITE:
		return FS_READ_FILE | FS_READ_DIR | FS_WRITE_FILE |
		    FS_TRUNCATE | FS_MAKE_REG | FS_REMOVE_FILE;
	case SANDBOX_DEVICE:
		return FS_READ_FILE | FS_WRITE_FILE | FS_IOCTL_DEV;
	case SANDBOX_READ:
	default:
		return FS_READ_FILE | FS_READ_DIR;
	}
}

/*
 * What is not there, or cannot be named in a rule such as a pipe, is passed
 * over: less is allowed then, never more.
 */
static void
allow(int ruleset, const struct ruleset_attr *all,
    const struct sandbox_path *p)
{
	const uint64_t of_a_file = FS_READ_FILE | FS_WRITE_FILE |
	    FS_TRUNCATE | FS_IOCTL_DEV;
	const int fd = open(p->path, O_PATH | O_CLOEXEC);
	struct path_attr rule = {rights_of(p->right) & all->fs, fd};
	struct stat st;

	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && !S_ISDIR(st.st_mode))
		rule.allowed &= of_a_file;
	(void)syscall(SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH,
	    &rule, 0u);
	(void)close(fd);
}

/* Only folders can be written in; a file named for it gives nothing. */
static bool
makes_sense(const struct sandbox_path *p)
{
	struct stat st;

	return p->path != NULL && (p->right != SANDBOX_WRITE ||
	    (stat(p->path, &st) == 0 && S_ISDIR(st.st_mode)));
}

enum rc
sandbox_files(const struct sandbox_path *paths, size_t n,
    struct sandbox_state *st, struct err *e)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
	    VERSION_FLAG);
	struct ruleset_attr all;
	enum rc rc = RC_OK;
	int fd;

	if (version < 1) {
		st->no_files = "this kernel has no Landlock, or does not use "
		    "it";
		return RC_OK;
	}
	all = all_of((int)version);
	fd = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof(all), 0u);
	if (fd < 0)
		return err_sys(e, errno, "cannot give up files");
	for (size_t i = 0; i < n; i++)
		if (makes_sense(&paths[i]))
			allow(fd, &all, &paths[i]);
	if (syscall(SYS_landlock_restrict_self, fd, 0u) == 0)
		st->files = (int)version;
	else
		rc = err_sys(e, errno, "cannot give up files");
	(void)close(fd);
	return rc;
}
