/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/clock.h"

#include <sodium.h>
#include <time.h>

static int64_t
read_clock(clockid_t id)
{
	struct timespec ts = {0, 0};

	(void)clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static int64_t
system_now(void *ctx)
{
	(void)ctx;
	return read_clock(CLOCK_REALTIME);
}

static int64_t
system_ticks(void *ctx)
{
	(void)ctx;
	return read_clock(CLOCK_BOOTTIME);
}

/* One clock counts through suspend, the other does not. */
static int64_t
system_slept(void *ctx)
{
	(void)ctx;
	return read_clock(CLOCK_BOOTTIME) - read_clock(CLOCK_MONOTONIC);
}

static void
system_fill(void *ctx, void *buf, size_t n)
{
	(void)ctx;
	randombytes_buf(buf, n);
}

const struct clock *
clock_system(void)
{
	static const struct clock c = {system_now, system_ticks, NULL,
	    system_slept};

	return &c;
}

const struct rng *
rng_system(void)
{
	static const struct rng r = {system_fill, NULL};

	return &r;
}

int64_t
clock_now(const struct clock *c)
{
	return c->now(c->ctx);
}

int64_t
clock_ticks(const struct clock *c)
{
	return c->ticks(c->ctx);
}

int64_t
clock_slept(const struct clock *c)
{
	return c->slept != NULL ? c->slept(c->ctx) : 0;
}

void
rng_fill(const struct rng *r, void *buf, size_t n)
{
	r->fill(r->ctx, buf, n);
}
