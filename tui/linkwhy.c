/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Why a person is asked about a pair, in words.
 */
#include "config.h"

#include "tui/linkscreen_impl.h"

static bool
recorded(const struct link_pair *p, enum link_field f)
{
	return p->levels[f] < LEVEL_APART;
}

static void
twin_words(const struct link_pair *p, struct str *out)
{
	str_add_fmt(out, "Same birthday and %s, other forename: these may be "
	    "twins. ", recorded(p, LINK_SURNAME) ? "surname" : "house");
}

/* What stands between two: the pair's own, or of the two that it would join. */
static void
bar_words(const struct linkage *l, const struct link_pair *p, struct str *out)
{
	const char *agency = l->cases[p->a].agency;

	if ((p->why & LINK_TWIN) != 0)
		twin_words(p, out);
	if ((p->why & LINK_CONFLICT) != 0)
		str_add(out, "Both have a number of one sort, and the two "
		    "differ. ");
	if ((p->why & LINK_SAME_AGENCY) != 0)
		str_add_fmt(out, "Two cases of one agency (%s), which seldom "
		    "has a child twice. ", *agency != '\0' ? agency :
		    "this store");
}

static void
chain_words(const struct linkage *l, const struct link_pair *p,
    struct str *out)
{
	str_add_fmt(out, "To link them joins %s and %s, too: %s. ",
	    l->cases[p->over[0]].reference, l->cases[p->over[1]].reference,
	    (p->why & LINK_TWIN) != 0 ? "those may be twins" :
	    (p->why & LINK_CONFLICT) != 0 ? "their numbers differ" :
	    "two of one agency");
}

void
link_why(const struct linkage *l, const struct link_pair *p, struct str *out)
{
	if ((p->why & LINK_CHAIN) != 0)
		chain_words(l, p, out);
	else
		bar_words(l, p, out);
	if ((p->why & LINK_AGAINST) != 0)
		str_add_fmt(out, "To link them would join what a person "
		    "parted: %s and %s. ",
		    l->cases[p->over[0]].reference,
		    l->cases[p->over[1]].reference);
	if ((p->why & LINK_ID_ALONE) != 0)
		str_add(out, "A number is the same and nothing else is: "
		    "numbers are mistyped. ");
	if ((p->why & LINK_NO_LEAD) != 0)
		str_add(out, "Another case fits as well. ");
	if ((p->why & LINK_BETWEEN) != 0)
		str_add(out, "Alike, but not enough to be sure. ");
	if (p->swapped)
		str_add(out, "Given and family name change places. ");
	while (out->len > 0 && out->s[out->len - 1] == ' ')
		str_splice(out, out->len - 1, 1, "", 0);
}
