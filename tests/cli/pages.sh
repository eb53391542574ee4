#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What other people's tools say of our pages, seals and archives: pdftotext
# and pdffonts (poppler), qpdf and 7z.  Skipped when one of them is missing.
set -eu

for tool in pdftotext pdffonts pdfinfo qpdf 7z; do
	command -v "$tool" >/dev/null || {
		echo "skipped: $tool is missing"
		exit 77
	}
done

[ -x "$HEARKEN_BUILDDIR/tests/unit/pages" ] || {
	echo "skipped: tests/unit/pages was not built (cmocka is missing)"
	exit 77
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
password=k7mpq-2w3xz-9abcd-efghj-45678
rc=0
bad() { printf 'pages.sh: %s\n' "$*"; rc=1; }

"$HEARKEN_BUILDDIR/tests/unit/pages" "$work"
cd "$work"

[ ! -s unknown ] || bad "no font has $(cat unknown)"
pdftotext -enc UTF-8 -layout plain.pdf out
# Marks of direction stand around words that are read from the right.
rle=$(printf '\342\200\253')
pdf=$(printf '\342\200\254')
sed "s/$rle//g;s/$pdf//g" out >words

while IFS= read -r line; do
	grep -qF -- "$line" words || bad "lost: $line"
done <<'END'
Zoë O'Brien-Ñandú 王
سارة أحمد
נועה כהן
and Иван Ελένη
This is a screening aid. It never rules exploitation out.
First paragraph of the note.
Second paragraph of it.
at the bus station
written by Ada Invented
page 1 of 5
page 5 of 5
END
grep -qE 'column +column' words || bad "lost: column column"
i=0
while [ "$i" -lt 40 ]; do
	for w in "Longword$i" "lastword$i" "rowword$((i + 21))"; do
		grep -qwF "$w" words || bad "lost: $w"
	done
	i=$((i + 1))
done

# On every page: reference, marking, number; and the heads of its table.
pages=$(pdfinfo plain.pdf | sed -n 's/^Pages: *//p')
[ "$pages" = 5 ] || bad "$pages pages, not 5"
n=1
while [ "$n" -le "$pages" ]; do
	pdftotext -enc UTF-8 -layout -f "$n" -l "$n" plain.pdf page
	grep -qF TEST-2026-0001 page || bad "page $n has no reference"
	[ "$(grep -cF 'OFFICIAL-SENSITIVE: PERSONAL' page)" -eq 2 ] ||
		bad "page $n is not marked twice"
	grep -qE "page $n of $pages\$" page || bad "page $n has no number"
	grep -q rowword page && ! grep -q 'What was written' page &&
		bad "page $n has rows without heads"
	n=$((n + 1))
done
pdftotext -layout -f 2 -l 2 plain.pdf - | grep -q 'What was written' ||
	bad "the table does not go on with its heads"

pdffonts plain.pdf | awk 'NR > 2 && $(NF - 4) != "yes" { exit 1 }' ||
	bad "a font is not embedded"
pdfinfo plain.pdf | grep -qiE '^(author|creator|keywords|subject):' &&
	bad "it says more of its making than its title"
pdfinfo plain.pdf | grep -q '^Title: *Referral$' || bad "it has no title"
qpdf --check plain.pdf >out 2>&1 || bad "qpdf --check: $(cat out)"

# Sealed.
qpdf --check --password="$password" sealed.pdf >out 2>&1 ||
	bad "qpdf --check of the sealed one: $(cat out)"
qpdf --show-encryption --password="$password" sealed.pdf |
	grep -q '^stream encryption method: AESv3$' || bad "it is not AES-256"
for wrong in "" "$password-" k; do
	! qpdf --check --password="$wrong" sealed.pdf >out 2>&1 ||
		bad "it opens with the password '$wrong'"
done
pdftotext -upw "$password" -enc UTF-8 sealed.pdf out
grep -qF "Zoë O'Brien-Ñandú 王" out || bad "the sealed one lost a name"

7z t -p"$password" sealed.zip >out 2>&1 || bad "7z t: $(cat out)"
! 7z t -pwrong sealed.zip >out 2>&1 || bad "it opens with another password"
7z l -slt sealed.zip | grep -q '^Method = AES-256' ||
	bad "the archive is not AES-256"
7z x -so -p"$password" sealed.zip case.csv |
	grep -qF "Zoë O'Brien-Ñandú 王" || bad "the archive lost a name"

for f in sealed.pdf sealed.zip; do
	for planted in Brien- lantern rowword Referral; do
		! grep -qaF "$planted" "$f" || bad "$planted stands in $f"
	done
done
exit "$rc"
