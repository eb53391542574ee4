/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A paper as pages, and what leaves the store shut with a password.  All of
 * it happens in memory; nothing is on a disk before the caller writes it.
 * What these write says nothing of the user or the machine.
 */
#ifndef HEARKEN_EXCHANGE_PDF_H
#define HEARKEN_EXCHANGE_PDF_H

#include "core/clock.h"
#include "core/paper.h"
#include "core/secret.h"

/*
 * Pages of A4: title and reference, classification and "page n of m" on each,
 * fonts embedded, any script.  Appends the bytes of the PDF: the same for the
 * same paper, moment and fonts.  Characters that no font of the machine has
 * are named at the end of the paper and, when unknown is not NULL, appended
 * to it, as in "U+738B, U+5C0F": say so.  RC_NOTFOUND when there are no fonts.
 */
NODISCARD enum rc paper_pdf(const struct paper *p, int64_t now,
    struct str *out, struct str *unknown, struct err *e);

/*
 * The PDF encrypted in AES-256 under the password, in place of what it was.
 * Here and below a NUL is put behind the password, in room that it has.
 */
NODISCARD enum rc pdf_seal(struct str *pdf, const struct secret *password,
    struct err *e);

/* A file in an archive; borrowed. */
struct archive_member {
	const char *name;	/* without folders */
	const char *bytes;
	size_t n;
};
/*
 * A ZIP of them in AES-256 (as 7-Zip writes it): names and sizes can be read
 * without the password.  Appends its bytes.
 */
NODISCARD enum rc archive_seal(const struct archive_member *m, size_t n,
    const struct secret *password, int64_t now, struct str *out,
    struct err *e);

/* Each library and its version, for `hearken --version --verbose`. */
const char *pdf_pango(void);
const char *pdf_cairo(void);
const char *pdf_seal_library(void);
const char *archive_library(void);

/*
 * A password for what leaves: over 120 random bits in five groups of five
 * that are read over a telephone (no 0 and o, no 1, i and l), NUL after them.
 */
NODISCARD enum rc leaving_password(const struct rng *rng, struct secret *out,
    struct err *e);
/* RC_INPUT unless it has 12 characters that a reader's keyboard may have. */
NODISCARD enum rc leaving_password_check(const struct secret *password,
    struct err *e);

#endif
