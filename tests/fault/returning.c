/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/fault/returning.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "exchange/hashed.h"
#include "exchange/importrun.h"
#include "tests/unit/memsource.h"

static const char map[] = "id: t\nversion: \"1\"\nagency: Invented School\n"
    "form: long\ndates: dmy\n"
    "columns: {child: ref, row: line, indicator: sign, date: day,\n"
    "  name: who}\n";

static enum rc
take(struct stage *g, const char *text, const struct mapping *m)
{
	struct importrun_opts opts = {.file = "t.csv", .mapping = m};
	struct importrun_totals totals;
	char hex[HASHED_HEX] = "";
	struct memsource src;
	enum rc rc = RC_OK;

	opts.instrument = store_default_instrument(g->w.s);
	opts.today = moment_day(g->w.now);
	opts.hash = hex;
	memsource_init(&src, text, strlen(text), 0);
	if (m != NULL)
		rc = hashed_all(&src.src, hex, &g->w.e);
	memsource_init(&src, text, strlen(text), 0);
	return rc == RC_OK ? importrun(g->w.s, &src.src, &opts, &totals,
	    &g->w.e) : rc;
}

static enum rc
take_mapped(struct stage *g, const char *text)
{
	struct mapping *m;
	struct faults f;
	enum rc rc;

	faults_init(&f, "map.yaml");
	m = mapping_parse(map, sizeof(map) - 1, &f);
	assert_non_null(m);
	rc = take(g, text, m);
	mapping_free(m);
	faults_release(&f);
	return rc;
}

enum rc
returning_plain(struct stage *g)
{
	return take(g, "child,agency,date,name,dob,A1,B1,B2\n"
	    "WREN-1,club,2025-03,,,x,?,no\n"
	    "WREN-7,club,2025-03,Ash Invented,2011-02-03,x,x,\n"
	    "WREN-8,school,2025-04-01,,,no,x,x\n", NULL);
}

void
returning_before(struct stage *g)
{
	world_ok(&g->w, take_mapped(g, "ref,line,sign,day,who\n"
	    "1,r1,B1,4/3/2025,Ash Invented\n2,r2,B2,4/3/2025,\n"
	    "3,r3,B3,4/3/2025,\n"));
}

enum rc
returning_corrected(struct stage *g)
{
	return take_mapped(g, "ref,line,sign,day,who\n"
	    "1,r1,B2,4/3/2025,Ash Invented\n2,r2,B2,4/3/2025,\n"
	    "4,r4,B3,4/3/2025,Elm Invented\n");
}
