/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "core/xalloc.h"
#include "tui/term.h"

/* Told through the pipe and handled between two turns. */
static const int told[] = {
	SIGWINCH, SIGTERM, SIGHUP, SIGTSTP, SIGCONT, SIGINT
};
/* End the program; the terminal is given back first. */
static const int fatal[] = {
	SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGQUIT, SIGXCPU
};

#define NTOLD (sizeof(told) / sizeof(told[0]))
#define NFATAL (sizeof(fatal) / sizeof(fatal[0]))

#define TEN_YEARS (10 * 366 * 86400)

struct loop {
	struct app *app;
	struct sigaction old_told[NTOLD], old_fatal[NFATAL], old_pipe;
	bool ended;		/* by a signal */
	int awake;		/* readable after a sleep; -1 where there is none */
};

static int wake[2] = {-1, -1};

static void
on_told(int sig)
{
	int kept = errno;
	unsigned char byte = (unsigned char)sig;

	/* A full pipe already wakes the loop. */
	if (write(wake[1], &byte, 1) < 0)
		errno = 0;
	errno = kept;
}

static void
on_fatal(int sig)
{
	term_rescue();
	/* SA_RESETHAND: the second time it is the system's own. */
	(void)raise(sig);
}

static void
set_handlers(struct loop *l)
{
	struct sigaction sa;

	memset(&sa, 0, sizeof(sa));
	(void)sigemptyset(&sa.sa_mask);
	sa.sa_handler = on_told;
	sa.sa_flags = SA_RESTART;
	for (size_t i = 0; i < NTOLD; i++)
		(void)sigaction(told[i], &sa, &l->old_told[i]);
	sa.sa_handler = SIG_IGN;
	(void)sigaction(SIGPIPE, &sa, &l->old_pipe);
	sa.sa_handler = on_fatal;
	sa.sa_flags = (int)SA_RESETHAND;
	for (size_t i = 0; i < NFATAL; i++)
		(void)sigaction(fatal[i], &sa, &l->old_fatal[i]);
}

static void
restore_handlers(const struct loop *l)
{
	for (size_t i = 0; i < NTOLD; i++)
		(void)sigaction(told[i], &l->old_told[i], NULL);
	(void)sigaction(SIGPIPE, &l->old_pipe, NULL);
	for (size_t i = 0; i < NFATAL; i++)
		(void)sigaction(fatal[i], &l->old_fatal[i], NULL);
}

static enum rc
open_pipe(struct err *e)
{
	if (pipe(wake) != 0)
		return err_sys(e, errno, "no pipe for signals");
	for (int i = 0; i < 2; i++) {
		(void)fcntl(wake[i], F_SETFD, FD_CLOEXEC);
		(void)fcntl(wake[i], F_SETFL, O_NONBLOCK);
	}
	return RC_OK;
}

static void
close_pipe(void)
{
	for (int i = 0; i < 2; i++) {
		(void)close(wake[i]);
		wake[i] = -1;
	}
}

/*
 * poll() does not notice that the machine slept.  A timer of the wall clock
 * does: the kernel cancels it when it wakes, or when the clock is set.
 */
static void
watch_sleep(struct loop *l)
{
	const struct itimerspec far = {
		.it_value = {.tv_sec = time(NULL) + TEN_YEARS}
	};

	l->awake = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC |
	    TFD_NONBLOCK);
	if (l->awake < 0)
		return;
	if (timerfd_settime(l->awake, TFD_TIMER_ABSTIME |
	    TFD_TIMER_CANCEL_ON_SET, &far, NULL) != 0) {
		(void)close(l->awake);
		l->awake = -1;
	}
}

/* The turn that follows looks at the clocks. */
static void
was_woken(struct loop *l)
{
	if (l->awake >= 0)
		(void)close(l->awake);
	watch_sleep(l);
}

/*
 * Stops the process as the shell expects.  The default action rather than
 * SIGSTOP: where no shell could wake it again, the system does not stop it.
 */
static enum rc
suspend(struct loop *l, struct err *e)
{
	struct sigaction sa, mine;

	app_leave_alone(l->app);
	memset(&sa, 0, sizeof(sa));
	(void)sigemptyset(&sa.sa_mask);
	sa.sa_handler = SIG_DFL;
	(void)sigaction(SIGTSTP, &sa, &mine);
	(void)raise(SIGTSTP);
	(void)sigaction(SIGTSTP, &mine, NULL);
	return app_start(l->app, e);
}

/* By a signal, or because the terminal went away. */
static void
end(struct loop *l, struct err *e)
{
	l->ended = true;
	app_quit(l->app);
	(void)err_set(e, RC_CANCELLED, "ended from outside; what was typed is "
	    "kept in the store, encrypted");
}

static enum rc
take_signal(struct loop *l, int sig, struct err *e)
{
	static const struct event cancel = {ACT_CANCEL, NULL, 0};

	switch (sig) {
	case SIGWINCH:
		app_resize(l->app);
		return RC_OK;
	case SIGTSTP:
		return suspend(l, e);
	case SIGCONT:
		/* Someone may have changed the terminal meanwhile. */
		app_stop(l->app);
		return app_start(l->app, e);
	case SIGINT:
		app_act(l->app, &cancel);
		return RC_OK;
	default:
		end(l, e);
		return RC_OK;
	}
}

static enum rc
take_signals(struct loop *l, struct err *e)
{
	unsigned char sigs[64];
	ssize_t n = read(wake[0], sigs, sizeof(sigs));
	enum rc rc = RC_OK;

	for (ssize_t i = 0; i < n && rc == RC_OK && !l->ended; i++)
		rc = take_signal(l, sigs[i], e);
	return rc;
}

static enum rc
wait_for_input(struct loop *l, struct err *e)
{
	struct pollfd fds[3] = {
		{app_fd(l->app), POLLIN, 0}, {wake[0], POLLIN, 0},
		{l->awake, POLLIN, 0}
	};

	if (poll(fds, 3, app_wait_ms(l->app)) < 0 && errno != EINTR)
		return err_sys(e, errno, "cannot wait for the terminal");
	if (fds[0].revents & (POLLHUP | POLLERR | POLLNVAL))
		end(l, e);
	if (fds[2].revents != 0)
		was_woken(l);
	return fds[1].revents != 0 ? take_signals(l, e) : RC_OK;
}

static enum rc
run(struct loop *l, struct err *e)
{
	enum rc rc = app_start(l->app, e);

	while (rc == RC_OK) {
		app_turn(l->app);
		if (app_is_done(l->app))
			return l->ended ? RC_CANCELLED : RC_OK;
		if (app_wants_suspend(l->app))
			rc = suspend(l, e);
		else
			rc = wait_for_input(l, e);
		if (app_is_done(l->app))
			return l->ended ? RC_CANCELLED : rc;
	}
	return rc;
}

/* What the program says at its end, once there is a terminal to say it on. */
static xalloc_words_fn words_after;

static void
rescue(void)
{
	term_rescue();
	if (words_after != NULL)
		words_after();
}

enum rc
loop_run(struct app *app, struct err *e)
{
	struct loop l = {.app = app, .awake = -1};
	enum rc rc = open_pipe(e);

	if (rc != RC_OK)
		return rc;
	words_after = xalloc_set_last_words(rescue);
	set_handlers(&l);
	watch_sleep(&l);
	rc = run(&l, e);
	app_stop(app);
	restore_handlers(&l);
	(void)xalloc_set_last_words(words_after);
	close_pipe();
	if (l.awake >= 0)
		(void)close(l.awake);
	return rc;
}
