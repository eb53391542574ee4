/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/edit.h"

#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "tui/edit_text.h"

#ifndef UNDO_MAX
#define UNDO_MAX 1000	/* steps; the oldest is forgotten; tests build with less */
#endif

static size_t
default_max(enum edit_mode mode)
{
	static const size_t max[] = {
		[EDIT_LINE] = EDIT_LINE_MAX,
		[EDIT_TEXT] = EDIT_TEXT_MAX,
		[EDIT_SECRET] = EDIT_SECRET_MAX,
	};

	return max[mode];
}

enum rc
edit_init(struct edit *ed, enum edit_mode mode, size_t max, struct err *e)
{
	memset(ed, 0, sizeof(*ed));
	ed->mode = mode;
	ed->max = max != 0 ? max : default_max(mode);
	ed->want_x = -1;
	ed->w = ed->h = 1;
	str_init(&ed->text);
	edit_layout_all(ed);
	if (mode == EDIT_SECRET)
		return secret_init(&ed->secret, ed->max, e);
	return RC_OK;
}

static void
drop_step(struct edit_undo *u)
{
	if (u->text != NULL)
		explicit_bzero(u->text, u->n);
	free(u->text);
}

static void
forget_redo(struct edit *ed)
{
	while (ed->nredo > 0)
		drop_step(&ed->redo[--ed->nredo]);
}

static void
forget_undo(struct edit *ed)
{
	while (ed->nundo > 0)
		drop_step(&ed->undo[--ed->nundo]);
	forget_redo(ed);
	ed->group = GROUP_NONE;
}

void
edit_release(struct edit *ed)
{
	forget_undo(ed);
	free(ed->undo);
	free(ed->redo);
	free(ed->lines);
	if (ed->text.cap > 0)
		explicit_bzero(ed->text.s, ed->text.cap);
	str_release(&ed->text);
	secret_release(&ed->secret);
	memset(ed, 0, sizeof(*ed));
	str_init(&ed->text);
}

void
edit_resize(struct edit *ed, int w, int h)
{
	bool narrower = w != ed->w;

	ed->w = w > 0 ? w : 1;
	ed->h = h > 0 ? h : 1;
	if (narrower)
		edit_layout_all(ed);
	edit_show_cursor(ed);
}

const char *
edit_text(const struct edit *ed)
{
	return ed->text.s;
}

void
edit_set(struct edit *ed, const char *text)
{
	struct str clean;

	str_init(&clean);
	edit_clean(&clean, text, strlen(text), ed->mode == EDIT_TEXT);
	forget_undo(ed);
	str_clear(&ed->text);
	str_add_n(&ed->text, clean.s, edit_cut(clean.s, clean.len, ed->max));
	ed->at = ed->text.len;
	ed->want_x = -1;
	edit_layout_all(ed);
	edit_show_cursor(ed);
	str_release(&clean);
}

void
edit_clear(struct edit *ed)
{
	if (ed->mode == EDIT_SECRET)
		secret_wipe(&ed->secret);
	else
		edit_set(ed, "");
}

static struct edit_undo *
new_undo(struct edit *ed)
{
	if (ed->nundo == UNDO_MAX) {
		drop_step(&ed->undo[0]);
		memmove(ed->undo, ed->undo + 1,
		    (UNDO_MAX - 1) * sizeof(*ed->undo));
		ed->nundo--;
	}
	ed->undo = vec_room(ed->undo, ed->nundo, &ed->capundo,
	    sizeof(*ed->undo));
	return &ed->undo[ed->nundo++];
}

/* True if the change goes on where the newest step left off. */
static bool
join_undo(struct edit *ed, enum edit_group group, size_t at, size_t del,
    size_t add)
{
	struct edit_undo *u;

	if (group == GROUP_NONE || group != ed->group || ed->nundo == 0)
		return false;
	u = &ed->undo[ed->nundo - 1];
	if (group == GROUP_TYPING && del == 0 && u->at + u->added == at) {
		u->added += add;
		return true;
	}
	if (group == GROUP_RUBBING && add == 0 && at + del == u->at) {
		char *text = xmalloc(u->n + del + 1);

		memcpy(text, ed->text.s + at, del);
		memcpy(text + del, u->text, u->n);
		drop_step(u);
		u->text = text;
		u->n += del;
		u->at = at;
		return true;
	}
	return false;
}

/* Replaces del bytes at `at` by n bytes of s, to be undone by group. */
static void
change(struct edit *ed, size_t at, size_t del, const struct event *by,
    enum edit_group group)
{
	forget_redo(ed);
	if (!join_undo(ed, group, at, del, by->n)) {
		struct edit_undo *u = new_undo(ed);

		*u = (struct edit_undo){at, xstrndup(ed->text.s + at, del),
		    del, by->n, ed->at};
	}
	ed->group = group;
	str_splice(&ed->text, at, del, by->text, by->n);
	edit_layout(ed, at, del, by->n);
	/* What stands behind may have become one cluster with it. */
	ed->at = edit_snap(ed, at + by->n, true);
}

static void
erase(struct edit *ed, size_t from, size_t to, enum edit_group group)
{
	static const struct event nothing = {ACT_NONE, "", 0};

	change(ed, from, to - from, &nothing, group);
	ed->full = false;
}

/*
 * Does a step backwards: what it put there is taken away and what was there
 * comes back.  *back becomes the step that does it again; its cursor is the
 * one of now.
 */
static void
step_back(struct edit *ed, struct edit_undo *u, struct edit_undo *back)
{
	*back = (struct edit_undo){u->at, xstrndup(ed->text.s + u->at,
	    u->added), u->added, u->n, ed->at};
	str_splice(&ed->text, u->at, u->added, u->text, u->n);
	ed->at = u->cursor;
	edit_layout(ed, u->at, u->added, u->n);
	drop_step(u);
	ed->group = GROUP_NONE;
	ed->full = false;
}

static bool
undo(struct edit *ed)
{
	struct edit_undo back;

	if (ed->nundo == 0)
		return false;
	step_back(ed, &ed->undo[--ed->nundo], &back);
	ed->redo = vec_room(ed->redo, ed->nredo, &ed->capredo,
	    sizeof(*ed->redo));
	ed->redo[ed->nredo++] = back;
	return true;
}

/* There is room: what is done again was an undo step before. */
static bool
redo(struct edit *ed)
{
	struct edit_undo back;

	if (ed->nredo == 0)
		return false;
	step_back(ed, &ed->redo[--ed->nredo], &back);
	*new_undo(ed) = back;
	return true;
}

/* Typing that starts a new word starts a new step of undo. */
static bool
starts_word(const struct edit *ed, const struct event *ev)
{
	return ed->at > 0 && ed->text.s[ed->at - 1] == ' ' &&
	    ev->text[0] != ' ';
}

static bool
insert(struct edit *ed, const struct event *ev)
{
	struct str clean;
	struct event by = *ev;
	size_t room = ed->max - ed->text.len;
	bool typed = ev->act == ACT_TYPED;

	str_init(&clean);
	edit_clean(&clean, ev->text, ev->n, ed->mode == EDIT_TEXT);
	by.text = clean.s;
	by.n = edit_cut(clean.s, clean.len, room);
	ed->full = by.n < clean.len;
	if (typed && ed->full)
		by.n = 0;
	if (by.n > 0) {
		if (typed && starts_word(ed, ev))
			ed->group = GROUP_NONE;
		change(ed, ed->at, 0, &by,
		    typed ? GROUP_TYPING : GROUP_NONE);
	}
	str_release(&clean);
	return by.n > 0;
}

/*
 * Where an action that deletes reaches to from the cursor; the cursor itself
 * when there is nothing to delete.
 */
static size_t
reach(const struct edit *ed, enum action a)
{
	switch (a) {
	case ACT_RUBOUT:
		return ed->at - utf8_cluster_before(ed->text.s, ed->at);
	case ACT_DELETE:
		return edit_next(ed, ed->at);
	case ACT_RUBOUT_WORD:
		return edit_word_left(ed, ed->at);
	case ACT_KILL_START:
		return edit_line_start(ed, ed->at);
	default:
		return edit_line_end(ed, ed->at);
	}
}

static bool
delete(struct edit *ed, enum action a)
{
	size_t to = reach(ed, a);
	enum edit_group group = a == ACT_RUBOUT ? GROUP_RUBBING : GROUP_NONE;

	if (a == ACT_KILL_END && to == ed->at)
		to = edit_next(ed, ed->at);
	if (to == ed->at)
		return false;
	if (to < ed->at)
		erase(ed, to, ed->at, group);
	else
		erase(ed, ed->at, to, group);
	return true;
}

/* Text goes into the secret byte by byte: no copy of it is made. */
static bool
secret_type(struct edit *ed, const struct event *ev)
{
	size_t before = ed->secret.len;

	ed->full = false;
	for (size_t i = 0; i < ev->n; i++) {
		if ((unsigned char)ev->text[i] < ' ' || ev->text[i] == 127)
			continue;
		if (!secret_add(&ed->secret, ev->text + i, 1))
			ed->full = true;
	}
	return ed->secret.len != before;
}

static bool
secret_rubout(struct edit *ed)
{
	struct secret *s = &ed->secret;
	bool more = s->len > 0;

	while (more) {
		unsigned char c = s->p[--s->len];

		s->p[s->len] = 0;
		more = s->len > 0 && (c & 0xC0u) == 0x80u;
	}
	return true;
}

static bool
secret_act(struct edit *ed, const struct event *ev, bool *changed)
{
	switch (ev->act) {
	case ACT_TYPED:
	case ACT_PASTED:
		*changed = secret_type(ed, ev);
		return true;
	case ACT_RUBOUT:
		*changed = ed->secret.len > 0 && secret_rubout(ed);
		return true;
	case ACT_RUBOUT_WORD:
	case ACT_KILL_START:
		*changed = ed->secret.len > 0;
		secret_wipe(&ed->secret);
		return true;
	default:
		return false;
	}
}

static bool
text_act(struct edit *ed, const struct event *ev, bool *changed)
{
	static const struct event newline = {ACT_NONE, "\n", 1};

	switch (ev->act) {
	case ACT_TYPED:
	case ACT_PASTED:
		*changed = insert(ed, ev);
		break;
	case ACT_NEWLINE:
		if (ed->mode != EDIT_TEXT)
			return false;
		*changed = insert(ed, &newline);
		break;
	case ACT_RUBOUT:
	case ACT_DELETE:
	case ACT_RUBOUT_WORD:
	case ACT_KILL_START:
	case ACT_KILL_END:
		*changed = delete(ed, ev->act);
		break;
	case ACT_UNDO_TYPING:
		*changed = undo(ed);
		break;
	case ACT_REDO_TYPING:
		*changed = redo(ed);
		break;
	default:
		return edit_move(ed, ev->act);
	}
	ed->want_x = -1;
	return true;
}

bool
edit_act(struct edit *ed, const struct event *ev, bool *changed)
{
	bool unused, done;

	if (changed == NULL)
		changed = &unused;
	*changed = false;
	ed->found = 0;
	if (ed->mode == EDIT_SECRET)
		return secret_act(ed, ev, changed);
	done = text_act(ed, ev, changed);
	if (done)
		edit_show_cursor(ed);
	return done;
}
