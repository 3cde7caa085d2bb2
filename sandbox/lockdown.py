"""The lock: one policy for every kind of box, applied by the worker to itself before it imports the submission.

Layers, from the outside in: the backend (bubblewrap or docker) takes away the file system, the network, other
processes and privileges; this module takes away what is left that a solution never needs. Resource limits are set
with ``setrlimit``; system calls are refused by a seccomp filter that is assembled here from `REFUSED`, so that the
docker profile and the worker's own filter come from one table.

The filter is a deny-list: NumPy, pandas and DuckDB use some hundred system calls that vary with the C library, and a
filter that breaks an honest solution on the next machine is worse than one more layer of the outer wall.
Refused calls fail with EPERM, so that the learner sees a Python exception and not a crash. ``clone3`` fails
with ENOSYS because its flags lie in memory where a filter cannot look; C libraries then fall back to ``clone``, whose
flags are checked: a thread may be made, a process may not.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import platform
import resource
import struct
from dataclasses import dataclass

__all__ = ["ENVIRONMENT", "REFUSED", "Ceilings", "address_space", "become", "hide", "limit", "open_peak", "seccomp_filter", "shut", "trim"]

ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "HOME": "/tmp",  # noqa: S108 - the box's own small tmpfs
    "LANG": "C.UTF-8",
    "TZ": "UTC",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": str(4 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(64 << 20),
}
"""The whole environment of a box: one BLAS thread, a fixed hash seed, nothing of the host's.

The C library keeps freed blocks up to 4 MiB instead of handing those above 128 KiB back to the kernel each time: clearing
their pages anew doubled the time of array code (0.95 ms and 0.52 ms for sixteen temporaries of 230 KB), and not evenly.
Larger blocks go back, so that the gaps that they leave do not count against the limit on memory.
"""

OPEN_FILES = 64
FILE_SIZE = 16 << 20
THREADS = 64

_NOT_IN_GVISOR = (resource.RLIMIT_MSGQUEUE, resource.RLIMIT_SIGPENDING)
"""gVisor's kernel has nothing that these would limit, and refuses to set them."""

# Numbers: (x86-64, arm64); None where the architecture lacks the call. From the kernel's syscall tables
# (arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h).
REFUSED: dict[str, tuple[int | None, int | None]] = {
    # processes: a submission is one process with threads
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
    "unshare": (272, 97),
    "setns": (308, 268),
    # network and sockets of every family
    "socket": (41, 198),
    "socketpair": (53, 199),
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
    "accept": (43, 202),
    "accept4": (288, 242),
    # other processes and their memory
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "process_madvise": (440, 440),
    # what outlives or leaves the box: keyrings, System V and POSIX message passing, anonymous files
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "shmget": (29, 194),
    "shmat": (30, 196),
    "shmctl": (31, 195),
    "semget": (64, 190),
    "semop": (65, 193),
    "semctl": (66, 191),
    "msgget": (68, 186),
    "msgsnd": (69, 189),
    "msgrcv": (70, 188),
    "msgctl": (71, 187),
    "mq_open": (240, 180),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    # wide attack surface of the kernel
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "bpf": (321, 280),
    "userfaultfd": (323, 282),
    "perf_event_open": (298, 241),
    "fanotify_init": (300, 262),
    "lookup_dcookie": (212, 18),
    "open_by_handle_at": (304, 265),
    "name_to_handle_at": (303, 264),
    "modify_ldt": (154, None),
    "iopl": (172, None),
    "ioperm": (173, None),
    "vmsplice": (278, 75),
    "move_pages": (279, 239),
    "migrate_pages": (256, 238),
    "mbind": (237, 235),
    "set_mempolicy": (238, 237),
    "personality": (135, 92),
    # file systems and roots
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "mount_setattr": (442, 442),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "mknod": (133, None),
    "mknodat": (259, 33),
    # the machine
    "reboot": (169, 142),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "syslog": (103, 116),
    "acct": (163, 89),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "vhangup": (153, 58),
    # scheduling tricks against the clock
    "sched_setaffinity": (203, 122),
    "sched_setscheduler": (144, 119),
    "sched_setparam": (142, 118),
    "sched_setattr": (314, 274),
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    "timer_create": (222, 107),
    # credentials
    "setuid": (105, 146),
    "setgid": (106, 144),
    "setreuid": (113, 145),
    "setregid": (114, 143),
    "setresuid": (117, 147),
    "setresgid": (119, 149),
    "setfsuid": (122, 151),
    "setfsgid": (123, 152),
    "setgroups": (116, 159),
    "capset": (126, 91),
}

_CLONE = (56, 220)
_CLONE3 = (435, 435)
_CLONE_THREAD = 0x00010000
_CLONE_NAMESPACES = 0x7E020080
"""CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET and NEWTIME together."""
_ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}  # AUDIT_ARCH_*, column of the tables
_X32_BIT = 0x40000000

_LOAD, _JUMP_EQUAL, _JUMP_SET, _JUMP_GE, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_OFFSET_NR, _OFFSET_ARCH, _OFFSET_ARG0 = 0, 4, 16

_CAPABILITY_HEADER = struct.pack("Ii", 0x20080522, 0)
"""The third version of the interface, for the calling process."""
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
_PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 4, 38, 22, 2


@dataclass(frozen=True)
class Ceilings:
    """The limits of one session.

    Parameters
    ----------
    memory : int
        Bytes of address space beyond what the process has when the limit is set.
    cpu : int
        CPU seconds of the whole session; the judge watches single calls itself.
    own_uid : bool
        Whether no other process runs under this user id, so that a limit on its processes counts only ours.
    """

    memory: int
    cpu: int
    own_uid: bool


def become(uid: int, gid: int) -> None:
    """Give up root for good: the box may have started with it only to build its walls."""
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)
    # That empties the permitted and the effective capabilities; the inheritable ones have to be given up by name.
    ctypes.CDLL(None).capset(_CAPABILITY_HEADER, bytes(24))


def hide() -> None:
    """Close this process's memory and descriptors to other processes of the same user, and its children's likewise."""
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def open_peak() -> int | None:
    """Open what resets this process's memory peak when ``5`` is written to it, see proc(5); None where there is no such thing.

    The kernel gives it to processes that others may look into, so this one is open to them for that moment, before the submission is in it.
    """
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)
    try:
        return os.open("/proc/self/clear_refs", os.O_WRONLY | os.O_CLOEXEC)
    except OSError:  # gVisor's /proc lacks it
        return None
    finally:
        hide()


def trim() -> None:
    """Give the memory that the C library holds in reserve back to the kernel, and from now on only when asked (glibc).

    Else blocks above the threshold of `ENVIRONMENT` would cost their clearing at every call, and a line through the times of
    smaller and larger ones would have a step there.
    """
    with contextlib.suppress(AttributeError):  # another C library: it has neither
        libc = ctypes.CDLL(None)
        libc.mallopt(_M_MMAP_THRESHOLD, 32 << 20)  # the most that it takes
        libc.mallopt(_M_TRIM_THRESHOLD, 1 << 30)
        libc.malloc_trim(0)


def address_space() -> int:
    """Return the bytes of address space in use."""
    with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 - pathlib costs an import
        return int(statm.read().split()[0]) * resource.getpagesize()


def limit(ceilings: Ceilings) -> None:
    """Set the resource limits, soft and hard, so that they can only be lowered from here."""
    limits = {
        resource.RLIMIT_AS: address_space() + ceilings.memory,
        resource.RLIMIT_CPU: ceilings.cpu,
        resource.RLIMIT_FSIZE: FILE_SIZE,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_SIGPENDING: 128,
        resource.RLIMIT_STACK: 8 << 20,
    }
    if ceilings.own_uid:
        limits[resource.RLIMIT_NPROC] = THREADS
    for which, value in limits.items():
        hard = resource.getrlimit(which)[1]
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(which, (bound, bound))
        except ValueError:
            if which not in _NOT_IN_GVISOR:
                raise


def shut() -> None:
    """Install the system-call filter on every thread of this process.

    Raises
    ------
    OSError
        When the kernel refuses, or the machine is neither x86-64 nor arm64: then nothing untrusted may run.
    """
    program = seccomp_filter(platform.machine())
    libc = ctypes.CDLL(None, use_errno=True)
    buffer = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "no-new-privileges is refused")
    if libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.c_char_p(header), 0, 0):
        raise OSError(ctypes.get_errno(), "the system-call filter is refused")


def seccomp_filter(machine: str) -> bytes:
    """Assemble the filter for a machine: a classic BPF program, eight bytes an instruction.

    Raises
    ------
    OSError
        For an architecture whose system-call numbers are not in the table.
    """
    if machine not in _ARCHITECTURES:
        raise OSError(errno.ENOSYS, f"no system-call filter for {machine}")
    architecture, column = _ARCHITECTURES[machine]
    refuse = _instruction(_RETURN, _ERRNO | errno.EPERM)
    allow = _instruction(_RETURN, _ALLOW)
    program = [
        _instruction(_LOAD, _OFFSET_ARCH),
        _instruction(_JUMP_EQUAL, architecture, 1, 0),
        _instruction(_RETURN, _KILL),
        _instruction(_LOAD, _OFFSET_NR),
        _instruction(_JUMP_GE, _X32_BIT, 0, 1),
        refuse,
        _instruction(_JUMP_EQUAL, _CLONE3[column], 0, 1),
        _instruction(_RETURN, _ERRNO | errno.ENOSYS),
    ]
    for numbers in REFUSED.values():
        number = numbers[column]
        if number is not None:
            program += [_instruction(_JUMP_EQUAL, number, 0, 1), refuse]
    program += [
        _instruction(_JUMP_EQUAL, _CLONE[column], 1, 0),
        allow,
        _instruction(_LOAD, _OFFSET_ARG0),
        _instruction(_JUMP_SET, _CLONE_NAMESPACES, 0, 1),
        refuse,
        _instruction(_JUMP_SET, _CLONE_THREAD, 1, 0),
        refuse,
        allow,
    ]
    return b"".join(program)


def _instruction(code: int, k: int, jump_true: int = 0, jump_false: int = 0) -> bytes:
    return struct.pack("<HBBI", code, jump_true, jump_false, k)
