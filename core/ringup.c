/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/ringup.h"

#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "core/xalloc.h"

static char *
folded(const char *text)
{
	struct str out;

	str_init(&out);
	utf8_fold(&out, text, strlen(text));
	return str_take(&out);
}

static bool
is_of(const struct service *sv, const char *agency)
{
	char *name = folded(sv->name), *want = folded(agency);
	char *label = folded(sv->kind_label != NULL ? sv->kind_label : "");
	bool same = want[0] != '\0' && (strcmp(want, label) == 0 ||
	    (strlen(want) > 3 && strstr(name, want) != NULL));

	free(name);
	free(want);
	free(label);
	return same;
}

static bool
can_be_reached(const struct service *sv)
{
	return sv->telephone[0] != '\0' || sv->route[0] != '\0' ||
	    sv->address[0] != '\0';
}

const struct service *
ringup_service(const struct services *s, const char *agency,
    const char *area)
{
	const struct services_query q = {.area = area, .near = area};
	const struct service **list, *found = NULL;
	size_t n;

	if (s == NULL || s->n == 0)
		return NULL;
	list = xcalloc(s->n, sizeof(*list));
	n = services_find(s, &q, list);
	for (size_t i = 0; found == NULL && i < n; i++)
		if (is_of(list[i], agency) && can_be_reached(list[i]))
			found = list[i];
	free(list);
	return found;
}
