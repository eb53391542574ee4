#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# transcript.sh FILE: runs each "$ command" line of FILE in a fresh folder and
# compares what was printed (stdout and stderr, in order) and the exit code
# ("[3]" when it is not 0) with what FILE says. Lines that begin with "# " are
# remarks. UPDATE_GOLDEN=1 writes FILE anew.
#
# In a command, `hearken` is the program with the tests' clock and a cheap key
# (20 November 2026, 16:00 UTC), `pass` a descriptor 3 with the passphrase:
#	$ hearken list S --passphrase-fd 3 3<pass
# `trainmake FILE` makes a training store with sessions, its passphrase the same.
set -eu

file=$1
case $file in /*) ;; *) file=$PWD/$file ;; esac
[ -r "$file" ] || file=$HEARKEN_SRCDIR/$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/here"
program=$HEARKEN_BUILDDIR/tests/pty/hearken-test
if [ -n "${HEARKEN_VALGRIND:-}" ]; then
	# What memcheck finds goes into files, not among what is printed.
	cat >"$work/bin/hearken" <<-END
	#!/bin/sh
	exec valgrind -q --log-file='$work/memcheck.%p' --leak-check=full \\
	    --suppressions='$HEARKEN_SRCDIR/tests/valgrind.supp' \\
	    --errors-for-leak-kinds=definite,possible '$program' "\$@"
	END
	chmod +x "$work/bin/hearken"
else
	ln -s "$program" "$work/bin/hearken"
fi
ln -s "$HEARKEN_BUILDDIR/tests/cli/trainmake" "$work/bin/trainmake"
PATH=$work/bin:$PATH
SRC=$HEARKEN_SRCDIR
XDG_STATE_HOME=$work/state
export PATH SRC XDG_STATE_HOME
cd "$work/here"
echo "correct horse battery staple yes" >pass
echo "wrong horse battery staple yes" >wrong

got=$work/got
: >"$got"
while IFS= read -r line <&4; do
	case $line in
	'# '*) printf '%s\n' "$line" >>"$got" ;;
	'$ '*)
		printf '%s\n' "$line" >>"$got"
		rc=0
		sh -c "${line#??}" </dev/null >>"$got" 2>&1 4<&- || rc=$?
		[ "$rc" -eq 0 ] || printf '[%d]\n' "$rc" >>"$got"
		;;
	esac
done 4<"$file"

if grep -hs '^==' "$work"/memcheck.* >&2; then
	exit 98
fi

# Paths of the machine do not belong in a transcript.
sed "s|$HEARKEN_SRCDIR|SRC|g; s|$work/here|HERE|g" "$got" >"$work/clean"
if [ "${UPDATE_GOLDEN:-}" = 1 ]; then
	cp "$work/clean" "$file"
	exit 0
fi
diff -u "$file" "$work/clean"
