/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/linked.h"

#include <string.h>

#include "cli/print.h"
#include "cli/progress.h"
#include "exchange/linkfiles.h"

static enum rc
read_cases(struct store *s, const struct link_names *names,
    const struct link_model *model, struct linkage *out, struct err *e)
{
	struct progress p;
	enum rc rc;

	progress_begin(&p, "Reading the cases");
	rc = store_linkage(s, names, progress_tell, &p, out, e);
	progress_end(&p);
	if (rc == RC_OK)
		linkage_run(out, model);
	return rc;
}

enum rc
linked_load(const struct call *c, struct store *s, struct linkage *out,
    bool *any, struct err *e)
{
	struct link_names *names = NULL;
	struct link_model *model = NULL;
	enum rc rc = link_files_model(c->host->content_dir, NULL, &model, e);

	memset(out, 0, sizeof(*out));
	*any = false;
	if (rc == RC_NOTFOUND) {
		tell("There is no model of linkage: each case counts as a "
		    "child of its own.\n");
		return RC_OK;
	}
	if (rc == RC_OK)
		rc = link_files_names(c->host->content_dir, &names, e);
	if (rc == RC_OK)
		rc = read_cases(s, names, model, out, e);
	*any = rc == RC_OK;
	link_model_free(model);
	link_names_free(names);
	return rc;
}

void
linked_release(struct linkage *l)
{
	linkage_release(l);
}
