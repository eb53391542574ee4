/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/retention.h"

#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/xalloc.h"
#include "core/yaml_want.h"

#define YEARS_MAX 200
#define HOLD "hold"

static const char *const from_words[] = {
	"birth", "last-contact", "closing", "adult-birth", NULL
};
static const char *const yes_no[] = { "no", "yes", NULL };

static const struct retention_rule *
find(const struct retention *r, const char *id)
{
	for (size_t i = 0; i < r->nrules; i++)
		if (strcmp(r->rules[i].id, id) == 0)
			return &r->rules[i];
	return NULL;
}

static void
check_id(const struct retention *r, const struct yaml_node *map,
    const char *id, struct faults *f)
{
	size_t good = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-");

	if (id[good] != '\0')
		yaml_fault_of(map, "id", f, "may have lower-case letters, "
		    "digits and hyphens only");
	else if (strlen(id) > 64)
		yaml_fault_of(map, "id", f, "may have 64 letters at most");
	else if (strcmp(id, HOLD) == 0)
		yaml_fault_of(map, "id", f, "may not be \"hold\": that stands "
		    "for no rule");
	else if (id[0] != '\0' && find(r, id) != NULL)
		yaml_fault_of(map, "id", f, "is that of a rule above");
}

static void
take_rule(struct retention *r, const struct yaml_node *map, struct faults *f)
{
	static const char *const keys[] = { "id", "label", "years",
	    "counted-from", "source", "verified", "note", NULL };
	const struct yaml_range range = { 1, YEARS_MAX };
	int from = RETENTION_BIRTH, verified = 0;
	struct retention_rule rule = { .years = 0 };

	yaml_only_keys(map, keys, f);
	rule.id = yaml_copy_text(map, "id", true, f);
	check_id(r, map, rule.id, f);
	rule.label = yaml_copy_text(map, "label", true, f);
	(void)yaml_want_number(map, "years", range, &rule.years, f);
	(void)yaml_want_word(map, "counted-from", from_words, &from, f);
	rule.from = (enum retention_from)from;
	rule.source = yaml_copy_text(map, "source", true, f);
	rule.note = yaml_copy_text(map, "note", false, f);
	if (yaml_want_word(map, "verified", yes_no, &verified, f) &&
	    verified == 0 && rule.note[0] == '\0')
		yaml_fault_of(map, "verified", f,
		    "is no: say in \"note\" what was found and what was not");
	rule.verified = verified == 1;
	r->rules = vec_room(r->rules, r->nrules, &r->caprules,
	    sizeof(*r->rules));
	r->rules[r->nrules++] = rule;
}

static void
take_default(struct retention *r, const struct yaml_node *root,
    struct faults *f)
{
	const char *id = yaml_want_text(root, "default", true, f);

	if (id == NULL || strcmp(id, HOLD) == 0)
		return;
	r->chosen = find(r, id);
	if (r->chosen == NULL)
		yaml_fault_of(root, "default", f, "is neither hold nor the id "
		    "of a rule");
}

static void
take_all(struct retention *r, const struct yaml_node *root, struct faults *f)
{
	static const char *const keys[] = { "id", "title", "default",
	    "rules", NULL };
	const struct yaml_node *list;

	yaml_only_keys(root, keys, f);
	r->id = yaml_copy_text(root, "id", true, f);
	r->title = yaml_copy_text(root, "title", true, f);
	list = yaml_want_list(root, "rules", true, f);
	for (size_t i = 0; list != NULL && i < yaml_size(list); i++) {
		const struct yaml_node *n = yaml_at(list, i);

		if (yaml_is_map(n))
			take_rule(r, n, f);
		else
			faults_add(f, yaml_line(n), yaml_column(n),
			    "a rule is a map; expected \"id\" and the rest");
	}
	take_default(r, root, f);
}

struct retention *
retention_parse(const char *text, size_t n, struct faults *f)
{
	size_t before = f->n;
	struct yaml *doc = yaml_parse(text, n, f);
	const struct yaml_node *root = doc == NULL ? NULL : yaml_root(doc);
	struct retention *r;

	if (doc == NULL)
		return NULL;
	r = xcalloc(1, sizeof(*r));
	if (root != NULL && yaml_is_map(root))
		take_all(r, root, f);
	else
		faults_add(f, 1, 1, "a table of retention is a map with id, "
		    "title, default and rules");
	yaml_doc_free(doc);
	if (f->n == before)
		return r;
	faults_sort(f);
	retention_free(r);
	return NULL;
}

void
retention_free(struct retention *r)
{
	if (r == NULL)
		return;
	for (size_t i = 0; i < r->nrules; i++) {
		free(r->rules[i].id);
		free(r->rules[i].label);
		free(r->rules[i].source);
		free(r->rules[i].note);
	}
	free(r->rules);
	free(r->id);
	free(r->title);
	free(r);
}

enum rc
retention_find(const struct retention *r, const char *id,
    const struct retention_rule **rule, struct err *e)
{
	struct str names;

	*rule = find(r, id);
	if (*rule != NULL)
		return RC_OK;
	str_init(&names);
	for (size_t i = 0; i < r->nrules; i++)
		str_add_fmt(&names, "%s%s", i == 0 ? "" : ", ",
		    r->rules[i].id);
	err_set(e, RC_NOTFOUND, "there is no rule \"%.60s\" in %s; there are "
	    "%s", id, r->title, names.len != 0 ? names.s : "none");
	str_release(&names);
	return RC_NOTFOUND;
}

/* ---- counting ---- */

/* On the side of keeping: the later of when it was written and speaks of. */
static int32_t
last_contact(const struct casefile *c)
{
	int32_t last = DAY_NONE, day;

	for (size_t i = 0; i < c->nrecords; i++) {
		const struct entry *en = &c->records[i]->entry;

		day = moment_day(en->at);
		if (!span_is_none(&en->on) && en->on.last > day)
			day = en->on.last;
		if (last == DAY_NONE || day > last)
			last = day;
	}
	return last;
}

static int32_t
closing(const struct casefile *c)
{
	int32_t last = DAY_NONE;

	for (size_t i = 0; i < c->nrecords; i++)
		if (strcmp(c->records[i]->entry.kind, "close") == 0 &&
		    record_stands(c->records[i]))
			last = moment_day(c->records[i]->entry.at);
	return last;
}

static int32_t
day_from(const struct casefile *c, enum retention_from from)
{
	switch (from) {
	case RETENTION_BIRTH:
		return c->birth;
	case RETENTION_LAST_CONTACT:
		return last_contact(c);
	case RETENTION_CLOSING:
		return closing(c);
	default:
		return DAY_NONE;
	}
}

static const char *
why_unknown(enum retention_from from)
{
	switch (from) {
	case RETENTION_BIRTH:
		return "the birth date is not known, so the case is kept";
	case RETENTION_CLOSING:
		return "the case was not closed, so it is kept";
	case RETENTION_ADULT_BIRTH:
		return "no case says when the adult was born, so it is kept";
	default:
		return "the case has no entries, so it is kept";
	}
}

static int32_t
add_years(int32_t day, int years)
{
	int32_t to = day_add_months(day, 12 * years);

	return day_to_civil(to).day == day_to_civil(day).day ? to : to + 1;
}

static void
say_how(const struct retention_rule *rule, int32_t from, struct str *how)
{
	struct span on = span_of_day(from);
	char words[SPAN_WORDS_MAX];

	span_words(&on, words);
	retention_rule_words(rule, how);
	str_add_fmt(how, ", which is %s", words);
}

int32_t
retention_kept_until(const struct retention_rule *rule,
    const struct casefile *c, struct str *how)
{
	int32_t from = day_from(c, rule->from);

	if (how != NULL && from == DAY_NONE)
		str_add(how, why_unknown(rule->from));
	else if (how != NULL)
		say_how(rule, from, how);
	return from == DAY_NONE ? DAY_NONE : add_years(from, rule->years);
}

void
retention_rule_words(const struct retention_rule *r, struct str *out)
{
	static const char *const words[] = {
		[RETENTION_BIRTH] = "the young person's birth",
		[RETENTION_LAST_CONTACT] = "the last contact",
		[RETENTION_CLOSING] = "the case was closed",
		[RETENTION_ADULT_BIRTH] = "the birth of the adult"
	};

	str_add_fmt(out, "%d year%s after %s", r->years,
	    r->years == 1 ? "" : "s", words[r->from]);
}
