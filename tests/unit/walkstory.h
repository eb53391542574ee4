/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A checklist of three signs, two of them of one month being high, and a
 * story of three stages of which the second may be left out.
 */
#ifndef HEARKEN_TESTS_UNIT_WALKSTORY_H
#define HEARKEN_TESTS_UNIT_WALKSTORY_H

static const char checklist[] =
	"id: small\nversion: \"1\"\ntitle: T\nsummary: S\nreview-days: 42\n"
	"sources: {own: here}\n"
	"sections:\n"
	"  - id: B\n    label: Signs\n    role: sign\n    source: own\n"
	"    help: seen\n"
	"    items:\n"
	"      - {id: B1, label: one, help: one}\n"
	"      - {id: B2, label: two, help: two}\n"
	"      - {id: B3, label: three, help: three}\n"
	"levels:\n"
	"  - {id: high, label: High, action: act}\n"
	"  - {id: some, label: Some, action: look}\n"
	"residual:\n"
	"  insufficient: {label: more, action: ask}\n"
	"  none-recorded: {label: none, action: look again}\n"
	"rules:\n"
	"  - {id: r, level: high, when: count(B within 30 days) >= 2, "
	"because: b, source: own}\n"
	"  - {id: s, level: some, when: count(B) >= 1, because: b, "
	"source: own}\n";

#define QUESTIONS "    questions: [{ask: why, look-for: [this]}]\n"
static const char story[] =
	"id: t\nversion: \"1\"\ntitle: T\ninstrument: small\n"
	"source: invented\ncovers: [boy]\nteaches: what\nmissed: that\n"
	"child: {called: A. B., age: 12, sex: M, care: home}\n"
	"stages:\n"
	"  - id: one\n    date: 2026-01-02\n    agency: School\n"
	"    known: away\n    child-says: hm\n" QUESTIONS
	"    answers:\n"
	"      - {item: B1, state: present, on: 2025-06, reason: r, "
	"source: s}\n"
	"    level: some\n    why: a sign\n    note: [the sign, since when]\n"
	"    choices:\n"
	"      - {id: ask, words: w, reply: r, next: two}\n"
	"      - {id: wait, words: w, reply: r, discloses: more, "
	"next: three}\n"
	"  - id: two\n    date: 2026-01-20\n    agency: Health\n"
	"    age: 13\n    known: more\n    not-heard: away\n" QUESTIONS
	"    answers:\n"
	"      - {item: B2, state: suspected, reason: r, source: s}\n"
	"    level: some\n    judgement: high\n    judgement-why: fear\n"
	"    why: two\n    note: [both]\n    next: three\n"
	"  - id: three\n    date: 2026-03-20\n    agency: Police\n"
	"    known: all\n    not-heard: away\n" QUESTIONS
	"    answers:\n"
	"      - {item: B3, state: absent, reason: r, source: s}\n"
	"    level: some\n    why: told\n    note: [words]\n    next: end\n";

#endif
