/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/studydrafts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/lines.h"
#include "tui/studydrafts_impl.h"

struct studylist {
	struct pane base;
	struct study_source source;
	struct studyrow *rows;
	size_t n, cap;
	struct lines lines;
	struct err fault;
};

static struct studylist *
list_mut(struct pane *p)
{
	return (struct studylist *)(void *)p;
}

static const struct studylist *
list_of(const struct pane *p)
{
	return (const struct studylist *)(const void *)p;
}

/* ---- rows ---- */

void
studyrow_copy(struct studyrow *to, const struct study_source *source,
    const struct study_draft_row *row)
{
	bool decided = row->outcome != NULL;

	*to = (struct studyrow){
		.id = row->id, .at = row->at, .by_at = row->by_at,
		.study = xstrdup(row->study), .text = xstrdup(row->text),
		.report = xstrdup(row->report),
		.by = xstrdup(source->person(source->ctx, &row->author)),
		.let_out = decided && strcmp(row->outcome, "signed") == 0,
	};
	if (decided) {
		to->reason = xstrdup(row->reason);
		to->decided_by = xstrdup(source->person(source->ctx,
		    &row->by));
	}
}

void
studyrow_release(struct studyrow *r)
{
	free(r->study);
	free(r->text);
	free(r->report);
	free(r->reason);
	free(r->by);
	free(r->decided_by);
	memset(r, 0, sizeof(*r));
}

void
studyrow_state(const struct studyrow *r, struct str *out)
{
	char day[SPAN_WORDS_MAX];

	if (r->reason == NULL) {
		str_add(out, "Waits for a supervisor who did not make it.");
		return;
	}
	day_words(moment_day(r->by_at), day);
	str_add_fmt(out, "%s by %s on %s: %s", r->let_out ? "Signed" :
	    "Given back", r->decided_by, day, r->reason);
}

static void
forget(struct studylist *s)
{
	while (s->n > 0)
		studyrow_release(&s->rows[--s->n]);
}

static bool
add_row(const struct study_draft_row *row, void *ctx)
{
	struct studylist *s = ctx;

	s->rows = vec_room(s->rows, s->n, &s->cap, sizeof(*s->rows));
	studyrow_copy(&s->rows[s->n++], &s->source, row);
	return true;
}

/* ---- what it shows ---- */

static void
fill_row(struct studylist *s, const struct studyrow *r)
{
	struct line_look look = {.indent = 11, .style = STYLE_NORMAL,
	    .lead = r->reason == NULL ? "waits" : r->let_out ? "signed" :
	    "back", .lead_style = r->reason == NULL ? STYLE_WARNING :
	    STYLE_LABEL};
	char day[SPAN_WORDS_MAX];
	struct str state;

	(void)lines_row(&s->lines);
	day_words(moment_day(r->at), day);
	lines_addf(&s->lines, &look, "%s, made by %s on %s", r->study, r->by,
	    day);
	look.lead = NULL;
	look.style = STYLE_DIM;
	str_init(&state);
	studyrow_state(r, &state);
	lines_add(&s->lines, &look, state.s);
	str_release(&state);
}

static size_t
waiting(const struct studylist *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		n += s->rows[i].reason == NULL;
	return n;
}

static void
fill(struct studylist *s)
{
	struct str head;

	lines_clear(&s->lines);
	lines_plain(&s->lines, STYLE_TITLE, "Studies made from a case");
	str_init(&head);
	str_add_fmt(&head, "%zu of %zu wait%s for a supervisor. Enter reads "
	    "one whole, its report first; whoever made it does not sign it.",
	    waiting(s), s->n, waiting(s) == 1 ? "s" : "");
	lines_plain(&s->lines, STYLE_NORMAL, head.s);
	str_release(&head);
	lines_blank(&s->lines);
	if (s->fault.rc != RC_OK)
		lines_plain(&s->lines, STYLE_WARNING, s->fault.text);
	else if (s->n == 0)
		lines_plain(&s->lines, STYLE_DIM, "There is none. In a case, "
		    ":study makes one.");
	for (size_t i = 0; i < s->n; i++)
		fill_row(s, &s->rows[i]);
	lines_free_text(&s->lines);
	lines_done(&s->lines);
}

static void
list_enter(struct pane *p, struct app *app)
{
	struct studylist *s = list_mut(p);
	struct study_sink to = {add_row, s};

	(void)app;
	forget(s);
	err_clear(&s->fault);
	if (s->source.rows(s->source.ctx, &to, &s->fault) != RC_OK)
		forget(s);
	fill(s);
}

/* ---- keys ---- */

static bool
list_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct studylist *s = list_mut(p);
	struct studyrow *row = s->lines.row < s->n ? &s->rows[s->lines.row] :
	    NULL;

	if (lines_act(&s->lines, ev->act))
		return true;
	if (ev->act == ACT_BACK || ev->act == ACT_CANCEL)
		app_pop(app);
	else if (row != NULL && ev->act == ACT_OPEN)
		app_push(app, studyread_new(&s->source, row));
	else if (row != NULL && ev->act == ACT_STUDY_WRITE)
		study_write_file(&s->source, app, row);
	else if (row != NULL && (ev->act == ACT_STUDY_SIGN ||
	    ev->act == ACT_STUDY_RETURN))
		app_say(app, "Read it first: Enter shows the report and the "
		    "study.");
	else
		return false;
	return true;
}

static bool
list_can(const struct pane *p, enum action a)
{
	const struct studylist *s = list_of(p);
	const struct studyrow *row = s->lines.row < s->n ?
	    &s->rows[s->lines.row] : NULL;

	if (a == ACT_STUDY_WRITE)
		return row != NULL && row->let_out;
	if (a == ACT_STUDY_SIGN || a == ACT_STUDY_RETURN)
		return false;
	return a != ACT_NEXT_PANE && a != ACT_SEARCH &&
	    (a != ACT_OPEN || row != NULL);
}

/* ---- the rest of the pane ---- */

static void
list_draw(const struct pane *p, const struct view *v, bool focused)
{
	lines_draw(&list_of(p)->lines, v, focused);
}

static void
list_resize(struct pane *p, int w, int h)
{
	lines_resize(&list_mut(p)->lines, w, h);
	fill(list_mut(p));
}

static void
list_status(const struct pane *p, struct status *st)
{
	(void)p;
	(void)snprintf(st->place, sizeof(st->place), "Studies made from a "
	    "case");
}

static void
list_destroy(struct pane *p)
{
	struct studylist *s = list_mut(p);

	forget(s);
	free(s->rows);
	lines_release(&s->lines);
	free(s);
}

static const struct pane_ops list_ops = {
	.name = "studies", .context = CONTEXT_STUDIES, .topic = "deident",
	.draw = list_draw, .act = list_act, .resize = list_resize,
	.destroy = list_destroy, .can = list_can, .status = list_status,
	.enter = list_enter,
};

struct pane *
studylist_new(const struct study_source *source)
{
	struct studylist *s = xcalloc(1, sizeof(*s));

	s->base.ops = &list_ops;
	s->source = *source;
	lines_init(&s->lines);
	return &s->base;
}
