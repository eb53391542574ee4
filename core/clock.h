/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Time and randomness are handed down, never taken, so that a test can say
 * what they are.  The real ones are made in cli/main.c.
 */
#ifndef HEARKEN_CORE_CLOCK_H
#define HEARKEN_CORE_CLOCK_H

#include <stddef.h>
#include <stdint.h>

struct clock {
	int64_t (*now)(void *ctx);	/* UTC, ms since 1970-01-01 */
	int64_t (*ticks)(void *ctx);	/* ms, counts through suspend */
	void *ctx;
	/* ms for which the machine has slept since it started; NULL: 0 */
	int64_t (*slept)(void *ctx);
};

struct rng {
	void (*fill)(void *ctx, void *buf, size_t n);
	void *ctx;
};

/* The machine's clocks: CLOCK_REALTIME, CLOCK_BOOTTIME and CLOCK_MONOTONIC. */
const struct clock *clock_system(void);
/* libsodium's generator; sodium_init() has succeeded before. */
const struct rng *rng_system(void);

int64_t clock_now(const struct clock *c);
int64_t clock_ticks(const struct clock *c);
int64_t clock_slept(const struct clock *c);
void rng_fill(const struct rng *r, void *buf, size_t n);

#endif
