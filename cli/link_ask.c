/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pairs that wait for a person, each field side by side.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "cli/link.h"
#include "cli/print.h"
#include "cli/row.h"
#include "core/date.h"
#include "core/xalloc.h"

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

/* Whom a link would join besides: the bits that say why are theirs. */
#define OF_THE_TWO (LINK_TWIN | LINK_SAME_AGENCY | LINK_CONFLICT)

/* False when it is not a reason of its own. */
static bool
add_reason(const struct linking *k, const struct link_pair *p, unsigned bit,
    struct str *out)
{
	bool chain = (p->why & LINK_CHAIN) != 0;

	if ((p->why & bit) == 0 || (chain && (bit & OF_THE_TWO) != 0))
		return false;
	str_add(out, link_why_words((enum link_why)bit));
	if (bit == LINK_AGAINST || bit == LINK_CHAIN)
		str_add_fmt(out, ": %s and %s",
		    k->l.cases[p->over[0]].reference,
		    k->l.cases[p->over[1]].reference);
	for (unsigned b = 1; bit == LINK_CHAIN && b < LINK_CHAIN; b <<= 1)
		if ((p->why & b & OF_THE_TWO) != 0)
			str_add_fmt(out, ", which %s",
			    link_why_words((enum link_why)b));
	return true;
}

static void
why_of(const struct linking *k, const struct link_pair *p, struct str *out)
{
	struct str one;

	str_init(&one);
	for (unsigned bit = 1; bit <= LINK_CHAIN; bit <<= 1) {
		str_clear(&one);
		if (add_reason(k, p, bit, &one))
			str_add_fmt(out, "%s%s", out->len > 0 ? "; " : "",
			    one.s);
	}
	str_release(&one);
}

static json_t *
whys_json(const struct linking *k, const struct link_pair *p)
{
	json_t *list = json_array();
	struct str one;

	str_init(&one);
	for (unsigned bit = 1; bit <= LINK_CHAIN; bit <<= 1) {
		str_clear(&one);
		if (add_reason(k, p, bit, &one))
			(void)json_array_append_new(list, json_string(one.s));
	}
	str_release(&one);
	return list;
}

/* ---- pairs that wait ---- */

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
	why_of(l->k, p, &why);
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
	why_of(l->k, p, &why);
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
	json_t *fields = json_array(), *o;

	for (int i = 0; i < FIELDS; i++)
		(void)json_array_append_new(fields, json_field(l->k, p, i));
	o = json_pack("{s:s, s:s, s:s, s:s, s:f, s:o, s:o}", "a",
	    a->reference, "b", b->reference, "agency_a", a->agency,
	    "agency_b", b->agency, "bits", (double)p->weight, "why",
	    whys_json(l->k, p), "fields", fields);
	if ((p->why & (LINK_CHAIN | LINK_AGAINST)) != 0)
		(void)json_object_set_new(o, "over", json_pack("[s, s]",
		    l->k->l.cases[p->over[0]].reference,
		    l->k->l.cases[p->over[1]].reference));
	(void)json_array_append_new(l->json, o);
}

/* ---- which of them ---- */

enum rc
link_read_reason(const struct call *c, unsigned *only, struct err *e)
{
	const char *code = call_option(c, "reason");
	const struct link_reason *r = link_reasons();
	struct str all;

	*only = 0;
	if (code == NULL)
		return RC_OK;
	str_init(&all);
	for (; r->code != NULL && strcmp(r->code, code) != 0; r++)
		str_add_fmt(&all, "%s%s", all.len > 0 ? ", " : "", r->code);
	*only = r->code != NULL ? (unsigned)r->why : 0;
	if (*only == 0)
		(void)err_set(e, RC_USAGE, "no pair is asked for the reason "
		    "\"%s\"; they are %s", code, all.s);
	str_release(&all);
	return *only != 0 ? RC_OK : RC_USAGE;
}

static int
by_need(const void *va, const void *vb)
{
	const struct link_pair *const *a = va, *const *b = vb;

	return link_ask_order(*a, *b);
}

void
link_list_pairs(struct listing *l, unsigned only)
{
	static void (*const pair[])(struct listing *,
	    const struct link_pair *) = {text_pair, csv_pair, json_pair};
	const struct link_result *r = &l->k->l.result;
	const struct link_pair **list = xcalloc(r->npairs + 1, sizeof(*list));
	size_t n = 0;

	if (l->format == FORMAT_CSV)
		csv_heading(&l->out);
	for (size_t i = 0; i < r->npairs; i++)
		if (r->pairs[i].verdict == LINK_ASK && (only == 0 ||
		    (unsigned)link_main_reason(&r->pairs[i]) == only))
			list[n++] = &r->pairs[i];
	if (n > 0)
		qsort(list, n, sizeof(*list), by_need);
	for (; l->n < n; l->n++)
		pair[l->format](l, list[l->n]);
	free(list);
}
