/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ten million rows about a hundred thousand children, screened by `hearken
 * screen' and imported and grouped by `sqlite3 :memory:', in turn, on the
 * same file; prints how many times faster the first is.  The goal is 5.
 * HEARKEN_BENCH_ROWS makes it smaller.
 */
#include "config.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ROWS UINT64_C(10000000)
#define CHILDREN 100000u
#define ROUNDS 3
#define GOAL 5.0

static uint64_t state = UINT64_C(0x9e3779b97f4a7c15);

/* xorshift64*: the same file on every machine. */
static uint32_t
below(uint32_t n)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (uint32_t)(((state * UINT64_C(0x2545f4914f6cdd1d)) >> 32) *
	    n >> 32);
}

static void
write_row(FILE *f)
{
	static const char *const states[] = {"present", "suspected", "absent",
	    "absent", "not known", "not known", "not known"};
	static const char *const agencies[] = {"School", "Police", "Health",
	    "Children's services", "Youth offending team"};
	static const char *const words[] = {"Seen by the form tutor",
	    "Noted at handover", "From the interview, by phone",
	    "Told to the school nurse", "Written note"};
	uint32_t item = below(29);

	(void)fprintf(f, "C-%06u,%s,%c%u,%s,20%02u-%02u-%02u,\"%s %u\"\n",
	    below(CHILDREN), agencies[below(5)], item < 15 ? 'A' : 'B',
	    item < 15 ? item + 1 : item - 14, states[below(7)],
	    20 + below(6), 1 + below(12), 1 + below(28), words[below(5)],
	    below(10000));
}

static int
write_file(const char *path, uint64_t rows)
{
	FILE *f = fopen(path, "w");
	uint64_t i;

	if (f == NULL)
		return -1;
	(void)fputs("child,agency,indicator,state,date,evidence\n", f);
	for (i = 0; i < rows; i++)
		write_row(f);
	return fclose(f);
}

static double
seconds(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Seconds that the shell needs for the command, or -1. */
static double
time_of(const char *command)
{
	double from = seconds();
	int status = system(command);

	if (status == -1 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return -1;
	return seconds() - from;
}

static int
measure(const char *screen, const char *sqlite, uint64_t rows)
{
	double a, b, best_a = 1e9, best_b = 1e9;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		a = time_of(screen);
		b = time_of(sqlite);
		if (a < 0 || b < 0) {
			(void)fprintf(stderr, "a command failed\n");
			return 1;
		}
		best_a = a < best_a ? a : best_a;
		best_b = b < best_b ? b : best_b;
	}
	(void)printf("screen %" PRIu64 " rows: %.2f s, %.0f ns a row; "
	    "sqlite3: %.2f s\n", rows, best_a, best_a * 1e9 / (double)rows,
	    best_b);
	(void)printf("ratio %.1f (goal %.0f): %s\n", best_b / best_a, GOAL,
	    best_b / best_a >= GOAL ? "reached" : "MISSED");
	return 0;
}

int
main(void)
{
	const char *build = getenv("HEARKEN_BUILDDIR");
	const char *source = getenv("HEARKEN_SRCDIR");
	const char *wish = getenv("HEARKEN_BENCH_ROWS");
	uint64_t rows = wish != NULL ? strtoull(wish, NULL, 10) : ROWS;
	char folder[] = "/tmp/hearken-bench.XXXXXX";
	char file[64], screen[2048], sqlite[512];
	int rc;

	if (system("command -v sqlite3 >/dev/null") != 0) {
		(void)fprintf(stderr, "sqlite3 is missing; install it\n");
		return 77;
	}
	if (mkdtemp(folder) == NULL)
		return 1;
	(void)snprintf(file, sizeof(file), "%s/rows.csv", folder);
	(void)snprintf(screen, sizeof(screen), "'%s/hearken' screen '%s' "
	    "--instrument '%s/content/instruments/occ-csegg.yaml' "
	    "--format csv 2>'%s/log' >'%s/screen.csv' || "
	    "{ cat '%s/log' >&2; exit 1; }",
	    build != NULL ? build : ".", file, source != NULL ? source : ".",
	    folder, folder, folder);
	(void)snprintf(sqlite, sizeof(sqlite), "sqlite3 :memory: "
	    "'.mode csv' '.import %s t' 'select child, "
	    "sum(state=\"present\"), count(distinct indicator) from t group "
	    "by child' >'%s/sqlite.csv'", file, folder);
	rc = write_file(file, rows) == 0 ? measure(screen, sqlite, rows) : 1;
	(void)snprintf(screen, sizeof(screen), "rm -rf '%s'", folder);
	return system(screen) == 0 ? rc : 1;
}
