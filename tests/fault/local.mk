# SPDX-License-Identifier: GPL-3.0-or-later
# Faults.  Every operation of ops.c under every fault: a sample of the places
# in `make check', many in `make check-fault', each in `make check-nightly'.
check_LIBRARIES += tests/fault/libfault.a
tests_fault_libfault_a_SOURCES = \
	tests/fault/between.c \
	tests/fault/between.h \
	tests/fault/calls.c \
	tests/fault/calls.h \
	tests/fault/crossing.c \
	tests/fault/crossing.h \
	tests/fault/kinship.c \
	tests/fault/kinship.h \
	tests/fault/nomemory.c \
	tests/fault/ops.c \
	tests/fault/returning.c \
	tests/fault/returning.h \
	tests/fault/sitting.c \
	tests/fault/sitting.h \
	tests/fault/stage.c \
	tests/fault/stage.h \
	tests/fault/studying.c \
	tests/fault/studying.h \
	tests/fault/unsynced.c \
	tests/fault/unsynced.h \
	tests/fault/walk.c \
	tests/fault/walk.h \
	tests/fault/wrap.h \
	tests/unit/memsource.h
tests_fault_libfault_a_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE3MC_CPPFLAGS)

# What is called by these names reaches the tests' own (wrap.h).
fault_wraps = \
	aligned_alloc \
	calloc \
	close \
	fdatasync \
	fsync \
	ftruncate \
	ftruncate64 \
	malloc \
	mkdir \
	open \
	open64 \
	openat \
	pread \
	pread64 \
	pwrite \
	pwrite64 \
	read \
	realloc \
	rename \
	renameat \
	renameat2 \
	strdup \
	strndup \
	unlink \
	unlinkat \
	write \
	xcalloc \
	xmalloc \
	xmemdup \
	xrealloc \
	xreallocarray \
	xstrdup \
	xstrndup \
	$(END)
fault_ldflags = $(AM_LDFLAGS) $(addprefix -Wl$(comma)--wrap=,$(fault_wraps))
# Twice: the last takes what the wrapped calls of all the others ask for.
fault_libs = tests/fault/libfault.a tests/store/libworld.a $(EXCHANGE_LIBS) \
	tests/fault/libfault.a $(CORE_LIBS) $(CMOCKA_LIBS)
comma = ,

check_PROGRAMS += tests/fault/disk
tests_fault_disk_SOURCES = tests/fault/disk.c
tests_fault_disk_LDFLAGS = $(fault_ldflags)
tests_fault_disk_LDADD = $(fault_libs)

check_PROGRAMS += tests/fault/killed
tests_fault_killed_SOURCES = tests/fault/killed.c
tests_fault_killed_LDFLAGS = $(fault_ldflags)
tests_fault_killed_LDADD = $(fault_libs)

check_PROGRAMS += tests/fault/leaving
tests_fault_leaving_SOURCES = tests/fault/leaving.c
tests_fault_leaving_LDADD = $(EXCHANGE_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/fault/memory
tests_fault_memory_SOURCES = tests/fault/memory.c
tests_fault_memory_LDFLAGS = $(fault_ldflags)
tests_fault_memory_LDADD = $(fault_libs)

check_PROGRAMS += tests/fault/power
tests_fault_power_SOURCES = tests/fault/power.c
tests_fault_power_LDFLAGS = $(fault_ldflags)
tests_fault_power_LDADD = $(fault_libs)

check_PROGRAMS += tests/fault/together
tests_fault_together_SOURCES = tests/fault/together.c
tests_fault_together_LDADD = tests/store/libworld.a $(DB_LIBS) $(CMOCKA_LIBS)

# --- The same for longer.  Each prints what it ran; a failure names the
# operation, the fault and the call.
fault_programs = \
	tests/fault/disk \
	tests/fault/killed \
	tests/fault/leaving \
	tests/fault/memory \
	tests/fault/power \
	tests/fault/together \
	tests/store/fault \
	tests/store/full \
	tests/store/kill \
	tests/store/replay

check-fault: $(fault_programs)
	HEARKEN_FAULTS=long HEARKEN_TEST_SECONDS=1200 $(MAKE) check-TESTS \
		TESTS='$(fault_programs)'

check-nightly: $(fault_programs)
	HEARKEN_FAULTS=nightly HEARKEN_TEST_SECONDS=7200 $(MAKE) check-TESTS \
		TESTS='$(fault_programs)'
