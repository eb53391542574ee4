/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accesspack.h"

#include <stdlib.h>
#include <string.h>

#include "core/paper_case.h"
#include "core/xalloc.h"

/* Data Protection Act 2018, Schedule 2, paragraphs 16, 2, 19; Schedule 3. */
static const char *const reasons[WITHHELD_REASONS] = {
	"Given",
	"It is about somebody else (DPA 2018, Schedule 2, paragraph 16)",
	"Knowing it could seriously harm somebody (DPA 2018, Schedule 3)",
	("It could hinder the investigation of a crime (DPA 2018, Schedule 2, "
	"paragraph 2)"),
	"It is a lawyer's advice (DPA 2018, Schedule 2, paragraph 19)"
};

const char *
withheld_words(enum withheld w)
{
	return reasons[w];
}

static bool
is_about_others(const struct record *r)
{
	return strcmp(r->entry.kind, "associate") == 0 ||
	    strcmp(r->entry.kind, "person-of-concern") == 0;
}

void
access_pack_init(struct access_pack *p, const struct reading *g)
{
	memset(p, 0, sizeof(*p));
	p->lines = xcalloc(g->c->nrecords + 1, sizeof(*p->lines));
	for (size_t i = 0; i < g->c->nrecords; i++) {
		const struct record *r = g->c->records[i];

		if (r->kind == NULL || r->body == NULL) {
			p->unread++;
			continue;
		}
		p->lines[p->n++] = (struct pack_line){r, is_about_others(r) ?
		    WITHHELD_OTHERS : WITHHELD_NOT, 0};
	}
	redact_init(&p->names);
	redact_case(&p->names, g->c);
	access_pack_count(p, g);
}

void
access_pack_release(struct access_pack *p)
{
	free(p->lines);
	redact_release(&p->names);
	memset(p, 0, sizeof(*p));
}

/* ---- replacing ---- */

static size_t
replace(const struct redactions *names, char **text)
{
	struct str out;
	size_t n;

	if (*text == NULL)
		return 0;
	str_init(&out);
	n = redact_text(names, *text, &out);
	free(*text);
	*text = str_take(&out);
	return n;
}

/* Labels are the program's own words. */
static size_t
replace_from(const struct redactions *names, struct paper *p, size_t from)
{
	size_t count = 0;

	for (size_t i = from; i < p->n; i++) {
		struct paper_block *b = &p->blocks[i];

		count += replace(names, &b->text);
		for (size_t k = 0; k < b->ncells; k++)
			count += replace(names, &b->cells[k]);
	}
	return count;
}

/* ---- one entry ---- */

void
access_pack_count(struct access_pack *p, const struct reading *g)
{
	for (size_t i = 0; i < p->n; i++) {
		struct paper one;

		paper_init(&one, "", "", NULL, "");
		paper_record(&one, g, p->lines[i].record);
		p->lines[i].names = replace_from(&p->names, &one, 0);
		paper_release(&one);
	}
}

static void
block_text(const struct paper_block *b, struct str *out)
{
	if (b->label != NULL && *b->label != '\0')
		str_add_fmt(out, "%s: ", b->label);
	str_add(out, b->text != NULL ? b->text : "");
	str_add(out, "\n");
}

void
access_pack_read(const struct access_pack *p, const struct reading *g,
    size_t line, struct str *out)
{
	struct paper one;

	paper_init(&one, "", "", NULL, "");
	paper_record(&one, g, p->lines[line].record);
	(void)replace_from(&p->names, &one, 0);
	for (size_t i = 0; i < one.n; i++)
		block_text(&one.blocks[i], out);
	paper_release(&one);
}

/* ---- the pack ---- */

static size_t
count_withheld(const struct access_pack *p, enum withheld w)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		n += p->lines[i].withheld == w;
	return n;
}

static void
add_cover(const struct access_pack *p, const struct reading *g,
    struct paper *out)
{
	size_t given = count_withheld(p, WITHHELD_NOT);

	paper_add(out, PAPER_HEADING, "What this is");
	paper_addf(out, PAPER_TEXT, "A copy of what is kept about %s under "
	    "the reference %s. Of %zu entries %zu are given here, in the "
	    "order in which they were written.", *g->c->name != '\0' ?
	    g->c->name : "the young person", g->c->reference, p->n, given);
	if (p->unread > 0)
		paper_addf(out, PAPER_NOTICE, "%zu more %s kept that could "
		    "not be read when this was made; ask for %s again.",
		    p->unread, p->unread == 1 ? "entry is" : "entries are",
		    p->unread == 1 ? "it" : "them");
	paper_add(out, PAPER_TEXT, "Where this paper says " REDACTED
	    ", the name of another person stood, who has a right to be left "
	    "out.");
	if (given < p->n)
		paper_add(out, PAPER_HEADING, "What is not given, and why");
	for (unsigned w = 1; w < WITHHELD_REASONS; w++) {
		size_t n = count_withheld(p, (enum withheld)w);

		if (n > 0)
			paper_addf(out, PAPER_ITEM, "%zu %s: %s.", n,
			    n == 1 ? "entry" : "entries", reasons[w]);
	}
	paper_add(out, PAPER_TEXT, "You may ask for this to be looked at "
	    "again, and complain to the Information Commissioner.");
}

void
access_pack_paper(const struct access_pack *p, const struct reading *g,
    const char *made, struct paper *out)
{
	struct str plain;
	size_t from;

	/* The reason that was typed may name who asked for the file. */
	str_init(&plain);
	(void)redact_text(&p->names, made, &plain);
	paper_init(out, "What is kept about you", g->c->reference,
	    paper_classification(g->c), plain.s);
	str_release(&plain);
	add_cover(p, g, out);
	paper_add(out, PAPER_HEADING, "The entries");
	from = out->n;
	for (size_t i = 0; i < p->n; i++)
		if (p->lines[i].withheld == WITHHELD_NOT)
			paper_record(out, g, p->lines[i].record);
	(void)replace_from(&p->names, out, from);
}

/* ---- what was decided ---- */

static json_t *
save_names(const struct redactions *names)
{
	json_t *list = json_array();

	for (size_t i = 0; i < names->n; i++)
		json_array_append_new(list, json_pack("{s:s, s:b}", "name",
		    names->names[i].name, "on", names->names[i].on));
	return list;
}

json_t *
access_pack_save(const struct access_pack *p)
{
	json_t *entries = json_object();
	char hex[2 * ENTRY_ID_LEN + 1];

	for (size_t i = 0; i < p->n; i++) {
		hex_format(p->lines[i].record->entry.id.b, ENTRY_ID_LEN, hex);
		json_object_set_new(entries, hex,
		    json_integer((json_int_t)p->lines[i].withheld));
	}
	return json_pack("{s:o, s:o}", "entries", entries, "names",
	    save_names(&p->names));
}

static void
restore_names(struct redactions *names, const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);
		const char *name = json_string_value(json_object_get(one,
		    "name"));
		bool on = json_is_true(json_object_get(one, "on"));

		if (name == NULL)
			continue;
		redact_add(names, name, "Added", on);
		for (size_t k = 0; k < names->n; k++)
			if (strcmp(names->names[k].name, name) == 0)
				names->names[k].on = on;
	}
}

void
access_pack_restore(struct access_pack *p, const json_t *saved)
{
	const json_t *entries = json_object_get(saved, "entries");
	char hex[2 * ENTRY_ID_LEN + 1];

	for (size_t i = 0; i < p->n; i++) {
		const json_t *v;

		hex_format(p->lines[i].record->entry.id.b, ENTRY_ID_LEN, hex);
		v = json_object_get(entries, hex);
		if (json_is_integer(v) && json_integer_value(v) >= 0 &&
		    json_integer_value(v) < WITHHELD_REASONS)
			p->lines[i].withheld =
			    (enum withheld)json_integer_value(v);
	}
	restore_names(&p->names, json_object_get(saved, "names"));
}
