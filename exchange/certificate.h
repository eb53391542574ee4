/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The certificate of a disposal: a page of plain text, the only place where
 * the reference of the case is still named.  Its file is made before the case
 * goes, so that a full disk or a name that is taken is told in time, and is
 * never over an existing one.
 */
#ifndef HEARKEN_EXCHANGE_CERTIFICATE_H
#define HEARKEN_EXCHANGE_CERTIFICATE_H

#include "core/str.h"
#include "db/dispose.h"

struct certificate;

/* Appends the page; store is what people call the store. */
void certificate_text(const struct disposal *d, const char *store,
    struct str *out);

/* Makes the file, mode 0600, with room for the page; path is copied. */
NODISCARD enum rc certificate_new(const char *path, struct certificate **out,
    struct err *e);
/* Writes the page and brings it onto the disk. */
NODISCARD enum rc certificate_write(struct certificate *c, const char *text,
    size_t n, struct err *e);
/* Removes the file unless the page was written.  NULL is harmless. */
void certificate_free(struct certificate *c);

#endif
