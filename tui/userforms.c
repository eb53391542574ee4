/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The forms of the screen of people: letting somebody in, a role, a
 * forgotten passphrase, the end of an access, a recovery code, one's own
 * passphrase.
 */
#include "config.h"

#include "tui/userscreen_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "tui/ask.h"
#include "tui/codescreen.h"

#define WEIGHED "14 characters or more, or 5 words."
#define DERIVING "Deriving the key..."

/* What a form is about; goes with the form. */
struct about {
	struct people_source source;
	struct userscreen *users;	/* the screen below; NULL: none */
	enum role role;		/* that was given */
	char *name;		/* owned */
	struct app *app;	/* of the step under way, for its progress */
	struct secret code;
	struct passform_opts pass;
};

static struct about *
about_new(const struct people_source *source, const char *name)
{
	struct about *b = xcalloc(1, sizeof(*b));

	b->source = *source;
	b->name = xstrdup(name);
	return b;
}

static void
about_free(void *ctx)
{
	struct about *b = ctx;

	secret_release(&b->code);
	free(b->name);
	free(b);
}

static enum rc
check_pass(const struct about *b, const struct secret *pass, struct err *e)
{
	return b->source.ops->check(b->source.ctx, pass, e);
}

/* Returns owned; the form copies it. */
static char *
about_text(const char *fmt, const char *name)
{
	struct str out;
	const char *at = strstr(fmt, "%s");

	str_init(&out);
	str_add_n(&out, fmt, (size_t)(at - fmt));
	str_add(&out, name);
	str_add(&out, at + 2);
	return str_take(&out);
}

/* ---- roles ---- */

static const struct {
	enum role role;
	const char *words;
} roles[] = {
	{ROLE_PRACTITIONER, "Practitioner: opens and works on cases"},
	{ROLE_SUPERVISOR, "Supervisor: reviews and restricts too, lets "
	    "others in"},
	{ROLE_TRAINER, "Trainer: leads training, works on cases"},
	{ROLE_ADMINISTRATOR, "Administrator: people and settings, no cases"},
	{ROLE_AUDITOR, "Auditor: reads, sees who looked, writes nothing"},
};
#define ROLES (sizeof(roles) / sizeof(roles[0]))

static void
role_choices(struct ask_choice out[ROLES], unsigned held)
{
	for (size_t i = 0; i < ROLES; i++)
		out[i] = (struct ask_choice){roles[i].words,
		    (held & roles[i].role) != 0};
}

/* ---- letting somebody in ---- */

enum { ADD_NAME, ADD_ROLE, ADD_PASS, ADD_AGAIN, ADD_FIELDS };

static enum rc
add_check(void *ctx, const struct pane *ask, size_t i, struct err *e)
{
	return i == ADD_PASS ? check_pass(ctx, ask_secret(ask, i), e) : RC_OK;
}

static enum rc
add_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct about *b = ctx;
	struct new_person p = {ask_text(ask, ADD_NAME),
	    roles[ask_choice(ask, ADD_ROLE)].role, ask_secret(ask, ADD_PASS)};

	(void)app;
	free(b->name);
	b->name = xstrdup(p.name);
	return b->source.ops->add(b->source.ctx, &p, e);
}

static void
add_after(void *ctx, struct app *app)
{
	const struct about *b = ctx;

	userscreen_select(b->users, b->name);
	app_say(app, "%s has access now. Tell them the first passphrase in "
	    "person; they must change it when they first unlock.", b->name);
}

void
userform_add(struct userscreen *u, struct app *app)
{
	struct ask_choice choice[ROLES];
	struct ask_field f[ADD_FIELDS] = {
		[ADD_NAME] = {ASK_LINE, "Name", "As colleagues know the "
		    "person. It is typed when unlocking.", NULL, false,
		    NULL, 0},
		[ADD_ROLE] = {ASK_CHOICE, "Role", "Up and Down choose.",
		    NULL, false, choice, ROLES},
		[ADD_PASS] = {ASK_SECRET, "First passphrase", WEIGHED, NULL,
		    false, NULL, 0},
		[ADD_AGAIN] = {ASK_AGAIN, "The same again", NULL, NULL,
		    false, NULL, 0},
	};
	struct ask_opts o = {
		.title = "Let a person in",
		.intro = "They get a first passphrase from you and must "
		    "change it when they first unlock. What you do here is "
		    "signed and stays on the record.",
		.verb = "let this person in", .working = DERIVING,
		.topic = "users", .fields = f, .n = ADD_FIELDS,
		.ctx = about_new(&u->o.source, ""),
		.check = add_check, .done = add_done, .after = add_after,
		.destroy = about_free,
	};

	((struct about *)o.ctx)->users = u;
	role_choices(choice, ROLE_PRACTITIONER);
	ask_open(app, &o);
}

/* ---- another role ---- */

static enum rc
role_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct about *b = ctx;

	(void)app;
	b->role = roles[ask_choice(ask, 0)].role;
	return b->source.ops->role(b->source.ctx, b->name, b->role, e);
}

static void
role_after(void *ctx, struct app *app)
{
	const struct about *b = ctx;

	app_say(app, "%s: %s from now on. What they signed before stands as "
	    "it was.", b->name, role_label(b->role));
}

void
userform_role(struct userscreen *u, struct app *app,
    const struct listed *who)
{
	struct ask_choice choice[ROLES];
	struct ask_field f[] = {{ASK_CHOICE, "Role", "Up and Down choose.",
	    NULL, false, choice, ROLES}};
	char *title = about_text("Another role for %s", who->name);
	struct ask_opts o = {
		.title = title,
		.intro = "It holds from now on. A supervisor and an "
		    "administrator may let others in.",
		.verb = "give this role", .topic = "users",
		.fields = f, .n = 1,
		.ctx = about_new(&u->o.source, who->name),
		.done = role_done, .after = role_after,
		.destroy = about_free,
	};

	role_choices(choice, who->p.role);
	ask_open(app, &o);
	free(title);
}

/* ---- a forgotten passphrase ---- */

static enum rc
reset_check(void *ctx, const struct pane *ask, size_t i, struct err *e)
{
	return i == 0 ? check_pass(ctx, ask_secret(ask, i), e) : RC_OK;
}

static enum rc
reset_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct about *b = ctx;

	(void)app;
	return b->source.ops->reset(b->source.ctx, b->name,
	    ask_secret(ask, 0), e);
}

static void
reset_after(void *ctx, struct app *app)
{
	const struct about *b = ctx;

	app_say(app, "%s has a new first passphrase. Tell them in person; "
	    "they must change it when they next unlock.", b->name);
}

void
userform_reset(struct userscreen *u, struct app *app,
    const struct listed *who)
{
	static const struct ask_field f[] = {
		{ASK_SECRET, "First passphrase", WEIGHED, NULL, false, NULL,
		    0},
		{ASK_AGAIN, "The same again", NULL, NULL, false, NULL, 0},
	};
	char *title = about_text("%s forgot the passphrase", who->name);
	struct ask_opts o = {
		.title = title,
		.intro = "Make sure that it is really them who asks. They "
		    "get a new first passphrase and a new key. What they "
		    "signed stays theirs; drafts they had not signed are "
		    "lost, and restricted cases have to name them again.",
		.verb = "give the new passphrase", .working = DERIVING,
		.topic = "users", .fields = f, .n = 2,
		.ctx = about_new(&u->o.source, who->name),
		.check = reset_check, .done = reset_done,
		.after = reset_after, .destroy = about_free,
	};

	ask_open(app, &o);
	free(title);
}

/* ---- the end of an access ---- */

enum { END_WHY, END_NAME, END_FIELDS };

static enum rc
end_check(void *ctx, const struct pane *ask, size_t i, struct err *e)
{
	const struct about *b = ctx;

	if (i != END_NAME || strcmp(ask_text(ask, i), b->name) == 0)
		return RC_OK;
	return err_set(e, RC_INPUT, "That is not the name. Type exactly: %s",
	    b->name);
}

static bool
end_progress(uint64_t done, uint64_t all, void *ctx)
{
	const struct about *b = ctx;

	return app_progress(b->app, "Encrypting the store anew", (size_t)done,
	    (size_t)all);
}

static enum rc
end_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct about *b = ctx;
	struct ending x = {b->name, ask_text(ask, END_WHY), end_progress, b};
	enum rc rc;

	b->app = app;
	rc = b->source.ops->end(b->source.ctx, &x, e);
	if (rc == RC_CANCELLED)
		return err_set(e, rc, "Stopped. Nothing was changed: %s "
		    "still has access.", b->name);
	return rc;
}

static void
end_after(void *ctx, struct app *app)
{
	const struct about *b = ctx;

	app_say(app, "The access of %s has ended, and the store has a new "
	    "key. Old backups still open with the old passphrases: make one "
	    "under a new name and destroy them.", b->name);
}

void
userform_end(struct userscreen *u, struct app *app,
    const struct listed *who)
{
	static const struct ask_field f[END_FIELDS] = {
		[END_WHY] = {ASK_LINE, "Why", "For example: left, changed "
		    "post, passphrase seen by somebody.", NULL, false, NULL,
		    0},
		[END_NAME] = {ASK_LINE, "Their name", "Type the name as it "
		    "stands above, to be sure.", NULL, false, NULL, 0},
	};
	char *title = about_text("End the access of %s", who->name);
	struct ask_opts o = {
		.title = title,
		.intro = "They can open nothing any more, and the whole "
		    "store is encrypted anew: this may take minutes. Esc "
		    "stops it, and then nothing is changed. What they signed "
		    "stays theirs.",
		.verb = "end the access", .working =
		    "Encrypting the store anew...",
		.topic = "users", .fields = f, .n = END_FIELDS,
		.ctx = about_new(&u->o.source, who->name),
		.check = end_check, .done = end_done, .after = end_after,
		.destroy = about_free,
	};

	ask_open(app, &o);
	free(title);
}

/* ---- a recovery code ---- */

static enum rc
code_check(void *ctx, const struct pane *ask, size_t i, struct err *e)
{
	(void)ctx;
	if (strcmp(ask_text(ask, i), "paper") == 0)
		return RC_OK;
	return err_set(e, RC_INPUT, "Type the word paper, or leave with "
	    "Esc.");
}

static enum rc
code_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct about *b = ctx;
	enum rc rc;

	(void)app;
	(void)ask;
	if (b->code.p == NULL) {
		rc = secret_init(&b->code, RECOVERY_TEXT_MAX, e);
		if (rc != RC_OK)
			return rc;
	}
	return b->source.ops->make_code(b->source.ctx, &b->code, e);
}

static void
code_after(void *ctx, struct app *app)
{
	struct about *b = ctx;

	app_push(app, codescreen_new(&b->code));
}

void
userform_code(struct userscreen *u, struct app *app)
{
	static const struct ask_field f[] = {{ASK_LINE, "Type paper",
	    "To show that you have pen and paper.", NULL, false, NULL, 0}};
	struct ask_opts o = {
		.title = "Make a recovery code",
		.intro = "With the code, access can be given back when "
		    "passphrases are forgotten. It is shown once, on the "
		    "next screen: have pen and paper ready, and nobody "
		    "behind you. An earlier code opens nothing any more.",
		.verb = "make the code", .working = DERIVING,
		.topic = "recovery", .fields = f, .n = 1,
		.ctx = about_new(&u->o.source, ""),
		.check = code_check, .done = code_done, .after = code_after,
		.destroy = about_free,
	};

	ask_open(app, &o);
}

/* ---- one's own passphrase ---- */

enum { OWN_OLD, OWN_NEW, OWN_AGAIN, OWN_FIELDS };

static enum rc
own_check(void *ctx, const struct pane *ask, size_t i, struct err *e)
{
	return i == OWN_NEW ? check_pass(ctx, ask_secret(ask, i), e) : RC_OK;
}

static enum rc
own_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct about *b = ctx;
	enum rc rc;

	(void)app;
	rc = b->source.ops->change(b->source.ctx, ask_secret(ask, OWN_OLD),
	    ask_secret(ask, OWN_NEW), e);
	if (rc == RC_PASSPHRASE)
		ask_clear(ask, OWN_OLD);
	return rc;
}

static void
own_after(void *ctx, struct app *app)
{
	const struct about *b = ctx;

	if (b->pass.then != NULL)
		b->pass.then(b->pass.ctx, app);
	app_say(app, "Your passphrase is changed. From now on only the new "
	    "one opens the store. Old backups still open with the old one.");
}

static void
own_left(void *ctx, struct app *app)
{
	const struct about *b = ctx;

	if (b->pass.left != NULL)
		b->pass.left(b->pass.ctx, app);
	else
		app_say(app, "Nothing was changed: your passphrase is as it "
		    "was.");
}

void
passform_open(struct app *app, const struct passform_opts *p)
{
	static const struct ask_field f[OWN_FIELDS] = {
		[OWN_OLD] = {ASK_SECRET, "Passphrase now", NULL, NULL, false,
		    NULL, 0},
		[OWN_NEW] = {ASK_SECRET, "New passphrase", WEIGHED, NULL,
		    false, NULL, 0},
		[OWN_AGAIN] = {ASK_AGAIN, "The same again", NULL, NULL,
		    false, NULL, 0},
	};
	static const struct ask_field given[OWN_FIELDS] = {
		[OWN_OLD] = {ASK_SECRET, "The one you were given", NULL,
		    NULL, false, NULL, 0},
		[OWN_NEW] = {ASK_SECRET, "Your own", WEIGHED, NULL, false,
		    NULL, 0},
		[OWN_AGAIN] = {ASK_AGAIN, "Your own again", NULL, NULL,
		    false, NULL, 0},
	};
	struct about *b = about_new(&p->source, "");
	struct ask_opts o = {
		.title = p->forced ? "First choose a passphrase of your own" :
		    "Change your passphrase",
		.intro = p->forced ? "Somebody else gave you the one that "
		    "you just typed. Choose one that only you know; then the "
		    "cases are shown. Esc locks again." :
		    "Choose one that you use nowhere else. Nobody can look "
		    "it up for you.",
		.verb = "change the passphrase", .working = DERIVING,
		.topic = "unlock", .fields = p->forced ? given : f,
		.n = OWN_FIELDS, .ctx = b,
		.check = own_check, .done = own_done, .after = own_after,
		.left = own_left, .destroy = about_free,
	};

	b->pass = *p;
	ask_open(app, &o);
}
