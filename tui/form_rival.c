/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fields for which more than one value stands: nothing is taken silently,
 * and that it is not known is an answer, too.  And what is said of a field
 * while it is filled in.
 */
#include "config.h"

#include "tui/form_impl.h"

#include <stdlib.h>
#include <string.h>

#include "core/versions.h"
#include "core/xalloc.h"

#define RIVALS_MAX 100

static void
add_rival(struct form_field *ff, json_t *value, const char *words)
{
	ff->rivals = xreallocarray(ff->rivals, ff->nrivals + 1,
	    sizeof(*ff->rivals));
	ff->rivals[ff->nrivals++] = (struct rival){value, xstrdup(words)};
}

void
rivals_release(struct form_field *ff)
{
	for (size_t i = 0; i < ff->nrivals; i++) {
		json_decref(ff->rivals[i].value);
		free(ff->rivals[i].words);
	}
	free(ff->rivals);
	ff->rivals = NULL;
	ff->nrivals = 0;
}

void
rivals_make(struct form *fm, struct form_field *ff)
{
	const struct form_opts *o = &fm->opts;
	json_t *value = NULL;
	struct str words;

	if (o->rival == NULL || ff->as == AS_SHOWN)
		return;
	str_init(&words);
	while (ff->nrivals < RIVALS_MAX && o->rival(o->ctx, ff->f,
	    ff->nrivals, &value, &words)) {
		add_rival(ff, value, words.s);
		str_clear(&words);
	}
	str_release(&words);
	if (ff->nrivals < 2) {
		rivals_release(ff);
		return;
	}
	field_set(ff, NULL);
	ff->picking = true;
}

bool
rivals_open(const struct form_field *ff)
{
	return ff->nrivals > 0 && !ff->answered;
}

size_t
rivals_choices(const struct form_field *ff)
{
	return ff->nrivals == 0 ? 0 : ff->nrivals + !field_required(ff);
}

size_t
rivals_now(const struct form_field *ff)
{
	static const struct field date = {.name = "", .type = FIELD_SPAN};
	json_t *now = field_value(ff);
	size_t at = NO_CHOICE;

	if (now == NULL)
		return ff->answered ? ff->nrivals : NO_CHOICE;
	for (size_t i = 0; i < ff->nrivals && at == NO_CHOICE; i++)
		if (field_value_same(ff->f != NULL ? ff->f : &date,
		    ff->rivals[i].value, now))
			at = i;
	json_decref(now);
	return at;
}

const char *
rivals_words(const struct form_field *ff, size_t i)
{
	return i < ff->nrivals ? ff->rivals[i].words :
	    "Not known: none of these stays";
}

bool
rivals_act(struct form_field *ff, const struct event *ev, bool *changed)
{
	size_t n = rivals_choices(ff), at = rivals_now(ff);

	if (n == 0 || !ff->picking ||
	    (ev->act != ACT_LEFT && ev->act != ACT_RIGHT))
		return false;
	if (at >= n)
		at = ev->act == ACT_RIGHT ? 0 : n - 1;
	else
		at = (at + (ev->act == ACT_RIGHT ? 1 : n - 1)) % n;
	field_set(ff, at < ff->nrivals ? ff->rivals[at].value : NULL);
	ff->answered = true;
	ff->suggested = ff->as == AS_EDIT || ff->as == AS_LONG;
	*changed = true;
	return true;
}

void
rivals_changed(struct form_field *ff, const struct event *ev, bool changed)
{
	if (ff->nrivals == 0)
		return;
	if (changed)
		ff->answered = !field_is_empty(ff);
	/* From here on the arrow keys move in what is typed. */
	if (changed || ev->act == ACT_HOME || ev->act == ACT_END)
		ff->picking = field_is_empty(ff);
}

void
rivals_restore(struct form_field *ff, const json_t *answered)
{
	const char *name = ff->f != NULL ? ff->f->name : "";

	if (ff->nrivals == 0)
		return;
	ff->answered = false;
	for (size_t i = 0; i < json_array_size(answered); i++) {
		const char *s = json_string_value(json_array_get(answered,
		    i));

		if (s != NULL && strcmp(s, name) == 0)
			ff->answered = true;
	}
	if (!ff->answered)
		field_set(ff, NULL);
	ff->picking = rivals_now(ff) != NO_CHOICE || field_is_empty(ff);
}

void
form_look_anew(struct form *fm)
{
	json_t *body;

	if (fm->opts.look == NULL)
		return;
	body = form_body(&fm->base);
	for (size_t i = 0; i < fm->n; i++) {
		struct form_field *ff = &fm->fields[i];

		ff->said = (struct form_look){FORM_NOTHING, ""};
		fm->opts.look(fm->opts.ctx, ff->f, body, &ff->said);
	}
	json_decref(body);
}
