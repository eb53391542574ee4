/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/bundle.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/door.h"
#include "cli/print.h"
#include "cli/progress.h"
#include "cli/sandbox.h"
#include "cli/unlock.h"
#include "cli/verb.h"
#include "core/kinds.h"
#include "core/str.h"
#include "core/xalloc.h"
#include "db/abroad.h"
#include "exchange/bundle.h"

static enum rc bundle_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_bundle = {
	.name = "bundle",
	.usage = "make|open|inspect|list [STORE] [FILE] ...",
	.summary = "send cases to people of other stores, and take theirs in",
	.help = "  bundle make STORE --case REF --to PERSON --purpose TEXT "
	    "--basis CODE FILE\n"
	    "  bundle open STORE FILE [--dry-run]\n"
	    "  bundle inspect FILE\n"
	    "  bundle list STORE [--in|--out]\n\n"
	    "make writes the cases to a new FILE, sealed: only the people it "
	    "is for can open it, with their own store. It goes by any way: on "
	    "a stick, by mail. --case and --to may be repeated. PERSON is "
	    "somebody of another store whose card was taken in (hearken card "
	    "--help). CODE is safeguarding, consent, order or crime. All of a "
	    "case goes, or what --only chooses, in the words of a "
	    "chronology's filter; the opening, corrections of what goes, a "
	    "restriction, consent withdrawn and bundles taken back always go "
	    "along. --receipts sends nothing but receipts for what came. "
	    "Before a byte leaves, an entry in each case says what went, to "
	    "whom, why and on which basis. A case that is restricted leaves "
	    "only for people who are named in it.\n\n"
	    "open checks every hash and signature of a bundle and adds its "
	    "entries to the cases here: all of it, or nothing. What was "
	    "written apart about the same thing is shown side by side to be "
	    "settled; nothing is written over. A receipt is written in each "
	    "case and goes back with the next bundle. --dry-run says what "
	    "would come in, and changes nothing.\n\n"
	    "inspect tells what can be told without a key: that it is a "
	    "bundle, and whether its size is that of a whole one.\n\n"
	    "list shows what left and what came, whose receipts are still "
	    "out, and what was taken back.\n\n"
	    "The exit code is 1 when it was done, but conflicts are to be "
	    "settled, an earlier bundle never came, or a receipt is overdue.",
	.options = (const struct option_def[]){
		{"case", "REF", "for make: a case that goes; may be repeated"},
		{"to", "PERSON", "for make: whom it is for; may be repeated"},
		{"only", "FILTER", "for make: a part, as --filter of chronology has it"},
		{"receipts", NULL, "for make: nothing but receipts"},
		{"purpose", "TEXT", "for make: what it is needed for"},
		{"basis", "CODE", "for make: safeguarding, consent, order or crime"},
		{"expires", "DAY", "for make: to be opened by then; else in 28 days"},
		{"dry-run", NULL, "for open: only say what would come in"},
		{"in", NULL, "for list: only those that came"},
		{"out", NULL, "for list: only those that left"},
		{"format", "text|csv|json", "for list: how it is written; else text"},
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 2,
	.max_args = 3,
	.paths = "-ww",
	.run = bundle_run,
};

/* ---- make ---- */

struct making {
	const struct call *c;
	struct store *s;
	struct case_id *cases;		/* owned */
	struct author_id *to;		/* owned */
	struct bundle_order order;
};

static size_t
count_given(const struct call *c, const char *name)
{
	size_t n = 0;

	while (call_option_nth(c, name, n) != NULL)
		n++;
	return n;
}

static enum rc
find_cases(struct making *m, struct err *e)
{
	const size_t n = count_given(m->c, "case");
	enum rc rc = RC_OK;

	m->cases = xreallocarray(NULL, n + 1, sizeof(*m->cases));
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		rc = door_find(m->s, call_option_nth(m->c, "case", i),
		    &m->cases[i], e);
	m->order.cases = m->cases;
	m->order.ncases = n;
	return rc;
}

static enum rc
find_people(struct making *m, struct err *e)
{
	const size_t n = count_given(m->c, "to");
	enum rc rc = RC_OK;

	m->to = xreallocarray(NULL, n + 1, sizeof(*m->to));
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		rc = store_foreigner_find(m->s, call_option_nth(m->c, "to",
		    i), &m->to[i], e);
	m->order.to = m->to;
	m->order.nto = n;
	return rc;
}

static enum rc
need(const struct call *c, const char *name, const char *say_what,
    struct err *e)
{
	return call_option(c, name) != NULL ? RC_OK : err_set(e, RC_USAGE,
	    "say %s: --%s", say_what, name);
}

static enum rc
read_order(const struct call *c, struct bundle_order *o, struct err *e)
{
	const char *expires = call_option(c, "expires");
	struct err why;
	enum rc rc = need(c, "case", "which cases go", e);

	if (rc == RC_OK)
		rc = need(c, "to", "whom it is for", e);
	if (rc == RC_OK)
		rc = need(c, "purpose", "what it is needed for", e);
	if (rc == RC_OK)
		rc = need(c, "basis", "on which lawful basis it is shared "
		    "(safeguarding, consent, order or crime)", e);
	if (rc != RC_OK)
		return rc;
	*o = (struct bundle_order){
		.only = call_option(c, "only"),
		.receipts = call_option(c, "receipts") != NULL,
		.purpose = call_option(c, "purpose"),
		.basis = call_option(c, "basis"),
		.expires = DAY_NONE,
		.path = c->args[2],
		.content = c->host->content_dir,
		.now = clock_now(c->host->clock)
	};
	if (expires != NULL && day_parse(expires, &o->expires, &why) != RC_OK)
		return err_set(e, RC_USAGE, "--expires: %s", why.text);
	return sandbox_may_write(o->path, e);
}

static void
say_people(const struct making *m)
{
	struct str line;
	size_t n = m->order.nto;

	str_init(&line);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			str_add(&line, i + 1 == n ? " and " : ", ");
		str_add(&line, call_option_nth(m->c, "to", i));
	}
	say(" for %s", line.s);
	str_release(&line);
}

static void
say_made(const struct making *m, const struct bundle_made *b)
{
	int32_t by = m->order.expires != DAY_NONE ? m->order.expires :
	    moment_day(m->order.now) + BUNDLE_DAYS;
	char words[SPAN_WORDS_MAX];

	day_words(by, words);
	say("Made %s:", m->order.path);
	say(" %zu case%s, %" PRIu64 " %s,", b->cases, b->cases == 1 ? "" :
	    "s", b->entries, b->entries == 1 ? "entry" : "entries");
	say_people(m);
	say(".\nNobody else can open it, so it may go by any way. It has to "
	    "be opened by %s.\n", words);
	if (!m->order.receipts)
		say("Their receipt comes back as a bundle. Until then it "
		    "stands among what is due (hearken due %s).\n",
		    m->c->args[1]);
}

static enum rc
make(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	struct making m = {.c = c, .s = s};
	struct progress p;
	struct bundle_made made;
	enum rc rc = read_order(c, &m.order, e);

	(void)attention;
	if (rc == RC_OK)
		rc = find_cases(&m, e);
	if (rc == RC_OK)
		rc = find_people(&m, e);
	if (rc == RC_OK) {
		progress_begin(&p, "Making the bundle");
		m.order.progress = progress_tell;
		m.order.progress_ctx = &p;
		rc = bundle_make(s, &m.order, &made, e);
		progress_end(&p);
	}
	if (rc == RC_OK)
		say_made(&m, &made);
	free(m.cases);
	free(m.to);
	return rc;
}

/* ---- open ---- */

static const char *
basis_words(const char *code)
{
	const struct field *f = kind_field(kind_find("bundle-sent"), "basis");
	const char *label = code_label(f->codes, code);

	return label != NULL ? label : code;
}

static const struct bundle_person *
line_of(const struct bundle_head *h, const struct author_id *me)
{
	for (size_t i = 0; i < h->nto; i++)
		if (memcmp(h->to[i].key.b, me->b, AUTHOR_LEN) == 0)
			return &h->to[i];
	return NULL;
}

static void
say_head(const struct call *c, struct store *s,
    const struct bundle_report *r)
{
	const struct bundle_person *me = line_of(&r->head, store_author(s));
	char made[SPAN_WORDS_MAX];

	moment_words(r->head.made, made);
	say("%s is from %s, made on %s", c->args[2], r->sender, made);
	if (me != NULL)
		say("; number %" PRIu64 " to you", me->sequence);
	say(".\n");
	if (r->head.nto > 1)
		say("It is for %zu people.\n", r->head.nto);
	say("Purpose: %s\n", r->head.purpose);
	say("Lawful basis: %s\n", basis_words(r->head.basis));
	if (strcmp(r->head.selection, "part") == 0)
		say("A part of each case: %s\n", r->head.what);
	else if (strcmp(r->head.selection, "receipt") == 0)
		say("Receipts alone.\n");
}

#define SHOWN 20	/* cases named one by one */

/* Of a case that is not for these eyes, or not yet here, nothing is said. */
static bool
add_case(struct store *s, const struct case_id *id, struct str *out)
{
	struct casefile cf;
	enum door door;

	if (store_door(s, id, &door, NULL) != RC_OK ||
	    (door != DOOR_OPEN && door != DOOR_BROKEN) ||
	    store_case_load(s, id, &cf, NULL) != RC_OK)
		return false;
	str_add_fmt(out, "%s%s", out->len > 0 ? ", " : "", cf.reference);
	casefile_release(&cf);
	return true;
}

static void
say_cases(struct store *s, const struct bundle_report *r)
{
	size_t n = r->ncases < SHOWN ? r->ncases : SHOWN, named = 0;
	struct str line;

	str_init(&line);
	for (size_t i = 0; i < n; i++)
		named += add_case(s, &r->cases[i], &line);
	if (named > 0)
		say("Cases: %s%s\n", line.s, named < r->ncases ? " ..." : "");
	str_release(&line);
}

static void
say_sum(const struct unite_sum *u, bool dry)
{
	say("%s %" PRIu64 " new %s in %zu case%s", dry ? "Would add" :
	    "Added", u->added, u->added == 1 ? "entry" : "entries", u->cases,
	    u->cases == 1 ? "" : "s");
	if (u->opened > 0)
		say(", %zu of them not here before", u->opened);
	if (u->known > 0)
		say("; %" PRIu64 " %s here already", u->known, u->known == 1 ?
		    "was" : "were");
	say(".\n");
}

/* What a person should know of it beside the numbers. */
static bool
say_remarks(const struct bundle_report *r)
{
	const struct unite_sum *u = &r->sum;

	if (r->known.gap)
		say("! The bundle before this one never came. Nothing is "
		    "wrong with this one; ask %s for the other.\n",
		    r->sender);
	if (r->recalls)
		say("! It takes an earlier bundle back: the case says what "
		    "is asked and why.\n");
	if (u->conflicts > 0)
		say("! %" PRIu64 " conflict%s to be settled: two people wrote "
		    "different things. They stand side by side in the "
		    "case, and nothing was written over.\n", u->conflicts,
		    u->conflicts == 1 ? " is" : "s are");
	if (u->uncounted > 0)
		say("! %" PRIu64 " %s not counted: whoever wrote %s had no "
		    "right to, as far as is known here.\n", u->uncounted,
		    u->uncounted == 1 ? "entry is" : "entries are",
		    u->uncounted == 1 ? "it" : "them");
	if (u->ahead > 0) {
		char when[SPAN_WORDS_MAX];

		moment_words(u->ahead_at, when);
		say("! %" PRIu64 " %s dated days ahead of this machine's "
		    "clock, up to %s: this clock or that of whoever wrote is "
		    "wrong. Nothing is lost by it; compare clocks with %s.\n",
		    u->ahead, u->ahead == 1 ? "entry is" : "entries are",
		    when, r->sender);
	}
	if (u->sealed > 0)
		say("  %" PRIu64 " %s from a newer version of Hearken: kept, "
		    "and shown once you have it.\n", u->sealed,
		    u->sealed == 1 ? "entry is" : "entries are");
	return r->known.gap || r->recalls || u->conflicts > 0 ||
	    u->uncounted > 0 || u->ahead > 0;
}

static void
say_next(const struct call *c, const struct bundle_report *r, bool dry)
{
	const bool receipt = strcmp(r->head.selection, "receipt") == 0;

	if (dry)
		say("Nothing was changed. To take it in: hearken bundle open "
		    "%s %s\n", c->args[1], c->args[2]);
	else if (!receipt)
		say("Next: open the cases (hearken %s), and send %s your "
		    "bundle: the receipt goes with it.\n", c->args[1],
		    r->sender);
}

static enum rc
open_it(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	const bool dry = call_option(c, "dry-run") != NULL;
	struct bundle_report r;
	struct progress p;
	enum rc rc;

	progress_begin(&p, dry ? "Reading the bundle" :
	    "Taking the bundle in");
	rc = dry ? bundle_look(s, c->args[2], c->host->clock, &r, e) :
	    bundle_open(s, c->args[2], c->host->clock, progress_tell, &p, &r,
	    e);
	progress_end(&p);
	if (rc != RC_OK)
		return rc;
	say_head(c, s, &r);
	if (!dry)
		say_cases(s, &r);
	say_sum(&r.sum, dry);
	*attention = say_remarks(&r);
	say_next(c, &r, dry);
	bundle_report_release(&r);
	return RC_OK;
}

/* ---- inspect ---- */

static enum rc
inspect(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	struct bundle_outside o;
	enum rc rc = bundle_inspect(c->args[1], &o, e);

	(void)s;
	if (rc != RC_OK)
		return rc;
	say("%s is a bundle of version %u, %" PRIu64 " bytes.\n", c->args[1],
	    o.version, o.bytes);
	say(o.whole ? "Its size is that of a whole bundle.\n" : "! Its size "
	    "is not that of a whole bundle: it was cut short or added to. "
	    "Copy it again from where it came.\n");
	say("From whom it is, for whom, and what is in it, only those can "
	    "tell for whom it was sealed: hearken bundle open STORE %s "
	    "--dry-run\n", c->args[1]);
	*attention = !o.whole;
	return RC_OK;
}

/* ---- which ---- */

static const struct verb verbs[] = {
	{"make", "STORE FILE --case REF --to PERSON ...", 3, 3,
	    " case to only receipts purpose basis expires ", make, false},
	{"open", "STORE FILE", 3, 3, " dry-run ", open_it, false},
	{"inspect", "FILE", 2, 2, "", inspect, true},
	{"list", "STORE", 2, 2, " in out format ", bundle_list, false},
	{NULL, NULL, 0, 0, NULL, NULL, false}
};

static enum rc
bundle_run(const struct call *c, bool *attention, struct err *e)
{
	return verb_run(c, verbs, attention, e);
}
