/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of the rule parser share: rule_parser.c (tokens and
 * faults), rule_select.c (what stands inside count(...)) and rule_parse.c
 * (the rest).  A function that returns an index returns NO_NODE after a
 * fault; one that returns bool returns false.
 */
#ifndef HEARKEN_CORE_RULE_PARSER_H
#define HEARKEN_CORE_RULE_PARSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "core/near.h"
#include "core/rule_impl.h"
#include "core/rule_lex.h"

#define NO_NODE SIZE_MAX

struct parser {
	struct instrument *in;
	const char *text;
	struct token tok;
	unsigned nest;
	struct expr *x;
	size_t *fault_at;
	struct err *e;
};

void parser_next(struct parser *p);
bool parser_is_word(const struct parser *p, const char *word);
/* Goes on if the current token is the word. */
bool parser_accept(struct parser *p, const char *word);
bool parser_take(struct parser *p, enum token_kind kind, const char *what);
/* The fault "expected WHAT, found ..." at the current token. */
size_t parser_expected(struct parser *p, const char *what);
/* A fault at a place that is not the current token. */
size_t parser_wrong(struct parser *p, size_t at, const char *why);
/* The fault for a name that is none of those offered to near. */
size_t parser_unknown(struct parser *p, const struct near *near,
    const char *what);
void parser_near(const struct parser *p, struct near *near);
size_t parser_add(struct parser *p, const struct node *nd);
bool parser_number(struct parser *p, long most, const char *what, long *out);

/* From the word count, weight or any to its closing bracket. */
size_t parser_select(struct parser *p, enum node_op op);
/* From the word flag to its closing bracket. */
size_t parser_flag(struct parser *p);

#endif
