/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/bundles.h"

#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "db/bundles_impl.h"
#include "db/proof.h"

/* ---- reading the register ---- */

static bool
hex_field(const json_t *body, const char *name, unsigned char *out, size_t n)
{
	const char *hex = json_string_value(json_object_get(body, name));

	return hex != NULL && hex_parse(hex, out, n);
}

bool
bundle_field(const json_t *body, const char *name, struct bundle_id *out)
{
	return hex_field(body, name, out->b, BUNDLE_ID_LEN);
}

bool
key_field(const json_t *body, const char *name, struct author_id *out)
{
	return hex_field(body, name, out->b, AUTHOR_LEN);
}

uint64_t
count_field(const json_t *body, const char *name)
{
	json_int_t n = json_integer_value(json_object_get(body, name));

	return n > 0 ? (uint64_t)n : 0;
}

static enum rc
hand(struct store *s, sqlite3_stmt *st, bundle_entry_fn fn, void *ctx,
    struct err *e)
{
	struct entry_row r;
	json_t *body;
	enum rc rc = entry_row_read(s, st, &r, e);

	if (rc != RC_OK || r.entry.body == NULL)
		return rc;
	body = entry_body_parse(r.entry.body);
	if (json_is_object(body) && (roster_entry_roles(&s->roster,
	    &r.entry) & kind_find(r.entry.kind)->roles) != 0)
		rc = fn(&r, body, ctx, e);
	json_decref(body);
	return rc;
}

enum rc
bundle_entries(struct store *s, const char *kind, bundle_entry_fn fn,
    void *ctx, struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, kind != NULL ?
	    STMT_ENTRY_OF_REGISTER : STMT_ENTRY_OF_BUNDLES, e,
	    kind != NULL ? "t" : "", kind);

	while (rc == RC_OK && stmt_next(&rows))
		rc = hand(s, rows.st, fn, ctx, e);
	return stmt_close(&rows, rc, "read the book of bundles", e);
}

/* ---- numbers ---- */

struct numbering {
	const struct author_id *me, *to;
	uint64_t last;
	struct bundle_id id;
	struct bundle_id *stayed;	/* owned; never left after all */
	size_t n, cap;
};

/* A clock may have gone back, so the order does not tell. */
static enum rc
take_stayed(const struct entry_row *r, const json_t *body, void *ctx,
    struct err *e)
{
	struct numbering *t = ctx;
	struct bundle_id *more;

	(void)r;
	if (json_object_get(body, "stayed") == NULL)
		return RC_OK;
	more = vec_try_room(t->stayed, t->n, &t->cap, sizeof(*more));
	if (more == NULL)
		return err_set(e, RC_NOMEM, "not enough memory for the book of "
		    "bundles");
	t->stayed = more;
	if (bundle_field(body, "bundle", &t->stayed[t->n]))
		t->n++;
	return RC_OK;
}

static bool
has_stayed(const struct numbering *t, const struct bundle_id *id)
{
	for (size_t i = 0; i < t->n; i++)
		if (memcmp(t->stayed[i].b, id->b, BUNDLE_ID_LEN) == 0)
			return true;
	return false;
}

static enum rc
take_number(const struct entry_row *r, const json_t *body, void *ctx,
    struct err *e)
{
	struct numbering *t = ctx;
	const json_t *to = json_object_get(body, "to");
	struct bundle_id id;
	struct author_id key;
	uint64_t n;

	(void)e;
	if (memcmp(r->entry.author.b, t->me->b, AUTHOR_LEN) != 0 ||
	    !bundle_field(body, "bundle", &id) || has_stayed(t, &id))
		return RC_OK;
	for (size_t i = 0; i < json_array_size(to); i++) {
		const json_t *person = json_array_get(to, i);

		n = count_field(person, "sequence");
		if (n > t->last && key_field(person, "key", &key) &&
		    memcmp(key.b, t->to->b, AUTHOR_LEN) == 0) {
			t->last = n;
			t->id = id;
		}
	}
	return RC_OK;
}

enum rc
store_bundle_next(struct store *s, const struct author_id *to,
    uint64_t *sequence, struct bundle_id *previous, struct err *e)
{
	struct numbering t = {.me = &s->author, .to = to};
	enum rc rc = bundle_entries(s, "bundle-out", take_stayed, &t, e);

	if (rc == RC_OK)
		rc = bundle_entries(s, "bundle-out", take_number, &t, e);
	free(t.stayed);
	if (rc != RC_OK)
		return rc;
	*sequence = t.last + 1;
	memset(previous, 0, sizeof(*previous));
	if (t.last != 0)
		*previous = t.id;
	return RC_OK;
}

/* ---- what came before ---- */

struct knowing {
	const struct author_id *me, *from;
	const struct bundle_id *id, *previous;
	struct bundle_known *out;
	bool before;		/* the one before it was taken in */
};

/* Two people of one store may each open a bundle, and answer for themselves. */
static enum rc
take_known(const struct entry_row *r, const json_t *body, void *ctx,
    struct err *e)
{
	struct knowing *k = ctx;
	struct author_id from;
	struct bundle_id id;
	uint64_t n = count_field(body, "sequence");

	(void)e;
	if (memcmp(r->entry.author.b, k->me->b, AUTHOR_LEN) != 0 ||
	    !key_field(body, "from", &from) ||
	    memcmp(from.b, k->from->b, AUTHOR_LEN) != 0 ||
	    !bundle_field(body, "bundle", &id))
		return RC_OK;
	if (memcmp(id.b, k->id->b, BUNDLE_ID_LEN) == 0) {
		k->out->had = true;
		k->out->had_at = r->entry.at;
	}
	k->before |= memcmp(id.b, k->previous->b, BUNDLE_ID_LEN) == 0;
	if (n > k->out->last)
		k->out->last = n;
	return RC_OK;
}

enum rc
store_bundle_known(struct store *s, const struct author_id *from,
    const struct bundle_id *id, uint64_t sequence,
    const struct bundle_id *previous, struct bundle_known *out,
    struct err *e)
{
	struct knowing k = {&s->author, from, id, previous, out, false};
	enum rc rc;

	memset(out, 0, sizeof(*out));
	rc = bundle_entries(s, "bundle-in", take_known, &k, e);
	out->gap = rc == RC_OK && sequence > 1 && !k.before;
	return rc;
}

/* ---- leaving ---- */

static enum rc
no_memory(struct err *e)
{
	return err_set(e, RC_NOMEM, "not enough memory to note what leaves");
}

static enum rc
add_out(struct store *s, json_t *out, struct err *e)
{
	struct entry_draft d = {case_id_register(), "bundle-out",
	    span_none(), out};
	enum rc rc;

	if (out == NULL)
		return no_memory(e);
	s->may_register = true;
	rc = append_draft(s, &d, NULL, e);
	s->may_register = false;
	return rc == RC_OK ? tx_seal_here(s, e) : rc;
}

static enum rc
add_in_case(struct store *s, struct entry_draft *d, struct entry_id *id,
    struct err *e)
{
	enum rc rc = d->body != NULL ? append_draft(s, d, id, e) :
	    no_memory(e);

	entry_draft_release(d);
	return rc == RC_OK ? tx_seal_here(s, e) : rc;
}

static enum rc
add_sent(struct store *s, const struct bundle_note *n, size_t i,
    struct err *e)
{
	struct entry_draft d = {n->cases[i], "bundle-sent",
	    span_of_day(moment_day(clock_now(s->clock))),
	    json_deep_copy(n->sent)};

	return add_in_case(s, &d, &n->ids[i], e);
}

static enum rc
add_strike(struct store *s, const struct bundle_note *n, size_t i,
    const char *why, struct err *e)
{
	char hex[2 * ENTRY_ID_LEN + 1];
	struct entry_draft d = {n->cases[i], "strike", span_none(), NULL};

	hex_format(n->ids[i].b, ENTRY_ID_LEN, hex);
	d.body = json_pack("{s:s, s:s}", "target", hex, "reason", why);
	return add_in_case(s, &d, NULL, e);
}

/* why: of one that stayed; NULL: it leaves. */
static enum rc
add_all(struct store *s, const struct bundle_note *n, const char *why,
    struct err *e)
{
	json_t *out = json_deep_copy(n->out);
	enum rc rc = RC_OK;

	if (out != NULL && why != NULL && json_object_set_new(out, "stayed",
	    json_string(why)) != 0)
		rc = no_memory(e);
	if (rc == RC_OK)
		rc = add_out(s, out, e);
	for (size_t i = 0; i < n->n && rc == RC_OK; i++)
		rc = why != NULL ? add_strike(s, n, i, why, e) :
		    add_sent(s, n, i, e);
	json_decref(out);
	return rc;
}

static enum rc
begin(struct store *s, const struct bundle_note *n, const char *why,
    struct err *e)
{
	enum rc rc = pages_few(s, e);

	if (rc == RC_OK)
		rc = tx_begin(s, e);
	if (rc == RC_OK)
		rc = add_all(s, n, why, e);
	if (rc != RC_OK)
		store_bundle_abandon(s);
	return rc;
}

enum rc
store_bundle_begin(struct store *s, const struct bundle_note *n,
    struct err *e)
{
	if ((store_role(s) & kind_find("bundle-out")->roles) == 0)
		return err_set(e, RC_REFUSED, "your role sends no cases; ask "
		    "someone whose role may");
	return begin(s, n, NULL, e);
}

enum rc
store_bundle_end(struct store *s, struct err *e)
{
	enum rc rc = pages_few(s, e);

	if (rc == RC_OK)
		rc = tx_seal(s, e);
	store_bundle_abandon(s);
	return rc;
}

void
store_bundle_abandon(struct store *s)
{
	tx_undo(s);
	pages_many(s);
}

enum rc
store_bundle_stayed(struct store *s, const struct bundle_note *n,
    const char *why, struct err *e)
{
	enum rc rc = begin(s, n, why, e);

	return rc == RC_OK ? store_bundle_end(s, e) : rc;
}
