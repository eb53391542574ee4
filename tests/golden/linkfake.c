/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/golden/linkfake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"

#define ZOE "Zo\xC3\xAB O'Brien-\xC3\x91" "and\xC3\xBA \xE7\x8E\x8B"
#define DAY INT64_C(86400000)
#define BORN 15403		/* 2012-03-04 */
#define SWAPPED 15433		/* 2012-04-03 */

static const struct {
	unsigned char id;
	const char *reference, *agency, *forename, *surname, *postcode, *nhs;
	int32_t birth;
	char sex;
} folk[] = {
	{1, "Invented High/12", "Invented High School", "Annelore",
	    "Marshwiggle", "ZZ1 1AA", "", BORN, 'F'},
	{2, "Surgery/9", "Example Surgery", "Bettine", "Marshwiggle",
	    "ZZ1 1AA", "", BORN, 'F'},
	{3, "Police/3", "Fabled Police", "Anne-Lore", "Marshwigle", "",
	    "", SWAPPED, 'F'},
	{4, "K-0142", "", ZOE, "Sample", "QQ7 7QQ", "999 000 0018", BORN, 'U'},
	{5, "Surgery/10", "Example Surgery", "Quentin", "Umbervale",
	    "QQ9 9QQ", "999 000 0018", DAY_NONE, 'M'},
	{6, "Invented High/13", "Invented High School", "Tamsin", "Fable",
	    "", "", BORN, 'F'},
	{7, "Example Surgery/11", "Example Surgery", "Tamsin", "Fable", "", "", BORN, 'F'},
	{8, "Police/4", "Fabled Police", "Tamsin", "Fable", "", "", BORN, 'F'},
	{9, "Invented High/14", "Invented High School", "Rowan",
	    "Example", "", "", BORN, 'M'},
	{10, "Police/5", "Fabled Police", "Rowan", "Example", "", "", BORN, 'M'},
};
#define NCASES (sizeof(folk) / sizeof(folk[0]))
static struct link_case cases[NCASES];

#define E LEVEL_EXACT
#define M LEVEL_MISSING
static struct link_pair pairs[] = {
	{0, 1, 13.4f, {-4.0f, 7.1f, 9.9f, 1.0f, 9.4f, 0, 0},
	    {LEVEL_APART, E, E, E, E, M, M}, LINK_ASK, LINK_TWIN, false, {0, 0}},
	{0, 2, 10.2f, {3.2f, 2.9f, 3.1f, 1.0f, 0, 0, 0},
	    {LEVEL_CLOSE, LEVEL_CLOSE, LEVEL_CLOSE, E, M, M, M}, LINK_ASK,
	    LINK_BETWEEN, false, {0, 0}},
	{3, 4, 5.1f, {-4.0f, -3.3f, 0, 0, -1.6f, 14.0f, 0},
	    {LEVEL_APART, LEVEL_APART, M, M, LEVEL_APART, E, M}, LINK_ASK,
	    LINK_ID_ALONE, false, {0, 0}},
	{5, 6, 24.0f, {6.4f, 7.1f, 9.9f, 1.0f, 0, 0, 0},
	    {E, E, E, E, M, M, M}, LINK_SAME, 0, false, {0, 0}},
	{6, 7, 24.0f, {6.4f, 7.1f, 9.9f, 1.0f, 0, 0, 0},
	    {E, E, E, E, M, M, M}, LINK_SAME, 0, false, {0, 0}},
	{8, 9, 24.0f, {6.4f, 7.1f, 9.9f, 1.0f, 0, 0, 0},
	    {E, E, E, E, M, M, M}, LINK_AUTO, 0, false, {0, 0}},
};
#define NPAIRS (sizeof(pairs) / sizeof(pairs[0]))
/* Two children with two cases each, another pair, and one over others. */
#define TWINS(a, b, bits) {a, b, bits, {-4.0f, 7.1f, 9.9f, 1.0f, 0, 0, 0}, \
	    {LEVEL_APART, E, E, E, M, M, M}, LINK_ASK, LINK_TWIN, false, \
	    {0, 0}}
static struct link_pair many[] = {
	TWINS(0, 1, 14.0f), TWINS(0, 3, 13.0f), TWINS(1, 2, 12.0f),
	{3, 4, 24.0f, {6.4f, 7.1f, 9.9f, 1.0f, 0, 0, 0},
	    {E, E, E, E, M, M, M}, LINK_ASK, LINK_CHAIN | LINK_TWIN, false,
	    {4, 6}},
	TWINS(5, 6, 11.0f),
};
#define NMANY (sizeof(many) / sizeof(many[0]))
static uint32_t two[NCASES] = {0, 1, 0, 1, 2, 3, 4, 5, 6, 7};
static uint32_t lower[NCASES] = {0, 1, 2, 3, 4, 5, 5, 5, 6, 6};
static struct link_decided decided[] = {{5, 6, true}, {6, 7, true}};
static struct link_basis basis[] = {
	{{{1}}, GOLDEN_NOW - DAY, true, 0, NULL, false},
	{{{1}}, GOLDEN_NOW - 3 * DAY, false, 1, NULL, false}
};
static struct link_model model = {.id = "invented", .version = "1",
    .lower = 6, .upper = 16, .margin = 4};

static enum rc
fake_read(void *ctx, struct app *app, const struct linkage **l,
    const struct link_model **m, struct err *e)
{
	struct fake *f = ctx;

	(void)app;
	f->reads++;
	if (f->failing)
		return err_set(e, RC_DAMAGED, "the store cannot be read");
	f->l = (struct linkage){.cases = cases, .n = NCASES,
	    .decided = decided, .ndecided = 2, .basis = basis,
	    .restricted = 1, .run = true, .result = {.pairs = pairs,
	    .npairs = NPAIRS, .lower = lower, .upper = lower, .nlower = 7,
	    .nupper = 7}};
	f->l.result.blocks = (struct link_blocks){.split = f->divided,
	    .biggest = 410};
	if (f->many)
		f->l.result = (struct link_result){.pairs = many,
		    .npairs = NMANY, .lower = two, .upper = two, .nlower = 8,
		    .nupper = 8};
	if (f->none) {
		f->l.n = 1;
		f->l.result.npairs = 0;
	}
	*l = &f->l;
	*m = &model;
	return RC_OK;
}

static enum rc
fake_decide(void *ctx, const struct link_choice *choices, size_t n,
    struct err *e)
{
	struct fake *f = ctx;

	if (f->refusing)
		return err_set(e, RC_NOSPACE, "the disk is full");
	f->signed_ = n;
	for (size_t i = 0; i < n; i++)
		f->same += choices[i].same;
	return RC_OK;
}

static enum rc
fake_automatic(void *ctx, size_t *n, struct err *e)
{
	(void)e;
	*n = 1;
	((struct fake *)ctx)->linked++;
	return RC_OK;
}

static enum rc
fake_split(void *ctx, const struct link_split *s, struct err *e)
{
	struct fake *f = ctx;

	if (f->refusing)
		return err_set(e, RC_NOSPACE, "the disk is full");
	f->npart = s->npart;
	f->nrest = s->nrest;
	f->part = s->part[0];
	(void)snprintf(f->reason, sizeof(f->reason), "%s", s->reason);
	return RC_OK;
}

static enum rc
fake_save(void *ctx, const char *text, struct err *e)
{
	struct fake *f = ctx;

	(void)e;
	free(f->draft);
	f->draft = *text != '\0' ? xstrdup(text) : NULL;
	return RC_OK;
}

static enum rc
fake_load(void *ctx, char **text, struct err *e)
{
	struct fake *f = ctx;

	(void)e;
	*text = f->draft != NULL ? xstrdup(f->draft) : NULL;
	return RC_OK;
}

static struct pane *
fake_beside(void *ctx, const struct case_id *id, struct err *e)
{
	struct fake *f = ctx;

	(void)id;
	(void)e;
	f->looks++;
	return desk_screen(f->d);
}

static bool
fake_may(void *ctx)
{
	return !((struct fake *)ctx)->reader;
}

static const char *
fake_person(void *ctx, const struct author_id *who)
{
	(void)ctx;
	return who->b[0] == 1 ? "R. Example" : "somebody";
}

static void
fake_moved(void *ctx, bool children, size_t at)
{
	struct fake *f = ctx;

	f->children = children;
	f->at = at;
}

struct golden *
links_golden(struct fake *f, bool children, size_t at, const int size[2])
{
	static const struct link_source_ops ops = {fake_read, fake_decide,
	    fake_automatic, fake_split, fake_save, fake_load, fake_beside,
	    fake_may, fake_person, NULL};
	struct golden *g = golden_new(NULL, size[0], size[1]);
	struct linkscreen_opts o = {.source = {&ops, f},
	    .children = children, .at = at, .ctx = f, .moved = fake_moved};

	app_push(golden_app(g), linkscreen_new(&o));
	golden_keys(g, "");
	return g;
}

int
linkfake_make(void **state)
{
	(void)state;
	for (size_t i = 0; i < NCASES; i++)
		cases[i] = (struct link_case){.id = {{folk[i].id}},
		    .reference = xstrdup(folk[i].reference),
		    .agency = xstrdup(folk[i].agency),
		    .forename = xstrdup(folk[i].forename),
		    .surname = xstrdup(folk[i].surname),
		    .postcode = xstrdup(folk[i].postcode),
		    .nhs = xstrdup(folk[i].nhs), .upn = xstrdup(""),
		    .birth = folk[i].birth, .sex = folk[i].sex};
	return 0;
}

int
linkfake_drop(void **state)
{
	(void)state;
	for (size_t i = 0; i < NCASES; i++) {
		free(cases[i].reference);
		free(cases[i].agency);
		free(cases[i].forename);
		free(cases[i].surname);
		free(cases[i].postcode);
		free(cases[i].nhs);
		free(cases[i].upn);
	}
	return 0;
}
