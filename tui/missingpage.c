/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The page "Missing" of a case: missing episodes, returns and the talks after them.
 */
#include "config.h"

#include <stdio.h>

#include "tui/casepages.h"
#include "tui/recordpane.h"

static const char *const kinds[] = {
	"missing",
	"located",
	"interview",
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
		    "No missing episode is written down. a writes one.");
	(void)snprintf(k->title, sizeof(k->title), "Missing (%zu)", n);
}

static const struct recordpane_type type = {
	.name = "missing", .context = CONTEXT_PAGE, .topic = "writing",
	.adds = "missing", .fill = fill,
};

struct pane *
missingpage_new(struct casework *w, const struct case_host *host)
{
	return recordpane_new(&type, w, host);
}
