/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data files that names are standardised by. */
#include "config.h"

#include "core/link_impl.h"

#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"

#define FORMS_MAX 64		/* of one name */

struct link_names *
link_names_new(void)
{
	return xcalloc(1, sizeof(struct link_names));
}

void
link_names_free(struct link_names *n)
{
	if (n == NULL)
		return;
	link_words_release(&n->words);
	free(n->info);
	free(n->shorts);
	free(n->begins);
	free(n->letters);
	free(n);
}

static struct word_info *
info_of(struct link_names *n, const char *s, size_t len)
{
	uint32_t id = link_words_add(&n->words, s, len);

	while (id >= n->capinfo)
		n->info = vec_room(n->info, n->capinfo, &n->capinfo,
		    sizeof(*n->info));
	return &n->info[id];
}

unsigned
link_names_flags(const struct link_names *n, const char *word, size_t len)
{
	uint32_t id = n == NULL ? 0 : link_words_find(&n->words, word, len);

	return id == 0 ? 0 : n->info[id].flags;
}

/*
 * Of this name alone; or of this one alone among those of girls, or of boys:
 * then it is enough to know the sex.
 */
static unsigned
short_for(const struct link_names *n, uint32_t brief, uint32_t full)
{
	unsigned found = 0, alone = SHORT_ALONE | SHORT_GIRL | SHORT_BOY;

	for (size_t i = 0; i < n->nshorts; i++) {
		unsigned flags = n->info[n->shorts[i].full].flags;

		if (n->shorts[i].brief != brief)
			continue;
		if (n->shorts[i].full == full) {
			found = SHORT_OF;
			continue;
		}
		alone &= ~(unsigned)SHORT_ALONE;
		if (!(flags & WORD_BOY))
			alone &= ~(unsigned)SHORT_GIRL;
		if (!(flags & WORD_GIRL))
			alone &= ~(unsigned)SHORT_BOY;
	}
	return found == 0 ? 0 : found | alone;
}

unsigned
link_names_short(const struct link_names *n, const char *a, const char *b)
{
	uint32_t x, y;
	unsigned found = 0;

	if (n == NULL)
		return 0;
	x = link_words_find(&n->words, a, strlen(a));
	y = link_words_find(&n->words, b, strlen(b));
	if (x == 0 || y == 0)
		return 0;
	if (n->info[x].flags & WORD_SHORT && n->info[y].flags & WORD_FULL)
		found = short_for(n, x, y);
	if (found == 0 && n->info[y].flags & WORD_SHORT &&
	    n->info[x].flags & WORD_FULL)
		found = short_for(n, y, x);
	return found;
}

/* ---- reading ---- */

static void
fault(struct faults *f, const struct yaml_node *n, const char *text)
{
	faults_add(f, yaml_line(n), yaml_column(n), "%s", text);
}

/* One word, folded; false with its fault. */
static bool
take_word(const struct yaml_node *n, struct str *out, struct faults *f)
{
	const char *text = yaml_text(n);

	str_clear(out);
	if (text != NULL)
		utf8_fold(out, text, strlen(text));
	if (out->len > 0 && out->len < NAME_BYTES &&
	    strpbrk(text, " \t\n") == NULL)
		return true;
	fault(f, n, "expected one word of 63 letters at most");
	return false;
}

static void
take_flags(struct link_names *names, const struct yaml_node *root,
    const char *key, unsigned flag, struct faults *f)
{
	const struct yaml_node *list = yaml_want_list(root, key, false, f);
	struct str word;

	str_init(&word);
	for (size_t i = 0; list != NULL && i < yaml_size(list); i++)
		if (take_word(yaml_at(list, i), &word, f))
			info_of(names, word.s, word.len)->flags |= flag;
	str_release(&word);
}

static void
take_rewrite(struct rewrite **list, size_t *n, size_t *cap,
    const struct yaml_node *key, const struct yaml_node *value)
{
	struct rewrite *r;

	*list = vec_room(*list, *n, cap, sizeof(**list));
	r = &(*list)[(*n)++];
	memcpy(r->from, yaml_text(key), strlen(yaml_text(key)) + 1);
	memcpy(r->to, yaml_text(value), strlen(yaml_text(value)) + 1);
}

static bool
is_rewrite(const struct yaml_node *key, const struct yaml_node *value)
{
	const char *from = yaml_text(key), *to = yaml_text(value);

	return from != NULL && to != NULL && from[0] != '\0' &&
	    strlen(from) < sizeof(((struct rewrite *)NULL)->from) &&
	    strlen(to) < sizeof(((struct rewrite *)NULL)->to) &&
	    to[strspn(to, "abcdefghijklmnopqrstuvwxyz")] == '\0';
}

static void
take_rewrites(struct link_names *names, const struct yaml_node *root,
    bool letters, struct faults *f)
{
	const struct yaml_node *map = yaml_want_map(root,
	    letters ? "letters" : "begins", false, f);

	for (size_t i = 0; map != NULL && i < yaml_size(map); i++) {
		const struct yaml_node *k = yaml_key_at(map, i);
		const struct yaml_node *v = yaml_value_at(map, i);

		if (!is_rewrite(k, v))
			fault(f, k, "expected up to 15 bytes, and small Latin "
			    "letters that they become");
		else if (letters)
			take_rewrite(&names->letters, &names->nletters,
			    &names->capletters, k, v);
		else
			take_rewrite(&names->begins, &names->nbegins,
			    &names->capbegins, k, v);
	}
}

static void
take_spelling(struct link_names *names, const char *word, size_t len,
    uint32_t first, const struct yaml_node *at, struct faults *f)
{
	struct word_info *w = info_of(names, word, len);

	if (w->flags & WORD_SPELT && w->standard != first)
		fault(f, at, "is in another list of spellings: a name is kept "
		    "in one way only");
	w->flags |= WORD_SPELT;
	w->standard = first;
}

static void
take_short(struct link_names *names, const char *word, size_t len,
    uint32_t full)
{
	struct word_info *w = info_of(names, word, len);
	uint32_t brief = link_words_find(&names->words, word, len);

	w->flags |= WORD_SHORT;
	names->info[full].flags |= WORD_FULL;
	names->shorts = vec_room(names->shorts, names->nshorts,
	    &names->capshorts, sizeof(*names->shorts));
	names->shorts[names->nshorts++] = (struct short_form){ brief, full };
}

static void
take_forms(struct link_names *names, const struct yaml_node *list,
    bool spellings, struct faults *f)
{
	struct str word;
	uint32_t first = 0;

	if (!yaml_is_list(list) || yaml_size(list) < 2 ||
	    yaml_size(list) > FORMS_MAX) {
		fault(f, list, "expected a list: a name and 1 to 63 others");
		return;
	}
	str_init(&word);
	for (size_t i = 0; i < yaml_size(list); i++) {
		if (!take_word(yaml_at(list, i), &word, f))
			continue;
		if (first == 0) {
			(void)info_of(names, word.s, word.len);
			first = link_words_find(&names->words, word.s,
			    word.len);
		}
		if (spellings)
			take_spelling(names, word.s, word.len, first,
			    yaml_at(list, i), f);
		else if (i > 0)
			take_short(names, word.s, word.len, first);
	}
	str_release(&word);
}

static void
take_lists(struct link_names *names, const struct yaml_node *root,
    bool spellings, struct faults *f)
{
	const struct yaml_node *all = yaml_want_list(root,
	    spellings ? "spellings" : "diminutives", false, f);

	for (size_t i = 0; all != NULL && i < yaml_size(all); i++)
		take_forms(names, yaml_at(all, i), spellings, f);
}

static void
take_all(struct link_names *n, const struct yaml_node *root,
    struct faults *f)
{
	static const char *const keys[] = { "id", "title", "titles", "drop",
	    "middle", "join", "shared", "begins", "letters", "spellings",
	    "diminutives", "girls", "boys", "nobody", NULL };

	yaml_only_keys(root, keys, f);
	(void)yaml_want_text(root, "id", true, f);
	(void)yaml_want_text(root, "title", true, f);
	take_flags(n, root, "titles", WORD_TITLE, f);
	take_flags(n, root, "drop", WORD_DROP, f);
	take_flags(n, root, "middle", WORD_MIDDLE, f);
	take_flags(n, root, "girls", WORD_GIRL, f);
	take_flags(n, root, "boys", WORD_BOY, f);
	take_flags(n, root, "join", WORD_JOIN, f);
	take_flags(n, root, "shared", WORD_SHARED, f);
	take_flags(n, root, "nobody", WORD_NOBODY, f);
	take_rewrites(n, root, false, f);
	take_rewrites(n, root, true, f);
	take_lists(n, root, true, f);
	take_lists(n, root, false, f);
}

/* Reads into names; on a fault names may hold a part of the file. */
static bool
take_file(struct link_names *names, const char *text, size_t len,
    struct faults *f)
{
	size_t before = f->n;
	struct yaml *doc = yaml_parse(text, len, f);
	const struct yaml_node *root = doc == NULL ? NULL : yaml_root(doc);

	if (doc == NULL)
		return false;
	if (root != NULL && yaml_is_map(root))
		take_all(names, root, f);
	else
		faults_add(f, 1, 1, "a file of names is a map with id, title "
		    "and what it says of names");
	yaml_doc_free(doc);
	faults_sort(f);
	return f->n == before;
}

/*
 * The file is read once into names of its own first, so that one with faults
 * leaves nothing; what remains to be found then is a clash with another file.
 */
bool
link_names_add(struct link_names *n, const char *text, size_t len,
    struct faults *f)
{
	struct link_names *alone = link_names_new();
	bool good = take_file(alone, text, len, f);

	link_names_free(alone);
	return good && take_file(n, text, len, f);
}
