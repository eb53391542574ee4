/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs a harness over files: those named, or its own corpus.  Each file is
 * given whole and cut short at some places, in memory of just its size, so
 * that a checker sees a read past the end.
 */
#include "config.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"

#define FILE_MAX (1u << 20)
#define CUTS 24u

static void
give(const uint8_t *data, size_t n)
{
	uint8_t *copy = malloc(n != 0 ? n : 1);

	if (copy == NULL)
		abort();
	if (n != 0)
		memcpy(copy, data, n);
	(void)LLVMFuzzerTestOneInput(copy, n);
	free(copy);
}

static void
replay(const char *path)
{
	static uint8_t data[FILE_MAX];
	FILE *f = fopen(path, "rb");
	size_t n;

	if (f == NULL) {
		fprintf(stderr, "%s cannot be read\n", path);
		exit(1);
	}
	n = fread(data, 1, sizeof(data), f);
	(void)fclose(f);
	/* Told before, so that the last line names the file that broke. */
	printf("%s\n", path);
	(void)fflush(stdout);
	give(data, n);
	for (size_t i = 0; i < CUTS && n > 0; i++)
		give(data, n * i / CUTS);
}

static int
replay_folder(const char *folder)
{
	DIR *d = opendir(folder);
	struct dirent *f;
	char path[4400];
	int files = 0;

	while (d != NULL && (f = readdir(d)) != NULL) {
		if (f->d_name[0] == '.')
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", folder,
		    f->d_name);
		replay(path);
		files++;
	}
	if (d != NULL)
		(void)closedir(d);
	if (files == 0)
		fprintf(stderr, "there is no corpus in %s\n", folder);
	return files == 0;
}

int
main(int argc, char **argv)
{
	const char *src = getenv("HEARKEN_SRCDIR");
	const char *name = strrchr(argv[0], '/');
	char folder[4000];

	for (int i = 1; i < argc; i++)
		replay(argv[i]);
	if (argc > 1)
		return 0;
	(void)snprintf(folder, sizeof(folder), "%s/tests/fuzz/corpus/%s",
	    src != NULL ? src : ".", name != NULL ? name + 1 : argv[0]);
	return replay_folder(folder);
}
