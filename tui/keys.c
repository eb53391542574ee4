/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/keys.h"

#include <string.h>

#include "core/utf8.h"

static const struct context_info contexts[CONTEXTS] = {
#define CONTEXT(id, name, heading, parent, typed) \
	[CONTEXT_##id] = {name, heading, CONTEXT_##parent, typed},
#define ACTION(id, name, context, keys, hint, help)
#define ALSO(id, context, keys)
#include "tui/keys.def"
#undef CONTEXT
#undef ACTION
#undef ALSO
};

static const struct action_info actions[ACTIONS] = {
#define CONTEXT(id, name, heading, parent, typed)
#define ACTION(id, name, context, keys, hint, help) \
	[ACT_##id] = {name, CONTEXT_##context, keys, hint, help},
#define ALSO(id, context, keys)
#include "tui/keys.def"
#undef CONTEXT
#undef ACTION
#undef ALSO
};

/* The table as it is written: one row an action in a context. */
static const struct {
	enum action act;
	enum context context;
	const char *keys;
} rows[] = {
#define CONTEXT(id, name, heading, parent, typed)
#define ACTION(id, name, context, keys, hint, help) \
	{ACT_##id, CONTEXT_##context, keys},
#define ALSO(id, context, keys) {ACT_##id, CONTEXT_##context, keys},
#include "tui/keys.def"
#undef CONTEXT
#undef ACTION
#undef ALSO
};

#define NROWS (sizeof(rows) / sizeof(rows[0]))
#define BINDINGS_MAX (4 * NROWS)

static const struct {
	const char *name;
	keycode key;
} named[] = {
	{"Tab", KC_TAB}, {"Enter", KC_ENTER}, {"Esc", KC_ESC},
	{"Space", ' '}, {"Backspace", KC_BACKSPACE}, {"Up", KC_UP},
	{"Down", KC_DOWN}, {"Left", KC_LEFT}, {"Right", KC_RIGHT},
	{"Home", KC_HOME}, {"End", KC_END}, {"PgUp", KC_PGUP},
	{"PgDn", KC_PGDN}, {"Insert", KC_INSERT}, {"Delete", KC_DELETE},
	{"BackTab", KC_BACKTAB},
};

#define NNAMED (sizeof(named) / sizeof(named[0]))

static keycode
named_key(const char *name, size_t n)
{
	for (size_t i = 0; i < NNAMED; i++) {
		if (strlen(named[i].name) == n &&
		    memcmp(named[i].name, name, n) == 0)
			return named[i].key;
	}
	return KC_NONE;
}

/* "F1" to "F12". */
static keycode
function_key(const char *name, size_t n)
{
	unsigned no = 0;

	if (n < 2 || n > 3 || name[0] != 'F')
		return KC_NONE;
	for (size_t i = 1; i < n; i++) {
		if (name[i] < '0' || name[i] > '9')
			return KC_NONE;
		no = no * 10 + (unsigned)(name[i] - '0');
	}
	return no >= 1 && no <= 12 ? KC_F0 + no : KC_NONE;
}

keycode
key_from_name(const char *name, size_t n)
{
	keycode k;
	uint32_t cp;

	if (n > 2 && memcmp(name, "M-", 2) == 0) {
		k = key_from_name(name + 2, n - 2);
		return k == KC_NONE ? KC_NONE : k | KC_MOD_META;
	}
	if (n > 5 && memcmp(name, "Ctrl-", 5) == 0) {
		k = named_key(name + 5, n - 5);
		return k == KC_NONE ? KC_NONE : k | KC_MOD_CTRL;
	}
	if (n == 2 && name[0] == '^' && name[1] >= '@' && name[1] <= '_')
		return (keycode)(name[1] - '@');
	k = named_key(name, n);
	if (k == KC_NONE)
		k = function_key(name, n);
	if (k != KC_NONE)
		return k;
	return n > 0 && utf8_decode(name, n, &cp) == n && cp > ' ' ? cp :
	    KC_NONE;
}

size_t
key_text(keycode cp, char out[5])
{
	size_t n = cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
	static const unsigned lead[5] = {0, 0, 0xC0, 0xE0, 0xF0};

	for (size_t i = n; i-- > 1; cp >>= 6)
		out[i] = (char)(0x80u | (cp & 0x3Fu));
	out[0] = (char)(lead[n] | cp);
	out[n] = '\0';
	return n;
}

void
key_label(keycode k, char out[KEY_NAME_MAX])
{
	keycode base = k & ~(keycode)(KC_MOD_CTRL | KC_MOD_META);
	char text[16] = "";

	for (size_t i = 0; i < NNAMED; i++) {
		if (named[i].key == base)
			memcpy(text, named[i].name, strlen(named[i].name) + 1);
	}
	if (text[0] != '\0') {
		;
	} else if (base > KC_F0 && base <= KC_F12) {
		unsigned no = base - KC_F0;
		size_t at = 0;

		text[at++] = 'F';
		if (no >= 10)
			text[at++] = '1';
		text[at++] = (char)('0' + no % 10);
		text[at] = '\0';
	} else if (base < ' ') {
		text[0] = '^';
		text[1] = (char)('@' + base);
		text[2] = '\0';
	} else if (base < KC_UP) {
		(void)key_text(base, text);
	}
	out[0] = '\0';
	if (k & KC_MOD_META)
		memcpy(out, "M-", 3);
	if (k & KC_MOD_CTRL)
		memcpy(out + strlen(out), "Ctrl-", 6);
	memcpy(out + strlen(out), text, strlen(text) + 1);
}

bool
key_is_text(keycode k)
{
	return k >= ' ' && k < KC_UP && k != KC_BACKSPACE &&
	    !(k >= 0x80 && k < 0xA0);
}

const struct action_info *
action_info(enum action a)
{
	return a > ACT_PASTED && a < ACTIONS ? &actions[a] : NULL;
}

enum action
action_from_name(const char *name)
{
	for (int a = ACT_PASTED + 1; a < ACTIONS; a++)
		if (strcmp(actions[a].name, name) == 0)
			return (enum action)a;
	return ACT_NONE;
}

const struct context_info *
context_info(enum context c)
{
	return &contexts[c];
}

/* Cuts the next key name off *keys; false at the end. */
static bool
next_key(const char **keys, keycode *k)
{
	size_t n;

	*keys += strspn(*keys, " ");
	n = strcspn(*keys, " ");
	if (n == 0)
		return false;
	*k = key_from_name(*keys, n);
	*keys += n;
	return true;
}

static struct binding table[BINDINGS_MAX];
static size_t ntable;

static void
build_table(void)
{
	for (size_t i = 0; i < NROWS; i++) {
		const char *keys = rows[i].keys;
		keycode k;

		while (ntable < BINDINGS_MAX && next_key(&keys, &k))
			table[ntable++] = (struct binding){rows[i].context, k,
			    rows[i].act};
	}
}

const struct binding *
key_bindings(size_t *n)
{
	if (ntable == 0)
		build_table();
	*n = ntable;
	return table;
}

static enum action
bound_here(enum context c, keycode k)
{
	size_t n;
	const struct binding *b = key_bindings(&n);

	for (size_t i = 0; i < n; i++)
		if (b[i].context == c && b[i].key == k)
			return b[i].act;
	return ACT_NONE;
}

enum action
key_decode(enum context c, keycode k)
{
	bool text = key_is_text(k);

	for (;;) {
		enum action a = bound_here(c, k);

		if (a != ACT_NONE)
			return a;
		if (text && contexts[c].typed)
			return ACT_TYPED;
		if (contexts[c].parent == c)
			return ACT_NONE;
		c = contexts[c].parent;
	}
}

keycode
key_of(enum context c, enum action a)
{
	size_t n;
	const struct binding *b = key_bindings(&n);
	const char *keys = actions[a].keys;
	keycode own = KC_NONE;

	/* The key of the action's own context is the one people know. */
	if (keys != NULL && next_key(&keys, &own) && key_decode(c, own) == a)
		return own;
	for (enum context at = c;; at = contexts[at].parent) {
		for (size_t i = 0; i < n; i++) {
			if (b[i].context == at && b[i].act == a &&
			    key_decode(c, b[i].key) == a)
				return b[i].key;
		}
		if (contexts[at].parent == at)
			return KC_NONE;
	}
}

static bool
hinted(const struct hint *h, size_t n, enum action a)
{
	for (size_t i = 0; i < n; i++)
		if (h[i].act == a)
			return true;
	return false;
}

size_t
keys_hints(enum context c, action_filter can, const void *ctx,
    struct hint *out, size_t max)
{
	size_t n = 0;

	for (enum context at = c;; at = contexts[at].parent) {
		for (size_t i = 0; i < NROWS && n < max; i++) {
			enum action a = rows[i].act;
			keycode k = key_of(c, a);

			if (rows[i].context != at || k == KC_NONE ||
			    actions[a].hint[0] == '\0' || hinted(out, n, a) ||
			    (can != NULL && !can(ctx, a)))
				continue;
			out[n++] = (struct hint){k, a, actions[a].hint};
		}
		if (contexts[at].parent == at)
			return n;
	}
}

/* "Up, k". */
static void
add_keys(struct str *out, const char *keys)
{
	const char *at = keys;
	keycode k;

	for (bool first = true; next_key(&at, &k); first = false) {
		char name[KEY_NAME_MAX];

		key_label(k, name);
		str_add(out, first ? "" : ", ");
		str_add(out, name);
	}
}

void
keys_help(enum context c, struct str *out)
{
	for (enum context at = c;; at = contexts[at].parent) {
		str_add_fmt(out, "%s%s\n", at == c ? "" : "\n",
		    contexts[at].heading);
		for (size_t i = 0; i < NROWS; i++) {
			if (rows[i].context != at)
				continue;
			add_keys(out, rows[i].keys);
			str_add_fmt(out, "\t%s\n", actions[rows[i].act].help);
		}
		if (contexts[at].parent == at)
			return;
	}
}

/* A key's name as the argument of an mdoc macro. */
static void
add_mdoc_keys(struct str *out, const char *keys)
{
	const char *at = keys;
	keycode k;

	for (bool first = true; next_key(&at, &k); first = false) {
		char name[KEY_NAME_MAX];

		key_label(k, name);
		if (!first)
			str_add(out, " , ");
		/* \& keeps a lone punctuation mark from acting as a delimiter. */
		str_add(out, strlen(name) == 1 ? "\\&" : "");
		for (const char *p = name; *p != '\0'; p++) {
			if (*p == '^')
				str_add(out, "\\(ha");
			else if (*p == '-')
				str_add(out, "\\-");
			else
				str_add_char(out, *p);
		}
	}
}

/* mdoc wants each sentence on a line of its own. */
static void
add_mdoc_help(struct str *out, const char *help)
{
	for (; *help != '\0'; help++) {
		str_add_char(out, *help);
		if (help[0] == '.' && help[1] == ' ') {
			str_add_char(out, '\n');
			help++;
		}
	}
	str_add_char(out, '\n');
}

static void
add_mdoc_context(struct str *out, enum context c)
{
	bool any = false;

	for (size_t i = 0; i < NROWS; i++) {
		if (rows[i].context != c)
			continue;
		/* \& keeps a heading such as "In lists" from acting as a macro. */
		if (!any)
			str_add_fmt(out, ".Ss \\&%s\n.Bl -tag -width Ds\n",
			    contexts[c].heading);
		any = true;
		str_add(out, ".It Ic ");
		add_mdoc_keys(out, rows[i].keys);
		str_add_char(out, '\n');
		add_mdoc_help(out, actions[rows[i].act].help);
	}
	if (any)
		str_add(out, ".El\n");
}

void
keys_mdoc(struct str *out)
{
	str_add(out, ".Sh KEYS\n");
	for (int c = 0; c < CONTEXTS; c++)
		add_mdoc_context(out, (enum context)c);
}
