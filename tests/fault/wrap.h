/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The names by which the linker hands over a call (--wrap=NAME): what calls
 * NAME reaches __wrap_NAME, and __real_NAME is the one of the system.
 */
#ifndef HEARKEN_TESTS_FAULT_WRAP_H
#define HEARKEN_TESTS_FAULT_WRAP_H

#include <stddef.h>
#include <sys/types.h>

int __real_open(const char *path, int flags, ...);
int __real_close(int fd);
ssize_t __real_read(int fd, void *p, size_t n);
ssize_t __real_write(int fd, const void *p, size_t n);
ssize_t __real_pread(int fd, void *p, size_t n, off_t at);
ssize_t __real_pwrite(int fd, const void *p, size_t n, off_t at);
int __real_ftruncate(int fd, off_t size);
int __real_fsync(int fd);
int __real_unlink(const char *path);
int __real_unlinkat(int folder, const char *name, int flags);
int __real_renameat2(int a, const char *from, int b, const char *to,
    unsigned flags);
int __real_mkdir(const char *path, mode_t mode);

int __wrap_open(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...);
int __wrap_openat(int folder, const char *name, int flags, ...);
int __wrap_close(int fd);
ssize_t __wrap_read(int fd, void *p, size_t n);
ssize_t __wrap_write(int fd, const void *p, size_t n);
ssize_t __wrap_pread(int fd, void *p, size_t n, off_t at);
ssize_t __wrap_pread64(int fd, void *p, size_t n, off_t at);
ssize_t __wrap_pwrite(int fd, const void *p, size_t n, off_t at);
ssize_t __wrap_pwrite64(int fd, const void *p, size_t n, off_t at);
int __wrap_ftruncate(int fd, off_t size);
int __wrap_ftruncate64(int fd, off_t size);
int __wrap_fsync(int fd);
int __wrap_fdatasync(int fd);
int __wrap_unlink(const char *path);
int __wrap_unlinkat(int folder, const char *name, int flags);
int __wrap_rename(const char *from, const char *to);
int __wrap_renameat(int a, const char *from, int b, const char *to);
int __wrap_renameat2(int a, const char *from, int b, const char *to,
    unsigned flags);
int __wrap_mkdir(const char *path, mode_t mode);

void *__real_malloc(size_t n);
void *__real_aligned_alloc(size_t align, size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t n);
char *__real_strdup(const char *s);
char *__real_strndup(const char *s, size_t n);
void *__wrap_malloc(size_t n);
void *__wrap_aligned_alloc(size_t align, size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);
char *__wrap_strdup(const char *s);
char *__wrap_strndup(const char *s, size_t n);

void *__real_xmalloc(size_t n);
void *__real_xcalloc(size_t n, size_t size);
void *__real_xrealloc(void *p, size_t n);
void *__real_xreallocarray(void *p, size_t n, size_t size);
void *__real_xmemdup(const void *p, size_t n);
char *__real_xstrdup(const char *s);
char *__real_xstrndup(const char *s, size_t n);
void *__wrap_xmalloc(size_t n);
void *__wrap_xcalloc(size_t n, size_t size);
void *__wrap_xrealloc(void *p, size_t n);
void *__wrap_xreallocarray(void *p, size_t n, size_t size);
void *__wrap_xmemdup(const void *p, size_t n);
char *__wrap_xstrdup(const char *s);
char *__wrap_xstrndup(const char *s, size_t n);

#endif
