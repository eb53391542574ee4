/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/content.h"
#include "cli/host.h"
#include "cli/print.h"
#include "core/screen.h"
#include "core/study.h"
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

/* ---- printing ---- */

#define INDENT "    "

/* "label text", wrapped; nothing when the text is empty. */
static void
say_labelled(const char *indent, const char *label, const char *text)
{
	struct str line;

	if (text[0] == '\0')
		return;
	str_init(&line);
	str_add_fmt(&line, "%s%s", label, text);
	say_wrapped(indent, line.s);
	str_release(&line);
}

static void
say_lines(const char *indent, const struct study_lines *l)
{
	for (size_t i = 0; i < l->n; i++)
		say_labelled(indent, "- ", l->list[i]);
}

static void
say_head(const struct study *s, const struct instrument *in)
{
	struct str line;

	say("%s  (%s, version %s)\n", s->title, s->id, s->version);
	str_init(&line);
	str_add_fmt(&line, "%s, a %s aged %d. %s", s->called,
	    study_child_word(s), s->stages[0].age, s->care);
	say_wrapped("  ", line.s);
	str_clear(&line);
	study_covers(s, &line);
	say_labelled("  ", "About: ", line.s);
	str_release(&line);
	say_labelled("  ", "Teaches: ", s->teaches);
	say_labelled("  ", "Most often missed: ", s->missed);
	say_labelled("  ", "Source: ", s->source);
	say_labelled("  ", "A study as hard, for before and after: ",
	    s->pair);
	say("  Made for %s %s. What no stage answers is not known.\n",
	    in->id, in->version);
}

static void
say_answers(const struct study_stage *st, const struct instrument *in)
{
	if (st->nanswers == 0)
		say("\n  No answer changes.\n");
	else
		say("\n  Answers that change\n");
	for (size_t i = 0; i < st->nanswers; i++) {
		const struct study_answer *a = &st->answers[i];
		uint32_t item = instrument_item(in, a->item, strlen(a->item));
		char on[SPAN_WORDS_MAX];

		span_words(&a->on, on);
		say("  %-4s %s - %s, %s\n", a->item,
		    item != NO_ITEM ? in->items[item].label : "",
		    answer_name(a->state), on);
		say_labelled("       ", "", a->reason);
		say_labelled("       ", "Source: ", a->source);
	}
}

static void
say_questions(const struct study_stage *st)
{
	say("\n  To ask the group\n");
	for (size_t i = 0; i < st->nquestions; i++) {
		say_wrapped("  ", st->questions[i].ask);
		say_lines(INDENT, &st->questions[i].look_for);
	}
}

static const char *
next_words(const struct study *s, uint32_t next)
{
	return next == STUDY_END ? "end" : s->stages[next].id;
}

static void
say_next(const struct study *s, const struct study_stage *st)
{
	if (st->nchoices == 0) {
		say("\n  Next: %s\n", next_words(s, st->next));
		return;
	}
	say("\n  What now?\n");
	for (size_t i = 0; i < st->nchoices; i++) {
		const struct study_choice *c = &st->choices[i];

		say("  %s -> %s\n", c->id, next_words(s, c->next));
		say_wrapped(INDENT, c->words);
		say_labelled(INDENT, "To say about it: ", c->reply);
		say_labelled(INDENT, "What becomes known: ", c->discloses);
	}
}

/* ---- the levels ---- */

/* What the rules make of the first way found to each stage. */
struct found {
	const struct study *s;
	const struct instrument *in;
	struct answers at[STUDY_STAGES_MAX];
	bool is[STUDY_STAGES_MAX];
};

static void
find_answers(const struct study_way *way, void *ctx)
{
	struct found *f = ctx;
	struct study_way part = *way;

	for (part.n = 1; part.n <= way->n; part.n++) {
		uint32_t at = way->stages[part.n - 1];

		if (!f->is[at])
			study_answers(f->s, f->in, &part, &f->at[at]);
		f->is[at] = true;
	}
}

static void
say_level(const struct study_stage *st, const struct instrument *in,
    const struct answers *a)
{
	struct screening sc;
	struct str words;

	screen_judge(in, a, &sc);
	say("\n  Level by the rules: %s\n", screen_label(in, &sc));
	str_init(&words);
	for (size_t i = 0; i < sc.nfired; i++) {
		str_clear(&words);
		screen_rule_words(in, a, sc.fired[i], &words);
		say_labelled(INDENT, "- ", words.s);
	}
	str_release(&words);
	say(INDENT "Present: %u of the signs, %u of the vulnerabilities\n",
	    sc.signs, sc.vulnerabilities);
	say(INDENT "Suspected: %u; not known: %u of %u\n", sc.suspected,
	    sc.not_known, sc.listed);
	say(INDENT "It could be: %s\n", screen_level_label(in, sc.could_be));
	say_labelled(INDENT, "Why: ", st->why);
	if (st->judgement[0] != '\0') {
		say("  Judgement: %s\n", screen_level_label(in,
		    screen_level_from_id(in, st->judgement)));
		say_labelled(INDENT, "Why: ", st->judgement_why);
	}
}

static void
say_stage(const struct found *f, size_t at)
{
	const struct study_stage *st = &f->s->stages[at];
	char day[SPAN_WORDS_MAX];

	day_words(st->day, day);
	say("\nStage %zu of %zu: %s. %s\n", at + 1, f->s->nstages, st->id,
	    day);
	say("  %s\n", st->agency);
	if (st->age != f->s->stages[0].age)
		say("  %s is now %d.\n", f->s->called, st->age);
	say_wrapped("  ", st->known);
	say_labelled("  ", "In the child's words: ", st->child_says);
	say_labelled("  ", "The child was not heard: ", st->not_heard);
	say_questions(st);
	say_answers(st, f->in);
	say_level(st, f->in, &f->at[at]);
	say("\n  A good note names\n");
	say_lines("  ", &st->note);
	say_next(f->s, st);
}

static void
say_whole(const struct study *s, const struct instrument *in)
{
	struct found *f = xcalloc(1, sizeof(*f));

	f->s = s;
	f->in = in;
	study_each_way(s, find_answers, f);
	say_head(s, in);
	for (size_t i = 0; i < s->nstages; i++)
		say_stage(f, i);
	free(f);
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
list_all(const struct call *c, bool *attention, struct err *e)
{
	char *dir = host_content_path(c->host, "studies", "");
	enum rc rc = studies_each(dir, say_list_line, attention, e);

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

static enum rc
count_faults(const struct faults *f, struct err *e)
{
	struct str lines;

	str_init(&lines);
	faults_lines(f, &lines);
	say("%s", lines.s);
	str_release(&lines);
	return err_set(e, RC_INPUT, "%s has %zu fault%s; mend %s and check it "
	    "again", f->name, f->n, f->n == 1 ? "" : "s",
	    f->n == 1 ? "it" : "them");
}

static void
say_checked(const struct study *s, const struct instrument *in)
{
	size_t ways = study_ways(s);

	say("%s  (%s, version %s)\n", s->title, s->id, s->version);
	say("  %zu stages, %zu way%s to an end, no fault. The levels are "
	    "those of %s %s.\n", s->nstages, ways, ways == 1 ? "" : "s",
	    in->id, in->version);
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
		rc = count_faults(&f, e);
	instrument_free(in);
	study_free(s);
	faults_release(&f);
	return rc;
}

static enum rc
show_one(const struct call *c, struct err *e)
{
	char *path = NULL;
	enum rc rc = find_path(c, c->args[1], &path, e);

	if (rc == RC_OK)
		rc = do_file(c, path, say_whole, e);
	free(path);
	return rc;
}

static enum rc
study_run(const struct call *c, bool *attention, struct err *e)
{
	if (c->nargs == 1 && strcmp(c->args[0], "list") == 0)
		return list_all(c, attention, e);
	if (c->nargs == 2 && strcmp(c->args[0], "show") == 0)
		return show_one(c, e);
	if (c->nargs == 2 && strcmp(c->args[0], "check") == 0)
		return do_file(c, c->args[1], say_checked, e);
	return err_set(e, RC_USAGE, "expected `study list', `study show ID' "
	    "or `study check FILE'");
}
