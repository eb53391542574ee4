/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/isoday.h"

void
isoday_init(struct isoday *d)
{
	int32_t day = day_from_civil((struct civil){YEAR_MIN, 1, 1});
	size_t i;

	for (i = 0; i < ISODAY_MONTHS; i++) {
		d->first[i] = day;
		day += month_days(YEAR_MIN + (int)(i / 12), (int)(i % 12) + 1);
	}
	d->first[i] = day;
}

bool
isoday_read(const struct isoday *d, const char *s, int32_t *day)
{
	static const unsigned char at[] = {0, 1, 2, 3, 5, 6, 8, 9};
	unsigned v[8], wrong = 0, year, month, i;
	int32_t first, n;

	for (i = 0; i < 8; i++) {
		v[i] = (unsigned)(unsigned char)s[at[i]] - '0';
		wrong |= v[i] > 9;
	}
	year = v[0] * 1000 + v[1] * 100 + v[2] * 10 + v[3] - YEAR_MIN;
	month = v[4] * 10 + v[5] - 1;
	wrong |= (s[4] != '-') | (s[7] != '-') | (month > 11) |
	    (year > YEAR_MAX - YEAR_MIN);
	if (wrong != 0)
		return false;
	first = d->first[year * 12 + month];
	n = (int32_t)(v[6] * 10 + v[7]);
	*day = first + n - 1;
	return n >= 1 && *day < d->first[year * 12 + month + 1];
}
