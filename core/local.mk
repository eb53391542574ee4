# SPDX-License-Identifier: GPL-3.0-or-later
# The sources of core/, sorted; `tests/lint/lists.sh --fix' writes this list.
noinst_LIBRARIES += core/libcore.a
core_libcore_a_SOURCES = \
	$(END) \
	core/answers.c \
	core/answers.h \
	core/calendar.c \
	core/calendar.h \
	core/casefile.c \
	core/casefile.h \
	core/clock.c \
	core/clock.h \
	core/date.c \
	core/date.h \
	core/date_parse.c \
	core/entry.c \
	core/entry.h \
	core/err.c \
	core/err.h \
	core/instrument.h \
	core/kind_case.c \
	core/kind_checks.h \
	core/kind_note.c \
	core/kind_oversight.c \
	core/kind_referral.c \
	core/kind_register.c \
	core/kind_screening.c \
	core/kind_voice.c \
	core/kinds.c \
	core/kinds.def \
	core/kinds.h \
	core/query.c \
	core/query.h \
	core/roster.c \
	core/roster.h \
	core/rule.h \
	core/screen.h \
	core/secret.c \
	core/secret.h \
	core/str.c \
	core/str.h \
	core/utf8.c \
	core/utf8.h \
	core/vec.c \
	core/vec.h \
	core/xalloc.c \
	core/xalloc.h \
	core/yaml.c \
	core/yaml.h \
	core/yaml_want.c \
	core/yaml_want.h
