/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/yaml_want.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/str.h"
#include "core/utf8.h"
#include "core/xalloc.h"

static void
fault_at(const struct yaml_node *map, const char *key, struct faults *f,
    const char *text)
{
	const struct yaml_node *n = yaml_get(map, key);

	faults_add(f, yaml_line(n), yaml_column(n), "\"%s\": %s", key, text);
}

bool
yaml_want_day(const struct yaml_node *map, const char *key, bool required,
    int32_t *out, struct faults *f)
{
	const char *text = yaml_want_text(map, key, required, f);
	struct err e;

	if (text == NULL)
		return false;
	if (day_parse(text, out, &e) == RC_OK)
		return true;
	fault_at(map, key, f, e.text);
	return false;
}

bool
yaml_want_number(const struct yaml_node *map, const char *key,
    struct yaml_range range, int *out, struct faults *f)
{
	const char *text = yaml_want_text(map, key, true, f);
	struct str why;
	char *end;
	long n;

	if (text == NULL)
		return false;
	errno = 0;
	n = strtol(text, &end, 10);
	if (end != text && *end == '\0' && errno == 0 && n >= range.min &&
	    n <= range.max) {
		*out = (int)n;
		return true;
	}
	str_init(&why);
	str_add_fmt(&why, "\"%.*s\" is not a whole number from %d to %d",
	    utf8_cut(text, 40), text, range.min, range.max);
	fault_at(map, key, f, why.s);
	str_release(&why);
	return false;
}

bool
yaml_want_word(const struct yaml_node *map, const char *key,
    const char *const *words, int *out, struct faults *f)
{
	const char *text = yaml_want_text(map, key, true, f);
	struct str why;

	if (text == NULL)
		return false;
	for (int i = 0; words[i] != NULL; i++) {
		if (strcmp(words[i], text) == 0) {
			*out = i;
			return true;
		}
	}
	str_init(&why);
	str_add_fmt(&why, "\"%.*s\" is not one of", utf8_cut(text, 40),
	    text);
	for (int i = 0; words[i] != NULL; i++)
		str_add_fmt(&why, "%s %s", i == 0 ? "" : ",", words[i]);
	fault_at(map, key, f, why.s);
	str_release(&why);
	return false;
}

char *
yaml_copy_text(const struct yaml_node *map, const char *key, bool required,
    struct faults *f)
{
	const char *text = yaml_want_text(map, key, required, f);

	return xstrdup(text == NULL ? "" : text);
}

void
yaml_fault_of(const struct yaml_node *map, const char *key,
    struct faults *f, const char *text)
{
	const struct yaml_node *n = yaml_get(map, key);

	if (n == NULL)
		n = map;
	faults_add(f, yaml_line(n), yaml_column(n), "\"%s\" %s", key, text);
}
