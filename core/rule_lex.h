/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of the rule language.  Used by rule_parse.c alone. */
#ifndef HEARKEN_CORE_RULE_LEX_H
#define HEARKEN_CORE_RULE_LEX_H

#include <stddef.h>

enum token_kind {
	TOKEN_END, TOKEN_NUMBER, TOKEN_NAME, TOKEN_PLUS, TOKEN_OPEN,
	TOKEN_CLOSE, TOKEN_COMMA, TOKEN_AT_LEAST, TOKEN_OVER, TOKEN_UNDER,
	TOKEN_BAD
};

struct token {
	enum token_kind kind;
	size_t at, len;
	long number;	/* above RULE_VALUE_MAX when it is too large */
};

/* The token that follows; a zeroed one stands before the first. */
struct token rule_token_after(const char *text, const struct token *t);

#endif
