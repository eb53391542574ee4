/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/rare.h"

#include <stdlib.h>
#include <string.h>

#include "db/mask.h"
#include "db/scan.h"

/* ---- one child ---- */

/* Whoever is told a whole year may think of the one beside it. */
static bool
same_age(int a, int b)
{
	return a < 0 || b < 0 ? a == b : a - b <= 1 && b - a <= 1;
}

/* What is told of mine holds of the other, who may have more signs. */
static bool
has_signs(const struct itemset *mine, const struct itemset *other)
{
	struct itemset missing = itemset_minus(*mine, other);

	return itemset_count(&missing) == 0;
}

void
rare_count(const struct traits *mine, const struct traits *other,
    struct rare_counts *out)
{
	bool who = same_age(mine->age, other->age) && mine->sex == other->sex;
	bool care = strcmp(mine->care, other->care) == 0;
	bool disabled = mine->disabled == other->disabled;
	bool signs = has_signs(&mine->present, &other->present);

	out->children++;
	out->age_sex += who;
	out->age_sex_care += who && care;
	out->age_sex_disabled += who && disabled;
	out->signs += signs;
	out->all += who && care && disabled && signs;
}

/* ---- all of them ---- */

/* Their child is counted under the other case. */
static bool
carried_on(const struct casefile *c)
{
	return c->closed != NULL && strcmp(record_text(c->closed, "why"),
	    "other-case") == 0;
}

/* RC_REFUSED: not for these eyes. */
static enum rc
load(struct store *s, int64_t book, struct casefile *c, struct err *e)
{
	enum rc rc = mask_refuse(s, book, e);

	if (rc == RC_OK)
		rc = casefile_load(s, book, c, e);
	if (rc == RC_OK)
		casefile_settle(c, &s->roster);
	return rc;
}

/* What a count goes on with. */
struct counting {
	const struct rare_query *q;
	struct traits mine;
	struct rare_counts *out;
};

static enum rc
count_book(struct store *s, const struct counting *k, const struct book *b,
    struct err *e)
{
	const struct rare_query *q = k->q;
	struct casefile c;
	struct traits other;
	enum rc rc;

	if (b->id == REGISTER_BOOK ||
	    disposals_cover(&s->disposals, &b->case_id))
		return RC_OK;
	rc = load(s, b->id, &c, e);
	if (rc == RC_REFUSED)
		return RC_OK;
	if (rc != RC_OK)
		return rc;
	if (case_id_equal(&b->case_id, q->id) || !carried_on(&c)) {
		traits_of(&c, q->in, q->today, &other);
		rare_count(&k->mine, &other, k->out);
	}
	casefile_release(&c);
	return RC_OK;
}

static enum rc
count_all(struct store *s, const struct counting *k, struct err *e)
{
	const struct rare_query *q = k->q;
	struct books books;
	enum rc rc = books_load(s, &books, e);

	for (size_t i = 0; rc == RC_OK && i < books.n; i++) {
		if (q->progress != NULL && !q->progress(i, books.n, q->ctx))
			rc = err_set(e, RC_CANCELLED, "stopped; nothing was "
			    "kept");
		else
			rc = count_book(s, k, &books.list[i], e);
	}
	books_release(&books);
	return rc;
}

enum rc
store_rare(struct store *s, const struct rare_query *q,
    struct rare_counts *out, struct err *e)
{
	struct counting k = {.q = q, .out = out};
	struct casefile c;
	enum rc rc = store_case_load(s, q->id, &c, e);

	memset(out, 0, sizeof(*out));
	if (rc != RC_OK)
		return rc;
	traits_of(&c, q->in, q->today, &k.mine);
	casefile_release(&c);
	return count_all(s, &k, e);
}
