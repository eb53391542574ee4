/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the screens of people elsewhere read and what they may ask for: as
 * the functions of db/abroad.h, so that a test needs no store.
 */
#ifndef HEARKEN_TUI_ABROAD_H
#define HEARKEN_TUI_ABROAD_H

#include "core/str.h"
#include "db/abroad.h"

struct session;

struct foreigner_sink {
	store_foreigner_fn fn;
	void *ctx;
};

struct abroad_source_ops {
	/* Carded and not ended first, by agency and name. */
	enum rc (*each)(void *ctx, const struct foreigner_sink *to,
	    struct err *e);
	/* Whoever unlocked the store may take cards in and end them. */
	bool (*may_grant)(void *ctx);
	/* The agency of one's card the last time; owned, NULL for none. */
	char *(*agency)(void *ctx);
	/* One's own card; *out is released by the caller. */
	enum rc (*mine)(void *ctx, const char *agency, struct card *out,
	    struct err *e);
	enum rc (*trust)(void *ctx, const struct card *card,
	    const char *checked, struct err *e);
	enum rc (*end)(void *ctx, const struct author_id *key,
	    const char *reason, struct err *e);
	/* A card's file. */
	enum rc (*read)(void *ctx, const char *path, struct str *out,
	    struct err *e);
	enum rc (*write)(void *ctx, const char *path, const struct str *text,
	    struct err *e);
};

struct abroad_source {
	const struct abroad_source_ops *ops;
	void *ctx;
};

/* The session's store.  Borrows s. */
struct abroad_source abroad_source_store(struct session *s);

#endif
