/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/print.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/str.h"
#include "core/utf8.h"
#include "core/xalloc.h"
#include "exchange/charset.h"

#define WRAP_COLUMNS 78

static int write_error;

bool
print_out_is_tty(void)
{
	return isatty(STDOUT_FILENO) != 0;
}

bool
print_err_is_tty(void)
{
	return isatty(STDERR_FILENO) != 0;
}

static void
put(FILE *f, const char *s, size_t n)
{
	if (n != 0 && fwrite(s, 1, n, f) != n && f == stdout)
		write_error = errno != 0 ? errno : EIO;
}

/* Through the filter and into the terminal's charset, or as it is. */
static void
emit(FILE *f, bool lines, const char *s, size_t n)
{
	struct str seen, local;

	if (!(f == stdout ? print_out_is_tty() : print_err_is_tty())) {
		put(f, s, n);
		return;
	}
	str_init(&seen);
	str_init(&local);
	utf8_visible(&seen, s, n, lines);
	charset_to_terminal(&local, seen.s, seen.len);
	put(f, local.s, local.len);
	str_release(&local);
	str_release(&seen);
}

static char *
format(const char *fmt, va_list ap)
{
	char *s = NULL;

	if (vasprintf(&s, fmt, ap) < 0)
		return xstrdup("");
	return s;
}

void
say(const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = format(fmt, ap);
	va_end(ap);
	emit(stdout, true, s, strlen(s));
	free(s);
}

void
say_n(const char *bytes, size_t n)
{
	emit(stdout, true, bytes, n);
}

/* JSON in ASCII still has DEL as it is; it stands in strings only. */
static void
put_json(const char *s)
{
	size_t n;

	for (;;) {
		n = strcspn(s, "\x7F");
		put(stdout, s, n);
		if (s[n] == '\0')
			return;
		put(stdout, "\\u007F", 6);
		s += n + 1;
	}
}

void
say_json(const json_t *value)
{
	char *s = json_dumps(value, JSON_INDENT(2) | JSON_SORT_KEYS |
	    JSON_ENSURE_ASCII | JSON_REAL_PRECISION(6));

	if (s == NULL) {
		write_error = ENOMEM;
		return;
	}
	put_json(s);
	put(stdout, "\n", 1);
	free(s);
}

static void
tell_text(bool lines, const char *fmt, va_list ap)
{
	char *s = format(fmt, ap);

	/* What fails here would be forgotten by the last flush. */
	if (fflush(stdout) != 0 && write_error == 0)
		write_error = errno;
	emit(stderr, lines, s, strlen(s));
	free(s);
}

void
tell(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	tell_text(true, fmt, ap);
	va_end(ap);
}

void
tell_line(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	tell_text(false, fmt, ap);
	va_end(ap);
	put(stderr, "\n", 1);
}

void
tell_status(const char *text)
{
	static const char clear[] = "\r\033[K";

	if (!print_err_is_tty())
		return;
	put(stderr, clear, sizeof(clear) - 1);
	put(stderr, text, strlen(text));
	(void)fflush(stderr);
}

void
say_wrapped(const char *indent, const char *text)
{
	int columns = WRAP_COLUMNS - (int)strlen(indent);
	size_t n = strlen(text), take, shown;

	while (n > 0) {
		take = utf8_wrap(text, n, columns);
		shown = take;
		while (shown > 0 && (text[shown - 1] == ' ' ||
		    text[shown - 1] == '\n'))
			shown--;
		say("%s%.*s\n", indent, (int)shown, text);
		text += take;
		n -= take;
	}
}

void
say_labelled(const char *indent, const char *label, const char *text)
{
	struct str line;

	if (text[0] == '\0')
		return;
	str_init(&line);
	str_add_fmt(&line, "%s%s", label, text);
	say_wrapped(indent, line.s);
	str_release(&line);
}

enum rc
print_finish(struct err *e)
{
	if (fflush(stdout) != 0 && write_error == 0)
		write_error = errno;
	if (write_error == EPIPE)
		return RC_OK;
	if (write_error != 0)
		return err_sys(e, write_error, "cannot write the result");
	return RC_OK;
}
