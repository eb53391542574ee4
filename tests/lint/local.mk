# SPDX-License-Identifier: GPL-3.0-or-later
# The house rules as scripts.  The cheap ones are tests like all others; the
# checkers that take long, or that not everybody has, run with `make lint'.

lint_checks = \
	tests/lint/banned.sh \
	tests/lint/fetch.sh \
	tests/lint/headers.sh \
	tests/lint/heads.sh \
	tests/lint/layers.sh \
	tests/lint/lists.sh \
	tests/lint/mend.sh \
	tests/lint/paths.sh \
	tests/lint/size.sh
dist_check_SCRIPTS += $(lint_checks) tests/lint/tools.sh
TESTS += $(lint_checks)
EXTRA_DIST += .clang-tidy tests/lint/common.sh tests/lint/coverage \
	tests/lint/cppcheck.h \
	tests/lint/tidy.h

tests/lint/paths.log: hearken$(EXEEXT)

lint: config.h
	@rc=0; for s in $(lint_checks) tests/lint/tools.sh; do \
		echo "== $$s"; \
		HEARKEN_SRCDIR='$(abs_top_srcdir)' \
		HEARKEN_BUILDDIR='$(abs_top_builddir)' CC='$(CC)' \
		HEARKEN_CPPFLAGS='$(lint_cppflags)' \
		$(SHELL) $(srcdir)/$$s || rc=1; \
	done; exit $$rc

# Rewrites every source; look at what it did before you commit it.
format:
	cd $(srcdir) && find core db exchange cli tui tests -name '*.[ch]' \
		-exec clang-format -i {} +

lint_cppflags = $(SODIUM_CFLAGS) $(YAML_CFLAGS) $(JANSSON_CFLAGS) \
	$(NCURSESW_CFLAGS) $(VTERM_CFLAGS) $(CMOCKA_CFLAGS) \
	$(SQLITE3MC_CPPFLAGS) $(PRINT_CFLAGS) $(SEAL_CFLAGS)

.PHONY: format lint
