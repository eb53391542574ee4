/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The settings of a store: one table, settings.def.  What a store says is
 * read by db/setting.h; this knows the names, the limits and what is usual.
 */
#ifndef HEARKEN_CORE_SETTINGS_H
#define HEARKEN_CORE_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"

enum store_setting {
#define SETTING(id, name, usual, least, most, help) SETTING_##id,
#include "core/settings.def"
#undef SETTING
	SETTING_COUNT
};

struct setting_def {
	const char *name;	/* "backup-days" */
	int64_t usual, least, most;
	const char *help;	/* one sentence */
};

const struct setting_def *setting_def(enum store_setting which);
/* RC_NOTFOUND names those that there are. */
NODISCARD enum rc setting_find(const char *name, enum store_setting *out,
    struct err *e);
/* Reads a whole number within the limits; RC_INPUT says which they are. */
NODISCARD enum rc setting_parse(enum store_setting which, const char *text,
    int64_t *out, struct err *e);

#endif
