/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Appends and scans 1,000,000 observations on an encrypted store and on a
 * plain one, with the same code but for the key, and prints the ratio.  The
 * better of two runs each, turn about, so that a busy moment hits both.
 */
#include "config.h"

#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define RUNS 2

struct result {
	double append, scan;		/* seconds by the clock */
	double append_cpu, scan_cpu;	/* by the processor */
	size_t entries;
	long kib;
};

static int
run_one(const char *program, const char *store, const char *instrument,
    const char *rows, int out)
{
	pid_t pid = fork();
	int status = 1;

	if (pid == 0) {
		(void)dup2(out, 1);
		(void)execl(program, program, store, instrument, rows,
		    (char *)NULL);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return -1;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}

static int
measure(const char *variant, const char *rows, struct result *best)
{
	const char *build = getenv("HEARKEN_BUILDDIR");
	const char *src = getenv("HEARKEN_SRCDIR");
	char program[1024], instrument[1024], line[256];
	char dir[] = "/tmp/hearken-bench-store.XXXXXX", store[64];
	struct result r = {0};
	ssize_t n;
	int fd[2];

	(void)snprintf(program, sizeof(program), "%s/tests/bench/store_%s",
	    build != NULL ? build : ".", variant);
	(void)snprintf(instrument, sizeof(instrument),
	    "%s/content/instruments/occ-csegg.yaml",
	    src != NULL ? src : ".");
	if (mkdtemp(dir) == NULL || pipe(fd) != 0)
		return -1;
	(void)snprintf(store, sizeof(store), "%s/s", dir);
	if (run_one(program, store, instrument, rows, fd[1]) != 0)
		return -1;
	n = read(fd[0], line, sizeof(line) - 1);
	(void)close(fd[0]);
	(void)close(fd[1]);
	(void)unlink(store);
	(void)rmdir(dir);
	if (n <= 0)
		return -1;
	line[n] = '\0';
	if (sscanf(line, "%lf %lf %lf %lf %zu %ld", &r.append, &r.scan,
	    &r.append_cpu, &r.scan_cpu, &r.entries, &r.kib) != 6)
		return -1;
	if (best->entries == 0 || r.append_cpu + r.scan_cpu <
	    best->append_cpu + best->scan_cpu)
		*best = r;
	return 0;
}

static void
print(const char *name, const struct result *r)
{
	printf("%-10s append %7.2f s (%.2f s of processor)  scan %7.2f s "
	    "(%.2f)  %zu entries  %ld MiB memory\n", name, r->append,
	    r->append_cpu, r->scan, r->scan_cpu, r->entries, r->kib / 1024);
}

/* A word: the number of observations. */
int
main(int argc, char **argv)
{
	struct result plain = {0}, encrypted = {0};
	const char *rows = argc > 1 ? argv[1] : "1000000";

	for (int i = 0; i < RUNS; i++) {
		if (measure("plain", rows, &plain) != 0 ||
		    measure("encrypted", rows, &encrypted) != 0) {
			fprintf(stderr, "the store's benchmark failed\n");
			return 1;
		}
	}
	print("plain", &plain);
	print("encrypted", &encrypted);
	printf("ratio by the clock      append %.2f  scan %.2f  together "
	    "%.2f\n", encrypted.append / plain.append,
	    encrypted.scan / plain.scan, (encrypted.append +
	    encrypted.scan) / (plain.append + plain.scan));
	printf("ratio of processor time append %.2f  scan %.2f  together "
	    "%.2f (goal: 1.30)\n", encrypted.append_cpu / plain.append_cpu,
	    encrypted.scan_cpu / plain.scan_cpu, (encrypted.append_cpu +
	    encrypted.scan_cpu) / (plain.append_cpu + plain.scan_cpu));
	return 0;
}
