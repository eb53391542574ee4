/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finding a case by its reference.  Stores that were apart may have given one
 * reference to two children; then neither is taken for the other.
 */
#include "config.h"

#include <string.h>

#include "core/reference.h"
#include "core/rights.h"
#include "db/mask.h"

#define NAMED_MAX 4	/* cases that a message names */

/* What is looked for, and what was found of it. */
struct looking {
	const char *reference;	/* in this spelling */
	const char *digits;	/* with which the id begins, or NULL */
	struct case_id id;
	size_t n;		/* cases of that key */
	size_t exact;		/* of them, in the same spelling */
	struct str names;	/* of the first few */
};

static enum rc
add_name(struct store *s, sqlite3_stmt *st, const struct case_id *id,
    struct str *out, struct err *e)
{
	bool masked = false;
	enum rc rc = mask_book(s, sqlite3_column_int64(st, 2), &masked, e);
	const char *name = stmt_text(st, 3);

	if (rc != RC_OK)
		return rc;
	str_add(out, out->len > 0 ? "; " : "");
	reference_tag(stmt_text(st, 1), id, out);
	str_add_fmt(out, " (%s)", masked ? "restricted" : *name != '\0' ?
	    name : "no name yet");
	return RC_OK;
}

/* Those in the same spelling come first. */
static enum rc
take_row(struct store *s, sqlite3_stmt *st, struct looking *l, struct err *e)
{
	struct case_id id;
	bool exact = strcmp(stmt_text(st, 1), l->reference) == 0;

	if (!stmt_blob(st, 0, id.b, CASE_ID_LEN) ||
	    (l->digits != NULL && !reference_tag_is(&id, l->digits)))
		return RC_OK;
	if (l->n == 0)
		l->id = id;
	l->exact += exact;
	if (l->n++ < NAMED_MAX)
		return add_name(s, st, &id, &l->names, e);
	return RC_OK;
}

static enum rc
look(struct store *s, const char *key, struct looking *l, struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_LIST_REFERENCE, e, "tt", key,
	    l->reference);

	while (rc == RC_OK && stmt_next(&rows))
		rc = take_row(s, rows.st, l, e);
	return stmt_close(&rows, rc, "read the list of cases", e);
}

/* An exact spelling wins; two cases that only look alike are not guessed. */
static enum rc
choose(const struct looking *l, const char *word, struct case_id *id,
    struct err *e)
{
	if (l->n == 0)
		return err_set(e, RC_NOTFOUND, "there is no case with the "
		    "reference \"%s\"", word);
	if (l->n > 1 && l->exact != 1)
		return err_set(e, RC_INPUT, "more than one case has the "
		    "reference \"%s\": %s%s. Write the one that is meant in "
		    "this way, with # and its digits", l->reference,
		    l->names.s, l->n > NAMED_MAX ? "; and more" : "");
	*id = l->id;
	return RC_OK;
}

static enum rc
find(struct store *s, const char *reference, const char *digits,
    const char *word, struct case_id *id, struct err *e)
{
	struct looking l = {.reference = reference, .digits = digits};
	struct str key;
	enum rc rc;

	str_init(&key);
	str_init(&l.names);
	reference_key(&key, reference);
	rc = look(s, key.s, &l, e);
	if (rc == RC_OK)
		rc = choose(&l, word, id, e);
	str_release(&l.names);
	str_release(&key);
	return rc;
}

enum rc
case_by_reference(struct store *s, const char *reference,
    struct case_id *id, struct err *e)
{
	enum rc rc = find(s, reference, NULL, reference, id, e);
	const char *digits;
	struct str plain;
	size_t n;

	/* A reference with such an end of its own is found first. */
	if (rc != RC_NOTFOUND || !reference_split(reference, &n, &digits))
		return rc;
	str_init(&plain);
	str_add_n(&plain, reference, n);
	rc = find(s, plain.s, digits, reference, id, e);
	str_release(&plain);
	return rc;
}

enum rc
store_case_by_reference(struct store *s, const char *reference,
    struct case_id *id, struct err *e)
{
	enum rc rc = right_check(store_role(s), RIGHT_READ, e);

	return rc == RC_OK ? case_by_reference(s, reference, id, e) : rc;
}

/* ---- the others of the same reference ---- */

static enum rc
take_twin(struct store *s, sqlite3_stmt *st, const struct case_id *id,
    struct str *out, struct err *e)
{
	struct case_id other;
	bool masked = false;
	enum rc rc;

	if (!stmt_blob(st, 0, other.b, CASE_ID_LEN) ||
	    case_id_equal(&other, id))
		return RC_OK;
	rc = mask_book(s, sqlite3_column_int64(st, 2), &masked, e);
	/* That somebody has a restricted case of this name is not told. */
	return rc == RC_OK && !masked ? add_name(s, st, &other, out, e) : rc;
}

enum rc
store_case_twins(struct store *s, const struct case_id *id,
    const char *reference, struct str *out, struct err *e)
{
	struct stmt_rows rows;
	struct str key;
	enum rc rc;

	if (*reference == '\0')
		return RC_OK;
	str_init(&key);
	reference_key(&key, reference);
	rc = stmt_open(&rows, s, STMT_LIST_REFERENCE, e, "tt", key.s,
	    reference);
	while (rc == RC_OK && stmt_next(&rows))
		rc = take_twin(s, rows.st, id, out, e);
	rc = stmt_close(&rows, rc, "read the list of cases", e);
	str_release(&key);
	return rc;
}
