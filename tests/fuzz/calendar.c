/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A calendar.  Days are counted forth and back to the same place, and a
 * holiday is no working day.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

#include "core/calendar.h"

static void
check_days(const struct calendar *c, int32_t first, int32_t last)
{
	bool unsure = false;

	for (int32_t day = first; day < last; day += 17) {
		int32_t to = calendar_add_working_days(c, day, 5, &unsure);

		HOLDS(to > day && calendar_is_working_day(c, to));
		HOLDS(calendar_working_days_between(c, day, to, &unsure) == 5);
		if (calendar_holiday(c, day) != NULL)
			HOLDS(!calendar_is_working_day(c, day));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct faults faults;
	struct calendar *c;
	struct str lines;
	char *text;

	if (n > 16384)
		return 0;
	text = fuzz_text(data, n);
	faults_init(&faults, "test.yaml");
	str_init(&lines);
	c = calendar_parse(text, n, &faults);
	if (c != NULL) {
		HOLDS(faults.n == 0);
		check_days(c, 20089, 20455);
		check_days(c, 0, 400);
		calendar_free(c);
	} else {
		HOLDS(faults.n > 0);
		faults_lines(&faults, &lines);
		HOLDS(fuzz_is_utf8(lines.s, lines.len));
	}
	str_release(&lines);
	faults_release(&faults);
	free(text);
	return 0;
}
