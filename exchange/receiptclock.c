/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/receiptclock.h"

#include <stdlib.h>

#include "core/calendar.h"
#include "core/date.h"
#include "core/deadline.h"
#include "core/str.h"
#include "exchange/file.h"

#define RULE "bundle-receipt"
#define RULES_FILE "deadlines/england.yaml"
#define CONTENT_BYTES_MAX (1u << 20)

/* Returns owned the text of a file of content; NULL with e set. */
static char *
text_of(const char *content, const char *name, size_t *n, struct err *e)
{
	struct str path;
	char *text = NULL;

	str_init(&path);
	str_add_fmt(&path, "%s/%s", content, name);
	if (file_read(path.s, CONTENT_BYTES_MAX, &text, n, e) != RC_OK)
		text = NULL;
	str_release(&path);
	return text;
}

static enum rc
load_rules(const char *content, struct deadlines **out, struct err *e)
{
	struct faults f;
	size_t n = 0;
	char *text = text_of(content, RULES_FILE, &n, e);
	enum rc rc = RC_OK;

	if (text == NULL)
		return e->rc;
	faults_init(&f, RULES_FILE);
	*out = deadlines_parse(text, n, &f);
	if (*out == NULL)
		rc = faults_result(&f, e);
	faults_release(&f);
	free(text);
	return rc;
}

static enum rc
load_calendar(const char *content, const char *id, struct calendar **out,
    struct err *e)
{
	struct faults f;
	struct str name;
	size_t n = 0;
	char *text;
	enum rc rc = RC_OK;

	str_init(&name);
	str_add_fmt(&name, "calendars/%s.yaml", id);
	text = text_of(content, name.s, &n, e);
	if (text == NULL) {
		str_release(&name);
		return e->rc;
	}
	faults_init(&f, name.s);
	*out = calendar_parse(text, n, &f);
	if (*out == NULL)
		rc = faults_result(&f, e);
	faults_release(&f);
	str_release(&name);
	free(text);
	return rc;
}

static enum rc
count(const char *content, int64_t sent, struct due *due, struct err *e)
{
	struct deadline_start from = deadline_start_moment(sent);
	const struct deadline_rule *r = NULL;
	struct deadlines *rules = NULL;
	struct calendar *days = NULL;
	enum rc rc;

	if (content == NULL)
		return err_set(e, RC_NOTFOUND, "no folder of deadlines is "
		    "at hand");
	rc = load_rules(content, &rules, e);
	if (rc == RC_OK && rules != NULL)
		rc = load_calendar(content, rules->calendar, &days, e);
	if (rc == RC_OK)
		rc = deadlines_find(rules, RULE, moment_day(sent), &r, e);
	if (rc == RC_OK)
		rc = deadline_count(r, days, &from, due, e);
	deadlines_free(rules);
	calendar_free(days);
	return rc;
}

void
receipt_clock_put(const char *content, int64_t sent, json_t *body)
{
	char at[SPAN_TEXT_MAX];
	struct str words;
	struct due due;
	struct err e;

	(void)json_object_del(body, "receipt_due");
	str_init(&words);
	if (count(content, sent, &due, &e) == RC_OK) {
		moment_format(due.at, at);
		json_object_set_new(body, "receipt_due", json_string(at));
		str_add(&words, due.how);
		if (due.warning != NULL && *due.warning != '\0')
			str_add_fmt(&words, " %s", due.warning);
		due_release(&due);
	} else {
		str_add_fmt(&words, "Not counted: %s", e.text);
	}
	json_object_set_new(body, "counted", json_string(words.s));
	str_release(&words);
}
