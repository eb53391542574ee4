/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/unit/loaded.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/str.h"

#define TEXT_MAX (1u << 20)

char *
load_text(const char *name)
{
	const char *dir = getenv("HEARKEN_SRCDIR");
	char *text = calloc(1, TEXT_MAX + 1);
	struct str path;
	FILE *f;

	assert_non_null(text);
	str_init(&path);
	str_add_fmt(&path, "%s/%s", dir != NULL ? dir : ".", name);
	f = fopen(path.s, "rb");
	if (f == NULL)
		fail_msg("cannot open %s", path.s);
	assert_int_not_equal(fread(text, 1, TEXT_MAX, f), 0);
	(void)fclose(f);
	str_release(&path);
	return text;
}

static struct instrument *
parse(const char *text, const char *name)
{
	struct instrument *in = NULL;
	struct faults faults;
	struct err e;
	struct str s;

	faults_init(&faults, name);
	str_init(&s);
	if (instrument_parse(text, strlen(text), name, &in, &faults, &e) !=
	    RC_OK) {
		for (size_t i = 0; i < faults.n; i++) {
			fault_words(&faults, i, &s);
			str_add_char(&s, '\n');
		}
		fail_msg("%s", s.s);
	}
	str_release(&s);
	faults_release(&faults);
	return in;
}

struct instrument *
load_instrument(const char *name)
{
	char *text = load_text(name);
	struct instrument *in = parse(text, name);

	free(text);
	return in;
}

struct instrument *
instrument_of_text(const char *text)
{
	return parse(text, "text");
}

unsigned
item_of(const struct instrument *in, const char *id)
{
	uint32_t i = instrument_item(in, id, strlen(id));

	if (i == NO_ITEM)
		fail_msg("no item %s", id);
	return i;
}
