/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Checks across the fields of one kind, called by kind_check_draft() only.
 * Each stands in the file of its family.  on is the entry's date.
 */
#ifndef HEARKEN_CORE_KIND_CHECKS_H
#define HEARKEN_CORE_KIND_CHECKS_H

#include <jansson.h>
#include <stdbool.h>

#include "core/date.h"
#include "core/err.h"

enum rc concern_check(const struct span *on, const json_t *body,
    struct err *e);
enum rc consent_check(const struct span *on, const json_t *body,
    struct err *e);
enum rc identity_check(const struct span *on, const json_t *body,
    struct err *e);
enum rc interview_check(const struct span *on, const json_t *body,
    struct err *e);
enum rc nrm_check(const struct span *on, const json_t *body,
    struct err *e);
enum rc officer_told_check(const struct span *on, const json_t *body,
    struct err *e);
enum rc process_check(const struct span *on, const json_t *body,
    struct err *e);
enum rc review_check(const struct span *on, const json_t *body,
    struct err *e);
enum rc sharing_check(const struct span *on, const json_t *body,
    struct err *e);
enum rc support_check(const struct span *on, const json_t *body,
    struct err *e);
enum rc transfer_check(const struct span *on, const json_t *body,
    struct err *e);
enum rc observation_check(const struct span *on, const json_t *body,
    struct err *e);
enum rc referral_check(const struct span *on, const json_t *body,
    struct err *e);
enum rc screening_check(const struct span *on, const json_t *body,
    struct err *e);
enum rc voice_check(const struct span *on, const json_t *body,
    struct err *e);

/*
 * The lawful bases on which something is shared, codes of a decision to share
 * and of a bundle.  UK GDPR Art 6(1)(e), Art 9(2)(g) with DPA 2018 Sch 1
 * para 18.
 */
#define SHARED_BASES \
	{"safeguarding", "Public task, safeguarding of children (UK GDPR " \
	    "6(1)(e), 9(2)(g); DPA 2018 Sch 1 para 18)"}, \
	{"consent", "Consent"}, \
	{"order", "Order of a court"}, \
	{"crime", "Prevention of crime (DPA 2018 Sch 2 para 2)"}

/* True if the field holds text that is more than white space. */
bool body_has_text(const json_t *body, const char *field);

/* True if the field is the code. */
bool body_is(const json_t *body, const char *field, const char *code);

#endif
