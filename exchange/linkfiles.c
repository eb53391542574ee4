/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/linkfiles.h"

#include <stdlib.h>
#include <string.h>

#include "exchange/file.h"

#define FILE_BYTES_MAX ((size_t)1 << 20)

/* ---- names ---- */

struct reading {
	const char *dir;
	struct link_names *names;
	enum rc rc;
	struct err *e;
};

static enum rc
add_file(struct reading *r, const char *path, const char *name)
{
	struct faults f;
	char *text = NULL;
	size_t n = 0;
	enum rc rc = file_read(path, FILE_BYTES_MAX, &text, &n, r->e);

	if (rc != RC_OK)
		return rc;
	faults_init(&f, name);
	if (!link_names_add(r->names, text, n, &f))
		rc = faults_result(&f, r->e);
	faults_release(&f);
	free(text);
	return rc;
}

static bool
take_file(const char *name, void *ctx)
{
	struct reading *r = ctx;
	struct str path;

	if (strcmp(name, LINK_MODEL_FILE) == 0)
		return true;
	str_init(&path);
	str_add_fmt(&path, "%s/%s", r->dir, name);
	r->rc = add_file(r, path.s, name);
	str_release(&path);
	return r->rc == RC_OK;
}

enum rc
link_files_names(const char *content, struct link_names **out, struct err *e)
{
	struct reading r = {.names = link_names_new(), .rc = RC_OK, .e = e};
	struct str dir;
	enum rc rc;

	str_init(&dir);
	str_add_fmt(&dir, "%s/linkage", content);
	r.dir = dir.s;
	rc = file_each(dir.s, ".yaml", take_file, &r, e);
	if (rc == RC_OK)
		rc = r.rc;
	str_release(&dir);
	if (rc != RC_OK) {
		link_names_free(r.names);
		r.names = NULL;
	}
	*out = r.names;
	return rc;
}

/* ---- the model ---- */

enum rc
link_files_model(const char *content, const char *path,
    struct link_model **out, struct err *e)
{
	struct faults f;
	struct str own;
	char *text = NULL;
	size_t n = 0;
	enum rc rc;

	*out = NULL;
	str_init(&own);
	str_add_fmt(&own, "%s/linkage/%s", content, LINK_MODEL_FILE);
	if (path == NULL)
		path = own.s;
	rc = file_read(path, FILE_BYTES_MAX, &text, &n, e);
	if (rc == RC_OK) {
		faults_init(&f, path);
		*out = link_model_parse(text, n, &f);
		if (*out == NULL)
			rc = faults_result(&f, e);
		faults_release(&f);
	}
	free(text);
	str_release(&own);
	return rc;
}
