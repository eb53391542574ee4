/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>

#include "cli/dispose.h"
#include "cli/print.h"
#include "core/rights.h"
#include "db/watch.h"

/* The reference, or the id for those who may not know it. */
static const char *
name_of(const char *reference, const struct case_id *id,
    char hex[2 * CASE_ID_LEN + 1])
{
	hex_format(id->b, CASE_ID_LEN, hex);
	return reference[0] != '\0' ? reference : hex;
}

struct due_list {
	const struct retention_rule *rule;
	int32_t today;
	size_t due, unknown, all;
};

static bool
say_due(const struct kept_row *row, void *ctx)
{
	char hex[2 * CASE_ID_LEN + 1], until[SPAN_WORDS_MAX];
	struct due_list *l = ctx;
	struct span day;
	struct str how;

	str_init(&how);
	l->all++;
	day = span_of_day(retention_kept_until(l->rule, row->c, &how));
	if (day.first == DAY_NONE) {
		l->unknown++;
	} else if (day.first < l->today) {
		l->due++;
		span_words(&day, until);
		say("%s  kept to %s%s%s\n", name_of(row->reference,
		    &row->c->id, hex), until, row->held ? "; held" : "",
		    row->asked ? "; asked for" : "");
		if (row->reference[0] != '\0')
			say_wrapped("    ", how.s);
	}
	str_release(&how);
	return true;
}

enum rc
dispose_list_due(struct store *s, const struct retention_rule *rule,
    int32_t today, struct err *e)
{
	struct due_list l = {.rule = rule, .today = today};
	struct look_note look = {.what = LOOK_LIST, .words = "kept long "
	    "enough by a rule of retention"};
	enum rc rc = right_check(store_role(s), RIGHT_READ, e);

	if (rc == RC_OK)
		rc = store_look(s, &look, e);
	if (rc == RC_OK)
		rc = store_kept(s, say_due, &l, e);
	if (rc == RC_OK)
		tell("%zu of %zu cases could be disposed of by the rule %s; "
		    "of %zu it cannot say a day. Nothing was done.\n", l.due,
		    l.all, rule->id, l.unknown);
	return rc;
}

static bool
say_waiting(const struct dispose_row *row, void *ctx)
{
	char hex[2 * CASE_ID_LEN + 1], when[SPAN_WORDS_MAX];
	size_t *n = ctx;

	moment_words(row->asked_at, when);
	say("%s  asked for by %s, %s, by the rule %s%s%s\n",
	    name_of(row->reference, &row->case_id, hex), row->asked_by, when,
	    row->rule, row->mine ? "; another person has to agree" : "",
	    row->held ? "; held" : "");
	say_wrapped("    ", row->reason);
	++*n;
	return true;
}

enum rc
dispose_list_waiting(struct store *s, struct err *e)
{
	size_t n = 0;
	enum rc rc = store_dispose_waiting(s, say_waiting, &n, e);

	if (rc == RC_OK)
		tell("%zu request%s.\n", n, n == 1 ? "" : "s");
	return rc;
}

static bool
say_done(const struct case_id *id, const struct disposal *d, void *ctx)
{
	char hex[2 * ENTRY_ID_LEN + 1], when[SPAN_WORDS_MAX];
	size_t *n = ctx;

	hex_format(id->b, CASE_ID_LEN, hex);
	moment_words(d->agreed_at, when);
	say("%s  %s, %" PRIu64 " entries, by the rule %s\n", hex, when,
	    d->entries, d->rule);
	say("    asked for by %s, agreed to by %s\n", d->asked_by,
	    d->agreed_by);
	say_wrapped("    ", d->why_asked);
	say_wrapped("    ", d->why_agreed);
	hex_format(d->digest, sizeof(d->digest), hex);
	say("    digest %s\n", hex);
	++*n;
	return true;
}

enum rc
dispose_list_done(struct store *s, struct err *e)
{
	size_t n = 0;
	enum rc rc = store_disposals(s, say_done, &n, e);

	if (rc == RC_OK)
		tell("%zu case%s disposed of.\n", n, n == 1 ? "" : "s");
	return rc;
}
