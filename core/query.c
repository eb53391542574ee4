/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/query.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/filtertext.h"
#include "core/kinds.h"
#include "core/query_impl.h"
#include "core/str.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"

#define DAY_MS INT64_C(86400000)

static const struct query_key_def keys[] = {
	{"risk", QUERY_RISK, SHAPE_LEVELS,
	    "risk:high,potential or risk>=potential: the level that stands"},
	{"level", QUERY_RISK, SHAPE_LEVELS, "level:high: the same as risk"},
	{"could", QUERY_COULD, SHAPE_LEVELS,
	    "could:high: the level that it could be"},
	{"signs", QUERY_SIGNS, SHAPE_COUNT, "signs>=3: how many signs"},
	{"vulnerabilities", QUERY_VULNERABILITIES, SHAPE_COUNT,
	    "vulnerabilities>=1: how many vulnerabilities"},
	{"notknown", QUERY_NOTKNOWN, SHAPE_COUNT,
	    "notknown>=10: how much is not known"},
	{"due", QUERY_DUE, SHAPE_WHEN,
	    "due<7d, due<2026-12-01, due:overdue, due:none"},
	{"changed", QUERY_CHANGED, SHAPE_WHEN,
	    "changed>=7d or changed>=2026-11-01: last written"},
	{"born", QUERY_BORN, SHAPE_DAY, "born>=2010-01-01: date of birth"},
	{"age", QUERY_AGE, SHAPE_COUNT, "age<13: years today"},
	{"owner", QUERY_OWNER, SHAPE_PERSON,
	    "owner:me or owner:\"A NAME\": who opened it"},
	{"kind", QUERY_KIND, SHAPE_KINDS,
	    "kind:missing,referral: has an entry of it that stands"},
	{"has", QUERY_KIND, SHAPE_KINDS, "has:plan: the same as kind"},
	{"area", QUERY_AREA, SHAPE_TEXT, "area:ashby: where they live"},
	{"school", QUERY_SCHOOL, SHAPE_TEXT, "school:hill: where they go"},
	{"agency", QUERY_AGENCY, SHAPE_TEXT,
	    "agency:police: who saw something"},
	{"with", QUERY_WITH, SHAPE_TEXT,
	    "with:sam: somebody around them, or a person of concern"},
	{"ref", QUERY_REF, SHAPE_TEXT, "ref:K-01: the reference"},
	{"name", QUERY_NAME, SHAPE_TEXT, "name:zoe: a name"},
	{"text", QUERY_TEXT, SHAPE_TEXT,
	    "text:\"bus station\": words in one entry of the case"},
	{"is", QUERY_IS, SHAPE_IS, "is:overdue: what the case is"},
	{NULL, QUERY_KEYS, SHAPE_TEXT, NULL}
};

static const char *const states[] = {"screened", "unscreened", "lowering",
	"conflict", "restricted", "open", "closed", "closed-lately",
	"flagged", "returned", "downgraded", "overdue", NULL};

const struct query_key_def *
query_keys(void)
{
	return keys;
}

const char *
query_state(size_t i)
{
	return states[i];
}

const char *
query_kind(size_t i)
{
	const struct kind *all;
	size_t n;

	for (size_t k = 0; (all = kind_all(&n)) != NULL && k < n; k++)
		if (strcmp(all[k].family, "register") != 0 && i-- == 0)
			return all[k].name;
	return NULL;
}

struct reader {
	struct filter_text *in;
	size_t fault;		/* bytes into the value, of a fault in it */
	const struct query_context *qc;
	struct query *q;
};

void
query_init(struct query *q)
{
	memset(q, 0, sizeof(*q));
}

void
query_release(struct query *q)
{
	size_t i;

	for (i = 0; i < q->n; i++)
		free(q->terms[i].text);
	free(q->terms);
	query_init(q);
}

static enum rc
read_operator(struct reader *r, enum query_op *op)
{
	const char *s = r->in->text + r->in->at;

	switch (s[0]) {
	case ':':
	case '=':
		*op = QUERY_EQ;
		break;
	case '<':
		*op = s[1] == '=' ? QUERY_LE : QUERY_LT;
		break;
	case '>':
		*op = s[1] == '=' ? QUERY_GE : QUERY_GT;
		break;
	default:
		return err_set(r->in->e, RC_INPUT,
		    "one of : = < <= > >= was expected here");
	}
	r->in->at += (*op == QUERY_LE || *op == QUERY_GE) ? 2 : 1;
	return RC_OK;
}

size_t
query_item(const struct query_term *t, const char **p)
{
	const char *s = *p;
	size_t n = t->quoted ? strlen(s) : strcspn(s, ",");

	*p = s[n] == '\0' ? NULL : s + n + 1;
	return n;
}

/* RC_INPUT with a message unless the item may stand there. */
typedef enum rc (*item_fn)(struct reader *r, const char *item);

/* Each item of a comma list; the fault is at the item. */
static enum rc
check_items(struct reader *r, const struct query_term *t, item_fn check)
{
	const char *p = t->text, *s;
	enum rc rc = RC_OK;
	char *item;

	while (p != NULL && rc == RC_OK) {
		s = p;
		item = xstrndup(s, query_item(t, &p));
		rc = *item != '\0' ? check(r, item) : err_set(r->in->e, RC_INPUT,
		    "something was expected between the commas");
		if (rc != RC_OK)
			r->fault = (size_t)(s - t->text);
		free(item);
	}
	return rc;
}

static enum rc
check_level(struct reader *r, const char *id)
{
	if (r->qc->level_known == NULL || r->qc->level_known(id, r->qc->ctx))
		return RC_OK;
	return err_set(r->in->e, RC_INPUT, "there is no level \"%s\"; try high, "
	    "potential, vulnerable, insufficient or none-recorded", id);
}

static enum rc
check_levels(struct reader *r, const struct query_term *t)
{
	enum rc rc = check_items(r, t, check_level);

	if (rc == RC_OK && t->op != QUERY_EQ && strchr(t->text, ',') != NULL)
		return err_set(r->in->e, RC_INPUT,
		    "one level was expected with < or >");
	return rc;
}

static enum rc
check_kind(struct reader *r, const char *name)
{
	const char *k;
	struct str all;
	enum rc rc;

	for (size_t i = 0; (k = query_kind(i)) != NULL; i++)
		if (strcmp(k, name) == 0)
			return RC_OK;
	str_init(&all);
	for (size_t i = 0; (k = query_kind(i)) != NULL; i++)
		str_add_fmt(&all, " %s", k);
	rc = err_set(r->in->e, RC_INPUT, "there is no kind of entry \"%s\"; the "
	    "kinds are%s", name, all.s);
	str_release(&all);
	return rc;
}

static enum rc
check_state(struct reader *r, const char *name)
{
	struct str all;
	enum rc rc;

	for (size_t i = 0; states[i] != NULL; i++)
		if (strcmp(states[i], name) == 0)
			return RC_OK;
	str_init(&all);
	for (size_t i = 0; states[i] != NULL; i++)
		str_add_fmt(&all, "%s%s", i == 0 ? "" :
		    states[i + 1] != NULL ? ", " : " or ",
		    states[i]);
	rc = err_set(r->in->e, RC_INPUT, "is: takes %s, not \"%s\"", all.s,
	    name);
	str_release(&all);
	return rc;
}

static enum rc
check_text(struct reader *r, const char *text)
{
	(void)r;
	(void)text;
	return RC_OK;
}

static enum rc
read_count(struct reader *r, struct query_term *t)
{
	char *end;

	errno = 0;
	t->number = strtoll(t->text, &end, 10);
	if (end == t->text || *end != '\0' || errno != 0 || t->number < 0)
		return err_set(r->in->e, RC_INPUT,
		    "a whole number was expected, not \"%s\"", t->text);
	return RC_OK;
}

/* "7d", "2w" from now, or a day. */
static enum rc
read_when(struct reader *r, struct query_term *t)
{
	int32_t day;
	char *end;
	long long n;

	if (t->key == QUERY_DUE && t->op == QUERY_EQ &&
	    (strcmp(t->text, "overdue") == 0 || strcmp(t->text, "none") == 0))
		return RC_OK;
	errno = 0;
	n = strtoll(t->text, &end, 10);
	if (end != t->text && errno == 0 && n >= 0 && n < 100000 &&
	    (strcmp(end, "d") == 0 || strcmp(end, "w") == 0)) {
		n *= *end == 'w' ? 7 : 1;
		t->number = t->key == QUERY_CHANGED ?
		    r->qc->now - n * DAY_MS : r->qc->now + n * DAY_MS;
		return RC_OK;
	}
	if (day_parse(t->text, &day, r->in->e) != RC_OK)
		return err_set(r->in->e, RC_INPUT, "a day such as 2026-12-01 or a "
		    "number of days such as 7d was expected, not \"%s\"",
		    t->text);
	t->number = moment_of_day(day);
	return RC_OK;
}

static enum rc
read_day(struct reader *r, struct query_term *t)
{
	int32_t day;

	if (day_parse(t->text, &day, r->in->e) != RC_OK)
		return r->in->e != NULL ? r->in->e->rc : RC_INPUT;
	t->number = day;
	return RC_OK;
}

/* A text is free, commas and all; a list of words is not. */
static enum rc
check_words(struct reader *r, const struct query_term *t)
{
	return t->key == QUERY_TEXT ? RC_OK : check_items(r, t, check_text);
}

static enum rc
check_value(struct reader *r, struct query_term *t, enum query_shape shape)
{
	if (t->text[0] == '\0')
		return err_set(r->in->e, RC_INPUT, "a value was expected here");
	if (t->op != QUERY_EQ && shape >= SHAPE_TEXT)
		return err_set(r->in->e, RC_INPUT, "this key takes only \":\"");
	switch (shape) {
	case SHAPE_LEVELS:
		return check_levels(r, t);
	case SHAPE_COUNT:
		return read_count(r, t);
	case SHAPE_WHEN:
		return read_when(r, t);
	case SHAPE_DAY:
		return read_day(r, t);
	case SHAPE_KINDS:
		return check_items(r, t, check_kind);
	case SHAPE_IS:
		return check_items(r, t, check_state);
	case SHAPE_TEXT:
	case SHAPE_PERSON:
	default:
		return check_words(r, t);
	}
}

/* True if a word is followed by an operator; *out is NULL if none knows it. */
static bool
key_here(const struct reader *r, size_t *len,
    const struct query_key_def **out)
{
	const char *s = r->in->text + r->in->at;
	const struct query_key_def *k = keys;

	*len = 0;
	while (isalpha((unsigned char)s[*len]))
		(*len)++;
	if (*len == 0 || strchr(":=<>", s[*len]) == NULL || s[*len] == '\0')
		return false;
	while (k->name != NULL && (strlen(k->name) != *len ||
	    strncmp(k->name, s, *len) != 0))
		k++;
	*out = k->name != NULL ? k : NULL;
	return true;
}

static enum rc
no_such_key(struct reader *r, size_t len)
{
	struct str all;
	enum rc rc;

	str_init(&all);
	for (size_t i = 0; keys[i].name != NULL; i++)
		str_add_fmt(&all, " %s", keys[i].name);
	rc = err_set(r->in->e, RC_INPUT, "there is no key \"%.*s\"; the keys "
	    "are%s", utf8_cut(r->in->text + r->in->at, len < 40 ? (int)len : 40),
	    r->in->text + r->in->at, all.s);
	str_release(&all);
	return rc;
}

static enum rc
read_keyed(struct reader *r, struct query_term *t,
    const struct query_key_def *key, size_t len)
{
	size_t value_at;
	enum rc rc;

	t->key = key->key;
	r->in->at += len;
	r->fault = 0;
	rc = read_operator(r, &t->op);
	if (rc != RC_OK)
		return rc;
	value_at = r->in->at;
	t->text = filter_value(r->in, &t->quoted);
	if (t->text == NULL)
		return RC_INPUT;
	rc = check_value(r, t, key->shape);
	if (rc != RC_OK)
		r->in->at = value_at + r->fault + (t->quoted && r->fault > 0);
	return rc;
}

static enum rc
read_words(struct reader *r, struct query_term *t)
{
	t->key = QUERY_TEXT;
	t->op = QUERY_EQ;
	t->text = filter_value(r->in, &t->quoted);
	if (t->text == NULL)
		return RC_INPUT;
	return t->text[0] != '\0' ? RC_OK :
	    err_set(r->in->e, RC_INPUT, "a word was expected here");
}

static enum rc
read_term(struct filter_text *in, size_t i, bool negated, void *ctx)
{
	const struct query_key_def *key;
	struct reader *r = ctx;
	struct query *q = r->q;
	size_t len;

	(void)in;
	q->terms = vec_room(q->terms, i, &q->cap, sizeof(*q->terms));
	q->n = i + 1;
	memset(&q->terms[i], 0, sizeof(q->terms[i]));
	q->terms[i].not = negated;
	if (!key_here(r, &len, &key))
		return read_words(r, &q->terms[i]);
	return key != NULL ? read_keyed(r, &q->terms[i], key, len) :
	    no_such_key(r, len);
}

enum rc
query_parse(const char *text, const struct query_context *qc,
    struct query *out, size_t *at, struct err *e)
{
	struct filter_text in = {text, 0, e};
	struct reader r = {&in, 0, qc, out};
	enum rc rc;

	query_init(out);
	rc = filter_terms(&in, read_term, &r);
	*at = in.at;
	if (rc != RC_OK)
		query_release(out);
	return rc;
}
