# SPDX-License-Identifier: GPL-3.0-or-later
# Benchmarks are built and run only by `make bench', one after another:
#   bench_programs += tests/bench/NAME
#   tests_bench_NAME_SOURCES = tests/bench/NAME.c
#   tests_bench_NAME_LDADD = $(DB_LIBS)
# A benchmark prints ratios and ends with 0; it needs no arguments.
bench_programs += tests/bench/screen
tests_bench_screen_SOURCES = tests/bench/screen.c

# The store's two workers differ by one object: the one that sets the key.
EXTRA_PROGRAMS += tests/bench/store_encrypted tests/bench/store_plain
tests_bench_store_encrypted_SOURCES = tests/bench/store_work.c
tests_bench_store_encrypted_LDADD = $(DB_LIBS)
tests_bench_store_plain_SOURCES = tests/bench/plain_cipher.c \
	tests/bench/store_work.c
tests_bench_store_plain_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE3MC_CPPFLAGS)
tests_bench_store_plain_LDADD = $(DB_LIBS)

bench_programs += tests/bench/open
tests_bench_open_SOURCES = tests/bench/open.c
tests_bench_open_LDADD = $(DB_LIBS)

bench_programs += tests/bench/store
tests_bench_store_SOURCES = tests/bench/store.c
EXTRA_tests_bench_store_DEPENDENCIES = tests/bench/store_encrypted$(EXEEXT) \
	tests/bench/store_plain$(EXEEXT)
bench_programs += tests/bench/paint
tests_bench_paint_SOURCES = tests/bench/paint.c
tests_bench_paint_LDADD = tui/libtui.a $(CORE_LIBS) $(NCURSESW_LIBS)
bench_programs += tests/bench/verify
tests_bench_verify_SOURCES = tests/bench/verify.c
tests_bench_verify_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE3MC_CPPFLAGS)
tests_bench_verify_LDADD = $(DB_LIBS)
bench_programs += tests/bench/look
tests_bench_look_SOURCES = tests/bench/look.c
tests_bench_look_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE3MC_CPPFLAGS)
tests_bench_look_LDADD = $(DB_LIBS)
bench_programs += tests/bench/rekey
tests_bench_rekey_SOURCES = tests/bench/rekey.c
tests_bench_rekey_LDADD = $(DB_LIBS)
bench_programs += tests/bench/due
tests_bench_due_SOURCES = tests/bench/due.c
tests_bench_due_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE3MC_CPPFLAGS)
tests_bench_due_LDADD = $(DB_LIBS)
bench_programs += tests/bench/queue
tests_bench_queue_SOURCES = tests/bench/queue.c
tests_bench_queue_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE3MC_CPPFLAGS)
tests_bench_queue_LDADD = $(DB_LIBS)
bench_programs += tests/bench/chronology
tests_bench_chronology_SOURCES = tests/bench/chronology.c
tests_bench_chronology_LDADD = $(DB_LIBS)
bench_programs += tests/bench/search
tests_bench_search_SOURCES = tests/bench/search.c
tests_bench_search_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE3MC_CPPFLAGS)
tests_bench_search_LDADD = $(DB_LIBS)
bench_programs += tests/bench/bundle
tests_bench_bundle_SOURCES = tests/bench/bundle.c
tests_bench_bundle_LDADD = $(EXCHANGE_LIBS)
bench_programs += tests/bench/link
tests_bench_link_SOURCES = tests/bench/link.c
tests_bench_link_LDADD = tests/unit/libkin.a $(CORE_LIBS)
