/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/golden/collationfake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/vec.h"
#include "core/xalloc.h"

#define DAY INT64_C(86400000)

static struct collation_fake it;

struct collation_fake *
collation_fake(void)
{
	return &it;
}

int
collation_fake_fresh(void **state)
{
	struct desk *desk = it.desk;

	(void)state;
	memset(&it, 0, sizeof(it));
	it.desk = desk;
	return 0;
}

/* ---- cases ---- */

static void
add_case(struct collation_data *d, const char *reference, const char *agency,
    const char *items, uint32_t lower, uint32_t upper)
{
	struct facts *f = &d->facts;
	const struct instrument *in = f->in;
	struct case_facts *c;
	const char *at = items;

	f->cases = vec_room(f->cases, f->n, &f->cap, sizeof(*f->cases));
	c = &f->cases[f->n++];
	memset(c, 0, sizeof(*c));
	c->id.b[0] = (unsigned char)f->n;
	c->age = 14;
	c->sex = 'F';
	c->area = c->school = c->agency = NO_WORD;
	c->first_seen = c->opened = c->screened_on = DAY_NONE;
	c->child_lower = lower;
	c->child_upper = upper;
	answers_init(&c->part.answers);
	c->part.answers.age = 14;
	c->part.id = c->id;
	c->part.latest = moment_day(GOLDEN_NOW) - (int32_t)f->n;
	c->part.voices = vec_room(c->part.voices, 0, &c->part.capvoices,
	    sizeof(*c->part.voices));
	c->part.nvoices = 1;
	c->part.voices[0].agency = joined_agency(&f->names, agency);
	while (*at != '\0') {
		size_t n = strcspn(at, " ");
		unsigned item = instrument_item(in, at, n);

		itemset_add(&c->part.voices[0].present, item);
		answers_set(&c->part.answers, item, ANSWER_PRESENT);
		at += n + strspn(at + n, " ");
	}
	c->present = c->part.voices[0].present;
	d->references = vec_room(d->references, d->nreferences,
	    &d->capreferences, sizeof(*d->references));
	d->references[d->nreferences++] = xstrdup(reference);
}

static enum rc
fake_read(void *ctx, struct app *app, const struct joined_window *w,
    struct collation_data *out, struct err *e)
{
	(void)ctx;
	(void)app;
	if (it.failing)
		return err_set(e, RC_DAMAGED, "the register is damaged");
	facts_init(&out->facts, desk_instrument(it.desk), w, GOLDEN_NOW);
	if (it.none)
		return RC_OK;
	add_case(out, "Invented High School/1207", "Invented High School",
	    "B1 B6", 0, 0);
	add_case(out, "Example Police/X-31", "Example Police", "B1 B4",
	    it.parted ? 4 : 0, it.parted ? 3 : 0);
	add_case(out, ZOE "/7", "Sample Clinic", "B5 B12", 1, 1);
	add_case(out, "Invented High School/88", "Invented High School",
	    "A12", 2, 1);
	add_case(out, "K-0142", "Made-up Social Care", "B1 B2 B3 B13", 3, 2);
	out->facts.nlower = it.parted ? 5 : 4;
	out->facts.nupper = it.parted ? 4 : 3;
	out->facts.restricted = 2;
	out->pairs = 1;
	return RC_OK;
}

static enum rc
fake_returns(void *ctx, return_fn fn, void *fnctx, struct err *e)
{
	static const struct return_row rows[] = {
		{.at = GOLDEN_NOW - DAY, .agency = "Invented High School",
		    .file = "week-47.csv", .hash = "aa",
		    .mapping = "school-weekly 1", .rows = 214, .bad = 3,
		    .added = 180, .known = 20, .struck = 4},
		{.at = GOLDEN_NOW - 8 * DAY, .agency = "Example Police",
		    .file = "\x1b[2J" ZOE ".csv", .hash = "bb",
		    .mapping = "police 1", .rows = 31, .added = 31}
	};

	(void)ctx;
	if (it.failing)
		return err_set(e, RC_DAMAGED, "the register is damaged");
	for (size_t i = 0; !it.none && i < 2; i++)
		(void)fn(&rows[i], fnctx);
	return RC_OK;
}

static enum rc
fake_child(void *ctx, const struct collation_child *child,
    const struct collation_child_sink *to, struct err *e)
{
	const struct instrument *in = desk_instrument(it.desk);
	struct collation_said s = {.state = ANSWER_PRESENT,
	    .on = span_of_day(moment_day(GOLDEN_NOW) - 3),
	    .agency = "Invented High School", .source = ZOE};
	struct collation_contact c = {"Ada Invented", "Invented High School",
	    "telephone 01632 960001"};

	(void)ctx;
	if (it.failing)
		return err_set(e, RC_REFUSED, "A case of this child was "
		    "restricted in the meantime.");
	s.item = instrument_item(in, "B6", 2);
	to->said(to->ctx, &s);
	s.item = instrument_item(in, "B1", 2);
	to->said(to->ctx, &s);
	to->contact(to->ctx, &c);
	if (child->n < 2)
		return RC_OK;
	s.agency = "Example Police";
	s.source = "";
	s.on = span_none();
	to->said(to->ctx, &s);
	s.item = instrument_item(in, "B4", 2);
	s.state = ANSWER_SUSPECTED;
	to->said(to->ctx, &s);
	c = (struct collation_contact){ZOE, "", ""};
	to->contact(to->ctx, &c);
	return RC_OK;
}

static enum rc
fake_split(void *ctx, const struct collation_split *s, struct err *e)
{
	(void)ctx;
	(void)e;
	(void)snprintf(it.asked, sizeof(it.asked), "split %d from %d of %zu: %s",
	    s->part[0].b[0], s->rest[0].b[0], s->nrest, s->reason);
	it.parted = true;
	return RC_OK;
}

static enum rc
fake_needs(void *ctx, const struct collation_wish *w,
    struct report_needs *out, struct err *e)
{
	(void)ctx;
	(void)w;
	memset(out, 0, sizeof(*out));
	return it.wanting[0] == '\0' ? RC_OK : err_set(e, RC_DAMAGED, "%s",
	    it.wanting);
}

static enum rc
fake_may_tell(void *ctx, struct err *e)
{
	(void)ctx;
	return !it.lacking ? RC_OK : err_set(e, RC_REFUSED, "your role may not "
	    "take a list or a case out of the store");
}

static enum rc
fake_tell(void *ctx, const struct collation_telling *t, struct err *e)
{
	(void)ctx;
	if (it.failing)
		return err_set(e, RC_DAMAGED, "the store cannot be written");
	(void)snprintf(it.asked, sizeof(it.asked), "tell %s of %zu: %s",
	    t->def->name, t->facts->n, t->reason);
	return RC_OK;
}

static enum rc
fake_population(void *ctx, const char *path, struct err *e)
{
	(void)ctx;
	if (strcmp(path, "bad.yaml") == 0)
		return err_set(e, RC_INPUT, "bad.yaml:3:5: a number was "
		    "expected");
	(void)snprintf(it.asked, sizeof(it.asked), "population %s", path);
	it.wanting[0] = '\0';
	return RC_OK;
}

static bool
fake_path(void *ctx, const char *text, size_t i, struct str *out)
{
	static const char *const names[] = {"bad.yaml", "board.yaml"};

	(void)ctx;
	for (size_t k = 0; k < 2; k++)
		if (strncmp(names[k], text, strlen(text)) == 0 && i-- == 0) {
			str_add(out, names[k]);
			return true;
		}
	return false;
}

static enum rc
fake_write(void *ctx, const struct collation_write *w, struct err *e)
{
	(void)ctx;
	if (strlen(w->reason) < 10)
		return err_set(e, RC_INPUT, "Say why in a few words.");
	(void)snprintf(it.asked, sizeof(it.asked), "write %s %s %s %s",
	    w->def->name, w->format, w->path, w->whole ? "whole" :
	    "suppressed");
	return RC_OK;
}

static enum rc
fake_may_make(void *ctx, const char *path, struct err *e)
{
	(void)ctx;
	return path[0] != '/' ? RC_OK : err_set(e, RC_REFUSED, "This run does "
	    "not reach %s.", path);
}

static bool
fake_may_decide(void *ctx)
{
	(void)ctx;
	return !it.read_only;
}

static int32_t
fake_today(void *ctx)
{
	(void)ctx;
	return moment_day(GOLDEN_NOW);
}

static const struct collation_source_ops source_ops = {
	fake_read, fake_returns, fake_child, fake_split, fake_needs,
	fake_may_tell, fake_tell, fake_population, fake_path, fake_write,
	fake_may_make, fake_may_decide, fake_today,
};

void
fake_open(void *ctx, struct app *app, const struct case_id *id)
{
	(void)ctx;
	(void)app;
	(void)snprintf(it.asked, sizeof(it.asked), "open %d", id->b[0]);
}

void
fake_take(void *ctx, struct app *app)
{
	(void)ctx;
	(void)app;
	(void)snprintf(it.asked, sizeof(it.asked), "take");
}

void
fake_links(void *ctx, struct app *app)
{
	(void)ctx;
	(void)app;
	(void)snprintf(it.asked, sizeof(it.asked), "links");
}

void
fake_joined(void *ctx, struct app *app)
{
	(void)ctx;
	(void)app;
	(void)snprintf(it.asked, sizeof(it.asked), "joined");
}

void
fake_report(void *ctx, struct app *app, const char *name)
{
	(void)ctx;
	(void)app;
	(void)snprintf(it.asked, sizeof(it.asked), "report %s", name);
}

struct collation_source
collation_fake_source(void)
{
	return (struct collation_source){&source_ops, NULL};
}

struct golden *
fake_shown(struct pane *p, const int size[2])
{
	struct golden *g = golden_new(NULL, size[0], size[1]);

	app_push(golden_app(g), p);
	golden_keys(g, "");
	golden_keys(g, "");
	return g;
}
