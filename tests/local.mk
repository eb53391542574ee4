# SPDX-License-Identifier: GPL-3.0-or-later
# Tests.  A test is a program (built from check_PROGRAMS) or a script; it runs
# under tests/run, which fixes zone, locale, terminal and home, names the
# source and build folders in HEARKEN_SRCDIR and HEARKEN_BUILDDIR, and stops
# it after 600 seconds.  Exit 0 passed, 77 skipped, anything else failed.
#
# A program, in the local.mk of its folder:
#   check_PROGRAMS += tests/unit/date
#   tests_unit_date_SOURCES = tests/unit/date.c
#   tests_unit_date_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
# A script, executable and named *.sh:
#   dist_check_SCRIPTS += tests/lint/layers.sh
#   TESTS += tests/lint/layers.sh
# Code that several tests share: tests/support.[ch], in check_LIBRARIES.
# Data: EXTRA_DIST += tests/data/NAME (a folder may be named too).

LOG_COMPILER = $(SHELL) $(srcdir)/tests/run
SH_LOG_COMPILER = $(SHELL) $(srcdir)/tests/run
TEST_EXTENSIONS = .sh .transcript
AM_TESTS_ENVIRONMENT = HEARKEN_SRCDIR='$(abs_top_srcdir)' \
	HEARKEN_BUILDDIR='$(abs_top_builddir)' CC='$(CC)' \
	HEARKEN_CPPFLAGS='$(lint_cppflags)'; \
	export HEARKEN_SRCDIR HEARKEN_BUILDDIR HEARKEN_CPPFLAGS CC;
EXTRA_DIST += tests/lsan.supp tests/run tests/valgrind.supp
EXTRA_DIST += tests/data/broken-instrument.yaml
EXTRA_DIST += tests/data/broken-study.yaml
EXTRA_DIST += tests/data/level-study.yaml
EXTRA_DIST += tests/data/small.yaml
EXTRA_DIST += tests/data/store-1.hearken
EXTRA_DIST += tests/data/store-2.hearken
EXTRA_DIST += tests/data/store-3.hearken
EXTRA_DIST += tests/data/store-4.hearken
EXTRA_DIST += tests/data/weighted.yaml

# The program with the tests' clock, randomness and key; no test by itself.
EXTRA_PROGRAMS += tests/pty/hearken-test
tests_pty_hearken_test_SOURCES = cli/forget.c tests/pty/main.c \
	tests/pty/rest.h tests/pty/resting.c tests/pty/scan.c \
	tests/pty/scan.h
# It tells a test of the screens when it waits (tests/pty/rest.h).
rest_ldflags = $(AM_LDFLAGS) -Wl,--wrap=poll -Wl,--wrap=ppoll
tests_pty_hearken_test_LDFLAGS = $(rest_ldflags)
tests_pty_hearken_test_LDADD = $(CLI_LIBS)
check_DATA = tests/pty/hearken-test$(EXEEXT)
CLEANFILES += tests/pty/hearken-test$(EXEEXT)

if HAVE_CMOCKA
include tests/unit/local.mk
include tests/golden/local.mk
include tests/store/local.mk
include tests/fault/local.mk
if HAVE_VTERM
include tests/pty/local.mk
endif
endif
include tests/cli/local.mk
include tests/fuzz/local.mk
include tests/bench/local.mk
include tests/lint/local.mk

TESTS += $(check_PROGRAMS)
