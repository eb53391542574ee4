/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/faultlist.h"

#include "cli/print.h"
#include "core/str.h"

static enum rc
count(const struct faults *f, const char *then, struct err *e)
{
	return err_set(e, RC_INPUT, "%s has %zu fault%s; mend %s and %s",
	    f->name, f->n, f->n == 1 ? "" : "s", f->n == 1 ? "it" : "them",
	    then);
}

enum rc
say_faults(const struct faults *f, struct err *e)
{
	struct str lines;

	str_init(&lines);
	faults_lines(f, &lines);
	say_n(lines.s, lines.len);
	str_release(&lines);
	return count(f, "check it again", e);
}

enum rc
tell_faults(const struct faults *f, struct err *e)
{
	struct str lines;

	str_init(&lines);
	faults_lines(f, &lines);
	tell("%s", lines.s);
	str_release(&lines);
	return count(f, "try again", e);
}
