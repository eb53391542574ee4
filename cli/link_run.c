/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How many children there are, and how many pairs are linked and asked.
 */
#include "config.h"

#include "cli/format.h"
#include "cli/link.h"
#include "cli/print.h"

struct figures {
	size_t cases, restricted, lower, upper, automatic, same, apart, asked;
};

/* Not every pair of a large group is compared: that has to be said. */
static void
say_divided(const struct link_blocks *b)
{
	if (b->split == 0)
		return;
	say("%zu group%s of records alike %s too large to compare each with "
	    "each (the largest has %zu): those were compared that have more "
	    "in common%s.\n", b->split, b->split == 1 ? "" : "s",
	    b->split == 1 ? "was" : "were", b->biggest, b->windowed == 0 ?
	    "" : ", or stand beside one another by name");
}

static void
run_text(const struct linking *k, const struct figures *f)
{
	if (f->lower == f->upper)
		say("%zu case%s of %zu child%s.\n", f->cases, f->cases == 1 ?
		    "" : "s", f->lower, f->lower == 1 ? "" : "ren");
	else
		say("%zu cases of %zu to %zu children: %zu if everything that "
		    "is asked is the same child, %zu by links alone.\n",
		    f->cases, f->upper, f->lower, f->upper, f->lower);
	say("The model %s %s links %zu pair%s that %s not signed.\n",
	    k->model->id, k->model->version, f->automatic,
	    f->automatic == 1 ? "" : "s", f->automatic == 1 ? "is" : "are");
	say("%zu pair%s decided as the same, %zu as not the same.\n", f->same,
	    f->same == 1 ? " is" : "s are", f->apart);
	say("%zu pair%s for a person.\n", f->asked, f->asked == 1 ?
	    " waits" : "s wait");
	if (f->restricted > 0)
		say("%zu restricted case%s not compared for you.\n",
		    f->restricted, f->restricted == 1 ? " was" : "s were");
	say_divided(links_blocks(k->l.links));
}

static void
run_csv(const struct figures *f)
{
	say("cases,restricted,children_by_links,children_if_all_asked,linked,"
	    "same,apart,asked\r\n%zu,%zu,%zu,%zu,%zu,%zu,%zu,%zu\r\n",
	    f->cases, f->restricted, f->lower, f->upper, f->automatic,
	    f->same, f->apart, f->asked);
}

static void
run_json(const struct linking *k, const struct figures *f)
{
	json_t *o = json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:s,"
	    " s:s}", "cases", (json_int_t)f->cases, "restricted",
	    (json_int_t)f->restricted, "children_by_links",
	    (json_int_t)f->lower, "children_if_all_asked",
	    (json_int_t)f->upper, "linked", (json_int_t)f->automatic, "same",
	    (json_int_t)f->same, "apart", (json_int_t)f->apart, "asked",
	    (json_int_t)f->asked, "model", k->model->id, "model_hash",
	    k->model->hash);

	say_json(o);
	json_decref(o);
}

enum rc
link_run_words(const struct linking *k, bool *attention, struct err *e)
{
	const struct figures f = {.cases = k->l.n,
	    .restricted = k->l.restricted, .lower = k->l.result.nlower,
	    .upper = k->l.result.nupper,
	    .automatic = link_count(k, LINK_AUTO),
	    .same = link_count(k, LINK_SAME),
	    .apart = link_count(k, LINK_NOT_SAME),
	    .asked = link_count(k, LINK_ASK)};
	enum format format;

	if (format_read(k->c, &format, e) != RC_OK)
		return e->rc;
	if (format == FORMAT_JSON)
		run_json(k, &f);
	else if (format == FORMAT_CSV)
		run_csv(&f);
	else
		run_text(k, &f);
	*attention = f.asked > 0;
	return RC_OK;
}
