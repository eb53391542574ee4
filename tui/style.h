/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a piece of the screen means.  Panes say meanings; a theme says how a
 * meaning looks; only the terminal backend turns a look into colours.  Every
 * style that carries a fact also has a mark in plain characters, because
 * colour is lost in mono, with NO_COLOR and to many eyes.
 */
#ifndef HEARKEN_TUI_STYLE_H
#define HEARKEN_TUI_STYLE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * STYLE(id, "name", 'letter in golden files', "mark")
 * The mark is what a pane writes beside the text; "" where the style only
 * helps the eye and its loss loses nothing.
 */
#define STYLE_TABLE(STYLE) \
	STYLE(NORMAL, "normal", '.', "") \
	STYLE(TITLE, "title", 'T', "") \
	STYLE(HEADING, "heading", 'H', "") \
	STYLE(LABEL, "label", 'l', "") \
	STYLE(DIM, "dim", 'd', "") \
	STYLE(SELECTED, "selected", 'S', ">") \
	STYLE(SELECTED_IDLE, "selected-idle", 's', ">") \
	STYLE(STRUCK, "struck", 'x', "x") \
	STYLE(HIGH, "high", '!', "!!") \
	STYLE(POTENTIAL, "potential", 'P', "!") \
	STYLE(VULNERABLE, "vulnerable", 'V', "+") \
	STYLE(UNKNOWN, "unknown", '?', "?") \
	STYLE(CALM, "calm", 'c', "-") \
	STYLE(WARNING, "warning", 'W', "Warning:") \
	STYLE(ERROR, "error", 'E', "Error:") \
	STYLE(HINT, "hint", 'h', "") \
	STYLE(KEY, "key", 'K', "") \
	STYLE(STATUS, "status", '_', "") \
	STYLE(LIVE, "live", 'L', "LIVE") \
	STYLE(TRAINING, "training", 't', "TRAINING") \
	STYLE(BORDER, "border", 'b', "") \
	STYLE(BORDER_FOCUS, "border-focus", 'B', "*") \
	STYLE(TAB, "tab", 'a', "") \
	STYLE(TAB_FOCUS, "tab-focus", 'A', "[]") \
	STYLE(INPUT, "input", 'i', "") \
	STYLE(INPUT_FOCUS, "input-focus", 'I', "") \
	STYLE(PENDING, "pending", 'p', "~") \
	STYLE(CONFLICT, "conflict", 'C', "<>") \
	STYLE(MATCH, "match", 'm', "")

enum style {
#define STYLE(id, name, letter, mark) STYLE_##id,
	STYLE_TABLE(STYLE)
#undef STYLE
	STYLES
};

enum theme {
	THEME_DEFAULT = 0,	/* for a dark background */
	THEME_LIGHT,
	THEME_HIGH_CONTRAST,
	THEME_MONO,
	THEMES
};

enum look_attr {
	LOOK_BOLD = 1 << 0,
	LOOK_UNDERLINE = 1 << 1,
	LOOK_REVERSE = 1 << 2,
	LOOK_DIM = 1 << 3
};

/* Colours are the eight of every terminal; LOOK_NONE the terminal's own. */
enum look_colour {
	LOOK_NONE = -1,
	LOOK_BLACK = 0,
	LOOK_RED,
	LOOK_GREEN,
	LOOK_YELLOW,
	LOOK_BLUE,
	LOOK_MAGENTA,
	LOOK_CYAN,
	LOOK_WHITE
};

struct face {
	int8_t fg, bg;		/* enum look_colour */
	uint8_t attrs;		/* bits of enum look_attr */
};

/* How a style looks.  With THEME_MONO fg and bg are LOOK_NONE. */
struct face style_look(enum theme t, enum style s);
const char *style_name(enum style s);
char style_letter(enum style s);
/* Plain characters that say the same as the style; "" if it says nothing. */
const char *style_mark(enum style s);

const char *theme_name(enum theme t);
/* Reads "default", "light", "high-contrast" or "mono"; false if none. */
bool theme_from_name(const char *name, enum theme *out);
/* t, or THEME_MONO when NO_COLOR's value (NULL if unset) is not empty. */
enum theme theme_allowed(enum theme t, const char *no_color);

#endif
