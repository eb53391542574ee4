/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of the form, for the files form*.c only.
 */
#ifndef HEARKEN_TUI_FORM_IMPL_H
#define HEARKEN_TUI_FORM_IMPL_H

#include "tui/edit.h"
#include "tui/form.h"

#define NO_CHOICE SIZE_MAX
#define FIND_MAX 32
#define FAULT_MAX 400

enum input_as {
	AS_EDIT,	/* typed on one line */
	AS_LONG,	/* typed on several lines */
	AS_CHOICE,	/* one of choices */
	AS_TICKS,	/* any number of choices */
	AS_SHOWN	/* not edited here */
};

/* A value that stands beside others. */
struct rival {
	json_t *value;		/* owned */
	char *words;		/* owned */
};

struct form_field {
	const struct field *f;	/* NULL: the date the entry speaks of */
	enum input_as as;
	struct edit ed;		/* AS_EDIT, AS_LONG */
	struct code *choices;	/* labels and ids owned */
	size_t nchoices;
	size_t choice;		/* AS_TICKS: the one in hand */
	bool *ticked;		/* AS_TICKS: one for each; owned */
	char find[FIND_MAX];	/* letters typed to find a choice */
	char fault[FAULT_MAX];	/* what is wrong with it; "" if nothing */
	char words[SPAN_WORDS_MAX];	/* a date as it was understood */
	bool suggested;		/* as filled in: typing replaces it */
	struct rival *rivals;	/* values that stand; none or two and more */
	size_t nrivals;
	bool picking;		/* Left and Right take one of them */
	bool answered;		/* one of them, another, or not known */
	struct form_look said;
	bool left_once;		/* a fault is shown as such from now on */
	int row, rows;		/* of the whole field, in the form */
	int value_rows;
};

struct form {
	struct pane base;
	struct form_opts opts;
	char *title;		/* owned */
	char *intro;		/* owned; or NULL */
	char *on;		/* the date it began with; owned; or NULL */
	json_t *body;		/* as it came; hidden and unknown stay */
	struct form_field *fields;
	size_t n, focus;
	int w, h;
	int top;		/* first row shown below the title */
	struct str find;	/* words looked for last */
};

/* The pane as the form it is. */
struct form *form_of(const struct pane *p);

/* form_field.c */
void field_init(struct form *fm, struct form_field *ff,
    const struct field *f);
void field_release(struct form_field *ff);
const char *field_label(const struct form *fm, const struct form_field *ff);
const char *field_help(const struct form_field *ff);
bool field_required(const struct form_field *ff);
/* True if signing asks for it, whatever is said elsewhere in the form. */
bool field_needed(const struct form *fm, const struct form_field *ff);
/* Dates that were filled in are suggestions; other texts, if asked for. */
void field_suggest(struct form_field *ff, bool texts);
/* Takes the value from a body; the text of the date from `on`. */
void field_load(struct form_field *ff, const json_t *body, const char *on);
/* Puts the value into a body, or takes it out when empty. */
void field_store(const struct form_field *ff, json_t *body);
/* Looks at what is typed; fills fault and words. */
void field_look(struct form_field *ff);
bool field_is_empty(const struct form_field *ff);
/* Makes it hold value, NULL for nothing. */
void field_set(struct form_field *ff, json_t *value);
/* Returns owned what it holds, NULL when empty. */
json_t *field_value(const struct form_field *ff);
/* What was typed, for a draft; NULL when the body says it all. */
const char *field_typed(const struct form_field *ff);
/* True if it was for this field; *changed when the value is another. */
bool field_act(struct form_field *ff, const struct event *ev, bool *changed);

/* form_choice.c: for the fields that have choices. */
bool field_has_choices(const struct form_field *ff);
void choices_make(struct form *fm, struct form_field *ff);
void choices_release(struct form_field *ff);
void choices_load(struct form_field *ff, const json_t *v);
/* Returns owned the value; one is chosen or ticked. */
json_t *choices_value(const struct form_field *ff);
/* True if none is chosen or ticked. */
bool choices_none(const struct form_field *ff);
/* Appends the labels of what is chosen or ticked. */
void choices_words(const struct form_field *ff, struct str *out);
bool choices_act(struct form_field *ff, const struct event *ev,
    bool *changed);

/* form_rival.c: for the fields for which several values stand. */
void rivals_make(struct form *fm, struct form_field *ff);
void rivals_release(struct form_field *ff);
/* True if one has to be chosen still. */
bool rivals_open(const struct form_field *ff);
/* One that is needed cannot be left as not known. */
size_t rivals_choices(const struct form_field *ff);
/* Which of them the field holds; nrivals: not known; NO_CHOICE: none. */
size_t rivals_now(const struct form_field *ff);
const char *rivals_words(const struct form_field *ff, size_t i);
/* Takes one, if the key is for that. */
bool rivals_act(struct form_field *ff, const struct event *ev,
    bool *changed);
/* The field was changed by another key, or read from a draft. */
void rivals_changed(struct form_field *ff, const struct event *ev,
    bool changed);
void rivals_restore(struct form_field *ff, const json_t *answered);
/* Asks anew what is to be said of each field. */
void form_look_anew(struct form *fm);

/* form_draw.c */
void form_arrange(struct form *fm);
/*
 * A page up or down of what is shown, until the next key; false where the
 * field in focus scrolls itself.
 */
bool form_scroll(struct form *fm, enum action a);
void form_draw(const struct pane *p, const struct view *v, bool focused);

#endif
