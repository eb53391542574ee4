/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A golden that reads like a story: one file of many scenes, each with what
 * happens in words and the screen that the person then sees.
 */
#ifndef HEARKEN_TESTS_PTY_SCENE_H
#define HEARKEN_TESTS_PTY_SCENE_H

#include "core/kinds.h"
#include "tests/pty/pty.h"

struct story {
	const char *name;	/* tests/pty/NAME.txt */
	struct pty *p;		/* of the sitting */
	size_t at;		/* bytes of the file that were told */
};

/*
 * Fails unless the next scene of the file is this one and the screen becomes
 * what it shows; UPDATE_GOLDEN=1 writes it, the first anew.
 */
void scene(struct story *s, const char *words);

/* A field of a form and what a person puts there. */
struct answer_in {
	const char *field;	/* name of the kind's table; "on": the date */
	const char *text;	/* as typed; for a choice its code */
};
/*
 * In the form of a kind, the first field in focus: goes through the fields
 * by Tab and fills those named, up to the one without a name.
 */
void fill_form(struct pty *p, const char *kind, const struct answer_in *a);
/* Chooses a kind in the list of `A`, in a case that is open. */
void choose_kind(struct pty *p, const char *kind);

#endif
