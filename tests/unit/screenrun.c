/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/screenrun.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/str.h"
#include "exchange/children.h"
#include "exchange/screenout.h"
#include "tests/unit/loaded.h"
#include "tests/unit/memsource.h"

#define LONG "child,agency,indicator,state,date,evidence\n"

static struct instrument *in;

static int
setup(void **state)
{
	(void)state;
	in = load_instrument("content/instruments/occ-csegg.yaml");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	instrument_free(in);
	return 0;
}

static struct screenrun_opts
opts_of(void)
{
	struct screenrun_opts o = {.instrument = in, .seed = 7};

	o.today = day_from_civil((struct civil){2026, 11, 22});
	o.on = o.today;
	return o;
}

static bool
keep(const char *bytes, size_t n, void *ctx)
{
	str_add_n(ctx, bytes, n);
	return true;
}

/* Results of text in a form, or the fault. */
static void
run(const char *text, const struct screenrun_opts *o, enum screenout form,
    struct str *out)
{
	struct screenrun *r = NULL;
	struct memsource m;
	struct err e;

	memsource_init(&m, text, strlen(text), 0);
	err_clear(&e);
	if (screenrun_read(&m.src, o, &r, &e) != RC_OK)
		str_add(out, e.text);
	else
		assert_true(screenout_write(r, form, keep, out, NULL));
	screenrun_free(r);
}

static void
expect(const char *text, enum screenout form, const char *want)
{
	struct screenrun_opts o = opts_of();
	struct str out;

	str_init(&out);
	run(text, &o, form, &out);
	assert_string_equal(out.s, want);
	str_release(&out);
}

#define HEAD "child,level,label,vulnerabilities,signs,suspected,not_known," \
	"could_be,rules\n"

static void
levels_in_order_of_first_sight(void **state)
{
	(void)state;
	expect(LONG "C2,S,B1,present,2026-03-04,x\n"
	    "C1,S,A1,present,2026-03-04,x\n"
	    "C2,S,B2,present,2026-03-04,x\n"
	    "C2,P,B3,present,2026-03-04,x\n"
	    "C3,P,B3,not known,2026-03-04,x\n", SCREENOUT_CSV, HEAD
	    "C2,high,High: three or more indicators,0,3,0,26,high,"
	    "three-signs three-indicators sign\n"
	    "C1,vulnerable,\"Vulnerability recorded; practitioner to "
	    "decide\",1,0,0,28,high,vulnerability\n"
	    "C3,insufficient,Not enough known yet,0,0,0,29,high,\n");
}

/* Two agencies, one indicator: it counts once, and the strongest stands. */
static void
strongest_counts_once(void **state)
{
	(void)state;
	expect(LONG "C1,School,B1,absent,2026-03-04,x\n"
	    "C1,Police,B1,present,2026-03-04,x\n"
	    "C1,Health,B1,present,2026-03-04,x\n"
	    "C1,Health,B1,suspected,2026-03-04,x\n", SCREENOUT_CSV, HEAD
	    "C1,potential,Potential victim: assess and act,0,1,0,28,high,"
	    "sign\n");
}

static void
both_forms_agree(void **state)
{
	struct screenrun_opts o = opts_of();
	struct str a, b;

	(void)state;
	str_init(&a);
	str_init(&b);
	run(LONG "C1,,A1,present,,\nC1,,B1,suspected,,\n"
	    "C1,,B2,absent,,\nC1,,B3,not known,,\nC2,,B1,not asked,,\n", &o,
	    SCREENOUT_JSON, &a);
	run("child,A1,B1,B2,B3,B4\nC1,y,suspected,n,?,\nC2,,,,,\n", &o,
	    SCREENOUT_JSON, &b);
	assert_string_equal(a.s, b.s);
	assert_non_null(strstr(a.s, "{\"child\":\"C1\",\"level\":"
	    "\"vulnerable\",\"vulnerabilities\":1,\"signs\":0,"
	    "\"suspected\":1,\"not_known\":26,\"listed\":29,\"could_be\":"
	    "\"high\",\"rules\":[{\"id\":\"vulnerability\","));
	assert_non_null(strstr(a.s, "\"change\":[{\"to\":\"high\","
	    "\"answers\":1,\"from\":[\"disclosure\",\"harm\"]}"));
	str_release(&a);
	str_release(&b);
}

/* The floor for under 13 takes the youngest age that is given. */
static void
youngest_age_counts(void **state)
{
	(void)state;
	expect("child,A1,A2,age,dob\nC1,present,,14,\n"
	    "C1,,absent,12,\nC2,present,,,2010-01-01\n", SCREENOUT_CSV,
	    HEAD "C1,potential,Potential victim (floor),1,0,0,27,high,"
	    "floor vulnerability\n"
	    "C2,vulnerable,\"Vulnerability recorded; practitioner to "
	    "decide\",1,0,0,28,high,vulnerability\n");
}

static void
formulas_are_defused(void **state)
{
	(void)state;
	expect("child;B1\n=1+1;present\n+a;present\n"
	    "-b;present\n@c;present\n\"x,\"\"y\"\"\";absent\n",
	    SCREENOUT_CSV, HEAD
	    "'=1+1,potential,Potential victim: assess and act,0,1,0,28,high,"
	    "sign\n"
	    "'+a,potential,Potential victim: assess and act,0,1,0,28,high,"
	    "sign\n"
	    "'-b,potential,Potential victim: assess and act,0,1,0,28,high,"
	    "sign\n"
	    "'@c,potential,Potential victim: assess and act,0,1,0,28,high,"
	    "sign\n"
	    "\"x,\"\"y\"\"\",insufficient,Not enough known yet,0,0,0,28,high,"
	    "\n");
}

static void
json_is_ascii(void **state)
{
	struct screenrun_opts o = opts_of();
	struct str out;
	size_t i;

	(void)state;
	str_init(&out);
	run("child,B1\n\"Zoë \"\"王\"\" \\ 😀\n\",absent\n", &o,
	    SCREENOUT_JSON, &out);
	assert_non_null(strstr(out.s, "{\"child\":\"Zo\\u00eb \\\"\\u738b\\\" "
	    "\\\\ \\ud83d\\ude00\\n\","));
	for (i = 0; i < out.len; i++)
		assert_in_range(out.s[i], '\n', '~');
	str_release(&out);
}

static void
text_says_what_it_is(void **state)
{
	struct screenrun_opts o = opts_of();
	struct str out;

	(void)state;
	str_init(&out);
	run("child,B1,B3\nC1,x,x\n", &o, SCREENOUT_TEXT, &out);
	assert_non_null(strstr(out.s, "C1  Potential victim: assess and act\n"
	    "    A 0  B 2  27 of 29 not known  could be: High"));
	assert_non_null(strstr(out.s, "never rules out exploitation"));
	assert_null(strstr(out.s, "no risk"));
	assert_null(strstr(out.s, "low risk"));
	str_release(&out);
}

static void
repeats(void **state)
{
	(void)state;
	expect(LONG "C1,S,B1,present,2026-03-04,x\nC2,S,B1,absent,2026,x\n"
	    "C1,S,B1,present,2026-03-04,x\n", SCREENOUT_CSV, "t.csv: row 4: "
	    "the row says the same as row 2, word for word; expected each "
	    "observation once");
	/* Of another child, or by another agency, it is no repeat. */
	expect(LONG "C1,S,B1,absent,2026,x\nC2,S,B1,absent,2026,x\n"
	    "C1,P,B1,absent,2026,x\n", SCREENOUT_CSV, HEAD
	    "C1,insufficient,Not enough known yet,0,0,0,28,high,\n"
	    "C2,insufficient,Not enough known yet,0,0,0,28,high,\n");
}

/* Row `number` of a file: the first, a new one, or one that cannot be read. */
static void
add_numbered(struct str *text, size_t number, size_t repeated, size_t broken)
{
	if (number == broken)
		str_add(text, "C1,S,B1,perhaps,2026-03-04,x\n");
	else
		str_add_fmt(text, "C%zu,S,B1,present,2026-03-04,%zu\n",
		    number % 3, number == repeated ? 2 : number);
}

/* However far the two are apart, the fault that comes first is told. */
static void
the_first_fault_is_told(void **state)
{
	struct screenrun_opts o = opts_of();
	size_t repeated, broken, row;
	struct str text, out;
	char want[64];

	(void)state;
	str_init(&text);
	str_init(&out);
	for (repeated = 5; repeated < 80; repeated += 3)
		for (broken = 3; broken < 120; broken++) {
			if (broken == repeated)
				continue;
			str_clear(&text);
			str_clear(&out);
			str_add(&text, LONG);
			for (row = 2; row < 120; row++)
				add_numbered(&text, row, repeated, broken);
			run(text.s, &o, SCREENOUT_CSV, &out);
			(void)snprintf(want, sizeof(want), "t.csv: row %zu%s",
			    repeated < broken ? repeated : broken,
			    repeated < broken ? ": the row says the same as "
			    "row 2," : ", column 4 \"state\": ");
			assert_memory_equal(out.s, want, strlen(want));
		}
	str_release(&text);
	str_release(&out);
}

/* As of an earlier day, what came later is left out. */
static void
as_of_a_day(void **state)
{
	struct screenrun_opts o = opts_of();
	struct str out;

	(void)state;
	o.on = day_from_civil((struct civil){2026, 3, 31});
	str_init(&out);
	run(LONG "C1,S,B1,absent,2026-03,x\nC1,S,B2,present,2026-04-01,x\n",
	    &o, SCREENOUT_CSV, &out);
	assert_string_equal(out.s, HEAD "C1,insufficient,Not enough known "
	    "yet,0,0,0,28,high,\n");
	str_release(&out);
}

static void
rejects_can_be_given_in_again(void **state)
{
	char folder[] = "/tmp/hearken-rejects.XXXXXX";
	struct screenrun_opts o = opts_of();
	struct str out, path;
	struct stat st;
	struct err e;
	char got[1024];
	size_t n;
	FILE *f;

	(void)state;
	assert_non_null(mkdtemp(folder));
	str_init(&out);
	str_init(&path);
	str_add_fmt(&path, "%s/r.csv", folder);
	err_clear(&e);
	assert_int_equal(rejects_new(path.s, &o.rejects, &e), RC_OK);
	run(LONG "C1,,B1,present,,\nC1,,B99,=x,,\nC2,,B1\n"
	    "C3,,B1,absent,,\nC3,,B1,absent,,\n", &o, SCREENOUT_CSV, &out);
	assert_string_equal(out.s, HEAD "C1,potential,Potential victim: "
	    "assess and act,0,1,0,28,high,sign\n"
	    "C3,insufficient,Not enough known yet,0,0,0,28,high,\n");
	assert_int_equal(rejects_count(o.rejects), 3);
	assert_int_equal(rejects_finish(o.rejects, &e), RC_OK);
	rejects_free(o.rejects);
	f = fopen(path.s, "r");
	assert_non_null(f);
	n = fread(got, 1, sizeof(got) - 1, f);
	got[n] = '\0';
	(void)fclose(f);
	assert_int_equal(stat(path.s, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_string_equal(got, "row,problem," LONG
	    "3,\"t.csv: row 3, column 3 \"\"indicator\"\": \"\"B99\"\" is no "
	    "indicator of occ-csegg; did you mean B9 (Estranged from "
	    "family)?\",C1,,B99,'=x,,\n"
	    "4,\"t.csv: row 4: the row has 3 cells; expected 6, as in the "
	    "header\",C2,,B1,,,\n"
	    "6,\"t.csv: row 6: the row says the same as row 5, word for "
	    "word; expected each observation once\",C3,,B1,absent,,\n");
	/* Never over an existing file. */
	assert_int_equal(rejects_new(path.s, &o.rejects, &e), RC_EXISTS);
	(void)unlink(path.s);
	(void)rmdir(folder);
	str_release(&path);
	str_release(&out);
}

/* Ten rows of each child, or a thousand: the same bytes are held. */
static void
memory_is_of_children(void **state)
{
	char text[16384] = LONG;
	struct screenrun_totals few, many;
	struct screenrun_opts o = opts_of();
	struct screenrun *r;
	struct memsource m;
	struct err e;
	unsigned i, round;
	size_t n = strlen(text);

	(void)state;
	for (i = 0; i < 300; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n,
		    "C%u,S,B%u,present,2026-03-04,%u\n", i % 3, 1 + i % 14, i);
	for (round = 0; round < 2; round++) {
		memsource_init(&m, text, n, 0);
		m.again = strlen(LONG);
		m.repeat = round == 0 ? 1 : 2000;
		o.rejects = NULL;
		err_clear(&e);
		/* The repeats lie further apart than the rows remembered. */
		r = NULL;
		assert_int_equal(screenrun_read(&m.src, &o, &r, &e), RC_OK);
		screenrun_totals(r, round == 0 ? &few : &many);
		screenrun_free(r);
	}
	assert_int_equal(few.rows, 600);
	assert_int_equal(many.rows, 600300);
	assert_int_equal(many.children, 3);
	assert_int_equal(few.memory, many.memory);
}

static void
many_children_are_found_again(void **state)
{
	char name[64 + HASH_KEY_MAX];
	struct children *c = NULL;
	struct child *ch;
	struct err e;
	unsigned i, round;

	(void)state;
	err_clear(&e);
	assert_int_equal(children_new(sizeof(unsigned), 3, &c, &e), RC_OK);
	for (round = 0; round < 2; round++)
		for (i = 0; i < 20000; i++) {
			memset(name, 0, sizeof(name));
			(void)snprintf(name, sizeof(name), i % 2 != 0 ?
			    "%u" : "a reference of many letters %u", i);
			ch = children_find(c, name, strlen(name));
			assert_non_null(ch);
			assert_string_equal(ch->name, name);
			if (round == 0)
				*(unsigned *)child_payload(ch) = i;
			assert_int_equal(*(unsigned *)child_payload(ch), i);
			assert_ptr_equal(children_at(c, i), ch);
		}
	assert_int_equal(children_count(c), 20000);
	children_free(c);
}

/* Each spelling alone has two signs or fewer: the child would not be high. */
static void
spellings_of_one_child_are_joined(void **state)
{
	static const char text[] = LONG
	    "K-0142,S,B1,present,2026-10-01,a\n"
	    "12-3,S,B1,present,2026-10-01,a\n"
	    "k 0142,P,B2,present,2026-10-02,b\n"
	    "1-23,S,B2,present,2026-10-01,a\n"
	    "K0142,H,B3,present,2026-10-03,c\n"
	    "k0142,H,A6,not known,2026-10-03,c\n"
	    "K-0142,H,A6,absent,2026-10-03,c\n";
	struct screenrun_opts o = opts_of();
	struct str out;

	(void)state;
	str_init(&out);
	run(text, &o, SCREENOUT_CSV, &out);
	assert_non_null(strstr(out.s, "\nK-0142,high,"));
	assert_non_null(strstr(out.s, ",0,3,0,25,high,"));
	assert_null(strstr(out.s, "\nk 0142,"));
	assert_null(strstr(out.s, "\nK0142,"));
	assert_non_null(strstr(out.s, "\n12-3,potential,"));
	assert_non_null(strstr(out.s, "\n1-23,potential,"));
	str_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(levels_in_order_of_first_sight),
		cmocka_unit_test(strongest_counts_once),
		cmocka_unit_test(both_forms_agree),
		cmocka_unit_test(youngest_age_counts),
		cmocka_unit_test(formulas_are_defused),
		cmocka_unit_test(json_is_ascii),
		cmocka_unit_test(text_says_what_it_is),
		cmocka_unit_test(repeats),
		cmocka_unit_test(the_first_fault_is_told),
		cmocka_unit_test(as_of_a_day),
		cmocka_unit_test(rejects_can_be_given_in_again),
		cmocka_unit_test(memory_is_of_children),
		cmocka_unit_test(many_children_are_found_again),
		cmocka_unit_test(spellings_of_one_child_are_joined),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
