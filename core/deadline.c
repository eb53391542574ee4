/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deadline rules read from content and found by name; deadline_count.c counts. */
#include "config.h"

#include "core/deadline.h"

#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "core/yaml_want.h"

#define AMOUNT_MAX 10000
#define COUNT_MAX 100

static const char *const kind_words[] = {
	"limit", "aim", "not-before", "pattern", NULL
};
static const char *const unit_words[] = {
	"hours", "days", "weeks", "working-days", NULL
};
static const char *const yes_no[] = { "no", "yes", NULL };

static void
check_id(const struct yaml_node *map, const char *id, struct faults *f)
{
	size_t good = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-");

	if (id[good] != '\0')
		yaml_fault_of(map, "id", f, "may have lower-case letters, "
		    "digits and hyphens only");
}

static void
take_pattern(struct deadline_rule *r, const struct yaml_node *map,
    struct faults *f)
{
	const struct yaml_range range = { 2, COUNT_MAX };

	if (r->kind != DEADLINE_PATTERN) {
		r->leads_to = xstrdup("");
		if (yaml_get(map, "count") != NULL)
			yaml_fault_of(map, "count", f,
			    "belongs to a pattern only");
		if (yaml_get(map, "leads-to") != NULL)
			yaml_fault_of(map, "leads-to", f,
			    "belongs to a pattern only");
		return;
	}
	r->leads_to = yaml_copy_text(map, "leads-to", true, f);
	(void)yaml_want_number(map, "count", range, &r->count, f);
	if (r->unit != DEADLINE_DAYS)
		yaml_fault_of(map, "unit", f, "of a pattern has to be days");
}

static void
take_force(struct deadline_rule *r, const struct yaml_node *map,
    struct faults *f)
{
	r->from = r->to = DAY_NONE;
	(void)yaml_want_day(map, "from", false, &r->from, f);
	(void)yaml_want_day(map, "to", false, &r->to, f);
	if (r->from != DAY_NONE && r->to != DAY_NONE && r->to < r->from)
		yaml_fault_of(map, "to", f, "is before \"from\"");
}

static int32_t
force_first(const struct deadline_rule *r)
{
	return r->from;		/* DAY_NONE is before every day */
}

static int32_t
force_last(const struct deadline_rule *r)
{
	return r->to == DAY_NONE ? INT32_MAX : r->to;
}

static void
check_overlap(const struct deadlines *d, const struct deadline_rule *r,
    const struct yaml_node *map, struct faults *f)
{
	for (size_t i = 0; i < d->nrules; i++) {
		const struct deadline_rule *o = &d->rules[i];

		if (strcmp(o->id, r->id) == 0 && r->id[0] != '\0' &&
		    force_first(o) <= force_last(r) &&
		    force_first(r) <= force_last(o))
			yaml_fault_of(map, "id", f, "is that of a rule above, "
			    "in force at the same time");
	}
}

static void
take_rule(struct deadlines *d, const struct yaml_node *map, struct faults *f)
{
	static const char *const keys[] = { "id", "label", "kind", "amount",
	    "unit", "count", "leads-to", "clock-starts", "source", "verified",
	    "note", "from", "to", NULL };
	const struct yaml_range range = { 1, AMOUNT_MAX };
	int kind = DEADLINE_LIMIT, unit = DEADLINE_DAYS, verified = 0;
	struct deadline_rule r = { .count = 0 };

	yaml_only_keys(map, keys, f);
	r.id = yaml_copy_text(map, "id", true, f);
	check_id(map, r.id, f);
	r.label = yaml_copy_text(map, "label", true, f);
	(void)yaml_want_word(map, "kind", kind_words, &kind, f);
	(void)yaml_want_number(map, "amount", range, &r.amount, f);
	(void)yaml_want_word(map, "unit", unit_words, &unit, f);
	r.kind = (enum deadline_kind)kind;
	r.unit = (enum deadline_unit)unit;
	take_pattern(&r, map, f);
	r.clock_starts = yaml_copy_text(map, "clock-starts", true, f);
	r.source = yaml_copy_text(map, "source", true, f);
	r.note = yaml_copy_text(map, "note", false, f);
	if (yaml_want_word(map, "verified", yes_no, &verified, f) &&
	    verified == 0 && r.note[0] == '\0')
		yaml_fault_of(map, "verified", f,
		    "is no: say in \"note\" what was found and what was not");
	r.verified = verified == 1;
	take_force(&r, map, f);
	check_overlap(d, &r, map, f);
	d->rules = vec_room(d->rules, d->nrules, &d->caprules,
	    sizeof(*d->rules));
	d->rules[d->nrules++] = r;
}

static void
take_all(struct deadlines *d, const struct yaml_node *root, struct faults *f)
{
	static const char *const keys[] = { "id", "title", "calendar",
	    "rules", NULL };
	const struct yaml_node *list;

	yaml_only_keys(root, keys, f);
	d->id = yaml_copy_text(root, "id", true, f);
	d->title = yaml_copy_text(root, "title", true, f);
	d->calendar = yaml_copy_text(root, "calendar", true, f);
	list = yaml_want_list(root, "rules", true, f);
	for (size_t i = 0; list != NULL && i < yaml_size(list); i++) {
		const struct yaml_node *n = yaml_at(list, i);

		if (yaml_is_map(n))
			take_rule(d, n, f);
		else
			faults_add(f, yaml_line(n), yaml_column(n),
			    "a rule is a map; expected \"id\" and the rest");
	}
}

struct deadlines *
deadlines_parse(const char *text, size_t n, struct faults *f)
{
	size_t before = f->n;
	struct yaml *doc = yaml_parse(text, n, f);
	const struct yaml_node *root = doc == NULL ? NULL : yaml_root(doc);
	struct deadlines *d;

	if (doc == NULL)
		return NULL;
	d = xcalloc(1, sizeof(*d));
	if (root != NULL && yaml_is_map(root))
		take_all(d, root, f);
	else
		faults_add(f, 1, 1, "a file of deadlines is a map with id, "
		    "title, calendar and rules");
	yaml_doc_free(doc);
	if (f->n == before)
		return d;
	faults_sort(f);
	deadlines_free(d);
	return NULL;
}

static void
rule_release(struct deadline_rule *r)
{
	free(r->id);
	free(r->label);
	free(r->clock_starts);
	free(r->source);
	free(r->note);
	free(r->leads_to);
}

void
deadlines_free(struct deadlines *d)
{
	if (d == NULL)
		return;
	for (size_t i = 0; i < d->nrules; i++)
		rule_release(&d->rules[i]);
	free(d->rules);
	free(d->id);
	free(d->title);
	free(d->calendar);
	free(d);
}

static enum rc
unknown_rule(const struct deadlines *d, const char *id, struct err *e)
{
	struct str names;

	str_init(&names);
	for (size_t i = 0; i < d->nrules; i++)
		if (i == 0 || strcmp(d->rules[i].id, d->rules[i - 1].id) != 0)
			str_add_fmt(&names, "%s%s", i == 0 ? "" : ", ",
			    d->rules[i].id);
	err_set(e, RC_NOTFOUND, "there is no deadline rule \"%.*s\" in %s; "
	    "there are %s", utf8_cut(id, 60), id, d->title, names.s);
	str_release(&names);
	return RC_NOTFOUND;
}

static enum rc
not_in_force(const struct deadline_rule *r, int32_t day, struct err *e)
{
	struct span on = span_of_day(day);
	struct span edge = span_of_day(r->from != DAY_NONE && day < r->from ?
	    r->from : r->to);
	char words[SPAN_WORDS_MAX], bound[SPAN_WORDS_MAX];

	span_words(&on, words);
	span_words(&edge, bound);
	return err_set(e, RC_INPUT, "the rule %s was not in force on %s: it "
	    "%s %s", r->id, words, edge.first == r->from ? "begins on" :
	    "ended on", bound);
}

enum rc
deadlines_find(const struct deadlines *d, const char *id, int32_t day,
    const struct deadline_rule **rule, struct err *e)
{
	const struct deadline_rule *other = NULL;

	for (size_t i = 0; i < d->nrules; i++) {
		const struct deadline_rule *r = &d->rules[i];

		if (strcmp(r->id, id) != 0)
			continue;
		other = r;
		if (day >= force_first(r) && day <= force_last(r)) {
			*rule = r;
			return RC_OK;
		}
	}
	if (other != NULL)
		return not_in_force(other, day, e);
	return unknown_rule(d, id, e);
}
