/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How something leaves the store: by one way, whoever asks.  It is made and
 * sealed in memory, its file is made new, an entry says that it left, when,
 * why and to which file, and only then are its bytes written.  Knows nothing
 * of screens; the typed confirmation is the caller's.
 *
 *	case -> bytes -> sealed -> file made -> entry -> written
 *	  leave_bytes     leave: all of it, whatever the bytes are
 *	  leave_paper
 */
#ifndef HEARKEN_EXCHANGE_LEAVE_H
#define HEARKEN_EXCHANGE_LEAVE_H

#include "core/paper.h"
#include "core/recordwords.h"
#include "core/secret.h"
#include "db/watch.h"
#include "exchange/pdf.h"

enum leave_format { LEAVE_TEXT, LEAVE_PDF, LEAVE_CSV, LEAVE_JSON };
#define LEAVE_FORMATS 4

/* "text", "pdf", "csv", "json"; and what their files end in: "txt", ... */
const char *leave_format_code(enum leave_format f);
const char *leave_format_suffix(enum leave_format f);
bool leave_format_find(const char *code, enum leave_format *out);

/*
 * "20 November 2026 at 16:00 by Ada Invented: for the conference", as a
 * paper's `made`.  Appends.
 */
void leave_made(struct str *out, const char *who, int64_t now,
    const char *reason);

/*
 * The paper as text of 80 columns or as pages; RC_USAGE for CSV and JSON.
 * Appends.  unknown as paper_pdf() has it.
 */
NODISCARD enum rc leave_paper(const struct paper *p, enum leave_format f,
    int64_t now, struct str *out, struct str *unknown, struct err *e);

/* What of a case leaves, and as what. */
enum leave_what { LEAVE_CASE, LEAVE_CHRONOLOGY, LEAVE_ENTRY };
struct leave_order {
	enum leave_what what;
	const struct record *record;	/* of LEAVE_ENTRY; borrowed */
	enum leave_format format;
	const char *made;		/* of leave_made(); for papers */
	int64_t now;
};
/* "the whole case", "the chronology", "Referral, 4 March 2026".  Appends. */
void leave_words(const struct leave_order *o, struct str *out);
/* The name of a member: "case.csv", "referral.pdf".  Appends. */
void leave_name(const struct leave_order *o, struct str *out);
/*
 * Makes the bytes: a paper as text or pages; or one row, one object, for each
 * entry (of LEAVE_ENTRY that one and what was written to it).  g->c is
 * settled.  Appends.
 */
NODISCARD enum rc leave_bytes(const struct store *s, const struct reading *g,
    const struct leave_order *o, struct str *out, struct str *unknown,
    struct err *e);

/*
 * Shuts n members with the password: a PDF that is alone as a PDF that asks
 * for it, all else as one archive.  Appends the bytes.
 */
NODISCARD enum rc leave_seal(const struct archive_member *m, size_t n,
    const struct secret *password, int64_t now, struct str *out,
    struct err *e);
/* What a sealed file of these ends in: "pdf" or "zip". */
const char *leave_sealed_suffix(const struct archive_member *m, size_t n);

struct leaving {
	const struct case_id *case_id;
	const char *what;	/* "the chronology"; part of the entry */
	const char *reason;	/* at least ten letters, kept in the entry */
	const char *path;	/* of the new file */
	const struct secret *password;	/* NULL: one member, as it is */
	int64_t now;
};

/* RC_INPUT unless the reason says something; to be asked before anything. */
NODISCARD enum rc leave_reason_check(const char *reason, struct err *e);

/*
 * Lets n members leave.  When this returns RC_OK they are on the disk at
 * path, mode 0600, and an entry says so; else there is no file of that name
 * unless there was one before (RC_EXISTS), and at most the entry.  The right
 * to take something out is checked (RC_REFUSED); whether the case may be
 * opened at all is the caller's to ask first (store_door).
 */
NODISCARD enum rc leave(struct store *s, const struct leaving *l,
    const struct archive_member *m, size_t n, struct err *e);

#endif
