/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The last gate: the text of the file that is to leave, as it stands and as
 * it is read, for what is quoted may be written in escapes.
 */
#include "config.h"

#include "core/deident_impl.h"

#include <string.h>
#include <strings.h>

#include "core/utf8.h"

#define SHOWN 60

struct gate {
	const struct deident *d;
	struct needles ns;
};

/* "B11" is an indicator, even where it is a district as well. */
static bool
is_item(const struct instrument *in, const char *text, size_t n)
{
	if (in == NULL)
		return false;
	for (size_t i = 0; i < in->nitems; i++)
		if (strlen(in->items[i].id) == n &&
		    strncasecmp(in->items[i].id, text, n) == 0)
			return true;
	return false;
}

/* The next known name from letter *i on, *i behind it. */
static bool
next_name(const struct gate *g, const struct letters *ls, size_t *i,
    struct hit *h)
{
	for (; *i < ls->n; (*i)++) {
		bool starts = ls->l[*i].first;

		if ((letters_bound(ls, *i) || ls->l[*i].cp >= 0x2e80) &&
		    needles_hit(&g->ns, g->d, ls, *i, h) &&
		    h->type == HIT_NAME) {
			*i = h->to;
			return true;
		}
		if (starts && needles_near(&g->ns, ls, *i,
		    letters_word_end(ls, *i), h)) {
			*i = h->to;
			return true;
		}
	}
	return false;
}

static unsigned
line_of(const char *text, size_t at)
{
	unsigned line = 1;

	for (size_t i = 0; i < at; i++)
		line += text[i] == '\n';
	return line;
}

static enum rc
refuse(const struct gate *g, const struct letters *ls, const struct hit *h,
    unsigned line, struct err *e)
{
	size_t at = ls->l[h->from].at, n = ls->l[h->to - 1].end - at;
	bool known = h->type == HIT_NAME;
	char shown[SHOWN + 1];
	int cut;

	if (n > SHOWN)
		n = SHOWN;
	memcpy(shown, ls->text + at, n);
	shown[n] = '\0';
	cut = utf8_cut(shown, (int)n);
	return err_set(e, RC_REFUSED, "line %u: \"%.*s\" %s (instead: %s); "
	    "rewrite it, or switch it off where it names nobody", line, cut,
	    shown, known ? "is known from the case" : "holds a name of the "
	    "case or is a letter from one",
	    g->d->idents[h->ident].instead);
}

/* line 0: counted in the text. */
static enum rc
check_text(const struct gate *g, const char *text, size_t n, unsigned line,
    struct err *e)
{
	struct letters ls;
	struct hit h;
	size_t i = 0;
	enum rc rc = RC_OK;

	letters_of(&ls, text, n);
	while (rc == RC_OK && next_name(g, &ls, &i, &h)) {
		size_t at = ls.l[h.from].at;

		if (!is_item(g->d->in, text + at, ls.l[h.to - 1].end - at))
			rc = refuse(g, &ls, &h, line > 0 ? line :
			    line_of(text, at), e);
	}
	letters_release(&ls);
	return rc;
}

static enum rc
check_node(const struct gate *g, const struct yaml_node *n, struct err *e)
{
	enum rc rc = RC_OK;

	if (yaml_text(n) != NULL)
		return check_text(g, yaml_text(n), strlen(yaml_text(n)),
		    yaml_line(n), e);
	for (size_t i = 0; i < yaml_size(n) && rc == RC_OK; i++) {
		if (!yaml_is_map(n)) {
			rc = check_node(g, yaml_at(n, i), e);
			continue;
		}
		rc = check_node(g, yaml_key_at(n, i), e);
		if (rc == RC_OK)
			rc = check_node(g, yaml_value_at(n, i), e);
	}
	return rc;
}

static enum rc
check_read(const struct gate *g, const char *yaml, size_t n, struct err *e)
{
	struct faults f;
	struct yaml *y;
	enum rc rc;

	faults_init(&f, "study");
	y = yaml_parse(yaml, n, &f);
	if (y != NULL) {
		rc = check_node(g, yaml_root(y), e);
	} else {
		rc = faults_result(&f, e);
		rc = rc == RC_OK ? RC_OK : err_set(e, RC_REFUSED, "the text "
		    "is no YAML and cannot be looked through; make the "
		    "study anew");
	}
	yaml_doc_free(y);
	faults_release(&f);
	return rc;
}

enum rc
deident_check(const struct deident *d, const char *yaml, size_t n,
    struct err *e)
{
	struct gate g = { .d = d };
	enum rc rc;

	needles_of(&g.ns, d);
	rc = check_text(&g, yaml, n, 0, e);
	if (rc == RC_OK)
		rc = check_read(&g, yaml, n, e);
	needles_forget(&g.ns);
	return rc;
}
