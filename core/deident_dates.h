/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reading dates in figures and by names of months have in common. */
#ifndef HEARKEN_CORE_DEIDENT_DATES_H
#define HEARKEN_CORE_DEIDENT_DATES_H

#include "core/deident_impl.h"

#define DATE_LIST_MAX 4		/* "3, 4 and 6 March" */

/* A date at a place: how long it is, and what takes its place. */
struct date_text {
	size_t n;
	bool moved;		/* false: doubtful */
	int32_t days[DATE_LIST_MAX];	/* whole days of it */
	size_t ndays;
	struct str with;
};

struct month_text {
	int month;		/* 0: none */
	bool shortened, capital;
	size_t n;
};
/* The month that is named at p. */
struct month_text date_month_at(const char *p);
void date_add_month(struct str *out, int month,
    const struct month_text *as);
/* Bytes of "st", "nd", "rd" or "th" at p. */
size_t date_ordinal_at(const char *p);
/* Digits at p, at most 5 of them counted. */
size_t date_number(const char *p, int *value);
/* A month goes where its middle goes; year 0: the nearest. */
struct civil date_moved_month(int year, int month,
    const struct date_frame *fr);
/* True if a date stands at p in one of the usual forms. */
bool date_form_at(const char *p, const struct date_frame *fr,
    struct date_text *out);

static inline bool
date_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
date_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (unsigned char)c >= 0x80;
}

#endif
