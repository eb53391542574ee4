# SPDX-License-Identifier: GPL-3.0-or-later
# Each test is three lines, sorted by name:
#   check_PROGRAMS += tests/unit/NAME
#   tests_unit_NAME_SOURCES = tests/unit/NAME.c
#   tests_unit_NAME_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/date
tests_unit_date_SOURCES = tests/unit/date.c
tests_unit_date_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/utf8
tests_unit_utf8_SOURCES = tests/unit/utf8.c
tests_unit_utf8_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/entry
tests_unit_entry_SOURCES = tests/unit/entry.c
tests_unit_entry_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/kinds
tests_unit_kinds_SOURCES = tests/unit/kinds.c
tests_unit_kinds_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/query
tests_unit_query_SOURCES = tests/unit/query.c
tests_unit_query_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/calendar
tests_unit_calendar_SOURCES = tests/unit/calendar.c
tests_unit_calendar_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/pending
tests_unit_pending_SOURCES = tests/unit/pending.c
tests_unit_pending_LDADD = $(TUI_LIBS) $(CMOCKA_LIBS)
