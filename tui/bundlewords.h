/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands in a bundle, in words: before it is taken in, and after.  Pure.
 */
#ifndef HEARKEN_TUI_BUNDLEWORDS_H
#define HEARKEN_TUI_BUNDLEWORDS_H

#include "core/str.h"
#include "exchange/bundle.h"

/* What bundle_look() told; nothing was taken in. */
void bundle_seen_words(const struct bundle_report *r, struct str *out);
/* What bundle_open() did, and what to do next. */
void bundle_taken_words(const struct bundle_report *r, struct str *out);
/* A file's name out of any name: all but letters and digits is a dash. */
void bundle_file_name(const char *name, const char *ending, struct str *out);

#endif
