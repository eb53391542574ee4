/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An instrument: a checklist of warning signs and the rules that say what
 * the answers mean, read from YAML text.  Content, not code: boards edit it.
 * It is checked whole at load, and every fault is reported with line and
 * column.  The rules are compiled by rule.h; screen.h runs them.
 */
#ifndef HEARKEN_CORE_INSTRUMENT_H
#define HEARKEN_CORE_INSTRUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/answers.h"
#include "core/err.h"
#include "core/rule.h"
#include "core/yaml.h"

#define INSTRUMENT_HASH_LEN 32
#define NO_ITEM UINT32_MAX
#define LEVELS_MAX 16

struct section {
	char *id;	/* "A" */
	char *label;	/* "Vulnerabilities" */
	char *help;
	char *role;	/* "vulnerability", "sign", "question" or "" */
	struct itemset items;
};

/* A listed item, or a direct question (its section's role is "question"). */
struct item {
	char *id;	/* "B1"; matched without regard to case */
	char *label;	/* short, the project's own words */
	char *help;	/* what it means, what to look for */
	char *source;
	unsigned section;	/* index */
	unsigned weight;	/* 1 unless said */
	uint32_t applies_when;	/* a question item, or NO_ITEM */
};

struct level {
	char *id;	/* "high" */
	char *label;	/* "High: three or more indicators" */
	char *action;
	bool refer;	/* asks for a referral: its clock is started */
};

/*
 * Another grouping over the same items (SAFEGUARD over A and B).  Not called
 * struct view: that is a window on the screen (tui/cellbuf.h).
 */
struct view_group {
	char *label;
	struct itemset items;
};

struct grouping {
	char *id, *label;
	struct view_group *groups;
	size_t ngroups, capgroups;
};

struct rule {
	char *id;
	unsigned level;		/* index into levels; 0 is the highest */
	char *label;		/* overrides the level's label; or NULL */
	char *because;		/* why, in words */
	char *action;
	char *source;
	char *text;		/* the expression as written */
	struct expr *when;	/* compiled; owned */
};

struct setting {
	char *name;
	long value;	/* 0 to 1,000,000 */
	char *source;
	bool used;	/* by a rule */
};

struct window {
	int from_days, to_days;	/* how long ago, inclusive */
};

struct instrument {
	char *id, *version, *title, *summary, *sources;
	bool unscored;		/* a memory aid: no rules, no level */
	int review_days;	/* a screening is looked at again after this */
	unsigned char hash[INSTRUMENT_HASH_LEN];	/* BLAKE2b of the text */
	struct section *sections;	size_t nsections, capsections;
	struct item *items;		size_t nitems, capitems;
	struct level *levels;		size_t nlevels, caplevels;
	char *label_insufficient, *action_insufficient;
	char *label_none, *action_none;
	struct rule *rules;		size_t nrules, caprules;
	struct setting *settings;	size_t nsettings, capsettings;
	struct grouping *views;		size_t nviews, capviews;
	struct window windows[WINDOWS_MAX];	size_t nwindows;
	struct itemset listed;		/* items that are not questions */
	struct itemset questions;
	struct itemset vulnerabilities;	/* sections of role vulnerability */
	struct itemset signs;		/* sections of role sign */
	struct itemset conditional;	/* items with applies-when */
	struct itemset gates;		/* the questions these depend on */
};

/*
 * Parses and checks YAML text.  name is what messages call the file.  Every
 * fault goes into faults (file:line:column, what, what was expected); the
 * result is RC_OK and *out owned, or RC_INPUT with the first fault in e.
 */
NODISCARD enum rc instrument_parse(const char *text, size_t n,
    const char *name, struct instrument **out, struct faults *faults,
    struct err *e);
void instrument_free(struct instrument *in);

/* Index of an item by id, case ignored; NO_ITEM when there is none. */
uint32_t instrument_item(const struct instrument *in, const char *id,
    size_t n);
/*
 * The items left out of every count: those whose applies-when question is
 * answered absent.  A question that is not known leaves nothing out, for a
 * gap must never reassure.
 */
struct itemset instrument_left_out(const struct instrument *in,
    const struct answers *a);
/* Index of a section or setting; NO_ITEM when there is none. */
uint32_t instrument_section(const struct instrument *in, const char *id,
    size_t n);
uint32_t instrument_setting(const struct instrument *in, const char *name,
    size_t n);
const struct section *instrument_section_of(const struct instrument *in,
    unsigned item);

#endif
