# SPDX-License-Identifier: GPL-3.0-or-later
# Each test is three lines, sorted by name:
#   check_PROGRAMS += tests/golden/NAME
#   tests_golden_NAME_SOURCES = tests/golden/NAME.c
#   tests_golden_NAME_LDADD = $(TUI_LIBS) $(CMOCKA_LIBS)
