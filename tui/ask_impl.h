/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of the short form, for ask.c and ask_draw.c only.
 */
#ifndef HEARKEN_TUI_ASK_IMPL_H
#define HEARKEN_TUI_ASK_IMPL_H

#include "core/str.h"
#include "tui/ask.h"
#include "tui/edit.h"

struct asked_choice {
	char *label;	/* owned */
	bool on;
};

struct asked {
	enum ask_type type;
	char *label, *help;	/* owned; help may be NULL */
	bool optional;
	bool seen;		/* the focus was here */
	struct edit ed;		/* lines and secrets */
	struct asked_choice *choices;
	size_t nchoices, at;
	char find[32];		/* letters typed to find a choice */
	int row, rows;		/* in the whole form; as last measured */
};

struct ask {
	struct pane base;
	struct ask_opts o;
	char *title, *intro;	/* owned */
	struct asked f[ASK_FIELDS_MAX];
	size_t n, focus;
	struct str fault;	/* of the field in focus; "" for none */
	struct str remark;	/* the same */
	bool working;
	int w, h, top;
	int rows;		/* of the whole form */
};

static inline bool
asked_types(const struct asked *f)
{
	return f->type <= ASK_AGAIN;
}

/* ask_draw.c */
void ask_arrange(struct ask *a);
void ask_draw(const struct pane *p, const struct view *v, bool focused);

#endif
