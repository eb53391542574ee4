/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/introduced.h"

#include <stdlib.h>
#include <string.h>

#include "core/kinds.h"
#include "core/str.h"
#include "core/xalloc.h"

bool
introduced_kind(const char *kind)
{
	return str_equal(kind, "user") || str_equal(kind, "role") ||
	    str_equal(kind, "revoke");
}

static void
put_hex(json_t *record, const char *name, const unsigned char *p, size_t n)
{
	char hex[2 * SEAL_SIGNATURE_LEN + 1];

	hex_format(p, n, hex);
	(void)json_object_set_new(record, name, json_string(hex));
}

json_t *
introduced_record(const struct entry *en,
    const unsigned char seal[SEAL_SIGNATURE_LEN])
{
	char on[SPAN_TEXT_MAX];
	json_t *record;

	span_format(&en->on, on);
	record = json_pack("{s:I, s:s, s:I, s:s, s:s}", "n",
	    (json_int_t)en->n, "kind", en->kind, "at", (json_int_t)en->at,
	    "on", on, "body", en->body != NULL ? en->body : "");
	put_hex(record, "author", en->author.b, AUTHOR_LEN);
	put_hex(record, "prev", en->prev.b, ENTRY_ID_LEN);
	if (seal != NULL)
		put_hex(record, "seal", seal, SEAL_SIGNATURE_LEN);
	return record;
}

static const char *
text_of(const json_t *record, const char *name)
{
	return json_string_value(json_object_get(record, name));
}

static bool
read_hex(const json_t *record, const char *name, unsigned char *p, size_t n)
{
	const char *hex = text_of(record, name);

	return hex != NULL && hex_parse(hex, p, n);
}

static bool
read_count(const json_t *record, const char *name, int64_t *out)
{
	const json_t *v = json_object_get(record, name);

	if (!json_is_integer(v) || json_integer_value(v) < 0)
		return false;
	*out = json_integer_value(v);
	return true;
}

static bool
read_on(const json_t *record, struct span *out)
{
	const char *on = text_of(record, "on");
	struct err ignored;

	*out = span_none();
	return on != NULL && (*on == '\0' ||
	    span_parse(on, out, &ignored) == RC_OK);
}

/* Its place: who wrote it, after what, when, of which kind. */
static bool
read_place(const json_t *record, struct entry *en)
{
	const char *kind = text_of(record, "kind");
	int64_t n;

	if (kind == NULL || !introduced_kind(kind) ||
	    !read_on(record, &en->on) || !read_count(record, "n", &n) ||
	    n == 0 || !read_count(record, "at", &en->at) ||
	    en->at > ENTRY_AT_MAX ||
	    !read_hex(record, "author", en->author.b, AUTHOR_LEN) ||
	    !read_hex(record, "prev", en->prev.b, ENTRY_ID_LEN))
		return false;
	en->n = (uint64_t)n;
	en->case_id = case_id_register();
	memcpy(en->kind, kind, strlen(kind) + 1);
	return true;
}

static bool
body_passes(const struct entry *en, const char *text)
{
	json_t *body = entry_body_parse(text);
	struct err ignored;
	bool passes = body != NULL && kind_check_draft(kind_find(en->kind),
	    &en->on, body, &ignored) == RC_OK;

	json_decref(body);
	return passes;
}

bool
introduced_read(const json_t *record, struct introduced *out)
{
	const char *body = text_of(record, "body");

	memset(out, 0, sizeof(*out));
	if (body == NULL || strlen(body) > ENTRY_BODY_MAX ||
	    !read_place(record, &out->entry) ||
	    !body_passes(&out->entry, body))
		return false;
	out->sealed = read_hex(record, "seal", out->seal, sizeof(out->seal));
	out->entry.body = xstrdup(body);
	entry_seal_id(&out->entry);
	return true;
}

void
introduced_release(struct introduced *in)
{
	entry_release(&in->entry);
}
