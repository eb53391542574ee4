/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Errors: a code for the program and a sentence for the person.  The caller
 * owns the struct err; nothing here allocates, prints or keeps state.  A
 * message says what happened, to what, and what to do next, and never holds
 * a secret.  Only cli/ and tui/ show it.
 */
#ifndef HEARKEN_CORE_ERR_H
#define HEARKEN_CORE_ERR_H

#include <stdarg.h>

#define ERR_TEXT_MAX 2048

#define NODISCARD __attribute__((warn_unused_result))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))

enum rc {
	RC_OK = 0,
	RC_USAGE,	/* the command was called wrongly */
	RC_INPUT,	/* a file, field or value is not what was expected */
	RC_NOTFOUND,	/* no such case, entry, user, rule */
	RC_EXISTS,	/* it is there already and is not replaced */
	RC_REFUSED,	/* a rule of the house forbids it (role, own work) */
	RC_PASSPHRASE,	/* name or passphrase not accepted */
	RC_BUSY,	/* the store is in use by another process */
	RC_DAMAGED,	/* the store's bytes are not what was written */
	RC_TAMPERED,	/* bytes are sound, but changed or rolled back */
	RC_NOTSTORE,	/* the file is not a Hearken store */
	RC_NEWER,	/* written by a newer version */
	RC_NOSPACE,	/* disk full */
	RC_READONLY,	/* file or folder cannot be written */
	RC_CANCELLED,	/* the person stopped it */
	RC_NOMEM,
	RC_SYSTEM	/* the operating system refused */
};

struct err {
	enum rc rc;
	char text[ERR_TEXT_MAX];
};

/* Makes e empty: RC_OK and no text. */
void err_clear(struct err *e);

/*
 * Sets code and message, returns rc so that `return err_set(...)` reads well.
 * e may be NULL when the caller wants only the code.  A message longer than
 * the buffer is cut at a character boundary.
 */
enum rc err_set(struct err *e, enum rc rc, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
enum rc err_setv(struct err *e, enum rc rc, const char *fmt, va_list ap)
    PRINTF_LIKE(3, 0);

/*
 * As err_set, for a failed system call: chooses RC_NOSPACE, RC_READONLY,
 * RC_NOMEM, RC_NOTFOUND or RC_SYSTEM from errnum and adds its description.
 */
enum rc err_sys(struct err *e, int errnum, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

/* Puts "what: " in front of the message that is there. Returns e's code. */
enum rc err_prefix(struct err *e, const char *fmt, ...) PRINTF_LIKE(2, 3);

/*
 * The exit code of the command line for rc: 0 done, 2 wrong use, 3 bad input,
 * 4 wrong passphrase, 5 store busy or damaged, 6 system failure, 7 store
 * tampered with or rolled back, 130 stopped by the person (as a shell says of
 * ^C).
 */
int err_exit_code(enum rc rc);

#endif
