/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The board's tables of identified children by sex, ethnicity, disability and
 * care status, for another report: the very same table, so that what is
 * suppressed in one is suppressed in the other.  In core/report_board.c.
 */
#ifndef HEARKEN_CORE_REPORT_AXIS_H
#define HEARKEN_CORE_REPORT_AXIS_H

#include "core/factchild.h"
#include "core/report.h"

#define AXIS_ALL (1 + CLASSES)	/* the column of totals */

/*
 * id: "sex", "ethnicity", "disability" (yes, no, not recorded), "care"; a row
 * for each code of the form in its order, then one of totals.  False when
 * there is no such table.
 */
bool report_axis_add(const struct facts *f, const char *id,
    struct report *out);

#endif
