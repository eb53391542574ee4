/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of the first screen of a training store, for trainhome.c,
 * trainhome_draw.c and trainbegin.c only.
 */
#ifndef HEARKEN_TUI_TRAINHOME_IMPL_H
#define HEARKEN_TUI_TRAINHOME_IMPL_H

#include "core/err.h"
#include "tui/app.h"
#include "tui/lines.h"
#include "tui/notices.h"
#include "tui/trainhome.h"

/* As the source told them; all texts owned. */
struct home_study {
	struct train_study s;
	char *id, *title, *covers, *pair, *fault;
};

struct home_session {
	struct train_session s;
	char *reference, *title, *who, *sitting, *fault;
};

enum home_group {
	HOME_GO_ON,
	HOME_STUDIES,
	HOME_AGAIN,
	HOME_DONE,
	HOME_OTHERS,
	HOME_LOG,
	HOME_GROUPS
};

struct home_row {
	enum home_group group;
	size_t i;		/* of the studies or the sessions */
};

struct trainhome {
	struct pane base;
	struct trainhome_opts o;
	struct home_study *studies;	size_t nstudies, capstudies;
	struct home_session *sessions;	size_t nsessions, capsessions;
	struct home_row *rows;		size_t nrows, caprows;
	struct train_counts counts;
	struct notices *notices;	/* borrowed; NULL for none */
	struct lines lines;
	struct err fault;	/* why nothing is listed */
	struct str narrow;	/* words that a row holds */
	struct str choice;	/* completion, borrowed by the prompt */
	struct str path;	/* of the study to be taken in */
	size_t begin;		/* row to begin at, for the first reading */
	bool read_once;
	int w, h;
};

/* NULL when nothing is listed. */
const struct home_row *trainhome_row(const struct trainhome *t);
const struct home_study *trainhome_study(const struct trainhome *t);
const struct home_session *trainhome_session(const struct trainhome *t);

/* Reads everything anew. */
void trainhome_load(struct trainhome *t);

/* trainhome_draw.c */
int trainhome_top_rows(const struct trainhome *t);
int trainhome_foot_rows(const struct trainhome *t);
/* Fills t->lines from t->rows for its width. */
void trainhome_fill(struct trainhome *t);
void trainhome_draw(const struct pane *p, const struct view *v,
    bool focused);

/* trainbegin.c */
void trainbegin_open(struct trainhome *t, struct app *app,
    const struct home_study *s);
void trainsend_open(struct trainhome *t, struct app *app,
    const struct home_session *s);
void traintake_open(struct trainhome *t, struct app *app);

#endif
