/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a store was made for.  The roster knows it from the register alone, so
 * no program says otherwise.
 */
#include "config.h"

#include "db/impl.h"
#include "db/sessions.h"

bool
store_training(const struct store *s)
{
	return s->roster.training;
}

enum rc
store_need_training(const struct store *s, const char *what, struct err *e)
{
	if (store_training(s))
		return RC_OK;
	return err_set(e, RC_REFUSED, "%s: %s is for a store made for "
	    "training, and this one is for real cases; make one with hearken "
	    "init STORE --training", s->path, what);
}
