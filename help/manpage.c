/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writes the man page: the prose of help/hearken.1.in, with the lines
 * @COMMANDS@ and @KEYS@ replaced by what the tables of commands and of keys
 * say, so that the page cannot fall behind the program.
 *
 *	manpage hearken.1.in > hearken.1
 */
#include "config.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "core/err.h"
#include "core/str.h"
#include "exchange/file.h"
#include "tui/keys.h"

#define PAGE_MAX (1u << 20)

/* True where a sentence ends and another begins: mdoc wants a line for each. */
static bool
sentence_ends(const char *s)
{
	return (s[0] == '.' || s[0] == '?' || s[0] == ':') && s[1] == ' ' &&
	    isupper((unsigned char)s[2]) &&
	    (isalnum((unsigned char)s[3]) || s[3] == ' ');
}

/*
 * mdoc reads a dot or quote at the start of a line as a request, a backslash
 * as an escape, and an empty line as a fault.
 */
static void
add_text(struct str *out, const char *s)
{
	bool start = true;

	for (; *s != '\0'; s++) {
		if (start && (*s == '.' || *s == '\''))
			str_add(out, "\\&");
		start = *s == '\n';
		if (*s == '\\')
			str_add(out, "\\e");
		else if (*s == '\n' && s[1] == '\n')
			str_add(out, "\n.Pp");
		else
			str_add_char(out, *s);
		if (sentence_ends(s)) {
			str_add_char(out, '\n');
			start = true;
			s++;
		}
	}
}

static void
add_options(struct str *out, const struct option_def *o)
{
	if (o->name == NULL)
		return;
	str_add(out, ".Bl -tag -width Ds -compact\n");
	for (; o->name != NULL; o++) {
		str_add_fmt(out, ".It Fl -%s", o->name);
		if (o->arg != NULL)
			str_add_fmt(out, " Ar %s", o->arg);
		str_add(out, "\n");
		add_text(out, o->help);
		str_add(out, "\n");
	}
	str_add(out, ".El\n");
}

static void
add_commands(struct str *out)
{
	const struct command *const *all;
	size_t n, i;

	all = command_all(&n);
	for (i = 0; i < n; i++) {
		str_add_fmt(out, ".Ss hearken %s ", all[i]->name);
		add_text(out, all[i]->usage);
		str_add(out, "\n");
		add_text(out, all[i]->help);
		str_add(out, "\n");
		add_options(out, all[i]->options);
	}
}

static void
add_line(struct str *out, const char *line, size_t n)
{
	if (n == 10 && strncmp(line, "@COMMANDS@", n) == 0) {
		add_commands(out);
		return;
	}
	if (n == 6 && strncmp(line, "@KEYS@", n) == 0) {
		keys_mdoc(out);
		return;
	}
	str_add_n(out, line, n);
	str_add_char(out, '\n');
}

int
main(int argc, char **argv)
{
	struct str page;
	struct err e;
	char *text, *line, *end;

	err_clear(&e);
	if (argc != 2 || file_read(argv[1], PAGE_MAX, &text, NULL, &e) !=
	    RC_OK) {
		(void)fprintf(stderr, "manpage: %s\n", argc != 2 ?
		    "usage: manpage hearken.1.in" : e.text);
		return 1;
	}
	str_init(&page);
	for (line = text; *line != '\0'; line = end) {
		end = line + strcspn(line, "\n");
		add_line(&page, line, (size_t)(end - line));
		if (*end == '\n')
			end++;
	}
	(void)fwrite(page.s, 1, page.len, stdout);
	str_release(&page);
	free(text);
	return fflush(stdout) == 0 ? 0 : 1;
}
