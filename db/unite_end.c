/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "db/mask.h"
#include "db/purpose.h"
#include "db/unite_impl.h"

void
unite_free(struct unite *u)
{
	pages_many(u->s);
	free(u->ids);
	free(u->cases);
	free(u->table);
	free(u);
}

/* The people as they were; what they are is read anew where that is unsure. */
static void
forget_people(struct unite *u)
{
	if (!u->introduced)
		return;
	roster_release(&u->s->roster);
	u->s->roster = u->before;
	u->introduced = false;
}

void
unite_abandon(struct unite *u)
{
	if (u == NULL)
		return;
	tx_undo(u->s);
	forget_people(u);
	unite_free(u);
}

/* In a store for training each of them is a session by now. */
static enum rc
check_sessions(const struct unite *u, struct err *e)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < u->n && rc == RC_OK; i++)
		if (u->cases[i].book != 0)
			rc = purpose_check_case(u->s, u->cases[i].book, e);
	return rc;
}

static enum rc
check_whole(const struct unite *u, struct err *e)
{
	if (u->failed || !u->s->in_tx)
		return err_set(e, RC_USAGE, "what was to be taken in has been "
		    "refused already");
	if (!u->run.waits)
		return check_sessions(u, e);
	return err_set(e, RC_TAMPERED, "entries of %s up to number %" PRIu64
	    " come without a proof that they are theirs; nothing was taken "
	    "in", roster_name(&u->s->roster, &u->run.author), u->run.n);
}

static void
sum_up(const struct unite *u, struct unite_sum *sum)
{
	memset(sum, 0, sizeof(*sum));
	sum->cases = u->n;
	sum->entries = u->entries;
	sum->sealed = u->sealed;
	sum->uncounted = u->uncounted;
	sum->ahead = u->ahead;
	sum->ahead_at = u->ahead_at;
	sum->conflicts = u->s->conflicts;
	for (size_t i = 0; i < u->n; i++) {
		sum->opened += !u->cases[i].here;
		sum->added += u->cases[i].added;
		if (u->cases[i].masked)
			sum->added += u->cases[i].known;
		else
			sum->known += u->cases[i].known;
	}
}

/* How many entries of people elsewhere are here now. */
static enum rc
count_held(struct store *s, uint64_t *held, struct err *e)
{
	const struct roster_user *who;
	struct stmt_rows rows;
	enum rc rc = RC_OK;

	*held = 0;
	for (size_t i = 0; i < s->nauthors && rc == RC_OK; i++) {
		who = roster_find(&s->roster, &s->authors[i]);
		if (who == NULL || !who->abroad)
			continue;
		rc = stmt_open(&rows, s, STMT_COUNT_OF_AUTHOR, e, "i",
		    (int64_t)i + 1);
		if (rc == RC_OK && stmt_next(&rows))
			*held += (uint64_t)sqlite3_column_int64(rows.st, 0);
		rc = stmt_close(&rows, rc, "count the entries", e);
	}
	return rc;
}

/* What the caller cannot know: verify_chain compares how many are held. */
static enum rc
complete(struct store *s, const struct entry_draft *d, struct err *e)
{
	uint64_t held;
	enum rc rc;

	if (strcmp(d->kind, "bundle-in") != 0)
		return RC_OK;
	rc = count_held(s, &held, e);
	if (rc != RC_OK)
		return rc;
	if (json_object_set_new(d->body, "held",
	    json_integer((json_int_t)held)) != 0 ||
	    json_object_set_new(d->body, "conflicts",
	    json_integer((json_int_t)s->conflicts)) != 0)
		return err_set(e, RC_NOMEM, "not enough memory to take "
		    "entries in");
	return RC_OK;
}

/*
 * The drafts of cases, or of the register.  The door of a case that is not
 * for these eyes is open to them, so that a receipt can be written.
 */
static enum rc
append_some(struct unite *u, const struct entry_draft *d, size_t n, bool reg,
    struct err *e)
{
	struct case_id id = case_id_register();
	struct store *s = u->s;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		const struct kind *k = kind_find(d[i].kind);

		if (case_id_equal(&d[i].case_id, &id) != reg)
			continue;
		if (k == NULL || (store_role(s) & k->roles) == 0)
			return err_set(e, RC_REFUSED, "%s: your role may not "
			    "write this; ask someone whose role may",
			    k != NULL ? k->label : d[i].kind);
		rc = complete(s, &d[i], e);
		s->may_register = true;
		if (rc == RC_OK)
			rc = append_draft(s, &d[i], NULL, e);
		s->may_register = false;
		if (rc == RC_OK)
			rc = tx_seal_here(s, e);
	}
	return rc;
}

/* As project_book counts them. */
static enum rc
count_conflicts(struct unite *u, int64_t book, struct err *e)
{
	struct casefile c;
	enum rc rc = casefile_load(u->s, book, &c, e);

	if (rc != RC_OK)
		return rc;
	casefile_settle(&c, &u->s->roster);
	if (casefile_named(&c, &u->s->author) || mask_broken(u->s, book))
		u->s->conflicts += c.nconflicts;
	casefile_release(&c);
	return RC_OK;
}

static enum rc
finish_dry(struct unite *u, struct err *e)
{
	enum rc rc = check_whole(u, e);

	for (size_t i = 0; i < u->n && rc == RC_OK; i++)
		if (u->cases[i].book != 0)
			rc = count_conflicts(u, u->cases[i].book, e);
	return rc;
}

/* How many conflicts there are is known when the cases are projected. */
static enum rc
finish(struct unite *u, const struct entry_draft *d, size_t n,
    struct err *e)
{
	enum rc rc = check_whole(u, e);

	for (size_t i = 0; i < u->n && rc == RC_OK; i++)
		if (u->cases[i].book != 0)
			rc = touch_book(u->s, u->cases[i].book, e);
	if (rc == RC_OK)
		rc = append_some(u, d, n, false, e);
	if (rc == RC_OK)
		rc = tx_project(u->s, e);
	return rc == RC_OK ? append_some(u, d, n, true, e) : rc;
}

enum rc
unite_finish(struct unite *u, const struct entry_draft *drafts, size_t n,
    struct unite_sum *sum, struct err *e)
{
	enum rc rc = u->dry ? err_set(e, RC_USAGE, "what was begun as a try "
	    "cannot be kept") : finish(u, drafts, n, e);

	if (rc != RC_OK) {
		unite_abandon(u);
		return rc;
	}
	sum_up(u, sum);
	rc = tx_seal(u->s, e);
	if (rc != RC_OK) {
		forget_people(u);
		/* It may have been committed, with the people of it. */
		u->s->unsure = true;
	} else if (u->introduced) {
		roster_release(&u->before);
	}
	unite_free(u);
	return rc;
}

enum rc
unite_try(struct unite *u, struct unite_sum *sum, struct err *e)
{
	enum rc rc = u->dry ? finish_dry(u, e) : finish(u, NULL, 0, e);

	if (rc == RC_OK)
		sum_up(u, sum);
	unite_abandon(u);
	return rc;
}
