/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ten million rows about a hundred thousand children, screened by `hearken
 * screen', as they are and through an agency's mapping, imported and grouped
 * by `sqlite3 :memory:', and grouped by miller, in turn, on the same file;
 * prints how many times faster the first is.  The goals are 5 and 20.
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
#define MILLER_GOAL 20.0

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

enum { PLAIN, MAPPED, SQLITE, MILLER, RACERS };

struct race {
	char command[RACERS][2048];	/* "" when its program is missing */
	double best[RACERS];
};

static int
run_all(struct race *r)
{
	double t;

	for (size_t i = 0; i < RACERS; i++) {
		r->best[i] = 1e9;
		/* Miller needs minutes; its best hardly differs. */
		for (int k = 0; k < (i == MILLER ? 1 : ROUNDS) &&
		    r->command[i][0] != '\0'; k++) {
			t = time_of(r->command[i]);
			if (t < 0) {
				(void)fprintf(stderr, "a command failed\n");
				return 1;
			}
			r->best[i] = t < r->best[i] ? t : r->best[i];
		}
	}
	return 0;
}

static void
compare(const struct race *r, size_t ours, size_t theirs, double goal)
{
	static const char *const names[RACERS] = {"screen",
	    "screen by a mapping", "sqlite3", "miller"};
	double ratio = r->best[theirs] / r->best[ours];

	(void)printf("%s against %s: ratio %.1f (goal %.0f): %s\n",
	    names[ours], names[theirs], ratio, goal,
	    ratio >= goal ? "reached" : "MISSED");
}

static int
measure(struct race *r, uint64_t rows)
{
	if (run_all(r) != 0)
		return 1;
	(void)printf("screen %" PRIu64 " rows: %.2f s, %.0f ns a row; by a "
	    "mapping %.2f s; sqlite3: %.2f s\n", rows, r->best[PLAIN],
	    r->best[PLAIN] * 1e9 / (double)rows, r->best[MAPPED],
	    r->best[SQLITE]);
	compare(r, PLAIN, SQLITE, GOAL);
	compare(r, MAPPED, SQLITE, GOAL);
	if (r->command[MILLER][0] == '\0') {
		(void)printf("miller is not installed; that comparison is "
		    "skipped\n");
		return 0;
	}
	(void)printf("miller: %.2f s\n", r->best[MILLER]);
	compare(r, PLAIN, MILLER, MILLER_GOAL);
	compare(r, MAPPED, MILLER, MILLER_GOAL);
	return 0;
}

static int
write_mapping(const char *path)
{
	FILE *f = fopen(path, "w");

	if (f == NULL)
		return -1;
	(void)fputs("id: bench\nversion: \"1\"\nagency: Bench\nform: long\n"
	    "dates: ymd\ncolumns:\n  child: child\n  agency: agency\n"
	    "  indicator: indicator\n  state: state\n  date: date\n"
	    "  evidence: evidence\n", f);
	return fclose(f);
}

static void
say_screen(char *out, size_t n, const char *folder, const char *mapping)
{
	const char *build = getenv("HEARKEN_BUILDDIR");
	const char *source = getenv("HEARKEN_SRCDIR");

	(void)snprintf(out, n, "'%s/hearken' screen '%s/rows.csv' "
	    "--instrument '%s/content/instruments/occ-csegg.yaml' "
	    "%s --format csv 2>'%s/log' >'%s/screen.csv' || "
	    "{ cat '%s/log' >&2; exit 1; }",
	    build != NULL ? build : ".", folder, source != NULL ? source : ".",
	    mapping, folder, folder, folder);
}

static void
say_commands(struct race *r, const char *folder)
{
	char mapping[128];

	(void)snprintf(mapping, sizeof(mapping), "--mapping '%s/map.yaml'",
	    folder);
	say_screen(r->command[PLAIN], sizeof(r->command[PLAIN]), folder, "");
	say_screen(r->command[MAPPED], sizeof(r->command[MAPPED]), folder,
	    mapping);
	(void)snprintf(r->command[SQLITE], sizeof(r->command[SQLITE]),
	    "sqlite3 :memory: '.mode csv' '.import %s/rows.csv t' "
	    "'select child, sum(state=\"present\"), "
	    "count(distinct indicator) from t group by child' "
	    ">'%s/sqlite.csv'", folder, folder);
	r->command[MILLER][0] = '\0';
	if (system("command -v mlr >/dev/null") == 0)
		(void)snprintf(r->command[MILLER],
		    sizeof(r->command[MILLER]), "mlr --icsv --ocsv stats1 "
		    "-a count,distinct_count -f indicator -g child "
		    "'%s/rows.csv' >'%s/miller.csv'", folder, folder);
}

int
main(void)
{
	const char *wish = getenv("HEARKEN_BENCH_ROWS");
	uint64_t rows = wish != NULL ? strtoull(wish, NULL, 10) : ROWS;
	char folder[] = "/tmp/hearken-bench.XXXXXX";
	char path[64], command[64];
	static struct race race;
	int rc = 1;

	if (system("command -v sqlite3 >/dev/null") != 0) {
		(void)fprintf(stderr, "sqlite3 is missing; install it\n");
		return 77;
	}
	if (mkdtemp(folder) == NULL)
		return 1;
	say_commands(&race, folder);
	(void)snprintf(path, sizeof(path), "%s/map.yaml", folder);
	if (write_mapping(path) == 0) {
		(void)snprintf(path, sizeof(path), "%s/rows.csv", folder);
		if (write_file(path, rows) == 0)
			rc = measure(&race, rows);
	}
	(void)snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	return system(command) == 0 ? rc : 1;
}
