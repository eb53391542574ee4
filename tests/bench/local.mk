# SPDX-License-Identifier: GPL-3.0-or-later
# Benchmarks are built and run only by `make bench', one after another:
#   bench_programs += tests/bench/NAME
#   tests_bench_NAME_SOURCES = tests/bench/NAME.c
#   tests_bench_NAME_LDADD = $(DB_LIBS)
# A benchmark prints ratios and ends with 0; it needs no arguments.
bench_programs += tests/bench/screen
tests_bench_screen_SOURCES = tests/bench/screen.c
