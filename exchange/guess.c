/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/guess.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/ident.h"
#include "core/mapdate.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "exchange/guess_priv.h"
#include "exchange/obs_header.h"

#define ENOUGH 90u	/* per cent of the cells of a column */

/* Headers that agencies use, keyed as mapping_key() makes them. */
static const struct {
	const char *key;
	enum map_field field;
} headers[] = {
	{"child", MAP_CHILD}, {"childid", MAP_CHILD}, {"childref", MAP_CHILD},
	{"childreference", MAP_CHILD}, {"reference", MAP_CHILD},
	{"ref", MAP_CHILD}, {"refno", MAP_CHILD}, {"pupilref", MAP_CHILD},
	{"pupilid", MAP_CHILD}, {"pupil", MAP_CHILD},
	{"admissionno", MAP_CHILD}, {"admissionnumber", MAP_CHILD},
	{"studentid", MAP_CHILD}, {"personid", MAP_CHILD},
	{"personref", MAP_CHILD}, {"patientid", MAP_CHILD},
	{"patientno", MAP_CHILD}, {"patient", MAP_CHILD},
	{"clientid", MAP_CHILD}, {"clientref", MAP_CHILD},
	{"nominal", MAP_CHILD}, {"nominalref", MAP_CHILD},
	{"personurn", MAP_CHILD}, {"urn", MAP_CHILD}, {"caseref", MAP_CHILD},
	{"caseid", MAP_CHILD}, {"youngperson", MAP_CHILD},
	{"client", MAP_CHILD}, {"admno", MAP_CHILD}, {"admissionid", MAP_CHILD},
	{"row", MAP_ROW}, {"rowid", MAP_ROW}, {"rowno", MAP_ROW},
	{"line", MAP_ROW}, {"lineno", MAP_ROW}, {"recordid", MAP_ROW},
	{"recordno", MAP_ROW}, {"entryid", MAP_ROW}, {"eventid", MAP_ROW},
	{"incidentno", MAP_ROW}, {"incidentref", MAP_ROW},
	{"occurrence", MAP_ROW}, {"occurrenceno", MAP_ROW},
	{"oenumber", MAP_ROW}, {"logno", MAP_ROW},
	{"forename", MAP_FORENAME}, {"forenames", MAP_FORENAME},
	{"firstname", MAP_FORENAME}, {"givenname", MAP_FORENAME},
	{"givennames", MAP_FORENAME},
	{"christianname", MAP_FORENAME}, {"surname", MAP_SURNAME},
	{"lastname", MAP_SURNAME}, {"familyname", MAP_SURNAME},
	{"name", MAP_NAME}, {"fullname", MAP_NAME}, {"childname", MAP_NAME},
	{"clientname", MAP_NAME}, {"pupilname", MAP_NAME}, {"patientname", MAP_NAME},
	{"dob", MAP_DOB}, {"dateofbirth", MAP_DOB}, {"birthdate", MAP_DOB},
	{"birth", MAP_DOB}, {"born", MAP_DOB}, {"age", MAP_AGE},
	{"sex", MAP_SEX}, {"gender", MAP_SEX}, {"m/f", MAP_SEX},
	{"postcode", MAP_POSTCODE}, {"homepostcode", MAP_POSTCODE},
	{"pc", MAP_POSTCODE}, {"nhs", MAP_NHS}, {"nhsno", MAP_NHS},
	{"nhsnumber", MAP_NHS}, {"upn", MAP_UPN},
	{"uniquepupilnumber", MAP_UPN}, {"laid", MAP_LA_ID},
	{"lachildid", MAP_LA_ID}, {"ethnicity", MAP_ETHNICITY},
	{"ethnicorigin", MAP_ETHNICITY}, {"ethnicgroup", MAP_ETHNICITY},
	{"disability", MAP_DISABILITY}, {"disabilities", MAP_DISABILITY},
	{"care", MAP_CARE}, {"carestatus", MAP_CARE}, {"lac", MAP_CARE},
	{"lookedafter", MAP_CARE}, {"area", MAP_AREA}, {"ward", MAP_AREA},
	{"district", MAP_AREA}, {"locality", MAP_AREA}, {"beat", MAP_AREA},
	{"school", MAP_SCHOOL}, {"schoolname", MAP_SCHOOL},
	{"agency", MAP_AGENCY}, {"reportedby", MAP_AGENCY},
	{"organisation", MAP_AGENCY}, {"service", MAP_AGENCY},
	{"indicator", MAP_INDICATOR}, {"item", MAP_INDICATOR},
	{"sign", MAP_INDICATOR}, {"concern", MAP_INDICATOR},
	{"concerntype", MAP_INDICATOR}, {"category", MAP_INDICATOR},
	{"marker", MAP_INDICATOR}, {"flag", MAP_INDICATOR},
	{"type", MAP_INDICATOR}, {"state", MAP_STATE}, {"answer", MAP_STATE},
	{"status", MAP_STATE}, {"certainty", MAP_STATE},
	{"confidence", MAP_STATE}, {"result", MAP_STATE}, {"finding", MAP_STATE},
	{"date", MAP_DATE}, {"dateseen", MAP_DATE}, {"seen", MAP_DATE},
	{"seenon", MAP_DATE}, {"observed", MAP_DATE},
	{"dateobserved", MAP_DATE}, {"dateofconcern", MAP_DATE},
	{"day", MAP_DATE}, {"incidentdate", MAP_DATE},
	{"dateofincident", MAP_DATE}, {"contactdate", MAP_DATE},
	{"dateofcontact", MAP_DATE}, {"eventdate", MAP_DATE},
	{"occurred", MAP_DATE}, {"contact", MAP_DATE},
	{"weekending", MAP_DATE}, {"evidence", MAP_EVIDENCE},
	{"details", MAP_EVIDENCE}, {"detail", MAP_EVIDENCE},
	{"description", MAP_EVIDENCE}, {"summary", MAP_EVIDENCE},
	{"whatwasseen", MAP_EVIDENCE}, {"whatwassaidorseen", MAP_EVIDENCE}, {"source", MAP_SOURCE},
	{"observedby", MAP_SOURCE}, {"seenby", MAP_SOURCE},
	{"staff", MAP_SOURCE}, {"staffmember", MAP_SOURCE},
	{"officer", MAP_SOURCE}, {"clinician", MAP_SOURCE},
	{"recordedby", MAP_SOURCE},
};

void
guess_doubt(struct guess *g, const char *fmt, ...)
{
	char text[512];
	size_t bad;
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	/* What is quoted is cut where it is long. */
	while (!utf8_valid(text, strlen(text), &bad))
		text[bad] = '?';
	g->doubts = vec_room(g->doubts, g->n, &g->cap, sizeof(*g->doubts));
	g->doubts[g->n++] = xstrdup(text);
}

/* ---- by what is in a column ---- */

typedef bool (*looks_fn)(const char *s, const struct guess_opts *o);

static bool
looks_upn(const char *s, const struct guess_opts *o)
{
	struct upn u;
	struct err e;

	(void)o;
	err_clear(&e);
	return upn_check(s, &u, &e) == RC_OK;
}

static bool
looks_nhs(const char *s, const struct guess_opts *o)
{
	char out[NHS_TEXT_MAX];
	struct err e;

	(void)o;
	err_clear(&e);
	return nhs_check(s, out, &e) == RC_OK;
}

/* "ZZ9 9ZZ": one or two letters, a digit, ..., a digit and two letters. */
static bool
looks_postcode(const char *s, const struct guess_opts *o)
{
	char t[10];
	size_t n = 0;

	(void)o;
	for (; *s != '\0'; s++) {
		if (*s == ' ')
			continue;
		if (n == sizeof(t) - 1 || !isalnum((unsigned char)*s))
			return false;
		t[n++] = *s;
	}
	return n >= 5 && n <= 7 && isalpha((unsigned char)t[0]) &&
	    isdigit((unsigned char)t[n - 3]) &&
	    isalpha((unsigned char)t[n - 2]) &&
	    isalpha((unsigned char)t[n - 1]) &&
	    (isdigit((unsigned char)t[1]) || isdigit((unsigned char)t[2]));
}

static bool
looks_date(const char *s, const struct guess_opts *o)
{
	int32_t day;
	struct err e;

	err_clear(&e);
	return map_day(s, MAP_DMY, o->today, &day, &e) == RC_OK ||
	    map_day(s, MAP_MDY, o->today, &day, &e) == RC_OK;
}

static bool
looks_item(const char *s, const struct guess_opts *o)
{
	return instrument_item(o->instrument, s, strlen(s)) != NO_ITEM;
}

static bool
looks_answer(const char *s, const struct guess_opts *o)
{
	enum answer a;

	(void)o;
	return answer_from_name(s, strlen(s), &a) ||
	    obs_tick(s, strlen(s), &a);
}

/* True if nearly all cells that are not empty look so. */
static bool
column_is(const struct guess *g, size_t column, looks_fn looks,
    const struct guess_opts *o)
{
	size_t yes = 0, all = 0;

	for (size_t i = 1; i < g->nrows; i++) {
		if (g->rows[i][column][0] == '\0')
			continue;
		all++;
		yes += looks(g->rows[i][column], o);
	}
	return all != 0 && yes * 100 >= all * ENOUGH;
}

/* ---- columns ---- */

static void
take(struct guess *g, bool *used, enum map_field f, size_t column)
{
	g->m->columns[f] = xstrdup(g->rows[0][column]);
	used[column] = true;
}

static void
by_header(struct guess *g, bool *used)
{
	struct str key;

	str_init(&key);
	for (size_t i = 0; i < g->ncolumns; i++) {
		str_clear(&key);
		mapping_key(&key, g->rows[0][i], strlen(g->rows[0][i]));
		for (size_t j = 0; j < sizeof(headers) / sizeof(headers[0]) &&
		    !used[i]; j++)
			if (g->m->columns[headers[j].field] == NULL &&
			    strcmp(key.s, headers[j].key) == 0)
				take(g, used, headers[j].field, i);
	}
	str_release(&key);
}

static void
by_values(struct guess *g, bool *used, const struct guess_opts *o)
{
	static const struct {
		enum map_field field;
		looks_fn looks;
	} of[] = {
		{MAP_UPN, looks_upn}, {MAP_NHS, looks_nhs},
		{MAP_POSTCODE, looks_postcode}, {MAP_INDICATOR, looks_item},
		{MAP_DATE, looks_date}, {MAP_STATE, looks_answer}
	};

	for (size_t k = 0; k < sizeof(of) / sizeof(of[0]); k++)
		for (size_t i = 0; i < g->ncolumns; i++) {
			if (used[i] || g->m->columns[of[k].field] != NULL ||
			    (g->m->wide && (of[k].field == MAP_STATE ||
			    of[k].field == MAP_INDICATOR)) ||
			    !column_is(g, i, of[k].looks, o))
				continue;
			take(g, used, of[k].field, i);
			guess_doubt(g, "columns: %s is \"%.60s\" by what is "
			    "in it, not by its name",
			    map_field_name(of[k].field), g->rows[0][i]);
		}
}

/* Indicators that have a column of their own. */
static void
take_items(struct guess *g, bool *used, const struct guess_opts *o)
{
	const struct instrument *in = o->instrument;
	struct itemset taken = {{0, 0}};
	const char *header;
	uint32_t item;
	bool by_id;

	for (size_t i = 0; i < g->ncolumns; i++) {
		header = g->rows[0][i];
		item = obs_item_of(in, header);
		by_id = item != NO_ITEM;
		if (item == NO_ITEM)
			item = obs_item_like(in, header, strlen(header));
		if (used[i] || item == NO_ITEM || itemset_has(&taken, item) ||
		    (!by_id && !column_is(g, i, looks_answer, o)))
			continue;
		itemset_add(&taken, item);
		used[i] = true;
		mapping_add_code(&g->m->items, header, in->items[item].id);
		if (!by_id)
			guess_doubt(g, "items: that \"%.60s\" is %s (%.60s) "
			    "is a guess", header, in->items[item].id,
			    in->items[item].label);
	}
}

static bool
has_items(const struct guess *g, const bool *used,
    const struct guess_opts *o)
{
	size_t answers = 0;

	for (size_t i = 0; i < g->ncolumns; i++) {
		if (!used[i] && obs_item_of(o->instrument,
		    g->rows[0][i]) != NO_ITEM)
			return true;
		answers += !used[i] && column_is(g, i, looks_answer, o);
	}
	return answers > 1;
}

static void
take_rest(struct guess *g, const bool *used, const struct guess_opts *o)
{
	for (size_t i = 0; i < g->ncolumns; i++) {
		if (used[i])
			continue;
		mapping_add_ignored(g->m, g->rows[0][i]);
		guess_doubt(g, g->m->wide && column_is(g, i, looks_answer, o) ?
		    "ignore: \"%.60s\" holds answers; which indicator it is "
		    "is not known" : "ignore: what \"%.60s\" is is not known",
		    g->rows[0][i]);
	}
}

/* A return without a reference cannot be read; the first column may be it. */
static void
want_child(struct guess *g, bool *used)
{
	for (size_t i = 0; i < g->ncolumns &&
	    g->m->columns[MAP_CHILD] == NULL; i++)
		if (!used[i]) {
			take(g, used, MAP_CHILD, i);
			guess_doubt(g, "columns: that \"%.60s\" is the "
			    "agency's reference of the child is a guess",
			    g->rows[0][i]);
		}
}

static void
say_missing(struct guess *g)
{
	guess_doubt(g, g->m->columns[MAP_AGENCY] == NULL ? "agency: say "
	    "whose return it is" : "agency: each row's own stands before the "
	    "child's reference; if the references are the sender's, say who "
	    "sends it");
	if (!g->m->wide && g->m->columns[MAP_INDICATOR] == NULL)
		guess_doubt(g, "columns: none seems to say which indicator a "
		    "row is of; name it, or the columns under \"items\"");
	if (!g->m->wide && g->m->columns[MAP_STATE] == NULL)
		guess_doubt(g, "columns: without \"state\" every row counts "
		    "as present");
	if (g->m->columns[MAP_DATE] == NULL)
		guess_doubt(g, "columns: none seems to say when it was seen; "
		    "a store needs \"date\"");
	if (g->m->columns[MAP_ROW] == NULL)
		guess_doubt(g, "columns: without the agency's own reference "
		    "of a row, \"row\", a corrected date counts as a new row");
}

/* "visits 2026.csv" -> "visits-2026". */
static char *
make_id(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *s = slash != NULL ? slash + 1 : path;
	struct str id;

	str_init(&id);
	for (; *s != '\0' && *s != '.' && id.len < 60; s++)
		if (isalnum((unsigned char)*s))
			str_add_char(&id,
			    (char)tolower((unsigned char)*s));
		else if (id.len != 0 && id.s[id.len - 1] != '-')
			str_add_char(&id, '-');
	if (id.len == 0)
		str_add(&id, "return");
	return str_take(&id);
}

static struct guess *
new_guess(const char *name, const struct instrument *in)
{
	struct guess *g = xcalloc(1, sizeof(*g));

	g->m = xcalloc(1, sizeof(*g->m));
	g->m->id = make_id(name);
	g->m->version = xstrdup("1");
	g->m->agency = xstrdup("");
	g->m->encoding = xstrdup("");
	g->m->instrument = xstrdup(in->id);
	return g;
}

enum rc
mapping_guess(struct source *src, const struct guess_opts *opts,
    struct guess **out, struct err *e)
{
	struct guess *g = new_guess(src->name, opts->instrument);
	enum rc rc = guess_read(g, src, opts, e);
	bool *used;

	*out = NULL;
	if (rc != RC_OK) {
		guess_free(g);
		return rc;
	}
	used = xcalloc(g->ncolumns + 1, sizeof(*used));
	by_header(g, used);
	g->m->wide = g->m->columns[MAP_INDICATOR] == NULL &&
	    has_items(g, used, opts);
	if (g->m->wide && g->m->columns[MAP_STATE] != NULL) {
		used[guess_column(g, g->m->columns[MAP_STATE])] = false;
		free(g->m->columns[MAP_STATE]);
		g->m->columns[MAP_STATE] = NULL;
	}
	if (g->m->wide)
		take_items(g, used, opts);
	by_values(g, used, opts);
	want_child(g, used);
	take_rest(g, used, opts);
	free(used);
	guess_dates(g);
	guess_codes(g, opts->instrument);
	say_missing(g);
	*out = g;
	return RC_OK;
}

void
guess_free(struct guess *g)
{
	if (g == NULL)
		return;
	for (size_t i = 0; i < g->n; i++)
		free(g->doubts[i]);
	free(g->doubts);
	for (size_t i = 0; i < g->nrows; i++) {
		for (size_t j = 0; j < g->ncolumns; j++)
			free(g->rows[i][j]);
		free(g->rows[i]);
	}
	free(g->rows);
	free(g->encoding);
	mapping_free(g->m);
	free(g);
}

void
guess_write(const struct guess *g, struct str *out)
{
	for (size_t i = 0; i < g->n; i++) {
		size_t from = out->len;

		str_add_fmt(out, "# look: %s\n", g->doubts[i]);
		/* A line of comment stays one, whatever a header holds. */
		for (; from + 1 < out->len; from++)
			if ((unsigned char)out->s[from] < 0x20 ||
			    out->s[from] == 0x7f)
				out->s[from] = ' ';
	}
	mapping_write(g->m, out);
}
