/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * De-identifying: the first line is a name, the second one more, the rest is
 * text.  Whatever they are, doubts lie inside the text and in order, what is
 * written stays UTF-8, and a text with a known name never passes the gate.
 * The whole is read as a draft, too.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/deident.h"

static void
check_doubts(const char *text, const struct doubt_found *v, size_t n)
{
	size_t len = strlen(text), end = 0;

	for (size_t i = 0; i < n; i++) {
		HOLDS(v[i].n > 0 && v[i].at + v[i].n <= len);
		HOLDS(v[i].at >= end);
		HOLDS(v[i].type <= DOUBT_ONLINE);
		end = v[i].at + v[i].n;
	}
}

static bool
names_somebody(const struct doubt_found *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].type == DOUBT_NAME)
			return true;
	return false;
}

/* The text as a value of a file: in quotes, once with escapes for all. */
static void
check_gate(const struct deident *d, const char *text, size_t flags)
{
	json_t *o = json_pack("{s:s}", "known", text);
	char *yaml = o != NULL ? json_dumps(o, flags) : NULL;
	struct err e;

	if (yaml != NULL) {
		HOLDS(deident_check(d, yaml, strlen(yaml), &e) != RC_OK);
		fuzz_message(&e, text);
	}
	free(yaml);
	json_decref(o);
}

static void
check_text(const struct deident *d, const char *text)
{
	struct doubt_found *found;
	struct str out, again;
	size_t n = deident_doubts(d, text, &found);
	bool utf8 = fuzz_is_utf8(text, strlen(text));

	str_init(&out);
	str_init(&again);
	check_doubts(text, found, n);
	deident_text(d, text, &out);
	HOLDS(!utf8 || fuzz_is_utf8(out.s, out.len));
	deident_text(d, out.s, &again);
	if (names_somebody(found, n) && utf8) {
		check_gate(d, text, 0);
		check_gate(d, text, JSON_ENSURE_ASCII);
	}
	free(found);
	str_release(&out);
	str_release(&again);
}

static void
check_draft(const char *text, size_t n)
{
	struct case_id id = {{1}};
	struct casefile c;
	struct deident d;
	struct str out;
	struct err e;

	casefile_init(&c, &id);
	casefile_settle(&c, NULL);
	if (deident_read(&d, &c, NULL, text, n, &e) == RC_OK) {
		str_init(&out);
		deident_write(&d, &out);
		HOLDS(out.len > 2);
		deident_release(&d);
		str_release(&out);
	} else {
		fuzz_message(&e, text);
	}
	casefile_release(&c);
}

/* Cuts the first line off and returns it. */
static char *
take_line(char **rest)
{
	char *line = *rest, *end = strchr(line, '\n');

	*rest = end != NULL ? end + 1 : line + strlen(line);
	if (end != NULL)
		*end = '\0';
	return line;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct deident d = { .moved = 70 };
	char *text, *rest;

	if (n > 4096)
		return 0;
	text = fuzz_text(data, n);
	check_draft(text, n);
	rest = text;
	deident_add(&d, IDENT_CHILD, take_line(&rest), "K.");
	deident_add(&d, n % 2 == 0 ? IDENT_PERSON : IDENT_PLACE,
	    take_line(&rest), "a friend");
	check_text(&d, rest);
	deident_release(&d);
	free(text);
	return 0;
}
