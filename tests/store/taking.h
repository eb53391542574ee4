/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Returns taken into a store, for tests: the mappings, a file given in, and
 * what the store then says.
 */
#ifndef HEARKEN_TESTS_STORE_TAKING_H
#define HEARKEN_TESTS_STORE_TAKING_H

#include "exchange/importrun.h"
#include "tests/store/world.h"

#define HEAD "ref,line,sign,answer,day,who\n"
#define OWN "id: t\nversion: \"1\"\nagency: Invented School\nform: long\n" \
	"dates: dmy\ncolumns: {child: ref, row: line, indicator: sign,\n" \
	"  state: answer, date: day, name: who}\n" \
	"codes: {state: {sure: present, thought: suspected}}\n"
/* The same without a reference of each row. */
#define MADE "id: t\nversion: \"1\"\nagency: Invented School\nform: long\n" \
	"dates: dmy\ncolumns: {child: ref, indicator: sign,\n" \
	"  state: answer, date: day, name: who}\n" \
	"codes: {state: {sure: present, thought: suspected}}\nignore: [line]\n"

/* Its rows name their agencies. */
#define HUB_HEAD "who sent,ref,line,sign,answer,day\n"
#define HUB "id: hub\nversion: \"1\"\ninstrument: occ-csegg\nform: long\n" \
	"dates: dmy\ncolumns: {agency: who sent, child: ref, row: line,\n" \
	"  indicator: sign, state: answer, date: day}\n" \
	"codes: {state: {sure: present, thought: suspected}}\n"

struct fixture {
	struct world w;
	struct importrun_opts opts;
	struct importrun_totals totals;
	struct str vanished, faults, agencies;
};

/* For cmocka; *state is a struct fixture, its mapping is OWN. */
int taking_make(void **state);
int taking_unmake(void **state);
/* Reads what comes by this mapping. */
void use(struct fixture *f, const char *map);
enum rc give(struct fixture *f, const char *text);
void expect(const struct fixture *f, uint64_t added, uint64_t known,
    uint64_t struck);
uint64_t entries(struct fixture *f);
/* The standing observations of a case: "B1 present;". */
void expect_standing(struct fixture *f, const char *reference,
    const char *want);
/* How many returns of the school the store noted. */
size_t returns(struct fixture *f);
void sound(struct fixture *f);
/* For opts.fault. */
void note_fault(const char *text, void *ctx);

/* Three rows of OWN. */
#define FIRST HEAD \
	"1,r1,B1,sure,4/3/2025,Wren Invented\n" \
	"2,r2,B2,thought,5/3/2025,Ash Invented\n" \
	"2,r3,B3,sure,5/3/2025,Ash Invented\n"

#endif
