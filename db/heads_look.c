/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When heads are compared and remembered, and what is said of it.
 */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/impl.h"
#include "db/open.h"
#include "db/remember.h"

#define ACCEPT "\"hearken verify --accept-older REASON STORE\" accepts it as " \
    "it is."

static void
say_behind(struct heads_verdict *v)
{
	char when[SPAN_WORDS_MAX];

	moment_words(v->known_at, when);
	if (v->lost == 0)
		(void)snprintf(v->words, sizeof(v->words), "The list of "
		    "people and passphrases of this store is older than on "
		    "%s: an earlier copy of the file was put back. Find out "
		    "who did that and why. " ACCEPT, when);
	else if (v->elsewhere)
		(void)snprintf(v->words, sizeof(v->words), "This is an older "
		    "copy of a store that you use: entries that were known on "
		    "%s are not in it (%" PRIu64 " at least). That is right "
		    "for a backup, which nobody should work in. If it was "
		    "put here to be worked in, " ACCEPT, when, v->lost);
	else
		(void)snprintf(v->words, sizeof(v->words), "This store is "
		    "older than on %s: entries that were in it then are not "
		    "in it now (%" PRIu64 " at least). An earlier copy of the "
		    "file was put back, or the newest entries were cut off. "
		    "Keep this file and do not work in it until it is known "
		    "why. " ACCEPT, when, v->lost);
}

static void
say_other(struct heads_verdict *v)
{
	char when[SPAN_WORDS_MAX];

	moment_words(v->known_at, when);
	if (v->elsewhere) {
		(void)snprintf(v->words, sizeof(v->words), "This copy of a "
		    "store that you use has gone its own way: entries that "
		    "were known on %s are not in it, and others are. So it is "
		    "with a restored backup, and with a copy that somebody "
		    "looked into. If it is here to be worked in, " ACCEPT
		    " If not, keep it and find out why.", when);
		return;
	}
	(void)snprintf(v->words, sizeof(v->words), "The history in this store "
	    "is not the one that was in it on %s: entries were taken out and "
	    "others written in their place, or two copies of the store were "
	    "worked in apart. Keep this file and do not work in it until it "
	    "is known why. " ACCEPT, when);
}

static void
say_damaged(struct heads_verdict *v, const struct err *e)
{
	v->state = HEADS_DAMAGED;
	(void)snprintf(v->words, sizeof(v->words), "Whether this store is "
	    "older than when it was last used here is not known: %.200s. "
	    ACCEPT, e->text);
}

static void
say(struct heads_verdict *v)
{
	if (v->state == HEADS_BEHIND)
		say_behind(v);
	else if (v->state == HEADS_OTHER)
		say_other(v);
}

/* Nothing to write when nothing was added and nothing has moved. */
static bool
is_kept(const struct store *s, const struct heads *h)
{
	return s->kept.entries == h->entries &&
	    s->kept.generation == h->generation &&
	    memcmp(s->kept.place, h->place, PLACE_LEN) == 0;
}

static void
mark_kept(struct store *s, const struct heads *h)
{
	s->kept.entries = h->entries;
	s->kept.generation = h->generation;
	memcpy(s->kept.place, h->place, PLACE_LEN);
}

static enum rc
save(struct store *s, struct err *e)
{
	struct heads now;
	enum rc rc = heads_of_store(s, &now, e);

	if (rc != RC_OK)
		return rc;
	if (!is_kept(s, &now)) {
		rc = heads_store(s, &now, e);
		if (rc == RC_OK)
			mark_kept(s, &now);
	}
	heads_release(&now);
	return rc;
}

static bool
may_save(const struct store *s)
{
	return s->state_dir != NULL && s->looked &&
	    (s->heads.state == HEADS_SOUND ||
	    s->heads.state == HEADS_UNKNOWN);
}

void
heads_save(struct store *s)
{
	if (may_save(s) && !s->in_tx)
		(void)save(s, NULL);
}

static enum rc
look(struct store *s, struct err *e)
{
	unsigned char here[PLACE_LEN];
	struct heads known, now;
	enum rc rc = heads_load(s, &known, e);

	if (rc != RC_OK)
		return rc;
	rc = heads_compare(s, &known, &s->heads, e);
	mark_kept(s, &known);
	if (rc == RC_OK)
		rc = heads_of_store(s, &now, e);
	if (rc == RC_OK) {
		memcpy(here, now.place, PLACE_LEN);
		s->heads.elsewhere = memcmp(here, known.place, PLACE_LEN) != 0;
		heads_release(&now);
	}
	heads_release(&known);
	return rc;
}

void
heads_look(struct store *s)
{
	struct err e;
	enum rc rc;

	if (s->state_dir == NULL)
		return;
	err_clear(&e);
	rc = look(s, &e);
	s->looked = true;
	if (rc == RC_OK)
		say(&s->heads);
	else if (rc != RC_NOTFOUND)
		say_damaged(&s->heads, &e);
	if (s->heads.words[0] != '\0')
		store_add_notice(s, s->heads.words);
	if (may_save(s) && save(s, &e) != RC_OK) {
		store_add_notice(s, "This machine cannot remember the state "
		    "of the store, so an older copy put in its place would "
		    "not be noticed:");
		store_add_notice(s, e.text);
	}
}

enum rc
store_heads_accept(struct store *s, const char *reason, struct err *e)
{
	struct entry_draft d = {case_id_register(), "restore", span_none(),
	    NULL};
	uint64_t entries = 0;
	enum rc rc;

	if (s->heads.state == HEADS_SOUND || s->heads.state == HEADS_UNKNOWN)
		return err_set(e, RC_INPUT, "there is nothing to accept: the "
		    "store has all that is known of it here");
	rc = store_entry_count(s, &entries, e);
	if (rc != RC_OK)
		return rc;
	d.body = json_pack("{s:I, s:I, s:s}", "entries", (json_int_t)entries,
	    "lost", (json_int_t)s->heads.lost, "reason", reason);
	if (d.body == NULL)
		return err_set(e, RC_INPUT, "the reason is not valid UTF-8 "
		    "text; write it in plain letters");
	s->may_register = true;
	rc = store_append(s, &d, 1, NULL, e);
	s->may_register = false;
	entry_draft_release(&d);
	if (rc != RC_OK)
		return rc;
	memset(&s->heads, 0, sizeof(s->heads));
	s->heads.state = HEADS_SOUND;
	memset(&s->kept, 0, sizeof(s->kept));
	return s->state_dir != NULL ? save(s, e) : RC_OK;
}
