/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "cli/format.h"
#include "cli/joined_rows.h"
#include "cli/linked.h"
#include "cli/print.h"
#include "cli/progress.h"
#include "cli/row.h"
#include "cli/unlock.h"
#include "core/joinedwindow.h"
#include "db/facts.h"
#include "db/watch.h"
#include "exchange/directory.h"

static enum rc joined_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_joined = {
	.name = "joined",
	.usage = "STORE [--window 12m|FROM..TO] [--only-joined] [--format "
	    "text|csv|json]",
	.summary = "list each child whole, out of what all agencies know",
	.help = "Puts the cases of each child together and lists every child "
	    "with an indicator present in the window. First come those whom "
	    "no agency alone had at three, then those of whom that is so if "
	    "links that are asked are so, then the rest; in each the highest "
	    "level first, then the latest.\n\n"
	    "Each indicator counts once, however many agencies have it; how "
	    "many are corroborated is said. With each child stand the cases "
	    "it is of, which others it could be one child with (see link "
	    "review), the level then, and whom to ring. What was written of "
	    "the child is not.\n\n"
	    "A window is 12m, 6w or 90d back from today, FROM..TO, or all; "
	    "else 12m. What has no date counts in any. Cases that are "
	    "restricted to others are only counted.\n\n"
	    "Ends with 1 when there is a child whom no agency alone had at "
	    "three.",
	.options = (const struct option_def[]){
		{"window", "12m|FROM..TO", "the days that count; else 12m"},
		{"only-joined", NULL, "only whom no agency alone has at three"},
		{"format", "text|csv|json", "how it is written; else text"},
		{"json", NULL, "the same as --format json"},
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 1,
	.max_args = 1,
	.paths = "w",
	.run = joined_run,
};

struct asked {
	struct joined_window window;
	bool only;
	enum format format;
};

static enum rc
read_options(const struct call *c, struct asked *a, struct err *e)
{
	const char *window = call_option(c, "window");
	enum rc rc = format_read(c, &a->format, e);

	a->only = call_option(c, "only-joined") != NULL;
	if (rc == RC_OK)
		rc = joined_window_parse(window != NULL ? window :
		    JOINED_WINDOW, moment_day(clock_now(c->host->clock)),
		    &a->window, e);
	return rc;
}

static enum rc
count_all(const struct call *c, struct store *s, const struct asked *a,
    struct facts *out, struct err *e)
{
	struct linkage l;
	struct progress p;
	bool any;
	enum rc rc = linked_load(c, s, &l, &any, e);

	facts_init(out, NULL, &a->window, 0);
	if (rc != RC_OK)
		return rc;
	progress_begin(&p, "Putting the children together");
	rc = store_facts(s, &a->window, any ? &l : NULL, progress_tell, &p,
	    out, e);
	progress_end(&p);
	linked_release(&l);
	return rc;
}

/* Noted before anything is shown; all but text is for taking out. */
static enum rc
note_listing(struct store *s, const struct asked *a,
    const struct joined_list *l, struct err *e)
{
	struct look_note note = {.what = a->format == FORMAT_TEXT ?
	    LOOK_LIST : LOOK_EXPORT, .words = "the joined list",
	    .count = l->n};

	return store_look(s, &note, e);
}

static enum rc
list_rows(const struct call *c, struct store *s, const struct facts *f,
    const struct joined_list *l, const struct asked *a, struct err *e)
{
	static const size_t all[2] = {0, 0};
	struct services *services = NULL;
	struct joined_rows rows;
	struct str dir;
	struct err skip;
	enum rc rc;

	str_init(&dir);
	str_add_fmt(&dir, "%s/services", c->host->content_dir);
	/* What is without a fault is there all the same. */
	if (directory_load(dir.s, &services, &skip) != RC_OK)
		tell("%s\n", skip.text);
	str_release(&dir);
	joined_rows_begin(&rows, f, services, a->format);
	rc = store_joined(s, f, l, all, joined_rows_take, &rows, e);
	joined_rows_end(&rows, rc == RC_OK);
	services_free(services);
	return rc;
}

static void
tell_counts(const struct facts *f, const struct joined_list *l)
{
	size_t low = l->children_upper < l->children_lower ?
	    l->children_upper : l->children_lower;
	size_t high = l->children_upper < l->children_lower ?
	    l->children_lower : l->children_upper;
	struct str words;

	str_init(&words);
	str_add_fmt(&words, "%zu", low);
	if (high != low)
		str_add_fmt(&words, " to %zu", high);
	str_add_fmt(&words, " %s with an indicator ", high == 1 ? "child" :
	    "children");
	joined_window_words(&f->window, &words);
	str_add_fmt(&words, ", in %zu case%s; %zu with three or more only "
	    "when joined", f->n, f->n == 1 ? "" : "s", l->in[JOINED_ONLY]);
	if (l->in[JOINED_COULD] > 0)
		str_add_fmt(&words, ", %zu more if links that are asked are "
		    "so", l->in[JOINED_COULD]);
	if (f->restricted > 0)
		str_add_fmt(&words, "; %zu case%s restricted to others and "
		    "not counted", f->restricted, f->restricted == 1 ?
		    " is" : "s are");
	tell("%s.\n", words.s);
	str_release(&words);
}

static enum rc
list_joined(const struct call *c, struct store *s, const struct asked *a,
    bool *attention, struct err *e)
{
	struct facts f;
	struct joined_list l;
	enum rc rc = count_all(c, s, a, &f, e);

	if (rc == RC_OK) {
		joined_list_init(&l, &f, a->only);
		rc = note_listing(s, a, &l, e);
		if (rc == RC_OK)
			rc = list_rows(c, s, &f, &l, a, e);
		if (rc == RC_OK)
			tell_counts(&f, &l);
		*attention = l.in[JOINED_ONLY] > 0;
		joined_list_release(&l);
	}
	facts_release(&f);
	return rc;
}

static enum rc
joined_run(const struct call *c, bool *attention, struct err *e)
{
	struct asked a;
	struct store *s = NULL;
	enum rc rc = read_options(c, &a, e);

	if (rc == RC_OK)
		rc = unlock_store(c, c->args[0], &s, e);
	if (rc == RC_OK)
		rc = list_joined(c, s, &a, attention, e);
	store_close(s);
	return rc;
}
