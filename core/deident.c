/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of a case, and what a person decides on each. */
#include "config.h"

#include "core/deident.h"

#include <stdlib.h>
#include <string.h>

#include "core/deident_impl.h"
#include "core/vec.h"
#include "core/xalloc.h"

#define WEEKS_LEAST 8u
#define WEEKS_MOST 52u

/* The day of the moment that a missing episode or a return names. */
static bool
moment_of(const struct record *r, int64_t *ms)
{
	struct err ignored;
	const char *field = strcmp(r->entry.kind, "missing") == 0 ? "since" :
	    strcmp(r->entry.kind, "located") == 0 ? "at" : NULL;

	return field != NULL &&
	    moment_parse(record_text(r, field), ms, &ignored) == RC_OK;
}

int32_t
deident_day(const struct record *r)
{
	int64_t ms = r->entry.at;

	if (!span_is_none(&r->entry.on))
		return r->entry.on.last;
	(void)moment_of(r, &ms);
	return moment_day(ms);
}

/* ---- lines ---- */

static void
put_line(struct deident *d, const struct record *r, const char *field,
    const char *text, size_t n)
{
	struct deident_line *l;

	while (n > 0 && strchr(" \t\r\n", *text) != NULL)
		text++, n--;
	while (n > 0 && strchr(" \t\r\n", text[n - 1]) != NULL)
		n--;
	if (n == 0)
		return;
	d->lines = vec_room(d->lines, d->nlines, &d->caplines,
	    sizeof(*d->lines));
	l = &d->lines[d->nlines++];
	l->entry = r->entry.id;
	l->kind = xstrdup(r->entry.kind);
	l->field = xstrdup(field);
	l->original = xstrndup(text, n);
}

static bool
lies_inside(const struct founds *f, size_t at)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].at < at && at < f->v[i].at + f->v[i].n)
			return true;
	return false;
}

/* A break ends a line behind the end of a sentence or before a blank line. */
static bool
ends_line(const char *text, const char *p)
{
	const char *q = p + 1;

	q += strspn(q, " \t\r");
	if (*q == '\n' || strchr("-*", *q) != NULL)
		return true;
	while (p > text && strchr(" \t\r", p[-1]) != NULL)
		p--;
	return p == text || strchr(".!?:;\"", p[-1]) != NULL;
}

/* No line ends inside a name, a number or a date. */
static void
put_text(struct deident *d, const struct needles *ns, const struct record *r,
    const char *field)
{
	const char *text = record_text(r, field), *from = text;
	struct founds f;

	if (*text == '\0')
		return;
	deident_founds(d, ns, deident_day(r), text, &f);
	for (const char *p = text; *p != '\0'; p++) {
		if (*p != '\n' || !ends_line(text, p) ||
		    lies_inside(&f, (size_t)(p - text)))
			continue;
		put_line(d, r, field, from, (size_t)(p - from));
		from = p + 1;
	}
	put_line(d, r, field, from, strlen(from));
	founds_release(&f);
}

void
deident_make_lines(struct deident *d)
{
	struct needles ns;

	needles_of(&ns, d);
	for (size_t i = 0; i < d->c->nrecords; i++) {
		const struct record *r = d->c->records[i];

		if (r->kind == NULL || r->body == NULL || !record_stands(r))
			continue;
		for (const struct field *f = r->kind->fields;
		    f->name != NULL; f++)
			if (deident_is_told(r->kind, f))
				put_text(d, &ns, r, f->name);
	}
	needles_forget(&ns);
}

/* ---- proposals ---- */

const char *
deident_told(const struct deident_line *l)
{
	if (l->state == LINE_LEFT_OUT)
		return NULL;
	return l->state == LINE_REWRITTEN && l->text != NULL ? l->text :
	    l->proposed;
}

/* Line breaks that were typed for the width of a page are blanks. */
static char *
proposal(const struct deident *d, const struct needles *ns, int32_t near,
    const char *original)
{
	struct str out;

	str_init(&out);
	deident_replace(d, ns, near, original, &out);
	for (size_t i = 0; i < out.len; i++)
		if (out.s[i] == '\n' || out.s[i] == '\r')
			out.s[i] = ' ';
	return str_take(&out);
}

static int32_t
near_line(const struct deident *d, const struct deident_line *l)
{
	const struct record *r = casefile_find(d->c, &l->entry);

	return r != NULL ? deident_day(r) : 0;
}

void
deident_propose(struct deident *d)
{
	struct needles ns;

	needles_of(&ns, d);
	for (size_t i = 0; i < d->nlines; i++) {
		struct deident_line *l = &d->lines[i];
		char *now = proposal(d, &ns, near_line(d, l), l->original);

		/* What was passed was passed in other words. */
		if (l->state == LINE_PASSED && !str_equal(now, l->proposed))
			l->state = LINE_WAITING;
		free(l->proposed);
		l->proposed = now;
		deident_line_doubts(d, &ns, i);
	}
	needles_forget(&ns);
}

void
deident_begin(struct deident *d, const struct casefile *c,
    const struct instrument *in, const struct roster *roster,
    const struct rng *rng)
{
	unsigned weeks;

	memset(d, 0, sizeof(*d));
	d->c = c;
	d->in = in;
	weeks = WEEKS_LEAST + rng_below(rng, WEEKS_MOST - WEEKS_LEAST + 1);
	d->moved = (int32_t)(7 * weeks);
	if (rng_below(rng, 2) == 0)
		d->moved = -d->moved;
	deident_find(d, roster, rng);
	deident_make_lines(d);
	deident_propose(d);
}

void
deident_line_free(struct deident_line *l)
{
	free(l->kind);
	free(l->field);
	free(l->original);
	free(l->proposed);
	free(l->text);
	free(l->doubts);
}

void
deident_release(struct deident *d)
{
	for (size_t i = 0; i < d->nidents; i++) {
		free(d->idents[i].text);
		free(d->idents[i].instead);
	}
	for (size_t i = 0; i < d->nlines; i++)
		deident_line_free(&d->lines[i]);
	free(d->idents);
	free(d->lines);
	memset(d, 0, sizeof(*d));
}

/* ---- what a person does ---- */

static const char *
instead_of(enum ident_type type)
{
	static const char *const words[] = {
		"the young person", "somebody", "a worker", "a place",
		"a number", "an online name"
	};

	return words[type];
}

/* The child has one stand-in under every name. */
static const char *
child_instead(const struct deident *d)
{
	for (size_t i = 0; i < d->nidents; i++)
		if (d->idents[i].type == IDENT_CHILD)
			return d->idents[i].instead;
	return instead_of(IDENT_CHILD);
}

void
deident_add(struct deident *d, enum ident_type type, const char *text,
    const char *instead)
{
	struct ident *id;
	size_t before = d->nidents;

	if (instead == NULL || *instead == '\0')
		instead = type == IDENT_CHILD ? child_instead(d) :
		    instead_of(type);
	id = deident_put(d, type, text, strlen(text), instead);
	if (id == NULL)
		return;
	if (d->nidents == before && strcmp(id->instead, instead) != 0) {
		char *was = id->instead;

		id->instead = xstrdup(instead);
		free(was);
		id->type = type;
	}
	id->on = true;
	deident_propose(d);
}

void
deident_switch(struct deident *d, size_t ident, bool on)
{
	if (ident >= d->nidents || d->idents[ident].on == on)
		return;
	d->idents[ident].on = on;
	deident_propose(d);
}

void
deident_decide(struct deident *d, size_t line, enum deident_state state,
    const char *text)
{
	struct deident_line *l = &d->lines[line];
	struct needles ns;

	free(l->text);
	l->text = state == LINE_REWRITTEN && text != NULL ? xstrdup(text) :
	    NULL;
	l->state = state == LINE_REWRITTEN && text == NULL ? LINE_PASSED :
	    state;
	needles_of(&ns, d);
	deident_line_doubts(d, &ns, line);
	needles_forget(&ns);
}

size_t
deident_waiting(const struct deident *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->nlines; i++)
		n += d->lines[i].state == LINE_WAITING;
	return n;
}
