/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/standards.h"

#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "core/yaml_want.h"

#define AGENCIES_MAX 200

/* ---- releasing ---- */

static void
standard_release(struct standard *one, size_t nagencies)
{
	for (size_t i = 0; one->answers != NULL && i < nagencies; i++)
		free(one->answers[i].evidence);
	free(one->answers);
	free(one->asked);
	free(one->id);
	free(one->text);
}

static void
foundation_release(struct foundation *f, size_t nagencies)
{
	for (size_t i = 0; i < f->n; i++)
		standard_release(&f->list[i], nagencies);
	free(f->list);
	free(f->id);
	free(f->title);
	free(f->source);
}

void
standards_free(struct standards *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->n; i++)
		foundation_release(&s->list[i], s->nagencies);
	for (size_t i = 0; i < s->nagencies; i++)
		free(s->agencies[i]);
	free(s->agencies);
	free(s->list);
	free(s->id);
	free(s->title);
	free(s->source);
	free(s);
}

/* ---- agencies ---- */

/* nagencies when there is none of that name. */
static size_t
agency_at(const struct standards *s, const char *name)
{
	size_t i = 0;

	while (i < s->nagencies && strcmp(s->agencies[i], name) != 0)
		i++;
	return i;
}

static void
take_agencies(struct standards *s, const struct yaml_node *map,
    struct faults *f)
{
	const struct yaml_node *list = yaml_want_list(map, "agencies", true,
	    f);

	if (yaml_size(list) > AGENCIES_MAX) {
		yaml_fault_of(map, "agencies", f, "has more than 200 names");
		return;
	}
	for (size_t i = 0; list != NULL && i < yaml_size(list); i++) {
		const struct yaml_node *n = yaml_at(list, i);
		const char *name = yaml_text(n);

		if (name == NULL || name[0] == '\0') {
			faults_add(f, yaml_line(n), yaml_column(n),
			    "an agency is a name");
			continue;
		}
		if (agency_at(s, name) < s->nagencies) {
			faults_add(f, yaml_line(n), yaml_column(n),
			    "\"%.64s\" stands twice", name);
			continue;
		}
		s->agencies = vec_room(s->agencies, s->nagencies,
		    &s->capagencies, sizeof(*s->agencies));
		s->agencies[s->nagencies++] = xstrdup(name);
	}
}

/* ---- statements ---- */

static bool
known_agency(const struct standards *s, const struct yaml_node *n, size_t *at,
    struct faults *f)
{
	const char *name = yaml_text(n);

	*at = name != NULL ? agency_at(s, name) : s->nagencies;
	if (*at < s->nagencies)
		return true;
	faults_add(f, yaml_line(n), yaml_column(n), "\"%.64s\" is none of the "
	    "agencies above", name != NULL ? name : "");
	return false;
}

static void
take_answer(struct standard_answer *a, const struct yaml_node *map,
    struct faults *f)
{
	static const char *const keys[] = {"delivered", "evidence", "on",
	    NULL};
	static const char *const words[] = {"no", "partly", "yes", NULL};
	int word = 0;

	yaml_only_keys(map, keys, f);
	if (yaml_get(map, "delivered") == NULL)
		faults_add(f, yaml_line(map), yaml_column(map),
		    "delivered is missing: yes, partly or no");
	else if (yaml_want_word(map, "delivered", words, &word, f))
		a->delivered = (enum delivered)(DELIVERED_NO + word);
	free(a->evidence);
	a->evidence = yaml_copy_text(map, "evidence", false, f);
	(void)yaml_want_day(map, "on", false, &a->on, f);
	if (a->delivered == DELIVERED_YES && a->evidence[0] == '\0')
		yaml_fault_of(map, "delivered", f, "is yes: say in evidence "
		    "what shows it");
}

static void
take_answers(const struct standards *s, struct standard *one,
    const struct yaml_node *map, struct faults *f)
{
	const struct yaml_node *answers = yaml_want_map(map, "answers",
	    false, f);
	size_t at;

	for (size_t i = 0; answers != NULL && i < yaml_size(answers); i++) {
		const struct yaml_node *key = yaml_key_at(answers, i);
		const struct yaml_node *value = yaml_value_at(answers, i);

		if (!known_agency(s, key, &at, f))
			continue;
		if (!one->asked[at])
			faults_add(f, yaml_line(key), yaml_column(key),
			    "the statement is not for them");
		else if (!yaml_is_map(value))
			faults_add(f, yaml_line(value), yaml_column(value),
			    "an answer has delivered, evidence and on");
		else
			take_answer(&one->answers[at], value, f);
	}
}

static void
take_asked(const struct standards *s, struct standard *one,
    const struct yaml_node *map, struct faults *f)
{
	const struct yaml_node *list = yaml_want_list(map, "agencies", false,
	    f);
	size_t at;

	for (size_t i = 0; i < s->nagencies; i++)
		one->asked[i] = list == NULL;
	for (size_t i = 0; list != NULL && i < yaml_size(list); i++)
		if (known_agency(s, yaml_at(list, i), &at, f))
			one->asked[at] = true;
}

static bool
is_taken(const struct standards *s, const char *id)
{
	for (size_t i = 0; i < s->n; i++) {
		if (strcmp(s->list[i].id, id) == 0)
			return true;
		for (size_t k = 0; k < s->list[i].n; k++)
			if (strcmp(s->list[i].list[k].id, id) == 0)
				return true;
	}
	return false;
}

static char *
take_id(const struct standards *s, const struct yaml_node *map,
    struct faults *f)
{
	char *id = yaml_copy_text(map, "id", true, f);

	if (id[strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0')
		yaml_fault_of(map, "id", f, "may have lower-case letters, "
		    "digits and hyphens only");
	else if (id[0] != '\0' && is_taken(s, id))
		yaml_fault_of(map, "id", f, "stands twice");
	return id;
}

/* The foundation is the last of s, so that an id of it is seen as taken. */
static void
take_statement(struct standards *s, const struct yaml_node *map,
    struct faults *f)
{
	static const char *const keys[] = {"id", "text", "agencies",
	    "answers", NULL};
	struct foundation *at = &s->list[s->n - 1];
	struct standard one = {0};

	if (!yaml_is_map(map)) {
		faults_add(f, yaml_line(map), yaml_column(map),
		    "a statement has id and text");
		return;
	}
	yaml_only_keys(map, keys, f);
	one.asked = xcalloc(s->nagencies + 1, sizeof(*one.asked));
	one.answers = xcalloc(s->nagencies + 1, sizeof(*one.answers));
	for (size_t i = 0; i < s->nagencies; i++)
		one.answers[i] = (struct standard_answer){
			DELIVERED_UNANSWERED, xstrdup(""), DAY_NONE};
	one.id = take_id(s, map, f);
	one.text = yaml_copy_text(map, "text", true, f);
	take_asked(s, &one, map, f);
	take_answers(s, &one, map, f);
	at->list = vec_room(at->list, at->n, &at->cap, sizeof(*at->list));
	at->list[at->n++] = one;
}

static void
take_foundation(struct standards *s, const struct yaml_node *map,
    struct faults *f)
{
	static const char *const keys[] = {"id", "title", "source",
	    "statements", NULL};
	const struct yaml_node *list;
	struct foundation one = {0};

	if (!yaml_is_map(map)) {
		faults_add(f, yaml_line(map), yaml_column(map),
		    "a foundation has id, title, source and statements");
		return;
	}
	yaml_only_keys(map, keys, f);
	one.id = take_id(s, map, f);
	one.title = yaml_copy_text(map, "title", true, f);
	one.source = yaml_copy_text(map, "source", true, f);
	s->list = vec_room(s->list, s->n, &s->cap, sizeof(*s->list));
	s->list[s->n++] = one;
	list = yaml_want_list(map, "statements", true, f);
	for (size_t i = 0; list != NULL && i < yaml_size(list); i++)
		take_statement(s, yaml_at(list, i), f);
}

static struct standards *
take_all(const struct yaml_node *root, struct faults *f)
{
	static const char *const keys[] = {"id", "title", "source",
	    "agencies", "foundations", NULL};
	struct standards *s = xcalloc(1, sizeof(*s));
	const struct yaml_node *list;

	yaml_only_keys(root, keys, f);
	s->id = yaml_copy_text(root, "id", true, f);
	s->title = yaml_copy_text(root, "title", true, f);
	s->source = yaml_copy_text(root, "source", true, f);
	take_agencies(s, root, f);
	list = yaml_want_list(root, "foundations", true, f);
	for (size_t i = 0; list != NULL && i < yaml_size(list); i++)
		take_foundation(s, yaml_at(list, i), f);
	return s;
}

struct standards *
standards_parse(const char *text, size_t n, struct faults *f)
{
	struct yaml *y = yaml_parse(text, n, f);
	struct standards *s = NULL;

	if (y == NULL)
		return NULL;
	if (yaml_is_map(yaml_root(y)))
		s = take_all(yaml_root(y), f);
	else
		faults_add(f, 1, 1, "a self-assessment has id, title, "
		    "source, agencies and foundations");
	yaml_doc_free(y);
	if (f->n > 0) {
		faults_sort(f);
		standards_free(s);
		s = NULL;
	}
	return s;
}

/* ---- how it stands ---- */

const char *
standing_words(enum standing s)
{
	static const char *const words[STANDINGS] = {
		[STANDING_UNANSWERED] = "not answered",
		[STANDING_RED] = "red",
		[STANDING_AMBER] = "amber",
		[STANDING_GREEN] = "green",
	};

	return words[s];
}

struct standard_count
standard_count(const struct standards *s, const struct standard *one)
{
	struct standard_count c = {0};

	for (size_t i = 0; i < s->nagencies; i++) {
		const enum delivered d = one->answers[i].delivered;

		if (!one->asked[i])
			continue;
		c.asked++;
		c.answered += d != DELIVERED_UNANSWERED;
		c.delivered += d == DELIVERED_YES;
		c.partly += d == DELIVERED_PARTLY;
	}
	return c;
}

enum standing
standard_standing(const struct standards *s, const struct standard *one)
{
	const struct standard_count c = standard_count(s, one);

	if (c.answered == 0)
		return STANDING_UNANSWERED;
	if (c.delivered == c.asked)
		return STANDING_GREEN;
	return 2 * c.delivered < c.asked ? STANDING_RED : STANDING_AMBER;
}
