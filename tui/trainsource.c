/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the first screen of a training store reads and does, of the session's
 * store and content.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/traininglog.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "db/sessions.h"
#include "exchange/file.h"
#include "tui/bundles.h"
#include "tui/session.h"
#include "tui/trainhome.h"
#include "tui/trainstudies.h"

/* Of others: each is read, and nobody looks through more on a screen. */
#define LISTED_MAX 400
#define STUDY_BYTES_MAX 200000	/* what an entry holds of it */

/* A screen that outlives the store by a moment (a lock) does nothing. */
static enum rc
want_store(struct session *s, struct store **out, struct err *e)
{
	*out = session_store(s);
	if (*out != NULL)
		return RC_OK;
	return err_set(e, RC_REFUSED, "The store is locked. Unlock it first.");
}

/* ---- sessions, and what they say of studies ---- */

struct done {
	char *study;		/* owned */
	size_t times;
	int64_t at;
};

struct reading {
	struct store *st;
	const struct train_sink *to;
	struct done *done;
	size_t ndone, capdone;
};

static bool
is_me(const struct store *st, const struct author_id *who)
{
	return memcmp(who->b, store_author(st)->b, AUTHOR_LEN) == 0;
}

static struct done *
done_of(const struct reading *r, const char *study)
{
	for (size_t i = 0; i < r->ndone; i++)
		if (strcmp(r->done[i].study, study) == 0)
			return &r->done[i];
	return NULL;
}

static void
note_done(struct reading *r, const char *study, int64_t at)
{
	struct done *d = done_of(r, study);

	if (d == NULL) {
		r->done = vec_room(r->done, r->ndone, &r->capdone,
		    sizeof(*r->done));
		d = &r->done[r->ndone++];
		*d = (struct done){.study = xstrdup(study), .at = at};
	}
	d->times++;
	if (at > d->at)
		d->at = at;
}

static bool
tell_session(const struct casefile *c, const struct walk *w,
    const struct err *why, void *ctx)
{
	struct reading *r = ctx;
	const struct entry *first = &c->opened->entry;
	const struct author_id *who = w != NULL ? &w->learner :
	    &first->author;
	struct train_session s = {.id = c->id, .reference = c->reference,
	    .title = c->reference, .sitting = "", .begun = first->at,
	    .worked = c->changed, .own = is_me(r->st, who),
	    .who = roster_name(store_roster(r->st), who),
	    .fault = why != NULL ? why->text : ""};

	if (w != NULL) {
		s.title = w->study->title;
		s.sitting = w->sitting;
		s.mode = w->mode;
		s.part = w->part;
		s.state = w->state;
		s.stage = w->way.n;
	}
	if (w != NULL && s.own && w->mode == WALK_ALONE &&
	    w->state == WALK_END)
		note_done(r, w->study->id, c->changed);
	r->to->session(r->to->ctx, &s);
	return true;
}

static void
tell_study(const struct reading *r, const struct train_studies *all,
    const struct train_found *f)
{
	const struct study *s = f->study;
	struct train_study t = {.id = f->name, .title = f->name,
	    .covers = "", .pair = "", .taken = f->taken, .fault = f->fault};
	const struct train_found *pair;
	const struct done *d;
	struct str covers;

	str_init(&covers);
	if (s != NULL) {
		study_covers(s, &covers);
		pair = train_studies_find(all, s->pair);
		d = done_of(r, s->id);
		t.id = s->id;
		t.title = s->title;
		t.covers = covers.s;
		t.pair = pair != NULL ? pair->study->title : "";
		t.stages = 1 + study_ahead(s, 0).most;
		t.times = d != NULL ? d->times : 0;
		t.done = d != NULL ? d->at : 0;
	}
	r->to->study(r->to->ctx, &t);
	str_release(&covers);
}

/* ---- numbers ---- */

static enum rc
count_log(struct store *st, int32_t today, struct train_counts *out,
    struct err *e)
{
	struct civil c = day_to_civil(today);
	struct training_log log;
	struct case_id id;
	struct casefile book;
	enum rc rc = store_log_case(st, false, &id, e);

	if (rc == RC_OK)
		rc = store_case_load(st, &id, &book, e);
	if (rc == RC_NOTFOUND) {
		err_clear(e);
		return RC_OK;
	}
	if (rc != RC_OK)
		return rc;
	training_log_init(&log);
	c.month = c.day = 1;
	training_log_add(&log, &book, store_author(st), day_from_civil(c),
	    DAY_NONE);
	out->entries = log.n;
	out->minutes = (size_t)training_log_minutes(&log);
	training_log_release(&log);
	casefile_release(&book);
	return RC_OK;
}

static enum rc
count_again(struct store *st, int32_t today, struct train_counts *out,
    struct err *e)
{
	struct retests all;
	enum rc rc = store_retests(st, &all, e);

	if (rc != RC_OK)
		return rc;
	out->due = retests_due(&all, today);
	for (size_t i = 0; i < all.n; i++)
		out->followed += all.items[i].due != DAY_NONE;
	retests_release(&all);
	return RC_OK;
}

static enum rc
source_read(void *ctx, const struct train_sink *to, struct train_counts *out,
    struct err *e)
{
	struct session *s = ctx;
	struct reading r = {.to = to};
	struct train_studies all = {.n = 0};
	enum rc rc = want_store(s, &r.st, e);

	if (rc == RC_OK)
		rc = train_studies_load(s, &all, e);
	if (rc == RC_OK)
		rc = store_sessions_lately(r.st, LISTED_MAX, tell_session,
		    &r, &out->older, e);
	for (size_t i = 0; i < all.n && rc == RC_OK; i++)
		tell_study(&r, &all, &all.list[i]);
	if (rc == RC_OK)
		rc = count_again(r.st, session_today(s), out, e);
	if (rc == RC_OK)
		rc = count_log(r.st, session_today(s), out, e);
	train_studies_release(&all);
	while (r.ndone > 0)
		free(r.done[--r.ndone].study);
	free(r.done);
	return rc;
}

/* ---- beginning and taking in ---- */

static enum rc
source_begin(void *ctx, const struct train_begin *b, struct case_id *id,
    struct err *e)
{
	struct train_studies all = {.n = 0};
	const struct train_found *f;
	struct walk_order o = {.mode = b->mode, .part = b->part,
	    .sitting = b->sitting};
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	if (rc == RC_OK)
		rc = train_studies_load(ctx, &all, e);
	if (rc != RC_OK)
		return rc;
	f = train_studies_find(&all, b->study);
	if (f == NULL) {
		rc = err_set(e, RC_NOTFOUND, "The study \"%.64s\" is not "
		    "there any more.", b->study);
	} else {
		o.study = f->study;
		o.text = f->text;
		rc = store_session_begin(st, &o, id, e);
	}
	train_studies_release(&all);
	return rc;
}

/* RC_INPUT with a line for each fault in told. */
static enum rc
check(const struct store *st, const struct study *study, struct faults *f,
    struct str *told)
{
	const struct instrument *in = study != NULL ?
	    store_instrument_named(st, study->instrument) : NULL;

	if (in != NULL)
		(void)study_check(study, in, f);
	else if (study != NULL)
		faults_add(f, study->instrument_at.line,
		    study->instrument_at.column, "this store has not adopted "
		    "the checklist \"%.64s\"; adopt it with hearken "
		    "instrument adopt", study->instrument);
	faults_sort(f);
	faults_lines(f, told);
	return told->len > 0 ? RC_INPUT : RC_OK;
}

static enum rc
take_text(struct store *st, const char *name, const struct store_text *file,
    struct str *told, struct err *e)
{
	struct faults f;
	struct study *study;
	enum rc rc;

	faults_init(&f, name);
	study = study_parse(file->text, file->n, &f);
	rc = check(st, study, &f, told);
	if (rc == RC_INPUT)
		rc = faults_result(&f, e);
	else
		rc = store_study_keep(st, file->text, file->n, e);
	if (rc == RC_OK)
		str_add_fmt(told, "Taken in: %s. It is among the case "
		    "studies.", study->title);
	study_free(study);
	faults_release(&f);
	return rc;
}

static enum rc
source_take(void *ctx, const char *path, struct str *told, struct err *e)
{
	const char *slash = strrchr(path, '/');
	struct store_text file = {.file = path};
	char *text = NULL;
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	if (rc == RC_OK)
		rc = file_read(path, STUDY_BYTES_MAX, &text, &file.n, e);
	if (rc != RC_OK)
		return rc;
	file.text = text;
	rc = take_text(st, slash != NULL ? slash + 1 : path, &file, told, e);
	free(text);
	return rc;
}

static enum rc
source_send(void *ctx, const struct train_send *s, struct err *e)
{
	struct bundle_source src = bundle_source_store(ctx);
	struct author_id to;
	struct bundle_made made;
	struct bundle_order o = {
		.cases = &s->id, .ncases = 1, .to = &to, .nto = 1,
		.purpose = "A training session, to be gone through with the "
		    "trainer", .basis = "safeguarding",
		.expires = DAY_NONE, .path = s->path,
		.now = session_now(ctx),
	};
	enum rc rc = src.ops->find(src.ctx, s->to, &to, e);

	return rc != RC_OK ? rc : src.ops->make(src.ctx, &o, &made, e);
}

static enum rc
source_may_make(void *ctx, const char *path, struct err *e)
{
	return session_may_make(ctx, path, e);
}

static enum rc
source_may_read(void *ctx, const char *path, struct err *e)
{
	return session_may_read(ctx, path, e);
}

static bool
source_complete(void *ctx, const char *text, size_t i, struct str *out)
{
	struct bundle_source src = bundle_source_store(ctx);

	return src.ops->complete(src.ctx, text, i, out);
}

static bool
source_may_begin(void *ctx)
{
	return session_may_write(ctx, "session");
}

struct train_source
train_source_store(struct session *s)
{
	static const struct train_source_ops ops = {
		.read = source_read,
		.begin = source_begin,
		.take = source_take,
		.send = source_send,
		.may_read = source_may_read,
		.may_make = source_may_make,
		.complete = source_complete,
		.may_begin = source_may_begin,
	};

	return (struct train_source){&ops, s};
}
