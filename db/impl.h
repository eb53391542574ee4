/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files of db/ share: the inside of struct store and the steps that
 * one file asks of another.  Nothing outside db/ includes it but the tests
 * that tamper with a store.
 */
#ifndef HEARKEN_DB_IMPL_H
#define HEARKEN_DB_IMPL_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "core/disposals.h"
#include "core/oversight.h"
#include "core/seal.h"
#include "core/str.h"
#include "db/header.h"
#include "db/heads.h"
#include "db/slot.h"
#include "db/stmt.h"
#include "db/store.h"

#define SCHEMA_VERSION 4
#define REGISTER_BOOK 1		/* statements say so too */
#define APPLICATION_ID 0x4852 * 65536 + 0x4b4e	/* "HRKN" */

/* Where an author's chain stands. */
struct chain {
	uint64_t n;
	int64_t at;
	struct entry_id head;
};

/* Rows of cases that a transaction has written to, one bit each. */
struct touched {
	uint64_t *words;
	size_t nwords;
	bool reg;		/* something that is kept of the register */
};

struct store {
	char *path;
	char *beside;		/* where it lies until it is whole, or NULL */
	char *user;
	struct header header;
	struct keys *keys;
	size_t slot;
	struct author_id author;
	int64_t author_row;
	const struct clock *clock;
	const struct rng *rng;
	struct kdf_cost kdf;	/* of new passphrases */

	sqlite3 *db;
	sqlite3_stmt *stmts[STMT_COUNT];
	struct author_id *authors;	/* by row - 1 */
	size_t nauthors, capauthors;

	struct roster roster;
	struct disposals disposals;
	struct instrument **instruments;	/* only ever grows */
	size_t ninstruments, capinstruments;
	size_t chosen;		/* the default, or SIZE_MAX */
	unsigned second_look;	/* the setting: one in so many */
	int32_t day;		/* for which the case list is projected */
	int64_t zone, zone_here;	/* zone_print() of it, and of now */

	struct chain chain;
	struct chain before;	/* at the begin of the transaction */
	struct touched touched;
	size_t authors_before;
	bool in_tx;
	bool in_bulk;
	bool unsure;		/* memory may be behind the file */
	int64_t *broken;	/* restricted cases opened with a reason */
	size_t nbroken, capbroken;
	bool is_copy;		/* as store_opts says */
	char reminder[128];	/* of store_backup_reminder() */
	bool torn;		/* a free page may be half written */
	int64_t not_before;	/* of the next entries: they answer another */
	const struct root_key *root;	/* grants what is written; else NULL */
	bool may_register;	/* founding or adopting: register kinds pass */
	uint64_t added;		/* entries in this transaction */
	uint64_t sealed;	/* the last of them that has a seal */
	uint64_t conflicts;	/* of projected cases that one may see */
	struct case_id last_case;	/* of last_book, to spare a search */
	int64_t last_book;	/* 0: none */

	char *state_dir;	/* where heads are remembered, or NULL */
	struct heads_verdict heads;
	struct {
		uint64_t entries, generation;
		unsigned char place[32];
	} kept;			/* what is remembered, in short */
	bool looked;		/* heads were compared */
	bool away;		/* not where the first heads were remembered */

	char notice[1280];
	dev_t dev;
	ino_t ino;
	struct store *next;	/* the stores that this process has open */
};

/* schema.c */
NODISCARD enum rc schema_settings(struct store *s, struct err *e);
NODISCARD enum rc schema_create(struct store *s, struct err *e);
/* The table of a later format than the first, for a store that has none. */
NODISCARD enum rc schema_vouches(struct store *s, struct err *e);
/* The tables that are made anew from the others. */
NODISCARD enum rc schema_projections(struct store *s, struct err *e);
NODISCARD enum rc schema_check(struct store *s, struct err *e);
/*
 * RC_TAMPERED when the file has a table, an index, a view or a trigger of
 * somebody else's: what a trigger does, it does with the hands of whoever
 * opens the store.
 */
NODISCARD enum rc schema_only_ours(struct store *s, struct err *e);
NODISCARD enum rc meta_get_int(struct store *s, const char *key,
    int64_t *value, struct err *e);
NODISCARD enum rc meta_set_int(struct store *s, const char *key,
    int64_t value, struct err *e);

/*
 * header_change.c: writes next in place of the store's header, generation
 * one more, and tells the database of it.  RC_OK when next stands on the
 * disk, in one synced copy at least; s->header follows what stands, whatever
 * is returned.  After a failure that is the old header, or, on a disk that
 * fails for good, what the next open finds: one of the two, whole.
 */
NODISCARD enum rc header_change(struct store *s, const struct header *next,
    struct err *e);

/*
 * rekey.c: store_rekey with more in the same step.  header alters the new
 * file's header before the new master key is granted (a slot taken away);
 * entries adds to the transaction that writes the entry "rekey" in the new
 * file.  Either may be NULL.  Nothing of it is in the old file.
 */
struct rekey_plan {
	const char *cipher;	/* NULL: the same */
	const char *reason;
	enum rc (*header)(struct header *h, void *ctx, struct err *e);
	enum rc (*entries)(struct store *s, void *ctx, struct err *e);
	void *ctx;		/* of both */
	store_progress_fn fn;
	void *fn_ctx;
};
NODISCARD enum rc rekey_with(struct store *s, const struct rekey_plan *plan,
    struct err *e);

/* tx.c: one transaction, one seal */
NODISCARD enum rc tx_begin(struct store *s, struct err *e);
/* Seals the chain where it stands, unless it has a seal there. */
NODISCARD enum rc tx_seal_here(struct store *s, struct err *e);
/* Seals what was added, projects the touched cases and commits. */
NODISCARD enum rc tx_seal(struct store *s, struct err *e);
/* Projects the cases touched so far; further entries touch them anew. */
NODISCARD enum rc tx_project(struct store *s, struct err *e);
/* Rolls back; the chain in memory stands where it stood before. */
void tx_undo(struct store *s);
NODISCARD enum rc touch_book(struct store *s, int64_t book, struct err *e);

/*
 * touch_rights.c: marks the cases in which people elsewhere wrote whose
 * rights are not those of before.
 */
NODISCARD enum rc touch_rights(struct store *s, const struct roster *old,
    const struct roster *now, struct err *e);

/* append.c: one draft inside a transaction */
NODISCARD enum rc append_draft(struct store *s,
    const struct entry_draft *draft, struct entry_id *id, struct err *e);
/*
 * n drafts inside a transaction, with a seal wherever a bundle may part them:
 * where the next is of another case, and behind what not everybody may write,
 * which nobody else could vouch for (db/carry.h).  The last is left to
 * tx_seal.  ids may be NULL.
 */
NODISCARD enum rc append_drafts(struct store *s,
    const struct entry_draft *drafts, size_t n, struct entry_id *ids,
    struct err *e);
NODISCARD enum rc book_find(struct store *s, const struct case_id *id,
    int64_t *book, struct err *e);
/* The same, and makes it when there is none; in a transaction. */
NODISCARD enum rc book_for(struct store *s, const struct case_id *id,
    int64_t *book, struct err *e);
/* A row of the table of entries, as it is; no projection is made. */
NODISCARD enum rc entry_insert(struct store *s, int64_t book, int64_t author,
    const struct entry *en, struct err *e);

/* freepages.c: rewrites all free pages, of which one may be half written */
NODISCARD enum rc free_mend(struct store *s, struct err *e);
void free_mend_if_torn(struct store *s);
/* True if an open of path will have something to roll back. */
bool journal_is_hot(const char *path);

/* rows.c: entries out of rows of the ENTRY_ statements */
struct entry_row {
	int64_t row, book;
	int64_t author_row;
	struct entry entry;	/* body borrowed from the statement */
};
NODISCARD enum rc entry_row_read(struct store *s, sqlite3_stmt *st,
    struct entry_row *out, struct err *e);
/* RC_TAMPERED, with the message that says so. */
enum rc entry_row_bad(struct store *s, int64_t row, struct err *e);
NODISCARD enum rc author_load_all(struct store *s, struct err *e);
NODISCARD enum rc author_row_of(struct store *s, const struct author_id *key,
    int64_t *row, struct err *e);

/* register.c */
typedef enum rc (*register_fn)(struct store *s, const struct entry *en,
    void *ctx, struct err *e);
#define REGISTER_KINDS 7
/*
 * Calls fn with the register's entries of up to REGISTER_KINDS kinds, the
 * others NULL, in the order of time; whoever reads asks roster_allows().
 */
NODISCARD enum rc register_each(struct store *s, const char *const *kinds,
    register_fn fn, void *ctx, struct err *e);
NODISCARD enum rc register_load_roster(struct store *s, struct roster *out,
    struct err *e);
NODISCARD enum rc register_load_instruments(struct store *s, struct err *e);
/* Holds, requests and disposals, judged by the roster r. */
NODISCARD enum rc register_load_disposals(struct store *s,
    const struct roster *r, struct disposals *out, struct err *e);
/* The register's entries of one kind, settled; *out is owned. */
NODISCARD enum rc register_load_kind(struct store *s, const char *kind,
    struct casefile *out, struct err *e);
/* True if anything that is kept in memory comes from entries of this kind. */
bool register_holds_kind(const char *kind);
/* Forgets instruments loaded since there were n. */
void register_drop_instruments(struct store *s, size_t n, size_t chosen);

/* words.c: text as the index keeps it */
/* Appends the folded words of s, each followed by a space. */
void words_of_text(struct str *out, const char *s);
/* The same one at a time: bytes from..to of s, and as the index has it. */
struct word_walk {
	const char *s;
	size_t n, at;
	size_t from, to;
	struct str folded;	/* the caller's to init and release */
};
bool word_next(struct word_walk *w);
/* What a searched field says of its case. */
enum word_class { WORDS_TEXT, WORDS_NAME, WORDS_REFERENCE };
enum word_class words_class(const struct kind *k, const struct field *f);
/* True if a kind has fields that are indexed with a mark as well. */
bool words_marked(const struct kind *k);
/* Stand before the words of names and references, as terms of their own. */
#define WORD_MARK_REFERENCE "\xee\x80\x80"
#define WORD_MARK_NAME "\xee\x80\x81"
/* Appends the words of the searched fields of a body. */
void words_of_body(struct str *out, const struct kind *k,
    const json_t *body);
/*
 * The same of a body as it is written, without parsing it as JSON.  False,
 * and nothing appended, unless it is an object of plain texts (core/lean.h)
 * and of a kind without marks.
 */
bool words_of_plain(struct str *out, const struct kind *k, const char *body);

/* setting.c: the settings that projections are made by */
NODISCARD enum rc settings_load(struct store *s, struct err *e);

/* project.c */
NODISCARD enum rc project_entry(struct store *s, int64_t row, int64_t book,
    const struct entry *en, const json_t *body, struct err *e);
/* The same of the entry's own text; one that is no JSON gives no words. */
NODISCARD enum rc project_text(struct store *s, int64_t row, int64_t book,
    const struct entry *en, struct err *e);
NODISCARD enum rc project_book(struct store *s, int64_t book,
    struct err *e);
NODISCARD enum rc project_touched(struct store *s, struct err *e);
NODISCARD enum rc project_all_cases(struct store *s, struct err *e);
int64_t zone_print(void);
/* Projects anew the cases that the day or the time zone may have changed. */
NODISCARD enum rc project_day(struct store *s, struct err *e);
NODISCARD enum rc casefile_load(struct store *s, int64_t book,
    struct casefile *out, struct err *e);
/* look.c: the line of an access entry, of the author in this row */
NODISCARD enum rc project_look(struct store *s, int64_t row,
    const struct entry *en, const json_t *body, struct err *e);
#define OBSERVED_KEY_LEN 16
/* The ith field that an observation's key covers; NULL after the last. */
const char *observed_field(size_t i);
void observed_key(const struct case_id *id, const struct span *on,
    const json_t *body, unsigned char out[OBSERVED_KEY_LEN]);

/*
 * One line of the table `queue`: db/queue_line.c.  Every case has one; `why'
 * is of core/oversight.h but OVERDUE, which is of the moment of reading.
 */
struct queue_line {
	unsigned level, rules, why;
	int64_t due;		/* of what can be overdue; INT64_MAX: none */
	const char *due_rule, *due_why;	/* borrowed */
	int64_t since;
	int64_t whose;		/* row of an author, or 0 */
	struct str authors;	/* " 3 17 ": who may not review it */
	struct second_looks looks;
};
void queue_line_make(const struct store *s, const struct casefile *c,
    const struct oversight *o, unsigned rules, struct queue_line *l);
void queue_line_release(struct queue_line *l);
NODISCARD enum rc queue_line_write(struct store *s, int64_t book,
    const struct queue_line *l, struct err *e);
/* True if a row of QUEUE_ROW says the same. */
bool queue_line_equals(const struct queue_line *l, sqlite3_stmt *st);

/* One line of the case list, as it is written and compared. */
struct list_line {
	const char *reference, *name;	/* borrowed from the casefile */
	struct str reference_key, reference_words, name_words;
	struct str named;		/* keys, hex, of those it is open to */
	struct str found_by;		/* words by which others learn of it */
	struct str facets;		/* as facets_make() gives them */
	int64_t owner;			/* row of an author, or 0 */
	int32_t birth;
	unsigned level, could_be, judgement;
	unsigned vulnerabilities, signs, not_known;
	int64_t due;
	const char *due_why;
	bool lowering, conflict, screened, restricted;
	int64_t changed;
	int32_t next_change;	/* a later day on which it may differ */
	struct queue_line queue;
};
/*
 * facets.c: " kind=note area=ashby is=closed ", for the filter, on a day; the
 * next one on which they differ by the calendar alone goes to *next if it is
 * sooner.
 */
void facets_make(const struct casefile *c, const struct oversight *o,
    int32_t today, struct str *out, int32_t *next);
/* list_line.c: works one out; released with list_line_release. */
void list_line_make(const struct store *s, const struct casefile *c,
    struct list_line *l);
NODISCARD enum rc list_line_write(struct store *s, int64_t book,
    const struct list_line *l, struct err *e);
/* True if a row of LIST_ROW says the same. */
bool list_line_equals(const struct list_line *l, sqlite3_stmt *st);
void list_line_release(struct list_line *l);

/* rebuild.c: empties the projections and fills them; in a transaction */
NODISCARD enum rc rebuild_projections(struct store *s, store_progress_fn fn,
    void *ctx, struct err *e);

/* rebuild.c: every word of the index and the row that holds it */
NODISCARD enum rc words_open(struct store *s, sqlite3_stmt **st,
    struct err *e);

/* byreference.c: as store_case_by_reference, whoever asks */
NODISCARD enum rc case_by_reference(struct store *s, const char *reference,
    struct case_id *id, struct err *e);
/* book_find() of a case, with a message when there is none */
NODISCARD enum rc case_find(struct store *s, const struct case_id *id,
    int64_t *book, struct err *e);

/* case_row.c: rows for store_case_fn */
#define CASE_COLUMNS "b.case_id, l.reference, l.name, l.owner, l.birth," \
    " l.level, l.could_be, l.judgement, l.vulnerabilities, l.signs," \
    " l.not_known, l.due, l.due_why, l.lowering, l.conflict, l.screened," \
    " l.changed, instr(l.facets, ' is=flagged ') > 0," \
    " instr(l.facets, ' is=returned ') > 0"
NODISCARD enum rc case_row_read(struct store *s, sqlite3_stmt *st,
    struct case_row *out, struct err *e);

#endif
