/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store for training, and sessions in it, for the tests of both. */
#ifndef HEARKEN_TESTS_STORE_SESSIONWORLD_H
#define HEARKEN_TESTS_STORE_SESSIONWORLD_H

#include "db/sessions.h"
#include "tests/store/world.h"

#define HEADSET "content/studies/the-headset.yaml"
#define OTHER "Nell Quarry"

void sessions_create(struct world *w, bool training);
int sessions_make(void **state);
int sessions_unmake(void **state);
void let_in(struct world *w, const char *name, enum role role);
void enter(struct world *w, const char *name);
/* Owned; the text too. */
struct study *study_of(const char *file, char **text);
enum rc begin_file(struct world *w, const char *file, const char *reference,
    struct case_id *id);
struct case_id begin(struct world *w);
/* "the-headset-2 credit answer 1/1; ", or what is wrong. */
bool tell(const struct casefile *c, const struct walk *k,
    const struct err *e, void *ctx);
void stand(struct world *w, const char *wanted);
void refused(struct world *w, enum rc rc, enum rc wanted, const char *words);

#endif
