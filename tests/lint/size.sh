#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Files of at most 600 lines, functions of at most 80, lines of at most 100
# columns, no blank at the end of one, indented by tabs.
set -eu
. "${HEARKEN_SRCDIR:-.}/tests/lint/common.sh"

# shellcheck disable=SC2016 # the program is awk's
sources | tr '\n' '\0' | LC_ALL=C xargs -0 awk '
function width(s,  n, i, c) {
	for (i = n = 0; i < length(s); i++) {
		c = substr(s, i + 1, 1)
		if (c == "\t")
			n += 8 - n % 8
		else if (c !~ /[\200-\277]/)
			n++
	}
	return n
}
function say(what) { printf "%s:%d: %s\n", FILENAME, FNR, what }
FNR == 1 { start = 0 }
FNR == 601 { say("more than 600 lines") }
/[ \t]$/ { say("blank at the end") }
/^        / { say("indented by blanks") }
length($0) > 60 && width($0) > 100 { say("more than 100 columns") }
/^\{/ { start = FNR }
/^\}/ {
	if (start && FNR - start - 1 > 80)
		say("a function of " FNR - start - 1 " lines")
	start = 0
}' | complain_each "too long"
lint_end
