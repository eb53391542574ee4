# SPDX-License-Identifier: GPL-3.0-or-later
# SQLite3 Multiple Ciphers, compiled once and apart from the project's own
# flags and warnings.  It takes a minute and a half, so `make clean' leaves
# it; `make distclean' removes it.  Only db/ includes its header.

SQLITE3MC_CPPFLAGS = -isystem $(SQLITE3MC_DIR) $(if $(PREFIX_MAP_CFLAGS), \
	-ffile-prefix-map=$(SQLITE3MC_DIR)=sqlite3mc)

# What the library is told, and why, is in SECURITY.md.
SQLITE3MC_DEFS = \
	-DHAVE_CIPHER_AES_128_CBC=0 \
	-DHAVE_CIPHER_AES_256_CBC=0 \
	-DHAVE_CIPHER_ASCON128=0 \
	-DHAVE_CIPHER_RC4=0 \
	-DHAVE_CIPHER_SQLCIPHER=0 \
	-DSQLITE3MC_SECURE_MEMORY=1 \
	-DSQLITE_DEFAULT_DEFENSIVE=1 \
	-DSQLITE_DEFAULT_FOREIGN_KEYS=1 \
	-DSQLITE_DEFAULT_LOCKING_MODE=1 \
	-DSQLITE_DQS=0 \
	-DSQLITE_ENABLE_API_ARMOR \
	-DSQLITE_ENABLE_DBPAGE_VTAB \
	-DSQLITE_ENABLE_FTS5 \
	-DSQLITE_LIKE_DOESNT_MATCH_BLOBS \
	-DSQLITE_MAX_MMAP_SIZE=0 \
	-DSQLITE_OMIT_DEPRECATED \
	-DSQLITE_OMIT_LOAD_EXTENSION \
	-DSQLITE_OMIT_SHARED_CACHE \
	-DSQLITE_SECURE_DELETE \
	-DSQLITE_STRICT_SUBTYPE=1 \
	-DSQLITE_TEMP_STORE=3 \
	-DSQLITE_THREADSAFE=2 \
	-DSQLITE_TRUSTED_SCHEMA=0 \
	-DSQLITE_USE_URI=0
SQLITE3MC_CFLAGS = -O2 -g -w $(HARDEN_CFLAGS) $(PREFIX_MAP_CFLAGS)

sqlite3mc/sqlite3.c: $(SQLITE3MC_DIR)/sqlite3.c $(srcdir)/deps/mend-sqlite3mc
	@$(MKDIR_P) sqlite3mc
	$(AM_V_GEN)$(SHELL) $(srcdir)/deps/mend-sqlite3mc \
		$(SQLITE3MC_DIR)/sqlite3.c $@

libsqlite3mc.a: sqlite3mc/sqlite3.c
	$(AM_V_CC)$(CC) $(SQLITE3MC_DEFS) -I$(SQLITE3MC_DIR) \
		$(SQLITE3MC_CFLAGS) -c -o sqlite3mc/sqlite3.o \
		sqlite3mc/sqlite3.c
	@rm -f $@
	$(AM_V_AR)$(AR) $(ARFLAGS) $@ sqlite3mc/sqlite3.o

DISTCLEANFILES += libsqlite3mc.a sqlite3mc/sqlite3.c sqlite3mc/sqlite3.o
EXTRA_DIST += deps/fetch deps/mend-sqlite3mc deps/sqlite3mc.lock
