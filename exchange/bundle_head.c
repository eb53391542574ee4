/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/bundle_head.h"

#include <stdlib.h>
#include <string.h>

#include "core/kinds.h"
#include "core/utf8.h"

void
bundle_head_release(struct bundle_head *h)
{
	for (size_t i = 0; i < h->nto; i++)
		free(h->to[i].name);
	free(h->to);
	free(h->from_name);
	free(h->selection);
	free(h->what);
	free(h->purpose);
	free(h->basis);
	memset(h, 0, sizeof(*h));
}

bool
bundle_basis_known(const char *code)
{
	const struct kind *k = kind_find("bundle-sent");
	const struct field *f = k != NULL ? kind_field(k, "basis") : NULL;

	return f != NULL && code_label(f->codes, code) != NULL;
}

static bool
is_selection(const char *code)
{
	const struct kind *k = kind_find("bundle-sent");
	const struct field *f = k != NULL ? kind_field(k, "selection") : NULL;

	return f != NULL && code_label(f->codes, code) != NULL;
}

/* ---- writing ---- */

static void
set_hex(json_t *o, const char *field, const unsigned char *p, size_t n)
{
	char hex[2 * 64 + 1];

	hex_format(p, n, hex);
	(void)json_object_set_new(o, field, json_string(hex));
}

static void
set_count(json_t *o, const char *field, uint64_t v)
{
	(void)json_object_set_new(o, field, json_integer((json_int_t)v));
}

static json_t *
write_people(const struct bundle_head *h)
{
	json_t *list = json_array();

	for (size_t i = 0; i < h->nto; i++) {
		const struct bundle_person *p = &h->to[i];
		json_t *o = json_object();

		set_hex(o, "key", p->key.b, AUTHOR_LEN);
		(void)json_object_set_new(o, "name", json_string(p->name));
		set_count(o, "sequence", p->sequence);
		set_hex(o, "previous", p->previous.b, BUNDLE_ID_LEN);
		(void)json_array_append_new(list, o);
	}
	return list;
}

char *
bundle_head_write(const struct bundle_head *h)
{
	json_t *o = json_object();
	char day[DAY_TEXT_MAX], *text;

	day_format(h->expires, day);
	set_hex(o, "bundle", h->id.b, BUNDLE_ID_LEN);
	set_count(o, "made", (uint64_t)h->made);
	set_hex(o, "from", h->from.b, AUTHOR_LEN);
	(void)json_object_set_new(o, "name", json_string(h->from_name));
	set_hex(o, "store", h->store, sizeof(h->store));
	set_hex(o, "root", h->root, sizeof(h->root));
	set_hex(o, "founder", h->founder.b, AUTHOR_LEN);
	(void)json_object_set_new(o, "to", write_people(h));
	(void)json_object_set_new(o, "selection", json_string(h->selection));
	(void)json_object_set_new(o, "what", json_string(h->what));
	(void)json_object_set_new(o, "purpose", json_string(h->purpose));
	(void)json_object_set_new(o, "basis", json_string(h->basis));
	(void)json_object_set_new(o, "expires", json_string(day));
	set_count(o, "cases", h->cases);
	set_count(o, "entries", h->entries);
	/* Bundles of stores for real cases are as they always were. */
	if (h->training)
		(void)json_object_set_new(o, "training", json_true());
	text = json_dumps(o, JSON_COMPACT | JSON_SORT_KEYS |
	    JSON_ENSURE_ASCII);
	json_decref(o);
	return text;
}

/* ---- reading ---- */

/* The object that is read, and the first field that is not as it has to be. */
struct fields {
	const json_t *o;
	const char *wrong;
	bool no_memory;
};

static void
blame(struct fields *f, const char *field, bool fine)
{
	if (!fine && f->wrong == NULL)
		f->wrong = field;
}

static void
get_hex(struct fields *f, const char *field, unsigned char *p, size_t n)
{
	const char *s = json_string_value(json_object_get(f->o, field));

	/* Capitals are hex, too, but never written here. */
	blame(f, field, s != NULL && hex_parse(s, p, n) &&
	    strpbrk(s, "ABCDEF") == NULL);
}

static uint64_t
get_count(struct fields *f, const char *field)
{
	const json_t *v = json_object_get(f->o, field);

	blame(f, field, json_is_integer(v) && json_integer_value(v) >= 0);
	return (uint64_t)json_integer_value(v);
}

static bool
is_text(const char *s, bool lines)
{
	uint32_t cp;

	for (size_t k; *s != '\0'; s += k) {
		k = utf8_decode(s, strlen(s) < 4 ? strlen(s) : 4, &cp);
		if (k == 0 || cp == 0x7f || (cp < 0x20 && !(lines &&
		    (cp == '\n' || cp == '\t'))))
			return false;
	}
	return true;
}

/* Returns owned the text, or NULL and the blame. */
static char *
get_text(struct fields *f, const char *field, size_t max, bool lines)
{
	const json_t *v = json_object_get(f->o, field);
	const char *s = json_string_value(v);
	bool fine = s != NULL && json_string_length(v) == strlen(s) &&
	    strlen(s) <= max && is_text(s, lines);

	char *copy = fine ? strdup(s) : NULL;

	blame(f, field, fine);
	f->no_memory |= fine && copy == NULL;
	return copy;
}

static void
read_person(struct fields *f, const json_t *o, struct bundle_person *p)
{
	struct fields of = {.o = o};

	get_hex(&of, "key", p->key.b, AUTHOR_LEN);
	p->name = get_text(&of, "name", 2 * BUNDLE_NAME_MAX, false);
	p->sequence = get_count(&of, "sequence");
	get_hex(&of, "previous", p->previous.b, BUNDLE_ID_LEN);
	blame(&of, "to", p->sequence > 0 && json_object_size(o) == 4);
	blame(f, "to", of.wrong == NULL);
	f->no_memory |= of.no_memory;
}

static void
read_people(struct fields *f, struct bundle_head *h)
{
	const json_t *list = json_object_get(f->o, "to");
	const size_t n = json_array_size(list);

	if (n == 0 || n > BUNDLE_PEOPLE_MAX) {
		blame(f, "to", false);
		return;
	}
	h->to = calloc(n, sizeof(*h->to));
	f->no_memory |= h->to == NULL;
	if (h->to == NULL)
		return;
	for (; h->nto < n; h->nto++)
		read_person(f, json_array_get(list, h->nto),
		    &h->to[h->nto]);
}

static void
read_expires(struct fields *f, struct bundle_head *h)
{
	const char *s = json_string_value(json_object_get(f->o, "expires"));

	h->expires = DAY_NONE;
	blame(f, "expires", s != NULL &&
	    day_parse(s, &h->expires, NULL) == RC_OK);
}

static void
read_fields(struct fields *f, struct bundle_head *h)
{
	get_hex(f, "bundle", h->id.b, BUNDLE_ID_LEN);
	h->made = (int64_t)get_count(f, "made");
	blame(f, "made", h->made <= ENTRY_AT_MAX);
	get_hex(f, "from", h->from.b, AUTHOR_LEN);
	h->from_name = get_text(f, "name", BUNDLE_NAME_MAX, false);
	get_hex(f, "store", h->store, sizeof(h->store));
	get_hex(f, "root", h->root, sizeof(h->root));
	get_hex(f, "founder", h->founder.b, AUTHOR_LEN);
	read_people(f, h);
	h->selection = get_text(f, "selection", 16, false);
	blame(f, "selection", h->selection != NULL &&
	    is_selection(h->selection));
	h->what = get_text(f, "what", BUNDLE_WHAT_MAX, false);
	h->purpose = get_text(f, "purpose", BUNDLE_PURPOSE_MAX, true);
	h->basis = get_text(f, "basis", 64, false);
	blame(f, "basis", h->basis != NULL && bundle_basis_known(h->basis));
	read_expires(f, h);
	h->cases = get_count(f, "cases");
	blame(f, "cases", h->cases > 0 && h->cases <= BUNDLE_CASES_MAX);
	h->entries = get_count(f, "entries");
	h->training = json_is_true(json_object_get(f->o, "training"));
}

/* What was read is written again: there is one form. */
static bool
is_same(const struct bundle_head *h, const char *text, size_t n)
{
	char *again = bundle_head_write(h);
	bool same = again != NULL && strlen(again) == n &&
	    memcmp(again, text, n) == 0;

	free(again);
	return same;
}

enum rc
bundle_head_read(const char *text, size_t n, struct bundle_head *out,
    struct err *e)
{
	json_t *o = n <= BUNDLE_HEAD_MAX ? json_loadb(text, n,
	    JSON_REJECT_DUPLICATES, NULL) : NULL;
	struct fields f = {.o = o};
	enum rc rc = RC_OK;

	memset(out, 0, sizeof(*out));
	if (!json_is_object(o)) {
		json_decref(o);
		return err_set(e, RC_INPUT, "its first part, which says from "
		    "whom and for whom it is, cannot be read");
	}
	read_fields(&f, out);
	if (f.no_memory)
		rc = err_set(e, RC_NOMEM, "no memory to read a bundle");
	else if (f.wrong != NULL)
		rc = err_set(e, RC_INPUT, "its first part does not say %s as "
		    "it has to", f.wrong);
	else if (!is_same(out, text, n))
		rc = err_set(e, RC_INPUT, "its first part is not written as "
		    "bundles are");
	json_decref(o);
	if (rc != RC_OK)
		bundle_head_release(out);
	return rc;
}
