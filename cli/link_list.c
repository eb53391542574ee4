/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How many pairs are linked and asked, the linked children, and the pairs
 * that wait for a person.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/format.h"
#include "cli/link.h"
#include "cli/print.h"
#include "cli/row.h"
#include "core/date.h"
#include "core/xalloc.h"
#include "db/watch.h"

/* ---- run ---- */

struct figures {
	size_t cases, restricted, lower, upper, automatic, same, apart, asked;
};

/* Not every pair of a large group is compared: that has to be said. */
static void
say_divided(const struct link_blocks *b)
{
	if (b->split == 0)
		return;
	say("%zu group%s of records alike %s too large to compare each with "
	    "each (the largest has %zu): those were compared that have more "
	    "in common%s.\n", b->split, b->split == 1 ? "" : "s",
	    b->split == 1 ? "was" : "were", b->biggest, b->windowed == 0 ?
	    "" : ", or stand beside one another by name");
}

static void
run_text(const struct linking *k, const struct figures *f)
{
	if (f->lower == f->upper)
		say("%zu case%s of %zu child%s.\n", f->cases, f->cases == 1 ?
		    "" : "s", f->lower, f->lower == 1 ? "" : "ren");
	else
		say("%zu cases of %zu to %zu children: %zu if everything that "
		    "is asked is the same child, %zu by links alone.\n",
		    f->cases, f->upper, f->lower, f->upper, f->lower);
	say("The model %s %s links %zu pair%s that %s not signed.\n",
	    k->model->id, k->model->version, f->automatic,
	    f->automatic == 1 ? "" : "s", f->automatic == 1 ? "is" : "are");
	say("%zu pair%s decided as the same, %zu as not the same.\n", f->same,
	    f->same == 1 ? " is" : "s are", f->apart);
	say("%zu pair%s for a person.\n", f->asked, f->asked == 1 ?
	    " waits" : "s wait");
	if (f->restricted > 0)
		say("%zu restricted case%s not compared for you.\n",
		    f->restricted, f->restricted == 1 ? " was" : "s were");
	say_divided(links_blocks(k->l.links));
}

static void
run_csv(const struct figures *f)
{
	say("cases,restricted,children_by_links,children_if_all_asked,linked,"
	    "same,apart,asked\r\n%zu,%zu,%zu,%zu,%zu,%zu,%zu,%zu\r\n",
	    f->cases, f->restricted, f->lower, f->upper, f->automatic,
	    f->same, f->apart, f->asked);
}

static void
run_json(const struct linking *k, const struct figures *f)
{
	json_t *o = json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:s,"
	    " s:s}", "cases", (json_int_t)f->cases, "restricted",
	    (json_int_t)f->restricted, "children_by_links",
	    (json_int_t)f->lower, "children_if_all_asked",
	    (json_int_t)f->upper, "linked", (json_int_t)f->automatic, "same",
	    (json_int_t)f->same, "apart", (json_int_t)f->apart, "asked",
	    (json_int_t)f->asked, "model", k->model->id, "model_hash",
	    k->model->hash);

	say_json(o);
	json_decref(o);
}

enum rc
link_run_words(const struct linking *k, bool *attention, struct err *e)
{
	const struct figures f = {.cases = k->l.n,
	    .restricted = k->l.restricted, .lower = k->l.result.nlower,
	    .upper = k->l.result.nupper,
	    .automatic = link_count(k, LINK_AUTO),
	    .same = link_count(k, LINK_SAME),
	    .apart = link_count(k, LINK_NOT_SAME),
	    .asked = link_count(k, LINK_ASK)};
	enum format format;

	if (format_read(k->c, &format, e) != RC_OK)
		return e->rc;
	if (format == FORMAT_JSON)
		run_json(k, &f);
	else if (format == FORMAT_CSV)
		run_csv(&f);
	else
		run_text(k, &f);
	*attention = f.asked > 0;
	return RC_OK;
}

/* ---- what a case has in a field ---- */

#define FIELDS ((int)LINK_FIELDS)

static void
value_of(const struct link_case *k, int field, struct str *out)
{
	char day[DAY_TEXT_MAX];

	switch (field) {
	case LINK_FORENAME:
		str_add(out, k->forename);
		break;
	case LINK_SURNAME:
		str_add(out, k->surname);
		break;
	case LINK_BIRTH:
		day_format(k->birth, day);
		str_add(out, day);
		break;
	case LINK_SEX:
		if (k->sex != 'U')
			str_add_char(out, k->sex);
		break;
	case LINK_POSTCODE:
		str_add(out, k->postcode);
		break;
	case LINK_NHS:
		str_add(out, k->nhs);
		break;
	default:
		str_add(out, k->upn);
	}
}

static void
why_of(unsigned why, const char *between, struct str *out)
{
	size_t from = out->len;

	for (unsigned bit = 1; bit <= LINK_CONFLICT; bit <<= 1)
		if ((why & bit) != 0)
			str_add_fmt(out, "%s%s", out->len > from ? between :
			    "", link_why_words((enum link_why)bit));
}

/* ---- pairs that wait ---- */

struct listing {
	const struct linking *k;
	enum format format;
	struct out out;
	json_t *json;
	size_t n;
};

static void
text_field(const struct linking *k, const struct link_pair *p, int field)
{
	struct str line, value;
	bool missing = p->levels[field] == LEVEL_MISSING;

	str_init(&line);
	str_init(&value);
	str_add(&line, "    ");
	row_column(&line, link_field_name((enum link_field)field), 9);
	value_of(&k->l.cases[p->a], field, &value);
	row_column(&line, value.len > 0 ? value.s : "-", 20);
	str_clear(&value);
	value_of(&k->l.cases[p->b], field, &value);
	row_column(&line, value.len > 0 ? value.s : "-", 20);
	if (missing) {
		str_add(&line, "not recorded");
	} else {
		row_column(&line, link_level_words((enum link_level)
		    p->levels[field]), 12);
		str_add_fmt(&line, "%+6.1f", (double)p->weights[field]);
	}
	say("%s\n", line.s);
	str_release(&line);
	str_release(&value);
}

static void
text_pair(struct listing *l, const struct link_pair *p)
{
	const struct link_case *a = &l->k->l.cases[p->a];
	const struct link_case *b = &l->k->l.cases[p->b];
	struct str why;

	if (l->n == 0)
		say("A person decides: below %+.1f bits a pair is left apart, "
		    "above %+.1f the model may link it.\n",
		    l->k->model->lower, l->k->model->upper);
	say("\n%s%s%s%s and %s%s%s%s: %+.1f bits\n", a->reference,
	    *a->agency != '\0' ? " (" : "", a->agency, *a->agency != '\0' ?
	    ")" : "", b->reference, *b->agency != '\0' ? " (" : "",
	    b->agency, *b->agency != '\0' ? ")" : "", (double)p->weight);
	str_init(&why);
	why_of(p->why, "; ", &why);
	say_wrapped("  ", why.s);
	str_release(&why);
	for (int i = 0; i < FIELDS; i++)
		text_field(l->k, p, i);
}

static void
csv_heading(struct out *o)
{
	out_add(o, "a,b,agency_a,agency_b,bits,why");
	for (int i = 0; i < FIELDS; i++) {
		const char *name = link_field_name((enum link_field)i);

		out_add_fmt(o, ",%s_a,%s_b,%s_bits", name, name, name);
	}
	out_add(o, "\r\n");
}

static void
csv_value(struct out *o, const struct link_case *k, int field)
{
	struct str value;

	str_init(&value);
	value_of(k, field, &value);
	out_add(o, ",");
	row_csv(o, value.s, "");
	str_release(&value);
}

static void
csv_pair(struct listing *l, const struct link_pair *p)
{
	const struct link_case *a = &l->k->l.cases[p->a];
	const struct link_case *b = &l->k->l.cases[p->b];
	struct out *o = &l->out;
	struct str why;

	str_init(&why);
	why_of(p->why, "; ", &why);
	row_csv(o, a->reference, ",");
	row_csv(o, b->reference, ",");
	row_csv(o, a->agency, ",");
	row_csv(o, b->agency, ",");
	out_add_fmt(o, "%.1f,", (double)p->weight);
	row_csv(o, why.s, "");
	for (int i = 0; i < FIELDS; i++) {
		csv_value(o, a, i);
		csv_value(o, b, i);
		out_add(o, ",");
		if (p->levels[i] != LEVEL_MISSING)
			out_add_fmt(o, "%.1f", (double)p->weights[i]);
	}
	out_add(o, "\r\n");
	out_settle(o);
	str_release(&why);
}

static json_t *
json_field(const struct linking *k, const struct link_pair *p, int i)
{
	struct str a, b;
	json_t *o;

	str_init(&a);
	str_init(&b);
	value_of(&k->l.cases[p->a], i, &a);
	value_of(&k->l.cases[p->b], i, &b);
	o = json_pack("{s:s, s:s, s:s, s:s, s:f}", "field",
	    link_field_name((enum link_field)i), "a", a.s, "b", b.s, "level",
	    link_level_words((enum link_level)p->levels[i]), "bits",
	    (double)p->weights[i]);
	str_release(&a);
	str_release(&b);
	return o;
}

static void
json_pair(struct listing *l, const struct link_pair *p)
{
	const struct link_case *a = &l->k->l.cases[p->a];
	const struct link_case *b = &l->k->l.cases[p->b];
	json_t *fields = json_array(), *whys = json_array();

	for (int i = 0; i < FIELDS; i++)
		(void)json_array_append_new(fields, json_field(l->k, p, i));
	for (unsigned bit = 1; bit <= LINK_CONFLICT; bit <<= 1)
		if ((p->why & bit) != 0)
			(void)json_array_append_new(whys, json_string(
			    link_why_words((enum link_why)bit)));
	(void)json_array_append_new(l->json, json_pack("{s:s, s:s, s:s, s:s,"
	    " s:f, s:o, s:o}", "a", a->reference, "b", b->reference,
	    "agency_a", a->agency, "agency_b", b->agency, "bits",
	    (double)p->weight, "why", whys, "fields", fields));
}

static void
list_pairs(struct listing *l)
{
	static void (*const pair[])(struct listing *,
	    const struct link_pair *) = {text_pair, csv_pair, json_pair};
	const struct link_result *r = &l->k->l.result;

	if (l->format == FORMAT_CSV)
		csv_heading(&l->out);
	for (size_t i = 0; i < r->npairs; i++) {
		if (r->pairs[i].verdict != LINK_ASK)
			continue;
		pair[l->format](l, &r->pairs[i]);
		l->n++;
	}
}

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

	if (l->format == FORMAT_CSV)
		out_add(&l->out, "child,case,agency,forename,surname,birth,"
		    "by\r\n");
	for (size_t i = 0; i < n; i++) {
		child += i == 0 || list[i].child != list[i - 1].child;
		row[l->format](l, child, &l->k->l.cases[list[i].record],
		    link_by(l->k, list[i].record));
	}
	free(list);
}

/* ---- the whole ---- */

/* Noted before anything is shown; all but text is for taking out. */
static enum rc
note_listing(const struct listing *l, bool asked, struct err *e)
{
	struct look_note note = {.what = l->format == FORMAT_TEXT ?
	    LOOK_LIST : LOOK_EXPORT, .words = asked ? "the link review" :
	    "the linked children", .count = asked ?
	    link_count(l->k, LINK_ASK) : l->k->l.n};

	return store_look(l->k->s, &note, e);
}

enum rc
link_list(const struct linking *k, bool *attention, struct err *e)
{
	struct listing l = {.k = k};
	bool ask = call_option(k->c, "ask") != NULL;
	enum rc rc = format_read(k->c, &l.format, e);

	if (rc == RC_OK)
		rc = note_listing(&l, ask, e);
	if (rc != RC_OK)
		return rc;
	out_init(&l.out, row_say, NULL);
	l.json = l.format == FORMAT_JSON ? json_array() : NULL;
	if (ask)
		list_pairs(&l);
	else
		list_children(&l);
	if (l.json != NULL)
		say_json(l.json);
	(void)out_finish(&l.out);
	out_release(&l.out);
	json_decref(l.json);
	if (ask)
		tell_line("%zu pair%s for a person.", l.n, l.n == 1 ?
		    " waits" : "s wait");
	else
		tell_line("%zu case%s linked to another.", l.n, l.n == 1 ?
		    " is" : "s are");
	*attention = link_count(k, LINK_ASK) > 0;
	return RC_OK;
}
