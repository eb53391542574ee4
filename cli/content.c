/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/content.h"

#include <stdlib.h>
#include <string.h>

#include "cli/faultlist.h"
#include "cli/host.h"
#include "cli/print.h"
#include "core/near.h"
#include "core/str.h"
#include "core/xalloc.h"
#include "exchange/file.h"

#define FILE_MAX ((size_t)1 << 20)

enum rc
content_instrument_file(const char *path, struct instrument **out,
    struct faults *faults, struct err *e)
{
	char *text = NULL;
	size_t n = 0;
	enum rc rc;

	rc = file_read(path, FILE_MAX, &text, &n, e);
	if (rc == RC_OK)
		rc = instrument_parse(text, n, path, out, faults, e);
	free(text);
	return rc;
}

struct walk {
	const struct host *host;
	content_instrument_fn fn;
	void *ctx;
};

static bool
walk_file(const char *name, void *ctx)
{
	const struct walk *w = ctx;
	char *path = host_content_path(w->host, "instruments", name);
	struct instrument *in = NULL;
	struct faults faults;
	struct err e;

	err_clear(&e);
	faults_init(&faults, path);
	if (content_instrument_file(path, &in, &faults, &e) == RC_OK)
		w->fn(path, in, NULL, w->ctx);
	else
		w->fn(path, NULL, &e, w->ctx);
	instrument_free(in);
	faults_release(&faults);
	free(path);
	return true;
}

enum rc
content_each_instrument(const struct host *h, content_instrument_fn fn,
    void *ctx, struct err *e)
{
	struct walk w = { h, fn, ctx };
	char *dir = host_content_path(h, "instruments", "");
	enum rc rc = file_each(dir, ".yaml", walk_file, &w, e);

	free(dir);
	return rc;
}

struct wanted {
	const char *id;
	char *path;		/* owned; NULL until found */
	struct near near;
	char *best;		/* owned copy of near.best */
	struct str known;
};

static void
look(const char *path, const struct instrument *in, const struct err *e,
    void *ctx)
{
	struct wanted *w = ctx;

	(void)e;
	if (in == NULL)
		return;
	if (str_equal(in->id, w->id)) {
		free(w->path);
		w->path = xstrdup(path);
	}
	near_offer(&w->near, in->id);
	if (w->near.best == in->id) {
		free(w->best);
		w->best = xstrdup(in->id);
		w->near.best = w->best;
	}
	str_add_fmt(&w->known, "%s%s", w->known.len != 0 ? ", " : "", in->id);
}

static enum rc
not_found(const struct wanted *w, struct err *e)
{
	if (w->best != NULL)
		return err_set(e, RC_NOTFOUND, "there is no instrument "
		    "\"%s\"; did you mean \"%s\"?", w->id, w->best);
	return err_set(e, RC_NOTFOUND, "there is no instrument \"%s\"; there "
	    "is %s", w->id, w->known.len != 0 ? w->known.s : "none at all");
}

enum rc
content_instrument(const struct host *h, const char *id,
    struct instrument **out, struct err *e)
{
	struct wanted w = { .id = id };
	struct faults faults;
	enum rc rc;

	near_init(&w.near, id, strlen(id));
	str_init(&w.known);
	rc = content_each_instrument(h, look, &w, e);
	if (rc == RC_OK && w.path == NULL)
		rc = not_found(&w, e);
	if (rc == RC_OK) {
		faults_init(&faults, w.path);
		rc = content_instrument_file(w.path, out, &faults, e);
		faults_release(&faults);
	}
	str_release(&w.known);
	free(w.best);
	free(w.path);
	return rc;
}

enum rc
content_retention(const struct host *h, const char *path,
    struct retention **out, struct err *e)
{
	char *own = path == NULL ?
	    host_content_path(h, "retention", "england.yaml") : NULL;
	const char *name = path == NULL ? own : path;
	struct faults faults;
	char *text = NULL;
	size_t n = 0;
	enum rc rc = file_read(name, FILE_MAX, &text, &n, e);

	*out = NULL;
	faults_init(&faults, path == NULL ? "england.yaml" : path);
	if (rc == RC_OK) {
		*out = retention_parse(text, n, &faults);
		if (*out == NULL)
			rc = tell_faults(&faults, e);
	}
	faults_release(&faults);
	free(text);
	free(own);
	return rc;
}
