/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What `hearken train replay` tells, as text and as JSON.  Nothing of it asks
 * for the time of now, the user, or what else the store holds: the same
 * entries give the same text, wherever they are.
 */
#ifndef HEARKEN_CLI_TRAINREPLAY_H
#define HEARKEN_CLI_TRAINREPLAY_H

#include "cli/train.h"
#include "core/replay.h"

struct telling {
	const struct train *t;
	const struct train_session *x;
	const struct walk *w;	/* of x */
	struct replay r;
};

/* Of a group a round is for all to see once it was revealed. */
bool telling_shown(const struct telling *k, const struct replay_step *s);
const struct study_stage *telling_stage(const struct telling *k,
    const struct replay_step *s);

void train_replay_json(const struct telling *k);

#endif
