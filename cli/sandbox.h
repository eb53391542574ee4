/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The cage: what the process gives up for good before it looks at anything
 * that somebody else may have made.  Landlock leaves it the files that it is
 * told of and no others; a filter of system calls refuses it sockets, other
 * programs, other processes, the kernel's own doors and typing into a
 * terminal.  Neither can be taken back.  Knows no commands and no stores.
 *
 *	refused with EPERM	sockets, exec, fork, clone but of a thread,
 *				ptrace and reading another's memory, signals to
 *				others, bpf, perf, keys, mounts, namespaces,
 *				io_uring, links and symbolic links, devices,
 *				kernel modules, kexec, handles of files, files
 *				in memory, the clock; ioctl TIOCSTI, TIOCLINUX,
 *				TIOCSETD and TIOCCONS; prctl that would let
 *				itself be traced again
 *	told to be absent	clone3 (libc then uses clone, whose flags a
 *				filter can see)
 *	the end			system calls of another architecture
 *
 * Hard links are refused although a file system without RENAME_NOREPLACE
 * would want one: file_publish() does without.
 */
#ifndef HEARKEN_CLI_SANDBOX_H
#define HEARKEN_CLI_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"

enum sandbox_right {
	SANDBOX_READ,		/* a file, or all files under a folder */
	SANDBOX_WRITE,		/* a folder: files in it made, changed, removed */
	SANDBOX_DEVICE		/* a device: read, written, controlled */
};

struct sandbox_path {
	const char *path;
	enum sandbox_right right;
};

struct sandbox_state {
	bool calls;		/* the filter of system calls is in force */
	int files;		/* Landlock's version in force; 0: it is not */
	const char *no_calls;	/* why not; NULL when in force */
	const char *no_files;
};

/*
 * Enters for good.  Paths that are not there are passed over; what the
 * locale, the terminal, the time zone and fonts need is added.  The process has
 * given up new privileges and has one thread.  Where the kernel, or a build
 * with a sanitizer, cannot, the state says so and it goes on: RC_SYSTEM only
 * when the kernel can and will not.  A second time does nothing.
 */
NODISCARD enum rc sandbox_enter(const struct sandbox_path *paths, size_t n,
    struct err *e);

const struct sandbox_state *sandbox_state(void);

/*
 * RC_OK if a file may be made at path as far as the cage goes, else
 * RC_REFUSED with a message that names the option --folder.
 */
NODISCARD enum rc sandbox_may_write(const char *path, struct err *e);

#endif
