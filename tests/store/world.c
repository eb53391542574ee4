/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/store/world.h"

#include <dirent.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int64_t
world_now(void *ctx)
{
	const struct world *w = ctx;

	return w->now;
}

static void
world_fill(void *ctx, void *buf, size_t n)
{
	struct world *w = ctx;
	unsigned char seed[randombytes_SEEDBYTES] = {0};

	w->seed++;
	memcpy(seed, &w->seed, sizeof(w->seed));
	randombytes_buf_deterministic(buf, n, seed);
}

static void
die(const char *what, const char *why)
{
	fprintf(stderr, "%s: %s\n", what, why);
	abort();
}

void
world_init(struct world *w)
{
	const char *tmp = getenv("TMPDIR");

	memset(w, 0, sizeof(*w));
	if (sodium_init() < 0)
		die("world", "no randomness");
	(void)snprintf(w->dir, sizeof(w->dir), "%s/store.XXXXXX",
	    tmp != NULL ? tmp : "/tmp");
	if (mkdtemp(w->dir) == NULL)
		die(w->dir, "cannot be made");
	(void)snprintf(w->path, sizeof(w->path), "%s/test.hearken", w->dir);
	w->now = INT64_C(1767261600000);	/* 1 January 2026, 10:00 UTC */
	w->clock = (struct clock){world_now, world_now, w, NULL};
	w->rng = (struct rng){world_fill, w};
	w->opts.clock = &w->clock;
	w->opts.rng = &w->rng;
	w->opts.kdf = (struct kdf_cost){1, 8192, 1, 8192};
	w->opts.allow_network_fs = true;
	world_ok(w, secret_init(&w->pass, 256, &w->e));
	(void)secret_add(&w->pass, WORLD_PASS, strlen(WORLD_PASS));
}

static void
remove_folder(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *f;
	char path[1024];

	while (d != NULL && (f = readdir(d)) != NULL) {
		(void)snprintf(path, sizeof(path), "%s/%s", dir, f->d_name);
		(void)unlink(path);
	}
	if (d != NULL)
		(void)closedir(d);
	(void)rmdir(dir);
}

void
world_release(struct world *w)
{
	world_close(w);
	secret_release(&w->pass);
	remove_folder(w->dir);
}

void
world_ok(const struct world *w, enum rc rc)
{
	if (rc != RC_OK)
		die("unexpected failure", w->e.text);
}

void
world_create(struct world *w)
{
	world_create_as(w, ROLE_PRACTITIONER);
}

void
world_create_as(struct world *w, enum role role)
{
	struct store_founder f = {.user = WORLD_USER, .role = role};

	world_ok(w, store_create(w->path, &f, &w->pass, &w->opts, &w->s,
	    &w->e));
}

enum rc
world_open(struct world *w)
{
	w->s = NULL;
	return store_open(w->path, NULL, &w->pass, &w->opts, &w->s, &w->e);
}

void
world_close(struct world *w)
{
	store_close(w->s);
	w->s = NULL;
}

void
world_reopen(struct world *w)
{
	world_close(w);
	world_ok(w, world_open(w));
}

void
world_adopt(struct world *w)
{
	world_adopt_file(w, "content/instruments/occ-csegg.yaml");
}

char *
world_text(const char *name, size_t *n)
{
	const char *src = getenv("HEARKEN_SRCDIR");
	char path[1024];

	(void)snprintf(path, sizeof(path), "%s/%s", src != NULL ? src : ".",
	    name);
	return (char *)file_load(path, n);
}

void
world_adopt_file(struct world *w, const char *name)
{
	size_t n;
	char *text = world_text(name, &n);

	world_ok(w, store_adopt(w->s, text, n, true, &w->e));
	free(text);
}

long
world_step(long step)
{
	return getenv("HEARKEN_VALGRIND") != NULL ? 8 * step : step;
}

struct entry_draft
draft_open(struct case_id id, const char *reference)
{
	struct entry_draft d = {id, "open", span_none(), NULL};

	d.body = json_pack("{s:s, s:s}", "reference", reference, "why",
	    "an invented worry");
	return d;
}

struct entry_draft
draft_identity(struct case_id id, const char *name, const char *birth)
{
	struct entry_draft d = {id, "identity", span_none(), NULL};

	d.body = json_pack("{s:s}", "name", name);
	if (birth != NULL)
		(void)json_object_set_new(d.body, "birth",
		    json_string(birth));
	return d;
}

struct entry_draft
draft_observation(struct case_id id, const char *indicator,
    const char *state, const char *evidence)
{
	struct civil day = {2025, 11, 20};
	struct entry_draft d = {id, "observation",
	    span_of_day(day_from_civil(day)), NULL};

	d.body = json_pack("{s:s, s:s, s:s, s:s, s:s}", "instrument",
	    "occ-csegg", "indicator", indicator, "state", state, "agency",
	    "school", "evidence", evidence);
	return d;
}

enum rc
world_append(struct world *w, struct entry_draft d, struct entry_id *id)
{
	enum rc rc = store_append(w->s, &d, 1, id, &w->e);

	entry_draft_release(&d);
	return rc;
}

struct case_id
world_case(struct world *w, const char *reference)
{
	struct case_id id = store_new_case_id(w->s);

	world_ok(w, world_append(w, draft_open(id, reference), NULL));
	return id;
}

unsigned char *
file_load(const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	unsigned char *p;
	long size;

	if (f == NULL || fseek(f, 0, SEEK_END) != 0 || (size = ftell(f)) < 0)
		die(path, "cannot be read");
	rewind(f);
	p = malloc((size_t)size + 1);
	if (p == NULL || fread(p, 1, (size_t)size, f) != (size_t)size)
		die(path, "cannot be read");
	p[size] = '\0';
	(void)fclose(f);
	*n = (size_t)size;
	return p;
}

void
file_save(const char *path, const unsigned char *p, size_t n)
{
	FILE *f = fopen(path, "wb");

	if (f == NULL || fwrite(p, 1, n, f) != n || fclose(f) != 0)
		die(path, "cannot be written");
}

#define CHILD_WORDS 8

int
child_start(const char *const words[], int *to, int *from)
{
	char *argv[CHILD_WORDS + 2] = {NULL}, self[4096];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	int in[2], out[2];
	pid_t pid;

	/* By its name: in memcheck the link itself leads to memcheck. */
	self[n > 0 ? n : 0] = '\0';

	for (size_t i = 0; i < CHILD_WORDS && words[i] != NULL; i++)
		argv[i + 1] = strdup(words[i]);
	argv[0] = strdup("child");
	if (pipe(in) != 0 || pipe(out) != 0 || (pid = fork()) < 0)
		die("child", "cannot be started");
	if (pid == 0) {
		(void)dup2(in[0], 0);
		(void)dup2(out[1], 1);
		(void)close(in[1]);
		(void)close(out[0]);
		(void)execv(self, argv);
		_exit(127);
	}
	for (size_t i = 0; argv[i] != NULL; i++)
		free(argv[i]);
	(void)close(in[0]);
	(void)close(out[1]);
	*to = in[1];
	*from = out[0];
	return pid;
}

int
child_wait(int pid)
{
	int status = 0;

	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}
