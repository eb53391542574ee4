/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Disks that keep no permissions.  A folder of the test stands for the stick:
 * the calls that tell of a file system are the test's own, fchmod fails there
 * as on FAT, and every file shows the mode of the mount.
 */
#include "config.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/backup.h"
#include "db/heads.h"
#include "tests/store/world.h"

#define FAT 0x4d44
#define EXFAT 0x2011bab0
#define NTFS 0x5346544e
#define NTFS3 0x7366746e
#define FUSE 0x65735546
#define NFS 0x6969

static char stick[600], copy[700];
static unsigned long magic;	/* of the file system that stick is on */
static bool keeps_modes;
static int folder_sync;		/* what fsync of a folder there fails with */

int __real_statfs(const char *path, struct statfs *out);
int __wrap_statfs(const char *path, struct statfs *out);
int __real_fstatfs(int fd, struct statfs *out);
int __wrap_fstatfs(int fd, struct statfs *out);
int __real_fchmod(int fd, mode_t mode);
int __wrap_fchmod(int fd, mode_t mode);
int __real_fsync(int fd);
int __wrap_fsync(int fd);

static bool
on_stick(int fd)
{
	char name[64], path[700];
	ssize_t n;

	(void)snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	n = readlink(name, path, sizeof(path) - 1);
	path[n > 0 ? n : 0] = '\0';
	return *stick != '\0' && strncmp(path, stick, strlen(stick)) == 0;
}

int
__wrap_statfs(const char *path, struct statfs *out)
{
	int rc = __real_statfs(path, out);

	if (*stick != '\0' && strncmp(path, stick, strlen(stick)) == 0)
		out->f_type = (__typeof__(out->f_type))magic;
	return rc;
}

int
__wrap_fstatfs(int fd, struct statfs *out)
{
	int rc = __real_fstatfs(fd, out);

	if (on_stick(fd))
		out->f_type = (__typeof__(out->f_type))magic;
	return rc;
}

int
__wrap_fchmod(int fd, mode_t mode)
{
	if (!on_stick(fd) || keeps_modes)
		return __real_fchmod(fd, mode);
	assert_return_code(__real_fchmod(fd, 0755), errno);
	errno = EPERM;
	return -1;
}

int
__wrap_fsync(int fd)
{
	struct stat st;

	if (folder_sync == 0 || !on_stick(fd) || fstat(fd, &st) != 0 ||
	    !S_ISDIR(st.st_mode))
		return __real_fsync(fd);
	errno = folder_sync;
	return -1;
}

static void
make(struct world *w, unsigned long kind)
{
	world_init(w);
	(void)snprintf(stick, sizeof(stick), "%s/stick", w->dir);
	(void)snprintf(copy, sizeof(copy), "%s/copy.hearken", stick);
	magic = kind;
	keeps_modes = false;
	folder_sync = 0;
	assert_return_code(mkdir(stick, 0700), errno);
	world_create_as(w, ROLE_SUPERVISOR);
	world_adopt(w);
	(void)world_case(w, "WREN-STICK");
}

static void
end(struct world *w)
{
	(void)unlink(copy);
	assert_return_code(rmdir(stick), errno);
	*stick = '\0';
	world_release(w);
}

static enum rc
look(struct world *w, bool any_disk)
{
	struct store_opts opts = w->opts;
	struct store_verdict v;
	struct store *s = NULL;
	enum rc rc;

	opts.any_disk = any_disk;
	opts.state_dir = NULL;
	rc = store_open(copy, NULL, &w->pass, &opts, &s, &w->e);
	if (rc != RC_OK)
		return rc;
	rc = store_verify(s, NULL, NULL, &v, &w->e);
	store_close(s);
	assert_true(rc != RC_OK || v.sound);
	return rc;
}

static void
assert_carried(unsigned long kind)
{
	struct heads_verdict h;
	struct store *s = NULL;
	char back[700];
	struct world w;
	struct stat st;

	make(&w, kind);
	(void)snprintf(back, sizeof(back), "%s/back.hearken", w.dir);
	world_ok(&w, store_backup(w.s, copy, NULL, NULL, &w.e));
	assert_return_code(stat(copy, &st), errno);
	assert_int_equal(st.st_mode & 0777, 0755);
	assert_non_null(strstr(store_backup_notice(copy), "no permissions"));
	/* Once more over it: an earlier one is looked at first. */
	world_ok(&w, store_backup(w.s, copy, NULL, NULL, &w.e));
	world_ok(&w, store_heads_against(w.s, copy, NULL, &w.pass, &w.opts,
	    &h, &w.e));
	assert_int_equal(h.state, HEADS_SOUND);
	world_ok(&w, look(&w, true));
	world_ok(&w, store_restore(copy, back, NULL, &w.pass, &w.opts, NULL,
	    NULL, &s, &w.e));
	store_close(s);
	assert_return_code(stat(back, &st), errno);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_null(store_backup_notice(back));
	(void)unlink(back);
	end(&w);
}

static void
a_stick_carries_a_backup(void **state)
{
	static const unsigned long kinds[] = {FAT, EXFAT, NTFS, NTFS3, FUSE};

	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		assert_carried(kinds[i]);
}

static void
a_store_there_is_refused(void **state)
{
	struct store_founder f = {.user = "Wren Halloway",
	    .role = ROLE_SUPERVISOR};
	struct store *s = NULL;
	struct world w;

	(void)state;
	make(&w, FAT);
	assert_int_equal(store_create(copy, &f, &w.pass, &w.opts, &s, &w.e),
	    RC_REFUSED);
	assert_non_null(strstr(w.e.text, "hearken restore"));
	assert_int_not_equal(access(copy, F_OK), 0);
	world_ok(&w, store_backup(w.s, copy, NULL, NULL, &w.e));
	assert_int_equal(look(&w, false), RC_REFUSED);
	assert_non_null(strstr(w.e.text, "hearken restore"));
	assert_null(strstr(w.e.text, "chmod"));
	end(&w);
}

static void
a_backup_is_not_restored_to_a_stick(void **state)
{
	struct store *s = NULL;
	char from[700];
	struct world w;

	(void)state;
	make(&w, EXFAT);
	(void)snprintf(from, sizeof(from), "%s/from.hearken", w.dir);
	world_ok(&w, store_backup(w.s, from, NULL, NULL, &w.e));
	assert_int_equal(store_restore(from, copy, NULL, &w.pass, &w.opts,
	    NULL, NULL, &s, &w.e), RC_REFUSED);
	assert_int_not_equal(access(copy, F_OK), 0);
	(void)unlink(from);
	end(&w);
}

/* Only what cannot be otherwise is let pass. */
static void
elsewhere_a_copy_stays_closed(void **state)
{
	static const unsigned long kinds[] = {0xef53, NFS};
	struct world w;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		make(&w, kinds[i]);
		assert_int_not_equal(store_backup(w.s, copy, NULL, NULL,
		    &w.e), RC_OK);
		keeps_modes = true;
		world_ok(&w, store_backup(w.s, copy, NULL, NULL, &w.e));
		assert_null(store_backup_notice(copy));
		assert_return_code(chmod(copy, 0644), errno);
		assert_int_equal(look(&w, true), RC_REFUSED);
		assert_non_null(strstr(w.e.text, "chmod"));
		end(&w);
	}
}

static void
fuse_may_keep_permissions(void **state)
{
	struct world w;

	(void)state;
	make(&w, FUSE);
	keeps_modes = true;
	world_ok(&w, store_backup(w.s, copy, NULL, NULL, &w.e));
	assert_null(store_backup_notice(copy));
	end(&w);
}

static void
a_folder_may_refuse_to_be_synced(void **state)
{
	struct world w;

	(void)state;
	make(&w, FAT);
	folder_sync = EINVAL;
	world_ok(&w, store_backup(w.s, copy, NULL, NULL, &w.e));
	world_ok(&w, store_backup(w.s, copy, NULL, NULL, &w.e));
	world_ok(&w, look(&w, true));
	(void)unlink(copy);
	folder_sync = EIO;
	assert_int_not_equal(store_backup(w.s, copy, NULL, NULL, &w.e),
	    RC_OK);
	assert_int_not_equal(access(copy, F_OK), 0);
	end(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stick_carries_a_backup),
		cmocka_unit_test(a_store_there_is_refused),
		cmocka_unit_test(a_backup_is_not_restored_to_a_stick),
		cmocka_unit_test(elsewhere_a_copy_stays_closed),
		cmocka_unit_test(fuse_may_keep_permissions),
		cmocka_unit_test(a_folder_may_refuse_to_be_synced),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
