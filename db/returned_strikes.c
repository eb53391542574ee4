/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/returned_strikes.h"

#include <stdlib.h>
#include <string.h>

#include "core/kinds.h"
#include "core/vec.h"
#include "db/returned.h"

void
strikes_release(struct strikes *s)
{
	free(s->list);
	memset(s, 0, sizeof(*s));
}

/* What the kind asks of its body, as the fold does. */
static bool
read_body(const struct entry *e, struct strike *out)
{
	json_t *body = entry_body_parse(e->body);
	const char *target, *file;
	struct err ignored;
	bool good;

	target = json_string_value(json_object_get(body, "target"));
	file = json_string_value(json_object_get(body, "return"));
	good = body != NULL && kind_check_draft(kind_find("strike"), &e->on,
	    body, &ignored) == RC_OK && target != NULL &&
	    hex_parse(target, out->target.b, ENTRY_ID_LEN);
	if (good && file != NULL)
		out->file = returned_file(file);
	json_decref(body);
	return good;
}

bool
strikes_add(struct strikes *s, const struct roster *r, const struct entry *e)
{
	unsigned need = kind_find("strike")->roles &
	    kind_find("observation")->roles;
	struct strike new = {.id = e->id, .case_id = e->case_id}, *more;

	if ((roster_entry_roles(r, e) & need) == 0 || !read_body(e, &new))
		return true;
	more = vec_try_room(s->list, s->n, &s->cap, sizeof(*more));
	if (more == NULL)
		return false;
	s->list = more;
	s->list[s->n++] = new;
	return true;
}

static int
by_target(const void *a, const void *b)
{
	const struct strike *x = a, *y = b;

	return memcmp(&x->target, &y->target, sizeof(x->target));
}

/* The first in the list that has this target, whatever its case. */
static const struct strike *
first_of(const struct strikes *s, const struct entry_id *id)
{
	size_t from = 0, to = s->n, mid;

	while (from < to) {
		mid = from + (to - from) / 2;
		if (memcmp(&s->list[mid].target, id, sizeof(*id)) < 0)
			from = mid + 1;
		else
			to = mid;
	}
	return s->list + from;
}

/* The next of this target and case, whether or not it acts. */
static const struct strike *
next_of(const struct strikes *s, const struct entry_id *id,
    const struct case_id *in, const struct strike *after)
{
	const struct strike *k = after != NULL ? after + 1 :
	    first_of(s, id);

	for (; k < s->list + s->n &&
	    memcmp(&k->target, id, sizeof(*id)) == 0; k++)
		if (case_id_equal(&k->case_id, in))
			return k;
	return NULL;
}

const struct strike *
strikes_of(const struct strikes *s, const struct entry_id *id,
    const struct case_id *in, const struct strike *after)
{
	const struct strike *k = s->n == 0 ? NULL : next_of(s, id, in, after);

	while (k != NULL && k->undone)
		k = next_of(s, id, in, k);
	return k;
}

/*
 * A strike is asked about once those that strike it have been; hashes allow
 * no circle.  The list of who waits is no deeper than there are strikes.
 */
struct waiting {
	struct strike *of;
	const struct strike *by;	/* the last one of it that was asked */
};

static void
ask(const struct strikes *s, struct strike *first, struct waiting *list)
{
	const struct strike *by;
	struct waiting *w;
	size_t n = 0;

	first->asked = true;
	list[n++] = (struct waiting){first, NULL};
	while (n > 0) {
		w = &list[n - 1];
		by = next_of(s, &w->of->id, &w->of->case_id, w->by);
		if (by == NULL) {
			n--;
			w->of->undone = strikes_of(s, &w->of->id,
			    &w->of->case_id, NULL) != NULL;
			continue;
		}
		w->by = by;
		if (!by->asked) {
			s->list[by - s->list].asked = true;
			list[n++] = (struct waiting){&s->list[by - s->list],
			    NULL};
		}
	}
}

bool
strikes_settle(struct strikes *s)
{
	struct waiting *list;

	if (s->n == 0)
		return true;
	qsort(s->list, s->n, sizeof(*s->list), by_target);
	list = calloc(s->n, sizeof(*list));
	if (list == NULL)
		return false;
	for (size_t i = 0; i < s->n; i++)
		if (!s->list[i].asked)
			ask(s, &s->list[i], list);
	free(list);
	return true;
}
