/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the screens of bundles read and what they may ask for: as the
 * functions of exchange/bundle.h and db/bundles.h, so that a test needs no
 * store.
 */
#ifndef HEARKEN_TUI_BUNDLES_H
#define HEARKEN_TUI_BUNDLES_H

#include "core/str.h"
#include "exchange/bundle.h"

struct session;

struct bundle_sink {
	store_bundle_fn fn;
	void *ctx;
};

/* Who is told how far a long step is; false stops it. */
struct bundle_watch {
	store_progress_fn fn;
	void *ctx;
	const unsigned char *seen;	/* hash of what was confirmed */
};

/* Takes back what a bundle of ours brought. */
struct bundle_recall {
	const struct bundle_id *id;
	const struct case_id *cases;	/* in which it was sent */
	size_t ncases;
	const char *ask;	/* a code of the kind "bundle-recall" */
	const char *reason;
};

struct bundle_source_ops {
	/* Newest first. */
	enum rc (*each)(void *ctx, enum bundle_side side,
	    const struct bundle_sink *to, struct err *e);
	enum rc (*look)(void *ctx, const char *path,
	    struct bundle_report *out, struct err *e);
	enum rc (*open)(void *ctx, const char *path,
	    const struct bundle_watch *watch, struct bundle_report *out,
	    struct err *e);
	void (*release)(struct bundle_report *r);
	enum rc (*make)(void *ctx, const struct bundle_order *o,
	    struct bundle_made *out, struct err *e);
	/* *n: in how many cases it was written. */
	enum rc (*recall)(void *ctx, const struct bundle_recall *r,
	    size_t *n, struct err *e);
	/* Somebody elsewhere by name, "name (agency)" where two share it. */
	enum rc (*find)(void *ctx, const char *name, struct author_id *key,
	    struct err *e);
	/* RC_OK if this run reaches the file, or may make one there. */
	enum rc (*may_read)(void *ctx, const char *path, struct err *e);
	enum rc (*may_make)(void *ctx, const char *path, struct err *e);
	/* The i-th path that begins with text; false after the last. */
	bool (*complete)(void *ctx, const char *text, size_t i,
	    struct str *out);
	/* "K-0142  Ada Invented"; nothing for a case that is not for them. */
	void (*case_words)(void *ctx, const struct case_id *id,
	    struct str *out);
	/* The role writes what a bundle that leaves needs. */
	bool (*may_send)(void *ctx);
	int64_t (*now)(void *ctx);	/* UTC ms */
};

struct bundle_source {
	const struct bundle_source_ops *ops;
	void *ctx;
};

/* The session's store.  Borrows s. */
struct bundle_source bundle_source_store(struct session *s);

/* The first 8 hex digits of a bundle's id: what people call it. */
#define BUNDLE_SHORT_MAX 9
void bundle_short(const struct bundle_id *id, char out[BUNDLE_SHORT_MAX]);

#endif
