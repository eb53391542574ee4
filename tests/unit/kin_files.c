/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names and the model that ship. */
#include "config.h"

#include "tests/unit/kin.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/str.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static char *
load(const char *name, size_t *n)
{
	const char *dir = getenv("HEARKEN_SRCDIR");
	static char text[65536];
	char path[4096];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/content/linkage/%s",
	    dir == NULL ? "." : dir, name);
	file = fopen(path, "r");
	if (file == NULL) {
		fprintf(stderr, "%s: cannot be read\n", path);
		exit(1);
	}
	*n = fread(text, 1, sizeof(text), file);
	(void)fclose(file);
	return text;
}

static void
show(const struct faults *f)
{
	struct str lines;

	str_init(&lines);
	faults_lines(f, &lines);
	fprintf(stderr, "%s", lines.s);
	str_release(&lines);
	exit(1);
}

struct link_names *
kin_names(void)
{
	static const char *const files[] = { "particles.yaml",
	    "transliterations.yaml", "diminutives.yaml" };
	struct link_names *names = link_names_new();

	for (size_t i = 0; i < COUNT(files); i++) {
		struct faults f;
		size_t n;
		char *text = load(files[i], &n);

		faults_init(&f, files[i]);
		if (!link_names_add(names, text, n, &f))
			show(&f);
		faults_release(&f);
	}
	return names;
}

struct link_model *
kin_model(void)
{
	struct faults f;
	size_t n;
	char *text = load("model.yaml", &n);
	struct link_model *m;

	faults_init(&f, "model.yaml");
	m = link_model_parse(text, n, &f);
	if (m == NULL)
		show(&f);
	faults_release(&f);
	return m;
}
