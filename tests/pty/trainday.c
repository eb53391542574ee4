/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A trainer who has nothing but the section "A training session" of the
 * README leads a group through a case study.  Every command line and every
 * key is looked up there before it is used; what the trainer sees stands in
 * trainday.txt, to be read from top to bottom.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/pty/desk.h"
#include "tests/pty/scene.h"

#define WORDS_MAX 16
#define README_MAX (1 << 17)
#define LINE_MAX_BYTES 600

static struct story story = {.name = "trainday"};
static char folder[400];
static char *section;		/* of the README */

/* ---- what the README says ---- */

static void
read_section(void)
{
	const char *src = getenv("HEARKEN_SRCDIR");
	char path[600], *text = calloc(1, README_MAX), *from, *end;
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/README.md",
	    src != NULL ? src : ".");
	f = fopen(path, "r");
	assert_non_null(f);
	assert_non_null(text);
	assert_true(fread(text, 1, README_MAX - 1, f) > 0);
	(void)fclose(f);
	from = strstr(text, "## A training session\n");
	assert_non_null(from);
	end = strstr(from + 3, "\n## ");
	assert_non_null(end);
	*end = '\0';
	section = strdup(from);
	free(text);
}

/* Presses keys, of which the README tells what the one named does. */
static void
press(const char *named, const char *keys)
{
	char quoted[32];

	(void)snprintf(quoted, sizeof(quoted), "`%s`", named);
	if (strstr(section, quoted) == NULL)
		fail_msg("the README does not say what %s does", quoted);
	pty_keys(story.p, keys);
}

/* ---- its command lines ---- */

/* The line that begins so, without what is said behind it. */
static void
find_line(const char *begins, char out[LINE_MAX_BYTES])
{
	char want[200];
	const char *at, *end;

	(void)snprintf(want, sizeof(want), "    hearken %s", begins);
	at = strstr(section, want);
	if (at == NULL)
		fail_msg("the README has no line \"%s\"", want);
	at += strlen("    hearken ");
	end = strstr(at, "   ");
	assert_non_null(end);
	(void)snprintf(out, LINE_MAX_BYTES, "%.*s", (int)(end - at), at);
}

/* Names of files lie in the folder of the test. */
static const char *
put_word(const char *word, size_t n, char room[LINE_MAX_BYTES])
{
	bool file = memchr(word, '.', n) != NULL &&
	    memchr(word, ' ', n) == NULL;

	(void)snprintf(room, LINE_MAX_BYTES, "%s%s%.*s",
	    file ? folder : "", file ? "/" : "", (int)n, word);
	return room;
}

static struct pty *
run_line(const char *begins)
{
	static char rooms[WORDS_MAX][LINE_MAX_BYTES];
	const char *words[WORDS_MAX + 1];
	char line[LINE_MAX_BYTES];
	size_t n = 0;

	find_line(begins, line);
	for (const char *p = line; *p != '\0'; p += strspn(p, " ")) {
		bool quoted = *p == '"';
		const char *from = p + quoted;
		size_t len = strcspn(from, quoted ? "\"" : " ");

		assert_true(n < WORDS_MAX);
		words[n] = put_word(from, len, rooms[n]);
		n++;
		p = from + len + quoted;
	}
	words[n] = NULL;
	story.p = desk_run(words, 120, 40);
	return story.p;
}

/* One that asks for the passphrase and prints. */
static void
ask_store(const char *begins, const char *words)
{
	struct pty *p = run_line(begins);

	pty_wait(p, "Passphrase");
	pty_keys(p, "'" PASS "' Enter");
	pty_wait_end(p);
	if (words != NULL)
		scene(&story, words);
	assert_int_equal(pty_end(p), 0);
}

static void
make_store(void)
{
	struct pty *p = run_line("init");
	char *text, *at;
	char last[5];

	pty_wait(p, "A passphrase of");
	pty_keys(p, "'" PASS "' Enter");
	pty_wait(p, "once more");
	pty_keys(p, "'" PASS "' Enter");
	pty_wait(p, "Type the last group");
	text = pty_text(p);
	at = strstr(text, "\n\nWrite it on paper");
	assert_non_null(at);
	(void)snprintf(last, sizeof(last), "%.4s", at - 4);
	free(text);
	pty_send(p, last, 4);
	pty_keys(p, "Enter");
	pty_wait_end(p);
	assert_int_equal(pty_end(p), 0);
}

/* ---- the session ---- */

static void
answer(const char *name, const char *keys)
{
	struct pty *p = story.p;
	char typed[64];

	press("a", "a");
	pty_wait(p, "Learner:");
	(void)snprintf(typed, sizeof(typed), "'%s' Enter", name);
	pty_keys(p, typed);
	pty_wait(p, "Enter when it is done");
	press("p", keys);
	press("Enter", "Enter");
	pty_wait(p, "The answers of");
}

static void
begin(void)
{
	struct pty *p = story.p;

	desk_unlock(p);
	pty_wait(p, "Case studies");
	scene(&story, "The store is open. The trainer chooses \"The voice in "
	    "the headset\", which they have read before.");
	for (int i = 0; i < 8; i++)
		press("Down", "Down");
	press("Enter", "Enter");
	pty_wait(p, "By itself");
	pty_keys(p, "Down");
	pty_wait(p, "(*) A group");
	scene(&story, "How? A group, with a facilitator.");
	pty_keys(p, "Enter Enter 'Tuesday' Enter");
	pty_wait(p, "nobody has answered yet");
	scene(&story, "The story is read out. Everybody answers on paper.");
}

static void
first_round(void)
{
	struct pty *p = story.p;

	answer("Ada", "Down Down Down Down Down Down Down Down Down Down "
	    "Down Down p");
	answer("Ben", "Down Down Down n a a a");
	answer("Cem", "Down Down Down Down Down Down Down Down Down Down "
	    "Down Down s");
	pty_wait(p, "all 3 have answered");
	scene(&story, "Three sheets are typed in. The room sees that, and not "
	    "what is in them.");
	press("r", "r");
	pty_wait(p, "Revealed: 3 have answered");
	scene(&story, "Revealed. What was missed most stands first.");
	pty_keys(p, "Enter");
	scene(&story, "Why the model answers as it does.");
}

static void
second_round(void)
{
	struct pty *p = story.p;

	press("2", "2");
	pty_wait(p, "Round 2: nobody has answered yet");
	answer("Ben", "Down Down Down Down Down Down Down Down Down Down "
	    "Down Down p");
	press("r", "r");
	pty_wait(p, "have not answered: ");
	pty_keys(p, "r");
	pty_wait(p, "2nd");
	scene(&story, "After the talk Ben has answered anew. Both rounds "
	    "stand above each other.");
	press("n", "n");
	pty_wait(p, "stage 2 of 4");
	scene(&story, "On to the next stage.");
	press("q", "q");
	pty_wait(p, "Case studies");
	scene(&story, "The lesson is over; the session is kept and can be "
	    "gone on with.");
}

static void
again(void)
{
	struct pty *p = story.p;

	pty_keys(p, "/ 'Tuesday' Enter");
	pty_wait(p, "1 of 2");
	press("p", "p");
	pty_wait(p, "1 of ");
	pty_keys(p, "End");
	scene(&story, "The session once more, from its entries alone: the "
	    "last step of it.");
	pty_keys(p, "q");
	pty_wait(p, "Case studies");
	press("l", "l");
	pty_wait(p, "Your training log");
	scene(&story, "The log.");
	pty_keys(p, "q");
	pty_wait(p, "Filter: Tuesday");
}

static void
by_the_readme_alone(void **state)
{
	(void)state;
	read_section();
	(void)snprintf(folder, sizeof(folder), "%.*s",
	    (int)(strrchr(desk_store(), '/') - desk_store()), desk_store());
	story.p = run_line("study show");
	pty_wait_end(story.p);
	assert_int_equal(pty_end(story.p), 0);
	make_store();
	(void)run_line("training.hearken");
	begin();
	first_round();
	second_round();
	again();
	pty_wait(story.p, "Case studies");
	pty_keys(story.p, "Esc");
	pty_wait(story.p, "Asked to bring somebody");
	press("q", "q");
	assert_int_equal(pty_end(story.p), 0);
	ask_store("train list", "hearken train list");
	ask_store("train ratings", NULL);
	(void)run_line("agree");
	pty_wait_end(story.p);
	scene(&story, "hearken agree");
	assert_int_equal(pty_end(story.p), 0);
	ask_store("train missed", "hearken train missed");
	free(section);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(by_the_readme_alone,
		    desk_new_training),
	};

	return cmocka_run_group_tests_name("a training session", tests,
	    desk_prepare, NULL);
}
