/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The real world for struct host: the machine's clocks and randomness, the
 * cost of the key, and where content and help are.
 */
#ifndef HEARKEN_CLI_HOST_H
#define HEARKEN_CLI_HOST_H

#include "cli/command.h"

/* Paths live as long as the process. */
void host_init(struct host *h);

/* Options for the store from the host. */
struct store_opts host_store_opts(const struct host *h);

/* Returns owned "content_dir/folder/name". */
char *host_content_path(const struct host *h, const char *folder,
    const char *name);

#endif
