# SPDX-License-Identifier: GPL-3.0-or-later
# The sources of tui/, sorted; `tests/lint/lists.sh --fix' writes this list.
noinst_LIBRARIES += tui/libtui.a
tui_libtui_a_SOURCES = \
	tui/app.h \
	tui/casework.c \
	tui/casework.h \
	tui/cellbuf.h \
	tui/edit.h \
	tui/form.h \
	tui/keys.def \
	tui/keys.h \
	tui/layout.h \
	tui/lines.c \
	tui/lines.h \
	tui/loop.h \
	tui/pane.h \
	tui/pending.c \
	tui/pending.h \
	tui/session.h \
	tui/style.h \
	tui/term.h \
	tui/tick.c \
	tui/tick.h \
	tui/tui.h \
	tui/words.h \
	$(END)
