/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/screenout.h"

#include <string.h>

#include "core/date.h"
#include "core/utf8.h"

#define CHILD_COLUMNS 16

/* One child's result on its way out. */
struct result {
	const struct instrument *in;
	const char *child;
	struct answers answers;
	struct screening s;
	bool first;
};

struct form {
	const char *name;
	void (*begin)(struct out *o, const struct screenrun *r);
	void (*child)(struct out *o, const struct result *x, bool whole);
	bool changes;	/* says the fewest answers that would change it */
	void (*end)(struct out *o, const struct screenrun *r);
};

/* ---- text, for people ---- */

static void
text_begin(struct out *o, const struct screenrun *r)
{
	const struct instrument *in = screenrun_instrument(r);
	char day[SPAN_WORDS_MAX];
	struct span on = span_of_day(screenrun_on(r));

	span_words(&on, day);
	out_add(o, in->title);
	out_add(o, ", version ");
	out_add(o, in->version);
	out_add(o, ", as of ");
	out_add(o, day);
	out_add(o, "\n\n");
}

static void
add_count(struct out *o, const struct instrument *in, const char *role,
    unsigned n)
{
	size_t i;

	for (i = 0; i < in->nsections; i++)
		if (strcmp(in->sections[i].role, role) == 0) {
			out_add_fmt(o, "  %s %u", in->sections[i].id, n);
			return;
		}
}

static void
add_counts(struct out *o, const struct result *x)
{
	add_count(o, x->in, "vulnerability", x->s.vulnerabilities);
	add_count(o, x->in, "sign", x->s.signs);
	if (x->s.suspected != 0)
		out_add_fmt(o, "  suspected %u", x->s.suspected);
	out_add_fmt(o, "  %u of %u not known", x->s.not_known, x->s.listed);
}

static void
text_rules(struct out *o, const struct result *x)
{
	const struct rule *rule;
	struct str words;
	size_t i;

	str_init(&words);
	for (i = 0; i < x->s.nfired; i++) {
		rule = &x->in->rules[x->s.fired[i]];
		str_clear(&words);
		screen_rule_words(x->in, &x->answers, x->s.fired[i], &words);
		out_add(o, "    - ");
		out_add_n(o, words.s, words.len);
		if (rule->source != NULL) {
			out_add(o, " [");
			out_add(o, rule->source);
			out_add(o, "]");
		}
		out_add(o, "\n");
	}
	str_release(&words);
}

static void
text_change(struct out *o, const struct result *x)
{
	struct str words;

	if (x->s.nchanges == 0)
		return;
	str_init(&words);
	screen_change_words(x->in, &x->s.changes[0], &words);
	out_add(o, "    would change it: ");
	out_add_n(o, words.s, words.len);
	out_add(o, "\n");
	str_release(&words);
}

static void
text_whole(struct out *o, const struct result *x)
{
	out_add(o, x->child);
	out_add(o, "  ");
	out_add(o, screen_label(x->in, &x->s));
	out_add(o, "\n  ");
	add_counts(o, x);
	if (x->s.could_be != x->s.level) {
		out_add(o, "  could be: ");
		out_add(o, screen_level_label(x->in, x->s.could_be));
	}
	out_add(o, "\n");
	text_rules(o, x);
	text_change(o, x);
	out_add(o, "\n");
}

static void
text_line(struct out *o, const struct result *x)
{
	size_t i, n = strlen(x->child);
	int used = utf8_columns(x->child, n);

	out_add_n(o, x->child, n);
	out_add_fmt(o, "%*s %-13s", used < CHILD_COLUMNS ?
	    CHILD_COLUMNS - used : 0, "",
	    screen_level_id(x->in, x->s.level));
	add_counts(o, x);
	if (x->s.could_be != x->s.level)
		out_add_fmt(o, "  could be %s",
		    screen_level_id(x->in, x->s.could_be));
	for (i = 0; i < x->s.nfired; i++)
		out_add_fmt(o, "%s%s", i == 0 ? "  rules " : " ",
		    x->in->rules[x->s.fired[i]].id);
	out_add(o, "\n");
}

static void
text_child(struct out *o, const struct result *x, bool whole)
{
	if (whole)
		text_whole(o, x);
	else
		text_line(o, x);
}

/* The rules of the lines above, told once. */
static void
text_key(struct out *o, const struct instrument *in)
{
	size_t i;

	if (in->nrules != 0)
		out_add(o, "\nRules\n");
	for (i = 0; i < in->nrules; i++) {
		out_add(o, "  ");
		out_add(o, in->rules[i].id);
		out_add(o, ": ");
		out_add(o, in->rules[i].because);
		if (in->rules[i].source != NULL) {
			out_add(o, " [");
			out_add(o, in->rules[i].source);
			out_add(o, "]");
		}
		out_add(o, "\n");
	}
	out_add(o, "\n");
}

static void
text_end(struct out *o, const struct screenrun *r)
{
	if (screenrun_children(r) > SCREENOUT_WHOLE_MAX)
		text_key(o, screenrun_instrument(r));
	out_add(o, "This is a screening aid. It has not been validated and "
	    "never rules out exploitation;\nyour own judgement can always "
	    "raise a level.\n");
}

/* ---- CSV ---- */

static void
csv_begin(struct out *o, const struct screenrun *r)
{
	(void)r;
	out_add(o, "child,level,label,vulnerabilities,signs,suspected,"
	    "not_known,could_be,rules\n");
}

static void
csv_cell_of(struct out *o, const char *s)
{
	out_csv_cell(o, s, strlen(s));
}

static void
csv_child(struct out *o, const struct result *x, bool whole)
{
	size_t i;

	(void)whole;
	csv_cell_of(o, x->child);
	out_add(o, ",");
	out_add(o, screen_level_id(x->in, x->s.level));
	out_add(o, ",");
	csv_cell_of(o, screen_label(x->in, &x->s));
	out_add_fmt(o, ",%u,%u,%u,%u,", x->s.vulnerabilities, x->s.signs,
	    x->s.suspected, x->s.not_known);
	out_add(o, screen_level_id(x->in, x->s.could_be));
	out_add(o, ",");
	for (i = 0; i < x->s.nfired; i++) {
		out_add(o, i == 0 ? "" : " ");
		out_add(o, x->in->rules[x->s.fired[i]].id);
	}
	out_add(o, "\n");
}

static void
csv_end(struct out *o, const struct screenrun *r)
{
	(void)o;
	(void)r;
}

/* ---- JSON ---- */

static void
json_begin(struct out *o, const struct screenrun *r)
{
	(void)r;
	out_add(o, "[");
}

static void
json_text(struct out *o, const char *key, const char *s)
{
	out_add_fmt(o, "\"%s\":", key);
	if (s != NULL)
		out_json_string(o, s, strlen(s));
	else
		out_add(o, "null");
}

static void
json_rules(struct out *o, const struct result *x)
{
	const struct rule *rule;
	size_t i;

	out_add(o, "\"rules\":[");
	for (i = 0; i < x->s.nfired; i++) {
		rule = &x->in->rules[x->s.fired[i]];
		out_add(o, i == 0 ? "{" : ",{");
		json_text(o, "id", rule->id);
		out_add(o, ",");
		json_text(o, "label", rule->label != NULL ? rule->label :
		    screen_level_label(x->in, rule->level));
		out_add(o, ",");
		json_text(o, "because", rule->because);
		out_add(o, ",");
		json_text(o, "source", rule->source);
		out_add(o, "}");
	}
	out_add(o, "]");
}

static void
json_change(struct out *o, const struct result *x, const struct change *c)
{
	const char *comma = "";
	size_t i;

	out_add(o, "{");
	json_text(o, "to", screen_level_id(x->in, c->level));
	out_add_fmt(o, ",\"answers\":%u,\"from\":[", c->n + (c->age ? 1 : 0));
	for (i = 0; i < x->in->nitems; i++) {
		if (!itemset_has(&c->from, (unsigned)i))
			continue;
		out_add(o, comma);
		out_json_string(o, x->in->items[i].id,
		    strlen(x->in->items[i].id));
		comma = ",";
	}
	if (c->age)
		out_add_fmt(o, "%s\"age\"", comma);
	out_add(o, "]}");
}

static void
json_child(struct out *o, const struct result *x, bool whole)
{
	size_t i;

	(void)whole;
	out_add(o, x->first ? "\n{" : ",\n{");
	json_text(o, "child", x->child);
	out_add(o, ",");
	json_text(o, "level", screen_level_id(x->in, x->s.level));
	out_add_fmt(o, ",\"vulnerabilities\":%u,\"signs\":%u,"
	    "\"suspected\":%u,\"not_known\":%u,\"listed\":%u,",
	    x->s.vulnerabilities, x->s.signs, x->s.suspected, x->s.not_known,
	    x->s.listed);
	json_text(o, "could_be", screen_level_id(x->in, x->s.could_be));
	out_add(o, ",");
	json_rules(o, x);
	out_add(o, ",\"change\":[");
	for (i = 0; i < x->s.nchanges; i++) {
		out_add(o, i == 0 ? "" : ",");
		json_change(o, x, &x->s.changes[i]);
	}
	out_add(o, "]}");
}

static void
json_end(struct out *o, const struct screenrun *r)
{
	(void)r;
	out_add(o, "\n]\n");
}

/* ---- all of them ---- */

static const struct form forms[] = {
	[SCREENOUT_TEXT] = {"text", text_begin, text_child, true,
	    text_end},
	[SCREENOUT_CSV] = {"csv", csv_begin, csv_child, false,
	    csv_end},
	[SCREENOUT_JSON] = {"json", json_begin, json_child, true,
	    json_end},
};

bool
screenout_from_name(const char *s, enum screenout *out)
{
	size_t i;

	for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (strcmp(s, forms[i].name) == 0) {
			*out = (enum screenout)i;
			return true;
		}
	return false;
}

bool
screenout_write(const struct screenrun *r, enum screenout form, out_fn fn,
    void *ctx, size_t *by_level)
{
	const struct form *f = &forms[form];
	size_t n = screenrun_children(r), i;
	bool whole = n <= SCREENOUT_WHOLE_MAX;
	struct result x = {.in = screenrun_instrument(r), .first = true};
	struct out o;
	bool ok;

	out_init(&o, fn, ctx);
	f->begin(&o, r);
	for (i = 0; i < n; i++) {
		x.child = screenrun_child(r, i);
		screenrun_answers(r, i, &x.answers);
		if (f->changes && (whole || form != SCREENOUT_TEXT))
			screen_run(x.in, &x.answers, &x.s);
		else
			screen_judge(x.in, &x.answers, &x.s);
		if (by_level != NULL)
			by_level[x.s.level]++;
		f->child(&o, &x, whole);
		x.first = false;
		out_settle(&o);
	}
	f->end(&o, r);
	ok = out_finish(&o);
	out_release(&o);
	return ok;
}
