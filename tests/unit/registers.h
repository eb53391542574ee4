/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The registers of three stores in memory, and what crosses from one to the
 * other.
 */
#ifndef HEARKEN_TESTS_UNIT_REGISTERS_H
#define HEARKEN_TESTS_UNIT_REGISTERS_H

#include "core/card.h"
#include "core/kinds.h"
#include "core/roster.h"

enum who { ILSE, ODA, ADA, BEN, CLEO, MAEVE, PEOPLE };

/* One store as its own people have it. */
struct book {
	struct roster r;
	struct grantor g;
	unsigned char root_sk[64];
	enum who founder;
};

struct stores {
	struct author_id key[PEOPLE];
	unsigned char sk[PEOPLE][64];
	uint64_t n[PEOPLE];
	struct entry_id head[PEOPLE];
	bool grant;		/* whether entries carry one */
	bool seal;		/* whether the founding is sealed */
	struct book ours, theirs, third;
	json_t *records;	/* of their register, as they travel */
};

/* The next entry of who; takes body; released by the caller. */
struct entry reg_entry_of(struct stores *st, const struct book *b, enum who who,
    int64_t at, const char *kind, json_t *body);
/* Written and folded there; of other stores kept to be introduced. */
void reg_write_in(struct stores *st, struct book *b, enum who who, int64_t at,
    const char *kind, json_t *body);
json_t *reg_about(const struct stores *st, enum who who);
json_t *reg_user_body(const struct stores *st, enum who who);
json_t *reg_role_body(const struct stores *st, enum who who, const char *role);
json_t *reg_end_body(const struct stores *st, enum who who, uint64_t after);
void reg_let_in(struct stores *st, struct book *b, enum who by, int64_t at,
    enum who who, const char *role);
struct card reg_card_of(const struct stores *st, const struct book *b,
    enum who who, enum role role);
/* Takes c. */
void reg_trust_card(struct stores *st, enum who by, int64_t at, struct card c);
void reg_trust(struct stores *st, int64_t at, const struct book *b,
    enum who who, enum role role);
/* The body of an entry "introduced" of all that is kept. */
json_t *reg_introduction(const struct stores *st, const struct book *b);
/* All that was written there goes over, and no second time. */
void reg_introduce(struct stores *st, int64_t at, const struct book *b);
/* What an entry with this number and time counts as here. */
unsigned reg_roles_at(struct stores *st, enum who who, uint64_t n, int64_t at);
/* The same of their next one. */
unsigned reg_roles(struct stores *st, enum who who, int64_t at);
const struct roster_user *reg_user(struct stores *st, enum who who);
/* True if such an entry of who counts in our register or a case. */
bool reg_allowed(struct stores *st, enum who who, int64_t at, const char *kind,
    json_t *body);
/*
 * For cmocka.  Ours: Ilse founded it, a supervisor; Oda is a practitioner.
 * Theirs: Ada founded it, a practitioner; Ben is a supervisor.  A third:
 * Cleo's.
 */
int reg_make(void **state);
int reg_unmake(void **state);

#endif
