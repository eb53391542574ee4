/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/ask.h"
#include "cli/door.h"
#include "cli/print.h"
#include "cli/sandbox.h"
#include "cli/unlock.h"
#include "core/rights.h"
#include "exchange/leave.h"

#define ENTRY_DIGITS 6		/* the fewest of an id that name an entry */
#define UNSEALED "unsealed"

static enum rc export_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_export = {
	.name = "export",
	.usage = "STORE CASE FILE --reason TEXT [--what case|chronology|"
	    "referral|ENTRY] [--format pdf|text|csv|json] "
	    "[--password made|ask|none] [--restricted]",
	.summary = "take a case out of the store, into a new file",
	.help = "Writes what is to be read outside to a new FILE: a whole "
	    "case, its chronology, its latest referral with all steps, or "
	    "the entry whose id begins with ENTRY and what was written to "
	    "it.\n\n"
	    "Before a byte of it is written an entry says who took out what, "
	    "when, why and to which file. On a terminal the reference of the "
	    "case has to be typed; in a script it is given with --yes.\n\n"
	    "The file is shut with a password: a PDF asks for it when it is "
	    "opened (AES-256); text, CSV and JSON go into a ZIP archive, "
	    "which 7-Zip opens (AES-256). Hearken makes the password and "
	    "shows it once, on the terminal; send it apart from the file, by "
	    "telephone and never in the same mail. With --password ask you "
	    "choose it. With --password none the file can be read by anybody "
	    "who gets it, and another word has to be typed.\n\n"
	    "A case that is restricted to others leaves with --restricted "
	    "only: that opens it for the reason given, and supervisors see "
	    "it.\n\n"
	    "Text is UTF-8, 80 columns wide. CSV has a row for each entry; a "
	    "cell that a spreadsheet would run as a formula begins with an "
	    "apostrophe. PDF needs fonts: characters that no font of this "
	    "machine has are named, on the last page and here.",
	.options = (const struct option_def[]){
		{"what", "WHAT", "case (as if not given), chronology, referral, or an entry's id"},
		{"format", "pdf|text|csv|json", "pdf if not given"},
		{"reason", "TEXT", "why it leaves; kept in the store, and said on paper"},
		{"password", "made|ask|none", "made if not given"},
		{"password-fd", "N", "for ask: read the password from descriptor N"},
		{"yes", "REFERENCE", "do not ask; for none: \"REFERENCE " UNSEALED "\""},
		{"restricted", NULL, "take it out though it is restricted to others"},
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 3,
	.max_args = 3,
	.paths = "w-w",
	.run = export_run,
};

enum sealing { SEAL_MADE, SEAL_ASKED, SEAL_NONE };

/* What was asked for, and what was found for it. */
struct job {
	const struct call *c;
	const char *path;
	struct store *s;
	struct case_id id;
	struct casefile cf;	/* only if loaded */
	bool loaded;
	struct reading g;
	struct leave_order order;
	enum sealing sealing;
	struct secret password;	/* empty while there is none */
	int tty;		/* to show it on; -1 */
};

/* ---- the words of the call ---- */

static enum rc
read_words(struct job *j, struct err *e)
{
	const char *format = call_option(j->c, "format");
	const char *password = call_option(j->c, "password");

	j->order.format = LEAVE_PDF;
	if (format != NULL && !leave_format_find(format, &j->order.format))
		return err_set(e, RC_USAGE, "--format is pdf, text, csv or "
		    "json, not %s", format);
	if (password == NULL || strcmp(password, "made") == 0)
		j->sealing = SEAL_MADE;
	else if (strcmp(password, "ask") == 0)
		j->sealing = SEAL_ASKED;
	else if (strcmp(password, "none") == 0)
		j->sealing = SEAL_NONE;
	else
		return err_set(e, RC_USAGE, "--password is made, ask or none, "
		    "not %s. A password is never given on the command line, "
		    "where others see it", password);
	if (call_option(j->c, "password-fd") != NULL &&
	    j->sealing != SEAL_ASKED)
		return err_set(e, RC_USAGE, "--password-fd goes with "
		    "--password ask");
	if (call_option(j->c, "reason") == NULL)
		return err_set(e, RC_USAGE, "say why it leaves the store: "
		    "--reason TEXT");
	return leave_reason_check(call_option(j->c, "reason"), e);
}

/* A name by which the receiver's machine knows what to do with it. */
static enum rc
check_path(const struct job *j, struct err *e)
{
	const char *want = j->order.format == LEAVE_PDF ? ".pdf" : ".zip";
	size_t n = strlen(j->path), m = strlen(want);

	if (strcmp(j->path, "-") == 0)
		return err_set(e, RC_USAGE, "what leaves goes into a new "
		    "file, not to the standard output");
	if (j->sealing != SEAL_NONE && (n <= m ||
	    strcmp(j->path + n - m, want) != 0))
		return err_set(e, RC_USAGE, "%s: as %s, shut with a "
		    "password, it becomes a %s: give it a name that ends in "
		    "%s", j->path, leave_format_code(j->order.format), want[1] == 'p' ?
		    "PDF" : "ZIP archive", want);
	return access(j->path, F_OK) == 0 ? err_set(e, RC_EXISTS, "%s exists "
	    "already and is not overwritten; name another file", j->path) :
	    sandbox_may_write(j->path, e);
}

/* Looked for before anything is done: what is made must be seen. */
static enum rc
find_terminal(struct job *j, struct err *e)
{
	if (j->sealing != SEAL_MADE)
		return RC_OK;
	j->tty = open("/dev/tty", O_WRONLY | O_NOCTTY | O_CLOEXEC);
	return j->tty >= 0 && isatty(j->tty) ? RC_OK : err_set(e, RC_USAGE,
	    "there is no terminal to show a password on, and it is written "
	    "nowhere else; give --password ask --password-fd N");
}

/* ---- what leaves ---- */

static const struct record *
latest_referral(const struct casefile *cf)
{
	for (size_t i = cf->nrecords; i > 0; i--)
		if (record_stands(cf->records[i - 1]) &&
		    strcmp(cf->records[i - 1]->entry.kind, "referral") == 0)
			return cf->records[i - 1];
	return NULL;
}

static enum rc
find_entry(const struct casefile *cf, const char *word,
    const struct record **out, struct err *e)
{
	char hex[2 * ENTRY_ID_LEN + 1];
	const size_t n = strlen(word);

	if (n < ENTRY_DIGITS || n > 2 * ENTRY_ID_LEN ||
	    strspn(word, "0123456789abcdef") != n)
		return err_set(e, RC_USAGE, "--what is case, chronology, "
		    "referral, or the first %d or more digits of an entry's "
		    "id, not %s", ENTRY_DIGITS, word);
	for (size_t i = 0; i < cf->nrecords; i++) {
		hex_format(cf->records[i]->entry.id.b, ENTRY_ID_LEN, hex);
		if (strncmp(hex, word, n) != 0)
			continue;
		if (*out != NULL)
			return err_set(e, RC_INPUT, "several entries begin "
			    "with %s; give more digits", word);
		*out = cf->records[i];
	}
	return *out != NULL ? RC_OK : err_set(e, RC_NOTFOUND, "%s has no "
	    "entry whose id begins with %s", cf->reference, word);
}

static enum rc
choose(struct job *j, struct err *e)
{
	const char *what = call_option(j->c, "what");

	j->order.what = LEAVE_CASE;
	if (what == NULL || strcmp(what, "case") == 0)
		return RC_OK;
	if (strcmp(what, "chronology") == 0) {
		j->order.what = LEAVE_CHRONOLOGY;
		return RC_OK;
	}
	j->order.what = LEAVE_ENTRY;
	if (strcmp(what, "referral") != 0)
		return find_entry(&j->cf, what, &j->order.record, e);
	j->order.record = latest_referral(&j->cf);
	return j->order.record != NULL ? RC_OK : err_set(e, RC_NOTFOUND, "%s "
	    "has no referral that stands", j->cf.reference);
}

/* The reason to take it out is not yet one to open what is shut. */
static enum rc
pass_door(const struct job *j, struct err *e)
{
	struct look_note n = {.what = LOOK_OPEN, .case_id = &j->id};
	enum door door;
	struct err why;
	enum rc rc = store_door(j->s, &j->id, &door, e);

	if (rc != RC_OK)
		return rc;
	if (door != DOOR_RESTRICTED ||
	    call_option(j->c, "restricted") != NULL)
		return door_open(j->s, &j->id, LOOK_OPEN, call_option(j->c,
		    "reason"), e);
	rc = store_look(j->s, &n, e);
	if (rc != RC_REFUSED)
		return rc;
	why = *e;
	return err_set(e, rc, "%s: --restricted", why.text);
}

static enum rc
open_case(struct job *j, struct err *e)
{
	enum rc rc = unlock_store(j->c, j->c->args[0], &j->s, e);

	if (rc == RC_OK)
		rc = right_check(store_role(j->s), RIGHT_EXPORT, e);
	if (rc == RC_OK)
		rc = door_find(j->s, j->c->args[1], &j->id, e);
	if (rc == RC_OK)
		rc = pass_door(j, e);
	if (rc == RC_OK)
		rc = store_case_load(j->s, &j->id, &j->cf, e);
	if (rc != RC_OK)
		return rc;
	j->loaded = true;
	j->g = (struct reading){&j->cf, store_roster(j->s),
		store_default_instrument(j->s)};
	return choose(j, e);
}

/* ---- asking ---- */

/* A script says what a person would type. */
static enum rc
check_yes(const struct job *j, struct err *e)
{
	struct str want;
	enum rc rc = RC_OK;

	str_init(&want);
	str_add(&want, j->cf.reference);
	if (j->sealing == SEAL_NONE)
		str_add(&want, " " UNSEALED);
	if (strcmp(call_option(j->c, "yes"), want.s) != 0)
		rc = err_set(e, RC_CANCELLED, "--yes \"%s\" is asked for to "
		    "take this out; nothing was done", want.s);
	str_release(&want);
	return rc;
}

static enum rc
confirm(const struct job *j, struct err *e)
{
	struct str prompt;
	enum rc rc;

	if (call_option(j->c, "yes") != NULL)
		return check_yes(j, e);
	str_init(&prompt);
	str_add(&prompt, "This takes ");
	leave_words(&j->order, &prompt);
	str_add_fmt(&prompt, " of %s out of the store.\nWhy: ",
	    j->cf.reference);
	str_add(&prompt, call_option(j->c, "reason"));
	str_add_fmt(&prompt, "\nType %s to go on: ", j->cf.reference);
	rc = ask_to_confirm(j->c, prompt.s, j->cf.reference, e);
	str_release(&prompt);
	if (rc == RC_OK && j->sealing == SEAL_NONE)
		rc = ask_to_confirm(j->c, "It will have no password: anybody "
		    "who gets the file can read it.\nType " UNSEALED " to go "
		    "on: ", UNSEALED, e);
	return rc;
}

static enum rc
ask_password(const struct job *j, const char *prompt, struct secret *out,
    struct err *e)
{
	const struct question q = {
		.prompt = prompt, .what = "the password of the file",
		.instead = "give --password-fd N"
	};
	enum rc rc = secret_init(out, ASK_MAX, e);

	if (rc == RC_OK)
		rc = call_option(j->c, "password-fd") != NULL ?
		    ask_descriptor(j->c, "password-fd", out, e) :
		    ask_terminal(&q, out, e);
	return rc;
}

/* Twice where nobody sees what is typed. */
static enum rc
ask_twice(struct job *j, struct err *e)
{
	struct secret again = {NULL, 0, 0};
	enum rc rc = ask_password(j, "A password for the file: ",
	    &j->password, e);

	if (rc == RC_OK)
		rc = leaving_password_check(&j->password, e);
	if (rc != RC_OK || call_option(j->c, "password-fd") != NULL)
		return rc;
	rc = ask_password(j, "The same password once more: ", &again, e);
	if (rc == RC_OK && (again.len != j->password.len ||
	    memcmp(again.p, j->password.p, again.len) != 0))
		rc = err_set(e, RC_PASSPHRASE, "the two passwords differ; "
		    "nothing was done");
	secret_release(&again);
	return rc;
}

static enum rc
get_password(struct job *j, struct err *e)
{
	if (j->sealing == SEAL_NONE)
		return RC_OK;
	if (j->sealing == SEAL_ASKED)
		return ask_twice(j, e);
	return leaving_password(j->c->host->rng, &j->password, e);
}

/* Only to the terminal: never to a pipe or a file that stdout may be. */
static void
show_password(const struct job *j)
{
	struct str words;

	if (j->sealing != SEAL_MADE)
		return;
	str_init(&words);
	str_add(&words, "\r\nThe password of the file, shown this once:\r\n\r\n"
	    "    ");
	str_add_n(&words, (const char *)j->password.p, j->password.len);
	str_add(&words, "\r\n\r\nSend it apart from the file: by telephone, "
	    "to a number that you know.\r\n");
	for (size_t at = 0; at < words.len;) {
		ssize_t n = write(j->tty, words.s + at, words.len - at);

		if (n <= 0)
			break;
		at += (size_t)n;
	}
	str_release(&words);
}

/* ---- doing ---- */

static enum rc
let_go(struct job *j, const struct str *bytes, struct err *e)
{
	struct str name, what;
	struct leaving l = {.case_id = &j->id, .path = j->path,
		.reason = call_option(j->c, "reason"), .now = j->order.now,
		.password = j->sealing != SEAL_NONE ? &j->password : NULL};
	struct archive_member m = {NULL, bytes->s, bytes->len};
	enum rc rc;

	str_init(&name);
	str_init(&what);
	leave_name(&j->order, &name);
	leave_words(&j->order, &what);
	m.name = name.s;
	l.what = what.s;
	rc = leave(j->s, &l, &m, 1, e);
	str_release(&name);
	str_release(&what);
	return rc;
}

static enum rc
make_and_leave(struct job *j, bool *attention, struct err *e)
{
	struct str bytes, made, unknown;
	enum rc rc;

	str_init(&bytes);
	str_init(&made);
	str_init(&unknown);
	leave_made(&made, store_user(j->s), j->order.now,
	    call_option(j->c, "reason"));
	j->order.made = made.s;
	rc = leave_bytes(j->s, &j->g, &j->order, &bytes, &unknown, e);
	if (rc == RC_OK)
		rc = let_go(j, &bytes, e);
	if (rc == RC_OK && unknown.len > 0) {
		tell_line("No font of this machine has %s: boxes stand in "
		    "their place. In Debian fonts-droid-fallback and "
		    "fonts-noto-core bring more.", unknown.s);
		*attention = true;
	}
	str_release(&bytes);
	str_release(&made);
	str_release(&unknown);
	return rc;
}

static enum rc
export(struct job *j, bool *attention, struct err *e)
{
	enum rc rc = read_words(j, e);

	if (rc == RC_OK)
		rc = check_path(j, e);
	if (rc == RC_OK)
		rc = find_terminal(j, e);
	if (rc == RC_OK)
		rc = open_case(j, e);
	if (rc == RC_OK)
		rc = confirm(j, e);
	if (rc == RC_OK)
		rc = get_password(j, e);
	if (rc == RC_OK)
		rc = make_and_leave(j, attention, e);
	if (rc == RC_OK)
		show_password(j);
	return rc;
}

static void
say_done(const struct job *j)
{
	struct str what;

	str_init(&what);
	leave_words(&j->order, &what);
	tell_line("Took %s of %s out, into %s%s.", what.s, j->cf.reference,
	    j->path, j->sealing == SEAL_NONE ? ", without a password" :
	    ", shut with the password");
	str_release(&what);
}

static enum rc
export_run(const struct call *c, bool *attention, struct err *e)
{
	struct job j = {.c = c, .path = c->args[2], .tty = -1};
	enum rc rc;

	j.order.now = clock_now(c->host->clock);
	rc = export(&j, attention, e);
	if (rc == RC_OK)
		say_done(&j);
	secret_release(&j.password);
	if (j.loaded)
		casefile_release(&j.cf);
	store_close(j.s);
	if (j.tty >= 0)
		(void)close(j.tty);
	return rc;
}
