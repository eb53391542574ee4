/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files of deident share.  A text is taken as a row of folded
 * letters that know where they stand and what lay before them; a name is a
 * row of folded letters, too.  All finding is comparing rows.
 */
#ifndef HEARKEN_CORE_DEIDENT_IMPL_H
#define HEARKEN_CORE_DEIDENT_IMPL_H

#include "core/deident.h"

/* ---- letters ---- */

/* What lies between a letter and the one before it; bits. */
enum gap {
	GAP_SIGN = 1 << 0,	/* apostrophe, mark, what cannot be seen */
	GAP_HYPHEN = 1 << 1,
	GAP_SPACE = 1 << 2,
	GAP_LINE = 1 << 3,
	GAP_COMMA = 1 << 4,
	GAP_DOT = 1 << 5,
	GAP_OTHER = 1 << 6
};

struct letter {
	uint32_t cp;		/* folded: small, without accents */
	uint32_t at, end;	/* bytes in the text */
	unsigned char gap;	/* bits of enum gap */
	bool upper;		/* a capital, or of a script without */
	bool first;		/* of a word: behind more than a sign */
};

struct letters {
	const char *text;	/* borrowed */
	struct letter *l;
	size_t n, cap;
};

void letters_of(struct letters *ls, const char *text, size_t n);
void letters_release(struct letters *ls);
/* First letter after the word that i is in. */
/*
 * Where the number before letter i begins, if one stands right before it
 * ("14 Sample Road"); else i.
 */
size_t letters_number_before(const struct letters *ls, size_t i);
size_t letters_word_end(const struct letters *ls, size_t i);
/* A new word begins at i, as "jo99" and "AnneMarie" have it as well. */
bool letters_bound(const struct letters *ls, size_t i);
/* At i "s" and then an end; the word before is a genitive. */
bool letters_genitive(const struct letters *ls, size_t i);
bool letters_sentence_start(const struct letters *ls, size_t i);
/* Letters from..to as ASCII, or "" when they are none or too many. */
#define ASCII_WORD_MAX 24
void letters_ascii(const struct letters *ls, size_t from, size_t to,
    char out[ASCII_WORD_MAX]);

/* ---- words ---- */

/* Small words that are no names; with an ending, too.  ASCII, folded. */
bool word_is_ordinary(const char *w);
bool word_is_title(const char *w);	/* "mr", "aunt" */
bool word_is_kin(const char *w);	/* "aunt" */
bool word_is_particle(const char *w);	/* "de", "van" */
bool word_is_function(const char *w);	/* "an", "so": never alone a name */
bool word_is_trade(const char *w);	/* "nurse", "team": roles, services */
bool word_is_capital(const char *w);	/* may have one: "monday", "nhs" */
/* "a school" for "school"; NULL when it is no kind of place. */
const char *word_place(const char *w);

/* ---- needles ---- */

struct needle {
	uint32_t *cp;
	size_t n;
	size_t ident;		/* index */
	bool joined;		/* of several words: anything may part them */
	bool ordinary;		/* also an ordinary word */
	bool function;
	bool unspaced;		/* may stand anywhere in a row */
};

struct needles {
	struct needle *v;
	size_t n, cap;
	size_t *begin;		/* of each ident, and the end */
	uint32_t (*initials)[6];	/* of each ident, ends with 0 */
	size_t nidents;
};

void needles_of(struct needles *ns, const struct deident *d);
void needles_forget(struct needles *ns);

enum hit_type {
	HIT_NAME,		/* a known name: to be replaced */
	HIT_INSIDE,		/* within a word, or one letter apart */
	HIT_MAYBE		/* an ordinary word that is a name, too */
};
struct hit {
	enum hit_type type;
	size_t from, to;	/* letters */
	size_t ident;
};
/* The names that begin at letter i; false when none does. */
bool needles_hit(const struct needles *ns, const struct deident *d,
    const struct letters *ls, size_t i, struct hit *out);
/* Names inside the word from..to, or one letter from it. */
bool needles_near(const struct needles *ns, const struct letters *ls,
    size_t from, size_t to, struct hit *out);

/* ---- spans of a text ---- */

enum span_kind {
	FOUND_NAME,
	FOUND_DATE,		/* moved */
	FOUND_NUMBER, FOUND_ONLINE, FOUND_PLACE,
	/* What is only doubtful, from here on. */
	FOUND_DATE_DOUBT, FOUND_NUMBER_DOUBT, FOUND_ONLINE_DOUBT
};
struct found {
	enum span_kind kind;
	size_t at, n;		/* bytes */
	char *with;		/* owned; NULL for a doubt */
	bool person;
};
struct founds {
	struct found *v;
	size_t n, cap;
};
void founds_release(struct founds *f);
/* takes with */
void founds_add(struct founds *f, enum span_kind kind, size_t at, size_t n,
    char *with);
/* By place, the longer first. */
void founds_sort(struct founds *f);

/* What dates in a text are told by: days to move, and a day near it. */
struct date_frame {
	int32_t moved, near;
};
void find_dates(const char *text, const struct date_frame *fr,
    struct founds *out);
/* Whole days of a text, as day numbers: how many there are up to max. */
size_t find_days(const char *text, int32_t *days, size_t max);
void find_numbers(const char *text, struct founds *out);
void find_online(const char *text, struct founds *out);
void find_places(const struct letters *ls, struct founds *out);

/* near: a day from which dates without a year are read; DAY_NONE: the case's. */
void deident_replace(const struct deident *d, const struct needles *ns,
    int32_t near, const char *text, struct str *out);
/*
 * Spans of the text that are replaced; line breaks inside them part no
 * lines.  The caller releases.
 */
void deident_founds(const struct deident *d, const struct needles *ns,
    int32_t near, const char *text, struct founds *out);
size_t doubts_with(const struct deident *d, const struct needles *ns,
    const char *text, struct doubt_found **out);

/* ---- the case ---- */

/* Fills d->idents. */
void deident_find(struct deident *d, const struct roster *roster,
    const struct rng *rng);
/* A letter that begins none of the child's names; not A, I or O. */
char deident_letter(const struct deident *d, const struct rng *rng);
/* Numbers stand-ins of which there are several. */
void deident_tell_apart(struct deident *d);
/* A number below n from rng, each as likely. */
unsigned rng_below(const struct rng *rng, unsigned n);
/* Makes the lines, without proposals. */
void deident_make_lines(struct deident *d);
/* Proposes every line anew. */
void deident_propose(struct deident *d);
void deident_line_free(struct deident_line *l);
/* Doubts of line i in what would be told now. */
void deident_line_doubts(struct deident *d, const struct needles *ns,
    size_t i);
/* The day an entry speaks of: its last, or when it was written. */
int32_t deident_day(const struct record *r);
struct span deident_move(const struct span *on, int32_t moved);
/* Stages under way: any number, the texts of each still growing. */
struct stages {
	struct study_stage *v;
	size_t n, cap;
};
/* A stage for each day and agency, joined to as many as a study has. */
void deident_gather(const struct deident *d, struct stages *out);
/* What would be told of a line; NULL when it is left out. */
const char *deident_told(const struct deident_line *l);
/* True if a field is told line by line. */
bool deident_is_told(const struct kind *k, const struct field *f);
/* "School", "Police": an agency without its name. */
const char *deident_agency(const char *agency);
/* Appends an ident; nothing when the text has no letters. */
struct ident *deident_put(struct deident *d, enum ident_type type,
    const char *text, size_t n, const char *instead);

#endif
