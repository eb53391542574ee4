/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who elsewhere is known, and the end of it.
 */
#include "config.h"

#include <jansson.h>
#include <string.h>

#include "cli/ask.h"
#include "cli/card.h"
#include "cli/format.h"
#include "cli/print.h"
#include "cli/row.h"
#include "core/date.h"
#include "core/str.h"
#include "db/abroad.h"
#include "exchange/out.h"

struct listing {
	void (*row)(struct listing *l, const struct foreigner *f);
	struct out out;
	json_t *json;
	size_t cards, others;
};

/* ---- what a row says ---- */

static const char *
role_of(const struct foreigner *f)
{
	return f->role != 0 ? role_name((enum role)f->role) : "";
}

/* "here", "there" or "". */
static const char *
where_ended(const struct foreigner *f)
{
	if (f->ended == INT64_MAX)
		return "";
	return f->ended_here ? "here" : "there";
}

static void
day_of(int64_t at, char day[DAY_TEXT_MAX])
{
	day_format(at == INT64_MAX ? DAY_NONE : moment_day(at), day);
}

/* ---- text ---- */

static void
text_heading(void)
{
	struct str line;

	str_init(&line);
	row_column(&line, "Name", 22);
	row_column(&line, "Agency", 22);
	row_column(&line, "Role", 12);
	row_column(&line, "Known", 10);
	str_add(&line, "State");
	say("%s\n", line.s);
	str_release(&line);
}

static void
text_row(struct listing *l, const struct foreigner *f)
{
	char day[DAY_TEXT_MAX];
	struct str line;

	(void)l;
	str_init(&line);
	row_column(&line, f->name, 22);
	row_column(&line, f->agency, 22);
	row_column(&line, f->role != 0 ? role_of(f) : "-", 12);
	day_of(f->since, day);
	row_column(&line, day, 10);
	day_of(f->ended, day);
	if (f->ended != INT64_MAX)
		str_add_fmt(&line, "ended %s on %s: %s", f->ended_here ?
		    "here" : "by their own store", day, f->why_ended);
	else
		str_add(&line, f->carded ? "by a card" : "named by their "
		    "store; no card");
	say("%s\n", line.s);
	str_release(&line);
}

/* ---- CSV and JSON ---- */

static void
csv_row(struct listing *l, const struct foreigner *f)
{
	char key[2 * AUTHOR_LEN + 1], since[DAY_TEXT_MAX];
	char ended[DAY_TEXT_MAX];

	hex_format(f->key.b, AUTHOR_LEN, key);
	day_of(f->since, since);
	day_of(f->ended, ended);
	row_csv(&l->out, f->name, ",");
	row_csv(&l->out, f->agency, ",");
	row_csv(&l->out, role_of(f), ",");
	row_csv(&l->out, f->carded ? "yes" : "no", ",");
	row_csv(&l->out, since, ",");
	row_csv(&l->out, ended, ",");
	row_csv(&l->out, where_ended(f), ",");
	row_csv(&l->out, f->why_ended, ",");
	row_csv(&l->out, key, "\r\n");
}

static void
json_row(struct listing *l, const struct foreigner *f)
{
	char key[2 * AUTHOR_LEN + 1], day[DAY_TEXT_MAX];
	json_t *o;

	hex_format(f->key.b, AUTHOR_LEN, key);
	day_of(f->since, day);
	o = json_pack("{s:s, s:s, s:s, s:b, s:s}", "name", f->name, "agency",
	    f->agency, "key", key, "card", f->carded, "since", day);
	if (f->role != 0)
		(void)json_object_set_new(o, "role",
		    json_string(role_of(f)));
	if (f->ended != INT64_MAX) {
		day_of(f->ended, day);
		(void)json_object_set_new(o, "ended", json_string(day));
		(void)json_object_set_new(o, "where",
		    json_string(where_ended(f)));
		(void)json_object_set_new(o, "reason",
		    json_string(f->why_ended));
	}
	(void)json_array_append_new(l->json, o);
}

/* ---- list ---- */

static bool
list_one(const struct foreigner *f, void *ctx)
{
	struct listing *l = ctx;
	bool card = f->carded && f->ended == INT64_MAX;

	l->row(l, f);
	l->cards += card;
	l->others += !card;
	return true;
}

static void
list_begin(struct listing *l, enum format format)
{
	static void (*const rows[])(struct listing *,
	    const struct foreigner *) = {text_row, csv_row, json_row};

	out_init(&l->out, row_say, NULL);
	l->row = rows[format];
	if (format == FORMAT_TEXT)
		text_heading();
	else if (format == FORMAT_CSV)
		out_add(&l->out, "name,agency,role,card,since,ended,where,"
		    "reason,key\r\n");
	else
		l->json = json_array();
}

enum rc
card_list(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	struct listing l = {.json = NULL};
	enum format format;
	enum rc rc = format_read(c, &format, e);

	(void)attention;
	if (rc != RC_OK)
		return rc;
	list_begin(&l, format);
	rc = store_foreigners(s, list_one, &l, e);
	if (rc == RC_OK && l.json != NULL)
		say_json(l.json);
	(void)out_finish(&l.out);
	out_release(&l.out);
	json_decref(l.json);
	if (rc == RC_OK)
		tell_line("%zu %s%s.", l.cards, l.cards == 1 ?
		    "person elsewhere is known by a card" :
		    "people elsewhere are known by their cards",
		    l.others != 0 ? "; the others are only named, or ended" :
		    "");
	return rc;
}

/* ---- end ---- */

static enum rc
confirm(const struct call *c, struct err *e)
{
	const char *name = c->args[2];
	struct str prompt;
	enum rc rc;

	str_init(&prompt);
	str_add_fmt(&prompt, "Nothing that %s writes from now on will count "
	    "here. Type the name to confirm: ", name);
	rc = ask_to_confirm(c, prompt.s, name, e);
	str_release(&prompt);
	return rc;
}

enum rc
card_end(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	const char *reason = call_option(c, "reason");
	struct author_id key;
	enum rc rc;

	(void)attention;
	if (reason == NULL)
		return err_set(e, RC_USAGE, "say why: --reason TEXT");
	rc = store_foreigner_find(s, c->args[2], &key, e);
	if (rc == RC_OK)
		rc = confirm(c, e);
	if (rc == RC_OK)
		rc = store_distrust(s, &key, reason, e);
	if (rc == RC_OK)
		tell_line("%s is ended in %s. What they wrote so far stays; "
		    "nothing later counts.", roster_name(store_roster(s),
		    &key), c->args[1]);
	return rc;
}
