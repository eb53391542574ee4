/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/kinds.h"

#include <stdint.h>
#include <string.h>

#include "core/answers.h"
#include "core/date.h"
#include "core/entry.h"
#include "core/kind_checks.h"
#include "core/utf8.h"

#define LINE_MAX_BYTES 1000
#define TEXT_MAX_BYTES 100000
#define LIST_MAX_ITEMS 1000

#define P ROLE_PRACTITIONER
#define S ROLE_SUPERVISOR
#define T ROLE_TRAINER
#define A ROLE_ADMINISTRATOR
#define U ROLE_AUDITOR

#define KIND(name, id, family, label, help, roles, on) \
	extern const struct field fields_##id[];
#include "core/kinds.def"
#undef KIND

static const struct kind kinds[] = {
#define KIND(name, id, family, label, help, roles, on) \
	{name, family, label, help, roles, on, fields_##id},
#include "core/kinds.def"
#undef KIND
};

#undef P
#undef S
#undef T
#undef A
#undef U

#define NKINDS (sizeof(kinds) / sizeof(kinds[0]))

static const struct {
	enum role role;
	const char *name;
} roles[] = {
	{ROLE_PRACTITIONER, "practitioner"},
	{ROLE_SUPERVISOR, "supervisor"},
	{ROLE_TRAINER, "trainer"},
	{ROLE_ADMINISTRATOR, "administrator"},
	{ROLE_AUDITOR, "auditor"},
};

const char *
role_name(enum role r)
{
	size_t i;

	for (i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (roles[i].role == r)
			return roles[i].name;
	return NULL;
}

unsigned
role_from_name(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (strcmp(roles[i].name, name) == 0)
			return roles[i].role;
	return 0;
}

/* Most names differ in their first letter. */
static bool
same_name(const char *a, const char *b)
{
	return *a == *b && strcmp(a, b) == 0;
}

const struct kind *
kind_find(const char *name)
{
	size_t i;

	for (i = 0; i < NKINDS; i++)
		if (same_name(kinds[i].name, name))
			return &kinds[i];
	return NULL;
}

const struct kind *
kind_all(size_t *n)
{
	*n = NKINDS;
	return kinds;
}

const struct field *
kind_field(const struct kind *k, const char *name)
{
	const struct field *f;

	for (f = k->fields; f->name != NULL; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}

const char *
code_label(const struct code *codes, const char *id)
{
	for (; codes != NULL && codes->id != NULL; codes++)
		if (strcmp(codes->id, id) == 0)
			return codes->label;
	return NULL;
}

/* Says "Label: what" about a field that does not fit. */
static enum rc
bad(const struct field *f, struct err *e, const char *what)
{
	return err_set(e, RC_INPUT, "%s: %s", f->label, what);
}

static size_t
limit(const struct field *f, size_t usual)
{
	return f->max != 0 ? f->max : usual;
}

static enum rc
check_text(const struct field *f, const json_t *v, size_t max, struct err *e)
{
	if (!json_is_string(v))
		return bad(f, e, "text was expected");
	if (json_string_length(v) > max)
		return err_set(e, RC_INPUT, "%s: too long, %zu bytes; at most "
		    "%zu", f->label, json_string_length(v), max);
	if (!utf8_valid(json_string_value(v), json_string_length(v), NULL))
		return bad(f, e, "not valid UTF-8 text");
	if (strlen(json_string_value(v)) != json_string_length(v))
		return bad(f, e, "a NUL byte in the text");
	return RC_OK;
}

static enum rc
check_line(const struct field *f, const json_t *v, struct err *e)
{
	enum rc rc = check_text(f, v, limit(f, LINE_MAX_BYTES), e);

	if (rc == RC_OK && strpbrk(json_string_value(v), "\n\r") != NULL)
		return bad(f, e, "one line was expected, not several");
	return rc;
}

static enum rc
check_multiline(const struct field *f, const json_t *v, struct err *e)
{
	return check_text(f, v, limit(f, TEXT_MAX_BYTES), e);
}

static enum rc
check_code(const struct field *f, const json_t *v, struct err *e)
{
	if (!json_is_string(v) ||
	    code_label(f->codes, json_string_value(v)) == NULL)
		return err_set(e, RC_INPUT, "%s: choose one of the list",
		    f->label);
	return RC_OK;
}

static enum rc
check_day(const struct field *f, const json_t *v, struct err *e)
{
	int32_t day;

	if (!json_is_string(v))
		return bad(f, e, "a day was expected");
	return day_parse(json_string_value(v), &day, e) == RC_OK ? RC_OK :
	    err_prefix(e, "%s", f->label);
}

static enum rc
check_span(const struct field *f, const json_t *v, struct err *e)
{
	struct span span;

	if (!json_is_string(v))
		return bad(f, e, "a date was expected");
	return span_parse(json_string_value(v), &span, e) == RC_OK ? RC_OK :
	    err_prefix(e, "%s", f->label);
}

static enum rc
check_moment(const struct field *f, const json_t *v, struct err *e)
{
	int64_t ms;

	if (!json_is_string(v))
		return bad(f, e, "a date and time were expected");
	return moment_parse(json_string_value(v), &ms, e) == RC_OK ? RC_OK :
	    err_prefix(e, "%s", f->label);
}

static enum rc
check_count(const struct field *f, const json_t *v, struct err *e)
{
	if (!json_is_integer(v) || json_integer_value(v) < 0)
		return bad(f, e, "a whole number, 0 or more, was expected");
	return RC_OK;
}

static enum rc
check_bool(const struct field *f, const json_t *v, struct err *e)
{
	return json_is_boolean(v) ? RC_OK : bad(f, e, "yes or no was expected");
}

static enum rc
check_entry(const struct field *f, const json_t *v, struct err *e)
{
	struct entry_id id;

	if (!json_is_string(v) ||
	    !hex_parse(json_string_value(v), id.b, sizeof(id.b)))
		return bad(f, e, "the id of an entry was expected");
	return RC_OK;
}

static enum rc
check_lines(const struct field *f, const json_t *v, struct err *e)
{
	struct field one = *f;
	enum rc rc = RC_OK;
	size_t i;

	if (!json_is_array(v) || json_array_size(v) > limit(f, LIST_MAX_ITEMS))
		return bad(f, e, "a list of lines was expected");
	one.max = 0;
	for (i = 0; i < json_array_size(v) && rc == RC_OK; i++)
		rc = check_line(&one, json_array_get(v, i), e);
	return rc;
}

static enum rc
check_codes(const struct field *f, const json_t *v, struct err *e)
{
	if (!json_is_array(v))
		return bad(f, e, "a list of choices was expected");
	for (size_t i = 0; i < json_array_size(v); i++) {
		if (check_code(f, json_array_get(v, i), e) != RC_OK)
			return RC_INPUT;
		for (size_t j = 0; j < i; j++)
			if (json_equal(json_array_get(v, i),
			    json_array_get(v, j)))
				return bad(f, e, "one choice stands twice");
	}
	return RC_OK;
}

static enum rc
check_answers(const struct field *f, const json_t *v, struct err *e)
{
	enum answer answer;
	const char *key;
	json_t *state;

	if (!json_is_object(v) || json_object_size(v) > ITEMS_MAX)
		return bad(f, e, "answers were expected");
	json_object_foreach((json_t *)(uintptr_t)v, key, state) {
		if (!json_is_string(state) ||
		    !answer_from_name(json_string_value(state),
		    json_string_length(state), &answer))
			return bad(f, e, "an answer is none of the five");
	}
	return RC_OK;
}

static enum rc
check_list(const struct field *f, const json_t *v, struct err *e)
{
	size_t i;

	if (!json_is_array(v) || json_array_size(v) > limit(f, LIST_MAX_ITEMS))
		return bad(f, e, "a list was expected");
	for (i = 0; i < json_array_size(v); i++)
		if (!json_is_object(json_array_get(v, i)))
			return bad(f, e, "a list of records was expected");
	return RC_OK;
}

typedef enum rc (*check_fn)(const struct field *, const json_t *,
    struct err *);

static const check_fn checks[] = {
	[FIELD_LINE] = check_line,
	[FIELD_TEXT] = check_multiline,
	[FIELD_CODE] = check_code,
	[FIELD_DAY] = check_day,
	[FIELD_SPAN] = check_span,
	[FIELD_MOMENT] = check_moment,
	[FIELD_COUNT] = check_count,
	[FIELD_BOOL] = check_bool,
	[FIELD_ENTRY] = check_entry,
	[FIELD_LINES] = check_lines,
	[FIELD_CODES] = check_codes,
	[FIELD_ANSWERS] = check_answers,
	[FIELD_LIST] = check_list,
};

/* White space alone is not an answer to a required field. */
static bool
blank(const json_t *v)
{
	const char *s = json_string_value(v);

	if (v == NULL || json_is_null(v))
		return true;
	if (json_is_array(v))
		return json_array_size(v) == 0;
	return s != NULL && s[strspn(s, " \t\r\n")] == '\0';
}

enum rc
kind_check(const struct kind *k, const json_t *body, struct err *e)
{
	const struct field *f;
	const json_t *v;
	enum rc rc;

	if (!json_is_object(body))
		return err_set(e, RC_INPUT, "%s: not a record", k->label);
	for (f = k->fields; f->name != NULL; f++) {
		v = json_object_get(body, f->name);
		if (blank(v)) {
			if (f->flags & FIELD_REQUIRED)
				return bad(f, e, "must be filled in");
			if (v == NULL || f->type == FIELD_LINE ||
			    f->type == FIELD_TEXT || f->type == FIELD_LINES)
				continue;
			return bad(f, e, "leave it out rather than empty");
		}
		rc = checks[f->type](f, v, e);
		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

/* What one field alone cannot say; a line for each kind that needs it. */
static const struct {
	const char *kind;
	enum rc (*check)(const struct span *on, const json_t *body,
	    struct err *e);
} cross_checks[] = {
	{"consent", consent_check},
	{"identity", identity_check},
	{"interview", interview_check},
	{"nrm", nrm_check},
	{"observation", observation_check},
	{"officer-told", officer_told_check},
	{"person-of-concern", concern_check},
	{"process", process_check},
	{"referral", referral_check},
	{"review", review_check},
	{"screening", screening_check},
	{"sharing", sharing_check},
	{"support", support_check},
	{"transfer", transfer_check},
	{"transfer-receipt", transfer_check},
	{"voice", voice_check},
};

static enum rc
check_on(const struct kind *k, const struct span *on, struct err *e)
{
	if (k->on_label == NULL && !span_is_none(on))
		return err_set(e, RC_INPUT, "%s: takes no date", k->label);
	return RC_OK;
}

enum rc
kind_check_draft(const struct kind *k, const struct span *on,
    const json_t *body, struct err *e)
{
	enum rc rc = check_on(k, on, e);
	size_t i;

	if (rc == RC_OK)
		rc = kind_check(k, body, e);
	for (i = 0; i < sizeof(cross_checks) / sizeof(cross_checks[0]); i++)
		if (rc == RC_OK && same_name(cross_checks[i].kind, k->name))
			rc = cross_checks[i].check(on, body, e);
	return rc;
}
