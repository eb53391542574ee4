/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/traincsv.h"

#include <inttypes.h>
#include <string.h>

#include "exchange/file.h"
#include "exchange/leave.h"

static void
cell(struct out *o, const char *text, const char *after)
{
	out_csv_cell(o, text, strlen(text));
	out_add(o, after);
}

void
training_log_csv(const struct training_log *l, const struct roster *names,
    struct out *o)
{
	char date[SPAN_TEXT_MAX];

	out_add(o, "title,kind,date,minutes,reflection");
	out_add(o, names != NULL ? ",who\r\n" : "\r\n");
	for (size_t i = 0; i < l->n; i++) {
		const struct training_line *line = &l->lines[i];

		span_format(&line->on, date);
		cell(o, line->title, ",");
		cell(o, line->activity, ",");
		cell(o, date, ",");
		out_add_fmt(o, "%" PRIu64 ",", line->minutes);
		cell(o, line->reflection, names != NULL ? "," : "\r\n");
		if (names != NULL)
			cell(o, roster_name(names, &line->who), "\r\n");
		out_settle(o);
	}
}

/* ---- the certificate ---- */

static bool
ends_in(const char *path, const char *suffix)
{
	const size_t n = strlen(path), m = strlen(suffix);

	return n > m && strcmp(path + n - m, suffix) == 0;
}

enum rc
training_certificate_name(const char *path, struct err *e)
{
	return ends_in(path, ".pdf") || ends_in(path, ".txt") ? RC_OK :
	    err_set(e, RC_USAGE, "%s: a certificate is a PDF or plain text; "
	    "give it a name that ends in .pdf or .txt", path);
}

enum rc
training_certificate_write(const char *path,
    const struct training_certificate *c, struct str *unknown,
    struct err *e)
{
	struct paper p;
	struct str bytes;
	enum rc rc = training_certificate_name(path, e);

	if (rc != RC_OK)
		return rc;
	paper_training(&p, c);
	str_init(&bytes);
	rc = leave_paper(&p, ends_in(path, ".pdf") ? LEAVE_PDF : LEAVE_TEXT,
	    c->now, &bytes, unknown, e);
	if (rc == RC_OK)
		rc = file_create(path, bytes.s, bytes.len, e);
	str_release(&bytes);
	paper_release(&p);
	return rc;
}
