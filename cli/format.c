/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/format.h"

#include <string.h>

enum rc
format_read(const struct call *c, enum format *out, struct err *e)
{
	static const char *const names[] = {"text", "csv", "json"};
	const char *name = call_option(c, "format");

	*out = call_option(c, "json") != NULL ? FORMAT_JSON : FORMAT_TEXT;
	if (name == NULL)
		return RC_OK;
	for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], name) != 0)
			continue;
		*out = (enum format)i;
		return RC_OK;
	}
	return err_set(e, RC_USAGE, "--format is text, csv or json, not "
	    "\"%s\"", name);
}
