/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the screens of people read and what they may ask for: as the
 * functions of db/people.h and db/recovery.h, so that a test needs no store.
 */
#ifndef HEARKEN_TUI_PEOPLE_H
#define HEARKEN_TUI_PEOPLE_H

#include <stdbool.h>

#include "core/err.h"
#include "core/kinds.h"
#include "core/secret.h"
#include "db/people.h"
#include "db/recovery.h"

struct session;

struct person_sink {
	store_person_fn fn;
	void *ctx;
};

struct new_person {
	const char *name;
	enum role role;
	const struct secret *pass;
};

struct ending {
	const char *name, *reason;
	store_progress_fn progress;
	void *ctx;
};

struct people_source_ops {
	enum rc (*each)(void *ctx, const struct person_sink *to,
	    struct err *e);
	/* Whoever unlocked the store may add, change and end. */
	bool (*may_grant)(void *ctx);
	/* They may see what others have opened. */
	bool (*may_looks)(void *ctx);
	enum rc (*check)(void *ctx, const struct secret *pass,
	    struct err *e);
	enum rc (*add)(void *ctx, const struct new_person *p, struct err *e);
	enum rc (*role)(void *ctx, const char *name, enum role role,
	    struct err *e);
	enum rc (*reset)(void *ctx, const char *name,
	    const struct secret *pass, struct err *e);
	enum rc (*end)(void *ctx, const struct ending *x, struct err *e);
	enum rc (*make_code)(void *ctx, struct secret *code, struct err *e);
	enum rc (*change)(void *ctx, const struct secret *old,
	    const struct secret *fresh, struct err *e);
};

struct people_source {
	const struct people_source_ops *ops;
	void *ctx;
};

/* The session's store.  Borrows s. */
struct people_source people_source_store(struct session *s);

/* "Supervisor" for the highest of the bits; "" for none. */
const char *role_label(unsigned roles);

#endif
