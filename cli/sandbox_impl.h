/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The two halves of the cage, for sandbox.c.
 */
#ifndef HEARKEN_CLI_SANDBOX_IMPL_H
#define HEARKEN_CLI_SANDBOX_IMPL_H

#include "cli/sandbox.h"

/*
 * LeakSanitizer traces its own process, and the counters of a coverage build
 * are written beside its objects: neither can be done in a cage.
 */
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || \
    __has_feature(thread_sanitizer)
#define SANDBOX_LEFT_OUT "the program was built with a sanitizer"
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANDBOX_LEFT_OUT "the program was built with a sanitizer"
#elif defined(HEARKEN_COVERAGE)
#define SANDBOX_LEFT_OUT "the program was built to count its coverage"
#endif

/* Landlock; sets files or no_files. */
NODISCARD enum rc sandbox_files(const struct sandbox_path *paths, size_t n,
    struct sandbox_state *st, struct err *e);
/* The filter of system calls; sets calls or no_calls. */
NODISCARD enum rc sandbox_calls(struct sandbox_state *st, struct err *e);

#endif
