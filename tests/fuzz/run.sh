#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh probe CC: is there a compiler with libFuzzer?
# run.sh run FOLDER HARNESS...: each in turn, for FUZZ_SECONDS, on a copy of
# its corpus.  What breaks it is left in FOLDER/found/.
set -eu

if [ "$1" = probe ]; then
	command -v "$2" >/dev/null || {
		echo "make fuzz: $2 is missing; install the package clang" >&2
		exit 1
	}
	dir=$(mktemp -d)
	trap 'rm -rf "$dir"' EXIT
	cat >"$dir/none.c" <<-'END'
	int LLVMFuzzerTestOneInput(const unsigned char *p, unsigned long n)
	{ return p == 0 && n == 1; }
	END
	"$2" -fsanitize=fuzzer,address,undefined -o "$dir/none" \
	    "$dir/none.c" 2>"$dir/why" && exit 0
	cat "$dir/why" >&2
	echo "make fuzz: $2 has no libFuzzer; install the package" \
	    "libclang-rt-dev (libclang-rt-N-dev of your clang; before" \
	    "version 14 it is libclang-common-N-dev)" >&2
	exit 1
fi

shift
cd "$1"
shift
LC_ALL=C.UTF-8
TZ=Europe/London
export LC_ALL TZ
# What a harness writes lies in memory, where a sync takes no time.
if [ -w /dev/shm ]; then
	TMPDIR=$(mktemp -d /dev/shm/hearken-fuzz.XXXXXX)
	trap 'rm -rf "$TMPDIR"' EXIT
	export TMPDIR
fi
rc=0
mkdir -p found
for harness; do
	name=${harness##*/}
	corpus=$HEARKEN_SRCDIR/tests/fuzz/corpus/$name
	mkdir -p "grown/$name"
	cp -f "$corpus"/* "grown/$name/"
	case $name in
	instrument | calendar) cp -f "$HEARKEN_SRCDIR/content/${name}s"/* \
	    "grown/$name/" ;;
	deadlines | retention) cp -f "$HEARKEN_SRCDIR/content/$name"/* \
	    "grown/$name/" ;;
	esac
	echo "== $name, $FUZZ_SECONDS seconds"
	"./$harness.fuzz" -max_total_time="$FUZZ_SECONDS" -timeout=10 \
	    -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0 \
	    -artifact_prefix="found/$name-" "grown/$name" \
	    >"found/$name.log" 2>&1 || {
		rc=1
		tail -n 40 "found/$name.log"
		echo "== $name BROKE; the input is in $PWD/found"
		continue
	}
	sed -n 's/^stat::number_of_executed_units: */   inputs tried: /p' \
	    "found/$name.log"
done
exit $rc
