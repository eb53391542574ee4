/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The page "Referrals" of a case: referrals and what became of them.
 */
#include "config.h"

#include <stdio.h>

#include "tui/casepages.h"
#include "tui/recordpane.h"

static const char *const kinds[] = {
	"referral",
	"referral-step",
	"nrm",
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
		    "No referral yet. a writes one from the ticks.");
	(void)snprintf(k->title, sizeof(k->title), "Referrals (%zu)", n);
}

static const struct recordpane_type type = {
	.name = "referrals", .context = CONTEXT_PAGE, .topic = "writing",
	.adds = "referral", .fill = fill,
};

struct pane *
referralspage_new(struct casework *w, const struct case_host *host)
{
	return recordpane_new(&type, w, host);
}
