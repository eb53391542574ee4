# SPDX-License-Identifier: GPL-3.0-or-later
# Each test is three lines, sorted by name:
#   check_PROGRAMS += tests/store/NAME
#   tests_store_NAME_SOURCES = tests/store/NAME.c
#   tests_store_NAME_LDADD = $(DB_LIBS) $(CMOCKA_LIBS)
