# SPDX-License-Identifier: GPL-3.0-or-later
# Each test is three lines, sorted by name:
#   check_PROGRAMS += tests/unit/NAME
#   tests_unit_NAME_SOURCES = tests/unit/NAME.c
#   tests_unit_NAME_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/date
tests_unit_date_SOURCES = tests/unit/date.c
tests_unit_date_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/joined
tests_unit_joined_SOURCES = tests/unit/joined.c tests/unit/book.c \
	tests/unit/book.h tests/unit/loaded.c tests/unit/loaded.h
tests_unit_joined_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/facts
tests_unit_facts_SOURCES = tests/unit/facts.c tests/unit/book.c \
	tests/unit/book.h tests/unit/loaded.c tests/unit/loaded.h
tests_unit_facts_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/standards
tests_unit_standards_SOURCES = tests/unit/standards.c \
	tests/unit/loaded.c tests/unit/loaded.h
tests_unit_standards_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/reportout
tests_unit_reportout_SOURCES = tests/unit/reportout.c
tests_unit_reportout_LDADD = $(EXCHANGE_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/reports
tests_unit_reports_SOURCES = tests/unit/reports.c tests/unit/book.c \
	tests/unit/book.h tests/unit/loaded.c tests/unit/loaded.h
tests_unit_reports_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/population
tests_unit_population_SOURCES = tests/unit/population.c
tests_unit_population_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/report
tests_unit_report_SOURCES = tests/unit/report.c
tests_unit_report_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/suppress
tests_unit_suppress_SOURCES = tests/unit/suppress.c
tests_unit_suppress_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/study
tests_unit_study_SOURCES = tests/unit/study.c tests/unit/study_faults.def \
	tests/unit/loaded.c tests/unit/loaded.h
tests_unit_study_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/study_write
tests_unit_study_write_SOURCES = tests/unit/study_write.c \
	tests/unit/loaded.c tests/unit/loaded.h
tests_unit_study_write_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/utf8
tests_unit_utf8_SOURCES = tests/unit/utf8.c
tests_unit_utf8_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/agree
tests_unit_agree_SOURCES = tests/unit/agree.c tests/unit/agreetable.h
tests_unit_agree_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS) -lm
check_PROGRAMS += tests/unit/agreeholds
tests_unit_agreeholds_SOURCES = tests/unit/agreeholds.c \
	tests/unit/agreetable.h
tests_unit_agreeholds_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS) -lm
check_PROGRAMS += tests/unit/agreemodel
tests_unit_agreemodel_SOURCES = tests/unit/agreemodel.c
tests_unit_agreemodel_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS) -lm
check_PROGRAMS += tests/unit/entry
tests_unit_entry_SOURCES = tests/unit/entry.c
tests_unit_entry_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/kinds
tests_unit_kinds_SOURCES = tests/unit/kinds.c
tests_unit_kinds_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/query
tests_unit_query_SOURCES = tests/unit/query.c
tests_unit_query_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/card
tests_unit_card_SOURCES = tests/unit/card.c
tests_unit_card_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/calendar
tests_unit_calendar_SOURCES = tests/unit/calendar.c
tests_unit_calendar_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/pending
tests_unit_pending_SOURCES = tests/unit/pending.c
tests_unit_pending_LDADD = $(TUI_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/casefile
tests_unit_casefile_SOURCES = tests/unit/casefile.c
tests_unit_casefile_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/oversight
tests_unit_oversight_SOURCES = tests/unit/oversight.c \
	tests/unit/reviewing.c tests/unit/reviewing.h
tests_unit_oversight_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/oversight_chance
tests_unit_oversight_chance_SOURCES = tests/unit/oversight_chance.c \
	tests/unit/reviewing.c tests/unit/reviewing.h
tests_unit_oversight_chance_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/deadline
tests_unit_deadline_SOURCES = tests/unit/deadline.c
tests_unit_deadline_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/ident
tests_unit_ident_SOURCES = tests/unit/ident.c
tests_unit_ident_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/reference
tests_unit_reference_SOURCES = tests/unit/reference.c
tests_unit_reference_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/nomemory
tests_unit_nomemory_SOURCES = tests/unit/nomemory.c
tests_unit_nomemory_LDADD = $(CLI_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/yaml
tests_unit_yaml_SOURCES = tests/unit/yaml.c
tests_unit_yaml_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/rule
tests_unit_rule_SOURCES = tests/unit/rule.c \
	tests/unit/loaded.c tests/unit/loaded.h
tests_unit_rule_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/instrument
tests_unit_instrument_SOURCES = tests/unit/instrument.c \
	tests/unit/loaded.c tests/unit/loaded.h
tests_unit_instrument_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/screen
tests_unit_screen_SOURCES = tests/unit/screen.c \
	tests/unit/loaded.c tests/unit/loaded.h
tests_unit_screen_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/answers
tests_unit_answers_SOURCES = tests/unit/answers.c
tests_unit_answers_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/changes
tests_unit_changes_SOURCES = tests/unit/changes.c \
	tests/unit/loaded.c tests/unit/loaded.h
tests_unit_changes_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/charset
tests_unit_charset_SOURCES = tests/unit/charset.c tests/unit/memsource.h
tests_unit_charset_LDADD = $(EXCHANGE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/csv
tests_unit_csv_SOURCES = tests/unit/csv.c tests/unit/memsource.h
tests_unit_csv_LDADD = $(EXCHANGE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/observations
tests_unit_observations_SOURCES = tests/unit/observations.c \
	tests/unit/loaded.c tests/unit/loaded.h tests/unit/memsource.h
tests_unit_observations_LDADD = $(EXCHANGE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/ratings
tests_unit_ratings_SOURCES = tests/unit/ratings.c tests/unit/memsource.h
tests_unit_ratings_LDADD = $(EXCHANGE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/screenrun
tests_unit_screenrun_SOURCES = tests/unit/screenrun.c \
	tests/unit/loaded.c tests/unit/loaded.h tests/unit/memsource.h
tests_unit_screenrun_LDADD = $(EXCHANGE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/mutants
tests_unit_mutants_SOURCES = tests/unit/mutants.c \
	tests/unit/loaded.c tests/unit/loaded.h
tests_unit_mutants_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)

# The base of the terminal interface, which needs no store.  The tiny ones are
# built with buffers so small that every boundary is met.
TUI_BASE_LIBS = tui/libtui.a $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/cellbuf
tests_unit_cellbuf_SOURCES = tests/unit/cellbuf.c
tests_unit_cellbuf_LDADD = $(TUI_BASE_LIBS)
check_PROGRAMS += tests/unit/cellbuf_tiny
tests_unit_cellbuf_tiny_SOURCES = tests/unit/cellbuf.c tui/cellbuf.c
tests_unit_cellbuf_tiny_CPPFLAGS = $(AM_CPPFLAGS) -DCELL_INLINE=4
tests_unit_cellbuf_tiny_LDADD = $(TUI_BASE_LIBS)
check_PROGRAMS += tests/unit/edit
tests_unit_edit_SOURCES = tests/unit/edit.c
tests_unit_edit_LDADD = $(TUI_BASE_LIBS)
check_PROGRAMS += tests/unit/edit_tiny
tests_unit_edit_tiny_SOURCES = tests/unit/edit.c tui/cellbuf.c tui/edit.c \
	tui/edit_find.c tui/edit_text.c
tests_unit_edit_tiny_CPPFLAGS = $(AM_CPPFLAGS) -DUNDO_MAX=2 -DCELL_INLINE=4
tests_unit_edit_tiny_LDADD = $(TUI_BASE_LIBS)
check_PROGRAMS += tests/unit/keys
tests_unit_keys_SOURCES = tests/unit/keys.c
tests_unit_keys_LDADD = $(TUI_BASE_LIBS)
check_PROGRAMS += tests/unit/layout
tests_unit_layout_SOURCES = tests/unit/layout.c
tests_unit_layout_LDADD = $(TUI_BASE_LIBS)
check_PROGRAMS += tests/unit/cage
tests_unit_cage_SOURCES = tests/unit/cage.c
tests_unit_cage_LDADD = tests/store/libworld.a $(CLI_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/recovery
tests_unit_recovery_SOURCES = tests/unit/recovery.c
tests_unit_recovery_LDADD = $(DB_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/retention
tests_unit_retention_SOURCES = tests/unit/retention.c
tests_unit_retention_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/certificate
tests_unit_certificate_SOURCES = tests/unit/certificate.c
tests_unit_certificate_LDADD = $(EXCHANGE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/disposals
tests_unit_disposals_SOURCES = tests/unit/disposals.c
tests_unit_disposals_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/roster
tests_unit_roster_SOURCES = tests/unit/roster.c
tests_unit_roster_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/rosterabroad
tests_unit_rosterabroad_SOURCES = tests/unit/rosterabroad.c \
	tests/unit/registers.c tests/unit/registers.h
tests_unit_rosterabroad_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/strangers
tests_unit_strangers_SOURCES = tests/unit/strangers.c \
	tests/unit/registers.c tests/unit/registers.h
tests_unit_strangers_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/rosterforged
tests_unit_rosterforged_SOURCES = tests/unit/rosterforged.c \
	tests/unit/registers.c tests/unit/registers.h
tests_unit_rosterforged_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/clocks
tests_unit_clocks_SOURCES = tests/unit/clocks.c
tests_unit_clocks_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/accesspack
tests_unit_accesspack_SOURCES = tests/unit/accesspack.c \
	tests/unit/loaded.c tests/unit/loaded.h
tests_unit_accesspack_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/redact
tests_unit_redact_SOURCES = tests/unit/redact.c
tests_unit_redact_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/paper
tests_unit_paper_SOURCES = tests/unit/paper.c
tests_unit_paper_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/chronology
tests_unit_chronology_SOURCES = tests/unit/chronology.c \
	tests/unit/loaded.c tests/unit/loaded.h
tests_unit_chronology_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/services
tests_unit_services_SOURCES = tests/unit/services.c
tests_unit_services_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/deadlinerules
tests_unit_deadlinerules_SOURCES = tests/unit/deadlinerules.c
tests_unit_deadlinerules_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/pages
tests_unit_pages_SOURCES = tests/unit/pages.c
tests_unit_pages_LDADD = $(EXCHANGE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/clockpattern
tests_unit_clockpattern_SOURCES = tests/unit/clockpattern.c
tests_unit_clockpattern_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/duewhen
tests_unit_duewhen_SOURCES = tests/unit/duewhen.c
tests_unit_duewhen_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/mapdate
tests_unit_mapdate_SOURCES = tests/unit/mapdate.c
tests_unit_mapdate_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/mapping
tests_unit_mapping_SOURCES = tests/unit/mapping.c \
	tests/unit/loaded.c tests/unit/loaded.h
tests_unit_mapping_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/missing
tests_unit_missing_SOURCES = tests/unit/missing.c tests/unit/book.c \
	tests/unit/book.h
tests_unit_missing_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/outside
tests_unit_outside_SOURCES = cli/forget.c tests/unit/outside.c \
	tests/pty/scan.c tests/pty/scan.h
tests_unit_outside_LDADD = $(CLI_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/papercase
tests_unit_papercase_SOURCES = tests/unit/papercase.c tests/unit/book.c \
	tests/unit/book.h tests/unit/loaded.c tests/unit/loaded.h
tests_unit_papercase_LDADD = $(EXCHANGE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/versions
tests_unit_versions_SOURCES = tests/unit/versions.c tests/unit/book.c \
	tests/unit/book.h tests/unit/loaded.c tests/unit/loaded.h
tests_unit_versions_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/chase
tests_unit_chase_SOURCES = tests/unit/chase.c
tests_unit_chase_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/planstate
tests_unit_planstate_SOURCES = tests/unit/planstate.c tests/unit/book.c \
	tests/unit/book.h
tests_unit_planstate_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/bundlerecord
tests_unit_bundlerecord_SOURCES = tests/unit/bundlerecord.c
tests_unit_bundlerecord_LDADD = $(EXCHANGE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/sealfile
tests_unit_sealfile_SOURCES = tests/unit/sealfile.c
tests_unit_sealfile_LDADD = $(EXCHANGE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/misfits
tests_unit_misfits_SOURCES = tests/unit/misfits.c tests/unit/loaded.c \
	tests/unit/loaded.h
tests_unit_misfits_LDADD = $(EXCHANGE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/carried
tests_unit_carried_SOURCES = tests/unit/carried.c
tests_unit_carried_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/restrictions
tests_unit_restrictions_SOURCES = tests/unit/restrictions.c \
	tests/unit/book.c tests/unit/book.h
tests_unit_restrictions_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/receiptclock
tests_unit_receiptclock_SOURCES = tests/unit/receiptclock.c
tests_unit_receiptclock_LDADD = $(EXCHANGE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/traininglog
tests_unit_traininglog_SOURCES = tests/unit/traininglog.c \
	tests/unit/book.c tests/unit/book.h
tests_unit_traininglog_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/walk
tests_unit_walk_SOURCES = tests/unit/walk.c tests/unit/walked.c \
	tests/unit/walked.h tests/unit/walkstory.h tests/unit/loaded.c \
	tests/unit/loaded.h
tests_unit_walk_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/walknone
tests_unit_walknone_SOURCES = tests/unit/walknone.c tests/unit/walked.c \
	tests/unit/walked.h tests/unit/walkstory.h tests/unit/loaded.c \
	tests/unit/loaded.h
tests_unit_walknone_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/walkways
tests_unit_walkways_SOURCES = tests/unit/walkways.c tests/unit/walked.c \
	tests/unit/walked.h tests/unit/loaded.c tests/unit/loaded.h
tests_unit_walkways_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/notehint
tests_unit_notehint_SOURCES = tests/unit/notehint.c
tests_unit_notehint_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/retest
tests_unit_retest_SOURCES = tests/unit/retest.c tests/unit/walked.c \
	tests/unit/walked.h tests/unit/loaded.c tests/unit/loaded.h
tests_unit_retest_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/deident_text
tests_unit_deident_text_SOURCES = tests/unit/deident_text.c
tests_unit_deident_text_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/deident_dates
tests_unit_deident_dates_SOURCES = tests/unit/deident_dates.c
tests_unit_deident_dates_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/groupwork
tests_unit_groupwork_SOURCES = tests/unit/groupwork.c \
	tests/unit/agreetable.h tests/unit/loaded.c tests/unit/loaded.h
tests_unit_groupwork_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS) -lm
check_PROGRAMS += tests/unit/groupfile
tests_unit_groupfile_SOURCES = tests/unit/groupfile.c \
	tests/unit/loaded.c tests/unit/loaded.h tests/unit/memsource.h
tests_unit_groupfile_LDADD = $(EXCHANGE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/deident
tests_unit_deident_SOURCES = tests/unit/deident.c \
	tests/unit/deidentworld.c tests/unit/deidentworld.h \
	tests/unit/disguises.c tests/unit/disguises.h \
	tests/unit/loaded.c tests/unit/loaded.h
tests_unit_deident_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/deidentagain
tests_unit_deidentagain_SOURCES = tests/unit/deidentagain.c \
	tests/unit/deidentworld.c tests/unit/deidentworld.h \
	tests/unit/loaded.c tests/unit/loaded.h
tests_unit_deidentagain_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/deidentstudy
tests_unit_deidentstudy_SOURCES = tests/unit/deidentstudy.c \
	tests/unit/deidentworld.c tests/unit/deidentworld.h \
	tests/unit/loaded.c tests/unit/loaded.h
tests_unit_deidentstudy_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/replay
tests_unit_replay_SOURCES = tests/unit/replay.c \
	tests/unit/loaded.c tests/unit/loaded.h
tests_unit_replay_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/publish
tests_unit_publish_SOURCES = tests/unit/publish.c
tests_unit_publish_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/published
tests_unit_published_SOURCES = tests/unit/published.c
tests_unit_published_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/prevalence
tests_unit_prevalence_SOURCES = tests/unit/prevalence.c \
	tests/unit/factfolk.c tests/unit/factfolk.h \
	tests/unit/loaded.c tests/unit/loaded.h
tests_unit_prevalence_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)

# Invented children, for linkage.
check_LIBRARIES += tests/unit/libkin.a
tests_unit_libkin_a_SOURCES = tests/unit/kin.c tests/unit/kin.h \
	tests/unit/kin_files.c

check_PROGRAMS += tests/unit/linktrain
tests_unit_linktrain_SOURCES = tests/unit/linktrain.c
tests_unit_linktrain_LDADD = tests/unit/libkin.a $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/bias
tests_unit_bias_SOURCES = tests/unit/bias.c \
	tests/unit/factfolk.c tests/unit/factfolk.h \
	tests/unit/loaded.c tests/unit/loaded.h
tests_unit_bias_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/link
tests_unit_link_SOURCES = tests/unit/link.c \
	tests/unit/linkcase.c tests/unit/linkcase.h
tests_unit_link_LDADD = tests/unit/libkin.a $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/linkdecided
tests_unit_linkdecided_SOURCES = tests/unit/linkdecided.c \
	tests/unit/linkcase.c tests/unit/linkcase.h
tests_unit_linkdecided_LDADD = tests/unit/libkin.a $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/linkquality
tests_unit_linkquality_SOURCES = tests/unit/linkquality.c
tests_unit_linkquality_LDADD = tests/unit/libkin.a $(CORE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/linkgroups
tests_unit_linkgroups_SOURCES = tests/unit/linkgroups.c
tests_unit_linkgroups_LDADD = tests/unit/libkin.a $(CORE_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/joinedlist
tests_unit_joinedlist_SOURCES = tests/unit/joinedlist.c \
	tests/unit/factfolk.c tests/unit/factfolk.h \
	tests/unit/loaded.c tests/unit/loaded.h
tests_unit_joinedlist_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/guess
tests_unit_guess_SOURCES = tests/unit/guess.c tests/unit/loaded.c \
	tests/unit/loaded.h tests/unit/memsource.h
tests_unit_guess_LDADD = $(EXCHANGE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/source
tests_unit_source_SOURCES = tests/unit/source.c
tests_unit_source_LDADD = $(EXCHANGE_LIBS) $(CMOCKA_LIBS)
