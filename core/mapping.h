/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A mapping: how the columns of one agency's return are read.  Agencies send
 * what their systems print; the mapping says which column is what, how days
 * are written and which of their codes means what.  Content, versioned: a
 * file of a board, or kept in the store when it was made on screen.  Opens no
 * files.
 *
 *	id: school-weekly
 *	version: "1"
 *	agency: Invented High School		of rows that name none
 *	encoding: windows-1252			or found from the text
 *	delimiter: ";"				or found from the header
 *	form: long | wide
 *	instrument: occ-csegg
 *	dates: dmy | mdy | ymd			of all columns of days
 *	columns:				our name: their header
 *	  child: Pupil ref
 *	  row: Line no				the agency's own reference of a row
 *	  forename, surname, name, dob, sex, postcode, nhs, upn, la_id,
 *	  ethnicity, disability, care, area, school, agency, indicator, state,
 *	  date, evidence, source, age
 *	indicators:				theirs: ours, long form
 *	  "Missing": B1
 *	items:					wide: header: ours
 *	  "Truanting Y/N": B6
 *	codes:					of a column: theirs: ours
 *	  state: {"Y": present, "?": not known}
 *	  sex: {"1": M, "2": F}
 *	ignore: [Notes]				columns known to be of no use
 *
 * A column of the file that the mapping does not name is a fault unless it
 * is ignored: what is passed over is passed over on purpose.  So is a row of
 * the long form whose indicator's code is said to be "ignore".  A long form
 * without a column "state" lists what was seen: each row is "present".
 */
#ifndef HEARKEN_CORE_MAPPING_H
#define HEARKEN_CORE_MAPPING_H

#define MAPPING_IGNORE "ignore"	/* ours, of an indicator */
#define MAPPING_BYTES_MAX 100000u

#include "core/instrument.h"
#include "core/yaml.h"

enum map_field {
	MAP_CHILD, MAP_ROW, MAP_FORENAME, MAP_SURNAME, MAP_NAME, MAP_DOB,
	MAP_AGE, MAP_SEX, MAP_POSTCODE, MAP_NHS, MAP_UPN, MAP_LA_ID,
	MAP_ETHNICITY, MAP_DISABILITY, MAP_CARE, MAP_AREA, MAP_SCHOOL,
	MAP_AGENCY, MAP_INDICATOR, MAP_STATE, MAP_DATE, MAP_EVIDENCE,
	MAP_SOURCE, MAP_FIELDS
};
enum map_dates { MAP_DMY, MAP_MDY, MAP_YMD };

struct map_code { char *theirs, *ours; };	/* theirs is compared folded */
struct map_codes { struct map_code *list; size_t n, cap; };

struct mapping {
	char *id, *version, *agency, *encoding, *instrument;	/* "" if none */
	char delimiter;			/* '\0': found */
	bool wide;
	enum map_dates dates;
	char *columns[MAP_FIELDS];	/* their header; NULL: not there */
	struct map_codes items;		/* wide: header -> item id */
	struct map_codes codes[MAP_FIELDS];	/* MAP_INDICATOR: indicators */
	char **ignore;			size_t nignore, capignore;
	char hash[65];			/* BLAKE2b-256 of the text, hex */
};

/*
 * Appends what headers and codes are compared by: folded, without "_" and
 * "."; of one that is all signs, itself.
 */
void mapping_key(struct str *out, const char *s, size_t n);
/* "forename", ...; the word of the file. */
const char *map_field_name(enum map_field f);
bool map_field_find(const char *s, enum map_field *out);
/* Returns owned the mapping, or NULL with every fault, sorted. */
struct mapping *mapping_parse(const char *text, size_t n, struct faults *f);
void mapping_free(struct mapping *m);
/* Faults for items, states and codes that nobody has. */
bool mapping_check(const struct mapping *m, const struct instrument *in,
    struct faults *f);
/* Appends a file that mapping_parse() reads back as the same. */
void mapping_write(const struct mapping *m, struct str *out);
/* True if values of the field may be given as codes of theirs. */
bool map_field_coded(enum map_field f);
/*
 * The code of the kind "identity" for a value that is one of its codes or
 * the words for one, case ignored; NULL when it is none, or the field has
 * no list.
 */
const char *map_field_code(enum map_field field, const char *s, size_t n);
/* Appends all that ours may be: "M, F, U". */
void map_field_codes(enum map_field field, struct str *out);
/* Copies theirs and ours. */
void mapping_add_code(struct map_codes *c, const char *theirs,
    const char *ours);
/* Copies the header. */
void mapping_add_ignored(struct mapping *m, const char *header);
/* Ours for theirs, case and spaces ignored; NULL when it is not named. */
const char *mapping_code(const struct map_codes *c, const char *s, size_t n);

#endif
