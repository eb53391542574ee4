/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/doubts.h"

#include <string.h>

#include "core/childage.h"
#include "core/versions.h"

static const char *
text_of(const json_t *body, const char *field)
{
	const char *s = json_string_value(json_object_get(body, field));

	return s != NULL ? s : "";
}

/* Found at or before the moment from which they were missing. */
static bool
found_too_early(const struct casefile *c, const json_t *body, int64_t *since)
{
	const struct record *episode = NULL;
	struct entry_id id;
	int64_t at;

	if (hex_parse(text_of(body, "episode"), id.b, ENTRY_ID_LEN))
		episode = casefile_find(c, &id);
	return episode != NULL &&
	    moment_parse(text_of(body, "at"), &at, NULL) == RC_OK &&
	    moment_parse(record_text(episode, "since"), since, NULL) ==
	    RC_OK && at <= *since;
}

static bool
asked_too_young(const json_t *body, int32_t day, struct child_age *age)
{
	body_age(body, day, age);
	return field_has_value(json_object_get(body, "orientation")) &&
	    age_too_young(age);
}

enum rc
casefile_check_draft(const struct casefile *c, const char *kind,
    const json_t *body, int32_t today, struct err *e)
{
	char words[SPAN_WORDS_MAX];
	struct child_age age;
	int64_t since;

	if (strcmp(kind, "located") == 0 &&
	    found_too_early(c, body, &since)) {
		moment_words(since, words);
		return err_set(e, RC_INPUT, "Back or found at: they are "
		    "missing since %s; the moment after that is expected",
		    words);
	}
	if (strcmp(kind, "identity") == 0 &&
	    asked_too_young(body, today, &age))
		return err_set(e, RC_INPUT, "Sexual orientation: not asked "
		    "before %d; they are %d. Leave it empty",
		    ORIENTATION_AGE, age.years);
	return RC_OK;
}

static void
doubt_found(const struct casefile *c, const struct record *r,
    struct str *why)
{
	char words[SPAN_WORDS_MAX];
	int64_t since;

	if (!found_too_early(c, r->body, &since))
		return;
	moment_words(since, words);
	str_add_fmt(why, "Doubtful: found before they were missing (since "
	    "%s). One of the two moments is wrong.", words);
}

static void
doubt_identity(const struct record *r, struct str *why)
{
	struct child_age age;

	if (asked_too_young(r->body, moment_day(r->entry.at), &age))
		str_add_fmt(why, "Doubtful: sexual orientation was recorded "
		    "at %d; it is not asked before %d.", age.years,
		    ORIENTATION_AGE);
	else if (age_is_apart(&age))
		str_add_fmt(why, "Doubtful: the date of birth says %d, the "
		    "estimate %d. The younger counts.", age.by_birth,
		    age.about);
}

static void
doubt_restriction(const struct casefile *c, const struct record *r,
    struct str *why)
{
	if (c->restricted_apart != NULL &&
	    (r == c->restriction || r == c->restricted_apart))
		str_add(why, "Doubtful: restricted twice, apart. Only those "
		    "whom both name may open it, until it is restricted "
		    "anew or that is lifted.");
}

/* Of what goes on in a closed case: who looked at it, and where it went. */
static bool
may_follow_a_closing(const struct record *r)
{
	static const char *const kinds[] = {
		"bundle-sent", "bundle-received", "bundle-recall",
		"recall-answer", "review", "supervision", "restrict",
		"strike", "close", "reopen"
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i], r->entry.kind) == 0)
			return true;
	return false;
}

/* Whoever wrote on may not have known that it was closed. */
static void
doubt_closing(const struct casefile *c, const struct record *r,
    struct str *why)
{
	size_t n = 0;

	for (size_t i = 0; c->closed == r && i < c->nrecords; i++) {
		const struct record *a = c->records[i];

		n += record_stands(a) && casefile_unseen(c, a) &&
		    !may_follow_a_closing(a);
	}
	if (n > 0)
		str_add_fmt(why, "Doubtful: %zu %s written since by others, "
		    "who may not have known that it is closed. Read %s; open "
		    "it again if it is not over.", n, n == 1 ? "entry was" :
		    "entries were", n == 1 ? "it" : "them");
}

bool
record_doubt(const struct casefile *c, const struct record *r,
    struct str *why)
{
	size_t before = why->len;

	if (r->body == NULL || r->validity != RECORD_VALID)
		return false;
	if (strcmp(r->entry.kind, "located") == 0)
		doubt_found(c, r, why);
	else if (strcmp(r->entry.kind, "identity") == 0)
		doubt_identity(r, why);
	else if (strcmp(r->entry.kind, "restrict") == 0)
		doubt_restriction(c, r, why);
	else if (strcmp(r->entry.kind, "close") == 0)
		doubt_closing(c, r, why);
	return why->len > before;
}
