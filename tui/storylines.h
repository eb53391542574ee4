/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The story of a study as lines, up to a stage: what the screens of training
 * share.
 */
#ifndef HEARKEN_TUI_STORYLINES_H
#define HEARKEN_TUI_STORYLINES_H

#include "core/walk.h"
#include "tui/lines.h"

/* One stage: when, from whom, what became known, the child's own words. */
void story_stage(const struct study *s, uint32_t stage, struct lines *out);
/*
 * The stages of the way up to the i-th, the latest first, with what became
 * known by choices.
 */
void story_fill(const struct walk *w, size_t i, struct lines *out);

#endif
