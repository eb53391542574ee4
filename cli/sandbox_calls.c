/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The filter of system calls, written as the kernel reads it.  It names what
 * is refused rather than what is allowed: a libc that starts to use another
 * harmless call must not end the program in the middle of a save.
 */
#include "config.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cli/sandbox_impl.h"

#if defined(__x86_64__) && defined(__LP64__)
#define ARCH AUDIT_ARCH_X86_64
#define X32_BIT 0x40000000u
#elif defined(__aarch64__) && defined(__LP64__) && !defined(__AARCH64EB__)
#define ARCH AUDIT_ARCH_AARCH64
#elif defined(__i386__)
#define ARCH AUDIT_ARCH_I386
#elif defined(__arm__) && defined(__ARM_EABI__) && !defined(__ARMEB__)
#define ARCH AUDIT_ARCH_ARM
#elif defined(__riscv) && __riscv_xlen == 64
#define ARCH AUDIT_ARCH_RISCV64
#elif defined(__powerpc64__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define ARCH AUDIT_ARCH_PPC64LE
#endif

#ifndef ARCH

enum rc
sandbox_calls(struct sandbox_state *st, struct err *e)
{
	(void)e;
	st->no_calls = "no filter is written for this processor";
	return RC_OK;
}

#else

static const unsigned refused[] = {
	SYS_connect, SYS_bind, SYS_listen, SYS_accept4, SYS_socketpair,
	SYS_socket, SYS_sendto, SYS_sendmsg, SYS_sendmmsg, SYS_recvfrom,
	SYS_recvmsg, SYS_recvmmsg, SYS_execve, SYS_execveat, SYS_ptrace,
	SYS_process_vm_readv, SYS_process_vm_writev, SYS_kcmp,
	SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo, SYS_bpf,
	SYS_perf_event_open, SYS_add_key, SYS_request_key, SYS_keyctl,
	SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_unshare,
	SYS_setns, SYS_symlinkat, SYS_linkat, SYS_mknodat, SYS_userfaultfd,
	SYS_init_module, SYS_finit_module, SYS_delete_module,
	SYS_name_to_handle_at, SYS_open_by_handle_at, SYS_memfd_create,
	SYS_swapon, SYS_swapoff, SYS_reboot, SYS_acct, SYS_quotactl,
	SYS_settimeofday, SYS_clock_settime, SYS_adjtimex, SYS_clock_adjtime,
	SYS_sethostname, SYS_setdomainname, SYS_personality, SYS_syslog,
	SYS_mq_open, SYS_vhangup, SYS_fanotify_init, SYS_lookup_dcookie,
	SYS_tkill,
#ifdef SYS_accept
	SYS_accept,
#endif
#ifdef SYS_socketcall
	SYS_socketcall,
#endif
#ifdef SYS_ipc
	SYS_ipc,
#endif
#ifdef SYS_shmget
	SYS_shmget, SYS_shmat, SYS_shmctl, SYS_msgget, SYS_msgsnd, SYS_msgrcv,
	SYS_msgctl, SYS_semget, SYS_semctl,
#endif
#ifdef SYS_fork
	SYS_fork, SYS_vfork,
#endif
#ifdef SYS_symlink
	SYS_symlink, SYS_link, SYS_mknod,
#endif
#ifdef SYS_kexec_load
	SYS_kexec_load,
#endif
#ifdef SYS_kexec_file_load
	SYS_kexec_file_load,
#endif
#ifdef SYS_iopl
	SYS_iopl, SYS_ioperm,
#endif
#ifdef SYS_modify_ldt
	SYS_modify_ldt,
#endif
#ifdef SYS_uselib
	SYS_uselib,
#endif
#ifdef SYS_open_tree
	SYS_open_tree, SYS_move_mount, SYS_fsopen, SYS_fsconfig, SYS_fsmount,
	SYS_fspick,
#endif
#ifdef SYS_mount_setattr
	SYS_mount_setattr,
#endif
#ifdef SYS_io_uring_setup
	SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register,
#endif
#ifdef SYS_pidfd_open
	SYS_pidfd_open, SYS_pidfd_send_signal,
#endif
#ifdef SYS_pidfd_getfd
	SYS_pidfd_getfd,
#endif
#ifdef SYS_process_madvise
	SYS_process_madvise,
#endif
#ifdef SYS_process_mrelease
	SYS_process_mrelease,
#endif
};

/* TIOCSTI types into the shell behind us; the others turn the terminal. */
static const unsigned refused_ioctls[] = {
	TIOCSTI, TIOCLINUX, TIOCSETD, TIOCCONS
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define REFUSE (SECCOMP_RET_ERRNO | EPERM)
#define ABSENT (SECCOMP_RET_ERRNO | ENOSYS)
#define KILL SECCOMP_RET_KILL_PROCESS

/* Every refused call takes two lines; the rest has room to spare. */
struct program {
	struct sock_filter line[2 * COUNT(refused) +
	    2 * COUNT(refused_ioctls) + 64];
	unsigned short n;
};

static void
add(struct program *p, struct sock_filter f)
{
	if (p->n < COUNT(p->line))
		p->line[p->n] = f;
	p->n++;
}

static void
load(struct program *p, size_t offset)
{
	add(p, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
	    (uint32_t)offset));
}

/* The half of an argument that holds an int. */
static void
load_argument(struct program *p, size_t i)
{
	bool big = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__;

	load(p, offsetof(struct seccomp_data, args) + i * sizeof(uint64_t) +
	    (big ? 4 : 0));
}

static void
end_with(struct program *p, uint32_t verdict)
{
	add(p, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, verdict));
}

/* What stands until skip_to() is for the value k only. */
static unsigned short
when(struct program *p, uint32_t k)
{
	add(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, k, 0,
	    0));
	return p->n;
}

static void
skip_to(struct program *p, unsigned short from)
{
	if (p->n <= COUNT(p->line))
		p->line[from - 1].jf = (unsigned char)(p->n - from);
}

/* Ends with the verdict if the value is k. */
static void
if_equal(struct program *p, uint32_t k, uint32_t verdict)
{
	unsigned short from = when(p, k);

	end_with(p, verdict);
	skip_to(p, from);
}

static void
add_architecture(struct program *p)
{
	load(p, offsetof(struct seccomp_data, arch));
	add(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH,
	    1, 0));
	end_with(p, KILL);
	load(p, offsetof(struct seccomp_data, nr));
#ifdef X32_BIT
	add(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K,
	    X32_BIT, 0, 1));
	end_with(p, KILL);
#endif
}

/* A new thread, but no new process. */
static void
add_clone(struct program *p)
{
	unsigned short from = when(p, SYS_clone);

	load_argument(p, 0);
	add(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K,
	    CLONE_THREAD, 0, 1));
	end_with(p, SECCOMP_RET_ALLOW);
	end_with(p, REFUSE);
	skip_to(p, from);
#ifdef SYS_clone3
	if_equal(p, SYS_clone3, ABSENT);
#endif
}

static void
add_ioctl(struct program *p)
{
	unsigned short from = when(p, SYS_ioctl);

	load_argument(p, 1);
	for (size_t i = 0; i < COUNT(refused_ioctls); i++)
		if_equal(p, refused_ioctls[i], REFUSE);
	end_with(p, SECCOMP_RET_ALLOW);
	skip_to(p, from);
}

/* What harden_process() forbade stays forbidden. */
static void
add_prctl(struct program *p)
{
	unsigned short from = when(p, SYS_prctl), dumpable;

	load_argument(p, 0);
	if_equal(p, PR_SET_PTRACER, REFUSE);
	dumpable = when(p, PR_SET_DUMPABLE);
	load_argument(p, 1);
	if_equal(p, 0, SECCOMP_RET_ALLOW);
	end_with(p, REFUSE);
	skip_to(p, dumpable);
	end_with(p, SECCOMP_RET_ALLOW);
	skip_to(p, from);
}

/* A signal to this process, as raise() sends it, and to no other. */
static void
add_signal(struct program *p, uint32_t call)
{
	unsigned short from = when(p, call);

	load_argument(p, 0);
	if_equal(p, (uint32_t)getpid(), SECCOMP_RET_ALLOW);
	end_with(p, REFUSE);
	skip_to(p, from);
}

static void
write_program(struct program *p)
{
	p->n = 0;
	add_architecture(p);
	for (size_t i = 0; i < COUNT(refused); i++)
		if_equal(p, refused[i], REFUSE);
	add_clone(p);
	add_ioctl(p);
	add_prctl(p);
	add_signal(p, SYS_kill);
	add_signal(p, SYS_tgkill);
	end_with(p, SECCOMP_RET_ALLOW);
}

enum rc
sandbox_calls(struct sandbox_state *st, struct err *e)
{
	struct program p;
	struct sock_fprog prog;
	long rc;

	write_program(&p);
	if (p.n > COUNT(p.line))
		return err_set(e, RC_SYSTEM, "the filter of system calls is "
		    "longer than its room");
	prog = (struct sock_fprog){p.n, p.line};
	rc = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
	    SECCOMP_FILTER_FLAG_TSYNC, &prog);
	if (rc == 0) {
		st->calls = true;
		st->no_calls = NULL;
		return RC_OK;
	}
	if (rc < 0 && (errno == ENOSYS || errno == EINVAL)) {
		st->no_calls = "this kernel has no seccomp filters";
		return RC_OK;
	}
	return rc < 0 ? err_sys(e, errno, "cannot give up system calls") :
	    err_set(e, RC_SYSTEM, "another thread cannot give up system "
	    "calls");
}

#endif
