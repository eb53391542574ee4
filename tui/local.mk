# SPDX-License-Identifier: GPL-3.0-or-later
# The sources of tui/, sorted; `tests/lint/lists.sh --fix' writes this list.
noinst_LIBRARIES += tui/libtui.a
tui_libtui_a_SOURCES = \
	tui/app.c \
	tui/app.h \
	tui/app_command.c \
	tui/app_draw.c \
	tui/app_impl.h \
	tui/casework.c \
	tui/casework.h \
	tui/cellbuf.c \
	tui/cellbuf.h \
	tui/edit.c \
	tui/edit.h \
	tui/edit_text.c \
	tui/edit_text.h \
	tui/form.h \
	tui/group.c \
	tui/keys.c \
	tui/keys.def \
	tui/keys.h \
	tui/keyscreen.c \
	tui/keyscreen.h \
	tui/layout.c \
	tui/layout.h \
	tui/lines.c \
	tui/lines.h \
	tui/loop.h \
	tui/pane.c \
	tui/pane.h \
	tui/pending.c \
	tui/pending.h \
	tui/prompt.c \
	tui/session.h \
	tui/style.c \
	tui/style.h \
	tui/term.h \
	tui/tick.c \
	tui/tick.h \
	tui/tui.h \
	tui/words.h \
	$(END)
