/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The linked children, and how a mistaken link is split.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "db/watch.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/linkscreen_impl.h"
#include "tui/words.h"

/* ---- rows ---- */

static int
by_child(const void *a, const void *b)
{
	const struct linkrow *x = a, *y = b;

	if (x->child != y->child)
		return x->child < y->child ? -1 : 1;
	return x->record < y->record ? -1 : x->record > y->record;
}

/* The strongest of what links each record to its child. */
struct tie { enum link_how how; const struct link_basis *basis; };

static void
tie_to(struct tie *t, enum link_how how, const struct link_basis *b)
{
	if (how > t->how)
		*t = (struct tie){how, b};
}

static struct tie *
ties_of(const struct linkage *l)
{
	struct tie *ties = xcalloc(l->n + 1, sizeof(*ties));
	const struct link_result *r = &l->result;

	for (size_t i = 0; i < r->npairs; i++) {
		const struct link_pair *p = &r->pairs[i];
		const struct link_basis *b = NULL;
		enum link_how how = HOW_UNSIGNED;

		if ((p->verdict != LINK_AUTO && p->verdict != LINK_SAME) ||
		    r->lower[p->a] != r->lower[p->b])
			continue;
		b = linkage_basis(l, p->a, p->b);
		if (b != NULL)
			how = b->model ? HOW_MODEL : HOW_PERSON;
		tie_to(&ties[p->a], how, b);
		tie_to(&ties[p->b], how, b);
	}
	return ties;
}

static void
add_rows(struct linkscreen *ls, const uint32_t *count, const struct tie *ties)
{
	const uint32_t *lower = ls->l->result.lower;

	for (uint32_t i = 0; i < ls->l->n; i++) {
		if (count[lower[i]] < 2)
			continue;
		ls->rows = vec_room(ls->rows, ls->nrows, &ls->caprows,
		    sizeof(*ls->rows));
		ls->rows[ls->nrows++] = (struct linkrow){.record = i,
		    .child = lower[i], .how = ties[i].how,
		    .basis = ties[i].basis};
	}
}

void
link_rows_fill(struct linkscreen *ls)
{
	const struct link_result *r = &ls->l->result;
	uint32_t *count = xcalloc(r->nlower + 1, sizeof(*count));
	struct tie *ties = ties_of(ls->l);

	ls->nrows = ls->nchildren = 0;
	for (size_t i = 0; i < ls->l->n; i++)
		count[r->lower[i]]++;
	add_rows(ls, count, ties);
	if (ls->nrows > 0)
		qsort(ls->rows, ls->nrows, sizeof(*ls->rows), by_child);
	for (size_t i = 0; i < ls->nrows; i++) {
		ls->rows[i].first = i == 0 ||
		    ls->rows[i].child != ls->rows[i - 1].child;
		ls->nchildren += ls->rows[i].first;
	}
	scroll_count(&ls->scroll, ls->nrows);
	free(count);
	free(ties);
}

void
link_how_words(const struct linkscreen *ls, const struct linkrow *r,
    struct str *out)
{
	char day[DAY_TEXT_MAX];

	switch (r->how) {
	case HOW_UNSIGNED:
		str_add(out, "the model, not signed");
		return;
	case HOW_MODEL:
	case HOW_PERSON:
		day_format(moment_day(r->basis->at), day);
		str_add_fmt(out, "%s, %s", r->how == HOW_MODEL ? "the model" :
		    ls->o.source.ops->person(ls->o.source.ctx,
		    &r->basis->by), day);
		return;
	case HOW_NOT:
	default:
		str_add(out, "through the others");
	}
}

/* ---- splitting ---- */

struct splitting {
	struct linkscreen *ls;
	struct case_id *ids;	/* those parted, then the rest */
	size_t npart, n;
};

static enum rc
split_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct splitting *k = ctx;
	const struct link_split s = {.part = k->ids, .npart = k->npart,
	    .rest = k->ids + k->npart, .nrest = k->n - k->npart,
	    .reason = ask_text(ask, 0)};
	enum rc rc = reason_check(s.reason, "a split", e);

	(void)app;
	if (rc == RC_OK)
		rc = k->ls->o.source.ops->split(k->ls->o.source.ctx, &s, e);
	if (rc == RC_OK)
		k->ls->stale = true;
	return rc;
}

static void
split_after(void *ctx, struct app *app)
{
	(void)ctx;
	app_say(app, "Split and signed: every count and list follows, and no "
	    "model joins them again.");
}

static void
split_destroy(void *ctx)
{
	struct splitting *k = ctx;

	free(k->ids);
	free(k);
}

static void
add_named(const struct linkscreen *ls, const struct linkrow *r,
    struct str *out)
{
	const struct link_case *k = &ls->l->cases[r->record];

	str_add_fmt(out, "%s%s", out->len > 0 ? ", " : "", k->reference);
	if (*k->agency != '\0')
		str_add_fmt(out, " (%s)", k->agency);
}

/* From the first row of the child in hand to behind its last. */
static void
child_rows(const struct linkscreen *ls, size_t *from, size_t *to)
{
	*from = *to = ls->scroll.at;
	while (*from > 0 && !ls->rows[*from].first)
		--*from;
	do
		++*to;
	while (*to < ls->nrows && !ls->rows[*to].first);
}

static bool
any_marked(const struct linkscreen *ls, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (ls->rows[i].marked)
			return true;
	return false;
}

static void
fill_split(struct splitting *k, struct str *part, struct str *rest)
{
	const struct linkscreen *ls = k->ls;
	size_t from, to;
	bool marks;

	child_rows(ls, &from, &to);
	marks = any_marked(ls, from, to);
	k->ids = xcalloc(to - from, sizeof(*k->ids));
	for (int side = 0; side < 2; side++) {
		for (size_t i = from; i < to; i++) {
			bool off = marks ? ls->rows[i].marked :
			    i == ls->scroll.at;

			if (off != (side == 0))
				continue;
			k->ids[k->n++] = ls->l->cases[ls->rows[i].record].id;
			add_named(ls, &ls->rows[i], side == 0 ? part : rest);
		}
		if (side == 0)
			k->npart = k->n;
	}
}

static void
ask_why(struct splitting *k, struct app *app, const char *intro)
{
	static const struct ask_field why = {.type = ASK_LINE,
	    .label = "Why", .help = "What shows that they are two children. "
	    "It is kept for whoever looks next."};
	const struct ask_opts o = {.title = "Split a link", .intro = intro,
	    .verb = "split it and sign", .topic = "link-review",
	    .fields = &why, .n = 1, .ctx = k, .done = split_done,
	    .after = split_after, .destroy = split_destroy};

	ask_open(app, &o);
}

void
link_split_ask(struct linkscreen *ls, struct app *app)
{
	struct splitting *k;
	struct str part, rest, intro;

	if (ls->nrows == 0)
		return;
	if (!ls->o.source.ops->may_decide(ls->o.source.ctx)) {
		app_warn(app, "Which cases are of one child is decided by a "
		    "practitioner or a supervisor; your role is another.");
		return;
	}
	k = xcalloc(1, sizeof(*k));
	k->ls = ls;
	str_init(&part);
	str_init(&rest);
	str_init(&intro);
	fill_split(k, &part, &rest);
	if (k->npart == k->n) {
		app_warn(app, "Every case of this child is marked: leave the "
		    "mark off those that stay together.");
		split_destroy(k);
	} else {
		str_add_fmt(&intro, "%s will be of another child than %s. "
		    "It is signed at once, every count and list follows, and "
		    "no model joins them again.", part.s, rest.s);
		ask_why(k, app, intro.s);
	}
	str_release(&part);
	str_release(&rest);
	str_release(&intro);
}
