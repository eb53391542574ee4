/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a store says of the settings (core/settings.def).
 */
#ifndef HEARKEN_DB_SETTING_H
#define HEARKEN_DB_SETTING_H

#include "core/settings.h"
#include "db/store.h"

/* The newest value that somebody gave who may; else what is usual. */
NODISCARD enum rc store_setting_int(struct store *s, enum store_setting which,
    int64_t *value, struct err *e);
/* The same for showing: what is usual when it cannot be read. */
int64_t store_setting_or_usual(struct store *s, enum store_setting which);
/*
 * Sets it for everyone, as an entry.  RC_REFUSED unless the role may,
 * RC_INPUT outside the limits.
 */
NODISCARD enum rc store_setting_set(struct store *s, enum store_setting which,
    int64_t value, struct err *e);

#endif
