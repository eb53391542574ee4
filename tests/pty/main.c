/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The program as tests run it: the same words, commands and screens, with a
 * clock that stands at 20 November 2026 16:00 UTC, seeded randomness and a
 * cheap key.  Never installed.  Its ticks stand, too: how slow the machine is
 * changes nothing that it shows or does.
 *
 * HEARKEN_TEST_NOW (UTC ms) sets the clock, HEARKEN_TEST_SEED the seed
 * (without it each process has its own),
 * HEARKEN_TEST_TICKS_FILE a file with two numbers: ms that are added to the
 * clock and the ticks, so that a test can let time pass, and ms of them for
 * which the machine slept.  HEARKEN_TEST_STATE is the folder where the machine
 * remembers; without it, it does not.  HEARKEN_TEST_FREE leaves out the cage.
 */
#include "config.h"

#include <locale.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/harden.h"
#include "cli/host.h"
#include "cli/run.h"
#include "core/str.h"
#include "tests/pty/rest.h"
#include "tests/pty/scan.h"

#define TEST_NOW INT64_C(1795190400000)
#define TICKS_BEGIN INT64_C(1000000)

struct world {
	int64_t now;
	const char *ticks_file;
	uint64_t counter;
	unsigned char seed[randombytes_SEEDBYTES];
};

/* Numbers of the ticks file: time that passed, and how much of it asleep. */
static void
read_passed(const struct world *w, int64_t out[2])
{
	char line[64], *end = line;
	FILE *f;

	out[0] = out[1] = 0;
	if (w->ticks_file == NULL ||
	    (f = fopen(w->ticks_file, "re")) == NULL)
		return;
	if (fgets(line, sizeof(line), f) != NULL) {
		out[0] = strtoll(line, &end, 10);
		out[1] = strtoll(end, NULL, 10);
	}
	(void)fclose(f);
}

static int64_t
world_now(void *ctx)
{
	const struct world *w = ctx;
	int64_t passed[2];

	read_passed(w, passed);
	return w->now + passed[0];
}

static int64_t
world_ticks(void *ctx)
{
	int64_t passed[2];

	read_passed(ctx, passed);
	return TICKS_BEGIN + passed[0];
}

static int64_t
world_slept(void *ctx)
{
	int64_t passed[2];

	read_passed(ctx, passed);
	return passed[1];
}

/* Each call its own stream, so that ids differ and runs agree. */
static void
world_fill(void *ctx, void *buf, size_t n)
{
	struct world *w = ctx;
	unsigned char seed[randombytes_SEEDBYTES];

	memcpy(seed, w->seed, sizeof(seed));
	w->counter++;
	memcpy(seed + 8, &w->counter, sizeof(w->counter));
	randombytes_buf_deterministic(buf, n, seed);
}

/* Returns owned root/name. */
static char *
under(const char *root, const char *name)
{
	struct str path;

	str_init(&path);
	str_add_fmt(&path, "%s/%s", root, name);
	return str_take(&path);
}

static void
world_from_environment(struct world *w)
{
	const char *now = getenv("HEARKEN_TEST_NOW");
	const char *seed = getenv("HEARKEN_TEST_SEED");

	w->now = now != NULL ? strtoll(now, NULL, 10) : TEST_NOW;
	w->ticks_file = getenv("HEARKEN_TEST_TICKS_FILE");
	if (seed != NULL)
		memcpy(w->seed, seed, strnlen(seed, 8));
	else
		w->counter = (uint64_t)getpid() << 32;
}

int
main(int argc, char **argv)
{
	static struct world world;
	static struct clock clock = {world_now, world_ticks, &world,
	    world_slept};
	static struct rng rng = {world_fill, &world};
	const char *src = getenv("HEARKEN_SRCDIR");
	static struct host host;
	struct err e;

	rest_tell();
	if (src == NULL || sodium_init() < 0 ||
	    harden_process(&e) != RC_OK) {
		(void)fprintf(stderr, "HEARKEN_SRCDIR is not set\n");
		return 99;
	}
	(void)setlocale(LC_ALL, "");
	world_from_environment(&world);
	scan_prepare();
	host = (struct host){.clock = &clock, .rng = &rng,
	    .kdf = {1, 8u << 20, 1, 8u << 20}};
	host.content_dir = under(src, "content");
	host.help_dir = under(src, "help");
	host.state_dir = getenv("HEARKEN_TEST_STATE");
	host.caged = getenv("HEARKEN_TEST_FREE") == NULL;
	return cli_run(argc, argv, &host);
}
