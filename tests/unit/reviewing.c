/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/unit/reviewing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/screen.h"
#include "core/str.h"
#include "core/xalloc.h"

static const char tool[] =
    "id: t\nversion: '1'\ntitle: Test\nsummary: s\nreview-days: 42\n"
    "sources: {src: A source}\n"
    "sections:\n"
    "  - id: B\n    label: Signs\n    role: sign\n    help: h\n    items:\n"
    "      - {id: B1, label: b, help: h, source: src}\n"
    "      - {id: B2, label: c, help: h, source: src}\n"
    "      - {id: B3, label: d, help: h, source: src}\n"
    "levels:\n"
    "  - {id: high, label: High, action: act, refer: yes}\n"
    "  - {id: potential, label: Potential, action: act, refer: yes}\n"
    "  - {id: vulnerable, label: Vulnerable, action: act}\n"
    "residual:\n"
    "  insufficient: {label: Not enough known yet, action: ask}\n"
    "  none-recorded: {label: None recorded, action: review}\n"
    "rules:\n"
    "  - {id: r1, level: high, when: 'count(B) >= 3', because: three,"
    " action: act, source: src}\n"
    "  - {id: r2, level: potential, when: 'count(B) >= 2', because: two,"
    " action: act, source: src}\n"
    "  - {id: r3, level: vulnerable, when: 'count(B) >= 1', because: one,"
    " action: act, source: src}\n";

struct author_id
author(unsigned who)
{
	struct author_id a;

	memset(a.b, (int)who, AUTHOR_LEN);
	return a;
}

static void
register_line(struct world *w, unsigned who, const char *kind,
    const char *field, const char *value)
{
	char key[2 * AUTHOR_LEN + 1];
	struct author_id a = author(who);
	struct entry e = {.at = BASE - INT64_C(100000000000)};
	struct str body;

	hex_format(a.b, AUTHOR_LEN, key);
	memcpy(e.kind, kind, strlen(kind) + 1);
	str_init(&body);
	str_add_fmt(&body, "{\"%s\":\"%s\",\"key\":\"%s\"}", field, value,
	    key);
	e.body = body.s;
	roster_apply(&w->roster, &e);
	str_release(&body);
}

static void
let_in(struct world *w, unsigned who, const char *name, const char *role)
{
	register_line(w, who, "user", "name", name);
	register_line(w, who, "role", "role", role);
}

void
fold(struct world *w)
{
	casefile_release(&w->c);
	casefile_init(&w->c, &w->id);
	for (size_t i = 0; i < w->n; i++)
		casefile_apply(&w->c, &w->e[i]);
	casefile_settle(&w->c, &w->roster);
	casefile_oversight(&w->c, w->in, w->rules, w->sample, &w->o);
}

int
setup(void **state)
{
	struct world *w = xcalloc(1, sizeof(*w));
	struct faults faults = {0};
	struct err e;

	memset(w->id.b, 0x44, CASE_ID_LEN);
	roster_init(&w->roster);
	let_in(w, PIA, "Pia Example", "practitioner");
	let_in(w, QUINN, "Quinn Example", "practitioner");
	let_in(w, SAL, "Sal Example", "supervisor");
	let_in(w, TESS, "Tess Example", "supervisor");
	let_in(w, UMA, "Uma Example", "supervisor");
	let_in(w, PIA_AS_SUPERVISOR, "PIA EXAMPLE", "supervisor");
	assert_int_equal(instrument_parse(tool, sizeof(tool) - 1, "tool",
	    &w->in, &faults, &e), RC_OK);
	faults_release(&faults);
	casefile_init(&w->c, &w->id);
	fold(w);
	*state = w;
	return 0;
}

void
forget(struct world *w)
{
	for (size_t i = 0; i < w->n; i++)
		entry_release(&w->e[i]);
	w->n = 0;
	memset(w->counter, 0, sizeof(w->counter));
	w->rules = HIGH;
	w->sample = 0;
}

int
teardown(void **state)
{
	struct world *w = *state;

	forget(w);
	casefile_release(&w->c);
	instrument_free(w->in);
	roster_release(&w->roster);
	free(w);
	return 0;
}

size_t
put(struct world *w, unsigned who, int minute, const char *kind, json_t *body)
{
	const struct kind *k = kind_find(kind);
	struct entry *e = &w->e[w->n];
	struct err err;

	assert_true(w->n < MAX);
	memset(e, 0, sizeof(*e));
	e->author = author(who);
	e->n = ++w->counter[who];
	e->case_id = w->id;
	e->at = BASE + (int64_t)minute * 60000;
	memcpy(e->kind, kind, strlen(kind) + 1);
	e->on = span_none();
	if (k->on_label != NULL)
		assert_int_equal(span_parse("2026-11-20", &e->on, NULL),
		    RC_OK);
	if (kind_check_draft(k, &e->on, body, &err) != RC_OK)
		fail_msg("%s: %s", kind, err.text);
	e->body = entry_canonical_body(body);
	json_decref(body);
	entry_seal_id(e);
	w->n++;
	fold(w);
	return w->n - 1;
}

const struct record *
at(const struct world *w, size_t i)
{
	return casefile_find(&w->c, &w->e[i].id);
}

size_t
screen(struct world *w, unsigned who, int minute, const char *level,
    const char *judgement)
{
	return put(w, who, minute, "screening", json_pack("{s:s, s:s, s:s,"
	    " s:{s:s}, s:s, s:s, s:s, s:s, s:s}", "instrument", "t",
	    "version", "1", "hash", "00", "answers", "B1", "present",
	    "level", level, "could_be", "high", "judgement", judgement,
	    "reason", "r", "review", "2027-01-01"));
}

size_t
ask_lower(struct world *w, unsigned who, int minute, const char *level)
{
	return put(w, who, minute, "review-request", json_pack("{s:s, s:s,"
	    " s:s}", "level", "high", "asked_level", level, "reason", "r"));
}

size_t
raise_flag(struct world *w, unsigned who, int minute)
{
	return put(w, who, minute, "flag", json_pack("{s:s}", "why", "w"));
}

json_t *
review_body(struct world *w, size_t about, const char *decision,
    const char *level)
{
	json_t *o = json_pack("{s:s, s:s}", "decision", decision, "reason",
	    "r");

	oversight_begin(&w->c, about == NOTHING ? NULL : at(w, about),
	    screen_level_id(w->in, w->rules), o);
	json_object_set_new(o, level[0] != '\0' ? "level" : "questions",
	    json_string(level[0] != '\0' ? level : "What of her brother?"));
	return o;
}

size_t
review(struct world *w, unsigned who, int minute, size_t about,
    const char *decision, const char *level)
{
	return put(w, who, minute, "review", review_body(w, about, decision,
	    level));
}
