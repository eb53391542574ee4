# SPDX-License-Identifier: GPL-3.0-or-later
# Each test is three lines, sorted by name:
#   check_PROGRAMS += tests/pty/NAME
#   tests_pty_NAME_SOURCES = tests/pty/NAME.c
#   tests_pty_NAME_LDADD = $(PTY_LIBS)
# The program under test is $HEARKEN_BUILDDIR/hearken, built before any test
# runs.
PTY_LIBS = tests/pty/libpty.a tui/libtui.a $(CORE_LIBS) $(NCURSESW_LIBS) \
	$(VTERM_LIBS) $(CMOCKA_LIBS)
check_LIBRARIES += tests/pty/libpty.a
tests_pty_libpty_a_SOURCES = \
	tests/pty/desk.c \
	tests/pty/desk.h \
	tests/pty/pty.c \
	tests/pty/pty.h \
	tests/pty/pty_golden.c \
	tests/pty/pty_impl.h \
	tests/pty/rest.c \
	tests/pty/rest.h \
	tests/pty/scene.c \
	tests/pty/scene.h

check_PROGRAMS += tests/pty/case
tests_pty_case_SOURCES = tests/pty/case.c
tests_pty_case_LDADD = $(PTY_LIBS)

check_PROGRAMS += tests/pty/deident
tests_pty_deident_SOURCES = tests/pty/deident.c
tests_pty_deident_LDADD = $(PTY_LIBS)

check_PROGRAMS += tests/pty/due
tests_pty_due_SOURCES = tests/pty/due.c
tests_pty_due_LDADD = $(PTY_LIBS)

check_PROGRAMS += tests/pty/door
tests_pty_door_SOURCES = tests/pty/door.c
tests_pty_door_LDADD = $(PTY_LIBS)

check_PROGRAMS += tests/pty/escapes
tests_pty_escapes_SOURCES = tests/pty/escapes.c tests/pty/wire.c tests/pty/wire.h
tests_pty_escapes_LDADD = tests/pty/libpty.a tests/store/libworld.a tui/libtui.a \
	$(DB_LIBS) $(NCURSESW_LIBS) $(VTERM_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/pty/leaving
tests_pty_leaving_SOURCES = tests/pty/leaving.c
tests_pty_leaving_LDADD = $(PTY_LIBS)

check_PROGRAMS += tests/pty/lock
tests_pty_lock_SOURCES = tests/pty/lock.c tests/pty/scan.h
tests_pty_lock_LDADD = tests/pty/libpty.a tests/store/libworld.a tui/libtui.a \
	$(DB_LIBS) $(NCURSESW_LIBS) $(VTERM_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/pty/people
tests_pty_people_SOURCES = tests/pty/people.c
tests_pty_people_LDADD = $(PTY_LIBS)

check_PROGRAMS += tests/pty/leave
tests_pty_leave_SOURCES = tests/pty/leave.c
tests_pty_leave_LDADD = $(PTY_LIBS)

check_PROGRAMS += tests/pty/lost
tests_pty_lost_SOURCES = tests/pty/lost.c
tests_pty_lost_LDADD = $(PTY_LIBS)

check_PROGRAMS += tests/pty/screens
tests_pty_screens_SOURCES = tests/pty/screens.c
tests_pty_screens_LDADD = $(PTY_LIBS)

check_PROGRAMS += tests/pty/terminal
tests_pty_terminal_SOURCES = tests/pty/resting.c tests/pty/terminal.c
tests_pty_terminal_LDFLAGS = $(rest_ldflags)
tests_pty_terminal_LDADD = $(PTY_LIBS)

EXTRA_DIST += $(wildcard $(srcdir)/tests/pty/*.txt)

check_PROGRAMS += tests/pty/story
tests_pty_story_SOURCES = tests/pty/story.c
tests_pty_story_LDADD = $(PTY_LIBS)

check_PROGRAMS += tests/pty/queue
tests_pty_queue_SOURCES = tests/pty/queue.c
tests_pty_queue_LDADD = $(PTY_LIBS)
check_PROGRAMS += tests/pty/journey
tests_pty_journey_SOURCES = tests/pty/journey.c
tests_pty_journey_LDADD = $(PTY_LIBS)
check_PROGRAMS += tests/pty/bundles
tests_pty_bundles_SOURCES = tests/pty/bundles.c
tests_pty_bundles_LDADD = $(PTY_LIBS)
check_PROGRAMS += tests/pty/trainday
tests_pty_trainday_SOURCES = tests/pty/trainday.c
tests_pty_trainday_LDADD = $(PTY_LIBS)
check_PROGRAMS += tests/pty/training
tests_pty_training_SOURCES = tests/pty/training.c
tests_pty_training_LDADD = $(PTY_LIBS)
check_PROGRAMS += tests/pty/walk
tests_pty_walk_SOURCES = tests/pty/walk.c
tests_pty_walk_LDADD = $(PTY_LIBS)
check_PROGRAMS += tests/pty/group
tests_pty_group_SOURCES = tests/pty/group.c
tests_pty_group_LDADD = $(PTY_LIBS)

check_PROGRAMS += tests/pty/trainhome
tests_pty_trainhome_SOURCES = tests/pty/trainhome.c
tests_pty_trainhome_LDADD = $(PTY_LIBS)
check_PROGRAMS += tests/pty/links
tests_pty_links_SOURCES = tests/pty/links.c
tests_pty_links_LDADD = $(PTY_LIBS)
check_PROGRAMS += tests/pty/collation
tests_pty_collation_SOURCES = tests/pty/collation.c
tests_pty_collation_LDADD = $(PTY_LIBS)
