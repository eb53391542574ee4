/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/train.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/print.h"
#include "cli/row.h"
#include "cli/sandbox.h"
#include "core/rights.h"
#include "core/vec.h"
#include "db/sessions.h"
#include "exchange/traincsv.h"

/* What was asked for, and what was found. */
struct job {
	const struct train *t;
	enum format format;
	bool all;
	int32_t from, to;
	const char *certificate;	/* a path, or NULL */
	struct training_log log;
	struct case_id *cases;		/* owned */
	size_t n, cap;
};

/* ---- the words of the call ---- */

static enum rc
read_day(const struct call *c, const char *name, int32_t *out, struct err *e)
{
	const char *given = call_option(c, name);
	struct err why;

	*out = DAY_NONE;
	if (given == NULL || day_parse(given, out, &why) == RC_OK)
		return RC_OK;
	return err_set(e, RC_USAGE, "--%s: %s", name, why.text);
}

static enum rc
read_words(struct job *j, struct err *e)
{
	const struct call *c = j->t->c;
	enum rc rc = format_read(c, &j->format, e);

	j->all = call_option(c, "all") != NULL;
	j->certificate = call_option(c, "certificate");
	if (rc == RC_OK)
		rc = read_day(c, "from", &j->from, e);
	if (rc == RC_OK)
		rc = read_day(c, "to", &j->to, e);
	if (rc == RC_OK && j->from != DAY_NONE && j->to != DAY_NONE &&
	    j->to < j->from)
		rc = err_set(e, RC_USAGE, "--to is before --from");
	if (rc == RC_OK && j->all && j->certificate != NULL)
		rc = err_set(e, RC_USAGE, "a certificate is of one's own "
		    "training: leave out --all");
	if (rc == RC_OK && j->certificate != NULL)
		rc = training_certificate_name(j->certificate, e);
	if (rc == RC_OK && j->certificate != NULL)
		rc = sandbox_may_write(j->certificate, e);
	return rc;
}

/* ---- what stands in it ---- */

static enum rc
add_case(struct job *j, const struct case_id *id, struct err *e)
{
	struct casefile cf;
	enum rc rc = store_case_load(j->t->s, id, &cf, e);

	if (rc != RC_OK)
		return rc;
	training_log_add(&j->log, &cf, j->all ? NULL :
	    store_author(j->t->s), j->from, j->to);
	casefile_release(&cf);
	return RC_OK;
}

static enum rc
add_own(struct job *j, struct err *e)
{
	struct case_id id;
	enum rc rc = store_log_case(j->t->s, false, &id, e);

	if (rc == RC_NOTFOUND)
		return RC_OK;
	return rc == RC_OK ? add_case(j, &id, e) : rc;
}

static bool
take_case(const struct case_row *row, void *ctx)
{
	struct job *j = ctx;

	if (row->restricted)
		return true;
	j->cases = vec_room(j->cases, j->n, &j->cap, sizeof(*j->cases));
	j->cases[j->n++] = row->id;
	return true;
}

static enum rc
add_all(struct job *j, struct err *e)
{
	enum rc rc;

	if ((store_role(j->t->s) & (ROLE_TRAINER | ROLE_SUPERVISOR)) == 0)
		return err_set(e, RC_REFUSED, "the logs of others are for "
		    "trainers and supervisors; without --all you see your "
		    "own");
	rc = store_cases(j->t->s, NULL, 0, 0, take_case, j, e);
	for (size_t i = 0; i < j->n && rc == RC_OK; i++)
		rc = add_case(j, &j->cases[i], e);
	return rc;
}

/* ---- showing it ---- */

static void
text_line(const struct job *j, const struct training_line *line)
{
	char when[SPAN_WORDS_MAX];
	struct str words;

	span_words(&line->on, when);
	str_init(&words);
	row_column(&words, when, 18);
	str_add(&words, line->title);
	say("%s\n", words.s);
	str_clear(&words);
	if (j->all)
		str_add_fmt(&words, "%s; ", roster_name(store_roster(j->t->s),
		    &line->who));
	str_add_fmt(&words, "%s; ", line->label);
	minutes_words(line->minutes, &words);
	say_wrapped("    ", words.s);
	if (line->reflection[0] != '\0')
		say_wrapped("    ", line->reflection);
	str_release(&words);
}

static void
show_text(const struct job *j)
{
	struct str sum;

	for (size_t i = 0; i < j->log.n; i++)
		text_line(j, &j->log.lines[i]);
	str_init(&sum);
	minutes_words(training_log_minutes(&j->log), &sum);
	if (j->log.n == 0)
		tell("Nothing stands in the log%s.\n", j->from != DAY_NONE ||
		    j->to != DAY_NONE ? " in that time" : "");
	else
		tell("%zu piece%s of training, %s in all.\n", j->log.n,
		    j->log.n == 1 ? "" : "s", sum.s);
	str_release(&sum);
}

static void
show_csv(const struct job *j)
{
	struct out o;

	out_init(&o, row_say, NULL);
	training_log_csv(&j->log, j->all ? store_roster(j->t->s) : NULL, &o);
	(void)out_finish(&o);
	out_release(&o);
}

static json_t *
line_json(const struct job *j, const struct training_line *line)
{
	char date[SPAN_TEXT_MAX];
	json_t *o;

	span_format(&line->on, date);
	o = json_pack("{s:s, s:s, s:s, s:I, s:s}", "title", line->title,
	    "kind", line->activity, "date", date, "minutes",
	    (json_int_t)line->minutes, "reflection", line->reflection);
	if (o != NULL && j->all)
		(void)json_object_set_new(o, "who", json_string(roster_name(
		    store_roster(j->t->s), &line->who)));
	return o;
}

static void
show_json(const struct job *j)
{
	json_t *list = json_array();

	for (size_t i = 0; i < j->log.n; i++)
		(void)json_array_append_new(list, line_json(j,
		    &j->log.lines[i]));
	say_json(list);
	json_decref(list);
}

static enum rc
certify(const struct job *j, bool *attention, struct err *e)
{
	const struct training_certificate c = {
		.name = store_user(j->t->s), .log = &j->log,
		.from = j->from, .to = j->to,
		.now = clock_now(j->t->c->host->clock)
	};
	struct str unknown;
	enum rc rc;

	if (j->log.n == 0)
		return err_set(e, RC_NOTFOUND, "nothing stands in your "
		    "training log%s, so there is nothing to certify; write "
		    "it in the terminal: hearken %s", j->from != DAY_NONE ||
		    j->to != DAY_NONE ? " in that time" : "",
		    j->t->c->args[1]);
	str_init(&unknown);
	rc = training_certificate_write(j->certificate, &c, &unknown, e);
	if (rc == RC_OK)
		tell_line("Made %s: a record of attendance, without "
		    "reflections.", j->certificate);
	if (rc == RC_OK && unknown.len > 0) {
		tell_line("No font of this machine has %s: boxes stand in "
		    "their place.", unknown.s);
		*attention = true;
	}
	str_release(&unknown);
	return rc;
}

/* ---- the whole ---- */

/* One's own log needs no note; to look into those of others does. */
static enum rc
note(const struct job *j, struct err *e)
{
	struct look_note n = {.what = j->format == FORMAT_TEXT ? LOOK_LIST :
	    LOOK_EXPORT, .words = "everybody's training log",
	    .count = j->log.n};

	return j->all ? store_look(j->t->s, &n, e) : RC_OK;
}

static enum rc
show(const struct job *j, bool *attention, struct err *e)
{
	static void (*const forms[])(const struct job *) = {
		[FORMAT_TEXT] = show_text,
		[FORMAT_CSV] = show_csv,
		[FORMAT_JSON] = show_json,
	};

	if (j->certificate == NULL)
		forms[j->format](j);
	return j->certificate != NULL ? certify(j, attention, e) : RC_OK;
}

enum rc
train_log(const struct train *t, bool *attention, struct err *e)
{
	struct job j = {.t = t};
	enum rc rc = read_words(&j, e);

	training_log_init(&j.log);
	if (rc == RC_OK)
		rc = right_check(store_role(t->s), RIGHT_READ, e);
	if (rc == RC_OK)
		rc = j.all ? add_all(&j, e) : add_own(&j, e);
	training_log_sort(&j.log);
	if (rc == RC_OK)
		rc = note(&j, e);
	if (rc == RC_OK)
		rc = show(&j, attention, e);
	training_log_release(&j.log);
	free(j.cases);
	return rc;
}
