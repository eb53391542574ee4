/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/pty/scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/str.h"
#include "tui/writemenu.h"

#define STORY_MAX (1 << 20)

/* ---- the file ---- */

static char *
path_of(const struct story *s)
{
	const char *src = getenv("HEARKEN_SRCDIR");
	struct str path;

	str_init(&path);
	str_add_fmt(&path, "%s/tests/pty/%s.txt", src != NULL ? src : ".",
	    s->name);
	return str_take(&path);
}

static void
read_story(const struct story *s, struct str *out)
{
	char *path = path_of(s), *text = calloc(1, STORY_MAX);
	FILE *f = fopen(path, "r");

	assert_non_null(text);
	if (f != NULL) {
		str_add_n(out, text, fread(text, 1, STORY_MAX - 1, f));
		(void)fclose(f);
	}
	free(text);
	free(path);
}

static void
write_scene(const struct story *s, const char *text)
{
	char *path = path_of(s);
	FILE *f = fopen(path, s->at == 0 ? "w" : "a");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
	free(path);
}

/* The words, then the rows of the screen between rules; empty ends cut. */
static void
tell(const char *words, const char *screen, struct str *out)
{
	size_t n = strlen(screen);

	while (n > 0 && screen[n - 1] == '\n')
		n--;
	str_add_fmt(out, "\n## %s\n\n", words);
	for (const char *p = screen; p < screen + n;) {
		size_t line = strcspn(p, "\n");

		str_add(out, line > 0 ? "    " : "");
		str_add_n(out, p, line);
		str_add(out, "\n");
		p += line + (p[line] == '\n');
	}
}

/* ---- the screen becomes what the file says ---- */

static void
wait_for_rows(struct pty *p, const char *scene_text)
{
	const char *row = strstr(scene_text, "\n\n    ");

	for (row = row != NULL ? row + 2 : ""; *row != '\0';) {
		size_t n = strcspn(row, "\n");
		char text[512];

		(void)snprintf(text, sizeof(text), "%.*s", (int)n, row);
		if (n > 4)
			pty_wait(p, text + 4);
		row += n + (row[n] == '\n');
	}
}

/* Rows of before that are to go. */
static void
wait_for_others(struct pty *p, const char *scene_text)
{
	char *now = pty_text(p), *row = now;

	while (*row != '\0') {
		size_t n = strcspn(row, "\n");
		char text[512];

		(void)snprintf(text, sizeof(text), "%.*s", (int)n, row);
		if (n > 0 && strstr(scene_text, text) == NULL)
			pty_wait_gone(p, text);
		row += n + (row[n] == '\n');
	}
	free(now);
}

/* The scene that stands in the file at s->at, owned. */
static char *
next_scene(const struct story *s)
{
	struct str all;
	const char *from, *to;
	char *out;

	str_init(&all);
	read_story(s, &all);
	from = s->at < all.len ? all.s + s->at : "";
	to = *from != '\0' ? strstr(from + 1, "\n## ") : NULL;
	out = strndup(from, to != NULL ? (size_t)(to - from) : strlen(from));
	assert_non_null(out);
	str_release(&all);
	return out;
}

static void
compare(struct story *s, const char *words)
{
	char *want = next_scene(s), *screen;
	struct str got;

	wait_for_rows(s->p, want);
	wait_for_others(s->p, want);
	screen = pty_text(s->p);
	str_init(&got);
	tell(words, screen, &got);
	assert_string_equal(got.s, want);
	s->at += got.len;
	str_release(&got);
	free(screen);
	free(want);
}

void
scene(struct story *s, const char *words)
{
	const char *update = getenv("UPDATE_GOLDEN");
	char *screen;
	struct str text;

	if (update == NULL || update[0] != '1') {
		compare(s, words);
		return;
	}
	pty_settle(s->p);
	screen = pty_text(s->p);
	str_init(&text);
	tell(words, screen, &text);
	write_scene(s, text.s);
	s->at += text.len;
	str_release(&text);
	free(screen);
}

/* ---- forms ---- */

static void
type_choice(struct pty *p, const struct field *f, const char *code)
{
	const struct code *c = f->codes;

	/* With nothing chosen, the first is the first step to the right. */
	pty_keys(p, "Backspace Right");
	for (; f->type != FIELD_BOOL && strcmp(c->id, code) != 0; c++) {
		assert_non_null(c->id);
		pty_keys(p, "Right");
	}
}

static void
type_answer(struct pty *p, const struct field *f, const char *text)
{
	if (f != NULL && (f->type == FIELD_CODE || f->type == FIELD_BOOL)) {
		type_choice(p, f, text);
		return;
	}
	pty_keys(p, "^U");
	pty_paste(p, text);
}

static const char *
answer_for(const struct answer_in *a, const char *field)
{
	for (; a->field != NULL; a++)
		if (strcmp(a->field, field) == 0)
			return a->text;
	return NULL;
}

static size_t
answers_in(const struct answer_in *a)
{
	size_t n = 0;

	while (a[n].field != NULL)
		n++;
	return n;
}

void
fill_form(struct pty *p, const char *kind, const struct answer_in *a)
{
	const struct kind *k = kind_find(kind);
	size_t left = answers_in(a);
	const char *text;

	assert_non_null(k);
	if (k->on_label != NULL) {
		text = answer_for(a, "on");
		if (text != NULL) {
			type_answer(p, NULL, text);
			left--;
		}
		pty_keys(p, "Tab");
	}
	for (const struct field *f = k->fields; f->name != NULL && left > 0;
	    f++) {
		if ((f->flags & FIELD_HIDDEN) != 0)
			continue;
		text = answer_for(a, f->name);
		if (text != NULL) {
			type_answer(p, f, text);
			left--;
		}
		pty_keys(p, "Tab");
	}
	assert_int_equal(left, 0);
}

void
choose_kind(struct pty *p, const char *kind)
{
	const struct kind *all;
	size_t n;

	pty_keys(p, "A");
	pty_wait(p, "> Write ");
	all = kind_all(&n);
	for (size_t i = 0; i < n && strcmp(all[i].name, kind) != 0; i++)
		if (kind_has_form(&all[i]) &&
		    strcmp(all[i].name, "screening") != 0 &&
		    strcmp(all[i].name, "reopen") != 0)
			pty_keys(p, "Down");
	pty_keys(p, "Enter");
	pty_wait(p, "F2 keep");
}
