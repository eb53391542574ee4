/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/store/taking.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/returns.h"
#include "exchange/hashed.h"
#include "tests/unit/memsource.h"

static void
note_vanished(const char *row, void *ctx)
{
	struct fixture *f = ctx;

	str_add_fmt(&f->vanished, "%s;", row);
}

void
note_fault(const char *text, void *ctx)
{
	struct fixture *f = ctx;

	str_add_fmt(&f->faults, "%s\n", text);
}

static void
note_agency(const struct importrun_agency *a, void *ctx)
{
	struct fixture *f = ctx;

	str_add_fmt(&f->agencies, "%s %d rows +%d -%d others %d refused %d%s;",
	    a->name, (int)a->rows, (int)a->added, (int)a->struck,
	    (int)a->others, (int)a->refused, a->sends ? " sends" : "");
}

static struct mapping *
parse(const char *text)
{
	struct faults f;
	struct mapping *m;

	faults_init(&f, "map.yaml");
	m = mapping_parse(text, strlen(text), &f);
	assert_non_null(m);
	faults_release(&f);
	return m;
}

int
taking_make(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	world_init(&f->w);
	world_create(&f->w);
	world_adopt(&f->w);
	str_init(&f->vanished);
	str_init(&f->faults);
	str_init(&f->agencies);
	f->opts.instrument = store_default_instrument(f->w.s);
	f->opts.today = moment_day(f->w.now);
	f->opts.file = "week.csv";
	f->opts.vanished = note_vanished;
	f->opts.agency_done = note_agency;
	f->opts.ctx = f;
	f->opts.mapping = parse(OWN);
	*state = f;
	return 0;
}

void
use(struct fixture *f, const char *map)
{
	struct mapping *m = parse(map);

	mapping_free((struct mapping *)(uintptr_t)f->opts.mapping);
	f->opts.mapping = m;
}

int
taking_unmake(void **state)
{
	struct fixture *f = *state;

	world_release(&f->w);
	mapping_free((struct mapping *)(uintptr_t)f->opts.mapping);
	str_release(&f->vanished);
	str_release(&f->faults);
	str_release(&f->agencies);
	free(f);
	return 0;
}

enum rc
give(struct fixture *f, const char *text)
{
	char hex[HASHED_HEX];
	struct memsource m;

	str_clear(&f->vanished);
	str_clear(&f->faults);
	str_clear(&f->agencies);
	err_clear(&f->w.e);
	memsource_init(&m, text, strlen(text), 0);
	world_ok(&f->w, hashed_all(&m.src, hex, &f->w.e));
	f->opts.hash = hex;
	memsource_init(&m, text, strlen(text), 0);
	return importrun(f->w.s, &m.src, &f->opts, &f->totals, &f->w.e);
}

void
expect(const struct fixture *f, uint64_t added, uint64_t known,
    uint64_t struck)
{
	assert_int_equal(f->totals.added, added);
	assert_int_equal(f->totals.known, known);
	assert_int_equal(f->totals.struck, struck);
}

uint64_t
entries(struct fixture *f)
{
	uint64_t n = 0;

	world_ok(&f->w, store_entry_count(f->w.s, &n, &f->w.e));
	return n;
}

/* The standing observations of a case: "B1 present;". */
static char *
standing(struct fixture *f, const char *reference)
{
	struct case_id id;
	struct casefile c;
	struct str out;

	str_init(&out);
	world_ok(&f->w, store_case_by_reference(f->w.s, reference, &id,
	    &f->w.e));
	world_ok(&f->w, store_case_load(f->w.s, &id, &c, &f->w.e));
	for (size_t i = 0; i < c.nrecords; i++)
		if (strcmp(c.records[i]->entry.kind, "observation") == 0 &&
		    record_stands(c.records[i]))
			str_add_fmt(&out, "%s %s;",
			    record_text(c.records[i], "indicator"),
			    record_text(c.records[i], "state"));
	casefile_release(&c);
	return str_take(&out);
}

void
expect_standing(struct fixture *f, const char *reference, const char *want)
{
	char *is = standing(f, reference);

	assert_string_equal(is, want);
	free(is);
}

static bool
count_one(const struct return_row *r, void *ctx)
{
	assert_string_equal(r->agency, "Invented School");
	assert_string_equal(r->mapping, "t 1");
	++*(size_t *)ctx;
	return true;
}

size_t
returns(struct fixture *f)
{
	size_t n = 0;

	world_ok(&f->w, store_returns(f->w.s, count_one, &n, &f->w.e));
	return n;
}

void
sound(struct fixture *f)
{
	struct store_verdict v;

	world_ok(&f->w, store_verify(f->w.s, NULL, NULL, &v, &f->w.e));
	assert_true(v.sound);
}
