/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/deident.h"

#include <stdlib.h>
#include <string.h>

#include "cli/ask.h"
#include "cli/content.h"
#include "cli/print.h"
#include "cli/sandbox.h"
#include "cli/unlock.h"
#include "cli/verb.h"
#include "core/study_print.h"
#include "exchange/studyfile.h"

static enum rc deident_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_deident = {
	.name = "deident",
	.usage = "list|show|sign|return|write STORE [STUDY] [FILE] ...",
	.summary = "read and sign case studies that were made from a case",
	.help = "  deident list STORE\n"
	    "  deident show STORE STUDY\n"
	    "  deident sign STORE STUDY --reason TEXT\n"
	    "  deident return STORE STUDY --reason TEXT\n"
	    "  deident write STORE STUDY FILE\n\n"
	    "A case study is made from a real case on the case's own screen "
	    "(:study), line by line: no program can do that. It then waits "
	    "here, and leaves only when a supervisor who is not the one who "
	    "made it has read it and signed.\n\n"
	    "list names them, what became of each, and who decided. show "
	    "prints the report of what may still identify the young person, "
	    "and the study as a facilitator reads it. STUDY is its id, or its "
	    "mark as list has it where several are so called.\n\n"
	    "sign lets it out: read it as somebody would who knows the "
	    "family, and say in --reason why it cannot be told whose case it "
	    "was. The id has to be typed once more. return gives it back, and "
	    "--reason says what is left to do. Both are for supervisors, and "
	    "for each study once.\n\n"
	    "write writes a signed one to a new FILE, which hearken study "
	    "check reads and a training store takes in. Nothing in it leads "
	    "back to the case; nor does anything in the store.",
	.options = (const struct option_def[]){
		{"reason", "TEXT", "for sign and return: why; name no child in it"},
		{"yes", NULL, "for sign: do not ask for the id again"},
		{"format", "text|csv|json", "for list: how it is written; else text"},
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 2,
	.max_args = 4,
	.paths = "-w-w",
	.run = deident_run,
};

/* ---- show ---- */

struct showing {
	const struct call *c;
	enum rc rc;
	struct err *e;
};

static void
say_titled(const char *title, const char *text)
{
	say("%s\n\n%s%s", title, text,
	    text[0] == '\0' || text[strlen(text) - 1] != '\n' ? "\n" : "");
}

static enum rc
say_study(const struct call *c, const char *text, struct err *e)
{
	struct instrument *in = NULL;
	struct study *s;
	struct faults f;
	struct str whole;
	enum rc rc;

	faults_init(&f, "study");
	s = study_parse(text, strlen(text), &f);
	rc = faults_result(&f, e);
	faults_release(&f);
	if (rc == RC_OK)
		rc = content_instrument(c->host, s->instrument, &in, e);
	if (rc == RC_OK) {
		str_init(&whole);
		study_print(s, in, STUDY_PRINT_COLUMNS, &whole);
		say_titled("The study", whole.s);
		str_release(&whole);
	}
	instrument_free(in);
	study_free(s);
	return rc;
}

static bool
show_row(const struct study_draft_row *row, void *ctx)
{
	struct showing *k = ctx;

	say_titled("What may still identify", row->report);
	say("\n");
	k->rc = say_study(k->c, row->text, k->e);
	return false;
}

static enum rc
show(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	struct showing k = { .c = c, .rc = RC_OK, .e = e };
	struct entry_id id;
	enum rc rc = studyfile_find(s, c->args[2], false, &id, e);

	(void)attention;
	if (rc == RC_OK)
		rc = studyfile_with(s, &id, show_row, &k, e);
	return rc != RC_OK ? rc : k.rc;
}

/* ---- sign, return ---- */

static bool
show_report(const struct study_draft_row *row, void *ctx)
{
	struct str *study = ctx;

	str_add(study, row->study);
	say_titled("What may still identify", row->report);
	return false;
}

/* The report stands above the question, so that nobody signs without it. */
static enum rc
confirm_sign(const struct call *c, struct store *s,
    const struct entry_id *id, struct err *e)
{
	struct str study, prompt;
	enum rc rc;

	str_init(&study);
	str_init(&prompt);
	rc = studyfile_with(s, id, show_report, &study, e);
	str_add_fmt(&prompt, "Type %s if you have read it whole and let it "
	    "out: ", study.s);
	if (rc == RC_OK)
		rc = ask_to_confirm(c, prompt.s, study.s, e);
	str_release(&study);
	str_release(&prompt);
	return rc;
}

static enum rc
decide(const struct call *c, struct store *s, bool let_out, struct err *e)
{
	const char *reason = call_option(c, "reason");
	struct entry_id id;
	enum rc rc;

	if (reason == NULL)
		return err_set(e, RC_USAGE, let_out ? "say why it cannot be "
		    "told whose case it was: --reason TEXT" :
		    "say what is left to do: --reason TEXT");
	rc = studyfile_find(s, c->args[2], true, &id, e);
	if (rc == RC_OK && let_out)
		rc = confirm_sign(c, s, &id, e);
	if (rc == RC_OK)
		rc = store_study_draft_decide(s, &id, let_out, reason, e);
	return rc;
}

static enum rc
sign(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	enum rc rc = decide(c, s, true, e);

	(void)attention;
	if (rc == RC_OK)
		say("Signed. Write it to a file with: hearken deident write "
		    "%s %s FILE\n", c->args[1], c->args[2]);
	return rc;
}

static enum rc
give_back(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	enum rc rc = decide(c, s, false, e);

	(void)attention;
	if (rc == RC_OK)
		say("Given back. It does not leave; whoever made it reads "
		    "why in the list.\n");
	return rc;
}

static enum rc
write_file(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	struct entry_id id;
	enum rc rc = sandbox_may_write(c->args[3], e);

	(void)attention;
	if (rc == RC_OK)
		rc = studyfile_find(s, c->args[2], false, &id, e);
	if (rc == RC_OK)
		rc = studyfile_write(s, &id, c->args[3], e);
	if (rc == RC_OK)
		say("The study is in %s. Look it over with: hearken study "
		    "check %s\n", c->args[3], c->args[3]);
	return rc;
}

/* ---- which of them ---- */

static const struct verb verbs[] = {
	{"list", "STORE", 2, 2, " format ", deident_list, false},
	{"show", "STORE STUDY", 3, 3, "", show, false},
	{"sign", "STORE STUDY --reason TEXT", 3, 3, " reason yes ", sign,
	    false},
	{"return", "STORE STUDY --reason TEXT", 3, 3, " reason ", give_back,
	    false},
	{"write", "STORE STUDY FILE", 4, 4, "", write_file, false},
	{NULL, NULL, 0, 0, NULL, NULL, false}
};

static enum rc
deident_run(const struct call *c, bool *attention, struct err *e)
{
	return verb_run(c, verbs, attention, e);
}
