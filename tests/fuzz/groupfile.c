/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A group's answers from a file.  What is handed over is of the study and its
 * checklist, each learner, stage and round once, and nothing is when the file
 * is refused.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "exchange/groupfile.h"
#include "tests/unit/memsource.h"

static struct study_stage stages[3] = {
	{.id = (char[]){"first"}}, {.id = (char[]){"second"}},
	{.id = (char[]){"3"}}
};
static struct study study = {
	.id = (char[]){"small"}, .stages = stages, .nstages = 3
};

struct seen {
	char names[GROUP_LEARNERS_MAX][GROUPFILE_NAME_MAX + 1];
	size_t n;
	bool told[GROUP_LEARNERS_MAX][3][GROUP_ROUNDS];
	bool any;
};

static size_t
learner_of(struct seen *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (group_same_name(s->names[i], name))
			return i;
	HOLDS(s->n < GROUP_LEARNERS_MAX);
	memcpy(s->names[s->n], name, strlen(name) + 1);
	return s->n++;
}

static enum rc
check(void *ctx, const struct groupfile_answers *a, struct err *e)
{
	const struct instrument *in = fuzz_instrument();
	struct seen *s = ctx;
	size_t k, left = 0;

	(void)e;
	HOLDS(a->learner[0] != '\0' &&
	    strlen(a->learner) <= GROUPFILE_NAME_MAX);
	HOLDS(fuzz_is_utf8(a->learner, strlen(a->learner)));
	HOLDS(a->stage < 3 && a->round >= 1 && a->round <= GROUP_ROUNDS);
	k = learner_of(s, a->learner);
	HOLDS(!s->told[k][a->stage][a->round - 1]);
	s->told[k][a->stage][a->round - 1] = true;
	for (unsigned i = 0; i < ITEMS_MAX; i++) {
		if (!itemset_has(a->given, i))
			continue;
		left++;
		HOLDS(i < in->nitems);
		HOLDS(answers_get(a->answers, i) != ANSWER_NOT_ASKED);
	}
	HOLDS(left > 0);
	s->any = true;
	return RC_OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct seen seen;
	struct groupfile_sink to = {check, &seen};
	struct walk w = {.study = &study};
	struct groupfile_opts o = {.w = &w};
	struct memsource src;
	struct err e;
	enum rc rc;

	if (n == 0 || n > 16384)
		return 0;
	memset(&seen, 0, sizeof(seen));
	w.in = fuzz_instrument();
	o.stage = data[0] % 3;
	o.round = 1 + (data[0] >> 3 & 1u);
	if ((data[0] & 4) != 0)
		o.csv.encoding = "windows-1252";
	memsource_init(&src, (const char *)data + 1, n - 1, data[0] >> 4);
	rc = groupfile_read(&src.src, &o, &to, &e);
	HOLDS(seen.any == (rc == RC_OK));
	if (rc != RC_OK) {
		HOLDS(rc == RC_INPUT || rc == RC_USAGE);
		HOLDS(e.text[0] != '\0');
		HOLDS(fuzz_is_utf8(e.text, strlen(e.text)));
	}
	return 0;
}
