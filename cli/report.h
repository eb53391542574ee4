/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What `hearken report` is made of: the words of the call, what the report
 * needs, and the report.  For cli/report*.c alone.
 */
#ifndef HEARKEN_CLI_REPORT_H
#define HEARKEN_CLI_REPORT_H

#include "cli/command.h"
#include "core/population.h"
#include "core/report.h"
#include "db/facts.h"
#include "exchange/leave.h"

struct report_job {
	const struct call *c;
	const struct report_def *def;
	struct joined_window window;
	enum leave_format format;
	const char *path, *reason;	/* NULL: none */
	bool whole;
	struct store *s;
	struct facts facts;
	struct population *population;	/* owned */
	char *standards;		/* owned */
	json_t *extra;
	struct report report;
};
/* True if it goes to more than these eyes: a file, or another program. */
bool report_leaves(const struct report_job *j);
/* True if it names or may tell children. */
bool report_tells(const struct report_job *j);

/* Counts, and makes j->report; published unless the whole is asked for. */
NODISCARD enum rc report_make(struct report_job *j, struct err *e);
void report_job_release(struct report_job *j);

#endif
