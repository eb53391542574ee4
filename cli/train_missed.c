/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/train.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/print.h"
#include "cli/row.h"
#include "core/xalloc.h"
#include "db/sessions.h"
#include "exchange/out.h"

#define FEW 5u		/* fewer ratings than that have no percentage */

/*
 * A rating is the answer to one indicator at one stage in the first round, as
 * it stood when it was committed to or revealed.
 */
struct tally {
	const struct train *t;
	const struct instrument *in;	/* the store's default */
	struct agree_counts *counts;	/* one an item */
	uint32_t *order;		/* those missed, most first */
	size_t nmissed, sessions, faulty, others;
	struct retests retests;
	int32_t today;
};

/* ---- counting ---- */

static const bool sees[ANSWER_STATES] = {
	[ANSWER_SUSPECTED] = true, [ANSWER_PRESENT] = true
};

/* What came out of a learner's own session is counted there. */
static bool
counts_here(const struct groupwork *g, const struct group_answers *a,
    uint32_t stage)
{
	return a->stage == stage && a->round == 1 && (a->record == NULL ||
	    g->w->mode != WALK_GROUP ||
	    strcmp(record_text(a->record, "from"), "session") != 0);
}

/* A table of all indicators, one column a learner. */
struct sheet {
	struct agree_table table;
	struct agree_model model;
	int16_t *cells, *answers;
	uint32_t *group;
};

static void
fill(const struct groupwork *g, uint32_t stage, const struct answers *model,
    struct sheet *x)
{
	const size_t items = g->w->in->nitems;
	size_t rater = 0;

	for (size_t i = 0; i < items; i++) {
		x->answers[i] = (int16_t)answers_get(model, (unsigned)i);
		x->group[i] = (uint32_t)i;
	}
	for (size_t k = 0; k < g->ngiven; k++) {
		if (!counts_here(g, &g->given[k], stage))
			continue;
		for (size_t i = 0; i < items; i++)
			x->cells[i * x->table.raters + rater] =
			    (int16_t)answers_get(&g->given[k].answers,
			    (unsigned)i);
		rater++;
	}
	x->table.cells = x->cells;
	x->model = (struct agree_model){x->answers, sees, x->group, items};
}

static void
add_sheet(struct tally *y, const struct groupwork *g, uint32_t stage,
    const struct answers *model, size_t raters)
{
	const size_t items = y->in->nitems;
	struct agree_counts *counts = xcalloc(items + 1, sizeof(*counts));
	struct sheet x = {
		.table = {.items = items, .raters = raters,
			.categories = ANSWER_STATES},
		.cells = xcalloc(items * raters + 1, sizeof(int16_t)),
		.answers = xcalloc(items + 1, sizeof(int16_t)),
		.group = xcalloc(items + 1, sizeof(uint32_t))
	};

	fill(g, stage, model, &x);
	agree_against(&x.table, &x.model, counts);
	for (size_t i = 0; i < items; i++) {
		const struct agree_counts both[] = {y->counts[i], counts[i]};

		y->counts[i] = agree_counts_sum(both, 2);
	}
	free(x.cells);
	free(x.answers);
	free(x.group);
	free(counts);
}

static void
add_stage(struct tally *y, const struct groupwork *g, uint32_t stage)
{
	struct answers model;
	size_t raters = 0;

	for (size_t i = 0; i < g->ngiven; i++)
		raters += counts_here(g, &g->given[i], stage);
	if (raters > 0 && groupwork_shown(g, stage, 1) &&
	    groupwork_model(g, stage, &model))
		add_sheet(y, g, stage, &model, raters);
}

static bool
take(const struct casefile *c, const struct walk *w, const struct err *e,
    void *ctx)
{
	struct tally *y = ctx;
	struct groupwork g;

	if (w == NULL) {
		tell_line("%s cannot be read: %s", c->reference, e->text);
		y->faulty++;
		return true;
	}
	if (w->in != y->in) {
		y->others++;
		return true;
	}
	y->sessions++;
	train_answers(y->t, w, &g);
	for (size_t i = 0; i < w->way.n; i++)
		add_stage(y, &g, w->way.stages[i]);
	groupwork_release(&g);
	return true;
}

/* ---- showing it ---- */

static const struct retest_item *
due_of(const struct tally *y, unsigned item)
{
	for (size_t i = 0; i < y->retests.n; i++)
		if (y->retests.items[i].item == item &&
		    y->retests.items[i].due != DAY_NONE)
			return &y->retests.items[i];
	return NULL;
}

static void
due_text(const struct tally *y, unsigned item, char out[DAY_TEXT_MAX])
{
	const struct retest_item *it = due_of(y, item);

	out[0] = '\0';
	if (it != NULL)
		day_format(it->due, out);
}

static void
add_share(struct str *out, uint64_t part, uint64_t whole)
{
	str_add_fmt(out, "%" PRIu64 " of %" PRIu64, part, whole);
	if (whole >= FEW)
		str_add_fmt(out, " (%.0f %%)", 100.0 * (double)part /
		    (double)whole);
}

static void
text_item(const struct tally *y, unsigned item)
{
	const struct agree_counts *c = &y->counts[item];
	struct str line;

	say("%-4s %s\n", y->in->items[item].id, y->in->items[item].label);
	str_init(&line);
	str_add(&line, "missed ");
	add_share(&line, c->missed, c->hits + c->missed);
	str_add(&line, "; rightly not ticked ");
	add_share(&line, c->passed, c->passed + c->alarms);
	say_wrapped("     ", line.s);
	str_release(&line);
}

static void
text_due(const struct tally *y)
{
	const size_t n = retests_due(&y->retests, y->today);
	char when[SPAN_WORDS_MAX];

	if (n == 0) {
		say("\nNothing is due to be asked again of you today.\n");
		return;
	}
	say("\nDue to be asked again of you (in the terminal: hearken %s)\n",
	    y->t->c->args[1]);
	for (size_t i = 0; i < y->retests.n; i++) {
		const struct retest_item *it = &y->retests.items[i];

		if (it->due == DAY_NONE || it->due > y->today)
			continue;
		day_words(it->due, when);
		say("%-4s %s, since %s\n", y->in->items[it->item].id,
		    y->in->items[it->item].label, when);
	}
}

static void
show_text(const struct tally *y)
{
	for (size_t i = 0; i < y->nmissed; i++)
		text_item(y, y->order[i]);
	if (y->nmissed == 0)
		say("No indicator was missed%s.\n", y->sessions == 0 ?
		    ": there is no session yet" : "");
	else
		say_wrapped("", "\nEach answer at a stage counts, in the "
		    "first round. What is missed by many is what to talk "
		    "about next; it is no mark for anybody.");
	text_due(y);
}

/* Those missed, then the rest that was in question, in their order. */
static size_t
whole_order(const struct tally *y, uint32_t *order)
{
	size_t n = y->nmissed;

	memcpy(order, y->order, n * sizeof(*order));
	for (uint32_t i = 0; i < y->in->nitems; i++)
		if (y->counts[i].missed == 0 && y->counts[i].hits +
		    y->counts[i].alarms + y->counts[i].passed > 0)
			order[n++] = i;
	return n;
}

static void
csv_item(struct out *o, const struct tally *y, unsigned item)
{
	const struct agree_counts *c = &y->counts[item];
	char sensitivity[8], specificity[8], due[DAY_TEXT_MAX];
	double share = 0;
	bool any = agree_sensitivity(c, &share);

	train_share(any, share, sensitivity);
	any = agree_specificity(c, &share);
	train_share(any, share, specificity);
	due_text(y, item, due);
	row_csv(o, y->in->items[item].id, ",");
	row_csv(o, y->in->items[item].label, ",");
	out_add_fmt(o, "%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%"
	    PRIu64 ",", c->hits, c->missed, c->passed, c->alarms,
	    c->unanswered);
	out_add_fmt(o, "%s,%s,%s\r\n", sensitivity, specificity, due);
	out_settle(o);
}

static void
show_csv(const struct tally *y)
{
	uint32_t order[ITEMS_MAX];
	const size_t n = whole_order(y, order);
	struct out o;

	out_init(&o, row_say, NULL);
	out_add(&o, "indicator,label,hits,missed,passed,alarms,unanswered,"
	    "sensitivity,specificity,due\r\n");
	for (size_t i = 0; i < n; i++)
		csv_item(&o, y, order[i]);
	(void)out_finish(&o);
	out_release(&o);
}

static json_t *
share_json(bool any, double share)
{
	return any ? json_real(share) : json_null();
}

static json_t *
item_json(const struct tally *y, unsigned item)
{
	const struct agree_counts *c = &y->counts[item];
	double sensitivity = 0, specificity = 0;
	const bool any = agree_sensitivity(c, &sensitivity);
	const bool other = agree_specificity(c, &specificity);
	char due[DAY_TEXT_MAX];

	due_text(y, item, due);
	return json_pack("{s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:s}",
	    "indicator", y->in->items[item].id, "label",
	    y->in->items[item].label, "hits", (json_int_t)c->hits, "missed",
	    (json_int_t)c->missed, "passed", (json_int_t)c->passed, "alarms",
	    (json_int_t)c->alarms, "unanswered", (json_int_t)c->unanswered,
	    "sensitivity", share_json(any, sensitivity), "specificity",
	    share_json(other, specificity), "due", due);
}

static void
show_json(const struct tally *y)
{
	uint32_t order[ITEMS_MAX];
	const size_t n = whole_order(y, order);
	json_t *list = json_array();

	for (size_t i = 0; i < n; i++)
		(void)json_array_append_new(list, item_json(y, order[i]));
	say_json(list);
	json_decref(list);
}

/* ---- the whole ---- */

static enum rc
show(struct tally *y, enum format format, struct err *e)
{
	static void (*const forms[])(const struct tally *) = {
		[FORMAT_TEXT] = show_text,
		[FORMAT_CSV] = show_csv,
		[FORMAT_JSON] = show_json,
	};
	const struct look_note note = {.what = format == FORMAT_TEXT ?
	    LOOK_LIST : LOOK_EXPORT, .words = "most missed in training",
	    .count = y->sessions};
	enum rc rc = store_look(y->t->s, &note, e);

	if (rc != RC_OK)
		return rc;
	forms[format](y);
	tell("%zu session%s.\n", y->sessions, y->sessions == 1 ? "" : "s");
	if (y->others > 0)
		tell("%zu on another checklist left out.\n", y->others);
	return RC_OK;
}

static enum rc
count(struct tally *y, struct err *e)
{
	const size_t items = y->in->nitems;
	enum rc rc;

	y->counts = xcalloc(items + 1, sizeof(*y->counts));
	y->order = xcalloc(items + 1, sizeof(*y->order));
	rc = store_sessions(y->t->s, take, y, e);
	y->nmissed = agree_most_missed(y->counts, items, y->order);
	return rc;
}

enum rc
train_missed(const struct train *t, bool *attention, struct err *e)
{
	struct tally y = {.t = t, .in = store_default_instrument(t->s),
	    .today = moment_day(clock_now(t->c->host->clock))};
	enum format format;
	enum rc rc = format_read(t->c, &format, e);

	if (rc == RC_OK && y.in == NULL)
		rc = err_set(e, RC_NOTFOUND, "no checklist was adopted in "
		    "this store; see hearken instrument --help");
	if (rc != RC_OK)
		return rc;
	rc = store_retests(t->s, &y.retests, e);
	if (rc != RC_OK)
		return rc;
	rc = count(&y, e);
	if (rc == RC_OK)
		rc = show(&y, format, e);
	*attention = y.faulty > 0;
	retests_release(&y.retests);
	free(y.counts);
	free(y.order);
	return rc;
}
