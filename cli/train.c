/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/train.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/door.h"
#include "cli/unlock.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "db/sessions.h"

static enum rc train_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_train = {
	.name = "train",
	.usage = "list|replay|collect|ratings|compare|missed|log STORE ...",
	.summary = "training sessions: list, replay, collect, compare, log",
	.help = "  train list STORE\n"
	    "  train replay STORE REF\n"
	    "  train collect STORE REF FILE.csv [--stage ID] [--round N]\n"
	    "  train ratings STORE REF [--stage ID] [--round N] [--out FILE]\n"
	    "  train compare STORE BEFORE AFTER\n"
	    "  train missed STORE\n"
	    "  train log STORE [--from DAY] [--to DAY] [--certificate FILE]\n\n"
	    "STORE is a training store (hearken init --training), REF the "
	    "reference of a session in it. Sessions themselves are gone "
	    "through in the terminal: hearken STORE.\n\n"
	    "list names the sessions, the latest first: reference, study, "
	    "learner, mode (alone, group), part (none, before, after), "
	    "sitting, stage and stages, ended (yes, no), begun.\n\n"
	    "replay tells a whole session from its entries: each stage's "
	    "story, every change of an answer with its time and how long into "
	    "the stage it was, notes, what was committed to and why, the "
	    "model beside it with what was missed first, the points of the "
	    "note, and choices. The same session gives the same text "
	    "wherever it is. Of a group, only rounds that were revealed. "
	    "Somebody else's, gone through alone, is for trainers and "
	    "supervisors, here and in ratings and compare.\n\n"
	    "collect takes in what the learners of a group answered, from a "
	    "CSV file with the columns learner, item, state and if need be "
	    "stage and round. Without --stage it is for the stage in hand, "
	    "without --round for the first. All of it, or nothing; a round "
	    "that was revealed takes no more answers. --dry-run only says "
	    "what would come in.\n\n"
	    "ratings writes the answers of a round, the first unless --round "
	    "says, as CSV with the columns item, rater, rating and indicator, "
	    "the model being the rater \"model\": hearken agree FILE --model "
	    "model --present present,suspected reads it. item is "
	    "STAGE/INDICATOR; what a learner left open is \"not asked\". Only "
	    "what was revealed, unless whoever leads the session, a trainer "
	    "or a supervisor says --all. --out makes a new file.\n\n"
	    "compare sets two sessions on matched studies (a study and its "
	    "pair) side by side, one before the training and one after: for "
	    "each learner in both and over all, how much of what the model "
	    "has they found (found), how much of the rest they rightly left "
	    "out (passed), and how many levels were as the model's. CSV "
	    "columns: learner, and for before and after hits, missed, passed, "
	    "alarms, unanswered, levels, levels_right; the row of all has an "
	    "empty learner. With few answers a difference says little.\n\n"
	    "missed adds up the first rounds of all sessions and names what "
	    "was missed most, indicator by indicator, with counts, and which "
	    "indicators are due to be asked again of you. CSV columns: "
	    "indicator, label, hits, missed, passed, alarms, unanswered, "
	    "sensitivity, specificity, due. Shares have two digits and are "
	    "empty when there is nothing to divide by.\n\n"
	    "log is your own training log: title, kind, date, minutes, "
	    "reflection, which are the columns of its CSV; kind is study, "
	    "group, retest or other. A cell that a spreadsheet would run as a "
	    "formula begins with an apostrophe. --all lists everybody's, for "
	    "trainers and supervisors; CSV then has a last column who. "
	    "--certificate makes a new FILE.pdf or FILE.txt: your name, what, "
	    "when and how long, without reflections. It is a record of "
	    "attendance, and no judgement of competence.\n\n"
	    "JSON has the members of the CSV columns, with numbers as "
	    "numbers; replay has the session and its steps.",
	.options = (const struct option_def[]){
		{"format", "text|csv|json", "how it is written; else text"},
		{"json", NULL, "the same as --format json"},
		{"stage", "ID", "for collect and ratings: of this stage alone"},
		{"round", "1|2", "for collect and ratings: else the first"},
		{"dry-run", NULL, "for collect: only say what would come in"},
		{"out", "FILE.csv", "for ratings: a new file, not the standard output"},
		{"all", NULL, "for ratings: unrevealed too; for log: everybody's"},
		{"from", "DAY", "for log: done on this day or later"},
		{"to", "DAY", "for log: done on this day or earlier"},
		{"certificate", "FILE", "for log: a new .pdf or .txt to be printed"},
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 2,
	.max_args = 4,
	.paths = "-w-r",
	.path_options = (const struct path_option[]){
		{"out", PATH_WRITE},
		{"certificate", PATH_WRITE},
		{NULL, PATH_NONE}
	},
	.run = train_run,
};

/* ---- the words ---- */

static const struct {
	const char *word;
	size_t nargs;
	const char *usage;
	const char *options;	/* each between blanks */
	enum rc (*run)(const struct train *t, bool *attention,
	    struct err *e);
} words[] = {
	{"list", 2, "STORE", " format json ", train_list},
	{"replay", 3, "STORE REF", " format json ", train_replay},
	{"collect", 4, "STORE REF FILE.csv", " stage round dry-run ",
	    train_collect},
	{"ratings", 3, "STORE REF", " stage round out all ", train_ratings},
	{"compare", 4, "STORE BEFORE AFTER", " format json ",
	    train_compare},
	{"missed", 2, "STORE", " format json ", train_missed},
	{"log", 2, "STORE", " format json all from to certificate ",
	    train_log},
};
#define NWORDS (sizeof(words) / sizeof(words[0]))

/* What a word does not know would else be passed over in silence. */
static enum rc
check_options(const struct call *c, size_t word, struct err *e)
{
	char name[32];

	for (size_t i = 0; i < c->ngiven; i++) {
		const char *given = c->cmd->options[c->given[i].option].name;

		(void)snprintf(name, sizeof(name), " %s ", given);
		if (strstr(words[word].options, name) == NULL &&
		    strstr(" user passphrase-fd ", name) == NULL)
			return err_set(e, RC_USAGE, "hearken train %s has no "
			    "option --%s; see hearken train --help",
			    words[word].word, given);
	}
	return RC_OK;
}

static enum rc
read_word(const struct call *c, size_t *out, struct err *e)
{
	for (size_t i = 0; i < NWORDS; i++) {
		if (strcmp(c->args[0], words[i].word) != 0)
			continue;
		*out = i;
		return c->nargs == words[i].nargs ? check_options(c, i, e) :
		    err_set(e, RC_USAGE, "hearken train %s takes %s and "
		    "options", words[i].word, words[i].usage);
	}
	return err_set(e, RC_USAGE, "hearken train knows list, replay, "
	    "collect, ratings, compare, missed and log, not \"%s\"",
	    c->args[0]);
}

static enum rc
train_run(const struct call *c, bool *attention, struct err *e)
{
	struct train t = {c, NULL};
	size_t word = 0;
	enum rc rc = read_word(c, &word, e);

	if (rc == RC_OK)
		rc = unlock_store(c, c->args[1], &t.s, e);
	if (rc == RC_OK)
		rc = store_need_training(t.s, "hearken train", e);
	if (rc == RC_OK)
		rc = words[word].run(&t, attention, e);
	store_close(t.s);
	return rc;
}

/* ---- what they share ---- */

const char *
train_name(const struct store *s, const struct author_id *who)
{
	const struct roster_user *u = roster_find(store_roster(s), who);

	return u != NULL && u->abroad && u->plain != NULL ? u->plain :
	    roster_name(store_roster(s), who);
}

const char *
train_mode(const struct walk *w)
{
	return w->mode == WALK_GROUP ? "group" : "alone";
}

const char *
train_part(const struct walk *w)
{
	return w->part == WALK_BEFORE ? "before" :
	    w->part == WALK_AFTER ? "after" : "none";
}

static void
given_of(const struct answers *a, struct itemset *out)
{
	*out = itemset_or(itemset_or(a->present, &a->suspected), &a->absent);
	*out = itemset_or(*out, &a->not_known);
}

static void
add_attempt(struct groupwork *g, const struct walk_attempt *a)
{
	struct group_answers *x;

	if (a->round < 1 || a->round > GROUP_ROUNDS)
		return;
	g->given = vec_room(g->given, g->ngiven, &g->capgiven,
	    sizeof(*g->given));
	x = &g->given[g->ngiven++];
	*x = (struct group_answers){.stage = a->stage, .round = a->round,
		.answers = a->answers, .record = a->record};
	given_of(&a->answers, &x->given);
	g->shown[a->stage][a->round - 1] = true;
}

void
train_answers(const struct train *t, const struct walk *w,
    struct groupwork *out)
{
	if (w->mode == WALK_GROUP) {
		groupwork_of(w, out);
		return;
	}
	memset(out, 0, sizeof(*out));
	out->w = w;
	out->learners = vec_room(NULL, 0, &out->caplearners,
	    sizeof(*out->learners));
	out->learners[out->nlearners++].name = xstrdup(train_name(t->s,
	    &w->learner));
	for (size_t i = 0; i < w->nattempts; i++)
		add_attempt(out, &w->attempts[i]);
}

enum rc
train_session_load(const struct train *t, const char *ref, enum look look,
    struct train_session *out, struct err *e)
{
	struct case_id id;
	enum rc rc = door_find(t->s, ref, &id, e);

	if (rc == RC_OK)
		rc = door_open(t->s, &id, look, NULL, e);
	if (rc == RC_OK)
		rc = store_session_load(t->s, &id, &out->cf, &out->w, e);
	if (rc == RC_NOTFOUND)
		return err_set(e, rc, "there is no training session \"%.64s\";"
		    " hearken train list names those there are", ref);
	if (rc != RC_OK)
		return rc;
	rc = store_session_readable(t->s, &out->w, e);
	if (rc != RC_OK) {
		walk_release(&out->w);
		casefile_release(&out->cf);
		return rc;
	}
	train_answers(t, &out->w, &out->g);
	out->loaded = true;
	return RC_OK;
}

void
train_session_release(struct train_session *x)
{
	if (!x->loaded)
		return;
	groupwork_release(&x->g);
	walk_release(&x->w);
	casefile_release(&x->cf);
	x->loaded = false;
}

enum rc
train_round(const struct call *c, unsigned *out, struct err *e)
{
	const char *given = call_option(c, "round");

	*out = 1;
	if (given == NULL || strcmp(given, "1") == 0)
		return RC_OK;
	*out = 2;
	return strcmp(given, "2") == 0 ? RC_OK : err_set(e, RC_USAGE,
	    "--round is 1 or 2, not \"%s\"", given);
}

static enum rc
no_such_stage(const char *given, const struct study *st, struct err *e)
{
	struct str all;
	enum rc rc;

	str_init(&all);
	for (size_t i = 0; i < st->nstages; i++)
		str_add_fmt(&all, "%s%s", i > 0 ? ", " : "",
		    st->stages[i].id);
	rc = err_set(e, RC_NOTFOUND, "%s has no stage \"%.64s\"; it has %s",
	    st->id, given, all.s);
	str_release(&all);
	return rc;
}

enum rc
train_stage(const struct call *c, const struct study *st, uint32_t *out,
    struct err *e)
{
	const char *given = call_option(c, "stage");
	char *end;
	unsigned long n;

	if (given == NULL)
		return RC_OK;
	for (size_t i = 0; i < st->nstages; i++) {
		if (strcmp(st->stages[i].id, given) == 0) {
			*out = (uint32_t)i;
			return RC_OK;
		}
	}
	n = strtoul(given, &end, 10);
	if (*end != '\0' || n < 1 || n > st->nstages)
		return no_such_stage(given, st, e);
	*out = (uint32_t)n - 1;
	return RC_OK;
}

void
train_share(bool any, double share, char out[8])
{
	out[0] = '\0';
	if (any)
		(void)snprintf(out, 8, "%.2f", share);
}
