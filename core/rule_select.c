/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SEL of the grammar in rule.h: which items, how long ago, suspected too. */
#include "config.h"

#include <stdlib.h>

#include "core/rule_parser.h"
#include "core/str.h"
#include "core/xalloc.h"

#define DAYS_MAX 36525

static void
say_selected(struct str *words, const char *name)
{
	if (words->len != 0)
		str_add(words, ", ");
	str_add(words, name);
}

static size_t
parse_selected(struct parser *p, struct node *nd, struct str *words)
{
	const char *s = p->text + p->tok.at;
	struct near near;
	uint32_t i;

	if (p->tok.kind != TOKEN_NAME)
		return parser_expected(p, "a section or an item");
	i = instrument_section(p->in, s, p->tok.len);
	if (i != NO_ITEM) {
		nd->mask = itemset_or(nd->mask, &p->in->sections[i].items);
		say_selected(words, p->in->sections[i].label);
		parser_next(p);
		return 0;
	}
	i = instrument_item(p->in, s, p->tok.len);
	if (i != NO_ITEM) {
		itemset_add(&nd->mask, i);
		say_selected(words, p->in->items[i].id);
		parser_next(p);
		return 0;
	}
	parser_near(p, &near);
	for (size_t k = 0; k < p->in->nsections; k++)
		near_offer(&near, p->in->sections[k].id);
	for (size_t k = 0; k < p->in->nitems; k++)
		near_offer(&near, p->in->items[k].id);
	return parser_unknown(p, &near, "a section or an item");
}

/* Months are of 365 / 12 days, rounded up: a doubt never drops an answer. */
static bool
parse_unit(struct parser *p, const char **name, long *n, long *m)
{
	static const struct {
		const char *one, *many;
		long days, per;
	} units[] = {
		{ "day", "days", 1, 1 },
		{ "week", "weeks", 7, 1 },
		{ "month", "months", 3653, 120 }
	};

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (!parser_is_word(p, units[i].one) && !parser_is_word(p, units[i].many))
			continue;
		*name = units[i].many;
		*n = (*n * units[i].days + units[i].per - 1) / units[i].per;
		*m = (*m * units[i].days + units[i].per - 1) / units[i].per;
		parser_next(p);
		return true;
	}
	parser_expected(p, "\"days\", \"weeks\" or \"months\"");
	return false;
}

static bool
find_window(struct parser *p, size_t at, struct window w, int *out)
{
	struct instrument *in = p->in;

	for (size_t i = 0; i < in->nwindows; i++) {
		*out = (int)i;
		if (in->windows[i].from_days == w.from_days &&
		    in->windows[i].to_days == w.to_days)
			return true;
	}
	if (in->nwindows == WINDOWS_MAX) {
		parser_wrong(p, at, "the rules use more than 8 different \"within\"");
		return false;
	}
	*out = (int)in->nwindows;
	in->windows[in->nwindows++] = w;
	return true;
}

/*
 * "within 6 months" is from today to 6 months ago; "within 6 to 12 months"
 * begins the day after, so that the two never hold the same day.
 */
static bool
parse_within(struct parser *p, struct node *nd, struct str *words)
{
	size_t at = p->tok.at;
	const char *unit = "";
	long from = 0, to, n, m;

	if (!parser_number(p, RULE_VALUE_MAX, "a number after \"within\"", &to))
		return false;
	if (parser_accept(p, "to")) {
		from = to;
		if (!parser_number(p, RULE_VALUE_MAX, "a number after \"to\"",
		    &to))
			return false;
	}
	n = from;
	m = to;
	if (!parse_unit(p, &unit, &from, &to))
		return false;
	if (to > DAYS_MAX || m <= n) {
		parser_wrong(p, at, m <= n ? "the time must end further back than "
		    "it begins" : "the time goes back more than 100 years");
		return false;
	}
	if (n != 0)
		str_add_fmt(words, " within %ld to %ld %s", n, m, unit);
	else
		str_add_fmt(words, " within %ld %s", m, unit);
	return find_window(p, at, (struct window){
	    (int)(n == 0 ? 0 : from + 1), (int)to }, &nd->window);
}

/* "A, B, C" reads better as "A, B and C". */
static void
say_last(struct str *words)
{
	for (size_t i = words->len; i-- > 0;)
		if (words->s[i] == ',') {
			str_splice(words, i, 1, " and", 4);
			return;
		}
}

static bool
parse_selection(struct parser *p, struct node *nd, struct str *words)
{
	do {
		if (parse_selected(p, nd, words) == NO_NODE)
			return false;
		if (p->tok.kind != TOKEN_COMMA)
			break;
		parser_next(p);
	} while (true);
	say_last(words);
	if (parser_accept(p, "within") && !parse_within(p, nd, words))
		return false;
	if (parser_accept(p, "suspected")) {
		nd->suspected = true;
		str_add(words, ", suspected too,");
	}
	return parser_take(p, TOKEN_CLOSE, "\",\", \"within\", \"suspected\" or "
	    "\")\"");
}

static long
most_of(const struct instrument *in, const struct node *nd)
{
	long sum = 0;

	if (nd->op == NODE_ANY)
		return 1;
	for (unsigned i = 0; i < in->nitems; i++)
		if (itemset_has(&nd->mask, i))
			sum += nd->op == NODE_WEIGHT ?
			    (long)in->items[i].weight : 1;
	return sum;
}

size_t
parser_select(struct parser *p, enum node_op op)
{
	struct node nd = { .op = op, .window = -1 };
	struct str words;
	size_t i = NO_NODE;

	parser_next(p);
	if (!parser_take(p, TOKEN_OPEN, "\"(\""))
		return NO_NODE;
	str_init(&words);
	if (parse_selection(p, &nd, &words)) {
		nd.hi = most_of(p->in, &nd);
		nd.words = xstrdup(words.s);
		i = parser_add(p, &nd);
		if (i == NO_NODE)
			free(nd.words);
	}
	str_release(&words);
	return i;
}

size_t
parser_flag(struct parser *p)
{
	struct node nd = { .op = NODE_ANY, .hi = 1, .window = -1 };
	struct near near;
	uint32_t item = NO_ITEM;
	size_t i;

	parser_next(p);
	if (!parser_take(p, TOKEN_OPEN, "\"(\""))
		return NO_NODE;
	if (p->tok.kind == TOKEN_NAME)
		item = instrument_item(p->in, p->text + p->tok.at, p->tok.len);
	if (item == NO_ITEM || !itemset_has(&p->in->questions, item)) {
		if (p->tok.kind != TOKEN_NAME)
			return parser_expected(p, "a direct question");
		parser_near(p, &near);
		for (unsigned k = 0; k < p->in->nitems; k++)
			if (itemset_has(&p->in->questions, k))
				near_offer(&near, p->in->items[k].id);
		return parser_unknown(p, &near, "a direct question (an item of "
		    "a section of role question)");
	}
	itemset_add(&nd.mask, item);
	parser_next(p);
	if (!parser_take(p, TOKEN_CLOSE, "\")\""))
		return NO_NODE;
	nd.words = xstrdup(p->in->items[item].id);
	i = parser_add(p, &nd);
	if (i == NO_NODE)
		free(nd.words);
	return i;
}
