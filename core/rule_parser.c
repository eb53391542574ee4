/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/rule_parser.h"

#include <string.h>

#include "core/vec.h"

#define NODES_MAX 256

void
parser_next(struct parser *p)
{
	p->tok = rule_token_after(p->text, &p->tok);
}

bool
parser_is_word(const struct parser *p, const char *word)
{
	return p->tok.kind == TOKEN_NAME && strlen(word) == p->tok.len &&
	    memcmp(p->text + p->tok.at, word, p->tok.len) == 0;
}

bool
parser_accept(struct parser *p, const char *word)
{
	if (!parser_is_word(p, word))
		return false;
	parser_next(p);
	return true;
}

size_t
parser_expected(struct parser *p, const char *what)
{
	*p->fault_at = p->tok.at;
	if (p->tok.kind == TOKEN_END)
		err_set(p->e, RC_INPUT, "expected %s, but the rule ends here",
		    what);
	else
		err_set(p->e, RC_INPUT, "expected %s, found \"%.*s\"", what,
		    (int)(p->tok.len < 60 ? p->tok.len : 60),
		    p->text + p->tok.at);
	return NO_NODE;
}

size_t
parser_wrong(struct parser *p, size_t at, const char *why)
{
	*p->fault_at = at;
	err_set(p->e, RC_INPUT, "%s", why);
	return NO_NODE;
}

bool
parser_take(struct parser *p, enum token_kind kind, const char *what)
{
	if (p->tok.kind != kind) {
		parser_expected(p, what);
		return false;
	}
	parser_next(p);
	return true;
}

size_t
parser_unknown(struct parser *p, const struct near *near, const char *what)
{
	*p->fault_at = p->tok.at;
	if (near->best != NULL)
		err_set(p->e, RC_INPUT,
		    "\"%.*s\" is not %s; did you mean \"%s\"?",
		    (int)near->len, near->word, what, near->best);
	else
		err_set(p->e, RC_INPUT, "\"%.*s\" is not %s",
		    (int)(near->len < 60 ? near->len : 60), near->word, what);
	return NO_NODE;
}

void
parser_near(const struct parser *p, struct near *near)
{
	near_init(near, p->text + p->tok.at, p->tok.len);
}

size_t
parser_add(struct parser *p, const struct node *nd)
{
	struct expr *x = p->x;

	if (x->n == NODES_MAX)
		return parser_wrong(p, p->tok.at, "the rule has more than 256 parts; "
		    "make two rules of it");
	x->nodes = vec_room(x->nodes, x->n, &x->cap, sizeof(*x->nodes));
	x->nodes[x->n] = *nd;
	return x->n++;
}

bool
parser_number(struct parser *p, long most, const char *what, long *out)
{
	if (p->tok.kind != TOKEN_NUMBER) {
		parser_expected(p, what);
		return false;
	}
	if (p->tok.number > most) {
		*p->fault_at = p->tok.at;
		err_set(p->e, RC_INPUT, "the number is too large; at most %ld "
		    "is allowed here", most);
		return false;
	}
	*out = p->tok.number;
	parser_next(p);
	return true;
}
