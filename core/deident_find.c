/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a case knows that names somebody, something or somewhere: every field
 * that is for a name, of every entry, of those that were struck as well.
 */
#include "config.h"

#include "core/deident_impl.h"

#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/xalloc.h"

enum how {
	OF_CHILD,		/* names, parted by commas */
	OF_PERSON,		/* one name; the relation beside it */
	OF_CONCERN,
	OF_SOMEBODY,		/* words with names among them */
	OF_WORKER,		/* the same, of people at work */
	OF_AGENCY, OF_SCHOOL, OF_AREA, OF_ADDRESS, OF_PLACEMENT, OF_WHERE,
	OF_NUMBER
};

static const struct {
	const char *kind, *field;
	enum how how;
} named[] = {
	{"identity", "name", OF_CHILD},
	{"identity", "known_as", OF_CHILD},
	{"identity", "forename", OF_CHILD},
	{"identity", "surname", OF_CHILD},
	{"identity", "postcode", OF_NUMBER},
	{"identity", "agency", OF_AGENCY},
	{"identity", "school", OF_SCHOOL},
	{"identity", "area", OF_AREA},
	{"identity", "placement", OF_PLACEMENT},
	{"identity", "upn", OF_NUMBER},
	{"identity", "nhs", OF_NUMBER},
	{"identity", "la_id", OF_NUMBER},
	{"identity", "nrm_reference", OF_NUMBER},
	{"open", "reference", OF_NUMBER},
	{"associate", "name", OF_PERSON},
	{"associate", "reference", OF_NUMBER},
	{"associate", "contact", OF_SOMEBODY},
	{"address", "address", OF_ADDRESS},
	{"address", "area", OF_AREA},
	{"address", "authority", OF_AREA},
	{"address", "with", OF_SOMEBODY},
	{"person-of-concern", "name", OF_CONCERN},
	{"person-of-concern", "police_reference", OF_NUMBER},
	{"observation", "agency", OF_AGENCY},
	{"observation", "source", OF_WORKER},
	{"referral", "to", OF_WORKER},
	{"referral", "contact", OF_WORKER},
	{"referral-step", "who", OF_WORKER},
	{"nrm", "reference", OF_NUMBER},
	{"nrm", "responder", OF_AGENCY},
	{"process", "who", OF_WORKER},
	{"transfer", "to", OF_WORKER},
	{"transfer-receipt", "who", OF_WORKER},
	{"missing", "reported_by", OF_WORKER},
	{"missing", "police_reference", OF_NUMBER},
	{"located", "where", OF_WHERE},
	{"located", "with", OF_SOMEBODY},
	{"officer-told", "officer", OF_WORKER},
	{"officer-told", "by", OF_WORKER},
	{"interview", "by", OF_WORKER},
	{"action", "owner", OF_WORKER},
	{"support", "by", OF_WORKER},
	{"sharing", "asked_by", OF_WORKER},
	{"sharing", "to", OF_WORKER},
	{"sharing", "decider", OF_WORKER},
	{"close", "agreed_by", OF_WORKER},
	{"supervision", "with", OF_WORKER},
	{"bundle-received", "from", OF_WORKER},
};
#define NAMED (sizeof(named) / sizeof(named[0]))

/* Such fields are sources of names and never told. */
static bool
is_for_names(const char *kind, const char *field)
{
	for (size_t i = 0; i < NAMED; i++)
		if (strcmp(named[i].kind, kind) == 0 &&
		    strcmp(named[i].field, field) == 0)
			return named[i].how != OF_WHERE;
	return false;
}

/* What was said about overseeing, sending and striking is no part of a story. */
bool
deident_is_told(const struct kind *k, const struct field *f)
{
	static const char *const families[] = {
		"case", "person", "screening", "voice", "note", "referral",
		"process", "missing", "plan", "sharing"
	};
	static const char *const kinds[] = {
		"strike", "restrict", "close", "reopen", "bundle-sent",
		"bundle-received", "bundle-recall", "recall-answer",
		"transfer-receipt"
	};
	bool told = false;

	if ((f->type != FIELD_LINE && f->type != FIELD_TEXT) ||
	    (f->flags & FIELD_HIDDEN) != 0 ||
	    is_for_names(k->name, f->name) ||
	    strcmp(f->name, "route") == 0)
		return false;
	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++)
		told = told || strcmp(k->family, families[i]) == 0;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		told = told && strcmp(k->name, kinds[i]) != 0;
	/* The id of a level, and a language, tell nothing in words. */
	return told && strcmp(f->name, "judgement") != 0 &&
	    strcmp(f->name, "languages") != 0;
}

/* ---- putting ---- */

struct ident *
deident_put(struct deident *d, enum ident_type type, const char *text,
    size_t n, const char *instead)
{
	struct letters ls;
	bool empty;

	while (n > 0 && strchr(" \t\r\n,;:()\"'", text[0]) != NULL)
		text++, n--;
	while (n > 0 && strchr(" \t\r\n,;:()\"'", text[n - 1]) != NULL)
		n--;
	letters_of(&ls, text, n);
	empty = ls.n == 0;
	letters_release(&ls);
	if (empty)
		return NULL;
	for (size_t i = 0; i < d->nidents; i++)
		if (strlen(d->idents[i].text) == n &&
		    memcmp(d->idents[i].text, text, n) == 0)
			return &d->idents[i];
	d->idents = vec_room(d->idents, d->nidents, &d->capidents,
	    sizeof(*d->idents));
	d->idents[d->nidents] = (struct ident){type, xstrndup(text, n),
		xstrdup(instead), true};
	return &d->idents[d->nidents++];
}

/* Every word of it is a small word of the field: "at home", "none". */
static bool
says_nothing(const char *text, size_t n)
{
	struct letters ls;
	bool nothing = true;
	char w[ASCII_WORD_MAX];

	letters_of(&ls, text, n);
	for (size_t i = 0; i < ls.n && nothing;) {
		size_t end = letters_word_end(&ls, i);

		letters_ascii(&ls, i, end, w);
		nothing = word_is_function(w) || word_is_trade(w) ||
		    (!ls.l[i].upper && word_is_ordinary(w)) ||
		    (i == 0 && word_is_ordinary(w) && end < ls.n &&
		    !ls.l[end].upper);
		i = end;
	}
	letters_release(&ls);
	return nothing;
}

/* ---- names among words ---- */

static const char *
by_trade(const char *text)
{
	static const char *const trades[][2] = {
		{"teacher", "a teacher"}, {"tutor", "a teacher"},
		{"head of year", "a teacher"}, {"headteacher", "a teacher"},
		{"nurse", "a nurse"}, {"social worker", "a social worker"},
		{"youth worker", "a youth worker"}, {"doctor", "a doctor"},
		{"paediatric", "a doctor"}, {"dr ", "a doctor"},
		{"gp", "a doctor"}, {"police", "a police officer"},
		{"pc ", "a police officer"}, {"dc ", "a police officer"},
		{"ds ", "a police officer"}, {"sgt ", "a police officer"},
		{"foster", "a carer"}, {"carer", "a carer"},
		{"reviewing officer", "a reviewing officer"},
		{"mother", "a mother"}, {"father", "a father"},
		{"aunt", "an aunt"}, {"uncle", "an uncle"},
		{"neighbour", "a neighbour"}, {"friend", "a friend"},
		{"counsellor", "a counsellor"}, {"school", "a teacher"}
	};
	const char *found;

	for (size_t i = 0; i < sizeof(trades) / sizeof(trades[0]); i++) {
		found = strcasestr(text, trades[i][0]);
		if (found != NULL && (found == text ||
		    strchr(" ,;(/", found[-1]) != NULL))
			return trades[i][1];
	}
	return NULL;
}

/* Words that stand side by side, with nothing but a blank or a sign. */
static bool
side_by_side(const struct letters *ls, size_t i)
{
	return (ls->l[i].gap & (GAP_COMMA | GAP_OTHER | GAP_LINE)) == 0;
}

/* A word that may be of a name. */
static bool
of_name(const struct letters *ls, size_t from, size_t to)
{
	char w[ASCII_WORD_MAX];

	letters_ascii(ls, from, to, w);
	return ls->l[from].upper && ls->l[from].cp >= 'a' &&
	    (word_is_title(w) || (!word_is_function(w) &&
	    !word_is_trade(w) && !word_is_capital(w)));
}

/* One that begins a sentence and is a small word, and stands alone. */
static bool
is_only_a_start(const struct letters *ls, size_t from, size_t to)
{
	char w[ASCII_WORD_MAX];

	letters_ascii(ls, from, to, w);
	return word_is_title(w) || (word_is_ordinary(w) &&
	    letters_sentence_start(ls, from));
}

static void
put_among(struct deident *d, enum ident_type type, const char *text,
    const char *instead)
{
	struct letters ls;
	size_t words, last;

	letters_of(&ls, text, strlen(text));
	for (size_t i = 0; i < ls.n;) {
		size_t end = letters_word_end(&ls, i), from = i;

		i = last = end;
		if (!of_name(&ls, from, end))
			continue;
		for (words = 1; i < ls.n && side_by_side(&ls, i) &&
		    of_name(&ls, i, letters_word_end(&ls, i)); words++)
			i = last = letters_word_end(&ls, i);
		if (words == 1 && is_only_a_start(&ls, from, last))
			continue;
		(void)deident_put(d, type, text + ls.l[from].at,
		    ls.l[last - 1].end - ls.l[from].at, instead);
	}
	letters_release(&ls);
}

/* "ms testerman, form tutor", written small: what is before the comma. */
static void
put_small(struct deident *d, enum ident_type type, const char *text,
    const char *instead)
{
	size_t n = strcspn(text, ",;(/\n");

	for (const char *p = text; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			return;
	if (n > 0 && n <= 60 && !says_nothing(text, n))
		(void)deident_put(d, type, text, n, instead);
}

static void
put_people(struct deident *d, enum ident_type type, const char *text,
    const char *instead)
{
	put_among(d, type, text, instead);
	put_small(d, type, text, instead);
}

/* ---- by field ---- */

/* Names parted by commas, "or", strokes. */
static void
put_list(struct deident *d, const char *text, const char *instead,
    enum ident_type type)
{
	while (*text != '\0') {
		size_t n = strcspn(text, ",;/()\n\"");
		const char *or = strstr(text, " or ");

		if (or != NULL && (size_t)(or - text) < n)
			n = (size_t)(or - text);
		(void)deident_put(d, type, text, n, instead);
		text += n;
		text += strncmp(text, " or ", 4) == 0 ? 4 : *text != '\0';
	}
}

static const char *
by_relation(const struct record *r)
{
	static const char *const relations[][2] = {
		{"mother", "the mother"}, {"father", "the father"},
		{"parent", "a parent"}, {"sibling", "a sibling"},
		{"twin", "the twin"}, {"grandparent", "a grandparent"},
		{"relative", "a relative"}, {"carer", "a carer"},
		{"partner", "a partner"}, {"friend", "a friend"},
		{"associate", "an associate"}, {"professional", "a worker"}
	};
	const char *name = record_text(r, "name");
	const char *kin = record_text(r, "relation");

	if (strncasecmp(name, "uncle ", 6) == 0)
		return "an uncle";
	if (strncasecmp(name, "aunt", 4) == 0)
		return "an aunt";
	for (size_t i = 0; i < sizeof(relations) / sizeof(relations[0]); i++)
		if (strcmp(relations[i][0], kin) == 0)
			return relations[i][1];
	return "somebody";
}

static const char *
by_place(const char *text, const char *other)
{
	struct letters ls;
	const char *kind = NULL;
	char w[ASCII_WORD_MAX];

	letters_of(&ls, text, strlen(text));
	for (size_t i = 0; i < ls.n;) {
		size_t end = letters_word_end(&ls, i);

		letters_ascii(&ls, i, end, w);
		if (word_place(w) != NULL)
			kind = word_place(w);
		i = end;
	}
	letters_release(&ls);
	return kind != NULL ? kind : other;
}

/* Each part of an address, from comma to comma. */
static void
put_parts(struct deident *d, const char *text, const char *instead)
{
	while (*text != '\0') {
		size_t n = strcspn(text, ",;\n");

		if (!says_nothing(text, n)) {
			char *part = xstrndup(text, n);

			(void)deident_put(d, IDENT_PLACE, part, n,
			    by_place(part, instead));
			free(part);
		}
		text += n + (text[n] != '\0');
	}
}

/* Two figures are an age, and four may be a year: nobody's reference. */
static bool
is_small_number(const char *text)
{
	size_t n = strlen(text);

	return text[strspn(text, "0123456789")] == '\0' && (n < 3 ||
	    (n == 4 && (memcmp(text, "19", 2) == 0 ||
	    memcmp(text, "20", 2) == 0)));
}

static void
put_field(struct deident *d, const struct record *r, const char *text,
    enum how how)
{
	const char *trade;

	switch (how) {
	case OF_CHILD:
		put_list(d, text, r->struck_by == NULL ? "" :
		    "another young person", r->struck_by == NULL ?
		    IDENT_CHILD : IDENT_PERSON);
		break;
	case OF_PERSON:
		put_list(d, text, by_relation(r), strcmp(record_text(r,
		    "relation"), "professional") == 0 ? IDENT_WORKER :
		    IDENT_PERSON);
		break;
	case OF_CONCERN:
		if (!says_nothing(text, strlen(text)))
			put_list(d, text, "a person of concern",
			    IDENT_PERSON);
		put_among(d, IDENT_PERSON, text, "a person of concern");
		break;
	case OF_SOMEBODY:
		put_people(d, IDENT_PERSON, text, "somebody");
		break;
	case OF_WORKER:
		trade = by_trade(text);
		put_people(d, IDENT_WORKER, text, trade != NULL ? trade :
		    "a worker");
		break;
	case OF_AGENCY:
		if (!says_nothing(text, strlen(text)))
			put_parts(d, text, "a service");
		break;
	case OF_SCHOOL:
		put_parts(d, text, "a school");
		break;
	case OF_AREA:
		put_parts(d, text, "an area");
		break;
	case OF_ADDRESS:
		put_parts(d, text, "an address");
		break;
	case OF_PLACEMENT:
		put_parts(d, text, "a placement");
		break;
	case OF_WHERE:
		put_among(d, IDENT_PLACE, text, by_place(text, "a place"));
		break;
	case OF_NUMBER:
		if (!is_small_number(text))
			(void)deident_put(d, IDENT_NUMBER, text,
			    strlen(text), "a number");
		break;
	}
}

static void
put_record(struct deident *d, const struct record *r, bool child)
{
	for (size_t i = 0; i < NAMED; i++)
		if (strcmp(named[i].kind, r->entry.kind) == 0 &&
		    (named[i].how == OF_CHILD) == child)
			put_field(d, r, record_text(r, named[i].field),
			    named[i].how);
}

static void
put_roster(struct deident *d, const struct roster *roster)
{
	for (size_t i = 0; i < roster->nusers; i++) {
		const struct roster_user *u = &roster->users[i];
		const char *name = u->plain != NULL ? u->plain : u->name;

		if (u->system || name == NULL)
			continue;
		(void)deident_put(d, IDENT_WORKER, name, strlen(name),
		    "a worker");
		if (u->agency != NULL && !says_nothing(u->agency,
		    strlen(u->agency)))
			put_parts(d, u->agency, "a service");
	}
}

/* ---- all of a case ---- */

static bool
is_read(const struct record *r)
{
	return r->kind != NULL && r->body != NULL;
}

void
deident_find(struct deident *d, const struct roster *roster,
    const struct rng *rng)
{
	char initial[3] = "K.";

	for (int child = 1; child >= 0; child--)
		for (size_t i = 0; i < d->c->nrecords; i++)
			if (is_read(d->c->records[i]))
				put_record(d, d->c->records[i], child == 1);
	if (roster != NULL)
		put_roster(d, roster);
	initial[0] = deident_letter(d, rng);
	for (size_t i = 0; i < d->nidents; i++)
		if (d->idents[i].type == IDENT_CHILD) {
			free(d->idents[i].instead);
			d->idents[i].instead = xstrdup(initial);
		}
	deident_tell_apart(d);
}
