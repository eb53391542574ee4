/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/codes.h"

#include <string.h>

#include "cli/ask.h"
#include "cli/print.h"

#define LAST_GROUP 4
#define TRIES 3

static void
show_code(const struct secret *code)
{
	say("\n    %s\n\n", (const char *)code->p);
}

/* Small letters and blanks around it are as good. */
static bool
same_group(const struct secret *typed, const char *group)
{
	size_t at = 0, n = typed->len;

	while (n > 0 && typed->p[n - 1] == ' ')
		n--;
	while (at < n && typed->p[at] == ' ')
		at++;
	if (n - at != LAST_GROUP)
		return false;
	for (size_t i = 0; i < LAST_GROUP; i++) {
		unsigned char c = typed->p[at + i];

		if (c >= 'a' && c <= 'z')
			c = (unsigned char)(c - 'a' + 'A');
		if (c != (unsigned char)group[i])
			return false;
	}
	return true;
}

/* The last group says nothing of the code: it is only the check of it. */
static enum rc
ask_last_group(const struct secret *code, bool again, bool *same,
    struct err *e)
{
	const struct question q = {
		.prompt = again ? "Its last group, from the paper: " :
		    "Type the last group of the code from the paper: ",
		.what = "that", .instead = "look at the paper", .shown = true
	};
	struct secret typed;
	enum rc rc = secret_init(&typed, ASK_MAX, e);

	if (rc != RC_OK)
		return rc;
	rc = ask_terminal(&q, &typed, e);
	*same = rc == RC_OK && same_group(&typed, (const char *)code->p +
	    code->len - LAST_GROUP);
	secret_release(&typed);
	return rc;
}

/* Whoever stops here has a store and a code all the same. */
static void
prove_paper(const struct secret *code)
{
	struct err e;
	bool same;

	for (int i = 0; i < TRIES; i++) {
		if (print_finish(&e) != RC_OK ||
		    ask_last_group(code, i > 0, &same, &e) != RC_OK)
			return;
		if (same) {
			tell_line("That is it. Close this window now: the "
			    "code still stands in it.");
			return;
		}
		tell_line("That is not the last group. The code once more:");
		show_code(code);
	}
	tell_line("Compare the paper with the code above, group by group.");
}

static void
say_keeping(const char *path)
{
	say("Write it on paper and keep it where you keep what must not be "
	    "lost,\nnot beside this computer. Whoever has it can let anybody "
	    "into the store.\nIt is not shown again. If it is lost, make "
	    "another: hearken recovery %s --new\nTo use it: hearken recover "
	    "%s\n", path, path);
}

enum rc
code_make(struct store *s, const char *path, struct err *e)
{
	struct secret code;
	enum rc rc = store_recovery_make(s, &code, e);

	if (rc != RC_OK)
		return err_prefix(e, "no recovery code was made");
	say("The recovery code of %s:\n", path);
	show_code(&code);
	say_keeping(path);
	if (print_out_is_tty())
		prove_paper(&code);
	secret_release(&code);
	return RC_OK;
}

enum rc
code_make_pairs(struct store *s, const char *path,
    const char *const *holders, size_t n, struct err *e)
{
	struct secret codes[PAIR_HOLDERS_MAX];
	enum rc rc = store_pair_make(s, holders, n, codes, e);

	if (rc != RC_OK)
		return rc;
	say("Codes for %s: any two of them open the store together, one alone "
	    "opens nothing.\n", path);
	for (size_t i = 0; i < n; i++) {
		say("%s%s:\n", i == 0 ? "\n" : "", holders[i]);
		show_code(&codes[i]);
		secret_release(&codes[i]);
	}
	say("Each person writes down their own and keeps it apart from the "
	    "others.\nThey are not shown again. Codes of pairs made before "
	    "open nothing any more.\nTo use two of them: hearken recover %s\n",
	    path);
	if (print_out_is_tty())
		say("Close this window then: the codes still stand in it.\n");
	return RC_OK;
}
