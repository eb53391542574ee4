/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A new model out of the cases of a store: written beside the one in use,
 * never over it.
 */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/link.h"
#include "cli/print.h"
#include "cli/row.h"
#include "cli/sandbox.h"
#include "core/date.h"
#include "exchange/file.h"

#define SAME 0.05		/* bits by which a weight is no other */

static void
say_level(const struct link_model *old, const struct link_model *new_,
    enum link_field f, enum link_level l)
{
	double was = link_model_weight(old, f, l);
	double is = link_model_weight(new_, f, l);
	struct str line;

	if (fabs(was - is) < SAME)
		return;
	str_init(&line);
	str_add(&line, "  ");
	row_column(&line, link_field_name(f), 12);
	row_column(&line, link_level_words(l), 14);
	str_add_fmt(&line, "%+7.1f  ->%+7.1f", was, is);
	say("%s\n", line.s);
	str_release(&line);
}

static void
say_changes(const struct link_model *old, const struct link_model *new_)
{
	say("What is other than in %s %s, in bits:\n", old->id, old->version);
	for (int f = 0; f < LINK_FIELDS; f++)
		for (int l = 0; l < LEVEL_MISSING; l++)
			say_level(old, new_, (enum link_field)f,
			    (enum link_level)l);
	say("  upper threshold %+.1f -> %+.1f, lower %+.1f -> %+.1f, lead "
	    "%.1f -> %.1f\n", old->upper, new_->upper, old->lower,
	    new_->lower, old->margin, new_->margin);
}

static enum rc
write_model(const struct linking *k, const struct link_model *m,
    const char *path, struct err *e)
{
	struct str text, source;
	enum rc rc;

	str_init(&text);
	str_init(&source);
	str_add_fmt(&source, "trained on %zu cases of a store, from %s %s",
	    k->l.n, k->model->id, k->model->version);
	link_model_write(m, source.s, &text);
	rc = file_create(path, text.s, text.len, e);
	str_release(&text);
	str_release(&source);
	return rc;
}

enum rc
link_train(const struct linking *k, bool *attention, struct err *e)
{
	const char *path = call_option(k->c, "out");
	struct link_model m = *k->model;
	char day[DAY_TEXT_MAX];
	enum rc rc;

	(void)attention;
	if (path == NULL)
		return err_set(e, RC_USAGE, "say where the new model goes: "
		    "--out FILE");
	rc = sandbox_may_write(path, e);
	if (rc != RC_OK)
		return rc;
	if (!links_train(k->l.links, &m))
		return err_set(e, RC_INPUT, "%zu case%s hold too few pairs "
		    "of one child to train a model on; the one in use stays",
		    k->l.n, k->l.n == 1 ? "" : "s");
	day_format(moment_day(clock_now(k->c->host->clock)), day);
	(void)snprintf(m.id, sizeof(m.id), "trained");
	(void)snprintf(m.version, sizeof(m.version), "%s", day);
	rc = write_model(k, &m, path, e);
	if (rc != RC_OK)
		return rc;
	say_changes(k->model, &m);
	say("The new model is in %s. Nothing uses it yet: look what it does "
	    "with hearken link run %s --model %s\n", path, k->c->args[1],
	    path);
	return RC_OK;
}
