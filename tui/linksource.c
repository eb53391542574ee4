/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The link review of the session's store: the cases are read and compared
 * once, and again after what is signed.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/rights.h"
#include "core/xalloc.h"
#include "db/sessions.h"
#include "db/watch.h"
#include "exchange/linkfiles.h"
#include "tui/app.h"
#include "tui/casescreen.h"
#include "tui/collation.h"
#include "tui/linkscreen.h"
#include "tui/session.h"

#define DRAFT "links"

struct linkdesk {
	struct session *s;
	struct app *app;	/* while it reads */
	struct link_names *names;
	struct link_model *model;
	struct linkage linkage;
	bool noted;		/* that these cases were looked at */
	struct case_id beside[2];	/* the two that stand side by side */
	size_t nbeside;
};

/* A screen that outlives the store by a moment (a lock) does nothing. */
static enum rc
want_store(struct session *s, struct store **out, struct err *e)
{
	*out = session_store(s);
	if (*out != NULL)
		return RC_OK;
	return err_set(e, RC_REFUSED, "The store is locked. Unlock it first.");
}

/* ---- reading ---- */

static enum rc
want_files(struct linkdesk *d, struct err *e)
{
	const char *content = session_content_dir(d->s);
	enum rc rc = RC_OK;

	if (d->names == NULL)
		rc = link_files_names(content, &d->names, e);
	if (rc == RC_OK && d->model == NULL)
		rc = link_files_model(content, NULL, &d->model, e);
	return rc;
}

static bool
tell_progress(uint64_t done, uint64_t all, void *ctx)
{
	struct linkdesk *d = ctx;

	return app_progress(d->app, "Comparing the cases", (size_t)done,
	    (size_t)all);
}

static uint64_t
asked(const struct linkage *l)
{
	uint64_t n = 0;

	for (size_t i = 0; i < l->result.npairs; i++)
		n += l->result.pairs[i].verdict == LINK_ASK;
	return n;
}

/* Once a screen: the names of children stand in it. */
static enum rc
note_look(struct linkdesk *d, struct store *st, struct err *e)
{
	struct look_note note = {.what = LOOK_LIST, .words = "the link review",
	    .count = asked(&d->linkage)};
	enum rc rc = d->noted ? RC_OK : store_look(st, &note, e);

	d->noted |= rc == RC_OK;
	return rc;
}

static enum rc
read_store(void *ctx, struct app *app, const struct linkage **l,
    const struct link_model **m, struct err *e)
{
	struct linkdesk *d = ctx;
	struct store *st;
	enum rc rc = want_store(d->s, &st, e);

	linkage_release(&d->linkage);
	if (rc == RC_OK)
		rc = want_files(d, e);
	d->app = app;
	if (rc == RC_OK)
		rc = store_linkage(st, d->names, tell_progress, d,
		    &d->linkage, e);
	if (rc != RC_OK)
		return rc;
	linkage_run(&d->linkage, d->model);
	rc = note_look(d, st, e);
	*l = &d->linkage;
	*m = d->model;
	return rc;
}

/* ---- signing ---- */

static enum rc
decide_store(void *ctx, const struct link_choice *choices, size_t n,
    struct err *e)
{
	struct linkdesk *d = ctx;
	struct store *st;
	enum rc rc = want_store(d->s, &st, e);

	return rc != RC_OK ? rc : store_link_decide_all(st, &d->linkage,
	    choices, n, d->model, e);
}

static enum rc
automatic_store(void *ctx, size_t *n, struct err *e)
{
	struct linkdesk *d = ctx;
	struct store *st;
	enum rc rc = want_store(d->s, &st, e);

	*n = 0;
	return rc != RC_OK ? rc : store_link_auto(st, &d->linkage, d->model,
	    n, e);
}

static enum rc
split_store(void *ctx, const struct link_split *k, struct err *e)
{
	struct linkdesk *d = ctx;
	struct store *st;
	enum rc rc = want_store(d->s, &st, e);

	return rc != RC_OK ? rc : store_link_split(st, &d->linkage, k->part,
	    k->npart, k->rest, k->nrest, k->reason, e);
}

/* ---- what is kept, who may ---- */

static enum rc
save_draft(void *ctx, const char *text, struct err *e)
{
	return session_draft_save(((struct linkdesk *)ctx)->s, DRAFT, text, e);
}

static enum rc
load_draft(void *ctx, char **text, struct err *e)
{
	return session_draft_load(((struct linkdesk *)ctx)->s, DRAFT, text, e);
}

/* ---- the two cases ---- */

static bool
words_of_two(void *ctx, const struct case_id *id, struct str *out)
{
	const struct linkdesk *d = ctx;

	str_add_fmt(out, "%d of 2 for the link review",
	    case_id_equal(id, &d->beside[0]) ? 1 : 2);
	return true;
}

/* The other one, beside it or behind its tab. */
static void
other_of_two(void *ctx, struct app *app)
{
	struct pane *both = app_top(app);
	size_t at;

	(void)ctx;
	if (both == NULL || strcmp(both->ops->name, LINK_TWO_CASES) != 0)
		return;
	(void)group_focus(both, &at);
	group_set_focus(both, 1 - at);
}

static const char *
reference_of(const struct pane *p)
{
	struct status st = {.reference = NULL};

	pane_status(p, &st);
	return st.reference != NULL ? st.reference : "case";
}

/*
 * Its place is one deeper than the review's, as that of a queue's case, and
 * it is called by its reference, for there are two.
 */
static struct pane *
beside_store(void *ctx, const struct case_id *id, struct err *e)
{
	static struct pane_ops named;
	struct linkdesk *d = ctx;
	const struct case_queue hook = {d, words_of_two, other_of_two};
	struct pane *p = case_screen_new(d->s, id, e);

	if (p == NULL)
		return NULL;
	d->beside[d->nbeside++ % 2] = *id;
	case_screen_queue(p, &hook);
	named = *p->ops;
	named.title = reference_of;
	p->ops = &named;
	return p;
}

static bool
may_store(void *ctx)
{
	return session_may_write(((struct linkdesk *)ctx)->s, "same-child");
}

static const char *
person_store(void *ctx, const struct author_id *who)
{
	struct store *st = session_store(((struct linkdesk *)ctx)->s);

	return st != NULL ? roster_name(store_roster(st), who) : "";
}

static void
destroy_desk(void *ctx)
{
	struct linkdesk *d = ctx;

	linkage_release(&d->linkage);
	link_model_free(d->model);
	link_names_free(d->names);
	free(d);
}

static const struct link_source_ops store_ops = {
	.read = read_store,
	.decide = decide_store,
	.automatic = automatic_store,
	.split = split_store,
	.draft_save = save_draft,
	.draft_load = load_draft,
	.beside = beside_store,
	.may_decide = may_store,
	.person = person_store,
	.destroy = destroy_desk,
};

/* ---- the screen ---- */

static void
moved(void *ctx, bool children, size_t at)
{
	struct linkdesk *d = ctx;
	struct place here = {.type = PLACE_LINKS,
	    .text = children ? "children" : NULL, .at = at};

	session_at(d->s, 1, &here);
}

struct pane *
link_screen_at(struct session *s, const struct place *p, struct err *e)
{
	struct linkscreen_opts o = {.children = p->text != NULL, .at = p->at,
	    .moved = moved};
	struct linkdesk *d;
	struct store *st;

	if (want_store(s, &st, e) != RC_OK ||
	    store_need_live(st, "linking cases", e) != RC_OK ||
	    right_check(store_role(st), RIGHT_READ, e) != RC_OK)
		return NULL;
	d = xcalloc(1, sizeof(*d));
	d->s = s;
	o.source = (struct link_source){&store_ops, d};
	o.ctx = d;
	return linkscreen_new(&o);
}

struct pane *
link_screen_new(struct session *s, struct err *e)
{
	static const struct place first = {.type = PLACE_LINKS};

	return link_screen_at(s, &first, e);
}
