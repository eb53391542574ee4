/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What of a training store goes out as files: the training log as CSV and its
 * certificate on paper, and ratings as core/agree.h and exchange/ratings.h
 * understand them.
 */
#ifndef HEARKEN_EXCHANGE_TRAINCSV_H
#define HEARKEN_EXCHANGE_TRAINCSV_H

#include "core/groupwork.h"
#include "core/traininglog.h"
#include "exchange/out.h"

/*
 * title,kind,date,minutes,reflection: one row a line of the log.  kind is the
 * code; date as span_format() has it.  With names (may be NULL) a last column
 * says who.
 */
void training_log_csv(const struct training_log *l,
    const struct roster *names, struct out *o);

/*
 * Writes the certificate to a new file, as pages when its name ends in .pdf,
 * as text when in .txt; RC_USAGE for another.  Never over one that is there.
 * unknown as paper_pdf() has it.
 */
NODISCARD enum rc training_certificate_write(const char *path,
    const struct training_certificate *c, struct str *unknown,
    struct err *e);
/* RC_USAGE unless the name ends in .pdf or .txt; to be asked first. */
NODISCARD enum rc training_certificate_name(const char *path,
    struct err *e);

#endif
