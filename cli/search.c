/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/format.h"
#include "cli/print.h"
#include "cli/row.h"
#include "cli/unlock.h"
#include "core/str.h"
#include "db/find.h"
#include "db/watch.h"
#include "exchange/out.h"

#define LIMIT 100
#define LIMIT_MOST 10000
#define WORDS_MOST 32

static enum rc search_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_search = {
	.name = "search",
	.usage = "STORE WORD... [--limit N] [--format text|csv|json]",
	.summary = "find words in all text of all cases",
	.help = "Finds entries that hold all the words, each the beginning of "
	    "a word, in all cases that you may see: first the cases that go "
	    "by them, then entries, newest first, then cases whose entries "
	    "hold them between them. Words in quotation marks (which the "
	    "shell must leave alone: '\"bus station\"') stand side by side. "
	    "Of each case the best three are shown, with the text around the "
	    "words.\n\n"
	    "At most N entries are found, 100 if not given; 0 reads "
	    "everything, however long it takes. It is said when there may be "
	    "more. Of a case that is restricted to others nothing is found "
	    "but that it is there, by its whole reference or a whole "
	    "name.\n\n"
	    "That you searched, and for what, is noted before anything is "
	    "shown. Cells of CSV that a spreadsheet would run as a formula "
	    "are defused.",
	.options = (const struct option_def[]){
		{"limit", "N", "entries, 0 for all; 100 if not given"},
		{"format", "text|csv|json", "for people (text) or programs"},
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 2,
	.max_args = 1 + WORDS_MOST,
	.paths = "w-",
	.run = search_run,
};

/* ---- what was found ---- */

static const char *
state_code(enum find_state s)
{
	return s == FIND_STRUCK ? "struck" : s == FIND_REPLACED ?
	    "replaced" : s == FIND_UNCOUNTED ? "not-counted" : "stands";
}

static const char *
why_code(enum find_why w)
{
	static const char *const codes[] = {"reference", "name", "entry",
		"case", "restricted"};

	return codes[w];
}

/* The places of the words, as [from, bytes] of the text. */
static json_t *
marks_json(const struct find_row *r)
{
	json_t *list = json_array();

	for (size_t i = 0; i < r->nmarks; i++)
		(void)json_array_append_new(list, json_pack("[I, I]",
		    (json_int_t)r->marks[i].at, (json_int_t)r->marks[i].n));
	return list;
}

static json_t *
hit_json(const struct find_row *r)
{
	char entry[2 * ENTRY_ID_LEN + 1], on[SPAN_TEXT_MAX];
	char at[SPAN_TEXT_MAX], id[2 * CASE_ID_LEN + 1];

	hex_format(r->row->id.b, CASE_ID_LEN, id);
	if (r->why == FIND_RESTRICTED)
		return json_pack("{s:s, s:s}", "case", id, "why",
		    why_code(r->why));
	hex_format(r->entry.b, ENTRY_ID_LEN, entry);
	span_format(&r->on, on);
	moment_format(r->at, at);
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, "
	    "s:s, s:o, s:I}", "case", id, "reference", r->row->reference,
	    "name", r->row->name, "why", why_code(r->why), "entry", entry,
	    "kind", r->kind->name, "on", on, "signed_at", at, "state",
	    state_code(r->state), "field", r->field, "text", r->snippet,
	    "marks", marks_json(r), "more", (json_int_t)r->more);
}

static bool
take(const struct find_row *r, void *ctx)
{
	json_t *one = hit_json(r);

	if (one != NULL)
		(void)json_array_append_new(ctx, one);
	return true;
}

static const char *
text_of(const json_t *hit, const char *key)
{
	const char *s = json_string_value(json_object_get(hit, key));

	return s != NULL ? s : "";
}

/* ---- the three forms ---- */

static void
add_marked(struct str *out, const json_t *hit)
{
	const char *text = text_of(hit, "text");
	size_t at = 0, i;
	json_t *m;

	json_array_foreach(json_object_get(hit, "marks"), i, m) {
		size_t from = (size_t)json_integer_value(json_array_get(m, 0));
		size_t n = (size_t)json_integer_value(json_array_get(m, 1));

		str_add_n(out, text + at, from - at);
		str_add_fmt(out, "[%.*s]", (int)n, text + from);
		at = from + n;
	}
	str_add(out, text + at);
}

static void
say_hit(const json_t *hit)
{
	const struct kind *k = kind_find(text_of(hit, "kind"));
	const char *state = text_of(hit, "state"), *day = text_of(hit, "on");
	json_int_t more = json_integer_value(json_object_get(hit, "more"));
	struct str line;

	str_init(&line);
	str_add(&line, "    ");
	if (strcmp(state, "stands") != 0)
		str_add_fmt(&line, "(%s) ", state);
	str_add_fmt(&line, "%.10s, %s", *day != '\0' ? day :
	    text_of(hit, "signed_at"), k != NULL ? k->label : "");
	str_add_fmt(&line, ", %s: ", text_of(hit, "field"));
	add_marked(&line, hit);
	say("%s\n", line.s);
	if (more > 0)
		say("    and %lld more\n", (long long)more);
	str_release(&line);
}

static void
say_case(const json_t *hit)
{
	const char *name = text_of(hit, "name");

	say("%s  %s\n", text_of(hit, "reference"), *name != '\0' ? name :
	    "(no name)");
}

static void
say_text(const json_t *hits)
{
	const char *last = "";
	json_t *hit;
	size_t i;

	json_array_foreach(hits, i, hit) {
		const char *id = text_of(hit, "case");
		bool shut = strcmp(text_of(hit, "why"), "restricted") == 0;

		if (strcmp(last, id) != 0 && shut)
			say("(restricted)  ask a supervisor; %s\n", id);
		else if (strcmp(last, id) != 0)
			say_case(hit);
		if (!shut)
			say_hit(hit);
		last = id;
	}
}

static void
say_csv(const json_t *hits)
{
	static const char *const heads[] = {"case", "reference", "name",
		"why", "entry", "kind", "on", "signed_at", "state", "field",
		"text"};
	const size_t n = sizeof(heads) / sizeof(heads[0]);
	struct out o;
	json_t *hit;
	size_t i;

	out_init(&o, row_say, NULL);
	for (size_t k = 0; k < n; k++) {
		out_add(&o, k > 0 ? "," : "");
		out_add(&o, heads[k]);
	}
	out_add(&o, "\r\n");
	json_array_foreach(hits, i, hit) {
		for (size_t k = 0; k < n; k++) {
			const char *cell = text_of(hit, heads[k]);

			out_add(&o, k > 0 ? "," : "");
			out_csv_cell(&o, cell, strlen(cell));
		}
		out_add(&o, "\r\n");
		out_settle(&o);
	}
	(void)out_finish(&o);
	out_release(&o);
}

static void
say_objects(const json_t *hits)
{
	say_json(hits);
}

static const struct {
	void (*show)(const json_t *hits);
} formats[] = {
	[FORMAT_TEXT] = {say_text}, [FORMAT_CSV] = {say_csv},
	[FORMAT_JSON] = {say_objects},
};

/* ---- the command ---- */

static enum rc
read_limit(const struct call *c, size_t *out, struct err *e)
{
	const char *text = call_option(c, "limit");
	long long n;
	char *end;

	*out = LIMIT;
	if (text == NULL)
		return RC_OK;
	errno = 0;
	n = strtoll(text, &end, 10);
	if (end == text || *end != '\0' || errno != 0 || n < 0 ||
	    n > LIMIT_MOST)
		return err_set(e, RC_USAGE, "--limit: a whole number up to %d "
		    "was expected, not \"%s\"", LIMIT_MOST, text);
	*out = (size_t)n;
	return RC_OK;
}

static void
say_sum(const struct find_sum *s)
{
	if (s->cut && s->hits == 0)
		tell("Cut short: nothing among the newest entries; older ones "
		    "were not all read. Add a rarer word, or --limit 0.\n");
	else if (s->wordless && s->cases == 0)
		tell("Nothing was searched: there is no letter or digit in "
		    "this. Give a word, or the beginning of one.\n");
	else if (s->cases == 0)
		tell("No case that you may see holds these words.\n");
	else
		tell("%zu entr%s in %zu case%s%s.\n", s->hits,
		    s->hits == 1 ? "y" : "ies", s->cases,
		    s->cases == 1 ? "" : "s", s->cut ?
		    "; there may be more: add a word, or --limit 0" : "");
}

/* Noted before anything is shown. */
static enum rc
find_and_show(struct store *st, const char *words, size_t limit,
    enum format format, struct err *e)
{
	struct find_want want = {words, limit};
	/* All but text is for taking out. */
	struct look_note note = {.what = format == FORMAT_TEXT ? LOOK_SEARCH :
	    LOOK_EXPORT, .words = words};
	json_t *hits = json_array();
	struct store_find_to to = {take, hits};
	struct find_sum sum;
	enum rc rc = store_find(st, &want, &sum, &to, e);

	note.count = rc == RC_OK ? sum.cases : 0;
	if (rc == RC_OK)
		rc = store_look(st, &note, e);
	if (rc == RC_OK) {
		formats[format].show(hits);
		say_sum(&sum);
	}
	json_decref(hits);
	return rc;
}

static enum rc
search_run(const struct call *c, bool *attention, struct err *e)
{
	struct store *s = NULL;
	struct str words;
	enum format format;
	size_t limit;
	enum rc rc;

	(void)attention;
	str_init(&words);
	for (size_t i = 1; i < c->nargs; i++)
		str_add_fmt(&words, "%s%s", i > 1 ? " " : "", c->args[i]);
	rc = read_limit(c, &limit, e);
	if (rc == RC_OK)
		rc = format_read(c, &format, e);
	if (rc == RC_OK)
		rc = unlock_store(c, c->args[0], &s, e);
	if (rc == RC_OK)
		rc = find_and_show(s, words.s, limit, format, e);
	store_close(s);
	str_release(&words);
	return rc;
}
