/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Signing what is pending in a case, and what is shown right after.
 */
#include "config.h"

#include "tui/casescreen_impl.h"

#include <string.h>

#include "tui/app.h"
#include "tui/checklist.h"
#include "tui/judge.h"
#include "tui/referral.h"
#include "tui/sharingbundles.h"
#include "tui/signscreen.h"
#include "tui/tick.h"

static void
go_to_pending(struct casescreen *s, size_t i)
{
	unsigned item = tick_item(&s->w, i);

	if (item == NO_ITEM) {
		group_set_focus(s->group, PANE_NOTES);
		return;
	}
	group_set_focus(s->group, PANE_CHECKLIST);
	checklist_go(s->panes[PANE_CHECKLIST], item);
}

static void
tell_incomplete(struct casescreen *s, struct app *app, size_t i)
{
	unsigned item = tick_item(&s->w, i);
	struct err e;

	go_to_pending(s, i);
	if (pending_check(&s->w.pending, i, &e) == RC_OK)
		return;
	app_warn(app, "Not signed. %s is not complete. %s. Enter goes on "
	    "with it.", item != NO_ITEM ? s->w.door.in->items[item].label :
	    kind_find(s->w.pending.list[i].draft.kind)->label, e.text);
}

static void
sign_now(void *ctx, struct app *app)
{
	struct casescreen *s = ctx;
	size_t n = s->w.pending.n, at;
	bool referral = pending_about(&s->w.pending, "referral", NULL) < n;
	struct str words;
	struct err e;
	bool waits;

	if (casework_sign(&s->w, &at, &e) != RC_OK) {
		app_error(app, &e);
		return;
	}
	s->show_referral = referral;
	str_init(&words);
	waits = sharing_waits(&s->w, &words);
	app_say(app, "Signed: %zu %s.%s%s", n, n == 1 ? "entry" : "entries",
	    waits ? " " : "", words.s);
	str_release(&words);
}

void
case_sign(struct casescreen *s, struct app *app)
{
	size_t i;
	struct err e;

	if (s->w.pending.n == 0) {
		app_say(app, "Nothing waits to be signed.");
		return;
	}
	i = pending_incomplete(&s->w.pending);
	if (i < s->w.pending.n) {
		tell_incomplete(s, app, i);
		return;
	}
	if (judge_bring_up_to_date(&s->w, &e) != RC_OK) {
		app_error(app, &e);
		return;
	}
	referral_bring_up_to_date(&s->w);
	app_push(app, sign_screen_new(&s->w, sign_now, s));
}

void
case_show_referral(struct casescreen *s, struct app *app)
{
	size_t i;

	s->show_referral = false;
	for (i = s->w.now.nrecords; i-- > 0;) {
		const struct record *r = s->w.now.records[i];

		if (strcmp(r->entry.kind, "referral") == 0) {
			app_push(app, entry_screen_new(&s->w, &s->forms,
			    &r->entry.id));
			app_say(app, "Signed. Its deadlines stand first. %s",
			    strcmp(record_text(r, "service"), "nrm") == 0 ?
			    "Press a: its own form comes next." :
			    "Send it, then press a to note that it was "
			    "sent.");
			return;
		}
	}
}
