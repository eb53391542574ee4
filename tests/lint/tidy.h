/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Included first by clang-tidy alone.  The analyser sees one file at a time
 * and so cannot know that these functions return the code they are given;
 * without that it follows paths where an error was reported and RC_OK came
 * back.
 */
#ifndef HEARKEN_TESTS_LINT_TIDY_H
#define HEARKEN_TESTS_LINT_TIDY_H

#include "config.h"

#include "core/err.h"

#define err_set(e, rc, ...) (err_set(e, rc, __VA_ARGS__), (rc))
#define err_setv(e, rc, fmt, ap) (err_setv(e, rc, fmt, ap), (rc))
#define err_sys(e, ...) nonzero(err_sys(e, __VA_ARGS__))

static inline enum rc
nonzero(enum rc rc)
{
	return rc == RC_OK ? RC_SYSTEM : rc;
}

#endif
