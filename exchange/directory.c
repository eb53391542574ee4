/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/directory.h"

#include <stdlib.h>

#include "exchange/file.h"

#define FILE_BYTES_MAX ((size_t)1 << 20)

enum rc
directory_add(struct services *s, const char *path, struct faults *f,
    struct err *e)
{
	char *text = NULL;
	size_t n = 0;
	enum rc rc = file_read(path, FILE_BYTES_MAX, &text, &n, e);

	if (rc == RC_OK && !services_add(s, text, n, f))
		rc = faults_result(f, e);
	free(text);
	return rc;
}

struct walk {
	const char *dir;
	struct services *s;
	enum rc rc;		/* of the first file with a fault */
	struct err *e;
};

static bool
walk_file(const char *name, void *ctx)
{
	struct walk *w = ctx;
	struct faults f;
	struct str path;
	struct err why;
	enum rc rc;

	str_init(&path);
	str_add_fmt(&path, "%s/%s", w->dir, name);
	faults_init(&f, name);
	rc = directory_add(w->s, path.s, &f, &why);
	if (rc != RC_OK && w->rc == RC_OK)
		w->rc = err_set(w->e, rc, "the directory of services lacks "
		    "what %s holds: %s. `hearken services check FILE' names "
		    "every fault", name, why.text);
	faults_release(&f);
	str_release(&path);
	return true;
}

enum rc
directory_load(const char *dir, struct services **out, struct err *e)
{
	struct walk w = {dir, services_new(), RC_OK, e};
	enum rc rc = file_each(dir, ".yaml", walk_file, &w, e);

	*out = w.s;
	return rc != RC_OK ? rc : w.rc;
}
