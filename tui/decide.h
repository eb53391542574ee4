/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A second person's decision on a case, as an entry: what it is about, what
 * is asked and said so far, which level it leads to.  Decides nothing by
 * itself; what waits is core/oversight.h.  Pure but for the draft that
 * casework keeps.
 */
#ifndef HEARKEN_TUI_DECIDE_H
#define HEARKEN_TUI_DECIDE_H

#include <jansson.h>

#include "core/err.h"
#include "core/kinds.h"
#include "tui/casework.h"
#include "tui/form.h"
#include "tui/judge.h"

#define DECIDE_FIELDS_MAX 12
#define DECIDE_LABEL_MAX 160

/* The kind "review", with the levels and what each decision means here. */
struct decide_kind {
	struct kind kind;
	struct field fields[DECIDE_FIELDS_MAX];
	struct code levels[JUDGE_LEVELS_MAX + 3];
	struct code decisions[5];
	char agree[DECIDE_LABEL_MAX];
};
/* Borrows the instrument; k may not be moved afterwards. */
void decide_kind_init(struct decide_kind *k, const struct casework *w);

/*
 * RC_REFUSED with whose work it is or who decides, when whoever sits here
 * may not.
 */
NODISCARD enum rc decide_may(const struct casework *w, struct err *e);
/* The level that is asked for or stands: what agreeing agrees to. */
unsigned decide_proposal(const struct casework *w);

/* Returns owned the body that the form begins with. */
json_t *decide_body(const struct casework *w);
/* What stands above the form: what is asked, by whom, the rules, the words. */
void decide_intro(const struct casework *w, struct str *out);
/* For form_opts.look. */
void decide_look(const struct casework *w, const struct field *f,
    const json_t *body, struct form_look *out);
/* Makes the decision pending, in place of one that is pending already. */
NODISCARD enum rc decide_keep(struct casework *w, const json_t *body,
    struct err *e);
/* "agree: High: three or more indicators"; "returned with questions". */
void decision_words(const struct instrument *in, const json_t *body,
    struct str *out);

#endif
