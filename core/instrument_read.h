/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From YAML nodes to an instrument, with a fault for everything that is not
 * as it should be.  Used by instrument.c alone; what the file looks like is
 * told in help/topics/instruments.md.
 */
#ifndef HEARKEN_CORE_INSTRUMENT_READ_H
#define HEARKEN_CORE_INSTRUMENT_READ_H

#include "core/instrument.h"

struct loader {
	struct instrument *in;
	struct faults *faults;
	const struct yaml_node *root;
	const struct yaml_node *sources;	/* map; may be NULL */
};

/* Fills a zeroed instrument; every text of it is set, "" where absent. */
void instrument_read(struct instrument *in, const struct yaml_node *root,
    struct faults *f);

/* Rules and views; items, levels and settings are read before. */
void instrument_read_rules(struct loader *l);
void instrument_read_views(struct loader *l);

/* What only the whole can show: order, use, and that the rules are monotone. */
void instrument_check(struct loader *l);

/* Returns owned the text of a key, "" when it is missing. */
char *loader_text(struct loader *l, const struct yaml_node *map,
    const char *key, bool required);
/* Returns owned the citations that `source: R1, R4` names. */
char *loader_source(struct loader *l, const struct yaml_node *map,
    const char *inherited);
/* Returns owned an id; a fault when it is not one. */
char *loader_id(struct loader *l, const struct yaml_node *map);
/* A fault at the place of a node, or of the map when it has no such key. */
void loader_fault(struct loader *l, const struct yaml_node *map,
    const char *key, const char *fmt, ...) PRINTF_LIKE(4, 5);
/* A fault for a node that is not a map; false then. */
bool loader_is_map(struct loader *l, const struct yaml_node *n,
    const char *what);

#endif
