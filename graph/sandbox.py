"""The walls of a child that runs foreign queries: no network, little memory.

To be called once, before anything foreign is read. It never fails because a wall can't be
built; it says which ones stand, so that ``/health`` can tell.
"""

import ctypes
import errno
import os
import resource
import signal
import socket
import sys
from typing import Any

__all__ = ["MIN_MEMORY_MB", "enter_sandbox"]

#: An idle child with an open store has 364 MB of address space already.
MIN_MEMORY_MB = 1024
#: Above the server's own niceness, so that the server answers while queries run.
NICENESS = 2

_PR_SET_PDEATHSIG = 1
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_NO_SUCH_CALL = -1

# What would reach out, start a program, or look into other processes.
_FORBIDDEN_CALLS = (
    "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg",
    "sendmmsg", "io_uring_setup", "execve", "execveat", "fork", "vfork", "ptrace", "process_vm_readv",
    "process_vm_writev", "pidfd_getfd", "mount", "unshare", "setns",
)  # fmt: skip


def enter_sandbox(memory_mb: int, *, network: bool = False) -> dict[str, Any]:
    """Build the walls and return what stands.

    Parameters
    ----------
    memory_mb
        Address space of the process in MB; at least ``MIN_MEMORY_MB``.
    network
        Leave the network open (``SERVICE`` is allowed for some addresses).

    Returns
    -------
    dict
        ``network``: ``seccomp``, ``namespace`` (both: closed), ``open`` or ``allowed``;
        ``memory_mb``: the limit; ``pid``.
    """
    _die_with_parent()
    wall = "allowed" if network else _close_network()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    memory = max(memory_mb, MIN_MEMORY_MB)
    resource.setrlimit(resource.RLIMIT_AS, (memory << 20, memory << 20))
    os.nice(NICENESS)
    return {"network": wall, "memory_mb": memory, "pid": os.getpid()}


def _die_with_parent() -> None:
    """Ask the kernel to end this process when the server dies, however it dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _close_network() -> str:
    if sys.platform != "linux":
        return "open"
    return "seccomp" if _forbid_calls() else "namespace" if _leave_network() else "open"


def _forbid_calls() -> bool:
    """Let the kernel answer EPERM to the forbidden calls of this process and all its threads."""
    try:
        import pyseccomp
    except (ImportError, OSError, RuntimeError):  # RuntimeError: libseccomp is not installed
        return False
    try:
        rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
        rules.set_attr(pyseccomp.Attr.CTL_TSYNC, 1)
        for name in _FORBIDDEN_CALLS:
            number = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
            if number != _NO_SUCH_CALL:
                rules.add_rule(pyseccomp.ERRNO(errno.EPERM), number)
        rules.load()
    except (OSError, ValueError):
        return False
    return _is_closed()


def _is_closed() -> bool:
    """Tell whether the wall really stands: a socket must be refused."""
    try:
        socket.socket().close()
    except PermissionError:
        return True
    return False


def _leave_network() -> bool:
    """Move into a network namespace of its own, where nothing but a dead loopback is."""
    libc = ctypes.CDLL(None, use_errno=True)
    return any(libc.unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET))
