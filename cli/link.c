/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/ask.h"
#include "cli/door.h"
#include "cli/print.h"
#include "cli/progress.h"
#include "cli/unlock.h"
#include "core/xalloc.h"
#include "db/watch.h"
#include "exchange/linkfiles.h"

static enum rc link_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_link = {
	.name = "link",
	.usage = "run|auto|list|same|apart|split|train STORE [REF...] ...",
	.summary = "say which cases are of one child, and take it back",
	.help = "  link run STORE\n"
	    "  link auto STORE [--yes]\n"
	    "  link list STORE [--ask] [--reason CODE] [--decided] [--format text|csv|json]\n"
	    "  link same STORE REF REF --reason TEXT\n"
	    "  link apart STORE REF REF --reason TEXT\n"
	    "  link split STORE REF... --reason TEXT\n"
	    "  link train STORE --out FILE\n\n"
	    "Cases that several agencies reported are compared field by "
	    "field, and each agreement weighs what the model says. Books are "
	    "never merged: that two cases are of one child is an entry of its "
	    "own, and so is that they are not.\n\n"
	    "run says how many children there are, with the links alone "
	    "(lower) and with all that is asked taken as the same (upper), "
	    "how many pairs the model links by itself, how many wait for a "
	    "person and why, and whether groups were too large to compare "
	    "each with each. It writes nothing.\n\n"
	    "auto signs what the model links by itself. Those are only pairs "
	    "above its upper threshold and ahead of every other, of which "
	    "nothing says that they may be twins; the number has to be typed "
	    "once more. What is signed already is not signed again.\n\n"
	    "list names the linked children and their cases; with --ask the "
	    "pairs that wait for a person, each field side by side with its "
	    "weight, and why a person is asked: those that are likeliest of "
	    "one child first, twins of quite another name last. --reason "
	    "keeps those of one main reason: parted (would join what "
	    "somebody parted), chain (would join two others who may be two "
	    "children), twins, differ (two numbers of one sort do), agency "
	    "(two records of one), number (the same, and nothing else), rival "
	    "(another fits as well), unsure. Two children who are parted over "
	    "one pair are not asked about over their others. --decided lists "
	    "what people decided, when and why.\n\n"
	    "same and apart are a person's decision on two cases. What a "
	    "person parted no model joins again. split parts the cases that "
	    "are named from the others of their child; when all of them are "
	    "named, each from each.\n\n"
	    "train makes a new model out of the cases of this store and "
	    "writes it to a new FILE, never over the one in use, and says "
	    "what is other in it. It counts only where --model names it, or "
	    "where somebody puts it into content/linkage.\n\n"
	    "Cases restricted to others take no part. Ends with 1 when a pair "
	    "waits for a person.",
	.options = (const struct option_def[]){
		{"ask", NULL, "for list: the pairs that wait for a person"},
		{"decided", NULL, "for list: what people decided, and why"},
		{"reason", "TEXT", "for same, apart, split: what shows it; for list: its code"},
		{"model", "FILE", "another model than content/linkage/model.yaml"},
		{"out", "FILE", "for train: where the new model goes"},
		{"yes", NULL, "for auto: do not ask for the number"},
		{"format", "text|csv|json", "for run and list: how it is written; else text"},
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 2,
	.max_args = 40,
	.paths = "-w-",
	.path_options = (const struct path_option[]){
		{"model", PATH_READ},
		{"out", PATH_WRITE},
		{NULL, PATH_NONE}
	},
	.run = link_run,
};

size_t
link_count(const struct linking *k, enum link_verdict v)
{
	size_t n = 0;

	for (size_t i = 0; i < k->l.result.npairs; i++)
		n += k->l.result.pairs[i].verdict == v;
	return n;
}

/* ---- auto ---- */

static enum rc
link_auto(const struct linking *k, bool *attention, struct err *e)
{
	size_t n = link_count(k, LINK_AUTO), done = 0;
	char prompt[64], number[24];
	enum rc rc;

	*attention = link_count(k, LINK_ASK) > 0;
	if (n == 0) {
		say("Nothing new: the model links no pair by itself that is "
		    "not signed.\n");
		return RC_OK;
	}
	tell_line("The model %s %s links %zu pair%s by itself that %s not "
	    "signed.", k->model->id, k->model->version, n, n == 1 ? "" : "s",
	    n == 1 ? "is" : "are");
	(void)snprintf(number, sizeof(number), "%zu", n);
	(void)snprintf(prompt, sizeof(prompt), "Type %zu to sign %s: ", n,
	    n == 1 ? "it" : "them");
	rc = ask_to_confirm(k->c, prompt, number, e);
	if (rc == RC_OK)
		rc = store_link_auto(k->s, &k->l, k->model, &done, e);
	if (rc == RC_OK)
		say("Signed: %zu link%s. A mistaken one is taken back with: "
		    "hearken link split %s REF\n", done, done == 1 ? "" : "s",
		    k->c->args[1]);
	return rc;
}

/* ---- same, apart, split ---- */

static enum rc
record_of(const struct linking *k, const char *word, uint32_t *out,
    struct err *e)
{
	struct case_id id;
	enum rc rc = door_find(k->s, word, &id, e);
	size_t i;

	if (rc != RC_OK)
		return rc;
	i = linkage_find(&k->l, &id);
	if (i == SIZE_MAX)
		return err_set(e, RC_NOTFOUND, "%s takes no part in linkage: "
		    "nobody is named in it, or it is restricted to others",
		    word);
	*out = (uint32_t)i;
	return RC_OK;
}

static enum rc
decide(const struct linking *k, bool same, struct err *e)
{
	const char *reason = call_option(k->c, "reason");
	struct link_pair pair;
	uint32_t a = 0, b = 0;
	enum rc rc = reason_check(reason, same ? "a link" : "parting two "
	    "cases", e);

	if (rc == RC_OK)
		rc = record_of(k, k->c->args[2], &a, e);
	if (rc == RC_OK)
		rc = record_of(k, k->c->args[3], &b, e);
	if (rc == RC_OK && a == b)
		rc = err_set(e, RC_USAGE, "%s and %s are one and the same "
		    "case", k->c->args[2], k->c->args[3]);
	if (rc != RC_OK)
		return rc;
	(void)linkage_pair(&k->l, a, b, &pair);
	rc = store_link_decide(k->s, &k->l, &pair, same, k->model, reason, e);
	if (rc == RC_OK)
		say("Signed: %s and %s are %s.\n", k->c->args[2],
		    k->c->args[3], same ? "of one child" :
		    "of two children; no model joins them again");
	return rc;
}

static enum rc
link_same(const struct linking *k, bool *attention, struct err *e)
{
	(void)attention;
	return decide(k, true, e);
}

static enum rc
link_apart(const struct linking *k, bool *attention, struct err *e)
{
	(void)attention;
	return decide(k, false, e);
}

/* Marks the cases named; RC_INPUT unless all are of one child. */
static enum rc
mark_named(const struct linking *k, bool *named, uint32_t *child,
    struct err *e)
{
	const uint32_t *lower = k->l.result.lower;

	for (size_t i = 2; i < k->c->nargs; i++) {
		uint32_t r;

		if (record_of(k, k->c->args[i], &r, e) != RC_OK)
			return e->rc;
		if (i > 2 && lower[r] != *child)
			return err_set(e, RC_INPUT, "%s and %s are not "
			    "linked; name cases of one child",
			    k->c->args[2], k->c->args[i]);
		*child = lower[r];
		named[r] = true;
	}
	return RC_OK;
}

struct sides { struct case_id *part, *rest; size_t npart, nrest; };

static void
fill_sides(const struct linking *k, const bool *named, uint32_t child,
    struct sides *out)
{
	for (size_t i = 0; i < k->l.n; i++) {
		if (k->l.result.lower[i] != child)
			continue;
		if (named[i])
			out->part[out->npart++] = k->l.cases[i].id;
		else
			out->rest[out->nrest++] = k->l.cases[i].id;
	}
}

/* All cases of a child: each from each, the first from all behind it. */
static enum rc
part_all(const struct linking *k, const struct sides *x, const char *reason,
    struct err *e)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i + 1 < x->npart && rc == RC_OK; i++)
		rc = store_link_split(k->s, &k->l, &x->part[i], 1,
		    &x->part[i + 1], x->npart - i - 1, reason, e);
	return rc;
}

static enum rc
part(const struct linking *k, const struct sides *x, struct err *e)
{
	const char *reason = call_option(k->c, "reason");

	if (x->npart + x->nrest < 2)
		return err_set(e, RC_INPUT, "%s is linked to no other case",
		    k->c->args[2]);
	return x->nrest == 0 ? part_all(k, x, reason, e) :
	    store_link_split(k->s, &k->l, x->part, x->npart, x->rest,
	    x->nrest, reason, e);
}

static enum rc
link_split(const struct linking *k, bool *attention, struct err *e)
{
	bool *named = xcalloc(k->l.n + 1, sizeof(*named));
	struct sides x = {.part = xcalloc(k->l.n + 1, sizeof(*x.part)),
	    .rest = xcalloc(k->l.n + 1, sizeof(*x.rest))};
	uint32_t child = 0;
	enum rc rc = reason_check(call_option(k->c, "reason"), "a split", e);

	(void)attention;
	if (rc == RC_OK)
		rc = mark_named(k, named, &child, e);
	if (rc == RC_OK) {
		fill_sides(k, named, child, &x);
		rc = part(k, &x, e);
	}
	if (rc == RC_OK)
		say("Split and signed. Every count and list follows, and no "
		    "model joins them again.\n");
	free(named);
	free(x.part);
	free(x.rest);
	return rc;
}

/* ---- which of them ---- */

static const struct action {
	const char *name;
	const char *rest;	/* what it takes after the store */
	size_t least, most;
	enum rc (*run)(const struct linking *k, bool *attention,
	    struct err *e);
} actions[] = {
	{"run", "", 2, 2, link_run_words},
	{"auto", " [--yes]", 2, 2, link_auto},
	{"list", " [--ask] [--reason CODE] [--decided]", 2, 2, link_list},
	{"same", " REF REF --reason TEXT", 4, 4, link_same},
	{"apart", " REF REF --reason TEXT", 4, 4, link_apart},
	{"split", " REF... --reason TEXT", 3, 40, link_split},
	{"train", " --out FILE", 2, 2, link_train},
	{NULL, NULL, 0, 0, NULL}
};

static enum rc
find_action(const struct call *c, const struct action **out, struct err *e)
{
	const struct action *a = actions;

	while (a->name != NULL && strcmp(a->name, c->args[0]) != 0)
		a++;
	if (a->name == NULL)
		return err_set(e, RC_USAGE, "hearken link knows run, auto, "
		    "list, same, apart, split and train, not \"%s\"",
		    c->args[0]);
	if (c->nargs < a->least || c->nargs > a->most)
		return err_set(e, RC_USAGE, "usage: hearken link %s STORE%s",
		    a->name, a->rest);
	*out = a;
	return RC_OK;
}

static enum rc
compare_cases(struct linking *k, struct err *e)
{
	struct progress p;
	enum rc rc;

	progress_begin(&p, "Comparing the cases");
	rc = store_linkage(k->s, k->names, progress_tell, &p, &k->l, e);
	if (rc == RC_OK)
		linkage_run(&k->l, k->model);
	progress_end(&p);
	return rc;
}

static enum rc
prepare(struct linking *k, struct err *e)
{
	const char *content = k->c->host->content_dir;
	enum rc rc = link_files_names(content, &k->names, e);

	if (rc == RC_OK)
		rc = link_files_model(content, call_option(k->c, "model"),
		    &k->model, e);
	if (rc == RC_OK)
		rc = unlock_store(k->c, k->c->args[1], &k->s, e);
	return rc == RC_OK ? compare_cases(k, e) : rc;
}

static enum rc
link_run(const struct call *c, bool *attention, struct err *e)
{
	struct linking k = {.c = c};
	const struct action *a = actions;
	enum rc rc = find_action(c, &a, e);

	if (rc == RC_OK)
		rc = prepare(&k, e);
	if (rc == RC_OK)
		rc = a->run(&k, attention, e);
	linkage_release(&k.l);
	link_model_free(k.model);
	link_names_free(k.names);
	store_close(k.s);
	return rc;
}
