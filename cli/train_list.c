/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/train.h"

#include <string.h>

#include "cli/print.h"
#include "cli/row.h"
#include "db/sessions.h"
#include "exchange/out.h"

struct listing {
	const struct train *t;
	enum format format;
	struct out out;
	json_t *json;
	size_t n, faulty;
};

static const char *
learner(const struct listing *l, const struct walk *w)
{
	return train_name(l->t->s, &w->learner);
}

/* ---- the forms ---- */

static void
add_where(const struct walk *w, struct str *out)
{
	str_add(out, w->mode == WALK_GROUP ? "in a group" : "alone");
	if (w->part != WALK_BY_ITSELF)
		str_add_fmt(out, ", %s the training", train_part(w));
	if (w->sitting[0] != '\0') {
		str_add(out, ", ");
		str_add(out, w->sitting);
	}
	str_add(out, "; ");
	if (w->state == WALK_END)
		str_add(out, "ended");
	else
		walk_place_words(w, w->way.n - 1, out);
	if (w->state == WALK_MODEL)
		str_add(out, ", committed");
}

static void
text_row(const struct listing *l, const struct casefile *c,
    const struct walk *w)
{
	char when[SPAN_WORDS_MAX];
	struct str line;

	moment_words(w->session->entry.at, when);
	str_init(&line);
	row_column(&line, c->reference, 24);
	row_column(&line, learner(l, w), 24);
	str_add(&line, when);
	say("%s\n", line.s);
	str_clear(&line);
	str_add(&line, w->study->title);
	str_add(&line, ": ");
	add_where(w, &line);
	say_wrapped("    ", line.s);
	str_release(&line);
}

/* Of the longest way that is left. */
static size_t
stages(const struct walk *w)
{
	return w->way.n + (w->state == WALK_END ? 0 : study_ahead(w->study,
	    w->way.stages[w->way.n - 1]).most);
}

static void
csv_row(struct listing *l, const struct casefile *c, const struct walk *w)
{
	char at[SPAN_TEXT_MAX];
	struct out *o = &l->out;

	moment_format(w->session->entry.at, at);
	row_csv(o, c->reference, ",");
	row_csv(o, w->study->id, ",");
	row_csv(o, learner(l, w), ",");
	row_csv(o, train_mode(w), ",");
	row_csv(o, train_part(w), ",");
	row_csv(o, w->sitting, ",");
	out_add_fmt(o, "%zu,%zu,%s,%s\r\n", w->way.n, stages(w),
	    w->state == WALK_END ? "yes" : "no", at);
	out_settle(o);
}

static void
json_row(struct listing *l, const struct casefile *c, const struct walk *w)
{
	char at[SPAN_TEXT_MAX];

	moment_format(w->session->entry.at, at);
	(void)json_array_append_new(l->json, json_pack("{s:s, s:s, s:s, s:s,"
	    " s:s, s:s, s:I, s:I, s:b, s:s}", "reference", c->reference,
	    "study", w->study->id, "learner", learner(l, w), "mode",
	    train_mode(w), "part", train_part(w), "sitting", w->sitting,
	    "stage", (json_int_t)w->way.n, "stages",
	    (json_int_t)stages(w), "ended", w->state == WALK_END,
	    "begun", at));
}

/* ---- the whole ---- */

static bool
take(const struct casefile *c, const struct walk *w, const struct err *e,
    void *ctx)
{
	struct listing *l = ctx;

	if (w == NULL) {
		tell_line("%s cannot be read: %s", c->reference, e->text);
		l->faulty++;
		return true;
	}
	l->n++;
	if (l->format == FORMAT_TEXT)
		text_row(l, c, w);
	else if (l->format == FORMAT_CSV)
		csv_row(l, c, w);
	else
		json_row(l, c, w);
	return true;
}

static bool
count(const struct casefile *c, const struct walk *w, const struct err *e,
    void *ctx)
{
	uint64_t *n = ctx;

	(void)c;
	(void)w;
	(void)e;
	++*n;
	return true;
}

/* Noted before anything is shown; all but text is for taking out. */
static enum rc
note(const struct train *t, enum format format, struct err *e)
{
	struct look_note n = {.what = format == FORMAT_TEXT ? LOOK_LIST :
	    LOOK_EXPORT, .words = "training sessions"};
	enum rc rc = store_sessions(t->s, count, &n.count, e);

	return rc == RC_OK ? store_look(t->s, &n, e) : rc;
}

static enum rc
list(struct listing *l, struct err *e)
{
	enum rc rc;

	if (l->format == FORMAT_JSON)
		l->json = json_array();
	if (l->format == FORMAT_CSV)
		out_add(&l->out, "reference,study,learner,mode,part,sitting,"
		    "stage,stages,ended,begun\r\n");
	rc = store_sessions(l->t->s, take, l, e);
	if (rc == RC_OK && l->json != NULL)
		say_json(l->json);
	(void)out_finish(&l->out);
	json_decref(l->json);
	if (rc == RC_OK)
		tell("%zu session%s.\n", l->n, l->n == 1 ? "" : "s");
	return rc;
}

enum rc
train_list(const struct train *t, bool *attention, struct err *e)
{
	struct listing l = {.t = t};
	enum rc rc = format_read(t->c, &l.format, e);

	if (rc == RC_OK)
		rc = note(t, l.format, e);
	if (rc != RC_OK)
		return rc;
	out_init(&l.out, row_say, NULL);
	rc = list(&l, e);
	out_release(&l.out);
	*attention = l.faulty > 0;
	return rc;
}
