#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every source of a folder stands in the list of its local.mk, once, in
# order.  With --fix the lists are written anew from the files that are there.
set -eu
. "${HEARKEN_SRCDIR:-.}/tests/lint/common.sh"

# The list between `..._SOURCES = \` of the library and its $(END).
listed() {
	sed -n "/^${1}_lib${1}_a_SOURCES = /,/\$(END)/s/^	\\(.*\\) \\\\\$/\\1/p" \
	    "$1/local.mk"
}

present() {
	find "$1" -name '*.[ch]' -o -name '*.def' | grep -vE '^cli/(forget|main)\.c$' |
	    LC_ALL=C sort
}

fix() {
	# shellcheck disable=SC2016 # awk's and make's dollars
	present "$1" | awk -v head="^${1}_lib${1}_a_SOURCES = " '
	FILENAME == "-" { f[++n] = $0; next }
	$0 ~ head {
		print
		for (i = 1; i <= n; i++)
			printf "\t%s \\\n", f[i]
		print "\t$(END)"
		skip = 1
		next
	}
	skip && /^\t/ { next }
	{ skip = 0; print }
	' - "$1/local.mk" >"$1/local.mk.new"
	mv "$1/local.mk.new" "$1/local.mk"
}

for dir in core db exchange cli tui; do
	[ "${1:-}" != --fix ] || fix "$dir"
	if [ "$(listed "$dir")" != "$(present "$dir")" ]; then
		complain "$dir/local.mk: the list is not that of the files;" \
		    "run tests/lint/lists.sh --fix"
	fi
done
# What is installed as it is has a line of its own for each file.
for f in $(find content help -type f ! -name local.mk ! -name '*.[ch]' \
    ! -name '*.in' ! -name 'hearken.1*' | LC_ALL=C sort); do
	mk=${f%%/*}/local.mk
	line="nobase_dist_pkgdata_DATA += $f"
	grep -qxF "$line" "$mk" && continue
	if [ "${1:-}" = --fix ]; then
		printf '%s\n' "$line" >>"$mk"
	else
		complain "$mk: $f is not in it; run tests/lint/lists.sh --fix"
	fi
done
lint_end
