/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A study out of what was passed: a stage for each day and agency, as they
 * came to know, with the case's own answers and the levels that the rules
 * make of them.
 */
#include "config.h"

#include "core/deident_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/screen.h"
#include "core/vec.h"
#include "core/versions.h"
#include "core/xalloc.h"

#define AGE_MOST 25

/* ---- words that a case does not have ---- */

static bool
is_blank(const char *s)
{
	return s[strspn(s, " \t\r\n")] == '\0';
}

static void
put_point(struct study_lines *to, const char *text)
{
	to->list = vec_room(to->list, to->n, &to->cap, sizeof(*to->list));
	to->list[to->n++] = xstrdup(text);
}

static void
put_question(struct study_stage *st, const char *ask)
{
	struct study_question q = { .ask = xstrdup(ask) };

	put_point(&q.look_for, "What was seen or said, and by whom");
	put_point(&q.look_for, "What is not known yet, and who could say");
	st->questions = vec_room(st->questions, st->nquestions,
	    &st->capquestions, sizeof(*st->questions));
	st->questions[st->nquestions++] = q;
}

static void
fill_stage(struct study_stage *st, size_t i, const char *ask)
{
	struct str id;

	str_init(&id);
	str_add_fmt(&id, "stage-%zu", i + 1);
	st->id = str_take(&id);
	if (*st->known == '\0') {
		free(st->known);
		st->known = xstrdup(*st->child_says != '\0' ?
		    "Somebody has listened." :
		    "What was written then is left out.");
	}
	st->not_heard = xstrdup(*st->child_says != '\0' ? "" :
	    "What was said then is not among what is told.");
	put_question(st, ask);
	put_point(&st->note, "What was seen or said, by whom and when");
	put_point(&st->note, "What is not known, and who will ask");
	put_point(&st->note, "What is done next, by whom and by when");
	st->judgement = xstrdup("");
	st->judgement_why = xstrdup("");
	st->level = xstrdup("");
	st->why = xstrdup("");
}

/* What the rules make of all answers up to the i-th stage. */
static void
fill_level(struct study *s, const struct instrument *in, size_t i)
{
	struct study_stage *st = &s->stages[i];
	struct study_way way = { .n = i + 1 };
	struct screening done;
	struct answers a;

	for (size_t k = 0; k <= i; k++)
		way.stages[k] = (uint32_t)k;
	study_answers(s, in, &way, &a);
	screen_judge(in, &a, &done);
	free(st->level);
	free(st->why);
	st->level = xstrdup(screen_level_id(in, done.level));
	st->why = xstrdup(done.nfired > 0 ?
	    in->rules[done.fired[0]].because : "What is known so far meets "
	    "no rule. What is not known is not absent.");
}

/* ---- the young person ---- */

static const struct record *
latest_with(const struct casefile *c, const char *field)
{
	struct versions all, values;
	const struct record *r;

	versions_init(&all);
	versions_init(&values);
	versions_of_child(c, &all);
	versions_values(&all, kind_field(kind_find("identity"), field),
	    &values);
	r = values.n > 0 ? values.v[0] : NULL;
	versions_release(&all);
	versions_release(&values);
	return r;
}

static const char *
child_text(const struct casefile *c, const char *field)
{
	const struct record *r = latest_with(c, field);

	return r != NULL ? record_text(r, field) : "";
}

static int
age_on(const struct casefile *c, int32_t day)
{
	const struct record *r = latest_with(c, "age_about");

	if (c->birth != DAY_NONE)
		return day_age(c->birth, day);
	return r == NULL ? -1 : (int)json_integer_value(
	    json_object_get(r->body, "age_about"));
}

static const char *
care_words(const struct casefile *c)
{
	const char *code = child_text(c, "care");
	const struct field *f = kind_field(kind_find("identity"), "care");
	const char *label = code_label(f->codes, code);

	return *code != '\0' && strcmp(code, "unknown") != 0 && label != NULL ?
	    label : "Where they live is not told";
}

static char *
initial_of(const struct deident *d)
{
	for (size_t i = 0; i < d->nidents; i++)
		if (d->idents[i].type == IDENT_CHILD)
			return xstrdup(d->idents[i].instead);
	return xstrdup("K.");
}

static const char *
or_else(const char *text, const char *other)
{
	return text != NULL && !is_blank(text) ? text : other;
}

static void
fill_head(const struct deident *d, const struct deident_words *w,
    struct study *s)
{
	const char *sex = child_text(d->c, "sex");

	s->id = xstrdup(or_else(w->id, "from-a-case"));
	s->version = xstrdup("1.0");
	s->title = xstrdup(or_else(w->title, "From a case"));
	s->instrument = xstrdup(d->in->id);
	s->source = xstrdup("made from a real case; names, places and days "
	    "are changed");
	s->teaches = xstrdup(or_else(w->teaches, "How what is known comes "
	    "together."));
	s->missed = xstrdup(or_else(w->missed, "What is not known is taken "
	    "for absent."));
	s->pair = xstrdup("");
	s->covers = w->covers;
	s->called = initial_of(d);
	s->care = xstrdup(care_words(d->c));
	s->sex = *sex == 'M' || *sex == 'F' ? *sex : 'U';
}

/* Ages of the stages; false when the case tells none. */
static bool
fill_ages(const struct deident *d, struct study *s)
{
	for (size_t i = 0; i < s->nstages; i++) {
		struct study_stage *st = &s->stages[i];

		st->age = age_on(d->c, st->day - d->moved);
		if (st->age < 0 || st->age > AGE_MOST)
			return false;
		if (i > 0 && st->age < s->stages[i - 1].age)
			st->age = s->stages[i - 1].age;
	}
	return true;
}

/* ---- the study ---- */

static enum rc
refuse_early(const struct deident *d, struct err *e)
{
	size_t n = deident_waiting(d);

	if (n > 0)
		return err_set(e, RC_REFUSED, "%zu line%s wait%s: pass, "
		    "rewrite or leave out each before the study is made", n,
		    n == 1 ? "" : "s", n == 1 ? "s" : "");
	if (d->in->unscored)
		return err_set(e, RC_REFUSED, "\"%s\" has no levels; a study "
		    "needs an instrument with rules", d->in->id);
	return RC_OK;
}

static enum rc
refuse_long(const struct study *s, struct err *e)
{
	char day[SPAN_WORDS_MAX];

	for (size_t i = 0; i < s->nstages; i++) {
		const struct study_stage *st = &s->stages[i];

		if (strlen(st->known) <= STUDY_TEXT_MAX &&
		    strlen(st->child_says) <= STUDY_TEXT_MAX)
			continue;
		day_words(st->day, day);
		return err_set(e, RC_REFUSED, "what becomes known by %s is "
		    "longer than %d bytes: leave lines out or write them "
		    "shorter", day, STUDY_TEXT_MAX);
	}
	return RC_OK;
}

static enum rc
finish(const struct deident *d, const struct deident_words *w,
    struct study *s, struct err *e)
{
	const char *ask = or_else(w->question, "What do you know now, and "
	    "what do you do next?");
	enum rc rc;

	if (s->nstages == 0)
		return err_set(e, RC_REFUSED, "nothing is left to tell: pass "
		    "or rewrite a line, or choose another case");
	rc = refuse_long(s, e);
	if (rc != RC_OK)
		return rc;
	if (!fill_ages(d, s))
		return err_set(e, RC_REFUSED, "the case tells no age up to "
		    "%d: write a date of birth, or the age if only about, "
		    "into it first", AGE_MOST);
	for (size_t i = 0; i < s->nstages; i++) {
		fill_stage(&s->stages[i], i, ask);
		s->stages[i].next = i + 1 < s->nstages ? (uint32_t)(i + 1) :
		    STUDY_END;
	}
	for (size_t i = 0; i < s->nstages; i++)
		fill_level(s, d->in, i);
	return RC_OK;
}

enum rc
deident_study(const struct deident *d, const struct deident_words *w,
    struct study **out, struct err *e)
{
	struct stages ss = {NULL, 0, 0};
	struct study *s;
	enum rc rc = refuse_early(d, e);

	*out = NULL;
	if (rc != RC_OK)
		return rc;
	deident_gather(d, &ss);
	s = xcalloc(1, sizeof(*s));
	fill_head(d, w, s);
	s->stages = ss.v;
	s->nstages = ss.n;
	s->capstages = ss.cap;
	rc = finish(d, w, s, e);
	if (rc != RC_OK)
		study_free(s);
	else
		*out = s;
	return rc;
}

void
traits_of(const struct casefile *c, const struct instrument *in,
    int32_t today, struct traits *out)
{
	const struct record *r = latest_with(c, "disability");
	const json_t *list = r != NULL ? json_object_get(r->body,
	    "disability") : NULL;
	const char *first = json_string_value(json_array_get(list, 0));
	const char *sex = child_text(c, "sex");
	struct answers a;

	memset(out, 0, sizeof(*out));
	out->age = age_on(c, today);
	out->sex = *sex == 'M' || *sex == 'F' ? *sex : 'U';
	(void)snprintf(out->care, sizeof(out->care), "%s",
	    child_text(c, "care"));
	(void)snprintf(out->ethnicity, sizeof(out->ethnicity), "%s",
	    child_text(c, "ethnicity"));
	out->disabled = first != NULL && strcmp(first, "NONE") != 0;
	if (in != NULL) {
		casefile_answers(c, in, today, &a);
		out->present = a.present;
	}
}
