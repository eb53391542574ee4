/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text to masks.  Recursive descent over the grammar in rule.h; brackets
 * nest at most NEST_MAX deep and a rule has at most 256 parts, so the
 * evaluator's recursion is bounded too.
 */
#include "config.h"

#include "core/rule.h"

#include "core/rule_parser.h"
#include "core/xalloc.h"

#define NEST_MAX 32
#define AGE_MAX 120

/* A condition that is settled before any answer is looked at is a mistake. */
static size_t
add_at_least(struct parser *p, size_t left, long value, size_t at)
{
	const struct node *l = &p->x->nodes[left];
	struct node nd = { .op = NODE_AT_LEAST, .left = left, .value = value,
	    .hi = 1, .window = -1 };

	if (l->lo >= value)
		return parser_wrong(p, at, "this is always true, whatever the "
		    "answers are; raise the number on the right");
	if (l->hi >= value)
		return parser_add(p, &nd);
	*p->fault_at = at;
	err_set(p->e, RC_INPUT, "this can never be true: %ld are needed and "
	    "%ld is the most there can be", value, l->hi);
	return NO_NODE;
}

static size_t
as_condition(struct parser *p, size_t i, size_t at)
{
	enum node_op op;

	if (i == NO_NODE)
		return NO_NODE;
	op = p->x->nodes[i].op;
	if (op == NODE_NUMBER || op == NODE_COUNT || op == NODE_WEIGHT ||
	    op == NODE_ADD)
		return add_at_least(p, i, 1, at);
	return i;
}

/* NUMBER or SETTING: all that may stand right of a comparison. */
static bool
parse_constant(struct parser *p, long most, long *out)
{
	uint32_t i;

	if (p->tok.kind != TOKEN_NAME)
		return parser_number(p, most, "a number or a setting", out);
	i = instrument_setting(p->in, p->text + p->tok.at, p->tok.len);
	if (i == NO_ITEM) {
		struct near near;

		parser_near(p, &near);
		for (size_t s = 0; s < p->in->nsettings; s++)
			near_offer(&near, p->in->settings[s].name);
		parser_unknown(p, &near, "a number or a setting; only these "
		    "may stand here, so that a present answer never lowers "
		    "a level");
		return false;
	}
	p->in->settings[i].used = true;
	*out = p->in->settings[i].value;
	parser_next(p);
	return true;
}

static bool
parse_threshold(struct parser *p, long *out)
{
	long more;

	if (!parse_constant(p, RULE_VALUE_MAX, out))
		return false;
	while (p->tok.kind == TOKEN_PLUS) {
		parser_next(p);
		if (!parse_constant(p, RULE_VALUE_MAX, &more))
			return false;
		*out += more;
	}
	return true;
}

static size_t
parse_age(struct parser *p)
{
	struct node nd = { .op = NODE_AGE, .hi = 1, .window = -1 };
	size_t at;

	parser_next(p);
	if (!parser_take(p, TOKEN_UNDER, "\"<\" after \"age\""))
		return NO_NODE;
	at = p->tok.at;
	if (!parse_constant(p, RULE_VALUE_MAX, &nd.value))
		return NO_NODE;
	if (nd.value < 1 || nd.value > AGE_MAX)
		return parser_wrong(p, at, "the age must be from 1 to 120");
	return parser_add(p, &nd);
}

static size_t parse_or(struct parser *p);

/* A bracketed sum stays a number; only as a condition does it need 1. */
static size_t
parse_brackets(struct parser *p)
{
	size_t i;

	if (p->nest == NEST_MAX)
		return parser_wrong(p, p->tok.at, "brackets nest more than 32 deep");
	p->nest++;
	parser_next(p);
	i = parse_or(p);
	if (i != NO_NODE && !parser_take(p, TOKEN_CLOSE,
	    "\"and\", \"or\", \"+\", \">=\" or \")\""))
		return NO_NODE;
	p->nest--;
	return i;
}

static size_t
parse_value(struct parser *p)
{
	struct node nd = { .op = NODE_NUMBER, .window = -1 };

	if (!parse_constant(p, RULE_VALUE_MAX, &nd.value))
		return NO_NODE;
	nd.lo = nd.hi = nd.value;
	return parser_add(p, &nd);
}

#define TERM_FORMS "count(...), weight(...), any(...), flag(...), " \
	"\"age <\", a number, a setting or \"(\""

static size_t
unknown_term(struct parser *p)
{
	static const char *const known[] = {
		"count", "weight", "any", "flag", "age"
	};
	struct near near;

	parser_near(p, &near);
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		near_offer(&near, known[i]);
	for (size_t i = 0; i < p->in->nsettings; i++)
		near_offer(&near, p->in->settings[i].name);
	if (near.best != NULL)
		return parser_unknown(p, &near, "known here");
	return parser_expected(p, TERM_FORMS);
}

static size_t
parse_term(struct parser *p)
{
	if (p->tok.kind == TOKEN_OPEN)
		return parse_brackets(p);
	if (p->tok.kind == TOKEN_NUMBER)
		return parse_value(p);
	if (p->tok.kind != TOKEN_NAME)
		return parser_expected(p, TERM_FORMS);
	if (parser_is_word(p, "count"))
		return parser_select(p, NODE_COUNT);
	if (parser_is_word(p, "weight"))
		return parser_select(p, NODE_WEIGHT);
	if (parser_is_word(p, "any"))
		return parser_select(p, NODE_ANY);
	if (parser_is_word(p, "flag"))
		return parser_flag(p);
	if (parser_is_word(p, "age"))
		return parse_age(p);
	if (parser_is_word(p, "and") || parser_is_word(p, "or"))
		return parser_expected(p, TERM_FORMS);
	if (parser_is_word(p, "not"))
		return parser_wrong(p, p->tok.at, "there is no \"not\": an answer "
		    "that is missing must never lower a level");
	if (instrument_setting(p->in, p->text + p->tok.at, p->tok.len) !=
	    NO_ITEM)
		return parse_value(p);
	return unknown_term(p);
}

static size_t
parse_sum(struct parser *p)
{
	size_t i = parse_term(p);

	while (i != NO_NODE && p->tok.kind == TOKEN_PLUS) {
		struct node nd = { .op = NODE_ADD, .left = i, .window = -1 };

		parser_next(p);
		nd.right = parse_term(p);
		if (nd.right == NO_NODE)
			return NO_NODE;
		nd.lo = p->x->nodes[i].lo + p->x->nodes[nd.right].lo;
		nd.hi = p->x->nodes[i].hi + p->x->nodes[nd.right].hi;
		i = parser_add(p, &nd);
	}
	return i;
}

static size_t
parse_comparison(struct parser *p)
{
	size_t i = parse_sum(p), at = p->tok.at;
	enum token_kind sign = p->tok.kind;
	long value;

	if (i == NO_NODE)
		return NO_NODE;
	if (sign == TOKEN_UNDER)
		return parser_wrong(p, at, "\"<\" may only follow \"age\": a present "
		    "answer must never lower a level");
	if (sign != TOKEN_AT_LEAST && sign != TOKEN_OVER)
		return i;
	parser_next(p);
	if (!parse_threshold(p, &value))
		return NO_NODE;
	return add_at_least(p, i, sign == TOKEN_OVER ? value + 1 : value, at);
}

typedef size_t (*parse_fn)(struct parser *p);

/* One {word one}: both sides become conditions once the word is met. */
static size_t
parse_chain(struct parser *p, const char *word, enum node_op op, parse_fn one)
{
	size_t at = p->tok.at, i = one(p);

	while (i != NO_NODE && parser_is_word(p, word)) {
		struct node nd = { .op = op, .hi = 1, .window = -1 };

		nd.left = as_condition(p, i, at);
		if (nd.left == NO_NODE)
			return NO_NODE;
		parser_next(p);
		at = p->tok.at;
		nd.right = as_condition(p, one(p), at);
		if (nd.right == NO_NODE)
			return NO_NODE;
		i = parser_add(p, &nd);
	}
	return i;
}

static size_t
parse_and(struct parser *p)
{
	return parse_chain(p, "and", NODE_AND, parse_comparison);
}

static size_t
parse_or(struct parser *p)
{
	return parse_chain(p, "or", NODE_OR, parse_and);
}

enum rc
rule_compile(struct instrument *in, const char *text, struct expr **out,
    size_t *at, struct err *e)
{
	struct parser p = { .in = in, .text = text, .fault_at = at, .e = e };
	size_t start;

	p.x = xcalloc(1, sizeof(*p.x));
	parser_next(&p);
	start = p.tok.at;
	p.x->root = as_condition(&p, parse_or(&p), start);
	if (p.x->root != NO_NODE && p.tok.kind != TOKEN_END) {
		parser_expected(&p, "\"and\", \"or\", \"+\", \">=\" or the end");
		p.x->root = NO_NODE;
	}
	if (p.x->root == NO_NODE) {
		rule_free(p.x);
		return RC_INPUT;
	}
	*out = p.x;
	return RC_OK;
}
