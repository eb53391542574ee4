/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The entries of a training session as another program may write them.  The
 * first byte says whether it is of a group.  Each line is WHO TAB KIND TAB
 * BODY: 0 is whoever began it, 1 and 2 are others, 3 to 5 the same with their
 * clocks put back; in a body @0 to @9 stand for the ids of the first ten
 * entries.  A session means the same in whatever order its entries come.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/groupwork.h"
#include "core/replay.h"
#include "core/retest.h"
#include "tests/unit/walkstory.h"

#define ENTRIES 40
#define PEOPLE 3
#define BASE INT64_C(1795341600000)

struct made {
	struct entry entries[ENTRIES];
	size_t n;
	uint64_t count[PEOPLE];
	struct study *study;
};

static const struct instrument *
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

/* ---- writing ---- */

static void
add(struct made *m, unsigned who, const char *kind, char *body)
{
	struct entry *en = &m->entries[m->n];

	memset(en, 0, sizeof(*en));
	en->author.b[0] = (unsigned char)(1 + who % PEOPLE);
	en->n = ++m->count[who % PEOPLE];
	en->case_id.b[0] = 7;
	memcpy(en->kind, kind, strlen(kind) + 1);
	en->at = BASE + (int64_t)m->n * 60000;
	if (who >= PEOPLE)
		en->at -= (int64_t)m->n * 600000;
	en->on = span_none();
	en->body = body;
	entry_seal_id(en);
	m->n++;
}

static void
begin(struct made *m, bool group)
{
	struct entry_draft d[WALK_BEGIN_DRAFTS];
	struct walk_order o = { .reference = "t-1", .text = story,
	    .mode = group ? WALK_GROUP : WALK_ALONE };
	struct faults f;
	struct err e;

	faults_init(&f, "story");
	m->study = study_parse(story, strlen(story), &f);
	HOLDS(m->study != NULL);
	faults_release(&f);
	o.study = m->study;
	walk_begin(&o, d);
	for (size_t i = 0; i < WALK_BEGIN_DRAFTS; i++) {
		HOLDS(kind_check_draft(kind_find(d[i].kind), &d[i].on,
		    d[i].body, &e) == RC_OK);
		add(m, 0, d[i].kind, entry_canonical_body(d[i].body));
		entry_draft_release(&d[i]);
	}
}

/* Returns owned the body with the ids in their places. */
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

/* One line of the input; it is written into. */
static void
take_line(struct made *m, char *line)
{
	char *kind, *text;

	if (line[0] < '0' || line[0] > '5' || line[1] != '\t' ||
	    m->n == ENTRIES)
		return;
	kind = line + 2;
	text = strchr(kind, '\t');
	if (text == NULL || text - kind >= KIND_NAME_MAX)
		return;
	*text++ = '\0';
	add(m, (unsigned)(line[0] - '0'), kind, with_ids(m, text));
}

static void
fold(const struct made *m, bool backwards, struct casefile *c)
{
	struct case_id id = {{7}};

	casefile_init(c, &id);
	for (size_t i = 0; i < m->n; i++)
		casefile_apply(c, &m->entries[backwards ? m->n - 1 - i : i]);
	casefile_apply(c, &m->entries[0]);
	casefile_settle(c, NULL);
}

/* ---- what holds ---- */

static void
check_attempt(const struct walk *w, const struct walk_attempt *a)
{
	HOLDS(walk_attempt_at(w, a->stage, a->round) == a);
	HOLDS(a->round == 1 || (a->round == 2 &&
	    walk_attempt_at(w, a->stage, 1) != NULL));
	HOLDS(a->started <= a->committed);
	HOLDS(a->level <= LEVEL_NONE(w->in));
	HOLDS(a->judgement == NO_ITEM || a->judgement <= LEVEL_NONE(w->in));
	HOLDS(w->mode == WALK_GROUP || memcmp(&a->record->entry.author,
	    &w->learner, sizeof(w->learner)) == 0);
	for (size_t i = 0; i < a->nchanges; i++)
		HOLDS(a->changes[i].item < w->in->nitems &&
		    a->changes[i].state <= ANSWER_PRESENT);
	for (size_t i = 0; i < a->nnotes; i++)
		HOLDS(strcmp(a->notes[i]->entry.kind, "note") == 0);
}

static void
check_model(const struct walk *w, size_t i, const struct walk_attempt *a)
{
	struct walk_model m;

	walk_model_of(w, i, a, &m);
	HOLDS(m.nitems <= w->in->nitems);
	HOLDS(m.answers.age == a->answers.age);
	for (size_t k = 0; k < m.nitems; k++) {
		HOLDS((m.items[k].match == MATCH_SAME) ==
		    (m.items[k].model == m.items[k].given));
		HOLDS(walk_match_words(m.items[k].match)[0] != '\0');
	}
	walk_model_release(&m);
}

static void
check_walk(const struct walk *w)
{
	struct str told;

	str_init(&told);
	HOLDS(w->way.n > 0 && w->way.stages[0] == 0);
	HOLDS(w->nlookbacks == w->way.n - (w->state != WALK_END));
	for (size_t i = 0; i < w->way.n; i++) {
		HOLDS(i == 0 || w->way.stages[i] > w->way.stages[i - 1]);
		HOLDS(i >= w->nlookbacks ||
		    w->lookbacks[i].stage == w->way.stages[i]);
		for (unsigned round = 1; round <= 2; round++) {
			const struct walk_attempt *a = walk_attempt_at(w,
			    w->way.stages[i], round);

			if (a != NULL)
				check_model(w, i, a);
			HOLDS(a != NULL || round == 2 ||
			    w->mode == WALK_GROUP || i + 1 == w->way.n);
		}
	}
	for (size_t i = 0; i < w->nattempts; i++) {
		check_attempt(w, &w->attempts[i]);
		(void)note_hint(w->study->stages[0].note.list[0],
		    w->attempts[i].why, &told);
	}
	for (size_t i = 0; i <= w->way.n; i++)
		walk_disclosed(w, i, &told);
	str_release(&told);
}

static void
check_same(const struct walk *a, const struct walk *b)
{
	HOLDS(a->state == b->state && a->mode == b->mode &&
	    a->part == b->part && a->way.n == b->way.n);
	HOLDS(memcmp(a->way.stages, b->way.stages,
	    a->way.n * sizeof(a->way.stages[0])) == 0);
	HOLDS(a->nattempts == b->nattempts && a->nlookbacks == b->nlookbacks);
	HOLDS(entry_id_equal(&a->session->entry.id, &b->session->entry.id));
	for (size_t i = 0; i < a->nattempts; i++) {
		const struct walk_attempt *x = &a->attempts[i];
		const struct walk_attempt *y = &b->attempts[i];

		HOLDS(entry_id_equal(&x->record->entry.id,
		    &y->record->entry.id));
		HOLDS(x->level == y->level && x->nchanges == y->nchanges &&
		    x->nnotes == y->nnotes);
	}
	for (size_t i = 0; i < a->nlookbacks; i++)
		HOLDS(entry_id_equal(&a->lookbacks[i].record->entry.id,
		    &b->lookbacks[i].record->entry.id));
}

/* ---- what else is made of a session ---- */

static void
check_retests(const struct walk *w)
{
	struct retests r;
	size_t due;

	retests_init(&r, w->in);
	retests_add_log(&r, w->c, &w->learner);
	retests_add_walk(&r, w, &w->learner);
	retests_settle(&r);
	due = retests_due(&r, moment_day(BASE) + 100);
	HOLDS(due <= r.n && r.n <= w->in->nitems);
	for (size_t i = 0; i < r.n; i++) {
		const struct retest_item *it = &r.items[i];

		HOLDS(it->box <= RETEST_BOXES && it->right <= it->asked);
		HOLDS((it->box == RETEST_BOXES) == (it->due == DAY_NONE));
		HOLDS(i + 1 == r.n || it->due == DAY_NONE ||
		    r.items[i + 1].due == DAY_NONE ||
		    it->due <= r.items[i + 1].due);
	}
	retests_release(&r);
}

static void
check_replay(const struct walk *w)
{
	struct replay r;
	struct answers a;
	struct str words;

	str_init(&words);
	replay_of(w, &r);
	for (size_t i = 0; i < r.n; i++) {
		HOLDS(r.steps[i].way < w->way.n);
		replay_answers(&r, i, &a);
		replay_place(&r, i, &words);
		replay_words(&r, i, &words);
	}
	HOLDS(fuzz_is_utf8(words.s, words.len));
	replay_release(&r);
	str_release(&words);
}

static void
check_group(const struct walk *w)
{
	struct groupwork g;
	struct group_spread *spread = NULL;

	groupwork_of(w, &g);
	HOLDS(g.nlearners <= GROUP_LEARNERS_MAX);
	for (unsigned round = 1; round <= GROUP_ROUNDS; round++) {
		HOLDS(groupwork_count(&g, 0, round) <= g.nlearners);
		(void)groupwork_spread(&g, 0, round, &spread);
		free(spread);
		spread = NULL;
	}
	groupwork_release(&g);
}

static void
check(const struct made *m)
{
	struct casefile c, d;
	struct walk w, v;
	struct err e;
	enum rc rc;

	fold(m, false, &c);
	fold(m, true, &d);
	rc = walk_of(&c, small(), &w, &e);
	HOLDS(walk_of(&d, small(), &v, &e) == rc);
	if (rc == RC_OK) {
		check_walk(&w);
		check_same(&w, &v);
		check_retests(&w);
		check_replay(&w);
		check_group(&w);
		walk_release(&w);
		walk_release(&v);
	} else {
		HOLDS(rc == RC_NOTFOUND || rc == RC_INPUT);
		HOLDS(e.text[0] != '\0');
	}
	casefile_release(&c);
	casefile_release(&d);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct made m;
	char *text, *line, *next;

	if (n == 0 || n > 16384 || sodium_init() < 0)
		return 0;
	memset(&m, 0, sizeof(m));
	begin(&m, (data[0] & 1) != 0);
	text = fuzz_text(data + 1, n - 1);
	for (line = text; line != NULL; line = next) {
		next = strchr(line, '\n');
		if (next != NULL)
			*next++ = '\0';
		take_line(&m, line);
	}
	check(&m);
	for (size_t i = 0; i < m.n; i++)
		entry_release(&m.entries[i]);
	study_free(m.study);
	free(text);
	return 0;
}
