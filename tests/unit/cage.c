/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Inside the cage each forbidden call is tried, and all that the program
 * needs is done.  Every try has a process of its own, for no cage opens
 * again.  The screens are tried in tests/pty, whose program is caged, too.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <linux/sched.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <sodium.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli/command.h"
#include "cli/harden.h"
#include "cli/sandbox.h"
#include "tests/store/world.h"

#define NOT_IN_FORCE 77

static char inside[512], outside[512], readable[512];

/* ---- processes ---- */

static void
enter(void)
{
	const struct sandbox_path paths[] = {
		{inside, SANDBOX_WRITE}, {readable, SANDBOX_READ},
		{getenv("HEARKEN_SRCDIR"), SANDBOX_READ}
	};
	struct err e;

	if (harden_process(&e) != RC_OK ||
	    sandbox_enter(paths, 3, &e) != RC_OK) {
		(void)fprintf(stderr, "%s\n", e.text);
		_exit(99);
	}
}

/* Runs fn in a caged process; returns its wait status. */
static int
in_cage(int (*fn)(const void *arg), const void *arg)
{
	int status = 0;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		enter();
		_exit(sandbox_state()->calls ? fn(arg) : NOT_IN_FORCE);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void
must_work(int (*fn)(const void *arg), const void *arg, const char *name)
{
	int status = in_cage(fn, arg);

	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		fail_msg("%s: status %x", name, (unsigned)status);
}

/* ---- what is refused ---- */

struct forbidden {
	const char *name;
	long call;
	long args[5];
	int want;
};

#define F(name, ...) {#name, SYS_##name, {__VA_ARGS__}, EPERM}

static const char here[] = ".";

static const struct forbidden forbidden[] = {
	F(socket, 2, 1, 0),		/* by internet */
	F(socket, 1, 1, 0),		/* on this machine */
	F(socket, 16, 3, 0),		/* to the kernel */
	F(socketpair, 1, 1, 0, 0),
	F(connect, 0, 0, 0), F(bind, 0, 0, 0), F(listen, 0, 1),
	F(accept4, 0, 0, 0, 0), F(sendto, 0, 0, 0, 0), F(sendmsg, 0, 0, 0),
	F(recvfrom, 0, 0, 0, 0), F(recvmsg, 0, 0, 0),
	F(execve, 0, 0, 0), F(execveat, -1, 0, 0, 0, 0),
#ifdef SYS_fork
	F(fork, 0), F(vfork, 0),
#endif
	F(clone, SIGCHLD), F(clone, CLONE_VM | CLONE_VFORK | SIGCHLD),
	F(clone, CLONE_NEWUSER | SIGCHLD),
	{"clone3", SYS_clone3, {0, 0}, ENOSYS},
	F(ptrace, 0, 0, 0, 0), F(process_vm_readv, 1, 0, 0, 0),
	F(process_vm_writev, 1, 0, 0, 0), F(kcmp, 1, 1, 0),
	F(kill, 1, 0), F(kill, -1, 0), F(kill, 0, 0), F(tgkill, 1, 1, 0),
	F(tkill, 1, 0), F(rt_sigqueueinfo, 1, 0, 0),
	F(bpf, 0, 0, 0), F(perf_event_open, 0, 0, 0, 0, 0),
	F(add_key, 0, 0, 0, 0), F(request_key, 0, 0, 0, 0), F(keyctl, 0),
	F(mount, 0, 0, 0, 0), F(umount2, 0, 0), F(pivot_root, 0, 0),
	F(chroot, 0), F(unshare, CLONE_NEWUSER), F(setns, 0, 0),
	F(symlinkat, 0, AT_FDCWD, 0), F(linkat, AT_FDCWD, 0, AT_FDCWD, 0),
	F(mknodat, AT_FDCWD, 0, S_IFCHR, 0),
#ifdef SYS_symlink
	F(symlink, 0, 0), F(link, 0, 0), F(mknod, 0, S_IFCHR, 0),
#endif
#ifdef SYS_io_uring_setup
	F(io_uring_setup, 1, 0), F(io_uring_enter, 0, 0, 0, 0),
	F(io_uring_register, 0, 0, 0, 0),
#endif
#ifdef SYS_open_tree
	F(open_tree, AT_FDCWD, 0, 0), F(move_mount, 0, 0, 0, 0),
	F(fsopen, 0, 0), F(fsmount, 0, 0, 0),
#endif
#ifdef SYS_pidfd_open
	F(pidfd_open, 1, 0), F(pidfd_send_signal, 0, 0, 0, 0),
#endif
	F(userfaultfd, 0), F(init_module, 0, 0, 0), F(finit_module, 0, 0, 0),
	F(delete_module, 0, 0),
#ifdef SYS_kexec_load
	F(kexec_load, 0, 0, 0, 0),
#endif
	F(name_to_handle_at, AT_FDCWD, 0, 0, 0, 0),
	F(open_by_handle_at, 0, 0, 0), F(memfd_create, 0, 0),
	F(personality, -1), F(swapon, 0, 0), F(reboot, 0, 0, 0, 0),
	F(clock_settime, 0, 0), F(settimeofday, 0, 0), F(sethostname, 0, 0),
	F(ioctl, 0, TIOCSTI, (long)(intptr_t)here),
	F(ioctl, 0, TIOCLINUX, (long)(intptr_t)here),
	/* The kernel looks at the lower half of the command only. */
	F(ioctl, 0, (long)(UINT64_C(1) << 32 | TIOCSTI), (long)(intptr_t)here),
	F(ioctl, 0, TIOCSETD, 0), F(ioctl, 0, TIOCCONS, 0),
	F(prctl, PR_SET_DUMPABLE, 1, 0, 0, 0), F(prctl, PR_SET_PTRACER, -1),
};

static int
try_forbidden(const void *arg)
{
	const struct forbidden *f = arg;
	long rc;

	errno = 0;
	rc = syscall(f->call, f->args[0], f->args[1], f->args[2], f->args[3],
	    f->args[4]);
	return rc == -1 && errno == f->want ? 0 : 1;
}

static void
each_forbidden_call_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++)
		must_work(try_forbidden, &forbidden[i], forbidden[i].name);
}

#if defined(__x86_64__) && defined(__LP64__)
static int
call_as_x32(const void *arg)
{
	(void)arg;
	(void)syscall(0x40000000L | SYS_getpid);
	return 1;
}

static int
call_as_i386(const void *arg)
{
	long rc = 20;		/* getpid */

	(void)arg;
	__asm__ volatile("int $0x80" : "+a"(rc) : : "memory");
	return 1;
}

static void
another_architecture_is_the_end(void **state)
{
	int status;

	(void)state;
	status = in_cage(call_as_x32, NULL);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGSYS);
	status = in_cage(call_as_i386, NULL);
	assert_true(WIFSIGNALED(status));
}
#endif

/* ---- files ---- */

static int
refused_to_open(const char *path, int how)
{
	int fd = open(path, how | O_CLOEXEC, 0600);

	return fd < 0 && errno == EACCES ? 0 : 1;
}

static int
try_files(const void *arg)
{
	char path[1400], other[1400];

	(void)arg;
	if (sandbox_state()->files == 0)
		return 0;
	(void)snprintf(path, sizeof(path), "%s/file", outside);
	(void)snprintf(other, sizeof(other), "%s/new", outside);
	if (refused_to_open("/etc/passwd", O_RDONLY) != 0 ||
	    refused_to_open(path, O_RDONLY) != 0 ||
	    refused_to_open(path, O_WRONLY) != 0 ||
	    refused_to_open(outside, O_RDONLY | O_DIRECTORY) != 0 ||
	    refused_to_open(other, O_WRONLY | O_CREAT) != 0 ||
	    refused_to_open("/proc/self/mem", O_RDONLY) != 0 ||
	    refused_to_open(readable, O_WRONLY) != 0)
		return 1;
	if (unlink(path) == 0 || unlink(readable) == 0)
		return 2;
	(void)snprintf(other, sizeof(other), "%s/moved", inside);
	if (rename(readable, other) == 0 || rename(path, other) == 0)
		return 3;
	return mkdir(other, 0700) == 0 ? 4 : 0;
}

static void
files_outside_cannot_be_reached(void **state)
{
	(void)state;
	must_work(try_files, NULL, "files");
}

static int
use_files(const void *arg)
{
	char a[700], b[700];
	int fd;

	(void)arg;
	(void)snprintf(a, sizeof(a), "%s/a", inside);
	(void)snprintf(b, sizeof(b), "%s/b", inside);
	fd = open(a, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, "text", 4) != 4 || ftruncate(fd, 2) != 0 ||
	    fsync(fd) != 0 || close(fd) != 0)
		return 1;
	if (rename(a, b) != 0 || access(b, R_OK) != 0 || unlink(b) != 0)
		return 2;
	fd = open(inside, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || fsync(fd) != 0 || close(fd) != 0)
		return 3;
	fd = open(readable, O_RDONLY | O_CLOEXEC);
	return fd >= 0 && close(fd) == 0 ? 0 : 4;
}

static void
files_inside_can_be_used(void **state)
{
	(void)state;
	must_work(use_files, NULL, "files");
}

static int
ask_may_write(const void *arg)
{
	char path[700];
	struct err e;

	(void)arg;
	(void)snprintf(path, sizeof(path), "%s/backup", inside);
	if (sandbox_may_write(path, &e) != RC_OK)
		return 1;
	if (sandbox_state()->files == 0)
		return 0;
	(void)snprintf(path, sizeof(path), "%s/backup", outside);
	if (sandbox_may_write(path, &e) != RC_REFUSED ||
	    strstr(e.text, "--folder") == NULL)
		return 2;
	(void)snprintf(path, sizeof(path), "%s-beside/x", inside);
	return sandbox_may_write(path, &e) == RC_OK ? 3 : 0;
}

static void
refusal_names_the_option(void **state)
{
	(void)state;
	must_work(ask_may_write, NULL, "may write");
}

/* ---- what is needed ---- */

static bool
ignore_row(const struct case_row *row, void *ctx)
{
	(void)row;
	*(size_t *)ctx += 1;
	return true;
}

static void
work_in_store(struct world *w)
{
	struct store_verdict v;
	struct case_id id;
	size_t found = 0;

	world_create(w);
	world_adopt(w);
	id = world_case(w, "CAGE-1");
	world_ok(w, world_append(w, draft_identity(id, "Pip Quillfeather",
	    "2012-04-05"), NULL));
	world_ok(w, store_rebuild(w->s, NULL, NULL, &w->e));
	world_reopen(w);
	world_ok(w, store_search(w->s, "quill", 0, ignore_row, &found,
	    &w->e));
	assert_int_equal(found, 1);
	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_true(v.sound);
}

static int
use_store(const void *arg)
{
	static const char *const ciphers[] = {"aegis-256", "chacha20"};
	struct world *w = (struct world *)(uintptr_t)arg;

	for (size_t i = 0; i < 2; i++) {
		w->opts.cipher = ciphers[i];
		(void)unlink(w->path);
		work_in_store(w);
		world_close(w);
	}
	return 0;
}

static void
the_encrypted_store_works(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	(void)snprintf(w.path, sizeof(w.path), "%s/test.hearken", inside);
	must_work(use_store, &w, "store");
	(void)unlink(w.path);
	world_release(&w);
}

static int
derive_key(const void *arg)
{
	unsigned char key[32], salt[crypto_pwhash_SALTBYTES] = {1};

	(void)arg;
	return crypto_pwhash(key, sizeof(key), "words", 5, salt, 3, 64u << 20,
	    crypto_pwhash_ALG_ARGON2ID13);
}

static int
convert(const void *arg)
{
	char in[] = "Zo\xeb", out[16] = "", *from = in, *to = out;
	size_t nin = 3, nout = sizeof(out) - 1;
	iconv_t cd = iconv_open("UTF-8", arg);

	if (cd == (iconv_t)(intptr_t)-1)
		return 1;
	return iconv(cd, &from, &nin, &to, &nout) != (size_t)-1 &&
	    strncmp(out, "Zo", 2) == 0 ? 0 : 2;
}

static void *
touch_memory(void *arg)
{
	char *p = malloc(1 << 20);

	if (p != NULL)
		memset(p, 1, 1 << 20);
	free(p);
	return p != NULL ? arg : NULL;
}

static int
run_threads(const void *arg)
{
	pthread_t t[8];
	void *back;

	(void)arg;
	for (size_t i = 0; i < 8; i++)
		if (pthread_create(&t[i], NULL, touch_memory, t) != 0)
			return 1;
	for (size_t i = 0; i < 8; i++)
		if (pthread_join(t[i], &back) != 0 || back != t)
			return 2;
	return 0;
}

static void
stop_here(int sig)
{
	(void)sig;
}

/* raise(), clocks, zones, a pipe and the memory of a secret. */
static int
use_system(const void *arg)
{
	time_t now = 1795190400;
	struct tm tm;
	int fds[2];
	void *p;

	(void)arg;
	(void)signal(SIGUSR1, stop_here);
	if (raise(SIGUSR1) != 0 || pipe(fds) != 0)
		return 1;
	tzset();
	if (localtime_r(&now, &tm) == NULL || tm.tm_year != 126)
		return 2;
	p = sodium_malloc(4096);
	if (p == NULL || sodium_mprotect_readonly(p) != 0)
		return 3;
	sodium_free(p);
	return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
	    prctl(PR_GET_DUMPABLE) == 0 ? 0 : 4;
}

static void
what_is_needed_works(void **state)
{
	(void)state;
	must_work(derive_key, NULL, "Argon2id");
	must_work(convert, "WINDOWS-1252", "Windows-1252");
	must_work(convert, "MACINTOSH", "MacRoman");
	must_work(run_threads, NULL, "threads");
	must_work(use_system, NULL, "system");
}

/* ---- threads that were there before ---- */

static int before[2], after[2];

static void *
wait_and_try(void *arg)
{
	char c = 0;

	(void)arg;
	(void)!read(before[0], &c, 1);
	c = syscall(SYS_socket, 2, 1, 0) == -1 && errno == EPERM ? 'y' : 'n';
	(void)!write(after[1], &c, 1);
	return NULL;
}

static void
threads_from_before_are_shut_in(void **state)
{
	int status = 0;
	pid_t pid = fork();

	(void)state;
	assert_true(pid >= 0);
	if (pid == 0) {
		pthread_t t;
		char c = 'x';

		if (pipe(before) != 0 || pipe(after) != 0 ||
		    pthread_create(&t, NULL, wait_and_try, NULL) != 0)
			_exit(98);
		enter();
		(void)!write(before[1], &c, 1);
		(void)!read(after[0], &c, 1);
		_exit(c == 'y' ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

/* ---- commands ---- */

/* A command that forgot would have all its operands taken for stores. */
static void
every_command_says_its_paths(void **state)
{
	const struct command *const *all;
	size_t n;

	(void)state;
	all = command_all(&n);
	for (size_t i = 0; i < n; i++)
		if (all[i]->paths == NULL)
			fail_msg("hearken %s does not say which of its "
			    "operands are paths", all[i]->name);
}

static void
a_path_option_is_an_option(void **state)
{
	const struct command *const *all;
	const struct path_option *p;
	const struct option_def *o;
	size_t n;

	(void)state;
	all = command_all(&n);
	for (size_t i = 0; i < n; i++) {
		for (p = all[i]->path_options; p != NULL && p->name != NULL;
		    p++) {
			for (o = all[i]->options; o->name != NULL; o++)
				if (strcmp(o->name, p->name) == 0)
					break;
			if (o->name == NULL)
				fail_msg("hearken %s has no --%s",
				    all[i]->name, p->name);
		}
	}
}

/* ---- the run ---- */

static int
nothing(const void *arg)
{
	(void)arg;
	return 0;
}

static int
make_folders(void **state)
{
	const char *tmp = getenv("TMPDIR");
	char path[700];
	int fd;

	(void)state;
	(void)snprintf(inside, sizeof(inside), "%s/inside", tmp);
	(void)snprintf(outside, sizeof(outside), "%s/outside", tmp);
	(void)snprintf(readable, sizeof(readable), "%s/file", tmp);
	if (mkdir(inside, 0700) != 0 || mkdir(outside, 0700) != 0)
		return -1;
	fd = open(readable, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 || close(fd) != 0)
		return -1;
	(void)snprintf(path, sizeof(path), "%s/file", outside);
	fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	return fd >= 0 && close(fd) == 0 ? 0 : -1;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_says_its_paths),
		cmocka_unit_test(a_path_option_is_an_option),
		cmocka_unit_test(each_forbidden_call_is_refused),
#if defined(__x86_64__) && defined(__LP64__)
		cmocka_unit_test(another_architecture_is_the_end),
#endif
		cmocka_unit_test(files_outside_cannot_be_reached),
		cmocka_unit_test(files_inside_can_be_used),
		cmocka_unit_test(refusal_names_the_option),
		cmocka_unit_test(the_encrypted_store_works),
		cmocka_unit_test(what_is_needed_works),
		cmocka_unit_test(threads_from_before_are_shut_in),
	};
	int status;

	if (getenv("HEARKEN_VALGRIND") != NULL) {
		(void)puts("skipped: valgrind stands between the program and "
		    "the kernel");
		return 77;
	}
	if (getenv("TMPDIR") == NULL || sodium_init() < 0)
		return 99;
	status = in_cage(nothing, NULL);
	if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_IN_FORCE) {
		(void)puts("skipped: no filter of system calls here, or a "
		    "build with a sanitizer");
		return 77;
	}
	return cmocka_run_group_tests_name("cage", tests, make_folders, NULL);
}
