/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A body read where it stands: most bodies are one object of plain ASCII
 * texts, and for these nothing has to be copied or unescaped.  Whatever else
 * a body is, lean_read refuses it and the JSON library has to be asked.
 */
#ifndef HEARKEN_CORE_LEAN_H
#define HEARKEN_CORE_LEAN_H

#include <stdbool.h>
#include <stddef.h>

#define LEAN_FIELDS 24

struct lean_field {
	const char *key, *text;	/* text NULL: a number or a literal */
	size_t nkey, n;
};

struct lean {
	struct lean_field fields[LEAN_FIELDS];
	size_t n;
};

/*
 * False unless body is an object with its keys in order, each value a text
 * of printable ASCII without escapes, a number or a literal.  Borrows body.
 */
bool lean_read(const char *body, size_t n, struct lean *out);
/* NULL when there is no such field. */
const struct lean_field *lean_find(const struct lean *l, const char *key);

#endif
