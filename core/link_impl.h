/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files of link.h share: words and names as numbers, records in an
 * order that follows from what they say and not from how they came, blocks,
 * and the comparison of two of them.
 */
#ifndef HEARKEN_CORE_LINK_IMPL_H
#define HEARKEN_CORE_LINK_IMPL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/link.h"

#define NAME_TOKENS 4		/* words of a name that count */
#define NAME_BYTES 64		/* of one word */

/* ---- words as numbers, from 1 (link_words.c) ---- */

struct link_words {
	char *text;		/* all of them, each with its NUL */
	size_t len, cap;
	uint32_t *at;		/* where the text of id begins */
	size_t n, capat;
	uint32_t *slots;
	size_t nslots;		/* a power of two, or 0 */
};
void link_words_release(struct link_words *w);
uint32_t link_words_add(struct link_words *w, const char *s, size_t n);
/* 0 when it is none of them. */
uint32_t link_words_find(const struct link_words *w, const char *s, size_t n);
const char *link_words_text(const struct link_words *w, uint32_t id);
size_t link_words_memory(const struct link_words *w);
uint64_t link_hash(const char *s, size_t n);
uint64_t link_mix(uint64_t x);

/* ---- what names are standardised by (link_names.c, link_standard.c) ---- */

enum word_flag {
	WORD_DROP = 1, WORD_MIDDLE = 2, WORD_JOIN = 4, WORD_SHARED = 8,
	WORD_SHORT = 16, WORD_FULL = 32, WORD_SPELT = 64, WORD_TITLE = 128,
	WORD_GIRL = 256, WORD_BOY = 512, WORD_NOBODY = 1024
};
struct word_info {
	unsigned flags;
	uint32_t standard;	/* the word that it is kept as; 0: itself */
};
struct short_form {
	uint32_t brief, full;
};
struct rewrite {
	char from[16], to[16];
};
struct link_names {
	struct link_words words;
	struct word_info *info;		/* by id */
	size_t capinfo;
	struct short_form *shorts;
	size_t nshorts, capshorts;
	struct rewrite *begins, *letters;
	size_t nbegins, capbegins, nletters, capletters;
};
/* 0: no short form of it; else of how many names it is one. */
enum { SHORT_OF = 1, SHORT_ALONE = 2, SHORT_GIRL = 4, SHORT_BOY = 8 };
unsigned link_names_short(const struct link_names *n, const char *a,
    const char *b);
unsigned link_names_flags(const struct link_names *n, const char *word,
    size_t len);

struct token {
	char s[NAME_BYTES];
	size_t n;
};
struct tokens {
	struct token t[NAME_TOKENS];
	size_t n;
};
struct spoken {			/* a record's names, standardised */
	struct tokens fore, sur;
};
void link_standard(const struct link_names *names, const struct link_raw *raw,
    struct spoken *out);
/* A sound key of 4 codes at most; 0 for no letters. */
uint32_t link_sound(const char *s, size_t n);
/* Seven bytes at most in one number; 0 when it is no postcode. */
uint64_t link_place(const char *postcode);
uint64_t link_sector(uint64_t place);

/* ---- records ---- */

struct link_name {
	uint32_t tok[NAME_TOKENS];	/* words */
	uint32_t joined;		/* the word of all of them together */
	uint32_t sound, last;		/* of the first and the last word */
	uint32_t count[2];		/* records: as given, as family name */
	float rare[2];			/* bits that an agreement weighs more */
	uint32_t n;
	bool nobody;			/* initials, or words for no name */
};
struct link_rec {
	uint64_t nhs, upn, place, bag;
	uint32_t fore, sur;		/* names; 0: none */
	uint32_t agency;
	uint32_t number;		/* as links_add returned it */
	int32_t birth;
	uint32_t digits;		/* of the birth, 4 bits each; 0: none */
	float rare_birth, rare_place;
	char sex;
	bool passing;			/* the UPN is a temporary one */
};
#define CACHE_EMPTY UINT64_MAX
struct links {
	const struct link_names *names;	/* borrowed; may be NULL */
	struct link_words words, phrases;
	struct link_name *list;		/* of each phrase, by id */
	size_t caplist;
	struct link_rec *recs;
	size_t n, cap;
	uint32_t *rank;			/* of each number: its place in recs */
	bool ready;
	uint64_t *cache[2];
	size_t ncache;
	struct link_blocks blocks;
};
/* Sorts recs, counts names, days and places; once until the next record. */
void links_prepare(struct links *l, const struct link_model *m);

/* ---- comparing (link_compare.c) ---- */

struct compared {
	unsigned char levels[LINK_FIELDS];
	bool same_given;	/* the same given name, spelt or said otherwise */
	bool swapped;
};
double link_jaro_winkler(const char *a, size_t na, const char *b, size_t nb);
void link_compare(struct links *l, const struct link_rec *a,
    const struct link_rec *b, struct compared *out);
/* Could be twins, or two who live together: no machine joins them. */
bool link_guard(const struct link_rec *a, const struct link_rec *b,
    const struct compared *c);
/* Nothing but a number agrees. */
bool link_id_alone(const struct compared *c);
bool link_has_number(const struct compared *c);
/* Two numbers of one sort that differ. */
bool link_conflict(const struct compared *c);
/* Why no machine links the two (enum link_why); 0: it may. */
unsigned link_why_ask(const struct link_rec *a, const struct link_rec *b,
    const struct compared *c, float weight, float upper);
/*
 * An agency's own duplicate: every field that tells a child from another is
 * there and the same.
 */
bool link_copies(const struct link_rec *a, const struct link_rec *b,
    const struct compared *c);
/* Reads the digits of a birth day, most significant first. */
uint32_t link_digits(int32_t birth);
int32_t link_day_swapped(int32_t birth);

/* ---- blocks (link_block.c) ---- */

enum link_key {
	KEY_BIRTH, KEY_SURNAME, KEY_FORENAME, KEY_NHS, KEY_UPN, KEY_SWAPPED,
	KEY_WORDS, LINK_KEYS
};
typedef void (*link_pair_fn)(void *ctx, uint32_t i, uint32_t j);
/* Every pair of the key, those of large blocks by further keys; i < j. */
void link_block_all(struct links *l, enum link_key key, link_pair_fn fn,
    void *ctx);
/*
 * For training: of a large block as many pairs as of a middling one, by lot.
 * Returns the pairs that the blocks of the key hold.
 */
double link_block_some(struct links *l, enum link_key key, link_pair_fn fn,
    void *ctx);

/* ---- joining (link_cluster.c) ---- */

struct scored {			/* a pair of places in recs, a < b */
	uint32_t a, b;
	float weight;
	unsigned char verdict, why;
};
struct joining {
	struct links *l;
	uint32_t *parent, *next;	/* a ring of those who are joined */
	const struct scored *apart;	/* sorted by (a, b), both ways */
	size_t napart;
	bool *parted;			/* has any in apart */
	uint32_t bar[2];		/* the two that stood in the way last */
};
void joining_init(struct joining *j, struct links *l,
    const struct scored *apart, size_t napart);
void joining_release(struct joining *j);
uint32_t joining_of(struct joining *j, uint32_t i);
/*
 * What must not come together beside what was parted: two of one agency, but
 * for copies of one record where they are let; two who may be twins or have
 * numbers that differ.
 */
enum { JOIN_PERSON = 0, JOIN_AGENCIES = 1, JOIN_TWINS = 2, JOIN_COPIES = 4 };
/* A person parted a record on the one side from one on the other. */
bool joining_parted(struct joining *j, uint32_t a, uint32_t b);
/* 0 and joined, or why not (enum link_why), with the two in bar. */
unsigned joining_try(struct joining *j, uint32_t a, uint32_t b,
    unsigned checks);
/* Numbers the children, by the caller's numbers of records; returns how many. */
size_t joining_number(struct joining *j, uint32_t *out);

#endif
