/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The choices of a field: one of them, or any number ticked.
 */
#include "config.h"

#include "tui/form_impl.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"

#define CHOICES_MAX 1000

static void
add_choice(struct form_field *ff, const struct code *c)
{
	ff->choices = xreallocarray(ff->choices, ff->nchoices + 1,
	    sizeof(*ff->choices));
	ff->choices[ff->nchoices++] = (struct code){
	    xstrdup(c->id), xstrdup(c->label)};
}

void
choices_make(struct form *fm, struct form_field *ff)
{
	static const struct code yes_no[] = {
		{"true", "Yes"}, {"false", "No"}, {NULL, NULL}
	};
	const struct code *c = ff->f->type == FIELD_BOOL ? yes_no :
	    ff->f->codes;
	struct code one;

	ff->choice = NO_CHOICE;
	if (ff->f->type == FIELD_ENTRY) {
		for (size_t i = 0; i < CHOICES_MAX && fm->opts.entry_choice(
		    fm->opts.ctx, ff->f, i, &one); i++)
			add_choice(ff, &one);
		return;
	}
	for (; c != NULL && c->id != NULL; c++)
		add_choice(ff, c);
	if (ff->as == AS_TICKS) {
		ff->ticked = xcalloc(ff->nchoices, sizeof(*ff->ticked));
		ff->choice = 0;
	}
}

static void
free_text(const char *s)
{
	char *p;

	memcpy(&p, &s, sizeof(p));
	free(p);
}

void
choices_release(struct form_field *ff)
{
	for (size_t i = 0; i < ff->nchoices; i++) {
		free_text(ff->choices[i].id);
		free_text(ff->choices[i].label);
	}
	free(ff->choices);
	free(ff->ticked);
}

bool
field_has_choices(const struct form_field *ff)
{
	return ff->as == AS_CHOICE || ff->as == AS_TICKS;
}

/* ---- the value ---- */

static void
load_ticks(struct form_field *ff, const json_t *list)
{
	for (size_t i = 0; i < ff->nchoices; i++) {
		ff->ticked[i] = false;
		for (size_t j = 0; j < json_array_size(list); j++) {
			const char *id = json_string_value(
			    json_array_get(list, j));

			if (id != NULL && strcmp(id, ff->choices[i].id) == 0)
				ff->ticked[i] = true;
		}
	}
}

void
choices_load(struct form_field *ff, const json_t *v)
{
	const char *id = json_is_true(v) ? "true" : json_is_false(v) ?
	    "false" : json_string_value(v);

	if (ff->as == AS_TICKS) {
		load_ticks(ff, v);
		return;
	}
	ff->choice = NO_CHOICE;
	for (size_t i = 0; id != NULL && i < ff->nchoices; i++)
		if (strcmp(ff->choices[i].id, id) == 0)
			ff->choice = i;
}

static json_t *
ticks_value(const struct form_field *ff)
{
	json_t *list = json_array();

	for (size_t i = 0; i < ff->nchoices; i++)
		if (ff->ticked[i])
			(void)json_array_append_new(list,
			    json_string(ff->choices[i].id));
	return list;
}

json_t *
choices_value(const struct form_field *ff)
{
	const char *id;

	if (ff->as == AS_TICKS)
		return ticks_value(ff);
	id = ff->choices[ff->choice].id;
	if (ff->f->type == FIELD_BOOL)
		return json_boolean(strcmp(id, "true") == 0);
	return json_string(id);
}

bool
choices_none(const struct form_field *ff)
{
	if (ff->as == AS_CHOICE)
		return ff->choice == NO_CHOICE;
	for (size_t i = 0; i < ff->nchoices; i++)
		if (ff->ticked[i])
			return false;
	return true;
}

void
choices_words(const struct form_field *ff, struct str *out)
{
	for (size_t i = 0; i < ff->nchoices; i++)
		if (ff->as == AS_TICKS ? ff->ticked[i] : i == ff->choice)
			str_add_fmt(out, "%s%s", out->len > 0 ? ", " : "",
			    ff->choices[i].label);
}

/* ---- keys ---- */

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
begins_with(const char *label, const char *find)
{
	while (*find != '\0' && lower(*label) == lower(*find)) {
		label++;
		find++;
	}
	return *find == '\0';
}

/* Letters find a choice by its beginning; one that fits nothing starts anew. */
static void
find_choice(struct form_field *ff, const struct event *ev)
{
	size_t len = strlen(ff->find);

	for (int again = 0; again < 2; again++) {
		if (len + ev->n < FIND_MAX) {
			memcpy(ff->find + len, ev->text, ev->n);
			ff->find[len + ev->n] = '\0';
		}
		for (size_t i = 0; i < ff->nchoices; i++) {
			if (begins_with(ff->choices[i].label, ff->find)) {
				ff->choice = i;
				return;
			}
		}
		len = 0;
	}
	ff->find[0] = '\0';
}

/* An optional choice has "none" between its last and its first. */
static void
cycle(struct form_field *ff, bool on)
{
	size_t n = ff->nchoices, at = ff->choice;

	ff->find[0] = '\0';
	if (n == 0)
		return;
	if (at == NO_CHOICE)
		ff->choice = on ? 0 : n - 1;
	else if (on)
		ff->choice = at + 1 < n ? at + 1 :
		    field_required(ff) ? 0 : NO_CHOICE;
	else
		ff->choice = at > 0 ? at - 1 :
		    field_required(ff) ? n - 1 : NO_CHOICE;
}

static bool
choice_act(struct form_field *ff, const struct event *ev)
{
	switch (ev->act) {
	case ACT_TYPED:
		if (ev->n == 1 && ev->text[0] == ' ' && ff->find[0] == '\0')
			cycle(ff, true);
		else
			find_choice(ff, ev);
		return true;
	case ACT_LEFT:
	case ACT_RIGHT:
		cycle(ff, ev->act == ACT_RIGHT);
		return true;
	case ACT_RUBOUT:
	case ACT_DELETE:
		ff->choice = NO_CHOICE;
		ff->find[0] = '\0';
		return true;
	default:
		return false;
	}
}

/* One of them is always the one in hand. */
static void
move_tick(struct form_field *ff, bool on)
{
	size_t n = ff->nchoices;

	ff->find[0] = '\0';
	if (n > 0)
		ff->choice = (ff->choice + (on ? 1 : n - 1)) % n;
}

static bool
ticks_act(struct form_field *ff, const struct event *ev, bool *changed)
{
	bool *tick = ff->choice < ff->nchoices ? &ff->ticked[ff->choice] :
	    NULL;

	switch (ev->act) {
	case ACT_TYPED:
		if (ev->n != 1 || ev->text[0] != ' ') {
			find_choice(ff, ev);
			return true;
		}
		ff->find[0] = '\0';
		if (tick != NULL)
			*tick = !*tick;
		*changed = tick != NULL;
		return true;
	case ACT_LEFT:
	case ACT_RIGHT:
		move_tick(ff, ev->act == ACT_RIGHT);
		return true;
	case ACT_RUBOUT:
	case ACT_DELETE:
		*changed = tick != NULL && *tick;
		if (tick != NULL)
			*tick = false;
		ff->find[0] = '\0';
		return true;
	default:
		return false;
	}
}

bool
choices_act(struct form_field *ff, const struct event *ev, bool *changed)
{
	size_t choice = ff->choice;
	bool done;

	if (ff->as == AS_TICKS)
		return ticks_act(ff, ev, changed);
	done = choice_act(ff, ev);
	*changed = ff->choice != choice;
	return done;
}
