/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the people of three stores write. */
#include "config.h"

#include "tests/store/trio_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * What is written: %t is the id of an entry of the kind `about' (any kind
 * where that is ""), %d the writer's day, %m the moment, %k the keys of all,
 * %s another word each time.
 */
struct recipe {
	const char *kind, *about, *body;
	bool replaces;		/* of one of the same kind, if there is one */
};

static const struct recipe recipes[] = {
	{"note", NULL, "{\"facts\":\"%s\"}", false},
	{"note", NULL, "{\"facts\":\"%s\"}", true},
	{"identity", NULL, "{\"name\":\"%s\",\"birth\":\"2012-03-04\"}", false},
	{"identity", NULL, "{\"name\":\"%s\",\"birth\":\"2011-03-04\"}", true},
	{"observation", NULL, "{\"instrument\":\"occ-csegg\",\"indicator\":"
	    "\"B1\",\"state\":\"present\",\"agency\":\"School\","
	    "\"evidence\":\"%s\"}", false},
	{"observation", NULL, "{\"instrument\":\"occ-csegg\",\"indicator\":"
	    "\"B3\",\"state\":\"absent\",\"agency\":\"School\","
	    "\"evidence\":\"%s\"}", false},
	{"observation", NULL, "{\"instrument\":\"occ-csegg\",\"indicator\":"
	    "\"A6\",\"state\":\"present\",\"agency\":\"Health\","
	    "\"evidence\":\"%s\"}", false},
	{"strike", "", "{\"target\":\"%t\",\"reason\":\"%s\"}", false},
	{"strike", "strike", "{\"target\":\"%t\",\"reason\":\"%s\"}", false},
	{"voice", NULL, "{\"words\":\"%s\"}", false},
	{"flag", NULL, "{\"why\":\"%s\"}", false},
	{"unflag", "flag", "{\"flag\":\"%t\",\"why\":\"%s\"}", false},
	{"review-request", NULL, "{\"level\":\"high\",\"asked_level\":"
	    "\"potential\",\"reason\":\"%s\"}", false},
	{"review", "review-request", "{\"about\":\"%t\",\"decision\":"
	    "\"agree\",\"rules_level\":\"high\",\"level\":\"potential\","
	    "\"reason\":\"%s\"}", false},
	{"review", "flag", "{\"about\":\"%t\",\"decision\":\"return\","
	    "\"reason\":\"%s\",\"questions\":\"%s\"}", false},
	{"review", "screening", "{\"about\":\"%t\",\"decision\":\"raise\","
	    "\"level\":\"high\",\"reason\":\"%s\"}", false},
	{"screening", NULL, "{\"instrument\":\"occ-csegg\",\"version\":\"1\","
	    "\"hash\":\"00\",\"answers\":{\"B1\":\"present\"},\"level\":"
	    "\"potential\",\"could_be\":\"high\",\"judgement\":\"high\","
	    "\"reason\":\"%s\",\"review\":\"2026-03-01\"}", false},
	{"supervision", NULL, "{\"with\":\"%s\",\"talked\":\"%s\","
	    "\"agreed\":\"%s\"}", true},
	{"restrict", NULL, "{\"state\":\"set\",\"people\":[%k],\"reason\":"
	    "\"%s\",\"review\":\"2026-04-01\"}", false},
	{"restrict", NULL, "{\"state\":\"lifted\",\"people\":[],\"reason\":"
	    "\"%s\"}", false},
	{"restrict", "restrict", "{\"state\":\"set\",\"people\":[%k],"
	    "\"reason\":\"%s\",\"over\":[\"%t\"]}", false},
	{"restrict", "restrict", "{\"state\":\"lifted\",\"reason\":\"%s\","
	    "\"over\":[\"%t\"]}", false},
	{"restrict", NULL, "{\"state\":\"set\",\"people\":[%k],"
	    "\"reason\":\"%s\",\"over\":[]}", false},
	{"close", NULL, "{\"why\":\"safe\",\"words\":\"%s\",\"child\":\"c\"}",
	    false},
	{"reopen", "close", "{\"why\":\"%s\",\"close\":\"%t\"}", false},
	{"reopen", NULL, "{\"why\":\"%s\"}", false},
	{"missing", NULL, "{\"since\":\"%m\",\"from\":\"home\",\"kind\":"
	    "\"missing\",\"reported_by\":\"%s\"}", false},
	{"located", "missing", "{\"episode\":\"%t\",\"at\":\"%m\","
	    "\"where\":\"%s\",\"interview_due\":\"%m\"}", false},
	{"interview", "missing", "{\"episode\":\"%t\",\"state\":\"held\","
	    "\"by\":\"%s\",\"independent\":\"yes\"}", false},
	{"plan", NULL, "{\"aim\":\"%s\",\"negotiated\":\"n\",\"danger\":"
	    "\"d\",\"review\":\"2026-02-18\"}", true},
	{"action", NULL, "{\"what\":\"%s\",\"owner\":\"Ms Example\","
	    "\"due\":\"2026-02-27\"}", true},
	{"action-outcome", "action", "{\"action\":\"%t\",\"outcome\":"
	    "\"done\",\"words\":\"%s\"}", false},
	{"consent", NULL, "{\"state\":\"given\",\"by\":\"child\",\"to\":"
	    "\"t\",\"words\":\"%s\"}", false},
	{"consent", NULL, "{\"state\":\"withdrawn\",\"by\":\"child\","
	    "\"to\":\"t\",\"words\":\"%s\"}", false},
	{"bundle-recall", "bundle-sent", "{\"sent\":\"%t\",\"ask\":\"stop\","
	    "\"reason\":\"%s\"}", false},
	{"recall-answer", "bundle-recall", "{\"recall\":\"%t\",\"done\":"
	    "\"stopped\",\"words\":\"%s\"}", false},
};
#define NRECIPES (sizeof(recipes) / sizeof(recipes[0]))

static const char *const whats[WHATS] = {
	"open", "write", "pack", "deliver", "lose", "clock", "reopen"
};

void
trio_words(const struct step *s, struct str *out)
{
	str_add_fmt(out, "%-7s who %u  a %u  b %u  c %u", whats[s->what],
	    s->who % SIDES, s->a, s->b, s->c);
	if (s->what == WHAT_WRITE)
		str_add_fmt(out, "  (%s%s)", recipes[s->a % NRECIPES].kind,
		    recipes[s->a % NRECIPES].replaces ? ", replaces" : "");
}

/* ---- writing ---- */

bool
trio_has_case(struct trio *t, unsigned who, const struct case_id *id,
    struct casefile *c)
{
	struct err e;

	return store_case_load(t->side[who].s, id, c, &e) == RC_OK;
}

/* The at-th of those that are here, going round. */
static bool
some_case(struct trio *t, unsigned who, unsigned at, struct casefile *c)
{
	for (size_t i = 0; i < t->ncases; i++)
		if (trio_has_case(t, who, &t->cases[(at + i) % t->ncases], c))
			return true;
	return false;
}

/* The c-th entry of that kind ("": any), going round; NULL: there is none. */
static const struct record *
pick(const struct casefile *c, const char *kind, unsigned at)
{
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[(at + i) % c->nrecords];

		if (*kind == '\0' || strcmp(r->entry.kind, kind) == 0)
			return r;
	}
	return NULL;
}

static void
add_keys(const struct trio *t, struct str *out)
{
	char hex[2 * AUTHOR_LEN + 1];

	for (unsigned i = 0; i <= SIDES; i++) {
		hex_format(t->key[i].b, AUTHOR_LEN, hex);
		str_add_fmt(out, "%s\"%s\"", i > 0 ? "," : "", hex);
	}
}

static void
add_moment(const struct world *w, bool day, struct str *out)
{
	char text[SPAN_TEXT_MAX];

	if (day)
		day_format(moment_day(w->now), text);
	else
		moment_format(w->now, text);
	str_add(out, text);
}

static void
fill_in(const struct trio *t, unsigned who, const char *body,
    const struct record *about, struct str *out)
{
	char hex[2 * ENTRY_ID_LEN + 1];

	for (; *body != '\0'; body++) {
		if (*body != '%') {
			str_add_char(out, *body);
			continue;
		}
		switch (*++body) {
		case 't':
			hex_format(about->entry.id.b, ENTRY_ID_LEN, hex);
			str_add(out, hex);
			break;
		case 'k':
			add_keys(t, out);
			break;
		case 'd':
		case 'm':
			add_moment(&t->side[who], *body == 'd', out);
			break;
		default:
			str_add_fmt(out, "%.3s says %lld", trio_founder(who),
			    (long long)t->side[who].now % 1000003);
		}
	}
}

static json_t *
body_of(const struct trio *t, unsigned who, const struct recipe *r,
    const struct record *about, const struct record *before)
{
	char hex[2 * ENTRY_ID_LEN + 1];
	struct str text;
	json_t *body;

	str_init(&text);
	fill_in(t, who, r->body, about, &text);
	body = json_loads(text.s, 0, NULL);
	str_release(&text);
	if (body == NULL)
		abort();
	if (r->replaces && before != NULL) {
		hex_format(before->entry.id.b, ENTRY_ID_LEN, hex);
		json_object_set_new(body, "replaces",
		    json_pack("[s]", hex));
	}
	return body;
}

/* What a role or a check refuses is not written: that is no fault. */
bool
trio_append(struct trio *t, unsigned who, struct entry_draft *d)
{
	struct world *w = &t->side[who];
	enum rc rc = store_append(w->s, d, 1, NULL, &w->e);

	entry_draft_release(d);
	if (rc == RC_OK)
		return true;
	t->skipped++;
	if (rc == RC_REFUSED || rc == RC_INPUT)
		return true;
	return trio_fault(t, "writing", &w->e);
}

bool
trio_write(struct trio *t, const struct step *s)
{
	unsigned who = s->who % SIDES;
	const struct recipe *r = &recipes[s->a % NRECIPES];
	const struct kind *k = kind_find(r->kind);
	const struct record *about = NULL, *before;
	struct entry_draft d;
	struct casefile c;

	if (!some_case(t, who, s->b, &c)) {
		t->skipped++;
		return true;
	}
	about = r->about != NULL ? pick(&c, r->about, s->c) : NULL;
	before = pick(&c, r->kind, s->c);
	if (r->about != NULL && about == NULL) {
		t->skipped++;
		casefile_release(&c);
		return true;
	}
	d = (struct entry_draft){
		.case_id = c.id, .kind = k->name,
		.on = k->on_label != NULL ?
		    span_of_day(moment_day(t->side[who].now)) : span_none(),
		.body = body_of(t, who, r, about, before),
	};
	casefile_release(&c);
	return trio_append(t, who, &d);
}
