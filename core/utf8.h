/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * UTF-8 text as people see it: validity, grapheme clusters, columns, line
 * breaks, and the one filter through which stored text goes on its way to a
 * terminal.  Rests on libunistring; knows nothing of cells or files.
 */
#ifndef HEARKEN_CORE_UTF8_H
#define HEARKEN_CORE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/str.h"

/* True if all n bytes are valid UTF-8; else *bad_at (may be NULL) is the offset. */
bool utf8_valid(const char *s, size_t n, size_t *bad_at);

/*
 * Decodes one character; returns its bytes, or 0 (and *cp 0) if n is 0 or it
 * is invalid.
 */
size_t utf8_decode(const char *s, size_t n, uint32_t *cp);

/*
 * Bytes of a text to quote with "%.*s": all of s, or at most n that cut no
 * character in half.
 */
int utf8_cut(const char *s, int n);

/*
 * Bytes of the grapheme cluster at s (at least 1 while n > 0); *width (may be
 * NULL) is the columns it takes as shown by utf8_visible: 1 or 2, more where
 * a code like <U+202E> is shown, 0 for a newline, 1 for a tab.  A control,
 * a character shown as a code and an invalid byte are clusters of their own.
 */
size_t utf8_cluster(const char *s, size_t n, int *width);
/*
 * Bytes of the cluster that ends at s + at; 0 when at is 0.  Agrees with a walk
 * from s by utf8_cluster.
 */
size_t utf8_cluster_before(const char *s, size_t at);

/* Columns of n bytes: the sum of the widths of its clusters. */
int utf8_columns(const char *s, size_t n);

/*
 * Appends s to out so that a terminal can only show it: C0 and DEL become
 * their control pictures, C1, bidi controls, zero-width and other format
 * characters become a symbol and code like <U+202E>, invalid bytes <9B>.
 * Joiners that a script needs (ZWJ and ZWNJ after a letter or an emoji) stay.
 * Newline and tab become pictures too unless `lines` is true: then they stay.
 * A mark without a base stands on a dotted circle, and of the marks on one
 * base the first 32 are shown.  Whatever the bytes of s, out is valid UTF-8,
 * and showing it once more changes nothing.
 */
void utf8_visible(struct str *out, const char *s, size_t n, bool lines);

/* As utf8_visible on one line, cut to `columns` with an ellipsis if longer. */
void utf8_fit(struct str *out, const char *s, size_t n, int columns);

/*
 * Where to break s into lines of at most `columns`: returns the bytes of the
 * first line (its newline included), by the Unicode line-break rules, a word
 * longer than the line cut between clusters.  Spaces at the end of the line
 * belong to it and do not count as columns.  At least 1 while n > 0.
 */
size_t utf8_wrap(const char *s, size_t n, int columns);

/*
 * Appends a key for comparing names: NFKD, case folded, marks and
 * apostrophes, hyphens and spaces dropped.  "Zoë O'Brien" -> "zoeobrien".
 * Invalid bytes become U+FFFD.
 */
void utf8_fold(struct str *out, const char *s, size_t n);
/* True if both have the same key. */
bool utf8_same_folded(const char *a, const char *b);

#endif
