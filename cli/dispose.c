/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/dispose.h"

#include <stdlib.h>
#include <string.h>

#include "cli/ask.h"
#include "cli/content.h"
#include "cli/print.h"
#include "cli/unlock.h"
#include "exchange/certificate.h"

static enum rc dispose_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_dispose = {
	.name = "dispose",
	.usage = "STORE CASE --rule ID --reason TEXT | STORE CASE --agree "
	    "--reason TEXT --certificate FILE | STORE "
	    "--due|--waiting|--done",
	.summary = "dispose of a case: one person asks, another agrees",
	.help = "Takes the text of a case out of the store for ever. It takes "
	    "two people: one asks, with the rule of retention and a reason, "
	    "another looks at the case and agrees. Nothing is ever disposed "
	    "of by a rule alone, and nothing under a legal hold (hearken "
	    "hold).\n\n"
	    "With --rule it asks: refused before the rule's day, when that "
	    "day cannot be said (then the case is kept), and for a rule that "
	    "nobody has verified. Whatever is written to the case afterwards "
	    "ends the request.\n\n"
	    "With --agree a second person, with a name and passphrase of "
	    "their own, agrees; the reference has to be typed once more. The "
	    "certificate is written to a new FILE, or to stdout for \"-\". It "
	    "is the only place where the reference is still named: the store "
	    "keeps hashes, dates, kinds and signatures of the entries, by "
	    "which it can be verified, and nothing of what they said. "
	    "Backups, bundles and prints of before are not touched.\n\n"
	    "--due lists the cases whose day has passed by a rule, --waiting "
	    "what was asked for and not agreed to, --done what was disposed "
	    "of.",
	.options = (const struct option_def[]){
		{"rule", "ID", "the rule of retention (hearken retention)"},
		{"reason", "TEXT", "why; kept for ever, so name no child in it"},
		{"agree", NULL, "agree to what another person asked for"},
		{"certificate", "FILE", "where the certificate goes; - for stdout"},
		{"due", NULL, "list what a rule would let you dispose of"},
		{"waiting", NULL, "list requests that wait for a second person"},
		{"done", NULL, "list what was disposed of"},
		{"retention", "FILE", "the board's own table of retention"},
		{"yes", NULL, "for --agree: do not ask for the reference again"},
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 1,
	.max_args = 2,
	.paths = "w-",
	.path_options = (const struct path_option[]){
		{"certificate", PATH_WRITE},
		{"retention", PATH_READ},
		{NULL, PATH_NONE}
	},
	.run = dispose_run,
};

static enum rc
load_rule(const struct call *c, struct retention **table,
    const struct retention_rule **rule, struct err *e)
{
	const char *id = call_option(c, "rule");
	enum rc rc = content_retention(c->host, call_option(c, "retention"),
	    table, e);

	if (rc != RC_OK)
		return rc;
	*rule = (*table)->chosen;
	if (id != NULL)
		return retention_find(*table, id, rule, e);
	return *rule != NULL ? RC_OK : err_set(e, RC_USAGE, "by %s a case "
	    "for which nobody names a rule is kept; name one with --rule "
	    "(see hearken retention)", (*table)->title);
}

/* ---- asking ---- */

struct counting {
	const struct retention_rule *rule;
	int32_t until;
	struct str how;
};

static bool
count_by_rule(const struct kept_row *row, void *ctx)
{
	struct counting *k = ctx;

	k->until = retention_kept_until(k->rule, row->c, &k->how);
	return true;
}

static enum rc
check_rule(struct store *s, const struct case_id *id,
    const struct retention_rule *r, int32_t *until, struct err *e)
{
	struct counting k = {.rule = r, .until = DAY_NONE};
	enum rc rc;

	if (!r->verified)
		return err_set(e, RC_REFUSED, "the rule %s is not verified: "
		    "%s Read its source, and say \"verified: yes\" in your "
		    "board's table", r->id, r->note);
	str_init(&k.how);
	rc = store_kept_one(s, id, count_by_rule, &k, e);
	if (rc == RC_OK && k.until == DAY_NONE)
		rc = err_set(e, RC_REFUSED, "%s", k.how.s);
	*until = k.until;
	str_release(&k.how);
	return rc;
}

static enum rc
ask(struct store *s, const struct call *c, struct err *e)
{
	struct case_id id;
	struct dispose_request r = {&id, NULL, DAY_NONE,
	    call_option(c, "reason")};
	const struct retention_rule *rule = NULL;
	struct retention *table = NULL;
	enum rc rc = load_rule(c, &table, &rule, e);

	if (rc == RC_OK)
		rc = store_dispose_find(s, c->args[1], &id, e);
	if (rc == RC_OK)
		rc = check_rule(s, &id, rule, &r.kept_until, e);
	if (rc == RC_OK) {
		r.rule = rule->id;
		rc = store_dispose_ask(s, &r, NULL, e);
	}
	if (rc == RC_OK)
		say("Asked for. Nothing is gone: a second person looks at %s "
		    "and agrees with: hearken dispose %s %s --agree "
		    "--reason TEXT --certificate FILE\n",
		    c->args[1], c->args[0], c->args[1]);
	retention_free(table);
	return rc;
}

/* ---- agreeing ---- */

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* The case is gone by now: a page that cannot be written is shown instead. */
static enum rc
hand_out(const struct call *c, const struct disposal *d,
    struct certificate *file, struct err *e)
{
	struct str page;
	enum rc rc = RC_OK;
	struct err why;

	str_init(&page);
	certificate_text(d, base_name(c->args[0]), &page);
	if (file == NULL) {
		say("%s", page.s);
	} else if (certificate_write(file, page.s, page.len, &why) != RC_OK) {
		say("%s", page.s);
		rc = err_set(e, why.rc, "%s. The case was disposed of; keep "
		    "the certificate that is shown above", why.text);
	} else {
		say("%s was disposed of. The certificate is in %s; keep it, "
		    "nothing else names the case.\n", d->reference,
		    call_option(c, "certificate"));
	}
	str_release(&page);
	return rc;
}

static enum rc
dispose_now(struct store *s, const struct call *c, const struct case_id *id,
    struct err *e)
{
	const char *path = call_option(c, "certificate");
	struct certificate *file = NULL;
	struct disposal d;
	enum rc rc = RC_OK;

	if (strcmp(path, "-") != 0)
		rc = certificate_new(path, &file, e);
	if (rc == RC_OK)
		rc = store_dispose_agree(s, id, call_option(c, "reason"), &d,
		    e);
	if (rc == RC_OK) {
		rc = hand_out(c, &d, file, e);
		disposal_release(&d);
	}
	certificate_free(file);
	return rc;
}

static enum rc
agree(struct store *s, const struct call *c, struct err *e)
{
	struct case_id id;
	enum rc rc = store_dispose_find(s, c->args[1], &id, e);

	if (rc == RC_OK)
		rc = ask_to_confirm(c, "The text of this case is taken out of "
		    "the store for ever.\nType its reference to go on: ",
		    c->args[1], e);
	return rc == RC_OK ? dispose_now(s, c, &id, e) : rc;
}

/* ---- lists ---- */

static enum rc
list_due(struct store *s, const struct call *c, bool *attention,
    struct err *e)
{
	const struct retention_rule *rule = NULL;
	struct retention *table = NULL;
	enum rc rc = load_rule(c, &table, &rule, e);

	if (rc == RC_OK)
		rc = dispose_list_due(s, rule,
		    moment_day(clock_now(c->host->clock)), e);
	if (rc == RC_OK && !rule->verified) {
		tell_line("hearken: the rule %s is not verified: %s",
		    rule->id, rule->note);
		*attention = true;
	}
	retention_free(table);
	return rc;
}

/* ---- the words ---- */

static bool
given(const struct call *c, const char *option)
{
	return call_option(c, option) != NULL;
}

static enum rc
check_words(const struct call *c, struct err *e)
{
	int lists = given(c, "due") + given(c, "waiting") + given(c, "done");

	if (lists > 1 || (lists == 1 && (c->nargs != 1 || given(c, "agree"))))
		return err_set(e, RC_USAGE, "--due, --waiting and --done "
		    "stand alone: hearken dispose STORE --waiting");
	if (lists == 1)
		return RC_OK;
	if (c->nargs != 2)
		return err_set(e, RC_USAGE, "say which case: hearken dispose "
		    "STORE CASE, or --due, --waiting or --done");
	if (!given(c, "reason"))
		return err_set(e, RC_USAGE, "say why: --reason TEXT");
	if (given(c, "agree") && given(c, "rule"))
		return err_set(e, RC_USAGE, "--rule asks and --agree agrees; "
		    "that takes two people");
	if (given(c, "agree") != given(c, "certificate"))
		return err_set(e, RC_USAGE, given(c, "agree") ? "say where "
		    "the certificate goes: --certificate FILE, or - for "
		    "stdout" : "the certificate comes with --agree");
	return RC_OK;
}

static enum rc
dispose_run(const struct call *c, bool *attention, struct err *e)
{
	struct store *s = NULL;
	enum rc rc = check_words(c, e);

	if (rc == RC_OK)
		rc = unlock_store(c, c->args[0], &s, e);
	if (rc != RC_OK)
		return rc;
	if (given(c, "due"))
		rc = list_due(s, c, attention, e);
	else if (given(c, "waiting"))
		rc = dispose_list_waiting(s, e);
	else if (given(c, "done"))
		rc = dispose_list_done(s, e);
	else
		rc = given(c, "agree") ? agree(s, c, e) : ask(s, c, e);
	store_close(s);
	return rc;
}
