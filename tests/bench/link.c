/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Linkage of 250,000, 500,000 and 1,000,000 records of invented children with
 * the names and the model that ship: seconds, memory, and how much faster
 * than n log n it grows.  The bounds: 120 seconds, 2 GB, and no faster.
 */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "core/link.h"
#include "tests/unit/kin.h"

#define MOST_SECONDS 120.0
#define MOST_MEGABYTES 2048.0
#define SLACK 1.15		/* of one run against another */

static double
seconds(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* The most that the program held so far: the largest run is the last. */
static double
megabytes(void)
{
	struct rusage u;

	(void)getrusage(RUSAGE_SELF, &u);
	return (double)u.ru_maxrss / 1024.0;
}

struct made {
	struct links *l;
	double reading;
};

static void
add(void *ctx, const struct kin_record *r)
{
	(void)links_add(((struct made *)ctx)->l, &r->raw);
}

static double
measure(size_t records)
{
	struct link_names *names = kin_names();
	struct link_model *m = kin_model();
	struct made made = { .l = links_new(names) };
	struct kin_opts o = { .seed = 1, .records = records,
	    .numbers = true };
	const struct link_blocks *b;
	struct link_result r;
	double start = seconds(), all;
	size_t asked = 0;

	(void)kin_make(&o, add, &made);
	links_run(made.l, m, NULL, 0, &r);
	all = seconds() - start;
	b = links_blocks(made.l);
	for (size_t i = 0; i < r.npairs; i++)
		asked += r.pairs[i].verdict == LINK_ASK;
	printf("linkage: %zu records in %.1f s, %.0f MB at most; %.1f million "
	    "pairs compared, largest block %zu, %zu blocks split, %zu by "
	    "neighbours; %zu to %zu children, %zu asked\n",
	    links_records(made.l), all, megabytes(), (double)b->pairs / 1e6,
	    b->biggest, b->split, b->windowed, r.nupper, r.nlower, asked);
	link_result_release(&r);
	links_free(made.l);
	link_names_free(names);
	link_model_free(m);
	return all;
}

/* Over 1: it grew faster than n log n. */
static double
growth(double t1, double n1, double t2, double n2)
{
	return t2 / t1 / (n2 * log2(n2) / (n1 * log2(n1)));
}

int
main(void)
{
	double quarter = measure(250000), half = measure(500000);
	double all = measure(1000000);
	double one = growth(quarter, 250000, all, 1000000);
	double two = growth(half, 500000, all, 1000000);
	bool good = all <= MOST_SECONDS && megabytes() <= MOST_MEGABYTES &&
	    one <= SLACK;

	printf("linkage: growth beside n log n: %.2f from 250,000, %.2f from "
	    "500,000, to 1,000,000: %s\n", one, two, good ? "held" : "MISSED");
	return good ? 0 : 1;
}
