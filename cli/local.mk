# SPDX-License-Identifier: GPL-3.0-or-later
# The sources of cli/, sorted; `tests/lint/lists.sh --fix' writes this list.
noinst_LIBRARIES += cli/libcli.a
cli_libcli_a_SOURCES = \
	cli/access.c \
	cli/agree.c \
	cli/agreejson.c \
	cli/agreesay.c \
	cli/agreesay.h \
	cli/ask.c \
	cli/ask.h \
	cli/backup.c \
	cli/bundle.c \
	cli/bundle.h \
	cli/bundle_list.c \
	cli/cage.c \
	cli/cage.h \
	cli/card.c \
	cli/card.h \
	cli/card_list.c \
	cli/chronology.c \
	cli/codes.c \
	cli/codes.h \
	cli/command.h \
	cli/commands.def \
	cli/content.c \
	cli/content.h \
	cli/deadline.c \
	cli/deident.c \
	cli/deident.h \
	cli/deident_list.c \
	cli/dispose.c \
	cli/dispose.h \
	cli/dispose_list.c \
	cli/door.c \
	cli/door.h \
	cli/due.c \
	cli/export.c \
	cli/filter.c \
	cli/filter.h \
	cli/format.c \
	cli/format.h \
	cli/harden.c \
	cli/harden.h \
	cli/hold.c \
	cli/host.c \
	cli/host.h \
	cli/id.c \
	cli/import.c \
	cli/init.c \
	cli/instrument.c \
	cli/list.c \
	cli/machine.c \
	cli/machine.h \
	cli/mapping.c \
	cli/open.c \
	cli/print.c \
	cli/print.h \
	cli/progress.c \
	cli/progress.h \
	cli/queue.c \
	cli/recover.c \
	cli/recovery.c \
	cli/rekey.c \
	cli/restore.c \
	cli/restrict.c \
	cli/retention.c \
	cli/returns.c \
	cli/row.c \
	cli/row.h \
	cli/run.c \
	cli/run.h \
	cli/sandbox.c \
	cli/sandbox.h \
	cli/sandbox_calls.c \
	cli/sandbox_files.c \
	cli/sandbox_impl.h \
	cli/screen.c \
	cli/search.c \
	cli/services.c \
	cli/setting.c \
	cli/show.c \
	cli/study.c \
	cli/table.c \
	cli/table.h \
	cli/train.c \
	cli/train.h \
	cli/train_collect.c \
	cli/train_compare.c \
	cli/train_list.c \
	cli/train_log.c \
	cli/train_missed.c \
	cli/train_ratings.c \
	cli/train_replay.c \
	cli/train_replayjson.c \
	cli/trainreplay.h \
	cli/unlock.c \
	cli/unlock.h \
	cli/usage.c \
	cli/usage.h \
	cli/user.c \
	cli/verify.c \
	$(END)

# cli/main.c alone stays out of the library, so that tests can link the rest.
bin_PROGRAMS += hearken
hearken_SOURCES = cli/forget.c cli/main.c
hearken_LDADD = $(CLI_LIBS)
