/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/filters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/utf8.h"

#define PREFIX "filter/"
#define KEY_MAX (sizeof(PREFIX) + FILTER_NAME_MAX)

struct named_filter {
	char *name, *text;	/* owned */
};

struct filters {
	struct named_filter list[FILTERS_MAX];
	size_t n;
	bool nomem;
};

static void
filters_release(struct filters *f)
{
	for (size_t i = 0; i < f->n; i++) {
		free(f->list[i].name);
		explicit_bzero(f->list[i].text, strlen(f->list[i].text));
		free(f->list[i].text);
	}
}

static bool
keep(const char *key, const char *text, int64_t saved, void *ctx)
{
	struct filters *f = ctx;
	struct named_filter *to = &f->list[f->n];

	(void)saved;
	if (strncmp(key, PREFIX, strlen(PREFIX)) != 0)
		return true;
	to->name = strdup(key + strlen(PREFIX));
	to->text = strdup(text);
	if (to->name == NULL || to->text == NULL) {
		free(to->name);
		free(to->text);
		f->nomem = true;
		return false;
	}
	f->n++;
	return f->n < FILTERS_MAX;
}

static int
compare(const void *a, const void *b)
{
	const struct named_filter *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static enum rc
load_all(struct store *s, struct filters *f, struct err *e)
{
	enum rc rc = store_drafts(s, keep, f, e);

	if (rc == RC_OK && f->nomem)
		rc = err_set(e, RC_NOMEM, "not enough memory to read the "
		    "filters");
	if (f->n > 1)
		qsort(f->list, f->n, sizeof(f->list[0]), compare);
	return rc;
}

static bool
good_name(const char *name)
{
	size_t n = strlen(name);

	if (n == 0 || n > FILTER_NAME_MAX || !utf8_valid(name, n, NULL) ||
	    name[0] == '@' || name[0] == ' ' || name[n - 1] == ' ')
		return false;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)name[i] < ' ' || name[i] == 0x7f)
			return false;
	return true;
}

static enum rc
check_room(struct store *s, const char *name, struct err *e)
{
	struct filters f = {.n = 0};
	enum rc rc = load_all(s, &f, e);
	bool known = false;

	for (size_t i = 0; i < f.n; i++)
		known = known || strcmp(f.list[i].name, name) == 0;
	if (rc == RC_OK && f.n == FILTERS_MAX && !known)
		rc = err_set(e, RC_INPUT, "%d filters are kept, and that is "
		    "the most there may be: forget one first", FILTERS_MAX);
	filters_release(&f);
	return rc;
}

enum rc
store_filter_save(struct store *s, const char *name, const char *text,
    struct err *e)
{
	char key[KEY_MAX];
	enum rc rc;

	if (!good_name(name))
		return err_set(e, RC_INPUT, "a name for a filter of at most "
		    "%d letters was expected, with no @ in front",
		    FILTER_NAME_MAX);
	rc = check_room(s, name, e);
	if (rc != RC_OK)
		return rc;
	(void)snprintf(key, sizeof(key), "%s%s", PREFIX, name);
	return store_draft_save(s, key, text, e);
}

static bool
add_name(const char *name, const char *text, void *ctx)
{
	struct str *out = ctx;

	(void)text;
	str_add_fmt(out, "%s%s", out->len > 0 ? ", " : "", name);
	return out->len < 300;
}

static enum rc
no_such(struct store *s, const char *name, struct err *e)
{
	struct str names;
	enum rc rc;

	str_init(&names);
	rc = store_filters(s, add_name, &names, e);
	if (rc == RC_OK)
		rc = err_set(e, RC_NOTFOUND, "no filter is kept as \"%.*s\"; "
		    "%s%s", utf8_cut(name, FILTER_NAME_MAX), name,
		    names.len > 0 ? "there are: " : "none is kept yet",
		    names.s);
	str_release(&names);
	return rc;
}

enum rc
store_filter_load(struct store *s, const char *name, char **text,
    struct err *e)
{
	char key[KEY_MAX];
	enum rc rc = RC_OK;

	*text = NULL;
	if (good_name(name)) {
		(void)snprintf(key, sizeof(key), "%s%s", PREFIX, name);
		rc = store_draft_load(s, key, text, e);
	}
	return rc != RC_OK || *text != NULL ? rc : no_such(s, name, e);
}

enum rc
store_filter_drop(struct store *s, const char *name, struct err *e)
{
	char key[KEY_MAX];

	if (!good_name(name))
		return no_such(s, name, e);
	(void)snprintf(key, sizeof(key), "%s%s", PREFIX, name);
	return store_draft_drop(s, key, e);
}

enum rc
store_filters(struct store *s, store_filter_fn fn, void *ctx, struct err *e)
{
	struct filters f = {.n = 0};
	enum rc rc = load_all(s, &f, e);

	for (size_t i = 0; i < f.n && rc == RC_OK; i++)
		if (!fn(f.list[i].name, f.list[i].text, ctx))
			break;
	filters_release(&f);
	return rc;
}
