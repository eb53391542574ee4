/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Entries of every kind whose bodies no program of ours would write, hashed
 * and signed as they have to be: a colleague with the source can make them.
 * None shuts anybody out of the store, and none is more than an entry that
 * does not count.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/str.h"
#include "db/dispose.h"
#include "db/people.h"
#include "db/watch.h"
#include "tests/store/world.h"

#define A16 "aaaaaaaaaaaaaaaa"

/* What may stand where a field's value is expected. */
static const char *const values[] = {
	"null", "true", "0", "-1", "9223372036854775807", "1.5e300", "\"\"",
	"\" \"", "\"\\u001b[2J\"", "\"\\u202e\"", "\"2026-02-31\"",
	"\"" A16 A16 "\"", "\"" A16 A16 A16 A16 "\"", "[]", "[null,0,\"\"]",
	"[[[[[[[[1]]]]]]]]", "{}", "{\"\":null,\"A1\":[],\"to\":{}}"
};
#define NVALUES (sizeof(values) / sizeof(values[0]))

/* What may stand where a body is expected. */
static const char *const bodies[] = {
	"", " ", "null", "[]", "{}", "\"text\"", "{\"key\":", "{\"a\":1,\"a\":2}",
	"\xff\xfe", "{\"name\":\"\\ud800\"}"
};
#define NBODIES (sizeof(bodies) / sizeof(bodies[0]))

struct desk {
	struct world w;
	struct case_id id;
	unsigned char *bytes;	/* of the file, to begin anew from */
	size_t n;
	size_t seen;
};

/*
 * What is on the disk is not asked here, and each of thousands of openings
 * waits for it: the store's own calls end here instead.
 */
int
fsync(int fd)
{
	(void)fd;
	return 0;
}

int
fdatasync(int fd)
{
	return fsync(fd);
}

static int
make(void **state)
{
	struct desk *d = calloc(1, sizeof(*d));

	world_init(&d->w);
	world_create_as(&d->w, ROLE_SUPERVISOR);
	d->id = world_case(&d->w, "WREN-1");
	world_ok(&d->w, world_append(&d->w, draft_identity(d->id,
	    "Invented Person", "2010-03-04"), NULL));
	world_ok(&d->w, world_append(&d->w, draft_identity(d->id,
	    "Invented Name", "2010-03-04"), NULL));
	world_close(&d->w);
	d->bytes = file_load(d->w.path, &d->n);
	*state = d;
	return 0;
}

static int
unmake(void **state)
{
	struct desk *d = *state;

	world_release(&d->w);
	free(d->bytes);
	free(d);
	return 0;
}

static void
touch(struct desk *d, const char *text)
{
	d->seen += strlen(text);
}

static bool
see_case(const struct case_row *row, void *ctx)
{
	touch(ctx, row->reference);
	touch(ctx, row->name);
	touch(ctx, row->due_why);
	return true;
}

static bool
see_look(const struct look_row *row, void *ctx)
{
	touch(ctx, row->who);
	touch(ctx, row->words);
	touch(ctx, row->reason);
	return true;
}

static bool
see_person(const struct person *p, void *ctx)
{
	touch(ctx, p->name);
	touch(ctx, p->why_ended);
	return true;
}

static bool
see_hold(const struct hold_row *row, void *ctx)
{
	touch(ctx, row->reason);
	return true;
}

static bool
see_waiting(const struct dispose_row *row, void *ctx)
{
	touch(ctx, row->rule);
	touch(ctx, row->reason);
	return true;
}

/* Everything that reads entries, of the case and of the register. */
static void
read_all(struct desk *d)
{
	const struct look_query looks = {.since = INT64_MIN};
	struct world *w = &d->w;
	struct casefile c;

	world_ok(w, store_cases(w->s, NULL, 0, 0, see_case, d, &w->e));
	world_ok(w, store_search(w->s, "invented a", 0, see_case, d, &w->e));
	world_ok(w, store_looks(w->s, &looks, see_look, d, &w->e));
	world_ok(w, store_people(w->s, see_person, d, &w->e));
	world_ok(w, store_holds(w->s, see_hold, d, &w->e));
	world_ok(w, store_dispose_waiting(w->s, see_waiting, d, &w->e));
	world_ok(w, store_case_load(w->s, &d->id, &c, &w->e));
	touch(d, c.name);
	touch(d, c.reference);
	casefile_release(&c);
}

static void
try_body(struct desk *d, const struct kind *k, const char *body)
{
	struct case_id id = strcmp(k->family, "register") == 0 ?
	    case_id_register() : d->id;
	struct world *w = &d->w;
	struct store_verdict v;

	file_save(w->path, d->bytes, d->n);
	world_ok(w, world_open(w));
	raw_forge(w->s, &id, k->name, body);
	world_close(w);
	if (world_open(w) != RC_OK)
		fail_msg("%s %s: %s", k->name, body, w->e.text);
	/* What is derived may be told as changed; it is made anew. */
	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	world_ok(w, store_rebuild(w->s, NULL, NULL, &w->e));
	read_all(d);
	world_close(w);
}

/* Every field of the kind, the ith with the value numbered i + turn. */
static void
try_values(struct desk *d, const struct kind *k, size_t turn)
{
	struct str body;
	size_t i = 0;

	str_init(&body);
	for (const struct field *f = k->fields; f->name != NULL; f++, i++)
		str_add_fmt(&body, "%c\"%s\":%s", i == 0 ? '{' : ',', f->name,
		    values[(i + turn) % NVALUES]);
	str_add_char(&body, '}');
	try_body(d, k, body.s);
	str_release(&body);
}

static void
no_body_shuts_anybody_out(void **state)
{
	struct desk *d = *state;
	const struct kind *all;
	size_t n, step = (size_t)world_step(1);

	all = kind_all(&n);
	for (size_t i = 0; i < n; i++)
		for (size_t b = i % step; b < NBODIES; b += step)
			try_body(d, &all[i], bodies[b]);
}

static void
no_value_shuts_anybody_out(void **state)
{
	struct desk *d = *state;
	const struct kind *all;
	size_t n, step = (size_t)world_step(1);

	all = kind_all(&n);
	for (size_t i = 0; i < n; i++)
		for (size_t turn = i % step; turn < NVALUES; turn += step)
			try_values(d, &all[i], turn);
	assert_true(d->seen > 0);
}

/* A body that is a tower of brackets, and one that is very long. */
static void
no_size_shuts_anybody_out(void **state)
{
	struct desk *d = *state;
	struct str body;

	str_init(&body);
	for (size_t i = 0; i < 200000; i++)
		str_add_char(&body, '[');
	try_body(d, kind_find("note"), body.s);
	try_body(d, kind_find("user"), body.s);
	str_clear(&body);
	str_add(&body, "{\"facts\":\"");
	for (size_t i = 0; i < 3000000; i++)
		str_add_char(&body, 'a');
	str_add(&body, "\"}");
	try_body(d, kind_find("note"), body.s);
	str_release(&body);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_body_shuts_anybody_out),
		cmocka_unit_test(no_value_shuts_anybody_out),
		cmocka_unit_test(no_size_shuts_anybody_out),
	};

	return cmocka_run_group_tests_name("store: hostile", tests, make,
	    unmake);
}
