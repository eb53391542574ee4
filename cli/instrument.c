/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "cli/content.h"
#include "cli/faultlist.h"
#include "cli/print.h"
#include "cli/verb.h"
#include "core/near.h"
#include "core/str.h"

static enum rc instrument_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_instrument = {
	.name = "instrument",
	.usage = "list | show ID [ITEM] | check FILE",
	.summary = "list, show and check checklists and their rules",
	.help = "An instrument is a checklist and the rules that say what the "
	    "answers mean, in a YAML file that a board may edit.\n\n"
	    "list names the instruments that come with Hearken. show ID "
	    "prints one with its items, rules and sources; with ITEM only "
	    "what that item means and what to look for. check FILE reads a "
	    "file and prints every fault as file:line:column: message; a "
	    "sound file prints its settings and rules.\n\n"
	    "Every instrument is a screening aid. It supports professional "
	    "judgement and never replaces it.",
	.options = (const struct option_def[]){
		{NULL, NULL, NULL}
	},
	.min_args = 1,
	.max_args = 3,
	.paths = "-r",
	.run = instrument_run,
};

static void
say_list_line(const char *path, const struct instrument *in,
    const struct err *e, void *ctx)
{
	bool *attention = ctx;
	unsigned n;

	if (in == NULL) {
		tell_line("%s", e->text);
		*attention = true;
		return;
	}
	(void)path;
	n = itemset_count(&in->listed);
	say("%-16s %-8s %3u items, %2zu rules  %s\n", in->id, in->version, n,
	    in->nrules, in->title);
}

static enum rc
list_all(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	(void)s;
	return content_each_instrument(c->host, say_list_line, attention, e);
}

static void
say_item(const struct instrument *in, unsigned i)
{
	const struct item *it = &in->items[i];

	say("  %s  %s\n", it->id, it->label);
	say_wrapped("      ", it->help);
	if (it->applies_when != NO_ITEM)
		say("      Left out where \"%s\" is answered absent.\n",
		    in->items[it->applies_when].id);
}

static void
say_section(const struct instrument *in, size_t i)
{
	const struct section *s = &in->sections[i];

	say("\n%s  %s\n", s->id, s->label);
	say_wrapped("  ", s->help);
	for (unsigned k = 0; k < in->nitems; k++)
		if (in->items[k].section == i)
			say_item(in, k);
}

static void
say_rule(const struct instrument *in, const struct rule *r)
{
	say("  %s -> %s\n", r->id, r->label != NULL ? r->label :
	    in->levels[r->level].label);
	say_labelled("      ", "When: ", r->text);
	say_labelled("      ", "Why: ", r->because);
	say_labelled("      ", "Do: ", r->action);
	say_labelled("      ", "Source: ", r->source);
}

static void
say_setting(const struct setting *s)
{
	say("  %s: %ld\n", s->name, s->value);
	say_labelled("      ", "Source: ", s->source);
}

static void
say_rules(const struct instrument *in)
{
	if (in->nsettings != 0)
		say("\nSettings\n");
	for (size_t i = 0; i < in->nsettings; i++)
		say_setting(&in->settings[i]);
	if (in->nrules != 0)
		say("\nRules, from the highest level down\n");
	for (size_t i = 0; i < in->nrules; i++)
		say_rule(in, &in->rules[i]);
	if (in->unscored)
		say("\nA memory aid: no rules and no level.\n");
}

static void
say_group(const struct instrument *in, const struct view_group *g)
{
	struct str line;

	str_init(&line);
	str_add_fmt(&line, "%s:", g->label);
	for (unsigned i = 0; i < in->nitems; i++)
		if (itemset_has(&g->items, i))
			str_add_fmt(&line, " %s", in->items[i].id);
	say_wrapped("  ", line.s);
	str_release(&line);
}

static void
say_views(const struct instrument *in)
{
	for (size_t i = 0; i < in->nviews; i++) {
		say("\n%s\n", in->views[i].label);
		for (size_t k = 0; k < in->views[i].ngroups; k++)
			say_group(in, &in->views[i].groups[k]);
	}
}

static void
say_head(const struct instrument *in)
{
	say("%s  (%s, version %s)\n", in->title, in->id, in->version);
	say_wrapped("  ", in->summary);
	say("  To be looked at again after %d days.\n", in->review_days);
}

static void
say_whole(const struct instrument *in)
{
	say_head(in);
	for (size_t i = 0; i < in->nsections; i++)
		say_section(in, i);
	say_rules(in);
	say_views(in);
	say("\nSources\n");
	say_wrapped("  ", in->sources);
}

static enum rc
say_one_item(const struct instrument *in, const char *id, struct err *e)
{
	uint32_t i = instrument_item(in, id, strlen(id));
	struct near near;

	if (i != NO_ITEM) {
		say("%s  %s\n", in->items[i].id, in->items[i].label);
		say_wrapped("  ", in->items[i].help);
		say_labelled("  ", "Source: ", in->items[i].source);
		return RC_OK;
	}
	near_init(&near, id, strlen(id));
	for (size_t k = 0; k < in->nitems; k++)
		near_offer(&near, in->items[k].id);
	if (near.best != NULL)
		return err_set(e, RC_NOTFOUND, "%s has no item \"%s\"; did you "
		    "mean \"%s\"?", in->id, id, near.best);
	return err_set(e, RC_NOTFOUND, "%s has no item \"%s\"; `instrument "
	    "show %s' lists them", in->id, id, in->id);
}

static enum rc
show_one(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	struct instrument *in = NULL;
	enum rc rc = content_instrument(c->host, c->args[1], &in, e);

	(void)s;
	(void)attention;
	if (rc == RC_OK && c->nargs == 3)
		rc = say_one_item(in, c->args[2], e);
	else if (rc == RC_OK)
		say_whole(in);
	instrument_free(in);
	return rc;
}

static enum rc
check_file(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	struct instrument *in = NULL;
	struct faults faults;
	enum rc rc;

	(void)s;
	(void)attention;
	faults_init(&faults, c->args[1]);
	rc = content_instrument_file(c->args[1], &in, &faults, e);
	if (rc == RC_OK) {
		say_head(in);
		say("  %u items and %u direct questions, no faults.\n",
		    itemset_count(&in->listed),
		    itemset_count(&in->questions));
		say_rules(in);
	} else if (faults.n != 0) {
		rc = say_faults(&faults, e);
	}
	instrument_free(in);
	faults_release(&faults);
	return rc;
}

static const struct verb verbs[] = {
	{"list", "", 1, 1, "", list_all, true},
	{"show", "ID [ITEM]", 2, 3, "", show_one, true},
	{"check", "FILE", 2, 2, "", check_file, true},
	{NULL, NULL, 0, 0, NULL, NULL, false}
};

static enum rc
instrument_run(const struct call *c, bool *attention, struct err *e)
{
	return verb_run(c, verbs, attention, e);
}
