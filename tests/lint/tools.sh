#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The checkers of others, where they are installed; `make lint' runs this.
set -eu
. "${HEARKEN_SRCDIR:-.}/tests/lint/common.sh"

have() {
	command -v "$1" >/dev/null 2>&1 && return 0
	echo "$1 is missing: left out" >&2
	return 1
}

jobs=$(getconf _NPROCESSORS_ONLN)
flags="-DPKGDATADIR=\"\" -I${HEARKEN_BUILDDIR:-.} -I. ${HEARKEN_CPPFLAGS:-}"

if have shellcheck; then
	shellcheck -x bootstrap .ci/run deps/fetch deps/mend-sqlite3mc \
	    tests/run tests/lint/coverage tests/lint/*.sh || complain shellcheck
fi
page=${HEARKEN_BUILDDIR:-.}/help/hearken.1
if have mandoc && [ -f "$page" ]; then
	mandoc -T lint -W warning "$page" || complain mandoc
fi
if have cppcheck; then
	cppcheck -q -j "$jobs" --std=c11 --inline-suppr --error-exitcode=1 \
	    --enable=warning,portability,performance \
	    --suppress=missingIncludeSystem --suppress=uninitvar \
	    --suppress=autoVariables --suppress=readdirCalled \
	    --library=posix --include=tests/lint/cppcheck.h \
	    -DHAVE_CONFIG_H -I"${HEARKEN_BUILDDIR:-.}" -I. \
	    core db exchange cli tui || complain cppcheck
fi
if have clang-tidy; then
	# shellcheck disable=SC2016 # the inner shell expands
	product_sources | grep '\.c$' | grep -v '^core/err\.c$' |
	    xargs -P "$jobs" -n 4 sh -c '
		flags=$1
		shift
		exec clang-tidy --quiet "$@" -- -std=c17 $flags \
		    -include tests/lint/tidy.h 2>/dev/null
	' sh "$flags" || complain clang-tidy
fi
lint_end
