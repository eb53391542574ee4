/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/notespane.h"

#include <stdio.h>
#include <string.h>

#include "core/chase.h"
#include "tui/entrylink.h"
#include "tui/entrywords.h"
#include "tui/recordpane.h"

/* A signed referral goes nowhere by itself. */
static void
add_unsent(struct recordpane *k, const struct record *r)
{
	struct line_look look = {.indent = 4, .style = STYLE_WARNING,
	    .lead = "!", .lead_style = STYLE_WARNING};
	const char *next;

	if (strcmp(r->entry.kind, "referral") != 0 || !record_stands(r) ||
	    casework_is_pending(k->w, r) ||
	    referral_state(&k->w->now, r, NULL) != REFERRAL_WRITTEN)
		return;
	next = link_next(&k->w->now, r);
	lines_add(&k->lines, &look, next != NULL && strcmp(next, "nrm") == 0 ?
	    "Not noted as sent. Press a here: its own form, then each step." :
	    "Not noted as sent. Send it, then press a here.");
}

static void
fill(struct recordpane *k)
{
	const struct casefile *now = &k->w->now;
	size_t n = 0;

	recordpane_unfinished(k, NULL);
	for (size_t i = now->nrecords; i-- > 0;) {
		const struct record *r = now->records[i];

		if (strcmp(r->entry.kind, "observation") == 0)
			continue;
		recordpane_record(k, r);
		n++;
	}
	lines_free_text(&k->lines);
	if (k->nrows == 0)
		lines_plain(&k->lines, STYLE_DIM, "Nothing written yet. a: a "
		    "note. w: the child's own words. r: a referral. A: "
		    "anything else.");
	(void)snprintf(k->title, sizeof(k->title), "Notes and referrals (%zu)",
	    n);
}

static const struct recordpane_type notes = {
	.name = "notes", .context = CONTEXT_NOTES, .topic = "notes",
	.fill = fill, .remark = add_unsent,
};

struct pane *
notespane_new(struct casework *w, const struct case_host *host)
{
	return recordpane_new(&notes, w, host);
}
