/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The decisions of all cases that are made and not signed yet: each is a
 * pending entry of its case (pending.h), kept as that is; here they are
 * found, taken back and signed together.
 */
#ifndef HEARKEN_TUI_DECISIONS_H
#define HEARKEN_TUI_DECISIONS_H

#include <jansson.h>

#include "core/err.h"
#include "tui/casework.h"

struct session;

struct decision {
	struct case_id id;
	json_t *body;		/* owned */
	int64_t saved;		/* when what is pending was kept last */
};

struct decisions {
	struct decision *list;	/* owned */
	size_t n, cap;
};

void decisions_init(struct decisions *d);
void decisions_release(struct decisions *d);
/* Finds them anew; one that cannot be read is left where it is. */
NODISCARD enum rc decisions_load(struct decisions *d, struct session *s,
    struct err *e);
/* NULL when there is none. */
const struct decision *decisions_on(const struct decisions *d,
    const struct case_id *id);
/*
 * Takes the one back that was kept last, with its words appended to what.
 * RC_NOTFOUND when there is none.
 */
NODISCARD enum rc decisions_undo(const struct decisions *d,
    struct session *s, struct str *what, struct err *e);

/* All of them with their cases, to be read and signed. */
struct decided_case {
	struct casework w;
	size_t at;		/* of the decision in w.pending */
	bool stale;		/* the case is another than when it was made */
	char *refused;		/* why it is not signed, owned; NULL: it is */
};
struct decided {
	struct session *s;
	struct decided_case **list;	/* owned */
	size_t n;
	size_t good;		/* that are signed */
	void (*close)(struct casework *w);	/* case_work_close() */
};
NODISCARD enum rc decided_open(struct decided *all,
    const struct decisions *d, struct session *s, struct err *e);
void decided_release(struct decided *all);
/* Signs those that are not refused, at once or none. */
NODISCARD enum rc decided_sign(struct decided *all, struct err *e);
/* Appends what is said of one before it is signed, in lines. */
struct lines;
void decided_lines(const struct decided *all, struct lines *out);

#endif
