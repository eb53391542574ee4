/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/unfinished.h"

#include <stdlib.h>
#include <string.h>

#include "core/casefile.h"
#include "core/kinds.h"
#include "core/str.h"
#include "core/xalloc.h"

struct draft_words {
	struct session *s;
	struct str text;
	size_t n;
};

static void
add_kind_words(struct str *out, const char *key, size_t n)
{
	char *name = xstrndup(key, n);
	const struct kind *k = kind_find(name);

	if (strcmp(name, "pending") == 0)
		str_add(out, "work in");
	else
		str_add_fmt(out, "%s for", k != NULL ? k->label : name);
	free(name);
}

/* "Note for K-0142", or nothing for what is not about a case. */
static void
add_draft_words(struct draft_words *d, const char *key)
{
	const char *slash = strchr(key, '/');
	struct case_id id;
	struct casefile c;
	struct str hex;
	struct err e;

	if (slash == NULL)
		return;
	str_init(&hex);
	str_add_n(&hex, slash + 1, strcspn(slash + 1, "/"));
	if (hex_parse(hex.s, id.b, CASE_ID_LEN) && store_case_load(
	    session_store(d->s), &id, &c, &e) == RC_OK) {
		str_add(&d->text, d->text.len > 0 ? ", " : "");
		add_kind_words(&d->text, key, (size_t)(slash - key));
		str_add_fmt(&d->text, " %s", c.reference);
		casefile_release(&c);
	}
	str_release(&hex);
}

#define DRAFTS_NAMED 4

struct draft_keys {
	char *keys[DRAFTS_NAMED];	/* owned */
	size_t n, all;
	bool new_case, mapping;
};

/* Only what the person can take up again; reading cases waits till after. */
static bool
note_draft(const char *key, const char *text, int64_t saved, void *ctx)
{
	struct draft_keys *k = ctx;

	(void)text;
	(void)saved;
	if (strcmp(key, "new-case") == 0)
		k->new_case = true;
	if (strcmp(key, "mapping") == 0)
		k->mapping = true;
	/* A session under way stands in the list of its own. */
	if (strchr(key, '/') == NULL || strncmp(key, "trace/", 6) == 0)
		return true;
	if (k->n < DRAFTS_NAMED)
		k->keys[k->n++] = xstrdup(key);
	k->all++;
	return true;
}

void
unfinished_tell(struct run *r)
{
	struct draft_words d = {.s = r->s};
	struct draft_keys k = {.n = 0};
	struct err e;

	str_init(&d.text);
	if (store_drafts(session_store(r->s), note_draft, &k, &e) != RC_OK)
		k.all = 0;
	if (k.new_case)
		str_add(&d.text, "a new case (press c to go on)");
	if (k.mapping)
		str_add_fmt(&d.text, "%sthe columns of a return (C, then a "
		    "with the same file)", d.text.len > 0 ? ", " : "");
	for (size_t i = 0; i < k.n; i++) {
		add_draft_words(&d, k.keys[i]);
		free(k.keys[i]);
	}
	if (k.all > k.n)
		str_add_fmt(&d.text, " and %zu more", k.all - k.n);
	if (d.text.len > 0)
		app_say(r->app, "Kept from before, not yet signed: %s.",
		    d.text.s);
	str_release(&d.text);
}
