/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Studies made from a case, and what became of each. */
#include "config.h"

#include <jansson.h>

#include "cli/deident.h"
#include "cli/format.h"
#include "cli/print.h"
#include "cli/row.h"
#include "core/date.h"
#include "exchange/studyfile.h"

struct listing {
	void (*row)(struct listing *l, const struct study_draft_row *row);
	const struct roster *roster;
	struct out out;
	json_t *json;
	size_t n, waiting;
};

static void
day_of(int64_t at, char day[DAY_TEXT_MAX])
{
	day_format(moment_day(at), day);
}

static const char *
state_of(const struct study_draft_row *row)
{
	return row->outcome != NULL ? row->outcome : "waiting";
}

/* ---- text ---- */

static void
text_heading(void)
{
	struct str line;

	str_init(&line);
	row_column(&line, "Study", 28);
	row_column(&line, "Made", 10);
	row_column(&line, "By", 18);
	str_add(&line, "State");
	say("%s\n", line.s);
	str_release(&line);
}

static void
add_state(const struct listing *l, const struct study_draft_row *row,
    struct str *line)
{
	char day[DAY_TEXT_MAX];

	if (row->outcome == NULL) {
		str_add(line, "waits for a supervisor");
		return;
	}
	day_of(row->by_at, day);
	str_add_fmt(line, "%s on %s by %s: %s", state_of(row), day,
	    roster_name(l->roster, &row->by), row->reason);
}

static void
text_row(struct listing *l, const struct study_draft_row *row)
{
	char day[DAY_TEXT_MAX];
	struct str line, mark;

	if (l->n == 0)
		text_heading();
	str_init(&line);
	str_init(&mark);
	studyfile_mark(row, &mark);
	day_of(row->at, day);
	row_column(&line, mark.s, 28);
	row_column(&line, day, 10);
	row_column(&line, roster_name(l->roster, &row->author), 18);
	add_state(l, row, &line);
	say("%s\n", line.s);
	str_release(&line);
	str_release(&mark);
}

/* ---- CSV and JSON ---- */

static void
csv_row(struct listing *l, const struct study_draft_row *row)
{
	bool decided = row->outcome != NULL;
	char day[DAY_TEXT_MAX];
	struct str mark;

	str_init(&mark);
	studyfile_mark(row, &mark);
	day_of(row->at, day);
	row_csv(&l->out, row->study, ",");
	row_csv(&l->out, mark.s, ",");
	row_csv(&l->out, day, ",");
	row_csv(&l->out, roster_name(l->roster, &row->author), ",");
	row_csv(&l->out, state_of(row), ",");
	if (decided)
		day_of(row->by_at, day);
	row_csv(&l->out, decided ? day : "", ",");
	row_csv(&l->out, decided ? roster_name(l->roster, &row->by) : "",
	    ",");
	row_csv(&l->out, decided ? row->reason : "", ",");
	row_csv(&l->out, row->hash, "\r\n");
	str_release(&mark);
}

static void
json_row(struct listing *l, const struct study_draft_row *row)
{
	char day[DAY_TEXT_MAX];
	struct str mark;
	json_t *o;

	str_init(&mark);
	studyfile_mark(row, &mark);
	day_of(row->at, day);
	o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "study", row->study,
	    "mark", mark.s, "made", day, "by", roster_name(l->roster,
	    &row->author), "state", state_of(row), "hash", row->hash);
	if (row->outcome != NULL) {
		day_of(row->by_at, day);
		(void)json_object_set_new(o, "decided", json_string(day));
		(void)json_object_set_new(o, "decided_by",
		    json_string(roster_name(l->roster, &row->by)));
		(void)json_object_set_new(o, "reason",
		    json_string(row->reason));
	}
	(void)json_array_append_new(l->json, o);
	str_release(&mark);
}

/* ---- list ---- */

static bool
list_one(const struct study_draft_row *row, void *ctx)
{
	struct listing *l = ctx;

	l->row(l, row);
	l->n++;
	l->waiting += row->outcome == NULL;
	return true;
}

static void
list_begin(struct listing *l, enum format format)
{
	static void (*const rows[])(struct listing *,
	    const struct study_draft_row *) = {text_row, csv_row, json_row};

	out_init(&l->out, row_say, NULL);
	l->row = rows[format];
	if (format == FORMAT_CSV)
		out_add(&l->out, "study,mark,made,by,state,decided,decided_by,"
		    "reason,hash\r\n");
	else if (format == FORMAT_JSON)
		l->json = json_array();
}

enum rc
deident_list(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	struct listing l = {.roster = store_roster(s)};
	enum format format;
	enum rc rc = format_read(c, &format, e);

	(void)attention;
	if (rc != RC_OK)
		return rc;
	list_begin(&l, format);
	rc = store_study_drafts(s, list_one, &l, e);
	if (rc == RC_OK && l.json != NULL)
		say_json(l.json);
	(void)out_finish(&l.out);
	out_release(&l.out);
	json_decref(l.json);
	if (rc == RC_OK)
		tell_line("%zu stud%s made from a case; %zu wait%s for a "
		    "supervisor.", l.n, l.n == 1 ? "y was" : "ies were",
		    l.waiting, l.waiting == 1 ? "s" : "");
	return rc;
}
