/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables that more than one report has.  Pure. */
#ifndef HEARKEN_CORE_REPORT_DONE_H
#define HEARKEN_CORE_REPORT_DONE_H

#include "core/report.h"

/* Second, blind looks at reviews that agreed: how they came out. */
void report_second_looks(const struct facts *f, struct report *out);

#endif
