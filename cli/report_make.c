/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a store and the files that go with it to a report. */
#include "config.h"

#include "cli/report.h"

#include <stdlib.h>
#include <string.h>

#include "cli/linked.h"
#include "cli/print.h"
#include "cli/progress.h"
#include "core/standards.h"
#include "db/reportneeds.h"
#include "exchange/file.h"

#define FILE_BYTES_MAX ((size_t)4 << 20)

/* ---- files ---- */

static enum rc
read_population(struct report_job *j, struct err *e)
{
	const char *path = call_option(j->c, "population");
	struct faults f;
	char *text = NULL;
	size_t n = 0;
	enum rc rc;

	if (path == NULL)
		return RC_OK;
	rc = file_read(path, FILE_BYTES_MAX, &text, &n, e);
	if (rc != RC_OK)
		return rc;
	faults_init(&f, path);
	j->population = population_parse(text, n, &f);
	if (j->population == NULL)
		rc = faults_result(&f, e);
	faults_release(&f);
	free(text);
	return rc;
}

static enum rc
read_standards(struct report_job *j, struct err *e)
{
	const char *path = call_option(j->c, "standards");
	struct standards *s;
	struct faults f;
	struct str own;
	size_t n = 0;
	enum rc rc;

	if (strcmp(j->def->name, "nine-foundations") != 0)
		return RC_OK;
	str_init(&own);
	str_add_fmt(&own, "%s/standards/nine-foundations.yaml",
	    j->c->host->content_dir);
	if (path == NULL)
		path = own.s;
	rc = file_read(path, FILE_BYTES_MAX, &j->standards, &n, e);
	if (rc == RC_OK) {
		faults_init(&f, path);
		s = standards_parse(j->standards, n, &f);
		rc = faults_result(&f, e);
		if (s != NULL && s->nagencies == 0)
			tell_line("%s names no agencies yet: copy it, name "
			    "them, write what each says, and give it with "
			    "--standards.", path);
		standards_free(s);
		faults_release(&f);
	}
	str_release(&own);
	return rc;
}

/* ---- facts ---- */

static enum rc
count(struct report_job *j, struct err *e)
{
	struct linkage l;
	struct progress p;
	bool any;
	enum rc rc = linked_load(j->c, j->s, &l, &any, e);

	if (rc == RC_OK) {
		progress_begin(&p, "counting");
		rc = store_facts(j->s, &j->window, any ? &l : NULL,
		    progress_tell, &p, &j->facts, e);
		progress_end(&p);
	}
	linked_release(&l);
	if (rc == RC_OK && j->facts.restricted > 0)
		tell_line("%zu restricted case%s left out: not for these "
		    "eyes.", j->facts.restricted, j->facts.restricted == 1 ?
		    " is" : "s are");
	return rc;
}

static enum rc
ask_store(struct report_job *j, struct err *e)
{
	unsigned what = 0;

	if (j->def->personal)
		what |= EXTRA_CHILDREN;
	if (j->whole && strcmp(j->def->name, "cin-factors") == 0)
		what |= EXTRA_REFERENCES;
	return store_report_extra(j->s, &j->facts, what, &j->extra, e);
}

/* ---- the whole ---- */

static void
make(struct report_job *j)
{
	const struct report_needs needs = {j->population, j->standards,
		j->extra};

	report_init(&j->report, j->def->name, j->def->title, &j->window);
	j->report.whole = j->whole && j->def->published;
	j->report.personal = j->def->personal;
	j->report.no_cases = j->def->no_cases;
	j->def->make(&j->facts, &needs, &j->report);
	if (j->def->published && !j->whole)
		report_publish(&j->report);
}

enum rc
report_make(struct report_job *j, struct err *e)
{
	enum rc rc = read_population(j, e);

	if (rc == RC_OK)
		rc = read_standards(j, e);
	if (rc == RC_OK && !j->def->no_cases)
		rc = count(j, e);
	if (rc == RC_OK)
		rc = ask_store(j, e);
	if (rc == RC_OK)
		make(j);
	return rc;
}

void
report_job_release(struct report_job *j)
{
	report_release(&j->report);
	facts_release(&j->facts);
	population_free(j->population);
	json_decref(j->extra);
	free(j->standards);
	store_close(j->s);
}
