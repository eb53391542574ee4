/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/study_print.h"

#include <stdlib.h>
#include <string.h>

#include "core/screen.h"
#include "core/utf8.h"
#include "core/xalloc.h"

#define INDENT "    "

struct pen {
	struct str *out;
	int columns;
};

#define put(p, ...) str_add_fmt((p)->out, __VA_ARGS__)

static void
add_wrapped(const struct pen *p, const char *indent, const char *text)
{
	int columns = p->columns - (int)strlen(indent);
	size_t n = strlen(text), take, shown;

	while (n > 0) {
		take = utf8_wrap(text, n, columns > 20 ? columns : 20);
		shown = take;
		while (shown > 0 &&
		    (text[shown - 1] == ' ' || text[shown - 1] == '\n'))
			shown--;
		put(p, "%s%.*s\n", indent, (int)shown, text);
		text += take;
		n -= take;
	}
}

/* "label text", wrapped; nothing when the text is empty. */
static void
add_labelled(const struct pen *p, const char *indent, const char *label,
    const char *text)
{
	struct str line;

	if (text[0] == '\0')
		return;
	str_init(&line);
	str_add_fmt(&line, "%s%s", label, text);
	add_wrapped(p, indent, line.s);
	str_release(&line);
}

static void
add_lines(const struct pen *p, const char *indent, const struct study_lines *l)
{
	for (size_t i = 0; i < l->n; i++)
		add_labelled(p, indent, "- ", l->list[i]);
}

static void
add_head(
    const struct pen *p, const struct study *s, const struct instrument *in)
{
	struct str line;

	put(p, "%s  (%s, version %s)\n", s->title, s->id, s->version);
	str_init(&line);
	str_add_fmt(&line, "%s, a %s aged %d. %s", s->called,
	    study_child_word(s), s->stages[0].age, s->care);
	add_wrapped(p, "  ", line.s);
	str_clear(&line);
	study_covers(s, &line);
	add_labelled(p, "  ", "About: ", line.s);
	str_release(&line);
	add_labelled(p, "  ", "Teaches: ", s->teaches);
	add_labelled(p, "  ", "Most often missed: ", s->missed);
	add_labelled(p, "  ", "Source: ", s->source);
	add_labelled(
	    p, "  ", "A study as hard, for before and after: ", s->pair);
	put(p, "  Made for %s %s. What no stage answers is not known.\n",
	    in->id, in->version);
}

static void
add_answers(const struct pen *p, const struct study_stage *st,
    const struct instrument *in)
{
	if (st->nanswers == 0)
		put(p, "\n  No answer changes.\n");
	else
		put(p, "\n  Answers that change\n");
	for (size_t i = 0; i < st->nanswers; i++) {
		const struct study_answer *a = &st->answers[i];
		uint32_t item = instrument_item(in, a->item, strlen(a->item));
		char on[SPAN_WORDS_MAX];

		span_words(&a->on, on);
		put(p, "  %-4s %s - %s, %s\n", a->item,
		    item != NO_ITEM ? in->items[item].label : "",
		    answer_name(a->state), on);
		add_labelled(p, "       ", "", a->reason);
		add_labelled(p, "       ", "Source: ", a->source);
	}
}

static void
add_questions(const struct pen *p, const struct study_stage *st)
{
	put(p, "\n  To ask the group\n");
	for (size_t i = 0; i < st->nquestions; i++) {
		add_wrapped(p, "  ", st->questions[i].ask);
		add_lines(p, INDENT, &st->questions[i].look_for);
	}
}

static const char *
next_words(const struct study *s, uint32_t next)
{
	return next == STUDY_END ? "end" : s->stages[next].id;
}

static void
add_next(
    const struct pen *p, const struct study *s, const struct study_stage *st)
{
	if (st->nchoices == 0) {
		put(p, "\n  Next: %s\n", next_words(s, st->next));
		return;
	}
	put(p, "\n  What now?\n");
	for (size_t i = 0; i < st->nchoices; i++) {
		const struct study_choice *c = &st->choices[i];

		put(p, "  %s -> %s\n", c->id, next_words(s, c->next));
		add_wrapped(p, INDENT, c->words);
		add_labelled(p, INDENT, "To say about it: ", c->reply);
		add_labelled(p, INDENT, "What becomes known: ", c->discloses);
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
add_level(const struct pen *p, const struct study_stage *st,
    const struct instrument *in, const struct answers *a)
{
	struct screening sc;
	struct str words;

	screen_judge(in, a, &sc);
	put(p, "\n  Level by the rules: %s\n", screen_label(in, &sc));
	str_init(&words);
	for (size_t i = 0; i < sc.nfired; i++) {
		str_clear(&words);
		screen_rule_words(in, a, sc.fired[i], &words);
		add_labelled(p, INDENT, "- ", words.s);
	}
	str_release(&words);
	put(p, INDENT "Present: %u of the signs, %u of the vulnerabilities\n",
	    sc.signs, sc.vulnerabilities);
	put(p, INDENT "Suspected: %u; not known: %u of %u\n", sc.suspected,
	    sc.not_known, sc.listed);
	put(p, INDENT "It could be: %s\n", screen_level_label(in, sc.could_be));
	add_labelled(p, INDENT, "Why: ", st->why);
	if (st->judgement[0] != '\0') {
		put(p, "  Judgement: %s\n",
		    screen_level_label(
			in, screen_level_from_id(in, st->judgement)));
		add_labelled(p, INDENT, "Why: ", st->judgement_why);
	}
}

static void
add_stage(const struct pen *p, const struct found *f, size_t at)
{
	const struct study_stage *st = &f->s->stages[at];
	char day[SPAN_WORDS_MAX];

	day_words(st->day, day);
	put(p, "\nStage %zu of %zu: %s. %s\n", at + 1, f->s->nstages, st->id,
	    day);
	put(p, "  %s\n", st->agency);
	if (st->age != f->s->stages[0].age)
		put(p, "  %s is now %d.\n", f->s->called, st->age);
	add_wrapped(p, "  ", st->known);
	add_labelled(p, "  ", "In the child's words: ", st->child_says);
	add_labelled(p, "  ", "The child was not heard: ", st->not_heard);
	add_questions(p, st);
	add_answers(p, st, f->in);
	add_level(p, st, f->in, &f->at[at]);
	put(p, "\n  A good note names\n");
	add_lines(p, "  ", &st->note);
	add_next(p, f->s, st);
}

void
study_print(const struct study *s, const struct instrument *in, int columns,
    struct str *out)
{
	struct found *f = xcalloc(1, sizeof(*f));
	struct pen p = {.out = out, .columns = columns};

	f->s = s;
	f->in = in;
	study_each_way(s, find_answers, f);
	add_head(&p, s, in);
	for (size_t i = 0; i < s->nstages; i++)
		add_stage(&p, f, i);
	free(f);
}
