#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# deps/fetch takes the pinned bytes and nothing else, and a fetch that fails
# leaves nothing behind.  An npm of the test's own stands before the real one.
set -eu
. "${HEARKEN_SRCDIR:-.}/tests/lint/common.sh"

dir=$(mktemp -d)
trap 'rm -rf "$dir" "$faults"' EXIT
mkdir -p "$dir/deps" "$dir/bin" "$dir/package/deps/sqlite3"
cp deps/fetch "$dir/deps/"
for f in sqlite3.c sqlite3.h evil.sh; do
	echo "$f" >"$dir/package/deps/sqlite3/$f"
done
tar -czf "$dir/good.tgz" -C "$dir" package
integrity=sha512-$(sha512sum <"$dir/good.tgz" | cut -c 1-128 | tr -d '\n' |
    sed 's/../\\x&/g' | xargs -0 printf '%b' | base64 -w 0)
printf 'name some-package\nversion 1.2.3\nintegrity %s\n' "$integrity" \
    >"$dir/deps/sqlite3mc.lock"

# npm WHAT-HAPPENS: what the next call of npm does.
npm_does() {
	printf '#!/bin/sh\necho "$@" >>"%s/calls"\n%s\n' "$dir" "$1" \
	    >"$dir/bin/npm"
	chmod +x "$dir/bin/npm"
}

fetch() { PATH=$dir/bin:$PATH "$dir/deps/fetch" 2>"$dir/err"; }

left() { (cd "$dir/deps" && find . | LC_ALL=C sort | tr '\n' ' '); }

npm_does 'echo no network >&2; exit 1'
! fetch || complain "fetch: a failed download passed"
grep -q 'no network' "$dir/err" || complain "fetch: hid npm's own words"
[ "$(left)" = '. ./fetch ./sqlite3mc.lock ' ] || complain "fetch: $(left)"

npm_does 'echo other >some-package-1.2.3.tgz'
! fetch || complain "fetch: took other bytes"
grep -q 'another hash' "$dir/err" || complain "fetch: no word of the hash"
[ "$(left)" = '. ./fetch ./sqlite3mc.lock ' ] || complain "fetch: $(left)"

npm_does "cp '$dir/good.tgz' some-package-1.2.3.tgz"
fetch || complain "fetch: refused the pinned bytes: $(cat "$dir/err")"
[ "$(cat "$dir/deps/sqlite3/sqlite3.c")" = sqlite3.c ] ||
    complain "fetch: sqlite3.c is not there"
[ ! -e "$dir/deps/sqlite3/evil.sh" ] || complain "fetch: unpacked too much"
grep -q 'some-package@1.2.3' "$dir/calls" || complain "fetch: other package"

: >"$dir/calls"
fetch || complain "fetch: failed when all is there"
[ ! -s "$dir/calls" ] || complain "fetch: fetched again for nothing"
echo changed >>"$dir/deps/sqlite3/sqlite3.h"
fetch || complain "fetch: failed to mend a changed file"
[ "$(cat "$dir/deps/sqlite3/sqlite3.h")" = sqlite3.h ] ||
    complain "fetch: left a changed file"
lint_end
