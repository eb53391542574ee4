/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/store/folk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/store/disk.h"

struct secret
secret_of(const char *text)
{
	struct secret s;
	struct err e;

	if (secret_init(&s, 256, &e) != RC_OK)
		abort();
	(void)secret_add(&s, text, strlen(text));
	return s;
}

enum rc
open_as(struct world *w, const char *user, const char *pass)
{
	struct secret p = secret_of(pass);
	enum rc rc;

	world_close(w);
	rc = store_open(w->path, user, &p, &w->opts, &w->s, &w->e);
	if (rc != RC_OK)
		w->s = NULL;
	secret_release(&p);
	return rc;
}

enum rc
folk_add(struct world *w, const char *name, enum role role)
{
	struct secret p = secret_of(ODA_PASS);
	enum rc rc = store_person_add(w->s, name, role, &p, &w->e);

	secret_release(&p);
	return rc;
}

enum rc
folk_change(struct world *w, const char *from, const char *to)
{
	struct secret old = secret_of(from), fresh = secret_of(to);
	enum rc rc = store_passphrase_change(w->s, &old, &fresh, &w->e);

	secret_release(&old);
	secret_release(&fresh);
	return rc;
}

enum rc
folk_reset(struct world *w, const char *name, const char *to)
{
	struct secret fresh = secret_of(to);
	enum rc rc = store_person_reset(w->s, name, &fresh, &w->e);

	secret_release(&fresh);
	return rc;
}

enum rc
folk_revoke(struct world *w, const char *name)
{
	return store_person_revoke(w->s, name, "left in May", NULL, NULL,
	    &w->e);
}

void
in_as_oda(struct world *w)
{
	world_ok(w, folk_add(w, ODA, ROLE_PRACTITIONER));
	world_ok(w, open_as(w, ODA, ODA_PASS));
	world_ok(w, folk_change(w, ODA_PASS, ODA_OWN));
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
	assert_false(v.sound);
	if (strstr(v.fault, words) == NULL)
		fail_msg("\"%s\" is not in: %s", words, v.fault);
}

static bool
look(const struct person *p, void *ctx)
{
	struct looking *l = ctx;

	l->all++;
	l->slots += p->has_slot;
	(void)snprintf(l->order + strlen(l->order),
	    sizeof(l->order) - strlen(l->order), "%s%s;", p->name,
	    p->ended != INT64_MAX ? " (ended)" : "");
	if (strcmp(p->name, l->name) == 0 && l->found++ == 0)
		l->p = *p;
	return true;
}

struct looking
person(struct world *w, const char *name)
{
	struct looking l = {.name = name};

	world_ok(w, store_people(w->s, look, &l, &w->e));
	return l;
}

int
folk_make(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	world_init(w);
	world_create_as(w, ROLE_SUPERVISOR);
	*state = w;
	return 0;
}

int
folk_unmake(void **state)
{
	disk_mend();
	world_release(*state);
	free(*state);
	return 0;
}
