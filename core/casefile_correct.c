/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What corrections do to the entries of a case, and which entry belongs to
 * which: the first half of casefile_settle().
 */
#include "config.h"

#include "core/casefile.h"

#include <stdlib.h>
#include <string.h>

#include "core/casefile_impl.h"
#include "core/vec.h"

static struct record *
target_of(const struct casefile *c, const char *hex)
{
	struct entry_id id;

	if (hex == NULL || !hex_parse(hex, id.b, ENTRY_ID_LEN))
		return NULL;
	return casefile_record(c, &id);
}

const struct record *
record_latest(const struct record *r)
{
	/* Hashes allow no circle. */
	while (r->replaced_by != NULL)
		r = r->replaced_by;
	return r;
}

const struct record *
casefile_target(const struct casefile *c, const struct record *r,
    const char *field)
{
	const struct record *of = target_of(c, record_text(r, field));

	return of != NULL ? record_latest(of) : NULL;
}

struct asking {
	struct record *r;	/* a correction that waits for the answer */
	struct record *by;	/* the next strike of it to be asked */
};

static const json_t *
replaced_ids(const struct record *r)
{
	/* Of a kind without versions such a field says nothing. */
	return r->kind != NULL && kind_field(r->kind, "replaces") != NULL ?
	    json_object_get(r->body, "replaces") : NULL;
}

/*
 * Entries that take the place of one another, or of the same one, are
 * versions of one thing, whether or not a strike has undone some of them.
 */
static struct record *
version_root(struct record *r)
{
	while (r->version_of != NULL)
		r = r->version_of;
	return r;
}

static void
join_versions(const struct casefile *c, struct record *r)
{
	const json_t *list = replaced_ids(r);
	struct record *a, *b;

	for (size_t i = 0; i < json_array_size(list); i++) {
		b = target_of(c, json_string_value(json_array_get(list, i)));
		if (b == NULL || b->kind != r->kind)
			continue;
		a = version_root(r);
		b = version_root(b);
		if (a == b)
			continue;
		/* The earlier one, so that all orders agree. */
		if (entry_compare(&a->entry, &b->entry) > 0) {
			struct record *swap = a;

			a = b;
			b = swap;
		}
		b->version_of = a;
	}
}

/* Lets a correction act of which all strikes have been asked. */
static void
act(struct casefile *c, struct record *r)
{
	const json_t *list = replaced_ids(r);
	struct record *target;
	size_t i;

	if (r->validity != RECORD_VALID || r->struck_by != NULL)
		return;
	if (r->target != NULL && r->target->struck_by == NULL &&
	    strcmp(r->target->entry.kind, "open") != 0)
		r->target->struck_by = r;
	for (i = 0; i < json_array_size(list); i++) {
		target = target_of(c,
		    json_string_value(json_array_get(list, i)));
		if (target != NULL && target != r && target->kind == r->kind)
			target->replaced_by = r;
	}
}

/*
 * Marks what corrections do.  An entry names the ids of what it corrects, so
 * it was made after them: going from the newest correction to the oldest
 * would do, were clocks right.  They need not be, so a correction is first
 * asked whether it stands itself; hashes allow no circle.  Strikes of
 * strikes may come from elsewhere by the thousand, so they are asked in a
 * list of their own, not on the stack.
 */
static void
correct(struct casefile *c, struct record *r)
{
	struct asking *list = NULL, *last;
	struct record *by;
	size_t n = 0, cap = 0;

	for (;;) {
		if (r != NULL && !r->corrected) {
			r->corrected = true;
			list = vec_room(list, n, &cap, sizeof(*list));
			list[n++] = (struct asking){r, r->strikes};
		}
		r = NULL;
		if (n == 0)
			break;
		last = &list[n - 1];
		by = last->by;
		if (by == NULL) {
			act(c, last->r);
			n--;
			continue;
		}
		last->by = by->next_strike;
		if (by->validity == RECORD_VALID && by != last->r)
			r = by;
	}
	free(list);
}

/* A flag is its author's until a supervisor has looked. */
static unsigned
who_may_strike(const struct record *strike, const struct record *target)
{
	if (strcmp(target->entry.kind, "flag") == 0 &&
	    memcmp(&strike->entry.author, &target->entry.author,
	    sizeof(strike->entry.author)) != 0)
		return ROLE_SUPERVISOR;
	return target->kind->roles;
}

/* Nobody undoes by a strike what they could not have written. */
static bool
may_strike(const struct roster *reg, const struct record *strike,
    const struct record *target)
{
	return reg == NULL || target->kind == NULL ||
	    (roster_entry_roles(reg, &strike->entry) &
	    who_may_strike(strike, target)) != 0;
}

/* From the last to the first, so that each list is in their order. */
static void
aim_strikes(struct casefile *c, const struct roster *reg)
{
	struct record *r;
	size_t i;

	for (i = c->nrecords; i-- > 0;) {
		r = c->records[i];
		if (strcmp(r->entry.kind, "strike") == 0)
			r->target = target_of(c, record_text(r, "target"));
		if (r->target != NULL && !may_strike(reg, r, r->target))
			r->target = NULL;
		if (r->target == NULL)
			continue;
		r->next_strike = r->target->strikes;
		r->target->strikes = r;
	}
}

void
casefile_correct(struct casefile *c, const struct roster *reg)
{
	struct record *r;
	size_t i;

	aim_strikes(c, reg);
	for (i = 0; i < c->nrecords; i++) {
		r = c->records[i];
		if (r->validity == RECORD_VALID &&
		    (r->target != NULL || replaced_ids(r) != NULL)) {
			correct(c, r);
			join_versions(c, r);
		}
	}
}

/* ---- what belongs to what ---- */

/* The entry that a step, a return or an outcome belongs to. */
static struct record *
about_of(const struct casefile *c, const struct record *r)
{
	const struct record *of;
	const struct field *f;

	if (r->kind == NULL || r->body == NULL)
		return NULL;
	for (f = r->kind->fields; f->name != NULL; f++)
		if (f->type == FIELD_ENTRY)
			break;
	of = f->name != NULL ? casefile_target(c, r, f->name) : NULL;
	return of != NULL ? casefile_record(c, &of->entry.id) : NULL;
}

/* From the last to the first, as the strikes. */
void
casefile_join(struct casefile *c)
{
	struct record *r;
	size_t i;

	for (i = 0; i < c->nrecords; i++)
		c->records[i]->abouts = c->records[i]->next_about = NULL;
	for (i = c->nrecords; i-- > 0;) {
		r = c->records[i];
		r->about = about_of(c, r);
		if (r->about == NULL)
			continue;
		r->next_about = r->about->abouts;
		r->about->abouts = r;
	}
}
