/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Forms that were left: which there are, and the way back to one.
 */
#include "config.h"

#include "tui/caseforms.h"

#include <stdlib.h>
#include <string.h>

#include "tui/firstbody.h"

bool
caseforms_unfinished(const struct caseforms *f, const char *kind,
    const char *what)
{
	char *text = NULL;
	bool there;

	there = f->w->door.restore(f->w->door.ctx, kind, what, &text, NULL) ==
	    RC_OK && text != NULL;
	free(text);
	return there;
}

void
caseforms_discard(struct caseforms *f, const char *kind, const char *what)
{
	struct casework *w = f->w;

	w->unsaved = w->door.save(w->door.ctx, kind, what, "",
	    &w->save_error) != RC_OK;
}

static size_t
pending_number(const struct casework *w, const char *what)
{
	char *end;
	unsigned long n = strtoul(what, &end, 10);

	return *what != '\0' && *end == '\0' && n < w->pending.n ? n :
	    w->pending.n;
}

bool
caseforms_resume(struct caseforms *f, struct app *app, const char *kind,
    const char *what)
{
	const struct record *r = NULL;
	struct entry_id id;

	if (hex_parse(what, id.b, ENTRY_ID_LEN))
		r = casefile_find(&f->w->signed_, &id);
	if (r != NULL && strcmp(kind, "strike") == 0)
		caseforms_strike(f, app, r);
	else if (r != NULL && about_field(kind, r) != NULL)
		caseforms_about(f, app, kind, r);
	else if (r != NULL && strcmp(kind, r->entry.kind) == 0 &&
	    kind_field(r->kind, "replaces") != NULL)
		caseforms_revise(f, app, r);
	else if (*what == '\0' && kind_find(kind) != NULL)
		caseforms_write(f, app, kind);
	else if (r == NULL && chosen_label(kind, what) != NULL)
		caseforms_choose(f, app, kind, what);
	else
		return false;
	return true;
}

void
caseforms_return(struct caseforms *f, struct app *app, const char *key)
{
	const char *slash = strchr(key, '/'), *what;
	char kind[KIND_NAME_MAX];
	size_t i;

	if (slash == NULL || (size_t)(slash - key) >= sizeof(kind))
		return;
	memcpy(kind, key, (size_t)(slash - key));
	kind[slash - key] = '\0';
	what = strchr(slash + 1, '/');
	what = what != NULL ? what + 1 : "";
	if (strcmp(kind, "pending") != 0) {
		(void)caseforms_resume(f, app, kind, what);
		return;
	}
	i = pending_number(f->w, what);
	if (i < f->w->pending.n)
		caseforms_edit(f, app, i, false);
}
