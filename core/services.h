/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The directory of services: whom to refer to or ring, as content that a
 * board edits.  Several files make one directory.  Nothing here refers
 * anybody; opens no files.
 *
 *	id: national
 *	title: Services for the whole of England
 *	services:		a list, and in each
 *	  id			lower-case letters, digits, hyphens
 *	  name			"Childline"
 *	  kind			a code of the referral's field "service"
 *	  areas			a list of names; "everywhere" for all
 *	  takes			whom and what it is for
 *	  telephone, address, route, hours
 *				if any; route: secure mail or a form.  One of
 *				the first three, unless not verified
 *	  source		where this stands
 *	  verified		yes | no (no: say in the note what to check)
 *	  note			if any: a remark
 */
#ifndef HEARKEN_CORE_SERVICES_H
#define HEARKEN_CORE_SERVICES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/str.h"
#include "core/yaml.h"

struct service {
	char *id, *name, *takes, *source;
	char *telephone, *address, *route, *hours, *note;	/* "" if none */
	const char *kind;		/* code of a referral; static */
	const char *kind_label;		/* static */
	char **areas;			/* as written */
	size_t nareas, capareas;
	bool everywhere;
	bool verified;
	char *key;		/* folded: what words are looked for in */
};

struct services {
	struct service *list;
	size_t n, cap;
};

/* Returns owned an empty directory. */
struct services *services_new(void);
void services_free(struct services *s);	/* s may be NULL */
/*
 * Adds the services of one file.  False, with every fault in f, when there
 * is one: then nothing is added.  An id may stand in one file only.
 */
bool services_add(struct services *s, const char *text, size_t n,
    struct faults *f);

/* Each NULL or "": no matter. */
struct services_query {
	const char *words;	/* all of them are found, whatever their case */
	const char *area;	/* only those for this area */
	const char *kind;	/* only those of this code */
	const char *near;	/* those for this area come first */
};

/*
 * Fills out, which has room for s->n, with borrowed services that match:
 * those near first, then those for everywhere, then the rest; each in the
 * order of the files.  Returns how many.
 */
size_t services_find(const struct services *s,
    const struct services_query *q, const struct service **out);
/*
 * True if it serves the area: it names it or a part of it, or is for
 * everywhere.  Capitals, marks and spaces do not matter.
 */
bool service_serves(const struct service *s, const char *area);
/* True if the area, or one it lies in, is named by itself. */
bool service_names(const struct service *s, const char *area);
/* Appends "telephone 0800 1111; secure mail ..." on one line; "" if unknown. */
void service_reach(const struct service *s, struct str *out);
/* Appends its areas, "everywhere" or "Invented Borough, Sample Town". */
void service_areas(const struct service *s, struct str *out);
/* A code of the referral's field "service", or NULL for any other word. */
const char *service_kind(const char *code);

#endif
