/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/medium.h"

#include <stddef.h>
#include <sys/vfs.h>

struct known {
	unsigned long magic;
	struct medium medium;
};

/* Locks and syncs on the first are promises that somebody else must keep. */
static const struct known table[] = {
	{0x6969, {MEDIUM_REMOTE, "NFS"}}, {0x517b, {MEDIUM_REMOTE, "SMB"}},
	{0xff534d42, {MEDIUM_REMOTE, "CIFS"}},
	{0xfe534d42, {MEDIUM_REMOTE, "SMB"}},
	{0x01021997, {MEDIUM_REMOTE, "9P"}},
	{0x5346414f, {MEDIUM_REMOTE, "AFS"}},
	{0x6b414653, {MEDIUM_REMOTE, "AFS"}},
	{0x00c36400, {MEDIUM_REMOTE, "Ceph"}},
	{0x73757245, {MEDIUM_REMOTE, "Coda"}},
	{0x564c, {MEDIUM_REMOTE, "NCP"}},
	{0x0bd00bd0, {MEDIUM_REMOTE, "Lustre"}},
	{0x47504653, {MEDIUM_REMOTE, "GPFS"}},
	{0x65735546, {MEDIUM_USER, "FUSE"}},
	{0x4d44, {MEDIUM_BARE, "FAT"}}, {0x2011bab0, {MEDIUM_BARE, "exFAT"}},
	{0x5346544e, {MEDIUM_BARE, "NTFS"}},
	{0x7366746e, {MEDIUM_BARE, "NTFS"}}
};

static int
look_up(int failed, const struct statfs *fs, struct medium *out)
{
	unsigned long type = (unsigned long)fs->f_type & 0xffffffffUL;

	*out = (struct medium){MEDIUM_OWN, NULL};
	for (size_t i = 0; failed == 0 && i < sizeof(table) / sizeof(table[0]);
	    i++)
		if (table[i].magic == type)
			*out = table[i].medium;
	return failed;
}

int
medium_of(const char *path, struct medium *out)
{
	struct statfs fs = {0};

	return look_up(statfs(path, &fs), &fs, out);
}

int
medium_of_fd(int fd, struct medium *out)
{
	struct statfs fs = {0};

	return look_up(fstatfs(fd, &fs), &fs, out);
}

bool
medium_is_open(const struct medium *m)
{
	return m->kind == MEDIUM_USER || m->kind == MEDIUM_BARE;
}

enum rc
medium_check(const char *path, const struct medium *m, enum medium_use use,
    struct err *e)
{
	if (m->kind == MEDIUM_OWN || use == USE_COPY)
		return RC_OK;
	if (m->kind == MEDIUM_BARE)
		return err_set(e, RC_REFUSED, "%s lies on a disk that keeps "
		    "no permissions (%s), as memory sticks do: anybody at "
		    "this machine could change it while you work. Backups "
		    "may lie there; a store to work in has to be on the "
		    "machine's own disk. Make one from a backup with: hearken "
		    "restore BACKUP NEW-STORE", path, m->name);
	if (use == USE_ANYWHERE)
		return RC_OK;
	return err_set(e, RC_REFUSED, "%s lies on a network or user file "
	    "system (%s), where two machines could write at once and lose "
	    "entries; keep the store on a local disk", path, m->name);
}
