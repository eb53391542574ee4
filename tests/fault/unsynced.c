/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/fault/unsynced.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/fault/wrap.h"

#define SECTOR 512
#define PATH_ROOM 1024

/* The bytes that a write or a truncation replaced, newest first. */
struct change {
	off_t at, old_size;
	size_t n;
	struct change *next;
	unsigned char old[];
};

struct file {
	dev_t dev;
	ino_t ino;
	char path[PATH_ROOM];
	struct change *changes;
	struct file *next;
};

/* A name that was made (from ""), moved or removed (to ""), newest first. */
struct name {
	char from[PATH_ROOM], to[PATH_ROOM];
	char kept[PATH_ROOM];	/* what it replaced or removed, or "" */
	struct name *next;
};

static char attic[512];
static struct file *files;
static struct name *names;
static struct name *moving;
static unsigned kept;
static uint64_t lots;

static uint64_t
draw(void)
{
	lots = lots * UINT64_C(6364136223846793005) +
	    UINT64_C(1442695040888963407);
	return lots >> 33;
}

static void *
room(size_t n)
{
	void *p = __real_calloc(1, n);

	if (p == NULL)
		abort();
	return p;
}

void
unsynced_attic(const char *folder)
{
	(void)snprintf(attic, sizeof(attic), "%s", folder);
}

static void
forget_changes(struct file *f)
{
	struct change *c;

	while ((c = f->changes) != NULL) {
		f->changes = c->next;
		free(c);
	}
}

static void
forget_name(struct name *m)
{
	if (m->kept[0] != '\0')
		(void)__real_unlink(m->kept);
	free(m);
}

void
unsynced_end(void)
{
	struct file *f;
	struct name *m;

	while ((f = files) != NULL) {
		files = f->next;
		forget_changes(f);
		free(f);
	}
	while ((m = names) != NULL) {
		names = m->next;
		forget_name(m);
	}
}

void
unsynced_begin(uint64_t seed)
{
	unsynced_end();
	lots = seed;
}

/* ---- files ---- */

static struct file *
find(const struct stat *st)
{
	for (struct file *f = files; f != NULL; f = f->next)
		if (f->dev == st->st_dev && f->ino == st->st_ino)
			return f;
	return NULL;
}

static void
path_of(int fd, char path[PATH_ROOM])
{
	char link[64];
	ssize_t n;

	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, path, PATH_ROOM - 1);
	path[n > 0 ? n : 0] = '\0';
}

static struct file *
file_of(int fd, struct stat *st)
{
	struct file *f;

	if (fstat(fd, st) != 0)
		abort();
	if ((f = find(st)) != NULL)
		return f;
	f = room(sizeof(*f));
	f->dev = st->st_dev;
	f->ino = st->st_ino;
	path_of(fd, f->path);
	f->next = files;
	files = f;
	return f;
}

static void
remember(int fd, off_t at, size_t n)
{
	struct stat st;
	struct file *f = file_of(fd, &st);
	struct change *c = room(sizeof(*c) + n);

	c->at = at;
	c->n = n;
	c->old_size = st.st_size;
	/* What cannot be read is a new file's, and was nothing. */
	(void)__real_pread(fd, c->old, n, at);
	c->next = f->changes;
	f->changes = c;
}

void
unsynced_write(int fd, size_t n, off_t at)
{
	remember(fd, at, n);
}

void
unsynced_truncate(int fd, off_t size)
{
	struct stat st;

	(void)file_of(fd, &st);
	if (size < st.st_size)
		remember(fd, size, (size_t)(st.st_size - size));
	else
		remember(fd, size, 0);
}

/* ---- names ---- */

static struct name *
new_name(const char *from, const char *to)
{
	struct name *m = room(sizeof(*m));

	(void)snprintf(m->from, sizeof(m->from), "%s", from);
	(void)snprintf(m->to, sizeof(m->to), "%s", to);
	return m;
}

static void
add_name(struct name *m)
{
	m->next = names;
	names = m;
}

static void
follow(const char *path, const char *to)
{
	struct stat st;
	struct file *f;

	if (lstat(path, &st) == 0 && (f = find(&st)) != NULL)
		(void)snprintf(f->path, sizeof(f->path), "%s", to);
}

/* A second name in the attic for what is about to lose its own. */
static void
keep(struct name *m, const char *path)
{
	if (access(path, F_OK) != 0)
		return;
	(void)snprintf(m->kept, sizeof(m->kept), "%s/%u", attic, kept++);
	if (link(path, m->kept) != 0)
		abort();
	follow(path, m->kept);
}

void
unsynced_made(const char *path)
{
	add_name(new_name("", path));
}

void
unsynced_unlink(const char *path)
{
	struct name *m = new_name(path, "");

	keep(m, path);
	if (m->kept[0] != '\0')
		add_name(m);
	else
		free(m);
}

void
unsynced_rename(const char *from, const char *to)
{
	moving = new_name(from, to);
	keep(moving, to);
	follow(from, to);
}

void
unsynced_renamed(bool done)
{
	if (done) {
		add_name(moving);
		return;
	}
	follow(moving->from, moving->from);
	if (moving->kept[0] != '\0')
		follow(moving->kept, moving->to);
	forget_name(moving);
}

static bool
is_in(const char *path, const char *folder)
{
	size_t n = strlen(folder);

	return strncmp(path, folder, n) == 0 && path[n] == '/' &&
	    strchr(path + n + 1, '/') == NULL;
}

static void
sync_names(const char *folder)
{
	struct name **p = &names, *m;

	while ((m = *p) != NULL) {
		if (!is_in(m->from, folder) && !is_in(m->to, folder)) {
			p = &m->next;
			continue;
		}
		*p = m->next;
		forget_name(m);
	}
}

void
unsynced_sync(int fd)
{
	char folder[PATH_ROOM];
	struct stat st;

	if (fstat(fd, &st) != 0)
		abort();
	if (S_ISDIR(st.st_mode)) {
		path_of(fd, folder);
		sync_names(folder);
	} else {
		forget_changes(file_of(fd, &st));
	}
}

/* ---- the cut ---- */

static void
undo(int fd, const struct change *c, enum call_fault how)
{
	bool whole = how == CALL_CUT || draw() % 2 == 0;

	if (how == CALL_MIXED && !whole)
		return;
	for (size_t i = 0; i < c->n; i += SECTOR) {
		size_t n = c->n - i < SECTOR ? c->n - i : SECTOR;

		if (how != CALL_TORN || draw() % 2 == 0)
			(void)__real_pwrite(fd, c->old + i, n,
			    c->at + (off_t)i);
	}
	/* A size is kept or lost as one. */
	if (whole)
		(void)__real_ftruncate(fd, c->old_size);
}

static void
cut_file(const struct file *f, enum call_fault how)
{
	int fd = __real_open(f->path, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	for (const struct change *c = f->changes; c != NULL; c = c->next)
		undo(fd, c, how);
	(void)__real_close(fd);
}

static void
undo_name(struct name *m)
{
	if (m->from[0] == '\0') {
		(void)__real_unlink(m->to);
	} else if (m->to[0] == '\0') {
		(void)__real_renameat2(AT_FDCWD, m->kept, AT_FDCWD, m->from,
		    0);
		m->kept[0] = '\0';
	} else {
		(void)__real_renameat2(AT_FDCWD, m->to, AT_FDCWD, m->from, 0);
		if (m->kept[0] != '\0')
			(void)__real_renameat2(AT_FDCWD, m->kept, AT_FDCWD,
			    m->to, 0);
		m->kept[0] = '\0';
	}
}

void
unsynced_cut(enum call_fault how)
{
	size_t n = 0;

	for (const struct file *f = files; f != NULL; f = f->next)
		cut_file(f, how);
	for (const struct name *m = names; m != NULL; m = m->next)
		n++;
	/* Names are lost in the order of a journal: the latest first. */
	if (how != CALL_CUT)
		n = draw() % (n + 1);
	for (struct name *m = names; m != NULL && n > 0; m = m->next, n--)
		undo_name(m);
}
