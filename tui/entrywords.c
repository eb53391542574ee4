/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/entrywords.h"

#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/doubts.h"
#include "core/recordwords.h"
#include "tui/entrylink.h"
#include "tui/riskview.h"

/* The body as the person left it: of the pending entry, if it is one. */
static const json_t *
body_of(const struct casework *w, const struct record *r)
{
	size_t i = casework_pending_of(w, r);

	return i < w->pending.n ? w->pending.list[i].draft.body : r->body;
}

static struct reading
reading_of(const struct casework *w)
{
	return (struct reading){&w->now, w->door.roster, w->door.in};
}

void
entry_title(const struct casework *w, const struct record *r,
    struct str *out)
{
	struct span on = casework_on(w, r);

	record_title(r, casework_is_pending(w, r) ? &on : NULL, out);
}

void
entry_field_words(const struct casework *w, const struct field *f,
    const json_t *value, struct str *out)
{
	struct reading g = reading_of(w);

	record_field_words(&g, f, value, out);
}

void
entry_summary(const struct casework *w, const struct record *r,
    struct str *out)
{
	struct reading g = reading_of(w);

	record_summary(&g, r, body_of(w, r), out);
}

void
entry_whole(const struct casework *w, const struct record *r,
    struct str *out)
{
	struct reading g = reading_of(w);

	record_whole(&g, r, body_of(w, r), out);
}

/* ---- all of it ---- */

/* Deadlines stand first: they are what is looked for. */
static void
add_fields(const struct casework *w, const struct record *r, bool moments,
    struct lines *out)
{
	const struct line_look look = {.indent = 2, .style = STYLE_NORMAL};
	const json_t *body = body_of(w, r);
	const struct field *f;
	struct str words;

	str_init(&words);
	for (f = r->kind->fields; f->name != NULL; f++) {
		if (field_is_deadline(f) != moments || !field_is_for_people(f))
			continue;
		str_clear(&words);
		entry_field_words(w, f, json_object_get(body, f->name),
		    &words);
		if (words.len == 0)
			continue;
		lines_plain(out, STYLE_LABEL, f->label);
		lines_add(out, &look, words.s);
	}
	str_release(&words);
}

static void
add_author(const struct casework *w, const struct record *r,
    struct lines *out)
{
	const struct line_look look = {.indent = 0, .style = STYLE_DIM};
	char when[SPAN_WORDS_MAX], hex[2 * ENTRY_ID_LEN + 1];

	lines_blank(out);
	if (casework_is_pending(w, r)) {
		lines_plain(out, STYLE_PENDING, "~ Not signed yet; $ signs.");
		return;
	}
	moment_words(r->entry.at, when);
	hex_format(r->entry.id.b, ENTRY_ID_LEN, hex);
	lines_addf(out, &look, "Signed by %s, %s. Entry %.12s.",
	    casework_author(w, r), when, hex);
	if (r->replaced_by != NULL)
		lines_plain(out, STYLE_WARNING, "A later version takes its "
		    "place.");
}

static void
add_struck(const struct casework *w, const struct record *r,
    struct lines *out)
{
	struct line_look look = {.indent = 2, .style = STYLE_WARNING,
	    .lead = "x", .lead_style = STYLE_STRUCK};
	char when[SPAN_WORDS_MAX];

	if (r->struck_by == NULL)
		return;
	moment_words(r->struck_by->entry.at, when);
	lines_addf(out, &look, "Struck by %s, %s: %s",
	    casework_author(w, r->struck_by), when,
	    casework_text(w, r->struck_by, "reason"));
}

static void
add_steps(const struct casework *w, const struct record *r,
    struct lines *out)
{
	struct line_look look = {.indent = 2, .style = STYLE_NORMAL,
	    .lead = "-", .lead_style = STYLE_NORMAL};
	struct str words;
	size_t i;

	if (!link_is_target(r))
		return;
	lines_blank(out);
	lines_plain(out, STYLE_HEADING, "What became of it (a adds a step)");
	for (i = 0; i < w->now.nrecords; i++) {
		if (!link_joins(&w->now, w->now.records[i], r))
			continue;
		str_init(&words);
		entry_title(w, w->now.records[i], &words);
		str_add(&words, ". ");
		entry_summary(w, w->now.records[i], &words);
		look.style = w->now.records[i]->struck_by != NULL ?
		    STYLE_STRUCK : STYLE_NORMAL;
		look.lead = w->now.records[i]->struck_by != NULL ? "x" : "-";
		lines_add(out, &look, words.s);
		str_release(&words);
	}
}

static void
add_doubt(const struct casework *w, const struct record *r,
    struct lines *out)
{
	struct str why;

	str_init(&why);
	if (record_doubt(&w->now, r, &why)) {
		lines_blank(out);
		lines_plain(out, STYLE_WARNING, why.s);
	}
	str_release(&why);
}

static void
add_uncounted(const struct record *r, struct lines *out)
{
	struct str why;

	str_init(&why);
	if (record_uncounted(r, &why))
		lines_plain(out, STYLE_WARNING, why.s);
	str_release(&why);
}

void
entry_lines(const struct casework *w, const struct record *r,
    struct lines *out)
{
	struct str title;

	str_init(&title);
	entry_title(w, r, &title);
	lines_plain(out, r->struck_by != NULL ? STYLE_STRUCK : STYLE_TITLE,
	    title.s);
	str_release(&title);
	add_struck(w, r, out);
	lines_blank(out);
	add_uncounted(r, out);
	if (r->kind != NULL && r->body != NULL) {
		add_fields(w, r, true, out);
		add_fields(w, r, false, out);
	}
	add_doubt(w, r, out);
	add_steps(w, r, out);
	add_author(w, r, out);
}
