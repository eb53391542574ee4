/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/report.h"

/* The last is none: it ends the list. */
static const struct report_def reports[] = {
#define REPORT(id, name, title, help, maker, flags) \
	{name, title, help, maker, ((flags) & REPORT_PUBLISHED) != 0, \
	    ((flags) & REPORT_PERSONAL) != 0, \
	    ((flags) & REPORT_ROWS) != 0, ((flags) & REPORT_NO_CASES) != 0, \
	    ((flags) & REPORT_POPULATION) != 0},
#include "core/reports.def"
#undef REPORT
	{NULL, NULL, NULL, NULL, false, false, false, false, false}
};

const struct report_def *
report_all(size_t *n)
{
	*n = sizeof(reports) / sizeof(reports[0]) - 1;
	return reports;
}

const struct report_def *
report_find(const char *name)
{
	for (const struct report_def *d = reports; d->name != NULL; d++)
		if (strcmp(d->name, name) == 0)
			return d;
	return NULL;
}
