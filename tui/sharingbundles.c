/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/sharingbundles.h"

#include <string.h>

#include "core/carried.h"
#include "core/date.h"
#include "core/recordwords.h"

#define INDENT RECORDPANE_INDENT

static void
add_line(struct recordpane *k, enum style s, const char *text)
{
	struct line_look look = {.indent = INDENT, .style = s};

	if (s == STYLE_WARNING) {
		look.lead = "!";
		look.lead_style = s;
	}
	lines_add(&k->lines, &look, text);
}

static void
add_title(struct recordpane *k, const char *text)
{
	const struct line_look look = {.indent = INDENT, .lead = "-",
	    .lead_style = STYLE_NORMAL};

	lines_add(&k->lines, &look, text);
}

/* "21 November 2026" */
static void
day_of(const struct record *r, struct str *out)
{
	const struct span on = span_is_none(&r->entry.on) ?
	    span_of_day(moment_day(r->entry.at)) : r->entry.on;
	char day[SPAN_WORDS_MAX];

	span_words(&on, day);
	str_add(out, day);
}

/* ---- who was not told ---- */

static bool
is_untold_of(const struct carried_to *p, const struct record *r)
{
	for (size_t i = 0; i < p->nnews; i++)
		if (p->news[i].entry == r && p->news[i].sent == NULL)
			return true;
	return false;
}

static void
untold_words(const struct record *r, size_t n, struct str *out)
{
	bool consent = strcmp(r->entry.kind, "consent") == 0;
	const char *state = record_text(r, "state");

	if (consent)
		str_add_fmt(out, "Consent was %s on ", strcmp(state,
		    "withdrawn") == 0 ? "withdrawn" : "refused");
	else
		str_add(out, "Recalled on ");
	day_of(r, out);
	str_add_fmt(out, ": %zu %s this case %s not been told yet. Telephone; "
	    "B sends the bundle that tells them.", n, n == 1 ?
	    "person who has" : "people who have", n == 1 ? "has" : "have");
}

static void
add_untold(struct recordpane *k, const struct carried_list *l)
{
	const struct casefile *c = &k->w->now;
	struct str words;

	for (size_t i = 0; i < c->nrecords; i++) {
		size_t n = 0;

		for (size_t p = 0; p < l->n; p++)
			n += is_untold_of(&l->list[p], c->records[i]);
		if (n == 0)
			continue;
		str_init(&words);
		untold_words(c->records[i], n, &words);
		add_line(k, STYLE_WARNING, words.s);
		str_release(&words);
	}
}

/* ---- one of them ---- */

static void
add_receipt(struct recordpane *k, const struct carried_to *p)
{
	const struct record *r = p->received;
	int64_t due = INT64_MAX, now = k->w->door.now(k->w->door.ctx);
	struct str words;
	struct err e;

	str_init(&words);
	if (r != NULL && casefile_target(&k->w->now, r, "sent") == p->sent) {
		str_add(&words, "Their receipt came on ");
		day_of(r, &words);
	} else if (moment_parse(record_text(p->sent, "receipt_due"), &due,
	    &e) != RC_OK) {
		str_add(&words, "No receipt has come yet");
	} else if (due > now) {
		str_add(&words, "Waiting for their receipt ");
		due_by_words(due, &words);
	} else {
		str_add(&words, "Their receipt was due ");
		due_by_words(due, &words);
		str_add(&words, ": ask whether it came, and send it again if "
		    "not");
	}
	str_add_char(&words, '.');
	add_line(k, due <= now ? STYLE_WARNING : STYLE_NORMAL, words.s);
	str_release(&words);
}

static void
add_recalled(struct recordpane *k, const struct carried_to *p)
{
	struct str words;

	if (p->recalled == 0)
		return;
	str_init(&words);
	if (p->recalled >= p->bundles)
		str_add(&words, "Recalled: tell them.");
	else
		str_add_fmt(&words, "%zu of %zu bundles to them recalled.",
		    p->recalled, p->bundles);
	add_line(k, STYLE_WARNING, words.s);
	str_release(&words);
}

/* What a bundle carries to them of which no receipt has come. */
static void
add_told(struct recordpane *k, const struct carried_to *p)
{
	for (size_t i = 0; i < p->nnews; i++) {
		struct str words;

		if (p->news[i].sent == NULL)
			continue;
		str_init(&words);
		str_add(&words, "Told by the bundle of ");
		day_of(p->news[i].sent, &words);
		str_add(&words, ", which they may not have opened: ");
		record_title(p->news[i].entry, NULL, &words);
		str_add_char(&words, '.');
		add_line(k, STYLE_DIM, words.s);
		str_release(&words);
	}
}

static void
add_sent(struct recordpane *k, const struct carried_to *p)
{
	struct str words;

	str_init(&words);
	str_add(&words, "Sent on ");
	day_of(p->sent, &words);
	str_add_fmt(&words, ": %s", record_text(p->sent, "purpose"));
	add_line(k, STYLE_NORMAL, words.s);
	str_release(&words);
	add_receipt(k, p);
}

static bool
is_after(const struct record *a, const struct record *b)
{
	if (memcmp(&a->entry.author, &b->entry.author,
	    sizeof(a->entry.author)) == 0)
		return a->entry.n > b->entry.n;
	return entry_compare(&a->entry, &b->entry) > 0;
}

/* Written here after the last bundle to them; a bundle's own entries aside. */
static size_t
count_since(const struct casework *w, const struct carried_to *p)
{
	size_t n = 0;

	for (size_t i = 0; i < w->now.nrecords; i++) {
		const struct record *r = w->now.records[i];
		const struct roster_user *u = roster_find(w->door.roster,
		    &r->entry.author);

		n += (u == NULL || !u->abroad) &&
		    !casework_is_pending(w, r) &&
		    strcmp(r->entry.kind, "bundle-sent") != 0 &&
		    strcmp(r->entry.kind, "bundle-received") != 0 &&
		    (p->sent == NULL || is_after(r, p->sent));
	}
	return n;
}

static void
add_since(struct recordpane *k, const struct carried_to *p)
{
	size_t n = count_since(k->w, p);
	struct str words;

	if (n == 0)
		return;
	str_init(&words);
	str_add_fmt(&words, "%zu %s signed here %s not gone to them yet: B "
	    "sends %s.", n, n == 1 ? "entry" : "entries", n == 1 ? "has" :
	    "have", n == 1 ? "it" : "them");
	add_line(k, STYLE_WARNING, words.s);
	str_release(&words);
}

bool
sharing_waits(const struct casework *w, struct str *out)
{
	struct carried_list l;
	const char *name = "";
	size_t n = 0;

	if (w->door.roster == NULL)
		return false;
	carried_to(&w->now, w->door.roster, &l);
	for (size_t i = 0; i < l.n; i++)
		if (count_since(w, &l.list[i]) > 0) {
			name = l.list[i].name;
			n++;
		}
	if (n == 1)
		str_add_fmt(out, "%s does not have it yet: B sends it.",
		    name);
	else if (n > 1)
		str_add_fmt(out, "%zu people elsewhere do not have it yet: "
		    "B sends it.", n);
	carried_release(&l);
	return n > 0;
}

bool
sharing_is_elsewhere(const struct casework *w)
{
	struct carried_list l;
	bool is;

	carried_to(&w->now, w->door.roster, &l);
	is = l.n > 0;
	carried_release(&l);
	return is;
}

static void
add_person(struct recordpane *k, const struct carried_to *p)
{
	const struct record *r = p->sent != NULL ? p->sent : p->received;
	struct str words;

	if (r != NULL)
		recordpane_row(k, r);
	str_init(&words);
	str_add_fmt(&words, "%s: %s", p->name, p->whole ?
	    "has all of the case" : p->sent != NULL ?
	    "has a part of the case" : p->wrote ?
	    "sent it here, or wrote in it" : "has it");
	add_title(k, words.s);
	str_release(&words);
	if (p->sent != NULL)
		add_sent(k, p);
	add_since(k, p);
	add_recalled(k, p);
	add_told(k, p);
	if (r != NULL && recordpane_selected(k))
		recordpane_foot(k, r);
}

/* ---- recalls that are to be answered here ---- */

static void
add_ask(struct recordpane *k, const struct record *r)
{
	const char *ask = code_label(kind_field(r->kind, "ask")->codes,
	    record_text(r, "ask"));
	struct str words;

	recordpane_row_of(k, SHARING_ANSWER, r);
	str_init(&words);
	str_add_fmt(&words, "%s asks: %s", casework_author(k->w, r),
	    ask != NULL ? ask : record_text(r, "ask"));
	add_title(k, words.s);
	str_release(&words);
	add_line(k, STYLE_WARNING, "Nobody here has answered this recall. "
	    "Enter writes what was done.");
	recordpane_field(k, r, "reason", INDENT, true);
}

/* ---- the part of the page ---- */

void
sharing_bundles(struct recordpane *k)
{
	const struct record *ask = recall_unanswered(&k->w->now,
	    k->w->door.roster);
	struct carried_list l;

	carried_to(&k->w->now, k->w->door.roster, &l);
	recordpane_heading(k, "Bundles: who elsewhere has this case");
	if (ask != NULL)
		add_ask(k, ask);
	add_untold(k, &l);
	for (size_t i = 0; i < l.n; i++)
		add_person(k, &l.list[i]);
	if (l.n == 0)
		lines_plain(&k->lines, STYLE_DIM, "Nobody. B sends it, or a "
		    "part of it, as a sealed bundle.");
	carried_release(&l);
}
