/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/joined.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "core/versions.h"

/* What is gathered of one child; owned but for what the facts hold. */
struct telling {
	struct store *s;
	const struct facts *f;
	struct joined_case *cases;	size_t ncases, capcases;
	struct joined_case *others;	size_t nothers, capothers;
	struct joined_rings rings;
	char **names;			size_t nnames, capnames;
	struct str name;	/* all of them */
};

static void
clear(struct telling *t)
{
	void *p;

	for (size_t i = 0; i < t->ncases; i++) {
		memcpy(&p, &t->cases[i].reference, sizeof(p));
		free(p);
	}
	for (size_t i = 0; i < t->nothers; i++) {
		memcpy(&p, &t->others[i].reference, sizeof(p));
		free(p);
	}
	joined_rings_clear(&t->rings);
	for (size_t i = 0; i < t->nnames; i++)
		free(t->names[i]);
	t->ncases = t->nothers = t->nnames = 0;
	str_clear(&t->name);
}

static void
release(struct telling *t)
{
	clear(t);
	free(t->cases);
	free(t->others);
	joined_rings_release(&t->rings);
	free(t->names);
	str_release(&t->name);
}

static char *
copy(const char *text)
{
	struct str out;

	str_init(&out);
	str_add(&out, text);
	return str_take(&out);
}

/* ---- one case ---- */

/* As the first wrote it: capitals and marks make no other name. */
static void
add_name(struct telling *t, const char *name)
{
	for (size_t i = 0; i < t->nnames; i++)
		if (utf8_same_folded(t->names[i], name))
			return;
	t->names = vec_room(t->names, t->nnames, &t->capnames,
	    sizeof(*t->names));
	t->names[t->nnames++] = copy(name);
	str_add_fmt(&t->name, "%s%s", t->nnames > 1 ? " or " : "", name);
}

static void
add_names(struct telling *t, const struct casefile *c)
{
	struct versions v;

	versions_init(&v);
	versions_of_child(c, &v);
	for (size_t i = 0; i < v.n; i++)
		if (*record_text(v.v[i], "name") != '\0')
			add_name(t, record_text(v.v[i], "name"));
	versions_release(&v);
}

static enum rc
tell_case(struct telling *t, uint32_t row, bool other, struct err *e)
{
	const struct case_id *id = &t->f->cases[row].id;
	struct joined_case *one;
	struct casefile c;
	enum rc rc = store_case_load(t->s, id, &c, e);

	if (rc != RC_OK)
		return rc;
	if (other) {
		t->others = vec_room(t->others, t->nothers, &t->capothers,
		    sizeof(*t->others));
		one = &t->others[t->nothers++];
	} else {
		t->cases = vec_room(t->cases, t->ncases, &t->capcases,
		    sizeof(*t->cases));
		one = &t->cases[t->ncases++];
		add_names(t, &c);
		joined_rings_add(&t->rings, t->f, store_roster(t->s), &c);
	}
	*one = (struct joined_case){*id, copy(c.reference)};
	casefile_release(&c);
	return RC_OK;
}

/* ---- one child ---- */

static bool
is_of(const struct child_facts *c, uint32_t row)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->rows[i] == row)
			return true;
	return false;
}

static enum rc
tell_cases(struct telling *t, const struct joined_entry *entry,
    struct err *e)
{
	enum rc rc = RC_OK;

	clear(t);
	for (size_t i = 0; rc == RC_OK && i < entry->lower->n; i++)
		rc = tell_case(t, entry->lower->rows[i], false, e);
	for (size_t i = 0; rc == RC_OK && i < entry->upper->n; i++)
		if (!is_of(entry->lower, entry->upper->rows[i]))
			rc = tell_case(t, entry->upper->rows[i], true, e);
	return rc;
}

static bool
hand_over(const struct telling *t, const struct joined_entry *entry,
    store_joined_fn fn, void *ctx)
{
	const struct joined_part **parts, **upper = NULL;
	struct joined_child child, could;
	struct joined_row row = {.entry = entry, .child = &child,
	    .name = t->name.s, .cases = t->cases, .ncases = t->ncases,
	    .others = t->others, .nothers = t->nothers, .rings = t->rings.list,
	    .nrings = t->rings.n};
	bool more;

	fact_child_join(t->f, entry->lower, &parts, &child);
	if (t->nothers > 0) {
		fact_child_join(t->f, entry->upper, &upper, &could);
		row.could = &could;
	}
	more = fn(&row, ctx);
	free(parts);
	free(upper);
	return more;
}

enum rc
store_joined(struct store *s, const struct facts *f,
    const struct joined_list *l, const size_t range[2], store_joined_fn fn,
    void *ctx, struct err *e)
{
	struct telling t = {.s = s, .f = f};
	size_t from = range[0] < l->n ? range[0] : l->n, to = l->n;
	enum rc rc = RC_OK;
	bool more = true;

	if (range[1] != 0 && range[1] < l->n - from)
		to = from + range[1];
	str_init(&t.name);
	for (size_t i = from; rc == RC_OK && more && i < to; i++) {
		rc = tell_cases(&t, &l->list[i], e);
		if (rc == RC_OK)
			more = hand_over(&t, &l->list[i], fn, ctx);
	}
	release(&t);
	return rc;
}
