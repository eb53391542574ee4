# SPDX-License-Identifier: GPL-3.0-or-later
# Each test is three lines, sorted by name:
#   check_PROGRAMS += tests/golden/NAME
#   tests_golden_NAME_SOURCES = tests/golden/NAME.c
#   tests_golden_NAME_LDADD = $(GOLDEN_LIBS)
# Its files, NAME.txt, are found by themselves.
# A test of the base, which needs no store, takes GOLDEN_BASE_LIBS.
GOLDEN_LIBS = tests/golden/libgolden.a $(TUI_LIBS) $(CMOCKA_LIBS)
GOLDEN_BASE_LIBS = tests/golden/libgolden.a tui/libtui.a $(CORE_LIBS) \
	$(NCURSESW_LIBS) $(CMOCKA_LIBS)
check_LIBRARIES += tests/golden/libgolden.a
tests_golden_libgolden_a_SOURCES = \
	tests/golden/fakecases.c \
	tests/golden/fakecases.h \
	tests/golden/desk.c \
	tests/golden/desk.h \
	tests/golden/faketerm.c \
	tests/golden/faketerm.h \
	tests/golden/golden.c \
	tests/golden/golden.h \
	tests/golden/trainstory.c \
	tests/golden/trainstory.h

check_PROGRAMS += tests/golden/caselist
tests_golden_caselist_SOURCES = tests/golden/caselist.c
tests_golden_caselist_LDADD = $(GOLDEN_BASE_LIBS)

check_PROGRAMS += tests/golden/help
tests_golden_help_SOURCES = tests/golden/help.c
tests_golden_help_LDADD = $(GOLDEN_BASE_LIBS)

check_PROGRAMS += tests/golden/looks
tests_golden_looks_SOURCES = tests/golden/looks.c
tests_golden_looks_LDADD = $(GOLDEN_LIBS)

check_PROGRAMS += tests/golden/newcase
tests_golden_newcase_SOURCES = tests/golden/newcase.c
tests_golden_newcase_LDADD = $(GOLDEN_BASE_LIBS)

check_PROGRAMS += tests/golden/people
tests_golden_people_SOURCES = tests/golden/people.c
tests_golden_people_LDADD = $(GOLDEN_BASE_LIBS)

check_PROGRAMS += tests/golden/unlock
tests_golden_unlock_SOURCES = tests/golden/unlock.c
tests_golden_unlock_LDADD = $(GOLDEN_BASE_LIBS)

check_PROGRAMS += tests/golden/form
tests_golden_form_SOURCES = tests/golden/form.c
tests_golden_form_LDADD = $(GOLDEN_BASE_LIBS)
check_PROGRAMS += tests/golden/case
tests_golden_case_SOURCES = tests/golden/case.c
tests_golden_case_LDADD = $(GOLDEN_BASE_LIBS)

check_PROGRAMS += tests/golden/casenear
tests_golden_casenear_SOURCES = tests/golden/casenear.c
tests_golden_casenear_LDADD = $(GOLDEN_BASE_LIBS)
check_PROGRAMS += tests/golden/casework
tests_golden_casework_SOURCES = tests/golden/casework.c
tests_golden_casework_LDADD = $(GOLDEN_BASE_LIBS)

check_PROGRAMS += tests/golden/window
tests_golden_window_SOURCES = tests/golden/window.c
tests_golden_window_LDADD = $(GOLDEN_BASE_LIBS)

check_PROGRAMS += tests/golden/words
tests_golden_words_SOURCES = tests/golden/words.c
tests_golden_words_LDADD = $(GOLDEN_BASE_LIBS)

EXTRA_DIST += $(golden_files)
golden_files = $(wildcard $(srcdir)/tests/golden/*.txt)
check_PROGRAMS += tests/golden/entryclocks
tests_golden_entryclocks_SOURCES = tests/golden/entryclocks.c
tests_golden_entryclocks_LDADD = $(GOLDEN_BASE_LIBS)
check_PROGRAMS += tests/golden/referrals
tests_golden_referrals_SOURCES = tests/golden/referrals.c
tests_golden_referrals_LDADD = $(GOLDEN_BASE_LIBS)
check_PROGRAMS += tests/golden/around
tests_golden_around_SOURCES = tests/golden/around.c
tests_golden_around_LDADD = $(GOLDEN_LIBS)
check_PROGRAMS += tests/golden/writing
tests_golden_writing_SOURCES = tests/golden/writing.c
tests_golden_writing_LDADD = $(GOLDEN_BASE_LIBS)
check_PROGRAMS += tests/golden/leave
tests_golden_leave_SOURCES = tests/golden/leave.c
tests_golden_leave_LDADD = $(GOLDEN_LIBS)
check_PROGRAMS += tests/golden/deident
tests_golden_deident_SOURCES = tests/golden/deident.c
tests_golden_deident_LDADD = $(GOLDEN_LIBS)

check_PROGRAMS += tests/golden/studydrafts
tests_golden_studydrafts_SOURCES = tests/golden/studydrafts.c \
	tests/unit/loaded.c tests/unit/loaded.h
tests_golden_studydrafts_LDADD = $(GOLDEN_LIBS)

check_PROGRAMS += tests/golden/chronology
tests_golden_chronology_SOURCES = tests/golden/chronology.c
tests_golden_chronology_LDADD = $(GOLDEN_LIBS)

check_PROGRAMS += tests/golden/due
tests_golden_due_SOURCES = tests/golden/due.c
tests_golden_due_LDADD = $(GOLDEN_LIBS)

check_PROGRAMS += tests/golden/plan
tests_golden_plan_SOURCES = tests/golden/plan.c
tests_golden_plan_LDADD = $(GOLDEN_LIBS)
check_PROGRAMS += tests/golden/bundles
tests_golden_bundles_SOURCES = tests/golden/bundles.c
tests_golden_bundles_LDADD = $(GOLDEN_BASE_LIBS)
check_PROGRAMS += tests/golden/misfits
tests_golden_misfits_SOURCES = tests/golden/misfits.c
tests_golden_misfits_LDADD = $(GOLDEN_BASE_LIBS)
check_PROGRAMS += tests/golden/elsewhere
tests_golden_elsewhere_SOURCES = tests/golden/elsewhere.c
tests_golden_elsewhere_LDADD = $(GOLDEN_BASE_LIBS)
check_PROGRAMS += tests/golden/send
tests_golden_send_SOURCES = tests/golden/send.c
tests_golden_send_LDADD = $(GOLDEN_LIBS)
check_PROGRAMS += tests/golden/queue
tests_golden_queue_SOURCES = tests/golden/queue.c
tests_golden_queue_LDADD = $(GOLDEN_BASE_LIBS)
check_PROGRAMS += tests/golden/review
tests_golden_review_SOURCES = tests/golden/review.c
tests_golden_review_LDADD = $(GOLDEN_LIBS)
check_PROGRAMS += tests/golden/travelled
tests_golden_travelled_SOURCES = tests/golden/travelled.c
tests_golden_travelled_LDADD = $(GOLDEN_BASE_LIBS)
check_PROGRAMS += tests/golden/train
tests_golden_train_SOURCES = tests/golden/train.c
tests_golden_train_LDADD = $(GOLDEN_BASE_LIBS)
check_PROGRAMS += tests/golden/border
tests_golden_border_SOURCES = tests/golden/border.c
tests_golden_border_LDADD = $(GOLDEN_BASE_LIBS)
check_PROGRAMS += tests/golden/trainlog
tests_golden_trainlog_SOURCES = tests/golden/trainlog.c
tests_golden_trainlog_LDADD = $(GOLDEN_BASE_LIBS)
check_PROGRAMS += tests/golden/group
tests_golden_group_SOURCES = tests/golden/group.c \
	tests/golden/groupfake.c tests/golden/groupfake.h \
	tests/unit/loaded.c tests/unit/loaded.h tests/unit/memsource.h
tests_golden_group_LDADD = $(GOLDEN_LIBS)
check_PROGRAMS += tests/golden/walk
tests_golden_walk_SOURCES = tests/golden/walk.c
tests_golden_walk_LDADD = $(GOLDEN_BASE_LIBS)
check_PROGRAMS += tests/golden/links
tests_golden_links_SOURCES = tests/golden/links.c \
	tests/golden/linkfake.c tests/golden/linkfake.h
tests_golden_links_LDADD = $(GOLDEN_LIBS)
check_PROGRAMS += tests/golden/collation
tests_golden_collation_SOURCES = tests/golden/collation.c \
	tests/golden/collationfake.c tests/golden/collationfake.h
tests_golden_collation_LDADD = $(GOLDEN_LIBS)
check_PROGRAMS += tests/golden/reports
tests_golden_reports_SOURCES = tests/golden/reports.c \
	tests/golden/collationfake.c tests/golden/collationfake.h
tests_golden_reports_LDADD = $(GOLDEN_LIBS)
check_PROGRAMS += tests/golden/intake
tests_golden_intake_SOURCES = tests/golden/intake.c
tests_golden_intake_LDADD = $(GOLDEN_LIBS)
