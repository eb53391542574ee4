/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The chronology of a case of 10,000 entries, from the store to its first
 * page: reading and deciphering, the fold, the order of time, the timeline,
 * forty rows in words.  Every tenth entry corrects another one and every
 * tenth names one, for that is where a fold could become slow.
 */
#include "config.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

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

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
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
	char since[32];

	for (size_t i = 0; i < 5; i++)
		last = add(s, id, "observation", day, observation(turn + i));
	hex_format(last.b, ENTRY_ID_LEN, hex);
	(void)add(s, id, "strike", -1, json_pack("{s:s, s:s}", "target", hex,
	    "reason", "Another child."));
	last = add(s, id, "note", day, note(turn, NULL));
	(void)add(s, id, "note", day, note(turn + 1, &last));
	day_format(day_from_civil((struct civil){2024, 1, 1}) + day, since);
	(void)strncat(since, "T21:30:00Z", sizeof(since) - strlen(since) - 1);
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

static struct instrument *
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
	return NULL;
}

static int
compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void
measure(struct store *s, const struct case_id *id)
{
	double load[RUNS];
	struct err e;

	for (int i = 0; i < RUNS; i++) {
		double t = milliseconds();
		struct casefile c;

		must(store_case_load(s, id, &c, &e), &e);
		load[i] = milliseconds() - t;
		t = milliseconds();
		casefile_settle(&c, NULL);
		if (i == 0) printf("settle %f\n", milliseconds() - t);
		const char *why;
		t = milliseconds();
		casefile_next_due(&c, &why);
		if (i == 0) printf("due %f\n", milliseconds() - t);
		casefile_release(&c);
	}
	qsort(load, RUNS, sizeof(double), compare);
	printf("load %.2f ms\n", load[RUNS / 2]);
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

	if (sodium_init() < 0 || mkdtemp(dir) == NULL)
		return 2;
	opts.rng = rng_system();
	(void)snprintf(path, sizeof(path), "%s/s", dir);
	must(secret_init(&pass, 64, &e), &e);
	(void)secret_add(&pass, "a bench needs five words", 24);
	must(store_create(path, &founder, &pass, &opts, &s, &e), &e);
	adopt(s);
	id = fill(s);
	measure(s, &id);
	store_close(s);
	secret_release(&pass);
	(void)unlink(path);
	(void)rmdir(dir);
	return 0;
}
