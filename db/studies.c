/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Studies that were taken into the store with their whole text. */
#include "config.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "db/impl.h"
#include "db/sessions_impl.h"

/* The newest of each id; texts are borrowed from the register. */
struct kept {
	struct one {
		const char *id, *text;
	} *list;
	size_t n, cap;
};

static void
hash_of(const char *text, size_t n, char hex[2 * ENTRY_ID_LEN + 1])
{
	unsigned char h[ENTRY_ID_LEN];

	(void)crypto_generichash(h, sizeof(h), (const unsigned char *)text,
	    n, NULL, 0);
	hex_format(h, sizeof(h), hex);
}

/* True if the entry holds the study that it says. */
static bool
is_sound(const struct record *r)
{
	const char *text = record_text(r, "text");
	char hex[2 * ENTRY_ID_LEN + 1];
	struct study *study = NULL;
	struct faults f;
	bool sound;

	hash_of(text, strlen(text), hex);
	if (strcmp(hex, record_text(r, "hash")) != 0)
		return false;
	faults_init(&f, "study");
	study = study_parse(text, strlen(text), &f);
	sound = study != NULL && strcmp(study->id,
	    record_text(r, "study")) == 0;
	study_free(study);
	faults_release(&f);
	return sound;
}

static void
put(struct kept *k, const char *id, const char *text)
{
	for (size_t i = 0; i < k->n; i++)
		if (strcmp(k->list[i].id, id) == 0) {
			k->list[i].text = text;
			return;
		}
	k->list = vec_room(k->list, k->n, &k->cap, sizeof(*k->list));
	k->list[k->n++] = (struct one){ id, text };
}

static int
by_id(const void *a, const void *b)
{
	const struct one *x = a, *y = b;

	return strcmp(x->id, y->id);
}

static void
gather(const struct casefile *reg, struct kept *k)
{
	for (size_t i = 0; i < reg->nrecords; i++) {
		const struct record *r = reg->records[i];

		if (record_stands(r) &&
		    strcmp(r->entry.kind, "study-kept") == 0 && is_sound(r))
			put(k, record_text(r, "study"),
			    record_text(r, "text"));
	}
	if (k->n > 1)
		qsort(k->list, k->n, sizeof(*k->list), by_id);
}

enum rc
store_studies(struct store *s, store_study_fn fn, void *ctx, struct err *e)
{
	struct kept k = { .n = 0 };
	struct casefile reg;
	enum rc rc = register_load_kind(s, "study-kept", &reg, e);

	if (rc != RC_OK)
		return rc;
	gather(&reg, &k);
	for (size_t i = 0; i < k.n; i++)
		if (!fn(k.list[i].id, k.list[i].text,
		    strlen(k.list[i].text), ctx))
			break;
	free(k.list);
	casefile_release(&reg);
	return RC_OK;
}

/* ---- taking one in ---- */

struct looking {
	const char *id, *text;
	size_t n;
	bool same;
};

static bool
compare_text(const char *id, const char *text, size_t n, void *ctx)
{
	struct looking *l = ctx;

	if (strcmp(id, l->id) == 0)
		l->same = n == l->n && memcmp(text, l->text, n) == 0;
	return true;
}

static enum rc
write_study(struct store *s, const struct study *study, const char *text,
    size_t n, struct err *e)
{
	struct entry_draft d = {case_id_register(), "study-kept",
	    span_none(), NULL};
	char hex[2 * ENTRY_ID_LEN + 1];
	enum rc rc;

	hash_of(text, n, hex);
	d.body = json_pack("{s:s, s:s, s:s, s:s%}", "study", study->id,
	    "version", study->version, "hash", hex, "text", text, n);
	if (d.body == NULL)
		return err_set(e, RC_INPUT, "the study's text is not UTF-8; "
		    "save it as UTF-8");
	s->may_register = true;
	rc = store_append(s, &d, 1, NULL, e);
	s->may_register = false;
	entry_draft_release(&d);
	return rc;
}

static enum rc
check_new(struct store *s, const struct study *study, const char *text,
    size_t n, struct err *e)
{
	struct looking l = { .id = study->id, .text = text, .n = n };
	enum rc rc = study_fits(s, study, e);

	if (rc == RC_OK)
		rc = store_studies(s, compare_text, &l, e);
	if (rc == RC_OK && l.same)
		rc = err_set(e, RC_EXISTS, "the store holds this study, "
		    "\"%s\" %s, just as it is in the file", study->id,
		    study->version);
	return rc;
}

enum rc
store_study_keep(struct store *s, const char *text, size_t n,
    struct err *e)
{
	struct study *study;
	struct faults f;
	enum rc rc = store_need_training(s, "a case study", e);

	if (rc != RC_OK)
		return rc;
	if ((store_role(s) & kind_find("study-kept")->roles) == 0)
		return err_set(e, RC_REFUSED, "your role may not take in "
		    "case studies; ask someone whose role may");
	faults_init(&f, "study");
	study = study_parse(text, n, &f);
	rc = faults_result(&f, e);
	faults_release(&f);
	if (rc == RC_OK)
		rc = check_new(s, study, text, n, e);
	if (rc == RC_OK)
		rc = write_study(s, study, text, n, e);
	study_free(study);
	return rc;
}
