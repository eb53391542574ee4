/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/pty/rest.h"

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

void
rest_init(struct rest *r)
{
	void *page;

	memset(r, 0, sizeof(*r));
	r->fd = memfd_create("rest", MFD_CLOEXEC);
	if (r->fd < 0 || ftruncate(r->fd, sizeof(*r->page)) != 0)
		fail_msg("no memory to share with the program");
	page = mmap(NULL, sizeof(*r->page), PROT_READ | PROT_WRITE,
	    MAP_SHARED, r->fd, 0);
	if (page == MAP_FAILED)
		fail_msg("no memory to share with the program");
	r->page = page;
}

void
rest_release(struct rest *r)
{
	(void)munmap(r->page, sizeof(*r->page));
	(void)close(r->fd);
}

void
rest_hand_over(const struct rest *r)
{
	char fd[16];

	(void)fcntl(r->fd, F_SETFD, 0);
	(void)snprintf(fd, sizeof(fd), "%d", r->fd);
	(void)setenv(REST_ENV, fd, 1);
}

void
rest_expect_wake(struct rest *r)
{
	r->owed = true;
	r->wakes = atomic_load(&r->page->wakes);
}

static bool
has_left(pid_t pid)
{
	siginfo_t info;

	memset(&info, 0, sizeof(info));
	return waitid(P_PID, (id_t)pid, &info,
	    WEXITED | WSTOPPED | WNOHANG | WNOWAIT) != 0 || info.si_pid != 0;
}

/* Asking also brings what was written to it all the way there. */
static bool
has_unread(const struct rest *r)
{
	int fd = open(r->terminal, O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
	struct pollfd ask = {fd, POLLIN, 0};
	bool has;

	if (fd < 0)
		return false;
	has = poll(&ask, 1, 0) > 0 && (ask.revents & POLLIN) != 0;
	(void)close(fd);
	return has;
}

/*
 * Bytes are read only while it works: once none is unread, a program that
 * waits has worked on all of them.
 */
bool
rest_reached(struct rest *r, pid_t pid)
{
	int state = atomic_load(&r->page->state);

	if (state == REST_UNTOLD || has_left(pid))
		return true;
	if (state == REST_WORKS || (r->owed &&
	    atomic_load(&r->page->wakes) == r->wakes) || has_unread(r))
		return false;
	r->owed = false;
	return atomic_load(&r->page->state) == REST_WAITS;
}
