/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/watch.h"

#include <stdlib.h>
#include <string.h>

#include "core/rights.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "db/look.h"
#include "db/mask.h"

#define AGAIN_MS (INT64_C(10) * 60 * 1000)
#define REASON_LETTERS 10
#define WORDS_MAX 500

/* RIGHT_COUNT: nobody needs a right for it. */
static const enum right needs[] = {
	[LOOK_OPEN] = RIGHT_READ,
	[LOOK_SEARCH] = RIGHT_READ,
	[LOOK_LIST] = RIGHT_READ,
	[LOOK_EXPORT] = RIGHT_EXPORT,
	[LOOK_PRINT] = RIGHT_EXPORT,
	[LOOK_BREAK_GLASS] = RIGHT_BREAK_GLASS,
	[LOOK_FAILED_UNLOCK] = RIGHT_COUNT,
	[LOOK_LOOKED_UP] = RIGHT_COUNT
};

static enum rc
may_look(struct store *s, const struct look_note *n, struct err *e)
{
	int64_t book = 0;
	enum rc rc = RC_OK;

	if (needs[n->what] != RIGHT_COUNT)
		rc = right_check(store_role(s), needs[n->what], e);
	if (rc != RC_OK || n->case_id == NULL || n->what == LOOK_LOOKED_UP)
		return rc;
	rc = case_find(s, n->case_id, &book, e);
	return rc == RC_OK ? mask_refuse(s, book, e) : rc;
}

/* One line of at most WORDS_MAX bytes, whatever a file was called. */
static void
one_line(struct str *out, const char *words)
{
	size_t n = WORDS_MAX;

	utf8_visible(out, words, strlen(words), false);
	if (out->len <= n)
		return;
	while (n > 0 && ((unsigned char)out->s[n] & 0xc0u) == 0x80u)
		n--;
	str_splice(out, n, out->len - n, "", 0);
}

static int
set_text(json_t *body, const char *key, const char *text)
{
	return text == NULL || *text == '\0' ? 0 :
	    json_object_set_new(body, key, json_string(text));
}

/* Returns owned the body, NULL when there is no memory for it. */
static json_t *
look_body(const struct look_note *n)
{
	json_t *body = json_pack("{s:s}", "what", look_code(n->what));
	char hex[2 * CASE_ID_LEN + 1] = "";
	struct str words;
	int bad;

	str_init(&words);
	if (n->words != NULL)
		one_line(&words, n->words);
	if (n->case_id != NULL)
		hex_format(n->case_id->b, CASE_ID_LEN, hex);
	bad = set_text(body, "case", hex);
	bad |= set_text(body, "words", words.s);
	bad |= set_text(body, "reason", n->reason);
	if (n->count != 0)
		bad |= json_object_set_new(body, "count",
		    json_integer((json_int_t)n->count));
	str_release(&words);
	if (bad == 0)
		return body;
	json_decref(body);
	return NULL;
}

static enum rc
write_look(struct store *s, const struct look_note *n, struct err *e)
{
	struct entry_draft d = {case_id_register(), "access", span_none(),
	    look_body(n)};
	enum rc rc;

	if (d.body == NULL)
		return err_set(e, RC_INPUT, "what was looked at could not be "
		    "noted, so it is not shown: the text is not UTF-8, or "
		    "there is no memory");
	s->may_register = true;
	rc = store_append(s, &d, 1, NULL, e);
	s->may_register = false;
	entry_draft_release(&d);
	return rc;
}

int64_t
look_again_since(const struct store *s)
{
	int64_t now = clock_now(s->clock);

	return (now > s->chain.at ? now : s->chain.at) - AGAIN_MS;
}

/* One person who goes to and fro between screens opens a case once. */
static enum rc
opened_just_now(struct store *s, const struct look_note *n, bool *known,
    struct err *e)
{
	struct stmt_rows rows;
	enum rc rc;

	*known = false;
	if (n->what != LOOK_OPEN || n->case_id == NULL)
		return RC_OK;
	rc = stmt_open(&rows, s, STMT_LOOK_OPENED, e, "biiii",
	    (const void *)n->case_id->b, (size_t)CASE_ID_LEN,
	    look_again_since(s), s->author_row, (int64_t)LOOK_OPEN,
	    (int64_t)LOOK_BREAK_GLASS);
	*known = rc == RC_OK && stmt_next(&rows);
	return stmt_close(&rows, rc, "read who looked at what", e);
}

enum rc
store_look(struct store *s, const struct look_note *n, struct err *e)
{
	bool known = false;
	enum rc rc;

	if (n->what == LOOK_BREAK_GLASS && n->case_id != NULL)
		return store_break_glass(s, n->case_id, n->reason, e);
	rc = may_look(s, n, e);
	if (rc == RC_OK)
		rc = opened_just_now(s, n, &known, e);
	return rc == RC_OK && !known ? write_look(s, n, e) : rc;
}

enum rc
store_door(struct store *s, const struct case_id *id, enum door *out,
    struct err *e)
{
	int64_t book = 0;
	bool masked = false;
	enum rc rc;

	*out = DOOR_SHUT;
	if (!right_held(store_role(s), RIGHT_READ))
		return RC_OK;
	rc = case_find(s, id, &book, e);
	if (rc == RC_OK && disposals_cover(&s->disposals, id))
		rc = err_set(e, RC_NOTFOUND, "the case was disposed of by two "
		    "people; nothing of it is left to open");
	if (rc == RC_OK)
		rc = mask_book(s, book, &masked, e);
	if (rc != RC_OK)
		return rc;
	if (!masked)
		*out = mask_broken(s, book) ? DOOR_BROKEN : DOOR_OPEN;
	else if (right_held(store_role(s), RIGHT_BREAK_GLASS))
		*out = DOOR_RESTRICTED;
	return RC_OK;
}

enum rc
store_named(struct store *s, const struct case_id *id, char **names,
    struct err *e)
{
	bool restricted = false;
	int64_t book = 0;
	struct str out;
	enum rc rc = right_check(store_role(s), RIGHT_READ, e);

	*names = NULL;
	str_init(&out);
	if (rc == RC_OK)
		rc = case_find(s, id, &book, e);
	if (rc == RC_OK)
		rc = mask_names(s, book, &out, &restricted, e);
	if (rc == RC_OK && restricted)
		*names = str_take(&out);
	str_release(&out);
	return rc;
}

enum rc
reason_check(const char *reason, const char *what, struct err *e)
{
	const char *p = reason != NULL ? reason : "";
	size_t letters = 0;

	for (; *p != '\0'; p++)
		letters += (*p >= 'a' && *p <= 'z') ||
		    (*p >= 'A' && *p <= 'Z') ||
		    ((unsigned char)*p & 0xc0u) == 0xc0u;
	if (letters >= REASON_LETTERS)
		return RC_OK;
	return err_set(e, RC_INPUT, "%s needs a reason that others can "
	    "follow: at least %d letters", what, REASON_LETTERS);
}

/* Room first: once the entry is written nothing may fail. */
static enum rc
room_for_broken(struct store *s, struct err *e)
{
	int64_t *more = vec_try_room(s->broken, s->nbroken, &s->capbroken,
	    sizeof(*more));

	if (more == NULL)
		return err_set(e, RC_NOMEM, "%s: not enough memory to open "
		    "the case", s->path);
	s->broken = more;
	return RC_OK;
}

enum rc
store_break_glass(struct store *s, const struct case_id *id,
    const char *reason, struct err *e)
{
	struct look_note n = {.what = LOOK_BREAK_GLASS, .case_id = id,
	    .reason = reason};
	bool masked = false;
	int64_t book = 0;
	enum rc rc = right_check(store_role(s), RIGHT_BREAK_GLASS, e);

	if (rc == RC_OK)
		rc = case_find(s, id, &book, e);
	if (rc == RC_OK && disposals_cover(&s->disposals, id))
		rc = err_set(e, RC_NOTFOUND, "the case was disposed of by two "
		    "people; nothing of it is left to open");
	if (rc == RC_OK)
		rc = mask_book(s, book, &masked, e);
	if (rc != RC_OK || !masked)
		return rc;
	rc = reason_check(reason, "opening a restricted case", e);
	if (rc == RC_OK)
		rc = room_for_broken(s, e);
	if (rc == RC_OK)
		rc = write_look(s, &n, e);
	if (rc == RC_OK)
		s->broken[s->nbroken++] = book;
	return rc;
}
