/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The page "Plan" of a case: the safety plan, its actions, the support offered.
 */
#include "config.h"

#include <stdio.h>

#include "tui/casepages.h"
#include "tui/recordpane.h"

static const char *const kinds[] = {
	"plan",
	"action",
	"action-outcome",
	"support",
	"close",
	"reopen",
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
		    "No plan yet. a writes a safety plan, made with the young "
		    "person.");
	(void)snprintf(k->title, sizeof(k->title), "Plan (%zu)", n);
}

static const struct recordpane_type type = {
	.name = "plan", .context = CONTEXT_PAGE, .topic = "writing",
	.adds = "plan", .fill = fill,
};

struct pane *
planpage_new(struct casework *w, const struct case_host *host)
{
	return recordpane_new(&type, w, host);
}
