/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pages, seals and archives.  With a folder named it writes samples there, for
 * tests/cli/pages.sh to try with other people's tools.
 */
#include "config.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "exchange/file.h"
#include "exchange/pdf.h"

#define NOW INT64_C(1795190400000)	/* 20 November 2026, 16:00 UTC */
#define PLANTED "Zoë O'Brien-Ñandú 王"
#define PASSWORD "k7mpq-2w3xz-9abcd-efghj-45678"

static struct secret
secret_of(const char *words)
{
	struct secret s;

	assert_int_equal(secret_init(&s, strlen(words) + 1, NULL), RC_OK);
	assert_true(secret_add(&s, words, strlen(words)));
	s.p[s.len] = '\0';
	return s;
}

/* ---- a paper with every part, over several pages ---- */

static void
add_table(struct paper *p)
{
	static const char *const heads[] = {"Day", "Kind", "What was written"};
	static const int widths[] = {2, 2, 6};
	char day[32], what[64];
	const char *cells[] = {day, "Note", what};

	paper_table(p, heads, widths, 3);
	for (int i = 1; i <= 60; i++) {
		(void)snprintf(day, sizeof(day), "%d March 2026", i % 28 + 1);
		(void)snprintf(what, sizeof(what), "rowword%d was seen by "
		    "the harbour", i);
		paper_row(p, cells, 3);
	}
}

static void
make_sample(struct paper *p)
{
	paper_init(p, "Referral", "TEST-2026-0001", NULL,
	    "20 November 2026 by Ada Invented: for the conference");
	paper_add(p, PAPER_NOTICE, "This is a screening aid. It never rules "
	    "exploitation out.");
	paper_add(p, PAPER_HEADING, "The young person");
	paper_field(p, "Name", PLANTED);
	paper_field(p, "Known as", "سارة أحمد");
	paper_field(p, "Called", "נועה כהן");
	paper_field(p, "A label that is longer than its column has room for",
	    "combining: e\xcc\x81\xcc\xa3 and Иван Ελένη");
	paper_add(p, PAPER_HEADING, "What was seen");
	add_table(p);
	paper_add(p, PAPER_SUBHEADING, "Note");
	paper_add(p, PAPER_TEXT, "First paragraph of the note.\n\nSecond "
	    "paragraph of it.\r\nThird, with a tab\there.");
	paper_add(p, PAPER_ITEM, "at the bus station");
	paper_add(p, PAPER_SMALL, "written by Ada Invented");
	paper_add(p, PAPER_PAGE, "");
	paper_add(p, PAPER_FIXED, "column  column\n     1       2");
	for (int i = 0; i < 40; i++)
		paper_addf(p, PAPER_TEXT, "Longword%d lantern harbour thistle "
		    "copper meadow lantern harbour thistle copper meadow "
		    "lantern harbour thistle copper meadow lastword%d", i, i);
}

static void
make_pdf(struct str *out, struct str *unknown)
{
	struct paper p;
	struct err e;

	err_clear(&e);
	make_sample(&p);
	if (paper_pdf(&p, NOW, out, unknown, &e) != RC_OK)
		fail_msg("%s", e.text);
	paper_release(&p);
}

static void
make_zip(struct str *out, const char *password)
{
	const struct archive_member m[] = {
		{"case.csv", PLANTED "," PLANTED "\n", 2 * strlen(PLANTED) + 2},
		{"case.txt", "", 0},
	};
	struct secret s = secret_of(password);
	struct err e;

	err_clear(&e);
	if (archive_seal(m, 2, &s, NOW, out, &e) != RC_OK)
		fail_msg("%s", e.text);
	secret_release(&s);
}

/* ---- tests ---- */

static void
pages_are_the_same_each_time(void **state)
{
	struct str a, b, unknown;

	(void)state;
	str_init(&a);
	str_init(&b);
	str_init(&unknown);
	make_pdf(&a, &unknown);
	make_pdf(&b, NULL);
	assert_true(a.len > 10000 && memcmp(a.s, "%PDF-1.", 7) == 0);
	assert_int_equal(a.len, b.len);
	assert_memory_equal(a.s, b.s, a.len);
	str_release(&a);
	str_release(&b);
	str_release(&unknown);
}

static void
a_character_without_font_is_named(void **state)
{
	struct str out, unknown;
	struct paper p;
	struct err e;

	(void)state;
	str_init(&out);
	str_init(&unknown);
	paper_init(&p, "Note", "TEST-1", NULL, NULL);
	/* Wancho: few machines have a font for it. */
	paper_add(&p, PAPER_TEXT, "A \xf0\x9e\x8b\x80 B");
	err_clear(&e);
	assert_int_equal(paper_pdf(&p, NOW, &out, &unknown, &e), RC_OK);
	if (unknown.len > 0)
		assert_string_equal(unknown.s, "U+1E2C0");
	else
		print_message("this machine has a font for U+1E2C0\n");
	paper_release(&p);
	str_release(&out);
	str_release(&unknown);
}

static void
an_empty_paper_has_a_page(void **state)
{
	struct str out;
	struct paper p;
	struct err e;

	(void)state;
	str_init(&out);
	paper_init(&p, "", NULL, "", NULL);
	paper_row(&p, NULL, 0);
	paper_add(&p, PAPER_PAGE, "");
	err_clear(&e);
	assert_int_equal(paper_pdf(&p, NOW, &out, NULL, &e), RC_OK);
	assert_true(out.len > 500);
	paper_release(&p);
	str_release(&out);
}

static uint64_t seed;

static unsigned
draw(unsigned n)
{
	seed = seed * UINT64_C(6364136223846793005) +
	    UINT64_C(1442695040888963407);
	return (unsigned)(seed >> 33) % n;
}

/* Any bytes at all, most of them letters. */
static void
draw_text(struct str *out)
{
	static const char *const odd[] = {"\x1b[2J", "\xff\xfe", "\xe2\x80"
		"\xae", "\xcc\x81\xcc\x81", "\n\n", "\t", "\xf0\x9f\x91"
		"\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7", "سارة ", "王", "\r",
		"notwithstandingnotwithstandingnotwithstanding"};

	str_clear(out);
	for (unsigned n = draw(60); n > 0; n--)
		str_add(out, draw(3) == 0 ? odd[draw(sizeof(odd) /
		    sizeof(odd[0]))] : "word ");
}

static void
draw_block(struct paper *p, struct str *text)
{
	const char *cells[PAPER_COLUMNS_MAX];
	int widths[PAPER_COLUMNS_MAX];
	size_t n = draw(PAPER_COLUMNS_MAX + 1);

	draw_text(text);
	for (size_t i = 0; i < PAPER_COLUMNS_MAX; i++) {
		cells[i] = draw(2) == 0 ? text->s : "cell";
		widths[i] = (int)draw(9);
	}
	if (draw(4) == 0)
		paper_table(p, cells, widths, n);
	else if (draw(3) == 0)
		paper_row(p, cells, n);
	else if (draw(3) == 0)
		paper_field(p, cells[0], text->s);
	else
		paper_add(p, (enum paper_part)draw(PAPER_PAGE + 1), text->s);
}

static void
any_paper_becomes_pages(void **state)
{
	const uint64_t runs = getenv("HEARKEN_VALGRIND") != NULL ? 1 : 20;

	(void)state;
	for (seed = 1; seed <= runs; seed++) {
		const uint64_t run = seed;
		struct str out, text;
		struct paper p;
		struct err e;

		err_clear(&e);
		str_init(&out);
		str_init(&text);
		paper_init(&p, "Note", "TEST-1", NULL, NULL);
		for (unsigned n = draw(60); n > 0; n--)
			draw_block(&p, &text);
		assert_int_equal(paper_pdf(&p, NOW, &out, NULL, &e), RC_OK);
		assert_memory_equal(out.s, "%PDF-", 5);
		paper_release(&p);
		str_release(&text);
		str_release(&out);
		seed = run;
	}
}

static bool
contains(const struct str *s, const char *words)
{
	return memmem(s->s, s->len, words, strlen(words)) != NULL;
}

static void
a_sealed_pdf_shows_nothing(void **state)
{
	struct secret s = secret_of(PASSWORD);
	struct str pdf;
	struct err e;

	(void)state;
	str_init(&pdf);
	make_pdf(&pdf, NULL);
	err_clear(&e);
	assert_true(contains(&pdf, "Referral"));
	assert_int_equal(pdf_seal(&pdf, &s, &e), RC_OK);
	assert_true(memcmp(pdf.s, "%PDF-", 5) == 0);
	assert_true(contains(&pdf, "/AESV3"));
	assert_false(contains(&pdf, "Referral"));
	assert_false(contains(&pdf, PASSWORD));
	secret_release(&s);
	str_release(&pdf);
}

static void
what_is_no_pdf_is_refused(void **state)
{
	struct secret s = secret_of(PASSWORD), none = secret_of("");
	struct str pdf;
	struct err e;

	(void)state;
	str_init(&pdf);
	str_add(&pdf, "Lantern, and no PDF at all");
	err_clear(&e);
	assert_int_equal(pdf_seal(&pdf, &s, &e), RC_SYSTEM);
	assert_null(strstr(e.text, "Lantern"));
	assert_int_equal(pdf_seal(&pdf, &none, &e), RC_INPUT);
	secret_release(&s);
	secret_release(&none);
	str_release(&pdf);
}

static void
a_sealed_archive_shows_nothing(void **state)
{
	struct secret none = secret_of("");
	struct str zip;
	struct err e;

	(void)state;
	str_init(&zip);
	make_zip(&zip, PASSWORD);
	assert_true(memcmp(zip.s, "PK\3\4", 4) == 0);
	assert_true(contains(&zip, "case.csv"));
	assert_false(contains(&zip, "Zo"));
	assert_false(contains(&zip, PASSWORD));
	assert_int_equal(archive_seal(NULL, 0, &none, NOW, &zip, &e),
	    RC_INPUT);
	secret_release(&none);
	str_release(&zip);
}

struct counter {
	unsigned char next;
};

static void
count_up(void *ctx, void *buf, size_t n)
{
	struct counter *c = ctx;
	unsigned char *p = buf;

	while (n-- > 0)
		*p++ = c->next++;
}

static void
a_made_password_can_be_read_out(void **state)
{
	struct counter c = {240};
	const struct rng rng = {count_up, &c};
	struct secret s;
	struct err e;

	(void)state;
	err_clear(&e);
	assert_int_equal(leaving_password(&rng, &s, &e), RC_OK);
	/* 248 to 255 are drawn again: every letter is as likely. */
	assert_string_equal((char *)s.p, "stuvw-xyz23-45678-9abcd-efghj");
	assert_int_equal(s.len, 29);
	assert_int_equal(leaving_password_check(&s, &e), RC_OK);
	secret_release(&s);
}

static void
an_own_password_is_looked_at(void **state)
{
	static const char *const bad[] = {"", "short", "has a space in it",
		"pässwörd-and-more"};
	struct secret s;
	struct err e;

	(void)state;
	err_clear(&e);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		s = secret_of(bad[i]);
		assert_int_equal(leaving_password_check(&s, &e), RC_INPUT);
		secret_release(&s);
	}
}

/* ---- samples ---- */

static void
write_sample(const char *folder, const char *name, const struct str *bytes)
{
	struct str path;
	struct err e;

	err_clear(&e);
	str_init(&path);
	str_add_fmt(&path, "%s/%s", folder, name);
	if (file_create(path.s, bytes->s, bytes->len, &e) != RC_OK) {
		(void)fprintf(stderr, "%s\n", e.text);
		exit(1);
	}
	str_release(&path);
}

static int
write_samples(const char *folder)
{
	struct secret s = secret_of(PASSWORD);
	struct str out, unknown;
	struct err e;

	str_init(&out);
	str_init(&unknown);
	make_pdf(&out, &unknown);
	write_sample(folder, "plain.pdf", &out);
	write_sample(folder, "unknown", &unknown);
	err_clear(&e);
	if (pdf_seal(&out, &s, &e) != RC_OK)
		return 1;
	write_sample(folder, "sealed.pdf", &out);
	str_clear(&out);
	make_zip(&out, PASSWORD);
	write_sample(folder, "sealed.zip", &out);
	str_release(&out);
	str_release(&unknown);
	secret_release(&s);
	return 0;
}

/* Processor time for n signs with no place to break between them. */
static double
time_of_run(size_t n)
{
	struct str run, out, unknown;
	clock_t from = clock();
	struct paper p;
	struct err e;

	str_init(&run);
	while (run.len < n)
		str_add_char(&run, 'W');
	str_init(&out);
	str_init(&unknown);
	paper_init(&p, "Note", "TEST-1", NULL, NULL);
	paper_add(&p, PAPER_TEXT, run.s);
	err_clear(&e);
	assert_int_equal(paper_pdf(&p, NOW, &out, &unknown, &e), RC_OK);
	paper_release(&p);
	str_release(&run);
	str_release(&out);
	str_release(&unknown);
	return (double)(clock() - from);
}

/* By the square of its length it would be 16 times as much. */
static void
a_run_without_a_break_does_not_stop_the_print(void **state)
{
	double one;

	(void)state;
	(void)time_of_run(10);
	one = time_of_run(4000);
	assert_true(time_of_run(16000) < one * 9);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_are_the_same_each_time),
		cmocka_unit_test(a_character_without_font_is_named),
		cmocka_unit_test(an_empty_paper_has_a_page),
		cmocka_unit_test(any_paper_becomes_pages),
		cmocka_unit_test(a_run_without_a_break_does_not_stop_the_print),
		cmocka_unit_test(a_sealed_pdf_shows_nothing),
		cmocka_unit_test(what_is_no_pdf_is_refused),
		cmocka_unit_test(a_sealed_archive_shows_nothing),
		cmocka_unit_test(a_made_password_can_be_read_out),
		cmocka_unit_test(an_own_password_is_looked_at),
	};

	if (sodium_init() < 0)
		return 1;
	if (argc == 2)
		return write_samples(argv[1]);
	return cmocka_run_group_tests_name("pages", tests, NULL, NULL);
}
