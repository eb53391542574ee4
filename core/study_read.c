/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study read from YAML text; every fault with its line and column. */
#include "config.h"

#include "core/study.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/vec.h"
#include "core/xalloc.h"
#include "core/yaml_want.h"

#define ID_MAX 64
#define LINE_MAX_BYTES 300
#define AGE_MAX 25

static const char *const sexes[] = { "M", "F", "U", NULL };

static struct study_place
place_of(const struct yaml_node *map, const char *key)
{
	const struct yaml_node *n = yaml_get(map, key);

	if (n == NULL)
		n = map;
	return (struct study_place){ yaml_line(n), yaml_column(n) };
}

static bool
is_blank(const char *text)
{
	return text[strspn(text, " \t\r\n")] == '\0';
}

static char *
take_text(const struct yaml_node *map, const char *key, bool required,
    struct faults *f)
{
	char *text = yaml_copy_text(map, key, required, f);

	if (strlen(text) > STUDY_TEXT_MAX)
		yaml_fault_of(map, key, f, "may have 4000 bytes at most");
	else if (yaml_get(map, key) != NULL && text[0] != '\0' &&
	    is_blank(text))
		yaml_fault_of(map, key, f, "is blank");
	return text;
}

static char *
take_line(const struct yaml_node *map, const char *key, bool required,
    struct faults *f)
{
	char *text = take_text(map, key, required, f);

	if (strlen(text) > LINE_MAX_BYTES)
		yaml_fault_of(map, key, f, "is a line: 300 bytes at most");
	return text;
}

static char *
take_id(const struct yaml_node *map, const char *key, bool required,
    struct faults *f)
{
	char *id = yaml_copy_text(map, key, required, f);
	size_t good = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-");

	if (id[good] != '\0')
		yaml_fault_of(map, key, f, "may have lower-case letters, "
		    "digits and hyphens only");
	else if (strlen(id) > ID_MAX)
		yaml_fault_of(map, key, f, "may have 64 letters at most");
	return id;
}

/* A list with at most max members; NULL after a fault or when there is none. */
static const struct yaml_node *
take_list(const struct yaml_node *map, const char *key, size_t max,
    struct faults *f)
{
	const struct yaml_node *list = yaml_want_list(map, key, true, f);

	if (list == NULL)
		return NULL;
	if (yaml_size(list) > max) {
		faults_add(f, yaml_line(list), yaml_column(list),
		    "\"%s\" has %zu members; expected %zu at most", key,
		    yaml_size(list), max);
		return NULL;
	}
	return list;
}

/* The i-th member if it is a map. */
static const struct yaml_node *
map_at(const struct yaml_node *list, size_t i, const char *what,
    struct faults *f)
{
	const struct yaml_node *n = yaml_at(list, i);

	if (yaml_is_map(n))
		return n;
	faults_add(f, yaml_line(n), yaml_column(n), "%s is a map", what);
	return NULL;
}

static void
take_lines(struct study_lines *to, const struct yaml_node *map,
    const char *key, struct faults *f)
{
	const struct yaml_node *list = take_list(map, key, STUDY_LIST_MAX, f);

	if (list == NULL)
		return;
	if (yaml_size(list) == 0)
		yaml_fault_of(map, key, f, "names nothing");
	for (size_t i = 0; i < yaml_size(list); i++) {
		const struct yaml_node *n = yaml_at(list, i);
		const char *text = yaml_text(n);

		if (text == NULL || is_blank(text) ||
		    strlen(text) > LINE_MAX_BYTES) {
			faults_add(f, yaml_line(n), yaml_column(n),
			    "expected a line of text, 300 bytes at most");
			continue;
		}
		to->list = vec_room(to->list, to->n, &to->cap,
		    sizeof(*to->list));
		to->list[to->n++] = xstrdup(text);
	}
}

/* ---- the parts of a stage ---- */

static void
take_questions(struct study_stage *st, const struct yaml_node *map,
    struct faults *f)
{
	static const char *const keys[] = { "ask", "look-for", NULL };
	const struct yaml_node *list = take_list(map, "questions",
	    STUDY_LIST_MAX, f);

	if (list != NULL && yaml_size(list) == 0)
		yaml_fault_of(map, "questions", f, "names nothing");
	for (size_t i = 0; list != NULL && i < yaml_size(list); i++) {
		const struct yaml_node *n = map_at(list, i, "a question", f);
		struct study_question q = { .ask = NULL };

		if (n == NULL)
			continue;
		yaml_only_keys(n, keys, f);
		q.ask = take_text(n, "ask", true, f);
		take_lines(&q.look_for, n, "look-for", f);
		st->questions = vec_room(st->questions, st->nquestions,
		    &st->capquestions, sizeof(*st->questions));
		st->questions[st->nquestions++] = q;
	}
}

static bool
is_answered(const struct study_stage *st, const char *item)
{
	for (size_t i = 0; i < st->nanswers; i++)
		if (strcasecmp(st->answers[i].item, item) == 0)
			return true;
	return false;
}

static void
take_state(struct study_answer *a, const struct yaml_node *map,
    struct faults *f)
{
	const char *text = yaml_want_text(map, "state", true, f);

	if (text == NULL)
		return;
	if (!answer_from_name(text, strlen(text), &a->state) ||
	    a->state == ANSWER_NOT_ASKED) {
		a->state = ANSWER_NOT_KNOWN;
		yaml_fault_of(map, "state", f, "is none of present, "
		    "suspected, absent, not known");
	}
}

static void
take_on(struct study_answer *a, const struct yaml_node *map, int32_t day,
    struct faults *f)
{
	const char *text = yaml_want_text(map, "on", false, f);
	struct err e;

	a->on = day == DAY_NONE ? span_none() : span_of_day(day);
	if (text == NULL)
		return;
	if (span_parse(text, &a->on, &e) != RC_OK)
		yaml_fault_of(map, "on", f, "is no date; expected "
		    "2026-03-04, 2026-03 or two of these with a \"/\"");
	else if (day != DAY_NONE && a->on.first > day)
		yaml_fault_of(map, "on", f, "is after the date of the stage");
}

static struct study_answer
read_answer(const struct study_stage *st, const struct yaml_node *n,
    struct faults *f)
{
	static const char *const keys[] = { "item", "state", "on", "reason",
	    "source", NULL };
	struct study_answer a = { .state = ANSWER_NOT_KNOWN };

	yaml_only_keys(n, keys, f);
	a.at = place_of(n, "item");
	a.item = yaml_copy_text(n, "item", true, f);
	if (a.item[0] != '\0' && is_answered(st, a.item))
		yaml_fault_of(n, "item", f, "is answered twice at this "
		    "stage");
	take_state(&a, n, f);
	take_on(&a, n, st->day, f);
	a.reason = take_text(n, "reason", true, f);
	a.source = take_line(n, "source", true, f);
	return a;
}

static void
take_answers(struct study_stage *st, const struct yaml_node *map,
    struct faults *f)
{
	const struct yaml_node *list = take_list(map, "answers", ITEMS_MAX,
	    f);

	for (size_t i = 0; list != NULL && i < yaml_size(list); i++) {
		const struct yaml_node *n = map_at(list, i, "an answer", f);
		struct study_answer a;

		if (n == NULL)
			continue;
		a = read_answer(st, n, f);
		st->answers = vec_room(st->answers, st->nanswers,
		    &st->capanswers, sizeof(*st->answers));
		st->answers[st->nanswers++] = a;
	}
}

static void
take_voice(struct study_stage *st, const struct yaml_node *map,
    struct faults *f)
{
	st->child_says = take_text(map, "child-says", false, f);
	st->not_heard = take_text(map, "not-heard", false, f);
	if ((st->child_says[0] == '\0') == (st->not_heard[0] == '\0'))
		faults_add(f, yaml_line(map), yaml_column(map),
		    "a stage has \"child-says\", the child's own words, or "
		    "\"not-heard\", why there are none; one of the two");
}

static void
take_level(struct study_stage *st, const struct yaml_node *map,
    struct faults *f)
{
	st->level_at = place_of(map, "level");
	st->judgement_at = place_of(map, "judgement");
	st->level = take_line(map, "level", true, f);
	st->why = take_text(map, "why", true, f);
	st->judgement = take_line(map, "judgement", false, f);
	st->judgement_why = take_text(map, "judgement-why", false, f);
	if (st->judgement[0] != '\0' && st->judgement_why[0] == '\0')
		yaml_fault_of(map, "judgement", f, "needs its reason in "
		    "\"judgement-why\"");
	if (st->judgement[0] == '\0' && st->judgement_why[0] != '\0')
		yaml_fault_of(map, "judgement-why", f, "stands without a "
		    "\"judgement\"");
}

static void
take_age(struct study_stage *st, const struct yaml_node *map, int before,
    struct faults *f)
{
	const struct yaml_range range = { 0, AGE_MAX };

	st->age = before;
	if (yaml_get(map, "age") != NULL &&
	    yaml_want_number(map, "age", range, &st->age, f) &&
	    st->age < before)
		yaml_fault_of(map, "age", f, "is less than before");
}

/* ---- where stages lead ---- */

/* Every stage's id and map, so that a `next' can name one further down. */
struct reading {
	struct study *s;
	const struct yaml_node *maps[STUDY_STAGES_MAX];
	bool reached[STUDY_STAGES_MAX];
	struct faults *f;
};

static uint32_t
find_stage(const struct study *s, const char *id)
{
	for (uint32_t i = 0; i < s->nstages; i++)
		if (strcmp(s->stages[i].id, id) == 0)
			return i;
	return STUDY_END;
}

static uint32_t
read_next(struct reading *r, const struct yaml_node *map, size_t at)
{
	const char *id = yaml_want_text(map, "next", true, r->f);
	uint32_t to;

	if (id == NULL || strcmp(id, "end") == 0)
		return STUDY_END;
	to = find_stage(r->s, id);
	if (to == STUDY_END) {
		yaml_fault_of(map, "next", r->f, "names no stage; expected "
		    "the id of one further down, or \"end\"");
	} else if (to <= at) {
		yaml_fault_of(map, "next", r->f, "does not lead downwards: a "
		    "study never goes in a circle");
		return STUDY_END;
	} else {
		r->reached[to] = true;
		if (r->s->stages[to].day != DAY_NONE &&
		    r->s->stages[to].day < r->s->stages[at].day)
			yaml_fault_of(map, "next", r->f, "leads to an earlier "
			    "date");
	}
	return to;
}

static bool
is_chosen(const struct study_stage *st, const char *id)
{
	for (size_t i = 0; i < st->nchoices; i++)
		if (strcmp(st->choices[i].id, id) == 0)
			return true;
	return false;
}

static void
take_choice(struct reading *r, const struct yaml_node *n, size_t at)
{
	static const char *const keys[] = { "id", "words", "reply",
	    "discloses", "next", NULL };
	struct study_stage *st = &r->s->stages[at];
	struct study_choice c = { .id = NULL };

	yaml_only_keys(n, keys, r->f);
	c.id = take_id(n, "id", true, r->f);
	if (c.id[0] != '\0' && is_chosen(st, c.id))
		yaml_fault_of(n, "id", r->f, "is that of a choice above");
	c.words = take_text(n, "words", true, r->f);
	c.reply = take_text(n, "reply", true, r->f);
	c.discloses = take_text(n, "discloses", false, r->f);
	c.next = read_next(r, n, at);
	st->choices = vec_room(st->choices, st->nchoices, &st->capchoices,
	    sizeof(*st->choices));
	st->choices[st->nchoices++] = c;
}

static void
take_choices(struct reading *r, size_t at)
{
	const struct yaml_node *list = take_list(r->maps[at], "choices",
	    STUDY_CHOICES_MAX, r->f);

	if (list == NULL)
		return;
	if (yaml_size(list) < 2)
		yaml_fault_of(r->maps[at], "choices", r->f, "needs two at "
		    "least; without a choice write \"next\"");
	for (size_t i = 0; i < yaml_size(list); i++) {
		const struct yaml_node *n = map_at(list, i, "a choice", r->f);

		if (n != NULL)
			take_choice(r, n, at);
	}
}

static void
take_ways(struct reading *r)
{
	for (size_t i = 0; i < r->s->nstages; i++) {
		const struct yaml_node *map = r->maps[i];

		if (yaml_get(map, "choices") == NULL)
			r->s->stages[i].next = read_next(r, map, i);
		else if (yaml_get(map, "next") != NULL)
			yaml_fault_of(map, "next", r->f, "stands beside "
			    "\"choices\"; each choice has its own");
		else
			take_choices(r, i);
		if (i > 0 && !r->reached[i])
			yaml_fault_of(map, "id", r->f, "is that of a stage "
			    "to which no stage above leads");
	}
}

/* ---- the whole ---- */

static void
take_stage(struct reading *r, const struct yaml_node *map, int age)
{
	static const char *const keys[] = { "id", "date", "agency", "known",
	    "age", "child-says", "not-heard", "questions", "answers", "level",
	    "why", "judgement", "judgement-why", "note", "next", "choices",
	    NULL };
	struct study_stage st = { .day = DAY_NONE };
	struct study *s = r->s;
	struct faults *f = r->f;

	yaml_only_keys(map, keys, f);
	st.id = take_id(map, "id", true, f);
	if (strcmp(st.id, "end") == 0)
		yaml_fault_of(map, "id", f, "may not be \"end\"");
	else if (st.id[0] != '\0' && find_stage(s, st.id) != STUDY_END)
		yaml_fault_of(map, "id", f, "is that of a stage above");
	(void)yaml_want_day(map, "date", true, &st.day, f);
	st.agency = take_line(map, "agency", true, f);
	st.known = take_text(map, "known", true, f);
	take_age(&st, map, age, f);
	take_voice(&st, map, f);
	take_questions(&st, map, f);
	take_answers(&st, map, f);
	take_level(&st, map, f);
	take_lines(&st.note, map, "note", f);
	st.next = STUDY_END;
	r->maps[s->nstages] = map;
	s->stages = vec_room(s->stages, s->nstages, &s->capstages,
	    sizeof(*s->stages));
	s->stages[s->nstages++] = st;
}

static void
take_stages(struct reading *r, const struct yaml_node *root, int age)
{
	const struct yaml_node *list = take_list(root, "stages",
	    STUDY_STAGES_MAX, r->f);

	if (list != NULL && yaml_size(list) == 0)
		yaml_fault_of(root, "stages", r->f, "names nothing");
	for (size_t i = 0; list != NULL && i < yaml_size(list); i++) {
		const struct yaml_node *n = map_at(list, i, "a stage", r->f);

		if (n == NULL)
			continue;
		take_stage(r, n, age);
		age = r->s->stages[r->s->nstages - 1].age;
	}
	take_ways(r);
	if (study_ways(r->s) > STUDY_WAYS_MAX)
		yaml_fault_of(root, "stages", r->f, "has more than 64 ways "
		    "to an end; leave some choices out");
}

/* "A." or "A. B.": so that no name can stand there by mistake. */
static bool
is_initials(const char *s)
{
	size_t n = 0;

	for (; *s >= 'A' && *s <= 'Z' && s[1] == '.'; n++) {
		s += 2;
		if (s[0] == ' ' && s[1] != '\0')
			s++;
	}
	return *s == '\0' && n >= 1 && n <= 3;
}

/* Returns the age at the first stage. */
static int
take_child(struct study *s, const struct yaml_node *root, struct faults *f)
{
	static const char *const keys[] = { "called", "age", "sex", "care",
	    NULL };
	const struct yaml_range range = { 0, AGE_MAX };
	const struct yaml_node *map = yaml_want_map(root, "child", true, f);
	int age = 0, sex = 2;

	if (map == NULL)
		return 0;
	yaml_only_keys(map, keys, f);
	s->called = yaml_copy_text(map, "called", true, f);
	if (s->called[0] != '\0' && !is_initials(s->called))
		yaml_fault_of(map, "called", f, "is no initial such as "
		    "\"A.\"; a study never has a name");
	s->care = take_line(map, "care", true, f);
	if (yaml_want_word(map, "sex", sexes, &sex, f))
		s->sex = sexes[sex][0];
	(void)yaml_want_number(map, "age", range, &age, f);
	return age;
}

static void
take_covers(struct study *s, const struct yaml_node *root, struct faults *f)
{
	const struct yaml_node *list = take_list(root, "covers",
	    STUDY_LIST_MAX, f);
	const char *const *words = study_cover_words();

	for (size_t i = 0; list != NULL && i < yaml_size(list); i++) {
		const struct yaml_node *n = yaml_at(list, i);
		size_t k = 0;

		while (words[k] != NULL && !str_equal(words[k], yaml_text(n)))
			k++;
		if (words[k] != NULL)
			s->covers |= 1u << k;
		else
			faults_add(f, yaml_line(n), yaml_column(n),
			    "expected one of boy, disabled, peer-on-peer, "
			    "online, gang, group, care, joined-up, "
			    "not-enough-known, other-explanation");
	}
}

static void
take_all(struct reading *r, const struct yaml_node *root)
{
	static const char *const keys[] = { "id", "version", "title",
	    "instrument", "source", "covers", "teaches", "missed", "pair",
	    "child", "stages", NULL };
	struct study *s = r->s;
	struct faults *f = r->f;

	yaml_only_keys(root, keys, f);
	s->id = take_id(root, "id", true, f);
	s->version = take_line(root, "version", true, f);
	s->title = take_line(root, "title", true, f);
	s->instrument_at = place_of(root, "instrument");
	s->instrument = take_id(root, "instrument", true, f);
	s->source = take_line(root, "source", true, f);
	take_covers(s, root, f);
	s->teaches = take_line(root, "teaches", true, f);
	s->missed = take_line(root, "missed", true, f);
	s->pair = take_id(root, "pair", false, f);
	take_stages(r, root, take_child(s, root, f));
}

struct study *
study_parse(const char *text, size_t n, struct faults *f)
{
	size_t before = f->n;
	struct yaml *doc = yaml_parse(text, n, f);
	struct reading r = { .f = f };

	if (doc == NULL)
		return NULL;
	r.s = xcalloc(1, sizeof(*r.s));
	r.s->sex = 'U';
	if (yaml_root(doc) != NULL && yaml_is_map(yaml_root(doc)))
		take_all(&r, yaml_root(doc));
	else
		faults_add(f, 1, 1, "a study is a map with id, title, child, "
		    "stages and the rest");
	yaml_doc_free(doc);
	if (f->n == before)
		return r.s;
	faults_sort(f);
	study_free(r.s);
	return NULL;
}
