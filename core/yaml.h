/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * YAML content read into nodes that keep their line and column, and a list
 * of faults, so that a check of a content file names every error and not
 * only the first.  Rests on libyaml; bounded in size, depth and count;
 * aliases and tags are refused.  Opens no files.
 */
#ifndef HEARKEN_CORE_YAML_H
#define HEARKEN_CORE_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"
#include "core/str.h"

struct fault {
	unsigned line, column;	/* 1-based; 0 when of the whole file */
	char *text;
};

struct faults {
	const char *name;	/* what messages call the file; borrowed */
	struct fault *list;
	size_t n, cap;
};

void faults_init(struct faults *f, const char *name);
void faults_release(struct faults *f);
void faults_add(struct faults *f, unsigned line, unsigned column,
    const char *fmt, ...) PRINTF_LIKE(4, 5);
/* By place in the file; those of one place stay in the order found. */
void faults_sort(struct faults *f);
/* Appends "file:line:column: text" of the i-th. */
void fault_words(const struct faults *f, size_t i, struct str *out);
/* All of them, a line each. */
void faults_lines(const struct faults *f, struct str *out);
/* RC_OK when there are none; else RC_INPUT, the first fault and how many more. */
NODISCARD enum rc faults_result(const struct faults *f, struct err *e);

struct yaml;		/* a document */
struct yaml_node;	/* borrowed from its document */

/* Returns owned the document, or NULL with the syntax fault in f. */
struct yaml *yaml_parse(const char *text, size_t n, struct faults *f);
/* Not yaml_free: libyaml exports that name for its own memory. */
void yaml_doc_free(struct yaml *y);
const struct yaml_node *yaml_root(const struct yaml *y);

bool yaml_is_map(const struct yaml_node *n);
bool yaml_is_list(const struct yaml_node *n);
unsigned yaml_line(const struct yaml_node *n);
unsigned yaml_column(const struct yaml_node *n);
/*
 * Column of byte `at` of a scalar's text, for faults inside an expression;
 * 0 when bytes and columns do not go together (folded, escaped, not ASCII).
 */
unsigned yaml_column_of(const struct yaml_node *n, size_t at);
/* Text of a scalar; NULL for a map or list. */
const char *yaml_text(const struct yaml_node *n);
size_t yaml_size(const struct yaml_node *n);
const struct yaml_node *yaml_at(const struct yaml_node *n, size_t i);
/* Key and value of the i-th pair of a map. */
const struct yaml_node *yaml_key_at(const struct yaml_node *n, size_t i);
const struct yaml_node *yaml_value_at(const struct yaml_node *n, size_t i);
/* NULL when the map has no such key. */
const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key);

/*
 * As yaml_get, with its fault: the wanted text of a required (or optional)
 * scalar, a required list or map.  NULL after a fault or when it is absent.
 */
const char *yaml_want_text(const struct yaml_node *map, const char *key,
    bool required, struct faults *f);
const struct yaml_node *yaml_want_list(const struct yaml_node *map,
    const char *key, bool required, struct faults *f);
const struct yaml_node *yaml_want_map(const struct yaml_node *map,
    const char *key, bool required, struct faults *f);
/* A fault for each key of the map that is not in keys (ends with NULL). */
void yaml_only_keys(const struct yaml_node *map, const char *const *keys,
    struct faults *f);

#endif
