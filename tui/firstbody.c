/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/firstbody.h"

#include <string.h>

#include "core/chase.h"
#include "core/closing.h"
#include "core/recordwords.h"
#include "core/screen.h"
#include "core/str.h"
#include "core/xalloc.h"
#include "tui/entrylink.h"
#include "tui/judge.h"
#include "tui/referral.h"

void
closing_things(const struct casework *w, struct open_things *out)
{
	const struct instrument *in = w->door.in;
	const char *high = in->nlevels > 0 && casework_level(w) == 0 ?
	    screen_level_label(in, 0) : NULL;

	closing_list(&w->now, high, out);
}

static json_t *
closing_body(const struct casework *w)
{
	struct open_things t;
	json_t *body = json_object();
	struct str text;

	str_init(&text);
	closing_things(w, &t);
	closing_text(&t, &text);
	if (t.n > 0)
		(void)json_object_set_new(body, "open", json_string(text.s));
	(void)json_object_set_new(body, "seen", casefile_seen(&w->signed_));
	closing_release(&t);
	str_release(&text);
	return body;
}

/* Named, so that it is undone whatever the clocks of two machines say. */
static json_t *
reopen_body(const struct casework *w)
{
	char hex[2 * ENTRY_ID_LEN + 1];

	if (w->now.closed == NULL)
		return NULL;
	hex_format(w->now.closed->entry.id.b, ENTRY_ID_LEN, hex);
	return json_pack("{s:s}", "close", hex);
}

/* What is written while questions stand answers them. */
static json_t *
note_body(const struct casework *w)
{
	char hex[2 * ENTRY_ID_LEN + 1];

	if (w->held.returned == NULL)
		return NULL;
	hex_format(w->held.returned->entry.id.b, ENTRY_ID_LEN, hex);
	return json_pack("{s:s}", "answers", hex);
}

json_t *
first_body(const struct casework *w, const char *kind)
{
	if (strcmp(kind, "referral") == 0)
		return referral_body(w);
	if (strcmp(kind, "screening") == 0)
		return judge_body(w);
	if (strcmp(kind, "close") == 0)
		return closing_body(w);
	if (strcmp(kind, "reopen") == 0)
		return reopen_body(w);
	return strcmp(kind, "note") == 0 ? note_body(w) : NULL;
}

static void
add_field(const struct record *r, const char *name, struct str *out)
{
	const struct field *f = kind_field(r->kind, name);
	const char *s = record_text(r, name), *label;

	label = f->type == FIELD_CODE ? code_label(f->codes, s) : NULL;
	str_add(out, label != NULL ? label : s);
}

/* Who opens a case again reads why it was closed. */
static char *
reopen_title(const struct record *closed)
{
	struct str out;

	if (closed == NULL)
		return NULL;
	str_init(&out);
	record_title(closed, NULL, &out);
	str_add(&out, ": ");
	add_field(closed, "why", &out);
	str_add(&out, ". ");
	add_field(closed, "words", &out);
	for (char *s = out.s; *s != '\0'; s++)
		if (*s == '\n' || *s == '\t')
			*s = ' ';
	return str_take(&out);
}

static char *
decide_title(const struct casework *w)
{
	struct str out;

	str_init(&out);
	str_add_fmt(&out, "Decide on %s", w->now.reference);
	return str_take(&out);
}

char *
first_title(const struct casework *w, const char *kind)
{
	if (strcmp(kind, "screening") == 0)
		return xstrdup("Professional judgement");
	if (strcmp(kind, "review") == 0)
		return decide_title(w);
	if (strcmp(kind, "reopen") == 0)
		return reopen_title(w->now.closed);
	return NULL;
}

/* ---- about another entry ---- */

const char *
about_field(const char *kind, const struct record *r)
{
	if (link_field(kind) != NULL &&
	    strcmp(link_target(kind), r->entry.kind) == 0)
		return link_field(kind);
	if (strcmp(kind, "sharing") == 0 &&
	    strcmp(r->entry.kind, "referral") == 0)
		return "referral";
	return NULL;
}

static void
set_text(json_t *body, const char *field, const char *text)
{
	if (*text != '\0')
		json_object_set_new(body, field, json_string(text));
}

/* What a referral says already is not asked twice; a person reads it. */
static void
add_shared(const struct record *r, json_t *body)
{
	const char *consent = record_text(r, "consent");
	struct str what;

	str_init(&what);
	record_title(r, NULL, &what);
	str_add(&what, ": the concern, the child's own words and the "
	    "indicators carried over");
	set_text(body, "asked_by", "Own initiative: a referral");
	set_text(body, "asked", record_text(r, "asked"));
	set_text(body, "decision", "share");
	set_text(body, "reasons", record_text(r, "concern"));
	set_text(body, "purpose", record_text(r, "asked"));
	set_text(body, "basis", strcmp(consent, "given") == 0 ? "consent" :
	    "safeguarding");
	set_text(body, "consent", consent);
	set_text(body, "told_why", record_text(r, "told"));
	set_text(body, "what", what.s);
	set_text(body, "to", record_text(r, "to"));
	set_text(body, "route", record_text(r, "route"));
	str_release(&what);
}

json_t *
about_body(const struct casework *w, const char *kind,
    const struct record *r)
{
	char hex[2 * ENTRY_ID_LEN + 1];
	const char *step;
	json_t *body;

	hex_format(r->entry.id.b, ENTRY_ID_LEN, hex);
	body = json_pack("{s:s}", about_field(kind, r), hex);
	if (strcmp(kind, "referral-step") == 0) {
		step = referral_next_step(referral_state(&w->now, r, NULL));
		set_text(body, "step", step);
	} else if (strcmp(kind, "sharing") == 0) {
		add_shared(r, body);
	}
	return body;
}

/* ---- a choice ---- */

static const struct field *
field_with(const char *kind, const char *code)
{
	const struct kind *k = kind_find(kind);
	const struct field *f = k != NULL ? k->fields : NULL;

	for (; f != NULL && f->name != NULL; f++)
		if (f->type == FIELD_CODE &&
		    code_label(f->codes, code) != NULL)
			return f;
	return NULL;
}

json_t *
chosen_body(const char *kind, const char *code)
{
	const struct field *f = field_with(kind, code);

	return f != NULL ? json_pack("{s:s}", f->name, code) : NULL;
}

const char *
chosen_label(const char *kind, const char *code)
{
	const struct field *f = field_with(kind, code);

	return f != NULL ? code_label(f->codes, code) : NULL;
}
