/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/trainstudies.h"

#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/xalloc.h"
#include "db/sessions.h"
#include "exchange/file.h"
#include "exchange/studies.h"

#define STUDY_BYTES_MAX ((size_t)1 << 20)

void
train_studies_release(struct train_studies *t)
{
	for (size_t i = 0; i < t->n; i++) {
		study_free(t->list[i].study);
		free(t->list[i].text);
		free(t->list[i].name);
		free(t->list[i].fault);
	}
	free(t->list);
	memset(t, 0, sizeof(*t));
}

const struct train_found *
train_studies_find(const struct train_studies *t, const char *id)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->list[i].study != NULL &&
		    strcmp(t->list[i].study->id, id) == 0)
			return &t->list[i];
	return NULL;
}

static struct train_found *
add(struct train_studies *t, const char *name, const char *fault)
{
	struct train_found *f;

	t->list = vec_room(t->list, t->n, &t->cap, sizeof(*t->list));
	f = &t->list[t->n++];
	*f = (struct train_found){.name = xstrdup(name),
	    .fault = xstrdup(fault)};
	return f;
}

static bool
add_kept(const char *id, const char *text, size_t n, void *ctx)
{
	struct train_studies *t = ctx;
	struct faults faults;
	struct study *s;
	struct train_found *f;

	faults_init(&faults, id);
	s = study_parse(text, n, &faults);
	if (s != NULL) {
		f = add(t, id, "");
		f->study = s;
		f->text = xstrndup(text, n);
		f->taken = true;
	}
	faults_release(&faults);
	return true;
}

static const char *
base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* The study is read once more, for the text that a session begins with. */
static bool
add_file(const char *path, const struct study *s, const struct err *why,
    void *ctx)
{
	struct train_studies *t = ctx;
	struct train_found *f;
	struct faults faults;
	struct err e;
	char *text = NULL;
	size_t n = 0;

	if (s == NULL) {
		(void)add(t, base(path), why->text);
		return true;
	}
	if (train_studies_find(t, s->id) != NULL)
		return true;
	if (file_read(path, STUDY_BYTES_MAX, &text, &n, &e) != RC_OK) {
		(void)add(t, base(path), e.text);
		return true;
	}
	faults_init(&faults, base(path));
	f = add(t, base(path), "");
	f->study = study_parse(text, n, &faults);
	f->text = text;
	faults_release(&faults);
	return true;
}

static int
by_title(const void *a, const void *b)
{
	const struct train_found *x = a, *y = b;
	int c = strcmp(x->study != NULL ? x->study->title : x->name,
	    y->study != NULL ? y->study->title : y->name);

	if ((x->study == NULL) != (y->study == NULL))
		return x->study == NULL ? 1 : -1;
	return c != 0 ? c : strcmp(x->name, y->name);
}

enum rc
train_studies_load(struct session *s, struct train_studies *out,
    struct err *e)
{
	struct store *st = session_store(s);
	struct str dir;
	enum rc rc;

	memset(out, 0, sizeof(*out));
	if (st == NULL)
		return err_set(e, RC_REFUSED, "The store is locked. Unlock it "
		    "first.");
	rc = store_studies(st, add_kept, out, e);
	str_init(&dir);
	str_add_fmt(&dir, "%s/studies", session_content_dir(s));
	if (rc == RC_OK)
		rc = studies_each(dir.s, add_file, out, e);
	str_release(&dir);
	if (rc == RC_NOTFOUND) {
		err_clear(e);
		rc = RC_OK;
	}
	if (rc != RC_OK)
		train_studies_release(out);
	else if (out->n > 1)
		qsort(out->list, out->n, sizeof(*out->list), by_title);
	return rc;
}
