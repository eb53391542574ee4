/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An order becomes a bundle in five steps: it is checked, what goes is
 * counted, a file is made beside its place, the entries that say so are added
 * and the file is written with them, the entries are on the disk, the file
 * gets its name.  Until the last but one a failure takes all back.  A file
 * that cannot have its name after them is gone, and entries say that too; a
 * process that ends just there leaves a bundle noted that nobody has, for the
 * other order would leave one that nobody noted.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/rights.h"
#include "db/sessions.h"
#include "db/watch.h"
#include "exchange/bundle_head.h"
#include "exchange/bundle_part.h"
#include "exchange/bundle_people.h"
#include "exchange/bundle_stream.h"
#include "exchange/receiptclock.h"

#define TELL_EVERY 4096	/* entries between two calls of progress */

struct making {
	struct store *s;
	const struct bundle_order *order;
	struct bundle_head head;
	char hex[2 * BUNDLE_ID_LEN + 1];
	unsigned char (*boxes)[32];	/* of head.to; owned */
	struct bundle_part part;
	struct carry_want want;
	struct sealfile_out *file;
	json_t *noted, *sent;		/* bodies of bundle-out, -sent; owned */
	struct bundle_note note;	/* its ids are owned */
	struct bundle_writer out;
	uint64_t entries;		/* written */
};

/* ---- what is asked for ---- */

static enum rc
check_words(const struct bundle_order *o, struct err *e)
{
	enum rc rc = reason_check(o->purpose, "sending a bundle", e);

	if (rc != RC_OK)
		return rc;
	if (strlen(o->purpose) > BUNDLE_PURPOSE_MAX)
		return err_set(e, RC_INPUT, "the purpose is longer than %d "
		    "letters; say it shorter", BUNDLE_PURPOSE_MAX);
	if (o->only != NULL && strlen(o->only) > BUNDLE_WHAT_MAX)
		return err_set(e, RC_INPUT, "the filter is longer than %d "
		    "letters", BUNDLE_WHAT_MAX);
	if (o->only != NULL && o->receipts)
		return err_set(e, RC_INPUT, "receipts go alone, without a "
		    "filter");
	return o->basis != NULL && bundle_basis_known(o->basis) ? RC_OK :
	    err_set(e, RC_INPUT, "say on which lawful basis it is shared: "
	    "safeguarding, consent, order or crime");
}

static enum rc
check_expires(const struct bundle_order *o, int32_t *day, struct err *e)
{
	const int32_t today = moment_day(o->now);

	*day = o->expires == DAY_NONE ? today + BUNDLE_DAYS : o->expires;
	return *day >= today && *day <= today + BUNDLE_DAYS_MAX ? RC_OK :
	    err_set(e, RC_INPUT, "the day by which it is to be opened lies "
	    "in the past or more than %d days ahead", BUNDLE_DAYS_MAX);
}

static enum rc
check_numbers(const struct bundle_order *o, struct err *e)
{
	if (o->ncases == 0 || o->ncases > BUNDLE_CASES_MAX)
		return err_set(e, RC_INPUT, "a bundle holds 1 to %d cases, "
		    "not %zu", BUNDLE_CASES_MAX, o->ncases);
	if (o->nto == 0 || o->nto > BUNDLE_PEOPLE_MAX)
		return err_set(e, RC_INPUT, "a bundle is for 1 to %d people, "
		    "not for %zu", BUNDLE_PEOPLE_MAX, o->nto);
	for (size_t i = 0; i < o->nto; i++)
		for (size_t k = 0; k < i; k++)
			if (memcmp(o->to[i].b, o->to[k].b, AUTHOR_LEN) == 0)
				return err_set(e, RC_INPUT, "the same person "
				    "is named twice");
	return RC_OK;
}

static int
by_case(const void *a, const void *b)
{
	return memcmp(a, b, CASE_ID_LEN);
}

static enum rc
check_cases(const struct bundle_order *o, struct err *e)
{
	struct case_id *ids = malloc(o->ncases * sizeof(*ids));
	bool twice = false;

	if (ids == NULL)
		return err_set(e, RC_NOMEM, "no memory for so many cases");
	memcpy(ids, o->cases, o->ncases * sizeof(*ids));
	qsort(ids, o->ncases, sizeof(*ids), by_case);
	for (size_t i = 1; i < o->ncases; i++)
		twice |= case_id_equal(&ids[i - 1], &ids[i]);
	free(ids);
	return twice ? err_set(e, RC_INPUT, "the same case is named twice") :
	    RC_OK;
}

static enum rc
check_file(const char *path, struct err *e)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash != NULL ? slash + 1 : path;
	struct stat st;

	if (*name == '\0' || strlen(name) > 255)
		return err_set(e, RC_INPUT, "%s is not a name for a new "
		    "file", path);
	return lstat(path, &st) != 0 ? RC_OK : err_set(e, RC_EXISTS, "%s "
	    "exists already and is not overwritten; name another file",
	    path);
}

/* ---- for whom ---- */

static enum rc
add_person(struct making *m, const struct author_id *key, struct err *e)
{
	struct bundle_person *p = &m->head.to[m->head.nto];
	struct bundle_who who = {.known = false};
	enum rc rc = bundle_who(m->s, key, &who, e);

	if (rc != RC_OK)
		return rc;
	if (!who.carded)
		return err_set(e, RC_REFUSED, "%s cannot be written to: their "
		    "card is not known here. Take it in first (hearken "
		    "card), and compare its words with them by telephone",
		    who.known ? who.name : "somebody");
	if (who.role == 0)
		return err_set(e, RC_REFUSED, "%s cannot be written to: their "
		    "key was ended. If they have a new one, take their new "
		    "card in", who.name);
	p->key = *key;
	p->name = strdup(who.name);
	if (p->name == NULL)
		return err_set(e, RC_NOMEM, "no memory for a name");
	memcpy(m->boxes[m->head.nto++], who.box, sizeof(who.box));
	return store_bundle_next(m->s, key, &p->sequence, &p->previous, e);
}

static enum rc
add_people(struct making *m, struct err *e)
{
	const struct bundle_order *o = m->order;
	enum rc rc = RC_OK;

	m->head.to = calloc(o->nto, sizeof(*m->head.to));
	m->boxes = calloc(o->nto, sizeof(*m->boxes));
	if (m->head.to == NULL || m->boxes == NULL)
		return err_set(e, RC_NOMEM, "no memory for so many people");
	for (size_t i = 0; i < o->nto && rc == RC_OK; i++)
		rc = add_person(m, &o->to[i], e);
	return rc;
}

static enum rc
fill_head(struct making *m, struct err *e)
{
	const struct bundle_order *o = m->order;
	struct bundle_head *h = &m->head;
	/* Sixteen bytes of the store's own randomness. */
	const struct case_id random = store_new_case_id(m->s);

	memcpy(h->id.b, random.b, BUNDLE_ID_LEN);
	hex_format(h->id.b, BUNDLE_ID_LEN, m->hex);
	h->made = o->now;
	h->from = *store_author(m->s);
	h->from_name = strdup(store_user(m->s));
	store_origin(m->s, h->store, h->root, &h->founder);
	h->selection = strdup(o->receipts ? "receipt" : o->only != NULL ?
	    "part" : "all");
	h->what = strdup(o->only != NULL ? o->only : "");
	h->purpose = strdup(o->purpose);
	h->basis = strdup(o->basis);
	h->cases = o->ncases;
	h->training = store_training(m->s);
	if (h->from_name == NULL || h->selection == NULL || h->what == NULL ||
	    h->purpose == NULL || h->basis == NULL)
		return err_set(e, RC_NOMEM, "no memory to make a bundle");
	return add_people(m, e);
}

/* ---- what goes ---- */

/* Restricted to people of whom somebody it is for is none. */
static enum rc
check_named(const struct making *m, const struct casefile *c, struct err *e)
{
	for (size_t i = 0; i < m->head.nto; i++)
		if (!casefile_named(c, &m->head.to[i].key))
			return err_set(e, RC_REFUSED, "%s is restricted, and "
			    "%s is not named in it. A supervisor can name "
			    "them (hearken restrict), or leave this case out",
			    c->reference, m->head.to[i].name);
	return RC_OK;
}

static enum rc
look_at_case(struct making *m, const struct case_id *id, struct err *e)
{
	const bool part = m->want.pick != NULL;
	enum door door = DOOR_OPEN;
	char *names = NULL;
	struct casefile c;
	enum rc rc = store_door(m->s, id, &door, e);

	/* What is shut says whom to ask when it is counted. */
	if (rc != RC_OK || door == DOOR_RESTRICTED || door == DOOR_SHUT)
		return rc;
	rc = store_named(m->s, id, &names, e);
	if (rc != RC_OK || (names == NULL && !part))
		return rc;
	free(names);
	rc = store_case_load(m->s, id, &c, e);
	if (rc != RC_OK)
		return rc;
	rc = check_named(m, &c, e);
	if (rc == RC_OK && part)
		rc = bundle_part_add(&m->part, m->s, &c, e);
	casefile_release(&c);
	return rc;
}

/* Also finds what may not leave, before an entry says that it did. */
static enum rc
count_all(struct making *m, struct err *e)
{
	const struct bundle_order *o = m->order;
	enum rc rc = bundle_part_init(&m->part, o, m->hex, e);

	if (rc != RC_OK)
		return rc;
	m->want = (struct carry_want){.cases = o->cases, .ncases = o->ncases};
	if (o->only != NULL || o->receipts)
		m->want.pick = bundle_part_picks;
	m->want.ctx = &m->part;
	for (size_t i = 0; i < o->ncases && rc == RC_OK; i++)
		rc = look_at_case(m, &o->cases[i], e);
	bundle_part_done(&m->part);
	if (rc == RC_OK)
		rc = store_carry_count(m->s, &m->want, &m->head.entries, e);
	/* And the entry in each case that says so. */
	m->head.entries += o->ncases;
	return rc;
}

/* ---- the entries that say so ---- */

static void
set_text(json_t *o, const char *field, const char *text)
{
	(void)json_object_set_new(o, field, json_string(text));
}

static void
set_hex(json_t *o, const char *field, const unsigned char *p, size_t n)
{
	char hex[2 * AUTHOR_LEN + 1];

	hex_format(p, n, hex);
	set_text(o, field, hex);
}

static void
set_expires(json_t *o, int32_t day)
{
	char text[DAY_TEXT_MAX];

	day_format(day, text);
	set_text(o, "expires", text);
}

static json_t *
sent_body(const struct making *m)
{
	const struct bundle_head *h = &m->head;
	json_t *o = json_object(), *to = json_array(), *keys = json_array();
	char hex[2 * AUTHOR_LEN + 1];

	for (size_t i = 0; i < h->nto; i++) {
		hex_format(h->to[i].key.b, AUTHOR_LEN, hex);
		(void)json_array_append_new(to, json_string(h->to[i].name));
		(void)json_array_append_new(keys, json_string(hex));
	}
	set_text(o, "bundle", m->hex);
	(void)json_object_set_new(o, "to", to);
	(void)json_object_set_new(o, "keys", keys);
	set_text(o, "selection", h->selection);
	if (h->what[0] != '\0')
		set_text(o, "what", h->what);
	set_text(o, "purpose", h->purpose);
	set_text(o, "basis", h->basis);
	set_expires(o, h->expires);
	if (!m->order->receipts)
		receipt_clock_put(m->order->content, m->order->now, o);
	return o;
}

static json_t *
out_people(const struct bundle_head *h)
{
	json_t *list = json_array();

	for (size_t i = 0; i < h->nto; i++) {
		json_t *p = json_object();

		set_hex(p, "key", h->to[i].key.b, AUTHOR_LEN);
		set_text(p, "name", h->to[i].name);
		(void)json_object_set_new(p, "sequence",
		    json_integer((json_int_t)h->to[i].sequence));
		set_hex(p, "previous", h->to[i].previous.b, BUNDLE_ID_LEN);
		(void)json_array_append_new(list, p);
	}
	return list;
}

static json_t *
out_body(const struct making *m)
{
	const struct bundle_order *o = m->order;
	const char *slash = strrchr(o->path, '/');
	json_t *body = json_object(), *cases = json_array();
	char hex[2 * CASE_ID_LEN + 1];

	for (size_t i = 0; i < o->ncases; i++) {
		hex_format(o->cases[i].b, CASE_ID_LEN, hex);
		(void)json_array_append_new(cases, json_string(hex));
	}
	set_text(body, "bundle", m->hex);
	(void)json_object_set_new(body, "to", out_people(&m->head));
	(void)json_object_set_new(body, "cases", cases);
	set_text(body, "selection", m->head.selection);
	set_text(body, "file", slash != NULL ? slash + 1 : o->path);
	(void)json_object_set_new(body, "entries",
	    json_integer((json_int_t)m->head.entries));
	set_expires(body, m->head.expires);
	return body;
}

static enum rc
note_leaving(struct making *m, struct err *e)
{
	m->noted = out_body(m);
	m->sent = sent_body(m);
	m->note = (struct bundle_note){m->noted, m->sent, m->order->cases,
	    m->order->ncases, calloc(m->order->ncases,
	    sizeof(*m->note.ids))};
	if (m->note.ids == NULL)
		return err_set(e, RC_NOMEM, "no memory for so many cases");
	return store_bundle_begin(m->s, &m->note, e);
}

/* Its file could not have its name: the entries must not say that it left. */
static enum rc
stay(struct making *m, enum rc rc, struct err *e)
{
	struct err why;

	if (store_bundle_stayed(m->s, &m->note, "Nothing left: the bundle's "
	    "file could not be made.", &why) == RC_OK)
		return rc;
	(void)err_prefix(e, "nothing left, but that it did stands in the "
	    "cases and could not be struck (%s)", why.text);
	return rc;
}

/* ---- the file ---- */

static enum rc
put_head(struct making *m, struct err *e)
{
	char *text = bundle_head_write(&m->head);
	enum rc rc;

	if (text == NULL)
		return err_set(e, RC_NOMEM, "no memory to make a bundle");
	rc = bundle_put(&m->out, BUNDLE_HEAD, text, strlen(text), e);
	free(text);
	return rc;
}

/* One record for each store, so that none has to be large. */
static enum rc
put_people(struct making *m, struct err *e)
{
	json_t *all = NULL;
	enum rc rc = store_introductions(m->s, &all, e);

	for (size_t i = 0; rc == RC_OK && i < json_array_size(all); i++) {
		json_t *one = json_pack("[O]", json_array_get(all, i));
		char *text = one != NULL ? entry_canonical_body(one) : NULL;

		rc = text != NULL ? bundle_put(&m->out, BUNDLE_PEOPLE, text,
		    strlen(text), e) : err_set(e, RC_NOMEM, "no memory to "
		    "make a bundle");
		free(text);
		json_decref(one);
	}
	json_decref(all);
	return rc;
}

static enum rc
put_one(const struct carried *c, void *ctx, struct err *e)
{
	struct making *m = ctx;
	const struct bundle_order *o = m->order;

	m->entries += c->entry != NULL;
	if (o->progress != NULL && m->entries % TELL_EVERY == 0 &&
	    !o->progress(m->entries, m->head.entries, o->progress_ctx))
		return err_set(e, RC_CANCELLED, "stopped; the bundle was not "
		    "made, and nothing says that it left");
	return bundle_put_carried(&m->out, c, e);
}

static enum rc
put_end(struct making *m, struct err *e)
{
	unsigned char hash[BUNDLE_HASH], signature[BUNDLE_SIGNATURE];

	if (m->entries != m->head.entries)
		return err_set(e, RC_DAMAGED, "the cases hold another number "
		    "of entries than was counted; try again");
	bundle_writer_hash(&m->out, hash);
	store_sign_bundle(m->s, hash, signature);
	return bundle_put_end(&m->out, signature, e);
}

static enum rc
write_file(struct making *m, struct err *e)
{
	enum rc rc;

	bundle_writer_init(&m->out, m->file);
	rc = put_head(m, e);
	if (rc == RC_OK)
		rc = put_people(m, e);
	if (rc == RC_OK)
		rc = store_carry(m->s, &m->want, put_one, m, e);
	if (rc == RC_OK)
		rc = put_end(m, e);
	return rc == RC_OK ? sealfile_finish(m->file, e) : rc;
}

/* The entries are on the disk before the file has its name. */
static enum rc
let_go(struct making *m, struct bundle_made *out, struct err *e)
{
	enum rc rc = note_leaving(m, e);

	if (rc != RC_OK)
		return rc;
	rc = write_file(m, e);
	if (rc != RC_OK) {
		store_bundle_abandon(m->s);
		return rc;
	}
	rc = store_bundle_end(m->s, e);
	if (rc != RC_OK)
		return rc;
	rc = sealfile_publish(m->file, &out->bytes, e);
	m->file = NULL;
	return rc == RC_OK ? RC_OK : stay(m, rc, e);
}

static void
release(struct making *m)
{
	sealfile_drop(m->file);
	bundle_part_release(&m->part);
	bundle_head_release(&m->head);
	json_decref(m->noted);
	json_decref(m->sent);
	free(m->note.ids);
	free(m->boxes);
}

static enum rc
check(struct making *m, struct err *e)
{
	const struct bundle_order *o = m->order;
	enum rc rc = right_check(store_role(m->s), RIGHT_EXPORT, e);

	if (rc == RC_OK)
		rc = check_words(o, e);
	if (rc == RC_OK)
		rc = check_expires(o, &m->head.expires, e);
	if (rc == RC_OK)
		rc = check_numbers(o, e);
	if (rc == RC_OK)
		rc = check_cases(o, e);
	return rc == RC_OK ? check_file(o->path, e) : rc;
}

enum rc
bundle_make(struct store *s, const struct bundle_order *o,
    struct bundle_made *out, struct err *e)
{
	struct making m = {.s = s, .order = o};
	enum rc rc = check(&m, e);

	memset(out, 0, sizeof(*out));
	if (rc == RC_OK)
		rc = fill_head(&m, e);
	if (rc == RC_OK)
		rc = count_all(&m, e);
	/* The file first: where none can be made, nothing left. */
	if (rc == RC_OK)
		rc = sealfile_create(o->path,
		    (const unsigned char (*)[32])m.boxes, m.head.nto,
		    &m.file, e);
	if (rc == RC_OK)
		rc = let_go(&m, out, e);
	out->id = m.head.id;
	out->entries = m.head.entries;
	out->cases = o->ncases;
	out->people = m.head.nto;
	release(&m);
	return rc;
}
