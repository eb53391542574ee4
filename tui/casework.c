/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/casework.h"

#include <stdlib.h>
#include <string.h>

#include "core/carried.h"
#include "core/date.h"
#include "core/reference.h"
#include "core/utf8.h"
#include "core/xalloc.h"

void
counted_init(struct counted *c)
{
	c->due = INT64_MAX;
	str_init(&c->words);
}

void
counted_release(struct counted *c)
{
	str_release(&c->words);
}

/*
 * Entries that give a role are dated after all that was written before them:
 * with a clock that is behind, what is pending counts from the role on.
 */
static int64_t
signing_time(const struct casework *w)
{
	const struct roster_user *u = w->door.roster != NULL ?
	    roster_find(w->door.roster, &w->door.me) : NULL;
	int64_t at = w->door.now(w->door.ctx);

	for (size_t i = 0; u != NULL && i < u->nroles; i++)
		if (u->roles[i].from > at)
			at = u->roles[i].from;
	return at;
}

static struct pending_signer
signer(const struct casework *w)
{
	return (struct pending_signer){w->door.me, signing_time(w),
	    w->door.roster};
}

/* What waits is of what is signed; what holds is of all together. */
static void
look_over(struct casework *w)
{
	struct err ignored;

	casefile_oversight(&w->signed_, w->door.in, w->result.level,
	    w->door.sample, &w->waits);
	casefile_oversight(&w->now, w->door.in, w->result.level,
	    w->door.sample, &w->held);
	w->blind = w->waits.second != NULL &&
	    w->waits.about == w->waits.second &&
	    w->door.may_write(w->door.ctx, "review") &&
	    oversight_may(&w->signed_, w->waits.second, &w->door.me,
	    &ignored) == RC_OK;
}

/* Looked up once: another case does not come while this one is worked on. */
static void
find_twins(struct casework *w)
{
	str_clear(&w->twins);
	if (w->door.twins != NULL)
		w->door.twins(w->door.ctx, w->signed_.reference, &w->twins);
}

/* As often as the twins: links are made in another place. */
static void
find_near(struct casework *w)
{
	joined_near_release(&w->near);
	if (w->door.near != NULL)
		w->door.near(w->door.ctx, &w->id,
		    moment_day(signing_time(w)), &w->near);
}

static void
say_first(struct casework *w)
{
	str_clear(&w->first);
	(void)recall_words(&w->now, w->door.roster, &w->first);
	if (w->twins.len == 0)
		return;
	str_add_fmt(&w->first, "%sAnother case has the same reference; this "
	    "one is ", w->first.len > 0 ? "\n" : "");
	reference_tag(w->now.reference, &w->id, &w->first);
	str_add_fmt(&w->first, ", not %s", w->twins.s);
}

static void
work_out(struct casework *w)
{
	struct pending_signer by = signer(w);

	casefile_release(&w->now);
	pending_fold(&w->pending, &w->signed_, &by, &w->now);
	w->today = w->stage.date != NULL ? w->stage.day : moment_day(by.now);
	casefile_answers(&w->now, w->door.in, w->today, &w->answers);
	if (w->stage.date != NULL)
		w->stage.date(w->stage.ctx, &w->answers);
	screen_run(w->door.in, &w->answers, &w->result);
	look_over(w);
	say_first(w);
	w->stamp++;
}

static enum rc
restore_pending(struct casework *w, size_t *restored, struct err *e)
{
	char *text = NULL;
	enum rc rc;

	rc = w->door.restore(w->door.ctx, "pending", NULL, &text, e);
	if (rc != RC_OK || text == NULL)
		return rc;
	w->unread = pending_read(&w->pending, text, &w->save_error) != RC_OK;
	free(text);
	pending_drop_signed(&w->pending, &w->signed_, &w->door.me);
	if (restored != NULL)
		*restored = w->pending.n;
	return RC_OK;
}

enum rc
casework_open(struct casework *w, const struct case_door *door,
    const struct case_id *id, size_t *restored, struct err *e)
{
	enum rc rc;

	memset(w, 0, sizeof(*w));
	w->door = *door;
	w->id = *id;
	w->carry.on = span_none();
	str_init(&w->first);
	str_init(&w->twins);
	if (restored != NULL)
		*restored = 0;
	pending_init(&w->pending, id);
	casefile_init(&w->now, id);
	casefile_init(&w->signed_, id);
	rc = w->door.load(w->door.ctx, id, &w->signed_, e);
	if (rc == RC_OK)
		rc = restore_pending(w, restored, e);
	if (rc == RC_OK) {
		find_twins(w);
		find_near(w);
		work_out(w);
	} else {
		casework_release(w);
	}
	return rc;
}

static void
carry_release(struct carry *c)
{
	free(c->agency);
	free(c->source);
	free(c->confidence);
	free(c->evidence);
	free(c->why);
	memset(c, 0, sizeof(*c));
}

void
casework_release(struct casework *w)
{
	pending_release(&w->pending);
	casefile_release(&w->now);
	casefile_release(&w->signed_);
	str_release(&w->first);
	str_release(&w->twins);
	joined_near_release(&w->near);
	carry_release(&w->carry);
}

enum rc
casework_reload(struct casework *w, struct err *e)
{
	struct casefile fresh;
	enum rc rc;

	rc = w->door.load(w->door.ctx, &w->id, &fresh, e);
	if (rc != RC_OK)
		return rc;
	casefile_release(&w->signed_);
	w->signed_ = fresh;
	find_twins(w);
	find_near(w);
	work_out(w);
	return RC_OK;
}

void
casework_stage_set(struct casework *w, const struct casework_stage *stage)
{
	w->stage = *stage;
	work_out(w);
}

static char *
copy_of(const char *s)
{
	return s != NULL ? xstrdup(s) : NULL;
}

void
casework_carry(struct casework *w, const struct carry *carry)
{
	struct carry c = {copy_of(carry->agency), copy_of(carry->source),
	    copy_of(carry->confidence), carry->on, copy_of(carry->evidence),
	    copy_of(carry->why)};

	carry_release(&w->carry);
	w->carry = c;
}

static void
keep(struct casework *w)
{
	struct str text;

	/* What a newer version kept is not ours to write over. */
	if (w->unread)
		return;
	str_init(&text);
	pending_write(&w->pending, &text);
	w->unsaved = w->door.save(w->door.ctx, "pending", NULL, text.s,
	    &w->save_error) != RC_OK;
	str_release(&text);
}

void
casework_changed(struct casework *w)
{
	keep(w);
	work_out(w);
}

bool
casework_undo(struct casework *w)
{
	if (!pending_undo(&w->pending))
		return false;
	casework_changed(w);
	return true;
}

static enum rc
append_all(struct casework *w, struct err *e)
{
	struct pending *p = &w->pending;
	struct entry_draft *d = xcalloc(p->n, sizeof(*d));
	enum rc rc;
	size_t i;

	for (i = 0; i < p->n; i++)
		d[i] = p->list[i].draft;	/* bodies are borrowed */
	rc = w->door.append(w->door.ctx, d, p->n, NULL, e);
	free(d);
	return rc;
}

enum rc
casework_sign(struct casework *w, size_t *at, struct err *e)
{
	enum rc rc;

	*at = pending_incomplete(&w->pending);
	if (*at < w->pending.n) {
		rc = pending_check(&w->pending, *at, e);
		e->rc = RC_REFUSED;
		return rc == RC_OK ? RC_OK : RC_REFUSED;
	}
	if (w->pending.n == 0)
		return RC_OK;
	rc = append_all(w, e);
	if (rc != RC_OK)
		return rc;
	pending_clear(&w->pending);
	*at = 0;
	keep(w);
	return casework_reload(w, e);
}

/* ---- reading ---- */

size_t
casework_pending_of(const struct casework *w, const struct record *r)
{
	return pending_by_id(&w->pending, &r->entry.id);
}

bool
casework_is_pending(const struct casework *w, const struct record *r)
{
	return casework_pending_of(w, r) < w->pending.n;
}

const char *
casework_text(const struct casework *w, const struct record *r,
    const char *field)
{
	size_t i = casework_pending_of(w, r);
	const char *s;

	if (i == w->pending.n)
		return record_text(r, field);
	s = json_string_value(json_object_get(w->pending.list[i].draft.body,
	    field));
	return s != NULL ? s : "";
}

struct span
casework_on(const struct casework *w, const struct record *r)
{
	size_t i = casework_pending_of(w, r);

	return i == w->pending.n ? r->entry.on : w->pending.list[i].draft.on;
}

const char *
casework_author(const struct casework *w, const struct record *r)
{
	if (w->door.roster == NULL)
		return w->door.user;
	return roster_name(w->door.roster, &r->entry.author);
}

bool
casework_is_mine(const struct casework *w, const struct record *r)
{
	return memcmp(r->entry.author.b, w->door.me.b, AUTHOR_LEN) == 0 ||
	    (w->door.roster != NULL &&
	    roster_find(w->door.roster, &r->entry.author) != NULL &&
	    strcmp(casework_author(w, r), w->door.user) == 0);
}

bool
casework_observes(const struct casework *w, const struct record *r,
    unsigned item)
{
	const char *id;

	if (strcmp(r->entry.kind, "observation") != 0 || r->body == NULL ||
	    strcmp(record_text(r, "instrument"), w->door.in->id) != 0)
		return false;
	id = record_text(r, "indicator");
	return instrument_item(w->door.in, id, strlen(id)) == item;
}

static bool
same_agency(const char *a, const char *b)
{
	struct str x, y;
	bool same;

	str_init(&x);
	str_init(&y);
	utf8_fold(&x, a, strlen(a));
	utf8_fold(&y, b, strlen(b));
	same = strcmp(x.s, y.s) == 0;
	str_release(&x);
	str_release(&y);
	return same;
}

/* True if the record speaks for the item's answer as it stands. */
static bool
speaks(const struct casework *w, const struct record *r, unsigned item,
    enum answer state)
{
	const char *s = record_text(r, "state");
	enum answer own;

	return record_stands(r) && casework_observes(w, r, item) &&
	    answer_from_name(s, strlen(s), &own) && own == state;
}

size_t
casework_agencies(const struct casework *w, unsigned item)
{
	enum answer state = answers_get(&w->answers, item);
	size_t i, j, n = 0;

	for (i = 0; i < w->now.nrecords; i++) {
		const struct record *r = w->now.records[i];
		const char *agency = casework_text(w, r, "agency");

		if (state == ANSWER_NOT_ASKED || *agency == '\0' ||
		    !speaks(w, r, item, state))
			continue;
		for (j = 0; j < i; j++)
			if (speaks(w, w->now.records[j], item, state) &&
			    same_agency(agency, casework_text(w,
			    w->now.records[j], "agency")))
				break;
		n += j == i;
	}
	return n;
}

bool
level_asks_referral(const struct instrument *in, unsigned level)
{
	return level < in->nlevels && in->levels[level].refer;
}

unsigned
casework_judgement(const struct casework *w)
{
	if (w->now.screening == NULL ||
	    strcmp(record_text(w->now.screening, "instrument"),
	    w->door.in->id) != 0)
		return NO_ITEM;
	return screen_level_from_id(w->door.in,
	    record_text(w->now.screening, "judgement"));
}

unsigned
casework_judged(const struct casework *w)
{
	unsigned own = casework_judgement(w);

	return own < w->result.level ? own : w->result.level;
}

unsigned
casework_level(const struct casework *w)
{
	return w->blind || w->held.review == NULL ? casework_judged(w) :
	    w->held.level;
}

bool
casework_hides(const struct casework *w, const struct record *r)
{
	return w->blind && strcmp(r->entry.kind, "review") == 0 &&
	    !casework_is_pending(w, r);
}

struct entry_id
casework_print(const struct casework *w)
{
	struct entry_id out;

	memset(&out, 0, sizeof(out));
	for (size_t i = 0; i < w->signed_.nrecords; i++) {
		const struct entry *e = &w->signed_.records[i]->entry;

		if (memcmp(e->author.b, w->door.me.b, AUTHOR_LEN) == 0)
			continue;
		for (size_t k = 0; k < ENTRY_ID_LEN; k++)
			out.b[k] ^= e->id.b[k];
	}
	return out;
}
