# SPDX-License-Identifier: GPL-3.0-or-later
# Topics of the help screens, installed as they are: one line for each,
#   nobase_dist_pkgdata_DATA += help/topics/NAME.md
# The man page is made from help/hearken.1.in and the tables of the program.

noinst_PROGRAMS += help/manpage
help_manpage_SOURCES = help/manpage.c
help_manpage_LDADD = $(CLI_LIBS)
EXTRA_DIST += help/hearken.1.in
man_MANS += help/hearken.1
CLEANFILES += help/hearken.1
help/hearken.1: help/hearken.1.in help/manpage$(EXEEXT)
	$(AM_V_GEN)./help/manpage$(EXEEXT) $(srcdir)/help/hearken.1.in \
		>$@.tmp && mv $@.tmp $@
nobase_dist_pkgdata_DATA += help/topics/agreement.md
nobase_dist_pkgdata_DATA += help/topics/around.md
nobase_dist_pkgdata_DATA += help/topics/deadlines.md
nobase_dist_pkgdata_DATA += help/topics/due.md
nobase_dist_pkgdata_DATA += help/topics/facilitator.md
nobase_dist_pkgdata_DATA += help/topics/instruments.md
nobase_dist_pkgdata_DATA += help/topics/review.md
nobase_dist_pkgdata_DATA += help/topics/risk.md
nobase_dist_pkgdata_DATA += help/topics/cases.md
nobase_dist_pkgdata_DATA += help/topics/filter.md
nobase_dist_pkgdata_DATA += help/topics/keys.md
nobase_dist_pkgdata_DATA += help/topics/new-case.md
nobase_dist_pkgdata_DATA += help/topics/safety.md
nobase_dist_pkgdata_DATA += help/topics/search.md
nobase_dist_pkgdata_DATA += help/topics/people-elsewhere.md
nobase_dist_pkgdata_DATA += help/topics/people.md
nobase_dist_pkgdata_DATA += help/topics/export.md
nobase_dist_pkgdata_DATA += help/topics/deident.md
nobase_dist_pkgdata_DATA += help/topics/disposal.md
nobase_dist_pkgdata_DATA += help/topics/settings.md
nobase_dist_pkgdata_DATA += help/topics/recovery.md
nobase_dist_pkgdata_DATA += help/topics/unlock.md
nobase_dist_pkgdata_DATA += help/topics/backup.md
nobase_dist_pkgdata_DATA += help/topics/verify.md
nobase_dist_pkgdata_DATA += help/topics/watching.md
nobase_dist_pkgdata_DATA += help/topics/users.md
nobase_dist_pkgdata_DATA += help/topics/case.md
nobase_dist_pkgdata_DATA += help/topics/checklist.md
nobase_dist_pkgdata_DATA += help/topics/judgement.md
nobase_dist_pkgdata_DATA += help/topics/notes.md
nobase_dist_pkgdata_DATA += help/topics/referral.md
nobase_dist_pkgdata_DATA += help/topics/services.md
nobase_dist_pkgdata_DATA += help/topics/voice.md
nobase_dist_pkgdata_DATA += help/topics/writing.md
nobase_dist_pkgdata_DATA += help/topics/chronology.md
nobase_dist_pkgdata_DATA += help/topics/text.md
nobase_dist_pkgdata_DATA += help/topics/missing.md
nobase_dist_pkgdata_DATA += help/topics/plan.md
nobase_dist_pkgdata_DATA += help/topics/sharing.md
nobase_dist_pkgdata_DATA += help/topics/bundles.md
nobase_dist_pkgdata_DATA += help/topics/studies.md
nobase_dist_pkgdata_DATA += help/topics/training-log.md
nobase_dist_pkgdata_DATA += help/topics/training.md
nobase_dist_pkgdata_DATA += help/topics/training-home.md
