/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/pdf.h"

#include <limits.h>
#include <qpdf/qpdf-c.h>
#include <stdbool.h>
#include <string.h>

#include "exchange/room.h"

/* The words are ours: a message of the library may quote what it read. */
static enum rc
could_not(const char *what, struct err *e)
{
	return err_set(e, RC_SYSTEM, "the pages could not be %s, and nothing "
	    "was written", what);
}

static bool
failed(qpdf_data q, QPDF_ERROR_CODE code)
{
	/*
	 * The pages are our own: what the library has a doubt of was made so
	 * by something else, memory that ran out, and mended by leaving out.
	 */
	bool bad = code != QPDF_SUCCESS || qpdf_has_error(q) ||
	    qpdf_more_warnings(q);

	/* What is not fetched is printed when q is cleaned up. */
	while (qpdf_more_warnings(q))
		(void)qpdf_next_warning(q);
	if (qpdf_has_error(q))
		(void)qpdf_get_error(q);
	return bad;
}

/*
 * One password for both roles: whoever has it may print and copy, and the
 * other one, if it were empty, would open the file for everybody.
 */
static enum rc
write_sealed(qpdf_data q, const char *password, struct str *pdf,
    struct err *e)
{
	QPDF_ERROR_CODE code = qpdf_init_write_memory(q);
	size_t had;

	if (failed(q, code))
		return could_not("sealed", e);
	qpdf_set_r6_encryption_parameters2(q, password, password, QPDF_TRUE,
	    QPDF_TRUE, QPDF_TRUE, QPDF_TRUE, QPDF_TRUE, QPDF_TRUE,
	    qpdf_r3p_full, QPDF_TRUE);
	code = qpdf_write(q);
	if (failed(q, code))
		return could_not("sealed", e);
	had = pdf->len;
	explicit_bzero(pdf->s, had);
	str_clear(pdf);
	str_add_n(pdf, (const char *)qpdf_get_buffer(q),
	    qpdf_get_buffer_length(q));
	return RC_OK;
}

enum rc
pdf_seal(struct str *pdf, const struct secret *password, struct err *e)
{
	QPDF_ERROR_CODE code;
	qpdf_data q;
	enum rc rc;

	if (password->len == 0 || password->len >= 127 ||
	    password->len == password->cap ||
	    memchr(password->p, '\0', password->len) != NULL)
		return err_set(e, RC_INPUT, "the password is empty or too "
		    "long for a PDF, which takes 127 bytes");
	/* Its C interface does not catch every exception of the library. */
	rc = room_ask(8 * pdf->len, "the seal of the pages", e);
	if (rc != RC_OK)
		return rc;
	q = qpdf_init();
	password->p[password->len] = '\0';
	qpdf_set_suppress_warnings(q, QPDF_TRUE);
	qpdf_silence_errors(q);
	code = qpdf_read_memory(q, "paper", pdf->s, pdf->len, NULL);
	rc = failed(q, code) ? could_not("read back", e) :
	    write_sealed(q, (const char *)password->p, pdf, e);
	qpdf_cleanup(&q);
	secret_wipe_stack();
	return rc;
}

const char *
pdf_seal_library(void)
{
	return qpdf_get_qpdf_version();
}
