/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/joinednear.h"

#include <stdlib.h>
#include <string.h>

#include "core/joinedwindow.h"
#include "core/vec.h"
#include "core/xalloc.h"

#define NAMED 3		/* references told; of more only how many */

void
joined_near_init(struct joined_near *near, const struct instrument *in,
    int32_t today)
{
	memset(near, 0, sizeof(*near));
	near->in = in;
	near->today = today;
	joined_names_init(&near->names);
	if (joined_window_parse(JOINED_WINDOW, today, &near->window, NULL) !=
	    RC_OK)
		near->window = (struct joined_window){DAY_NONE, DAY_NONE};
}

void
joined_near_release(struct joined_near *near)
{
	for (size_t i = 0; i < near->n; i++) {
		free(near->list[i].reference);
		joined_part_release(&near->list[i].part);
	}
	free(near->list);
	joined_names_release(&near->names);
	memset(near, 0, sizeof(*near));
}

void
joined_near_add(struct joined_near *near, const struct casefile *c)
{
	struct near_case *k;

	near->list = vec_room(near->list, near->n, &near->cap,
	    sizeof(*near->list));
	k = &near->list[near->n++];
	k->reference = xstrdup(c->reference);
	joined_part_of(c, near->in, &near->window, near->today, &near->names,
	    &k->part);
}

bool
joined_near_any(const struct joined_near *near)
{
	return near->n > 0 || near->restricted > 0 || near->many ||
	    near->unread;
}

/* "S-0118, 91 and 2 more" */
static void
add_references(const struct joined_near *near, struct str *out)
{
	size_t told = near->n <= NAMED ? near->n : NAMED - 1;

	for (size_t i = 0; i < told; i++)
		str_add_fmt(out, "%s%s", i == 0 ? "" :
		    i + 1 == near->n ? " and " : ", ",
		    near->list[i].reference);
	if (told < near->n)
		str_add_fmt(out, " and %zu more", near->n - told);
}

static void
add_sum(const struct joined_near *near, const struct joined_child *child,
    struct str *out)
{
	str_add(out, "With ");
	add_references(near, out);
	str_add_fmt(out, ", the same child: %u indicator%s",
	    child->indicators, child->indicators == 1 ? "" : "s");
	if (!near->in->unscored)
		str_add_fmt(out, ", %s", screen_level_label(near->in,
		    child->result.level));
	str_add(out, " (12 months).");
}

static bool
join(const struct joined_near *near, const struct casefile *own, unsigned level,
    struct str *out)
{
	const struct joined_part **parts = xcalloc(near->n + 1,
	    sizeof(*parts));
	struct joined_names own_names;
	struct joined_child child;
	struct joined_part part;
	bool higher;

	/* Who says what is not told: the numbers of agencies are of no use. */
	joined_names_init(&own_names);
	joined_part_of(own, near->in, &near->window, near->today,
	    &own_names, &part);
	parts[0] = &part;
	for (size_t i = 0; i < near->n; i++)
		parts[i + 1] = &near->list[i].part;
	joined_child_of(parts, near->n + 1, near->in, &child);
	add_sum(near, &child, out);
	higher = !near->in->unscored && child.result.level < level;
	joined_part_release(&part);
	joined_names_release(&own_names);
	free(parts);
	return higher;
}

bool
joined_near_words(const struct joined_near *near,
    const struct casefile *own, unsigned level, struct str *out)
{
	bool warn = near->many || near->unread;

	if (near->unread)
		str_add(out, "Whether other cases are of the same child "
		    "could not be read; this case alone is counted.");
	else if (near->many)
		str_add(out, "Very many cases are linked to this one; it "
		    "alone is counted here.");
	if (!warn && near->n > 0)
		warn = join(near, own, level, out);
	if (near->restricted > 0)
		str_add_fmt(out, "%s%zu case%s of the same child %s "
		    "restricted to others and not counted.",
		    out->len > 0 ? " " : "", near->restricted,
		    near->restricted == 1 ? "" : "s",
		    near->restricted == 1 ? "is" : "are");
	return warn;
}
