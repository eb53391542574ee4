/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/sendform.h"

#include <stdlib.h>
#include <string.h>

#include "core/chronofilter.h"
#include "core/date.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "db/watch.h"
#include "tui/app.h"
#include "tui/ask.h"

enum { F_TO, F_PART, F_PURPOSE, F_BASIS, F_BY, F_FILE, F_CONFIRM, F_FIELDS };

#define BASES_MAX 8

struct recipient {
	struct author_id key;
	char *name, *label;	/* owned: "Ada", "Ada (School)" */
};

/* Goes with the form. */
struct sending {
	struct sendform_opts o;
	struct app *app;	/* of the step under way, for its progress */
	struct recipient *people;
	size_t npeople, cap;
	const struct code *bases[BASES_MAX];
	size_t nbases;
	struct bundle_made made;
	struct str path, names;
	int64_t receipt_due;	/* INT64_MAX: none is waited for */
};

static void
sending_free(void *ctx)
{
	struct sending *s = ctx;

	for (size_t i = 0; i < s->npeople; i++) {
		free(s->people[i].name);
		free(s->people[i].label);
	}
	free(s->people);
	str_release(&s->path);
	str_release(&s->names);
	free(s);
}

static bool
progress(uint64_t done, uint64_t all, void *ctx)
{
	const struct sending *s = ctx;

	return app_progress(s->app, "Sealing", (size_t)done, (size_t)all);
}

/* ---- to whom ---- */

static bool
add_recipient(const struct foreigner *f, void *ctx)
{
	struct sending *s = ctx;
	struct recipient *r;
	struct str label;

	if (!f->carded || f->ended_there || f->ended_here ||
	    s->npeople == BUNDLE_PEOPLE_MAX)
		return true;
	s->people = vec_room(s->people, s->npeople, &s->cap,
	    sizeof(*s->people));
	r = &s->people[s->npeople++];
	str_init(&label);
	str_add_fmt(&label, "%s (%s)", f->name, f->agency);
	*r = (struct recipient){f->key, xstrdup(f->name), str_take(&label)};
	return true;
}

static size_t
count_chosen(const struct sending *s, const struct pane *ask)
{
	size_t n = 0;

	for (size_t i = 0; i < s->npeople; i++)
		n += ask_ticked(ask, F_TO, i);
	return n;
}

static void
chosen_names(const struct sending *s, const struct pane *ask, bool labels,
    struct str *out)
{
	for (size_t i = 0; i < s->npeople; i++)
		if (ask_ticked(ask, F_TO, i))
			str_add_fmt(out, "%s%s", out->len > 0 ? ", " : "",
			    labels ? s->people[i].label : s->people[i].name);
}

/* "K-0142 Ada Invented", or "K-0142 3 people". */
static void
expected(const struct sending *s, const struct pane *ask, struct str *out)
{
	size_t n = count_chosen(s, ask);

	if (n > 2)
		str_add_fmt(out, "%zu people", n);
	else
		chosen_names(s, ask, false, out);
	str_splice(out, 0, 0, " ", 1);
	str_splice(out, 0, 0, s->o.w->signed_.reference,
	    strlen(s->o.w->signed_.reference));
}

static enum rc
check_to(const struct sending *s, const struct pane *ask, struct err *e)
{
	const struct casefile *c = &s->o.w->signed_;

	if (count_chosen(s, ask) == 0)
		return err_set(e, RC_INPUT, "Choose at least one with the "
		    "space bar.");
	for (size_t i = 0; i < s->npeople; i++)
		if (ask_ticked(ask, F_TO, i) &&
		    !casefile_named(c, &s->people[i].key))
			return err_set(e, RC_INPUT, "The case is restricted, "
			    "and %s is not one of those it is open to. A "
			    "supervisor changes that with R.",
			    s->people[i].name);
	return RC_OK;
}

/* ---- which part ---- */

static bool
is_blank(const char *text)
{
	return text[strspn(text, " ")] == '\0';
}

static enum rc
count_part(const struct sending *s, const char *text, size_t *n,
    struct err *e)
{
	const struct casework *w = s->o.w;
	const struct reading g = {&w->signed_, w->door.roster, w->door.in};
	struct chronofilter f;
	struct chronology all;
	struct err why;
	size_t at;

	if (chronofilter_parse(text, &f, &at, &why) != RC_OK)
		return err_set(e, RC_INPUT, "At \"%s\": %s", text + at,
		    why.text);
	chronology_make(&w->signed_, &all);
	*n = 0;
	for (size_t i = 0; i < all.n; i++)
		*n += chronofilter_holds(&f, &g, &all.rows[i]);
	chronology_release(&all);
	chronofilter_release(&f);
	return RC_OK;
}

static enum rc
check_part(const struct sending *s, const char *text, struct err *e)
{
	size_t n;
	enum rc rc;

	if (is_blank(text))
		return RC_OK;
	rc = count_part(s, text, &n, e);
	if (rc == RC_OK && n == 0)
		rc = err_set(e, RC_INPUT, "Nothing of the case is like that. "
		    "Empty the line to send all of it.");
	return rc;
}

static void
part_words(const struct sending *s, const char *text, struct str *out)
{
	size_t all = s->o.w->signed_.nrecords, n;
	struct err e;

	if (is_blank(text))
		str_add_fmt(out, "The whole case: %zu signed entr%s.", all,
		    all == 1 ? "y" : "ies");
	else if (count_part(s, text, &n, &e) != RC_OK)
		str_add(out, e.text);
	else
		str_add_fmt(out, "%zu of %zu signed entries; and always the "
		    "opening of the case, corrections and later versions of "
		    "what goes, withdrawn consent and recalls.", n, all);
}

/* ---- the other fields ---- */

static enum rc
read_day(const struct sending *s, const char *text, int32_t *day,
    struct err *e)
{
	const int32_t today = s->o.w->today;
	enum rc rc = day_parse(text, day, e);

	if (rc == RC_OK && (*day < today || *day > today + BUNDLE_DAYS_MAX))
		rc = err_set(e, RC_INPUT, "A day from today on, and no more "
		    "than %d days ahead.", BUNDLE_DAYS_MAX);
	return rc;
}

static enum rc
check_confirm(const struct sending *s, const struct pane *ask,
    struct err *e)
{
	struct str want;
	enum rc rc = RC_OK;

	str_init(&want);
	expected(s, ask, &want);
	if (strcmp(ask_text(ask, F_CONFIRM), want.s) != 0)
		rc = err_set(e, RC_INPUT, "Type %s to send it. Esc leaves, "
		    "and nothing is sent.", want.s);
	str_release(&want);
	return rc;
}

static enum rc
form_check(void *ctx, const struct pane *ask, size_t i, struct err *e)
{
	const struct sending *s = ctx;
	const char *text = i == F_TO || i == F_BASIS ? "" : ask_text(ask, i);
	int32_t day;

	switch (i) {
	case F_TO:
		return check_to(s, ask, e);
	case F_PART:
		return check_part(s, text, e);
	case F_PURPOSE:
		return reason_check(text, "sending a bundle", e);
	case F_BY:
		return read_day(s, text, &day, e);
	case F_FILE:
		return s->o.source.ops->may_make(s->o.source.ctx, text, e);
	case F_CONFIRM:
		return check_confirm(s, ask, e);
	default:
		return RC_OK;
	}
}

static void
confirm_words(const struct sending *s, const struct pane *ask,
    struct str *out)
{
	struct str want;

	str_init(&want);
	expected(s, ask, &want);
	str_add_fmt(out, "Type: %s", want.s);
	str_release(&want);
}

static void
form_remark(void *ctx, const struct pane *ask, size_t i, struct str *out)
{
	const struct sending *s = ctx;

	if (i == F_PART)
		part_words(s, ask_text(ask, i), out);
	else if (i == F_CONFIRM)
		confirm_words(s, ask, out);
}

/* ---- doing it ---- */

static bool
note_due(const struct bundle_row *row, void *ctx)
{
	struct sending *s = ctx;

	if (memcmp(&row->id, &s->made.id, sizeof(row->id)) != 0)
		return true;
	s->receipt_due = row->receipt_due;
	return false;
}

static enum rc
make(struct sending *s, const struct pane *ask, struct err *e)
{
	const char *part = ask_text(ask, F_PART);
	struct author_id *to = xcalloc(s->npeople, sizeof(*to));
	struct bundle_order o = {
		.cases = &s->o.w->id, .ncases = 1, .to = to,
		.only = is_blank(part) ? NULL : part,
		.purpose = ask_text(ask, F_PURPOSE),
		.basis = s->bases[ask_choice(ask, F_BASIS)]->id,
		.path = ask_text(ask, F_FILE),
		.now = s->o.source.ops->now(s->o.source.ctx),
		.progress = progress, .progress_ctx = s,
	};
	enum rc rc = read_day(s, ask_text(ask, F_BY), &o.expires, e);

	for (size_t i = 0; i < s->npeople; i++)
		if (ask_ticked(ask, F_TO, i))
			to[o.nto++] = s->people[i].key;
	if (rc == RC_OK)
		rc = s->o.source.ops->make(s->o.source.ctx, &o, &s->made, e);
	free(to);
	return rc;
}

static enum rc
form_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct sending *s = ctx;
	struct bundle_sink to = {note_due, s};
	struct err quiet;
	enum rc rc;

	s->app = app;
	str_clear(&s->path);
	str_clear(&s->names);
	str_add(&s->path, ask_text(ask, F_FILE));
	chosen_names(s, ask, true, &s->names);
	rc = make(s, ask, e);
	if (rc == RC_CANCELLED)
		rc = err_set(e, rc, "Stopped: there is no file. That it was "
		    "to be sent may be on the record already.");
	s->receipt_due = INT64_MAX;
	if (rc == RC_OK)
		(void)!s->o.source.ops->each(s->o.source.ctx, BUNDLE_OUT,
		    &to, &quiet);
	return rc;
}

static void
form_after(void *ctx, struct app *app)
{
	const struct sending *s = ctx;
	struct str words;

	if (s->o.sent != NULL)
		s->o.sent(s->o.ctx, app);
	str_init(&words);
	str_add_fmt(&words, "%s is written: %llu entries, sealed to %s. Carry "
	    "it, or send it any way: nobody else can open it, and there is "
	    "no password to read aloud.", s->path.s,
	    (unsigned long long)s->made.entries, s->names.s);
	if (s->receipt_due != INT64_MAX) {
		str_add(&words, " Their receipt is waited for ");
		due_by_words(s->receipt_due, &words);
		str_add_char(&words, '.');
	}
	app_say(app, "%s", words.s);
	str_release(&words);
}

/* ---- the form ---- */

static void
find_bases(struct sending *s, struct ask_choice out[BASES_MAX])
{
	const struct code *c = kind_field(kind_find("bundle-sent"),
	    "basis")->codes;

	for (; c->id != NULL && s->nbases < BASES_MAX; c++) {
		out[s->nbases] = (struct ask_choice){c->label,
		    s->nbases == 0};
		s->bases[s->nbases++] = c;
	}
}

static void
add_intro(const struct sending *s, struct str *out)
{
	const struct casework *w = s->o.w;

	str_add(out, "It is sealed to those you choose, and signed by you: "
	    "nobody else can open it, and nothing can be read outside. What "
	    "went to whom and what for becomes an entry of the case.");
	if (w->signed_.restriction != NULL)
		str_add(out, " The case is restricted: it goes only to people "
		    "whom the restriction names.");
	if (w->pending.n > 0)
		str_add_fmt(out, " %zu not signed: not in it.", w->pending.n);
}

/* A stick shows its file names to anybody: the reference may be a name. */
static void
add_file_name(const struct sending *s, struct str *out)
{
	char day[DAY_TEXT_MAX];

	day_format(s->o.w->today, day);
	str_add_fmt(out, "bundle-%s.bundle", day);
}

static void
open_form(struct sending *s, struct app *app)
{
	struct ask_choice *to = xcalloc(s->npeople, sizeof(*to));
	struct ask_choice bases[BASES_MAX];
	char day[DAY_TEXT_MAX];
	struct str file, title, intro;

	for (size_t i = 0; i < s->npeople; i++)
		to[i] = (struct ask_choice){s->people[i].label, false};
	find_bases(s, bases);
	day_format(s->o.w->today + BUNDLE_DAYS, day);
	str_init(&file);
	str_init(&title);
	str_init(&intro);
	add_file_name(s, &file);
	str_add_fmt(&title, "Send %s as a bundle",
	    s->o.w->signed_.reference);
	add_intro(s, &intro);
	const struct ask_field f[F_FIELDS] = {
		[F_TO] = {ASK_TICKS, "To", "The space bar chooses; several "
		    "may be.", NULL, false, to, s->npeople},
		[F_PART] = {ASK_LINE, "Only", "Empty: all of it. Else a "
		    "filter as in the chronology: kind:missing from:2026-01.",
		    NULL, true, NULL, 0},
		[F_PURPOSE] = {ASK_LINE, "Purpose", "What they need it for. "
		    "They read it.", NULL, false, NULL, 0},
		[F_BASIS] = {ASK_CHOICE, "Lawful basis", "Up and Down "
		    "choose.", NULL, false, bases, s->nbases},
		[F_BY] = {ASK_LINE, "To be opened by", "After this day it "
		    "cannot be taken in.", day, false, NULL, 0},
		[F_FILE] = {ASK_LINE, "File", "A file that is there is never "
		    "overwritten.", file.s, false, NULL, 0},
		[F_CONFIRM] = {ASK_LINE, "Confirm", NULL, NULL, false, NULL,
		    0},
	};
	struct ask_opts o = {
		.title = title.s, .intro = intro.s, .verb = "send it",
		.working = "Sealing it...", .topic = "bundles",
		.fields = f, .n = F_FIELDS, .ctx = s, .check = form_check,
		.remark = form_remark, .done = form_done,
		.after = form_after, .destroy = sending_free,
	};

	ask_open(app, &o);
	str_release(&file);
	str_release(&title);
	str_release(&intro);
	free(to);
}

void
sendform_open(struct app *app, const struct sendform_opts *o)
{
	struct sending *s = xcalloc(1, sizeof(*s));
	struct foreigner_sink to = {add_recipient, s};
	struct err e;

	s->o = *o;
	str_init(&s->path);
	str_init(&s->names);
	if (o->people.ops->each(o->people.ctx, &to, &e) != RC_OK) {
		app_error(app, &e);
	} else if (s->npeople == 0) {
		app_warn(app, "Nobody elsewhere is known whose card was taken "
		    "in. Exchange cards first: U in the list of cases, then "
		    "E.");
	} else {
		open_form(s, app);
		return;
	}
	sending_free(s);
}
