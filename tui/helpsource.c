/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Help topics as a session has them: the files of the help folder, and the
 * indicators of the instrument in use.
 */
#include "config.h"

#include "tui/helpscreen.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "exchange/file.h"
#include "tui/session.h"

#define TOPIC_BYTES_MAX ((size_t)256 << 10)
#define SUFFIX ".md"
#define INDICATOR "indicator:"

/* Topics name files: nothing in one may lead out of the folder. */
static bool
is_file_topic(const char *topic)
{
	return *topic != '\0' && topic[strspn(topic,
	    "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

static void
topic_path(struct str *out, const struct session *s, const char *topic)
{
	str_add_fmt(out, "%s/topics/%s" SUFFIX, session_help_dir(s), topic);
}

static enum rc
load_file(const struct session *s, const char *topic, struct str *out,
    struct err *e)
{
	struct str path;
	char *text = NULL;
	enum rc rc;

	str_init(&path);
	topic_path(&path, s, topic);
	rc = file_read(path.s, TOPIC_BYTES_MAX, &text, NULL, e);
	if (rc == RC_OK)
		str_add(out, text);
	else if (rc == RC_NOTFOUND)
		rc = err_set(e, RC_NOTFOUND, "There is no help on \"%s\". F1 "
		    "lists all topics.", topic);
	free(text);
	str_release(&path);
	return rc;
}

/* A direct question is known by its words, an indicator by its id too. */
static void
add_item_title(struct str *out, const struct instrument *in, uint32_t i)
{
	if (!itemset_has(&in->questions, i))
		str_add_fmt(out, "%s ", in->items[i].id);
	str_add(out, in->items[i].label);
}

static enum rc
load_indicator(const struct session *s, const char *id, struct str *out,
    struct err *e)
{
	const struct instrument *in = session_instrument(s);
	uint32_t i = in != NULL ? instrument_item(in, id, strlen(id)) :
	    NO_ITEM;
	const struct item *it;
	const struct section *sec;

	if (i == NO_ITEM)
		return err_set(e, RC_NOTFOUND, "There is no indicator %s in "
		    "the instrument in use. F1 lists all topics.", id);
	it = &in->items[i];
	sec = instrument_section_of(in, i);
	str_add(out, "# ");
	add_item_title(out, in, i);
	str_add_fmt(out, "\n\n%s\n", it->help != NULL ? it->help : "");
	str_add_fmt(out, "\n## %s\n\n%s\n", sec->label,
	    sec->help != NULL ? sec->help : "");
	if (it->source != NULL && *it->source != '\0')
		str_add_fmt(out, "\n## Source\n\n%s\n", it->source);
	str_add_fmt(out, "\nFrom %s, version %s. A screening aid; it has not "
	    "been validated.\n", in->title, in->version);
	return RC_OK;
}

/* The part of keys_help() that is the context's own. */
static void
add_own_keys(struct str *out, enum context c)
{
	struct str all;
	const char *end, *body;

	str_init(&all);
	keys_help(c, &all);
	end = strstr(all.s, "\n\n");
	body = strchr(all.s, '\n');
	if (body != NULL && body[1] != '\n' && body[1] != '\0') {
		str_add(out, "\n## ");
		str_add_n(out, all.s, end != NULL ? (size_t)(end - all.s) :
		    all.len);
		str_add_char(out, '\n');
	}
	str_release(&all);
}

static enum rc
source_load(void *ctx, const char *topic, struct str *out, struct err *e)
{
	size_t n = strlen(INDICATOR);
	enum rc rc;

	if (strncmp(topic, INDICATOR, n) == 0)
		return load_indicator(ctx, topic + n, out, e);
	if (!is_file_topic(topic))
		return err_set(e, RC_NOTFOUND, "\"%s\" is not the name of a "
		    "topic. F1 lists all topics.", topic);
	rc = load_file(ctx, topic, out, e);
	if (rc == RC_OK && strcmp(topic, "keys") == 0) {
		for (int c = 0; c < CONTEXTS; c++)
			add_own_keys(out, (enum context)c);
	}
	return rc;
}

struct telling {
	struct session *s;
	help_topic_fn fn;
	void *fn_ctx;
	struct err *e;
	enum rc rc;
};

/* "# Title" on the first line. */
static bool
tell_file(const char *name, void *ctx)
{
	struct telling *t = ctx;
	char *topic = xstrndup(name, strlen(name) - strlen(SUFFIX));
	struct str text;

	str_init(&text);
	if (is_file_topic(topic))
		t->rc = load_file(t->s, topic, &text, t->e);
	if (t->rc == RC_OK && strncmp(text.s, "# ", 2) == 0) {
		text.s[strcspn(text.s, "\n")] = '\0';
		t->fn(topic, text.s + 2, t->fn_ctx);
	}
	str_release(&text);
	free(topic);
	return t->rc == RC_OK;
}

static void
tell_indicators(const struct telling *t)
{
	const struct instrument *in = session_instrument(t->s);

	for (size_t i = 0; in != NULL && i < in->nitems; i++) {
		struct str topic, title;

		str_init(&topic);
		str_init(&title);
		str_add_fmt(&topic, INDICATOR "%s", in->items[i].id);
		add_item_title(&title, in, (uint32_t)i);
		t->fn(topic.s, title.s, t->fn_ctx);
		str_release(&topic);
		str_release(&title);
	}
}

static enum rc
source_each(void *ctx, help_topic_fn fn, void *fn_ctx, struct err *e)
{
	struct telling t = {ctx, fn, fn_ctx, e, RC_OK};
	struct str dir;
	enum rc rc;

	str_init(&dir);
	str_add_fmt(&dir, "%s/topics", session_help_dir(t.s));
	rc = file_each(dir.s, SUFFIX, tell_file, &t, e);
	str_release(&dir);
	if (rc == RC_OK)
		rc = t.rc;
	tell_indicators(&t);
	return rc;
}

struct help_source
help_source_session(struct session *s)
{
	static const struct help_source_ops ops = {
		.load = source_load,
		.each = source_each
	};

	return (struct help_source){&ops, s};
}
