/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/settings.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"

static const struct setting_def defs[SETTING_COUNT] = {
#define SETTING(id, name, usual, least, most, help) \
	[SETTING_##id] = {name, usual, least, most, help},
#include "core/settings.def"
#undef SETTING
};

const struct setting_def *
setting_def(enum store_setting which)
{
	return &defs[which];
}

static enum rc
no_such(const char *name, struct err *e)
{
	struct str names;
	enum rc rc;

	str_init(&names);
	for (size_t i = 0; i < SETTING_COUNT; i++)
		str_add_fmt(&names, "%s%s", i == 0 ? "" : i + 1 < SETTING_COUNT ?
		    ", " : " and ", defs[i].name);
	rc = err_set(e, RC_NOTFOUND, "there is no setting \"%s\"; there are "
	    "%s", name, names.s);
	str_release(&names);
	return rc;
}

enum rc
setting_find(const char *name, enum store_setting *out, struct err *e)
{
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		if (strcmp(defs[i].name, name) == 0) {
			*out = (enum store_setting)i;
			return RC_OK;
		}
	}
	return no_such(name, e);
}

enum rc
setting_parse(enum store_setting which, const char *text, int64_t *out,
    struct err *e)
{
	const struct setting_def *d = &defs[which];
	char *end;
	long long n;

	errno = 0;
	n = strtoll(text, &end, 10);
	if (end == text || *end != '\0' || errno != 0 || n < d->least ||
	    n > d->most)
		return err_set(e, RC_INPUT, "%s takes a whole number from %"
		    PRId64 " to %" PRId64 ", not \"%s\"", d->name, d->least,
		    d->most, text);
	*out = n;
	return RC_OK;
}
