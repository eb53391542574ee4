/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/places.h"

#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"

static const char *const type_names[] = {
	[PLACE_CASES] = "cases",
	[PLACE_NEW_CASE] = "new-case",
	[PLACE_CASE] = "case",
	[PLACE_FORM] = "form",
	[PLACE_DUE] = "due",
	[PLACE_QUEUE] = "queue",
	[PLACE_WALK] = "walk",
	[PLACE_TRAINING] = "training",
	[PLACE_SESSION] = "session",
	[PLACE_REPLAY] = "replay",
	[PLACE_AGAIN] = "again",
	[PLACE_LOG] = "log",
	[PLACE_COLLATION] = "collation",
	[PLACE_JOINED] = "joined",
	[PLACE_REPORT] = "report",
	[PLACE_LINKS] = "links"
};
#define TYPES (sizeof(type_names) / sizeof(type_names[0]))

void
places_init(struct places *ps)
{
	memset(ps, 0, sizeof(*ps));
}

static void
forget(struct places *ps, size_t from)
{
	while (ps->n > from) {
		char **text = &ps->texts[--ps->n];

		if (*text != NULL)
			sodium_memzero(*text, strlen(*text));
		free(*text);
		*text = NULL;
		ps->list[ps->n].text = NULL;
	}
}

void
places_clear(struct places *ps)
{
	forget(ps, 0);
}

void
places_set(struct places *ps, size_t depth, const struct place *p)
{
	char *text = p->text != NULL ? xstrdup(p->text) : NULL;

	if (depth > ps->n)
		depth = ps->n;
	if (depth >= PLACES_MAX)
		depth = PLACES_MAX - 1;
	forget(ps, depth);
	ps->list[depth] = *p;
	ps->list[depth].text = ps->texts[depth] = text;
	ps->n = depth + 1;
}

static json_t *
place_json(const struct place *p)
{
	char hex[2 * CASE_ID_LEN + 1];

	hex_format(p->id.b, CASE_ID_LEN, hex);
	return json_pack("{s:s, s:s, s:s, s:I}", "type", type_names[p->type],
	    "id", hex, "text", p->text != NULL ? p->text : "",
	    "at", (json_int_t)p->at);
}

char *
places_save(const struct places *ps)
{
	json_t *all = json_array();
	char *text;

	if (ps->n == 0 || all == NULL) {
		json_decref(all);
		return NULL;
	}
	for (size_t i = 0; i < ps->n; i++)
		json_array_append_new(all, place_json(&ps->list[i]));
	text = json_dumps(all, JSON_COMPACT | JSON_ENSURE_ASCII);
	json_decref(all);
	return text;
}

static bool
type_from_name(const char *name, enum place_type *out)
{
	for (size_t i = 0; i < TYPES; i++) {
		if (strcmp(name, type_names[i]) == 0) {
			*out = (enum place_type)i;
			return true;
		}
	}
	return false;
}

static bool
place_read(json_t *j, struct place *p)
{
	const char *type, *id, *text;
	json_int_t at;

	memset(p, 0, sizeof(*p));
	if (json_unpack(j, "{s:s, s:s, s:s, s:I}", "type", &type, "id", &id,
	    "text", &text, "at", &at) != 0 || at < 0)
		return false;
	if (!type_from_name(type, &p->type) ||
	    !hex_parse(id, p->id.b, CASE_ID_LEN))
		return false;
	p->text = *text != '\0' ? text : NULL;
	p->at = (size_t)at;
	return true;
}

void
places_load(struct places *ps, const char *text)
{
	json_t *all = json_loads(text, 0, NULL);
	size_t n = json_array_size(all);

	places_clear(ps);
	for (size_t i = 0; i < n && i < PLACES_MAX; i++) {
		struct place p;

		if (!place_read(json_array_get(all, i), &p))
			break;
		places_set(ps, i, &p);
	}
	json_decref(all);
}
