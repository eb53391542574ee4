/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/unit/book.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/str.h"

#define FROM INT64_C(1795190400000)	/* 2026-11-20 16:00 UTC */

static void
fold(struct book *b)
{
	casefile_release(&b->c);
	for (size_t i = 0; i < b->n; i++)
		casefile_apply(&b->c, &b->e[i]);
	casefile_settle(&b->c, NULL);
}

void
book_init(struct book *b)
{
	struct case_id id = {{7}};

	memset(b, 0, sizeof(*b));
	casefile_init(&b->c, &id);
}

void
book_release(struct book *b)
{
	for (size_t i = 0; i < b->n; i++)
		entry_release(&b->e[i]);
	casefile_release(&b->c);
}

static json_t *
body_of(const struct book *b, const char *text)
{
	char hex[BOOK_ID];
	struct str out;
	json_t *body;

	str_init(&out);
	for (; *text != '\0'; text++) {
		if (*text == '@') {
			text++;
			hex_format(b->e[*text - '0'].id.b, ENTRY_ID_LEN, hex);
			str_add(&out, hex);
		} else {
			str_add_char(&out, *text == '\'' ? '"' : *text);
		}
	}
	body = json_loads(out.s, 0, NULL);
	if (body == NULL)
		fail_msg("not JSON: %s", out.s);
	str_release(&out);
	return body;
}

size_t
book_write(struct book *b, const char *kind, const char *on,
    const char *text)
{
	struct entry *e = &b->e[b->n];
	json_t *body = body_of(b, text);
	struct span span = span_none();
	struct err err;

	assert_true(b->n < BOOK_MAX);
	if (*on != '\0' && span_parse(on, &span, &err) != RC_OK)
		fail_msg("%s", err.text);
	if (kind_check_draft(kind_find(kind), &span, body, &err) != RC_OK)
		fail_msg("%s: %s", kind, err.text);
	memset(e, 0, sizeof(*e));
	memset(e->author.b, 1, AUTHOR_LEN);
	e->n = ++b->n;
	e->case_id = b->c.id;
	e->at = FROM + (int64_t)b->n * 60000;
	(void)snprintf(e->kind, sizeof(e->kind), "%s", kind);
	e->on = span;
	e->body = entry_canonical_body(body);
	entry_seal_id(e);
	json_decref(body);
	fold(b);
	return b->n - 1;
}

const struct record *
book_record(const struct book *b, size_t i)
{
	return casefile_find(&b->c, &b->e[i].id);
}
