/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/err.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

void
err_clear(struct err *e)
{
	e->rc = RC_OK;
	e->text[0] = '\0';
}

/* Drops a half character that vsnprintf left at the end of a full buffer. */
static void
trim_broken_tail(char *text)
{
	size_t n = strlen(text);
	size_t back = 0;

	while (back < n && back < 4 &&
	    ((unsigned char)text[n - 1 - back] & 0xC0u) == 0x80u)
		back++;
	if (back < n && ((unsigned char)text[n - 1 - back] & 0xC0u) == 0xC0u)
		text[n - 1 - back] = '\0';
}

enum rc
err_setv(struct err *e, enum rc rc, const char *fmt, va_list ap)
{
	int n;

	if (e == NULL)
		return rc;
	e->rc = rc;
	n = vsnprintf(e->text, sizeof(e->text), fmt, ap);
	if (n < 0)
		e->text[0] = '\0';
	else if ((size_t)n >= sizeof(e->text))
		trim_broken_tail(e->text);
	return rc;
}

enum rc
err_set(struct err *e, enum rc rc, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	err_setv(e, rc, fmt, ap);
	va_end(ap);
	return rc;
}

static enum rc
rc_of_errno(int errnum)
{
	switch (errnum) {
	case ENOSPC:
	case EDQUOT:
	case EFBIG:
		return RC_NOSPACE;
	case EROFS:
	case EACCES:
	case EPERM:
		return RC_READONLY;
	case ENOMEM:
		return RC_NOMEM;
	case ENOENT:
	case ENOTDIR:
		return RC_NOTFOUND;
	case EEXIST:
		return RC_EXISTS;
	case ENAMETOOLONG:
		return RC_INPUT;
	default:
		return RC_SYSTEM;
	}
}

enum rc
err_sys(struct err *e, int errnum, const char *fmt, ...)
{
	enum rc rc = rc_of_errno(errnum);
	const char *why = strerror(errnum);
	size_t used, room = sizeof(e->text) - strlen(why) - 6;
	va_list ap;

	va_start(ap, fmt);
	err_setv(e, rc, fmt, ap);
	va_end(ap);
	if (e == NULL)
		return rc;
	used = strlen(e->text);
	/* A long path must not push the reason out. */
	if (used > room) {
		e->text[room] = '\0';
		trim_broken_tail(e->text);
		used = strlen(e->text);
		(void)snprintf(e->text + used, sizeof(e->text) - used,
		    "...: %s", why);
	} else {
		(void)snprintf(e->text + used, sizeof(e->text) - used,
		    ": %s", why);
	}
	return rc;
}

enum rc
err_prefix(struct err *e, const char *fmt, ...)
{
	char old[ERR_TEXT_MAX];
	size_t used;
	va_list ap;
	enum rc rc;

	if (e == NULL)
		return RC_SYSTEM;
	rc = e->rc;
	memcpy(old, e->text, sizeof(old));
	va_start(ap, fmt);
	err_setv(e, rc, fmt, ap);
	va_end(ap);
	used = strlen(e->text);
	if ((size_t)snprintf(e->text + used, sizeof(e->text) - used, ": %s",
	    old) >= sizeof(e->text) - used)
		trim_broken_tail(e->text);
	return rc;
}

int
err_exit_code(enum rc rc)
{
	switch (rc) {
	case RC_OK:
		return 0;
	case RC_USAGE:
		return 2;
	case RC_INPUT:
	case RC_NOTFOUND:
	case RC_EXISTS:
	case RC_REFUSED:
		return 3;
	case RC_PASSPHRASE:
		return 4;
	case RC_BUSY:
	case RC_DAMAGED:
	case RC_NOTSTORE:
	case RC_NEWER:
		return 5;
	case RC_TAMPERED:
		return 7;
	case RC_CANCELLED:
		return 130;
	default:
		return 6;
	}
}
