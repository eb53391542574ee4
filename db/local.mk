# SPDX-License-Identifier: GPL-3.0-or-later
# The sources of db/: one name per line, sorted, .c and .h alike.
noinst_LIBRARIES += db/libdb.a
db_libdb_a_SOURCES = \
	db/store.h
db_libdb_a_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE3MC_CPPFLAGS)
