/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/tries.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/entry.h"
#include "db/impl.h"
#include "db/open.h"
#include "db/state.h"
#include "db/watch.h"

#define MAGIC "hearken tries 1 "
#define DELAY_MAX INT64_C(60000)
#define NAME_LEN (2 * UUID_LEN + 7)

int64_t
tries_delay(uint64_t wrong)
{
	int64_t ms;

	if (wrong < 2)
		return 0;
	if (wrong > 8)
		return DELAY_MAX;
	ms = INT64_C(1000) << (wrong - 2);
	return ms < DELAY_MAX ? ms : DELAY_MAX;
}

static void
name_of(const unsigned char uuid[UUID_LEN], char out[NAME_LEN])
{
	char hex[2 * UUID_LEN + 1];

	hex_format(uuid, UUID_LEN, hex);
	(void)snprintf(out, NAME_LEN, "%s.tries", hex);
}

/* Reads a number and the character behind it. */
static bool
take_number(const char **at, char behind, int64_t *out)
{
	char *end;
	long long v;

	if (**at < '0' || **at > '9')
		return false;
	v = strtoll(*at, &end, 10);
	if (*end != behind)
		return false;
	*at = end + 1;
	*out = v;
	return true;
}

/* What cannot be read counts as nothing: nobody is shut out by a bad file. */
static void
parse(const char *text, struct tries *t)
{
	const char *at = text + strlen(MAGIC);
	int64_t wrong;

	*t = (struct tries){0, 0, 0};
	if (strncmp(text, MAGIC, strlen(MAGIC)) != 0 ||
	    !take_number(&at, ' ', &wrong) ||
	    !take_number(&at, ' ', &t->first) ||
	    !take_number(&at, '\n', &t->last) || *at != '\0') {
		*t = (struct tries){0, 0, 0};
		return;
	}
	t->wrong = (uint64_t)wrong;
}

static void
load(const char *dir, const unsigned char uuid[UUID_LEN], struct tries *t)
{
	char name[NAME_LEN], text[128];
	unsigned char *p = NULL;
	size_t n = 0;

	*t = (struct tries){0, 0, 0};
	name_of(uuid, name);
	if (dir == NULL || state_read(dir, name, &p, &n, NULL) != RC_OK)
		return;
	if (n < sizeof(text)) {
		memcpy(text, p, n);
		text[n] = '\0';
		parse(text, t);
	}
	free(p);
}

static void
save(const char *dir, const unsigned char uuid[UUID_LEN],
    const struct tries *t)
{
	char name[NAME_LEN], text[128];

	if (dir == NULL)
		return;
	name_of(uuid, name);
	(void)snprintf(text, sizeof(text), MAGIC "%" PRIu64 " %" PRId64
	    " %" PRId64 "\n", t->wrong, t->first, t->last);
	(void)!state_write(dir, name, text, strlen(text), NULL);
}

/* A try that seems to lie ahead is taken to have been now, once. */
static int64_t
wait_of(const char *dir, const unsigned char uuid[UUID_LEN], int64_t now)
{
	struct tries t;
	int64_t left;

	load(dir, uuid, &t);
	if (t.wrong > 0 && t.last > now) {
		t.last = now;
		save(dir, uuid, &t);
	}
	left = t.last + tries_delay(t.wrong) - now;
	return left > 0 ? left : 0;
}

int64_t
store_wait(const char *path, const struct store_opts *opts)
{
	unsigned char uuid[UUID_LEN];

	if (opts->state_dir == NULL || store_uuid_of(path, uuid, NULL) != RC_OK)
		return 0;
	return wait_of(opts->state_dir, uuid, clock_now(opts->clock));
}

enum rc
tries_check(const unsigned char uuid[UUID_LEN],
    const struct store_opts *opts, struct err *e)
{
	int64_t ms = opts->state_dir != NULL ? wait_of(opts->state_dir, uuid,
	    clock_now(opts->clock)) : 0;

	if (ms == 0)
		return RC_OK;
	return err_set(e, RC_PASSPHRASE, "the last passphrases were wrong, so "
	    "the next one has to wait: try again in %d s",
	    (int)((ms + 999) / 1000));
}

void
tries_count(const unsigned char uuid[UUID_LEN],
    const struct store_opts *opts)
{
	int64_t now = clock_now(opts->clock);
	struct tries t;

	if (opts->state_dir == NULL)
		return;
	load(opts->state_dir, uuid, &t);
	t.first = t.wrong == 0 ? now : t.first;
	t.last = now;
	t.wrong++;
	save(opts->state_dir, uuid, &t);
}

void
tries_settle(struct store *s, const struct store_opts *opts)
{
	struct look_note note = {.what = LOOK_FAILED_UNLOCK};
	char name[NAME_LEN];
	struct tries t;

	load(opts->state_dir, s->header.uuid, &t);
	if (t.wrong == 0)
		return;
	note.count = t.wrong;
	/* What could not be entered is kept, and entered the next time. */
	if (store_look(s, &note, NULL) != RC_OK)
		return;
	name_of(s->header.uuid, name);
	(void)!state_remove(opts->state_dir, name, NULL);
}
