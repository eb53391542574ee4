/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The page "Sharing" of a case: what was shared and why, consent, restrictions.
 */
#include "config.h"

#include <stdio.h>

#include "tui/casepages.h"
#include "tui/recordpane.h"

static const char *const kinds[] = {
	"sharing",
	"consent",
	"restrict",
	NULL
};

static void
fill(struct recordpane *k)
{
	size_t n;

	recordpane_unfinished(k, kinds);
	n = recordpane_kinds(k, kinds);
	if (k->nrows == 0)
		lines_plain(&k->lines, STYLE_DIM,
		    "No sharing decision yet. a writes one; a decision not to "
		    "share, too.");
	(void)snprintf(k->title, sizeof(k->title), "Sharing (%zu)", n);
}

static const struct recordpane_type type = {
	.name = "sharing", .context = CONTEXT_PAGE, .topic = "writing",
	.adds = "sharing", .fill = fill,
};

struct pane *
sharingpage_new(struct casework *w, const struct case_host *host)
{
	return recordpane_new(&type, w, host);
}
