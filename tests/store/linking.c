/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/store/linking.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char model_text[] =
    "id: invented\ntitle: For tests\nversion: '1'\nsource: invented\n"
    "prior: 0.001\nupper: 16\nlower: 6\nmargin: 4\nfields:\n"
    "- field: forename\n"
    "  m: [0.85, 0.06, 0.03, 0.06]\n  u: [0.01, 0.01, 0.03, 0.95]\n"
    "- field: surname\n"
    "  m: [0.80, 0.06, 0.04, 0.10]\n  u: [0.005, 0.005, 0.02, 0.97]\n"
    "- field: birth\n"
    "  m: [0.95, 0.03, 0.01, 0.01]\n  u: [0.0002, 0.001, 0.01, 0.9888]\n"
    "- field: sex\n"
    "  m: [0.98, 0, 0, 0.02]\n  u: [0.5, 0, 0, 0.5]\n"
    "- field: postcode\n"
    "  m: [0.70, 0.05, 0.05, 0.20]\n  u: [0.001, 0.002, 0.01, 0.987]\n"
    "- field: nhs\n"
    "  m: [0.98, 0, 0, 0.02]\n  u: [0.0001, 0, 0, 0.9999]\n"
    "- field: upn\n"
    "  m: [0.98, 0, 0, 0.02]\n  u: [0.0001, 0, 0, 0.9999]\n";

struct link_model *
linking_model(void)
{
	struct link_model *m;
	struct faults f;
	struct str lines;

	faults_init(&f, "model");
	m = link_model_parse(model_text, strlen(model_text), &f);
	str_init(&lines);
	faults_lines(&f, &lines);
	if (m == NULL)
		fail_msg("%s", lines.s);
	str_release(&lines);
	faults_release(&f);
	return m;
}

struct case_id
linking_child(struct world *w, const struct return_child *c)
{
	struct case_id id = world_case(w, c->reference);
	struct entry_draft d = {id, "identity", span_none(), NULL};
	char name[200];

	(void)snprintf(name, sizeof(name), "%s %s", c->forename, c->surname);
	d.body = json_pack("{s:s, s:s, s:s, s:s}", "name", name, "birth",
	    c->birth, "forename", c->forename, "surname", c->surname);
	if (c->agency != NULL)
		(void)json_object_set_new(d.body, "agency",
		    json_string(c->agency));
	if (c->postcode != NULL)
		(void)json_object_set_new(d.body, "postcode",
		    json_string(c->postcode));
	world_ok(w, world_append(w, d, NULL));
	return id;
}

void
linking_read(struct world *w, const struct link_model *m, struct linkage *out)
{
	world_ok(w, store_linkage(w->s, NULL, NULL, NULL, out, &w->e));
	linkage_run(out, m);
}

size_t
linking_children(struct world *w, const struct link_model *m)
{
	struct linkage l;
	size_t n;

	linking_read(w, m, &l);
	n = l.result.nlower;
	linkage_release(&l);
	return n;
}

enum rc
linking_decide(struct world *w, const struct link_model *m,
    const struct case_id *a, const struct case_id *b, bool same)
{
	struct linkage l;
	struct link_pair pair;
	size_t x, y;
	enum rc rc;

	linking_read(w, m, &l);
	x = linkage_find(&l, a);
	y = linkage_find(&l, b);
	assert_true(x != SIZE_MAX && y != SIZE_MAX);
	(void)linkage_pair(&l, (uint32_t)x, (uint32_t)y, &pair);
	rc = store_link_decide(w->s, &l, &pair, same, m, "looked at both",
	    &w->e);
	linkage_release(&l);
	return rc;
}
