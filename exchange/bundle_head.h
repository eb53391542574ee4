/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The head of a bundle as canonical JSON and back: from whom, for whom, what,
 * why, until when.  Strict: each field is there once, in its limits, and no
 * other is; the text is the one that would be written here.  Pure.
 */
#ifndef HEARKEN_EXCHANGE_BUNDLE_HEAD_H
#define HEARKEN_EXCHANGE_BUNDLE_HEAD_H

#include "exchange/bundle.h"

#define BUNDLE_HEAD_MAX (256u << 10)	/* bytes of it as text */
#define BUNDLE_NAME_MAX 200
#define BUNDLE_WHAT_MAX 500
#define BUNDLE_PURPOSE_MAX 2000

/* Returns owned the text; NULL when memory runs out. */
char *bundle_head_write(const struct bundle_head *h);
/* *out is released by the caller when RC_OK. */
NODISCARD enum rc bundle_head_read(const char *text, size_t n,
    struct bundle_head *out, struct err *e);
/* True if it is a code of sharing_bases by which something may be shared. */
bool bundle_basis_known(const char *code);

#endif
