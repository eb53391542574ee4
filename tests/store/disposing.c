/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/store/disposing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

int
disposing_make(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	world_init(w);
	world_create_as(w, ROLE_SUPERVISOR);
	world_adopt(w);
	raw_person(w->s, SECOND, "supervisor");
	*state = w;
	return 0;
}

int
disposing_unmake(void **state)
{
	world_release(*state);
	free(*state);
	return 0;
}

enum rc
ask(struct world *w, const struct case_id *id)
{
	struct dispose_request r = {id, "child-in-need", DAY_NONE,
	    "kept for as long as the rule says"};

	return store_dispose_ask(w->s, &r, NULL, &w->e);
}

enum rc
agree(struct world *w, const struct case_id *id)
{
	struct disposal d;
	enum rc rc = store_dispose_agree(w->s, id, "looked at the rule", &d,
	    &w->e);

	if (rc == RC_OK)
		disposal_release(&d);
	return rc;
}

struct case_id
plant(struct world *w, const char *reference, const char *word)
{
	struct case_id id = store_new_case_id(w->s);
	char key[64] = "note/", name[200], text[200];

	(void)snprintf(name, sizeof(name), "Zelda%s Bram%s", word, word);
	(void)snprintf(text, sizeof(text), "seen near %s's harbour, %sly",
	    word, word);
	world_ok(w, world_append(w, draft_open(id, reference), NULL));
	world_ok(w, world_append(w, draft_identity(id, name, "2001-02-03"),
	    NULL));
	world_ok(w, world_append(w, draft_observation(id, "A1", "present",
	    text), NULL));
	world_ok(w, world_append(w, draft_observation(id, "B1", "suspected",
	    text), NULL));
	hex_format(id.b, CASE_ID_LEN, key + strlen(key));
	world_ok(w, store_draft_save(w->s, key, text, &w->e));
	return id;
}

void
assert_sound(struct world *w)
{
	struct store_verdict v;

	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_string_equal(v.fault, "");
}

void
assert_fault(struct world *w, const char *words)
{
	struct store_verdict v;

	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	if (v.sound || strstr(v.fault, words) == NULL)
		fail_msg("expected a fault with \"%s\", got \"%s\"", words,
		    v.fault);
}

void
assert_refused(struct world *w, enum rc rc, enum rc expected,
    const char *words)
{
	if (rc != expected || strstr(w->e.text, words) == NULL)
		fail_msg("expected %d with \"%s\", got %d: %s", (int)expected,
		    words, (int)rc, w->e.text);
}

static bool
count_case(const struct case_row *row, void *ctx)
{
	size_t *n = ctx;

	(void)row;
	++*n;
	return true;
}

size_t
found(struct world *w, const char *words)
{
	size_t n = 0;

	world_ok(w, store_search(w->s, words, 0, count_case, &n, &w->e));
	return n;
}

bool
note_disposal(const struct case_id *id, const struct disposal *d, void *ctx)
{
	char *line = ctx;

	(void)id;
	(void)snprintf(line, 200, "%s/%s/%s/%s/%d", d->reference, d->asked_by,
	    d->agreed_by, d->rule, (int)d->entries);
	return true;
}
