/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How far long work has come, in percent, and ^C as a wish to stop: what is
 * under way is then left as it was, instead of being cut off.
 */
#ifndef HEARKEN_CLI_PROGRESS_H
#define HEARKEN_CLI_PROGRESS_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

struct progress {
	const char *doing;	/* "Writing the backup" */
	unsigned shown;
	struct sigaction before;
};

/* One at a time; doing is borrowed. */
void progress_begin(struct progress *p, const char *doing);
/* A store_progress_fn; ctx is the progress. */
bool progress_tell(uint64_t done, uint64_t all, void *ctx);
void progress_end(struct progress *p);

#endif
