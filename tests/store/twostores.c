/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/store/twostores.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "exchange/sealfile.h"

void
founded_for(struct world *w, const char *name, uint64_t seed, bool training)
{
	struct store_founder f = {.user = name, .role = ROLE_SUPERVISOR,
	    .training = training};

	world_init(w);
	w->seed = seed;
	world_ok(w, store_create(w->path, &f, &w->pass, &w->opts, &w->s,
	    &w->e));
	world_adopt(w);
}

void
founded(struct world *w, const char *name, uint64_t seed)
{
	founded_for(w, name, seed, false);
}

void
takes_card(struct world *w, struct world *other, const char *agency)
{
	struct card card;

	world_ok(other, store_card(other->s, agency, &card, &other->e));
	world_ok(w, store_trust(w->s, &card, "telephone", &w->e));
	card_release(&card);
}

int
two_make(void **state)
{
	struct two *t = calloc(1, sizeof(*t));

	founded(&t->a, ADA, 1000);
	founded(&t->b, BEN, 2000000);
	t->ada = *store_author(t->a.s);
	t->ben = *store_author(t->b.s);
	takes_card(&t->a, &t->b, TEAM);
	takes_card(&t->b, &t->a, SCHOOL);
	(void)snprintf(t->path, sizeof(t->path), "%s/one.bundle", t->a.dir);
	*state = t;
	return 0;
}

int
two_unmake(void **state)
{
	struct two *t = *state;

	world_release(&t->a);
	world_release(&t->b);
	free(t);
	return 0;
}

struct state_of
state_of(struct world *w)
{
	struct state_of s;

	world_ok(w, store_projection_hash(w->s, s.projections, &w->e));
	world_ok(w, store_entry_count(w->s, &s.entries, &w->e));
	return s;
}

void
assert_untouched(struct world *w, const struct state_of *before)
{
	struct state_of now = state_of(w);

	assert_int_equal(now.entries, before->entries);
	assert_memory_equal(now.projections, before->projections, 32);
}

struct bundle_order
order_of(struct world *w, const struct case_id *id,
    const struct author_id *to, const char *path)
{
	return (struct bundle_order){
		.cases = id, .ncases = 1, .to = to, .nto = 1,
		.purpose = "for the review of the plan",
		.basis = "safeguarding", .expires = DAY_NONE, .path = path,
		.now = w->now
	};
}

void
make_anew(struct world *w, const struct bundle_order *o)
{
	struct bundle_made made;

	(void)unlink(o->path);
	world_ok(w, bundle_make(w->s, o, &made, &w->e));
}

void
assert_same_case(struct world *a, struct world *b, const struct case_id *id)
{
	struct casefile x, y;

	world_ok(a, store_case_load(a->s, id, &x, &a->e));
	world_ok(b, store_case_load(b->s, id, &y, &b->e));
	assert_int_equal(x.nrecords, y.nrecords);
	for (size_t i = 0; i < x.nrecords; i++) {
		assert_memory_equal(x.records[i]->entry.id.b,
		    y.records[i]->entry.id.b, ENTRY_ID_LEN);
		assert_string_equal(x.records[i]->entry.body,
		    y.records[i]->entry.body);
		assert_int_equal(record_stands(x.records[i]),
		    record_stands(y.records[i]));
	}
	casefile_release(&x);
	casefile_release(&y);
}

static enum rc
unseal(const unsigned char *box, size_t n, unsigned char *key, void *ctx,
    struct err *e)
{
	return store_unseal(ctx, box, n, key, e);
}

unsigned char *
unsealed(struct world *w, const char *path, size_t *n)
{
	struct sealfile_in *f;
	const unsigned char *p;
	unsigned char *all = NULL;
	size_t k = 1;

	*n = 0;
	world_ok(w, sealfile_open(path, &f, &w->e));
	world_ok(w, sealfile_unseal(f, unseal, w->s, &w->e));
	while (k > 0) {
		world_ok(w, sealfile_next(f, &p, &k, &w->e));
		all = realloc(all, *n + k + 1);
		memcpy(all + *n, p, k);
		*n += k;
	}
	sealfile_close(f);
	return all;
}

void
seal_again(struct world *to, const char *path, const unsigned char *p,
    size_t n)
{
	struct sealfile_out *f;
	struct card card;
	uint64_t bytes;

	world_ok(to, store_card(to->s, "Anywhere", &card, &to->e));
	(void)unlink(path);
	world_ok(to, sealfile_create(path,
	    (const unsigned char (*)[32])card.box, 1, &f, &to->e));
	world_ok(to, sealfile_add(f, p, n, &to->e));
	world_ok(to, sealfile_publish(f, &bytes, &to->e));
	card_release(&card);
}

struct case_id
ada_case(struct two *t, const char *reference, bool large)
{
	struct case_id id = world_case(&t->a, reference);
	char *text = malloc(20001);

	world_ok(&t->a, world_append(&t->a, draft_identity(id, PLANTED,
	    "2011-05-04"), NULL));
	world_ok(&t->a, world_append(&t->a, draft_observation(id, "B1",
	    "present", PLANTED_TEXT ", said " PLANTED_AGENCY), NULL));
	for (size_t i = 0; i < 20000; i++)
		text[i] = (char)('a' + i * 7 % 23);
	text[20000] = '\0';
	for (int i = 0; large && i < 16; i++)
		world_ok(&t->a, world_append(&t->a, draft_observation(id,
		    "B2", "suspected", text), NULL));
	free(text);
	return id;
}

struct case_id
sent_case(struct two *t, bool large)
{
	struct case_id id = ada_case(t, "WREN-1", large);
	struct bundle_order o = order_of(&t->a, &id, &t->ben, t->path);

	make_anew(&t->a, &o);
	return id;
}

struct bundle_report
opened_by(struct two *t, struct world *w)
{
	struct bundle_report r;

	world_ok(w, bundle_open(w->s, t->path, &w->clock, NULL, NULL, &r,
	    &w->e));
	return r;
}

/* ---- a full disk ---- */

void
limit_files(rlim_t size)
{
	struct rlimit limit;

	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = size;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

rlim_t
size_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return (rlim_t)st.st_size;
}
