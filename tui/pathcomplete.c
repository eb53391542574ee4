/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/pathcomplete.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "exchange/file.h"

struct completion {
	const char *begin;	/* of the name */
	size_t n, left;
	struct str *out;
	bool found;
};

static bool
complete_name(const char *name, void *ctx)
{
	struct completion *c = ctx;

	if (strncmp(name, c->begin, c->n) != 0 ||
	    (c->n == 0 && name[0] == '.') || c->left-- > 0)
		return true;
	str_add(c->out, name);
	c->found = true;
	return false;
}

bool
path_complete(const char *text, size_t i, struct str *out)
{
	const char *slash = strrchr(text, '/');
	const char *begin = slash != NULL ? slash + 1 : text;
	struct completion c = {begin, strlen(begin), i, out, false};
	char *folder = slash != NULL ? xstrndup(text, (size_t)(begin - text)) :
	    xstrdup(".");
	struct err e;

	str_add_n(out, text, (size_t)(begin - text));
	(void)!file_each(folder, "", complete_name, &c, &e);
	free(folder);
	return c.found;
}
