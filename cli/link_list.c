/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The linked children and their cases; or the pairs that wait.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "cli/link.h"
#include "cli/print.h"
#include "cli/row.h"
#include "core/date.h"
#include "core/xalloc.h"
#include "db/watch.h"

/* ---- linked children ---- */

struct linked { uint32_t child, record; };

static int
by_child(const void *a, const void *b)
{
	const struct linked *x = a, *y = b;

	if (x->child != y->child)
		return x->child < y->child ? -1 : 1;
	return x->record < y->record ? -1 : x->record > y->record;
}

/*
 * What links each record to its child, owned: "model", "person", "" before
 * it is signed.  A person's word goes before the model's.
 */
static const char **
linked_by(const struct linking *k)
{
	const char **by = xcalloc(k->l.n + 1, sizeof(*by));
	const struct link_result *r = &k->l.result;

	for (size_t i = 0; i < k->l.n; i++)
		by[i] = "";
	for (size_t i = 0; i < r->npairs; i++) {
		const struct link_pair *p = &r->pairs[i];
		const struct link_basis *b;

		if (p->verdict != LINK_SAME || r->lower[p->a] !=
		    r->lower[p->b])
			continue;
		b = linkage_basis(&k->l, p->a, p->b);
		for (int side = 0; side < 2; side++) {
			const char **x = &by[side == 0 ? p->a : p->b];

			if (b != NULL && !b->model)
				*x = "person";
			else if (**x == '\0')
				*x = "model";
		}
	}
	return by;
}

/* Cases of children that have several, by child; *n of them, owned. */
static struct linked *
linked_cases(const struct linking *k, size_t *n)
{
	const struct link_result *r = &k->l.result;
	struct linked *list = xcalloc(k->l.n + 1, sizeof(*list));
	size_t *count = xcalloc(r->nlower + 1, sizeof(*count));

	*n = 0;
	for (size_t i = 0; i < k->l.n; i++)
		count[r->lower[i]]++;
	for (uint32_t i = 0; i < k->l.n; i++)
		if (count[r->lower[i]] > 1)
			list[(*n)++] = (struct linked){r->lower[i], i};
	if (*n > 0)
		qsort(list, *n, sizeof(*list), by_child);
	free(count);
	return list;
}

static void
text_case(struct listing *l, size_t child, const struct link_case *k,
    const char *by)
{
	char birth[DAY_TEXT_MAX];
	struct str line;

	day_format(k->birth, birth);
	str_init(&line);
	str_add_fmt(&line, "%5zu  ", child);
	row_column(&line, k->reference, 34);
	row_column(&line, *k->agency != '\0' ? k->agency : "this store", 22);
	row_column(&line, birth, 10);
	str_add(&line, *by != '\0' ? by : "model, not signed");
	say("%s\n", line.s);
	str_release(&line);
	l->n++;
}

static void
csv_case(struct listing *l, size_t child, const struct link_case *k,
    const char *by)
{
	struct out *o = &l->out;
	char birth[DAY_TEXT_MAX];

	day_format(k->birth, birth);
	out_add_fmt(o, "%zu,", child);
	row_csv(o, k->reference, ",");
	row_csv(o, k->agency, ",");
	row_csv(o, k->forename, ",");
	row_csv(o, k->surname, ",");
	row_csv(o, birth, ",");
	row_csv(o, by, "\r\n");
	out_settle(o);
	l->n++;
}

static void
json_case(struct listing *l, size_t child, const struct link_case *k,
    const char *by)
{
	char birth[DAY_TEXT_MAX];

	day_format(k->birth, birth);
	(void)json_array_append_new(l->json, json_pack("{s:I, s:s, s:s, s:s,"
	    " s:s, s:s, s:s}", "child", (json_int_t)child, "case",
	    k->reference, "agency", k->agency, "forename", k->forename,
	    "surname", k->surname, "birth", birth, "by", by));
	l->n++;
}

static void
list_children(struct listing *l)
{
	static void (*const row[])(struct listing *, size_t,
	    const struct link_case *, const char *) = {text_case, csv_case,
	    json_case};
	size_t n, child = 0;
	struct linked *list = linked_cases(l->k, &n);
	const char **by = linked_by(l->k);

	if (l->format == FORMAT_CSV)
		out_add(&l->out, "child,case,agency,forename,surname,birth,"
		    "by\r\n");
	for (size_t i = 0; i < n; i++) {
		child += i == 0 || list[i].child != list[i - 1].child;
		row[l->format](l, child, &l->k->l.cases[list[i].record],
		    by[list[i].record]);
	}
	free(by);
	free(list);
}

/* ---- what people decided ---- */

static const char *
reason_of(const struct link_basis *b)
{
	return b->withheld ? "(not shown: it names a case that is restricted "
	    "to others)" : b->reason;
}

static void
text_decision(struct listing *l, const struct link_decided *d,
    const struct link_basis *b)
{
	const struct link_case *cases = l->k->l.cases;
	char day[DAY_TEXT_MAX];

	day_format(moment_day(b->at), day);
	say("%s and %s: %s\n", cases[d->a].reference, cases[d->b].reference,
	    d->same == LINK_SAID_APART ? "two children" : "one child");
	say("  %s, %s\n", roster_name(store_roster(l->k->s), &b->by), day);
	if (*reason_of(b) != '\0')
		say_wrapped("  ", reason_of(b));
}

static void
csv_decision(struct listing *l, const struct link_decided *d,
    const struct link_basis *b)
{
	const struct link_case *cases = l->k->l.cases;
	struct out *o = &l->out;
	char day[DAY_TEXT_MAX];

	day_format(moment_day(b->at), day);
	row_csv(o, cases[d->a].reference, ",");
	row_csv(o, cases[d->b].reference, ",");
	row_csv(o, d->same == LINK_SAID_APART ? "apart" : "same", ",");
	row_csv(o, roster_name(store_roster(l->k->s), &b->by), ",");
	row_csv(o, day, ",");
	row_csv(o, reason_of(b), "\r\n");
	out_settle(o);
}

static void
json_decision(struct listing *l, const struct link_decided *d,
    const struct link_basis *b)
{
	const struct link_case *cases = l->k->l.cases;
	char day[DAY_TEXT_MAX];

	day_format(moment_day(b->at), day);
	(void)json_array_append_new(l->json, json_pack("{s:s, s:s, s:s, s:s,"
	    " s:s, s:s}", "a", cases[d->a].reference, "b",
	    cases[d->b].reference, "said", d->same == LINK_SAID_APART ?
	    "apart" : "same", "by", roster_name(store_roster(l->k->s),
	    &b->by), "on", day, "reason", reason_of(b)));
}

/* The reasons are of pairs of which both cases are open to these eyes. */
static void
list_decisions(struct listing *l)
{
	static void (*const row[])(struct listing *,
	    const struct link_decided *, const struct link_basis *) = {
	    text_decision, csv_decision, json_decision};
	const struct linkage *k = &l->k->l;

	if (l->format == FORMAT_CSV)
		out_add(&l->out, "a,b,said,by,on,reason\r\n");
	for (size_t i = 0; i < k->ndecided; i++) {
		if (k->basis[i].model)
			continue;
		row[l->format](l, &k->decided[i], &k->basis[i]);
		l->n++;
	}
}

/* ---- the whole ---- */

enum which { CHILDREN, ASKED, DECIDED };

/* Noted before anything is shown; all but text is for taking out. */
static enum rc
note_listing(const struct listing *l, enum which w, struct err *e)
{
	static const char *const words[] = {"the linked children",
	    "the link review", "decisions on links"};
	const size_t counts[] = {l->k->l.n, link_count(l->k, LINK_ASK),
	    l->k->l.ndecided};
	struct look_note note = {.what = l->format == FORMAT_TEXT ?
	    LOOK_LIST : LOOK_EXPORT, .words = words[w], .count = counts[w]};

	return store_look(l->k->s, &note, e);
}

static void
write_listing(struct listing *l, enum which w, unsigned only)
{
	out_init(&l->out, row_say, NULL);
	l->json = l->format == FORMAT_JSON ? json_array() : NULL;
	if (w == ASKED)
		link_list_pairs(l, only);
	else if (w == DECIDED)
		list_decisions(l);
	else
		list_children(l);
	if (l->json != NULL)
		say_json(l->json);
	(void)out_finish(&l->out);
	out_release(&l->out);
	json_decref(l->json);
}

/* What is not in the list, too: nobody takes it for all that there is. */
static void
tell_listing(const struct listing *l, enum which w, size_t asked)
{
	if (w == DECIDED)
		tell_line("%zu decision%s of people.", l->n, l->n == 1 ? "" :
		    "s");
	else if (w == CHILDREN)
		tell_line("%zu case%s linked to another.", l->n, l->n == 1 ?
		    " is" : "s are");
	else if (l->n < asked)
		tell_line("%zu of %zu pairs that wait for a person.", l->n,
		    asked);
	else
		tell_line("%zu pair%s for a person.", l->n, l->n == 1 ?
		    " waits" : "s wait");
	if (w != DECIDED)
		link_say_divided(l->k, tell);
}

enum rc
link_list(const struct linking *k, bool *attention, struct err *e)
{
	struct listing l = {.k = k};
	unsigned only = 0;
	size_t asked = link_count(k, LINK_ASK);
	enum rc rc = link_read_reason(k->c, &only, e);
	bool ask = call_option(k->c, "ask") != NULL || only != 0;
	bool decided = call_option(k->c, "decided") != NULL;
	enum which w = decided ? DECIDED : ask ? ASKED : CHILDREN;

	if (rc == RC_OK && ask && decided)
		rc = err_set(e, RC_USAGE, "a list is of what was decided or "
		    "of what is asked: --decided goes without --ask and "
		    "--reason");
	if (rc == RC_OK)
		rc = format_read(k->c, &l.format, e);
	if (rc == RC_OK)
		rc = note_listing(&l, w, e);
	if (rc != RC_OK)
		return rc;
	write_listing(&l, w, only);
	tell_listing(&l, w, asked);
	*attention = asked > 0;
	return RC_OK;
}
