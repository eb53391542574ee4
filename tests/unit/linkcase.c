/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/unit/linkcase.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/date.h"
#include "tests/unit/kin.h"

static struct link_names *names;
static struct link_model *model;

int
linkcase_load(void **state)
{
	(void)state;
	names = kin_names();
	model = kin_model();
	return 0;
}

int
linkcase_unload(void **state)
{
	(void)state;
	link_names_free(names);
	link_model_free(model);
	return 0;
}

static void
add(struct links *l, const struct child *c)
{
	struct link_raw raw = { .agency = c->agency, .forename = c->given,
	    .surname = c->family, .name = "", .birth = DAY_NONE,
	    .sex = c->sex == '\0' ? 'U' : c->sex, .postcode = c->postcode,
	    .nhs = c->nhs == NULL ? "" : c->nhs, .upn = "" };
	struct err e;

	if (c->birth[0] != '\0')
		assert_int_equal(day_parse(c->birth, &raw.birth, &e), RC_OK);
	(void)links_add(l, &raw);
}

void
run(const struct child *c, size_t n, const struct link_decided *d, size_t nd,
    struct link_result *out)
{
	struct links *l = links_new(names);

	for (size_t i = 0; i < n; i++)
		add(l, &c[i]);
	links_run(l, model, d, nd, out);
	links_free(l);
}

const struct link_pair *
pair_of(const struct link_result *r, uint32_t a, uint32_t b)
{
	for (size_t i = 0; i < r->npairs; i++)
		if (r->pairs[i].a == a && r->pairs[i].b == b)
			return &r->pairs[i];
	return NULL;
}

void
expect_pair(const struct link_result *r, uint32_t a, uint32_t b, int verdict,
    unsigned why)
{
	const struct link_pair *p = pair_of(r, a, b);

	if (verdict == NONE) {
		assert_null(p);
		return;
	}
	if (p == NULL)
		fail_msg("%u and %u are not told", a, b);
	if (p->verdict != verdict || (p->why & why) != why)
		fail_msg("%u and %u: verdict %u, why %x, weight %.1f", a, b,
		    p->verdict, p->why, (double)p->weight);
	assert_true((r->lower[a] == r->lower[b]) ==
	    (verdict == LINK_AUTO || verdict == LINK_SAME));
}

struct links *
linkcase_links(void)
{
	return links_new(names);
}

const struct link_model *
linkcase_model(void)
{
	return model;
}
