/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/train.h"

#include <inttypes.h>
#include <string.h>

#include "cli/print.h"
#include "cli/row.h"
#include "exchange/out.h"

#define FEW 5		/* fewer than so many have no percentage */

/* One side of a comparison: what was answered, and levels. */
struct side {
	struct agree_counts c;
	size_t levels, right;
};

static struct side
before_of(const struct group_change *ch)
{
	return (struct side){ch->before, ch->levels_before,
	    ch->levels_right_before};
}

static struct side
after_of(const struct group_change *ch)
{
	return (struct side){ch->after, ch->levels_after,
	    ch->levels_right_after};
}

static void
add(struct agree_counts *to, const struct agree_counts *from)
{
	const struct agree_counts both[] = {*to, *from};

	*to = agree_counts_sum(both, 2);
}

static struct group_change
sum_of(const struct group_compared *all)
{
	struct group_change sum = {.name = NULL};

	for (size_t i = 0; i < all->n; i++) {
		const struct group_change *ch = &all->changes[i];

		add(&sum.before, &ch->before);
		add(&sum.after, &ch->after);
		sum.levels_before += ch->levels_before;
		sum.levels_right_before += ch->levels_right_before;
		sum.levels_after += ch->levels_after;
		sum.levels_right_after += ch->levels_right_after;
	}
	return sum;
}

/* ---- text ---- */

static void
add_share(struct str *out, uint64_t part, uint64_t whole)
{
	str_add_fmt(out, "%" PRIu64 " of %" PRIu64, part, whole);
	if (whole >= FEW)
		str_add_fmt(out, " (%.0f %%)", 100.0 * (double)part /
		    (double)whole);
}

static void
say_side(const char *label, const struct side *s)
{
	struct str line;

	str_init(&line);
	str_add_fmt(&line, "%-8sfound ", label);
	add_share(&line, s->c.hits, s->c.hits + s->c.missed);
	str_add(&line, "; rightly not ticked ");
	add_share(&line, s->c.passed, s->c.passed + s->c.alarms);
	str_add(&line, "; levels as the model ");
	add_share(&line, s->right, s->levels);
	say_wrapped("    ", line.s);
	str_release(&line);
}

static void
say_change(const char *name, const struct group_change *ch)
{
	const struct side before = before_of(ch), after = after_of(ch);

	say("%s\n", name);
	say_side("before", &before);
	say_side("after", &after);
}

static void
show_text(const struct group_compared *all)
{
	const struct group_change sum = sum_of(all);
	struct str heading;

	for (size_t i = 0; i < all->n; i++)
		say_change(all->changes[i].name, &all->changes[i]);
	str_init(&heading);
	str_add_fmt(&heading, "All, n = %zu learners", all->n);
	if (all->n > 1)
		say_change(heading.s, &sum);
	else
		say("n = 1 learner\n");
	str_release(&heading);
	say("\n");
	say_wrapped("", "Signs count at the stage that tells of them, in the "
	    "first round. The studies are matched, not equal: with few "
	    "answers a difference may be chance, and it says nothing of "
	    "anybody's work with children.");
}

/* ---- CSV and JSON ---- */

static void
csv_side(struct out *o, const struct side *s, const char *after)
{
	out_add_fmt(o, "%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%"
	    PRIu64 ",", s->c.hits, s->c.missed, s->c.passed, s->c.alarms,
	    s->c.unanswered);
	out_add_fmt(o, "%zu,%zu%s", s->levels, s->right, after);
}

static void
csv_row(struct out *o, const char *name, const struct group_change *ch)
{
	const struct side before = before_of(ch), after = after_of(ch);

	row_csv(o, name, ",");
	csv_side(o, &before, ",");
	csv_side(o, &after, "\r\n");
}

static void
show_csv(const struct group_compared *all)
{
	const struct group_change sum = sum_of(all);
	struct out o;

	out_init(&o, row_say, NULL);
	out_add(&o, "learner,before_hits,before_missed,before_passed,"
	    "before_alarms,before_unanswered,before_levels,"
	    "before_levels_right,after_hits,after_missed,after_passed,"
	    "after_alarms,after_unanswered,after_levels,"
	    "after_levels_right\r\n");
	for (size_t i = 0; i < all->n; i++)
		csv_row(&o, all->changes[i].name, &all->changes[i]);
	csv_row(&o, "", &sum);
	(void)out_finish(&o);
	out_release(&o);
}

static json_t *
side_json(const struct side *s)
{
	return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "hits",
	    (json_int_t)s->c.hits, "missed", (json_int_t)s->c.missed,
	    "passed", (json_int_t)s->c.passed, "alarms",
	    (json_int_t)s->c.alarms, "unanswered",
	    (json_int_t)s->c.unanswered, "levels", (json_int_t)s->levels,
	    "levels_right", (json_int_t)s->right);
}

static json_t *
change_json(const struct group_change *ch)
{
	const struct side before = before_of(ch), after = after_of(ch);

	return json_pack("{s:o, s:o}", "before", side_json(&before), "after",
	    side_json(&after));
}

static void
show_json(const struct group_compared *all)
{
	const struct group_change sum = sum_of(all);
	json_t *list = json_array(), *o;

	for (size_t i = 0; i < all->n; i++) {
		o = change_json(&all->changes[i]);
		(void)json_object_set_new(o, "learner",
		    json_string(all->changes[i].name));
		(void)json_array_append_new(list, o);
	}
	o = json_pack("{s:o, s:o, s:I, s:I, s:I}", "learners", list, "all",
	    change_json(&sum), "n", (json_int_t)all->n, "only_before",
	    (json_int_t)all->only_before, "only_after",
	    (json_int_t)all->only_after);
	say_json(o);
	json_decref(o);
}

/* ---- the whole ---- */

/* A round that the group has not seen is nobody's to see. */
static size_t
hide(struct groupwork *g)
{
	size_t kept = 0, n = g->ngiven;

	for (size_t i = 0; i < n; i++)
		if (groupwork_shown(g, g->given[i].stage, g->given[i].round))
			g->given[kept++] = g->given[i];
	g->ngiven = kept;
	return n - kept;
}

static void
tell_left_out(const struct group_compared *all, size_t hidden)
{
	if (all->only_before + all->only_after > 0)
		tell("Left out: %zu learner%s only in the first session, %zu "
		    "only in the second.\n", all->only_before,
		    all->only_before == 1 ? "" : "s", all->only_after);
	if (hidden > 0)
		tell("Left out: what was answered in rounds that are not "
		    "revealed yet.\n");
}

static enum rc
compare(struct train_session *before, struct train_session *after,
    enum format format, struct err *e)
{
	static void (*const forms[])(const struct group_compared *) = {
		[FORMAT_TEXT] = show_text,
		[FORMAT_CSV] = show_csv,
		[FORMAT_JSON] = show_json,
	};
	struct group_compared all;
	size_t hidden = hide(&before->g) + hide(&after->g);
	enum rc rc = groupwork_compare(&before->g, &after->g, &all, e);

	if (rc != RC_OK)
		return rc;
	if (all.n == 0)
		rc = err_set(e, RC_NOTFOUND, "nobody has answered in both "
		    "%s and %s; learners are paired by their names",
		    before->cf.reference, after->cf.reference);
	else
		forms[format](&all);
	if (rc == RC_OK)
		tell_left_out(&all, hidden);
	group_compared_release(&all);
	return rc;
}

enum rc
train_compare(const struct train *t, bool *attention, struct err *e)
{
	struct train_session before = {.loaded = false};
	struct train_session after = {.loaded = false};
	enum look look;
	enum format format;
	enum rc rc = format_read(t->c, &format, e);

	(void)attention;
	if (rc != RC_OK)
		return rc;
	look = format == FORMAT_TEXT ? LOOK_OPEN : LOOK_EXPORT;
	rc = train_session_load(t, t->c->args[2], look, &before, e);
	if (rc == RC_OK)
		rc = train_session_load(t, t->c->args[3], look, &after, e);
	if (rc == RC_OK && before.w.part == WALK_AFTER &&
	    after.w.part == WALK_BEFORE)
		rc = err_set(e, RC_USAGE, "%s was taken after the training "
		    "and %s before it; give the one before first",
		    before.cf.reference, after.cf.reference);
	if (rc == RC_OK)
		rc = compare(&before, &after, format, e);
	train_session_release(&before);
	train_session_release(&after);
	return rc;
}
