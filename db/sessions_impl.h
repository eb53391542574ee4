/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of db/sessions.h share. */
#ifndef HEARKEN_DB_SESSIONS_IMPL_H
#define HEARKEN_DB_SESSIONS_IMPL_H

#include "db/sessions.h"

/* Cases opened with a study, or as a log, that are for these eyes. */
struct cases {
	struct casefile **list;	/* settled; owned */
	size_t n, cap;
};
NODISCARD enum rc cases_load(struct store *s, struct cases *out,
    struct err *e);
/* Of those that books_load_lately() names. */
NODISCARD enum rc cases_load_lately(struct store *s, size_t max,
    struct cases *out, size_t *left, struct err *e);
void cases_release(struct cases *c);
/* Of one of them: true if it holds a log. */
bool case_is_log(const struct casefile *c);
/* walk_of() with the checklist that the session's study names. */
NODISCARD enum rc session_walk(const struct store *s,
    const struct casefile *c, struct walk *out, struct err *e);
/* The same of many, with the studies that they have in common. */
NODISCARD enum rc session_walk_known(const struct store *s,
    const struct casefile *c, struct walk_studies *k, struct walk *out,
    struct err *e);
/* RC_INPUT unless the study's checklist is adopted and they go together. */
NODISCARD enum rc study_fits(const struct store *s,
    const struct study *study, struct err *e);

#endif
