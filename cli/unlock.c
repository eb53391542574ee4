/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/unlock.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli/host.h"
#include "cli/print.h"
#include "db/tries.h"
#include "db/watch.h"

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
			return err_sys(e, errno, "cannot read the passphrase");
		if (n == 0 || c == '\n')
			break;
		if (c == CTRL_C || c == CTRL_Z || c == CTRL_BACKSLASH)
			return err_set(e, RC_CANCELLED,
			    "stopped; nothing was done");
		if (!secret_add(out, &c, 1))
			return err_set(e, RC_INPUT, "the passphrase is longer "
			    "than %d bytes", PASSPHRASE_MAX);
	}
	if (out->len > 0 && out->p[out->len - 1] == '\r')
		out->len--;
	return RC_OK;
}

static enum rc
read_from_fd(const char *number, struct secret *out, struct err *e)
{
	char *end;
	long fd;

	errno = 0;
	fd = strtol(number, &end, 10);
	if (end == number || *end != '\0' || errno != 0 || fd < 0 ||
	    fd > 1024)
		return err_set(e, RC_USAGE, "--passphrase-fd takes the number "
		    "of an open descriptor, not \"%s\"", number);
	if (fcntl((int)fd, F_GETFD) < 0)
		return err_set(e, RC_USAGE, "--passphrase-fd: descriptor %ld "
		    "is not open", fd);
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

static enum rc
read_from_terminal(const char *prompt, struct secret *out, struct err *e)
{
	struct termios shown, hidden;
	sigset_t old;
	enum rc rc;
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);

	if (fd < 0 || tcgetattr(fd, &shown) != 0) {
		if (fd >= 0)
			close(fd);
		return err_set(e, RC_USAGE, "there is no terminal to ask for "
		    "the passphrase; give --passphrase-fd N");
	}
	hidden = shown;
	/* ^C arrives as a byte, so that echo is back on before it acts. */
	hidden.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL | ISIG);
	hidden.c_cc[VEOL] = CTRL_C;
	block_signals(&old);
	/* Echo is off before anybody is asked: what is typed at once is unseen. */
	(void)tcsetattr(fd, TCSAFLUSH, &hidden);
	tell("%s", prompt);
	rc = wait_for_line(fd, &old) ? read_line(fd, out, e) :
	    err_set(e, RC_CANCELLED, "stopped; nothing was done");
	(void)tcsetattr(fd, TCSAFLUSH, &shown);
	tell("\n");
	close(fd);
	/* Echo is on again: now the signal may do what it does. */
	if (caught != 0)
		(void)raise(caught);
	(void)sigprocmask(SIG_SETMASK, &old, NULL);
	return rc;
}

enum rc
passphrase_read(const struct call *c, const char *prompt, struct secret *out,
    struct err *e)
{
	const char *fd = call_option(c, "passphrase-fd");
	enum rc rc = secret_init(out, PASSPHRASE_MAX, e);

	if (rc != RC_OK)
		return rc;
	rc = fd != NULL ? read_from_fd(fd, out, e) :
	    read_from_terminal(prompt, out, e);
	if (rc == RC_OK && out->len == 0)
		rc = err_set(e, RC_PASSPHRASE, "no passphrase was given");
	if (rc != RC_OK)
		secret_release(out);
	return rc;
}

/* Nobody types a passphrase that would not be looked at. */
static enum rc
not_too_early(const char *path, const struct store_opts *opts,
    struct err *e)
{
	int64_t ms = store_wait(path, opts);

	if (ms == 0)
		return RC_OK;
	return err_set(e, RC_PASSPHRASE, "the last passphrases for %s were "
	    "wrong, so the next one has to wait: try again in %d s", path,
	    (int)((ms + 999) / 1000));
}

/* Supervisors learn at once of what they should know. */
static enum rc
tell_flagged(const struct call *c, const char *path, struct store *s,
    struct err *e)
{
	uint64_t n = 0;
	enum rc rc = store_flagged_since_last(s, &n, e);

	if (rc == RC_OK && n != 0 && strcmp(c->cmd->name, "access") != 0)
		tell_line("hearken: %" PRIu64 " flagged look%s since you last "
		    "read them (restricted cases opened with a reason, "
		    "passphrases that failed): hearken access %s --flagged",
		    n, n == 1 ? "" : "s", path);
	return rc;
}

enum rc
unlock_store(const struct call *c, const char *path, struct store **out,
    struct err *e)
{
	struct secret pass = {.p = NULL};
	enum rc rc = unlock_store_keep(c, path, &pass, out, e);

	secret_release(&pass);
	return rc;
}

enum rc
unlock_store_keep(const struct call *c, const char *path,
    struct secret *pass, struct store **out, struct err *e)
{
	struct store_opts opts = host_store_opts(c->host);
	size_t slots = 0;
	enum rc rc;

	*out = NULL;
	/* A path that is no store is told before anyone types a secret. */
	rc = store_slot_count(path, &slots, e);
	if (rc == RC_OK)
		rc = not_too_early(path, &opts, e);
	if (rc != RC_OK)
		return rc;
	rc = passphrase_read(c, "Passphrase: ", pass, e);
	if (rc != RC_OK)
		return rc;
	rc = store_open(path, call_option(c, "user"), pass, &opts, out, e);
	if (rc == RC_OK && store_default_instrument(*out) == NULL) {
		store_close(*out);
		*out = NULL;
		rc = err_set(e, RC_DAMAGED, "%s was never finished: hearken "
		    "init was stopped before it had a checklist, and nothing "
		    "was written to it. Remove it and make it again", path);
	}
	if (rc == RC_OK && store_notice(*out) != NULL)
		tell_line("hearken: %s", store_notice(*out));
	if (rc == RC_OK)
		rc = tell_flagged(c, path, *out, e);
	if (rc != RC_OK) {
		secret_release(pass);
		store_close(*out);
		*out = NULL;
	}
	return rc;
}
