#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every header compiles alone, so that whoever includes it needs no other.
set -eu
. "${HEARKEN_SRCDIR:-.}/tests/lint/common.sh"

cc=${CC:-cc}
# shellcheck disable=SC2086 # CC and HEARKEN_CPPFLAGS are lists of words
for h in $(sources | grep '\.h$'); do
	printf '#include "config.h"\n#include "%s"\n#include "%s"\n' \
	    "$h" "$h" |
	    $cc ${HEARKEN_CPPFLAGS:-} -I"${HEARKEN_BUILDDIR:-.}" -I. \
	    -std=c17 -Wall -Wextra -Werror -fsyntax-only -x c - ||
	    complain "$h: does not compile alone"
done
lint_end
