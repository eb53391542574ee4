/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The real terminal, by ncursesw.  No other file includes curses.
 *
 * raw() rather than cbreak(): ^C, ^Z and ^S are keys of ours, so that no key
 * can end the program or stop its output behind the app's back.
 */
#include "config.h"

#include "tui/term.h"

#include <curses.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>
#include <wctype.h>

#include "core/str.h"
#include "core/utf8.h"
#include "tui/term_check.h"
#include "tui/term_input.h"

#define PASTE_MAX ((size_t)1 << 20)
#define ESC_WAIT_MS 25
#define WIDE_MAX CCHARW_MAX
/* Terminals without bracketed paste pass over these. */
#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"

/* Codes of our own for define_key(), above those of curses. */
enum {
	CODE_PASTE_START = KEY_MAX + 16, CODE_PASTE_END,
	CODE_CTRL_LEFT, CODE_CTRL_RIGHT, CODE_CTRL_HOME, CODE_CTRL_END
};

static const struct {
	const char *bytes;
	int code;
} sequences[] = {
	{"\033[200~", CODE_PASTE_START}, {"\033[201~", CODE_PASTE_END},
	{"\033[1;5D", CODE_CTRL_LEFT}, {"\033[1;5C", CODE_CTRL_RIGHT},
	{"\033[1;5H", CODE_CTRL_HOME}, {"\033[1;5F", CODE_CTRL_END},
};

static const struct {
	int code;
	keycode key;
} codes[] = {
	{KEY_UP, KC_UP}, {KEY_DOWN, KC_DOWN}, {KEY_LEFT, KC_LEFT},
	{KEY_RIGHT, KC_RIGHT}, {KEY_HOME, KC_HOME}, {KEY_END, KC_END},
	{KEY_FIND, KC_HOME}, {KEY_SELECT, KC_END}, {KEY_PPAGE, KC_PGUP},
	{KEY_NPAGE, KC_PGDN}, {KEY_IC, KC_INSERT}, {KEY_DC, KC_DELETE},
	{KEY_BTAB, KC_BACKTAB}, {KEY_BACKSPACE, KC_BACKSPACE},
	{KEY_ENTER, KC_ENTER}, {KEY_A1, KC_HOME}, {KEY_C1, KC_END},
	{KEY_A3, KC_PGUP}, {KEY_C3, KC_PGDN},
	{CODE_CTRL_LEFT, KC_LEFT | KC_MOD_CTRL},
	{CODE_CTRL_RIGHT, KC_RIGHT | KC_MOD_CTRL},
	{CODE_CTRL_HOME, KC_HOME | KC_MOD_CTRL},
	{CODE_CTRL_END, KC_END | KC_MOD_CTRL},
};

static struct {
	bool made, running, ascii, utf8, colours, pasting;
	SCREEN *screen;
	enum theme theme;
	struct str paste;
	struct input_decoder decoder;
	int held;			/* a byte to be read again; 0 none */
	struct termios before;		/* as it was found */
	char rescue[256];		/* bytes that give the screen back */
	volatile size_t rescue_len;	/* 0 while it is not taken */
} term;

/* A string of terminfo; NULL if the terminal has it not. */
static const char *
capability(const char *name)
{
	const char *s = tigetstr(name);

	return s == (const char *)(intptr_t)-1 ? NULL : s;
}

/* Adds bytes to the rescue, marks for padding such as $<5/> left out. */
static void
collect(const char *s)
{
	size_t n = term.rescue_len;

	while (s != NULL && *s != '\0' && n < sizeof(term.rescue)) {
		if (s[0] == '$' && s[1] == '<' && strchr(s, '>') != NULL)
			s = strchr(s, '>') + 1;
		else
			term.rescue[n++] = *s++;
	}
	term.rescue_len = n;
}

/* Leaves nothing of ours on the alternate screen, then leaves that. */
static void
make_rescue(void)
{
	term.rescue_len = 0;
	collect(PASTE_OFF);
	collect(capability("sgr0"));
	collect(capability("clear"));
	collect(capability("rmkx"));
	collect(capability("cnorm"));
	collect(capability("rmcup"));
}

void
term_rescue(void)
{
	size_t n = term.rescue_len;

	if (n == 0)
		return;
	term.rescue_len = 0;
	/* A failure cannot be helped or told here. */
	(void)!write(STDOUT_FILENO, term.rescue, n);
	(void)tcsetattr(STDIN_FILENO, TCSANOW, &term.before);
}

static void
tell_terminal(const char *bytes)
{
	(void)fputs(bytes, stdout);
	(void)fflush(stdout);
}

/* Colours of a style's look; the terminal's own where curses knows how. */
static void
set_pairs(void)
{
	for (int s = 0; s < STYLES; s++) {
		struct face l = style_look(term.theme, (enum style)s);

		(void)init_pair((short)(s + 1), l.fg, l.bg);
	}
}

static void
start_colours(void)
{
	term.colours = has_colors() && start_color() == OK && COLORS >= 8 &&
	    COLOR_PAIRS > STYLES && use_default_colors() == OK;
	if (term.colours)
		set_pairs();
}

static enum rc
first_start(struct err *e)
{
	term.screen = newterm(NULL, stdout, stdin);
	if (term.screen == NULL)
		return term_no_cursor(e);
	if (capability("cup") == NULL || capability("clear") == NULL) {
		(void)endwin();
		delscreen(term.screen);
		term.screen = NULL;
		return term_no_cursor(e);
	}
	(void)raw();
	(void)noecho();
	(void)nonl();
	(void)keypad(stdscr, TRUE);
	(void)nodelay(stdscr, TRUE);
	(void)meta(stdscr, TRUE);
	(void)intrflush(stdscr, FALSE);
	(void)set_escdelay(ESC_WAIT_MS);
	for (size_t i = 0; i < sizeof(sequences) / sizeof(sequences[0]); i++)
		(void)define_key(sequences[i].bytes, sequences[i].code);
	start_colours();
	return RC_OK;
}

static enum rc
curses_start(void *ctx, struct err *e)
{
	(void)ctx;
	if (term.running)
		return RC_OK;
	if (tcgetattr(STDIN_FILENO, &term.before) != 0)
		return err_set(e, RC_SYSTEM, "the terminal cannot be read");
	if (term.screen == NULL) {
		enum rc rc = first_start(e);

		if (rc != RC_OK)
			return rc;
	} else {
		(void)reset_prog_mode();
	}
	make_rescue();
	(void)clearok(curscr, TRUE);
	(void)refresh();
	tell_terminal(PASTE_ON);
	term.pasting = false;
	term.running = true;
	return RC_OK;
}

static void
wipe_paste(void)
{
	if (term.paste.cap > 0)
		explicit_bzero(term.paste.s, term.paste.cap);
	str_clear(&term.paste);
}

static void
curses_stop(void *ctx)
{
	(void)ctx;
	if (!term.running)
		return;
	term.running = false;
	wipe_paste();
	tell_terminal(PASTE_OFF);
	(void)erase();
	(void)clearok(curscr, TRUE);
	(void)curs_set(1);
	(void)refresh();
	(void)endwin();
	term.rescue_len = 0;
	(void)tcsetattr(STDIN_FILENO, TCSADRAIN, &term.before);
}

/*
 * Curses keeps pictures and what it wrote last, wiped when they are freed.
 * The terminal stays as it is meanwhile: what is typed must not be echoed.
 */
static enum rc
curses_forget(void *ctx, struct err *e)
{
	enum rc rc;

	(void)ctx;
	if (!term.running)
		return RC_OK;
	wipe_paste();
	term.pasting = false;
	(void)erase();
	(void)clearok(curscr, TRUE);
	(void)refresh();
	tell_terminal("\033[3J");	/* what it can scroll back to */
	delscreen(term.screen);
	term.screen = NULL;
	rc = first_start(e);
	term.running = rc == RC_OK;
	return rc;
}

static void
curses_size(void *ctx, int *w, int *h)
{
	struct winsize ws = {0, 0, 0, 0};

	(void)ctx;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) != 0 || ws.ws_row == 0 ||
	    ws.ws_col == 0) {
		ws.ws_row = LINES > 0 ? (unsigned short)LINES : 24;
		ws.ws_col = COLS > 0 ? (unsigned short)COLS : 80;
	}
	*w = ws.ws_col;
	*h = ws.ws_row;
	if (*h != LINES || *w != COLS)
		(void)resize_term(*h, *w);
}

static int
curses_fd(void *ctx)
{
	(void)ctx;
	return STDIN_FILENO;
}

/* A code of curses as our key; KC_NONE for one we have no use for. */
static keycode
key_of_code(int code)
{
	if (code > KEY_F(0) && code <= KEY_F(12))
		return (keycode)(KC_F0 + (code - KEY_F(0)));
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (codes[i].code == code)
			return codes[i].key;
	return KC_NONE;
}

/*
 * As wget_wch(), which loses up to fifteen good bytes behind a bad one: bytes
 * are read and put together here.
 */
static int
next_char(wint_t *c)
{
	bool again;
	int b;

	do {
		b = term.held != 0 ? term.held : wgetch(stdscr);
		term.held = 0;
		*c = (wint_t)b;
		if (b == ERR || b > UCHAR_MAX)
			return b == ERR ? ERR : KEY_CODE_YES;
	} while (!input_decode(&term.decoder, (unsigned char)b, c, &again));
	if (again)
		term.held = b;
	return OK;
}

/* After Esc: another key that came at once makes an Alt key of it. */
static keycode
after_esc(void)
{
	wint_t c = 0;
	int got = next_char(&c);

	if (got == OK && c != KC_ESC)
		return input_key(c) | KC_MOD_META;
	if (got == KEY_CODE_YES)
		return key_of_code((int)c);
	return KC_ESC;
}

/*
 * Collects until the closing mark.  ^C ends a paste whose mark was lost, so
 * that the keyboard cannot be locked out.
 */
static void
read_paste(struct input *in)
{
	wint_t c = 0;
	int got;

	while ((got = next_char(&c)) != ERR) {
		char text[5];

		if ((got == KEY_CODE_YES && c == CODE_PASTE_END) ||
		    (got == OK && c == 3)) {
			term.pasting = false;
			in->type = INPUT_PASTE;
			in->text = term.paste.s;
			in->n = term.paste.len;
			return;
		}
		if (got == OK && term.paste.len + 4 <= PASTE_MAX)
			str_add_n(&term.paste, text,
			    key_text(c == '\r' ? '\n' : c, text));
	}
}

static void
take_code(struct input *in, int code)
{
	if (code == KEY_RESIZE) {
		in->type = INPUT_RESIZE;
	} else if (code == CODE_PASTE_START) {
		term.pasting = true;
		read_paste(in);
	} else {
		in->key = key_of_code(code);
		in->type = in->key != KC_NONE ? INPUT_KEY : INPUT_NONE;
	}
}

/* A key that means nothing is passed over: NONE means nothing waits. */
static void
curses_read(void *ctx, struct input *in)
{
	(void)ctx;
	in->type = INPUT_NONE;
	if (!term.running)
		return;
	if (!term.pasting)
		wipe_paste();
	while (in->type == INPUT_NONE) {
		wint_t c = 0;
		int got;

		if (term.pasting) {
			read_paste(in);
			return;
		}
		got = next_char(&c);
		if (got == ERR)
			return;
		if (got == KEY_CODE_YES) {
			take_code(in, (int)c);
			continue;
		}
		in->key = c == KC_ESC ? after_esc() : input_key(c);
		in->type = in->key != KC_NONE ? INPUT_KEY : INPUT_NONE;
	}
}

static attr_t
attrs_of(struct face l)
{
	attr_t a = A_NORMAL;

	if (l.attrs & LOOK_BOLD)
		a |= A_BOLD;
	if (l.attrs & LOOK_UNDERLINE)
		a |= A_UNDERLINE;
	if (l.attrs & LOOK_REVERSE)
		a |= A_REVERSE;
	if (l.attrs & LOOK_DIM)
		a |= A_DIM;
	return a;
}

static void
set_style(enum style s)
{
	enum theme t = term.colours ? term.theme : THEME_MONO;

	(void)attr_set(attrs_of(style_look(t, s)),
	    term.colours ? (short)(s + 1) : 0, NULL);
}

/* One spacing character with its marks. */
struct glyph {
	wchar_t wc[WIDE_MAX + 1];
	int n, width;
};

static void
put_glyph(struct glyph *g)
{
	if (g->n == 0)
		return;
	g->wc[g->n] = L'\0';
	(void)addnwstr(g->wc, g->n);
}

/* Adds a mark; marks beyond what curses can hold are left out. */
static void
add_mark(struct glyph *g, wchar_t wc)
{
	if (g->n > 0 && g->n < WIDE_MAX && (term.utf8 || term_can_show(wc)))
		g->wc[g->n++] = wc;
}

/*
 * Writes a cluster as the glyphs of it that fit into its columns: curses has
 * no clusters of several spacing characters.  A joiner whose second half
 * does not fit goes with it.  Returns the columns written.
 */
static int
put_glyphs(const char *s, size_t n, int columns)
{
	struct glyph g = {.n = 0};
	int used = 0;

	for (size_t i = 0, k; i < n; i += k) {
		uint32_t cp;
		int width;

		k = utf8_decode(s + i, n - i, &cp);
		if (k == 0)
			break;
		width = iswcntrl((wint_t)cp) ? -1 : wcwidth((wchar_t)cp);
		if (width == 0) {
			add_mark(&g, (wchar_t)cp);
			continue;
		}
		if (g.n > 1 && g.wc[g.n - 1] == 0x200D)
			g.n--;
		if (width < 0 || used + width > columns ||
		    (!term.utf8 && !term_can_show((wchar_t)cp)))
			break;
		put_glyph(&g);
		g = (struct glyph){{(wchar_t)cp}, 1, width};
		used += width;
	}
	put_glyph(&g);
	return used;
}

static void
put_cell(const char *s, size_t n, int columns)
{
	const char *plain = NULL;
	int used = 0;

	if (n == 1) {
		(void)addnstr(s, 1);
		return;
	}
	if (term.ascii || !term.utf8)
		plain = term_ascii(s, n);
	if (plain != NULL) {
		(void)addstr(plain);
		return;
	}
	used = put_glyphs(s, n, columns);
	if (used == 0 && columns > 0) {
		(void)addch('?');
		used = 1;
	}
	for (; used < columns; used++)
		(void)addch(' ');
}

static void
paint_run(void *ctx, const struct cellbuf *now, int y, int x, int n)
{
	(void)ctx;
	for (int i = x; i < x + n; i++) {
		const struct cell *c = cellbuf_at(now, i, y);
		size_t len;
		const char *s = cellbuf_bytes(now, c, &len);

		if (c->width == 0)
			continue;
		set_style((enum style)c->style);
		(void)move(y, i);
		put_cell(s, len, c->width);
	}
}

static void
curses_paint(void *ctx, const struct cellbuf *old, const struct cellbuf *now)
{
	if (!term.running)
		return;
	if (old == NULL) {
		(void)erase();
		(void)clearok(curscr, TRUE);
	}
	cellbuf_diff(old, now, paint_run, ctx);
	if (now->cursor_on)
		(void)move(now->cursor_y, now->cursor_x);
	(void)curs_set(now->cursor_on ? 1 : 0);
	(void)refresh();
}

static void
curses_set_theme(void *ctx, enum theme t)
{
	(void)ctx;
	term.theme = t;
	if (term.colours)
		set_pairs();
}

static void
curses_bell(void *ctx)
{
	(void)ctx;
	(void)beep();
}

static void
curses_destroy(void *ctx)
{
	curses_stop(ctx);
	if (term.screen != NULL)
		delscreen(term.screen);
	str_release(&term.paste);
	memset(&term, 0, sizeof(term));
}

static const struct term_ops curses_ops = {
	.start = curses_start, .stop = curses_stop,
	.forget = curses_forget,
	.size = curses_size, .fd = curses_fd,
	.read = curses_read, .paint = curses_paint,
	.set_theme = curses_set_theme,
	.bell = curses_bell,
	.destroy = curses_destroy,
};

enum rc
term_curses(const struct term_opts *o, struct term *out, struct err *e)
{
	static bool registered;
	enum rc rc = term_check(e);

	if (rc != RC_OK)
		return rc;
	(void)setlocale(LC_CTYPE, "");
	(void)unsetenv("LINES");
	(void)unsetenv("COLUMNS");
	memset(&term, 0, sizeof(term));
	str_init(&term.paste);
	term.theme = o->theme;
	term.ascii = o->ascii;
	term.utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	if (!registered)
		registered = atexit(term_rescue) == 0;
	*out = (struct term){&curses_ops, NULL};
	return RC_OK;
}
