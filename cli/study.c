/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/content.h"
#include "cli/faultlist.h"
#include "cli/host.h"
#include "cli/print.h"
#include "cli/verb.h"
#include "core/study.h"
#include "core/study_print.h"
#include "core/xalloc.h"
#include "exchange/studies.h"

static enum rc study_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_study = {
	.name = "study",
	.usage = "list | show ID | check FILE",
	.summary = "list, print and check the case studies for training",
	.help = "A case study tells one young person's story in stages, as "
	    "agencies come to know it, with questions for a group and the "
	    "model's answer to each indicator. Nobody in it is real.\n\n"
	    "list names the studies that come with Hearken. show ID prints "
	    "one as a facilitator reads it on paper: every stage, what to "
	    "ask, the model's answers with their reasons, and the level that "
	    "the rules give. It shows everything: do not hand it to the "
	    "learners. check FILE reads a study, runs the rules of its "
	    "instrument over the model's answers, and prints every fault as "
	    "file:line:column: message, also where a level is stated that "
	    "the rules do not give.\n\n"
	    "Studies are content: all files of content/studies. The help "
	    "topic \"studies\" tells how to write one.",
	.options = (const struct option_def[]){
		{NULL, NULL, NULL}
	},
	.min_args = 1,
	.max_args = 2,
	.paths = "-r",
	.run = study_run,
};

#define INDENT "    "

/* Everything, for whoever leads the group. */
static void
say_whole(const struct study *s, const struct instrument *in)
{
	struct str whole;

	str_init(&whole);
	study_print(s, in, STUDY_PRINT_COLUMNS, &whole);
	say("%s", whole.s);
	str_release(&whole);
}

/* ---- the commands ---- */

static bool
say_list_line(const char *path, const struct study *s, const struct err *e,
    void *ctx)
{
	bool *attention = ctx;
	struct str covers;

	(void)path;
	if (s == NULL) {
		tell_line("%s", e->text);
		*attention = true;
		return true;
	}
	str_init(&covers);
	study_covers(s, &covers);
	say("%-22s %-5s %2zu stages  %s\n", s->id, s->version, s->nstages,
	    s->title);
	say_labelled(INDENT, "About: ", covers.s);
	say_labelled(INDENT, "Teaches: ", s->teaches);
	str_release(&covers);
	return true;
}

static enum rc
list_all(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	char *dir = host_content_path(c->host, "studies", "");
	enum rc rc = studies_each(dir, say_list_line, attention, e);

	(void)s;
	free(dir);
	return rc;
}

struct wanted {
	const char *id;
	char *path;		/* owned; NULL until found */
	struct str known;
};

static bool
look(const char *path, const struct study *s, const struct err *e, void *ctx)
{
	struct wanted *w = ctx;

	(void)e;
	if (s == NULL)
		return true;
	str_add_fmt(&w->known, "%s%s", w->known.len > 0 ? ", " : "", s->id);
	if (strcmp(s->id, w->id) != 0)
		return true;
	w->path = xstrdup(path);
	return false;
}

static enum rc
find_path(const struct call *c, const char *id, char **path, struct err *e)
{
	struct wanted w = { .id = id };
	char *dir = host_content_path(c->host, "studies", "");
	enum rc rc;

	str_init(&w.known);
	rc = studies_each(dir, look, &w, e);
	if (rc == RC_OK && w.path == NULL)
		rc = err_set(e, RC_NOTFOUND, "there is no study \"%.64s\"; "
		    "there are: %s", id, w.known.len > 0 ? w.known.s :
		    "none at all");
	*path = w.path;
	str_release(&w.known);
	free(dir);
	return rc;
}

/*
 * The study and its instrument.  Both are owned, and NULL where there is
 * none; every fault goes into f.
 */
static enum rc
load(const struct call *c, const char *path, struct study **s,
    struct instrument **in, struct faults *f, struct err *e)
{
	enum rc rc = study_file(path, s, f, e);

	*in = NULL;
	if (rc == RC_OK)
		rc = content_instrument(c->host, (*s)->instrument, in, e);
	if (rc == RC_OK && !study_check(*s, *in, f))
		rc = faults_result(f, e);
	return rc;
}

static void
say_checked(const struct study *s, const struct instrument *in)
{
	size_t ways = study_ways(s);

	say("%s  (%s, version %s)\n", s->title, s->id, s->version);
	say("  %zu stage%s, %zu way%s to an end, no fault. The levels are "
	    "those of %s %s.\n", s->nstages, s->nstages == 1 ? "" : "s",
	    ways, ways == 1 ? "" : "s", in->id, in->version);
	for (size_t i = 0; i < s->nstages; i++)
		say("  %-22s %s\n", s->stages[i].id, s->stages[i].level);
}

static enum rc
do_file(const struct call *c, const char *path,
    void (*sound)(const struct study *s, const struct instrument *in),
    struct err *e)
{
	struct study *s = NULL;
	struct instrument *in = NULL;
	struct faults f;
	enum rc rc;

	faults_init(&f, path);
	rc = load(c, path, &s, &in, &f, e);
	if (rc == RC_OK)
		sound(s, in);
	else if (f.n > 0)
		rc = say_faults(&f, e);
	instrument_free(in);
	study_free(s);
	faults_release(&f);
	return rc;
}

static enum rc
show_one(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	char *path = NULL;
	enum rc rc = find_path(c, c->args[1], &path, e);

	(void)s;
	(void)attention;
	if (rc == RC_OK)
		rc = do_file(c, path, say_whole, e);
	free(path);
	return rc;
}

static enum rc
check_file(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	(void)s;
	(void)attention;
	return do_file(c, c->args[1], say_checked, e);
}

static const struct verb verbs[] = {
	{"list", "", 1, 1, "", list_all, true},
	{"show", "ID", 2, 2, "", show_one, true},
	{"check", "FILE", 2, 2, "", check_file, true},
	{NULL, NULL, 0, 0, NULL, NULL, false}
};

static enum rc
study_run(const struct call *c, bool *attention, struct err *e)
{
	return verb_run(c, verbs, attention, e);
}
