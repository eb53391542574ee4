/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions: found, loaded, begun. */
#include "config.h"

#include "db/sessions.h"

#include <stdlib.h>
#include <string.h>

#include "core/rights.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "db/mask.h"
#include "db/scan.h"
#include "db/sessions_impl.h"

#define REFERENCE_STEM 48	/* bytes of a study's id in a reference */

/* ---- every case of the store that is of a study, or a log ---- */

static bool
of_study(const struct casefile *c)
{
	return c->opened != NULL &&
	    record_text(c->opened, "study")[0] != '\0';
}

static enum rc
keep_case(struct cases *all, struct casefile **c, struct err *e)
{
	struct casefile **more = vec_try_room(all->list, all->n, &all->cap,
	    sizeof(struct casefile *));

	if (more == NULL)
		return err_set(e, RC_NOMEM, "not enough memory for the "
		    "sessions");
	all->list = more;
	all->list[all->n++] = *c;
	*c = NULL;
	return RC_OK;
}

static void
case_free(struct casefile *c)
{
	if (c != NULL)
		casefile_release(c);
	free(c);
}

static enum rc
take_book(struct store *s, int64_t book, struct cases *all, struct err *e)
{
	struct casefile *c = NULL;
	bool masked = false;
	enum rc rc = mask_book(s, book, &masked, e);

	if (rc != RC_OK || masked)
		return rc;
	c = malloc(sizeof(*c));
	if (c == NULL)
		return err_set(e, RC_NOMEM, "not enough memory for the "
		    "sessions");
	rc = casefile_load(s, book, c, e);
	if (rc != RC_OK) {
		free(c);
		/* A case without entries is no fault of this reader's. */
		return rc == RC_NOTFOUND ? RC_OK : rc;
	}
	casefile_settle(c, &s->roster);
	if (of_study(c))
		rc = keep_case(all, &c, e);
	case_free(c);
	return rc;
}

/* Releases books. */
static enum rc
take_books(struct store *s, struct books *books, struct cases *out,
    struct err *e)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < books->n && rc == RC_OK; i++)
		if (books->list[i].id != REGISTER_BOOK)
			rc = take_book(s, books->list[i].id, out, e);
	books_release(books);
	if (rc != RC_OK)
		cases_release(out);
	return rc;
}

enum rc
cases_load(struct store *s, struct cases *out, struct err *e)
{
	struct books books;
	enum rc rc = right_check(store_role(s), RIGHT_READ, e);

	memset(out, 0, sizeof(*out));
	/* A live store has none, and its cases may be many. */
	if (rc != RC_OK || !store_training(s))
		return rc;
	rc = books_load(s, &books, e);
	return rc == RC_OK ? take_books(s, &books, out, e) : rc;
}

enum rc
cases_load_lately(struct store *s, size_t max, struct cases *out,
    size_t *left, struct err *e)
{
	struct books books;
	enum rc rc = right_check(store_role(s), RIGHT_READ, e);

	memset(out, 0, sizeof(*out));
	*left = 0;
	if (rc != RC_OK || !store_training(s))
		return rc;
	rc = books_load_lately(s, max, &books, left, e);
	return rc == RC_OK ? take_books(s, &books, out, e) : rc;
}

void
cases_release(struct cases *c)
{
	for (size_t i = 0; i < c->n; i++)
		case_free(c->list[i]);
	free(c->list);
	memset(c, 0, sizeof(*c));
}

bool
case_is_log(const struct casefile *c)
{
	return strcmp(record_text(c->opened, "study"), STUDY_LOG) == 0;
}

/* ---- loading ---- */

const struct instrument *
store_instrument_named(const struct store *s, const char *id)
{
	const struct instrument *in = store_default_instrument(s);

	if (in != NULL && strcmp(in->id, id) == 0)
		return in;
	for (size_t i = store_instruments(s); i-- > 0;) {
		in = store_instrument(s, i);
		if (strcmp(in->id, id) == 0)
			return in;
	}
	return NULL;
}

static enum rc
no_instrument(const char *id, struct err *e)
{
	return err_set(e, RC_INPUT, "the case study is answered with the "
	    "checklist \"%.*s\", which this store has not adopted; adopt it "
	    "with hearken instrument adopt", utf8_cut(id, 64), id);
}

enum rc
session_walk(const struct store *s, const struct casefile *c,
    struct walk *out, struct err *e)
{
	const struct instrument *in;
	char *id = NULL;
	enum rc rc = walk_checklist(c, &id, e);

	if (rc != RC_OK)
		return rc;
	in = store_instrument_named(s, id);
	rc = in != NULL ? walk_of(c, in, out, e) : no_instrument(id, e);
	free(id);
	return rc;
}

enum rc
session_walk_known(const struct store *s, const struct casefile *c,
    struct walk_studies *k, struct walk *out, struct err *e)
{
	const struct instrument *in;
	const char *id;
	enum rc rc = walk_checklist_known(c, k, &id, e);

	if (rc != RC_OK)
		return rc;
	in = store_instrument_named(s, id);
	return in != NULL ? walk_of_known(c, in, k, out, e) :
	    no_instrument(id, e);
}

enum rc
store_session_load(struct store *s, const struct case_id *id,
    struct casefile *c, struct walk *w, struct err *e)
{
	enum rc rc = store_case_load(s, id, c, e);

	if (rc != RC_OK)
		return rc;
	rc = session_walk(s, c, w, e);
	if (rc != RC_OK)
		casefile_release(c);
	return rc;
}

enum rc
store_session_readable(const struct store *s, const struct walk *w,
    struct err *e)
{
	if (w->mode == WALK_GROUP ||
	    memcmp(w->learner.b, store_author(s)->b, AUTHOR_LEN) == 0 ||
	    (store_role(s) & (ROLE_TRAINER | ROLE_SUPERVISOR)) != 0)
		return RC_OK;
	return err_set(e, RC_REFUSED, "This session is of %s. Learners go "
	    "through their own again; a trainer or a supervisor goes through "
	    "everybody's.", roster_name(store_roster(s), &w->learner));
}

/* The latest begun first; of one moment in a fixed order. */
static int
latest_first(const void *a, const void *b)
{
	const struct casefile *const *x = a, *const *y = b;

	return entry_compare(&(*y)->opened->entry, &(*x)->opened->entry);
}

static bool
tell_session(struct store *s, const struct casefile *c,
    struct walk_studies *k, store_session_fn fn, void *ctx)
{
	struct walk w;
	struct err e;
	bool more;

	err_clear(&e);
	if (session_walk_known(s, c, k, &w, &e) != RC_OK)
		return e.rc == RC_NOTFOUND || fn(c, NULL, &e, ctx);
	more = fn(c, &w, NULL, ctx);
	walk_release(&w);
	return more;
}

/* Releases them. */
static void
tell_sessions(struct store *s, struct cases *all, store_session_fn fn,
    void *ctx)
{
	struct walk_studies known = {NULL, 0, 0};

	if (all->n > 1)
		qsort(all->list, all->n, sizeof(struct casefile *),
		    latest_first);
	for (size_t i = 0; i < all->n; i++)
		if (!case_is_log(all->list[i]) &&
		    !tell_session(s, all->list[i], &known, fn, ctx))
			break;
	walk_studies_release(&known);
	cases_release(all);
}

enum rc
store_sessions(struct store *s, store_session_fn fn, void *ctx,
    struct err *e)
{
	struct cases all;
	enum rc rc = cases_load(s, &all, e);

	if (rc == RC_OK)
		tell_sessions(s, &all, fn, ctx);
	return rc;
}

enum rc
store_sessions_lately(struct store *s, size_t max, store_session_fn fn,
    void *ctx, size_t *left, struct err *e)
{
	struct cases all;
	enum rc rc = cases_load_lately(s, max, &all, left, e);

	if (rc == RC_OK)
		tell_sessions(s, &all, fn, ctx);
	return rc;
}

/* ---- beginning ---- */

enum rc
store_session_reference(struct store *s, const char *study, struct str *out,
    struct err *e)
{
	size_t begin = out->len;
	struct case_id other;
	unsigned n = 0;
	enum rc rc;

	do {
		str_splice(out, begin, out->len - begin, "", 0);
		str_add_fmt(out, "%.*s-%u", utf8_cut(study, REFERENCE_STEM),
		    study, ++n);
		rc = case_by_reference(s, out->s + begin, &other, e);
		/* RC_INPUT: several have it. */
	} while (rc == RC_OK || rc == RC_INPUT);
	if (rc != RC_NOTFOUND) {
		str_splice(out, begin, out->len - begin, "", 0);
		return rc;
	}
	err_clear(e);
	return RC_OK;
}

enum rc
study_fits(const struct store *s, const struct study *study, struct err *e)
{
	const struct instrument *in =
	    store_instrument_named(s, study->instrument);
	struct faults f;
	enum rc rc;

	if (in == NULL)
		return no_instrument(study->instrument, e);
	faults_init(&f, study->id);
	(void)study_check(study, in, &f);
	rc = faults_result(&f, e);
	faults_release(&f);
	return rc;
}

static enum rc
append_session(struct store *s, const struct walk_order *o, struct err *e)
{
	struct entry_draft d[WALK_BEGIN_DRAFTS];
	enum rc rc;

	walk_begin(o, d);
	rc = store_append(s, d, WALK_BEGIN_DRAFTS, NULL, e);
	for (size_t i = 0; i < WALK_BEGIN_DRAFTS; i++)
		entry_draft_release(&d[i]);
	return rc;
}

enum rc
store_session_begin(struct store *s, const struct walk_order *o,
    struct case_id *id, struct err *e)
{
	struct case_id none = case_id_register();
	struct walk_order order = *o;
	struct str reference;
	enum rc rc = store_need_training(s, "a session", e);

	str_init(&reference);
	if (rc == RC_OK)
		rc = study_fits(s, o->study, e);
	if (rc == RC_OK && (o->reference == NULL || *o->reference == '\0')) {
		rc = store_session_reference(s, o->study->id, &reference, e);
		order.reference = reference.s;
	}
	if (case_id_equal(&order.id, &none))
		order.id = store_new_case_id(s);
	if (rc == RC_OK)
		rc = append_session(s, &order, e);
	if (rc == RC_OK)
		*id = order.id;
	str_release(&reference);
	return rc;
}
