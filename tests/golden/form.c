/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Forms, made from the kinds themselves.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/str.h"
#include "core/xalloc.h"
#include "tests/golden/golden.h"
#include "tui/form.h"

struct sink {
	int keeps, lefts, changes, destroys;
	char *body;		/* as it was kept */
	char on[SPAN_TEXT_MAX];
	struct str draft;
	bool refuse;
	const char *why;	/* of the refusal; NULL: no field's */
};

static enum rc
take_form(void *ctx, struct app *app, const json_t *body,
    const struct span *on, struct err *e)
{
	struct sink *s = ctx;

	(void)app;
	if (s->refuse)
		return err_set(e, RC_REFUSED, "%s", s->why != NULL ? s->why :
		    "the invented store says no");
	s->keeps++;
	free(s->body);
	s->body = json_dumps(body, JSON_COMPACT | JSON_SORT_KEYS);
	span_format(on, s->on);
	return RC_OK;
}

static void
take_draft(void *ctx, const struct pane *form)
{
	struct sink *s = ctx;

	s->changes++;
	str_clear(&s->draft);
	form_save(form, &s->draft);
}

static void
take_left(void *ctx, struct app *app)
{
	(void)app;
	((struct sink *)ctx)->lefts++;
}

static void
take_destroy(void *ctx)
{
	((struct sink *)ctx)->destroys++;
}

static void
sink_release(struct sink *s)
{
	free(s->body);
	str_release(&s->draft);
}

static void
home_draw(const struct pane *p, const struct view *v, bool focused)
{
	(void)p;
	(void)focused;
	(void)view_put(v, 0, 0, STYLE_NORMAL, "home");
}

static const struct pane_ops home_ops = {
	.name = "home", .context = CONTEXT_LIST, .draw = home_draw,
};
static struct pane home = {&home_ops};

static struct pane *
make_form(struct sink *s, const char *kind, const json_t *body)
{
	struct form_opts o = {
		.kind = kind_find(kind), .body = body, .ctx = s,
		.changed = take_draft, .keep = take_form, .left = take_left,
		.destroy = take_destroy,
	};

	assert_non_null(o.kind);
	return form_new(&o);
}

static struct golden *
open_form(struct sink *s, const char *kind, int w, int h)
{
	struct golden *g = golden_new(NULL, w, h);

	memset(s, 0, sizeof(*s));
	str_init(&s->draft);
	app_push(golden_app(g), &home);
	app_push(golden_app(g), make_form(s, kind, NULL));
	return g;
}

static void
every_size(void **state)
{
	static const int sizes[][2] = {{80, 24}, {40, 10}, {132, 43}, {1, 1}};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct sink s;
		struct golden *g = open_form(&s, "referral", sizes[i][0],
		    sizes[i][1]);

		golden_check(g, "form");
		golden_keys(g, "'4/3/2026' Tab Space Space Tab "
		    "'The invented team' Tab 't' Tab "
		    "'A long concern that has to be wrapped, as it does not "
		    "fit on one line of the form.' Enter 'Second line.'");
		golden_check(g, "form-typed");
		golden_free(g);
		assert_int_equal(s.destroys, 1);
		sink_release(&s);
	}
}

/* A date that was filled in was glued to the one typed after it. */
static void
typing_replaces_what_was_filled_in(void **state)
{
	struct form_opts o = {.kind = kind_find("observation"),
	    .on = "2026-11-20", .suggest = true};
	struct golden *g = golden_new(NULL, 80, 24);
	struct pane *form;
	json_t *body;

	(void)state;
	o.body = body = json_pack("{s:s, s:s}", "agency", "Example School",
	    "source", "Ms Example");
	form = form_new(&o);
	app_push(golden_app(g), &home);
	app_push(golden_app(g), form);
	golden_keys(g, "'9/2026' Tab Tab 'Town Police' Tab End ' and others'");
	json_decref(body);
	body = form_body(form);
	assert_int_equal(form_on(form).first, 20697);
	assert_string_equal(json_string_value(json_object_get(body,
	    "agency")), "Town Police");
	assert_string_equal(json_string_value(json_object_get(body,
	    "source")), "Ms Example and others");
	json_decref(body);
	golden_free(g);
}

/* Words written over the date were refused, and had to be typed again. */
static void
words_in_the_date_go_where_they_belong(void **state)
{
	struct form_opts o = {.kind = kind_find("voice"),
	    .on = "2026-11-20", .suggest = true};
	struct golden *g = golden_new(NULL, 80, 24);
	struct pane *form = form_new(&o);
	json_t *body;

	(void)state;
	app_push(golden_app(g), &home);
	app_push(golden_app(g), form);
	golden_keys(g, "'I want to stay.' Tab");
	golden_shows(g, "The first field is the date.");
	golden_keys(g, "' Here.'");
	body = form_body(form);
	assert_string_equal(json_string_value(json_object_get(body,
	    "words")), "I want to stay. Here.");
	assert_int_equal(form_on(form).first, 20777);
	json_decref(body);
	/* What has a figure is a date that was mistyped. */
	golden_keys(g, "Home BackTab '4 Mrch 2026' Tab");
	golden_hides(g, "The first field is the date.");
	golden_shows(g, "4 Mrch 2026");
	golden_free(g);
}

static void
faults_are_shown(void **state)
{
	struct sink s;
	struct golden *g = open_form(&s, "referral", 80, 24);

	(void)state;
	golden_keys(g, "'4/13/2026'");
	golden_check(g, "form-date-typing");
	golden_keys(g, "F2");
	golden_check(g, "form-date-fault");
	golden_keys(g, "^U '4/3/2026' F2");
	golden_shows(g, "this is needed");
	assert_int_equal(s.keeps, 0);
	golden_free(g);
	sink_release(&s);
}

static void
fill_referral(struct golden *g)
{
	golden_keys(g, "'4/3/2026' Tab 'pol' Tab 'Invented desk' Tab 'imm' "
	    "Tab 'Seen twice.' Tab 'Asked to be left alone.' Tab "
	    "'A talk.' Tab 'consent ref' Backspace 'ref' Tab "
	    "'To protect.' Tab Tab 'R. Invented, 000'");
}

static void
keeps_what_is_good(void **state)
{
	struct sink s;
	struct golden *g = open_form(&s, "referral", 80, 24);

	(void)state;
	fill_referral(g);
	golden_keys(g, "F2");
	golden_shows(g, "home");
	assert_int_equal(s.keeps, 1);
	assert_string_equal(s.on, "2026-03-04");
	assert_string_equal(s.body, "{\"asked\":\"A talk.\","
	    "\"basis\":\"To protect.\",\"concern\":\"Seen twice.\","
	    "\"consent\":\"refused\",\"contact\":\"R. Invented, 000\","
	    "\"service\":\"police\",\"to\":\"Invented desk\","
	    "\"urgency\":\"immediate\","
	    "\"words\":\"Asked to be left alone.\"}");
	golden_free(g);
	sink_release(&s);
}

/* What one field alone cannot say is said at the field it names. */
static void
whole_form_is_checked(void **state)
{
	struct sink s;
	struct golden *g = open_form(&s, "referral", 80, 24);

	(void)state;
	fill_referral(g);
	golden_keys(g, "BackTab BackTab ^U F2");
	assert_int_equal(s.keeps, 0);
	golden_shows(g, "> Basis for sharing");
	golden_shows(g, "Error: Basis for sharing");
	golden_keys(g, "'Because.' F2");
	assert_int_equal(s.keeps, 1);
	golden_free(g);
	sink_release(&s);
}

/* Who keeps the form may name the field, too: one is led to it. */
static void
refusal_leads_to_its_field(void **state)
{
	struct sink s;
	struct golden *g = open_form(&s, "referral", 80, 24);

	(void)state;
	fill_referral(g);
	s.refuse = true;
	s.why = "Who was told: say it of the family, too";
	golden_keys(g, "F2");
	golden_shows(g, "Error: Who was told: say it of the family, too");
	golden_shows(g, "> Who was told");
	golden_shows(g, "! say it of the family, too");
	golden_free(g);
	sink_release(&s);
}

static void
refusal_keeps_the_form(void **state)
{
	struct sink s;
	struct golden *g = open_form(&s, "referral", 80, 24);

	(void)state;
	fill_referral(g);
	s.refuse = true;
	golden_keys(g, "F2");
	golden_shows(g, "Error: the invented store says no");
	golden_shows(g, "R. Invented, 000");
	golden_keys(g, "Esc");
	assert_int_equal(s.lefts, 1);
	golden_shows(g, "home");
	golden_free(g);
	sink_release(&s);
}

/* After each key the draft brings back the very same picture. */
static void
drafts_come_back(void **state)
{
	static const char *const keys[] = {
		"'4/13'", "Tab", "Space", "Tab", "'Invented'", "Tab", "'t'",
		"Tab", "'One.'", "Enter", "'Zoë'", "Tab", "'w'",
	};
	struct sink s;
	struct golden *g = open_form(&s, "referral", 80, 24);

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		struct sink other = {0};
		struct pane *again;
		struct str draft, two;
		struct err e;

		golden_keys(g, keys[i]);
		str_init(&draft);
		str_init(&two);
		str_init(&other.draft);
		form_save(app_top(golden_app(g)), &draft);
		again = make_form(&other, "referral", NULL);
		assert_int_equal(form_restore(again, draft.s, &e), RC_OK);
		form_save(again, &two);
		assert_string_equal(draft.s, two.s);
		assert_null(strchr(draft.s, '\n'));
		pane_destroy(again);
		sink_release(&other);
		str_release(&draft);
		str_release(&two);
	}
	assert_true(s.changes > 10);
	golden_free(g);
	sink_release(&s);
}

static void
other_drafts_are_refused(void **state)
{
	static const char *const bad[] = {
		"", "{", "[]", "null", "{\"kind\":\"note\",\"body\":{}}",
		"{\"kind\":\"referral\"}", "{\"kind\":3,\"body\":{}}",
	};
	struct sink s = {0};
	struct pane *form;
	struct err e;

	(void)state;
	str_init(&s.draft);
	form = make_form(&s, "referral", NULL);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(form_restore(form, bad[i], &e), RC_INPUT);
	pane_destroy(form);
	sink_release(&s);
}

/* Hidden and unknown fields go through a form unharmed. */
static void
other_fields_stay(void **state)
{
	struct sink s = {0};
	json_t *body = json_pack("{s:s, s:s, s:[s]}", "level", "high",
	    "from-a-newer-version", "x", "rules", "R1"), *out;
	struct pane *form;

	(void)state;
	str_init(&s.draft);
	form = make_form(&s, "referral", body);
	out = form_body(form);
	assert_true(json_equal(out, body));
	json_decref(out);
	json_decref(body);
	pane_destroy(form);
	sink_release(&s);
}

/* Some entries of the register are made by the program alone. */
static bool
has_a_field(const struct kind *k)
{
	for (const struct field *f = k->fields; f->name != NULL; f++)
		if ((f->flags & FIELD_HIDDEN) == 0)
			return true;
	return false;
}

/* Every kind gives a form that draws at every size and keeps its body. */
static void
every_kind(void **state)
{
	size_t n;
	const struct kind *kinds = kind_all(&n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct sink s;
		struct golden *g;

		if (!has_a_field(&kinds[i]))
			continue;
		g = open_form(&s, kinds[i].name, 80, 24);
		for (int w = 1; w < 140; w += 23)
			for (int h = 1; h < 50; h += 7) {
				golden_resize(g, w, h);
				golden_keys(g, "Tab 'x' Space Right Down");
			}
		golden_free(g);
		sink_release(&s);
	}
}

#define FAMILY "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA9" \
	"\xE2\x80\x8D\xF0\x9F\x91\xA7"

/* Long text in any script: pasted in one step, wrapped, found, undone. */
static void
long_text(void **state)
{
	static const int sizes[][2] = {{80, 24}, {40, 10}};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct sink s;
		struct golden *g = open_form(&s, "note", sizes[i][0],
		    sizes[i][1]);

		golden_keys(g, "Tab");
		golden_paste(g, "Zoë O'Brien-Ñandú 王 came with her family "
		    FAMILY " and said: \"J'e\xCC\x81" "tais la\xCC\x80.\"\r\n"
		    "\x1B[31mNobody\x1B[0m has told her a name; she writes it "
		    "Z\xCC\xB5o\xCC\xB5" "e\xCC\xB5. ZOE O'BRIEN is on the "
		    "list of the school as well.");
		golden_keys(g, "Up Up Up Home Backspace");
		golden_keys(g, "M-/ 'zoe obrien' Enter");
		golden_check(g, "editor-found");
		golden_keys(g, "M-n M-p");
		golden_shows(g, i == 0 ? "From the end again." :
		    "From the end");
		golden_keys(g, "M-/ 'nowhere' Enter");
		golden_shows(g, "Not found in this text.");
		golden_keys(g, "M-< Right Delete Delete");
		golden_shows(g, "Z O'Brien-Ñandú 王");
		golden_keys(g, "M-u M-u");
		golden_shows(g, "Zoë O'Brien-Ñandú 王");
		golden_keys(g, "M-r");
		golden_shows(g, "Zë O'Brien-Ñandú 王");
		golden_keys(g, "M-u M-u M-u");
		golden_hides(g, "O'Brien");
		golden_keys(g, "M-r");
		golden_check(g, "editor-again");
		golden_free(g);
		sink_release(&s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_size),
		cmocka_unit_test(typing_replaces_what_was_filled_in),
		cmocka_unit_test(words_in_the_date_go_where_they_belong),
		cmocka_unit_test(faults_are_shown),
		cmocka_unit_test(keeps_what_is_good),
		cmocka_unit_test(whole_form_is_checked),
		cmocka_unit_test(refusal_leads_to_its_field),
		cmocka_unit_test(refusal_keeps_the_form),
		cmocka_unit_test(drafts_come_back),
		cmocka_unit_test(other_drafts_are_refused),
		cmocka_unit_test(other_fields_stay),
		cmocka_unit_test(every_kind),
		cmocka_unit_test(long_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
