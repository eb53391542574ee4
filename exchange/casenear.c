/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/casenear.h"

#include "db/linknear.h"
#include "exchange/linkfiles.h"

struct reading {
	const char *content;
	struct link_names *names;	/* owned */
};

static enum rc
get_names(void *ctx, const struct link_names **out, struct err *e)
{
	struct reading *r = ctx;
	enum rc rc = link_files_names(r->content, &r->names, e);

	*out = r->names;
	return rc;
}

static enum rc
add_case(struct store *s, const struct case_id *id, struct joined_near *out,
    struct err *e)
{
	struct casefile c;
	enum rc rc = store_case_load(s, id, &c, e);

	if (rc != RC_OK)
		return rc;
	joined_near_add(out, &c);
	casefile_release(&c);
	return RC_OK;
}

enum rc
case_near_load(struct store *s, const char *content, const struct case_id *id,
    int32_t today, struct joined_near *out, struct err *e)
{
	struct reading r = {.content = content};
	struct link_names_source names = {get_names, &r};
	struct links_near near;
	enum rc rc = store_links_near(s, id, &names, &near, e);

	joined_near_init(out, store_default_instrument(s), today);
	for (size_t i = 0; rc == RC_OK && i < near.n; i++)
		rc = add_case(s, &near.cases[i], out, e);
	if (rc == RC_OK) {
		out->restricted = near.restricted;
		out->many = near.many;
	}
	out->unread = rc != RC_OK;
	link_names_free(r.names);
	return rc;
}
