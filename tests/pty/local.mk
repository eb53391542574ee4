# SPDX-License-Identifier: GPL-3.0-or-later
# Each test is three lines, sorted by name:
#   check_PROGRAMS += tests/pty/NAME
#   tests_pty_NAME_SOURCES = tests/pty/NAME.c
#   tests_pty_NAME_LDADD = $(CORE_LIBS) $(VTERM_LIBS) $(CMOCKA_LIBS)
# The program under test is $HEARKEN_BUILDDIR/hearken, built before any test
# runs.
