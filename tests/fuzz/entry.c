/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The body of an entry: JSON, the check against its kind, and the fold of a
 * case.  Each line is KIND TAB DATE TAB BODY; in a body @0 to @9 stand for
 * the ids of the first ten entries.  The case means the same in whatever
 * order its entries come, and what the check lets pass, the fold counts.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "core/casefile.h"
#include "core/str.h"

#define ENTRIES 24

struct made {
	struct entry entries[ENTRIES];
	size_t n;
	struct entry_id prev[2];
	uint64_t count[2];
};

/* The body with the ids in their places. */
static char *
with_ids(const struct made *m, const char *text)
{
	char hex[2 * ENTRY_ID_LEN + 1];
	struct str out;

	str_init(&out);
	for (; *text != '\0'; text++) {
		size_t i = (size_t)(unsigned char)text[1] - '0';

		if (*text != '@' || i > 9 || i >= m->n) {
			str_add_char(&out, *text);
			continue;
		}
		hex_format(m->entries[i].id.b, ENTRY_ID_LEN, hex);
		str_add(&out, hex);
		text++;
	}
	return str_take(&out);
}

static json_t *
read_body(const struct made *m, const char *text)
{
	char *s = with_ids(m, text);
	json_t *body = json_loads(s, JSON_REJECT_DUPLICATES, NULL);

	free(s);
	return body;
}

static void
make_entry(struct made *m, const char *kind, const struct span *on,
    const json_t *body)
{
	struct entry *en = &m->entries[m->n];
	size_t who = m->n % 3 == 0;

	memset(en, 0, sizeof(*en));
	en->author.b[0] = (unsigned char)(1 + who);
	en->n = ++m->count[who];
	en->prev = m->prev[who];
	en->case_id.b[0] = 7;
	memcpy(en->kind, kind, strlen(kind) + 1);
	en->at = INT64_C(1767261600000) + (int64_t)(m->n / 2) * 60000;
	en->on = *on;
	en->body = entry_canonical_body(body);
	entry_seal_id(en);
	HOLDS(entry_id_holds(en));
	m->prev[who] = en->id;
	m->n++;
}

static void
check_body(const json_t *body)
{
	char *text = entry_canonical_body(body), *again;
	json_t *back;

	HOLDS(text != NULL);
	back = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	HOLDS(back != NULL);
	again = entry_canonical_body(back);
	HOLDS(strcmp(text, again) == 0);
	for (const char *p = text; *p != '\0'; p++)
		HOLDS(*p >= ' ' && (unsigned char)*p < 0x80);
	json_decref(back);
	free(text);
	free(again);
}

/* One line of the input; it is written into. */
static void
take_line(struct made *m, char *line)
{
	char *on = strchr(line, '\t'), *text;
	const struct kind *k;
	struct span span = span_none();
	json_t *body;
	struct err e;

	if (on == NULL || (text = strchr(on + 1, '\t')) == NULL)
		return;
	*on++ = '\0';
	*text++ = '\0';
	if (*on != '\0' && span_parse(on, &span, &e) != RC_OK)
		return;
	body = read_body(m, text);
	if (!json_is_object(body) || strlen(line) >= KIND_NAME_MAX) {
		json_decref(body);
		return;
	}
	check_body(body);
	k = kind_find(line);
	if (k != NULL && kind_check_draft(k, &span, body, &e) != RC_OK)
		fuzz_message(&e, "");
	make_entry(m, line, &span, body);
	json_decref(body);
}

static void
fold(const struct made *m, bool backwards, struct casefile *c)
{
	struct case_id id = {{7}};

	casefile_init(c, &id);
	for (size_t i = 0; i < m->n; i++)
		casefile_apply(c, &m->entries[backwards ? m->n - 1 - i : i]);
	if (m->n > 0)
		casefile_apply(c, &m->entries[0]);
	casefile_settle(c, NULL);
}

static void
check_record(const struct record *r)
{
	struct err e;

	if (r->validity == RECORD_VALID)
		HOLDS(kind_check_draft(r->kind, &r->entry.on, r->body, &e) ==
		    RC_OK);
	HOLDS(r->struck_by != r && r->replaced_by != r);
}

static void
check_same(const struct casefile *a, const struct casefile *b)
{
	HOLDS(a->nrecords == b->nrecords);
	HOLDS(strcmp(a->reference, b->reference) == 0);
	HOLDS(strcmp(a->name, b->name) == 0);
	HOLDS(a->birth == b->birth && a->changed == b->changed);
	HOLDS(a->nconflicts == b->nconflicts);
	for (size_t i = 0; i < a->nrecords; i++) {
		HOLDS(entry_id_equal(&a->records[i]->entry.id,
		    &b->records[i]->entry.id));
		HOLDS(record_stands(a->records[i]) ==
		    record_stands(b->records[i]));
		check_record(a->records[i]);
	}
}

static void
check_fold(const struct made *m)
{
	const struct instrument *in = fuzz_instrument();
	struct casefile a, b;
	struct answers x, y;
	const char *why, *other;

	fold(m, false, &a);
	fold(m, true, &b);
	check_same(&a, &b);
	casefile_answers(&a, in, 20500, &x);
	casefile_answers(&b, in, 20500, &y);
	HOLDS(memcmp(&x.present, &y.present, sizeof(x.present)) == 0);
	HOLDS(x.age == y.age);
	HOLDS(casefile_next_due(&a, &why) == casefile_next_due(&b, &other));
	casefile_release(&a);
	casefile_release(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct made m;
	char *text, *line, *next;

	if (n > 16384 || sodium_init() < 0)
		return 0;
	memset(&m, 0, sizeof(m));
	text = fuzz_text(data, n);
	for (line = text; line != NULL && m.n < ENTRIES; line = next) {
		next = strchr(line, '\n');
		if (next != NULL)
			*next++ = '\0';
		take_line(&m, line);
	}
	check_fold(&m);
	for (size_t i = 0; i < m.n; i++)
		entry_release(&m.entries[i]);
	free(text);
	return 0;
}
