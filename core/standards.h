/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A self-assessment of local practice: statements under foundations, and
 * what each agency says of each.  Content that a board edits:
 *
 *	id: nine-foundations
 *	title: The nine foundations
 *	source: where they stand
 *	agencies: [Invented Council, Invented Police]
 *	foundations:		a list, and in each
 *	  id, title, source
 *	  statements:		a list, and in each
 *	    id, text
 *	    agencies		those it is for; without it, all
 *	    answers:		if any
 *	      Invented Council: {delivered: yes, evidence: "...",
 *	        on: 2026-03-01}	delivered: yes | partly | no
 *
 * The status of a statement is as figure 3 of the Commissioner's "If it's not
 * better, it's not the end" (2015) gives it to a recommendation: green only
 * when every agency has delivered it, red when fewer than half have, amber
 * between.  What is partly delivered, and what nobody answered, is not
 * delivered.  Pure.
 */
#ifndef HEARKEN_CORE_STANDARDS_H
#define HEARKEN_CORE_STANDARDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/yaml.h"

enum delivered { DELIVERED_UNANSWERED, DELIVERED_NO, DELIVERED_PARTLY,
    DELIVERED_YES };

struct standard_answer {
	enum delivered delivered;
	char *evidence;		/* "" if none */
	int32_t on;		/* DAY_NONE */
};
struct standard {
	char *id, *text;
	bool *asked;		/* by agency: whether it is for them */
	struct standard_answer *answers;	/* by agency */
};
struct foundation {
	char *id, *title, *source;
	struct standard *list;	size_t n, cap;
};
struct standards {
	char *id, *title, *source;
	char **agencies;	size_t nagencies, capagencies;
	struct foundation *list;	size_t n, cap;
};
/* Returns owned the assessment, or NULL with every fault, sorted. */
struct standards *standards_parse(const char *text, size_t n,
    struct faults *f);
void standards_free(struct standards *s);	/* s may be NULL */

enum standing {
	STANDING_UNANSWERED,	/* no agency has answered, or none is named */
	STANDING_RED, STANDING_AMBER, STANDING_GREEN
};
#define STANDINGS 4
/* "green"; static. */
const char *standing_words(enum standing s);
struct standard_count {
	size_t asked, delivered, partly, answered;
};
struct standard_count standard_count(const struct standards *s,
    const struct standard *one);
enum standing standard_standing(const struct standards *s,
    const struct standard *one);

#endif
