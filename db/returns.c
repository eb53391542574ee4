/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/returns.h"

#include <stdlib.h>
#include <string.h>

#include "core/mapping.h"
#include "core/vec.h"
#include "db/impl.h"
#include "db/sessions.h"

static bool
stands(const struct record *r, const char *kind)
{
	return record_stands(r) && strcmp(r->entry.kind, kind) == 0;
}

static uint64_t
count_of(const struct record *r, const char *field)
{
	json_int_t n = json_integer_value(json_object_get(r->body, field));

	return n > 0 ? (uint64_t)n : 0;
}

static struct return_row
row_of(const struct record *r)
{
	return (struct return_row){
		.at = r->entry.at, .agency = record_text(r, "agency"),
		.file = record_text(r, "file"),
		.hash = record_text(r, "hash"),
		.mapping = record_text(r, "mapping"),
		.mapping_hash = record_text(r, "mapping_hash"),
		.sender = record_text(r, "sender"),
		.rows = count_of(r, "rows"), .bad = count_of(r, "bad"),
		.added = count_of(r, "added"), .known = count_of(r, "known"),
		.struck = count_of(r, "struck")
	};
}

enum rc
store_returns(struct store *s, return_fn fn, void *ctx, struct err *e)
{
	struct casefile reg;
	struct return_row row;
	bool on = true;
	enum rc rc = register_load_kind(s, "return", &reg, e);

	if (rc != RC_OK)
		return rc;
	for (size_t i = reg.nrecords; i > 0 && on; i--) {
		if (!stands(reg.records[i - 1], "return"))
			continue;
		row = row_of(reg.records[i - 1]);
		on = fn(&row, ctx);
	}
	casefile_release(&reg);
	return RC_OK;
}

struct knowing {
	const char *hash;
	bool known;
};

static bool
look_known(const struct return_row *r, void *ctx)
{
	struct knowing *k = ctx;

	k->known |= strcmp(r->hash, k->hash) == 0;
	return !k->known;
}

enum rc
store_return_known(struct store *s, const char *hash, bool *known,
    struct err *e)
{
	struct knowing k = {hash, false};
	enum rc rc = store_returns(s, look_known, &k, e);

	*known = k.known;
	return rc;
}

/* These kinds are written by steps of the program, by whoever may. */
static enum rc
may_write(const struct store *s, const char *kind, struct err *e)
{
	const struct kind *k = kind_find(kind);
	enum rc rc = store_need_live(s, "what an agency returns", e);

	if (rc != RC_OK || (store_role(s) & k->roles) != 0)
		return rc;
	return err_set(e, RC_REFUSED, "%s: your role may not write this; ask "
	    "someone whose role may", k->label);
}

enum rc
store_return_add(struct store *s, const struct return_row *r, struct err *e)
{
	struct entry_draft d = {case_id_register(), "return", span_none(),
	    NULL};
	enum rc rc = may_write(s, "return", e);

	if (rc != RC_OK)
		return rc;
	d.body = json_pack("{s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:I, "
	    "s:I}", "agency", r->agency, "file", r->file, "hash", r->hash,
	    "mapping", r->mapping, "mapping_hash", r->mapping_hash,
	    "rows", (json_int_t)r->rows, "bad", (json_int_t)r->bad,
	    "added", (json_int_t)r->added, "known", (json_int_t)r->known,
	    "struck", (json_int_t)r->struck);
	if (d.body != NULL && r->sender != NULL && *r->sender != '\0' &&
	    json_object_set_new(d.body, "sender", json_string(r->sender)) != 0)
		rc = err_set(e, RC_NOMEM, "no memory for a return");
	if (rc != RC_OK) {
		entry_draft_release(&d);
		return rc;
	}
	if (d.body == NULL)
		return err_set(e, RC_INPUT, "the name of the file or of the "
		    "agency is not UTF-8; give the file another name");
	s->may_register = true;
	rc = store_bulk_add(s, &d, NULL, e);
	s->may_register = false;
	entry_draft_release(&d);
	return rc;
}

/* ---- mappings ---- */

/* The newest of each id; borrowed from the register. */
struct kept {
	struct one {
		const char *id, *text;
	} *list;
	size_t n, cap;
};

/* True if the entry holds the mapping that it says. */
static bool
is_sound(const struct record *r)
{
	const char *text = record_text(r, "text");
	struct mapping *m;
	struct faults f;
	bool sound;

	faults_init(&f, "mapping");
	m = mapping_parse(text, strlen(text), &f);
	sound = m != NULL && strcmp(m->id, record_text(r, "mapping")) == 0 &&
	    strcmp(m->hash, record_text(r, "hash")) == 0;
	mapping_free(m);
	faults_release(&f);
	return sound;
}

static void
put(struct kept *k, const char *id, const char *text)
{
	for (size_t i = 0; i < k->n; i++)
		if (strcmp(k->list[i].id, id) == 0) {
			k->list[i].text = text;
			return;
		}
	k->list = vec_room(k->list, k->n, &k->cap, sizeof(*k->list));
	k->list[k->n++] = (struct one){id, text};
}

static int
by_id(const void *a, const void *b)
{
	const struct one *x = a, *y = b;

	return strcmp(x->id, y->id);
}

enum rc
store_mappings(struct store *s, mapping_fn fn, void *ctx, struct err *e)
{
	struct kept k = {.n = 0};
	struct casefile reg;
	enum rc rc = register_load_kind(s, "mapping-kept", &reg, e);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < reg.nrecords; i++)
		if (stands(reg.records[i], "mapping-kept") &&
		    is_sound(reg.records[i]))
			put(&k, record_text(reg.records[i], "mapping"),
			    record_text(reg.records[i], "text"));
	if (k.n > 1)
		qsort(k.list, k.n, sizeof(*k.list), by_id);
	for (size_t i = 0; i < k.n; i++)
		if (!fn(k.list[i].id, k.list[i].text,
		    strlen(k.list[i].text), ctx))
			break;
	free(k.list);
	casefile_release(&reg);
	return RC_OK;
}

struct looking {
	const char *id, *text;
	size_t n;
	bool same;
};

static bool
look_same(const char *id, const char *text, size_t n, void *ctx)
{
	struct looking *l = ctx;

	if (strcmp(id, l->id) == 0)
		l->same = n == l->n && memcmp(text, l->text, n) == 0;
	return true;
}

static enum rc
write_mapping(struct store *s, const struct mapping *m, const char *text,
    size_t n, struct err *e)
{
	struct entry_draft d = {case_id_register(), "mapping-kept",
	    span_none(), NULL};
	enum rc rc;

	d.body = json_pack("{s:s, s:s, s:s, s:s%}", "mapping", m->id,
	    "version", m->version, "hash", m->hash, "text", text, n);
	if (d.body == NULL)
		return err_set(e, RC_INPUT, "the mapping's text is not UTF-8; "
		    "save it as UTF-8");
	s->may_register = true;
	rc = store_append(s, &d, 1, NULL, e);
	s->may_register = false;
	entry_draft_release(&d);
	return rc;
}

enum rc
store_mapping_keep(struct store *s, const char *text, size_t n,
    struct err *e)
{
	struct looking l = {.text = text, .n = n};
	struct mapping *m = NULL;
	struct faults f;
	enum rc rc = may_write(s, "mapping-kept", e);

	if (rc != RC_OK)
		return rc;
	if (n > MAPPING_BYTES_MAX)
		return err_set(e, RC_INPUT, "the mapping is %zu bytes long; "
		    "expected at most %u", n, MAPPING_BYTES_MAX);
	faults_init(&f, "mapping");
	m = mapping_parse(text, n, &f);
	if (m == NULL)
		rc = faults_result(&f, e);
	l.id = m != NULL ? m->id : "";
	if (rc == RC_OK)
		rc = store_mappings(s, look_same, &l, e);
	if (rc == RC_OK && l.same)
		rc = err_set(e, RC_EXISTS, "the store holds this mapping, "
		    "\"%s\" %s, just as it is in the file", m->id, m->version);
	if (rc == RC_OK)
		rc = write_mapping(s, m, text, n, e);
	mapping_free(m);
	faults_release(&f);
	return rc;
}
