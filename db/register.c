/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The register as the store uses it: the roster of its people and the
 * instruments it has adopted.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/yaml.h"
#include "db/impl.h"

/* The kinds that make up what is kept of the register in memory. */
static const char *const roster_kinds[REGISTER_KINDS] = {"user", "role",
    "revoke", "trust", "distrust", "introduced", "purpose"};
static const char *const adopted_kinds[REGISTER_KINDS] = {"adopt"};
static const char *const disposal_kinds[REGISTER_KINDS] = {"hold",
    "dispose-request", "dispose"};

bool
register_holds_kind(const char *kind)
{
	if (str_equal(kind, "setting"))
		return true;
	for (size_t i = 0; i < REGISTER_KINDS; i++)
		if (str_equal(kind, roster_kinds[i]) ||
		    str_equal(kind, adopted_kinds[i]) ||
		    str_equal(kind, disposal_kinds[i]))
			return true;
	return false;
}

/*
 * Of these kinds only: the register also holds an entry for each time that
 * somebody opened a case.
 */
static enum rc
collect(struct store *s, const char *const *k, struct casefile *out,
    struct err *e)
{
	struct entry_row r;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_ENTRY_OF_REGISTER, e, "ttttttt",
	    k[0], k[1], k[2], k[3], k[4], k[5], k[6]);

	while (rc == RC_OK && stmt_next(&rows)) {
		rc = entry_row_read(s, rows.st, &r, e);
		if (rc == RC_OK)
			casefile_apply(out, &r.entry);
	}
	return stmt_close(&rows, rc, "read the store", e);
}

enum rc
register_each(struct store *s, const char *const *kinds,
    register_fn fn, void *ctx, struct err *e)
{
	struct case_id reg = case_id_register();
	struct casefile c;
	enum rc rc;

	casefile_init(&c, &reg);
	rc = collect(s, kinds, &c, e);
	for (size_t i = 0; i < c.nrecords && rc == RC_OK; i++)
		rc = fn(s, &c.records[i]->entry, ctx, e);
	casefile_release(&c);
	return rc;
}

enum rc
register_load_kind(struct store *s, const char *kind, struct casefile *out,
    struct err *e)
{
	const char *const kinds[REGISTER_KINDS] = {kind};
	struct case_id reg = case_id_register();
	enum rc rc;

	casefile_init(out, &reg);
	rc = collect(s, kinds, out, e);
	if (rc == RC_OK)
		casefile_settle(out, &s->roster);
	else
		casefile_release(out);
	return rc;
}

static enum rc
apply_to_roster(struct store *s, const struct entry *en, void *ctx,
    struct err *e)
{
	(void)s;
	(void)e;
	roster_apply(ctx, en);
	return RC_OK;
}

/* The founder's entries come before all others. */
static enum rc
check_place(struct store *s, struct err *e)
{
	struct case_id reg = case_id_register();
	int64_t book = REGISTER_BOOK;
	enum rc rc = book_find(s, &reg, &book, e);

	if (rc == RC_NOTFOUND || (rc == RC_OK && book == REGISTER_BOOK))
		return RC_OK;
	return rc != RC_OK ? rc : err_set(e, RC_TAMPERED, "%s: the register "
	    "is not in its place; it was changed outside Hearken: restore a "
	    "backup", s->path);
}

enum rc
register_load_roster(struct store *s, struct roster *out, struct err *e)
{
	struct author_id founder;
	struct grantor grantor;
	enum rc rc;

	roster_init(out);
	memcpy(founder.b, s->header.founder, AUTHOR_LEN);
	memcpy(grantor.root_pk, s->header.root_pk, GRANT_KEY_LEN);
	memcpy(grantor.uuid, s->header.uuid, GRANT_UUID_LEN);
	roster_found(out, &founder, &grantor);
	rc = check_place(s, e);
	if (rc == RC_OK)
		rc = register_each(s, roster_kinds, apply_to_roster,
		    out, e);
	if (rc != RC_OK)
		roster_release(out);
	return rc;
}

static enum rc
add_to_disposals(struct store *s, const struct entry *en, void *ctx,
    struct err *e)
{
	(void)s;
	(void)e;
	disposals_add(ctx, en);
	return RC_OK;
}

enum rc
register_load_disposals(struct store *s, const struct roster *r,
    struct disposals *out, struct err *e)
{
	enum rc rc;

	disposals_init(out);
	rc = register_each(s, disposal_kinds, add_to_disposals, out, e);
	if (rc == RC_OK)
		disposals_settle(out, r);
	else
		disposals_release(out);
	return rc;
}

static enum rc
keep_instrument(struct store *s, struct instrument *in, struct err *e)
{
	struct instrument **more = vec_try_room(s->instruments, s->ninstruments,
	    &s->capinstruments, sizeof(struct instrument *));

	if (more == NULL) {
		instrument_free(in);
		return err_set(e, RC_NOMEM, "%s: not enough memory "
		    "for the instruments", s->path);
	}
	s->instruments = more;
	s->instruments[s->ninstruments++] = in;
	return RC_OK;
}

static size_t
find_instrument(const struct store *s, const char *hash_hex)
{
	char hex[2 * INSTRUMENT_HASH_LEN + 1];

	for (size_t i = 0; i < s->ninstruments; i++) {
		hex_format(s->instruments[i]->hash, INSTRUMENT_HASH_LEN, hex);
		if (strcmp(hex, hash_hex) == 0)
			return i;
	}
	return SIZE_MAX;
}

static enum rc
parse_adopted(struct store *s, const char *text, struct err *e)
{
	struct instrument *in = NULL;
	struct faults faults;
	enum rc rc;

	faults_init(&faults, "adopted instrument");
	rc = instrument_parse(text, strlen(text), "adopted instrument", &in,
	    &faults, e);
	faults_release(&faults);
	return rc == RC_OK ? keep_instrument(s, in, e) : rc;
}

static enum rc
adopt_body(struct store *s, const json_t *body, struct err *e)
{
	const char *text = json_string_value(json_object_get(body, "text"));
	const char *hash = json_string_value(json_object_get(body, "hash"));
	size_t at;
	enum rc rc;

	if (text == NULL || hash == NULL)
		return RC_OK;
	at = find_instrument(s, hash);
	if (at == SIZE_MAX) {
		at = s->ninstruments;
		rc = parse_adopted(s, text, e);
		if (rc == RC_NOMEM)
			return rc;
		/* Nobody adopted that with this program; it shuts no one out. */
		if (rc != RC_OK)
			return RC_OK;
	}
	if (s->chosen == SIZE_MAX ||
	    json_is_true(json_object_get(body, "default")))
		s->chosen = at;
	return RC_OK;
}

static enum rc
adopt_entry(struct store *s, const struct entry *en, void *ctx,
    struct err *e)
{
	json_t *body;
	enum rc rc;

	(void)ctx;
	if (strcmp(en->kind, "adopt") != 0 || en->body == NULL ||
	    !roster_allows(&s->roster, en))
		return RC_OK;
	body = json_loads(en->body, JSON_REJECT_DUPLICATES, NULL);
	rc = adopt_body(s, body, e);
	json_decref(body);
	return rc;
}

enum rc
register_load_instruments(struct store *s, struct err *e)
{
	size_t n = s->ninstruments, chosen = s->chosen;
	enum rc rc;

	s->chosen = SIZE_MAX;
	rc = register_each(s, adopted_kinds, adopt_entry, NULL, e);
	if (rc != RC_OK)
		register_drop_instruments(s, n, chosen);
	return rc;
}

void
register_drop_instruments(struct store *s, size_t n, size_t chosen)
{
	while (s->ninstruments > n)
		instrument_free(s->instruments[--s->ninstruments]);
	s->chosen = chosen;
}

size_t
store_instruments(const struct store *s)
{
	return s->ninstruments;
}

const struct instrument *
store_instrument(const struct store *s, size_t i)
{
	return s->instruments[i];
}

const struct instrument *
store_default_instrument(const struct store *s)
{
	return s->chosen == SIZE_MAX ? NULL : s->instruments[s->chosen];
}

static json_t *
adopt_json(const struct instrument *in, const char *text, size_t n,
    bool as_default)
{
	char hex[2 * INSTRUMENT_HASH_LEN + 1];

	hex_format(in->hash, INSTRUMENT_HASH_LEN, hex);
	return json_pack("{s:s, s:s, s:s, s:s%, s:b}", "instrument", in->id,
	    "version", in->version, "hash", hex, "text", text, n,
	    "default", as_default ? 1 : 0);
}

enum rc
store_adopt(struct store *s, const char *text, size_t n, bool as_default,
    struct err *e)
{
	struct entry_draft d = {case_id_register(), "adopt", span_none(), NULL};
	struct instrument *in = NULL;
	struct faults faults;
	enum rc rc;

	if ((store_role(s) & kind_find("adopt")->roles) == 0)
		return err_set(e, RC_REFUSED, "your role may not adopt an "
		    "instrument; ask someone whose role may");
	faults_init(&faults, "instrument");
	rc = instrument_parse(text, n, "instrument", &in, &faults, e);
	faults_release(&faults);
	if (rc != RC_OK)
		return rc;
	d.body = adopt_json(in, text, n, as_default);
	instrument_free(in);
	if (d.body == NULL)
		return err_set(e, RC_INPUT, "the instrument's text is not "
		    "UTF-8; save it as UTF-8");
	s->may_register = true;
	rc = store_append(s, &d, 1, NULL, e);
	s->may_register = false;
	entry_draft_release(&d);
	return rc;
}
