# SPDX-License-Identifier: GPL-3.0-or-later
# Each test is three lines, sorted by name:
#   check_PROGRAMS += tests/store/NAME
#   tests_store_NAME_SOURCES = tests/store/NAME.c
#   tests_store_NAME_LDADD = $(DB_LIBS) $(CMOCKA_LIBS)

# What the tests of the store share.
check_LIBRARIES += tests/store/libworld.a
tests_store_libworld_a_SOURCES = \
	tests/store/disk.c \
	tests/store/disk.h \
	tests/store/elsewhere.c \
	tests/store/elsewhere.h \
	tests/store/folk.c \
	tests/store/folk.h \
	tests/store/openlog.c \
	tests/store/openlog.h \
	tests/store/pair.c \
	tests/store/pair.h \
	tests/store/raw.c \
	tests/store/rawchain.c \
	tests/store/rawpeople.c \
	tests/store/team.c \
	tests/store/team.h \
	tests/store/world.c \
	tests/store/world.h
tests_store_libworld_a_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE3MC_CPPFLAGS)
STORE_TEST_LIBS = tests/store/libworld.a $(DB_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/store/roles
tests_store_roles_SOURCES = tests/store/roles.c
tests_store_roles_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/abroad
tests_store_abroad_SOURCES = tests/store/abroad.c
tests_store_abroad_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/abroadforged
tests_store_abroadforged_SOURCES = tests/store/abroadforged.c
tests_store_abroadforged_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/roundtrip
tests_store_roundtrip_SOURCES = tests/store/roundtrip.c
tests_store_roundtrip_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/header
tests_store_header_SOURCES = tests/store/header.c
tests_store_header_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/refusals
tests_store_refusals_SOURCES = tests/store/refusals.c
tests_store_refusals_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/tamper
tests_store_tamper_SOURCES = tests/store/tamper.c
tests_store_tamper_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/replay
tests_store_replay_SOURCES = tests/store/replay.c
tests_store_replay_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/rollback
tests_store_rollback_SOURCES = tests/store/rollback.c
tests_store_rollback_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/full
tests_store_full_SOURCES = tests/store/full.c
tests_store_full_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/found
tests_store_found_SOURCES = tests/store/found.c
tests_store_found_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/dispose
tests_store_dispose_SOURCES = tests/store/dispose.c \
	tests/store/disposing.c tests/store/disposing.h
tests_store_dispose_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/disposeforged
tests_store_disposeforged_SOURCES = tests/store/disposeforged.c \
	tests/store/disposing.c tests/store/disposing.h
tests_store_disposeforged_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/disposefault
tests_store_disposefault_SOURCES = tests/store/disposefault.c \
	tests/store/disposing.c tests/store/disposing.h
tests_store_disposefault_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/studydrafts
tests_store_studydrafts_SOURCES = tests/store/studydrafts.c \
	tests/store/disposing.c tests/store/disposing.h
tests_store_studydrafts_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/rare
tests_store_rare_SOURCES = tests/store/rare.c \
	tests/store/disposing.c tests/store/disposing.h
tests_store_rare_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/kill
tests_store_kill_SOURCES = tests/store/kill.c
tests_store_kill_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/model
tests_store_model_SOURCES = tests/store/model.c
tests_store_model_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/queue
tests_store_queue_SOURCES = tests/store/queue.c \
	tests/store/queueing.c tests/store/queueing.h
tests_store_queue_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/queuesteps
tests_store_queuesteps_SOURCES = tests/store/queuesteps.c \
	tests/store/queueing.c tests/store/queueing.h
tests_store_queuesteps_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/oldfiles
tests_store_oldfiles_SOURCES = tests/store/oldfiles.c
tests_store_oldfiles_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE3MC_CPPFLAGS)
tests_store_oldfiles_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/rekey
tests_store_rekey_SOURCES = tests/store/rekey.c
tests_store_rekey_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE3MC_CPPFLAGS)
tests_store_rekey_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/backup
tests_store_backup_SOURCES = tests/store/backup.c
tests_store_backup_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/settings
tests_store_settings_SOURCES = tests/store/settings.c
tests_store_settings_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/plaintext
tests_store_plaintext_SOURCES = tests/store/plaintext.c
tests_store_plaintext_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/hostile
tests_store_hostile_SOURCES = tests/store/hostile.c
tests_store_hostile_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/importrun
tests_store_importrun_SOURCES = tests/store/importrun.c \
	tests/unit/memsource.h
tests_store_importrun_LDADD = tests/store/libworld.a $(EXCHANGE_LIBS) \
	$(CMOCKA_LIBS)
check_PROGRAMS += tests/store/takein
tests_store_takein_SOURCES = tests/store/takein.c tests/store/taking.c \
	tests/store/taking.h tests/unit/memsource.h
tests_store_takein_LDADD = tests/store/libworld.a $(EXCHANGE_LIBS) \
	$(CMOCKA_LIBS)
check_PROGRAMS += tests/store/takeagain
tests_store_takeagain_SOURCES = tests/store/takeagain.c tests/store/taking.c \
	tests/store/taking.h tests/unit/memsource.h
tests_store_takeagain_LDADD = tests/store/libworld.a $(EXCHANGE_LIBS) \
	$(CMOCKA_LIBS)
check_PROGRAMS += tests/store/fault
tests_store_fault_SOURCES = tests/store/fault.c
tests_store_fault_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/slots
tests_store_slots_SOURCES = tests/store/slots.c
tests_store_slots_LDADD = $(STORE_TEST_LIBS)
check_PROGRAMS += tests/store/opens
tests_store_opens_SOURCES = tests/store/opens.c
tests_store_opens_LDADD = $(STORE_TEST_LIBS)
check_PROGRAMS += tests/store/tries
tests_store_tries_SOURCES = tests/store/tries.c
tests_store_tries_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/people
tests_store_people_SOURCES = tests/store/people.c
tests_store_people_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/recovery
tests_store_recovery_SOURCES = tests/store/recovery.c
tests_store_recovery_LDADD = $(STORE_TEST_LIBS)
check_PROGRAMS += tests/store/restricted
tests_store_restricted_SOURCES = tests/store/restricted.c
tests_store_restricted_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/watch
tests_store_watch_SOURCES = tests/store/watch.c
tests_store_watch_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/people_fault
tests_store_people_fault_SOURCES = tests/store/people_fault.c
tests_store_people_fault_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/people_forged
tests_store_people_forged_SOURCES = tests/store/people_forged.c
tests_store_people_forged_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/restricting
tests_store_restricting_SOURCES = tests/store/restricting.c
tests_store_restricting_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/watch_fault
tests_store_watch_fault_SOURCES = tests/store/watch_fault.c
tests_store_watch_fault_LDADD = $(STORE_TEST_LIBS)

# The test's own calls stand for those of a memory stick.
check_PROGRAMS += tests/store/stick
tests_store_stick_SOURCES = tests/store/stick.c
tests_store_stick_LDADD = $(STORE_TEST_LIBS)
tests_store_stick_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=statfs \
	-Wl,--wrap=fstatfs -Wl,--wrap=fchmod -Wl,--wrap=fsync

check_PROGRAMS += tests/store/due
tests_store_due_SOURCES = tests/store/due.c
tests_store_due_LDADD = $(STORE_TEST_LIBS)
check_PROGRAMS += tests/store/finding
tests_store_finding_SOURCES = tests/store/finding.c
tests_store_finding_LDADD = $(STORE_TEST_LIBS)
check_PROGRAMS += tests/store/three
tests_store_three_SOURCES = tests/store/three.c tests/store/trio.c \
	tests/store/trio.h tests/store/trio_impl.h tests/store/trio_write.c
tests_store_three_LDADD = tests/store/libworld.a $(EXCHANGE_LIBS) \
	$(CMOCKA_LIBS)
check-three: tests/store/three
	HEARKEN_THREE_ROUNDS=2000 HEARKEN_TEST_SECONDS=7200 \
		$(MAKE) check-TESTS TESTS=tests/store/three
check-nightly: check-three

check_PROGRAMS += tests/store/unite
tests_store_unite_SOURCES = tests/store/unite.c
tests_store_unite_LDADD = $(STORE_TEST_LIBS)
check_PROGRAMS += tests/store/bundlehostile
tests_store_bundlehostile_SOURCES = tests/store/bundlehostile.c \
	tests/store/twostores.c tests/store/twostores.h
tests_store_bundlehostile_LDADD = tests/store/libworld.a $(EXCHANGE_LIBS) \
	$(CMOCKA_LIBS)
check_PROGRAMS += tests/store/bundle
tests_store_bundle_SOURCES = tests/store/bundle.c tests/store/twostores.c \
	tests/store/twostores.h
tests_store_bundle_LDADD = tests/store/libworld.a $(EXCHANGE_LIBS) \
	$(CMOCKA_LIBS)

check_PROGRAMS += tests/store/carry
tests_store_carry_SOURCES = tests/store/carry.c
tests_store_carry_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE3MC_CPPFLAGS)
tests_store_carry_LDADD = $(STORE_TEST_LIBS)

# The same with a list that has room for two entries.
check_PROGRAMS += tests/store/carry_many
tests_store_carry_many_SOURCES = tests/store/carry.c db/carry.c
tests_store_carry_many_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE3MC_CPPFLAGS) \
	-DFEW=2u
tests_store_carry_many_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/abroadtamper
tests_store_abroadtamper_SOURCES = tests/store/abroadtamper.c
tests_store_abroadtamper_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE3MC_CPPFLAGS)
tests_store_abroadtamper_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/bundles
tests_store_bundles_SOURCES = tests/store/bundles.c
tests_store_bundles_LDADD = $(STORE_TEST_LIBS)
check_PROGRAMS += tests/store/reference
tests_store_reference_SOURCES = tests/store/reference.c
tests_store_reference_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/training
practice = tests/store/practice.c tests/store/practice.h \
	tests/store/twostores.c tests/store/twostores.h
tests_store_training_SOURCES = tests/store/training.c $(practice)
tests_store_training_LDADD = tests/store/libworld.a $(EXCHANGE_LIBS) \
	$(CMOCKA_LIBS)
check_PROGRAMS += tests/store/trainingtravel
tests_store_trainingtravel_SOURCES = tests/store/trainingtravel.c $(practice)
tests_store_trainingtravel_LDADD = tests/store/libworld.a $(EXCHANGE_LIBS) \
	$(CMOCKA_LIBS)

check_PROGRAMS += tests/store/sessions
tests_store_sessions_SOURCES = tests/store/sessions.c \
	tests/store/sessionworld.c tests/store/sessionworld.h
tests_store_sessions_LDADD = $(STORE_TEST_LIBS)

check_PROGRAMS += tests/store/sessionstudies
tests_store_sessionstudies_SOURCES = tests/store/sessionstudies.c \
	tests/store/sessionworld.c tests/store/sessionworld.h
tests_store_sessionstudies_LDADD = $(STORE_TEST_LIBS)
check_PROGRAMS += tests/store/sessionsent
tests_store_sessionsent_SOURCES = tests/store/sessionsent.c \
	tests/store/twostores.c tests/store/twostores.h
tests_store_sessionsent_LDADD = tests/store/libworld.a $(EXCHANGE_LIBS) \
	$(CMOCKA_LIBS)

check_PROGRAMS += tests/store/facts
tests_store_facts_SOURCES = tests/store/facts.c
tests_store_facts_LDADD = $(STORE_TEST_LIBS)
check_PROGRAMS += tests/store/reportneeds
tests_store_reportneeds_SOURCES = tests/store/reportneeds.c
tests_store_reportneeds_LDADD = $(STORE_TEST_LIBS)
check_PROGRAMS += tests/store/linkcases
tests_store_linkcases_SOURCES = tests/store/linkcases.c \
	tests/store/disposing.c tests/store/disposing.h \
	tests/store/linking.c tests/store/linking.h
tests_store_linkcases_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE3MC_CPPFLAGS)
tests_store_linkcases_LDADD = $(STORE_TEST_LIBS)
check_PROGRAMS += tests/store/linknear
tests_store_linknear_SOURCES = tests/store/linknear.c \
	tests/store/disposing.c tests/store/disposing.h \
	tests/store/linking.c tests/store/linking.h
tests_store_linknear_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE3MC_CPPFLAGS)
tests_store_linknear_LDADD = $(STORE_TEST_LIBS)
check_PROGRAMS += tests/store/links
tests_store_links_SOURCES = tests/store/links.c \
	tests/store/disposing.c tests/store/disposing.h \
	tests/store/linking.c tests/store/linking.h
tests_store_links_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE3MC_CPPFLAGS)
tests_store_links_LDADD = $(STORE_TEST_LIBS)
