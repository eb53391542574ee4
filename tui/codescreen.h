/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A recovery code or the password of a file that left, shown once: to be
 * written down.  The code lives in
 * guarded memory and in the cells of this one screen, which are wiped when
 * it is left, locked or blanked.
 */
#ifndef HEARKEN_TUI_CODESCREEN_H
#define HEARKEN_TUI_CODESCREEN_H

#include "core/secret.h"
#include "tui/pane.h"

/* Takes what is in code and leaves it empty. */
struct pane *codescreen_new(struct secret *code);
/* The same for the password of a file; path is copied. */
struct pane *codescreen_password_new(struct secret *password,
    const char *path);

#endif
