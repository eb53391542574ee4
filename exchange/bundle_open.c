/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A bundle is read once, from front to end, into a union that is not yet
 * kept: head, people, entries and proofs, and last the signature over all of
 * them.  Only then is the union finished, with the receipts and the line of
 * the Inbox among its entries, or, when it was only looked at, taken back.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/rights.h"
#include "core/vec.h"
#include "db/sessions.h"
#include "exchange/bundle_head.h"
#include "exchange/bundle_people.h"
#include "exchange/bundle_stream.h"

#define TELL_EVERY 4096	/* entries between two calls of progress */

/* The entry bundle-sent of this bundle in one of its cases. */
struct sent {
	struct case_id id;
	struct entry_id entry;
};

struct opening {
	struct store *s;
	const char *path;
	int64_t now;
	bool keep;		/* else it is only looked into */
	const unsigned char *seen;	/* the hash that was confirmed; NULL */
	store_progress_fn progress;
	void *ctx;
	struct sealfile_in *file;
	bool file_failed;	/* the message names the file already */
	struct bundle_reader in;
	struct unite *u;
	struct bundle_report *report;
	struct bundle_who sender;
	char hex[2 * BUNDLE_ID_LEN + 1];
	struct sent *sent;	/* owned */
	size_t nsent, capsent;
	uint64_t entries;
};

void
bundle_report_release(struct bundle_report *r)
{
	bundle_head_release(&r->head);
	free(r->sender);
	free(r->file);
	free(r->cases);
	memset(r, 0, sizeof(*r));
}

enum rc
bundle_inspect(const char *path, struct bundle_outside *out, struct err *e)
{
	struct sealfile_in *f;
	enum rc rc = sealfile_open(path, &f, e);

	memset(out, 0, sizeof(*out));
	if (rc != RC_OK)
		return rc;
	out->version = sealfile_front(f)->version;
	out->bytes = sealfile_front(f)->bytes;
	out->whole = sealfile_front(f)->whole;
	sealfile_close(f);
	return RC_OK;
}

/* ---- where it comes from ---- */

static enum rc
unseal(const unsigned char *box, size_t n, unsigned char *key, void *ctx,
    struct err *e)
{
	return store_unseal(ctx, box, n, key, e);
}

static enum rc
next_bytes(void *ctx, const unsigned char **p, size_t *n, struct err *e)
{
	struct opening *o = ctx;
	enum rc rc = sealfile_next(o->file, p, n, e);

	o->file_failed = rc != RC_OK;
	return rc;
}

/* What is wrong inside is said of the file. */
static enum rc
in_file(const struct opening *o, enum rc rc, struct err *e)
{
	return rc == RC_OK || o->file_failed ? rc : err_prefix(e, "%s",
	    o->path);
}

/* ---- the head ---- */

static enum rc
check_sender(struct opening *o, struct err *e)
{
	const struct bundle_head *h = &o->report->head;
	struct bundle_who *w = &o->sender;
	enum rc rc = bundle_who(o->s, &h->from, w, e);

	if (rc != RC_OK)
		return rc;
	if (memcmp(h->from.b, store_author(o->s)->b, AUTHOR_LEN) == 0)
		return err_set(e, RC_REFUSED, "you made this bundle yourself; "
		    "what it holds is here");
	if (!w->carded)
		return err_set(e, RC_REFUSED, "it says that it comes from "
		    "%s, whose card is not known here. Ask them for their "
		    "card and take it in first (hearken card): until "
		    "then nothing tells that it is theirs", w->known ?
		    w->name : h->from_name);
	if (w->role == 0)
		return err_set(e, RC_REFUSED, "it comes from %s, whose key "
		    "was ended: what they send is not taken in. If they have "
		    "a new one, take their new card in", w->name);
	if (memcmp(h->store, w->store, sizeof(h->store)) != 0 ||
	    memcmp(h->root, w->root, sizeof(h->root)) != 0 ||
	    memcmp(h->founder.b, w->founder.b, AUTHOR_LEN) != 0)
		return err_set(e, RC_REFUSED, "it comes from %s, but not from "
		    "the store that is on their card. Ask them, by telephone, "
		    "and take their new card in", w->name);
	return RC_OK;
}

/* Told before anything of it is read; uniting refuses each entry as well. */
static enum rc
check_purpose(const struct opening *o, struct err *e)
{
	const bool training = o->report->head.training;

	if (training == store_training(o->s))
		return RC_OK;
	return training ? err_set(e, RC_REFUSED, "it comes from a store made "
	    "for training, and this one is for real cases: nothing of a "
	    "training session is taken in here. Open it in a store made with "
	    "hearken init STORE --training") : err_set(e, RC_REFUSED, "it "
	    "comes from a store for real cases, and this one was made for "
	    "training: no real case is taken in here. Open it in the store "
	    "of your agency that is for real cases");
}

/* The line of its list that is for whoever unlocked the store, or NULL. */
static const struct bundle_person *
my_line(const struct opening *o)
{
	const struct bundle_head *h = &o->report->head;

	for (size_t i = 0; i < h->nto; i++)
		if (memcmp(h->to[i].key.b, store_author(o->s)->b,
		    AUTHOR_LEN) == 0)
			return &h->to[i];
	return NULL;
}

static enum rc
check_mine(struct opening *o, struct err *e)
{
	const struct bundle_head *h = &o->report->head;
	const struct bundle_person *me = my_line(o);
	char words[SPAN_WORDS_MAX];
	enum rc rc;

	if (me == NULL)
		return err_set(e, RC_REFUSED, "it was sealed to you, but its "
		    "sender %s does not name you among those it is for. "
		    "Somebody passed it on; tell them", o->sender.name);
	rc = store_bundle_known(o->s, &h->from, &h->id, me->sequence,
	    &me->previous, &o->report->known, e);
	if (rc != RC_OK)
		return rc;
	if (o->report->known.had) {
		moment_words(o->report->known.had_at, words);
		return err_set(e, RC_EXISTS, "this very bundle was taken in "
		    "before, on %s. Nothing more is in it", words);
	}
	if (moment_day(o->now) <= h->expires)
		return RC_OK;
	day_words(h->expires, words);
	return err_set(e, RC_REFUSED, "it was to be opened by %s and has "
	    "expired; ask %s to send it again", words, o->sender.name);
}

static enum rc
read_head(struct opening *o, struct err *e)
{
	struct bundle_report *r = o->report;
	struct bundle_record rec;
	enum rc rc = bundle_next(&o->in, &rec, e);

	/* The reader lets nothing else come first. */
	if (rc == RC_OK)
		rc = bundle_head_read((const char *)rec.bytes, rec.n,
		    &r->head, e);
	if (rc != RC_OK)
		return rc;
	hex_format(r->head.id.b, BUNDLE_ID_LEN, o->hex);
	rc = check_sender(o, e);
	if (rc == RC_OK)
		rc = check_purpose(o, e);
	if (rc == RC_OK)
		rc = check_mine(o, e);
	if (rc != RC_OK)
		return rc;
	r->sender = strdup(o->sender.name);
	return r->sender != NULL ? RC_OK : err_set(e, RC_NOMEM, "no memory "
	    "for a name");
}

/* ---- the rest ---- */

static enum rc
take_people(struct opening *o, const struct bundle_record *rec,
    struct err *e)
{
	json_t *list = json_loadb((const char *)rec->bytes, rec->n,
	    JSON_REJECT_DUPLICATES, NULL);
	enum rc rc = json_is_array(list) ? unite_introduce(o->u, list, e) :
	    err_set(e, RC_INPUT, "what it says of people cannot be read");

	json_decref(list);
	return rc;
}

static bool
is_this(const struct opening *o, const struct entry *en)
{
	json_t *body;
	bool same;

	if (strcmp(en->kind, "bundle-sent") != 0 || memcmp(en->author.b,
	    o->report->head.from.b, AUTHOR_LEN) != 0)
		return false;
	body = entry_body_parse(en->body);
	same = str_equal(json_string_value(json_object_get(body, "bundle")),
	    o->hex);
	json_decref(body);
	return same;
}

static enum rc
keep_sent(struct opening *o, const struct entry *en, struct err *e)
{
	struct sent *more = vec_try_room(o->sent, o->nsent, &o->capsent,
	    sizeof(*more));

	if (more == NULL)
		return err_set(e, RC_NOMEM, "no memory for the cases of a "
		    "bundle");
	o->sent = more;
	o->sent[o->nsent++] = (struct sent){en->case_id, en->id};
	return RC_OK;
}

static enum rc
take_entry(struct opening *o, const struct bundle_record *rec,
    struct err *e)
{
	const uint64_t all = o->report->head.entries;
	uint64_t before = 0;
	bool recall;
	struct entry en;
	enum rc rc = bundle_entry_read(rec->bytes, rec->n, &en, e);

	if (rc != RC_OK)
		return rc;
	recall = strcmp(en.kind, "bundle-recall") == 0;
	if (recall)
		before = unite_added(o->u, &en.case_id);
	if (++o->entries > all)
		return err_set(e, RC_INPUT, "it is larger than it says: more "
		    "than %llu entries are in it", (unsigned long long)all);
	if (o->progress != NULL && o->entries % TELL_EVERY == 0 &&
	    !o->progress(o->entries, all, o->ctx))
		return err_set(e, RC_CANCELLED, "stopped; nothing was taken "
		    "in");
	rc = unite_entry(o->u, &en, e);
	if (rc == RC_OK && recall &&
	    unite_added(o->u, &en.case_id) > before)
		o->report->recalls = true;
	return rc == RC_OK && is_this(o, &en) ? keep_sent(o, &en, e) : rc;
}

static enum rc
take_proof(struct opening *o, const struct bundle_record *rec,
    struct err *e)
{
	struct proof p;
	enum rc rc = bundle_proof_read(rec->bytes, rec->n, &p, e);

	return rc == RC_OK ? unite_proof(o->u, &p, e) : rc;
}

static enum rc
take_record(struct opening *o, const struct bundle_record *rec,
    struct err *e)
{
	switch (rec->type) {
	case BUNDLE_PEOPLE:
		return take_people(o, rec, e);
	case BUNDLE_ENTRY:
		return take_entry(o, rec, e);
	case BUNDLE_PROOF:
		return take_proof(o, rec, e);
	case BUNDLE_END:
	case BUNDLE_HEAD:
	case BUNDLE_PADDING:
	default:
		return RC_OK;
	}
}

static enum rc
take_end(struct opening *o, const struct bundle_record *rec, struct err *e)
{
	const struct bundle_head *h = &o->report->head;
	unsigned char hash[BUNDLE_HASH];

	bundle_reader_hash(&o->in, hash);
	if (!bundle_signature_holds(&h->from, hash, rec->bytes))
		return err_set(e, RC_TAMPERED, "it was not signed by %s, from "
		    "whom it says that it comes. Nothing of it is used; tell "
		    "them", o->sender.name);
	if (o->entries != h->entries)
		return err_set(e, RC_INPUT, "it holds %llu entries where it "
		    "says %llu", (unsigned long long)o->entries,
		    (unsigned long long)h->entries);
	memcpy(o->report->hash, hash, sizeof(hash));
	if (o->seen != NULL && memcmp(hash, o->seen, sizeof(hash)) != 0)
		return err_set(e, RC_REFUSED, "it is not the bundle that was "
		    "looked into: the file was changed since. Nothing was "
		    "taken in; look into it again");
	return bundle_read_padding(&o->in, e);
}

static enum rc
take_all(struct opening *o, struct err *e)
{
	struct bundle_record rec = {BUNDLE_HEAD, NULL, 0};
	enum rc rc = RC_OK;

	while (rc == RC_OK && rec.type != BUNDLE_END) {
		rc = bundle_next(&o->in, &rec, e);
		if (rc == RC_OK)
			rc = take_record(o, &rec, e);
	}
	return rc == RC_OK ? take_end(o, &rec, e) : rc;
}

/* ---- what is written about it ---- */

static int
by_case(const void *a, const void *b)
{
	return memcmp(a, b, CASE_ID_LEN);
}

static const struct sent *
sent_of(const struct opening *o, const struct case_id *id)
{
	return o->nsent == 0 ? NULL : bsearch(id, o->sent, o->nsent,
	    sizeof(*o->sent), by_case);
}

static enum rc
check_cases(struct opening *o, struct err *e)
{
	struct bundle_report *r = o->report;
	const struct case_id *ids = unite_cases(o->u, &r->ncases);

	if (r->ncases != r->head.cases)
		return err_set(e, RC_INPUT, "it holds %zu cases where it says "
		    "%llu", r->ncases, (unsigned long long)r->head.cases);
	r->cases = malloc((r->ncases + 1) * sizeof(*ids));
	if (r->cases == NULL)
		return err_set(e, RC_NOMEM, "no memory for so many cases");
	memcpy(r->cases, ids, r->ncases * sizeof(*ids));
	if (o->nsent > 0)
		qsort(o->sent, o->nsent, sizeof(*o->sent), by_case);
	for (size_t i = 0; i < r->ncases; i++)
		if (sent_of(o, &r->cases[i]) == NULL)
			return err_set(e, RC_INPUT, "one of its cases does "
			    "not say that it was sent");
	return RC_OK;
}

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
set_count(json_t *o, const char *field, uint64_t v)
{
	(void)json_object_set_new(o, field, json_integer((json_int_t)v));
}

static struct entry_draft
receipt(const struct opening *o, const struct case_id *id)
{
	struct entry_draft d = {*id, "bundle-received",
		span_of_day(moment_day(o->now)), json_object()};

	set_hex(d.body, "sent", sent_of(o, id)->entry.b, ENTRY_ID_LEN);
	set_text(d.body, "bundle", o->hex);
	set_text(d.body, "from", o->sender.name);
	set_count(d.body, "added", unite_added(o->u, id));
	return d;
}

static struct entry_draft
line_of_inbox(const struct opening *o)
{
	const struct bundle_report *r = o->report;
	const struct bundle_person *me = my_line(o);
	struct entry_draft d = {case_id_register(), "bundle-in", span_none(),
		json_object()};
	json_t *cases = json_array();
	uint64_t added = 0;
	char hex[2 * CASE_ID_LEN + 1];

	for (size_t i = 0; i < r->ncases; i++) {
		hex_format(r->cases[i].b, CASE_ID_LEN, hex);
		(void)json_array_append_new(cases, json_string(hex));
		added += unite_added(o->u, &r->cases[i]);
	}
	set_text(d.body, "bundle", o->hex);
	set_hex(d.body, "from", r->head.from.b, AUTHOR_LEN);
	set_text(d.body, "name", o->sender.name);
	set_count(d.body, "sequence", me->sequence);
	set_hex(d.body, "previous", me->previous.b, BUNDLE_ID_LEN);
	(void)json_object_set_new(d.body, "cases", cases);
	set_text(d.body, "selection", r->head.selection);
	set_text(d.body, "file", r->file);
	set_count(d.body, "entries", r->head.entries);
	set_count(d.body, "added", added);
	return d;
}

/* Receipts are not answered by receipts. */
static enum rc
finish(struct opening *o, struct err *e)
{
	struct bundle_report *r = o->report;
	const bool answered = strcmp(r->head.selection, "receipt") != 0;
	const size_t n = (answered ? r->ncases : 0) + 1;
	struct entry_draft *drafts = calloc(n, sizeof(*drafts));
	struct unite *u = o->u;
	enum rc rc;

	if (drafts == NULL)
		return err_set(e, RC_NOMEM, "no memory for the receipts");
	for (size_t i = 0; i + 1 < n; i++)
		drafts[i] = receipt(o, &r->cases[i]);
	drafts[n - 1] = line_of_inbox(o);
	o->u = NULL;
	rc = unite_finish(u, drafts, n, &r->sum, e);
	for (size_t i = 0; i < n; i++)
		entry_draft_release(&drafts[i]);
	free(drafts);
	return rc;
}

static enum rc
try(struct opening *o, struct err *e)
{
	struct unite *u = o->u;

	o->u = NULL;
	return unite_try(u, &o->report->sum, e);
}

/* ---- the whole ---- */

static enum rc
read_all(struct opening *o, struct err *e)
{
	enum rc rc = read_head(o, e);

	if (rc == RC_OK)
		rc = o->keep ? unite_begin(o->s, &o->u, e) :
		    unite_begin_try(o->s, &o->u, e);
	if (rc == RC_OK)
		rc = take_all(o, e);
	return rc == RC_OK ? check_cases(o, e) : rc;
}

static enum rc
open_file(struct opening *o, struct err *e)
{
	const char *slash = strrchr(o->path, '/');
	enum rc rc = right_check(store_role(o->s), RIGHT_READ, e);

	if (rc == RC_OK)
		rc = sealfile_open(o->path, &o->file, e);
	if (rc == RC_OK)
		rc = sealfile_unseal(o->file, unseal, o->s, e);
	if (rc != RC_OK)
		return rc;
	o->report->file = strdup(slash != NULL ? slash + 1 : o->path);
	return o->report->file != NULL ? RC_OK : err_set(e, RC_NOMEM, "no "
	    "memory to read %s", o->path);
}

static enum rc
run(struct opening *o, struct bundle_report *out, struct err *e)
{
	enum rc rc;

	memset(out, 0, sizeof(*out));
	o->report = out;
	bundle_reader_init(&o->in, next_bytes, o);
	rc = open_file(o, e);
	if (rc == RC_OK)
		rc = in_file(o, read_all(o, e), e);
	if (rc == RC_OK)
		rc = o->keep ? finish(o, e) : try(o, e);
	if (o->u != NULL)
		unite_abandon(o->u);
	bundle_reader_release(&o->in);
	sealfile_close(o->file);
	free(o->sent);
	if (rc != RC_OK)
		bundle_report_release(out);
	return rc;
}

enum rc
bundle_look(struct store *s, const char *path, const struct clock *clock,
    struct bundle_report *out, struct err *e)
{
	struct opening o = {.s = s, .path = path, .now = clock_now(clock)};

	return run(&o, out, e);
}

enum rc
bundle_open_seen(struct store *s, const char *path,
    const struct clock *clock, store_progress_fn progress, void *ctx,
    const unsigned char hash[32], struct bundle_report *out, struct err *e)
{
	struct opening o = {.s = s, .path = path, .now = clock_now(clock),
		.progress = progress, .ctx = ctx, .keep = true,
		.seen = hash};

	return run(&o, out, e);
}

enum rc
bundle_open(struct store *s, const char *path, const struct clock *clock,
    store_progress_fn progress, void *ctx, struct bundle_report *out,
    struct err *e)
{
	return bundle_open_seen(s, path, clock, progress, ctx, NULL, out, e);
}
