/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/keys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tui/style.h"

static void
names_go_both_ways(void **state)
{
	static const char *const names[] = {
		"j", "J", "?", "$", "/", ":", "Space", "Enter", "Esc", "Tab",
		"BackTab", "Up", "PgDn", "F1", "F9", "F10", "F12", "^L", "^_",
		"M-b", "M-<", "M-Backspace", "Ctrl-Left", "é", "漢",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char name[KEY_NAME_MAX];
		keycode k = key_from_name(names[i], strlen(names[i]));

		assert_int_not_equal(k, KC_NONE);
		key_label(k, name);
		assert_string_equal(name, names[i]);
	}
	assert_int_equal(key_from_name("F13", 3), KC_NONE);
	assert_int_equal(key_from_name("F0", 2), KC_NONE);
	assert_int_equal(key_from_name("jj", 2), KC_NONE);
	assert_int_equal(key_from_name("", 0), KC_NONE);
	assert_int_equal(key_from_name("M-", 2), KC_NONE);
	assert_int_equal(key_from_name("Nope", 4), KC_NONE);
}

static void
every_action_is_told(void **state)
{
	(void)state;
	for (int a = ACT_PASTED + 1; a < ACTIONS; a++) {
		const struct action_info *info = action_info((enum action)a);
		size_t n = strlen(info->help);

		assert_true(n >= 10 && info->help[n - 1] == '.');
		assert_true(info->name[0] != '\0' && info->keys[0] != '\0');
		assert_null(strchr(info->name, ' '));
		assert_int_equal(action_from_name(info->name), a);
	}
	assert_null(action_info(ACT_TYPED));
	assert_int_equal(action_from_name("nonsense"), ACT_NONE);
}

/* Every word of the table is a key, so nothing in it is passed over. */
static void
every_key_is_known(void **state)
{
	size_t n, words = 0;
	const struct binding *b = key_bindings(&n);
	static const char *const keys[] = {
#define CONTEXT(id, name, heading, parent, typed)
#define ACTION(id, name, context, keys, hint, help) keys,
#define ALSO(id, context, keys) keys,
#include "tui/keys.def"
#undef CONTEXT
#undef ACTION
#undef ALSO
	};

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		for (const char *p = keys[i]; *p != '\0'; words++)
			p += strcspn(p, " ") + (strchr(p, ' ') != NULL);
	assert_int_equal(n, words);
	for (size_t i = 0; i < n; i++)
		assert_int_not_equal(b[i].key, KC_NONE);
}

static bool
is_within(enum context c, enum context ancestor)
{
	while (c != ancestor && context_info(c)->parent != c)
		c = context_info(c)->parent;
	return c == ancestor;
}

/*
 * No key twice in a context, nor in one around it: the same key never does
 * one thing here and another there by surprise.  A text context may hide a
 * plain letter, which is typed there.  What is meant to differ is named here.
 */
static bool
is_meant(const struct binding *inner)
{
	/* The queue is one pane: Tab goes to its next case. */
	if (inner->context == CONTEXT_QUEUE &&
	    inner->act == ACT_QUEUE_NEXT && inner->key == KC_TAB)
		return true;
	/* There is no search where lines wait to be passed. */
	if (inner->context == CONTEXT_DEIDENT &&
	    inner->act == ACT_DEIDENT_NEXT && inner->key == 'n')
		return true;
	/* There is no search among pairs: n says that they are not the same. */
	if (inner->context == CONTEXT_LINKS &&
	    inner->act == ACT_LINK_APART && inner->key == 'n')
		return true;
	/* One list, and nothing to the right of it. */
	if (inner->context == CONTEXT_TRAINING &&
	    inner->act == ACT_TRAIN_LOG && inner->key == 'l')
		return true;
	/* There is no search before a group, and a sign says why. */
	if (inner->context == CONTEXT_GROUP &&
	    (inner->act == ACT_GROUP_ON || inner->act == ACT_GROUP_WHY))
		return true;
	/* A sheet is typed in fast: a letter for each answer. */
	if (inner->context == CONTEXT_SHEET)
		return true;
	/* A replay moves in time: right and pages are steps and stages. */
	if (inner->context == CONTEXT_REPLAY)
		return true;
	/* What is asked again has nothing to open: Enter commits to it. */
	if (inner->context == CONTEXT_RETEST &&
	    inner->act == ACT_ANSWERED && inner->key == KC_ENTER)
		return true;
	/* Before signing there is nothing to open: Enter is the consent. */
	return inner->context == CONTEXT_SIGNING &&
	    inner->act == ACT_CONFIRM && inner->key == KC_ENTER;
}

static void
no_key_twice(void **state)
{
	size_t n;
	const struct binding *b = key_bindings(&n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < n; k++) {
			char name[KEY_NAME_MAX];

			if (i == k || b[i].key != b[k].key ||
			    !is_within(b[i].context, b[k].context) ||
			    /* Bound nearer it only stands earlier in the hints. */
			    (b[i].context != b[k].context &&
			    (b[i].act == b[k].act || is_meant(&b[i]))))
				continue;
			key_label(b[i].key, name);
			fail_msg("%s is bound in %s and in %s", name,
			    context_info(b[i].context)->name,
			    context_info(b[k].context)->name);
		}
	}
}

static void
conventions(void **state)
{
	static const struct {
		enum context c;
		const char *key;
		enum action a;
	} want[] = {
		{CONTEXT_LIST, "?", ACT_HELP}, {CONTEXT_LIST, "F1", ACT_HELP},
		{CONTEXT_FORM, "F1", ACT_HELP}, {CONTEXT_LIST, "j", ACT_DOWN},
		{CONTEXT_CHECKLIST, "k", ACT_UP},
		{CONTEXT_RISK, "Tab", ACT_NEXT_PANE},
		{CONTEXT_LIST, "/", ACT_SEARCH}, {CONTEXT_LIST, "f", ACT_FILTER},
		{CONTEXT_LIST, "c", ACT_CREATE}, {CONTEXT_LIST, ":", ACT_COMMAND},
		{CONTEXT_CHECKLIST, "Space", ACT_TICK},
		{CONTEXT_NOTES, "$", ACT_SIGN}, {CONTEXT_NOTES, "u", ACT_UNDO},
		{CONTEXT_CHECKLIST, "x", ACT_STRIKE},
		{CONTEXT_RISK, "J", ACT_JUDGE}, {CONTEXT_NOTES, "r", ACT_REFER},
		{CONTEXT_UNLOCK, "F12", ACT_BLANK}, {CONTEXT_EDITOR, "^X", ACT_BLANK},
		{CONTEXT_FIELD, "^L", ACT_REDRAW}, {CONTEXT_LIST, "q", ACT_BACK},
		{CONTEXT_FIELD, "q", ACT_TYPED}, {CONTEXT_EDITOR, "?", ACT_TYPED},
		{CONTEXT_FIELD, "Space", ACT_TYPED}, {CONTEXT_PROMPT, "$", ACT_TYPED},
		{CONTEXT_UNLOCK, "Enter", ACT_SUBMIT},
		{CONTEXT_EDITOR, "Enter", ACT_NEWLINE},
		{CONTEXT_FIELD, "Enter", ACT_NEXT_FIELD},
		{CONTEXT_RISK, "Space", ACT_NONE}, {CONTEXT_LIST, "F5", ACT_NONE},
		{CONTEXT_FIELD, "M-q", ACT_NONE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++)
		if (key_decode(want[i].c, key_from_name(want[i].key,
		    strlen(want[i].key))) != want[i].a)
			fail_msg("%s in %s is something else", want[i].key,
			    context_info(want[i].c)->name);
}

/* The screen can be blanked, redrawn and left for help from anywhere. */
static void
safety_keys_everywhere(void **state)
{
	(void)state;
	for (int c = 0; c < CONTEXTS; c++) {
		assert_int_equal(key_decode((enum context)c, KC_F12),
		    ACT_BLANK);
		assert_int_equal(key_decode((enum context)c, 'X' - '@'),
		    ACT_BLANK);
		assert_int_equal(key_decode((enum context)c, KC_F0 + 1),
		    ACT_HELP);
		assert_int_equal(key_decode((enum context)c, KC_ESC),
		    ACT_CANCEL);
		assert_int_equal(key_decode((enum context)c, 'Z' - '@'),
		    ACT_SUSPEND);
	}
}

static bool
not_tick(const void *ctx, enum action a)
{
	(void)ctx;
	return a != ACT_TICK;
}

static void
hints(void **state)
{
	struct hint h[64];
	size_t n = keys_hints(CONTEXT_CHECKLIST, NULL, NULL, h, 64);

	(void)state;
	assert_true(n > 5 && n < 64);
	assert_int_equal(h[0].act, ACT_TICK);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(key_decode(CONTEXT_CHECKLIST, h[i].key),
		    h[i].act);
		for (size_t k = 0; k < i; k++)
			assert_int_not_equal(h[i].act, h[k].act);
	}
	assert_int_equal(keys_hints(CONTEXT_CHECKLIST, not_tick, NULL, h, 64),
	    n - 1);
	assert_int_equal(keys_hints(CONTEXT_CHECKLIST, NULL, NULL, h, 2), 2);
	/* A plain letter is no hint where letters are typed. */
	n = keys_hints(CONTEXT_FIELD, NULL, NULL, h, 64);
	for (size_t i = 0; i < n; i++)
		assert_false(key_is_text(h[i].key));
	assert_int_equal(key_of(CONTEXT_FIELD, ACT_NEXT_FIELD), KC_TAB);
	assert_int_equal(key_of(CONTEXT_FIELD, ACT_TICK), KC_NONE);
}

static void
help_and_man_page_hold_all(void **state)
{
	struct str help, man, flat;

	(void)state;
	str_init(&flat);
	str_init(&help);
	str_init(&man);
	for (int c = 0; c < CONTEXTS; c++)
		keys_help((enum context)c, &help);
	keys_mdoc(&man);
	/* In the man page each sentence stands on a line of its own. */
	str_add(&flat, man.s);
	for (size_t i = 0; i < flat.len; i++)
		if (flat.s[i] == '\n')
			flat.s[i] = ' ';
	for (int a = ACT_PASTED + 1; a < ACTIONS; a++) {
		const char *text = action_info((enum action)a)->help;

		assert_non_null(strstr(help.s, text));
		assert_non_null(strstr(flat.s, text));
	}
	assert_memory_equal(man.s, ".Sh KEYS\n", 9);
	str_release(&help);
	str_release(&man);
	str_release(&flat);
}

/* Two meanings that mono shows alike must differ in their marks. */
static void
colour_never_stands_alone(void **state)
{
	static const enum style facts[] = {
		STYLE_HIGH, STYLE_POTENTIAL, STYLE_VULNERABLE, STYLE_UNKNOWN,
		STYLE_CALM, STYLE_STRUCK, STYLE_PENDING, STYLE_CONFLICT,
		STYLE_WARNING, STYLE_ERROR, STYLE_SELECTED, STYLE_LIVE,
		STYLE_TRAINING,
	};
	size_t n = sizeof(facts) / sizeof(facts[0]);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		assert_true(style_mark(facts[i])[0] != '\0');
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(style_mark(facts[i]),
			    style_mark(facts[k]));
	}
	for (int s = 0; s < STYLES; s++) {
		struct face l = style_look(THEME_MONO, (enum style)s);

		assert_int_equal(l.fg, LOOK_NONE);
		assert_int_equal(l.bg, LOOK_NONE);
		for (int k = 0; k < s; k++)
			assert_int_not_equal(style_letter((enum style)s),
			    style_letter((enum style)k));
	}
	/* The row in focus is told from the others without colour. */
	assert_true(style_look(THEME_MONO, STYLE_SELECTED).attrs &
	    LOOK_REVERSE);
}

static void
themes(void **state)
{
	enum theme t;

	(void)state;
	for (int i = 0; i < THEMES; i++) {
		assert_true(theme_from_name(theme_name((enum theme)i), &t));
		assert_int_equal(t, i);
	}
	assert_false(theme_from_name("pink", &t));
	assert_int_equal(theme_allowed(THEME_LIGHT, NULL), THEME_LIGHT);
	assert_int_equal(theme_allowed(THEME_LIGHT, ""), THEME_LIGHT);
	assert_int_equal(theme_allowed(THEME_LIGHT, "1"), THEME_MONO);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_go_both_ways),
		cmocka_unit_test(every_action_is_told),
		cmocka_unit_test(every_key_is_known),
		cmocka_unit_test(no_key_twice),
		cmocka_unit_test(conventions),
		cmocka_unit_test(safety_keys_everywhere),
		cmocka_unit_test(hints),
		cmocka_unit_test(help_and_man_page_hold_all),
		cmocka_unit_test(colour_never_stands_alone),
		cmocka_unit_test(themes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
