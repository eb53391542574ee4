/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a reason must not tell: the cases that are restricted to others, by
 * their reference or by the child's name, for both are written freely into
 * reasons of decisions on other cases.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/utf8.h"
#include "db/links_impl.h"

static enum rc
keep(struct store *s, struct linkage *l, const char *text, struct err *e)
{
	char **more = realloc(l->hidden, (l->nhidden + 1) * sizeof(*more));
	struct str key;

	if (more == NULL)
		return err_set(e, RC_NOMEM, "%s: not enough memory to leave "
		    "out restricted cases", s->path);
	l->hidden = more;
	str_init(&key);
	utf8_fold(&key, text, strlen(text));
	more[l->nhidden] = strdup(key.s != NULL ? key.s : "");
	str_release(&key);
	if (more[l->nhidden] == NULL)
		return err_set(e, RC_NOMEM, "%s: not enough memory to leave "
		    "out restricted cases", s->path);
	l->nhidden++;
	return RC_OK;
}

static enum rc
keep_name(struct store *s, struct linkage *l, const struct link_case *k,
    struct err *e)
{
	struct str name;
	enum rc rc = RC_OK;

	str_init(&name);
	str_add_fmt(&name, "%s%s%s", k->forename, *k->forename != '\0' &&
	    *k->surname != '\0' ? " " : "", k->surname);
	if (name.len > 0)
		rc = keep(s, l, name.s, e);
	str_release(&name);
	return rc;
}

enum rc
link_hide(struct store *s, int64_t book, struct linkage *l, struct err *e)
{
	struct link_case k;
	struct casefile c;
	bool named = false;
	enum rc rc = casefile_load(s, book, &c, e);

	if (rc != RC_OK)
		return rc;
	casefile_settle(&c, &s->roster);
	if (c.reference != NULL && *c.reference != '\0')
		rc = keep(s, l, c.reference, e);
	if (rc == RC_OK)
		rc = link_case_of(&c, &s->roster, &k, &named, e);
	casefile_release(&c);
	if (rc != RC_OK || !named)
		return rc;
	rc = keep_name(s, l, &k, e);
	link_case_release(&k);
	return rc;
}

static bool
is_figure(char c)
{
	return c >= '0' && c <= '9';
}

/*
 * Both are folded, so that spaces are gone: words have no ends there, and
 * rather too much is left out.  But "K-1" is not named where "K-12" is.
 */
static bool
holds(const char *text, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = strstr(text, word); n > 0 && p != NULL;
	    p = strstr(p + 1, word))
		if ((p == text || !is_figure(p[-1]) || !is_figure(*word)) &&
		    (!is_figure(p[n]) || !is_figure(word[n - 1])))
			return true;
	return false;
}

bool
link_names_hidden(const struct linkage *l, const char *text)
{
	struct str key;
	bool found = false;

	if (l->nhidden == 0 || *text == '\0')
		return false;
	str_init(&key);
	utf8_fold(&key, text, strlen(text));
	for (size_t i = 0; i < l->nhidden && !found; i++)
		found = holds(key.s, l->hidden[i]);
	str_release(&key);
	return found;
}

void
link_hidden_release(struct linkage *l)
{
	for (size_t i = 0; i < l->nhidden; i++)
		free(l->hidden[i]);
	free(l->hidden);
}
