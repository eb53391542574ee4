/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/golden/fakecases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/str.h"
#include "core/utf8.h"
#include "tests/golden/golden.h"

#define HOUR INT64_C(3600000)

static const char *const names[] = {
	"Zo\xC3\xAB O'Brien-\xC3\x91" "and\xC3\xBA \xE7\x8E\x8B",
	"Robin Invented",
	"\x1b[31mRed\x1b[0m",
	"\xE2\x80\xAE" "drawkcab",
	"A\xC2\x9B" "2J and a\nline",
	"",
	"Alexandra-Maria von Verylongname of Invented Town",
};
#define NAMES (sizeof(names) / sizeof(names[0]))

/* The levels of the default instrument, and nothing else of it. */
static struct instrument *
levels(void)
{
	static char high[] = "high", potential[] = "potential";
	static char vulnerable[] = "vulnerable";
	static char high_label[] = "High: three or more indicators";
	static char potential_label[] = "Potential victim: assess and act";
	static char vulnerable_label[] = "Vulnerability recorded; "
	    "practitioner to decide";
	static char none[] = "Not enough known yet";
	static struct level list[] = {
		{high, high_label, NULL, false},
		{potential, potential_label, NULL, false},
		{vulnerable, vulnerable_label, NULL, false}
	};
	static struct instrument in;

	in.levels = list;
	in.nlevels = 3;
	in.label_insufficient = none;
	in.label_none = none;
	return &in;
}

struct case_id
fakecases_id(size_t i)
{
	struct case_id id = {{0}};

	memcpy(id.b, &i, sizeof(i));
	return id;
}

static int64_t
due_of(size_t i)
{
	static const int64_t from_now[] = {
		-50 * HOUR, -3 * HOUR, 2 * HOUR, 20 * HOUR, 75 * HOUR
	};
	size_t n = sizeof(from_now) / sizeof(from_now[0]);

	return i < n ? GOLDEN_NOW + from_now[i] : INT64_MAX;
}

static void
make_row(size_t i, struct case_row *r, char *reference, size_t size)
{
	(void)snprintf(reference, size, "K-%04zu", i + 1);
	memset(r, 0, sizeof(*r));
	r->id = fakecases_id(i);
	r->reference = reference;
	r->name = names[i % NAMES];
	r->owner = "R. Invented";
	r->birth = DAY_NONE;
	r->level = r->judgement = i < 2 ? 0 : i < 4 ? 1 : i < 5 ? 2 : 3;
	r->could_be = i < 6 ? 0 : 1;
	r->signs = i < 2 ? 3 : i < 4 ? 1 : 0;
	r->vulnerabilities = (unsigned)(i % 4);
	r->not_known = (unsigned)(29 - i % 20);
	r->due = due_of(i);
	r->due_why = i < 5 ? "referral decision" : "";
	r->lowering = i == 1;
	r->conflict = i == 2;
	r->screened = i % 3 != 0;
}

/* As the store masks a case that is not for these eyes. */
static void
mask(const struct fakecases *fc, size_t i, struct case_row *r)
{
	struct case_id id = r->id;

	if (fc->restricted == 0 || i % fc->restricted != 1)
		return;
	memset(r, 0, sizeof(*r));
	r->id = id;
	r->reference = r->name = r->owner = r->due_why = "";
	r->due = INT64_MAX;
	r->birth = DAY_NONE;
	r->restricted = true;
}

/* Knows one kind of term: risk. */
static bool
matches(const struct case_row *r, const struct query *q)
{
	static const char *const ids[] = {
		"high", "potential", "vulnerable", "insufficient"
	};

	for (size_t i = 0; q != NULL && i < q->n; i++) {
		const struct query_term *t = &q->terms[i];

		if (t->key == QUERY_RISK &&
		    (strcmp(t->text, ids[r->judgement]) == 0) == t->not)
			return false;
	}
	return true;
}

static enum rc
fake_count(void *ctx, const struct query *q, size_t *n, struct err *e)
{
	const struct fakecases *fc = ctx;
	char reference[32];
	struct case_row r;

	if (fc->failing)
		return err_set(e, RC_DAMAGED, "The store is damaged on page "
		    "12. Run hearken verify.");
	*n = fc->n;
	if (q == NULL)
		return RC_OK;
	*n = 0;
	for (size_t i = 0; i < fc->n; i++) {
		make_row(i, &r, reference, sizeof(reference));
		*n += matches(&r, q) ? 1 : 0;
	}
	return RC_OK;
}

static enum rc
fake_rows(void *ctx, const struct case_page *page,
    const struct case_sink *to, struct err *e)
{
	struct fakecases *fc = ctx;
	char reference[32];
	struct case_row r;
	size_t seen = 0, given = 0;

	(void)e;
	/* Without a filter the place is known: no row before it is made. */
	for (size_t i = page->q == NULL ? page->offset : 0; i < fc->n &&
	    (page->limit == 0 || given < page->limit); i++) {
		make_row(i, &r, reference, sizeof(reference));
		if (!matches(&r, page->q) ||
		    (page->q != NULL && seen++ < page->offset))
			continue;
		given++;
		fc->fetched++;
		mask(fc, i, &r);
		if (!to->fn(&r, to->ctx))
			break;
	}
	return RC_OK;
}

static enum rc
fake_search(void *ctx, const char *words, size_t limit,
    const struct case_sink *to, struct err *e)
{
	struct fakecases *fc = ctx;
	char reference[32];
	struct case_row r;
	struct str key, want;

	(void)e;
	str_init(&key);
	str_init(&want);
	utf8_fold(&want, words, strlen(words));
	for (size_t i = 0; i < fc->n && limit > 0; i++) {
		make_row(i, &r, reference, sizeof(reference));
		str_clear(&key);
		utf8_fold(&key, r.reference, strlen(r.reference));
		utf8_fold(&key, r.name, strlen(r.name));
		if (strstr(key.s, want.s) == NULL)
			continue;
		limit--;
		mask(fc, i, &r);
		(void)to->fn(&r, to->ctx);
	}
	str_release(&key);
	str_release(&want);
	return RC_OK;
}

/* A note and two more of each case that the words find. */
struct fake_find {
	const struct store_find_to *to;
	const char *words;
	size_t n;
	struct find_sum *sum;
};

static void
fake_hit(const struct case_row *row, struct fake_find *ff, size_t i)
{
	static const char text[] = "Seen at the bus station with somebody "
	    "who said he was a cousin, and gave her a new phone";
	struct find_row r = {
		.row = row, .first = i == 0, .why = FIND_ENTRY,
		.entry = {{1}}, .kind = kind_find("note"),
		.on = span_of_day(20000), .at = GOLDEN_NOW, .field = "Facts",
		.snippet = text, .marks = {{12, 11}}, .nmarks = 1,
		.state = i == 1 ? FIND_REPLACED : FIND_STANDS,
		.more = i == 1 ? 7 : 0
	};

	ff->sum->hits++;
	if (row->restricted) {
		r = (struct find_row){.row = row, .first = true,
		    .why = FIND_RESTRICTED, .field = "", .snippet = ""};
	} else if (i == 0) {
		r.why = FIND_NAME;
		r.kind = kind_find("identity");
		r.on = span_none();
		r.field = "Name";
		r.snippet = row->name;
		r.marks[0] = (struct find_mark){0, strlen(row->name) / 3};
	}
	(void)ff->to->fn(&r, ff->to->ctx);
}

static bool
fake_found(const struct case_row *row, void *ctx)
{
	struct fake_find *ff = ctx;

	ff->sum->cases++;
	fake_hit(row, ff, 0);
	if (!row->restricted && ff->sum->cases % 2 == 1)
		fake_hit(row, ff, 1);
	return true;
}

static enum rc
fake_find(void *ctx, const struct find_want *want, struct find_sum *sum,
    const struct store_find_to *to, struct err *e)
{
	struct fakecases *fc = ctx;
	struct fake_find ff = {to, want->words, 0, sum};
	struct case_sink sink = {fake_found, &ff};

	memset(sum, 0, sizeof(*sum));
	sum->cut = fc->cut;
	return fake_search(ctx, want->words, want->limit, &sink, e);
}

static const char *
fake_person(void *ctx, size_t i)
{
	static const char *const people[] = {"Ilse Marwood", "Tom Ashby"};

	(void)ctx;
	return i < 2 ? people[i] : NULL;
}

static const struct instrument *
fake_instrument(void *ctx)
{
	(void)ctx;
	return levels();
}

static int64_t
fake_now(void *ctx)
{
	(void)ctx;
	return GOLDEN_NOW;
}

struct case_source
fakecases_source(struct fakecases *fc)
{
	static const struct case_source_ops ops = {
		.count = fake_count,
		.rows = fake_rows,
		.search = fake_search,
		.find = fake_find,
		.person = fake_person,
		.instrument = fake_instrument,
		.now = fake_now
	};

	return (struct case_source){&ops, fc};
}
