/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/untold.h"

#include <string.h>

#include "core/walk_impl.h"

static bool
is_kind(const struct record *r, const char *kind)
{
	return strcmp(r->entry.kind, kind) == 0;
}

/* An entry that nobody counts reveals nothing. */
static bool
is_revealed(const struct casefile *c, const struct record *answers)
{
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];

		if (is_kind(r, "reveal") && record_stands(r) &&
		    walk_round(r) == walk_round(answers) &&
		    strcmp(record_text(r, "stage"),
		    record_text(answers, "stage")) == 0)
			return true;
	}
	return false;
}

bool
record_untold(const struct casefile *c, const struct record *r,
    const char *field)
{
	if (is_kind(r, "session"))
		return strcmp(field, "text") == 0;
	return is_kind(r, "group-answers") && strcmp(field, "answers") == 0 &&
	    !is_revealed(c, r);
}
