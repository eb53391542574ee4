/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>

#include "cli/print.h"
#include "cli/unlock.h"
#include "db/setting.h"

static enum rc setting_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_setting = {
	.name = "setting",
	.usage = "STORE [NAME [VALUE]]",
	.summary = "show or change what holds for everyone",
	.help = "Without NAME, lists the settings of the store, what they are "
	    "and what is usual. With NAME, shows one; with VALUE, sets it for "
	    "everyone who uses the store. Supervisors and administrators may "
	    "do that, and who did it when stays to be seen.",
	.options = (const struct option_def[]){
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 1,
	.max_args = 3,
	.paths = "w-",
	.run = setting_run,
};

static enum rc
say_one(struct store *s, enum store_setting which, struct err *e)
{
	const struct setting_def *d = setting_def(which);
	int64_t value;
	enum rc rc = store_setting_int(s, which, &value, e);

	if (rc == RC_OK)
		say("%-18s%5" PRId64 "  %s Usual: %" PRId64 ".\n", d->name,
		    value, d->help, d->usual);
	return rc;
}

static enum rc
say_all(struct store *s, struct err *e)
{
	enum rc rc = RC_OK;

	for (int i = 0; i < SETTING_COUNT && rc == RC_OK; i++)
		rc = say_one(s, (enum store_setting)i, e);
	return rc;
}

static enum rc
set_one(struct store *s, const struct call *c, enum store_setting which,
    struct err *e)
{
	int64_t value;
	enum rc rc;

	if (c->nargs < 3)
		return say_one(s, which, e);
	rc = setting_parse(which, c->args[2], &value, e);
	if (rc == RC_OK)
		rc = store_setting_set(s, which, value, e);
	return rc == RC_OK ? say_one(s, which, e) : rc;
}

static enum rc
setting_run(const struct call *c, bool *attention, struct err *e)
{
	enum store_setting which = SETTING_COUNT;
	struct store *s = NULL;
	enum rc rc = RC_OK;

	(void)attention;
	if (c->nargs > 1)
		rc = setting_find(c->args[1], &which, e);
	if (rc == RC_OK)
		rc = unlock_store(c, c->args[0], &s, e);
	if (rc == RC_OK)
		rc = which == SETTING_COUNT ? say_all(s, e) :
		    set_one(s, c, which, e);
	store_close(s);
	return rc;
}
