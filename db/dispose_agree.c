/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The second person agrees: the text goes and the entry that says so comes
 * in one transaction.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "db/blank.h"
#include "db/dispose.h"
#include "db/dispose_impl.h"

void
disposal_release(struct disposal *d)
{
	free(d->reference);
	free(d->asked_by);
	free(d->agreed_by);
	free(d->rule);
	free(d->why_asked);
	free(d->why_agreed);
	memset(d, 0, sizeof(*d));
}

static enum rc
check_agree(struct store *s, const struct disposal_case *d,
    const struct casefile *c, struct err *e)
{
	enum rc rc = dispose_check_hold(d, e);

	if (rc != RC_OK)
		return rc;
	if (d == NULL || d->request.reason == NULL)
		return err_set(e, RC_NOTFOUND, "nobody has asked for this "
		    "case to be disposed of; one person asks, another agrees");
	if (disposals_same_person(&s->roster, &d->request.by, &s->author))
		return err_set(e, RC_REFUSED, "you have asked for this "
		    "yourself; a second person has to agree");
	if (dispose_is_stale(d, c))
		return err_set(e, RC_REFUSED, "something was written to the "
		    "case after the request of %s; look at it, and ask "
		    "again", roster_name(&s->roster, &d->request.by));
	rc = dispose_check_kept(s, d->kept_until, e);
	if (rc == RC_OK)
		rc = dispose_after(s, &d->request, e);
	return rc == RC_OK ? dispose_after(s, &d->hold, e) : rc;
}

static bool
copy_text(char **out, const char *text)
{
	*out = strdup(text);
	return *out != NULL;
}

static enum rc
take_words(const struct store *s, const struct disposal_case *d,
    const struct casefile *c, struct disposal *out, struct err *e)
{
	out->asked_at = d->request.at;
	if (copy_text(&out->reference, c->reference) &&
	    copy_text(&out->asked_by, roster_name(&s->roster,
	    &d->request.by)) &&
	    copy_text(&out->agreed_by, roster_name(&s->roster, &s->author)) &&
	    copy_text(&out->rule, d->rule) &&
	    copy_text(&out->why_asked, d->request.reason))
		return RC_OK;
	return err_set(e, RC_NOMEM, "not enough memory to dispose of a case");
}

static json_t *
dispose_json(const struct disposal_case *d, const struct disposal *out)
{
	char id[2 * CASE_ID_LEN + 1], request[2 * ENTRY_ID_LEN + 1];
	char digest[2 * DISPOSAL_DIGEST_LEN + 1];

	hex_format(d->id.b, CASE_ID_LEN, id);
	hex_format(d->request.id.b, ENTRY_ID_LEN, request);
	hex_format(out->digest, DISPOSAL_DIGEST_LEN, digest);
	return json_pack("{s:s, s:s, s:I, s:s, s:s}", "case", id, "request",
	    request, "entries", (json_int_t)out->entries, "digest", digest,
	    "reason", out->why_agreed);
}

/* Guards the invariant: text is missing only under a disposal that counts. */
static enum rc
check_covered(struct store *s, const struct case_id *id, struct err *e)
{
	struct disposals d;
	enum rc rc = register_load_disposals(s, &s->roster, &d, e);

	if (rc != RC_OK)
		return rc;
	if (!disposals_cover(&d, id))
		rc = err_set(e, RC_REFUSED, "the disposal would not count "
		    "(%s); nothing was changed", d.why_bad != NULL ?
		    d.why_bad : "your role may not write it");
	disposals_release(&d);
	return rc;
}

static enum rc
write_disposal(struct store *s, const struct disposal_case *d,
    struct disposal *out, struct err *e)
{
	struct entry_draft draft = {case_id_register(), "dispose",
	    span_none(), dispose_json(d, out)};
	enum rc rc;

	if (draft.body == NULL)
		return err_set(e, RC_INPUT, "the reason is not valid UTF-8 "
		    "text");
	s->may_register = true;
	rc = append_draft(s, &draft, &out->id, e);
	s->may_register = false;
	entry_draft_release(&draft);
	out->agreed_at = s->chain.at;
	return rc == RC_OK ? check_covered(s, &d->id, e) : rc;
}

/*
 * A commit that failed may have been made (tx.c).  Then the case is gone and
 * a certificate is owed, as soon as one more write has reached the disk.  A row
 * that stays the same would not be written at all; a day that is behind is
 * only looked at again.
 */
static enum rc
was_made(struct store *s, const struct case_id *id, enum rc rc)
{
	if (s->unsure || !disposals_cover(&s->disposals, id) ||
	    meta_set_int(s, "day", s->day - 1, NULL) != RC_OK ||
	    meta_set_int(s, "day", s->day, NULL) != RC_OK)
		return rc;
	return RC_OK;
}

static enum rc
dispose_of(struct store *s, const struct disposal_case *d,
    struct disposal *out, struct err *e)
{
	const struct case_id id = d->id;
	struct blanked gone = {0};
	int64_t book = 0;
	enum rc rc = tx_begin(s, e);

	if (rc != RC_OK)
		return rc;
	rc = book_find(s, &d->id, &book, e);
	if (rc == RC_OK)
		rc = blank_case(s, book, &gone, e);
	if (rc == RC_OK) {
		out->entries = gone.entries;
		memcpy(out->digest, gone.digest, sizeof(out->digest));
		rc = write_disposal(s, d, out, e);
	}
	if (rc != RC_OK) {
		tx_undo(s);
		return rc;
	}
	rc = tx_seal(s, e);
	return rc == RC_OK ? rc : was_made(s, &id, rc);
}

enum rc
store_dispose_agree(struct store *s, const struct case_id *id,
    const char *reason, struct disposal *out, struct err *e)
{
	const struct disposal_case *d;
	struct casefile c;
	enum rc rc = dispose_may(s, e);

	memset(out, 0, sizeof(*out));
	if (rc == RC_OK)
		rc = dispose_load_named(s, id, &c, e);
	if (rc != RC_OK)
		return rc;
	d = disposals_find(&s->disposals, id);
	rc = check_agree(s, d, &c, e);
	if (rc == RC_OK)
		rc = take_words(s, d, &c, out, e);
	if (rc == RC_OK && !copy_text(&out->why_agreed, reason))
		rc = err_set(e, RC_NOMEM, "not enough memory to dispose of a "
		    "case");
	casefile_release(&c);
	if (rc == RC_OK)
		rc = dispose_of(s, d, out, e);
	if (rc != RC_OK)
		disposal_release(out);
	s->not_before = 0;
	return rc;
}
