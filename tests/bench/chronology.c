/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A case of 10,000 entries: how long it takes to be read from the store and
 * folded, and then how long its chronology takes to open, from the key to
 * the first page: the order of time, the timeline, forty rows in words.  Two
 * of ten entries correct another one and one names one, for that is where a
 * fold could become slow.  Peer: reading the same bodies as JSON and nothing
 * else.  Time of the processor, for a busy machine stretches any other.
 */
#include "config.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/chronology.h"
#include "core/timeline.h"
#include "db/store.h"

#define ENTRIES 10000
#define RUNS 15
#define PAGE 40
#define GOAL_MS 20.0

static void
must(enum rc rc, const struct err *e)
{
	if (rc == RC_OK)
		return;
	fprintf(stderr, "%s\n", e->text);
	exit(1);
}

static double
milliseconds(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1000.0 + (double)t.tv_nsec / 1e6;
}

static struct entry_id
add(struct store *s, const struct case_id *id, const char *kind, int day,
    json_t *body)
{
	struct civil first = {2024, 1, 1};
	struct entry_draft d = {*id, kind, span_none(), body};
	struct entry_id made;
	struct err e;

	if (day >= 0)
		d.on = span_of_day(day_from_civil(first) + day);
	must(store_bulk_add(s, &d, &made, &e), &e);
	entry_draft_release(&d);
	return made;
}

static json_t *
observation(size_t i)
{
	static const char *const items[] = {"A1", "A9", "B1", "B4", "B12"};
	static const char *const agencies[] = {"School", "Police", "Health"};
	char text[96];

	(void)snprintf(text, sizeof(text),
	    "Seen near place %zu on the way home with somebody older.", i);
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "instrument",
	    "occ-csegg", "indicator", items[i % 5], "state",
	    i % 4 != 0 ? "present" : "suspected", "agency", agencies[i % 3],
	    "evidence", text, "source", "A. Nother, youth worker");
}

static json_t *
note(size_t i, const struct entry_id *replaced)
{
	char text[160], hex[2 * ENTRY_ID_LEN + 1];
	json_t *body;

	(void)snprintf(text, sizeof(text), "Call %zu from the placement: back "
	    "late, would not say where. Talked about it the next day.", i);
	body = json_pack("{s:s, s:s}", "facts", text, "nature", "fact");
	if (replaced != NULL) {
		hex_format(replaced->b, ENTRY_ID_LEN, hex);
		(void)json_object_set_new(body, "replaces",
		    json_pack("[s]", hex));
	}
	return body;
}

/* One turn of ten: observations, notes, an episode and its end, a strike. */
static void
add_ten(struct store *s, const struct case_id *id, size_t turn)
{
	char hex[2 * ENTRY_ID_LEN + 1];
	int day = (int)(turn % 1000);
	struct entry_id last;
	char since[32], on[DAY_TEXT_MAX];

	for (size_t i = 0; i < 5; i++)
		last = add(s, id, "observation", day, observation(turn + i));
	hex_format(last.b, ENTRY_ID_LEN, hex);
	(void)add(s, id, "strike", -1, json_pack("{s:s, s:s}", "target", hex,
	    "reason", "Another child."));
	last = add(s, id, "note", day, note(turn, NULL));
	(void)add(s, id, "note", day, note(turn + 1, &last));
	day_format(day_from_civil((struct civil){2024, 1, 1}) + day, on);
	(void)snprintf(since, sizeof(since), "%sT21:30:00Z", on);
	last = add(s, id, "missing", -1, json_pack("{s:s, s:s, s:s, s:s}",
	    "since", since, "from", "care", "kind", "missing", "reported_by",
	    "The home, to the police"));
	hex_format(last.b, ENTRY_ID_LEN, hex);
	(void)add(s, id, "located", -1, json_pack("{s:s, s:s, s:s}",
	    "episode", hex, "at", since, "where", "At the bus station"));
}

static struct case_id
fill(struct store *s)
{
	struct case_id id = store_new_case_id(s);
	struct err e;

	must(store_bulk_begin(s, &e), &e);
	(void)add(s, &id, "open", -1, json_pack("{s:s}", "reference",
	    "BENCH-1"));
	for (size_t i = 0; i < ENTRIES / 10; i++)
		add_ten(s, &id, i);
	must(store_bulk_seal(s, &e), &e);
	return id;
}

static void
adopt(struct store *s)
{
	const char *src = getenv("HEARKEN_SRCDIR");
	static char text[300000];
	char path[1024];
	struct err e;
	FILE *f;
	size_t n;

	(void)snprintf(path, sizeof(path),
	    "%s/content/instruments/occ-csegg.yaml",
	    src != NULL ? src : ".");
	f = fopen(path, "rb");
	n = f != NULL ? fread(text, 1, sizeof(text), f) : 0;
	if (f != NULL)
		(void)fclose(f);
	must(store_adopt(s, text, n, true, &e), &e);
}

static int
compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static double
median(double *t)
{
	qsort(t, RUNS, sizeof(*t), compare);
	return t[RUNS / 2];
}

/* From the case in hand to the first page; returns the rows it shows. */
static size_t
open_page(const struct store *s, const struct casefile *c)
{
	struct reading g = {c, store_roster(s), store_default_instrument(s)};
	struct chronology all;
	struct timeline tl;
	struct str words;
	size_t n = 0;

	chronology_make(c, &all);
	timeline_make(&all, NULL, all.n, &g, 120, &tl);
	str_init(&words);
	for (size_t i = all.n - PAGE; i < all.n; i++) {
		char when[CHRONOLOGY_WHEN_MAX];

		chronology_when(&all.rows[i], when);
		chronology_what(&g, all.rows[i].record,
		    all.rows[i].record->body, &words);
		n += when[0] != '\0';
	}
	n += tl.nrows > 3 && words.len > 0 ? 0 : PAGE;
	str_release(&words);
	timeline_release(&tl);
	chronology_release(&all);
	return n;
}

static void
parse_all(const struct casefile *c)
{
	json_t **all = calloc(c->nrecords, sizeof(json_t *));

	if (all == NULL)
		exit(2);
	for (size_t i = 0; i < c->nrecords; i++)
		all[i] = json_loads(c->records[i]->entry.body, 0, NULL);
	for (size_t i = 0; i < c->nrecords; i++)
		json_decref(all[i]);
	free(all);
}

static int
measure(struct store *s, const struct case_id *id)
{
	double load[RUNS], page[RUNS], peer[RUNS], open_ms;
	struct err e;
	size_t n = 0;

	for (int i = 0; i < RUNS; i++) {
		double t = milliseconds();
		struct casefile c;

		must(store_case_load(s, id, &c, &e), &e);
		load[i] = milliseconds() - t;
		t = milliseconds();
		n = open_page(s, &c);
		page[i] = milliseconds() - t;
		t = milliseconds();
		parse_all(&c);
		peer[i] = milliseconds() - t;
		casefile_release(&c);
	}
	open_ms = median(page);
	printf("a case of %d entries: read and folded in %.1f ms, %.1f times "
	    "the reading of its JSON alone\nits chronology opens in %.2f ms "
	    "(median of %d; goal: %.0f)\n", ENTRIES + 1, median(load),
	    load[RUNS / 2] / median(peer), open_ms, RUNS, GOAL_MS);
	return n == PAGE ? 0 : 1;
}

int
main(void)
{
	struct store_founder founder = {.user = "Bench",
	    .role = ROLE_PRACTITIONER};
	struct store_opts opts = {
		.clock = clock_system(), .kdf = {1, 8192, 1, 8192},
		.allow_network_fs = true
	};
	char dir[] = "/tmp/hearken-bench-chrono.XXXXXX", path[64];
	struct case_id id;
	struct secret pass;
	struct store *s;
	struct err e;
	int rc;

	if (sodium_init() < 0 || mkdtemp(dir) == NULL)
		return 2;
	opts.rng = rng_system();
	(void)snprintf(path, sizeof(path), "%s/s", dir);
	must(secret_init(&pass, 64, &e), &e);
	(void)secret_add(&pass, "a bench needs five words", 24);
	must(store_create(path, &founder, &pass, &opts, &s, &e), &e);
	adopt(s);
	id = fill(s);
	rc = measure(s, &id);
	store_close(s);
	secret_release(&pass);
	(void)unlink(path);
	(void)rmdir(dir);
	return rc;
}
