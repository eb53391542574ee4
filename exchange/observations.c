/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/observations.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/mapdate.h"
#include "exchange/isoday.h"
#include "exchange/memo.h"
#include "exchange/obs_header.h"
#include "exchange/obs_mapped.h"
#include "exchange/out.h"

#define DATES_KEPT 4096u	/* powers of two */
#define WORDS_KEPT 256u
#define ITEM_IGNORED (NO_ITEM - 1)

struct obs {
	struct obs_opts opts;
	struct csv *csv;
	struct obs_header header;
	uint64_t rows;
	struct obs_row row;
	/* "Invented High School/1234": of a mapping that names an agency. */
	char reference[REFERENCE_MAX + CSV_PAD];
	size_t prefix;
	bool by_row;		/* each row names the agency */
	struct isoday days;
	struct memo dates, items, states;
	struct memo_slot date_slots[MEMO_SLOTS(DATES_KEPT)];
	struct memo_slot item_slots[MEMO_SLOTS(WORDS_KEPT)];
	struct memo_slot state_slots[MEMO_SLOTS(WORDS_KEPT)];
	struct span date_of[DATES_KEPT];
	uint32_t item_of[WORDS_KEPT];
	enum answer state_of[WORDS_KEPT];
};

enum rc
obs_fail(const struct obs *o, enum obs_field field, struct err *e,
    const char *fmt, ...)
{
	uint32_t column = o->header.column[field];
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return csv_fail(o->csv, column != NO_COLUMN ? column : CSV_NO_COLUMN,
	    e, "%s", text);
}

enum rc
obs_fail_repeat(const struct obs *o, uint64_t number, uint64_t line,
    uint64_t earlier, struct err *e)
{
	return csv_fail_at(o->csv, number, line, e, "the row says the same as "
	    "row %llu, word for word; expected each observation once",
	    (unsigned long long)earlier);
}

/* ---- cells ---- */

static inline struct slice
trim(const struct csv_cell *cell)
{
	struct slice t = {cell->s, cell->n};

	while (t.n != 0 && (t.s[0] == ' ' || t.s[0] == '\t')) {
		t.s++;
		t.n--;
	}
	while (t.n != 0 && (t.s[t.n - 1] == ' ' || t.s[t.n - 1] == '\t'))
		t.n--;
	return t;
}

/* Takes off the apostrophe that defuses a formula in a rejected row. */
static struct slice
as_it_was(struct slice t)
{
	if (t.n >= 2 && t.s[0] == '\'' && out_runs_as_formula(t.s[1])) {
		t.s++;
		t.n--;
	}
	return t;
}

static inline struct slice
field(const struct obs *o, enum obs_field f)
{
	uint32_t column = o->header.column[f];
	struct slice t;

	if (column == NO_COLUMN)
		return (struct slice){"", 0};
	t = trim(&o->row.row->cells[column]);
	return o->header.rejected ? as_it_was(t) : t;
}

struct slice
obs_cell(const struct obs *o, enum obs_field f)
{
	return field(o, f);
}

bool
obs_has(const struct obs *o, enum obs_field f)
{
	return o->header.column[f] != NO_COLUMN;
}

const struct mapping *
obs_mapping(const struct obs *o)
{
	return o->opts.mapping;
}

static enum rc
read_date(struct obs *o, struct slice t, struct span *on, struct err *e)
{
	char text[SPAN_TEXT_MAX * 2], shown[OBS_QUOTE_MAX];
	struct err inner;

	err_clear(&inner);
	if (t.n >= sizeof(text)) {
		obs_quote(t.s, t.n, shown);
		return obs_fail(o, OBS_DATE, e, "%s is no date; expected a "
		    "day, a month, a year or two of them", shown);
	}
	memcpy(text, t.s, t.n);
	text[t.n] = '\0';
	if ((o->opts.mapping != NULL ? map_span(text, o->opts.mapping->dates,
	    o->opts.latest, on, &inner) : span_parse(text, on, &inner)) !=
	    RC_OK)
		return obs_fail(o, OBS_DATE, e, "%s", inner.text);
	if (on->first > o->opts.latest)
		return obs_fail(o, OBS_DATE, e, "%s is in the future; "
		    "expected a date up to today", text);
	return RC_OK;
}

/* Cells that say something, and not too much to be remembered. */
static inline bool
has_key(struct slice t, struct hash_key *k)
{
	if (t.n == 0 || t.n > HASH_KEY_MAX)
		return false;
	*k = hash_key_padded(t.s, t.n);
	return true;
}

static inline enum rc
take_date(struct obs *o, struct err *e)
{
	struct slice t = field(o, OBS_DATE);
	struct hash_key k;
	int32_t day;
	size_t i;
	enum rc rc;

	if (t.n == 0) {
		o->row.on = span_none();
		return RC_OK;
	}
	if (t.n == ISODAY_BYTES && isoday_read(&o->days, t.s, &day) &&
	    day <= o->opts.latest) {
		o->row.on = (struct span){day, day, SPAN_DAY, SPAN_NONE};
		return RC_OK;
	}
	if (!has_key(t, &k))
		return read_date(o, t, &o->row.on, e);
	if (memo_find(&o->dates, k, &i)) {
		o->row.on = o->date_of[i];
		return RC_OK;
	}
	rc = read_date(o, t, &o->row.on, e);
	if (rc == RC_OK)
		o->date_of[memo_keep(&o->dates, k)] = o->row.on;
	return rc;
}

static enum rc
unknown_item(const struct obs *o, struct slice t, struct err *e)
{
	const struct instrument *in = o->opts.instrument;
	char hint[256], shown[OBS_QUOTE_MAX];

	obs_suggest(in, t.s, t.n, hint, sizeof(hint));
	if (t.n == 0)
		return obs_fail(o, OBS_INDICATOR, e, "the cell is empty%s",
		    hint);
	obs_quote(t.s, t.n, shown);
	return obs_fail(o, OBS_INDICATOR, e, "%s is no indicator of %s%s",
	    shown, in->id, hint);
}

/* By the mapping's word for it, or by ours. */
static uint32_t
find_item(const struct obs *o, struct slice t)
{
	const struct instrument *in = o->opts.instrument;
	const char *ours = NULL;

	if (o->opts.mapping != NULL)
		ours = mapping_code(&o->opts.mapping->codes[MAP_INDICATOR],
		    t.s, t.n);
	if (ours == NULL)
		return instrument_item(in, t.s, t.n);
	return strcmp(ours, MAPPING_IGNORE) == 0 ? ITEM_IGNORED :
	    instrument_item(in, ours, strlen(ours));
}

static inline enum rc
take_item(struct obs *o, uint32_t *item, struct err *e)
{
	struct slice t = field(o, OBS_INDICATOR);
	struct hash_key k;
	bool keyed = has_key(t, &k);
	size_t i;

	if (keyed && memo_find(&o->items, k, &i)) {
		*item = o->item_of[i];
		return RC_OK;
	}
	*item = find_item(o, t);
	if (*item == NO_ITEM)
		return unknown_item(o, t, e);
	if (keyed)
		o->item_of[memo_keep(&o->items, k)] = *item;
	return RC_OK;
}

/* Ours, the mapping's own, or what people put into a table of ticks. */
static bool
find_state(const struct obs *o, struct slice t, enum answer *a)
{
	const struct mapping *m = o->opts.mapping;
	const char *ours = NULL;

	if (m != NULL)
		ours = mapping_code(&m->codes[MAP_STATE], t.s, t.n);
	if (ours != NULL)
		return answer_from_name(ours, strlen(ours), a);
	return answer_from_name(t.s, t.n, a) ||
	    ((m != NULL || o->header.form == OBS_WIDE) &&
	    obs_tick(t.s, t.n, a));
}

static enum rc
unknown_state(const struct obs *o, struct slice t, uint32_t column,
    struct err *e)
{
	char shown[OBS_QUOTE_MAX];

	obs_quote(t.s, t.n, shown);
	return csv_fail(o->csv, column, e, "%s%s; expected present, "
	    "suspected, absent, not known or not asked%s",
	    t.n == 0 ? "the cell is empty" : shown,
	    t.n == 0 ? "" : " is no answer",
	    o->opts.mapping != NULL ? ", or a code of the mapping's" :
	    o->header.form == OBS_WIDE ? " (or yes, no, ?)" : "");
}

static inline enum rc
take_state(struct obs *o, struct slice t, struct obs_mark *mark,
    struct err *e)
{
	struct hash_key k;
	bool keyed = has_key(t, &k);
	size_t i;

	if (keyed && memo_find(&o->states, k, &i)) {
		mark->state = o->state_of[i];
		return RC_OK;
	}
	if ((t.n == 0 && o->opts.mapping == NULL) ||
	    !find_state(o, t, &mark->state))
		return unknown_state(o, t, mark->column, e);
	if (keyed)
		o->state_of[memo_keep(&o->states, k)] = mark->state;
	return RC_OK;
}

static enum rc
take_birth(struct obs *o, struct err *e)
{
	struct slice t = field(o, OBS_DOB);
	char text[SPAN_TEXT_MAX], shown[OBS_QUOTE_MAX];
	struct err inner;

	o->row.birth = DAY_NONE;
	if (t.n == 0)
		return RC_OK;
	err_clear(&inner);
	if (t.n >= sizeof(text)) {
		obs_quote(t.s, t.n, shown);
		return obs_fail(o, OBS_DOB, e, "%s is no day; expected "
		    "2012-03-04 or 4/3/2012", shown);
	}
	memcpy(text, t.s, t.n);
	text[t.n] = '\0';
	if ((o->opts.mapping != NULL ? map_day(text, o->opts.mapping->dates,
	    o->opts.latest, &o->row.birth, &inner) :
	    day_parse(text, &o->row.birth, &inner)) != RC_OK)
		return obs_fail(o, OBS_DOB, e, "%s", inner.text);
	if (o->row.birth <= o->opts.latest)
		return RC_OK;
	obs_quote(t.s, t.n, shown);
	return obs_fail(o, OBS_DOB, e, "%s is in the future; expected a date "
	    "of birth up to today", shown);
}

static enum rc
take_age(struct obs *o, struct err *e)
{
	struct slice t = field(o, OBS_AGE);
	char shown[OBS_QUOTE_MAX];
	int age = 0;
	uint32_t i;

	o->row.age = AGE_NONE;
	if (t.n == 0)
		return RC_OK;
	for (i = 0; i < t.n && t.n <= 3 && t.s[i] >= '0' && t.s[i] <= '9'; i++)
		age = 10 * age + (t.s[i] - '0');
	if (i < t.n || age > 120) {
		obs_quote(t.s, t.n, shown);
		return obs_fail(o, OBS_AGE, e, "%s is no age; expected whole "
		    "years from 0 to 120", shown);
	}
	o->row.age = age;
	return RC_OK;
}

/* ---- rows ---- */

static inline enum rc
take_child(struct obs *o, struct err *e)
{
	struct slice t = field(o, OBS_CHILD);

	o->row.child = t;
	if (t.n == 0)
		return obs_fail(o, OBS_CHILD, e, "the cell is empty; expected "
		    "the reference of a child");
	if (t.n > REFERENCE_MAX - o->prefix)
		return obs_fail(o, OBS_CHILD, e, "the reference is %u bytes "
		    "long%s; expected at most %u",
		    (unsigned)(t.n + o->prefix), o->prefix != 0 ?
		    " with the agency's name before it" : "", REFERENCE_MAX);
	if (o->prefix != 0) {
		memcpy(o->reference + o->prefix, t.s, t.n);
		o->row.child = (struct slice){o->reference,
		    (uint32_t)o->prefix + t.n};
	}
	return RC_OK;
}

static enum rc
take_long_mark(struct obs *o, struct err *e)
{
	struct obs_mark *m = &o->row.marks[0];
	enum rc rc = take_item(o, &m->item, e);

	m->column = o->header.column[OBS_STATE];
	o->row.nmarks = 1;
	if (rc == RC_OK && m->item == ITEM_IGNORED) {
		*m = (struct obs_mark){0, ANSWER_NOT_ASKED, m->column};
		o->row.nmarks = 0;
		return RC_OK;
	}
	if (m->column == NO_COLUMN) {
		m->column = o->header.column[OBS_INDICATOR];
		m->state = ANSWER_PRESENT;
		return rc;
	}
	return rc == RC_OK ? take_state(o, field(o, OBS_STATE), m, e) : rc;
}

static enum rc
take_wide_marks(struct obs *o, struct err *e)
{
	struct obs_mark *m;
	struct slice t;
	enum rc rc = RC_OK;
	size_t i;

	o->row.nmarks = 0;
	for (i = 0; i < o->header.nitems && rc == RC_OK; i++) {
		t = trim(&o->row.row->cells[o->header.items[i].column]);
		if (t.n == 0)
			continue;
		m = &o->row.marks[o->row.nmarks++];
		*m = o->header.items[i];
		rc = take_state(o, t, m, e);
	}
	return rc;
}

/* The strongest state that the row gives. */
static enum answer
strongest(const struct obs_row *r)
{
	enum answer a = ANSWER_NOT_ASKED;
	size_t i;

	for (i = 0; i < r->nmarks; i++)
		if (r->marks[i].state > a)
			a = r->marks[i].state;
	return a;
}

/* No tick without date, agency and words. */
static enum rc
check_whole(struct obs *o, struct err *e)
{
	enum answer a = strongest(&o->row);

	if (!o->opts.whole || a == ANSWER_NOT_ASKED)
		return RC_OK;
	if (span_is_none(&o->row.on))
		return obs_fail(o, OBS_DATE, e, "the cell is empty; expected "
		    "when it was seen, a day, a month or a span");
	if (o->row.agency.n == 0)
		return obs_fail(o, OBS_AGENCY, e, "the cell is empty; expected "
		    "whose knowledge it is");
	if (o->header.form == OBS_LONG && obs_has(o, OBS_EVIDENCE) &&
	    a >= ANSWER_SUSPECTED && o->row.evidence.n == 0)
		return obs_fail(o, OBS_EVIDENCE, e, "the cell is empty; "
		    "expected what was seen or said, in words");
	return RC_OK;
}

/* Two agencies may have the same reference for two children. */
static enum rc
take_prefix(struct obs *o, struct err *e)
{
	o->row.agency = obs_agency(&o->opts, field(o, OBS_AGENCY));
	o->prefix = obs_prefix(o->row.agency, o->reference);
	return o->prefix != 0 ? RC_OK : obs_fail(o, OBS_AGENCY, e,
	    "expected the name of an agency, of at most %u bytes, to stand "
	    "before the child's reference", REFERENCE_MAX - 2);
}

static enum rc
take_row(struct obs *o, struct err *e)
{
	enum rc rc = o->by_row ? take_prefix(o, e) : RC_OK;

	if (rc == RC_OK)
		rc = take_child(o, e);
	if (rc == RC_OK)
		rc = o->header.form == OBS_LONG ? take_long_mark(o, e) :
		    take_wide_marks(o, e);
	if (rc == RC_OK)
		rc = take_date(o, e);
	if (rc == RC_OK)
		rc = take_birth(o, e);
	if (rc == RC_OK)
		rc = take_age(o, e);
	if (rc != RC_OK || o->opts.bare)
		return rc;
	o->row.agency = obs_agency(&o->opts, field(o, OBS_AGENCY));
	o->row.evidence = field(o, OBS_EVIDENCE);
	o->row.source = field(o, OBS_SOURCE);
	o->row.name = field(o, OBS_NAME);
	return check_whole(o, e);
}

enum rc
obs_next(struct obs *o, const struct obs_row **row, struct err *e)
{
	enum rc rc;

	*row = NULL;
	rc = csv_next(o->csv, &o->row.row, e);
	if (rc == RC_OK && o->row.row == NULL)
		return o->rows != 0 ? RC_OK : csv_fail(o->csv, CSV_NO_COLUMN,
		    e, "the file has a header and no rows below it; expected "
		    "at least one");
	o->rows++;
	if (rc == RC_OK)
		rc = take_row(o, e);
	if (rc == RC_OK)
		*row = &o->row;
	return rc;
}

/* What the mapping says of the file as a whole; a caller's word goes first. */
static enum rc
take_mapping(struct obs *o, const struct source *src, struct err *e)
{
	const struct mapping *m = o->opts.mapping;
	struct slice agency;

	if (m == NULL)
		return RC_OK;
	if (o->opts.csv.encoding == NULL && m->encoding[0] != '\0')
		o->opts.csv.encoding = m->encoding;
	if (o->opts.csv.delimiter == '\0')
		o->opts.csv.delimiter = m->delimiter;
	o->by_row = m->agency[0] == '\0' && o->opts.whole &&
	    m->columns[MAP_AGENCY] != NULL;
	if (m->columns[MAP_AGENCY] != NULL && m->agency[0] == '\0')
		return RC_OK;
	agency = obs_agency(&o->opts, (struct slice){"", 0});
	o->prefix = obs_prefix(agency, o->reference);
	return agency.n == 0 || o->prefix != 0 ? RC_OK : err_set(e, RC_INPUT,
	    "%s: the agency's name in the mapping %s is %u bytes long; it "
	    "stands before each child's reference, and both have %u",
	    src->name, m->id, agency.n, REFERENCE_MAX);
}

enum rc
obs_open(struct source *src, const struct obs_opts *opts, struct obs **out,
    struct err *e)
{
	struct obs *o = calloc(1, sizeof(*o));
	enum rc rc;

	*out = NULL;
	if (o == NULL)
		return err_set(e, RC_NOMEM, "no memory to read %s", src->name);
	o->opts = *opts;
	isoday_init(&o->days);
	o->dates = (struct memo){o->date_slots, MEMO_SLOTS(DATES_KEPT), 0};
	o->items = (struct memo){o->item_slots, MEMO_SLOTS(WORDS_KEPT), 0};
	o->states = (struct memo){o->state_slots, MEMO_SLOTS(WORDS_KEPT), 0};
	rc = take_mapping(o, src, e);
	if (rc == RC_OK)
		rc = csv_open(src, &o->opts.csv, &o->csv, e);
	if (rc == RC_OK)
		rc = obs_header_read(o->csv, opts, &o->header, e);
	if (rc != RC_OK) {
		obs_free(o);
		return rc;
	}
	*out = o;
	return RC_OK;
}

void
obs_free(struct obs *o)
{
	if (o == NULL)
		return;
	csv_free(o->csv);
	free(o);
}

enum obs_form
obs_form(const struct obs *o)
{
	return o->header.form;
}

const struct csv *
obs_csv(const struct obs *o)
{
	return o->csv;
}

uint64_t
obs_rows(const struct obs *o)
{
	return o->rows;
}
