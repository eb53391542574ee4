/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/rule_lex.h"

#include <stdbool.h>

#include "core/rule_impl.h"

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_name_char(char c)
{
	return is_letter(c) || is_digit(c) || c == '_' || c == '-';
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t
lex_number(struct token *t, const char *s)
{
	size_t n = 0;

	t->kind = TOKEN_NUMBER;
	for (; is_digit(s[n]); n++)
		if (t->number <= RULE_VALUE_MAX)
			t->number = t->number * 10 + (s[n] - '0');
	if (is_name_char(s[n]))
		t->kind = TOKEN_BAD;
	while (is_name_char(s[n]))
		n++;
	return n;
}

static enum token_kind
lex_sign(char c)
{
	switch (c) {
	case '\0':
		return TOKEN_END;
	case '+':
		return TOKEN_PLUS;
	case '(':
		return TOKEN_OPEN;
	case ')':
		return TOKEN_CLOSE;
	case ',':
		return TOKEN_COMMA;
	case '>':
		return TOKEN_OVER;
	case '<':
		return TOKEN_UNDER;
	default:
		return TOKEN_BAD;
	}
}

/* Bytes of one character, so that a message never cuts one in half. */
static size_t
character(const char *s)
{
	size_t n = 1;

	if (((unsigned char)s[0] & 0x80u) != 0)
		while (((unsigned char)s[n] & 0xC0u) == 0x80u)
			n++;
	return n;
}

struct token
rule_token_after(const char *text, const struct token *t)
{
	struct token next = { .at = t->at + t->len };
	const char *s;

	while (is_space(text[next.at]))
		next.at++;
	s = text + next.at;
	if (is_digit(*s)) {
		next.len = lex_number(&next, s);
		return next;
	}
	if (is_letter(*s)) {
		next.kind = TOKEN_NAME;
		while (is_name_char(s[next.len]))
			next.len++;
		return next;
	}
	next.kind = lex_sign(*s);
	next.len = next.kind == TOKEN_END ? 0 : character(s);
	if (next.kind == TOKEN_OVER && s[1] == '=') {
		next.kind = TOKEN_AT_LEAST;
		next.len = 2;
	}
	return next;
}
