/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work under way on a study out of a case, kept and taken up again. */
#include "config.h"

#include "core/deident_impl.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/xalloc.h"

#define MOVED_LEAST 56
#define MOVED_MOST 364

static json_t *
ident_json(const struct ident *id)
{
	return json_pack("{s:i,s:s,s:s,s:b}", "type", (int)id->type, "text",
	    id->text, "instead", id->instead, "on", (int)id->on);
}

static json_t *
line_json(const struct deident_line *l)
{
	char hex[2 * ENTRY_ID_LEN + 1];

	hex_format(l->entry.b, ENTRY_ID_LEN, hex);
	return json_pack("{s:s,s:s,s:s,s:s,s:s,s:i,s:s*}", "entry", hex,
	    "kind", l->kind, "field", l->field, "original", l->original,
	    "proposed", l->proposed, "state", (int)l->state, "text", l->text);
}

void
deident_write(const struct deident *d, struct str *out)
{
	json_t *idents = json_array(), *lines = json_array(), *all;
	char *text;

	for (size_t i = 0; i < d->nidents; i++)
		json_array_append_new(idents, ident_json(&d->idents[i]));
	for (size_t i = 0; i < d->nlines; i++)
		json_array_append_new(lines, line_json(&d->lines[i]));
	all = json_pack("{s:i,s:o,s:o}", "moved", (int)d->moved, "idents",
	    idents, "lines", lines);
	text = json_dumps(all, JSON_COMPACT | JSON_SORT_KEYS |
	    JSON_ENSURE_ASCII);
	str_add(out, text != NULL ? text : "{}");
	free(text);
	json_decref(all);
}

/* ---- reading ---- */

static enum rc
unfit(struct err *e, const char *what)
{
	return err_set(e, RC_INPUT, "the draft of the study does not fit this "
	    "case: %s; begin it anew", what);
}

static bool
whole(const json_t *o, const char *key, int low, int high, int *out)
{
	const json_t *v = json_object_get(o, key);

	if (!json_is_integer(v) || json_integer_value(v) < low ||
	    json_integer_value(v) > high)
		return false;
	*out = (int)json_integer_value(v);
	return true;
}

static const char *
text_of(const json_t *o, const char *key)
{
	return json_string_value(json_object_get(o, key));
}

static bool
read_ident(struct deident *d, const json_t *o)
{
	const char *text = text_of(o, "text"), *in = text_of(o, "instead");
	const json_t *on = json_object_get(o, "on");
	int type;

	if (text == NULL || in == NULL || !json_is_boolean(on) ||
	    !whole(o, "type", 0, IDENT_ONLINE, &type))
		return false;
	d->idents = vec_room(d->idents, d->nidents, &d->capidents,
	    sizeof(*d->idents));
	d->idents[d->nidents++] = (struct ident){(enum ident_type)type,
		xstrdup(text), xstrdup(in), json_is_true(on)};
	return true;
}

static bool
read_line(struct deident *d, const json_t *o)
{
	const char *id = text_of(o, "entry"), *kind = text_of(o, "kind");
	const char *field = text_of(o, "field"), *was = text_of(o, "original");
	const char *now = text_of(o, "proposed"), *text = text_of(o, "text");
	struct deident_line l = { .ndoubts = 0 };
	const struct record *r;
	int state;

	if (id == NULL || kind == NULL || field == NULL || was == NULL ||
	    now == NULL || !whole(o, "state", 0, LINE_LEFT_OUT, &state) ||
	    !hex_parse(id, l.entry.b, ENTRY_ID_LEN))
		return false;
	r = casefile_find(d->c, &l.entry);
	if (r == NULL || strcmp(r->entry.kind, kind) != 0 ||
	    (state == LINE_REWRITTEN && text == NULL))
		return false;
	l.kind = xstrdup(kind);
	l.field = xstrdup(field);
	l.original = xstrdup(was);
	l.proposed = xstrdup(now);
	l.text = state == LINE_REWRITTEN ? xstrdup(text) : NULL;
	l.state = (enum deident_state)state;
	d->lines = vec_room(d->lines, d->nlines, &d->caplines,
	    sizeof(*d->lines));
	d->lines[d->nlines++] = l;
	return true;
}

static bool
read_list(struct deident *d, const json_t *list,
    bool (*read)(struct deident *, const json_t *))
{
	bool good = json_is_array(list);

	for (size_t i = 0; good && i < json_array_size(list); i++)
		good = read(d, json_array_get(list, i));
	return good;
}

static enum rc
read_all(struct deident *d, const json_t *all, struct err *e)
{
	int moved;
	struct needles ns;

	if (!whole(all, "moved", -MOVED_MOST, MOVED_MOST, &moved) ||
	    moved % 7 != 0 || abs(moved) < MOVED_LEAST)
		return unfit(e, "its days are none");
	d->moved = moved;
	if (!read_list(d, json_object_get(all, "idents"), read_ident))
		return unfit(e, "one of its names is none");
	if (!read_list(d, json_object_get(all, "lines"), read_line))
		return unfit(e, "one of its lines is of no entry here");
	needles_of(&ns, d);
	for (size_t i = 0; i < d->nlines; i++)
		deident_line_doubts(d, &ns, i);
	needles_forget(&ns);
	return RC_OK;
}

enum rc
deident_read(struct deident *d, const struct casefile *c,
    const struct instrument *in, const char *text, size_t n, struct err *e)
{
	json_t *all = json_loadb(text, n, JSON_REJECT_DUPLICATES, NULL);
	enum rc rc;

	memset(d, 0, sizeof(*d));
	d->c = c;
	d->in = in;
	rc = all != NULL ? read_all(d, all, e) : unfit(e, "it is no JSON");
	json_decref(all);
	if (rc != RC_OK)
		deident_release(d);
	return rc;
}
