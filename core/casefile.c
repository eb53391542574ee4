/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/casefile.h"

#include <stdlib.h>
#include <string.h>

#include "core/childage.h"
#include "core/casefile_impl.h"
#include "core/oversight.h"
#include "core/str.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "core/versions.h"
#include "core/xalloc.h"

/* ---- what each kind does: one function a kind, named by kinds.def ---- */

/* The first standing one names the case; two copies agree on the order. */
static void
fold_open(struct casefile *c, const struct record *r)
{
	if (c->opened != NULL)
		return;
	c->opened = r;
	c->reference = record_text(r, "reference");
}

static void
fold_identity(struct casefile *c, const struct record *r)
{
	c->identity = r;
	c->name = record_text(r, "name");
}

static void
fold_screening(struct casefile *c, const struct record *r)
{
	c->screening = r;
	/* A newer snapshot is judged by itself; an older request is moot. */
	c->lowering = NULL;
}

static void
fold_voice(struct casefile *c, const struct record *r)
{
	c->voice = r;
}

static void
fold_review_request(struct casefile *c, const struct record *r)
{
	c->lowering = r;
}

/* The later of the two says whether the case is closed. */
static void
fold_close(struct casefile *c, const struct record *r)
{
	c->closed = r;
}

static void
fold_reopen(struct casefile *c, const struct record *r)
{
	(void)r;
	c->closed = NULL;
}

/* These add no state beyond the record itself; readers walk the records. */
static void
fold_record(struct casefile *c, const struct record *r)
{
	(void)c;
	(void)r;
}

#define fold_restrict fold_record
#define fold_observation fold_record
#define fold_strike fold_record
#define fold_note fold_record
#define fold_referral fold_record
#define fold_referral_step fold_record
#define fold_associate fold_record
#define fold_address fold_record
#define fold_person_of_concern fold_record
#define fold_model fold_record
#define fold_nrm fold_record
#define fold_process fold_record
#define fold_transfer fold_record
#define fold_transfer_receipt fold_record
#define fold_missing fold_record
#define fold_located fold_record
#define fold_officer_told fold_record
#define fold_interview fold_record
#define fold_plan fold_record
#define fold_action fold_record
#define fold_action_outcome fold_record
#define fold_support fold_record
#define fold_sharing fold_record
#define fold_consent fold_record
#define fold_bundle_sent fold_record
#define fold_bundle_received fold_record
#define fold_bundle_recall fold_record
#define fold_recall_answer fold_record
#define fold_flag fold_record
#define fold_unflag fold_record
#define fold_review fold_record
#define fold_supervision fold_record
#define fold_session fold_record
#define fold_attempt fold_record
#define fold_lookback fold_record
#define fold_group_answers fold_record
#define fold_reveal fold_record
#define fold_retest fold_record
#define fold_training_log fold_record
#define fold_purpose fold_record
#define fold_study_kept fold_record
#define fold_study_draft fold_record
#define fold_study_signed fold_record
#define fold_return_ fold_record
#define fold_mapping_kept fold_record
#define fold_same_child fold_record
#define fold_not_same_child fold_record
#define fold_trust fold_record
#define fold_distrust fold_record
#define fold_introduced fold_record
#define fold_bundle_out fold_record
#define fold_bundle_in fold_record
#define fold_user fold_record
#define fold_role fold_record
#define fold_revoke fold_record
#define fold_recovery fold_record
#define fold_rekey fold_record
#define fold_adopt fold_record
#define fold_setting fold_record
#define fold_access fold_record
#define fold_backup fold_record
#define fold_restore fold_record
#define fold_hold fold_record
#define fold_dispose_request fold_record
#define fold_dispose fold_record

typedef void (*fold_fn)(struct casefile *, const struct record *);

static const fold_fn folds[] = {
#define KIND(name, id, family, label, help, roles, on) fold_##id,
#include "core/kinds.def"
#undef KIND
};

/* ---- the set of records ---- */

void
casefile_init(struct casefile *c, const struct case_id *id)
{
	memset(c, 0, sizeof(*c));
	c->id = *id;
	c->reference = "";
	c->name = "";
	c->birth = DAY_NONE;
}

static void
record_free(struct record *r)
{
	entry_release(&r->entry);
	json_decref(r->body);
	free(r);
}

void
casefile_release(struct casefile *c)
{
	struct case_id id = c->id;
	size_t i;

	for (i = 0; i < c->nrecords; i++)
		record_free(c->records[i]);
	free(c->records);
	free(c->by_id);
	free(c->conflicts);
	casefile_init(c, &id);
}

/* ---- finding a record by its id ---- */

/* Where an id is in the table, or the empty place where it belongs. */
static size_t
id_place(const struct casefile *c, const struct entry_id *id)
{
	size_t mask = c->cap_by_id - 1, at;

	/* An id is a hash already. */
	memcpy(&at, id->b, sizeof(at));
	for (at &= mask; c->by_id[at] != NULL; at = (at + 1) & mask)
		if (entry_id_equal(&c->by_id[at]->entry.id, id))
			break;
	return at;
}

static void
id_add(struct casefile *c, struct record *r)
{
	struct record **old = c->by_id;
	size_t i, n = c->cap_by_id;

	if (2 * (c->nrecords + 1) > n) {
		c->cap_by_id = n > 0 ? 2 * n : 16;
		c->by_id = xcalloc(c->cap_by_id, sizeof(struct record *));
		for (i = 0; i < n; i++)
			if (old[i] != NULL)
				c->by_id[id_place(c, &old[i]->entry.id)] =
				    old[i];
		free(old);
	}
	c->by_id[id_place(c, &r->entry.id)] = r;
}

struct record *
casefile_record(const struct casefile *c, const struct entry_id *id)
{
	return c->cap_by_id > 0 ? c->by_id[id_place(c, id)] : NULL;
}

const struct record *
casefile_find(const struct casefile *c, const struct entry_id *id)
{
	return casefile_record(c, id);
}

/* ---- adding one ---- */

/* Where an entry is or belongs; *there says which. */
static size_t
place(const struct casefile *c, const struct entry *e, bool *there)
{
	size_t low = 0, high = c->nrecords, mid;
	int d;

	*there = false;
	while (low < high) {
		mid = low + (high - low) / 2;
		d = entry_compare(&c->records[mid]->entry, e);
		if (d == 0) {
			*there = true;
			return mid;
		}
		if (d < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static struct record *
record_new(const struct entry *e)
{
	struct record *r = xcalloc(1, sizeof(*r));
	struct err ignored;

	entry_copy(&r->entry, e);
	r->kind = kind_find(e->kind);
	if (e->body != NULL)
		r->body = entry_body_parse(e->body);
	if (e->body == NULL)
		r->validity = RECORD_DISPOSED;
	else if (r->kind == NULL)
		r->validity = RECORD_UNKNOWN_KIND;
	else if (r->body == NULL || kind_check_draft(r->kind, &e->on, r->body,
	    &ignored) != RC_OK)
		r->validity = RECORD_BAD_BODY;
	return r;
}

void
casefile_apply(struct casefile *c, const struct entry *e)
{
	bool there;
	size_t at = place(c, e, &there);

	if (there || !case_id_equal(&c->id, &e->case_id))
		return;
	c->records = vec_room(c->records, c->nrecords, &c->caprecords,
	    sizeof(*c->records));
	memmove(c->records + at + 1, c->records + at,
	    (c->nrecords - at) * sizeof(*c->records));
	c->records[at] = record_new(e);
	id_add(c, c->records[at]);
	c->nrecords++;
	c->settled = false;
}

bool
record_stands(const struct record *r)
{
	return r->validity == RECORD_VALID && r->struck_by == NULL &&
	    r->replaced_by == NULL;
}

const char *
record_text(const struct record *r, const char *field)
{
	const char *s = json_string_value(json_object_get(r->body, field));

	return s != NULL ? s : "";
}

bool
record_says_same(const struct record *a, const struct record *b,
    const char *field)
{
	const char *x = record_text(a, field), *y = record_text(b, field);
	struct str fx, fy;
	bool same;

	str_init(&fx);
	str_init(&fy);
	utf8_fold(&fx, x, strlen(x));
	utf8_fold(&fy, y, strlen(y));
	same = strcmp(fx.s, fy.s) == 0;
	str_release(&fx);
	str_release(&fy);
	return same;
}

/* ---- settling: validity, corrections, then each kind's line ---- */

static void
reset(struct casefile *c, const struct roster *reg)
{
	struct record *r;
	size_t i;

	for (i = 0; i < c->nrecords; i++) {
		r = c->records[i];
		r->struck_by = NULL;
		r->replaced_by = NULL;
		r->target = r->strikes = r->next_strike = NULL;
		r->version_of = NULL;
		r->standing = 0;
		r->newest = NULL;
		r->corrected = false;
		if (r->validity == RECORD_NO_ROLE)
			r->validity = RECORD_VALID;
		if (reg != NULL && r->validity == RECORD_VALID &&
		    (roster_entry_roles(reg, &r->entry) & r->kind->roles) == 0)
			r->validity = RECORD_NO_ROLE;
	}
	c->opened = c->identity = c->screening = c->closed = NULL;
	c->lowering = c->voice = NULL;
	c->restriction = c->restricted_apart = NULL;
	c->reference = c->name = "";
	c->birth = DAY_NONE;
	c->nconflicts = 0;
	c->changed = 0;
}

/* Where two birth dates stand, the younger counts: the floors protect more. */
static void
take_birth(struct casefile *c, const struct record *r)
{
	int32_t day;

	if (day_parse(record_text(r, "birth"), &day, NULL) == RC_OK &&
	    (c->birth == DAY_NONE || day > c->birth))
		c->birth = day;
}

static void
settle_identity(struct casefile *c)
{
	size_t i;

	for (i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];

		if (!record_stands(r) || strcmp(r->entry.kind, "identity") != 0)
			continue;
		take_birth(c, r);
	}
}

/*
 * One that names the closing undoes it, though it was written on a machine
 * whose clock is behind: nothing is due in a closed case.
 */
static void
settle_closing(struct casefile *c)
{
	char hex[2 * ENTRY_ID_LEN + 1];

	if (c->closed == NULL)
		return;
	hex_format(c->closed->entry.id.b, ENTRY_ID_LEN, hex);
	for (size_t i = 0; i < c->nrecords && c->closed != NULL; i++) {
		const struct record *r = c->records[i];

		if (record_stands(r) &&
		    strcmp(r->entry.kind, "reopen") == 0 &&
		    strcmp(record_text(r, "close"), hex) == 0)
			c->closed = NULL;
	}
}

void
casefile_settle(struct casefile *c, const struct roster *reg)
{
	const struct kind *all;
	const struct record *r;
	size_t i, n;

	all = kind_all(&n);
	c->roster = reg;
	reset(c, reg);
	casefile_correct(c, reg);
	casefile_join(c);
	for (i = 0; i < c->nrecords; i++) {
		r = c->records[i];
		if (r->entry.at > c->changed)
			c->changed = r->entry.at;
		if (record_stands(r))
			folds[r->kind - all](c, r);
	}
	settle_closing(c);
	settle_identity(c);
	casefile_find_conflicts(c);
	casefile_find_restrictions(c);
	casefile_settle_oversight(c);
	c->settled = true;
}

/* ---- what is read from it ---- */

static void
note_observation(const struct record *r, const struct instrument *in,
    int32_t today, struct answers *out)
{
	const char *id = record_text(r, "indicator");
	const char *s = record_text(r, "state");
	struct sighting seen = { .on = r->entry.on };

	if (strcmp(record_text(r, "instrument"), in->id) != 0)
		return;
	seen.item = instrument_item(in, id, strlen(id));
	if (seen.item != NO_ITEM &&
	    answer_from_name(s, strlen(s), &seen.state))
		answers_note(out, in, &seen, today);
}

void
casefile_answers(const struct casefile *c, const struct instrument *in,
    int32_t today, struct answers *out)
{
	size_t i;

	struct child_age age;

	casefile_age(c, today, &age);
	answers_init(out);
	out->age = age.years;
	out->age_unsure = age.unsure && age.years >= 0;
	for (i = 0; i < c->nrecords; i++)
		if (record_stands(c->records[i]) &&
		    strcmp(c->records[i]->entry.kind, "observation") == 0)
			note_observation(c->records[i], in, today, out);
}
