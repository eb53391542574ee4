/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Invented people for tests of the store, and short ways to let them in.
 */
#ifndef HEARKEN_TESTS_STORE_FOLK_H
#define HEARKEN_TESTS_STORE_FOLK_H

#include "db/people.h"
#include "tests/store/world.h"

#define ODA "Oda Fennimore"
#define ODA_PASS "quarry saddle violet kettle nine"
#define ODA_OWN "my own words are these five"
#define PIERS "Piers Quillfeather"

struct secret secret_of(const char *text);
/* Closes what is open and opens as somebody; w->s is NULL on failure. */
enum rc open_as(struct world *w, const char *user, const char *pass);
/* Adds with ODA_PASS as the given passphrase. */
enum rc folk_add(struct world *w, const char *name, enum role role);
enum rc folk_change(struct world *w, const char *from, const char *to);
enum rc folk_reset(struct world *w, const char *name, const char *to);
enum rc folk_revoke(struct world *w, const char *name);
/* Lets Oda in as a practitioner and is she, with ODA_OWN. */
void in_as_oda(struct world *w);

void assert_sound(struct world *w);
/* Fails unless verify names a fault with these words. */
void assert_fault(struct world *w, const char *words);

/* What the list of people says, of one person and in all. */
struct looking {
	const char *name;
	struct person p;
	unsigned found, all, slots;
	char order[256];
};
struct looking person(struct world *w, const char *name);

/* cmocka's set-up: a world founded by a supervisor; and its end. */
int folk_make(void **state);
int folk_unmake(void **state);

#endif
