/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What `hearken agree` says of its results, in words or as JSON.
 */
#ifndef HEARKEN_CLI_AGREESAY_H
#define HEARKEN_CLI_AGREESAY_H

#include "core/agree.h"
#include "exchange/ratings.h"

struct agree_report {
	const char *file;
	const struct ratings *ratings;
	const struct agree_result *results;
	size_t nresults;
	/* Against the model, owned; counts NULL without one. */
	const char *model;
	bool *positive;			/* of each category */
	struct agree_counts *counts;	/* of each of ratings->groups */
	uint32_t *missed;		/* groups, the most missed first */
	size_t nmissed;
};

void agree_say_text(const struct agree_report *r);
void agree_say_json(const struct agree_report *r);

#endif
