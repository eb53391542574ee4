/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/confirm.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cli/print.h"

#define LINE_LEN 512

/* One line without its end; false at the end of the terminal. */
static bool
read_line(int fd, char line[LINE_LEN])
{
	size_t n = 0;
	ssize_t got;
	char c;

	for (;;) {
		got = read(fd, &c, 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		if (c == '\n')
			break;
		if (n < LINE_LEN - 1)
			line[n++] = c;
	}
	line[n] = '\0';
	return true;
}

enum rc
confirm_typed(const struct call *c, const char *what, const char *word,
    struct err *e)
{
	char line[LINE_LEN] = "";
	bool same;
	int fd;

	if (call_option(c, "yes") != NULL)
		return RC_OK;
	fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return err_set(e, RC_USAGE, "there is no terminal to ask "
		    "whether this is meant; give --yes");
	tell_line("%s", what);
	tell("Type %s to go on: ", word);
	same = read_line(fd, line) && strcmp(line, word) == 0;
	close(fd);
	return same ? RC_OK : err_set(e, RC_CANCELLED, "that is not \"%s\"; "
	    "nothing was done", word);
}
