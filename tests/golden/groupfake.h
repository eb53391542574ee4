/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store of group sessions in memory, behind a group_door. */
#ifndef HEARKEN_TESTS_GOLDEN_GROUPFAKE_H
#define HEARKEN_TESTS_GOLDEN_GROUPFAKE_H

#include "tui/groupscreen.h"

#define HELD 4
#define HEADSET "content/studies/the-headset.yaml"

struct held {
	struct case_id id;
	struct entry *entries;	size_t n, cap;
};

struct kept {
	char *what, *text;
};

/* The store: sessions, drafts, a file; and the next thing that fails. */
struct fake {
	struct instrument *in;
	struct held cases[HELD];	size_t ncases;
	struct kept drafts[8];		size_t ndrafts;
	const char *file;
	bool read_only, fail;
	size_t appends;
	int64_t at;
};

/* With one session of a group, on HEADSET. */
struct fake some(void);
void gone(struct fake *f);
struct held *begin(struct fake *f, const char *path, enum walk_mode mode,
    unsigned char who);
/* Signs an entry; who: the first byte of the author. */
void put(struct fake *f, struct held *h, unsigned char who,
    const struct entry_draft *d);
enum rc fake_load(void *ctx, const struct case_id *id, struct casefile *c,
    struct walk *w, struct err *e);
struct group_door fake_door(struct fake *f);

#endif
