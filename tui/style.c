/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/style.h"

#include <stddef.h>
#include <string.h>

#define B LOOK_BOLD
#define U LOOK_UNDERLINE
#define R LOOK_REVERSE
#define D LOOK_DIM

/* A line a style: the four themes side by side. */
#define ROW(df, db, da, lf, lb, la, hf, hb, ha, ma) \
	{{LOOK_##df, LOOK_##db, da}, {LOOK_##lf, LOOK_##lb, la}, \
	 {LOOK_##hf, LOOK_##hb, ha}, {LOOK_NONE, LOOK_NONE, ma}}

static const struct face looks[STYLES][THEMES] = {
	/* default, light, high contrast, mono */
	[STYLE_NORMAL] = ROW(NONE, NONE, 0, NONE, NONE, 0, WHITE, BLACK, 0, 0),
	[STYLE_TITLE] = ROW(CYAN, NONE, B, BLUE, NONE, B, WHITE, BLACK, B | U, B),
	[STYLE_HEADING] = ROW(NONE, NONE, B, NONE, NONE, B, WHITE, BLACK, B, B),
	[STYLE_LABEL] = ROW(CYAN, NONE, 0, BLUE, NONE, 0, WHITE, BLACK, 0, 0),
	[STYLE_DIM] = ROW(NONE, NONE, D, NONE, NONE, D, WHITE, BLACK, 0, D),
	[STYLE_SELECTED] = ROW(NONE, NONE, R, NONE, NONE, R, BLACK, WHITE, B, R),
	[STYLE_SELECTED_IDLE] = ROW(NONE, NONE, U, NONE, NONE, U, WHITE, BLACK, U, U),
	[STYLE_STRUCK] = ROW(NONE, NONE, D, NONE, NONE, D, WHITE, BLACK, 0, D),
	[STYLE_HIGH] = ROW(WHITE, RED, B, WHITE, RED, B, WHITE, RED, B, B | R),
	[STYLE_POTENTIAL] = ROW(YELLOW, NONE, B, RED, NONE, B, YELLOW, BLACK, B, B),
	[STYLE_VULNERABLE] = ROW(CYAN, NONE, 0, BLUE, NONE, B, CYAN, BLACK, B, U),
	[STYLE_UNKNOWN] = ROW(MAGENTA, NONE, 0, MAGENTA, NONE, 0, WHITE, BLACK, U, 0),
	[STYLE_CALM] = ROW(GREEN, NONE, 0, GREEN, NONE, 0, WHITE, BLACK, 0, 0),
	[STYLE_WARNING] = ROW(YELLOW, NONE, B, RED, NONE, 0, YELLOW, BLACK, B, B),
	[STYLE_ERROR] = ROW(RED, NONE, B, RED, NONE, B, WHITE, RED, B, B | R),
	[STYLE_HINT] = ROW(NONE, NONE, 0, NONE, NONE, 0, WHITE, BLACK, 0, 0),
	[STYLE_KEY] = ROW(NONE, NONE, B, NONE, NONE, B, YELLOW, BLACK, B, B),
	[STYLE_STATUS] = ROW(NONE, NONE, R, NONE, NONE, R, BLACK, WHITE, 0, R),
	[STYLE_LIVE] = ROW(NONE, NONE, R | B, NONE, NONE, R | B, BLACK, WHITE, B, R | B),
	[STYLE_TRAINING] = ROW(BLACK, YELLOW, 0, BLACK, YELLOW, 0, BLACK, YELLOW, 0, U),
	[STYLE_BORDER] = ROW(NONE, NONE, D, NONE, NONE, D, WHITE, BLACK, 0, 0),
	[STYLE_BORDER_FOCUS] = ROW(CYAN, NONE, B, BLUE, NONE, B, YELLOW, BLACK, B, B),
	[STYLE_TAB] = ROW(NONE, NONE, U, NONE, NONE, U, WHITE, BLACK, U, U),
	[STYLE_TAB_FOCUS] = ROW(NONE, NONE, R, NONE, NONE, R, BLACK, WHITE, B, R),
	[STYLE_INPUT] = ROW(NONE, NONE, U, NONE, NONE, U, WHITE, BLACK, U, U),
	[STYLE_INPUT_FOCUS] = ROW(NONE, NONE, U | B, NONE, NONE, U | B, BLACK, WHITE, 0, U | B),
	[STYLE_PENDING] = ROW(YELLOW, NONE, 0, MAGENTA, NONE, 0, YELLOW, BLACK, 0, U),
	[STYLE_CONFLICT] = ROW(RED, NONE, B, RED, NONE, B, WHITE, RED, B, B),
	[STYLE_MATCH] = ROW(BLACK, YELLOW, 0, BLACK, YELLOW, 0, BLACK, YELLOW, 0, R),
};

#undef B
#undef U
#undef R
#undef D

static const struct {
	const char *name;
	char letter;
	const char *mark;
} styles[STYLES] = {
#define STYLE(id, name, letter, mark) [STYLE_##id] = {name, letter, mark},
	STYLE_TABLE(STYLE)
#undef STYLE
};

static const char *const theme_names[THEMES] = {
	[THEME_DEFAULT] = "default",
	[THEME_LIGHT] = "light",
	[THEME_HIGH_CONTRAST] = "high-contrast",
	[THEME_MONO] = "mono",
};

struct face
style_look(enum theme t, enum style s)
{
	return looks[s][t];
}

const char *
style_name(enum style s)
{
	return styles[s].name;
}

char
style_letter(enum style s)
{
	return styles[s].letter;
}

const char *
style_mark(enum style s)
{
	return styles[s].mark;
}

const char *
theme_name(enum theme t)
{
	return theme_names[t];
}

bool
theme_from_name(const char *name, enum theme *out)
{
	for (size_t i = 0; i < THEMES; i++) {
		if (strcmp(name, theme_names[i]) == 0) {
			*out = (enum theme)i;
			return true;
		}
	}
	return false;
}

enum theme
theme_allowed(enum theme t, const char *no_color)
{
	return no_color != NULL && no_color[0] != '\0' ? THEME_MONO : t;
}
