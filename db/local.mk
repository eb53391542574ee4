# SPDX-License-Identifier: GPL-3.0-or-later
# The sources of db/, sorted; `tests/lint/lists.sh --fix' writes this list.
noinst_LIBRARIES += db/libdb.a
db_libdb_a_SOURCES = \
	db/store.h \
	$(END)
db_libdb_a_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE3MC_CPPFLAGS)
