/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/leavedoor.h"

#include <stdlib.h>
#include <string.h>

#include "core/rights.h"
#include "core/xalloc.h"
#include "db/sessions.h"
#include "tui/app.h"
#include "tui/packscreen.h"

/* Goes with the form. */
struct leavedoor {
	struct session *s;
	const struct casework *w;
	struct entry_id at;	/* of the third item */
};

enum { TAKE_CASE, TAKE_CHRONOLOGY, TAKE_ENTRY, TAKE_ITEMS };

/* What is made by one of those below, and to be shut and written. */
struct parcel {
	const struct case_id *case_id;	/* NULL: of no case in particular */
	const char *what;		/* "this screen" */
	const char *member;		/* "screen.pdf" */
	const struct str *bytes;
};

/* "22 November 2026 at 14:05 by A. Example: why", as paper's `made`. */
static void
made_words(const struct session *s, const char *reason, struct str *out)
{
	leave_made(out, session_user(s), session_now(s), reason);
}

/* What a form asked for, and where it finds what it is told then. */
struct letting {
	struct session *s;
	const struct leave_answer *a;
	struct secret *password;
	struct str *unknown;
};

static enum rc
let(const struct letting *t, const struct parcel *m, struct err *e)
{
	struct archive_member member = {m->member, m->bytes->s,
	    m->bytes->len};
	struct leaving l = {
		.case_id = m->case_id, .what = m->what, .reason = t->a->reason,
		.path = t->a->path, .now = session_now(t->s),
	};
	enum rc rc = RC_OK;

	if (session_store(t->s) == NULL)
		return err_set(e, RC_REFUSED, "The store is locked. Unlock it "
		    "and try again.");
	if (t->a->sealed) {
		secret_release(t->password);
		rc = leaving_password(session_rng(t->s), t->password, e);
		l.password = t->password;
	}
	if (rc == RC_OK)
		rc = leave(session_store(t->s), &l, &member, 1, e);
	if (rc != RC_OK)
		secret_release(t->password);
	return rc;
}

/* A paper, as text or pages. */
static enum rc
let_paper(const struct letting *t, struct parcel *m, const struct paper *p,
    struct err *e)
{
	struct str bytes;
	enum rc rc;

	str_init(&bytes);
	rc = leave_paper(p, t->a->format, session_now(t->s), &bytes,
	    t->unknown, e);
	m->bytes = &bytes;
	if (rc == RC_OK)
		rc = let(t, m, e);
	str_release(&bytes);
	m->bytes = NULL;
	return rc;
}

/* Told when not. */
static bool
may_take_out(const struct session *s, struct app *app)
{
	struct err e;

	if (session_store(s) == NULL)
		return false;
	if (right_check(store_role(session_store(s)), RIGHT_EXPORT, &e) ==
	    RC_OK)
		return true;
	app_error(app, &e);
	return false;
}

/* ---- of one case ---- */

static enum rc
let_order(const struct letting *t, const struct leavedoor *d,
    const struct leave_order *o, struct err *e)
{
	const struct reading g = {&d->w->signed_, d->w->door.roster,
	    d->w->door.in};
	struct str words, name, bytes;
	struct parcel m = {.case_id = &d->w->id};
	enum rc rc;

	str_init(&words);
	str_init(&name);
	str_init(&bytes);
	leave_words(o, &words);
	leave_name(o, &name);
	rc = leave_bytes(session_store(d->s), &g, o, &bytes, t->unknown, e);
	m.what = words.s;
	m.member = name.s;
	m.bytes = &bytes;
	if (rc == RC_OK)
		rc = let(t, &m, e);
	str_release(&words);
	str_release(&name);
	str_release(&bytes);
	return rc;
}

static enum rc
door_leave(void *ctx, const struct leave_answer *a, struct secret *password,
    struct str *unknown, struct err *e)
{
	static const enum leave_what what[TAKE_ITEMS] = {
		LEAVE_CASE, LEAVE_CHRONOLOGY, LEAVE_ENTRY
	};
	const struct leavedoor *d = ctx;
	const struct letting t = {d->s, a, password, unknown};
	struct leave_order o = {.what = what[a->item], .format = a->format,
	    .now = session_now(d->s)};
	struct str made;
	enum rc rc;

	if (session_store(d->s) == NULL)
		return err_set(e, RC_REFUSED, "The store is locked. Unlock it "
		    "and try again.");
	if (o.what == LEAVE_ENTRY)
		o.record = casefile_find(&d->w->signed_, &d->at);
	if (o.what == LEAVE_ENTRY && o.record == NULL)
		return err_set(e, RC_NOTFOUND, "That entry is not signed, or "
		    "is gone. Choose it again.");
	str_init(&made);
	made_words(d->s, a->reason, &made);
	o.made = made.s;
	rc = let_order(&t, d, &o, e);
	str_release(&made);
	return rc;
}

static enum rc
door_may_make(void *ctx, const char *path, struct err *e)
{
	return session_may_make(((struct leavedoor *)ctx)->s, path, e);
}

/* ---- subject access ---- */

/* Goes with the form of a pack; what it names outlives the form. */
struct packing {
	struct session *s;
	const struct casework *w;
	const struct access_pack *pack;
	const struct reading *g;
};

static enum rc
pack_leave(void *ctx, const struct leave_answer *a, struct secret *password,
    struct str *unknown, struct err *e)
{
	const struct packing *k = ctx;
	const struct letting t = {k->s, a, password, unknown};
	struct parcel m = {.case_id = &k->w->id,
	    .what = "a subject access pack",
	    .member = a->format == LEAVE_PDF ? "file.pdf" : "file.txt"};
	struct paper paper;
	struct str made;
	enum rc rc;

	str_init(&made);
	made_words(k->s, a->reason, &made);
	access_pack_paper(k->pack, k->g, made.s, &paper);
	rc = let_paper(&t, &m, &paper, e);
	paper_release(&paper);
	str_release(&made);
	return rc;
}

static enum rc
pack_may_make(void *ctx, const char *path, struct err *e)
{
	return session_may_make(((struct packing *)ctx)->s, path, e);
}

struct pack_door {
	struct session *s;
	const struct casework *w;
};

static void
pack_out(void *ctx, struct app *app, const struct access_pack *pack,
    const struct reading *g)
{
	static const struct leave_item item = {
		"a subject access pack", "file", true
	};
	const struct pack_door *d = ctx;
	struct packing *k = xcalloc(1, sizeof(*k));
	struct leaveform_opts o = {
		.reference = d->w->signed_.reference, .items = &item,
		.nitems = 1, .ctx = k, .may_make = pack_may_make,
		.leave = pack_leave, .destroy = free,
	};

	*k = (struct packing){d->s, d->w, pack, g};
	leaveform_open(app, &o);
}

void
leavedoor_pack(struct session *s, struct app *app, const struct casework *w)
{
	struct packscreen_opts o = {.w = w, .leave = pack_out,
	    .destroy = free};
	struct pack_door *d;

	if (!may_take_out(s, app))
		return;
	d = xcalloc(1, sizeof(*d));
	*d = (struct pack_door){s, w};
	o.ctx = d;
	app_push(app, packscreen_new(&o));
}

/* ---- a screen ---- */

/* Goes with the form. */
struct printing {
	struct session *s;
	struct str rows;
	char *place;		/* owned: "Case K-0142: People" */
	char *reference;
	bool of_case;
	struct case_id case_id;
};

static void
printing_free(void *ctx)
{
	struct printing *k = ctx;

	str_release(&k->rows);
	free(k->place);
	free(k->reference);
	free(k);
}

static enum rc
screen_may_make(void *ctx, const char *path, struct err *e)
{
	return session_may_make(((struct printing *)ctx)->s, path, e);
}

static enum rc
screen_leave(void *ctx, const struct leave_answer *a,
    struct secret *password, struct str *unknown, struct err *e)
{
	const struct printing *k = ctx;
	const struct letting t = {k->s, a, password, unknown};
	struct parcel m = {
		.case_id = k->of_case ? &k->case_id : NULL,
		.member = a->format == LEAVE_PDF ? "screen.pdf" :
		    "screen.txt"
	};
	struct str made, what;
	struct paper paper;
	enum rc rc;

	str_init(&made);
	str_init(&what);
	str_add_fmt(&what, "a screen, %s", k->place);
	made_words(k->s, a->reason, &made);
	paper_init(&paper, k->place, k->reference,
	    store_training(session_store(k->s)) ? PAPER_TRAINING : NULL,
	    made.s);
	paper_add(&paper, PAPER_FIXED, k->rows.s);
	m.what = what.s;
	rc = let_paper(&t, &m, &paper, e);
	paper_release(&paper);
	str_release(&made);
	str_release(&what);
	return rc;
}

/* As it is drawn, without message, prompt and hints. */
static void
take_rows(const struct app *app, struct str *out)
{
	const struct cellbuf *now = app_picture(app);
	struct cellbuf b;
	struct view v;

	cellbuf_init(&b, now->w, now->h > 2 ? now->h - 2 : now->h);
	v = view_of(&b);
	pane_draw(app_top(app), &v, false);
	cellbuf_rows(&b, out);
	cellbuf_release(&b);
}

void
leavedoor_screen(struct session *s, struct app *app)
{
	static const struct leave_item item = {"this screen", "screen", true};
	struct status st;
	struct printing *k;
	struct leaveform_opts o = {
		.items = &item, .nitems = 1, .may_make = screen_may_make,
		.leave = screen_leave, .destroy = printing_free,
	};

	if (!may_take_out(s, app))
		return;
	memset(&st, 0, sizeof(st));
	app_status(app, &st);
	k = xcalloc(1, sizeof(*k));
	k->s = s;
	k->place = xstrdup(st.place[0] != '\0' ? st.place : "Screen");
	k->reference = xstrdup(st.reference != NULL ? st.reference :
	    "screen");
	k->of_case = st.case_id != NULL;
	if (k->of_case)
		k->case_id = *st.case_id;
	str_init(&k->rows);
	take_rows(app, &k->rows);
	o.ctx = k;
	o.reference = k->reference;
	leaveform_open(app, &o);
}

/* ---- asking ---- */

static void
open_form(struct leavedoor *d, struct app *app, const struct record *at)
{
	struct leave_item items[TAKE_ITEMS] = {
		{"The whole case", "case", false},
		{"The chronology", "chronology", false},
	};
	struct leaveform_opts o = {
		.reference = d->w->signed_.reference, .items = items,
		.nitems = TAKE_ENTRY, .ctx = d, .may_make = door_may_make,
		.leave = door_leave, .destroy = free,
	};
	struct str label, remark;

	str_init(&label);
	str_init(&remark);
	if (at != NULL) {
		record_title(at, NULL, &label);
		str_add(&label, " alone, with what belongs to it");
		items[o.nitems++] = (struct leave_item){label.s, "entry",
		    false};
		d->at = at->entry.id;
	}
	if (d->w->pending.n > 0) {
		str_add_fmt(&remark, "%zu not signed: not in it.",
		    d->w->pending.n);
		o.remark = remark.s;
	}
	leaveform_open(app, &o);
	str_release(&label);
	str_release(&remark);
}

void
leavedoor_open(struct session *s, struct app *app, const struct casework *w,
    const struct record *at)
{
	const struct record *signed_ = at != NULL ?
	    casefile_find(&w->signed_, &at->entry.id) : NULL;
	struct leavedoor *d;

	if (!may_take_out(s, app))
		return;
	d = xcalloc(1, sizeof(*d));
	d->s = s;
	d->w = w;
	open_form(d, app, signed_);
}
