/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows of a file as observations of an instrument's indicators.  The header
 * tells which of two forms a file has:
 *
 *	long	child,agency,indicator,state,date,evidence
 *		one observation a row
 *	wide	child,agency,date,A1,A2,...,B14
 *		one child at one time a row, one column an indicator; an
 *		empty cell was not asked; yes, y, x, 1, true are present,
 *		no, n, 0, false are absent, ? and unknown are not known
 *
 * Columns come in any order and their names in any case.  The long form has
 * all six, though cells may be empty where nobody can say; the wide form has
 * child and at least one indicator, and the rest for a store.  Both may
 * have evidence, source (who observed it), name, and dob or age.  Columns
 * "row" and "problem" are those of a file of rejected rows and are passed
 * over.  An agency's own columns are read by a mapping (core/mapping.h).
 * Knows nothing of stores or results.
 */
#ifndef HEARKEN_EXCHANGE_OBSERVATIONS_H
#define HEARKEN_EXCHANGE_OBSERVATIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/answers.h"
#include "core/date.h"
#include "core/err.h"
#include "core/instrument.h"
#include "core/mapping.h"
#include "exchange/csv.h"
#include "exchange/source.h"

#define REFERENCE_MAX 64u	/* bytes, as in the kind "open" */
#define AGE_NONE (-1)

enum obs_form {
	OBS_LONG,
	OBS_WIDE
};

enum obs_field {
	OBS_CHILD, OBS_AGENCY, OBS_INDICATOR, OBS_STATE, OBS_DATE,
	OBS_EVIDENCE, OBS_SOURCE, OBS_NAME, OBS_DOB, OBS_AGE,
	/* of a return that a mapping reads */
	OBS_ROW, OBS_FORENAME, OBS_SURNAME, OBS_SEX, OBS_POSTCODE, OBS_NHS,
	OBS_UPN, OBS_LA_ID, OBS_ETHNICITY, OBS_DISABILITY, OBS_CARE,
	OBS_AREA, OBS_SCHOOL,
	OBS_FIELDS
};

/* Text of a cell without the spaces around it; not NUL-terminated. */
struct slice {
	const char *s;
	uint32_t n;
};

struct obs_mark {
	uint32_t item;
	enum answer state;
	uint32_t column;
};

struct obs_row {
	struct slice child, agency, evidence, source, name;
	struct span on;			/* span_none when not given */
	int32_t birth;			/* DAY_NONE */
	int age;			/* AGE_NONE */
	struct obs_mark marks[ITEMS_MAX];
	/*
	 * 1 in the long form; 0 where its mapping passes the row over (its
	 * first mark is then not asked).
	 */
	size_t nmarks;
	const struct csv_row *row;
};

struct obs_opts {
	const struct instrument *instrument;
	struct csv_opts csv;
	int32_t latest;		/* a date that begins later is a fault */
	/*
	 * For a store: no tick without date, agency and words.  The wide
	 * form then needs agency and date as well.
	 */
	bool whole;
	/*
	 * For counting only: agency, evidence, source and name of a row are
	 * not looked at and stay empty.  Not together with whole.
	 */
	bool bare;
	const char *agency;	/* of rows that name none; NULL: none */
	/*
	 * How an agency's columns are read, checked against the instrument;
	 * NULL: by our own names.  With it a child's reference begins with
	 * the agency that it names; else with that of the whole file, or for
	 * a store with the row's own.  Borrowed.
	 */
	const struct mapping *mapping;
};

struct obs;

/* src, instrument and agency are borrowed until obs_free. */
NODISCARD enum rc obs_open(struct source *src, const struct obs_opts *opts,
    struct obs **out, struct err *e);
void obs_free(struct obs *o);
enum obs_form obs_form(const struct obs *o);
const struct csv *obs_csv(const struct obs *o);
/* Rows read, good and bad. */
uint64_t obs_rows(const struct obs *o);

/*
 * The next row, or *row NULL at the end.  A file with a header and nothing
 * below is RC_INPUT.  After RC_INPUT, csv_can_go_on(obs_csv(o)) tells whether
 * the next call goes on behind the bad row.
 */
NODISCARD enum rc obs_next(struct obs *o, const struct obs_row **row,
    struct err *e);

/*
 * A cell of the row that obs_next gave, without the spaces around it; empty
 * when the file has no such column.
 */
struct slice obs_cell(const struct obs *o, enum obs_field field);
bool obs_has(const struct obs *o, enum obs_field field);
/* NULL: none. */
const struct mapping *obs_mapping(const struct obs *o);

/* The fault of row `number` (at `line`) that repeats row `earlier` exactly. */
enum rc obs_fail_repeat(const struct obs *o, uint64_t number, uint64_t line,
    uint64_t earlier, struct err *e);
/* The fault of a field in the row at hand. */
enum rc obs_fail(const struct obs *o, enum obs_field field, struct err *e,
    const char *fmt, ...) PRINTF_LIKE(4, 5);

#endif
