/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/query.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/str.h"
#include "core/vec.h"
#include "core/xalloc.h"

#define TERMS_MAX 32
#define DAY_MS INT64_C(86400000)

/* What a value of a key looks like. */
enum shape { SHAPE_LEVELS, SHAPE_COUNT, SHAPE_WHEN, SHAPE_DAY, SHAPE_TEXT,
	SHAPE_IS };

static const struct {
	const char *name;
	enum query_key key;
	enum shape shape;
} keys[] = {
	{"risk", QUERY_RISK, SHAPE_LEVELS},
	{"level", QUERY_RISK, SHAPE_LEVELS},
	{"could", QUERY_COULD, SHAPE_LEVELS},
	{"signs", QUERY_SIGNS, SHAPE_COUNT},
	{"vulnerabilities", QUERY_VULNERABILITIES, SHAPE_COUNT},
	{"notknown", QUERY_NOTKNOWN, SHAPE_COUNT},
	{"due", QUERY_DUE, SHAPE_WHEN},
	{"changed", QUERY_CHANGED, SHAPE_WHEN},
	{"born", QUERY_BORN, SHAPE_DAY},
	{"owner", QUERY_OWNER, SHAPE_TEXT},
	{"ref", QUERY_REF, SHAPE_TEXT},
	{"name", QUERY_NAME, SHAPE_TEXT},
	{"text", QUERY_TEXT, SHAPE_TEXT},
	{"is", QUERY_IS, SHAPE_IS},
};
#define NKEYS (sizeof(keys) / sizeof(keys[0]))

struct reader {
	const char *text;
	size_t at;
	const struct query_context *qc;
	struct err *e;
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

static void
skip_spaces(struct reader *r)
{
	while (r->text[r->at] == ' ' || r->text[r->at] == '\t')
		r->at++;
}

/* Reads "quoted" or bare text; returns owned, NULL after an error. */
static char *
read_value(struct reader *r)
{
	const char *from = r->text + r->at;
	size_t n;

	if (*from == '"') {
		n = strcspn(from + 1, "\"");
		if (from[n + 1] != '"') {
			err_set(r->e, RC_INPUT,
			    "this quotation mark is never closed");
			return NULL;
		}
		r->at += n + 2;
		return xstrndup(from + 1, n);
	}
	n = strcspn(from, " \t");
	r->at += n;
	return xstrndup(from, n);
}

static enum rc
read_operator(struct reader *r, enum query_op *op)
{
	const char *s = r->text + r->at;

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
		return err_set(r->e, RC_INPUT,
		    "one of : = < <= > >= was expected here");
	}
	r->at += (*op == QUERY_LE || *op == QUERY_GE) ? 2 : 1;
	return RC_OK;
}

/* Every level of a comma list must be one that there is. */
static enum rc
check_levels(struct reader *r, const struct query_term *t)
{
	const char *s = t->text;
	char *id;
	size_t n;
	bool known;

	for (;; s += n + 1) {
		n = strcspn(s, ",");
		id = xstrndup(s, n);
		known = r->qc->level_known == NULL ||
		    r->qc->level_known(id, r->qc->ctx);
		if (!known)
			err_set(r->e, RC_INPUT, "there is no level \"%s\"; "
			    "try high, potential, vulnerable, insufficient "
			    "or none-recorded", id);
		free(id);
		if (!known)
			return RC_INPUT;
		if (s[n] == '\0')
			break;
	}
	if (t->op != QUERY_EQ && strchr(t->text, ',') != NULL)
		return err_set(r->e, RC_INPUT,
		    "one level was expected with < or >");
	return RC_OK;
}

static enum rc
read_count(struct reader *r, struct query_term *t)
{
	char *end;

	errno = 0;
	t->number = strtoll(t->text, &end, 10);
	if (end == t->text || *end != '\0' || errno != 0 || t->number < 0)
		return err_set(r->e, RC_INPUT,
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
	if (day_parse(t->text, &day, r->e) != RC_OK)
		return err_set(r->e, RC_INPUT, "a day such as 2026-12-01 or a "
		    "number of days such as 7d was expected, not \"%s\"",
		    t->text);
	t->number = moment_of_day(day);
	return RC_OK;
}

static enum rc
read_day(struct reader *r, struct query_term *t)
{
	int32_t day;

	if (day_parse(t->text, &day, r->e) != RC_OK)
		return r->e != NULL ? r->e->rc : RC_INPUT;
	t->number = day;
	return RC_OK;
}

static enum rc
read_is(struct reader *r, const struct query_term *t)
{
	static const char *const states[] = {"screened", "unscreened",
	    "lowering", "conflict", "restricted", NULL};
	size_t i;

	for (i = 0; states[i] != NULL; i++)
		if (strcmp(states[i], t->text) == 0)
			return RC_OK;
	return err_set(r->e, RC_INPUT, "is: takes screened, unscreened, "
	    "lowering, conflict or restricted, not \"%s\"", t->text);
}

static enum rc
check_value(struct reader *r, struct query_term *t, enum shape shape)
{
	if (t->text[0] == '\0')
		return err_set(r->e, RC_INPUT, "a value was expected here");
	if (t->op != QUERY_EQ && (shape == SHAPE_TEXT || shape == SHAPE_IS))
		return err_set(r->e, RC_INPUT, "this key takes only \":\"");
	switch (shape) {
	case SHAPE_LEVELS:
		return check_levels(r, t);
	case SHAPE_COUNT:
		return read_count(r, t);
	case SHAPE_WHEN:
		return read_when(r, t);
	case SHAPE_DAY:
		return read_day(r, t);
	case SHAPE_IS:
		return read_is(r, t);
	default:
		return RC_OK;
	}
}

/* The key at the reader, if a known word is followed by an operator. */
static size_t
known_key(const struct reader *r, size_t *len)
{
	const char *s = r->text + r->at;
	size_t i;

	*len = 0;
	while (isalpha((unsigned char)s[*len]))
		(*len)++;
	if (*len == 0 || strchr(":=<>", s[*len]) == NULL || s[*len] == '\0')
		return NKEYS + 1;
	for (i = 0; i < NKEYS; i++)
		if (strlen(keys[i].name) == *len &&
		    strncmp(keys[i].name, s, *len) == 0)
			return i;
	return NKEYS;
}

static enum rc
read_keyed(struct reader *r, struct query_term *t, size_t key, size_t len)
{
	size_t value_at;
	enum rc rc;

	t->key = keys[key].key;
	r->at += len;
	rc = read_operator(r, &t->op);
	if (rc != RC_OK)
		return rc;
	value_at = r->at;
	t->text = read_value(r);
	if (t->text == NULL)
		return RC_INPUT;
	rc = check_value(r, t, keys[key].shape);
	if (rc != RC_OK)
		r->at = value_at;
	return rc;
}

static bool
take_word(struct reader *r, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(r->text + r->at, word, n) != 0 ||
	    (r->text[r->at + n] != ' ' && r->text[r->at + n] != '\0'))
		return false;
	r->at += n;
	skip_spaces(r);
	return true;
}

static enum rc
read_term(struct reader *r, struct query_term *t)
{
	size_t key, len;

	t->not = take_word(r, "not");
	if (r->text[r->at] == '-') {
		t->not = !t->not;
		r->at++;
	}
	key = known_key(r, &len);
	if (key == NKEYS)
		return err_set(r->e, RC_INPUT, "there is no key \"%.*s\"; the "
		    "keys are risk could signs vulnerabilities notknown due "
		    "born changed owner ref name text is", (int)len,
		    r->text + r->at);
	if (key < NKEYS)
		return read_keyed(r, t, key, len);
	t->key = QUERY_TEXT;
	t->op = QUERY_EQ;
	t->text = read_value(r);
	if (t->text == NULL)
		return RC_INPUT;
	return t->text[0] != '\0' ? RC_OK :
	    err_set(r->e, RC_INPUT, "a word was expected here");
}

static enum rc
read_terms(struct reader *r, struct query *q)
{
	struct query_term *t;
	enum rc rc = RC_OK;

	skip_spaces(r);
	while (rc == RC_OK && r->text[r->at] != '\0') {
		if (q->n == TERMS_MAX)
			return err_set(r->e, RC_INPUT,
			    "too many terms, at most %d", TERMS_MAX);
		q->terms = vec_room(q->terms, q->n, &q->cap,
		    sizeof(*q->terms));
		t = &q->terms[q->n++];
		memset(t, 0, sizeof(*t));
		rc = read_term(r, t);
		if (rc != RC_OK)
			break;
		skip_spaces(r);
		if (take_word(r, "and") && r->text[r->at] == '\0')
			rc = err_set(r->e, RC_INPUT,
			    "something was expected after \"and\"");
	}
	return rc;
}

enum rc
query_parse(const char *text, const struct query_context *qc,
    struct query *out, size_t *at, struct err *e)
{
	struct reader r = {text, 0, qc, e};
	enum rc rc;

	query_init(out);
	rc = read_terms(&r, out);
	*at = r.at;
	if (rc != RC_OK)
		query_release(out);
	return rc;
}
