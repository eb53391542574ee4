/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trainmake FILE: a training store with sessions in it, as the terminal would
 * leave it, for the transcript of `hearken train`: sessions are gone through
 * on screens, and a transcript has none.  Everything is invented; the clock
 * and the randomness stand still, so that it is the same store each time.
 *
 *	ILSE, a trainer		the-headset-1 before, the-back-row-1 after,
 *				a group's session with two rounds, a log
 *	ODA, a practitioner	one stage of the-headset-3 in two rounds, a log
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/groupwork.h"
#include "db/sessions.h"
#include "tests/store/folk.h"

#define PASS "correct horse battery staple yes"
#define MINUTE INT64_C(60000)

/* A study file and what was read from it. */
struct told {
	char *text;
	struct study *study;
};

static struct told
tell(const char *id)
{
	struct told t;
	struct faults f;
	char path[128];
	size_t n;

	(void)snprintf(path, sizeof(path), "content/studies/%s.yaml", id);
	t.text = world_text(path, &n);
	faults_init(&f, path);
	t.study = study_parse(t.text, n, &f);
	faults_release(&f);
	if (t.study == NULL)
		abort();
	return t;
}

static void
told_release(struct told *t)
{
	study_free(t->study);
	free(t->text);
}

static struct case_id
begin(struct world *w, const char *id, struct walk_order o)
{
	struct told t = tell(id);
	struct case_id made;

	o.study = t.study;
	o.text = t.text;
	world_ok(w, store_session_begin(w->s, &o, &made, &w->e));
	told_release(&t);
	return made;
}

/* ---- a learner alone ---- */

/* What they have of the model's answers at a stage, and what they write. */
struct answering {
	const char *misses;	/* items that stay not known, "B7 B8" */
	const char *adds;	/* items ticked that the model does not have */
	const char *facts;	/* of the note; NULL: none */
	const char *judgement;	/* id of a level, or NULL */
	const char *why;
};

static bool
names(const char *list, const char *id)
{
	const size_t n = strlen(id);

	for (const char *p = strstr(list, id); p != NULL;
	    p = strstr(p + 1, id))
		if ((p == list || p[-1] == ' ') &&
		    (p[n] == ' ' || p[n] == '\0'))
			return true;
	return false;
}

static void
answers_of(const struct walk *w, const struct answering *a,
    struct answers *out)
{
	struct answers model;

	study_answers(w->study, w->in, &w->way, &model);
	answers_init(out);
	for (unsigned i = 0; i < w->in->nitems; i++) {
		const char *id = w->in->items[i].id;
		enum answer state = answers_get(&model, i);

		if (names(a->misses, id))
			state = ANSWER_NOT_KNOWN;
		if (names(a->adds, id))
			state = ANSWER_PRESENT;
		answers_set(out, i, state);
	}
}

/* Each answer that is another than before, one every twelve seconds. */
static size_t
changes_of(struct world *w, const struct walk *walk,
    const struct answers *answers, struct walk_change *out)
{
	struct answers before;
	size_t n = 0;

	answers_init(&before);
	if (walk->nattempts > 0)
		before = walk->attempts[walk->nattempts - 1].answers;
	for (unsigned i = 0; i < walk->in->nitems; i++) {
		enum answer is = answers_get(answers, i);
		enum answer was = answers_get(&before, i);

		if (is == was || (was == ANSWER_NOT_ASKED &&
		    is == ANSWER_NOT_KNOWN))
			continue;
		w->now += 12000;
		out[n++] = (struct walk_change){w->now, i, is};
	}
	return n;
}

static size_t
write_note(struct world *w, const struct case_id *id, const char *facts,
    struct entry_id *out)
{
	struct entry_draft d = {*id, "note", span_none(), NULL};

	if (facts == NULL)
		return 0;
	w->now += MINUTE;
	d.body = json_pack("{s:s, s:s}", "facts", facts, "action",
	    "I speak with the safeguarding lead today.");
	world_ok(w, world_append(w, d, out));
	return 1;
}

static void
commit(struct world *w, const struct case_id *id, unsigned round,
    const struct answering *a)
{
	struct walk_change changes[ITEMS_MAX];
	struct answers answers;
	struct entry_id note;
	struct casefile c;
	struct walk walk;
	struct walk_commit done = {.round = round, .started = w->now,
		.answers = &answers, .changes = changes, .judgement = NO_ITEM,
		.why = a->why, .notes = &note};

	world_ok(w, store_session_load(w->s, id, &c, &walk, &w->e));
	done.stage = walk.way.stages[walk.way.n - 1];
	answers_of(&walk, a, &answers);
	done.nchanges = changes_of(w, &walk, &answers, changes);
	done.nnotes = write_note(w, id, a->facts, &note);
	if (a->judgement != NULL)
		done.judgement = screen_level_from_id(walk.in, a->judgement);
	w->now += MINUTE;
	world_ok(w, world_append(w, walk_attempt_draft(&walk, &done), NULL));
	walk_release(&walk);
	casefile_release(&c);
}

static void
look_back(struct world *w, const struct case_id *id, unsigned round,
    uint32_t choice)
{
	enum walk_point points[STUDY_LIST_MAX] = {POINT_NAMED, POINT_PARTLY};
	struct casefile c;
	struct walk walk;

	world_ok(w, store_session_load(w->s, id, &c, &walk, &w->e));
	w->now += 2 * MINUTE;
	world_ok(w, world_append(w, walk_lookback_draft(&walk, round, points,
	    choice), NULL));
	walk_release(&walk);
	casefile_release(&c);
}

static void
stage(struct world *w, const struct case_id *id, const struct answering *a,
    uint32_t choice)
{
	commit(w, id, 1, a);
	look_back(w, id, 1, choice);
}

/* To its end, however many stages the way has. */
static void
rest(struct world *w, const struct case_id *id, const struct answering *a)
{
	enum walk_state state = WALK_ANSWER;

	while (state != WALK_END) {
		struct casefile c;
		struct walk walk;

		stage(w, id, a, 0);
		world_ok(w, store_session_load(w->s, id, &c, &walk, &w->e));
		state = walk.state;
		walk_release(&walk);
		casefile_release(&c);
	}
}

/* ---- a group ---- */

static void
group_says(struct world *w, const struct case_id *id, unsigned round,
    const char *const rows[][3], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct answering a = {.misses = rows[i][1],
			.adds = rows[i][2]};
		struct group_entry g = {.learner = rows[i][0],
			.round = round, .from = "typed"};
		struct itemset given;
		struct answers answers;
		struct casefile c;
		struct walk walk;

		world_ok(w, store_session_load(w->s, id, &c, &walk, &w->e));
		g.stage = walk.way.stages[walk.way.n - 1];
		answers_of(&walk, &a, &answers);
		given = itemset_or(itemset_or(answers.present,
		    &answers.suspected), &answers.absent);
		g.answers = &answers;
		g.given = &given;
		w->now += 20000;
		world_ok(w, world_append(w, groupwork_draft(&walk, &g),
		    NULL));
		walk_release(&walk);
		casefile_release(&c);
	}
}

static void
reveal(struct world *w, const struct case_id *id, unsigned round)
{
	struct casefile c;
	struct walk walk;

	world_ok(w, store_session_load(w->s, id, &c, &walk, &w->e));
	w->now += MINUTE;
	world_ok(w, world_append(w, groupwork_reveal_draft(&walk,
	    walk.way.stages[walk.way.n - 1], round), NULL));
	walk_release(&walk);
	casefile_release(&c);
}

static void
group(struct world *w)
{
	static const char *const first[][3] = {
		{"Learner 1", "B7", ""}, {"Learner 2", "A10 B7", ""},
		{"Learner 3", "", "B1"}
	};
	static const char *const second[][3] = {
		{"Learner 1", "B7", ""}, {"Learner 2", "", ""}
	};
	struct case_id id = begin(w, "the-headset", (struct walk_order){
	    .mode = WALK_GROUP, .sitting = "Harbour Team, November"});

	group_says(w, &id, 1, first, 3);
	reveal(w, &id, 1);
	group_says(w, &id, 2, second, 2);
	reveal(w, &id, 2);
	look_back(w, &id, 2, 0);
	group_says(w, &id, 1, first, 3);
	reveal(w, &id, 1);
	group_says(w, &id, 2, second, 1);
}

/* ---- the logs ---- */

static void
log_line(struct world *w, const char *day, const char *title,
    const char *activity, int minutes, const char *reflection)
{
	struct entry_draft d = {.kind = "training-log", .on = span_none()};
	int32_t on = DAY_NONE;

	world_ok(w, store_log_case(w->s, true, &d.case_id, &w->e));
	world_ok(w, day_parse(day, &on, &w->e));
	d.on = span_of_day(on);
	d.body = json_pack("{s:s, s:s, s:i}", "title", title, "activity",
	    activity, "minutes", minutes);
	if (reflection != NULL)
		(void)json_object_set_new(d.body, "reflection",
		    json_string(reflection));
	w->now += MINUTE;
	world_ok(w, world_append(w, d, NULL));
}

/* ---- the whole ---- */

static void
ilse(struct world *w)
{
	const struct answering unsure = {"B7 B12", "B1", NULL, NULL, ""};
	const struct answering surer = {"B12", "", NULL, NULL, ""};
	struct case_id id = begin(w, "the-headset", (struct walk_order){
	    .part = WALK_BEFORE, .sitting = ""});

	stage(w, &id, &(struct answering){"B7", "", "Tired since October; "
	    "the friend was never met.", NULL, ""}, STUDY_END);
	stage(w, &id, &(struct answering){"B7", "B1", NULL, "high",
	    "Somebody pays for what he does not tell of."}, 1);
	rest(w, &id, &unsure);
	w->now += 24 * 60 * MINUTE;
	id = begin(w, "the-back-row", (struct walk_order){.part = WALK_AFTER,
	    .sitting = ""});
	rest(w, &id, &surer);
	group(w);
	log_line(w, "2026-11-10", "The voice in the headset", "study", 40,
	    "=I asked about the money too late.");
	log_line(w, "2026-11-11", "=A group, with care", "group", 90, NULL);
	log_line(w, "2026-11-02", "Reading, \"not known\"", "other", 25,
	    "Not known is an answer.\nI had taken it for a gap.");
}

static void
oda(struct world *w)
{
	struct case_id id = begin(w, "the-headset", (struct walk_order){
	    .sitting = ""});

	commit(w, &id, 1, &(struct answering){"A10", "", NULL, NULL, ""});
	commit(w, &id, 2, &(struct answering){"", "", NULL, NULL,
	    "He left the one club he had."});
	log_line(w, "2026-11-11", "The voice in the headset", "study", 30,
	    NULL);
}

static void
make(struct world *w, const char *path)
{
	const struct store_founder f = {.user = WORLD_USER,
		.role = ROLE_TRAINER, .training = true};

	secret_release(&w->pass);
	w->pass = secret_of(PASS);
	(void)snprintf(w->path, sizeof(w->path), "%s", path);
	w->now = INT64_C(1794304800000);	/* 10 November 2026, 10:00 */
	w->opts.kdf = (struct kdf_cost){1, 8u << 20, 1, 8u << 20};
	world_ok(w, store_create(w->path, &f, &w->pass, &w->opts, &w->s,
	    &w->e));
	world_adopt(w);
	ilse(w);
	world_ok(w, folk_add(w, ODA, ROLE_PRACTITIONER));
	world_ok(w, open_as(w, ODA, ODA_PASS));
	world_ok(w, folk_change(w, ODA_PASS, ODA_OWN));
	w->now += MINUTE;
	oda(w);
}

int
main(int argc, char **argv)
{
	struct world w;

	if (argc != 2 || access(argv[1], F_OK) == 0) {
		(void)fprintf(stderr, "usage: trainmake FILE (a new one)\n");
		return 2;
	}
	world_init(&w);
	make(&w, argv[1]);
	world_release(&w);
	return 0;
}
