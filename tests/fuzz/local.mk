# SPDX-License-Identifier: GPL-3.0-or-later
# Fuzzing.  A harness is a file NAME.c and a corpus in corpus/NAME; here it is
# four lines, sorted by name.  `make check' replays every corpus through the
# harness, built like any other test; `make fuzz' builds the same with clang
# and libFuzzer and lets each run for FUZZ_SECONDS.  What libFuzzer finds goes
# into the corpus with the mending commit, minimised (HACKING.md).
check_LIBRARIES += tests/fuzz/libreplay.a
tests_fuzz_libreplay_a_SOURCES = \
	tests/fuzz/fuzz.c \
	tests/fuzz/fuzz.h \
	tests/fuzz/replay.c
fuzz_harnesses =

fuzz_harnesses += tests/fuzz/bundle
check_PROGRAMS += tests/fuzz/bundle
tests_fuzz_bundle_SOURCES = tests/fuzz/bundle.c
tests_fuzz_bundle_LDADD = tests/fuzz/libreplay.a $(EXCHANGE_LIBS)

fuzz_harnesses += tests/fuzz/calendar
check_PROGRAMS += tests/fuzz/calendar
tests_fuzz_calendar_SOURCES = tests/fuzz/calendar.c
tests_fuzz_calendar_LDADD = tests/fuzz/libreplay.a $(CORE_LIBS)

fuzz_harnesses += tests/fuzz/card
check_PROGRAMS += tests/fuzz/card
tests_fuzz_card_SOURCES = tests/fuzz/card.c
tests_fuzz_card_LDADD = tests/fuzz/libreplay.a $(CORE_LIBS)

fuzz_harnesses += tests/fuzz/charset
check_PROGRAMS += tests/fuzz/charset
tests_fuzz_charset_SOURCES = tests/fuzz/charset.c
tests_fuzz_charset_LDADD = tests/fuzz/libreplay.a $(EXCHANGE_LIBS)

fuzz_harnesses += tests/fuzz/chronofilter
check_PROGRAMS += tests/fuzz/chronofilter
tests_fuzz_chronofilter_SOURCES = tests/fuzz/chronofilter.c
tests_fuzz_chronofilter_LDADD = tests/fuzz/libreplay.a $(CORE_LIBS)

fuzz_harnesses += tests/fuzz/csv
check_PROGRAMS += tests/fuzz/csv
tests_fuzz_csv_SOURCES = tests/fuzz/csv.c
tests_fuzz_csv_LDADD = tests/fuzz/libreplay.a $(EXCHANGE_LIBS)

fuzz_harnesses += tests/fuzz/dates
check_PROGRAMS += tests/fuzz/dates
tests_fuzz_dates_SOURCES = tests/fuzz/dates.c
tests_fuzz_dates_LDADD = tests/fuzz/libreplay.a $(CORE_LIBS)

fuzz_harnesses += tests/fuzz/deadlines
check_PROGRAMS += tests/fuzz/deadlines
tests_fuzz_deadlines_SOURCES = tests/fuzz/deadlines.c
tests_fuzz_deadlines_LDADD = tests/fuzz/libreplay.a $(CORE_LIBS)

fuzz_harnesses += tests/fuzz/deident
check_PROGRAMS += tests/fuzz/deident
tests_fuzz_deident_SOURCES = tests/fuzz/deident.c
tests_fuzz_deident_LDADD = tests/fuzz/libreplay.a $(CORE_LIBS)

fuzz_harnesses += tests/fuzz/entry
check_PROGRAMS += tests/fuzz/entry
tests_fuzz_entry_SOURCES = tests/fuzz/entry.c
tests_fuzz_entry_LDADD = tests/fuzz/libreplay.a $(CORE_LIBS)

fuzz_harnesses += tests/fuzz/filter
check_PROGRAMS += tests/fuzz/filter
tests_fuzz_filter_SOURCES = tests/fuzz/filter.c
tests_fuzz_filter_LDADD = tests/fuzz/libreplay.a $(CORE_LIBS)

fuzz_harnesses += tests/fuzz/groupfile
check_PROGRAMS += tests/fuzz/groupfile
tests_fuzz_groupfile_SOURCES = tests/fuzz/groupfile.c
tests_fuzz_groupfile_LDADD = tests/fuzz/libreplay.a $(EXCHANGE_LIBS)

fuzz_harnesses += tests/fuzz/header
check_PROGRAMS += tests/fuzz/header
tests_fuzz_header_SOURCES = tests/fuzz/header.c
tests_fuzz_header_LDADD = tests/fuzz/libreplay.a $(DB_LIBS)

fuzz_harnesses += tests/fuzz/heads
check_PROGRAMS += tests/fuzz/heads
tests_fuzz_heads_SOURCES = tests/fuzz/heads.c
tests_fuzz_heads_LDADD = tests/fuzz/libreplay.a $(DB_LIBS)
tests/fuzz/heads.$(OBJEXT): AM_CPPFLAGS += $(SQLITE3MC_CPPFLAGS)

fuzz_harnesses += tests/fuzz/instrument
check_PROGRAMS += tests/fuzz/instrument
tests_fuzz_instrument_SOURCES = tests/fuzz/instrument.c
tests_fuzz_instrument_LDADD = tests/fuzz/libreplay.a $(CORE_LIBS)

fuzz_harnesses += tests/fuzz/introduced
check_PROGRAMS += tests/fuzz/introduced
tests_fuzz_introduced_SOURCES = tests/fuzz/introduced.c
tests_fuzz_introduced_LDADD = tests/fuzz/libreplay.a $(CORE_LIBS)

fuzz_harnesses += tests/fuzz/keys
check_PROGRAMS += tests/fuzz/keys
tests_fuzz_keys_SOURCES = tests/fuzz/keys.c
tests_fuzz_keys_LDADD = tests/fuzz/libreplay.a $(TUI_LIBS)

fuzz_harnesses += tests/fuzz/guess
check_PROGRAMS += tests/fuzz/guess
tests_fuzz_guess_SOURCES = tests/fuzz/guess.c
tests_fuzz_guess_LDADD = tests/fuzz/libreplay.a $(EXCHANGE_LIBS)

fuzz_harnesses += tests/fuzz/mapping
check_PROGRAMS += tests/fuzz/mapping
tests_fuzz_mapping_SOURCES = tests/fuzz/mapping.c
tests_fuzz_mapping_LDADD = tests/fuzz/libreplay.a $(CORE_LIBS)

fuzz_harnesses += tests/fuzz/linkage
check_PROGRAMS += tests/fuzz/linkage
tests_fuzz_linkage_SOURCES = tests/fuzz/linkage.c
tests_fuzz_linkage_LDADD = tests/fuzz/libreplay.a $(CORE_LIBS)

fuzz_harnesses += tests/fuzz/observations
check_PROGRAMS += tests/fuzz/observations
tests_fuzz_observations_SOURCES = tests/fuzz/observations.c
tests_fuzz_observations_LDADD = tests/fuzz/libreplay.a $(EXCHANGE_LIBS)

fuzz_harnesses += tests/fuzz/ratings
check_PROGRAMS += tests/fuzz/ratings
tests_fuzz_ratings_SOURCES = tests/fuzz/ratings.c
tests_fuzz_ratings_LDADD = tests/fuzz/libreplay.a $(EXCHANGE_LIBS) -lm

fuzz_harnesses += tests/fuzz/recovery
check_PROGRAMS += tests/fuzz/recovery
tests_fuzz_recovery_SOURCES = tests/fuzz/recovery.c
tests_fuzz_recovery_LDADD = tests/fuzz/libreplay.a $(DB_LIBS)

fuzz_harnesses += tests/fuzz/retention
check_PROGRAMS += tests/fuzz/retention
tests_fuzz_retention_SOURCES = tests/fuzz/retention.c
tests_fuzz_retention_LDADD = tests/fuzz/libreplay.a $(CORE_LIBS)

fuzz_harnesses += tests/fuzz/rule
check_PROGRAMS += tests/fuzz/rule
tests_fuzz_rule_SOURCES = tests/fuzz/rule.c
tests_fuzz_rule_LDADD = tests/fuzz/libreplay.a $(CORE_LIBS)

fuzz_harnesses += tests/fuzz/sealed
check_PROGRAMS += tests/fuzz/sealed
tests_fuzz_sealed_SOURCES = tests/fuzz/sealed.c
tests_fuzz_sealed_LDADD = tests/fuzz/libreplay.a $(EXCHANGE_LIBS)

fuzz_harnesses += tests/fuzz/services
check_PROGRAMS += tests/fuzz/services
tests_fuzz_services_SOURCES = tests/fuzz/services.c
tests_fuzz_services_LDADD = tests/fuzz/libreplay.a $(CORE_LIBS)

fuzz_harnesses += tests/fuzz/standards
check_PROGRAMS += tests/fuzz/standards
tests_fuzz_standards_SOURCES = tests/fuzz/standards.c
tests_fuzz_standards_LDADD = tests/fuzz/libreplay.a $(CORE_LIBS)

fuzz_harnesses += tests/fuzz/study
check_PROGRAMS += tests/fuzz/study
tests_fuzz_study_SOURCES = tests/fuzz/study.c
tests_fuzz_study_LDADD = tests/fuzz/libreplay.a $(CORE_LIBS)

fuzz_harnesses += tests/fuzz/utf8
check_PROGRAMS += tests/fuzz/utf8
tests_fuzz_utf8_SOURCES = tests/fuzz/utf8.c
tests_fuzz_utf8_LDADD = tests/fuzz/libreplay.a $(CORE_LIBS)

fuzz_harnesses += tests/fuzz/walk
check_PROGRAMS += tests/fuzz/walk
tests_fuzz_walk_SOURCES = tests/fuzz/walk.c tests/unit/walkstory.h
tests_fuzz_walk_LDADD = tests/fuzz/libreplay.a $(CORE_LIBS)

EXTRA_DIST += tests/fuzz/corpus tests/fuzz/run.sh

# --- With libFuzzer: a build of its own, in fuzzing/.
FUZZ_SECONDS = 60
FUZZ_CC = clang
fuzz_cflags = -O1 -g -fno-omit-frame-pointer \
	-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all

fuzz: libsqlite3mc.a
	@$(SHELL) $(srcdir)/tests/fuzz/run.sh probe '$(FUZZ_CC)'
	$(call borrow,fuzzing)
	cd fuzzing && { test -f Makefile || $(abs_srcdir)/configure -q \
		--disable-hardening --with-sqlite3mc='$(SQLITE3MC_DIR)' \
		CC='$(FUZZ_CC)' CFLAGS='$(fuzz_cflags)'; } && \
		$(MAKE) fuzz-programs
	@HEARKEN_SRCDIR='$(abs_top_srcdir)' FUZZ_SECONDS='$(FUZZ_SECONDS)' \
		$(SHELL) $(srcdir)/tests/fuzz/run.sh run fuzzing \
		$(fuzz_harnesses)

# Only in fuzzing/, where the objects were made for it.
fuzz-programs: $(addsuffix .fuzz,$(fuzz_harnesses))

%.fuzz: %.$(OBJEXT) tests/fuzz/fuzz.$(OBJEXT) \
		tui/libtui.a exchange/libexchange.a db/libdb.a core/libcore.a
	$(AM_V_CCLD)$(CC) $(CFLAGS) -fsanitize=fuzzer -o $@ $< \
		tests/fuzz/fuzz.$(OBJEXT) $(TUI_LIBS) $(LIBS)

.PHONY: fuzz fuzz-programs
