#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What stands on top of a file: the licence line; in a .c config.h and then
# its own header; in a .h the guard of its path.
set -eu
. "${HEARKEN_SRCDIR:-.}/tests/lint/common.sh"

spdx='SPDX-License-Identifier: GPL-3.0-or-later'

for f in $(sources); do
	[ "$(sed -n 1p "$f")" = "/* $spdx */" ] ||
	    complain "$f:1: the first line is not /* $spdx */"
	first=$(sed -n 's/^#include //p' "$f" | sed -n 1p)
	case $f in
	*.c)
		[ -z "$first" ] || [ "$first" = '"config.h"' ] ||
		    complain "$f: the first include is $first, not config.h"
		if [ -f "${f%.c}.h" ]; then
			own=$(sed -n 's/^#include //p' "$f" | sed -n 2p)
			[ "$own" = "\"${f%.c}.h\"" ] ||
			    complain "$f: its own header is not second"
		fi ;;
	*.h)
		guard=HEARKEN_$(printf %s "$f" | tr 'a-z/.-' 'A-Z___')
		grep -q "^#ifndef $guard\$" "$f" ||
		    complain "$f: its guard is not $guard" ;;
	esac
done
for f in configure.ac Makefile.am bootstrap deps/fetch deps/mend-sqlite3mc \
    .ci/run tests/run $(find . -name local.mk -o -name '*.sh' |
    grep -v '^./build'); do
	head -n 3 "$f" | grep -q "$spdx" || complain "$f: no line with $spdx"
done
lint_end
