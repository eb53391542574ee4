/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/store/queueing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/oversight.h"
#include "core/screen.h"

unsigned
rules_level(const struct world *w, const struct casefile *c)
{
	const struct instrument *in = store_default_instrument(w->s);
	struct screening result;
	struct answers answers;

	casefile_answers(c, in, moment_day(w->now), &answers);
	screen_judge(in, &answers, &result);
	return result.level;
}

void
write_in(struct world *w, struct case_id id, const char *kind, json_t *body)
{
	struct entry_draft d = {id, kind, span_none(), body};

	if (kind_find(kind)->on_label != NULL)
		d.on = span_of_day(moment_day(w->now));
	assert_non_null(body);
	world_ok(w, world_append(w, d, NULL));
	w->now += 1000;
}

void
keep_screening(struct world *w, struct case_id id, bool lower)
{
	const struct instrument *in = store_default_instrument(w->s);
	struct casefile c;
	const char *level;

	world_ok(w, store_case_load(w->s, &id, &c, &w->e));
	level = screen_level_id(in, rules_level(w, &c));
	casefile_release(&c);
	write_in(w, id, "screening", json_pack("{s:s, s:s, s:s, s:{s:s}, s:s,"
	    " s:s, s:s, s:s}", "instrument", in->id, "version", in->version,
	    "hash", "00", "answers", "B1", "present", "level", level,
	    "could_be", "high", "judgement", level, "review", "2026-03-01"));
	if (lower)
		write_in(w, id, "review-request", json_pack("{s:s, s:s, s:s}",
		    "level", level, "asked_level", "vulnerable", "reason",
		    "Invented"));
}

void
flag(struct world *w, struct case_id id)
{
	write_in(w, id, "flag", json_pack("{s:s}", "why", "Invented"));
}

void
decide(struct world *w, struct case_id id, const char *decision,
    const char *level)
{
	const struct instrument *in = store_default_instrument(w->s);
	struct oversight o;
	struct casefile c;
	json_t *body = json_pack("{s:s, s:s, s:s, s:s}", "decision", decision,
	    "reason", "Invented", "level", level, "questions", "Which?");
	unsigned rules;

	world_ok(w, store_case_load(w->s, &id, &c, &w->e));
	rules = rules_level(w, &c);
	casefile_oversight(&c, in, rules, 10, &o);
	oversight_begin(&c, o.about, screen_level_id(in, rules), body);
	casefile_release(&c);
	write_in(w, id, "review", body);
}
