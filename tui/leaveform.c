/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/leaveform.h"

#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/codescreen.h"

enum { F_WHAT, F_FORMAT, F_SEAL, F_FILE, F_REASON, F_CONFIRM, F_FIELDS };
enum { SEALED, OPEN_TO_ALL };

/* Goes with the form. */
struct leaving_form {
	struct leaveform_opts o;
	struct leave_item items[LEAVE_ITEMS_MAX];	/* texts owned */
	char *reference;
	size_t first;		/* 1 where F_WHAT is left out */
	struct str path;	/* of the file that was made */
	struct str unknown;
	struct secret password;
};

static void
form_free(void *ctx)
{
	struct leaving_form *f = ctx;

	for (size_t i = 0; i < f->o.nitems; i++) {
		free((char *)(uintptr_t)f->items[i].label);
		free((char *)(uintptr_t)f->items[i].stem);
	}
	if (f->o.destroy != NULL)
		f->o.destroy(f->o.ctx);
	free(f->reference);
	str_release(&f->path);
	str_release(&f->unknown);
	secret_release(&f->password);
	free(f);
}

static size_t
at(const struct leaving_form *f, size_t field)
{
	return field - f->first;
}

static size_t
item_of(const struct leaving_form *f, const struct pane *ask)
{
	return f->first == 0 ? ask_choice(ask, F_WHAT) : 0;
}

/* In the order of the choices. */
static const enum leave_format formats[LEAVE_FORMATS] = {
	LEAVE_PDF, LEAVE_TEXT, LEAVE_CSV, LEAVE_JSON
};

static enum leave_format
format_of(const struct leaving_form *f, const struct pane *ask)
{
	return formats[ask_choice(ask, at(f, F_FORMAT))];
}

static bool
sealed(const struct leaving_form *f, const struct pane *ask)
{
	return ask_choice(ask, at(f, F_SEAL)) == SEALED;
}

/* "K-0142", or "K-0142 unsealed" where no password shuts it. */
static void
expected(const struct leaving_form *f, const struct pane *ask,
    struct str *out)
{
	str_add(out, f->reference);
	if (!sealed(f, ask))
		str_add(out, " unsealed");
}

/* The file as it will be called: its ending is added. */
static void
path_of(const struct leaving_form *f, const struct pane *ask,
    struct str *out)
{
	enum leave_format format = format_of(f, ask);
	const char *end = sealed(f, ask) && format != LEAVE_PDF ? "zip" :
	    leave_format_suffix(format);
	const char *name = ask_text(ask, at(f, F_FILE));
	const char *dot = strrchr(name, '.');

	str_add(out, name);
	if (dot == NULL || strcmp(dot + 1, end) != 0)
		str_add_fmt(out, ".%s", end);
}

/* ---- checks ---- */

static enum rc
check_format(const struct leaving_form *f, const struct pane *ask,
    struct err *e)
{
	enum leave_format format = format_of(f, ask);

	if (!f->items[item_of(f, ask)].paper || format == LEAVE_PDF ||
	    format == LEAVE_TEXT)
		return RC_OK;
	return err_set(e, RC_INPUT, "This is made for people to read: choose "
	    "pages or text.");
}

static enum rc
check_file(const struct leaving_form *f, const struct pane *ask,
    struct err *e)
{
	struct str path;
	enum rc rc;

	str_init(&path);
	path_of(f, ask, &path);
	rc = f->o.may_make(f->o.ctx, path.s, e);
	str_release(&path);
	return rc;
}

static enum rc
check_confirm(const struct leaving_form *f, const struct pane *ask,
    struct err *e)
{
	const char *typed = ask_text(ask, at(f, F_CONFIRM));
	struct str want;
	enum rc rc = RC_OK;

	str_init(&want);
	expected(f, ask, &want);
	if (strcmp(typed, want.s) != 0)
		rc = err_set(e, RC_INPUT, "Type %s to let it leave%s. Esc "
		    "leaves the form and nothing leaves.", want.s,
		    sealed(f, ask) ? "" : " without a password");
	str_release(&want);
	return rc;
}

static enum rc
form_check(void *ctx, const struct pane *ask, size_t i, struct err *e)
{
	const struct leaving_form *f = ctx;

	switch (i + f->first) {
	case F_FORMAT:
		return check_format(f, ask, e);
	case F_FILE:
		return check_file(f, ask, e);
	case F_REASON:
		return leave_reason_check(ask_text(ask, i), e);
	case F_CONFIRM:
		return check_confirm(f, ask, e);
	default:
		return RC_OK;
	}
}

/* ---- doing it ---- */

static enum rc
form_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct leaving_form *f = ctx;
	struct leave_answer a = {
		.item = item_of(f, ask), .format = format_of(f, ask),
		.sealed = sealed(f, ask),
		.reason = ask_text(ask, at(f, F_REASON)),
	};

	(void)app;
	str_clear(&f->path);
	str_clear(&f->unknown);
	path_of(f, ask, &f->path);
	a.path = f->path.s;
	return f->o.leave(f->o.ctx, &a, &f->password, &f->unknown, e);
}

static void
form_after(void *ctx, struct app *app)
{
	struct leaving_form *f = ctx;

	if (f->password.p != NULL)
		app_push(app, codescreen_password_new(&f->password,
		    f->path.s));
	if (f->unknown.len > 0)
		app_warn(app, "%s is written, but no font of this machine has "
		    "%s. The paper names them at its end.", f->path.s,
		    f->unknown.s);
	else
		app_say(app, "%s is written, and it is on the record that "
		    "and why.", f->path.s);
}

/* ---- the form ---- */

/* Letters and digits of the reference; anything else becomes a dash. */
static char *
suggested_file(const struct leaveform_opts *o)
{
	struct str out;

	str_init(&out);
	for (const char *p = o->reference; *p != '\0'; p++) {
		bool plain = (*p >= '0' && *p <= '9') ||
		    (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z');

		if (plain)
			str_add_char(&out, *p);
		else if (out.len > 0 && out.s[out.len - 1] != '-')
			str_add_char(&out, '-');
	}
	if (out.len > 0 && out.s[out.len - 1] != '-')
		str_add_char(&out, '-');
	str_add(&out, o->items[0].stem);
	return str_take(&out);
}

static struct leaving_form *
form_new(const struct leaveform_opts *o)
{
	struct leaving_form *f = xcalloc(1, sizeof(*f));

	f->o = *o;
	f->o.nitems = o->nitems < LEAVE_ITEMS_MAX ? o->nitems :
	    LEAVE_ITEMS_MAX;
	for (size_t i = 0; i < f->o.nitems; i++)
		f->items[i] = (struct leave_item){
		    xstrdup(o->items[i].label), xstrdup(o->items[i].stem),
		    o->items[i].paper};
	f->reference = xstrdup(o->reference);
	f->first = o->nitems > 1 ? 0 : 1;
	str_init(&f->path);
	str_init(&f->unknown);
	f->o.items = NULL;
	f->o.remark = f->o.reference = NULL;
	return f;
}

static void
add_intro(const struct leaveform_opts *o, struct str *out)
{
	str_add(out, "What leaves is out of reach of every lock in here. Take "
	    "no more than is needed. That it left, when and why, is kept "
	    "where supervisors see it.");
	if (o->remark != NULL)
		str_add_fmt(out, " %s", o->remark);
}

void
leaveform_open(struct app *app, const struct leaveform_opts *o)
{
	static const struct ask_choice as[LEAVE_FORMATS] = {
		{"Pages to read or print (PDF)", true},
		{"Plain text", false},
		{"A table of its entries (CSV)", false},
		{"For another program (JSON)", false},
	};
	static const struct ask_choice seal[] = {
		{"With a password, made here and shown once", true},
		{"Open: whoever finds the file reads it", false},
	};
	struct leaving_form *f = form_new(o);
	struct ask_choice what[LEAVE_ITEMS_MAX];
	char *file = suggested_file(o);
	const struct ask_field fields[F_FIELDS] = {
		[F_WHAT] = {ASK_CHOICE, "What", "Up and Down choose.", NULL,
		    false, what, f->o.nitems},
		[F_FORMAT] = {ASK_CHOICE, "As", NULL, NULL, false, as,
		    LEAVE_FORMATS},
		[F_SEAL] = {ASK_CHOICE, "Shut", "The password goes by another "
		    "way than the file.", NULL, false, seal, 2},
		[F_FILE] = {ASK_LINE, "File", "Its ending is added. A file "
		    "that is there is never overwritten.", file, false, NULL,
		    0},
		[F_REASON] = {ASK_LINE, "Reason", "Who gets it, and what for.",
		    NULL, false, NULL, 0},
		[F_CONFIRM] = {ASK_LINE, "Confirm", "Type the reference; after "
		    "it the word unsealed, if there is no password.", NULL, false,
		    NULL, 0},
	};
	struct str title, intro;
	struct ask_opts ao = {
		.verb = "let it leave", .working = "Making it...",
		.topic = "export", .fields = fields + f->first,
		.n = F_FIELDS - f->first, .ctx = f, .check = form_check,
		.done = form_done, .after = form_after, .destroy = form_free,
	};

	for (size_t i = 0; i < f->o.nitems; i++)
		what[i] = (struct ask_choice){f->items[i].label, i == 0};
	str_init(&title);
	str_init(&intro);
	str_add_fmt(&title, "Take out of the store: %s%s%s", o->reference,
	    f->first == 1 ? ", " : "", f->first == 1 ? f->items[0].label :
	    "");
	add_intro(o, &intro);
	ao.title = title.s;
	ao.intro = intro.s;
	ask_open(app, &ao);
	str_release(&title);
	str_release(&intro);
	free(file);
}
