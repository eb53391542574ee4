/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/bundlewords.h"

#include <string.h>

#include "core/date.h"
#include "core/kinds.h"

static const char *
plural(uint64_t n)
{
	return n == 1 ? "" : "s";
}

static const char *
entries(uint64_t n)
{
	return n == 1 ? "entry" : "entries";
}

static bool
is_receipts(const struct bundle_report *r)
{
	return strcmp(r->head.selection, "receipt") == 0;
}

/* Which of the recipients is who reads, is not told here. */
static void
origin_words(const struct bundle_report *r, struct str *out)
{
	char when[SPAN_WORDS_MAX];

	moment_words(r->head.made, when);
	str_add_fmt(out, "Made on %s", when);
	if (r->head.nto > 1) {
		str_add(out, " for ");
		for (size_t i = 0; i < r->head.nto; i++)
			str_add_fmt(out, "%s%s", i > 0 ? ", " : "",
			    r->head.to[i].name);
	}
	str_add(out, ". Its signature is that of the card that you took in; "
	    "every hash in it holds.\n");
}

static void
content_words(const struct bundle_report *r, struct str *out)
{
	const struct unite_sum *s = &r->sum;

	str_add_fmt(out, "In it: %zu case%s", s->cases, plural(s->cases));
	if (s->opened > 0 && s->opened == s->cases)
		str_add(out, ", not here yet");
	else if (s->opened > 0)
		str_add_fmt(out, ", %zu of them not here yet", s->opened);
	str_add_fmt(out, "; %llu %s, %llu of them new here",
	    (unsigned long long)s->entries, entries(s->entries),
	    (unsigned long long)s->added);
	if (is_receipts(r))
		str_add(out, ": receipts alone");
	else if (strcmp(r->head.selection, "part") == 0)
		str_add_fmt(out, ". A part of what they have: %s",
		    r->head.what);
	str_add(out, ".\n");
}

static void
why_words(const struct bundle_report *r, struct str *out)
{
	const char *basis = code_label(kind_field(kind_find("bundle-sent"),
	    "basis")->codes, r->head.basis);
	char day[SPAN_WORDS_MAX];
	struct span by = span_of_day(r->head.expires);

	if (is_receipts(r))
		return;
	span_words(&by, day);
	str_add_fmt(out, "What it is for: %s. Basis: %s. To be opened by "
	    "%s.\n", r->head.purpose, basis != NULL ? basis : r->head.basis,
	    day);
}

/* What a person has to know before, each on a line of its own. */
static void
warn_words(const struct bundle_report *r, struct str *out)
{
	const struct unite_sum *s = &r->sum;

	if (r->recalls)
		str_add(out, "! It recalls an earlier bundle of theirs: they "
		    "ask you to stop using it, or to wait.\n");
	if (r->known.gap)
		str_add(out, "! The bundle of theirs before this one never "
		    "came. Take this one in all the same, and ask for the "
		    "other: the order does not matter.\n");
	if (s->conflicts > 0)
		str_add_fmt(out, "<> %llu value%s beside others. Nothing of "
		    "yours is replaced: a person settles them.\n",
		    (unsigned long long)s->conflicts, s->conflicts == 1 ?
		    " will stand" : "s will stand");
	if (s->sealed > 0)
		str_add_fmt(out, "! %llu %s of a kind that this version does "
		    "not know: kept, shown as such, counted for nothing "
		    "yet.\n", (unsigned long long)s->sealed,
		    entries(s->sealed));
	if (s->uncounted > 0)
		str_add_fmt(out, "! %llu %s whose author had no right to "
		    "write it: kept, and counted for nothing.\n",
		    (unsigned long long)s->uncounted, entries(s->uncounted));
	if (s->ahead > 0) {
		char when[SPAN_WORDS_MAX];

		moment_words(s->ahead_at, when);
		str_add_fmt(out, "! %llu %s dated ahead of this machine's "
		    "clock, up to %s: one of the clocks is wrong. Nothing is "
		    "lost by it; compare clocks with them.\n",
		    (unsigned long long)s->ahead, s->ahead == 1 ? "entry is" :
		    "entries are", when);
	}
	if (s->added == 0 && !r->recalls)
		str_add(out, "All of it is here already.\n");
}

void
bundle_seen_words(const struct bundle_report *r, struct str *out)
{
	origin_words(r, out);
	content_words(r, out);
	why_words(r, out);
	warn_words(r, out);
	str_add(out, "Nothing of it is taken in yet.");
}

void
bundle_taken_words(const struct bundle_report *r, struct str *out)
{
	const struct unite_sum *s = &r->sum;

	str_add_fmt(out, "Taken in from %s: %llu new %s in %zu case%s.",
	    r->sender, (unsigned long long)s->added, entries(s->added),
	    s->cases, plural(s->cases));
	if (r->recalls)
		str_add(out, " They recall an earlier one: open the case and "
		    "see what they ask.");
	if (s->conflicts > 0)
		str_add_fmt(out, " %llu to settle: Enter opens the case, i "
		    "settles.", (unsigned long long)s->conflicts);
	else if (s->added > 0)
		str_add_fmt(out, " Enter opens the case%s.",
		    plural(s->cases));
	if (!is_receipts(r))
		str_add(out, " Then send the receipt: r.");
}

void
bundle_file_name(const char *name, const char *ending, struct str *out)
{
	for (const char *p = name; *p != '\0'; p++) {
		bool plain = (*p >= '0' && *p <= '9') ||
		    (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z');

		if (plain)
			str_add_char(out, *p);
		else if (out->len > 0 && out->s[out->len - 1] != '-')
			str_add_char(out, '-');
	}
	if (out->len > 0 && out->s[out->len - 1] == '-')
		str_splice(out, out->len - 1, 1, "", 0);
	str_add_fmt(out, "%s%s", out->len > 0 ? "" : "new", ending);
}
