/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/ask.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli/print.h"

#define CTRL_C 3
#define CTRL_Z 26
#define CTRL_BACKSLASH 28

/* Reads to the end of the line or of the file, one byte at a time. */
static enum rc
read_line(int fd, struct secret *out, struct err *e)
{
	char c;
	ssize_t n;

	for (;;) {
		n = read(fd, &c, 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_sys(e, errno, "cannot read what was typed");
		if (n == 0 || c == '\n')
			break;
		if (c == CTRL_C || c == CTRL_Z || c == CTRL_BACKSLASH)
			return err_set(e, RC_CANCELLED,
			    "stopped; nothing was done");
		if (!secret_add(out, &c, 1))
			return err_set(e, RC_INPUT, "what was typed is longer "
			    "than %zu bytes", out->cap);
	}
	if (out->len > 0 && out->p[out->len - 1] == '\r')
		out->len--;
	return RC_OK;
}

enum rc
ask_descriptor(const struct call *c, const char *option, struct secret *out,
    struct err *e)
{
	const char *number = call_option(c, option);
	char *end;
	long fd;

	errno = 0;
	fd = strtol(number, &end, 10);
	if (end == number || *end != '\0' || errno != 0 || fd < 0 ||
	    fd > 1024)
		return err_set(e, RC_USAGE, "--%s takes the number of an "
		    "open descriptor, not \"%s\"", option, number);
	if (fcntl((int)fd, F_GETFD) < 0)
		return err_set(e, RC_USAGE, "--%s: descriptor %ld is not "
		    "open", option, fd);
	return read_line((int)fd, out, e);
}

/* Signals that would leave the terminal without echo wait meanwhile. */
static void
block_signals(sigset_t *old)
{
	sigset_t set;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGINT);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGHUP);
	(void)sigaddset(&set, SIGTSTP);
	(void)sigaddset(&set, SIGQUIT);
	(void)sigprocmask(SIG_BLOCK, &set, old);
}

static volatile sig_atomic_t caught;

static void
note_signal(int sig)
{
	caught = sig;
}

/* Waits for a line; false when a signal asks the program to end first. */
static bool
wait_for_line(int fd, const sigset_t *mask)
{
	static const int ends[] = {SIGTERM, SIGHUP};
	const struct sigaction note = {.sa_handler = note_signal};
	struct sigaction old[2];
	struct pollfd p = {.fd = fd, .events = POLLIN};
	size_t i;

	caught = 0;
	for (i = 0; i < 2; i++)
		if (sigaction(ends[i], NULL, &old[i]) == 0 &&
		    old[i].sa_handler != SIG_IGN)
			(void)sigaction(ends[i], &note, NULL);
	while (ppoll(&p, 1, NULL, mask) < 0 && errno == EINTR && caught == 0)
		;
	for (i = 0; i < 2; i++)
		(void)sigaction(ends[i], &old[i], NULL);
	return caught == 0;
}

/* ^C arrives as a byte, so that echo is back on before it acts. */
static struct termios
mode_for(const struct termios *usual, const struct question *q)
{
	struct termios mode = *usual;

	mode.c_lflag &= ~(tcflag_t)ISIG;
	if (!q->shown)
		mode.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
	mode.c_cc[VEOL] = CTRL_C;
	return mode;
}

enum rc
ask_terminal(const struct question *q, struct secret *out, struct err *e)
{
	struct termios usual, mode;
	sigset_t old;
	enum rc rc;
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);

	if (fd < 0 || tcgetattr(fd, &usual) != 0) {
		if (fd >= 0)
			close(fd);
		return err_set(e, RC_USAGE, "there is no terminal to ask for "
		    "%s; %s", q->what, q->instead);
	}
	mode = mode_for(&usual, q);
	block_signals(&old);
	/* Echo is off before anybody is asked: what is typed at once is unseen. */
	rc = tcsetattr(fd, TCSAFLUSH, &mode) == 0 ? RC_OK :
	    err_sys(e, errno, "the terminal cannot be set up to ask for %s",
	    q->what);
	if (rc == RC_OK) {
		tell("%s", q->prompt);
		rc = wait_for_line(fd, &old) ? read_line(fd, out, e) :
		    err_set(e, RC_CANCELLED, "stopped; nothing was done");
	}
	(void)tcsetattr(fd, TCSAFLUSH, &usual);
	if (!q->shown)
		tell("\n");
	close(fd);
	/* Echo is on again: now the signal may do what it does. */
	if (caught != 0)
		(void)raise(caught);
	(void)sigprocmask(SIG_SETMASK, &old, NULL);
	return rc;
}

static enum rc
ask_once(const char *prompt, const char *option, struct secret *out,
    struct err *e)
{
	char instead[64];
	const struct question q = {
		.prompt = prompt, .what = "the passphrase", .instead = instead
	};

	(void)snprintf(instead, sizeof(instead), "give --%s N", option);
	return ask_terminal(&q, out, e);
}

static enum rc
ask_again(const char *option, const struct secret *pass, struct err *e)
{
	struct secret again;
	enum rc rc = secret_init(&again, ASK_MAX, e);
	bool same;

	if (rc != RC_OK)
		return rc;
	rc = ask_once("The same passphrase once more: ", option, &again, e);
	same = again.len == pass->len &&
	    sodium_memcmp(again.p, pass->p, pass->len) == 0;
	secret_release(&again);
	if (rc != RC_OK || same)
		return rc;
	return err_set(e, RC_PASSPHRASE, "the two passphrases differ; nothing "
	    "was done");
}

enum rc
ask_new_passphrase(const struct call *c, const char *option,
    const char *prompt, struct secret *out, struct err *e)
{
	bool given = call_option(c, option) != NULL;
	enum rc rc = secret_init(out, ASK_MAX, e);

	if (rc != RC_OK)
		return rc;
	rc = given ? ask_descriptor(c, option, out, e) :
	    ask_once(prompt, option, out, e);
	if (rc == RC_OK && out->len == 0)
		rc = err_set(e, RC_PASSPHRASE, "no passphrase was given");
	if (rc == RC_OK)
		rc = store_passphrase_check(out, e);
	if (rc == RC_OK && !given)
		rc = ask_again(option, out, e);
	if (rc != RC_OK)
		secret_release(out);
	return rc;
}

enum rc
ask_to_confirm(const struct call *c, const char *prompt, const char *want,
    struct err *e)
{
	const struct question q = {
		.prompt = prompt, .what = "that", .instead = "give --yes",
		.shown = true
	};
	struct secret typed;
	enum rc rc;
	bool same;

	if (call_option(c, "yes") != NULL)
		return RC_OK;
	rc = secret_init(&typed, ASK_MAX, e);
	if (rc != RC_OK)
		return rc;
	rc = ask_terminal(&q, &typed, e);
	same = typed.len == strlen(want) &&
	    memcmp(typed.p, want, typed.len) == 0;
	secret_release(&typed);
	if (rc != RC_OK || same)
		return rc;
	return err_set(e, RC_CANCELLED, "that is not \"%s\"; nothing was done",
	    want);
}
