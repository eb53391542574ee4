/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Case studies.  Every way of one that is taken goes downwards to an end and
 * gives answers; held against an instrument, each fault has its words.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "core/screen.h"
#include "core/study.h"

static const char checklist[] =
	"id: small\nversion: \"1\"\ntitle: T\nsummary: S\nreview-days: 42\n"
	"sources: {own: here}\n"
	"sections:\n"
	"  - id: B\n    label: Signs\n    role: sign\n    source: own\n"
	"    help: seen\n"
	"    items:\n"
	"      - {id: B1, label: one, help: one}\n"
	"      - {id: B2, label: two, help: two}\n"
	"levels:\n"
	"  - {id: high, label: High, action: act}\n"
	"residual:\n"
	"  insufficient: {label: more, action: ask}\n"
	"  none-recorded: {label: none, action: look again}\n"
	"rules:\n"
	"  - {id: r, level: high, when: count(B within 30 days) >= 1, "
	"because: b, source: own}\n";

static struct instrument *
small(void)
{
	static struct instrument *in;
	struct faults f;
	struct err e;

	if (in != NULL)
		return in;
	faults_init(&f, "small");
	HOLDS(instrument_parse(checklist, strlen(checklist), "small", &in, &f,
	    &e) == RC_OK);
	faults_release(&f);
	return in;
}

struct counted {
	const struct study *s;
	size_t ways;
	bool seen[STUDY_STAGES_MAX];
};

static void
check_way(const struct study_way *way, void *ctx)
{
	struct counted *c = ctx;
	struct answers a;

	HOLDS(way->n > 0 && way->n <= c->s->nstages && way->stages[0] == 0);
	for (size_t i = 0; i < way->n; i++) {
		HOLDS(way->stages[i] < c->s->nstages);
		HOLDS(i == 0 || way->stages[i] > way->stages[i - 1]);
		c->seen[way->stages[i]] = true;
	}
	study_answers(c->s, small(), way, &a);
	HOLDS(a.age == c->s->stages[way->stages[way->n - 1]].age);
	c->ways++;
}

static void
check_study(const struct study *s, struct faults *f)
{
	struct counted c = { .s = s };
	struct str words;

	str_init(&words);
	study_each_way(s, check_way, &c);
	HOLDS(c.ways > 0 && c.ways == study_ways(s));
	for (size_t i = 0; i < s->nstages; i++)
		HOLDS(c.seen[i]);
	HOLDS(study_check(s, small(), f) == (f->n == 0));
	study_covers(s, &words);
	HOLDS(study_child_word(s) != NULL);
	str_release(&words);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct study *s;
	struct faults faults;
	struct str lines;
	char *text;

	if (n > 16384)
		return 0;
	text = fuzz_text(data, n);
	faults_init(&faults, "test.yaml");
	str_init(&lines);
	s = study_parse(text, n, &faults);
	HOLDS((s == NULL) == (faults.n > 0));
	if (s != NULL)
		check_study(s, &faults);
	faults_lines(&faults, &lines);
	HOLDS(fuzz_is_utf8(lines.s, lines.len));
	study_free(s);
	str_release(&lines);
	faults_release(&faults);
	free(text);
	return 0;
}
