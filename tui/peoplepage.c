/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The page "People" of a case: the young person and those around them.
 */
#include "config.h"

#include <stdio.h>

#include "tui/casepages.h"
#include "tui/recordpane.h"

static const char *const kinds[] = {
	"identity",
	"associate",
	"address",
	"person-of-concern",
	"model",
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
		    "Nobody is written down yet. a: family or an associate. i: the young "
		    "person. A: anything else.");
	(void)snprintf(k->title, sizeof(k->title), "People (%zu)", n);
}

static const struct recordpane_type type = {
	.name = "people", .context = CONTEXT_PAGE, .topic = "writing",
	.adds = "associate", .fill = fill,
};

struct pane *
peoplepage_new(struct casework *w, const struct case_host *host)
{
	return recordpane_new(&type, w, host);
}
