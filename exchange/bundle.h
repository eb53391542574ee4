/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bundles: cases sealed for people of other stores, in one file.
 *
 *	16	"hearken bundle\0\1": the last byte is the version
 *	 2	number of slots, little-endian: a multiple of 8, at most 48
 *	80 each	the file key sealed to a recipient's X25519 key
 *		(crypto_box_seal); the others are sealed to keys that nobody
 *		has, for random bytes would be told from public keys
 *	24	header of crypto_secretstream_xchacha20poly1305
 *	...	chunks: 64 KiB of plain bytes and 17 of the cipher each; all but
 *		the last are full, the last has the tag "final"; everything
 *		before the first chunk is its associated data
 *
 * In the plain bytes, one record behind the other, each type (1 byte), length
 * (4, little-endian) and content:
 *
 *	1 head		canonical JSON: struct bundle_head
 *	2 people	canonical JSON: store_introductions(), one store a record
 *	3 entry		exchange/bundle_entry.h
 *	4 proof		the same
 *	5 end		the sender's signature over BLAKE2b-256 of all before it
 *	behind it	zeros, so that the size tells little (Padme): at least
 *			one full chunk
 *
 * Signed first, then encrypted, with the whole list of recipients inside what
 * is signed: nobody can seal it on to somebody else in the sender's name.
 * Nothing readable is outside, not even for how many it is.  Both ways stream.
 */
#ifndef HEARKEN_EXCHANGE_BUNDLE_H
#define HEARKEN_EXCHANGE_BUNDLE_H

#include "db/bundles.h"
#include "db/unite.h"

#define BUNDLE_VERSION 1
#define BUNDLE_PEOPLE_MAX 48
#define BUNDLE_CASES_MAX 20000
#define BUNDLE_DAYS 28		/* usual time in which it is to be opened */
#define BUNDLE_DAYS_MAX 366

struct bundle_person {
	struct author_id key;
	char *name;		/* owned */
	uint64_t sequence;	/* of this bundle among those to them */
	struct bundle_id previous;	/* zeros for the first */
};

struct bundle_head {
	struct bundle_id id;
	int64_t made;		/* UTC ms */
	struct author_id from;
	char *from_name;	/* as the sender's store has it */
	unsigned char store[16], root[32];
	struct author_id founder;
	struct bundle_person *to;
	size_t nto;
	char *selection;	/* "all", "part", "receipt" */
	char *what;		/* the filter of a part, or "" */
	char *purpose, *basis;
	int32_t expires;
	uint64_t cases, entries;	/* in it, as the sender counted */
	bool training;		/* out of a store made for training */
};
void bundle_head_release(struct bundle_head *h);

/* ---- making ---- */

struct bundle_order {
	const struct case_id *cases;
	size_t ncases;
	const struct author_id *to;	/* of people whose cards are known */
	size_t nto;
	const char *only;	/* a filter of the chronology; NULL: all */
	bool receipts;		/* only receipts, which ask for none */
	const char *purpose, *basis;	/* a sentence; a code of sharing_bases */
	int32_t expires;	/* DAY_NONE: in BUNDLE_DAYS */
	const char *path;	/* of the new file */
	/* Folder of content, for exchange/receiptclock.h; NULL: none. */
	const char *content;
	int64_t now;
	store_progress_fn progress;	/* may be NULL */
	void *progress_ctx;
};
struct bundle_made {
	struct bundle_id id;
	uint64_t entries, bytes;
	size_t cases, people;
};
/*
 * The file is written with the entries that say so while these can still be
 * taken back, and gets its name once they are on the disk: mode 0600, whole
 * and synced, never over another.  After a failure there is no file, and no
 * entry that says there was, or each of them is struck.  RC_REFUSED when a case is
 * restricted and one of the people is not named in it.
 */
NODISCARD enum rc bundle_make(struct store *s, const struct bundle_order *o,
    struct bundle_made *out, struct err *e);

/* ---- looking ---- */

/* What can be told without any key. */
struct bundle_outside {
	unsigned version;
	uint64_t bytes;
	bool whole;		/* its size is one that a whole bundle has */
};
NODISCARD enum rc bundle_inspect(const char *path,
    struct bundle_outside *out, struct err *e);

/* What stands in it, and what taking it in would do or did. */
struct bundle_report {
	struct bundle_head head;
	struct bundle_known known;
	struct unite_sum sum;
	char *sender;		/* as known here: "Ada Invented (School)" */
	char *file;		/* the name without its folder */
	struct case_id *cases;	/* owned */
	size_t ncases;
	bool recalls;		/* it takes an earlier one back */
	unsigned char hash[32];	/* of all that its sender signed */
};
void bundle_report_release(struct bundle_report *r);

/*
 * Reads all of it, checks every hash, proof and the signature, and works out
 * what would be added; the store is not changed.  Each fault has its own
 * message and code: not a bundle, a newer version, cut short, changed, parts
 * in another order, not sealed to whoever unlocked the store, from somebody
 * whose card is not known, expired, taken in before (RC_EXISTS), a folder,
 * a link, a pipe, larger than it says.
 */
NODISCARD enum rc bundle_look(struct store *s, const char *path,
    const struct clock *clock, struct bundle_report *out, struct err *e);
/* The same, and takes it in: all of it, or the store is as it was. */
NODISCARD enum rc bundle_open(struct store *s, const char *path,
    const struct clock *clock, store_progress_fn progress, void *ctx,
    struct bundle_report *out, struct err *e);
/*
 * The same, but RC_REFUSED unless it is the bundle with this hash, which a
 * person looked into and confirmed: a stick may be another by then.
 */
NODISCARD enum rc bundle_open_seen(struct store *s, const char *path,
    const struct clock *clock, store_progress_fn progress, void *ctx,
    const unsigned char hash[32], struct bundle_report *out, struct err *e);

#endif
