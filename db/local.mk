# SPDX-License-Identifier: GPL-3.0-or-later
# The sources of db/, sorted; `tests/lint/lists.sh --fix' writes this list.
noinst_LIBRARIES += db/libdb.a
db_libdb_a_SOURCES = \
	db/append.c \
	db/backup.h \
	db/bulk.c \
	db/bytes.h \
	db/case.c \
	db/case_row.c \
	db/cipher.c \
	db/cipher.h \
	db/cipher_choice.c \
	db/connect.c \
	db/create.c \
	db/dispose.h \
	db/draft.c \
	db/file.c \
	db/file.h \
	db/header.c \
	db/header.h \
	db/header_change.c \
	db/heads.c \
	db/heads.h \
	db/heads_against.c \
	db/heads_file.c \
	db/heads_look.c \
	db/impl.h \
	db/list_line.c \
	db/look.c \
	db/look.h \
	db/open.c \
	db/open.h \
	db/people.h \
	db/project.c \
	db/query.c \
	db/rebuild.c \
	db/recovery.h \
	db/register.c \
	db/remember.h \
	db/rows.c \
	db/schema.c \
	db/search.c \
	db/shim.c \
	db/shim.h \
	db/slot.c \
	db/slot.h \
	db/slot_grant.c \
	db/slot_impl.h \
	db/slot_people.c \
	db/sql.c \
	db/sql.h \
	db/state.c \
	db/state.h \
	db/stmt.c \
	db/stmt.def \
	db/stmt.h \
	db/store.h \
	db/tx.c \
	db/verify.c \
	db/verify.h \
	db/verify_chain.c \
	db/verify_disposals.c \
	db/verify_list.c \
	db/watch.h \
	db/words.c \
	$(END)
db_libdb_a_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE3MC_CPPFLAGS)
