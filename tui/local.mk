# SPDX-License-Identifier: GPL-3.0-or-later
# The sources of tui/: one name per line, sorted, .c and .h alike.
noinst_LIBRARIES += tui/libtui.a
tui_libtui_a_SOURCES = \
	tui/session.h \
	tui/words.h
