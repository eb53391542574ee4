/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What `hearken screen` and `hearken import` share: the options for reading a
 * file of observations, the file of rejected rows, and the progress bar.
 */
#ifndef HEARKEN_CLI_TABLE_H
#define HEARKEN_CLI_TABLE_H

#include "cli/command.h"
#include "core/mapping.h"
#include "exchange/rejects.h"
#include "exchange/source.h"

#define TABLE_OPTIONS \
	{"encoding", "NAME", "utf-8, utf-16, windows-1252, iso-8859-1, macroman ..."}, \
	{"mapping", "FILE", "how an agency's own columns are read; see hearken mapping"}, \
	{"skip-bad", NULL, "go on past bad rows and write them to a file"}, \
	{"rejects", "FILE", "the file for them; else FILE.rejected.csv"}

/* The paths among them. */
#define TABLE_PATHS \
	{"mapping", PATH_READ}, \
	{"skip-bad", PATH_BESIDE}, \
	{"rejects", PATH_WRITE}

/* The two forms of a file, for the help of both commands. */
#define TABLE_HELP \
	"The file is CSV with a header row, in one of two forms; columns come in " \
	"any order and their names in any case:\n\n" \
	"  child,agency,indicator,state,date,evidence\n" \
	"  child,agency,date,A1,A2,...,B14\n\n" \
	"The first has one observation a row. state is present, suspected, " \
	"absent, not known or not asked. The second has one child at one time a " \
	"row and one column an indicator; there yes, y, x and 1 mean present, " \
	"no, n and 0 absent, ? not known, and an empty cell was not asked; a " \
	"column may be called by its id alone or with words behind it (\"B1 " \
	"missing\"). Both may also have source (who observed it), name, and dob " \
	"or age. One child may be written K-0142, k 0142 or K0142.\n\n" \
	"date is a day, a month, a year, or two of them: 2026-03-04, 4/3/2026, " \
	"2026-03, 2026-03-01/2026-03-09. Cells are divided by comma, semicolon " \
	"or tab, as in the header.\n\n" \
	"The text is UTF-8, or what a byte order mark says, or what --encoding " \
	"names.\n\n" \
	"With --mapping an agency's return is read as it came, by a file that " \
	"says which column is what, how days are written and what codes mean " \
	"(hearken mapping guess makes one). Every column has to be mapped or " \
	"ignored. A child's reference then begins with the agency's name.\n\n" \
	"A bad row ends the command with its row and column and what was " \
	"expected; the same row twice is a bad row. With --skip-bad the other " \
	"rows are used and the bad ones, each with its problem, are written to a " \
	"new file beside the first (or where --rejects says), which can be mended " \
	"and given in again as it is.\n\n"

/* Today where the person is. */
int32_t table_today(const struct call *c);
/* A seed that no file can know. */
uint64_t table_seed(const struct call *c);

/* The mapping of a file; its faults are told.  *out is owned. */
NODISCARD enum rc table_mapping_file(const char *path, struct mapping **out,
    struct err *e);
/* Whether it fits the checklist; its faults are told under its name. */
NODISCARD enum rc table_mapping_fits(const struct mapping *m,
    const char *name, const struct instrument *in, struct err *e);

/* *out is NULL without --skip-bad; else ended with rejects_free. */
NODISCARD enum rc table_rejects(const struct call *c, const char *file,
    struct rejects **out, struct err *e);

/* Brings them onto the disk and says so; *attention when there are any. */
NODISCARD enum rc table_rejects_finish(struct rejects *r, bool *attention,
    struct err *e);

/* Draws the bar on a terminal; ctx is a struct table_bar, zeroed. */
struct table_bar {
	unsigned shown;
};
void table_progress(uint64_t done, uint64_t all, void *ctx);

#endif
