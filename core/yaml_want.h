/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Typed values out of content: days, whole numbers and words of a list, each
 * with its fault where it stands in the file.  Rests on yaml.h.
 */
#ifndef HEARKEN_CORE_YAML_WANT_H
#define HEARKEN_CORE_YAML_WANT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/yaml.h"

/*
 * Each reads the value of key and leaves *out as it was when the key is
 * absent or after a fault.  True if *out was set.
 */
bool yaml_want_day(const struct yaml_node *map, const char *key,
    bool required, int32_t *out, struct faults *f);

struct yaml_range {
	int min, max;	/* inclusive */
};
bool yaml_want_number(const struct yaml_node *map, const char *key,
    struct yaml_range range, int *out, struct faults *f);

/* *out is the index in words, which ends with NULL. */
bool yaml_want_word(const struct yaml_node *map, const char *key,
    const char *const *words, int *out, struct faults *f);

/* Returns owned the text of key, "" when it is absent or at fault. */
char *yaml_copy_text(const struct yaml_node *map, const char *key,
    bool required, struct faults *f);
/* A fault at the value of key, or at the map when it has no such key. */
void yaml_fault_of(const struct yaml_node *map, const char *key,
    struct faults *f, const char *text);

#endif
