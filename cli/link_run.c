/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How many children there are, and how many pairs are linked and asked.
 */
#include "config.h"

#include "cli/format.h"
#include "cli/link.h"
#include "cli/print.h"

struct figures {
	size_t cases, restricted, lower, upper, automatic, same, apart;
	struct link_asked asked;
};

/* Each main reason that there is, and why it is fewer questions. */
static void
say_asked(const struct link_asked *a)
{
	say("%zu pair%s for a person.\n", a->pairs, a->pairs == 1 ?
	    " waits" : "s wait");
	if (a->pairs < 2)
		return;
	for (const struct link_reason *r = link_reasons(); r->code != NULL;
	    r++)
		if (a->by[__builtin_ctz(r->why)] > 0)
			say("%7zu  %-8s %s\n", a->by[__builtin_ctz(r->why)],
			    r->code, link_why_words(r->why));
	if (a->questions < a->pairs)
		say("They are %zu question%s: who parts one pair of two "
		    "children has answered their others.\n", a->questions,
		    a->questions == 1 ? "" : "s");
}

void
link_say_divided(const struct linking *k, void (*put)(const char *fmt, ...))
{
	struct str words;

	str_init(&words);
	link_blocks_words(&k->l.result.blocks, &words);
	if (words.len > 0)
		put("%s\n", words.s);
	str_release(&words);
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
	say_asked(&f->asked);
	if (f->restricted > 0)
		say("%zu restricted case%s not compared for you.\n",
		    f->restricted, f->restricted == 1 ? " was" : "s were");
	link_say_divided(k, say);
}

static void
run_csv(const struct linking *k, const struct figures *f)
{
	const struct link_blocks *b = &k->l.result.blocks;

	say("cases,restricted,children_by_links,children_if_all_asked,linked,"
	    "same,apart,asked,questions,blocks_divided,largest_block");
	for (const struct link_reason *r = link_reasons(); r->code != NULL;
	    r++)
		say(",asked_%s", r->code);
	say("\r\n%zu,%zu,%zu,%zu,%zu,%zu,%zu,%zu,%zu,%zu,%zu",
	    f->cases, f->restricted, f->lower, f->upper, f->automatic,
	    f->same, f->apart, f->asked.pairs, f->asked.questions, b->split,
	    b->biggest);
	for (const struct link_reason *r = link_reasons(); r->code != NULL;
	    r++)
		say(",%zu", f->asked.by[__builtin_ctz(r->why)]);
	say("\r\n");
}

static json_t *
reasons_json(const struct link_asked *a)
{
	json_t *o = json_object();

	for (const struct link_reason *r = link_reasons(); r->code != NULL;
	    r++)
		(void)json_object_set_new(o, r->code, json_integer(
		    (json_int_t)a->by[__builtin_ctz(r->why)]));
	return o;
}

static void
run_json(const struct linking *k, const struct figures *f)
{
	const struct link_blocks *b = &k->l.result.blocks;
	json_t *o = json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:s,"
	    " s:s, s:I, s:o, s:I, s:I}", "cases", (json_int_t)f->cases,
	    "restricted", (json_int_t)f->restricted, "children_by_links",
	    (json_int_t)f->lower, "children_if_all_asked",
	    (json_int_t)f->upper, "linked", (json_int_t)f->automatic, "same",
	    (json_int_t)f->same, "apart", (json_int_t)f->apart, "asked",
	    (json_int_t)f->asked.pairs, "model", k->model->id, "model_hash",
	    k->model->hash, "questions", (json_int_t)f->asked.questions,
	    "asked_for", reasons_json(&f->asked), "blocks_divided",
	    (json_int_t)b->split, "largest_block", (json_int_t)b->biggest);

	say_json(o);
	json_decref(o);
}

enum rc
link_run_words(const struct linking *k, bool *attention, struct err *e)
{
	struct figures f = {.cases = k->l.n,
	    .restricted = k->l.restricted, .lower = k->l.result.nlower,
	    .upper = k->l.result.nupper,
	    .automatic = link_count(k, LINK_AUTO),
	    .same = link_count(k, LINK_SAME),
	    .apart = link_count(k, LINK_NOT_SAME)};
	enum format format;

	if (format_read(k->c, &format, e) != RC_OK)
		return e->rc;
	link_asked_count(&k->l.result, &f.asked);
	if (format == FORMAT_JSON)
		run_json(k, &f);
	else if (format == FORMAT_CSV)
		run_csv(k, &f);
	else
		run_text(k, &f);
	*attention = f.asked.pairs > 0;
	return RC_OK;
}
