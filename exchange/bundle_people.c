/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/bundle_people.h"

#include <stdio.h>
#include <string.h>

#include "core/utf8.h"

#define NAME_PART 120	/* bytes of a long name beside its agency */

struct asking {
	const struct author_id *key;
	struct bundle_who *who;
};

static void
put_name(const struct foreigner *f, struct bundle_who *w)
{
	const int room = (int)sizeof(w->name) - 1;
	int n = utf8_cut(f->name, f->agency[0] != '\0' ? NAME_PART : room);
	int k = utf8_cut(f->agency, room - n - 3);

	if (f->agency[0] != '\0')
		(void)snprintf(w->name, sizeof(w->name), "%.*s (%.*s)", n,
		    f->name, k, f->agency);
	else
		(void)snprintf(w->name, sizeof(w->name), "%.*s", n, f->name);
}

static bool
take(const struct foreigner *f, void *ctx)
{
	const struct asking *a = ctx;
	struct bundle_who *w = a->who;

	if (memcmp(f->key.b, a->key->b, AUTHOR_LEN) != 0)
		return true;
	w->known = true;
	w->carded = f->carded && f->card != NULL;
	w->role = f->ended != INT64_MAX ? 0 : f->role;
	put_name(f, w);
	memcpy(w->box, f->box, sizeof(w->box));
	if (w->carded) {
		memcpy(w->store, f->card->store, sizeof(w->store));
		memcpy(w->root, f->card->root, sizeof(w->root));
		w->founder = f->card->founder;
	}
	return false;
}

enum rc
bundle_who(struct store *s, const struct author_id *key,
    struct bundle_who *out, struct err *e)
{
	struct asking a = {key, out};

	memset(out, 0, sizeof(*out));
	return store_foreigners(s, take, &a, e);
}
