/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys, actions and contexts.  keys.def is the one table: the enum, the
 * decoding, the hint bar, the help screen, the section of the man page and
 * the tests are made from it.  Panes receive actions, never keys.
 *
 * A context has a parent; a key that means nothing in a context is looked up
 * in its parent, up to global.  In a context that takes typed text, a
 * printable key is text unless that very context binds it.
 */
#ifndef HEARKEN_TUI_KEYS_H
#define HEARKEN_TUI_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/str.h"

/* A key: a Unicode character, or one of these, or'ed with KEY_MOD_*. */
typedef uint32_t keycode;
enum {
	KC_NONE = 0,
	KC_TAB = 9,
	KC_ENTER = 13,
	KC_ESC = 27,
	KC_BACKSPACE = 127,
	KC_UP = 0x110000,
	KC_DOWN,
	KC_LEFT,
	KC_RIGHT,
	KC_HOME,
	KC_END,
	KC_PGUP,
	KC_PGDN,
	KC_INSERT,
	KC_DELETE,
	KC_BACKTAB,
	KC_F0,
	KC_F12 = KC_F0 + 12,
	KC_MOD_CTRL = 0x1000000,
	KC_MOD_META = 0x2000000
};
#define KEY_NAME_MAX 24

/* Reads a name as keys.def has them: "j", "Up", "F1", "^L", "M-b", "Ctrl-Left". */
keycode key_from_name(const char *name, size_t n);
void key_label(keycode k, char out[KEY_NAME_MAX]);
/* True for a key that is a character to type (Space is, Tab and Enter are not). */
bool key_is_text(keycode k);
/* Writes a text key as UTF-8 with a NUL; returns its bytes. */
size_t key_text(keycode k, char out[5]);

enum context {
#define CONTEXT(id, name, heading, parent, typed) CONTEXT_##id,
#define ACTION(id, name, context, keys, hint, help)
#define ALSO(id, context, keys)
#include "tui/keys.def"
#undef CONTEXT
#undef ACTION
#undef ALSO
	CONTEXTS
};

enum action {
	ACT_NONE = 0,
	ACT_TYPED,		/* text from the keyboard, in event.text */
	ACT_PASTED,		/* text from a bracketed paste, in event.text */
#define CONTEXT(id, name, heading, parent, typed)
#define ACTION(id, name, context, keys, hint, help) ACT_##id,
#define ALSO(id, context, keys)
#include "tui/keys.def"
#undef CONTEXT
#undef ACTION
#undef ALSO
	ACTIONS
};

/* What a pane receives. */
struct event {
	enum action act;
	const char *text;	/* ACT_TYPED, ACT_PASTED: borrowed, UTF-8 */
	size_t n;
};

struct action_info {
	const char *name;	/* "next-pane": for :commands and messages */
	enum context context;	/* where it belongs */
	const char *keys;	/* default keys there, by spaces; first is shown */
	const char *hint;	/* one or two words; "" is never in the hint bar */
	const char *help;	/* one sentence */
};

struct context_info {
	const char *name;
	const char *heading;	/* "In the checklist" */
	enum context parent;	/* itself for global */
	bool typed;		/* takes typed text */
};

/* One key bound in one context. */
struct binding {
	enum context context;
	keycode key;
	enum action act;
};

/* a > ACT_PASTED; NULL for those that come from no key. */
const struct action_info *action_info(enum action a);
enum action action_from_name(const char *name);
const struct context_info *context_info(enum context c);
/* All bindings in the order of keys.def. */
const struct binding *key_bindings(size_t *n);

/* ACT_NONE when the key means nothing there; ACT_TYPED when it is text. */
enum action key_decode(enum context c, keycode k);
/* The first key of an action as seen from a context; KC_NONE if it has none. */
keycode key_of(enum context c, enum action a);

/* Returns false for an action that makes no sense just now. */
typedef bool (*action_filter)(const void *ctx, enum action a);
struct hint {
	keycode key;
	enum action act;
	const char *label;
};
/* Hints for a context, nearest context first; returns how many (at most max). */
size_t keys_hints(enum context c, action_filter can, const void *ctx,
    struct hint *out, size_t max);

/* Appends the help lines of a context and its parents: "keys<TAB>sentence". */
void keys_help(enum context c, struct str *out);
/* Appends the KEYS section of the man page in mdoc. */
void keys_mdoc(struct str *out);

#endif
