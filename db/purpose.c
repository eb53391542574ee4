/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/purpose.h"

#include <string.h>

#include "db/impl.h"
#include "db/sessions.h"

bool
store_training(const struct store *s)
{
	return s->roster.training;
}

enum rc
store_need_training(const struct store *s, const char *what, struct err *e)
{
	if (store_training(s))
		return RC_OK;
	return err_set(e, RC_REFUSED, "%s: %s is for a store made for "
	    "training, and this one is for real cases; make one with hearken "
	    "init STORE --training", s->path, what);
}

enum rc
store_need_live(const struct store *s, const char *what, struct err *e)
{
	if (!store_training(s))
		return RC_OK;
	return err_set(e, RC_REFUSED, "%s was made for training and takes no "
	    "real case: %s belongs into the store of your agency that is for "
	    "real cases", s->path, what);
}

/* ---- what the books say ---- */

static bool
has_study(const json_t *body)
{
	const char *study = json_string_value(json_object_get(body, "study"));

	return study != NULL && study[strspn(study, " \t\n")] != '\0';
}

static bool
body_has_study(const char *text)
{
	json_t *body = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	bool has = has_study(body);

	json_decref(body);
	return has;
}

/*
 * How many entries of a kind the case has; of "open" only those with a
 * study.
 */
static enum rc
count_kind(struct store *s, int64_t book, const char *kind, size_t *n,
    struct err *e)
{
	const bool opens = strcmp(kind, "open") == 0;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_BODIES_OF_KIND, e, "it", book,
	    kind);

	*n = 0;
	while (rc == RC_OK && stmt_next(&rows))
		*n += !opens || body_has_study(stmt_text(rows.st, 0));
	return stmt_close(&rows, rc, "read the store", e);
}

static enum rc
count_in_case(struct store *s, const struct case_id *id, const char *kind,
    size_t *n, struct err *e)
{
	int64_t book;
	enum rc rc = book_find(s, id, &book, e);

	*n = 0;
	if (rc == RC_OK)
		return count_kind(s, book, kind, n, e);
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* ---- refusals ---- */

#define ELSEWHERE "keep it in the store of your agency that is for real " \
	"cases"

static enum rc
refuse_session(const struct kind *k, struct err *e)
{
	return err_set(e, RC_REFUSED, "%s: this store is for real cases and "
	    "takes nothing of a training session; work on it in a store made "
	    "with hearken init STORE --training", k->label);
}

static enum rc
refuse_real(const struct kind *k, struct err *e)
{
	return err_set(e, RC_REFUSED, "%s: this store was made for training "
	    "and takes no real case; " ELSEWHERE, k->label);
}

static bool
is_of_session(const struct kind *k)
{
	return strcmp(k->family, "training") == 0 ||
	    strcmp(k->name, "study-kept") == 0;
}

static enum rc
check_live(const struct kind *k, const json_t *body, struct err *e)
{
	if (is_of_session(k) || (strcmp(k->name, "open") == 0 && has_study(body)))
		return refuse_session(k, e);
	return RC_OK;
}

static enum rc
check_second_identity(struct store *s, const struct case_id *id,
    struct err *e)
{
	size_t n;
	enum rc rc = count_in_case(s, id, "identity", &n, e);

	if (rc != RC_OK || n == 0)
		return rc;
	return err_set(e, RC_REFUSED, "this store was made for training: who "
	    "a session is about is what its study says and does not change; "
	    "a real child belongs into the store for real cases");
}

static bool
is_made_from_case(const struct kind *k)
{
	return strcmp(k->name, "study-draft") == 0 ||
	    strcmp(k->name, "study-signed") == 0;
}

/* What may be said of one entry by itself. */
static enum rc
check_training(struct store *s, const struct kind *k,
    const struct case_id *id, const json_t *body, struct err *e)
{
	if (strcmp(k->name, "open") == 0)
		return has_study(body) ? RC_OK : refuse_real(k, e);
	if (strcmp(k->name, "identity") == 0)
		return check_second_identity(s, id, e);
	if (is_made_from_case(k))
		return err_set(e, RC_REFUSED, "%s: this store was made for "
		    "training and holds no real case that a study could be "
		    "made from; make it where the case is", k->label);
	return RC_OK;
}

enum rc
purpose_check(struct store *s, const struct kind *k,
    const struct case_id *id, const json_t *body, struct err *e)
{
	size_t n = 0;
	enum rc rc;

	if (!store_training(s))
		return check_live(k, body, e);
	rc = check_training(s, k, id, body, e);
	if (rc != RC_OK || strcmp(k->name, "open") == 0 ||
	    strcmp(k->family, "register") == 0)
		return rc;
	rc = count_in_case(s, id, "open", &n, e);
	return rc == RC_OK && n == 0 ? refuse_real(k, e) : rc;
}

enum rc
purpose_check_came(struct store *s, const struct entry *en, struct err *e)
{
	const struct kind *k = kind_find(en->kind);
	json_t *body;
	enum rc rc;

	if (k == NULL)
		return RC_OK;
	body = strcmp(en->kind, "open") == 0 ?
	    json_loads(en->body, JSON_REJECT_DUPLICATES, NULL) : NULL;
	rc = store_training(s) ? check_training(s, k, &en->case_id, body, e) :
	    check_live(k, body, e);
	json_decref(body);
	return rc == RC_OK ? RC_OK : err_prefix(e, "nothing was taken in");
}

enum rc
purpose_check_case(struct store *s, int64_t book, struct err *e)
{
	size_t n = 0;
	enum rc rc;

	if (!store_training(s))
		return RC_OK;
	rc = count_kind(s, book, "open", &n, e);
	if (rc != RC_OK || n > 0)
		return rc;
	return err_set(e, RC_REFUSED, "it holds entries of a case that is no "
	    "training session, and this store was made for training: nothing "
	    "was taken in; " ELSEWHERE);
}

/* ---- what stands there already ---- */

bool
purpose_fits(const struct roster *r, const struct entry *en)
{
	const struct kind *k = kind_find(en->kind);

	if (k == NULL || en->body == NULL)
		return true;
	if (strcmp(k->name, "open") == 0)
		/* A key may be written in escapes. */
		return ((strstr(en->body, "\"study\"") != NULL ||
		    strchr(en->body, '\\') != NULL) &&
		    body_has_study(en->body)) == r->training;
	return r->training ? !is_made_from_case(k) : !is_of_session(k);
}

enum rc
purpose_strangers(struct store *s, const struct roster *r, uint64_t *n,
    struct err *e)
{
	int64_t found = 0;
	enum rc rc;

	*n = 0;
	if (!r->training)
		return RC_OK;
	rc = stmt_number(s, STMT_BOOKS_UNOPENED, "read the cases", &found, e);
	*n = (uint64_t)found;
	return rc;
}
