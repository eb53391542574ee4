/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finding words in a text.  The text is folded a cluster at a time, beside a
 * list of where each cluster stands in the folded text and in the text
 * itself, so that one search over the folded text says where in the text it
 * was: linear in the text, whatever it holds.
 */
#include "config.h"

#include "tui/edit.h"

#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "tui/edit_text.h"

/* A cluster that leaves something when it is folded. */
struct mark {
	size_t folded, at, end;
};

struct folding {
	struct str text;
	struct mark *marks;
	size_t n, cap;
	char ascii[128];	/* what each folds to; 0: nothing */
};

static void
fold_ascii(struct folding *f)
{
	struct str one;

	str_init(&one);
	for (int c = 1; c < 128; c++) {
		char in = (char)c;

		str_clear(&one);
		utf8_fold(&one, &in, 1);
		f->ascii[c] = one.s[0];
	}
	str_release(&one);
}

static void
fold_cluster(struct folding *f, const char *s, size_t n, bool exact)
{
	unsigned char c = (unsigned char)s[0];

	if (exact)
		str_add_n(&f->text, s, n);
	else if (n > 1 || c >= 128)
		utf8_fold(&f->text, s, n);
	else if (f->ascii[c] != '\0')
		str_add_char(&f->text, f->ascii[c]);
}

static void
fold(struct folding *f, const struct edit *ed, bool exact)
{
	size_t at = 0, next;

	memset(f, 0, sizeof(*f));
	str_init(&f->text);
	fold_ascii(f);
	for (; at < ed->text.len; at = next) {
		size_t from = f->text.len;

		next = edit_next(ed, at);
		fold_cluster(f, ed->text.s + at, next - at, exact);
		if (f->text.len == from)
			continue;
		f->marks = vec_room(f->marks, f->n, &f->cap,
		    sizeof(*f->marks));
		f->marks[f->n++] = (struct mark){from, at, next};
	}
}

static void
folding_release(struct folding *f)
{
	if (f->text.cap > 0)
		explicit_bzero(f->text.s, f->text.cap);
	str_release(&f->text);
	free(f->marks);
}

/* The mark that stands at or before a place of the folded text. */
static const struct mark *
mark_of(const struct folding *f, size_t folded)
{
	size_t low = 0, high = f->n;

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (f->marks[mid].folded <= folded)
			low = mid;
		else
			high = mid;
	}
	return &f->marks[low];
}

/* Where in the text each hit is; false for one that begins inside a cluster. */
static bool
hit_at(const struct folding *f, size_t folded, size_t n, struct mark *out)
{
	const struct mark *first = mark_of(f, folded);

	if (first->folded != folded)
		return false;
	*out = (struct mark){folded, first->at,
	    mark_of(f, folded + n - 1)->end};
	return true;
}

/* All hits are looked at: the nearest one, and the one at the far end. */
struct search {
	size_t from;
	bool back;
	bool any, near_any;
	struct mark far, near;
};

static void
take_hit(struct search *s, const struct mark *hit)
{
	bool ahead = s->back ? hit->at < s->from : hit->at > s->from;

	if (!s->any || s->back)
		s->far = *hit;
	s->any = true;
	if (ahead && (s->back || !s->near_any)) {
		s->near = *hit;
		s->near_any = true;
	}
}

static void
look_for(const struct folding *f, const struct str *words, struct search *s)
{
	const char *p = f->text.s;
	struct mark hit;

	if (f->n == 0)
		return;
	for (; (p = strstr(p, words->s)) != NULL; p++)
		if (hit_at(f, (size_t)(p - f->text.s), words->len, &hit))
			take_hit(s, &hit);
}

bool
edit_find(struct edit *ed, const char *words, bool back, bool *round)
{
	struct search s = {.from = ed->at, .back = back};
	struct folding f;
	struct str key;
	bool exact;

	ed->found = 0;
	if (ed->mode == EDIT_SECRET || *words == '\0')
		return false;
	str_init(&key);
	utf8_fold(&key, words, strlen(words));
	exact = key.len == 0;
	if (exact)
		str_add(&key, words);
	fold(&f, ed, exact);
	look_for(&f, &key, &s);
	folding_release(&f);
	str_release(&key);
	if (!s.any)
		return false;
	*round = !s.near_any;
	if (!s.near_any)
		s.near = s.far;
	ed->at = ed->found_at = s.near.at;
	ed->found = s.near.end - s.near.at;
	ed->want_x = -1;
	ed->group = GROUP_NONE;
	edit_show_cursor(ed);
	return true;
}
