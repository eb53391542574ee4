#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Calls that have no place here, and words that say something is unfinished.
# A test may start programs through the shell.
set -eu
. "${HEARKEN_SRCDIR:-.}/tests/lint/common.sh"

calls='sprintf|vsprintf|strcpy|stpcpy|strcat|strncat|strncpy|strtok|atoi|atol'
calls="$calls|atof|gets|alloca|tmpnam|mktemp|system|popen|strdupa|asprintf"
sources | tr '\n' '\0' | xargs -0 grep -nE \
    "(^|[^A-Za-z0-9_\"])($calls)[[:space:]]*\(" /dev/null |
    grep -vE ':[[:space:]]*(/?\*|//)' |
    grep -vE '^tests/.*[^a-z_](system|popen)[[:space:]]*\(' |
    complain_each "banned call"

product_sources | grep '\.h$' | tr '\n' '\0' | xargs -0 \
    grep -nE '^extern[[:space:]]+[^(]*;' /dev/null |
    complain_each "variable in a header"

sources | tr '\n' '\0' | xargs -0 grep -nE \
    '^typedef[[:space:]]+(struct|union|enum)[^(]*$' /dev/null |
    complain_each "typedef of a struct"

find core db exchange cli tui tests content help -type f \
    ! -path 'tests/lint/*' ! -path 'tests/data/*' -exec \
    grep -nwIE 'TODO|FIXME|XXX|HACK|stub|stubbed|for now' /dev/null {} + |
    complain_each "unfinished"
lint_end
