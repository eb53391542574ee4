/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A mapping out of its file, with every fault.
 */
#include "config.h"

#include "core/mapping.h"

#include <sodium.h>
#include <string.h>

#include "core/utf8.h"
#include "core/xalloc.h"
#include "core/yaml_want.h"

#define ID_MAX 64
#define HASH_LEN 32

static void
check_id(const struct yaml_node *map, const char *id, struct faults *f)
{
	if (id[strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0')
		yaml_fault_of(map, "id", f, "may have lower-case letters, "
		    "digits and hyphens only");
	else if (strlen(id) > ID_MAX)
		yaml_fault_of(map, "id", f, "may have 64 letters at most");
}

static void
take_delimiter(struct mapping *m, const struct yaml_node *map,
    struct faults *f)
{
	const char *text = yaml_want_text(map, "delimiter", false, f);

	if (text == NULL)
		return;
	if (strcmp(text, "tab") == 0)
		m->delimiter = '\t';
	else if (strlen(text) == 1 && strchr(",;\t|:", text[0]) != NULL)
		m->delimiter = text[0];
	else
		yaml_fault_of(map, "delimiter", f, "is none of \",\", \";\", "
		    "\"|\", \":\" and tab");
}

/* True if the two are one column to the reader of a header. */
static bool
same(const char *a, const char *b)
{
	struct str x, y;
	bool is;

	str_init(&x);
	str_init(&y);
	mapping_key(&x, a, strlen(a));
	mapping_key(&y, b, strlen(b));
	is = strcmp(x.s, y.s) == 0;
	str_release(&x);
	str_release(&y);
	return is;
}

static bool
is_used(const struct mapping *m, const char *header)
{
	for (size_t i = 0; i < MAP_FIELDS; i++)
		if (m->columns[i] != NULL && same(m->columns[i], header))
			return true;
	for (size_t i = 0; i < m->items.n; i++)
		if (same(m->items.list[i].theirs, header))
			return true;
	for (size_t i = 0; i < m->nignore; i++)
		if (same(m->ignore[i], header))
			return true;
	return false;
}

/* A header that can be taken: text, and of no other column. */
static bool
good_header(const struct mapping *m, const struct yaml_node *n,
    struct faults *f)
{
	const char *text = yaml_text(n);

	if (text == NULL || text[0] == '\0')
		faults_add(f, yaml_line(n), yaml_column(n), "expected the "
		    "header of a column, as the file has it");
	else if (is_used(m, text))
		faults_add(f, yaml_line(n), yaml_column(n), "the column "
		    "\"%.*s\" is named twice; expected each once",
		    utf8_cut(text, 60), text);
	else
		return true;
	return false;
}

static void
unknown_field(const struct yaml_node *n, struct faults *f)
{
	struct str all;

	str_init(&all);
	for (size_t i = 0; i < MAP_FIELDS; i++)
		str_add_fmt(&all, "%s%s", i == 0 ? "" : ", ",
		    map_field_name((enum map_field)i));
	faults_add(f, yaml_line(n), yaml_column(n), "there is no such column; "
	    "expected one of %s", all.s);
	str_release(&all);
}

static void
take_columns(struct mapping *m, const struct yaml_node *root,
    struct faults *f)
{
	const struct yaml_node *map = yaml_want_map(root, "columns", true, f);
	const struct yaml_node *key;
	enum map_field field;

	for (size_t i = 0; map != NULL && i < yaml_size(map); i++) {
		key = yaml_key_at(map, i);
		if (yaml_text(key) == NULL ||
		    !map_field_find(yaml_text(key), &field))
			unknown_field(key, f);
		else if (good_header(m, yaml_value_at(map, i), f))
			m->columns[field] =
			    xstrdup(yaml_text(yaml_value_at(map, i)));
	}
	if (map != NULL && yaml_get(map, "child") == NULL)
		faults_add(f, yaml_line(map), yaml_column(map), "\"child\" is "
		    "missing; expected the column with the agency's reference "
		    "of the child");
}

/* Pairs of theirs and ours. */
static void
take_codes(struct map_codes *to, const struct yaml_node *map,
    struct faults *f)
{
	const struct yaml_node *key, *value;

	for (size_t i = 0; i < yaml_size(map); i++) {
		key = yaml_key_at(map, i);
		value = yaml_value_at(map, i);
		if (yaml_text(key) == NULL || yaml_text(value) == NULL ||
		    yaml_text(value)[0] == '\0')
			faults_add(f, yaml_line(key), yaml_column(key),
			    "expected theirs: ours");
		else if (mapping_code(to, yaml_text(key),
		    strlen(yaml_text(key))) != NULL)
			faults_add(f, yaml_line(key), yaml_column(key),
			    "\"%.*s\" is there twice", utf8_cut(
			    yaml_text(key), 60), yaml_text(key));
		else
			mapping_add_code(to, yaml_text(key),
			    yaml_text(value));
	}
}

static void
take_items(struct mapping *m, const struct yaml_node *root,
    struct faults *f)
{
	const struct yaml_node *map = yaml_want_map(root, "items", m->wide, f);

	if (map == NULL)
		return;
	if (!m->wide) {
		yaml_fault_of(root, "items", f, "are of the wide form, where "
		    "each indicator has a column; this is the long form");
		return;
	}
	for (size_t i = 0; i < yaml_size(map); i++)
		(void)good_header(m, yaml_key_at(map, i), f);
	take_codes(&m->items, map, f);
	if (yaml_size(map) == 0)
		yaml_fault_of(root, "items", f, "names none; expected a "
		    "column for at least one indicator");
}

static void
take_code_lists(struct mapping *m, const struct yaml_node *root,
    struct faults *f)
{
	const struct yaml_node *map = yaml_want_map(root, "codes", false, f);
	const struct yaml_node *key, *list;
	enum map_field field;

	for (size_t i = 0; map != NULL && i < yaml_size(map); i++) {
		key = yaml_key_at(map, i);
		list = yaml_value_at(map, i);
		if (yaml_text(key) == NULL ||
		    !map_field_find(yaml_text(key), &field) ||
		    !map_field_coded(field) || field == MAP_INDICATOR)
			faults_add(f, yaml_line(key), yaml_column(key),
			    "expected a column that has codes: state, sex, "
			    "ethnicity, disability, care, area, school, "
			    "agency or source (those of indicators stand "
			    "under \"indicators\")");
		else if (!yaml_is_map(list))
			faults_add(f, yaml_line(list), yaml_column(list),
			    "expected theirs: ours");
		else
			take_codes(&m->codes[field], list, f);
	}
}

static void
take_ignored(struct mapping *m, const struct yaml_node *root,
    struct faults *f)
{
	const struct yaml_node *list = yaml_want_list(root, "ignore", false,
	    f);

	/* A column without a name can be passed over, but not be mapped. */
	for (size_t i = 0; list != NULL && i < yaml_size(list); i++)
		if (str_equal(yaml_text(yaml_at(list, i)), "") ||
		    good_header(m, yaml_at(list, i), f))
			mapping_add_ignored(m, yaml_text(yaml_at(list, i)));
}

/* What the form must have and must not. */
static void
check_form(const struct mapping *m, const struct yaml_node *root,
    struct faults *f)
{
	if (m->wide && (m->columns[MAP_INDICATOR] != NULL ||
	    m->columns[MAP_STATE] != NULL))
		yaml_fault_of(root, "columns", f, "in the wide form each "
		    "indicator has a column of its own, under \"items\"; "
		    "\"indicator\" and \"state\" are of the long form");
	if (!m->wide && yaml_get(root, "columns") != NULL &&
	    m->columns[MAP_INDICATOR] == NULL)
		yaml_fault_of(root, "columns", f, "\"indicator\" is missing; "
		    "expected the column that says which indicator a row is "
		    "of, or \"form: wide\"");
}

static void
take_all(struct mapping *m, const struct yaml_node *root, struct faults *f)
{
	static const char *const keys[] = { "id", "version", "agency",
	    "encoding", "delimiter", "form", "instrument", "dates", "columns",
	    "indicators", "items", "codes", "ignore", NULL };
	static const char *const forms[] = { "long", "wide", NULL };
	static const char *const orders[] = { "dmy", "mdy", "ymd", NULL };
	const struct yaml_node *map;
	int word = 0;

	yaml_only_keys(root, keys, f);
	m->id = yaml_copy_text(root, "id", true, f);
	check_id(root, m->id, f);
	m->version = yaml_copy_text(root, "version", true, f);
	m->agency = yaml_copy_text(root, "agency", false, f);
	m->encoding = yaml_copy_text(root, "encoding", false, f);
	m->instrument = yaml_copy_text(root, "instrument", false, f);
	take_delimiter(m, root, f);
	if (yaml_want_word(root, "form", forms, &word, f))
		m->wide = word == 1;
	if (yaml_want_word(root, "dates", orders, &word, f))
		m->dates = (enum map_dates)word;
	take_columns(m, root, f);
	take_items(m, root, f);
	map = yaml_want_map(root, "indicators", false, f);
	if (map != NULL)
		take_codes(&m->codes[MAP_INDICATOR], map, f);
	take_code_lists(m, root, f);
	take_ignored(m, root, f);
	check_form(m, root, f);
}

static void
hash_text(struct mapping *m, const char *text, size_t n)
{
	unsigned char hash[HASH_LEN];

	(void)crypto_generichash(hash, sizeof(hash),
	    (const unsigned char *)text, n, NULL, 0);
	(void)sodium_bin2hex(m->hash, sizeof(m->hash), hash, sizeof(hash));
}

struct mapping *
mapping_parse(const char *text, size_t n, struct faults *f)
{
	size_t faults = f->n;
	struct yaml *doc = yaml_parse(text, n, f);
	const struct yaml_node *root = doc == NULL ? NULL : yaml_root(doc);
	struct mapping *m;

	if (doc == NULL)
		return NULL;
	m = xcalloc(1, sizeof(*m));
	if (root != NULL && yaml_is_map(root))
		take_all(m, root, f);
	else
		faults_add(f, 1, 1, "a mapping is a map with id, version, "
		    "form, dates and columns");
	yaml_doc_free(doc);
	if (f->n == faults) {
		hash_text(m, text, n);
		return m;
	}
	faults_sort(f);
	mapping_free(m);
	return NULL;
}
