/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One field of a form: what is typed or chosen, and the value it stands for.
 */
#include "config.h"

#include "tui/form_impl.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/utf8.h"
#include "core/xalloc.h"

static enum field_type
type_of(const struct form_field *ff)
{
	return ff->f != NULL ? ff->f->type : FIELD_SPAN;
}

static enum input_as
input_as(const struct form *fm, const struct field *f)
{
	switch (f != NULL ? f->type : FIELD_SPAN) {
	case FIELD_TEXT:
	case FIELD_LINES:
		return AS_LONG;
	case FIELD_CODE:
	case FIELD_BOOL:
		return AS_CHOICE;
	case FIELD_CODES:
		return AS_TICKS;
	case FIELD_ENTRY:
		return fm->opts.entry_choice != NULL ? AS_CHOICE : AS_EDIT;
	case FIELD_ANSWERS:
	case FIELD_LIST:
		return AS_SHOWN;
	default:
		return AS_EDIT;
	}
}

void
field_init(struct form *fm, struct form_field *ff, const struct field *f)
{
	bool is_long;

	memset(ff, 0, sizeof(*ff));
	ff->f = f;
	ff->as = input_as(fm, f);
	is_long = ff->as == AS_LONG;
	/* Only a secret can fail. */
	(void)!edit_init(&ff->ed, is_long ? EDIT_TEXT : EDIT_LINE,
	    f != NULL && f->type <= FIELD_TEXT ? f->max : 0, NULL);
	if (field_has_choices(ff))
		choices_make(fm, ff);
}

void
field_release(struct form_field *ff)
{
	rivals_release(ff);
	edit_release(&ff->ed);
	choices_release(ff);
}

const char *
field_label(const struct form *fm, const struct form_field *ff)
{
	return ff->f != NULL ? ff->f->label : fm->opts.kind->on_label;
}

const char *
field_help(const struct form_field *ff)
{
	return ff->f != NULL ? ff->f->help : "A day, a month, a year, or a "
	    "span of these: 4/3/2026, 3/2026, 2026, 1/3/2026 to 9/3/2026.";
}

bool
field_required(const struct form_field *ff)
{
	return ff->f != NULL && (ff->f->flags & FIELD_REQUIRED) != 0;
}

bool
field_needed(const struct form *fm, const struct form_field *ff)
{
	const struct field *f = ff->f;

	/* A kind with such fields asks for its date, too. */
	if (f == NULL)
		for (f = fm->opts.kind->fields; f->name != NULL; f++)
			if ((f->flags & FIELD_NEEDED) != 0)
				return true;
	return ff->f != NULL &&
	    (ff->f->flags & (FIELD_REQUIRED | FIELD_NEEDED)) != 0;
}

/* A stored moment as a person types it: local, to the minute. */
static void
moment_typed(const char *stored, struct edit *ed)
{
	char text[SPAN_TEXT_MAX];
	int64_t ms;
	time_t t;
	struct tm tm;

	if (moment_parse(stored, &ms, NULL) != RC_OK) {
		edit_set(ed, stored);
		return;
	}
	t = (time_t)(ms / 1000);
	if (localtime_r(&t, &tm) == NULL ||
	    strftime(text, sizeof(text), "%Y-%m-%d %H:%M", &tm) == 0)
		text[0] = '\0';
	edit_set(ed, text);
}

static void
load_lines(struct edit *ed, const json_t *array)
{
	struct str text;
	size_t i;
	const json_t *item;

	str_init(&text);
	json_array_foreach(array, i, item) {
		if (i > 0)
			str_add_char(&text, '\n');
		if (json_is_string(item))
			str_add(&text, json_string_value(item));
	}
	edit_set(ed, text.s);
	str_release(&text);
}

void
field_load(struct form_field *ff, const json_t *body, const char *on)
{
	const json_t *v = ff->f != NULL ?
	    json_object_get(body, ff->f->name) : NULL;
	char number[32];

	edit_clear(&ff->ed);
	ff->suggested = false;
	if (ff->f == NULL) {
		edit_set(&ff->ed, on != NULL ? on : "");
	} else if (field_has_choices(ff)) {
		choices_load(ff, v);
	} else if (json_is_array(v) && ff->as == AS_LONG) {
		load_lines(&ff->ed, v);
	} else if (json_is_integer(v)) {
		(void)snprintf(number, sizeof(number), "%lld",
		    (long long)json_integer_value(v));
		edit_set(&ff->ed, number);
	} else if (json_is_string(v) && ff->f->type == FIELD_MOMENT) {
		moment_typed(json_string_value(v), &ff->ed);
	} else if (json_is_string(v)) {
		edit_set(&ff->ed, json_string_value(v));
	}
	field_look(ff);
}

/* Whole numbers only, at most 15 digits. */
static bool
read_count(const char *text, json_int_t *out)
{
	size_t n = strspn(text, "0123456789");

	*out = 0;
	if (n == 0 || n > 15 || text[n] != '\0')
		return false;
	for (; *text != '\0'; text++)
		*out = *out * 10 + (*text - '0');
	return true;
}

static json_t *
lines_value(const char *text)
{
	json_t *array = json_array();

	while (*text != '\0') {
		size_t n = strcspn(text, "\n");

		if (strspn(text, " ") < n)
			(void)json_array_append_new(array,
			    json_stringn(text, n));
		text += n + (text[n] == '\n');
	}
	return array;
}

/* The canonical form; what cannot be read stays as typed. */
static json_t *
edit_value(const struct form_field *ff)
{
	const char *text = edit_text(&ff->ed);
	char out[SPAN_TEXT_MAX];
	struct span span;
	int64_t ms;
	int32_t day;
	json_int_t n;

	switch (type_of(ff)) {
	case FIELD_LINES:
		return lines_value(text);
	case FIELD_DAY:
		if (day_parse(text, &day, NULL) != RC_OK)
			break;
		day_format(day, out);
		return json_string(out);
	case FIELD_SPAN:
		if (span_parse(text, &span, NULL) != RC_OK)
			break;
		span_format(&span, out);
		return json_string(out);
	case FIELD_MOMENT:
		if (moment_parse(text, &ms, NULL) != RC_OK)
			break;
		moment_format(ms, out);
		return json_string(out);
	case FIELD_COUNT:
		if (read_count(text, &n))
			return json_integer(n);
		break;
	default:
		break;
	}
	return json_string(text);
}

bool
field_is_empty(const struct form_field *ff)
{
	const char *text = edit_text(&ff->ed);

	if (field_has_choices(ff))
		return choices_none(ff);
	return text[strspn(text, " \n")] == '\0';
}

json_t *
field_value(const struct form_field *ff)
{
	if (field_is_empty(ff))
		return NULL;
	return field_has_choices(ff) ? choices_value(ff) : edit_value(ff);
}

void
field_set(struct form_field *ff, json_t *value)
{
	json_t *body;

	if (ff->f == NULL) {
		field_load(ff, NULL, json_string_value(value));
		return;
	}
	body = json_object();
	if (value != NULL)
		(void)json_object_set(body, ff->f->name, value);
	field_load(ff, body, NULL);
	json_decref(body);
}

void
field_store(const struct form_field *ff, json_t *body)
{
	json_t *value;

	if (ff->f == NULL || ff->as == AS_SHOWN)
		return;
	value = ff->said.say != FORM_CLOSED ? field_value(ff) : NULL;
	if (value == NULL)
		(void)json_object_del(body, ff->f->name);
	else
		(void)json_object_set_new(body, ff->f->name, value);
}

const char *
field_typed(const struct form_field *ff)
{
	return ff->as == AS_EDIT || ff->as == AS_LONG ? edit_text(&ff->ed) :
	    NULL;
}

static enum rc
look_date(struct form_field *ff, struct err *e)
{
	const char *text = edit_text(&ff->ed);
	struct span span;
	int64_t ms;
	int32_t day;
	enum rc rc;

	if (type_of(ff) == FIELD_MOMENT) {
		rc = moment_parse(text, &ms, e);
		if (rc == RC_OK)
			moment_words(ms, ff->words);
		return rc;
	}
	if (type_of(ff) == FIELD_DAY) {
		rc = day_parse(text, &day, e);
		if (rc == RC_OK)
			span = span_of_day(day);
	} else {
		rc = span_parse(text, &span, e);
	}
	if (rc == RC_OK)
		span_words(&span, ff->words);
	return rc;
}

void
field_look(struct form_field *ff)
{
	struct err e;
	json_int_t n;
	enum rc rc = RC_OK;

	ff->fault[0] = ff->words[0] = '\0';
	err_clear(&e);
	if (field_has_choices(ff) || field_is_empty(ff))
		return;
	switch (type_of(ff)) {
	case FIELD_DAY:
	case FIELD_SPAN:
	case FIELD_MOMENT:
		rc = look_date(ff, &e);
		break;
	case FIELD_COUNT:
		if (!read_count(edit_text(&ff->ed), &n))
			rc = err_set(&e, RC_INPUT,
			    "a whole number is expected, such as 3");
		break;
	default:
		break;
	}
	if (rc != RC_OK)
		(void)snprintf(ff->fault, sizeof(ff->fault), "%.*s",
		    FAULT_MAX - 1, e.text);
	if (ff->ed.full)
		(void)snprintf(ff->fault, sizeof(ff->fault),
		    "the field is full: at most %zu bytes", ff->ed.max);
}

static bool
is_date(const struct form_field *ff)
{
	enum field_type t = type_of(ff);

	return t == FIELD_DAY || t == FIELD_SPAN || t == FIELD_MOMENT;
}

void
field_suggest(struct form_field *ff, bool texts)
{
	ff->suggested = ff->as == AS_EDIT && *edit_text(&ff->ed) != '\0' &&
	    (texts || is_date(ff));
}

/* A date or name that was filled in is never glued to what is typed. */
static void
replace_suggestion(struct form_field *ff, const struct event *ev)
{
	struct event end = {.act = ACT_END}, all = {.act = ACT_KILL_START};

	if (!ff->suggested || (ev->act != ACT_TYPED && ev->act != ACT_PASTED))
		return;
	(void)edit_act(&ff->ed, &end, NULL);
	(void)edit_act(&ff->ed, &all, NULL);
}

bool
field_act(struct form_field *ff, const struct event *ev, bool *changed)
{
	size_t at = ff->ed.at;
	bool done;

	*changed = false;
	if (ff->as == AS_SHOWN || ff->said.say == FORM_CLOSED)
		return false;
	if (rivals_act(ff, ev, changed)) {
		field_look(ff);
		return true;
	}
	if (field_has_choices(ff)) {
		done = choices_act(ff, ev, changed);
	} else {
		replace_suggestion(ff, ev);
		done = edit_act(&ff->ed, ev, changed);
		if (done)
			ff->suggested = false;
		/* At the first or last line up and down leave the field. */
		if ((ev->act == ACT_UP || ev->act == ACT_DOWN) &&
		    ff->ed.at == at)
			done = false;
	}
	if (done)
		field_look(ff);
	rivals_changed(ff, ev, *changed);
	return done;
}
