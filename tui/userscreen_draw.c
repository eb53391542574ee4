/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the screen of people looks.
 */
#include "config.h"

#include "tui/userscreen_impl.h"

#include <string.h>

#include "core/date.h"
#include "tui/words.h"

#define LOW_H 12	/* below this what is above the list is one line */
#define ROLE_W 13	/* "Administrator" */
#define SINCE_W 17	/* "28 September 2026" */
#define ACCESS_W 26	/* "must change the passphrase" */

static const struct userscreen *
users_of(const struct pane *p)
{
	return (const struct userscreen *)(const void *)p;
}

int
userscreen_foot_rows(const struct userscreen *u)
{
	return u->h >= 20 ? 5 : u->h >= 14 ? 4 : u->h >= 8 ? 3 : 0;
}

static void
recovery_words(const struct userscreen *u, struct str *out)
{
	if (u->fault.rc != RC_OK)
		return;
	if (u->recovery.code)
		str_add(out, "There is a recovery code on paper.");
	if (u->recovery.pairs > 0)
		str_add_fmt(out, "%sThere are codes of which two people "
		    "together open the store.", out->len > 0 ? " " : "");
	if (out->len == 0 && u->h < LOW_H)
		str_add(out, "There is no recovery code.");
	else if (out->len == 0)
		str_add(out, "There is no recovery code: if all passphrases "
		    "are forgotten, nobody can open this store again.");
}

static void
top_words(const struct userscreen *u, struct str *out)
{
	recovery_words(u, out);
	if (u->h >= LOW_H && !u->o.source.ops->may_grant(u->o.source.ctx))
		str_add_fmt(out, "%sThose who \"let others in\" can change "
		    "this list.", out->len > 0 ? " " : "");
}

/* What is above the list, and the headings. */
int
userscreen_top_rows(const struct userscreen *u)
{
	struct str words;
	int rows;

	if (u->h < 8)
		return 1;
	str_init(&words);
	top_words(u, &words);
	rows = words.len > 0 ? wrap_rows(words.s, u->w) : 0;
	str_release(&words);
	return (rows > u->h / 3 ? u->h / 3 : rows) + 1;
}

struct columns {
	int name, role, since, access;	/* where each begins; -1 left out */
};

static struct columns
columns_of(int w)
{
	struct columns c = {2, -1, -1, -1};
	int end = w;

	if (w >= 2 + 20 + 1 + ROLE_W + 1 + ACCESS_W) {
		c.access = end - ACCESS_W;
		end = c.access - 1;
	}
	if (end >= 2 + 20 + 1 + ROLE_W + 1 + SINCE_W) {
		c.since = end - SINCE_W;
		end = c.since - 1;
	}
	if (end >= 2 + 10 + 1 + ROLE_W)
		c.role = end - ROLE_W;
	return c;
}

static void
cell(const struct view *v, int x, int y, int end, enum style s,
    const char *text)
{
	struct view in;

	if (x < 0 || end <= x)
		return;
	in = view_sub(v, (struct rect){x, y, end - x, 1});
	(void)view_fit(&in, 0, 0, s, text);
}

static int
name_end(const struct columns *c, int w)
{
	int end = c->role >= 0 ? c->role : c->since >= 0 ? c->since :
	    c->access >= 0 ? c->access : w + 1;

	return end - 1;
}

static const char *
access_words(const struct person *p)
{
	if (p->ended != INT64_MAX)
		return "access ended";
	if (p->system)
		return "not a person";
	if (!p->has_slot)
		return "no passphrase";
	if (p->must_change)
		return "must change the passphrase";
	return p->may_grant ? "lets others in" : "";
}

static void
day_of(int64_t at, char out[SPAN_WORDS_MAX])
{
	struct span on = span_of_day(moment_day(at));

	span_words(&on, out);
}

static void
draw_head(const struct view *v, int y, const struct columns *c)
{
	int w = view_w(v);

	cell(v, c->name, y, name_end(c, w), STYLE_HEADING, "Name");
	cell(v, c->role, y, c->role + ROLE_W, STYLE_HEADING, "Role");
	cell(v, c->since, y, c->since + SINCE_W, STYLE_HEADING, "Since");
	cell(v, c->access, y, w, STYLE_HEADING, "Access");
}

static void
draw_row(const struct view *v, int y, const struct columns *c,
    const struct listed *l)
{
	bool ended = l->p.ended != INT64_MAX;
	enum style s = ended || l->p.system ? STYLE_DIM : STYLE_NORMAL;
	char since[SPAN_WORDS_MAX];
	struct str name;

	day_of(l->p.since, since);
	str_init(&name);
	str_add(&name, l->name);
	if (l->p.me)
		str_add(&name, " (you)");
	if (c->access < 0 && ended)
		str_add(&name, " (ended)");
	cell(v, c->name, y, name_end(c, view_w(v)), s, name.s);
	cell(v, c->role, y, c->role + ROLE_W, s, ended || l->p.system ? "-" :
	    role_label(l->p.role));
	cell(v, c->since, y, c->since + SINCE_W, s, since);
	cell(v, c->access, y, view_w(v), l->p.must_change && !ended ?
	    STYLE_WARNING : s, access_words(&l->p));
	str_release(&name);
}

/* What a role may do, for who gives it and who wonders. */
static const char *
role_words(unsigned roles)
{
	if ((roles & ROLE_ADMINISTRATOR) != 0)
		return "looks after people and settings; does not open cases.";
	if ((roles & ROLE_SUPERVISOR) != 0)
		return "works on cases, reviews them, restricts them, and "
		    "sees who looked at what.";
	if ((roles & ROLE_PRACTITIONER) != 0)
		return "opens and works on cases.";
	if ((roles & ROLE_TRAINER) != 0)
		return "leads training, in a store made for it; in any other "
		    "works on cases.";
	if ((roles & ROLE_AUDITOR) != 0)
		return "reads, and sees who looked at what; writes nothing "
		    "in a case.";
	return "may do nothing.";
}

static void
foot_words(const struct userscreen *u, const struct listed *l,
    struct str *out)
{
	const struct person *p = &l->p;
	char day[SPAN_WORDS_MAX];

	str_add_fmt(out, "%s: ", l->name);
	if (p->ended != INT64_MAX) {
		day_of(p->ended, day);
		str_add_fmt(out, "access ended on %s%s%s. What they signed "
		    "stays theirs.", day, *l->why != '\0' ? ": " : "",
		    l->why);
		return;
	}
	day_of(p->since, day);
	if (p->system) {
		str_add_fmt(out, "opens the store when passphrases are "
		    "forgotten; made on %s. It reads no cases.", day);
		return;
	}
	str_add_fmt(out, "%s, since %s; %s", role_label(p->role), day,
	    role_words(p->role));
	if (p->may_grant)
		str_add(out, " Lets others in.");
	if (p->must_change)
		str_add(out, " Has a passphrase from somebody else and must "
		    "change it at the next unlocking.");
	if (u->o.looked != NULL && (p->me ||
	    u->o.source.ops->may_looks(u->o.source.ctx)))
		str_add_fmt(out, " Enter shows what %s opened.",
		    p->me ? "you" : "they");
}

static void
draw_foot(const struct userscreen *u, const struct view *v)
{
	const struct listed *l = userscreen_row(u);
	struct str words;

	if (l == NULL || view_h(v) == 0)
		return;
	str_init(&words);
	foot_words(u, l, &words);
	view_hline(v, 0, 0, view_w(v), STYLE_BORDER);
	(void)view_wrap(v, 1, STYLE_LABEL, words.s);
	str_release(&words);
}

static void
draw_top(const struct userscreen *u, const struct view *v, int rows)
{
	struct view in = view_sub(v, (struct rect){0, 0, view_w(v), rows});
	bool none = !u->recovery.code && u->recovery.pairs == 0;
	struct str words;

	str_init(&words);
	top_words(u, &words);
	(void)view_wrap(&in, 0, none ? STYLE_WARNING : STYLE_DIM, words.s);
	str_release(&words);
}

static void
draw_fault(const struct userscreen *u, const struct view *v)
{
	struct str words;

	str_init(&words);
	sentence(&words, u->fault.text);
	(void)view_wrap(v, 0, STYLE_ERROR, words.s);
	str_release(&words);
}

void
userscreen_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct userscreen *u = users_of(p);
	enum style on = focused ? STYLE_SELECTED : STYLE_SELECTED_IDLE;
	int top = userscreen_top_rows(u), foot = userscreen_foot_rows(u);
	int w = view_w(v), h = view_h(v);
	struct columns c = columns_of(w);
	struct view body = view_sub(v, (struct rect){0, top, w,
	    h - top - foot});
	struct view under = view_sub(v, (struct rect){0, h - foot, w, foot});

	if (u->fault.rc != RC_OK) {
		draw_fault(u, v);
		return;
	}
	draw_top(u, v, top - 1);
	draw_head(v, top - 1, &c);
	for (int y = 0; scroll_shows(&u->scroll, y); y++) {
		size_t i = u->scroll.top + (size_t)y;

		draw_row(&body, y, &c, &u->list[i]);
		if (i == u->scroll.at)
			scroll_mark(&body, y, on, focused);
	}
	draw_foot(u, &under);
}
