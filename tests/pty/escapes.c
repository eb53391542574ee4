/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whatever stands in names, notes, references, evidence, agencies, files and
 * content: the terminal only ever gets what the program itself means to send.
 * Every byte that arrives is looked at, from every screen and every command.
 */
#include "config.h"

#include <setjmp.h>
#include <signal.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/str.h"
#include "core/xalloc.h"
#include "db/people.h"
#include "db/watch.h"
#include "tests/pty/desk.h"
#include "tests/pty/wire.h"
#include "tests/store/world.h"

static char every[4096];	/* wire_every() */
static char pasted[4096];	/* the same without ^C, which ends a paste */
static unsigned char *fresh;	/* the store as it was made */
static size_t nfresh;

/* ---- a store that somebody filled with it ---- */

static int64_t
no_time(void *ctx)
{
	(void)ctx;
	return INT64_C(1795190400000);
}

static struct store *
open_store(void)
{
	static const struct clock clock = {no_time, no_time, NULL, NULL};
	struct store_opts opts = {
		.clock = &clock, .rng = rng_system(),
		.kdf = {1, 8u << 20, 1, 8u << 20}, .allow_network_fs = true
	};
	struct secret pass;
	struct store *s = NULL;
	struct err e;

	assert_int_equal(secret_init(&pass, 64, &e), RC_OK);
	assert_true(secret_add(&pass, PASS, strlen(PASS)));
	if (store_open(desk_store(), NULL, &pass, &opts, &s, &e) != RC_OK)
		fail_msg("%s", e.text);
	secret_release(&pass);
	return s;
}

/* True if it was taken. */
static bool
append(struct store *s, struct case_id id, const char *kind, struct span on,
    json_t *body)
{
	struct entry_draft d = {id, kind, on, body};
	struct err e;
	enum rc rc;

	assert_non_null(body);
	rc = store_append(s, &d, 1, NULL, &e);
	entry_draft_release(&d);
	if (rc != RC_OK && rc != RC_INPUT && rc != RC_REFUSED)
		fail_msg("%s: %s", kind, e.text);
	if (rc != RC_OK)
		print_message("%s was not taken: %s\n", kind, e.text);
	return rc == RC_OK;
}

static struct case_id
add_case(struct store *s, const char *reference)
{
	struct case_id id = store_new_case_id(s);

	if (!append(s, id, "open", span_none(), json_pack("{s:s, s:s}",
	    "reference", reference, "why", every)))
		memset(id.b, 0, sizeof(id.b));
	return id;
}

static void
add_entries(struct store *s, struct case_id id)
{
	const struct span day = span_of_day(20000);

	assert_true(append(s, id, "identity", span_none(),
	    json_pack("{s:s, s:s, s:s, s:s}", "name", wire_short(),
	    "known_as", wire_short(), "school", wire_short(), "area",
	    wire_short())));
	assert_true(append(s, id, "observation", day, json_pack(
	    "{s:s, s:s, s:s, s:s, s:s, s:s}", "instrument", "occ-csegg",
	    "indicator", "B1", "state", "present", "agency", wire_short(),
	    "source", wire_short(), "evidence", every)));
	assert_true(append(s, id, "note", day, json_pack(
	    "{s:s, s:s, s:s, s:s, s:s}", "facts", every, "concern",
	    wire_short(), "risk", wire_short(), "action", wire_short(),
	    "justification", every)));
	(void)append(s, id, "voice", day, json_pack("{s:s, s:s, s:s}",
	    "words", every, "wishes", wire_short(), "trusts", wire_short()));
	(void)append(s, id, "referral", day, json_pack(
	    "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "service",
	    "social-care", "to", wire_short(), "urgency", "today", "concern",
	    every, "words", every, "asked", wire_short(), "told",
	    wire_short(), "contact", wire_short(), "consent", "given"));
}

static void
add_looks(struct store *s, struct case_id id)
{
	struct look_note note = {.what = LOOK_SEARCH, .words = every,
	    .count = 1};
	const char *people[] = {"R. Invented"};
	struct restriction r = {&id, people, 1, every, DAY_NONE};
	struct err e;

	if (store_look(s, &note, &e) != RC_OK)
		fail_msg("%s", e.text);
	note = (struct look_note){.what = LOOK_EXPORT, .case_id = &id,
	    .words = wire_short()};
	(void)!store_look(s, &note, &e);
	if (store_restrict(s, &r, &e) != RC_OK)
		print_message("not restricted: %s\n", e.text);
}

static void
add_person(struct store *s)
{
	struct secret pass;
	struct err e;

	assert_int_equal(secret_init(&pass, 64, &e), RC_OK);
	assert_true(secret_add(&pass, PASS, strlen(PASS)));
	if (store_person_add(s, wire_short(), ROLE_PRACTITIONER, &pass, &e) !=
	    RC_OK)
		print_message("no such person: %s\n", e.text);
	secret_release(&pass);
}

/* The default checklist with hostile words in place of its title. */
static void
adopt_content(struct store *s)
{
	char *text, *at;
	struct str out;
	struct err e;
	size_t n;

	text = world_text("content/instruments/occ-csegg.yaml", &n);
	text = xrealloc(text, n + 1);
	text[n] = '\0';
	str_init(&out);
	at = strstr(text, "title: ");
	assert_non_null(at);
	str_add_n(&out, text, (size_t)(at - text));
	str_add(&out, "title: \"a \\x1b]0;t\\x07\\x1b[31;77m\\u202e\\u200b "
	    WIRE_WORD "\"");
	str_add(&out, strchr(at, '\n'));
	if (store_adopt(s, out.s, out.len, true, &e) != RC_OK)
		print_message("content was not taken: %s\n", e.text);
	str_release(&out);
	free(text);
}

static int
hostile_store(void **state)
{
	struct case_id id;
	struct store *s;

	assert_int_equal(desk_new_supervisor(state), 0);
	s = open_store();
	id = add_case(s, "E-1");
	add_entries(s, id);
	id = add_case(s, wire_short());
	if (id.b[0] != 0 || id.b[1] != 0)
		add_entries(s, id);
	id = add_case(s, "E-3");
	add_entries(s, id);
	add_looks(s, id);
	adopt_content(s);
	add_person(s);
	store_close(s);
	free(fresh);
	fresh = file_load(desk_store(), &nfresh);
	return 0;
}

/* ---- screens ---- */

static void
check(struct pty *p, const char *what)
{
	size_t n;
	const char *bytes = pty_bytes(p, &n);

	wire_check(what, bytes, n);
}

static void
finish(struct pty *p, const char *what)
{
	pty_signal(p, SIGTERM);
	pty_wait_end(p);
	check(p, what);
	(void)pty_end(p);
}

/* With a person of hostile name there are two, so a name is asked for. */
static struct pty *
unlock(int w, int h)
{
	struct pty *p;

	/* No place to come back to. */
	file_save(desk_store(), fresh, nfresh);
	p = desk_start(w, h);
	pty_wait(p, "Passphrase:");
	pty_keys(p, "'R. Invented' Enter '" PASS "' Enter");
	pty_wait(p, "E-1");
	return p;
}

/* A key right behind Esc would make an Alt key of it: ^L is let go. */
#define ESC "Esc ^L"

static void
walk_case(struct pty *p)
{
	pty_keys(p, ": 'open E-1' Enter");
	pty_wait(p, "Direct questions");
	pty_keys(p, "/ 'missing' Enter v PgDn PgDn PgUp");
	check(p, "the checklist");
	pty_keys(p, "Tab PgDn v");
	check(p, "the risk pane");
	pty_keys(p, "Tab PgDn Down Enter v");
	pty_wait(p, WIRE_WORD);
	check(p, "the notes");
	pty_keys(p, "F1");
	pty_wait(p, "Help");
	pty_keys(p, "PgDn q");
	pty_wait_gone(p, "Help");
	check(p, "help");
}

/* Types and pastes it into a form, has that checked, and leaves it. */
static void
fill_form(struct pty *p, const char *key)
{
	bool shown = false;

	pty_keys(p, key);
	pty_wait(p, "* required");
	for (size_t i = 0; i < 4; i++) {
		pty_paste(p, wire_short());
		pty_paste(p, i % 2 == 0 ? pasted : wire_invalid());
		shown = shown || pty_shows(p, WIRE_WORD);
		pty_keys(p, "Tab");
	}
	assert_true(shown);
	pty_keys(p, "F2 ^L");
	check(p, "a form");
	pty_keys(p, ESC);
	pty_wait_gone(p, "* required");
}

static void
walk_forms(struct pty *p)
{
	fill_form(p, "i");
	fill_form(p, "o");
	fill_form(p, "w");
	fill_form(p, "r");
	check(p, "the forms");
}

static void
go(struct pty *p, const char *command, const char *sign)
{
	char keys[80];

	(void)snprintf(keys, sizeof(keys), ": '%s' Enter", command);
	pty_keys(p, keys);
	pty_wait(p, sign);
	pty_keys(p, "PgDn Down ^L");
	check(p, command);
	pty_keys(p, "q");
	pty_wait_gone(p, sign);
}

static void
walk_others(struct pty *p)
{
	/* What each shows of it: see add_looks() and add_person(). */
	go(p, "users", "People  R. Inv");
	go(p, "looked E-1", "Who looked  R. Inv");
	go(p, "looked E-3", "Who looked  R. Inv");
	go(p, "flagged", "Who looked  R. Inv");
	go(p, "help cases", "Help: Cases  R. Inv");
	pty_keys(p, ": 'users' Enter");
	pty_wait(p, "People  R. Inv");
	pty_keys(p, "Enter");
	pty_wait(p, "Who looked  R. Inv");
	pty_keys(p, "PgDn ^L");
	check(p, "what a person opened");
}

static void
ask(struct pty *p, const char *keys, const char *text)
{
	pty_keys(p, keys);
	pty_paste(p, text);
	pty_keys(p, "Enter ^L");
	check(p, keys);
	pty_keys(p, ESC);
	pty_keys(p, ESC);
}

static void
walk_list(struct pty *p)
{
	pty_keys(p, "j j k");
	check(p, "the list");
	ask(p, "f", wire_short());
	ask(p, "f", wire_invalid());
	ask(p, "/", wire_short());
	ask(p, "/", wire_invalid());
	ask(p, ": 'open '", wire_invalid());
	ask(p, ": 'backup '", wire_invalid());
	ask(p, ": 'looked '", wire_short());
	pty_keys(p, "c");
	pty_wait(p, "Name or reference:");
	pty_paste(p, wire_invalid());
	pty_paste(p, wire_short());
	pty_wait(p, WIRE_WORD);
	check(p, "a new case");
	pty_keys(p, ESC);
	pty_wait_gone(p, "Name or reference:");
	/* There is a case of that very reference. */
	ask(p, ": 'open '", wire_short());
	pty_wait_gone(p, "Reference");
	check(p, "a case by its reference");
}

static void
no_screen_sends_it(void **state)
{
	static const int sizes[][2] = {{132, 43}, {80, 24}, {40, 10}};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct pty *p = unlock(sizes[i][0], sizes[i][1]);

		if (sizes[i][0] >= 80)
			pty_wait(p, WIRE_WORD);
		check(p, "unlocking");
		if (sizes[i][0] >= 80) {
			walk_case(p);
			walk_forms(p);
		}
		finish(p, "a case");
		p = unlock(sizes[i][0], sizes[i][1]);
		walk_list(p);
		finish(p, "the list");
		if (sizes[i][0] < 80)
			continue;
		p = unlock(sizes[i][0], sizes[i][1]);
		walk_others(p);
		finish(p, "the other screens");
	}
}

/* A store, too, may be called what it likes. */
static void
no_file_name_sends_it(void **state)
{
	struct pty *p;
	const char *path;

	(void)state;
	path = desk_rename(wire_short());
	assert_non_null(strstr(path, WIRE_WORD));
	p = desk_start(80, 24);
	pty_wait(p, WIRE_WORD);
	pty_keys(p, "'R. Invented' Enter 'not this one at all' Enter");
	pty_wait(p, "not accepted");
	finish(p, "the name of a store");
}

/* ---- commands ---- */

/* Runs a command on a terminal, with the passphrase where it asks. */
static void
run_command(const char *const *words, bool asks)
{
	struct pty *p = desk_run(words, 100, 40);

	if (asks) {
		pty_wait(p, "assphrase");
		pty_keys(p, "'" PASS "' Enter");
	}
	pty_wait_end(p);
	check(p, words[0]);
	(void)pty_end(p);
}

static void
no_command_sends_it(void **state)
{
	const char *s = desk_store(), *bad = wire_short();
	const struct {
		const char *words[8];
		bool asks;
	} calls[] = {
		{{"list", s, "--user", "R. Invented", NULL}, true},
		{{"list", s, "--user", "R. Invented", "--json", NULL}, true},
		{{"list", s, "--user", "R. Invented", "--filter", bad, NULL},
		    true},
		{{"show", s, "E-1", "--user", "R. Invented", NULL}, true},
		{{"show", s, "E-1", "--user", "R. Invented", "--json", NULL},
		    true},
		{{"show", s, bad, "--user", "R. Invented", NULL}, true},
		{{"access", s, "--user", "R. Invented", NULL}, true},
		{{"access", s, "--user", "R. Invented", "--case", "E-3", NULL},
		    true},
		{{"access", s, "--user", "R. Invented", "--flagged", NULL},
		    true},
		{{"user", "list", s, "--user", "R. Invented", NULL}, true},
		{{"verify", s, "--user", "R. Invented", NULL}, true},
		{{"list", s, "--user", bad, NULL}, true},
		{{bad, NULL}, false},
		{{"list", bad, NULL}, false},
		{{"list", wire_invalid(), NULL}, false},
		{{"screen", bad, NULL}, false},
		{{"screen", wire_invalid(), NULL}, false},
		{{"instrument", "check", bad, NULL}, false},
		{{"instrument", "show", bad, NULL}, false},
		{{"id", "nhs", bad, NULL}, false},
		{{"id", wire_invalid(), bad, NULL}, false},
		{{"deadline", bad, bad, NULL}, false},
		{{"help", bad, NULL}, false},
		{{"list", s, every, NULL}, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		run_command(calls[i].words, calls[i].asks);
}

/* ---- files ---- */

static const char *
write_file(const char *name, const struct str *text)
{
	static char path[700];

	(void)snprintf(path, sizeof(path), "%s-%s", desk_store(), name);
	file_save(path, (const unsigned char *)text->s, text->len);
	return path;
}

static void
add_row(struct str *out, const char *child, const char *indicator,
    const char *rest)
{
	str_add_fmt(out, "\"%s\",\"%s\",%s,present,2026-03-04,\"%s\"\n",
	    child, rest, indicator, rest);
}

/* Rows that are taken, rows that are not, and bytes that are no text. */
static void
no_table_sends_it(void **state)
{
	struct str csv;
	const char *path;

	(void)state;
	str_init(&csv);
	str_add(&csv, "child,agency,indicator,state,date,evidence\n");
	add_row(&csv, wire_short(), "B1", "");
	add_row(&csv, wire_short(), "B2", wire_short());
	path = write_file("good.csv", &csv);
	run_command((const char *[]){"screen", path, NULL}, false);
	add_row(&csv, wire_short(), wire_short(), every);
	path = write_file("bad.csv", &csv);
	run_command((const char *[]){"screen", path, NULL}, false);
	run_command((const char *[]){"screen", path, "--skip-bad", NULL},
	    false);
	run_command((const char *[]){"import", desk_store(), path, "--user",
	    "R. Invented", NULL}, true);
	add_row(&csv, wire_invalid(), "B1", wire_invalid());
	path = write_file("invalid.csv", &csv);
	run_command((const char *[]){"screen", path, NULL}, false);
	run_command((const char *[]){"screen", path, "--encoding",
	    "windows-1252", NULL}, false);
	str_release(&csv);
}

static void
no_content_sends_it(void **state)
{
	struct str yaml;

	(void)state;
	str_init(&yaml);
	str_add(&yaml, "id: \"\\x1b]0;t\\x07\\u202e\"\ntitle: \"\\x1b[31;77m"
	    WIRE_WORD "\"\n\"\\x9b5i\": x\nsections: \"\\e[6n\"\n");
	run_command((const char *[]){"instrument", "check",
	    write_file("escaped.yaml", &yaml), NULL}, false);
	str_add(&yaml, every);
	run_command((const char *[]){"instrument", "check",
	    write_file("raw.yaml", &yaml), NULL}, false);
	str_add(&yaml, wire_invalid());
	run_command((const char *[]){"instrument", "check",
	    write_file("invalid.yaml", &yaml), NULL}, false);
	str_release(&yaml);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(no_screen_sends_it, hostile_store),
		cmocka_unit_test_setup(no_command_sends_it, hostile_store),
		cmocka_unit_test_setup(no_table_sends_it, hostile_store),
		cmocka_unit_test_setup(no_content_sends_it, hostile_store),
		cmocka_unit_test_setup(no_file_name_sends_it, hostile_store),
	};
	struct str all;

	if (sodium_init() < 0)
		return 99;
	str_init(&all);
	wire_every(&all);
	(void)snprintf(every, sizeof(every), "%s", all.s);
	(void)snprintf(pasted, sizeof(pasted), "%s", all.s);
	for (char *at = pasted; (at = strchr(at, 3)) != NULL; at++)
		*at = ' ';
	str_release(&all);
	return cmocka_run_group_tests_name("escapes", tests, desk_prepare,
	    NULL);
}
