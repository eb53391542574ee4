/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/harden.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/xalloc.h"

extern char **environ;

/* SQLite and libc must never get 0, 1 or 2 as the descriptor of a file. */
static enum rc
open_standard_fds(struct err *e)
{
	int fd;

	do {
		fd = open("/dev/null", O_RDWR | O_CLOEXEC);
		if (fd < 0)
			return err_sys(e, errno, "cannot open /dev/null");
	} while (fd <= STDERR_FILENO && fcntl(fd, F_SETFD, 0) == 0);
	close(fd);
	return RC_OK;
}

static void
drop_variables(void)
{
	static const char *const exact[] = {"SQLITE_TMPDIR", "TMPDIR",
	    "TERMINFO", "TERMINFO_DIRS", "TERMCAP", "TERMPATH",
	    "NCURSES_TRACE", "GCONV_PATH", "LOCPATH", NULL};
	char name[256];
	size_t i, n;

	for (i = 0; exact[i] != NULL; i++)
		(void)unsetenv(exact[i]);
	for (i = 0; environ != NULL && environ[i] != NULL;) {
		n = strcspn(environ[i], "=");
		if (strncmp(environ[i], "LD_", 3) != 0 || n >= sizeof(name)) {
			i++;
			continue;
		}
		memcpy(name, environ[i], n);
		name[n] = '\0';
		if (unsetenv(name) != 0)
			i++;
	}
}

/* Nothing here may ask for memory. */
static void
say_no_memory(void)
{
	static const char words[] = "hearken: there is not enough memory; what "
	    "was saved is safe. Close other programs and try again\n";

	(void)!write(STDERR_FILENO, words, sizeof(words) - 1);
	_exit(err_exit_code(RC_NOMEM));
}

enum rc
harden_process(struct err *e)
{
	const struct rlimit none = {0, 0};

	(void)umask(077);
	(void)xalloc_set_last_words(say_no_memory);
	if (setrlimit(RLIMIT_CORE, &none) != 0)
		return err_sys(e, errno, "cannot forbid core dumps");
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		return err_sys(e, errno, "cannot forbid tracing");
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return err_sys(e, errno, "cannot give up privileges");
	/* A write to a closed pipe or past a limit is an error, not an end. */
	(void)signal(SIGPIPE, SIG_IGN);
	(void)signal(SIGXFSZ, SIG_IGN);
	drop_variables();
	return open_standard_fds(e);
}
