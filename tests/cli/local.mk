# SPDX-License-Identifier: GPL-3.0-or-later
# The command line as its users see it.  A transcript is what is typed and what
# comes back (transcript.sh tells the form); a new one is one line here:
#   cli_transcripts += tests/cli/NAME.transcript
TRANSCRIPT_LOG_COMPILER = $(SHELL) $(srcdir)/tests/run \
	$(SHELL) $(srcdir)/tests/cli/transcript.sh
cli_transcripts =
cli_transcripts += tests/cli/agree.transcript
cli_transcripts += tests/cli/backup.transcript
cli_transcripts += tests/cli/card.transcript
cli_transcripts += tests/cli/bundle.transcript
cli_transcripts += tests/cli/chronology.transcript
cli_transcripts += tests/cli/deadline.transcript
cli_transcripts += tests/cli/deident.transcript
cli_transcripts += tests/cli/dispose.transcript
cli_transcripts += tests/cli/due.transcript
cli_transcripts += tests/cli/export.transcript
cli_transcripts += tests/cli/id.transcript
cli_transcripts += tests/cli/import.transcript
cli_transcripts += tests/cli/instrument.transcript
cli_transcripts += tests/cli/mapping.transcript
cli_transcripts += tests/cli/joined.transcript
cli_transcripts += tests/cli/link.transcript
cli_transcripts += tests/cli/naming.transcript
cli_transcripts += tests/cli/people.transcript
cli_transcripts += tests/cli/queue.transcript
cli_transcripts += tests/cli/recovery.transcript
cli_transcripts += tests/cli/report.transcript
cli_transcripts += tests/cli/screen.transcript
cli_transcripts += tests/cli/search.transcript
cli_transcripts += tests/cli/senders.transcript
cli_transcripts += tests/cli/services.transcript
cli_transcripts += tests/cli/store.transcript
cli_transcripts += tests/cli/study.transcript
cli_transcripts += tests/cli/training.transcript
cli_transcripts += tests/cli/tries.transcript
cli_transcripts += tests/cli/usage.transcript
cli_transcripts += tests/cli/verify.transcript
cli_transcripts += tests/cli/watching.transcript
TESTS += $(cli_transcripts)
EXTRA_DIST += $(cli_transcripts) tests/cli/transcript.sh
EXTRA_DIST += tests/cli/train.transcript
dist_check_SCRIPTS += tests/cli/pages.sh
TESTS += tests/cli/pages.sh

# Makes the training store of train.transcript; no test by itself.
if HAVE_CMOCKA
TESTS += tests/cli/train.transcript
EXTRA_PROGRAMS += tests/cli/trainmake
tests_cli_trainmake_SOURCES = tests/cli/trainmake.c
tests_cli_trainmake_LDADD = $(STORE_TEST_LIBS)
check_DATA += tests/cli/trainmake$(EXEEXT)
CLEANFILES += tests/cli/trainmake$(EXEEXT)
endif
