/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/collationlink.h"

#include <string.h>

#include "exchange/linkfiles.h"
#include "tui/app.h"

static bool
progress(uint64_t done, uint64_t all, void *ctx)
{
	return ctx == NULL || app_progress(ctx, "Comparing cases",
	    (size_t)done, (size_t)all);
}

static size_t
waiting(const struct linkage *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->result.npairs; i++)
		n += l->result.pairs[i].verdict == LINK_ASK;
	return n;
}

static enum rc
run(struct session *s, struct app *app, struct linkage *out, struct err *e)
{
	const char *content = session_content_dir(s);
	struct link_names *names = NULL;
	struct link_model *model = NULL;
	enum rc rc = link_files_names(content, &names, e);

	if (rc == RC_OK)
		rc = link_files_model(content, NULL, &model, e);
	if (rc == RC_OK)
		rc = store_linkage(session_store(s), names, progress, app,
		    out, e);
	if (rc == RC_OK)
		linkage_run(out, model);
	link_model_free(model);
	link_names_free(names);
	return rc;
}

enum rc
collation_linkage(struct session *s, struct app *app, struct linkage *out,
    size_t *pairs, struct err *e)
{
	enum rc rc = run(s, app, out, e);

	/* Without a model nobody is joined, and "none" would be a false word. */
	*pairs = rc == RC_OK ? waiting(out) : 0;
	return rc;
}

void
collation_linkage_release(struct linkage *l)
{
	linkage_release(l);
}

enum rc
collation_unlink(struct session *s, const struct collation_split *split,
    struct err *e)
{
	struct linkage l;
	enum rc rc;

	memset(&l, 0, sizeof(l));
	rc = run(s, NULL, &l, e);
	if (rc == RC_OK)
		rc = store_link_split(session_store(s), &l, split->part,
		    split->npart, split->rest, split->nrest, split->reason, e);
	linkage_release(&l);
	return rc;
}
