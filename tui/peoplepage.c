/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The page "People" of a case, in groups: the young person, family and
 * associates, addresses, persons of concern, models of exploitation.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clocks.h"
#include "core/recordwords.h"
#include "core/vec.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/casepages.h"
#include "tui/entrywords.h"
#include "tui/peopleview.h"
#include "tui/recordpane.h"

static const char *const kinds[] = {
	"identity",
	"associate",
	"address",
	"person-of-concern",
	"model",
	NULL
};

/* The kinds that `a` adds: the young person is put right with i. */
static const char *const added[] = {
	"associate", "address", "person-of-concern", "model"
};
#define ADDED (sizeof(added) / sizeof(added[0]))

/* ---- what a group is made of ---- */

struct group {
	const struct record **r;	/* borrowed */
	size_t n, cap;
};

static void
group_free(struct group *g)
{
	void *list;

	memcpy(&list, &g->r, sizeof(list));
	free(list);
}

static void
group_add(struct group *g, const struct record *r)
{
	g->r = vec_room(g->r, g->n, &g->cap, sizeof(*g->r));
	g->r[g->n++] = r;
}

/* Those of a kind that stand, the latest first. */
static void
group_fill(struct group *g, const struct casefile *c, const char *kind)
{
	*g = (struct group){NULL, 0, 0};
	for (size_t i = c->nrecords; i-- > 0;)
		if (record_stands(c->records[i]) &&
		    strcmp(c->records[i]->entry.kind, kind) == 0)
			group_add(g, c->records[i]);
}

static bool
is_true(const struct record *r, const char *field)
{
	return json_is_true(json_object_get(r->body, field));
}

static const char *
mark_of(const struct recordpane *k, const struct record *r)
{
	return casework_is_pending(k->w, r) ? "~" : "-";
}

/* The first line of a row, and what makes the entry doubtful. */
static void
begin_row(struct recordpane *k, const struct record *r, const char *text)
{
	const struct line_look look = {.indent = 3, .style = STYLE_NORMAL,
	    .lead = mark_of(k, r), .lead_style = STYLE_PENDING};

	recordpane_row(k, r);
	lines_add(&k->lines, &look, text);
	recordpane_doubts(k, r);
}

static void
note(struct recordpane *k, enum style s, const char *text)
{
	struct line_look look = {.indent = 5, .style = s,
	    .cut = !recordpane_selected(k) && s == STYLE_NORMAL};

	if (*text != '\0')
		lines_add(&k->lines, &look, text);
}

/* A field of the selected row, if it says anything. */
static void
detail(struct recordpane *k, const struct record *r, const char *field)
{
	const struct field *f = kind_field(r->kind, field);
	struct str words;

	if (!recordpane_selected(k))
		return;
	str_init(&words);
	entry_field_words(k->w, f, json_object_get(r->body, field), &words);
	if (words.len > 0)
		people_field(k, STYLE_NORMAL, f->label, words.s);
	str_release(&words);
}

static void
end_row(struct recordpane *k, const struct record *r)
{
	if (recordpane_selected(k))
		recordpane_who(k, r);
}

static void
code_words(const struct record *r, const char *field, struct str *out)
{
	const char *label = code_label(kind_field(r->kind, field)->codes,
	    record_text(r, field));

	str_add(out, label != NULL ? label : "not recorded");
}

/* ---- family and associates ---- */

static void
associate_words(const struct recordpane *k, const struct record *r,
    struct str *out)
{
	char words[SPAN_WORDS_MAX];
	struct span born;
	int32_t birth;

	str_add_fmt(out, "%s: ", record_text(r, "name"));
	code_words(r, "relation", out);
	if (day_parse(record_text(r, "birth"), &birth, NULL) == RC_OK) {
		born = span_of_day(birth);
		span_words(&born, words);
		str_add_fmt(out, ", born %s", words);
		if (day_age(birth, k->w->today) >= 0)
			str_add_fmt(out, " (%d)",
			    day_age(birth, k->w->today));
	}
	if (is_true(r, "lives_with"))
		str_add(out, ". Lives with them");
}

static void
add_associate(struct recordpane *k, const struct record *r)
{
	const char *reference = record_text(r, "reference");
	struct str words;

	str_init(&words);
	associate_words(k, r, &words);
	begin_row(k, r, words.s);
	if (strcmp(record_text(r, "relation"), "twin") == 0)
		note(k, STYLE_CONFLICT, "<> Twin: records of twins are often "
		    "taken for one. Check whose this is.");
	str_clear(&words);
	if (*reference != '\0') {
		str_add_fmt(&words, "Own case: %s. O opens it.", reference);
		note(k, STYLE_HINT, words.s);
	}
	detail(k, r, "contact");
	detail(k, r, "notes");
	end_row(k, r);
	str_release(&words);
}

/* Who lives with them first, then brothers and sisters, then the others. */
static int
associate_rank(const struct record *r)
{
	const char *relation = record_text(r, "relation");

	if (is_true(r, "lives_with"))
		return 0;
	return strcmp(relation, "twin") == 0 ||
	    strcmp(relation, "sibling") == 0 ? 1 : 2;
}

static void
add_associates(struct recordpane *k)
{
	struct group g;
	size_t lives = 0;
	char text[80];

	group_fill(&g, &k->w->now, "associate");
	for (size_t i = 0; i < g.n; i++)
		lives += is_true(g.r[i], "lives_with");
	(void)snprintf(text, sizeof(text), "Family and associates (%zu)",
	    g.n);
	recordpane_heading(k, text);
	if (g.n > 0 && lives == 0)
		lines_plain(&k->lines, STYLE_DIM, "   Nobody is marked as "
		    "living with them.");
	for (int rank = 0; rank < 3; rank++)
		for (size_t i = 0; i < g.n; i++)
			if (associate_rank(g.r[i]) == rank)
				add_associate(k, g.r[i]);
	if (g.n == 0)
		recordpane_empty(k, "associate", "Nobody yet: parents, "
		    "carers, brothers and sisters, friends. a adds one.");
	group_free(&g);
}

/* ---- addresses ---- */

/* The day on which it ends; INT32_MAX: not known to have. */
static int32_t
last_day(const struct record *r)
{
	return r->entry.on.to == SPAN_NONE ? INT32_MAX : r->entry.on.last;
}

/* True if a stands before b: the one that lasts longest, then the latest. */
static bool
is_before(const struct record *a, const struct record *b, int32_t today)
{
	bool now_a = last_day(a) >= today, now_b = last_day(b) >= today;

	if (span_is_none(&a->entry.on) != span_is_none(&b->entry.on))
		return span_is_none(&b->entry.on);
	if (now_a != now_b)
		return now_a;
	return a->entry.on.first > b->entry.on.first;
}

static void
sort_addresses(struct group *g, int32_t today)
{
	for (size_t i = 1; i < g->n; i++) {
		const struct record *r = g->r[i];
		size_t j = i;

		for (; j > 0 && is_before(r, g->r[j - 1], today); j--)
			g->r[j] = g->r[j - 1];
		g->r[j] = r;
	}
}

static bool
is_now(const struct group *g, size_t i, int32_t today)
{
	const struct span *on = &g->r[i]->entry.on;

	if (span_is_none(on) || on->first > today ||
	    last_day(g->r[i]) < today)
		return false;
	/* Of those without an end the one begun last is where they live. */
	return on->to != SPAN_NONE || i == 0 ||
	    last_day(g->r[0]) < today || g->r[0]->entry.on.to != SPAN_NONE;
}

static void
address_words(const struct record *r, bool now, struct str *out)
{
	char words[SPAN_WORDS_MAX];
	const char *address = record_text(r, "address");

	span_words(&r->entry.on, words);
	str_add(out, now ? "Now: " : "");
	for (; *address != '\0'; address++)
		str_add_char(out, *address == '\n' ? ' ' : *address);
	if (*record_text(r, "area") != '\0')
		str_add_fmt(out, ", %s", record_text(r, "area"));
	if (words[0] == '\0')
		str_add(out, ". When is not recorded");
	else
		str_add_fmt(out, ". %s%s", r->entry.on.to == SPAN_NONE ?
		    "From " : "", words);
}

static void
add_address(struct recordpane *k, const struct record *r, bool now)
{
	struct str words;

	str_init(&words);
	address_words(r, now, &words);
	begin_row(k, r, words.s);
	str_clear(&words);
	if (*record_text(r, "authority") != '\0')
		str_add_fmt(&words, "Authority: %s.",
		    record_text(r, "authority"));
	else
		str_add(&words, "Authority not recorded.");
	if (*record_text(r, "with") != '\0')
		str_add_fmt(&words, " With: %s.", record_text(r, "with"));
	note(k, STYLE_NORMAL, words.s);
	end_row(k, r);
	str_release(&words);
}

static void
add_addresses(struct recordpane *k)
{
	struct group g;
	size_t now = 0;
	char text[80];

	group_fill(&g, &k->w->now, "address");
	sort_addresses(&g, k->w->today);
	for (size_t i = 0; i < g.n; i++)
		now += is_now(&g, i, k->w->today);
	(void)snprintf(text, sizeof(text), "Addresses (%zu)", g.n);
	recordpane_heading(k, text);
	if (g.n > 0 && now == 0)
		lines_plain(&k->lines, STYLE_DIM, "   Where they live now is "
		    "not recorded.");
	for (size_t i = 0; i < g.n; i++)
		add_address(k, g.r[i], is_now(&g, i, k->w->today));
	if (g.n == 0)
		recordpane_empty(k, "address", "None yet: where they live "
		    "and lived, with the area. a adds one.");
	group_free(&g);
}

/* ---- persons of concern ---- */

struct lado {
	const struct record *r;
	struct str *out;
	bool runs, late;
	int64_t now;
};

static bool
take_lado(const struct clock_row *row, void *ctx)
{
	struct lado *l = ctx;

	if (row->record != l->r || strcmp(row->id, "lado") != 0)
		return true;
	l->runs = true;
	l->late = row->due != INT64_MAX && row->due <= l->now;
	if (row->due != INT64_MAX)
		due_by_words(row->due, l->out);
	else
		str_add(l->out, row->counted);
	return false;
}

static void
add_lado(struct recordpane *k, const struct record *r)
{
	struct str due, words;
	struct lado l = {.r = r, .out = &due,
	    .now = k->w->door.now(k->w->door.ctx)};

	if (strcmp(record_text(r, "works_with_children"), "yes") != 0)
		return;
	str_init(&due);
	str_init(&words);
	casefile_clocks(&k->w->now, take_lado, &l);
	if (!l.runs)
		str_add(&words, "Works with children. The designated officer "
		    "is told.");
	else
		str_add_fmt(&words, "%s Works with children. Tell the "
		    "designated officer %s%s: r writes the referral.",
		    l.late ? "!!" : "!", due.s, l.late ? " (overdue)" : "");
	note(k, !l.runs ? STYLE_DIM : l.late ? STYLE_ERROR : STYLE_WARNING,
	    words.s);
	str_release(&due);
	str_release(&words);
}

static void
add_concern(struct recordpane *k, const struct record *r)
{
	static const char *const details[] = {
		"why", "ways", "ethnicity", "police_reference", "counted"
	};
	struct str words;

	str_init(&words);
	begin_row(k, r, record_text(r, "name"));
	str_add(&words, "Acts with others: ");
	code_words(r, "more_than_one", &words);
	str_add(&words, ". Linked to sexual exploitation: ");
	code_words(r, "exploitation", &words);
	str_add(&words, ".");
	note(k, STYLE_NORMAL, words.s);
	if (strcmp(record_text(r, "works_with_children"), "unknown") == 0)
		note(k, STYLE_UNKNOWN, "? Whether they work with children is "
		    "not known.");
	add_lado(k, r);
	for (size_t i = 0; i < sizeof(details) / sizeof(details[0]); i++)
		detail(k, r, details[i]);
	end_row(k, r);
	str_release(&words);
}

/* ---- models ---- */

static void
add_model(struct recordpane *k, const struct record *r)
{
	struct str words;

	str_init(&words);
	entry_field_words(k->w, kind_field(r->kind, "models"),
	    json_object_get(r->body, "models"), &words);
	begin_row(k, r, words.s);
	note(k, STYLE_NORMAL, record_text(r, "why"));
	end_row(k, r);
	str_release(&words);
}

static void
add_group(struct recordpane *k, const char *kind, const char *heading,
    void (*add)(struct recordpane *, const struct record *),
    const char *empty)
{
	struct group g;
	char text[80];

	group_fill(&g, &k->w->now, kind);
	(void)snprintf(text, sizeof(text), "%s (%zu)", heading, g.n);
	recordpane_heading(k, text);
	for (size_t i = 0; i < g.n; i++)
		add(k, g.r[i]);
	if (g.n == 0)
		recordpane_empty(k, kind, empty);
	group_free(&g);
}

/* ---- all of it ---- */

static bool
is_of_page(const struct record *r)
{
	for (size_t i = 0; kinds[i] != NULL; i++)
		if (strcmp(kinds[i], r->entry.kind) == 0)
			return true;
	return false;
}

/* Nothing goes away: what was replaced or struck stands at the end. */
static void
add_earlier(struct recordpane *k)
{
	const struct casefile *c = &k->w->now;
	size_t n = 0;

	for (size_t i = c->nrecords; i-- > 0;) {
		const struct record *r = c->records[i];

		if (!is_of_page(r) || record_stands(r))
			continue;
		if (n++ == 0)
			recordpane_heading(k, "Earlier, struck or not "
			    "counted");
		recordpane_record(k, r);
	}
}

static void
fill(struct recordpane *k)
{
	recordpane_unfinished(k, kinds);
	people_child(k);
	add_associates(k);
	add_addresses(k);
	add_group(k, "person-of-concern", "Persons of concern", add_concern,
	    "Nobody yet: who may exploit them. a adds one.");
	add_group(k, "model", "Models of exploitation", add_model,
	    "None yet: what it looks like so far. a adds one.");
	add_earlier(k);
	(void)snprintf(k->title, sizeof(k->title), "People");
}

/* ---- keys ---- */

static enum rc
ask_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct recordpane *k = ctx;

	(void)app, (void)e;
	k->choice = ask_choice(ask, 0);
	return RC_OK;
}

static void
ask_after(void *ctx, struct app *app)
{
	struct recordpane *k = ctx;

	if (k->choice < ADDED)
		k->host->write(k->host->ctx, app, added[k->choice]);
}

static void
ask_which(struct recordpane *k, struct app *app)
{
	struct ask_choice choices[ADDED];
	struct ask_field field = {.type = ASK_CHOICE, .label = "Add",
	    .choices = choices, .nchoices = ADDED};
	struct ask_opts o = {
		.title = "Add to people", .intro = "", .verb = "open the form",
		.topic = "around", .fields = &field, .n = 1, .ctx = k,
		.done = ask_done, .after = ask_after,
	};

	for (size_t i = 0; i < ADDED; i++)
		choices[i] = (struct ask_choice){kind_find(added[i])->label,
		    i == 0};
	ask_open(app, &o);
}

/* What is selected says what is added; where it does not, it is asked. */
static void
add_one(struct recordpane *k, struct app *app)
{
	const struct record_row *at = recordpane_at(k);
	const char *kind = NULL;

	if (at != NULL && at->record != NULL && record_stands(at->record))
		kind = at->record->entry.kind;
	else if (at != NULL && at->record == NULL)
		kind = at->adds;
	for (size_t i = 0; kind != NULL && i < ADDED; i++) {
		if (strcmp(kind, added[i]) != 0)
			continue;
		k->host->write(k->host->ctx, app, added[i]);
		return;
	}
	ask_which(k, app);
}

/* The reference of the case of the selected person; "" for none. */
static const char *
their_case(const struct recordpane *k)
{
	const struct record_row *at = recordpane_at(k);

	return at != NULL && at->record != NULL &&
	    strcmp(at->record->entry.kind, "associate") == 0 ?
	    record_text(at->record, "reference") : "";
}

static void
open_theirs(struct recordpane *k, struct app *app)
{
	const char *reference = their_case(k);

	if (*reference == '\0')
		app_say(app, "No case of their own is noted: e on somebody "
		    "in family and associates adds its reference.");
	else
		k->host->open_case(k->host->ctx, app, reference);
}

static bool
acts(struct recordpane *k, const struct event *ev, struct app *app)
{
	if (ev->act == ACT_ADD)
		add_one(k, app);
	else if (ev->act == ACT_THEIR_CASE)
		open_theirs(k, app);
	else
		return false;
	return true;
}

static bool
can(const struct recordpane *k, enum action a)
{
	return a != ACT_THEIR_CASE || *their_case(k) != '\0';
}

static const struct recordpane_type type = {
	.name = "people", .context = CONTEXT_PEOPLE, .topic = "around",
	.adds = "associate", .fill = fill, .act = acts, .can = can,
};

struct pane *
peoplepage_new(struct casework *w, const struct case_host *host)
{
	return recordpane_new(&type, w, host);
}
