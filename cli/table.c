/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/table.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "cli/faultlist.h"
#include "cli/print.h"
#include "core/date.h"
#include "core/str.h"
#include "exchange/mapfile.h"

#define BAR_CELLS 30u

int32_t
table_today(const struct call *c)
{
	return moment_day(clock_now(c->host->clock));
}

uint64_t
table_seed(const struct call *c)
{
	uint64_t seed;

	rng_fill(c->host->rng, &seed, sizeof(seed));
	return seed;
}

enum rc
table_mapping_file(const char *path, struct mapping **out, struct err *e)
{
	struct faults f;
	enum rc rc;

	faults_init(&f, path);
	rc = mapfile_read(path, out, &f, e);
	if (f.n != 0)
		rc = tell_faults(&f, e);
	faults_release(&f);
	return rc;
}

enum rc
table_mapping_fits(const struct mapping *m, const char *name,
    const struct instrument *in, struct err *e)
{
	struct faults f;
	enum rc rc = RC_OK;

	faults_init(&f, name);
	if (!mapping_check(m, in, &f))
		rc = tell_faults(&f, e);
	faults_release(&f);
	return rc;
}

/* "visits.csv" -> "visits.rejected.csv". */
static void
rejects_name(const char *file, struct str *out)
{
	size_t n = strlen(file);

	if (n > 4 && strcasecmp(file + n - 4, ".csv") == 0)
		n -= 4;
	str_add_n(out, file, n);
	str_add(out, ".rejected.csv");
}

enum rc
table_rejects(const struct call *c, const char *file, struct rejects **out,
    struct err *e)
{
	const char *path = call_option(c, "rejects");
	struct str name;
	enum rc rc;

	*out = NULL;
	if (call_option(c, "skip-bad") == NULL)
		return path == NULL ? RC_OK : err_set(e, RC_USAGE, "--rejects "
		    "goes with --skip-bad");
	if (path == NULL && strcmp(file, "-") == 0)
		return err_set(e, RC_USAGE, "say where rejected rows of "
		    "standard input go: --rejects FILE");
	str_init(&name);
	if (path != NULL)
		str_add(&name, path);
	else
		rejects_name(file, &name);
	rc = rejects_new(name.s, out, e);
	str_release(&name);
	return rc;
}

enum rc
table_rejects_finish(struct rejects *r, bool *attention, struct err *e)
{
	enum rc rc;

	if (r == NULL || rejects_count(r) == 0)
		return RC_OK;
	rc = rejects_finish(r, e);
	if (rc == RC_OK)
		tell_line("%" PRIu64 " bad row%s left out and written to %s",
		    rejects_count(r), rejects_count(r) == 1 ? " was" :
		    "s were", rejects_path(r));
	*attention = true;
	return rc;
}

void
table_progress(uint64_t done, uint64_t all, void *ctx)
{
	struct table_bar *bar = ctx;
	unsigned percent, cells, i;
	char text[BAR_CELLS + 32];

	if (all == 0)
		return;
	percent = done < all ? (unsigned)(done * 100 / all) : 100;
	if (percent == bar->shown)
		return;
	bar->shown = percent;
	cells = percent * BAR_CELLS / 100;
	text[0] = '[';
	for (i = 0; i < BAR_CELLS; i++)
		text[i + 1] = i < cells ? '#' : '.';
	(void)snprintf(text + BAR_CELLS + 1, sizeof(text) - BAR_CELLS - 1,
	    "] %u %%", percent);
	tell_status(text);
}
