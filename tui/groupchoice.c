/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A group goes on to the next stage, by its choice where the study has one.
 */
#include "config.h"

#include <stdlib.h>

#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/groupscreen_impl.h"

static void
go_on_by(struct groupscreen *gs, struct app *app, uint32_t choice)
{
	enum walk_point points[STUDY_LIST_MAX] = {POINT_MISSING};
	const struct study_stage *st = walk_stage(&gs->now->w);
	struct entry_draft d = walk_lookback_draft(&gs->now->w,
	    group_round(gs), points, choice);
	char *reply = choice < st->nchoices ?
	    xstrdup(st->choices[choice].reply) : NULL;

	/* A group writes no note that points could be missing in. */
	(void)json_object_del(d.body, "points");
	if (group_sign(gs, d, app)) {
		if (gs->now->w.state == WALK_END)
			app_say(app, "%s%sThe study has ended. b lays it beside "
			    "the other one of its pair.", reply != NULL ?
			    reply : "", reply != NULL ? " " : "");
		else if (reply != NULL && reply[0] != '\0')
			app_say(app, "%s", reply);
	}
	free(reply);
}

static enum rc
choice_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct groupscreen *gs = ctx;

	(void)app, (void)e;
	gs->chosen = (uint32_t)ask_choice(ask, 0);
	return RC_OK;
}

static void
choice_after(void *ctx, struct app *app)
{
	struct groupscreen *gs = ctx;

	go_on_by(gs, app, gs->chosen);
}

static void
ask_choice_of(struct groupscreen *gs, struct app *app)
{
	const struct study_stage *st = walk_stage(&gs->now->w);
	struct ask_choice list[STUDY_CHOICES_MAX];
	const struct ask_field f[] = {{ASK_CHOICE, "What does the group do?",
	    "Up and Down choose. Let them vote first.", NULL, false, list,
	    st->nchoices}};
	struct str intro;
	struct ask_opts o = {
		.title = "The group's choice",
		.verb = "go on", .topic = "facilitator", .fields = f, .n = 1,
		.ctx = gs, .done = choice_done, .after = choice_after,
	};

	str_init(&intro);
	str_add(&intro, "What becomes known next depends on it.");
	for (size_t i = 0; i < st->nchoices; i++) {
		list[i] = (struct ask_choice){st->choices[i].words, i == 0};
		str_add_fmt(&intro, "\n%zu. %s", i + 1,
		    st->choices[i].words);
	}
	o.intro = intro.s;
	ask_open(app, &o);
	str_release(&intro);
}

void
group_go_on(struct groupscreen *gs, struct app *app)
{
	if (!group_may_write(gs, app))
		return;
	if (gs->now->w.state == WALK_END) {
		app_say(app, "The study has ended. b lays it beside the other "
		    "one of its pair, q goes back.");
		return;
	}
	if (!group_revealed(gs)) {
		app_say(app, group_round(gs) == 2 ? "The second round is not "
		    "revealed yet: r reveals it." : "This stage is not revealed "
		    "yet: r reveals it.");
		return;
	}
	if (walk_stage(&gs->now->w)->nchoices > 0)
		ask_choice_of(gs, app);
	else
		go_on_by(gs, app, STUDY_END);
}
