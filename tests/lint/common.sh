# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# What the lint scripts share.  A script calls complain for each fault, with
# FILE:LINE: first, and ends with lint_end.
cd "${HEARKEN_SRCDIR:-.}" || exit 99
faults=$(mktemp) || exit 99
trap 'rm -f "$faults"' EXIT

sources() {
	find core db exchange cli tui help tests -name '*.[ch]' | LC_ALL=C sort
}

product_sources() {
	find core db exchange cli tui help -name '*.[ch]' | LC_ALL=C sort
}

complain() {
	printf '%s\n' "$*" | tee -a "$faults"
}

# complain_each REASON: every line of the input is a fault.
complain_each() {
	while IFS= read -r line; do
		complain "$1: $line"
	done
}

lint_end() {
	[ ! -s "$faults" ]
	exit
}
