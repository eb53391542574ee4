/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/nameset.h"

#include <stdlib.h>
#include <string.h>

#include "exchange/children.h"

/* What children.h keeps beside the folded name. */
struct named {
	char *shown;
	uint32_t number;
};

struct nameset {
	struct children *names;
};

enum rc
nameset_new(uint64_t seed, struct nameset **out, struct err *e)
{
	struct nameset *n = calloc(1, sizeof(*n));
	enum rc rc;

	*out = NULL;
	if (n == NULL)
		return err_set(e, RC_NOMEM, "no memory for names");
	rc = children_new(sizeof(struct named), seed, &n->names, e);
	if (rc != RC_OK) {
		free(n);
		return rc;
	}
	*out = n;
	return RC_OK;
}

static struct named *
named_at(const struct nameset *n, size_t i)
{
	return child_payload(children_at(n->names, i));
}

void
nameset_free(struct nameset *n)
{
	size_t i;

	if (n == NULL)
		return;
	for (i = 0; i < children_count(n->names); i++)
		free(named_at(n, i)->shown);
	children_free(n->names);
	free(n);
}

static void
fold(const char *s, size_t len, char key[NAMESET_NAME_MAX + 17])
{
	size_t i;

	memset(key, 0, NAMESET_NAME_MAX + 17);
	for (i = 0; i < len; i++)
		key[i] = s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] - 'A' + 'a') :
		    s[i];
}

enum rc
nameset_add(struct nameset *n, const char *s, size_t len, uint32_t *number,
    struct err *e)
{
	char key[NAMESET_NAME_MAX + 17];
	size_t before = children_count(n->names);
	struct named *named;
	struct child *c;

	fold(s, len, key);
	c = children_find(n->names, key, len);
	if (c == NULL)
		return err_set(e, RC_NOMEM, "no memory for names");
	named = child_payload(c);
	if (children_count(n->names) != before)
		named->number = (uint32_t)before;
	if (named->shown == NULL) {
		named->shown = strndup(s, len);
		if (named->shown == NULL)
			return err_set(e, RC_NOMEM, "no memory for names");
	}
	*number = named->number;
	return RC_OK;
}

uint32_t
nameset_find(struct nameset *n, const char *s, size_t len)
{
	char key[NAMESET_NAME_MAX + 17], other[NAMESET_NAME_MAX + 17];
	size_t i;

	if (len > NAMESET_NAME_MAX)
		return NAMESET_NONE;
	fold(s, len, key);
	for (i = 0; i < children_count(n->names); i++) {
		fold(named_at(n, i)->shown, strlen(named_at(n, i)->shown),
		    other);
		if (memcmp(key, other, sizeof(key)) == 0)
			return (uint32_t)i;
	}
	return NAMESET_NONE;
}

size_t
nameset_count(const struct nameset *n)
{
	return children_count(n->names);
}

const char *
nameset_text(const struct nameset *n, size_t number)
{
	return named_at(n, number)->shown;
}
