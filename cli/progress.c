/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/progress.h"

#include <stdio.h>

#include "cli/print.h"

static volatile sig_atomic_t stop;

static void
note_stop(int sig)
{
	(void)sig;
	stop = 1;
}

void
progress_begin(struct progress *p, const char *doing)
{
	const struct sigaction note = {.sa_handler = note_stop};

	p->doing = doing;
	p->shown = 101;
	stop = 0;
	(void)sigaction(SIGINT, NULL, &p->before);
	if (p->before.sa_handler != SIG_IGN)
		(void)sigaction(SIGINT, &note, NULL);
}

bool
progress_tell(uint64_t done, uint64_t all, void *ctx)
{
	struct progress *p = ctx;
	unsigned percent = all != 0 ? (unsigned)(done * 100 / all) : 100;
	char text[64];

	if (percent != p->shown) {
		(void)snprintf(text, sizeof(text), "%s %u %%", p->doing,
		    percent);
		tell_status(text);
	}
	p->shown = percent;
	return stop == 0;
}

void
progress_end(struct progress *p)
{
	tell_status("");
	(void)sigaction(SIGINT, &p->before, NULL);
}
