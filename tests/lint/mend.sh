#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# deps/mend-sqlite3mc mends three places, and stops when one is not there
# exactly once.
set -eu
. "${HEARKEN_SRCDIR:-.}/tests/lint/common.sh"

dir=$(mktemp -d)
trap 'rm -rf "$dir" "$faults"' EXIT

cat >"$dir/good.c" <<'END'
static int mcIoRead(sqlite3_file* pFile, void*, int iAmt, sqlite3_int64 o);
  if (cloneCodecParams != NULL)
  {
  }
static int mcReadMainDb(sqlite3_file* pFile, void* buffer)
{
      if (rc == SQLITE_IOERR_SHORT_READ) first
      ** Read complete page from file
      if (rc == SQLITE_IOERR_SHORT_READ) second
}
static int other(void)
{
  if (rc == SQLITE_IOERR_SHORT_READ) third
}
static int mcIoRead(sqlite3_file* pFile, void* buffer, int count)
{
  if (rc == SQLITE_IOERR_SHORT_READ) fourth
}
END

mend() {
	sh deps/mend-sqlite3mc "$dir/$1.c" "$dir/$1.out" 2>"$dir/err"
}

mend good || complain "mend: refused what it knows"
[ "$(grep 'rc != SQLITE_OK' "$dir/good.out" | sed 's/.* //' | tr '\n' ' ')" \
    = "second fourth " ] || complain "mend: changed other lines"
[ "$(grep -c 'SHORT_READ' "$dir/good.out")" -eq 2 ] ||
    complain "mend: changed lines that are right"
grep -A 4 'cloneCipherParams == NULL' "$dir/good.out" |
    grep -q 'return NULL' || complain "mend: no check of the allocation"

# refuses NAME SED: the known text changed by SED must not be taken.
refuses() {
	sed "$2" "$dir/good.c" >"$dir/$1.c"
	! mend "$1" || complain "mend: took a text with $1"
	[ ! -e "$dir/$1.out" ] || complain "mend: left a file for $1"
	grep -q 'matches in' "$dir/err" || complain "mend: no reason for $1"
}

refuses no-clone 's/cloneCodecParams/other/'
refuses two-clones '/cloneCodecParams/p'
refuses no-main-read 's/SHORT_READ) second/NOMEM)/'
refuses no-read 's/SHORT_READ) fourth/NOMEM)/'
refuses two-reads '/fourth/p'
lint_end
