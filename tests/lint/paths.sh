#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Nothing that is handed on knows the machine it was written or built on:
# neither the files of the source tree nor the program.
set -eu
. "${HEARKEN_SRCDIR:-.}/tests/lint/common.sh"

find . \( -path ./.git -o -path './build*' -o -path ./_build -o -path ./_inst \
    -o -path ./deps/sqlite3 -o -path ./sqlite3mc -o -path ./autom4te.cache \
    -o -path './hearken-*' -o -name .deps \) -prune -o -type f \
    ! -name configure ! -name 'configure~' ! -name Makefile \
    ! -name 'config.*' ! -name '*.trs' ! -name '*.log' ! -name '*.o' \
    ! -name '*.a' ! -path './tests/lint/paths.sh' -print0 |
    xargs -0 grep -nIE \
    '(^|[^A-Za-z0-9_.~$}/-])/(home|root|work|Users)/[A-Za-z0-9_]' /dev/null |
    complain_each "path of a machine"

program=${HEARKEN_BUILDDIR:-.}/hearken
# What sanitizers and coverage report with are paths; such a program is for
# tests only and is not handed on.
if [ -f "$program" ] && ! LC_ALL=C grep -qaE '__ubsan_|__asan_|__gcov_' \
    "$program"; then
	for dir in "${HEARKEN_BUILDDIR:-}" "${HEARKEN_SRCDIR:-}"; do
		case $dir in
		/?*) ! LC_ALL=C grep -qaF "$dir/" "$program" ||
		    complain "$program: holds the path $dir" ;;
		esac
	done
fi
lint_end
