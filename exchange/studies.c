/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/studies.h"

#include <stdlib.h>

#include "exchange/file.h"

#define FILE_BYTES_MAX ((size_t)1 << 20)

enum rc
study_file(const char *path, struct study **out, struct faults *f,
    struct err *e)
{
	char *text = NULL;
	size_t n = 0;
	enum rc rc = file_read(path, FILE_BYTES_MAX, &text, &n, e);

	*out = NULL;
	if (rc == RC_OK) {
		*out = study_parse(text, n, f);
		if (*out == NULL)
			rc = faults_result(f, e);
	}
	free(text);
	return rc;
}

struct walk {
	const char *dir;
	study_fn fn;
	void *ctx;
};

static bool
walk_file(const char *name, void *ctx)
{
	const struct walk *w = ctx;
	struct study *s = NULL;
	struct faults f;
	struct str path;
	struct err e;
	bool on;

	err_clear(&e);
	str_init(&path);
	str_add_fmt(&path, "%s/%s", w->dir, name);
	faults_init(&f, name);
	if (study_file(path.s, &s, &f, &e) == RC_OK)
		on = w->fn(path.s, s, NULL, w->ctx);
	else
		on = w->fn(path.s, NULL, &e, w->ctx);
	study_free(s);
	faults_release(&f);
	str_release(&path);
	return on;
}

enum rc
studies_each(const char *dir, study_fn fn, void *ctx, struct err *e)
{
	struct walk w = { dir, fn, ctx };

	return file_each(dir, ".yaml", walk_file, &w, e);
}
