/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the process gives up before it does anything else: readable new
 * files, core dumps, being traced, new privileges, and the variables of the
 * environment that could make a library read or write elsewhere.
 */
#ifndef HEARKEN_CLI_HARDEN_H
#define HEARKEN_CLI_HARDEN_H

#include "core/err.h"

NODISCARD enum rc harden_process(struct err *e);

#endif
