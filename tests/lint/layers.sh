#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Who may include whom: core <- db <- exchange <- cli, tui.  One file knows
# curses, one folder knows SQLite, one converts encodings, core opens nothing.
set -eu
. "${HEARKEN_SRCDIR:-.}/tests/lint/common.sh"

# upward FOLDER PATTERN: FOLDER includes nothing of the folders in PATTERN.
upward() {
	find "$1" -name '*.[ch]' -exec \
	    grep -nE "^#[[:space:]]*include[[:space:]]*\"($2)/" /dev/null {} + |
	    complain_each "include of a higher layer"
}

# only WHO WHAT: the header WHAT is included by files matching WHO alone.
only() {
	product_sources | grep -vE "$1" | tr '\n' '\0' | xargs -0 \
	    grep -nE "^#[[:space:]]*include[[:space:]]*[<\"]($2)" /dev/null |
	    complain_each "include of a library that is not this file's"
}

upward core 'db|exchange|cli|tui'
upward db 'exchange|cli|tui'
upward exchange 'cli|tui'
upward tui 'cli'
only '^tui/term\.c$' '(n?curses|term|panel|ncursesw/.*)\.h'
only '^db/' 'sqlite3'
only '^exchange/' 'iconv\.h'
only '^exchange/(fonts|pdf|pdf_sheet)\.[ch]$' \
    '(pango/|cairo|fontconfig/|glib|gio/|hb)'
only '^exchange/pdf_seal\.c$' 'qpdf/'
only '^exchange/archive\.c$' 'zip(conf)?\.h'

find core -name '*.c' -exec grep -nE \
    '(^|[^A-Za-z0-9_])(f?open|freopen|openat|creat|v?f?printf|f?puts|perror) *\(' \
    /dev/null {} + | grep -vE ':[[:space:]]*(/?\*|//)' |
    complain_each "core opens no file and prints nothing"
lint_end
