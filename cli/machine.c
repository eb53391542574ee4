/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/machine.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "cli/print.h"
#include "cli/sandbox.h"

enum swap { SWAP_UNKNOWN, SWAP_NONE, SWAP_SAFE, SWAP_OPEN };

/* True if the device mapper says that it encrypts: "/dev/dm-0". */
static bool
is_encrypted(const char *device)
{
	char real[PATH_MAX], path[PATH_MAX + 32], uuid[8] = "";
	const char *name;
	FILE *f;

	if (realpath(device, real) == NULL)
		return false;
	name = strrchr(real, '/');
	(void)snprintf(path, sizeof(path), "/sys/block%s/dm/uuid",
	    name != NULL ? name : "");
	f = fopen(path, "re");
	if (f == NULL)
		return false;
	(void)!fgets(uuid, sizeof(uuid), f);
	(void)fclose(f);
	return strncmp(uuid, "CRYPT-", 6) == 0;
}

/* A swap in compressed memory never reaches a disk. */
static bool
is_safe(const char *device)
{
	return strncmp(device, "/dev/zram", 9) == 0 || is_encrypted(device);
}

static enum swap
look_at_swap(void)
{
	char line[PATH_MAX + 128];
	enum swap found = SWAP_NONE;
	FILE *f = fopen("/proc/swaps", "re");

	if (f == NULL)
		return SWAP_UNKNOWN;
	/* The first line is the heading. */
	(void)!fgets(line, sizeof(line), f);
	while (found != SWAP_OPEN && fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, " \t\n")] = '\0';
		found = is_safe(line) ? SWAP_SAFE : SWAP_OPEN;
	}
	(void)fclose(f);
	return found;
}

static void
say_swap(enum swap found)
{
	static const char *const words[] = {
		[SWAP_UNKNOWN] = "it could not be looked at",
		[SWAP_NONE] = "none",
		[SWAP_SAFE] = "encrypted, or in memory only",
		[SWAP_OPEN] = "WARNING: in use and not encrypted; what is read "
		    "can reach the disk in clear. Turn it off or encrypt it"
	};

	say("swap: %s\n", words[found]);
}

static void
say_lock_limit(void)
{
	struct rlimit r;

	if (getrlimit(RLIMIT_MEMLOCK, &r) != 0)
		say("locked memory: unknown\n");
	else if (r.rlim_cur == RLIM_INFINITY)
		say("locked memory: no limit\n");
	else
		say("locked memory: up to %ju KiB\n",
		    (uintmax_t)r.rlim_cur / 1024);
}

static void
say_cage(const struct sandbox_state *st)
{
	if (st->calls)
		say("system calls: filtered (seccomp)\n");
	else
		say("system calls: not filtered: %s\n", st->no_calls);
	if (st->files != 0)
		say("files: fenced in (Landlock, version %d)\n", st->files);
	else
		say("files: not fenced in: %s\n", st->no_files);
}

enum rc
machine_say(struct err *e)
{
	enum swap swap = look_at_swap();
	enum rc rc = sandbox_enter(NULL, 0, e);

	if (rc != RC_OK)
		return rc;
	say_cage(sandbox_state());
	say_lock_limit();
	say_swap(swap);
	return RC_OK;
}
