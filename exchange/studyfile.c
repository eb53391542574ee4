/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/studyfile.h"

#include <string.h>

#include "core/rights.h"
#include "db/watch.h"
#include "exchange/file.h"

#define MARK_BYTES 3

void
studyfile_mark(const struct study_draft_row *row, struct str *out)
{
	char hex[2 * MARK_BYTES + 1];

	hex_format(row->id.b, MARK_BYTES, hex);
	str_add_fmt(out, "%s#%s", row->study, hex);
}

/* ---- which one ---- */

struct looking {
	const char *word;
	bool waiting;
	size_t n, nwaiting;
	struct entry_id first, first_waiting;
	struct str all, several;
};

static bool
is_meant(const struct looking *l, const struct study_draft_row *row)
{
	struct str mark;
	bool same;

	str_init(&mark);
	studyfile_mark(row, &mark);
	same = strcmp(l->word, row->study) == 0 ||
	    strcmp(l->word, mark.s) == 0;
	str_release(&mark);
	return same;
}

static void
add_mark(const struct study_draft_row *row, struct str *out)
{
	if (out->len > 0)
		str_add(out, ", ");
	studyfile_mark(row, out);
}

static bool
look(const struct study_draft_row *row, void *ctx)
{
	struct looking *l = ctx;

	add_mark(row, &l->all);
	if (!is_meant(l, row))
		return true;
	if (l->n++ == 0)
		l->first = row->id;
	if (row->outcome != NULL)
		return true;
	add_mark(row, &l->several);
	if (l->nwaiting++ == 0)
		l->first_waiting = row->id;
	return true;
}

static enum rc
choose(const struct looking *l, struct entry_id *id, struct err *e)
{
	if (l->n == 0 && l->all.len == 0)
		return err_set(e, RC_NOTFOUND, "no study was made from a case "
		    "here; a case's screen makes one with :study");
	if (l->n == 0)
		return err_set(e, RC_NOTFOUND, "no study \"%.64s\" was made "
		    "from a case here; there are: %s", l->word, l->all.s);
	if (l->waiting && l->nwaiting > 1)
		return err_set(e, RC_INPUT, "%zu studies \"%.64s\" wait; say "
		    "which: %s", l->nwaiting, l->word, l->several.s);
	*id = l->waiting && l->nwaiting > 0 ? l->first_waiting : l->first;
	return RC_OK;
}

enum rc
studyfile_find(struct store *s, const char *word, bool waiting,
    struct entry_id *id, struct err *e)
{
	struct looking l = { .word = word, .waiting = waiting };
	enum rc rc;

	str_init(&l.all);
	str_init(&l.several);
	rc = store_study_drafts(s, look, &l, e);
	if (rc == RC_OK)
		rc = choose(&l, id, e);
	str_release(&l.all);
	str_release(&l.several);
	return rc;
}

/* ---- one of them ---- */

struct giving {
	const struct entry_id *id;
	study_draft_fn fn;
	void *ctx;
	bool found;
};

static bool
give(const struct study_draft_row *row, void *ctx)
{
	struct giving *g = ctx;

	if (!entry_id_equal(&row->id, g->id))
		return true;
	g->found = true;
	(void)g->fn(row, g->ctx);
	return false;
}

enum rc
studyfile_with(struct store *s, const struct entry_id *id, study_draft_fn fn,
    void *ctx, struct err *e)
{
	struct giving g = { .id = id, .fn = fn, .ctx = ctx };
	enum rc rc = store_study_drafts(s, give, &g, e);

	if (rc == RC_OK && !g.found)
		rc = err_set(e, RC_NOTFOUND, "%s: no such study was made from "
		    "a case here", store_path(s));
	return rc;
}

/* ---- the file ---- */

struct leaving {
	bool let_out;
	struct str text, words;
};

static bool
take(const struct study_draft_row *row, void *ctx)
{
	struct leaving *l = ctx;

	l->let_out = row->outcome != NULL &&
	    strcmp(row->outcome, "signed") == 0;
	str_add(&l->text, row->text);
	str_add_fmt(&l->words, "the study %s, made from a case", row->study);
	return false;
}

static enum rc
note(struct store *s, const struct leaving *l, struct err *e)
{
	struct look_note n = { .what = LOOK_EXPORT, .words = l->words.s };

	return store_look(s, &n, e);
}

enum rc
studyfile_write(struct store *s, const struct entry_id *id,
    const char *path, struct err *e)
{
	struct leaving l = { .let_out = false };
	enum rc rc = right_check(store_role(s), RIGHT_EXPORT, e);

	str_init(&l.text);
	str_init(&l.words);
	if (rc == RC_OK)
		rc = studyfile_with(s, id, take, &l, e);
	if (rc == RC_OK && !l.let_out)
		rc = err_set(e, RC_REFUSED, "no supervisor has signed it, so "
		    "no file is made of it");
	if (rc == RC_OK)
		rc = note(s, &l, e);
	if (rc == RC_OK)
		rc = file_create(path, l.text.s, l.text.len, e);
	str_release(&l.text);
	str_release(&l.words);
	return rc;
}
